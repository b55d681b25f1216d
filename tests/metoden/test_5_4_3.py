"""Sentences of §5.4.3: ledningsgruppen is presented the report, writes one beslutsförslag, and agrees on it."""

from itertools import product

import pytest

from delprojekt.models import Delprojekt, Sjukvardsregion
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused, Why
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas, som
from tests.world import REGIONER, agree, delprojekt_in, fresh, propose, version

pytestmark = pytest.mark.django_db

VIDARE = Act.LAMNA_TILL_NAMNDEN


def proposed() -> Delprojekt:
    """Return a delprojekt with a presented report and a first version of the beslutsförslag."""
    dp = h.presentera(delprojekt_in(Steg.LEDNINGSGRUPP))
    propose(dp)
    return dp


# M5.4.3-1 «Slutrapporten ska alltid presenteras för ledningsgruppen, vanligen av arbetsgruppens ordförande.»
def test_5_4_3_the_slutrapport_is_always_presented_to_ledningsgruppen() -> None:
    dp = delprojekt_in(Steg.LEDNINGSGRUPP)
    propose(dp)
    agree(dp)

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-1"}

    h.till_namnden(h.presentera(dp))
    assert fresh(dp).steg == Steg.NAMND


def test_5_4_3_a_report_that_comes_back_from_namnden_is_presented_again() -> None:
    dp = delprojekt_in(Steg.NAMND)
    gor("namndsekreterare", Act.ATERREMITTERA_FRAN_NAMNDEN, dp, dag=h.DAG, text="Räkna på kostnaden.")
    propose(dp)
    agree(dp)

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-1"}

    h.till_namnden(h.presentera(dp))


# M5.4.3-2 «diskutera slutrapportens förslag och sätta samman ett beslutsförslag som sedan
# går vidare till politisk nivå»
def test_5_4_3_nothing_goes_to_the_political_level_without_a_beslutsforslag() -> None:
    dp = h.presentera(delprojekt_in(Steg.LEDNINGSGRUPP))

    assert "M5.4.3-2" in saknas("sekreterare", VIDARE, dp, **h.lg_mote())

    propose(dp)
    h.till_namnden(h.ta_stallning(dp))


