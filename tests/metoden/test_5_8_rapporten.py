"""Sentences of §5.8: the follow-up report is final when it is handed in, and holds what was filled in (M5.8-7)."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from delprojekt.actions.dokument import current_tree
from delprojekt.documents.tree import Block, Document, Facts, Html, Table, from_data
from delprojekt.models import Avsnitt, Delprojekt, Dokumentslag, Dokumentversion
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests import uppfoljt, world
from tests.documents.tradet import chapter, table
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.world import fresh

RAPPORT = Dokumentslag.UPPFOLJNINGSRAPPORT


def current(dp: Delprojekt) -> Document:
    """Return the report as the portal shows it now."""
    return current_tree(fresh(dp), h.omgang(dp), RAPPORT)


def blocks(tree: Document, section: str) -> tuple[Block, ...]:
    return chapter(tree, f"uppfoljningsrapport_{section}").blocks


# M5.8-7, architecture.md §6: a final document is 1.0 and no arbetsmaterial; a further round gives 2.0
def test_5_8_the_report_is_final_when_it_is_handed_in_and_the_next_round_begins_its_own(
    klar_uppfoljning: Delprojekt,
) -> None:
    """M5.8-7, M5.8-12."""
    dp = klar_uppfoljning
    first = Dokumentversion.objects.get(delprojekt=dp, slag=RAPPORT)
    tree = current(dp)
    assert (first.version, first.faststalld, first.status_text) == ("1.0", True, f"Lämnad {skriv(h.DAG)}")
    assert (tree.version, tree.is_draft) == ("1.0", False)

    h.redovisa(dp, "samarbetsgrupp", "ledningsgrupp", "namnd")
    gor("sekreterare", Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, dp, **h.lg_mote())
    assert (current(dp).version, current(dp).is_draft) == ("", True), "the next round writes its own report"
    gor("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, dp, dag=h.DAG)

    second = Dokumentversion.objects.filter(delprojekt=dp, slag=RAPPORT).latest("pk")
    assert (second.version, current(dp).version, second.aterkallad_at) == ("2.0", "2.0", None)
    h.redovisa(dp, "samarbetsgrupp", "ledningsgrupp", "namnd")
    gor("kansli", Act.AVSLUTA, dp, **h.lg_mote())
    assert current(dp).version == "2.0"


# T39 «omgång n+1»: the report of the earlier round is where it begins, and nobody has said that it is done
def test_m5_8_12_the_next_round_begins_with_the_earlier_text_that_is_no_longer_marked_as_done(
    klar_uppfoljning: Delprojekt,
) -> None:
    """M5.8-12: handed in as it stood, it takes a motivering; a section that is gone through takes none."""
    dp = klar_uppfoljning
    (key,) = h.skrivna(dp, "uppfoljningsrapport")
    row = Avsnitt.objects.get(omgang=h.omgang(dp), nyckel=key)
    Avsnitt.objects.filter(pk=row.pk).update(klar_version=row.version)
    h.redovisa(dp, "samarbetsgrupp", "ledningsgrupp", "namnd")
    gor("sekreterare", Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, dp, **h.lg_mote())

    row.refresh_from_db()
    assert (bool(row.html), row.klart) == (True, False)
    client = Client()
    client.force_login(world.person("kansli").konto)
    page = client.get(f"/delprojekt/{dp.pk}/visa/uppfoljning/").content.decode()
    regions = re.findall(r'role="region" aria-label="([^"]+)"', page)
    assert "Tabell: Mätvärden per parameter, omgång 2" in regions
    assert len(regions) == len(set(regions))  # WCAG 1.3.1, as axe says it: landmark-unique
    who, act = h.som(Roll.UPPFOLJNINGSANSVARIG, i=dp), Act.LAMNA_UPPFOLJNINGSRAPPORT
    assert Krav.OMGANGENS_RAPPORT_GENOMGANGEN in decide(who, act, build_lage(fresh(dp))).advice

    gor("ordforande", Act.KLARMARKERA_AVSNITT, dp, avsnitt=key)
    assert Krav.OMGANGENS_RAPPORT_GENOMGANGEN not in decide(who, act, build_lage(fresh(dp))).advice


# template.md kap 13: 13.2 … 13.6 hold what the regions and the one who follows up have filled in
def test_5_8_what_is_filled_in_stands_in_the_report(i_uppfoljning: Delprojekt) -> None:
    """M5.8-2, M5.8-7, M5.8-8, I-3, I-14, I-19."""
    dp = i_uppfoljning
    plan = h.omgang(dp).plan
    plan.parametrar.update(
        enhet="st", utgangsvarde="246", malvarde="500", malvarde_text="", nivaer=["röd", "grön"], granser=["0", "500"]
    )
    parameter = plan.parametrar.get()
    uppfoljt.measure(dp)
    gor("ordforande", Act.REGISTRERA_MATVARDEN, dp, varden={parameter.pk: (Decimal("12.5"), "röd")}, region="skane",
        period="mars 2027")  # fmt: skip
    world.write("ordforande", dp, "uppfoljningsrapport_slutsats")

    gor("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, dp)

    tree = from_data(Dokumentversion.objects.get(delprojekt=dp, slag=RAPPORT).trad)
    values = table(tree, "uppfoljningsrapport_parametrar")
    assert values.rows == (
        (parameter.namn, "Hela sjukvårdsregionen", "246\u00a0st", "512\u00a0st", "500\u00a0st", "februari 2027",
         "grön, bättre"),
        (parameter.namn, "Skåne", "246\u00a0st", "12,5\u00a0st", "500\u00a0st", "mars 2027", "röd"),
    )  # fmt: skip
    assert values.source == "Statistik"
    assert Facts((("Vad det har gett", "Råd ges snabbare."),)) in blocks(tree, "parametrar")
    reached = "Uppfyllt. 1 av 1 bedömda parametrar är på högsta nivån."
    assert Facts((("Måluppfyllelse", reached),)) in blocks(tree, "parametrar")
    assert Facts((("Vad som har gjorts", "Fasta tider är införda."),)) in blocks(tree, "inforande")
    assert blocks(tree, "enkat") == (Facts((("Enkät", "78 av 120 svarade (65\u00a0%)."),)),)
    assert blocks(tree, "perspektiv") == (Html("<p>Nöjda.</p>"),)
    assert table(tree, "uppfoljningsrapport_hinder").rows == (
        ("Halland", "1", "Journalmallen går inte att lägga in.", "Anmält"),
    )


# §5.6: a region that does not follow a recommendation has nothing to introduce
@pytest.mark.parametrize(("utfall", "word"), [("avslag", "Inte aktuellt"), ("bifall", "Inte rapporterat")])
def test_5_8_a_region_that_said_no_is_not_said_to_owe_a_report(
    i_uppfoljning: Delprojekt, utfall: str, word: str
) -> None:
    """M5.8-7."""
    dp = i_uppfoljning
    world.decide_in(dp, "skane", utfall)

    said: Any = next(b for b in blocks(current(dp), "inforande") if isinstance(b, Table))

    assert dict(zip(said.header, said.rows[0], strict=True))["Skåne"] == word
    assert fresh(dp).steg == Steg.UPPFOLJNING
