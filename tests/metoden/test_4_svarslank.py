"""§4.3: who is nominated is asked, and answers for themselves through a personal link, without an account."""

import logging
import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Handelse, Nominering, Svarslank, Utskick
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Why
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.process.synlighet import SYNLIGHET, Noun
from delprojekt.queries.aktor import actor_for_link
from delprojekt.queries.svarslank import link_address, read_link
from delprojekt.queries.utkorg import whole_text
from delprojekt.web.forms.svarslank import LASES
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas
from tests.metoden.test_4_grupp import namn, rad

NYCKEL = "5a0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a77"
ANNAN_NYCKEL = "5a0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a78"


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


def oppna(client: Client, link: Svarslank) -> str:
    """Follow the link of the mail. Out: the page it leads to."""
    return client.get(adress(link), follow=True).content.decode()


def skicka(client: Client, link: Svarslank, **said: str) -> HttpResponse:
    """Open the question and send an answer."""
    oppna(client, link)
    return client.post(reverse("svarslank_oppnad", args=[link.pk]), {"nyckel": NYCKEL, **said})


def svara(client: Client, link: Svarslank, svar: str = "tackat_ja", **extra: str) -> int:
    return skicka(client, link, svar=svar, **extra).status_code


def test_4_3_the_nominee_gets_a_mail_with_a_link_that_is_never_stored(startat: Delprojekt) -> None:
    """M4.3-4: the mail asks to settle it with the manager."""
    link = fraga(startat, text="Räkna med fyra möten.")

    mail = Utskick.objects.get(adress="alm@exempel.se")
    assert "/svarslank/" not in mail.text
    sent = whole_text(SYSTEM, mail)
    assert link_address(SYSTEM, link) in sent
    assert "Räkna med fyra möten." in sent
    assert "närmsta chef" in sent
    assert rad(startat, "Alm").status == "tillfragad"


@pytest.mark.parametrize("svar", ["tackat_ja", "tackat_nej", "reserv"])
def test_4_3_yes_no_or_reserve_is_answered_without_an_account(startat: Delprojekt, client: Client, svar: str) -> None:
    link = fraga(startat)
    said = {"chef_ja": "on", "chef_namn": "Bo Ek", "avsatt_tid": "10 %", "kommentar": "Gärna."}

    assert "Skicka svaret" in oppna(client, link)
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
    page = oppna(again, link)
    late = skicka(again, link, svar="tackat_nej", kommentar="Jag ångrar mig.", nyckel=ANNAN_NYCKEL)

    assert late.status_code == 409
    assert "Det du skickade togs inte emot" in late.content.decode()
    assert "Jag ångrar mig." in late.content.decode(), "what was typed is kept"
    assert "togs inte emot" not in page
    assert "Länken kan bara användas en gång." in page
    assert '<form method="post" novalidate' not in page
    assert "Ja, jag vill" not in page, "whoever finds the link later learns no answer"
    assert rad(startat, "Alm").status == "tackat_ja"
    assert Handelse.objects.count() == events


def test_4_3_the_same_form_sent_twice_is_one_answer_and_a_calm_page(startat: Delprojekt, client: Client) -> None:
    link = fraga(startat)
    assert [svara(client, link), svara(client, link)] == [302, 302]
    assert "Ditt svar är lämnat" in oppna(client, link)
    assert Handelse.objects.filter(delprojekt=startat, act=Act.SVARA_PA_NOMINERING).count() == 1


def test_4_3_a_link_ends_after_its_last_day(startat: Delprojekt, client: Client) -> None:
    link = fraga(startat)
    with klocka.vid(link.till_date):
        assert "Skicka svaret" in oppna(client, link)
    with klocka.vid(link.till_date + timedelta(days=1)):
        assert "Länken gällde till och med" in oppna(client, link)
        assert svara(client, link) == 409
    assert rad(startat, "Alm").status == "tillfragad"


def test_4_3_a_new_question_closes_the_earlier_one(startat: Delprojekt, client: Client) -> None:
    first = fraga(startat)
    second = fraga(startat)
    first.refresh_from_db()
    assert "nyare fråga" in oppna(client, first)
    assert svara(client, second) == 302


