"""Sentences of §5.4.3: ledningsgruppen is presented the report, writes one beslutsförslag, and agrees on it."""

from dataclasses import replace
from itertools import product

import pytest

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Sjukvardsregion
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused, Why, decide
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas, som
from tests.world import REGIONER, agree, fresh, propose, version

VIDARE = Act.LAMNA_TILL_NAMNDEN


# M5.4.3-1 «Slutrapporten ska alltid presenteras för ledningsgruppen, vanligen av arbetsgruppens ordförande.»
def test_5_4_3_the_slutrapport_is_always_presented_to_ledningsgruppen(hos_ledningsgruppen: Delprojekt) -> None:
    dp = hos_ledningsgruppen
    propose(dp)
    agree(dp)

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-1"}

    h.till_namnden(h.presentera(dp))
    assert fresh(dp).steg == Steg.NAMND


def test_5_4_3_a_report_that_comes_back_from_namnden_is_presented_again(hos_namnden: Delprojekt) -> None:
    dp = hos_namnden
    gor("namndsekreterare", Act.ATERREMITTERA_FRAN_NAMNDEN, dp, dag=h.DAG, text="Räkna på kostnaden.")
    propose(dp)
    agree(dp)

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-1"}

    h.till_namnden(h.presentera(dp))


# M5.4.3-2 «diskutera slutrapportens förslag och sätta samman ett beslutsförslag som sedan
# går vidare till politisk nivå»
def test_5_4_3_nothing_goes_to_the_political_level_without_a_beslutsforslag(hos_ledningsgruppen: Delprojekt) -> None:
    dp = h.presentera(hos_ledningsgruppen)

    assert "M5.4.3-2" in saknas("sekreterare", VIDARE, dp, **h.lg_mote())

    propose(dp)
    h.till_namnden(h.ta_stallning(dp))


