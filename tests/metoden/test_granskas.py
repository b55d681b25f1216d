"""What is checked on a page of its own before it is done: answers, advice, and the mail as it will be (§5.1.4)."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.test import Client

from delprojekt.actions.steg import rehearse
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Handelse, Innehav, Konto, Nominering, Utskick
from delprojekt.process.act import Act
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import Roll
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.utkorg import PLATSHALLARE
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.metoden.test_4_grupp import JA, namn, rad
from tests.world import actor, fresh, person

HEMLIG = "Hemlin"
MOTE = {"dag": "2026-03-02", "punkt": "5"}
BEKRAFTA = {"bekrafta": "1"}


def client(who: str) -> Client:
    person(who)
    browser = Client()
    browser.force_login(Konto.objects.get(email=f"{who}@exempel.se"))
    return browser


def url(dp: Delprojekt, act: Act, objekt: int | None = None) -> str:
    return f"/delprojekt/{dp.pk}/gor/{act.value}/{f'{objekt}/' if objekt else ''}"


def send(who: str, act: Act, dp: Delprojekt, **data: object) -> tuple[int, str]:
    answer = client(who).post(url(dp, act), {"nyckel": str(uuid4()), **data})
    return answer.status_code, unescape(answer.content.decode())


def utsedda(dp: Delprojekt) -> list[int]:
    rows = Nominering.objects.filter(omgang__delprojekt=dp, status=Nomineringsstatus.TACKAT_JA)
    return list(rows.values_list("pk", flat=True))


def utsedda_fran(dp: Delprojekt, slug: str) -> "QuerySet[Nominering]":
    return Nominering.objects.filter(omgang__delprojekt=dp, region__slug=slug)


@pytest.fixture
def med_nya(fore_gruppen: Delprojekt) -> Delprojekt:
    """Nominated, beside the cast: a patient representative, and a member without an account."""
    gor("kansli", Act.NOMINERA, fore_gruppen, **namn(HEMLIG, Roll.PATIENTFORETRADARE, status="tackat_ja"))
    gor("kansli", Act.NOMINERA, fore_gruppen, region="skane", **namn("Alm", **JA))
    return fore_gruppen


# What others are told of, what sets advice aside and what is registered is checked first
def test_whatever_tells_others_sets_advice_aside_or_is_registered_is_checked_before_it_is_done() -> None:
    checked = {act for act, rule in POLICY.items() if rule.reviewed}

    assert checked >= {
        Act.FASTSTALL_UPPDRAG,
        Act.LAMNA_STALLNING,
        Act.EXPEDIERA,
        Act.UTSE_ORDFORANDE,
        Act.UTSE_ARBETSGRUPP,
        Act.NOMINERA,
        Act.REKOMMENDERA,
        Act.ANGRA,
    }
    assert not checked & {Act.SKRIV_SLUTSATS, Act.ANTECKNA_GRUPPMOTE, Act.REDIGERA_UPPDRAG, Act.LAGG_TILL_PARAMETER}


def test_5_1_3_an_act_that_stays_is_only_shown_until_it_is_confirmed(startat: Delprojekt) -> None:
    dp = h.skriv_uppdrag(startat)
    person("ledningsgrupp.halland")
    before = (Handelse.objects.count(), dp.dokument.count())

    status, page = send("sekreterare", Act.FASTSTALL_UPPDRAG, dp, **MOTE)

    assert status == 200
    assert "Kontrollera och bekräfta" in page
    assert "Ledningsgruppen fastställde uppdraget." in page  # the letter
    assert "Led Halland" in page
    assert "Motivering" in page
    assert "[det du skriver som motivering]" in page
    assert 'name="punkt" value="5"' in page
    assert (Handelse.objects.count(), fresh(dp).dokument.count()) == before

    status, page = send("sekreterare", Act.FASTSTALL_UPPDRAG, dp, **MOTE, **BEKRAFTA)
    assert status == 422
    assert "Skriv en motivering" in page
    assert "Mejl som skickas" in page

    why = {"motivering": "Kompetenserna beslutas senare."}
    status, _ = send("sekreterare", Act.FASTSTALL_UPPDRAG, dp, **MOTE, **BEKRAFTA, **why)
    assert status == 302
    assert Handelse.objects.latest("pk").motivering == why["motivering"]


def test_what_was_left_empty_is_gathered_and_what_was_said_is_read_first(med_grupp: Delprojekt) -> None:
    who = {"fornamn": "Vera", "efternamn": "Ask", "roll": "ledamot", "region": "skane", "status": "foreslagen"}

    _, page = send("kansli", Act.NOMINERA, med_grupp, **who, dag="2026-03-02")

    assert page.count("Inte besvarat") == 1
    assert page.index("<dd>Vera</dd>") < page.index("Inte besvarat") < page.index("Befattning · ")
    assert "<dd>2 mars 2026</dd>" in page  # as people write it, whatever was typed
    assert "<dt>Hur kom namnet in?</dt><dd>Från mig</dd>" in page  # what stands chosen is an answer
    checked = page.split('class="sammanfattning"')[1].split("</dl>")[0]
    assert "Erfarenhet av att leda" not in checked  # asked of a chair
    assert not Nominering.objects.filter(person__efternamn="Ask").exists()


def test_changing_an_answer_keeps_the_motivering_and_the_switch(startat: Delprojekt) -> None:
    dp = h.skriv_uppdrag(startat)
    said = {"motivering": "Beslutas senare.", "tyst": "on", "andra": "1"}

    _, page = send("sekreterare", Act.FASTSTALL_UPPDRAG, dp, **MOTE, **said)

    assert re.search(r'type="hidden" name="motivering" value="Beslutas senare."', page)
    assert re.search(r'type="hidden" name="tyst"', page)
    assert 'name="granska"' in page


def test_the_receipt_says_who_gets_mail_and_the_switch_stops_it(startat: Delprojekt) -> None:
    dp = h.skriv_uppdrag(startat)
    browser, form = client("sekreterare"), {**MOTE, **BEKRAFTA, "motivering": "Beslutas senare."}

    told = browser.post(url(dp, Act.FASTSTALL_UPPDRAG), {"nyckel": str(uuid4()), **form}, follow=True)
    sent = [str(mail.person) for mail in Handelse.objects.latest("pk").utskick.all()]
    assert len(sent) > 1
    assert [name for name in sent if name not in told.content.decode()] == []

    quiet = {"regioner": ["skane", "halland"], "till": "2027-03-30", **BEKRAFTA, "motivering": "Strax.", "tyst": "on"}
    status, page = send("kansli", Act.BE_OM_NOMINERINGAR, dp, **quiet)
    assert status == 302, page
    assert not Handelse.objects.latest("pk").utskick.exists()


def test_what_cannot_be_done_is_said_already_when_it_is_checked(startat: Delprojekt) -> None:
    """A day that is past is wrong on the form, not on the confirmation."""
    status, page = send("kansli", Act.BE_OM_NOMINERINGAR, startat, dag="2026-03-09", till="2026-03-02")

    assert status == 422
    assert 'id="id_till_error"' in page
    assert "Kontrollera och bekräfta" not in page


def test_5_1_4_what_only_needs_a_yes_has_one_page(med_grupp: Delprojekt) -> None:
    dp = h.overlamna(med_grupp)
    browser = client("ordforande")

    page = browser.get(url(dp, Act.KVITTERA_UPPDRAG)).content.decode()

    assert "Mejl som skickas" in page
    assert 'name="bekrafta"' in page
    assert 'name="granska"' not in page
    assert 'name="andra"' not in page
    key = re.search(r'name="nyckel" value="([^"]+)"', page)
    assert key
    assert browser.post(url(dp, Act.KVITTERA_UPPDRAG), {"nyckel": key[1], **BEKRAFTA}).status_code == 302


def test_5_6_a_form_with_a_file_says_on_its_own_page_who_gets_mail(hos_huvudmannen: Delprojekt) -> None:
    page = client("region.skane").get(url(hos_huvudmannen, Act.REGISTRERA_HUVUDMANSBESLUT)).content.decode()

    assert 'type="file"' in page
    assert "Mejl som skickas" in page
    assert 'name="granska"' not in page


# §4.3: the one mail to somebody outside is read before it goes
@pytest.mark.parametrize("who", ["kansli", "kansli2"])
def test_4_3_the_question_to_a_nominee_is_read_before_it_is_sent(startat: Delprojekt, who: str) -> None:
    """M4.3-4. Only the kontaktperson knows a patient representative's name; the letter does not say it."""
    gor("kansli", Act.NOMINERA, startat, **namn(HEMLIG, Roll.PATIENTFORETRADARE))
    browser, row = client(who), rad(startat, HEMLIG)
    address = url(startat, Act.TILLFRAGA_NOMINERAD, row.pk)
    said = {"till": "2026-12-01", "text": "Räkna med fyra möten.", "nyckel": str(uuid4())}
    before = (Handelse.objects.count(), Utskick.objects.count())

    page = unescape(browser.post(address, said).content.decode())

    assert (Handelse.objects.count(), Utskick.objects.count()) == before
    assert "vill du vara med i arbetsgruppen?" in page
    assert "Räkna med fyra möten." in page
    assert "Svara här, senast 1 december 2026. Du behöver inget konto:" in page
    assert PLATSHALLARE in page
    assert "Skicka inget mejl" not in page
    assert (HEMLIG in page, "Kim" in page) == ((True, True) if who == "kansli" else (False, False))
    assert not row.svarslankar.exists()

    quiet = browser.post(address, {**said, **BEKRAFTA, "tyst": "on"})
    assert quiet.status_code == 302
    assert Utskick.objects.get(handelse=Handelse.objects.latest("pk")).adress == row.person.epost, "it is the act"


