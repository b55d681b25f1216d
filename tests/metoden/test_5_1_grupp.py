"""Sentences of §5, §5.1.3 and §5.1.4: the uppdrag, the group, and how the group begins."""

import pytest

from delprojekt.models import Delprojekt, Dokumentversion, Innehav, Nominering
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused, Why
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests import world
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas, som
from tests.world import REGIONER, fresh


# M5.1.3-2 «Uppdraget skrivs i särskild mall»
def test_m5_1_3_2_points_and_a_timetable_alone_are_no_uppdrag_in_the_template(startat: Delprojekt) -> None:
    """M5.1.3-2: its own sections are written there; the checklist names those that are empty (M5.1.3-3)."""
    dp, act = startat, Act.FASTSTALL_UPPDRAG
    rows = {"punkter": ["Beskriv nuläget."], "milstolpar": [("Slutrapport", "våren 2027")]}
    gor("kansli", Act.REDIGERA_UPPDRAG, dp, **rows, kompetens_ska=["Kirurgi"], kompetens_bor=[])

    with pytest.raises(Refused, match=r"Bakgrund är inte skriven än, .*Avgränsningar i projektet är inte skriven än"):
        gor("sekreterare", act, dp, **h.lg_mote())

    world.write("kansli", dp, "bakgrund")
    advised = gor("sekreterare", act, dp, **h.lg_mote()).rad
    assert advised == ["UPPDRAGETS_DELAR_SKRIVNA"], "the rest is bör, with a motivering"


def test_5_1_3_an_uppdrag_that_is_not_written_in_the_template_can_not_be_fixed(startat: Delprojekt) -> None:
    dp = startat

    assert saknas("sekreterare", Act.FASTSTALL_UPPDRAG, dp, **h.lg_mote()) == {"M5.1.3-2"}

    h.faststall(h.skriv_uppdrag(dp))
    frozen = Dokumentversion.objects.get(omgang__delprojekt=dp, slag="uppdrag", faststalld=True)
    assert "Text i bakgrund." in str(frozen.trad)


