"""Eight at once: one success, one event, one mail each; the rest get a calm answer. Real PostgreSQL, real rows."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client

from delprojekt.actions import steg
from delprojekt.actions.inlasning import keep_list
from delprojekt.actions.steg import perform
from delprojekt.models import Delprojekt, Handelse, Inlasning, Innehav, Utskick
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.world import DAG, actor, do, everybody, new_forslag, person, prepare, submit

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8
ANSWER = {"organ": "ledningsgrupp", "dag": DAG, "punkt": "4"}


@pytest.fixture
def shown() -> Delprojekt:
    """A förslag that ledningsgruppen may decide on."""
    everybody()
    d = new_forslag()
    submit(d)
    prepare(d)
    return d


def at_once(work: Callable[[int], str]) -> Counter[str]:
    """Do the same thing in eight threads with connections of their own. Out: how often each thing came of it."""

    def one(n: int) -> str:
        try:
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(one, range(AT_ONCE)))


def outcome(d: Delprojekt) -> Callable[[int], str]:
    who = actor("sekreterare")

    def one(_n: int) -> str:
        try:
            perform(who, Act.BESLUTA_START, d.pk, ANSWER)
        except Refused:
            return "refused"
        except IntegrityError:
            return "crashed"
        return "done"

    return one


def events(d: Delprojekt) -> int:
    return Handelse.objects.filter(delprojekt=d, act=Act.BESLUTA_START).count()


def race(d: Delprojekt, rounds: int) -> None:
    for number in range(1, rounds + 1):
        assert at_once(outcome(d)) == {"done": 1, "refused": AT_ONCE - 1}
        assert events(d) == number
        mails = Utskick.objects.filter(handelse=Handelse.objects.filter(act=Act.BESLUTA_START).latest("pk"))
        assert mails.count() == len(set(mails.values_list("person", flat=True))) > 0
        do("kansli", Act.ANGRA, d, text="Nästa varv.")


def test_eight_at_once_twenty_times_are_one_success_one_event_and_one_mail_each(shown: Delprojekt) -> None:
    race(shown, 20)


@pytest.mark.lang
def test_eight_at_once_two_hundred_times_are_one_success_each(shown: Delprojekt) -> None:
    race(shown, 200)


def test_without_the_lock_it_is_done_twice_which_is_what_the_lock_is_for(
    shown: Delprojekt, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = Delprojekt.objects.select_related("sjukvardsregion", "forslag")
    monkeypatch.setattr(steg, "lock", lambda pk: unlocked.get(pk=pk))
    seen: Counter[str] = Counter()
    for _round in range(20):
        seen = at_once(outcome(shown))
        if seen["done"] > 1:
            break
        do("kansli", Act.ANGRA, shown, text="Nästa varv.")
    assert seen["done"] > 1


def test_eight_posts_at_once_through_the_door_are_one_receipt_and_seven_calm_answers(shown: Delprojekt) -> None:
    clients = [Client() for _ in range(AT_ONCE)]
    for client in clients:
        client.force_login(person("sekreterare").konto)
    fields = {"dag": "2026-03-02", "punkt": "4", "nummer": "7", "bekrafta": "1"}

    def one(n: int) -> str:
        answer = clients[n].post(f"/delprojekt/{shown.pk}/gor/besluta-start/", {**fields, "nyckel": str(uuid4())})
        return str(answer.status_code)

    assert at_once(one) == {"302": 1, "409": AT_ONCE - 1}
    assert events(shown) == 1


def test_the_same_form_sent_twice_is_done_once_and_says_so(shown: Delprojekt) -> None:
    client = Client()
    client.force_login(person("kansli").konto)
    fields = {"dag": "2026-03-02", "instans": "RPO", "fraga": "Är ni positiva?", "nyckel": str(uuid4())}
    asked = Handelse.objects.filter(delprojekt=shown, act=Act.REGISTRERA_BEREDNINGSKONTAKT)
    before = asked.count()
    for _ in range(2):
        answer = client.post(f"/delprojekt/{shown.pk}/gor/registrera-beredningskontakt/", fields, follow=True)
        assert answer.status_code == 200
    assert "redan gjort" in answer.content.decode()
    assert asked.count() == before + 1
    assert Delprojekt.objects.get(pk=shown.pk).steg == Steg.BEREDNING


LISTA = "Nummer;Benämning;Dokument;Datum\n4;Axelkirurgi;;\n5;Ryggkirurgi;;\n"


def read_in_at_once() -> Counter[str]:
    """Let an administrator choose everything of one list in eight windows at once. Out: what each window said."""
    them = person("kansli2")
    Innehav.objects.get_or_create(person=them, roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    kept = keep_list(actor("kansli2"), SimpleUploadedFile("lista.csv", LISTA.encode()))
    clients = [Client() for _ in range(AT_ONCE)]
    for client in clients:
        client.force_login(them.konto)

    def one(n: int) -> str:
        answer = clients[n].post(f"/inflyttning/lista/{kept.pk}/", {"val": ["2", "3"]}, follow=True)
        said = re.search("[0-9] delprojekt lades in|redan inlagt", answer.content.decode())
        return f"{answer.status_code} {said[0] if said else ''}"

    return at_once(one)


def test_a_list_read_in_from_eight_windows_at_once_is_read_in_once_and_seven_are_told_so() -> None:
    assert read_in_at_once() == {"200 2 delprojekt lades in": 1, "200 redan inlagt": AT_ONCE - 1}
    assert Delprojekt.objects.count() == 2
    assert Inlasning.objects.get().resultat == "2 delprojekt lades in, 0 kompletterades."
