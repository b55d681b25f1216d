"""Sentences of §5.5 and §5.6: nämnden recommends, and each huvudman decides for itself."""

from datetime import timedelta
from typing import Any

import pytest

from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Delprojekt, Huvudmansbeslut, Sjukvardsregion, Vantar
from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Why, decide, sentence
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas, som
from tests.world import REGIONER, actor, decide_in, fresh, propose, verify

UTAN_FORMEL = "Slutrapporten godkänns. Regionerna ska införa fasta tider."
REGIONENS = Act.REGISTRERA_HUVUDMANSBESLUT


# M5.5-1 «Efter beredning av den politiska styrgruppen ska Södra regionvårdsnämnden till sist godkänna slutrapporten.»
@pytest.mark.parametrize("act", [Act.REKOMMENDERA, Act.GODKANN_INTE])
def test_5_5_namnden_does_not_decide_before_politiska_styrgruppen_has_prepared(
    hos_namnden: Delprojekt, act: Act
) -> None:
    dp = hos_namnden

    assert saknas("namndsekreterare", act, dp, **h.rekommendation()) == {"M5.5-1"}

    gor("namndsekreterare", Act.BERED_POLITISKT, dp, **h.mote("styrgrupp"))
    gor("namndsekreterare", act, dp, **h.rekommendation())


def test_5_5_where_there_is_no_politisk_styrgrupp_none_is_waited_for(hos_namnden: Delprojekt) -> None:
    dp = hos_namnden
    Sjukvardsregion.objects.update(har_politisk_styrgrupp=False)

    gor("namndsekreterare", Act.REKOMMENDERA, dp, **h.rekommendation())


def test_5_5_only_namnden_approves_the_slutrapport(beredd_for_namnden: Delprojekt) -> None:
    dp = beredd_for_namnden

    h.nekas_andra({Roll.NAMNDSEKRETERARE, Roll.KANSLI}, Act.REKOMMENDERA, dp, **h.rekommendation())
    event = gor("kansli", Act.REKOMMENDERA, dp, **h.rekommendation())

    assert event.for_rakning == "nämndens"


# M5.5-3 «Södra regionvårdsnämnden har inget beslutsmandat över regionerna»
@pytest.mark.parametrize("text", ["besluta om fasta tider", "Nämnden beslutar att regionerna inför fasta tider"])
def test_5_5_a_clause_that_decides_over_the_regions_is_refused(hos_ledningsgruppen: Delprojekt, text: str) -> None:
    dp = hos_ledningsgruppen

    with pytest.raises(Ogiltigt):
        propose(dp, text)

    propose(dp, "införa fasta tider")


def test_5_5_a_recommendation_binds_no_region_and_each_is_asked_for_its_own_decision(
    hos_huvudmannen: Delprojekt,
) -> None:
    dp = hos_huvudmannen

    asked = Vantar.objects.filter(delprojekt=dp, act=REGIONENS, roll=Roll.REGIONKONTAKT)

    assert not Huvudmansbeslut.objects.filter(handling__namndbeslut__delprojekt=dp).exists()
    assert {row.region.slug for row in asked if row.region} == set(REGIONER)