# V-12 «Arbetsgrupperna utgår från uppdrag som fastställs av Södra sjukvårdsregionens ledningsgrupp.»
def test_v12_no_group_is_appointed_to_an_uppdrag_that_is_not_fixed(startat: Delprojekt) -> None:
    dp = h.utse_ordforande(h.nominera_gruppen(h.skriv_uppdrag(startat)))

    assert saknas("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote()) == {"V-12"}

    h.utse_gruppen(h.faststall(dp))


def test_v12_only_ledningsgruppen_fixes_the_uppdrag(startat: Delprojekt) -> None:
    dp = h.skriv_uppdrag(startat)

    h.nekas_andra({Roll.SEKRETERARE, Roll.KANSLI}, Act.FASTSTALL_UPPDRAG, dp, **h.lg_mote())
    h.faststall(dp)


def test_v12_a_fixed_uppdrag_is_no_longer_edited(startat: Delprojekt) -> None:
    dp = h.skriv_uppdrag(startat)
    points = {"punkter": ["En annan fråga."], "kompetens_ska": [], "kompetens_bor": [], "milstolpar": []}
    gor("kansli", Act.REDIGERA_UPPDRAG, dp, **points)

    h.faststall(dp)

    assert saknas("kansli", Act.REDIGERA_UPPDRAG, dp, **points) == {"V-12"}


# M5.1.4-1 «Ledningsgruppen utser ledamöter till arbetsgruppen.»
def test_5_1_4_only_ledningsgruppen_appoints(faststallt: Delprojekt) -> None:
    dp = h.nominera_gruppen(faststallt)

    for act in (Act.UTSE_ORDFORANDE, Act.UTSE_ARBETSGRUPP):
        h.nekas_andra({Roll.SEKRETERARE, Roll.KANSLI}, act, dp, **h.lg_mote())
        gor("sekreterare", act, dp, **h.lg_mote())


def test_5_1_4_a_nominee_is_no_member_until_ledningsgruppen_has_said_so(fore_gruppen: Delprojekt) -> None:
    dp = fore_gruppen
    members = Innehav.objects.filter(delprojekt=dp, roll=Roll.LEDAMOT)
    assert not members.exists()

    h.utse_gruppen(dp)

    assert members.count() == 3
    assert {row.beslut for row in members} == {"Ledningsgruppen 2 mars 2026, punkt 5"}
    assert not Nominering.objects.filter(omgang__delprojekt=dp, utsedd_date=None).exists()


def test_5_1_4_no_group_without_a_chair(faststallt: Delprojekt) -> None:
    dp = h.nominera_gruppen(faststallt)

    assert saknas("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote()) == {"M5.1.4-1"}

    h.utse_gruppen(h.utse_ordforande(dp))


# V-11 «För varje delprojekt tillsätts särskild arbetsgrupp med representanter från samtliga regioner.»
@pytest.mark.parametrize("absent", ["blekinge", "halland", "skane"])
def test_v11_no_group_without_somebody_from_every_participating_region(faststallt: Delprojekt, absent: str) -> None:
    dp = faststallt
    h.utse_ordforande(h.nominera_gruppen(dp, regioner=[slug for slug in REGIONER if slug != absent]))

    assert saknas("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote()) == {"V-11"}

    h.utse_gruppen(h.nominera(dp, absent))


def test_v11_an_adjungerad_does_not_represent_a_region(faststallt: Delprojekt) -> None:
    dp = faststallt
    h.utse_ordforande(h.nominera_gruppen(dp, regioner=("blekinge", "halland", "kronoberg")))
    h.nominera(dp, "skane", Roll.ADJUNGERAD)

    assert saknas("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **h.lg_mote()) == {"V-11"}

    h.utse_gruppen(h.nominera(dp, "skane"))


def test_v11_a_region_that_does_not_take_part_needs_nobody_in_the_group(i_beredning: Delprojekt) -> None:
    three = ("blekinge", "kronoberg", "skane")
    dp = h.ange_behov(i_beredning, ja=three)
    h.ange_behov(dp, ja=(), nej=("halland",), status="deltar_ej")
    gor("sekreterare", Act.BESLUTA_START, h.anmal(h.stam_av(dp)), **h.lg_mote())

    h.utse_ordforande(h.nominera_gruppen(h.faststall(h.skriv_uppdrag(dp)), regioner=three))

    h.utse_gruppen(dp)


# M5.1.4-3 «Så snart arbetsgruppen är utsedd, ansvarar kansliet för att uppdraget överlämnas till arbetsgruppen.»
def test_5_1_4_kansliet_hands_over_when_the_group_is_appointed_and_not_before(fore_gruppen: Delprojekt) -> None:
    dp = fore_gruppen
    assert saknas("kansli", Act.OVERLAMNA_UPPDRAG, dp, dag=h.DAG) == {"M5.1.4-1"}

    h.overlamna(h.utse_gruppen(dp))

    assert dp.fakta.get(slag="uppdrag_overlamnat").date == h.DAG


@pytest.mark.parametrize("roll", [Roll.ORDFORANDE, Roll.LEDAMOT, Roll.SAMARBETSGRUPP, Roll.REGIONKONTAKT])
def test_5_1_4_only_kansliet_hands_over(med_grupp: Delprojekt, roll: Roll) -> None:
    dp = med_grupp

    assert nekas(som(roll, "skane", dp), Act.OVERLAMNA_UPPDRAG, dp, dag=h.DAG).why is Why.NOT_YOURS
    h.overlamna(dp)


def test_5_1_4_the_group_does_not_begin_before_the_uppdrag_is_handed_over_and_acknowledged(
    med_grupp: Delprojekt,
) -> None:
    dp = h.startmote(med_grupp)
    assert saknas("ordforande", Act.BORJA_NULAGE, dp) == {"M5.1.4-3"}
    assert saknas("ordforande", Act.KVITTERA_UPPDRAG, dp) == {"M5.1.4-3"}

    h.overlamna(dp)
    assert saknas("ordforande", Act.BORJA_NULAGE, dp) == {"M5.1.4-3"}
    assert nekas("kansli", Act.KVITTERA_UPPDRAG, dp).why is Why.NOT_YOURS

    h.kvittera(dp)
    gor("ordforande", Act.BORJA_NULAGE, dp)
    assert fresh(dp).steg == Steg.NULAGE


# M5-13 «Redan vid starten ska arbetsgruppen diskutera och dokumentera kring vilket uppföljningssätt och vilka
# uppföljningsparametrar som kan vara relevanta.»
def test_5_the_nulage_does_not_begin_before_the_group_has_discussed_the_follow_up(med_grupp: Delprojekt) -> None:
    dp = h.kvittera(h.overlamna(med_grupp))

    assert saknas("ordforande", Act.BORJA_NULAGE, dp) == {"M5-13"}

    gor("ordforande", Act.BORJA_NULAGE, h.startmote(dp))


def test_5_a_first_meeting_without_a_note_on_the_follow_up_is_not_enough(med_grupp: Delprojekt) -> None:
    dp = h.kvittera(h.overlamna(med_grupp))
    act = Act.REGISTRERA_STARTMOTE

    assert not h.formular("ordforande", act, dp, dag="2026-03-02", text="  ").is_valid()
    assert h.formular("ordforande", act, dp, dag="2026-03-02", text="Antal möten per månad.").is_valid()


def test_5_a_first_meeting_is_held_by_a_group_that_has_been_appointed(fore_gruppen: Delprojekt) -> None:
    dp = fore_gruppen
    said = {"dag": h.DAG, "text": "Antal möten per månad."}

    assert saknas("ordforande", Act.REGISTRERA_STARTMOTE, dp, **said) == {"M5.1.4-1"}

    gor("ordforande", Act.REGISTRERA_STARTMOTE, h.utse_gruppen(dp), **said)


def test_v12_an_uppdrag_is_fixed_once_and_its_text_stands(faststallt: Delprojekt) -> None:
    assert saknas("sekreterare", Act.FASTSTALL_UPPDRAG, faststallt, **h.lg_mote()) == {"V-12"}

    with pytest.raises(Refused):
        world.write("kansli", faststallt, "bakgrund")


def test_4_1_nobody_is_appointed_chair_who_has_not_been_nominated(faststallt: Delprojekt) -> None:
    assert saknas("sekreterare", Act.UTSE_ORDFORANDE, faststallt, **h.lg_mote()) == {"M4-2"}

    h.utse_ordforande(h.nominera(faststallt, "kronoberg", Roll.ORDFORANDE))
