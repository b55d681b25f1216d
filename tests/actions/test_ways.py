"""Other ways than the main line: three regions, a region that says no, avslag, avvakta, avbryt, permanenta."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Beslutshandling, Delprojekt, Handelse, Huvudmansbeslut, Inforandestatus, Rekommendation
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.policy.avgor import Refused, Why, decide, offers
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests import world
from tests.walked import Walked
from tests.world import DAG, REGIONER, actor, agree, decide_in, do, fresh, propose, verify

pytestmark = pytest.mark.django_db
LG = {"organ": "ledningsgrupp", "dag": DAG, "punkt": "4", "text": "Enligt protokollet."}
TRE = tuple(r for r in REGIONER if r != "halland")


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[steg])


def without_halland(d: Delprojekt) -> Delprojekt:
    """Halland follows the work but does not take part."""
    need = {"angelaget": False, "status": "observerar", "sagt_av": "Direktören", "dag": DAG}
    do("samarbetsgrupp.halland", Act.REGISTRERA_BEHOV, d, region="halland", **need)
    return fresh(d)


def test_three_regions_walk_from_start_to_the_regions_decisions_without_the_fourth(
    walked: Walked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E9: no member is asked of Halland, no opinion, no stance, no decision."""
    d = without_halland(at(walked, Steg.BEREDNING))
    monkeypatch.setattr(world, "REGIONER", TRE)
    do("sekreterare", Act.BESLUTA_START, d, **LG)
    for stage in (world.begin_nulage, world.begin_analys, world.begin_forslag, world.to_ledningsgrupp):
        stage(d)
    assert build_lage(fresh(d)).deltar == set(TRE)
    do("sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, d, **LG, part="Karin Lind")
    propose(d, mottagare=TRE)
    agree(d, *TRE)
    do("sekreterare", Act.LAMNA_TILL_NAMNDEN, d, **LG)
    world.recommend(d)
    do("namndsekreterare", Act.EXPEDIERA, d, dag=DAG)
    assert build_lage(fresh(d)).beslut.mottagare == set(TRE)
    for region in TRE:
        verify(d, decide_in(d, region))
    waits = {row.region and row.region.slug for row in d.vantar.select_related("region")}
    assert waits == {None}, "it lies with the contact person, no region is waited for"


def test_a_region_that_does_not_take_part_can_still_be_recommended_and_answer(walked: Walked) -> None:
    """E9: ledningsgruppen may direct the recommendation to four although three took part."""
    d = at(walked, Steg.HUVUDMANSBESLUT)
    d.deltaganden.filter(region__slug="skane").update(status="deltar_ej")
    sent = Handelse.objects.filter(delprojekt=d, act=Act.EXPEDIERA).latest("pk")
    told = sent.utskick.values_list("adress", flat=True)
    assert "region.skane@exempel.se" in told
    decide_in(d, "skane")
    assert "skane" in build_lage(fresh(d)).beslut.har_svarat


def test_fewer_than_the_sjukvardsregion_asks_for_is_too_few(walked: Walked) -> None:
    d = at(walked, Steg.BEREDNING)
    do("sekreterare", Act.ATERREMITTERA_FORSLAG, d, dag=DAG, text="Fråga regionerna igen.")
    for region in ("halland", "skane"):
        need = {"angelaget": False, "sagt_av": "Direktören", "dag": DAG}
        do(f"samarbetsgrupp.{region}", Act.REGISTRERA_BEHOV, d, region=region, **need)
    do("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, d, organ="samarbetsgrupp", dag=DAG, text="Delad mening.")
    with pytest.raises(Refused, match="2 av minst 3 regioner har sagt ja"):
        do("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, d, **LG)


def test_a_region_that_says_no_does_not_stop_the_others(walked: Walked) -> None:
    """E1: the region's cells say avslag, the others go on to införande."""
    d = at(walked, Steg.HUVUDMANSBESLUT)
    verify(d, decide_in(d, "kronoberg", "avslag"))
    do("kansli", Act.BORJA_INFORANDE, d)
    lage = build_lage(fresh(d))
    assert lage.steg is Steg.INFORANDE
    assert lage.beslut.bifall == {"halland"}
    assert lage.beslut.har_svarat == {"halland", "kronoberg"}


def test_nobody_asks_a_region_that_said_no_how_the_introduction_goes(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    verify(d, decide_in(d, "kronoberg", "avslag"))
    do("kansli", Act.BORJA_INFORANDE, d)
    waits = set(d.vantar.filter(act=Act.RAPPORTERA_INFORANDE).values_list("region__slug", flat=True))
    assert "kronoberg" not in waits


def test_a_region_may_say_yes_to_one_point_and_no_to_another(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    first, second = Rekommendation.objects.filter(namndbeslut__delprojekt=d).order_by("nummer")
    answer = {first.pk: ("delvis", "Inom ram."), second.pk: ("avslag", "Ekonomi.")}
    do("region.skane", Act.REGISTRERA_HUVUDMANSBESLUT, d, **decision("skane"), utfall=answer)
    cells = Huvudmansbeslut.objects.filter(handling__region__slug="skane").order_by("rekommendation__nummer")
    assert list(cells.values_list("utfall", "villkor")) == [("delvis", "Inom ram."), ("avslag", "Ekonomi.")]
    assert "skane" in build_lage(fresh(d)).beslut.bifall


def decision(region: str) -> dict[str, object]:
    paper = SimpleUploadedFile("utdrag.pdf", world.PDF)
    return {"region": region, "niva": "politisk", "organ_namn": "Nämnden", "dag": DAG, "paragraf": "9", "fil": paper}


def test_a_region_that_has_answered_one_point_of_two_has_not_decided(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    first = Rekommendation.objects.filter(namndbeslut__delprojekt=d).earliest("nummer")
    do("region.skane", Act.REGISTRERA_HUVUDMANSBESLUT, d, **decision("skane"), utfall={first.pk: ("bifall", "")})
    assert "skane" not in build_lage(fresh(d)).beslut.har_svarat


def test_when_every_region_says_no_it_ends_without_introduction(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    for paper in Beslutshandling.objects.filter(namndbeslut__delprojekt=d):
        do("kansli", Act.GRANSKA_HANDLING, d, objekt=paper.pk, granskning="fel", text="Fel ärende.")
    for region in REGIONER:
        verify(d, decide_in(d, region, "avslag"))
    with pytest.raises(Refused):
        do("kansli", Act.BORJA_INFORANDE, d)
    with pytest.raises(Refused, match="ledningsgruppen är informerad"):
        do("kansli", Act.AVSLUTA_UTAN_INFORANDE, d)
    do("sekreterare", Act.INFORMERA_LEDNINGSGRUPPEN, d, **LG)
    do("kansli", Act.AVSLUTA_UTAN_INFORANDE, d)
    assert fresh(d).steg == Steg.AVSLUTAT


def test_an_answer_to_what_was_not_asked_is_refused(walked: Walked) -> None:
    d, other = at(walked, Steg.HUVUDMANSBESLUT), at(walked, Steg.INFORANDE)
    foreign = Rekommendation.objects.filter(namndbeslut__delprojekt=other).earliest("pk")
    with pytest.raises(Ogiltigt, match="riktas till regionen"):
        do("region.skane", Act.REGISTRERA_HUVUDMANSBESLUT, d, **decision("skane"), utfall={foreign.pk: ("bifall", "")})


def test_an_introduction_of_what_was_not_asked_is_refused(walked: Walked) -> None:
    d, other = at(walked, Steg.INFORANDE), at(walked, Steg.UPPFOLJNING)
    foreign = Rekommendation.objects.filter(namndbeslut__delprojekt=other).earliest("pk")
    with pytest.raises(Ogiltigt):
        do("region.halland", Act.RAPPORTERA_INFORANDE, d, region="halland", lagen={foreign.pk: ("pagar", "")})
    assert not Inforandestatus.objects.filter(rekommendation=foreign, region__slug="halland").exists()


def test_a_wrong_document_is_kept_and_the_right_one_counts(walked: Walked) -> None:
    """E7: the region gets the reason; the wrong paper stays registered as received."""
    d = at(walked, Steg.HUVUDMANSBESLUT)
    wrong = decide_in(d, "kronoberg")
    do("kansli", Act.GRANSKA_HANDLING, d, objekt=wrong.pk, granskning="fel", text="§ 113 är ett annat ärende.")
    assert "kronoberg" not in build_lage(fresh(d)).beslut.har_svarat
    event = Handelse.objects.filter(delprojekt=d).latest("pk")
    assert "§ 113 är ett annat ärende" in event.mening
    assert "region.kronoberg@exempel.se" in event.utskick.values_list("adress", flat=True)
    verify(d, decide_in(d, "kronoberg"))
    assert "kronoberg" in build_lage(fresh(d)).beslut.verifierade
    assert Beslutshandling.objects.get(pk=wrong.pk).fil


def test_a_verdict_without_its_reason_and_a_yes_without_a_paper_are_refused(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    paper = decide_in(d, "skane", file=False)
    with pytest.raises(Ogiltigt, match="utan handling"):
        verify(d, paper)
    with pytest.raises(Ogiltigt, match="Skriv vad som är fel"):
        do("kansli", Act.GRANSKA_HANDLING, d, objekt=paper.pk, granskning="fel")


def test_what_is_refused_by_ledningsgruppen_can_be_taken_back_and_started(walked: Walked) -> None:
    d = at(walked, Steg.AVSLAG)
    assert not [x for x in offers(actor("sekreterare"), build_lage(d)) if x.allowed]
    do("kansli", Act.ANGRA, d, text="Beslutet gällde ett annat förslag.")
    do("sekreterare", Act.BESLUTA_START, d, **LG)
    assert fresh(d).steg == Steg.UPPDRAG


def test_what_rests_is_taken_up_and_heard_anew(walked: Walked) -> None:
    d = at(walked, Steg.AVVAKTAR)
    do("kansli", Act.TA_UPP_IGEN, d)
    assert fresh(d).steg == Steg.BEREDNING
    assert {f.slag for f in build_lage(fresh(d)).fakta} <= {Faktumslag.AVVAKTAN}  # why it waited; nobody is heard
    world.start(d)
    assert fresh(d).steg == Steg.UPPDRAG


def test_what_rests_can_be_refused_without_being_heard_anew(walked: Walked) -> None:
    d = at(walked, Steg.AVVAKTAR)
    do("sekreterare", Act.BESLUTA_AVSLAG, d, **LG)
    assert fresh(d).steg == Steg.AVSLAG


def test_the_four_ways_out_of_disagreement_are_the_only_ones(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    propose(d, "införa fasta tider")
    agree(d, "blekinge", "halland", "kronoberg")
    do(
        "ledningsgrupp.skane",
        Act.LAMNA_STALLNING,
        d,
        region="skane",
        val="ej_enig",
        version=world.version(d),
        skal="Kostnaden.",
    )
    lage = build_lage(fresh(d))
    for who in ("kansli", "sekreterare"):
        assert decide(actor(who), Act.LAMNA_TILL_NAMNDEN, lage).why is Why.MISSING
        ways = {x.act for x in offers(actor(who), lage) if x.allowed and x.act not in {Act.ANGRA, Act.PAUSA}}
        assert {
            Act.ATERREMITTERA_TILL_ARBETSGRUPPEN,
            Act.INHAMTA_SYNPUNKTER,
            Act.FORNYA_UPPDRAG,
            Act.AVBRYT,
        } <= ways


def test_a_changed_beslutsforslag_asks_everybody_again_and_an_old_stance_is_refused(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    old = world.version(d)
    new = propose(d, "införa fasta tider med ett gemensamt takpris")
    assert new == old + 1
    assert not build_lage(fresh(d)).beslut.stallningar
    with pytest.raises(Refused, match="ny version"):
        do("ledningsgrupp.skane", Act.LAMNA_STALLNING, d, region="skane", val="enig", version=old)


def test_a_region_may_change_its_word_until_it_has_gone_on(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    now = {"region": "skane", "version": world.version(d)}
    do("ledningsgrupp.skane", Act.LAMNA_STALLNING, d, **now, val="ej_enig", skal="Kostnaden.")
    assert build_lage(fresh(d)).beslut.stallningar["skane"] == "ej_enig"
    do("ledningsgrupp.skane", Act.LAMNA_STALLNING, d, **now, val="enig")
    do("sekreterare", Act.LAMNA_TILL_NAMNDEN, d, **LG)
    with pytest.raises(Refused):
        do("ledningsgrupp.skane", Act.LAMNA_STALLNING, d, **now, val="ej_enig", skal="För sent.")


@pytest.mark.parametrize(
    "text", ["besluta att införa", "att införa", "Södra regionvårdsnämnden rekommenderar regionerna att införa"]
)
def test_a_clause_that_decides_over_the_regions_or_repeats_the_formula_is_refused(walked: Walked, text: str) -> None:
    with pytest.raises(Ogiltigt):
        propose(at(walked, Steg.LEDNINGSGRUPP), text)


def test_a_standing_group_is_no_longer_a_delprojekt_on_the_way(walked: Walked) -> None:
    d = at(walked, Steg.PERMANENTAD)
    assert not d.vantar.exists()
    do("kansli", Act.ANGRA, d, text="För tidigt.")
    assert fresh(d).steg == Steg.INFORANDE
    assert d.vantar.exists()
