"""Sentences of §5.7: each region introduces its own, chefsamråd may report, and hinders are lifted."""

from datetime import date

import pytest

from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Delprojekt, Handelse, Inforandehinder, Region, Rekommendation, Vantar
from delprojekt.process.act import Act
from delprojekt.process.granser import plus_dagar
from delprojekt.process.klocka import idag
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import Why, decide, explain
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from delprojekt.queries.regioner import history, regions
from tests import uppfoljt
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, som
from tests.metoden.test_inflyttning import NAMNDBESLUT, inlagt
from tests.world import REGIONER, actor, decide_in, fresh, verify


def rek(dp: Delprojekt) -> Rekommendation:
    return Rekommendation.objects.filter(namndbeslut__delprojekt=dp).earliest("nummer")


# M5.7-1 «Införande av slutrapportens förslag … ligger hos respektive region.»
def test_5_7_what_a_region_said_earlier_of_the_introduction_is_kept(i_inforande: Delprojekt) -> None:
    dp, one = i_inforande, rek(i_inforande)
    told = {"region": "halland", "ansvariga": {one.pk: "Verksamhetschefen"}, "planerade": {one.pk: (h.DAG, "")}}
    gor("region.halland", Act.RAPPORTERA_INFORANDE, dp, **told, lagen={one.pk: ("planerat", "")})

    gor("region.halland", Act.RAPPORTERA_INFORANDE, dp, region="halland", lagen={one.pk: ("infort", "Klart.")})

    assert [row.lage for row in history(actor("kansli"), dp)] == ["infort", "planerat"]
    current = regions(actor("kansli"), dp).inforande
    assert {row.lage for row in current.values()} == {"infort"}
    first = one.inforande.earliest("pk")
    assert (first.ansvarig, first.planerat_date) == ("Verksamhetschefen", h.DAG)


# M5.7-1 «(efter beslut enligt ovan)»
@pytest.mark.parametrize("state", ["delvis", "infort"])
def test_5_7_nothing_is_introduced_before_the_region_has_decided(i_inforande: Delprojekt, state: str) -> None:
    dp, one = i_inforande, rek(i_inforande)
    said = {"region": "skane", "lagen": {one.pk: (state, "")}}
    refused = nekas("region.skane", Act.RAPPORTERA_INFORANDE, dp, **said)
    assert refused.missing == (Krav.INFORT_EFTER_BESLUT,)
    assert "inte beslutat" in explain(refused, build_lage(fresh(dp)))
    gor("region.skane", Act.RAPPORTERA_INFORANDE, dp, region="skane", lagen={one.pk: ("pagar", "")})

    decide_in(dp, "skane")

    gor("region.skane", Act.RAPPORTERA_INFORANDE, dp, **said)


# M5.7-1 «Införandeplan … per region × rekommendationspunkt»: what cannot be right warns, and takes a motivering
@pytest.mark.parametrize(
    ("slug", "state", "days", "warns"),
    [
        ("halland", "planerat", 30, None),
        ("halland", "pagar", -1, Krav.PLANEN_LIGGER_FRAMAT),
        ("halland", "infort", -1, None),
        ("skane", "planerat", 30, Krav.PLANERAT_EFTER_BESLUT),
        ("halland", "infort", -900, Krav.PLANERAT_EFTER_BESLUT),
    ],
)
def test_5_7_a_planned_day_that_cannot_be_right_warns(
    i_inforande: Delprojekt, slug: str, state: str, days: int, warns: Krav | None
) -> None:
    dp, one = i_inforande, rek(i_inforande)
    said = {"lagen": {one.pk: (state, "")}, "planerade": {one.pk: (plus_dagar(idag(), days), "")}}
    told = {"region": slug, **said}
    if warns is None:
        gor(f"region.{slug}", Act.RAPPORTERA_INFORANDE, dp, motivering="", **told)
        return
    with pytest.raises(MotiveringSaknas):
        gor(f"region.{slug}", Act.RAPPORTERA_INFORANDE, dp, motivering="", **told)
    event = gor(f"region.{slug}", Act.RAPPORTERA_INFORANDE, dp, **told)
    assert event.rad == [warns.name]