@pytest.mark.parametrize("roll", [Roll.ORDFORANDE, Roll.SAMARBETSGRUPP, Roll.REGIONKONTAKT, Roll.NAMNDSEKRETERARE])
def test_5_4_3_it_is_ledningsgruppen_that_puts_the_beslutsforslag_together(
    hos_ledningsgruppen: Delprojekt, roll: Roll
) -> None:
    dp = h.presentera(hos_ledningsgruppen)
    clauses = [{"text": "införa fasta tider", "mottagare": list(REGIONER)}]

    assert nekas(som(roll, "skane", dp), Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=clauses).why is Why.NOT_YOURS
    gor("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, attsatser=clauses)


# M5.4.3-3 «Först när ledningsgruppen är eniga om beslutsförslagen går ärendet vidare.»
def test_5_4_3_nothing_goes_on_until_every_region_has_taken_a_stance(med_beslutsforslag: Delprojekt) -> None:
    dp = h.ta_stallning(med_beslutsforslag, ("blekinge", "halland", "kronoberg"))

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-3"}

    h.till_namnden(h.ta_stallning(dp, ("skane",)))


@pytest.mark.parametrize("val", ["ej_enig", "avstar"])
@pytest.mark.parametrize("slug", REGIONER)
def test_5_4_3_one_region_that_does_not_agree_is_enough_to_stop_it(
    med_beslutsforslag: Delprojekt, slug: str, val: str
) -> None:
    dp = h.ta_stallning(med_beslutsforslag)
    h.ta_stallning(dp, (slug,), val, "Taket är för högt.")

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-3"}

    h.till_namnden(h.ta_stallning(dp, (slug,)))


@pytest.mark.parametrize("count", [3, 4, pytest.param(6, marks=pytest.mark.lang)])
def test_5_4_3_of_all_ways_to_answer_only_that_all_agree_lets_it_go_on(
    med_beslutsforslag: Delprojekt, count: int
) -> None:
    now = build_lage(fresh(h.presentera(med_beslutsforslag)))
    regions = [f"region{n}" for n in range(count)]
    open_: list[tuple[str, ...]] = []

    for stances in product(("", "avstar", "ej_enig", "enig"), repeat=count):
        said = {slug: val for slug, val in zip(regions, stances, strict=True) if val}
        lage = replace(now, deltar=frozenset(regions), beslut=replace(now.beslut, stallningar=said))
        if decide(som(Roll.SEKRETERARE), VIDARE, lage, h.lg_mote()).allowed:
            open_.append(stances)

    assert open_ == [("enig",) * count]


@pytest.mark.parametrize("who", ["sekreterare", "kansli"])
def test_5_4_3_a_motivering_does_not_take_the_place_of_unanimity(med_beslutsforslag: Delprojekt, who: str) -> None:
    dp = h.ta_stallning(med_beslutsforslag, ("blekinge", "halland", "skane"))
    h.ta_stallning(dp, ("kronoberg",), "ej_enig", "Kostnadstak saknas.")

    with pytest.raises(Refused):
        gor(who, VIDARE, dp, motivering="Vi går vidare ändå.", **h.lg_mote())

    gor(who, VIDARE, h.ta_stallning(dp, ("kronoberg",)), **h.lg_mote())


def test_5_4_3_a_change_of_the_beslutsforslag_makes_everybody_take_a_new_stance(med_beslutsforslag: Delprojekt) -> None:
    dp = h.ta_stallning(med_beslutsforslag)

    propose(dp, "införa fasta tider med ett takpris")

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-3"}
    h.till_namnden(h.ta_stallning(dp))


def test_5_4_3_a_stance_on_an_older_version_is_refused(med_beslutsforslag: Delprojekt) -> None:
    dp = med_beslutsforslag
    older = version(dp)
    newer = propose(dp, "införa fasta tider med ett takpris")
    who = "ledningsgrupp.skane"

    assert saknas(who, Act.LAMNA_STALLNING, dp, region="skane", val="enig", version=older) == {"M5.4.3-3"}
    gor(who, Act.LAMNA_STALLNING, dp, region="skane", val="enig", version=newer)


def test_5_4_3_a_region_speaks_for_itself_only(med_beslutsforslag: Delprojekt) -> None:
    dp = med_beslutsforslag
    stance = {"region": "skane", "val": "enig", "version": version(dp)}

    assert nekas("ledningsgrupp.halland", Act.LAMNA_STALLNING, dp, **stance).why is Why.NOT_YOURS
    gor("ledningsgrupp.skane", Act.LAMNA_STALLNING, dp, **stance)


def test_5_4_3_the_same_stance_is_not_taken_twice_but_may_be_changed(med_beslutsforslag: Delprojekt) -> None:
    dp = med_beslutsforslag
    stance = {"region": "skane", "version": version(dp)}
    gor("ledningsgrupp.skane", Act.LAMNA_STALLNING, dp, **stance, val="enig")

    with pytest.raises(Ogiltigt, match="Region Skåne har redan sagt det om version 1"):
        gor("kansli", Act.LAMNA_STALLNING, dp, **stance, val="enig")

    gor("ledningsgrupp.skane", Act.LAMNA_STALLNING, dp, **stance, val="ej_enig", skal="Punkt 2 saknar kostnad.")


def test_5_4_3_whether_abstaining_blocks_is_set_for_the_sjukvardsregion(med_beslutsforslag: Delprojekt) -> None:
    dp = h.ta_stallning(med_beslutsforslag, ("blekinge", "halland", "kronoberg"))
    h.ta_stallning(dp, ("skane",), "avstar")
    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.4.3-3"}

    Sjukvardsregion.objects.update(avstar_blockerar=False)

    h.till_namnden(dp)


def test_5_4_3_old_stances_do_not_count_when_the_matter_comes_back(hos_namnden: Delprojekt) -> None:
    dp = hos_namnden
    gor("namndsekreterare", Act.ATERREMITTERA_FRAN_NAMNDEN, dp, dag=h.DAG, text="Räkna på kostnaden.")

    assert saknas("sekreterare", VIDARE, h.presentera(dp), **h.lg_mote()) == {"M5.4.3-3"}

    h.till_namnden(h.ta_stallning(dp))


# T23 [H] ställning + skäl per region
def test_m5_4_3_3_that_they_do_not_agree_is_said_when_every_region_has_taken_a_stance_and_said_why(
    med_beslutsforslag: Delprojekt,
) -> None:
    """M5.4.3-3, T23: a stance and a reason per region; one that abstains says why too."""
    dp, act = h.ta_stallning(med_beslutsforslag, ("blekinge", "halland")), Act.KONSTATERA_OENIGHET
    h.ta_stallning(dp, ("kronoberg",), "ej_enig", "Kostnadstak saknas.")

    with pytest.raises(Refused, match=r"alla deltagande regioner har tagit ställning .*Region Skåne"):
        gor("sekreterare", act, dp, **h.lg_mote())
    h.ta_stallning(dp, ("skane",), "avstar")
    with pytest.raises(Refused, match=r"varje region som inte är enig har sagt varför .*Region Skåne"):
        gor("sekreterare", act, dp, **h.lg_mote())

    h.ta_stallning(dp, ("skane",), "avstar", "Frågan är inte beredd hos oss.")
    gor("sekreterare", act, dp, **h.lg_mote())


def test_5_4_3_a_disagreement_is_recorded_and_the_matter_stays(med_beslutsforslag: Delprojekt) -> None:
    dp = h.ta_stallning(med_beslutsforslag, ("blekinge", "halland", "skane"))
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
def test_5_4_3_there_are_four_ways_out_of_lasting_disagreement(
    med_beslutsforslag: Delprojekt, act: Act, steg: Steg | None
) -> None:
    dp = h.ta_stallning(med_beslutsforslag, ("kronoberg",), "ej_enig", "Kostnadstak saknas.")

    gor("sekreterare", act, dp, **h.lg_mote())

    assert fresh(dp).steg != Steg.NAMND
    assert steg is None or fresh(dp).steg == steg


def test_5_4_3_asking_the_regions_is_not_recorded_as_a_delrapport(med_beslutsforslag: Delprojekt) -> None:
    dp = med_beslutsforslag

    gor("sekreterare", Act.INHAMTA_SYNPUNKTER, dp, **h.lg_mote())

    assert not dp.fakta.filter(slag="delrapport").exists()


def test_5_4_3_a_renewed_mandate_needs_a_new_uppdrag_and_a_new_group(med_beslutsforslag: Delprojekt) -> None:
    dp = med_beslutsforslag
    gor("sekreterare", Act.FORNYA_UPPDRAG, dp, **h.lg_mote(text="Se över jourtid också."))

    missing = saknas("kansli", Act.BORJA_NULAGE, dp)

    assert missing >= {"V-12", "M5.1.4-1", "M5.1.4-3", "M5-13"}
    assert h.omgang(dp).nummer == 2


def test_5_4_3_there_is_no_stance_on_a_beslutsforslag_that_is_not_written(hos_ledningsgruppen: Delprojekt) -> None:
    dp = hos_ledningsgruppen
    stance = {"region": "skane", "val": "enig"}

    assert "M5.4.3-2" in saknas("ledningsgrupp.skane", Act.LAMNA_STALLNING, dp, **stance, version=None)

    gor("ledningsgrupp.skane", Act.LAMNA_STALLNING, dp, **stance, version=propose(dp))


def test_5_4_3_ledningsgruppen_can_not_disagree_on_what_it_has_not_been_shown(hos_ledningsgruppen: Delprojekt) -> None:
    dp = hos_ledningsgruppen
    propose(dp)
    h.ta_stallning(dp)
    h.ta_stallning(dp, ("kronoberg",), "ej_enig", "Kostnadstak saknas.")

    assert saknas("sekreterare", Act.KONSTATERA_OENIGHET, dp, **h.lg_mote()) == {"M5.4.3-1"}

    gor("sekreterare", Act.KONSTATERA_OENIGHET, h.presentera(dp), **h.lg_mote())


def test_5_5_a_clause_that_is_directed_to_nobody_does_not_go_to_namnden(med_beslutsforslag: Delprojekt) -> None:
    dp = med_beslutsforslag
    propose(dp, "införa fasta tider", mottagare=())
    h.ta_stallning(dp)

    assert saknas("sekreterare", VIDARE, dp, **h.lg_mote()) == {"M5.5-4"}

    propose(dp, "införa fasta tider", mottagare=("skane", "halland", "kronoberg"))
    h.till_namnden(h.ta_stallning(dp))


# M5.4.2-2 «vid behov förankra på hemmaplan respektive inhämta synpunkter från sin region»
def test_5_4_3_the_regions_answer_when_ledningsgruppen_asks_them(med_beslutsforslag: Delprojekt) -> None:
    dp = med_beslutsforslag
    comment = {"region": "skane", "dag": h.DAG, "val": "synpunkter", "text": "Sätt ett kostnadstak."}
    assert saknas("samarbetsgrupp.skane", Act.LAMNA_REGIONSYNPUNKT, dp, **comment) == {"M5.4.2-2"}

    gor("sekreterare", Act.INHAMTA_SYNPUNKTER, dp, **h.lg_mote())

    gor("samarbetsgrupp.skane", Act.LAMNA_REGIONSYNPUNKT, dp, **comment)


# M5.5-4: a clause is directed to somebody; what is chosen for a clause that is not written is not dropped in silence
def test_5_4_3_an_addressee_without_a_clause_is_said_beside_the_field(hos_ledningsgruppen: Delprojekt) -> None:
    dp = h.presentera(hos_ledningsgruppen)
    written = {"antal": "3", "text_1": "införa fasta tider", "mottagare_1": list(REGIONER)}
    form = h.formular("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, **written, mottagare_3=["skane"])
    assert form.errors["text_3"] == ["Skriv att-sats 3, eller ta bort kryssen för vem den riktas till."]
    untouched = h.formular("sekreterare", Act.SKRIV_BESLUTSFORSLAG, dp, **written, mottagare_3=list(REGIONER))
    assert "text_3" not in untouched.errors