# §5.1.4: the letter to each who is appointed is seen before it is sent
def test_5_1_4_whoever_appoints_reads_each_letter_of_welcome_before_it_is_sent(med_nya: Delprojekt) -> None:
    dp, alm = med_nya, rad(med_nya, "Alm")
    left_out = utsedda_fran(dp, "skane").exclude(pk=alm.pk).get().pk
    chosen = [pk for pk in utsedda(dp) if pk != left_out]
    mandates = Innehav.objects.count()

    status, page = send("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **MOTE, utses=chosen)

    assert status == 200, page
    assert page.count("välkommen, du är utsedd") == len(chosen)
    assert "Till Kim Alm" in page
    assert "[personlig länk som skapas när mejlet skickas]" in page
    assert page.count("[personlig länk") == 2  # one for each without an account: Alm, and the patient representative
    assert f"Till {Nominering.objects.get(pk=left_out).person}" not in page
    assert HEMLIG not in page
    assert "Till Patient- eller närståendeföreträdare" in page
    assert Innehav.objects.count() == mandates
    assert not Konto.objects.filter(email="alm@exempel.se").exists()


def test_5_1_4_the_letters_that_are_shown_are_the_letters_that_are_sent(med_nya: Delprojekt) -> None:
    dp, asks = med_nya, actor_for_person(person("sekreterare"))
    said = {"organ": "ledningsgrupp", "dag": h.DAG, "punkt": "5", "utses": utsedda(dp)}

    shown = rehearse(asks, Act.UTSE_ARBETSGRUPP, dp.pk, said)
    gor("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **said)

    sent = Utskick.objects.filter(handelse=Handelse.objects.latest("pk"))
    assert sorted(len(b.till) for b in shown) == sorted(_same_text(sent))
    starts = {b.text.split("Motivering:")[0].split("Du har ett konto")[0].strip() for b in shown}
    assert starts == {row.text.split("Motivering:")[0].strip() for row in sent}


def _same_text(rows: "QuerySet[Utskick]") -> list[int]:
    texts = list(rows.values_list("text", flat=True))
    return [texts.count(text) for text in set(texts)]


def test_a_rehearsal_refuses_as_the_act_does_and_leaves_nothing(med_nya: Delprojekt) -> None:
    said = {"organ": "ledningsgrupp", "dag": h.DAG, "utses": [*utsedda(med_nya), 999_999]}
    before = (Handelse.objects.count(), Innehav.objects.count(), Utskick.objects.count(), Konto.objects.count())

    with pytest.raises(Ogiltigt, match="går inte längre att utse"):
        rehearse(actor("sekreterare"), Act.UTSE_ARBETSGRUPP, med_nya.pk, said)
    rehearse(actor("sekreterare"), Act.UTSE_ARBETSGRUPP, med_nya.pk, {**said, "utses": utsedda(med_nya)})

    assert (Handelse.objects.count(), Innehav.objects.count(), Utskick.objects.count(), Konto.objects.count()) == before


def test_the_check_says_mejl_som_skickas_only_of_mail_that_goes_out(startat: Delprojekt, i_forslag: Delprojekt) -> None:
    """Undoing is quiet unless one asks for mail; whoever took a förslag back is told when that is undone."""
    browser, said = client("kansli"), {"text": "Det blev fel.", "granska": "1"}
    quiet = browser.post(url(startat, Act.ANGRA), {"nyckel": str(uuid4()), **said}).content.decode()
    assert "Mejl som skickas" not in quiet
    assert "Inget mejl skickas nu." in quiet

    gor("medarbetare", Act.ATERTA_FORSLAG, i_forslag, text="Görs på annat sätt.")
    told = browser.post(url(i_forslag, Act.ANGRA), {"nyckel": str(uuid4()), **said}).content.decode()
    assert "Mejl som skickas" in told
    assert "Disa Quist" in told
    browser.post(url(i_forslag, Act.ANGRA), {"nyckel": str(uuid4()), **said, "bekrafta": "1"})
    assert Utskick.objects.latest("handelse").handelse.utskick.filter(adress="medarbetare@exempel.se").exists()
