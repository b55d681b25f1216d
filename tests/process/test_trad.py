"""The thread as pure data: what comes from what, and where something is missing (§5.2–5.8)."""

from delprojekt.process.trad import Hal, Knut, Led, Trad, om, samlade

NULAGE = Knut(Led.NULAGE, "a", "Nuläge 7.1", "Patienter")
ANALYS = Knut(Led.ANALYS, "a", "Analys 8.1", "Patienter", (NULAGE.id,))
SLUTSATS = Knut(Led.SLUTSATS, "1", "Slutsats 1", "Det räcker inte.", (ANALYS.id,))
FORSLAG = Knut(Led.FORSLAG, "1", "Förslag 1", "Fasta tider", (SLUTSATS.id,))
ALLA = frozenset(Led)


def hal(*knutar: Knut, led: frozenset[Led] = ALLA) -> list[str]:
    return [one.text for one in Trad(knutar, led).hal]


def test_a_whole_thread_has_no_holes() -> None:
    assert hal(NULAGE, ANALYS, SLUTSATS, FORSLAG) == []


def test_5_3_nulage_without_analysis_and_analysis_without_conclusion_are_holes_at_once() -> None:
    assert hal(NULAGE) == ["Nuläge 7.1 har ingen analys."]
    assert hal(NULAGE, ANALYS) == ["Analys 8.1 leder inte till någon slutsats."]


def test_5_4_a_conclusion_waits_for_a_proposal_only_when_the_proposals_have_begun() -> None:
    other = Knut(Led.SLUTSATS, "2", "Slutsats 2", "Något annat.", (ANALYS.id,))
    assert hal(NULAGE, ANALYS, SLUTSATS) == []
    assert hal(NULAGE, ANALYS, SLUTSATS, other, FORSLAG) == ["Slutsats 2 leder inte till något förslag."]


def test_5_4_a_proposal_that_no_conclusion_bears_is_a_hole_for_those_who_see_conclusions() -> None:
    alone = Knut(Led.FORSLAG, "3", "Förslag 3", "Något")
    assert hal(alone) == ["Ingen slutsats bär förslag 3."]
    assert hal(alone, led=frozenset({Led.FORSLAG})) == []


def test_5_2_what_ends_for_a_reason_waits_for_nothing() -> None:
    assert hal(Knut(Led.NULAGE, "a", "Nuläge 7.1", "Patienter", slut="Utelämnat: används inte")) == []


def test_5_4_3_a_proposal_that_is_struck_ends_and_the_other_is_missed() -> None:
    struck = Knut(Led.FORSLAG, "2", "Förslag 2", "Mall", (SLUTSATS.id,), slut="Struket av ledningsgruppen: ryms i 1")
    clause = Knut(Led.ATTSATS, "9", "Att-sats 1", "införa", ("forslag-5",))
    found = hal(NULAGE, ANALYS, SLUTSATS, FORSLAG, struck, clause)
    assert found == ["Att-sats 1 kommer inte ur något åtgärdsförslag.", "Ingen att-sats tar upp förslag 1."]


def test_5_8_a_parameter_is_missed_only_when_another_is_tied_to_a_proposal() -> None:
    second = Knut(Led.FORSLAG, "2", "Förslag 2", "Mall", (SLUTSATS.id,))
    thread = (NULAGE, ANALYS, SLUTSATS, FORSLAG, second)
    tied = Knut(Led.MATVARDE, "7", "Väntetid", "Inte mätt än", (FORSLAG.id,))
    loose = Knut(Led.MATVARDE, "8", "Nöjdhet", "Inte mätt än")
    assert hal(*thread, loose) == ["Nöjdhet följer inte upp något särskilt förslag."]
    assert hal(*thread, tied) == ["Ingen parameter följer upp förslag 2."]


def test_asking_for_the_holes_changes_nothing_of_the_ways() -> None:
    tied = Knut(Led.MATVARDE, "7", "Väntetid", "Inte mätt än", (FORSLAG.id,))
    trad = Trad((NULAGE, ANALYS, SLUTSATS, FORSLAG, tied), ALLA)
    assert trad.hal == []
    assert trad.till(FORSLAG) == [tied]
    assert trad.fran(tied) == [FORSLAG]
    assert trad.following(NULAGE) == [ANALYS, SLUTSATS, FORSLAG, tied]


def test_the_last_knots_of_a_thread_are_its_ends() -> None:
    first, second = (Knut(Led.ATTSATS, n, f"Att-sats {n}", "", (FORSLAG.id,)) for n in "12")
    assert Trad((FORSLAG, first, second), ALLA).ytterst(FORSLAG.id) == ("attsats-1", "attsats-2")
    assert Trad((FORSLAG,), ALLA).ytterst(FORSLAG.id) == (FORSLAG.id,)


def test_what_is_missing_for_several_numbers_is_said_once() -> None:
    said = "Skåne har inte beslutat om rekommendation {}."
    found = samlade([om("a", Led.BESLUT, said, 1), Hal("b", Led.ANALYS, "Annat."), om("c", Led.BESLUT, said, 4)])
    assert [(one.knut, one.text) for one in found] == [
        ("a", "Skåne har inte beslutat om rekommendation 1 och 4."),
        ("b", "Annat."),
    ]
    assert [one.text for one in samlade([om("a", Led.BESLUT, said, 2)])] == [
        "Skåne har inte beslutat om rekommendation 2."
    ]
