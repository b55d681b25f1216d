"""Sentences of §1 Bakgrund and §4 Arbetsgruppen that the portal must keep."""

import pytest

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Innehav, Kompetenskrav, Stegbesok, Vantar
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Why
from delprojekt.process.roller import Roll
from delprojekt.process.steg import HUVUDLINJE, Steg
from tests import world
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas, som
from tests.world import fresh, person

WORK = (Act.SKRIV_UPPDRAG, Act.NOMINERA, Act.UTSE_ARBETSGRUPP, Act.BORJA_NULAGE, Act.SKRIV_RAPPORT)


# M1-2 «varje delprojekt beslutas av ledningsgruppen»
@pytest.mark.parametrize("act", WORK)
def test_1_no_work_before_ledningsgruppen_has_decided_on_start(anmalt: Delprojekt, act: Act) -> None:
    dp = anmalt

    assert nekas("kansli", act, dp, region="skane").why is Why.WRONG_STEP


def test_1_work_begins_when_ledningsgruppen_has_decided_on_start(anmalt: Delprojekt) -> None:
    dp = anmalt

    gor("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote())

    h.nominera(dp, "skane")


def test_1_the_decision_on_start_keeps_its_day_meeting_and_item(anmalt: Delprojekt) -> None:
    dp = anmalt

    gor("sekreterare", Act.BESLUTA_START, dp, **h.lg_mote(punkt="7"))

    fact = dp.fakta.get(slag="startbeslut")
    assert (fact.date, fact.arende.mote.organ.slag, fact.arende.punkt) == (h.DAG, "ledningsgrupp", "7")


# M1-3 «utifrån nuläge, analys och förslag sammanställer en rapport som efter godkännande i ledningsgruppen går vidare
# till Södra regionvårdsnämnden för beslut»
def test_1_a_delprojekt_goes_through_the_steps_in_the_order_of_the_method(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning

    visits = Stegbesok.objects.filter(delprojekt=dp).order_by("nummer").values_list("steg", flat=True)

    assert list(visits) == list(HUVUDLINJE)


@pytest.mark.parametrize("act", [Act.BORJA_ATGARDSFORSLAG, Act.LAMNA_SLUTRAPPORT, Act.LAMNA_TILL_LEDNINGSGRUPPEN])
def test_1_a_group_in_nulage_can_not_jump_over_the_analysis(i_nulage: Delprojekt, act: Act) -> None:
    dp = i_nulage

    who = "kansli" if act is Act.LAMNA_TILL_LEDNINGSGRUPPEN else "ordforande"
    assert nekas(who, act, dp).why is Why.WRONG_STEP
    gor("ordforande", Act.BORJA_ANALYS, dp)


@pytest.mark.parametrize("act", [Act.REKOMMENDERA, Act.BERED_POLITISKT, Act.REGISTRERA_HUVUDMANSBESLUT])
def test_1_nothing_reaches_namnden_before_ledningsgruppen_has_sent_it_on(
    hos_ledningsgruppen: Delprojekt, act: Act
) -> None:
    dp = hos_ledningsgruppen

    assert nekas("kansli", act, dp, region="skane").why is Why.WRONG_STEP


# M4-4 «Förfrågan om nomineringar inhämtas från ledningsgruppen, samarbetsgruppen»
@pytest.mark.parametrize("roll", [Roll.LEDNINGSGRUPP, Roll.SAMARBETSGRUPP])
def test_4_ledningsgruppen_and_samarbetsgruppen_nominate_from_their_own_region(startat: Delprojekt, roll: Roll) -> None:
    dp = startat
    named = {"roll": Roll.LEDAMOT, "fornamn": "Åsa", "efternamn": "Äng", "epost": "asa.ang@exempel.se"}

    assert nekas(som(roll, "halland"), Act.NOMINERA, dp, region="skane", **named).why is Why.NOT_YOURS
    gor(som(roll, "halland"), Act.NOMINERA, dp, region="halland", **named)


# M4.3-2 «vilka kompetenser och områden som bör eller ska vara representerade i gruppen»
def test_4_3_a_competence_that_must_be_there_blocks_until_somebody_covers_it(startat: Delprojekt) -> None:
    dp = h.faststall(h.skriv_uppdrag(startat, ska=["internmedicin", "allmänmedicin"]))
    first, second = Kompetenskrav.objects.filter(omgang__delprojekt=dp).order_by("pk")
    h.utse_ordforande(h.nominera_gruppen(dp, kompetenser=[first.pk]))

    assert saknas("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote()) == {"M4.3-2"}

    h.utse_gruppen(h.nominera(dp, "skane", Roll.PROCESSLEDARE, kompetenser=[second.pk]))


def test_4_3_a_competence_that_should_be_there_does_not_block(startat: Delprojekt) -> None:
    dp = h.faststall(h.skriv_uppdrag(startat, bor=["ekonomi"]))

    h.utse_gruppen(h.utse_ordforande(h.nominera_gruppen(dp)))


# M4.5-1 «Alla delprojekt ska ha en kontaktperson på Södra regionvårdsnämndens kansli.»
def test_4_5_no_beredning_without_a_kontaktperson() -> None:
    dp = world.new_forslag()
    gor("medarbetare", Act.SKICKA_IN_FORSLAG, dp)

    assert saknas("direktor", Act.BORJA_BEREDNING, dp) == {"M4.5-1"}

    gor("direktor", Act.UTSE_KONTAKTPERSON, dp, person=person("kansli").pk)
    gor("direktor", Act.BORJA_BEREDNING, dp)
    assert fresh(dp).steg == Steg.BEREDNING


def test_4_5_nobody_at_the_kansli_is_given_a_draft() -> None:
    """T01–T03 (process.md §2.2): a draft is its author's; a contact person is appointed when it is sent in."""
    dp = world.new_forslag()
    hos = Vantar.objects.filter(delprojekt=dp)
    assert set(hos.values_list("roll", flat=True)) == {Roll.FORSLAGSSTALLARE}
    assert saknas("direktor", Act.UTSE_KONTAKTPERSON, dp, person=person("kansli").pk) == {"M5.1-1"}

    gor("kansli", Act.SKICKA_IN_FORSLAG, dp)
    assert set(hos.values_list("roll", flat=True)) == {Roll.DIREKTOR}


def test_4_5_the_kontaktperson_works_at_the_kansli() -> None:
    dp = world.new_forslag()
    gor("medarbetare", Act.SKICKA_IN_FORSLAG, dp)

    with pytest.raises(Ogiltigt):
        gor("direktor", Act.UTSE_KONTAKTPERSON, dp, person=person("region.skane").pk)

    gor("direktor", Act.UTSE_KONTAKTPERSON, dp, person=person("kansli").pk)


def test_4_5_a_new_kontaktperson_takes_over_and_there_is_never_none(i_beredning: Delprojekt) -> None:
    dp = i_beredning

    gor("direktor", Act.UTSE_KONTAKTPERSON, dp, person=person("kansli2").pk)

    current = Innehav.objects.filter(delprojekt=dp, roll=Roll.KONTAKTPERSON, till_date=None)
    assert [row.person for row in current] == [person("kansli2")]


def test_4_5_a_delprojekt_still_has_its_kontaktperson_in_the_last_step(i_uppfoljning: Delprojekt) -> None:
    held = Innehav.objects.filter(delprojekt=i_uppfoljning, roll=Roll.KONTAKTPERSON, till_date=None)

    assert held.count() == 1
