"""§4.3: who is nominated is asked, and answers for themselves through a personal link, without an account."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Handelse, Nominering, Svarslank, Utskick
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Why
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.queries.aktor import actor_for_link
from delprojekt.queries.svarslank import link_address, read_link
from delprojekt.queries.utkorg import whole_text
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas
from tests.metoden.test_4_grupp import namn, rad

NYCKEL = "5a0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a77"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def fraga(dp: Delprojekt, roll: Roll = Roll.LEDAMOT, **extra: object) -> Svarslank:
    """Nominate somebody without an account and ask them."""
    region = None if roll is Roll.PATIENTFORETRADARE else "skane"
    if not Nominering.objects.filter(omgang__delprojekt=dp, person__efternamn="Alm").exists():
        gor("kansli", Act.NOMINERA, dp, region=region, **namn("Alm", roll))
    last = idag() + timedelta(days=14)
    gor("kansli", Act.TILLFRAGA_NOMINERAD, dp, objekt=rad(dp, "Alm").pk, **{"till": last, "text": "", **extra})
    return Svarslank.objects.latest("pk")


def adress(link: Svarslank) -> str:
    return re.sub(r"^https?://[^/]+", "", link_address(SYSTEM, link))


def svara(client: Client, link: Svarslank, svar: str = "tackat_ja", **extra: str) -> int:
    return client.post(adress(link), {"svar": svar, "nyckel": NYCKEL, **extra}).status_code


def test_4_3_the_nominee_gets_a_mail_with_a_link_that_is_never_stored(startat: Delprojekt) -> None:
    """M4.3-4: the mail asks to settle it with the manager."""
    link = fraga(startat, text="Räkna med fyra möten.")

    mail = Utskick.objects.get(adress="alm@exempel.se")
    assert "/lank/" not in mail.text
    sent = whole_text(SYSTEM, mail)
    assert link_address(SYSTEM, link) in sent
    assert "Räkna med fyra möten." in sent
    assert "närmsta chef" in sent
    assert rad(startat, "Alm").status == "tillfragad"


@pytest.mark.parametrize("svar", ["tackat_ja", "tackat_nej", "reserv"])
def test_4_3_yes_no_or_reserve_is_answered_without_an_account(startat: Delprojekt, client: Client, svar: str) -> None:
    link = fraga(startat)
    said = {"chef_ja": "on", "chef_namn": "Bo Ek", "avsatt_tid": "10 %", "kommentar": "Gärna."}

    assert client.get(adress(link)).status_code == 200
    assert svara(client, link, svar, **said) == 302

    row = rad(startat, "Alm")
    assert (row.status, row.chef_ja, row.chef_namn, row.avsatt_tid) == (svar, True, "Bo Ek", "10 %")
    event = Handelse.objects.filter(delprojekt=startat).latest("pk")
    assert (event.act, event.person) == (Act.SVARA_PA_NOMINERING, row.person)
    assert event.utskick.get().person == h.world.person("kansli"), "kontaktpersonen is told"
    assert row.byten.latest("pk").kommentar == "Svarade själv. Gärna."


def test_4_3_a_link_is_used_once(startat: Delprojekt, client: Client) -> None:
    link = fraga(startat)
    svara(client, link)
    events = Handelse.objects.count()

    again = Client()
    page = again.get(adress(link)).content.decode()
    svara(again, link, "tackat_nej", nyckel="5a0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a78")

    assert "Länken kan bara användas en gång." in page
    assert '<form method="post" novalidate' not in page
    assert "Ja, jag vill" not in page, "whoever finds the link later learns no answer"
    assert rad(startat, "Alm").status == "tackat_ja"
    assert Handelse.objects.count() == events


def test_4_3_two_clicks_at_once_become_one_answer(startat: Delprojekt) -> None:
    """The lock of the delprojekt lets the second see what the first did."""
    link = fraga(startat)
    asks = actor_for_link(Svarslank.objects.select_related("nominering__person", "nominering__omgang").get(pk=link.pk))
    gor(asks, Act.SVARA_PA_NOMINERING, startat, objekt=link.pk, svar="tackat_ja")
    with pytest.raises(Ogiltigt):
        gor(asks, Act.SVARA_PA_NOMINERING, startat, objekt=link.pk, svar="tackat_nej")


def test_4_3_a_link_ends_after_its_last_day(startat: Delprojekt, client: Client) -> None:
    link = fraga(startat)
    with klocka.vid(link.till_date):
        assert "Skicka svaret" in client.get(adress(link)).content.decode()
    with klocka.vid(link.till_date + timedelta(days=1)):
        assert "Länken gällde till och med" in client.get(adress(link)).content.decode()
        svara(client, link)
    assert rad(startat, "Alm").status == "tillfragad"


def test_4_3_a_new_question_closes_the_earlier_one(startat: Delprojekt, client: Client) -> None:
    first = fraga(startat)
    second = fraga(startat)
    first.refresh_from_db()
    assert "nyare fråga" in client.get(adress(first)).content.decode()
    assert svara(client, second) == 302


def test_4_3_a_renewed_uppdrag_closes_the_questions_of_the_old(hos_ledningsgruppen: Delprojekt, client: Client) -> None:
    """The page says it at once, and not first when somebody has written an answer."""
    dp = hos_ledningsgruppen
    link = fraga(dp)
    gor("sekreterare", Act.FORNYA_UPPDRAG, dp, dag=h.DAG, text="Utred också primärvården.")
    page = client.get(adress(link)).content.decode()
    assert "Frågan gäller inte längre." in page
    assert 'name="svar"' not in page
    with pytest.raises(Ogiltigt, match="gäller inte längre"):
        gor(actor_for_link(link), Act.SVARA_PA_NOMINERING, dp, objekt=link.pk, svar="tackat_ja")


def test_4_3_what_ledningsgruppen_has_decided_no_link_changes(fore_gruppen: Delprojekt, client: Client) -> None:
    link = fraga(fore_gruppen)
    gor("kansli", Act.ANDRA_NOMINERING, fore_gruppen, objekt=link.nominering_id, status="tackat_ja")
    h.utse_gruppen(fore_gruppen)
    svara(client, link, "tackat_nej")
    assert rad(fore_gruppen, "Alm").status == "utsedd"
    with pytest.raises(Ogiltigt):
        fraga(fore_gruppen)


def test_4_3_a_guessed_or_changed_link_leads_nowhere_and_guessing_is_stopped(
    startat: Delprojekt, client: Client
) -> None:
    link = fraga(startat)
    good = adress(link)
    key, _, signature = good.removeprefix("/lank/").rstrip("/").partition(".")
    wrong = [f"{int(key) + 1}.{signature}", key, f"{key}.{signature[:-1]}", f"{key}.{'a' * len(signature)}", "x"]

    codes = [client.get(f"/lank/{token}/").status_code for token in wrong]
    codes += [client.post(f"/lank/{key}.{n:043d}/", {"svar": "tackat_ja"}).status_code for n in range(20)]

    assert codes[: len(wrong)] == [404] * len(wrong)
    assert codes[-1] == 429, "a machine is stopped"
    assert all(str(startat) not in client.get(f"/lank/{token}/").content.decode() for token in wrong)
    assert client.get(good).status_code == 200, "the right link still works for the one who has it"


def test_4_3_a_link_shows_nothing_of_the_others_and_opens_nothing_else(
    fore_gruppen: Delprojekt, client: Client
) -> None:
    link = fraga(fore_gruppen)
    answer = client.get(adress(link))
    page = answer.content.decode()
    assert not [name for name in ("Karin", "Lind", "Wikström", "Reg ", "Led ") if name in page]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(fore_gruppen.get_absolute_url()).status_code == 302, "nobody is logged in by it"
    found = read_link(SYSTEM, adress(link).removeprefix("/lank/").rstrip("/"))
    assert found is not None
    for act in (Act.NOMINERA, Act.ANDRA_NOMINERING, Act.UTSE_ARBETSGRUPP):
        assert nekas(actor_for_link(found), act, fore_gruppen).why is Why.NOT_YOURS


def test_4_3_nobody_answers_for_another(startat: Delprojekt) -> None:
    link = fraga(startat)
    assert nekas("kansli", Act.SVARA_PA_NOMINERING, startat, objekt=link.pk).why is Why.NOT_YOURS
    other = h.som(Roll.NOMINERAD, i=startat)
    with pytest.raises(Ogiltigt):
        gor(other, Act.SVARA_PA_NOMINERING, startat, objekt=link.pk, svar="tackat_ja")


def test_4_3_a_patient_representative_answers_without_a_name_in_the_log(startat: Delprojekt, client: Client) -> None:
    """conventions.md §6.4: the name stays with the group and its kontaktperson."""
    link = fraga(startat, Roll.PATIENTFORETRADARE)
    page = client.get(adress(link)).content.decode()
    assert "chef" not in page.lower()
    svara(client, link)
    event = Handelse.objects.filter(delprojekt=startat).latest("pk")
    assert (event.mening, event.som) == (
        "En person svarade på nomineringen: tackat ja.",
        "Patient- eller närståendeföreträdare",
    )
    assert rad(startat, "Alm").byten.latest("pk").registrerat_av is None


@pytest.mark.parametrize(
    ("roll", "said", "chef"),
    [
        (Roll.LEDAMOT, "föreslagen som ledamot i arbetsgruppen", True),
        (Roll.ADJUNGERAD, "föreslagen som adjungerad till arbetsgruppen", True),
        (Roll.PATIENTFORETRADARE, "patient- eller närståendeföreträdare i arbetsgruppen", False),
    ],
)
def test_4_3_page_and_mail_say_the_role_as_swedes_do(
    startat: Delprojekt, client: Client, roll: Roll, said: str, chef: bool
) -> None:
    link = fraga(startat, roll)
    mail = whole_text(SYSTEM, Utskick.objects.get(adress="alm@exempel.se"))
    assert said in mail
    assert ("närmsta chef" in mail) == chef
    assert said in client.get(adress(link)).content.decode()


def test_4_3_an_answer_that_is_not_chosen_is_asked_for_beside_the_field(startat: Delprojekt, client: Client) -> None:
    link = fraga(startat)
    answer = client.post(adress(link), {"svar": "", "nyckel": NYCKEL, "kommentar": "Jag undrar."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Välj vad du svarar." in page
    assert "Jag undrar." in page


@pytest.mark.parametrize(("extra", "falt"), [({"epost": ""}, "text"), ({}, "till")])
def test_4_3_a_question_needs_an_address_and_a_day_that_is_to_come(
    startat: Delprojekt, extra: dict[str, str], falt: str
) -> None:
    gor("kansli", Act.NOMINERA, startat, region="skane", **namn("Alm", **extra))
    till = idag() + timedelta(days=1 if extra else -1)
    with pytest.raises(Ogiltigt) as caught:
        gor("kansli", Act.TILLFRAGA_NOMINERAD, startat, objekt=rad(startat, "Alm").pk, till=till)
    assert caught.value.falt == falt
    form = h.formular("kansli", Act.TILLFRAGA_NOMINERAD, startat, till=date(2020, 1, 1).isoformat())
    assert "till" in form.errors