@pytest.mark.parametrize("roll", [Roll.ORDFORANDE, Roll.SAMARBETSGRUPP, Roll.REGIONKONTAKT, Roll.NAMNDSEKRETERARE])
def test_5_4_3_it_is_ledningsgruppen_that_puts_the_beslutsforslag_together(roll: Roll) -> None:
    dp = h.presentera(delprojekt_in(Steg.LEDNINGSGRUPP))
    clauses = [{"text": "införa fasta tider", "mottagare": list(REGIONER)}]

    assert nekas(som(roll, "skane", dp), Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=clauses).why is Why.NOT_YOURS
    gor("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=clauses)


# M5.4.3-3 «Först när ledningsgruppen är eniga om beslutsförslagen går ärendet vidare.»
def test_5_4_3_nothing_goes_on_until_every_region_has_taken_a_stance() -> None:
    dp = h.ta_stallning(proposed(), ("blekinge", "halland", "kronoberg"))

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-3"}

    h.till_namnden(h.ta_stallning(dp, ("skane",)))


def test_5_4_3_only_when_all_four_regions_agree_does_it_go_on() -> None:
    dp = proposed()
    said: dict[str, str] = {}

    for stances in product(("avstar", "ej_enig", "enig"), repeat=len(REGIONER)):
        for slug, val in zip(REGIONER, stances, strict=True):
            if said.get(slug) != val:
                h.ta_stallning(dp, (slug,), val, skal="Taket är för högt." if val == "ej_enig" else "")
                said[slug] = val
        if set(stances) != {"enig"}:
            assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-3"}, stances

    assert set(said.values()) == {"enig"}
    h.till_namnden(dp)


@pytest.mark.parametrize("who", ["sekreterare", "kansli"])
def test_5_4_3_a_motivering_does_not_take_the_place_of_unanimity(who: str) -> None:
    dp = h.ta_stallning(proposed(), ("blekinge", "halland", "skane"))
    h.ta_stallning(dp, ("kronoberg",), "ej_enig", "Kostnadstak saknas.")

    with pytest.raises(Refused):
        gor(who, VIDARE, dp, motivering="Vi går vidare ändå.", **h.lg_mote())

    gor(who, VIDARE, h.ta_stallning(dp, ("kronoberg",)), **h.lg_mote())


def test_5_4_3_a_change_of_the_beslutsforslag_makes_everybody_take_a_new_stance() -> None:
    dp = h.ta_stallning(proposed())

    propose(dp, "införa fasta tider med ett takpris")

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-3"}
    h.till_namnden(h.ta_stallning(dp))


def test_5_4_3_a_stance_on_an_older_version_is_refused() -> None:
    dp = proposed()
    older = version(dp)
    newer = propose(dp, "införa fasta tider med ett takpris")
    who = "ledningsgrupp.skane"

    assert saknas(who, Act.LAMNA_STALLNING, dp, region="skane", val="enig", version=older) == {"M5.4.3-3"}
    gor(who, Act.LAMNA_STALLNING, dp, region="skane", val="enig", version=newer)


def test_5_4_3_a_region_speaks_for_itself_only() -> None:
    dp = proposed()
    stance = {"region": "skane", "val": "enig", "version": version(dp)}

    assert nekas("ledningsgrupp.halland", Act.LAMNA_STALLNING, dp, **stance).why is Why.NOT_YOURS
    gor("ledningsgrupp.skane", Act.LAMNA_STALLNING, dp, **stance)


def test_5_4_3_whether_abstaining_blocks_is_set_for_the_sjukvardsregion() -> None:
    dp = h.ta_stallning(proposed(), ("blekinge", "halland", "kronoberg"))
    h.ta_stallning(dp, ("skane",), "avstar")
    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-3"}

    Sjukvardsregion.objects.update(avstar_blockerar=False)

    h.till_namnden(dp)


def test_5_4_3_old_stances_do_not_count_when_the_matter_comes_back() -> None:
    dp = delprojekt_in(Steg.NAMND)
    gor("namndsekreterare", Act.ATERREMITTERA_FRAN_NAMNDEN, dp, dag=h.DAG, text="Räkna på kostnaden.")

    assert saknas("sekreterare", VIDARE, h.presentera(dp), **h.lg_mote()) == {"M5.4.3-3"}

    h.till_namnden(h.ta_stallning(dp))


def test_5_4_3_a_disagreement_is_recorded_and_the_matter_stays() -> None:
    dp = h.ta_stallning(proposed(), ("blekinge", "halland", "skane"))
    missing = saknas("sekreterare", Act.KONSTATERA_OENIGHET, dp, **h.lg_mote())
    h.ta_stallning(dp, ("kronoberg",), "ej_enig", "Kostnadstak saknas.")

    gor("sekreterare", Act.KONSTATERA_OENIGHET, dp, **h.lg_mote())

    assert missing == {"M5.4.3-3"}
    assert fresh(dp).steg == Steg.LEDNINGSGRUPP
    assert dp.fakta.filter(slag="ej_eniga").count() == 1


@pytest.mark.parametrize(
    ("act", "steg"),
    [
        (Act.ATERREMITTERA_TILL_ARBETSGRUPPEN, Steg.ATGARDSFORSLAG),
        (Act.INHAMTA_SYNPUNKTER, None),
        (Act.FORNYA_UPPDRAG, Steg.UPPDRAG),
        (Act.AVBRYT, Steg.AVBRUTET),
    ],
)
def test_5_4_3_there_are_four_ways_out_of_lasting_disagreement(act: Act, steg: Steg | None) -> None:
    dp = h.ta_stallning(proposed(), ("kronoberg",), "ej_enig", "Kostnadstak saknas.")

    gor("sekreterare", act, dp, **h.lg_mote())

    assert fresh(dp).steg != Steg.NAMND
    assert steg is None or fresh(dp).steg == steg


def test_5_4_3_asking_the_regions_is_not_recorded_as_a_delrapport() -> None:
    dp = proposed()

    gor("sekreterare", Act.INHAMTA_SYNPUNKTER, dp, **h.lg_mote())

    assert not dp.fakta.filter(slag="delrapport").exists()


def test_5_4_3_a_renewed_mandate_needs_a_new_uppdrag_and_a_new_group() -> None:
    dp = proposed()
    gor("sekreterare", Act.FORNYA_UPPDRAG, dp, **h.lg_mote(text="Se över jourtid också."))

    missing = saknas("kansli", Act.BORJA_NULAGE, dp)

    assert missing >= {"V-12", "M5.1.4-1", "M5.1.4-3", "M5-13"}
    assert h.omgang(dp).nummer == 2