# M5.7-3 «Chefsamråden … spelar en viktig roll i implementeringen.»
def test_5_7_a_chefsamrad_may_report_for_any_region(i_inforande: Delprojekt) -> None:
    dp, one = i_inforande, rek(i_inforande)

    for slug in ("halland", "blekinge"):
        told = {"region": slug, "lagen": {one.pk: ("pagar", "")}}
        gor(som(Roll.CHEFSAMRAD), Act.RAPPORTERA_INFORANDE, dp, **told)

    assert {row.region.slug for row in one.inforande.all() if row.region} == {"halland", "blekinge"}


def test_5_7_one_region_introduces_while_another_still_decides(i_inforande: Delprojekt) -> None:
    dp, one = i_inforande, rek(i_inforande)
    gor("region.halland", Act.RAPPORTERA_INFORANDE, dp, region="halland", lagen={one.pk: ("pagar", "")})

    verify(dp, decide_in(dp, "skane"))

    assert build_lage(fresh(dp)).beslut.verifierade == {"halland", "skane"}


# M5.7-5 «Vid eventuella implementeringsproblem kan det finnas skäl att lyfta dessa»; scenario 24
def test_5_7_a_hinder_is_lifted_from_chefsamrad_to_ledningsgrupp_and_remains(i_inforande: Delprojekt) -> None:
    dp = i_inforande
    verify(dp, decide_in(dp, "skane"))
    row = uppfoljt.hinder(dp, "skane", "Journalmallen går inte att lägga in i Skånes system före hösten.")
    said = {"objekt": row.pk, "region": "skane", "dag": h.DAG, "text": "Ta ställning till en tillfällig mall."}
    before = Handelse.objects.filter(delprojekt=dp).count()

    for who, act in (
        ("region.skane", Act.LYFT_HINDER_TILL_CHEFSAMRADET),
        ("chefsamrad", Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN),
        ("samarbetsgrupp.skane", Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN),
    ):
        gor(who, act, dp, **said)
    gor("kansli", Act.AVSLUTA_HINDER, dp, **said, val="kvarstar")

    row.refresh_from_db()
    assert row.lage == "kvarstar"
    way = [step.lage for step in row.vag.order_by("pk")]
    assert way == ["anmalt", "chefsamrad", "samarbetsgrupp", "ledningsgrupp", "kvarstar"]
    assert Handelse.objects.filter(delprojekt=dp).count() == before + 4


def test_5_7_the_body_that_a_hinder_is_lifted_to_is_told(i_inforande: Delprojekt) -> None:
    dp = i_inforande
    row = uppfoljt.hinder(dp, "halland")

    event = gor("kansli", Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN, dp, objekt=row.pk, region="halland", dag=h.DAG)

    told = set(event.utskick.values_list("adress", flat=True))
    assert "samarbetsgrupp.halland@exempel.se" in told
    assert not {"ledningsgrupp.halland@exempel.se", "samarbetsgrupp.skane@exempel.se"} & told


def test_5_7_a_hinder_goes_up_never_down_and_not_on_when_it_is_ended(i_inforande: Delprojekt) -> None:
    dp = i_inforande
    row = uppfoljt.hinder(dp, "halland")
    said = {"objekt": row.pk, "region": "halland", "dag": h.DAG}
    gor("kansli", Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN, dp, **said)

    with pytest.raises(Ogiltigt):
        gor("kansli", Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN, dp, **said)
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.AVSLUTA_HINDER, dp, **said, val="lost", text="")
    gor("kansli", Act.AVSLUTA_HINDER, dp, **said, val="lost", text="Mallen är inlagd.")
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN, dp, **said)


def test_5_7_a_region_lifts_its_own_hinders_only(i_inforande: Delprojekt) -> None:
    dp = i_inforande
    row = uppfoljt.hinder(dp, "halland")
    act = Act.LYFT_HINDER_TILL_CHEFSAMRADET

    assert nekas("region.skane", act, dp, objekt=row.pk, region="halland", dag=h.DAG).why is Why.NOT_YOURS
    with pytest.raises(Ogiltigt):
        gor("region.skane", act, dp, objekt=row.pk, region="skane", dag=h.DAG)


