"""A form outside the acts never overwrites unseen what was saved meanwhile in another window (interface.md)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test import Client

from delprojekt.actions import forvaltning
from delprojekt.actions.installning import change_region
from delprojekt.models import Hanteringsregel, Innehav, Person, Redogorelse, Region, Sjukvardsregion
from delprojekt.process.roller import Roll
from tests.web.test_krock import sent_by, window
from tests.world import actor, person

pytestmark = pytest.mark.django_db


class Fall(NamedTuple):
    """One form: its address, which form of the page, what the first and the second write, and what is stored."""

    url: str
    form: Callable[[Any], Any]
    first: dict[str, Any]
    second: dict[str, Any]
    own: dict[str, Any]
    stored: Callable[[], Any]
    words: tuple[str, str]


def _form(context: Any) -> Any:
    return context["form"]


def _skane(context: Any) -> Any:
    return next(one for one in context["regioner"] if one.region.slug == "skane")


def them() -> Person:
    return person("medarbetare")


FALL: dict[str, Callable[[], Fall]] = {
    "det gemensamma": lambda: Fall(
        "/installningar/",
        _form,
        {"svarstid_beslut_dagar": "61"},
        {"svarstid_beslut_dagar": "62"},
        {"svarstid_synpunkter_dagar": "33"},
        lambda: Sjukvardsregion.objects.get().svarstid_beslut_dagar,
        ("61", "62"),
    ),
    "en region": lambda: Fall(
        "/installningar/skane/",
        _skane,
        {"skane-barnets_basta": "on"},
        {},
        {"skane-patientsynpunkter": "on"},
        lambda: Region.objects.get(slug="skane").barnets_basta,
        ("Ja", "Nej"),
    ),
    "en person": lambda: Fall(
        f"/personer/{them().pk}/gor/andra-person/",
        _form,
        {"befattning": "Överläkare, Lund", "region": str(Region.objects.get(slug="skane").pk)},
        {"befattning": "Verksamhetschef, Malmö"},
        {"profession": "barnmorska"},
        lambda: them().befattning,
        ("Överläkare, Lund", "Verksamhetschef, Malmö"),
    ),
    "hanteringsplanen": lambda: Fall(
        "/handlingar/plan/nominera/",
        _form,
        {"hantering": "gallras", "gallras_efter_ar": "5", "beslut": "Arkivnämnden § 14", "skal": "Så beslutades."},
        {"hantering": "bevaras", "beslut": "Arkivnämnden § 99"},
        {"skal": "Forskningen behöver dem."},
        lambda: Hanteringsregel.objects.latest("pk").beslut,
        ("Arkivnämnden § 14", "Arkivnämnden § 99"),
    ),
    "redogörelsen": lambda: Fall(
        "/tillganglighetsredogorelse/andra/",
        _form,
        {"metod": "Med skärmläsare."},
        {"metod": "Med tangentbord."},
        {"tillsyn_namn": "Digg"},
        lambda: Redogorelse.objects.latest("pk").metod,
        ("Med skärmläsare.", "Med tangentbord."),
    ),
}


@pytest.fixture
def windows() -> tuple[Client, Client]:
    """Two windows, of two who run the portal."""
    for who in ("kansli", "kansli2"):
        Innehav.objects.get_or_create(person=person(who), roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    return window("kansli2"), window("kansli")


def opened(client: Client, fall: Fall) -> dict[str, Any]:
    """Open a page. Out: what the browser sends when nothing is touched."""
    at = "/installningar/" if fall.form is _skane else fall.url
    form = fall.form(client.get(at).context)
    return {form.add_prefix(name): value for name, value in sent_by(form).items()}


@pytest.mark.parametrize("name", FALL)
def test_the_second_of_two_posts_is_shown_both_versions_and_nothing_is_lost(
    name: str, windows: tuple[Client, Client]
) -> None:
    one, two, fall = *windows, FALL[name]()
    theirs, mine = opened(one, fall), opened(two, fall) | fall.second | fall.own
    assert one.post(fall.url, theirs | fall.first).status_code == 302
    kept = fall.stored()
    answer = two.post(fall.url, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert fall.stored() == kept
    form = fall.form(answer.context)
    assert fall.words in [(row.nu, row.skrev) for row in form.krock["rader"]]
    for words in ("Någon annan har sparat medan du skrev", "Nils Alm", "Nu står det:", "Du skrev:", *fall.words):
        assert words in page, words
    again = {form.add_prefix(n): value for n, value in sent_by(form).items()}
    for typed, value in (fall.second | fall.own).items():
        assert str(again[typed]).removesuffix("True") in {value, ""}, typed

    taken = two.post(fall.url, again | {"deras": form.krock["namn"]})
    assert taken.status_code == 200
    assert fall.stored() == kept
    mixed = {fall.form(taken.context).add_prefix(n): v for n, v in sent_by(fall.form(taken.context)).items()}
    for typed, value in fall.first.items():
        assert typed not in fall.second or str(mixed[typed]) == value
    assert two.post(fall.url, again).status_code == 302, "told of once, it is saved as it was written"
    assert fall.stored() != kept


def test_where_the_other_wrote_the_same_or_another_person_nobody_is_stopped(windows: tuple[Client, Client]) -> None:
    one, two, fall = *windows, FALL["en person"]()
    first, second = opened(one, fall), opened(two, fall)
    assert one.post(fall.url, first | fall.first).status_code == 302
    assert two.post(fall.url, second | fall.first | fall.own).status_code == 302
    assert (them().befattning, them().profession) == ("Överläkare, Lund", "barnmorska")


def test_a_role_that_was_ended_meanwhile_is_said_when_a_substitute_is_appointed(windows: tuple[Client, Client]) -> None:
    _, two = windows
    fall = Fall(f"/personer/{person('ledningsgrupp.skane').pk}/gor/utse-ersattare/", _form, {}, {}, {}, int, ("", ""))
    mine = opened(two, fall)
    Innehav.objects.create(person=person("ledningsgrupp.skane"), roll=Roll.CHEFSAMRAD, fran_date=date(2020, 1, 1))
    answer = two.post(fall.url, mine)
    assert answer.status_code == 409
    [row] = answer.context["form"].krock["rader"]
    assert ("Chefsamråd" in row.nu, "Chefsamråd" in row.skrev) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_between_the_look_and_the_lock_is_seen_under_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    Innehav.objects.create(person=person("kansli"), roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    two, fall = window("kansli"), FALL["en region"]()
    mine, real = opened(two, fall), forvaltning.lock_root

    def somebody_else_saves() -> None:
        change_region(actor("kansli"), "skane", {"barnets_basta": True, "patientsynpunkter": False})
        connection.close()

    def late() -> Sjukvardsregion:
        monkeypatch.setattr(forvaltning, "lock_root", real)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(somebody_else_saves).result()
        return real()

    monkeypatch.setattr(forvaltning, "lock_root", late)
    answer = two.post(fall.url, mine | fall.own)
    assert answer.status_code == 409
    region = Region.objects.get(slug="skane")
    assert (region.barnets_basta, region.patientsynpunkter) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_of_eight_windows_at_once_one_saves_and_seven_are_shown_both_versions() -> None:
    Innehav.objects.create(person=person("kansli"), roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    fall = FALL["en person"]()
    clients = [window("kansli") for _ in range(8)]
    forms = [opened(client, fall) | {"befattning": f"Befattning {n}"} for n, client in enumerate(clients)]

    def one(n: int) -> int:
        try:
            return int(clients[n].post(fall.url, forms[n]).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(one, range(8))) == [302] + [409] * 7
