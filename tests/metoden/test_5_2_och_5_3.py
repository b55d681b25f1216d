"""Sentences of §5 (dokumentation), §5.1.3, §5.2, §5.3 and §6: what the group gathers around its text."""

from datetime import date
from typing import Any

import pytest

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Avsnitt, Avsnittsuppgift, Delprojekt, Dokumentversion, Faktauppgift, Handelse
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import decide, sentence
from delprojekt.queries.arbete import meetings, points
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, saknas
from tests.world import REGIONER, actor, fresh


def rad(dp: Delprojekt, act: Act) -> set[str]:
    """The requirement ids of the advice that is not followed now."""
    return {krav.krav_id for krav in decide(actor("ordforande"), act, build_lage(fresh(dp))).advice}


def fakta(dp: Delprojekt, **fields: Any) -> None:
    given = {"avsnitt": "nulage_verksamhet", "pastaende": "Distansmöten", "kalla": "pas", **fields}
    gor("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, dp, **given)


# M5.1.3-3 «Uppdraget bör omfatta följande punkter»
def test_5_1_3_a_part_that_does_not_apply_is_said_so_with_a_reason(startat: Delprojekt) -> None:
    dp = startat
    h.world.write("kansli", dp, "bakgrund", "syfte")
    rows = {"punkter": ["Beskriv nuläget."], "milstolpar": [("Slutrapport", "våren 2027")]}
    gor("kansli", Act.REDIGERA_UPPDRAG, dp, **rows, kompetens_ska=["Kirurgi"], kompetens_bor=[])
    lage = build_lage(fresh(dp))
    assert lage.rapport.uppdragsdelar_saknas == ("Avgränsningar i projektet",)

    gor("kansli", Act.ANGE_EJ_TILLAMPLIGT, dp, avsnitt="avgransningar", text="Hela området ingår.")

    assert build_lage(fresh(dp)).rapport.uppdragsdelar_saknas == ()
    h.faststall(dp)
    assert "Ej tillämpligt. Hela området ingår." in str(
        Dokumentversion.objects.get(omgang=h.omgang(dp), slag="uppdrag").trad
    )


def test_5_1_3_only_the_six_parts_can_be_not_applicable_and_only_until_it_is_fixed(faststallt: Delprojekt) -> None:
    said = {"avsnitt": "avgransningar", "text": "Allt ingår."}
    assert saknas("kansli", Act.ANGE_EJ_TILLAMPLIGT, faststallt, **said) == {"V-12"}


def test_5_1_3_a_part_of_the_report_is_not_a_part_of_the_uppdrag(startat: Delprojekt) -> None:
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.ANGE_EJ_TILLAMPLIGT, startat, avsnitt="nulage_ekonomi", text="Nej.")


@pytest.mark.parametrize("when", ["HT 2026", "våren 2027", "kv 3 2026", "oktober 2026", "v. 47 2026", "4 juni 2027"])
def test_5_1_3_a_partial_date_is_kept_as_it_was_written(startat: Delprojekt, when: str) -> None:
    form = h.formular("kansli", Act.REDIGERA_UPPDRAG, startat, milstolpar=f"Slutrapport: {when}")
    assert form.is_valid()
    gor("kansli", Act.REDIGERA_UPPDRAG, startat, **form.underlag())
    assert h.omgang(startat).milstolpar.get(struken_at=None).nar == when


@pytest.mark.parametrize("when", ["snart", "v. 60 2026", "13/4", "kv 5 2026"])
def test_5_1_3_a_time_that_can_not_be_understood_is_refused_with_examples(startat: Delprojekt, when: str) -> None:
    form = h.formular("kansli", Act.REDIGERA_UPPDRAG, startat, milstolpar=f"Slutrapport: {when}")
    assert "HT 2026" in str(form.errors["milstolpar"])


