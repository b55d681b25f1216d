"""Sentences of §5.4.3–5.6: the recommendation stands in the papers that the register says hold it."""

from delprojekt.documents.build import build
from delprojekt.documents.tree import Facts, Html, NumberedPoints, from_data
from delprojekt.models import AllmanHandling, Delprojekt, Dokumentslag, Dokumentversion
from delprojekt.process.act import Act
from delprojekt.process.klocka import nu
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor

GODKANNER = Html("<p>Södra regionvårdsnämnden godkänner slutrapporten och rekommenderar regionerna att</p>")
SATSER = NumberedPoints(
    (
        "införa fasta tider (riktas till Blekinge, Halland, Kronoberg och Skåne)",
        "använda gemensam mall (riktas till Blekinge, Halland, Kronoberg och Skåne)",
    )
)


def registered(dp: Delprojekt, act: Act) -> Dokumentversion:
    """Return the document that an act's row in the register points to."""
    document = AllmanHandling.objects.get(delprojekt=dp, handelse__act=act).dokument
    assert document is not None
    return document


# M5.5-3 «godkänner slutrapporten och rekommenderar regionerna att»
def test_5_5_the_approved_slutrapport_begins_with_the_recommendation(hos_huvudmannen: Delprojekt) -> None:
    """M5.5-3."""
    dp = hos_huvudmannen
    version = registered(dp, Act.REKOMMENDERA)
    first, second, *_ = from_data(version.trad).chapters
    decision = dp.namndbeslut.get()

    assert (first.heading, first.number, second.key) == ("Beslut", "", "sammanfattning")
    when = "2 mars 2026 § 27"
    assert first.blocks == (
        Facts((("Beslutat av", f"Södra regionvårdsnämnden, {when}"),)),
        GODKANNER,
        SATSER,
        Facts((("Lydelse i protokollet", decision.lydelse),)),
    )
    handed_in = Dokumentversion.objects.filter(delprojekt=dp, slag=Dokumentslag.SLUTRAPPORT).earliest("pk")
    draft = build(dp, "slutrapport", now=nu())
    assert "namndens_beslut" not in {c.key for tree in (from_data(handed_in.trad), draft) for c in tree.walk()}


# §5.6: what is sent to the regions is the slutrapport with the recommendation
def test_5_6_what_is_sent_to_the_regions_has_its_file(hos_huvudmannen: Delprojekt) -> None:
    """M5.5-3, conventions.md §6.2."""
    dp = hos_huvudmannen
    if not AllmanHandling.objects.filter(delprojekt=dp, handelse__act=Act.EXPEDIERA).exists():
        gor("namndsekreterare", Act.EXPEDIERA, dp, dag=h.DAG)

    assert registered(dp, Act.EXPEDIERA) == registered(dp, Act.REKOMMENDERA)


# §5.4.3: ledningsgruppen hands its beslutsförslag to nämnden; what was agreed on is kept
def test_5_4_3_the_beslutsforslag_is_a_paper_of_its_own(hos_huvudmannen: Delprojekt) -> None:
    """M5.4.3-2."""
    version = registered(hos_huvudmannen, Act.LAMNA_TILL_NAMNDEN)

    assert (version.slag, version.version, version.faststalld) == (Dokumentslag.BESLUTSFORSLAG, "1.0", True)
    assert version.status_text.startswith("Beslutat av ledningsgruppen")
    assert from_data(version.trad).chapters[0].blocks == (GODKANNER, SATSER)
    assert version.jobb.get().slag == Dokumentslag.BESLUTSFORSLAG
