"""Guidelines («bör», «vanligen», «om möjligt»): each warns at its place, is met by what it asks, never blocks."""

from typing import Any

import pytest

from delprojekt.actions.takt import MotiveringSaknas
from delprojekt.models import Avsnitt, Delprojekt, Dokumentversion
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Roll
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.metoden.test_4_grupp import JA, namn, rad
from tests.world import actor, fresh, person


def varnar(who: str, act: Act, dp: Delprojekt, **underlag: Any) -> set[str]:
    """Return the requirement ids of the advice that somebody would get for an act that is not refused."""
    decision = decide(actor(who), act, build_lage(fresh(dp)).prova(underlag), underlag or None)
    assert decision.allowed, decision.missing
    return {krav.krav_id for krav in decision.advice}


# M5.1-2 «bör före presentation för ledningsgruppen beredas så att syfte, mål och förväntat utfall tydligt framgår»
@pytest.mark.parametrize("falt", ["syfte", "mal", "forvantat_utfall"])
def test_m5_1_2_purpose_goal_and_outcome_are_clear_before_ledningsgruppen_sees_it(
    avstamt: Delprojekt, falt: str
) -> None:
    """M5.1-2 (R): empty warns and takes one motivering; filled in does not."""
    dp = avstamt
    assert "M5.1-2" not in varnar("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, dp)
    gor("kansli", Act.REDIGERA_FORSLAG, dp, **{falt: ""})

    with pytest.raises(MotiveringSaknas):
        gor("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, dp, motivering="", **h.lg_mote())

    assert "M5.1-2" in varnar("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, dp)
    assert gor("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, dp, **h.lg_mote()).motivering == h.ADVICE


# M5.1.1-3 «bör adressera jämlikhet, tillgänglighet, kompetensförsörjning, ekonomi eller helhetslösningar»
def test_m5_1_1_3_a_forslag_that_meets_no_criterion_is_warned_of(behov_angivet: Delprojekt) -> None:
    """M5.1.1-3 (R)."""
    dp = behov_angivet
    assert "M5.1.1-3" not in varnar("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, dp)
    gor("kansli", Act.REDIGERA_FORSLAG, dp, kriterier=[])
    assert "M5.1.1-3" in varnar("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, dp)


# M5.2-1 «Samtliga delprojekt bör inledas med att ett nuläge beskrivs.»
def test_m5_2_1_going_on_without_a_word_of_nulaget_is_warned_of(i_nulage: Delprojekt) -> None:
    """M5.2-1 (R)."""
    dp = i_nulage
    assert "M5.2-1" in varnar("ordforande", Act.BORJA_ANALYS, dp)
    h.skriv(dp, "nulage_verksamhet")
    assert "M5.2-1" not in varnar("ordforande", Act.BORJA_ANALYS, dp)


# M5.5-2 «Detta sker vanligen i anslutning till att ordförande redovisar arbetet.»
def test_m5_5_2_the_chair_presents_to_namnden_or_it_is_explained(beredd_for_namnden: Delprojekt) -> None:
    """M5.5-2 (R)."""
    who, act = "namndsekreterare", Act.REKOMMENDERA
    assert "M5.5-2" not in varnar(who, act, beredd_for_namnden, **h.rekommendation())
    assert "M5.5-2" in varnar(who, act, beredd_for_namnden, **h.rekommendation(foredragande="Petra Wikström"))


# M4.2-3 «I undantagsfall kan finansiering hämtas från solidarisk finansiering.»
@pytest.mark.parametrize(("finansiering", "undantag"), [("", False), ("egen", False), ("solidarisk", True)])
def test_m4_2_3_a_process_leader_on_the_joint_account_is_an_exception(
    fore_gruppen: Delprojekt, finansiering: str, *, undantag: bool
) -> None:
    """M4.2-3 (R): ledningsgruppen sees it when the group is appointed."""
    known = {"finansiering": finansiering, "finansiering_skal": "Ingen verksamhet kan släppa någon."}
    gor("kansli", Act.NOMINERA, fore_gruppen, **namn("Alm", Roll.PROCESSLEDARE, **known, **JA))
    assert ("M4.2-3" in varnar("sekreterare", Act.UTSE_ARBETSGRUPP, fore_gruppen)) is undantag


# M6.5-1 «värdefullt med chefsrepresentation i arbetsgruppen – antingen som ordinarie ledamot eller adjungerad»
@pytest.mark.parametrize("roll", [Roll.LEDAMOT, Roll.ADJUNGERAD])
def test_m6_5_1_a_group_without_a_manager_is_warned_of(fore_gruppen: Delprojekt, roll: Roll) -> None:
    """M6.5-1 (R): a member counts, and so does an adjungerad."""
    dp = fore_gruppen
    assert "M6.5-1" in varnar("sekreterare", Act.UTSE_ARBETSGRUPP, dp)
    gor("kansli", Act.NOMINERA, dp, **namn("Alm", roll, ar_chef=True, omrade="systemkunskap", **JA))
    assert "M6.5-1" not in varnar("sekreterare", Act.UTSE_ARBETSGRUPP, dp)


# M5.3-5 «Vid behov bör externa kompetenser involveras (adjungeras) i analys och formulering av slutsatser.»
def test_m5_3_5_a_competence_that_the_group_lacks_is_called_in_before_the_conclusions_are_drawn(
    i_analys: Delprojekt,
) -> None:
    """M5.3-5 (R): the need shows when the uppdrag asks for what nobody in the group can."""
    dp = i_analys
    wanted = h.omgang(dp).kompetenskrav.get(kompetens="Ekonomi")
    assert "M5.3-5" in varnar("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)

    expert = namn("Alm", Roll.ADJUNGERAD, omrade="ekonomi", kompetenser=[wanted.pk], **JA)
    gor("ordforande", Act.NOMINERA, dp, **expert)
    gor("sekreterare", Act.UTSE_FLER, dp, **h.lg_mote(), utses=[rad(dp, "Alm").pk])

    assert "M5.3-5" not in varnar("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)


# M5-4 «vilka vägval och prioriteringar som görs», M5-5 «utveckling av positivt samarbetsklimat bör dokumenteras»
@pytest.mark.parametrize(("krav", "slag"), [("M5-4", "vagval"), ("M5-5", "mjukt_resultat")])
def test_m5_4_m5_5_a_slutrapport_without_choices_or_soft_results_is_warned_of(
    fardig_rapport: Delprojekt, krav: str, slag: str
) -> None:
    """M5-4, M5-5 (R): a note that is struck does not count."""
    dp = fardig_rapport
    for row in h.omgang(dp).vagval.all():
        gor("ordforande", Act.ANDRA_VAGVAL, dp, objekt=row.pk, stryk=True)
    assert krav in varnar("ordforande", Act.LAMNA_SLUTRAPPORT, dp)
    gor("ordforande", Act.ANTECKNA_VAGVAL, dp, slag=slag, date=h.DAG, text="Vi känner varandra.", varfor="Nytt.")
    assert krav not in varnar("ordforande", Act.LAMNA_SLUTRAPPORT, dp)


def test_m5_4_a_choice_that_does_not_say_why_is_warned_of(fardig_rapport: Delprojekt) -> None:
    """M5-4 (R): one sentence is enough on the way home; why is printed beside it in the slutrapport."""
    dp = fardig_rapport
    gor("ordforande", Act.ANTECKNA_VAGVAL, dp, slag="vagval", date=h.DAG, text="Barn först.", varfor="De väntar.")
    gor("ordforande", Act.ANTECKNA_VAGVAL, dp, slag="vagval", date=h.DAG, text="Sjukhus först.")
    assert "M5-4" in varnar("ordforande", Act.LAMNA_SLUTRAPPORT, dp)
    assert build_lage(fresh(dp)).rapport.vagval_utan_skal == ("Sjukhus först.",)
    row = h.omgang(dp).vagval.get(text="Sjukhus först.")
    gor("ordforande", Act.ANDRA_VAGVAL, dp, objekt=row.pk, varfor="Flest vårdas där.")
    assert "M5-4" not in varnar("ordforande", Act.LAMNA_SLUTRAPPORT, dp)


# M5.4.1-3 «Vanligen är det ordförande som sammanställer rapporten»
def test_m5_4_1_3_another_than_the_chair_who_puts_the_report_together_is_explained(i_nulage: Delprojekt) -> None:
    """M5.4.1-3 (R)."""
    for who, warned in ((None, False), ("ordforande", False), ("ledamot", True)):
        said = {"skribenter": {}, "helhetsansvarig": person(who).pk if who else None}
        assert ("M5.4.1-3" in varnar("ordforande", Act.UTSE_SKRIBENTER, i_nulage, **said)) is warned


# M6.3-1 «hänvisas till regionernas egna HR-enheter, vanligen på regional nivå»
@pytest.mark.parametrize(
    ("said", "warned"),
    [
        ({"omrade": "hr"}, True),
        ({"omrade": "hr", "region": "skane"}, False),
        ({"omrade": "data"}, False),
    ],
)
def test_m6_3_1_a_question_of_hr_goes_to_a_regions_own_unit(
    i_nulage: Delprojekt, said: dict[str, str], *, warned: bool
) -> None:
    """M6.3-1 (R)."""
    assert ("M6.3-1" in varnar("ordforande", Act.BEGAR_STOD, i_nulage, **said)) is warned


# M5.7-3 «Chefsamråden, som enligt ovan bör vara inkopplade på berörda delprojekt, spelar en viktig roll»
def test_m5_7_3_introduction_begins_with_the_chefsamrad_at_hand(hos_huvudmannen: Delprojekt) -> None:
    """M5.7-3 (R): one is linked, or somebody has said that there is none."""
    dp = hos_huvudmannen
    h.world.verify(dp, h.world.decide_in(dp, "skane"))
    assert "M5.7-3" in varnar("kansli", Act.BORJA_INFORANDE, dp)
    gor("kansli", Act.KOPPLA_CHEFSAMRAD, dp, chefsamrad=[], saknas=True, sagt_av="Chefläkaren")
    assert "M5.7-3" not in varnar("kansli", Act.BORJA_INFORANDE, dp)


# M5.3-3 «följer analysdelen direkt på nulägesanalysen i samma mall»
@pytest.mark.parametrize("direkt", [False, True])
def test_m5_3_3_the_analysis_stands_in_its_own_chapter_or_right_after_each_part_of_nulaget(
    fardig_rapport: Delprojekt, *, direkt: bool
) -> None:
    """M5.3-3: chosen by the group; the fixed chapters stay in their order (M5.4.1-2)."""
    dp = fardig_rapport
    if direkt:  # in its own chapter unless the group chooses otherwise
        gor("ordforande", Act.PLACERA_SLUTSATSER, dp, samlade=False, efter_avsnitt=True)
    h.lamna(dp)

    tree = Dokumentversion.objects.get(omgang=h.omgang(dp), slag="slutrapport").trad
    chapters = {c["key"]: c for c in tree["chapters"]}
    order = [key for key in chapters if key in {"nulage", "analys", "forslag"}]
    nulage = next(c for c in chapters["nulage"]["chapters"] if c["key"] == "nulage_kompetens")
    home = nulage if direkt else chapters["analys"]
    assert order == ["nulage", "analys", "forslag"]
    assert "analys_kompetens" in [c["key"] for c in home["chapters"]]
    assert str(tree).count("Text i analys_kompetens.") == 1
    assert Avsnitt.objects.filter(omgang=h.omgang(dp), nyckel="analys_kompetens").exists(), "the text is where it was"


# M5.8-5 «kan även annan ledamot eller flera från arbetsgruppen tillfrågas»
def test_m5_8_5_several_of_the_group_may_make_the_follow_up(i_inforande: Delprojekt) -> None:
    """M5.8-5: asked together, each answers."""
    dp = i_inforande
    for who in ("ordforande", "ledamot"):
        h.tackar_ja(dp, who)
    held = dp.innehav.filter(roll=Roll.UPPFOLJNINGSANSVARIG, till_date=None)
    assert {row.person for row in held} == {person("ordforande"), person("ledamot")}