def test_5_5_a_region_may_say_no_and_the_others_go_on(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    verify(dp, decide_in(dp, "kronoberg", "avslag"))
    assert saknas("kansli", Act.BORJA_INFORANDE, dp) == {"M5.6-2"}

    verify(dp, decide_in(dp, "skane"))
    gor("kansli", Act.BORJA_INFORANDE, dp)

    assert fresh(dp).steg == Steg.INFORANDE


def test_5_5_when_every_region_says_no_there_is_nothing_to_introduce(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    for slug in REGIONER:
        verify(dp, decide_in(dp, slug, "avslag"))
    assert saknas("kansli", Act.BORJA_INFORANDE, dp) == {"M5.6-2"}
    assert saknas("kansli", Act.AVSLUTA_UTAN_INFORANDE, dp) == {"M5.6-1"}

    gor("sekreterare", Act.INFORMERA_LEDNINGSGRUPPEN, dp, **h.lg_mote())
    gor("kansli", Act.AVSLUTA_UTAN_INFORANDE, dp)

    assert fresh(dp).steg == Steg.AVSLUTAT


def test_5_5_the_words_about_namndens_decision_say_recommend(beredd_for_namnden: Delprojekt) -> None:
    words = [Act.REKOMMENDERA.label, POLICY[Act.REKOMMENDERA].event]

    event = gor("namndsekreterare", Act.REKOMMENDERA, beredd_for_namnden, **h.rekommendation())

    assert all("rekommender" in word.lower() for word in [*words, event.mening])
    assert not any("beslutade att" in word.lower() for word in [*words, event.mening])


# M5.5-4 «nämndens beslut enbart kan formuleras som att ”Södra regionvårdsnämnden rekommenderar regionerna att….”»
@pytest.mark.parametrize("text", ["att införa fasta tider", f"{h.FORMEL} införa fasta tider"])
def test_5_5_the_formula_is_printed_by_the_portal_and_never_typed_in_a_clause(
    hos_ledningsgruppen: Delprojekt, text: str
) -> None:
    dp = hos_ledningsgruppen

    with pytest.raises(Ogiltigt):
        propose(dp, text)

    propose(dp, "införa fasta tider")


def test_5_5_what_namnden_is_proposed_to_say_holds_the_formula(beredd_for_namnden: Delprojekt) -> None:
    form = h.formular("namndsekreterare", Act.REKOMMENDERA, beredd_for_namnden)

    assert f"{h.FORMEL}\n1. införa fasta tider" in str(form.fields["lydelse"].initial)


def test_5_5_a_text_without_the_formula_is_refused(beredd_for_namnden: Delprojekt) -> None:
    """M5.5-4: namnden can recommend, and nothing else (T31)."""
    dp, said = beredd_for_namnden, h.rekommendation(lydelse=UTAN_FORMEL)

    assert saknas("namndsekreterare", Act.REKOMMENDERA, dp, **said) == {"M5.5-4"}
    del said["formel"]
    assert saknas("namndsekreterare", Act.REKOMMENDERA, dp, **said) == {"M5.5-4"}

    event = gor("namndsekreterare", Act.REKOMMENDERA, dp, motivering="", **h.rekommendation())
    assert event.rad == []


# T31, M5.5-1 «ska Södra regionvårdsnämnden till sist godkänna slutrapporten»
@pytest.mark.parametrize("said", ["", "Nämnden godkänner inte slutrapporten.", "Slutrapporten kan inte godkännas."])
def test_m5_5_1_a_recommendation_approves_the_slutrapport(beredd_for_namnden: Delprojekt, said: str) -> None:
    """M5.5-1: whatever else the words hold, nämnden has approved the report, or taken another of its ways."""
    words = {"lydelse": f"{said} {h.FORMEL} införa fasta tider och använda gemensam mall."}

    assert saknas("namndsekreterare", Act.REKOMMENDERA, beredd_for_namnden, **h.rekommendation(**words)) == {"M5.5-1"}


# §5.6 «Varje region fattar beslut utifrån rekommendation från Södra regionvårdsnämnden»
def test_m5_5_4_nothing_else_is_asked_of_the_regions_than_namnden_recommends_without_a_word_on_why(
    beredd_for_namnden: Delprojekt,
) -> None:
    """M5.5-4: other words than the att-satser warn, and say which; line breaks and numbers are no other words."""
    dp, who = beredd_for_namnden, "namndsekreterare"
    other = h.rekommendation(lydelse=f"Nämnden godkänner slutrapporten. {h.FORMEL} införa\nFasta  tider; dela tolkar.")
    with pytest.raises(MotiveringSaknas):
        gor(who, Act.REKOMMENDERA, dp, motivering="", **other)

    lage = build_lage(dp).prova(other)
    (advice,) = decide(actor(who), Act.REKOMMENDERA, lage, other).advice
    assert "att-sats 2 ”använda gemensam mall” står inte i lydelsen" in sentence(advice, lage)
    assert "att-sats 1" not in sentence(advice, lage)

    event = gor(who, Act.REKOMMENDERA, dp, motivering="Nämnden ändrade punkt 2.", **other)
    assert event.rad == ["ATTSATSERNA_I_LYDELSEN"]


# M5.6-1 «antingen på politisk nivå eller på tjänstemannanivå»
def test_5_6_a_region_says_on_which_level_it_decided(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen

    assert list(h.formular("region.halland", REGIONENS, dp, **h.svar(dp, "halland", niva=None)).errors) == ["niva"]
    assert h.formular("region.halland", REGIONENS, dp, **h.svar(dp, "halland")).is_valid()


def test_5_6_a_decision_by_an_official_says_on_what_ground(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    said = h.svar(dp, "halland", niva="tjansteperson", organ_namn="Direktören")

    assert list(h.formular("region.halland", REGIONENS, dp, **said).errors) == ["grund"]
    assert h.formular("region.halland", REGIONENS, dp, **said, grund="Delegationsordningen 4.2").is_valid()


def test_5_6_a_decision_by_an_official_counts_like_one_on_the_political_level(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    official: dict[str, Any] = {"niva": "tjansteperson", "organ_namn": "Direktören", "grund": "Delegation 4.2"}
    form = h.formular("region.halland", REGIONENS, dp, **h.svar(dp, "halland", **official))
    assert form.is_valid(), form.errors
    upload = h.world.SimpleUploadedFile("beslut.pdf", h.world.PDF)
    gor("region.halland", REGIONENS, dp, **{**form.underlag(), "fil": upload})

    verify(dp, dp.namndbeslut.get().handlingar.get())

    gor("kansli", Act.BORJA_INFORANDE, dp)


def test_5_6_a_region_decides_for_itself_only(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    underlag = {"region": "skane", "niva": "politisk", "organ_namn": "Regionstyrelsen", "utfall": {}}

    assert nekas("region.halland", REGIONENS, dp, **underlag).why is Why.NOT_YOURS
    decide_in(dp, "skane")


# M5.6-2 «Regionerna ska skicka protokollsutdrag till Södra regionvårdsnämndens kansli gällande tagna beslut.»
def test_5_6_a_decision_without_its_document_is_not_verified(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen

    with pytest.raises(Ogiltigt):
        verify(dp, decide_in(dp, "skane", file=False))

    verify(dp, decide_in(dp, "skane"))


def test_5_6_no_introduction_before_a_region_has_agreed_and_its_document_is_read(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    paper = decide_in(dp, "skane")
    assert saknas("kansli", Act.BORJA_INFORANDE, dp) == {"M5.6-2"}

    verify(dp, paper)

    gor("kansli", Act.BORJA_INFORANDE, dp)


def test_5_6_a_wrong_document_is_kept_and_the_region_is_asked_again(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    wrong = decide_in(dp, "kronoberg")
    waits = Vantar.objects.filter(delprojekt=dp, act=Act.SKICKA_HANDLING, region__slug="kronoberg")

    gor("kansli", Act.GRANSKA_HANDLING, dp, objekt=wrong.pk, granskning="fel", text="Det är § 113, ett annat ärende.")

    assert waits.exists()
    assert saknas("kansli", Act.BORJA_INFORANDE, dp) == {"M5.6-2"}
    verify(dp, decide_in(dp, "kronoberg"))
    papers = dp.namndbeslut.get().handlingar.order_by("pk")
    assert [paper.granskning for paper in papers] == ["fel", "godkand"]
    assert all(paper.fil and paper.sha256 for paper in papers)
    assert not waits.exists()


@pytest.mark.parametrize("roll", [Roll.REGIONKONTAKT, Roll.LEDNINGSGRUPP, Roll.NAMNDSEKRETERARE])
def test_5_6_it_is_kansliet_that_reads_the_document(hos_huvudmannen: Delprojekt, roll: Roll) -> None:
    dp = hos_huvudmannen
    paper = decide_in(dp, "skane")

    refusal = nekas(som(roll, "skane"), Act.GRANSKA_HANDLING, dp, objekt=paper.pk, granskning="godkand")

    assert refusal.why is Why.NOT_YOURS
    verify(dp, paper)


def test_5_6_a_region_is_asked_by_letter_before_anything_is_introduced(i_namndens_beslut: Delprojekt) -> None:
    dp = i_namndens_beslut
    verify(dp, decide_in(dp, "skane"))

    assert saknas("kansli", Act.BORJA_INFORANDE, dp) == {"M5.6-2"}

    gor("namndsekreterare", Act.EXPEDIERA, dp, dag=h.DAG)
    gor("kansli", Act.BORJA_INFORANDE, dp)


def test_5_6_nothing_is_ended_while_a_region_agrees_or_has_not_answered(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    gor("sekreterare", Act.INFORMERA_LEDNINGSGRUPPEN, dp, **h.lg_mote())
    for slug in ("blekinge", "halland", "kronoberg"):
        verify(dp, decide_in(dp, slug, "avslag"))
    assert saknas("kansli", Act.AVSLUTA_UTAN_INFORANDE, dp) == {"M5.6-1"}

    verify(dp, decide_in(dp, "skane", "bifall"))

    assert saknas("kansli", Act.AVSLUTA_UTAN_INFORANDE, dp) == {"M5.6-1"}


# conventions.md §6.5: a § is a number, however it is written.
@pytest.mark.parametrize(("written", "kept"), [("§ 97", "97"), ("97 §", "97"), ("27 a", "27 a")])
def test_5_5_a_paragraph_is_taken_as_people_write_it(beredd_for_namnden: Delprojekt, written: str, kept: str) -> None:
    form = h.formular("namndsekreterare", Act.REKOMMENDERA, beredd_for_namnden, punkt=written)
    form.is_valid()
    assert form.cleaned_data["punkt"] == kept


def test_5_5_a_paragraph_without_a_number_is_refused(beredd_for_namnden: Delprojekt) -> None:
    form = h.formular("namndsekreterare", Act.REKOMMENDERA, beredd_for_namnden, punkt="Påhittad text")
    form.is_valid()
    assert form.errors["punkt"] == ["Skriv numret, till exempel 27 eller 27 a."]


# M1-3: the order of the method; what one body has dealt with, the next one meets about later
def test_m1_3_no_body_has_met_about_it_before_the_body_that_had_it_before(hos_namnden: Delprojekt) -> None:
    """M1-3: said beside the day, for every act that registers a body's handling."""
    dp, before = hos_namnden, h.DAG - timedelta(days=1)
    sent = (
        ("namndsekreterare", Act.BERED_POLITISKT, h.mote("styrgrupp", before)),
        ("namndsekreterare", Act.BORDLAGG, h.mote("namnd", before, till=h.DAG)),
        ("kansli", Act.AVBRYT, h.lg_mote(before)),
    )
    for who, act, said in sent:
        with pytest.raises(Ogiltigt, match=r"före 2 mars 2026 \(Ledningsgruppen enig\)") as caught:
            gor(who, act, dp, **said)
        assert caught.value.falt == "dag"

    later = h.DAG + timedelta(days=3)
    gor("namndsekreterare", Act.BERED_POLITISKT, dp, **h.mote("styrgrupp", later))
    with pytest.raises(Ogiltigt, match=r"före 5 mars 2026 \(Beredd av politiska styrgruppen\)"):
        gor("namndsekreterare", Act.LAGG_TILL_HANDLINGARNA, dp, **h.mote("namnd"))
    gor("namndsekreterare", Act.LAGG_TILL_HANDLINGARNA, dp, **h.mote("namnd", later))


def test_m1_3_a_meeting_that_was_registered_by_mistake_and_undone_stops_no_later_one(hos_namnden: Delprojekt) -> None:
    """M1-3: only what counts has been before."""
    dp, later = hos_namnden, h.DAG + timedelta(days=9)
    gor("kansli", Act.AVBRYT, dp, **h.lg_mote(later))
    gor("kansli", Act.ANGRA, dp, text="Det gällde ett annat delprojekt.")
    gor("namndsekreterare", Act.RETURNERA_TILL_LEDNINGSGRUPPEN, dp, dag=h.DAG, text="Räkna på kostnaden.")

    h.presentera(dp)


def test_m1_3_ledningsgruppen_does_not_agree_before_it_has_been_shown_the_report(
    med_beslutsforslag: Delprojekt,
) -> None:
    """M1-3, M5.4.3-1: within the step too."""
    dp, later = med_beslutsforslag, h.DAG + timedelta(days=3)
    gor("sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, dp, **h.lg_mote(later, part="Karin Lind"))
    h.ta_stallning(dp)

    with pytest.raises(Ogiltigt, match=r"före 5 mars 2026 \(Presenterad för ledningsgruppen\)"):
        h.till_namnden(dp)

    gor("sekreterare", Act.LAMNA_TILL_NAMNDEN, dp, **h.lg_mote(later))