# M5.2-1 «Samtliga delprojekt bör inledas med att ett nuläge beskrivs.»
def test_5_2_a_nulage_without_a_word_warns_with_how_much_is_empty_and_the_log_says_so(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    sections = h.omgang(dp).mallversion.avsnitt.filter(nyckel__startswith="nulage_", innehall="text").count()
    gor("ordforande", Act.UTELAMNA_AVSNITT, dp, avsnitt="nulage_ekonomi", text="Påverkar inte.")
    lage = build_lage(fresh(dp))
    empty = f"{lage.rapport.nulage_tomma} av {lage.rapport.nulage_delar} avsnitt är tomma"
    assert (lage.rapport.nulage_tomma, lage.rapport.nulage_delar) == (sections - 1, sections)
    assert empty in sentence(Krav.NULAGE_SKRIVET, lage)

    event = gor("ordforande", Act.BORJA_ANALYS, dp)

    assert empty in event.mening
    gor("ordforande", Act.TILLBAKA_TILL_NULAGE, dp, text="Det behöver beskrivas.")
    h.skriv(dp, "nulage_kompetens")
    assert "tomma" not in gor("ordforande", Act.BORJA_ANALYS, dp).mening


# M5.2-2 «Det är viktigt att alla deltagande regioner ingår i nulägesbeskrivningen.»
def test_5_2_every_region_is_in_every_part_of_nulaget(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    h.skriv(dp, "nulage_verksamhet")
    assert "M5.2-2" in rad(dp, Act.BORJA_ANALYS)

    gor("ordforande", Act.ANGE_TACKNING, dp, tackning={"nulage_verksamhet": ["blekinge", "halland"]})
    fakta(dp, region="kronoberg")
    (hole,) = build_lage(fresh(dp)).rapport.nulage_utan_region
    assert hole.endswith(": Skåne")

    fakta(dp, region="skane")
    assert "M5.2-2" not in rad(dp, Act.BORJA_ANALYS)


def test_5_2_a_fact_of_all_regions_covers_them_and_a_struck_one_covers_none(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    h.skriv(dp, "nulage_verksamhet")
    fakta(dp)
    assert "M5.2-2" not in rad(dp, Act.BORJA_ANALYS)

    row = Faktauppgift.objects.get(omgang=h.omgang(dp))
    gor("ordforande", Act.ANDRA_FAKTAUPPGIFT, dp, objekt=row.pk, stryk=True)

    assert "M5.2-2" in rad(dp, Act.BORJA_ANALYS)
    row.refresh_from_db()
    assert row.struken_at is not None


# M5.2-3 «Om möjligt bör påståenden grundas på faktiska data som inhämtas från olika register och databaser.»
def test_5_2_a_claim_without_source_is_listed_until_it_has_one(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    fakta(dp, kalla="")
    assert build_lage(fresh(dp)).rapport.utan_kalla == ("Distansmöten",)
    assert "M5.2-3" in rad(dp, Act.BORJA_ANALYS)

    row = Faktauppgift.objects.get(omgang=h.omgang(dp))
    gor("ordforande", Act.ANDRA_FAKTAUPPGIFT, dp, objekt=row.pk, kalla="scb")

    assert "M5.2-3" not in rad(dp, Act.BORJA_ANALYS)


# M5.2-4 «fakta som inte ligger till grund för analys och slutsatser kan vanligen utelämnas»
def test_5_2_nulage_without_analysis_is_left_out_with_a_reason_and_its_text_is_kept(i_analys: Delprojekt) -> None:
    dp = i_analys
    for key in h.skrivna(dp, "nulage_"):
        h.skriv(dp, key.replace("nulage_", "analys_"))
    h.skriv(dp, "nulage_ekonomi", "<p>Hemliga kronor.</p>")
    assert "M5.3-1" in rad(dp, Act.BORJA_ATGARDSFORSLAG)

    gor("ordforande", Act.UTELAMNA_AVSNITT, dp, avsnitt="nulage_ekonomi", text="Påverkar inte förslagen.")

    assert "M5.3-1" not in rad(dp, Act.BORJA_ATGARDSFORSLAG)
    assert Avsnitt.objects.get(omgang=h.omgang(dp), nyckel="nulage_ekonomi").html == "<p>Hemliga kronor.</p>"
    gor("ordforande", Act.LAMNA_DELRAPPORT, dp, part="Allt", avsnitt=["nulage_ekonomi", "nulage_kompetens"])
    printed = str(Dokumentversion.objects.get(omgang=h.omgang(dp), slag="delrapport").trad)
    assert "Hemliga kronor" not in printed
    assert "nulage_kompetens" in printed

    gor("ordforande", Act.UTELAMNA_AVSNITT, dp, avsnitt="nulage_ekonomi", text="")
    assert "M5.3-1" in rad(dp, Act.BORJA_ATGARDSFORSLAG)


# M5.2-5 «en beskrivning av aktuell kompetenstillgång väsentlig liksom incidens och prevalensuppgifter»
# M5.2-6 «väsentligt att ta in synpunkter från patient- och närståenderepresentanter»
@pytest.mark.parametrize(
    ("key", "krav"),
    [("nulage_patientgrupp", "M5.2-5"), ("nulage_kompetens", "M5.2-5"), ("nulage_perspektiv", "M5.2-6")],
)
def test_5_2_a_standard_section_is_written_or_left_out_with_a_reason(i_nulage: Delprojekt, key: str, krav: str) -> None:
    dp = i_nulage
    for other in {"nulage_patientgrupp", "nulage_kompetens", "nulage_perspektiv"} - {key}:
        h.skriv(dp, other)
    assert krav in rad(dp, Act.BORJA_ANALYS)

    gor("ordforande", Act.UTELAMNA_AVSNITT, dp, avsnitt=key, text="Inte relevant för frågan.")

    assert krav not in rad(dp, Act.BORJA_ANALYS)


def test_5_2_leaving_out_asks_for_a_reason(i_nulage: Delprojekt) -> None:
    form = h.formular("ordforande", Act.UTELAMNA_AVSNITT, i_nulage, avsnitt="nulage_ekonomi", text="")
    assert "text" in form.errors


# M5.3-2 «resultera i slutsatser om orsakssamband och leda fram till åtgärdsförslag»
def test_5_3_a_proposal_builds_on_a_conclusion(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    assert "M5.3-2" in rad(dp, Act.LAMNA_SLUTRAPPORT)

    conclusion, proposal = h.omgang(dp).slutsatser.get(), h.omgang(dp).atgardsforslag.get()
    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=proposal.pk, slutsatser=[conclusion.pk])
    assert "M5.3-2" not in rad(dp, Act.LAMNA_SLUTRAPPORT)

    gor("ordforande", Act.ANDRA_SLUTSATS, dp, objekt=conclusion.pk, stryk=True)
    assert "M5.3-2" in rad(dp, Act.LAMNA_SLUTRAPPORT), "a struck conclusion carries nothing"


# M5.3-6 «antingen sammanställa alla slutsatser i slutet av analysdelen alternativt lägga in efter varje avsnitt»
@pytest.mark.parametrize(("gathered", "where"), [(False, "analys_kompetens"), (True, "analys_slutsatser")])
def test_5_3_conclusions_stand_after_each_section_or_gathered(
    i_analys: Delprojekt, *, gathered: bool, where: str
) -> None:
    dp = i_analys
    gor("ordforande", Act.SKRIV_SLUTSATS, dp, avsnitt="analys_kompetens", text="Tiden räcker inte.")
    if gathered:  # after each section unless the group chooses otherwise
        gor("ordforande", Act.PLACERA_SLUTSATSER, dp, samlade=True)
    keys = ["analys_kompetens", "analys_slutsatser"]
    gor("ordforande", Act.LAMNA_DELRAPPORT, dp, part="Analys", avsnitt=keys)

    tree = Dokumentversion.objects.get(omgang=h.omgang(dp), slag="delrapport").trad
    parts = next(c for c in tree["chapters"] if c["key"] == "analys")["chapters"]
    assert [c["key"] for c in parts if "Tiden räcker inte." in str(c)] == [where]


# M5-3 «Dokumentation är viktig … under (minnesanteckningar)»
def test_5_a_meeting_without_notes_warns_after_ten_days(i_nulage: Delprojekt) -> None:
    from delprojekt.process.granser import plus_dagar
    from delprojekt.process.klocka import idag

    dp = i_nulage
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, dp, date=plus_dagar(idag(), -10))
    assert "M5-3" not in rad(dp, Act.BORJA_ANALYS)

    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, dp, date=plus_dagar(idag(), -11))
    assert "M5-3" in rad(dp, Act.BORJA_ANALYS)

    held, late = meetings(actor("ordforande"), h.omgang(dp))
    assert late == {held[-1].pk}
    gor("ordforande", Act.SKRIV_MINNESANTECKNING, dp, objekt=held[-1].pk, text="Vi fördelade arbetet.")
    assert "M5-3" not in rad(dp, Act.BORJA_ANALYS)


# M5-4 «inkludera vilka vägval och prioriteringar som görs under arbetets gång», M5-5 «Även ”mjuka” resultat»
def test_5_choices_and_soft_results_stand_in_the_slutrapport(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    day = date(2026, 5, 4)
    choice = {"slag": "vagval", "date": day, "text": "Fasta tider", "alternativ": "Jour", "varfor": "Tiden räcker."}
    gor("ordforande", Act.ANTECKNA_VAGVAL, dp, **choice)
    gor("ordforande", Act.ANTECKNA_VAGVAL, dp, slag="mjukt_resultat", date=day, text="Vi känner varandra.")
    h.lamna(dp)

    tree = Dokumentversion.objects.get(omgang=h.omgang(dp), slag="slutrapport").trad
    chapter = str(next(c for c in tree["chapters"] if c["key"] == "vagval"))
    assert all(text in chapter for text in ("Fasta tider", "Jour", "Tiden räcker.", "Vi känner varandra."))


def test_5_a_choice_is_one_sentence_and_why_can_be_told_later(i_nulage: Delprojekt) -> None:
    said = {"date": "2026-05-04", "text": "Fasta tider"}
    assert h.formular("ordforande", Act.ANTECKNA_VAGVAL, i_nulage, slag="vagval", **said).is_valid()
    assert h.formular("ordforande", Act.ANTECKNA_VAGVAL, i_nulage, slag="mjukt_resultat", **said).is_valid()


# M6.1-2 «Hjälp med datainsamling kan vanligen fås via ekonomi och uppföljningsenheter i respektive region»
def test_6_1_a_request_is_asked_promised_and_received(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    asked = {"omrade": "data", "vad": "Antal möten", "mottagare": "DARC", "region": "skane", "begard_date": h.DAG}
    gor("ordforande", Act.BEGAR_STOD, dp, **asked)
    row = h.omgang(dp).stodbegaranden.get(vad="Antal möten", struken_at=None)
    assert (row.region.slug, row.mottagen_date) == ("skane", None)

    gor("ordforande", Act.ANDRA_STODBEGARAN, dp, objekt=row.pk, mottagen_date=date(2026, 4, 1), svar="Kom i Excel.")

    row.refresh_from_db()
    assert (row.vad, row.mottagen_date, row.svar) == ("Antal möten", date(2026, 4, 1), "Kom i Excel.")


def test_6_1_what_has_come_was_asked_for_first(i_nulage: Delprojekt) -> None:
    said = {"omrade": "data", "vad": "Möten", "mottagare": "SCB", "begard_date": "2026-05-04"}
    form = h.formular("ordforande", Act.BEGAR_STOD, i_nulage, **said, mottagen_date="2026-05-01")
    assert "mottagen_date" in form.errors


# feature 9: «Specifika uppdragspunkter», answered by sections or proposals; blocks nothing
def test_5_1_3_each_point_says_where_it_is_answered(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    first, second = points(actor("ordforande"), h.omgang(dp))
    assert [first.besvarad, second.besvarad] == [False, False]

    gor("ordforande", Act.BESVARA_UPPDRAGSPUNKTER, dp, besvarad_i={first.pk: ["nulage_kompetens", "finns_inte"]})
    proposal = h.omgang(dp).atgardsforslag.get()
    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=proposal.pk, punkter=[second.pk])

    first, second = points(actor("ordforande"), h.omgang(dp))
    assert (first.besvarad_i, second.forslag) == (["nulage_kompetens"], [1])


def test_a_row_of_another_delprojekt_is_never_changed(i_nulage: Delprojekt, i_analys: Delprojekt) -> None:
    fakta(i_nulage)
    other = Faktauppgift.objects.get(omgang=h.omgang(i_nulage))

    with pytest.raises(Ogiltigt):
        gor("ordforande", Act.ANDRA_FAKTAUPPGIFT, i_analys, objekt=other.pk, stryk=True)


def test_every_row_leaves_an_event_that_says_what(i_nulage: Delprojekt) -> None:
    fakta(i_nulage)
    latest = Handelse.objects.filter(delprojekt=i_nulage).latest("pk")
    assert latest.mening == "En faktauppgift lades till i 7.2 Verksamhet och produktion per region: Distansmöten."
    gor("ordforande", Act.ANGE_TACKNING, i_nulage, tackning={"nulage_verksamhet": list(REGIONER)})
    assert Avsnittsuppgift.objects.get(omgang=h.omgang(i_nulage)).regioner.count() == 4
