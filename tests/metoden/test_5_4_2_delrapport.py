"""Sentences of §5.4.2: the delrapport goes to samarbetsgruppen first, and then to ledningsgruppen, for information."""

from datetime import date

from delprojekt.actions.efterhand import Forflutet, write_fact
from delprojekt.models import (
    Delprojekt,
    Dokumentslag,
)
from delprojekt.process.act import Act
from delprojekt.process.efterhand import Uppgift
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.klocka import nu
from delprojekt.process.policy.avgor import decide
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun
from delprojekt.process.uppgift import Uppgiftslag, number_of
from delprojekt.queries import delrapport
from delprojekt.queries.besok import levande_for
from delprojekt.queries.dokument import may_read_version
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, saknas
from tests.world import actor, fresh


def rad(dp: Delprojekt, act: Act = Act.LAMNA_SLUTRAPPORT) -> set[str]:
    """The requirement ids of the advice that is not followed now."""
    return {krav.krav_id for krav in decide(actor("ordforande"), act, build_lage(fresh(dp))).advice}


# M5.4.2-1 «Samarbetsgruppen är första instans för såväl slutrapport som eventuella delrapporter»
def test_5_4_2_a_new_delrapport_meets_samarbetsgruppen_before_ledningsgruppen(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    h.skriv(dp, "nulage_kompetens")
    first, then = h.mote("samarbetsgrupp", date(2026, 10, 6)), h.lg_mote(date(2026, 11, 12))
    h.delrapport(dp, "Nuläget", date(2026, 10, 5))
    gor("ordforande", Act.REDOVISA_DELRAPPORT, dp, **first, part="Nuläget")
    gor("ordforande", Act.LAMNA_DELRAPPORT, dp, part="Nuläget, ny", avsnitt=["nulage_kompetens"], dag=date(2026, 11, 1))
    assert saknas("ordforande", Act.REDOVISA_DELRAPPORT, dp, **then, part="Nuläget, ny") == {"M5.4.2-1"}

    gor("ordforande", Act.REDOVISA_DELRAPPORT, dp, **h.mote("samarbetsgrupp", date(2026, 11, 3)), part="Nuläget, ny")
    gor("ordforande", Act.REDOVISA_DELRAPPORT, dp, **then, part="Nuläget, ny")
    assert h.omgang(dp).dokument.filter(slag="delrapport").latest("pk").version == "0.2"


# M5-12 «hålla Södra sjukvårdsregionens ledningsgrupp informerade genom presentation av delrapporter»
def test_5_4_2_a_delrapport_goes_from_the_group_to_samarbetsgruppen_to_ledningsgruppen(i_nulage: Delprojekt) -> None:
    """M5.4.2-1, M5-12, T21: a document of its own, read by ledningsgruppen when it is passed on; the step stays."""
    dp = i_nulage
    h.skriv(dp, "nulage_kompetens")
    assert saknas("ordforande", Act.DELGE_DELRAPPORT, dp) == {"M5.4.2-1"}
    gor("ordforande", Act.LAMNA_DELRAPPORT, dp, part="Nuläget", avsnitt=["nulage_kompetens"], dag=date(2026, 10, 1))
    paper = h.omgang(dp).dokument.get(slag="delrapport")
    skane = actor("ledningsgrupp.skane")
    assert may_read_version(actor("samarbetsgrupp.skane"), fresh(dp), Dokumentslag.DELRAPPORT, paper)
    assert saknas("ordforande", Act.DELGE_DELRAPPORT, dp) == {"M5.4.2-1"}

    told = h.mote("samarbetsgrupp", date(2026, 10, 6))
    gor("ordforande", Act.REDOVISA_DELRAPPORT, dp, **told, part="Nuläget")
    assert not may_read_version(skane, fresh(dp), Dokumentslag.DELRAPPORT, paper)

    event = gor("ordforande", Act.DELGE_DELRAPPORT, dp)
    assert event.mening == "Delrapporten lämnades till ledningsgruppen för kännedom: Nuläget."
    assert may_read_version(skane, fresh(dp), Dokumentslag.DELRAPPORT, paper)
    assert not may_read_version(skane, fresh(dp), Dokumentslag.DELRAPPORT, None)
    assert not may_read_version(actor("region.skane"), fresh(dp), Dokumentslag.DELRAPPORT, paper)
    (row,) = delrapport.latest(skane, Noun.DELGIVEN_DELRAPPORT)
    assert (row.galler, row.samarbetsgrupp, row.ledningsgrupp) == ("Nuläget", date(2026, 10, 6), None)

    gor("ordforande", Act.LAMNA_DELRAPPORT, dp, part="Nuläget, ny", avsnitt=["nulage_kompetens"])
    newer = h.omgang(dp).dokument.get(slag="delrapport", version="0.2")
    assert not may_read_version(skane, fresh(dp), Dokumentslag.DELRAPPORT, newer)
    assert [row.galler for row in delrapport.latest(skane, Noun.DELGIVEN_DELRAPPORT, given=True)] == ["Nuläget"]
    assert fresh(dp).steg == "nulage"


def test_5_4_2_what_is_told_belongs_to_the_delrapport_that_was_chosen(i_nulage: Delprojekt) -> None:
    """M5.4.2-1, M5-12: two are handed in; ledningsgruppen gets the one that samarbetsgruppen has been told of."""
    dp = i_nulage
    h.skriv(dp, "nulage_kompetens")
    for part, day in (("A", date(2026, 6, 1)), ("B", date(2026, 6, 8))):
        gor("ordforande", Act.LAMNA_DELRAPPORT, dp, part=part, avsnitt=["nulage_kompetens"], dag=day)
    told = h.mote("samarbetsgrupp", date(2026, 6, 10))
    assert saknas("ordforande", Act.REDOVISA_DELRAPPORT, dp, **told, val="0.3", part="A") == {"M5.4.2-1"}
    form = h.formular("ordforande", Act.REDOVISA_DELRAPPORT, dp, **told, val="0.1")
    assert form.is_valid(), form.errors
    gor("ordforande", Act.REDOVISA_DELRAPPORT, dp, **form.underlag())

    assert saknas("ordforande", Act.DELGE_DELRAPPORT, dp, val="0.2") == {"M5.4.2-1"}
    assert saknas("ordforande", Act.REDOVISA_DELRAPPORT, dp, **h.lg_mote(date(2026, 6, 12)), val="0.2", part="B") == {
        "M5.4.2-1"
    }
    assert [key for key, _ in h.formular("ordforande", Act.DELGE_DELRAPPORT, dp).fields["val"].choices] == ["0.1"]
    gor("ordforande", Act.DELGE_DELRAPPORT, dp)
    ways = delrapport.of_round(actor("ordforande"), h.omgang(dp))
    assert [(row.galler, row.samarbetsgrupp, row.hos_ledningsgruppen) for row in ways] == [
        ("B", None, False),
        ("A", date(2026, 6, 10), True),
    ]
    assert [row.version.version for row in ways if row.version] == ["0.2", "0.1"]
    assert saknas("ordforande", Act.DELGE_DELRAPPORT, dp) == {"M5.4.2-1"}, "ledningsgruppen has it"


def test_5_4_2_a_delrapport_from_before_the_portal_opens_no_other(i_nulage: Delprojekt) -> None:
    """M5.4.2-1: it has no document here, and that ledningsgruppen was told of it is about no later one."""
    dp, skane = i_nulage, actor("ledningsgrupp.skane")
    early = [
        Uppgift(Faktumslag.DELRAPPORT_LAMNAD, date(2025, 3, 1), part="Gammal"),
        Uppgift(Faktumslag.DELRAPPORT, date(2025, 12, 31), "hösten 2025", Organslag.LEDNINGSGRUPP, part="Gammal"),
    ]
    path = levande_for(dp)
    past = Forflutet(dp, {Steg(visit.steg): visit for visit in path}, h.omgang(dp), None, nu())
    for one in early:
        write_fact(past, one)
    h.skriv(dp, "nulage_kompetens")
    gor("ordforande", Act.LAMNA_DELRAPPORT, dp, part="Ny", avsnitt=["nulage_kompetens"], dag=date(2026, 2, 1))
    paper = h.omgang(dp).dokument.get(slag="delrapport")
    assert not may_read_version(skane, fresh(dp), Dokumentslag.DELRAPPORT, paper)
    new, old = delrapport.of_round(actor("ordforande"), h.omgang(dp))
    assert (new.galler, new.version, new.hos_ledningsgruppen) == ("Ny", paper, False)
    assert (old.galler, old.version, old.hos_ledningsgruppen) == ("Gammal", None, True)

    row = h.omgang(dp).fakta.get(slag="delrapport_lamnad", part="Ny")
    number = number_of(Uppgiftslag.FAKTUM, row.pk)
    said = {"nar": (date(2024, 5, 1), ""), "part": "Nyare", "skal": "Fel dag."}
    gor("kansli", Act.RATTA_UPPGIFT, dp, objekt=number, **said)
    ways = {row.galler: row.version for row in delrapport.of_round(actor("ordforande"), h.omgang(dp))}
    assert ways == {"Nyare": paper, "Gammal": None}, "a correction moves no document"


def test_5_4_2_the_delrapport_says_what_it_is_about_and_to_whom_it_goes(i_nulage: Delprojekt) -> None:
    h.skriv(i_nulage, "nulage_kompetens")
    gor("ordforande", Act.LAMNA_DELRAPPORT, i_nulage, part="Nuläget", avsnitt=["nulage_kompetens"])
    first, *rest = h.omgang(i_nulage).dokument.get(slag="delrapport").trad["chapters"]
    assert first["heading"] == "Om delrapporten"
    assert "Samarbetsgruppen" in str(first)
    assert [chapter["key"] for chapter in rest] == ["nulage"]
