"""Sentences of §5 (omfördelning), §5.4, §5.4.1, §5.4.2 and §5.8: the group's report and its first instance."""

from datetime import date

import pytest

from delprojekt.models import Avsnitt, Delprojekt, Dokumentversion, Mallavsnitt
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused, Why
from delprojekt.process.steg import Steg
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas
from tests.world import fresh


def contact(dp: Delprojekt, slug: str, level: str = "region") -> None:
    """Note a contact with a region's management."""
    said = {"dag": h.DAG, "region": slug, "val": level, "part": "Hälso- och sjukvårdsdirektören"}
    gor("kansli", Act.REGISTRERA_LINJEKONTAKT, dp, **said)


# M5-11 «För delprojekt som inkluderar omfördelning av verksamhet … är det helt avgörande att kontakter upprättas med
# högre ledningsnivåer i respektive region.»
def test_5_a_redistribution_needs_contact_with_higher_management_in_each_region(
    i_analys_med_omfordelning: Delprojekt,
) -> None:
    dp = i_analys_med_omfordelning
    for slug in ("blekinge", "halland", "kronoberg"):
        contact(dp, slug)
    contact(dp, "skane", "verksamhet")

    assert saknas("ordforande", Act.BORJA_ATGARDSFORSLAG, dp) == {"M5-11"}

    contact(dp, "skane")
    gor("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)
    assert fresh(dp).steg == Steg.ATGARDSFORSLAG


def test_5_without_redistribution_no_contact_with_higher_management_is_asked_for(i_analys: Delprojekt) -> None:
    dp = i_analys

    gor("ordforande", Act.BORJA_ATGARDSFORSLAG, dp)


# M5-14 «I slutrapporten ska det finnas ett förslag på hur och av vem uppföljningen ska ske.»
# M5.8-1 «ska i slutrapporten ha lagt förslag på hur, när och vem som ska följa upp delprojektet»
@pytest.mark.parametrize(("absent", "krav"), [("hur", "M5.8-1"), ("nar", "M5.8-1"), ("vem", "M5-14")])
def test_5_8_no_slutrapport_without_how_when_and_who_of_the_follow_up(
    fardig_rapport: Delprojekt, absent: str, krav: str
) -> None:
    dp = h.planera(fardig_rapport, **{absent: ""})

    assert saknas("ordforande", Act.LAMNA_SLUTRAPPORT, dp) == {krav}

    h.lamna(h.planera(dp))


# M5.8-2 «Arbetsgruppen ska även ha föreslagit uppföljningsparametrar.»
def test_5_8_no_slutrapport_without_a_parameter_to_follow_up(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    row = h.omgang(dp).plan.parametrar.get()
    gor("ordforande", Act.ANDRA_PARAMETER, dp, objekt=row.pk, stryk=True)

    assert saknas("ordforande", Act.LAMNA_SLUTRAPPORT, dp) == {"M5.8-2"}

    h.lamna(h.parameter(dp))


# M5.4-1 «Slutsatserna under analysdelen bör formuleras i konkreta förslag»; T17: none at all is no report
def test_5_4_a_report_without_a_single_proposal_is_not_handed_in(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    row = h.omgang(dp).atgardsforslag.get()
    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=row.pk, stryk=True)

    assert "M5.4-1" in saknas("ordforande", Act.LAMNA_SLUTRAPPORT, dp)

    h.lamna(h.foresla(dp, "En annan mötesform"))


# M5.4-2 «Föredömligt är att ange maximalt fem åtgärdsförslag.»
@pytest.mark.parametrize(("count", "advised"), [(5, False), (6, True)])
def test_5_4_the_sixth_proposal_asks_for_a_motivering_and_the_fifth_does_not(
    fardig_rapport: Delprojekt, count: int, advised: bool
) -> None:
    dp = fardig_rapport
    for n in range(2, count + 1):
        h.foresla(dp, f"Förslag {n}")

    event = gor("ordforande", Act.LAMNA_SLUTRAPPORT, dp)

    assert ("HOGST_FEM_FORSLAG" in event.rad) is advised


# M5.4-6 «Arbetsgruppen diskuterar förslagen med chefer och berörda chefsamråd.»
def test_5_4_every_proposal_is_discussed_with_managers_before_the_report_leaves_the_group(
    fardig_rapport: Delprojekt,
) -> None:
    dp = h.foresla(fardig_rapport, "Gemensam mall", diskuterat_date=None, diskuterat_med="")

    assert saknas("ordforande", Act.LAMNA_SLUTRAPPORT, dp) == {"M5.4-6"}

    row = h.omgang(dp).atgardsforslag.get(rubrik="Gemensam mall")
    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=row.pk, **h.DISKUTERAT)
    h.lamna(dp)


# M5.4.1-1 «Slutrapporten skrivs i särskild mall – samma mall som uppdraget.»
def test_5_4_1_the_slutrapport_grows_out_of_the_uppdrag(fardig_rapport: Delprojekt) -> None:
    dp = h.lamna(fardig_rapport)

    frozen = Dokumentversion.objects.get(omgang__delprojekt=dp, slag="slutrapport")

    assert "Text i bakgrund." in str(frozen.trad)
    assert "Varför, vad och vad vi föreslår." in str(frozen.trad)


def test_5_4_1_what_the_uppdrag_said_stands_as_it_was_when_the_report_is_written(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    before = Avsnitt.objects.get(omgang__delprojekt=dp, nyckel="bakgrund").html

    with pytest.raises(Mallavsnitt.DoesNotExist):
        h.skriv(dp, "bakgrund", "<p>Något annat.</p>")
    h.skriv(dp, "nulage_kompetens")

    assert Avsnitt.objects.get(omgang__delprojekt=dp, nyckel="bakgrund").html == before


# M5.4.1-2 «Mallen har förbestämd indelning (uppdrag, gruppsammansättning, nuläge, analys, förslag).»
@pytest.mark.parametrize("prefix", ["sammanfattning", "nulage", "analys"])
def test_5_4_1_a_fixed_chapter_that_is_empty_blocks(fardig_rapport: Delprojekt, prefix: str) -> None:
    dp = fardig_rapport
    written = h.skrivna(dp, prefix)
    for key in written:
        h.skriv(dp, key, "")

    assert saknas("ordforande", Act.LAMNA_SLUTRAPPORT, dp) == {"M5.4.1-2"}

    h.skriv(dp, written[0])
    h.lamna(dp)


# M5.4.2-1 «Samarbetsgruppen är första instans för såväl slutrapport som eventuella delrapporter under processen.»
def test_5_4_2_the_slutrapport_reaches_ledningsgruppen_only_through_samarbetsgruppen(
    fardig_rapport: Delprojekt,
) -> None:
    dp = fardig_rapport
    assert saknas("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, dp) == {"M5.4.2-1"}

    h.lamna(dp)
    assert saknas("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, dp) == {"M5.4.2-1"}

    gor("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, h.behandla(dp))
    assert fresh(dp).steg == Steg.LEDNINGSGRUPP


def test_5_4_2_samarbetsgruppen_does_not_deal_with_a_report_that_is_not_handed_in(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport

    assert saknas("kansli", Act.BEHANDLA_I_SAMARBETSGRUPPEN, dp, **h.mote("samarbetsgrupp")) == {"M5.4.2-1"}

    h.behandla(h.lamna(dp))


def test_5_4_2_the_group_itself_can_not_send_the_report_to_ledningsgruppen(fardig_rapport: Delprojekt) -> None:
    dp = h.behandla(h.lamna(fardig_rapport))

    assert nekas("ordforande", Act.LAMNA_TILL_LEDNINGSGRUPPEN, dp).why is Why.NOT_YOURS
    gor("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, dp)


def test_5_4_2_a_report_that_was_sent_back_meets_samarbetsgruppen_again(fardig_rapport: Delprojekt) -> None:
    dp = h.behandla(h.lamna(fardig_rapport))
    gor("samarbetsgrupp.skane", Act.RETURNERA_SLUTRAPPORT, dp, dag=h.DAG, text="Kostnadstak saknas.")

    h.lamna(dp)

    assert saknas("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, dp) == {"M5.4.2-1"}
    gor("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, h.behandla(dp))


def test_5_4_2_ledningsgruppen_is_told_of_a_delrapport_only_after_samarbetsgruppen(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    first, then = h.mote("samarbetsgrupp", date(2026, 10, 7)), h.lg_mote(date(2026, 10, 23))

    h.delrapport(dp, "Nuläget", date(2026, 10, 6))
    assert saknas("ordforande", Act.REDOVISA_DELRAPPORT, dp, **then, part="Nuläget") == {"M5.4.2-1"}

    gor("ordforande", Act.REDOVISA_DELRAPPORT, dp, **first, part="Nuläget")
    gor("ordforande", Act.REDOVISA_DELRAPPORT, dp, **then, part="Nuläget")
    assert fresh(dp).steg == Steg.NULAGE


def test_m5_4_2_1_each_delrapport_is_handed_in_and_then_told_samarbetsgruppen_first(i_nulage: Delprojekt) -> None:
    """M5.4.2-1: that another delrapport has been there does not count, nor a meeting before it was handed in."""
    dp, act = i_nulage, Act.REDOVISA_DELRAPPORT
    early, heard, then = (h.mote(body, date(2026, 10, day)) for body, day in (
        ("samarbetsgrupp", 1), ("samarbetsgrupp", 7), ("ledningsgrupp", 23)))  # fmt: skip
    assert saknas("ordforande", act, dp, **heard, part="Nuläget") == {"M5.4.2-1"}
    for what in ("Nuläget", "Vårdkedjan"):
        h.delrapport(dp, what, date(2026, 10, 6))
    assert saknas("ordforande", act, dp, **early, part="Nuläget") == {"M5.4.2-1"}
    gor("ordforande", act, dp, **heard, part="nuläget ")

    with pytest.raises(Refused, match="just den delrapporten"):
        gor("ordforande", act, dp, **then, part="Vårdkedjan")
    with pytest.raises(Refused, match=r"Nuläget, lämnad 6 oktober 2026, Vårdkedjan, lämnad 6 oktober 2026"):
        gor("ordforande", act, dp, **heard, part="Något annat")
    gor("ordforande", act, dp, **heard, part="Vårdkedjan")
    gor("ordforande", act, dp, **then, part="Vårdkedjan")


def test_5_4_2_what_lies_with_samarbetsgruppen_is_not_rewritten_meanwhile(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    row = h.omgang(dp).atgardsforslag.get()
    attempts = {
        Act.SKRIV_ATGARDSFORSLAG: {"rubrik": "Ett till"},
        Act.ANDRA_ATGARDSFORSLAG: {"objekt": row.pk, "rubrik": "Något annat"},
        Act.SKRIV_UPPFOLJNINGSPLAN: h.PLAN,
        Act.STALL_SIG_BAKOM: {"dag": h.DAG},
        Act.LAMNA_SLUTRAPPORT: {},
    }
    h.lamna(dp)

    for act, underlag in attempts.items():
        assert saknas("ordforande", act, dp, **underlag) == {"M5.4.2-1"}, act
    assert saknas("kommunikator", Act.KORREKTURLAS, dp, dag=h.DAG) == {"M5.4.2-1"}
    with pytest.raises(Refused):
        h.skriv(dp, "sammanfattning")


def test_5_4_2_a_region_comments_on_and_sends_back_what_has_been_handed_in(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    comment = {"region": "skane", "dag": h.DAG, "val": "synpunkter", "text": "Kostnadstak saknas."}
    back = {"dag": h.DAG, "text": "Kostnadstak saknas."}
    assert saknas("samarbetsgrupp.skane", Act.LAMNA_REGIONSYNPUNKT, dp, **comment) == {"M5.4.2-2"}
    assert saknas("samarbetsgrupp.skane", Act.RETURNERA_SLUTRAPPORT, dp, **back) == {"M5.4.2-1"}

    h.lamna(dp)

    gor("samarbetsgrupp.skane", Act.LAMNA_REGIONSYNPUNKT, dp, **comment)
    gor("samarbetsgrupp.skane", Act.RETURNERA_SLUTRAPPORT, dp, **back)