def test_4_3_a_renewed_uppdrag_closes_the_questions_of_the_old(hos_ledningsgruppen: Delprojekt, client: Client) -> None:
    """The page says it at once, and not first when somebody has written an answer."""
    dp = hos_ledningsgruppen
    link = fraga(dp)
    gor("sekreterare", Act.FORNYA_UPPDRAG, dp, dag=h.DAG, text="Utred också primärvården.")
    page = oppna(client, link)
    assert "Frågan gäller inte längre." in page
    assert 'name="svar"' not in page
    with pytest.raises(Ogiltigt, match="gäller inte längre"):
        gor(actor_for_link(link), Act.SVARA_PA_NOMINERING, dp, objekt=link.pk, svar="tackat_ja")


def test_4_3_what_ledningsgruppen_has_decided_no_link_changes(fore_gruppen: Delprojekt, client: Client) -> None:
    link = fraga(fore_gruppen)
    gor("kansli", Act.ANDRA_NOMINERING, fore_gruppen, objekt=link.nominering_id, status="tackat_ja")
    h.utse_gruppen(fore_gruppen)
    assert svara(client, link, "tackat_nej") == 409
    assert rad(fore_gruppen, "Alm").status == "utsedd"
    with pytest.raises(Ogiltigt):
        fraga(fore_gruppen)


def test_4_3_a_guessed_or_changed_link_leads_nowhere_and_guessing_is_stopped(
    startat: Delprojekt, client: Client
) -> None:
    link = fraga(startat)
    good = adress(link)
    key, _, signature = good.removeprefix("/svarslank/").rstrip("/").partition(".")
    wrong = [f"{int(key) + 1}.{signature}", key, f"{key}.{signature[:-1]}", f"{key}.{'a' * len(signature)}", "x"]

    codes = [client.get(f"/svarslank/{token}/").status_code for token in wrong]
    answers = [client.get(f"/svarslank/{key}.{n:043d}/") for n in range(20)]

    assert codes == [404] * len(wrong)
    assert [answer.status_code for answer in answers] == [404] * 15 + [429] * 5, "a machine is stopped"
    said = answers[-1].content.decode()
    assert "om en timme" in said
    assert "lösenord" not in said, "whoever has no account is not told of one"
    assert all(str(startat) not in client.get(f"/svarslank/{token}/").content.decode() for token in wrong)
    assert client.get(good).status_code == 302, "the right link still works for the one who has it"


def test_4_3_a_link_shows_nothing_of_the_others_and_opens_nothing_else(
    fore_gruppen: Delprojekt, client: Client
) -> None:
    link = fraga(fore_gruppen)
    first, answer = client.get(adress(link)), client.get(adress(link), follow=True)
    page = answer.content.decode()
    assert not [name for name in ("Karin", "Lind", "Wikström", "Reg ", "Led ") if name in page]
    for one in (first, answer):
        assert "no-store" in one.headers["Cache-Control"]
        assert "noindex" in one.headers["X-Robots-Tag"]
    assert client.get(fore_gruppen.get_absolute_url()).status_code == 302, "nobody is logged in by it"
    found = read_link(SYSTEM, adress(link).removeprefix("/svarslank/").rstrip("/"))
    assert found is not None
    for act in (Act.NOMINERA, Act.ANDRA_NOMINERING, Act.UTSE_ARBETSGRUPP):
        assert nekas(actor_for_link(found), act, fore_gruppen).why is Why.NOT_YOURS


def test_4_3_the_address_of_the_page_holds_no_key_and_opens_for_nobody_else(startat: Delprojekt) -> None:
    """The link opens the question in the browser that it is opened in, and each question by itself."""
    link, has_it = fraga(startat), Client()
    answer = has_it.get(adress(link), follow=True)
    page = answer.request["PATH_INFO"]
    assert adress(link).removeprefix("/svarslank/").strip("/") not in page + answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "same-origin", "no-referrer makes browsers send Origin: null"
    kansli = Client()
    kansli.force_login(h.world.person("kansli").konto)
    for stranger in (Client(), kansli):
        assert stranger.get(page).status_code == 404
        assert stranger.post(page, {"svar": "tackat_nej", "nyckel": NYCKEL}).status_code == 404
    assert rad(startat, "Alm").status == "tillfragad"
    gor("kansli", Act.NOMINERA, startat, region="skane", **namn("Bok"))
    gor("kansli", Act.TILLFRAGA_NOMINERAD, startat, objekt=rad(startat, "Bok").pk, till=link.till_date, text="")
    oppna(has_it, Svarslank.objects.latest("pk"))
    assert has_it.post(page, {"svar": "reserv", "nyckel": NYCKEL}).status_code == 302, "both stay open"
    assert (rad(startat, "Alm").status, rad(startat, "Bok").status) == ("reserv", "tillfragad")