def test_5_7_an_open_hinder_is_waited_for_and_warns_before_the_follow_up(i_inforande: Delprojekt) -> None:
    dp = i_inforande
    row = uppfoljt.hinder(dp, "halland")
    h.tackar_ja(dp)
    assert Vantar.objects.filter(delprojekt=dp, act=Act.AVSLUTA_HINDER).exists()

    event = gor("kansli", Act.BORJA_UPPFOLJNING, dp)

    assert "HINDER_AVGJORDA" in event.rad
    assert row.oppet


# P-22 «Verka för att eventuella problem/tvister i samarbetssituationer löses.»
def test_p_22_a_dispute_is_taken_up_by_the_chefsamrad_first(i_inforande: Delprojekt) -> None:
    dp = i_inforande
    said = {"region": "halland", "rekommendation": rek(dp).pk, "text": "Vem betalar?", "dag": h.DAG}

    gor("region.halland", Act.ANMAL_HINDER, dp, **said, slag="tvist")

    assert Inforandehinder.objects.latest("pk").lage == "chefsamrad"


# M5.7-1: what is filled in is stored, or it is said beside the field why it is not
def test_5_7_nothing_that_is_filled_in_is_left_aside(i_inforande: Delprojekt) -> None:
    dp, one = i_inforande, rek(i_inforande)
    other = one.namndbeslut.rekommendationer.get(nummer=2)
    other.mottagare.set(Region.objects.filter(slug="skane"))
    said = {"region": "halland", f"lage_{one.pk}": "pagar"}
    for extra, field, words in (
        ({f"lage_{other.pk}": "infort"}, f"lage_{other.pk}", f"Punkt {other.nummer} riktas inte till Region Halland"),
        ({f"ansvarig_{other.pk}": "Anna"}, f"ansvarig_{other.pk}", "riktas inte till Region Halland"),
        ({f"lage_{one.pk}": "", f"kommentar_{one.pk}": "Snart."}, f"kommentar_{one.pk}", "Ange läget för punkt"),
    ):
        form = h.formular("kansli", Act.RAPPORTERA_INFORANDE, dp, **(said | extra))
        assert not form.is_valid(), extra
        assert words in form.errors[field][0]

    form = h.formular("kansli", Act.RAPPORTERA_INFORANDE, dp, **said, **{f"ansvarig_{one.pk}": "Anna"})
    assert form.is_valid(), form.errors
    assert form.underlag()["lagen"] == {one.pk: ("pagar", "")}
    no_region = h.formular("kansli", Act.RAPPORTERA_INFORANDE, dp, **{f"lage_{one.pk}": "pagar"})
    assert list(no_region.errors) == ["region", f"lage_{one.pk}"], "of what is not known to be asked nothing is said"


def test_m5_7_1_a_plan_needs_no_reason_where_the_regions_decided_before_the_portal() -> None:
    """M5.7-1, V-22: the day of a decision that nobody has told cannot be compared with."""
    d = inlagt(Steg.INFORANDE, namndbeslut=NAMNDBESLUT, regioner=list(REGIONER))
    lage = build_lage(d)
    (rek,) = d.namndbeslut.get().rekommendationer.values_list("pk", flat=True)
    said = {"region": "skane", "lagen": {rek: ("planerat", "")}, "planerade": {rek: (date(2027, 3, 1), "")}}
    assert lage.inlagt
    decision = decide(actor("region.skane"), Act.RAPPORTERA_INFORANDE, lage, said)
    assert Krav.PLANERAT_EFTER_BESLUT not in decision.advice
    past = decide(
        actor("region.skane"), Act.RAPPORTERA_INFORANDE, lage, {**said, "planerade": {rek: (date(2019, 10, 3), "")}}
    )
    assert past.advice == (Krav.PLANEN_LIGGER_FRAMAT,), "what can be known is still asked"
