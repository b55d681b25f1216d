"""A form that was opened in one window never overwrites unseen what was saved meanwhile in another (interface.md)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from delprojekt.actions import steg
from delprojekt.models import AllmanHandling, Beslutsforslag, Delprojekt, Faktumrad, Gruppmote, Handelse
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.steg import Steg
from delprojekt.process.uppgift import Uppgiftslag, number_of
from delprojekt.queries.arbete import RADER, living_rows
from delprojekt.queries.besok import levande_for
from delprojekt.queries.formular import has_row
from delprojekt.queries.lage import build_lage
from delprojekt.web.forms import FORMS, ActForm, Rum, form_for
from tests.world import DAG, actor, delprojekt_in, do, fresh, new_forslag, person, propose, submit

AT_ONCE = 8
PROBLEM = {"problem": "Köerna är långa."}


def window(who: str) -> Client:
    """Return a window in which somebody is logged in."""
    client = Client()
    client.force_login(person(who).konto)
    return client


def sent_by(form: ActForm) -> dict[str, Any]:
    """Return what the browser sends when nothing is touched."""
    shown = {field.name: field.field.prepare_value(field.value()) for field in form}
    words = {name: "on" if value is True else value for name, value in shown.items()}
    return {name: value for name, value in words.items() if value not in (None, "", False, [])}


def as_sent(form: ActForm) -> QueryDict:
    """Return the same as a view gets it."""
    data = QueryDict(mutable=True)
    for name, value in sent_by(form).items():
        data.setlist(name, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    return data


def opened(client: Client, url: str) -> dict[str, Any]:
    """Open an act's page. Out: what the browser sends when nothing is touched."""
    return sent_by(client.get(url, follow=True).context["form"])


def save(client: Client, url: str, sent: dict[str, Any]) -> Any:
    """Send a form and confirm it."""
    return client.post(url, {**sent, "bekrafta": "1", "motivering": "Vi gör så ändå."})


@pytest.fixture
def forslag(db: None) -> tuple[Delprojekt, str]:
    d = new_forslag()
    submit(d)
    return d, f"/delprojekt/{d.pk}/gor/redigera-forslag/"


def test_both_versions_are_shown_with_who_and_when_and_nothing_is_saved(forslag: tuple[Delprojekt, str]) -> None:
    d, url = forslag
    one, two = window("kansli2"), window("kansli")
    theirs, mine = opened(one, url), opened(two, url)
    assert save(one, url, theirs | PROBLEM).status_code == 302
    mine |= {"problem": "Resorna är långa.", "syfte": "Mitt nya syfte."}
    for button in ("granska", "bekrafta"):
        answer = two.post(url, {**mine, button: "1"})
        page = answer.content.decode()
        assert answer.status_code == 409
        at = Handelse.objects.latest("pk").hande_at.astimezone().strftime("%H.%M").lstrip("0")
        for words in ("Nu står det:", PROBLEM["problem"], "Du skrev:", "Resorna är långa.", "Mitt nya syfte."):
            assert words in page, words
        assert "Nils Alm sparade" in page
        assert at[-3:] in page
        assert [row.namn for row in answer.context["krock"]["rader"]] == ["problem"]
        assert fresh(d).forslag.problem == PROBLEM["problem"]


def test_the_way_on_is_to_save_mine_over_theirs_or_to_take_theirs_and_keep_the_rest(
    forslag: tuple[Delprojekt, str],
) -> None:
    d, url = forslag
    two = window("kansli")
    mine = opened(two, url) | {"problem": "Resorna är långa.", "syfte": "Mitt nya syfte."}
    save(window("kansli2"), url, opened(two, url) | PROBLEM)
    stopped = two.post(url, {**mine, "granska": "1"})
    again = sent_by(stopped.context["form"])
    assert again["problem"] == "Resorna är långa."
    mixed = two.post(url, {**again, "deras": stopped.context["krock"]["namn"]})
    assert mixed.status_code == 200
    assert sent_by(mixed.context["form"])["problem"] == PROBLEM["problem"]
    assert sent_by(mixed.context["form"])["syfte"] == "Mitt nya syfte."
    assert save(two, url, again).status_code == 302
    assert (fresh(d).forslag.problem, fresh(d).forslag.syfte) == ("Resorna är långa.", "Mitt nya syfte.")