def test_4_3_the_answer_passes_the_check_of_forged_forms(startat: Delprojekt) -> None:
    link, strict = fraga(startat), Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', oppna(strict, link))
    assert token
    assert svara(strict, link) == 403
    assert svara(strict, link, csrfmiddlewaretoken=token[1]) == 302


def test_4_3_no_log_line_holds_a_link_that_can_be_used(startat: Delprojekt) -> None:
    link, client = fraga(startat), Client(enforce_csrf_checks=True)
    (handler,) = (one for one in logging.getLogger().handlers if one.get_name() == "stderr")
    lines = StringIO()
    earlier = handler.setStream(lines)
    try:
        client.post(adress(link))
        client.put(adress(link))
        skicka(client, link, svar="")
        logging.getLogger("annan").error("Fel vid %s", link_address(SYSTEM, link))
    finally:
        handler.setStream(earlier)
    said = lines.getvalue()
    assert said.count("/svarslank/‹…›/") == 3, said
    assert adress(link).removeprefix("/svarslank/").strip("/") not in said


def test_4_3_the_contact_is_named_until_thirty_days_after_the_last_day(startat: Delprojekt, client: Client) -> None:
    link = fraga(startat)
    svara(client, link)
    contact = str(h.world.person("kansli"))
    for days, shown in ((0, True), (30, True), (31, False)):
        with klocka.vid(link.till_date + timedelta(days=days)):
            page = oppna(client, link)
            assert (contact in page, "kansli@exempel.se" in page) == (shown, shown), days
            assert "Undrar du något" in page


def test_4_3_the_form_says_who_reads_what_is_written(startat: Delprojekt, client: Client) -> None:
    """The words name everybody that the table lets read a nomination."""
    reads = {roll for noun, roller, *_ in SYNLIGHET if noun in _NOMINERINGAR for roll in roller}
    words = {
        "kansliet": {Roll.KANSLI, Roll.KONTAKTPERSON, Roll.DIREKTOR},
        "ledningsgruppen": {Roll.LEDNINGSGRUPP, Roll.SEKRETERARE},
        "arbetsgruppens ordförande": {Roll.ORDFORANDE},
        "din regions samarbetsgrupp": {Roll.SAMARBETSGRUPP},
    }
    page = oppna(client, fraga(startat))
    assert reads == {roll for roller in words.values() for roll in roller}
    assert "Läses av kansliet" in page
    assert [word for word in words if word not in LASES] == []
    assert "vill du säga till kansliet" not in page.lower()


_NOMINERINGAR = (Noun.NOMINERINGAR, Noun.EGNA_NOMINERINGAR)


def test_4_3_nobody_answers_for_another(startat: Delprojekt) -> None:
    link = fraga(startat)
    assert nekas("kansli", Act.SVARA_PA_NOMINERING, startat, objekt=link.pk).why is Why.NOT_YOURS
    other = h.som(Roll.NOMINERAD, i=startat)
    with pytest.raises(Ogiltigt):
        gor(other, Act.SVARA_PA_NOMINERING, startat, objekt=link.pk, svar="tackat_ja")


def test_4_3_a_patient_representative_answers_without_a_name_in_the_log(startat: Delprojekt, client: Client) -> None:
    """conventions.md §6.4: the name stays with the group and its kontaktperson."""
    link = fraga(startat, Roll.PATIENTFORETRADARE)
    page = oppna(client, link)
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
    assert said in oppna(client, link)


def test_4_3_an_answer_that_is_not_chosen_is_asked_for_beside_the_field(startat: Delprojekt, client: Client) -> None:
    link = fraga(startat)
    answer = skicka(client, link, svar="", kommentar="Jag undrar.")
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
