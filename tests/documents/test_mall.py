"""The first version of the shared template holds what the method asks for."""

import pytest

from delprojekt.models import Mallavsnitt, Mallversion
from delprojekt.process.mall import ANALYS_PREFIX, NULAGE_PREFIX, SLUTRAPPORTENS_DELAR, UPPDRAGETS_DELAR, analys_till

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections() -> list[Mallavsnitt]:
    return list(Mallversion.objects.get(status="gallande").avsnitt.order_by("ordning"))


def test_5_1_3_the_uppdrag_has_its_six_parts_in_order(sections: list[Mallavsnitt]) -> None:
    assert {s.nyckel: s.rubrik for s in sections if s.i_uppdrag} == UPPDRAGETS_DELAR
    assert [s.nummer for s in sections if s.i_uppdrag] == ["1", "2", "3", "4", "5", "6"]


def test_5_4_1_the_slutrapport_is_the_same_template_with_its_fixed_parts(sections: list[Mallavsnitt]) -> None:
    report = {s.nyckel: s.rubrik for s in sections if s.i_slutrapport}
    assert report.items() >= (UPPDRAGETS_DELAR | SLUTRAPPORTENS_DELAR).items()
    tops = [s.nummer for s in sections if s.i_slutrapport and not s.foralder]
    assert tops == ["", "1", "2", "3", "4", "5", "6", "6b", "7", "8", "9", "10", "11", "12", ""]


def test_5_3_the_analysis_follows_the_same_disposition_as_the_nulage(sections: list[Mallavsnitt]) -> None:
    by_key = {s.nyckel: s for s in sections}
    parts = [s for s in sections if s.foralder == "nulage"]
    assert [s.nummer for s in parts] == ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6"]
    for part in parts:
        answer = by_key[analys_till(part.nyckel)]
        assert (answer.rubrik, answer.nummer, answer.foralder) == (part.rubrik, f"8{part.nummer[1:]}", "analys")


def test_sub_sections_carry_the_key_of_their_chapter(sections: list[Mallavsnitt]) -> None:
    keys = {s.nyckel for s in sections}
    for section in sections:
        assert not section.foralder or section.nyckel.startswith(f"{section.foralder}_")
        assert section.foralder in keys | {""}
        is_part = section.nyckel.startswith((NULAGE_PREFIX, ANALYS_PREFIX))
        assert bool(section.foralder in {"nulage", "analys"}) == is_part


def test_5_8_the_follow_up_has_its_seven_parts(sections: list[Mallavsnitt]) -> None:
    own = [s for s in sections if s.i_uppfoljning]
    assert [s.nummer for s in own] == ["13", *(f"13.{number}" for number in range(1, 8))]
    assert not any(s.i_slutrapport for s in own)


def test_every_section_has_guidance_in_whole_sentences(sections: list[Mallavsnitt]) -> None:
    for section in sections:
        assert section.vagledning[0].isupper()
        assert section.vagledning.endswith((".", "?"))
