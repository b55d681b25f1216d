"""Eight at once: one success, one event, one mail each; the rest get a calm answer. Real PostgreSQL, real rows."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import monotonic, sleep
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from delprojekt.actions import steg
from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.inlasning import keep_list
from delprojekt.actions.lock import lock, lock_root
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import NUMBERS, Ogiltigt, RedanGjort
from delprojekt.models import (
    Avsnitt,
    Delprojekt,
    Handelse,
    Inlasning,
    Innehav,
    Kommentar,
    Nominering,
    Svarslank,
    Utskick,
)
from delprojekt.process.act import Act
from delprojekt.process.grupp import LANKSVAR
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_link
from delprojekt.queries.svarslank import get_link
from tests.world import DAG, actor, delprojekt_in, do, everybody, new_forslag, person, prepare, submit

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


def waits_for_a_lock() -> bool:
    """Tell whether some other session of this database stands in line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database())"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("act", sorted(NUMBERS))
def test_who_waits_for_the_sjukvardsregion_does_not_hold_a_delprojekt_meanwhile(shown: Delprojekt, act: Act) -> None:
    """An administrator who reads in a list holds the sjukvårdsregion, and wants the delprojekt next."""

    def gives_a_number() -> None:
        try:
            perform(actor("sekreterare"), act, shown.pk, ANSWER)
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lock_root()
            other = pool.submit(gives_a_number)
            until = monotonic() + 10
            while not waits_for_a_lock() and monotonic() < until:
                sleep(0.02)
            assert waits_for_a_lock()
            assert lock(shown.pk, nowait=True).pk == shown.pk
        other.result(timeout=10)


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
    monkeypatch.setattr(steg, "lock", lambda pk, **_options: unlocked.get(pk=pk))
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


@pytest.fixture
def nominated() -> Nominering:
    """Somebody who is put forward for a group."""
    d = delprojekt_in(Steg.UPPDRAG)
    known = {"fornamn": "Kim", "efternamn": "Alm", "epost": "alm@exempel.se", "roll": Roll.LEDAMOT, "dag": DAG}
    do("kansli", Act.NOMINERA, d, region="skane", **known)
    return Nominering.objects.get(person__efternamn="Alm")


def answers_at_once(row: Nominering) -> Counter[str]:
    """Ask once, and let eight answer through the one link, each its own thing. Out: how it went for them."""
    d = row.omgang.delprojekt
    do("kansli", Act.TILLFRAGA_NOMINERAD, d, objekt=row.pk, till=idag(), text="")
    link = get_link(SYSTEM, Svarslank.objects.latest("pk").pk)
    assert link
    asks, answers = actor_for_link(link), sorted(LANKSVAR)

    def one(n: int) -> str:
        try:
            perform(asks, Act.SVARA_PA_NOMINERING, d.pk, {"objekt": link.pk, "svar": answers[n % len(answers)]})
        except Ogiltigt as error:
            return str(error).partition(" den ")[0]
        return "done"

    return at_once(one)


def test_4_3_eight_answers_at_once_through_one_link_are_one_answer(nominated: Nominering) -> None:
    for number in range(1, 6):
        assert answers_at_once(nominated) == {"done": 1, "Du svarade": AT_ONCE - 1}
        said = Handelse.objects.filter(act=Act.SVARA_PA_NOMINERING)
        assert said.count() == number
        nominated.refresh_from_db()
        last = nominated.byten.latest("pk")
        assert (last.status, nominated.byten.filter(kommentar="Svarade själv").count()) == (nominated.status, number)


def test_4_3_without_the_lock_a_link_is_used_twice_which_is_what_the_lock_is_for(
    nominated: Nominering, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = Delprojekt.objects.select_related("sjukvardsregion", "forslag")
    monkeypatch.setattr(steg, "lock", lambda pk, **_options: unlocked.get(pk=pk))
    assert any(answers_at_once(nominated)["done"] > 1 for _round in range(20))


def test_whoever_opens_a_page_does_not_wait_for_somebody_who_is_doing_something() -> None:
    """A GET of an act without questions rehearses it. While another holds the delprojekt it shows the rule's mail."""
    everybody()
    d = new_forslag()
    do("medarbetare", Act.SKICKA_IN_FORSLAG, d)
    do("direktor", Act.UTSE_KONTAKTPERSON, d, person=person("kansli").pk)
    client = Client()
    client.force_login(person("kansli").konto)
    address = f"/delprojekt/{d.pk}/gor/{Act.BORJA_BEREDNING.value}/"
    assert b'name="bekrafta"' in client.get(address).content
    before = Handelse.objects.count()

    def look(_n: int) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '20s'")
        answer = client.get(address)
        return "confirm" if b'name="bekrafta"' in answer.content else str(answer.status_code)

    started = monotonic()
    with transaction.atomic():
        steg.lock(d.pk)
        assert at_once(look) == {"confirm": AT_ONCE}
    assert monotonic() - started < 20, "nobody stood in line"
    assert Handelse.objects.count() == before


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


def test_of_eight_who_take_in_the_same_proposed_change_one_does() -> None:
    """The others hear that it is decided: the text has the new wording once, as one version."""
    d, where = delprojekt_in(Steg.NULAGE), {"avsnitt": "nulage_ekonomi"}
    save_section(actor("ordforande"), d, where["avsnitt"], "<p>Ett.</p><p>Ett.</p>", 0)
    do("ledamot", Act.FORESLA_ANDRING, d, **where, stycke=0, fore="<p>Ett.</p>", ord="Två.")
    said, who = {**where, "forslag": [Kommentar.objects.get().pk], "ja": True}, actor("ordforande")

    def take_in(_n: int) -> str:
        try:
            perform(who, Act.AVGOR_ANDRINGSFORSLAG, d.pk, said)
        except RedanGjort:
            return "already"
        return "done"

    assert at_once(take_in) == {"done": 1, "already": AT_ONCE - 1}
    row = Avsnitt.objects.get(omgang__delprojekt=d, nyckel=where["avsnitt"])
    assert (row.html, row.version) == ("<p>Två.</p><p>Ett.</p>", 2)
