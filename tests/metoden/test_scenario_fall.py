"""The edge cases of the acceptance scenario (domain/scenario.md 7.2): what the portal must do, and must not."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from delprojekt.actions.paminnelse import remind
from delprojekt.models import (
    AllmanHandling,
    Beslutshandling,
    Delprojekt,
    Granskningspunkt,
    Handelse,
    Projektforslag,
    Uppfoljningsomgang,
    Vantar,
)
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.granser import plus_manader
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.delprojekt import get_visible, visible_to
from delprojekt.queries.lage import build_lage
from delprojekt.queries.regioner import regions
from delprojekt.queries.uppfoljning import rounds
from delprojekt.queries.urval import search
from tests import uppfoljt
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.world import PDF, REGIONER, actor, agree, decide_in, fresh, propose, recommend, verify

ORGAN = ("samarbetsgrupp", "ledningsgrupp", "namnd")


def fil() -> SimpleUploadedFile:
    return SimpleUploadedFile("utdrag.pdf", PDF)


# E1 «Kronoberg avslår punkt 2 ”av ekonomiska skäl”, de andra bifaller.»
def test_e1_a_region_that_says_no_to_one_point_goes_on_with_the_others_and_is_compared(
    hos_ledningsgruppen: Delprojekt,
) -> None:
    dp = h.presentera(hos_ledningsgruppen)
    propose(dp, "införa fasta tider", "använda gemensam mall", "delta i gemensam utbildning")
    agree(dp)
    recommend(h.till_namnden(dp))
    gor("namndsekreterare", Act.EXPEDIERA, dp, dag=h.DAG)
    asked = list(dp.namndbeslut.get().rekommendationer.order_by("nummer"))
    cells = {row.pk: ("avslag", "Av ekonomiska skäl.") if row.nummer == 2 else ("bifall", "") for row in asked}
    said = {"region": "kronoberg", "niva": "politisk", "organ_namn": "Regionstyrelsen", "dag": h.DAG, "fil": fil()}
    gor("region.kronoberg", Act.REGISTRERA_HUVUDMANSBESLUT, dp, **said, utfall=cells)
    verify(dp, Beslutshandling.objects.latest("pk"))
    for slug in ("blekinge", "halland", "skane"):
        verify(dp, decide_in(dp, slug))

    gor("kansli", Act.KOPPLA_CHEFSAMRAD, dp, chefsamrad=["chefsamrad-internmedicin"])  # M5.7-3
    event = gor("kansli", Act.BORJA_INFORANDE, dp, motivering="")

    part = regions(actor("kansli"), fresh(dp))
    said_no = [cell for cell in part.beslut.values() if cell.utfall == "avslag"]
    no = {(cell.rekommendation.nummer, cell.handling.region.slug) for cell in said_no}
    assert (fresh(dp).steg, no, part.beslutat) == (Steg.INFORANDE, {(2, "kronoberg")}, 4)
    told = set(event.utskick.values_list("adress", flat=True))
    assert {f"ledningsgrupp.{slug}@exempel.se" for slug in REGIONER} <= told
    uppfoljt.say_yes(dp)
    gor("kansli", Act.BORJA_UPPFOLJNING, dp)
    form = h.formular("ordforande", Act.REGISTRERA_MATVARDEN, dp)
    assert {slug for slug, _ in form.fields["region"].choices if slug} == set(REGIONER)


# E2 «Varna om delegeringsförbud, kräva delegationsgrund …, registrera senare anmälan till nämnd»
def test_e2_an_officials_decision_on_omfordelning_warns_needs_its_ground_and_is_reported_later(
    hos_huvudmannen: Delprojekt,
) -> None:
    dp = hos_huvudmannen
    Projektforslag.objects.filter(delprojekt=dp).update(omfordelning=True)
    act, official = Act.REGISTRERA_HUVUDMANSBESLUT, {"niva": "tjansteperson", "grundslag": "verkstallighet"}
    without = h.formular("region.halland", act, dp, **h.svar(dp, "halland", **official))
    assert set(without.errors) == {"grund"}
    assert "kommunallagen 6 kap. 38 §" in without.fields["niva"].help_text
    ground = {**official, "grund": "Regionstyrelsen 2026-02-10 § 12"}
    form = h.formular("region.halland", act, dp, **h.svar(dp, "halland", **ground))
    assert form.is_valid(), form.errors

    event = gor("region.halland", act, dp, motivering="Verkställighet.", **form.underlag())

    assert event.rad == [Krav.INGEN_DELEGERING_VID_OMFORDELNING.name]
    paper = Beslutshandling.objects.latest("pk")
    assert (paper.paragraf, paper.fil.name) == ("", "")
    later_on = date(2026, 10, 1)
    later = {"objekt": paper.pk, "region": "halland", "organ_namn": "Nämnden", "dag": later_on}
    gor("region.halland", Act.ANTECKNA_NAMNDANMALAN, dp, **later, paragraf="31")
    paper.refresh_from_db()
    assert (paper.namndanmalt_date, paper.namndanmalt_paragraf) == (later_on, "31")


# E4 «Egna tillstånd per del, gemensam översikt … Får inte låta del II skriva över del I:s frister.»
# E6 «Barn-delprojekt med länk, romersk del … startbeslut. Får inte kräva nytt projektförslag från noll.»
def test_e4_e6_a_second_part_has_its_own_state_and_leaves_the_deadlines_of_the_first(i_inforande: Delprojekt) -> None:
    first = i_inforande
    before = set(Vantar.objects.filter(delprojekt=first).values_list("act", "region", "frist_date"))
    new = {"benamning": "Ablationer, del II", "text": "Fördjupa.", "egen_del": True}
    gor("namndsekreterare", Act.FORTSATT_SOM_NYTT, first, organ="namnd", dag=h.DAG, punkt="12", **new)
    second = Delprojekt.objects.get(foralder=first)
    gor("sekreterare", Act.BESLUTA_START, second, **h.lg_mote())

    assert (fresh(first).steg, fresh(second).steg) == (Steg.INFORANDE, Steg.UPPDRAG)
    assert [fresh(d).beteckning for d in (first, second)] == [str(first.nummer), f"{first.nummer}:II"]
    found = search(actor("kansli"), visible_to(actor("kansli")), str(first.nummer))
    assert set(found) == {first, second}
    assert set(Vantar.objects.filter(delprojekt=first).values_list("act", "region", "frist_date")) == before
    assert Uppfoljningsomgang.objects.get(namndbeslut__delprojekt=first).frist_date == plus_manader(h.DAG, 12)


# E7 «Checklista vid granskning; skäl tillbaka till RK; handlingen sparas ändå som inkommen; be om tillgängligt format.»
def test_e7_each_wrong_paper_is_kept_as_received_and_the_region_is_told_why(hos_huvudmannen: Delprojekt) -> None:
    dp = hos_huvudmannen
    faults = {
        "utdrag": "Det är hela protokollet. Skicka utdraget för paragrafen.",
        "paragraf": "Utdraget gäller § 113.",
        "justerat": "Det är ett utkast som inte är justerat.",
        "lasbar": "Det är en skannad bild. Skicka en fil med text.",
    }
    for point, reason in faults.items():
        paper = decide_in(dp, "skane")
        assert paper.granskning == "vantar", "nothing is verified by itself"
        right = [one for one in Granskningspunkt.values if one != point]
        verdict = {"granskning": "godkand", "stammer": right}
        assert set(h.formular("kansli", Act.GRANSKA_HANDLING, dp, objekt=paper.pk, **verdict).errors) == {"stammer"}
        event = gor("kansli", Act.GRANSKA_HANDLING, dp, objekt=paper.pk, granskning="fel", stammer=right, text=reason)
        assert reason in event.mening
        assert "region.skane@exempel.se" in event.utskick.values_list("adress", flat=True)
    kept = Beslutshandling.objects.filter(namndbeslut__delprojekt=dp, region__slug="skane", granskning="fel")
    assert [bool(row.fil) for row in kept] == [True] * len(faults)
    assert AllmanHandling.objects.filter(delprojekt=dp, beslutshandling__region__slug="skane").count() >= len(faults)


# E9 «Motivering för tre; Halland deltar_ej/observerar. Får inte räkna Halland som obesvarad.»
def test_e9_three_regions_take_a_reason_and_halland_counts_as_answered(i_beredning: Delprojekt) -> None:
    dp = h.ange_behov(i_beredning, ja=("blekinge", "kronoberg", "skane"))
    h.ange_behov(dp, ja=(), nej=("halland",), status="observerar")
    lage = build_lage(fresh(h.stam_av(dp)))
    advice = decide(actor("kansli"), Act.ANMAL_TILL_LEDNINGSGRUPPEN, lage, h.lg_mote()).advice
    assert Krav.ALLA_REGIONER_HAR_BEHOV in advice
    assert (lage.deltar, lage.forslag.behov_svar) == ({"blekinge", "kronoberg", "skane"}, set(REGIONER))
    assert not Vantar.objects.filter(delprojekt=dp, region__slug="halland").exists()


# E10 «Flera ansvariga, omgångar, överskriden frist med orsak. Får inte stänga automatiskt vid frist.»
def test_e10_two_members_follow_up_twice_and_a_late_round_stays_open(i_inforande: Delprojekt) -> None:
    dp = i_inforande
    asked = uppfoljt.ask(dp)
    gor("ordforande", Act.BESVARA_FORFRAGAN, dp, objekt=asked.pk, svar="nej", skal="Har bytt arbete.")
    for who in ("ledamot", "region.halland"):
        uppfoljt.say_yes(dp, who)
    gor("kansli", Act.BORJA_UPPFOLJNING, dp)
    assert dp.innehav.filter(roll=Roll.UPPFOLJNINGSANSVARIG).count() == 2
    told_once(dp)
    with klocka.vid(date(2027, 2, 18)):
        gor("kansli", Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, dp, **h.mote("namnd", date(2027, 2, 18)))
    second = Uppfoljningsomgang.objects.get(namndbeslut__delprojekt=dp, nummer=2)
    assert (second.fran_date, second.frist_date) == (date(2027, 8, 18), date(2028, 2, 18))
    with klocka.vid(date(2028, 7, 18)):  # five months late
        remind()
        assert (fresh(dp).steg, Uppfoljningsomgang.objects.get(pk=second.pk).stangd_date) == (Steg.UPPFOLJNING, None)
        event = told_once(dp, "Försenat fem månader av personalbrist.")
        assert Krav.INOM_FRISTEN.name in event.rad
        (latest, _) = rounds(actor("kansli"), dp, h.omgang(dp))
        assert len(latest.redovisningar) == 3


def told_once(dp: Delprojekt, why: str = h.ADVICE) -> Handelse:
    """Write, hand in and tell three bodies of a report. Out: the handing in."""
    if not h.skrivna(dp, "uppfoljningsrapport_slutsats"):
        h.world.write("ledamot", dp, "uppfoljningsrapport_slutsats")
    event = gor("ledamot", Act.LAMNA_UPPFOLJNINGSRAPPORT, dp, motivering=why)
    for organ in ORGAN:
        gor("kansli", Act.REDOVISA_UPPFOLJNING, dp, **h.mote(organ, klocka.idag()), val="skriftlig")
    return event


# E12 «Återremiss → S14 med uppgift; bordläggning → samma version, nytt datum; ny nämnd ser hela akten.»
def test_e12_an_aterremiss_goes_back_with_a_task_and_a_new_namnd_reads_what_was_put_off(
    beredd_for_namnden: Delprojekt,
) -> None:
    dp = beredd_for_namnden
    first = build_lage(fresh(dp)).beslut.version
    gor("namndsekreterare", Act.ATERREMITTERA_FRAN_NAMNDEN, dp, dag=h.DAG, text="Räkna på kostnaden.")
    assert fresh(dp).steg == Steg.LEDNINGSGRUPP
    assert Vantar.objects.filter(delprojekt=dp, roll=Roll.SEKRETERARE).exists()
    assert "sekreterare@exempel.se" in Handelse.objects.latest("pk").utskick.values_list("adress", flat=True)
    assert Act.REKOMMENDERA not in {row.act for row in Vantar.objects.filter(delprojekt=dp)}

    again = propose(h.presentera(dp), "införa fasta tider", "använda gemensam mall")
    agree(dp)
    gor("namndsekreterare", Act.BERED_POLITISKT, h.till_namnden(dp), **h.mote("styrgrupp"))
    gor("namndsekreterare", Act.BORDLAGG, dp, **h.mote("namnd", till=date(2027, 2, 11)))

    lage = build_lage(fresh(dp))
    assert (first, again, lage.beslut.version, lage.steg) == (1, 2, 2, Steg.NAMND)
    assert Vantar.objects.get(delprojekt=dp, act=Act.REKOMMENDERA).frist_date == date(2027, 2, 11)
    with klocka.vid(date(2027, 2, 11)):
        new = h.som(Roll.NAMNDSEKRETERARE)
        assert get_visible(new, dp.pk) == dp
        assert decide(new, Act.REKOMMENDERA, lage, h.rekommendation(dag=date(2027, 2, 11))).allowed