def test_where_nobody_changed_the_field_or_both_wrote_the_same_nobody_is_stopped(
    forslag: tuple[Delprojekt, str],
) -> None:
    d, url = forslag
    two = window("kansli")
    mine = opened(two, url)
    save(window("kansli2"), url, mine | PROBLEM | {"nyckel": str(uuid4())})
    assert save(two, url, mine | PROBLEM | {"syfte": "Mitt."}).status_code == 302
    assert "redan gjort" in two.post(url, mine | {"bekrafta": "1", "mal": "Nytt."}, follow=True).content.decode()
    assert fresh(d).forslag.syfte == "Mitt."


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_between_the_look_and_the_lock_is_seen_under_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    d = new_forslag()
    submit(d)
    url = f"/delprojekt/{d.pk}/gor/redigera-forslag/"
    two, real = window("kansli"), steg.lock
    mine = opened(two, url)

    def somebody_else_saves() -> None:
        do("kansli2", Act.REDIGERA_FORSLAG, d, benamning=d.benamning, **PROBLEM)
        connection.close()

    def late(pk: int, **how: bool) -> Delprojekt:
        monkeypatch.setattr(steg, "lock", real)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(somebody_else_saves).result()
        return real(pk, **how)

    monkeypatch.setattr(steg, "lock", late)
    answer = save(two, url, mine | {"problem": "Resorna är långa."})
    assert answer.status_code == 409
    assert PROBLEM["problem"] in answer.content.decode()
    assert fresh(d).forslag.problem == PROBLEM["problem"]


