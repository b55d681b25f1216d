"""Changes of a group at work: a new chair, somebody who leaves, a region that joins or follows (T45, E9, V-11)."""

import pytest

from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Delprojekt, Nominering
from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.roller import Roll
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, saknas
from tests.metoden.test_4_grupp import JA, mandat, namn, rad, rad_for, utan_motivering
from tests.world import fresh


def test_5_1_4_only_ledningsgruppen_lets_somebody_go_and_the_row_stays(i_nulage: Delprojekt) -> None:
    dp, pk = i_nulage, rad_for(i_nulage, "skane")
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=pk, status="tackat_nej")

    event = gor("sekreterare", Act.ENTLEDIGA, dp, **h.lg_mote(text="Bytt arbete."), objekt=pk)

    row = Nominering.objects.get(pk=pk)
    assert (row.status, row.byten.latest("pk").kommentar) == ("entledigad", "Bytt arbete.")
    assert row.person.efternamn not in mandat(dp, Roll.LEDAMOT)
    assert event.utskick.filter(person=row.person).exists()
    assert event.rad == [Krav.REGIONEN_HAR_KVAR_NAGON.name]


# M4-0 «Uppdraget som ordförande är viktigt»; T45: the new one before the old ends
@pytest.mark.parametrize("stannar", [False, True])
def test_4_1_a_new_chair_is_appointed_before_the_old_one_leaves(i_nulage: Delprojekt, *, stannar: bool) -> None:
    """M4-0: a group at work is never without its chair; the former one may stay as a member."""
    dp, chair = i_nulage, rad(i_nulage, "Lind").pk
    assert saknas("sekreterare", Act.ENTLEDIGA, dp, **h.lg_mote(), objekt=chair) == {"M4-0"}

    gor("sekreterare", Act.UTSE_ORDFORANDE, dp, **h.lg_mote(), nominering=rad_for(dp, "skane"), stannar=stannar)

    assert mandat(dp, Roll.ORDFORANDE) == {"Wikström"}
    assert ("Lind" in mandat(dp, Roll.LEDAMOT)) == stannar
    assert rad(dp, "Lind").status == ("utsedd" if stannar else "entledigad")
    assert "Wikström" not in mandat(dp, Roll.LEDAMOT)


# E9: a region joins after start, or goes over to following the work
def med_tre(i_beredning: Delprojekt) -> Delprojekt:
    """Return a delprojekt whose group is appointed, that Halland only follows."""
    three = ("blekinge", "kronoberg", "skane")
    dp = h.ange_behov(i_beredning, ja=three)
    h.ange_behov(dp, ja=(), nej=("halland",), status="observerar")
    gor("sekreterare", Act.BESLUTA_START, h.anmal(h.stam_av(dp)), **h.lg_mote())
    return h.utse_gruppen(h.utse_ordforande(h.nominera_gruppen(h.faststall(h.skriv_uppdrag(dp)), regioner=three)))


def test_e9_a_region_joins_by_ledningsgruppens_decision_and_brings_a_member(i_beredning: Delprojekt) -> None:
    """V-11 (E9)."""
    dp = med_tre(i_beredning)
    joins = h.lg_mote(text="Halland ansluter.", region="halland", val="deltar")
    assert saknas("sekreterare", Act.ANDRA_DELTAGANDE, dp, **joins) == {"V-11"}

    gor("samarbetsgrupp.halland", Act.NOMINERA, dp, region="halland", **namn("Alm", **JA))
    gor("sekreterare", Act.ANDRA_DELTAGANDE, dp, **joins)

    assert "halland" in build_lage(fresh(dp)).deltar
    assert "Alm" in mandat(dp, Roll.LEDAMOT)


def test_e9_a_region_goes_over_to_following_the_work(i_nulage: Delprojekt) -> None:
    """E9; fewer than the sjukvårdsregion's minimum takes a reason (M5.1.1-1)."""
    dp = i_nulage
    leaves = h.lg_mote(text="Regionen prioriterar annat.", region="halland", val="observerar")

    utan_motivering(dp, Act.ANDRA_DELTAGANDE, **leaves)
    assert "halland" not in build_lage(fresh(dp)).deltar

    with pytest.raises(MotiveringSaknas):
        utan_motivering(dp, Act.ANDRA_DELTAGANDE, **{**leaves, "region": "skane"})
    with pytest.raises(Ogiltigt):
        gor("sekreterare", Act.ANDRA_DELTAGANDE, dp, **leaves)


def test_v11_a_region_that_joined_late_is_in_the_group_before_the_uppdrag_is_handed_over(
    med_grupp: Delprojekt,
) -> None:
    """V-11: before handover every participating region has somebody in the group."""
    dp = med_grupp
    gor("sekreterare", Act.ENTLEDIGA, dp, **h.lg_mote(), objekt=rad_for(dp, "skane"))

    assert saknas("kansli", Act.OVERLAMNA_UPPDRAG, dp, dag=h.DAG) == {"V-11"}

    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", **JA))
    h.overlamna(h.utse_gruppen(dp))
