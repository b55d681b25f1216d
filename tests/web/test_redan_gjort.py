"""Whoever confirms what another has done meanwhile reads that it is done: who, when, what it led to (rule 4)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from delprojekt.models import Delprojekt, Faktauppgift, Handelse
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.walked import Walked, pause
from tests.web.test_krock import opened, save, window
from tests.world import DAG, delprojekt_in, do, new_forslag, prepare, propose, version

pytestmark = pytest.mark.django_db


def url_of(d: Delprojekt, act: Act) -> str:
    return reverse("gor", args=[d.pk, act.value])


def at(event: Handelse) -> str:
    return f"kl.\N{NO-BREAK SPACE}{event.hande_at.astimezone().strftime('%H.%M').lstrip('0')}"


def test_the_author_reads_that_kansliet_has_sent_the_forslag_in_and_not_that_something_is_missing() -> None:
    """The author hears nothing of the events, but of what she was about to do herself."""
    d = new_forslag()
    url = url_of(d, Act.SKICKA_IN_FORSLAG)
    mine, theirs = window("medarbetare"), window("kansli2")
    sent = opened(mine, url)
    assert save(theirs, url, opened(theirs, url)).status_code == 302

    answer = save(mine, url, sent)

    page = answer.content.decode()
    event = Handelse.objects.get(act=Act.SKICKA_IN_FORSLAG)
    assert answer.status_code == 409
    for words in ("Det är redan gjort", "Nils Alm gjorde det", at(event), event.mening, d.get_absolute_url()):
        assert words in page, words
    assert "Saknas" not in page
    assert 'name="bekrafta"' not in page


def test_the_loser_reads_who_took_the_step_and_where_it_led() -> None:
    d = delprojekt_in(Steg.BEREDNING)
    prepare(d)
    url = url_of(d, Act.BESLUTA_START)
    one, two = window("sekreterare"), window("kansli")
    mine, theirs = opened(two, url) | {"punkt": "17"}, opened(one, url)
    assert save(one, url, theirs).status_code == 302

    for button in ("granska", "bekrafta"):
        page = two.post(url, {**mine, button: "1"})
        text = page.content.decode()
        assert page.status_code == 409
        assert "Tora Falk gjorde det" in text
        assert "Delprojektet gick till steget <strong>Uppdrag</strong>" in text
        assert "Det går inte i steget" not in text
        assert 'value="17"' in text, "what was typed is kept"
    assert Handelse.objects.filter(delprojekt=d, act=Act.BESLUTA_START).count() == 1


def test_another_step_that_was_taken_meanwhile_is_told_as_that() -> None:
    d = delprojekt_in(Steg.BEREDNING)
    prepare(d)
    url = url_of(d, Act.BESLUTA_AVSLAG)
    sent = opened(window("kansli"), url)
    do("sekreterare", Act.BESLUTA_START, d, organ="ledningsgrupp", dag=d.skapat_at.date(), punkt="4")

    page = save(window("kansli"), url, sent).content.decode()

    assert "Delprojektet ändrades medan du hade sidan öppen" in page
    assert "Tora Falk, " in page
    assert "Det är redan gjort" not in page
    assert "steget <strong>Uppdrag</strong>" in page


def test_going_back_and_confirming_again_is_answered_calmly_also_when_the_step_is_left() -> None:
    d = delprojekt_in(Steg.BEREDNING)
    prepare(d)
    one, url = window("sekreterare"), url_of(d, Act.BESLUTA_START)
    sent = opened(one, url)
    save(one, url, sent)

    for button in ("granska", "bekrafta"):
        again = one.post(url, {**sent, button: "1"}, follow=True)
        assert again.redirect_chain == [(d.get_absolute_url(), 302)]
        assert "Det här var redan gjort" in again.content.decode()
        assert "Om du ändrade något i formuläret efteråt är ändringen inte sparad." in again.content.decode()


def test_a_page_opened_afterwards_says_what_is_done_without_a_double_negation() -> None:
    d = new_forslag()
    do("kansli", Act.SKICKA_IN_FORSLAG, d)

    page = window("medarbetare").get(url_of(d, Act.SKICKA_IN_FORSLAG)).content.decode()

    assert "Förslaget är redan inskickat" in page
    assert "inte redan" not in page
    assert "gjorde det medan" not in page


def test_m5_4_3_3_a_region_is_told_that_there_is_a_new_version_and_not_that_another_regions_stance_is_its_own(
    walked: Walked,
) -> None:
    """M5.4.3-3: every region takes its stance on the same version."""
    d = Delprojekt.objects.get(pk=walked[Steg.LEDNINGSGRUPP])
    url, mine = url_of(d, Act.LAMNA_STALLNING), walked.client("ledningsgrupp.halland")
    sent = opened(mine, url) | {"val": "enig"}
    do("ledningsgrupp.skane", Act.LAMNA_STALLNING, d, region="skane", val="avstar", version=version(d))
    propose(d, "införa fasta tider med ett takpris")

    answer = save(mine, url, sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "redan gjort" not in page
    assert "Led Skane" not in page
    assert "ny version" in page

    pause(d)
    page = save(mine, url, sent).content.decode()
    assert "redan gjort" not in page
    assert "Delprojektet ändrades medan du hade sidan öppen" in page
    assert "pausades" in page


def test_m5_7_1_a_region_reads_that_its_decision_is_missing_though_another_has_reported(walked: Walked) -> None:
    """M5.7-1 «(efter beslut enligt ovan)»."""
    d = Delprojekt.objects.get(pk=walked[Steg.INFORANDE])
    rek = d.namndbeslut.get(aterkallat_at=None).rekommendationer.earliest("nummer").pk
    url, mine = url_of(d, Act.RAPPORTERA_INFORANDE), walked.client("region.skane")
    sent = opened(mine, url) | {f"lage_{rek}": "infort"}
    do("region.halland", Act.RAPPORTERA_INFORANDE, d, region="halland", lagen={rek: ("infort", "Klart.")})

    page = save(mine, url, sent).content.decode()

    assert "Regionen har inte beslutat om allt som sägs vara infört" in page
    assert "redan gjort" not in page
    assert "Reg Halland" not in page


def test_what_another_added_is_not_what_the_writer_was_about_to_add(walked: Walked) -> None:
    """A row more can always be added: that one was added in another window stops nobody, the pause does."""
    d = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    url, mine = url_of(d, Act.REGISTRERA_FAKTAUPPGIFT), walked.client("ordforande")
    sent = opened(mine, url) | {"pastaende": "Sex av tio får tid."}
    own = {"avsnitt": "nulage_kompetens", "pastaende": "Tre av tio.", "kalla": "pas", "region": "skane"}
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **own)
    pause(d)

    page = save(mine, url, sent).content.decode()

    assert "redan gjort" not in page
    assert "Delprojektet ändrades medan du hade sidan öppen" in page
    assert "Sex av tio" in page, "what was typed is kept"


def test_m4_whom_another_region_nominated_is_not_told_to_who_may_not_read_it(walked: Walked) -> None:
    """§4: the nominations of a region are its own until the group is appointed."""
    d = Delprojekt.objects.get(pk=walked[Steg.UPPDRAG])
    url, mine = url_of(d, Act.NOMINERA), walked.client("samarbetsgrupp.blekinge")
    sent = opened(mine, url) | {"fornamn": "Bo", "efternamn": "Ek"}
    named = {"fornamn": "Anna", "efternamn": "Hemlind", "epost": "anna@exempel.se", "profession": "läkare"}
    do("samarbetsgrupp.skane", Act.NOMINERA, d, region="skane", roll=Roll.LEDAMOT.value, **named)
    pause(d)

    page = save(mine, url, sent).content.decode()

    assert "Hemlind" not in page
    assert "redan gjort" not in page
    assert "Delprojektet ändrades" in page


def test_a_step_that_was_taken_and_taken_back_is_not_said_to_be_done(walked: Walked) -> None:
    """M5-1: every step has a way back; then the pause is what stops it."""
    d = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    url, mine = url_of(d, Act.BORJA_ANALYS), walked.client("ordforande")
    sent = opened(mine, url)
    do("ordforande", Act.BORJA_ANALYS, d)
    do("kansli2", Act.ANGRA, d, text="Fel delprojekt.")
    pause(d)

    page = save(mine, url, sent).content.decode()

    assert "redan gjort" not in page
    assert "Delprojektet ändrades medan du hade sidan öppen" in page


def test_who_hears_without_names_reads_what_happened_and_not_who_did_it(walked: Walked) -> None:
    """Synlighet: ledningsgruppen hears of the events in words."""
    d = Delprojekt.objects.get(pk=walked[Steg.LEDNINGSGRUPP])
    url, mine = url_of(d, Act.LAMNA_STALLNING), walked.client("ledningsgrupp.halland")
    sent = opened(mine, url) | {"val": "enig"}
    do("sekreterare", Act.LAMNA_TILL_NAMNDEN, d, organ="ledningsgrupp", dag=DAG, punkt="2")

    page = save(mine, url, sent).content.decode()

    assert "Delprojektet ändrades medan du hade sidan öppen" in page
    assert "steget <strong>Nämnd</strong>" in page
    assert "Tora Falk" not in page


def test_who_strikes_a_row_and_sends_it_again_is_not_told_that_somebody_else_did_it(walked: Walked) -> None:
    """A double click, or back in the browser: the row is gone because of the very same form."""
    d = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    row = Faktauppgift.objects.filter(omgang__delprojekt=d, struken_at=None).earliest("pk")
    url, mine = reverse("gor", args=[d.pk, Act.ANDRA_FAKTAUPPGIFT.value, row.pk]), walked.client("ordforande")
    sent = opened(mine, url) | {"stryk": "on", "varfor": "Dubblett.", "skal": "Dubblett."}
    assert save(mine, url, sent).status_code == 302
    row.refresh_from_db()
    assert row.struken_at

    again = mine.post(url, {**sent, "bekrafta": "1"}, follow=True)

    page = again.content.decode()
    assert again.status_code == 200
    assert "Det här var redan gjort" in page
    assert "Någon annan" not in page
    other = mine.post(url, {**sent, "nyckel": str(uuid4()), "pastaende": "Min egen ändring."})
    assert other.status_code == 404
    assert "Raden finns inte kvar" in other.content.decode(), "what is sent anew finds no row"


def test_t07_who_proposes_anew_goes_on_in_the_new_forslag(walked: Walked) -> None:
    """T07: it is a draft, which nothing else leads to."""
    d = Delprojekt.objects.get(pk=walked[Steg.AVSLAG])
    mine, url = walked.client("medarbetare"), url_of(d, Act.FORESLA_PA_NYTT)

    answer = save(mine, url, opened(mine, url))

    new = Delprojekt.objects.get(forslag__tidigare=d)
    assert (answer.status_code, answer.headers["Location"]) == (302, new.get_absolute_url())
