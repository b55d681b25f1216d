"""Sentences of §5.4.1 about writing together: each says when their part is done, one person when the whole is."""

import pytest

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Avsnittsversion, Delprojekt, Utskick
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused, Why, decide
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas
from tests.world import DAG, actor, fresh, person

KEY = "nulage_kompetens"


def utse(dp: Delprojekt, who: str) -> None:
    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter={}, helhetsansvarig=person(who).pk)


def rad(dp: Delprojekt) -> list[str]:
    """What is not yet marked as done, as the one who answers for the whole is told."""
    decision = decide(actor("ledamot"), Act.LAMNA_TILL_KORREKTUR, build_lage(fresh(dp)))
    return [detail for krav in decision.advice for detail in krav.value.detalj(build_lage(fresh(dp)))]


# M5.4.1-4 «bör en av dem ha helhetsansvaret»: only that person says that it is ready for korrektur
def test_5_4_1_only_the_one_who_answers_for_the_whole_says_that_it_is_ready_for_korrektur(
    fardig_rapport: Delprojekt,
) -> None:
    """M5.4.1-4, M5.4.1-7."""
    dp = fardig_rapport
    for who in ("ordforande", "ledamot", "kansli", "kommunikator"):
        assert nekas(who, Act.LAMNA_TILL_KORREKTUR, dp).why is Why.NOT_YOURS, who
    utse(dp, "ledamot")
    assert nekas("ordforande", Act.LAMNA_TILL_KORREKTUR, dp).why is Why.NOT_YOURS
    event = gor("ledamot", Act.LAMNA_TILL_KORREKTUR, dp, text="Titta särskilt på tabellerna.")
    mailed = Utskick.objects.filter(handelse=event).values_list("adress", flat=True)
    assert {"kommunikator@exempel.se", "kansli@exempel.se"} <= set(mailed)
    utse(dp, "ordforande")
    assert nekas("ledamot", Act.LAMNA_TILL_KORREKTUR, dp).why is Why.NOT_YOURS


def test_5_4_1_what_is_not_marked_as_done_is_advice_and_never_stops_it(fardig_rapport: Delprojekt) -> None:
    """M5.4.1-4."""
    dp = fardig_rapport
    utse(dp, "ledamot")
    before = rad(dp)
    assert "7.3 Kompetenstillgång" in before
    gor("ledamot", Act.KLARMARKERA_AVSNITT, dp, avsnitt=KEY)
    assert rad(dp) == [heading for heading in before if heading != "7.3 Kompetenstillgång"]
    row = h.omgang(dp).avsnitt.get(nyckel=KEY)
    save_section(actor("ordforande"), fresh(dp), KEY, "<p>Något nytt.</p>", row.version)
    assert rad(dp) == before
    gor("ledamot", Act.LAMNA_TILL_KORREKTUR, dp)


def test_5_4_1_a_section_is_marked_as_done_by_those_who_may_write_it(fardig_rapport: Delprojekt) -> None:
    """M5.4.1-3."""
    dp = fardig_rapport
    assert nekas("kommunikator", Act.KLARMARKERA_AVSNITT, dp).why is Why.NOT_YOURS
    assert nekas("samarbetsgrupp.skane", Act.KLARMARKERA_AVSNITT, dp).why is Why.NOT_YOURS
    assert nekas("ledamot", Act.KLARMARKERA_AVSNITT, dp, avsnitt=KEY).why is Why.NOT_YOURS
    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter={KEY: person("ledamot").pk})
    assert nekas("ledamot", Act.KLARMARKERA_AVSNITT, dp, avsnitt="nulage_perspektiv").why is Why.NOT_YOURS
    for who in ("ordforande", "ledamot", "kansli"):
        gor(who, Act.KLARMARKERA_AVSNITT, dp, avsnitt=KEY)
        gor(who, Act.KLARMARKERA_AVSNITT, dp, avsnitt=KEY, klar=False)
    with pytest.raises(Ogiltigt, match="ingen text"):
        gor("ordforande", Act.KLARMARKERA_AVSNITT, dp, avsnitt="nulage_ekonomi")
    h.lamna(dp)
    with pytest.raises(Refused, match="är inlämnad"):
        gor("ordforande", Act.KLARMARKERA_AVSNITT, dp, avsnitt=KEY)


def test_5_4_1_what_was_marked_and_what_was_handed_in_is_kept_for_ever(fardig_rapport: Delprojekt) -> None:
    """M5.4.1-1."""
    dp = fardig_rapport
    gor("ordforande", Act.KLARMARKERA_AVSNITT, dp, avsnitt=KEY)
    h.lamna(dp)
    marks = Avsnittsversion.objects.filter(avsnitt__omgang=h.omgang(dp)).exclude(markning="")
    told = "När steget Analys började. När steget Åtgärdsförslag började. Klarmarkerad. I slutrapport 0.1"
    assert marks.get(avsnitt__nyckel=KEY).markning == told
    assert {row.avsnitt.nyckel: row.markning for row in marks}["sammanfattning"] == "I slutrapport 0.1"


def test_5_1_3_whoever_is_handed_the_uppdrag_is_told_of_the_start_kit(med_grupp: Delprojekt) -> None:
    """M5.1.3-1."""
    event = gor("kansli", Act.OVERLAMNA_UPPDRAG, med_grupp, dag=DAG)
    letters = Utskick.objects.filter(handelse=event).values_list("text", flat=True)
    assert letters
    assert all(f"/rapport/{med_grupp.pk}/startpaket/" in text for text in letters)


def test_5_1_3_the_uppdrag_is_marked_as_done_by_kansliet_part_by_part(startat: Delprojekt) -> None:
    """M5.1.3-3."""
    save_section(actor("kansli"), startat, "bakgrund", "<p>Varför det är angeläget.</p>", 0)
    gor("kansli", Act.KLARMARKERA_AVSNITT, startat, avsnitt="bakgrund")
    assert h.omgang(startat).avsnitt.get(nyckel="bakgrund").klart
    assert nekas("samarbetsgrupp.skane", Act.KLARMARKERA_AVSNITT, startat).why is Why.NOT_YOURS