@pytest.mark.django_db(transaction=True)
def test_of_eight_windows_at_once_one_saves_and_seven_are_shown_both_versions() -> None:
    d = new_forslag()
    submit(d)
    url = f"/delprojekt/{d.pk}/gor/redigera-forslag/"
    windows = [window("kansli") for _ in range(AT_ONCE)]
    forms = [opened(one, url) | {"problem": f"Version {n}."} for n, one in enumerate(windows)]

    def one(n: int) -> int:
        try:
            return int(save(windows[n], url, forms[n]).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert Counter(pool.map(one, range(AT_ONCE))) == {302: 1, 409: AT_ONCE - 1}
    assert Handelse.objects.filter(delprojekt=d, act=Act.REDIGERA_FORSLAG).count() == 1


@pytest.mark.django_db
def test_5_4_3_a_new_version_of_the_beslutsforslag_never_brings_back_an_older_clause_unseen() -> None:
    d = delprojekt_in(Steg.LEDNINGSGRUPP)
    propose(d, "införa fasta tider")
    url = f"/delprojekt/{d.pk}/gor/skriv-beslutsforslag/"
    client = window("sekreterare")
    mine = opened(client, url)
    propose(d, "införa fasta tider", "utse en samordnare", "följa upp varje år", "lämna en rapport")
    answer = client.post(url, {**mine, "text_1": "införa lediga tider", "granska": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("utse en samordnare", "lämna en rapport", "införa lediga tider"):
        assert words in page, words
    assert "text_1" not in {row.namn for row in answer.context["krock"]["rader"]}
    taken = client.post(url, {**sent_by(answer.context["form"]), "deras": answer.context["krock"]["namn"]})
    done = save(client, url, sent_by(taken.context["form"]))
    assert done.status_code == 302, done.context["form"].errors
    latest = Beslutsforslag.objects.filter(delprojekt=d).latest("version")
    assert [s.text for s in latest.attsatser.order_by("nummer")] == [
        "införa lediga tider",
        "utse en samordnare",
        "följa upp varje år",
        "lämna en rapport",
    ]


@pytest.mark.django_db
def test_a_fact_that_was_corrected_meanwhile_is_shown_beside_what_was_typed_instead_of_404() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    row = Faktumrad.objects.get(delprojekt=d, slag=Faktumslag.STARTBESLUT, ersatt_av=None)
    url = f"/delprojekt/{d.pk}/gor/ratta-uppgift/{number_of(Uppgiftslag.FAKTUM, row.pk)}/"
    one, two = window("kansli"), window("kansli2")
    first, second = opened(one, url), opened(two, url)
    assert save(one, url, first | {"punkt": "5", "skal": "Fel punkt."}).status_code == 302
    answer = save(two, url, second | {"punkt": "6", "skal": "Punkten var en annan."})
    assert answer.status_code == 409
    changed = {row.namn: (row.nu, row.skrev) for row in answer.context["krock"]["rader"]}
    assert changed == {"punkt": ("5", "6")}
    assert "Punkten var en annan." in answer.content.decode()
    newer = Faktumrad.objects.get(ersatter=row)
    assert two.get(url).headers["Location"].endswith(f"/{number_of(Uppgiftslag.FAKTUM, newer.pk)}/")
    assert save(two, url, sent_by(answer.context["form"])).status_code == 302
    assert Faktumrad.objects.get(ersatter=newer).arende.punkt == "6"


@pytest.mark.django_db
def test_a_registration_that_was_corrected_meanwhile_is_shown_beside_what_was_typed() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    row = AllmanHandling.objects.filter(delprojekt=d, ersatt_av=None).latest("pk")
    url = f"/delprojekt/{d.pk}/gor/ratta-handling/{row.pk}/"
    one, two = window("kansli"), window("kansli2")
    first, second = opened(one, url), opened(two, url)
    assert save(one, url, first | {"beskrivning": "Rätt rubrik", "skal": "Fel rubrik."}).status_code == 302
    answer = save(two, url, second | {"motpart": "Region Skåne", "skal": "Fel motpart."})
    assert answer.status_code == 409
    assert "Rätt rubrik" in answer.content.decode()
    assert "Fel motpart." in answer.content.decode()


@pytest.mark.django_db
def test_what_was_typed_about_a_row_that_was_struck_meanwhile_can_be_kept() -> None:
    d = delprojekt_in(Steg.NULAGE)
    do("ordforande", Act.ANTECKNA_GRUPPMOTE, d, date=DAG, narvarande="Alla.", text="")
    meeting = Gruppmote.objects.get(omgang__delprojekt=d)
    url = f"/delprojekt/{d.pk}/gor/skriv-minnesanteckning/{meeting.pk}/"
    client = window("ordforande")
    mine = opened(client, url)
    do("ordforande", Act.SKRIV_MINNESANTECKNING, d, objekt=meeting.pk, stryk=True)
    answer = save(client, url, mine | {"text": "Två timmars anteckningar."})
    assert answer.status_code == 404
    assert "Två timmars anteckningar." in answer.content.decode()
    assert client.get(url).status_code == 404


def rooms(d: Delprojekt) -> list[Rum]:
    """Return where every form stands that can be made here, with a row where it is about one."""
    path, who = levande_for(d), actor("kansli")
    omgang = path[-1].omgang
    numbers = [number_of(Uppgiftslag.NAMNDBESLUT, row.pk) for row in d.namndbeslut.all()]
    rows = [None, *numbers, *(row.pk for kind in RADER for row in living_rows(who, kind, omgang)[:1])]
    lage = build_lage(d, path)
    return [
        Rum(actor=who, act=act, lage=lage, delprojekt=d, omgang=omgang, objekt=row)
        for act in [*FORMS, Act.ANMAL_TILL_LEDNINGSGRUPPEN]
        for row in dict.fromkeys(rows)
        if has_row(who, d, omgang, act, row)
    ]


@pytest.mark.django_db
def test_every_form_sent_as_it_was_shown_meets_no_clash_and_every_stored_text_in_it_is_guarded() -> None:
    d = delprojekt_in(Steg.INFORANDE)
    guarded: dict[Act, set[str]] = {}
    for room in rooms(d):
        shown = form_for(room.act)(rum=room)
        data = as_sent(shown)
        assert form_for(room.act)(data, rum=room).clash() == [], room.act
        older = data.copy()
        marks = str(data["sett"]).split(" ")
        older["sett"] = " ".join([marks[0], *(f"{mark.split('=')[0]}=annat" for mark in marks[1:])])
        for name, value in older.items():
            if name in shown.fields and type(shown.fields[name].widget).__name__ in {"Textarea", "TextInput"}:
                older[name] = f"{value} Och mer."
        guarded[room.act] = {row.namn for row in form_for(room.act)(older, rum=room).clash()}
    for act, name in (
        (Act.REDIGERA_FORSLAG, "problem"),
        (Act.REDIGERA_UPPDRAG, "punkter"),
        (Act.SKRIV_BESLUTSFORSLAG, "text_1"),
        (Act.ANDRA_ATGARDSFORSLAG, "rubrik"),
        (Act.ANDRA_SLUTSATS, "text"),
        (Act.ANDRA_PARAMETER, "namn"),
        (Act.SKRIV_UPPFOLJNINGSPLAN, "hur"),
        (Act.RATTA_UPPGIFT, "lydelse"),
    ):
        assert name in guarded[act], (act, guarded[act])
    assert guarded[Act.ANMAL_TILL_LEDNINGSGRUPPEN] == set()


@pytest.mark.django_db
def test_what_one_has_saved_in_another_tab_is_said_to_be_ones_own_also_to_who_does_not_read_the_events() -> None:
    d = delprojekt_in(Steg.INFORANDE)
    client, url = window("region.skane"), f"/delprojekt/{d.pk}/gor/rapportera-inforande/"
    old, other = opened(client, url), opened(client, url)
    state = next(name for name in client.get(url).context["form"].fields if name.startswith("lage_"))
    save(client, url, other | {state: "pagar"})
    answer = save(client, url, old | {state: "planerat"})
    assert answer.status_code == 409
    assert "Du har sparat i en annan flik medan du skrev" in answer.content.decode()
    assert "Någon annan har sparat" not in answer.content.decode()
