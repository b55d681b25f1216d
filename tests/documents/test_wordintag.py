"""Where the parts of a Word file seem to belong, and what of them stands as it stood."""

from typing import Any

import pytest

from delprojekt.documents.wordintag import INTE, OVAN, as_it_stood, guess
from delprojekt.models import Mallavsnitt

TARGETS = [
    Mallavsnitt(pk=pk, nyckel=key, nummer=number, rubrik=heading, foralder=above)
    for pk, (key, number, heading, above) in enumerate(
        (
            ("sammanfattning", "", "Sammanfattning", ""),
            ("nulage", "7", "Nuläge", ""),
            ("nulage_ekonomi", "7.6", "Ekonomi", "nulage"),
            ("nulage_kompetens", "7.3", "Kompetenstillgång", "nulage"),
            ("analys", "8", "Analys", ""),
            ("analys_ekonomi", "8.6", "Ekonomi", "analys"),
        ),
        1,
    )
]


def parts(*told: tuple[int, str] | tuple[int, str, str]) -> list[dict[str, Any]]:
    return [{"niva": one[0], "rubrik": one[1], "marke": one[2] if len(one) > 2 else "", "html": "x"} for one in told]


def guessed(*told: tuple[int, str] | tuple[int, str, str]) -> list[str]:
    found = guess(parts(*told), TARGETS, 7)
    return [found[str(at)] for at in range(len(told))]


@pytest.mark.parametrize(
    ("told", "keys"),
    [
        ([(1, "Analys"), (2, "Ekonomi")], ["analys", "analys_ekonomi"]),
        ([(1, "7 NULÄGE"), (2, "7.6 Ekonomi")], ["nulage", "nulage_ekonomi"]),
        ([(2, "8.6 Ekonomi"), (2, "Ekonomi")], ["analys_ekonomi", "nulage_ekonomi"]),
        ([(1, "Sammanfatning"), (1, "Kompetenstillgang")], ["sammanfattning", "nulage_kompetens"]),
        ([(0, ""), (1, "Tack till")], [INTE, INTE]),
        ([(1, "Nuläge"), (2, "Något eget"), (1, "Bilaga"), (2, "I bilagan")], ["nulage", OVAN, INTE, INTE]),
    ],
    ids=["below its chapter", "by number", "each once", "nearly the same", "nothing like it", "below what was found"],
)
def test_a_part_is_laid_where_its_heading_points(told: list[tuple[int, str]], keys: list[str]) -> None:
    assert guessed(*told) == keys


def test_a_bookmark_says_more_than_a_heading_and_headings_between_go_with_the_section_above() -> None:
    told = [(1, "Nuläge", "_sfbv_7_5_3"), (1, "En egen rubrik"), (2, "Ekonomi", "_sfbv_7_6_1")]
    assert guessed(*told) == ["analys", OVAN, "analys_ekonomi"]
    assert guessed((1, "Nuläge", "_sfbv_8_5_3")) == ["nulage"]


def test_what_only_looks_otherwise_stands_as_it_stood_and_what_was_changed_does_not() -> None:
    table = '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    bas = f'<p>Ett <dfn title="förklaring">ord</dfn>.</p>{table}<p><em>Kvar</em></p>'
    came = f"<p>Ett ord.</p>{table.replace('>A<', '><strong>A</strong><')}<p><strong>Kvar</strong></p>"
    assert as_it_stood(bas, came) == f'<p>Ett <dfn title="förklaring">ord</dfn>.</p>{table}<p><strong>Kvar</strong></p>'
    assert as_it_stood(bas, '<p>Ett <dfn title="">ord</dfn> till.</p>') == (
        '<p>Ett <dfn title="förklaring">ord</dfn> till.</p>'
    )


def test_a_part_with_the_mark_of_somebody_elses_section_is_nowhere_whatever_its_heading_says() -> None:
    """M4.4-1."""
    own = [one for one in TARGETS if one.nyckel in {"nulage_kompetens", "analys_ekonomi"}]
    told = [
        (1, "7 Nuläge", "_sfbv_7_2_x"),
        (2, "7.3 Kompetenstillgång", "_sfbv_7_4_1"),
        (2, "7.6 Ekonomi", "_sfbv_7_3_1"),
        (2, "En egen rubrik"),
        (1, "8 Analys", "_sfbv_7_5_x"),
        (2, "8.6 Ekonomi", "_sfbv_7_6_1"),
    ]
    found = guess(parts(*told), own, 7)
    assert list(found.values()) == [INTE, "nulage_kompetens", INTE, INTE, INTE, "analys_ekonomi"]


@pytest.mark.parametrize(
    ("bas", "came"),
    [
        ('<p>Ett <dfn title="gammal">ord</dfn>.</p>', '<p>Ett <dfn title="ny">ord</dfn>.</p>'),
        ("<p>Ett ord.</p>", '<p>Ett <dfn title="ny">ord</dfn>.</p>'),
        (
            '<p><dfn title="a">Ett</dfn> <dfn title="b">ord</dfn>.</p>',
            '<p><dfn title="a">Ett</dfn> ord.</p>',
        ),
        ("<p><strong>Ska</strong> och bör.</p>", "<p>Ska och <strong>bör</strong>.</p>"),
        ("<p>H<sub>2</sub>O x2</p>", "<p>H2O x<sub>2</sub></p>"),
        (
            '<p><a href="https://a.se/">A</a> <a href="https://b.se/">B</a></p>',
            '<p><a href="https://b.se/">A</a> <a href="https://a.se/">B</a></p>',
        ),
        ("<ul><li>ab</li><li>c</li></ul>", "<ul><li>a</li><li>bc</li></ul>"),
    ],
    ids=["explained anew", "new fackord", "no fackord", "bold moved", "index moved", "links changed", "items"],
)
def test_what_was_changed_only_in_its_marks_is_a_change(bas: str, came: str) -> None:
    assert as_it_stood(bas, came) == came
    assert as_it_stood(bas, bas) == bas


def test_a_space_that_moved_out_of_what_is_bold_is_no_change() -> None:
    assert as_it_stood("<p>Ett <strong>fett </strong>ord.</p>", "<p>Ett <strong>fett</strong> ord.</p>") == (
        "<p>Ett <strong>fett </strong>ord.</p>"
    )


def test_a_long_table_of_the_portals_own_stands_as_it_stood() -> None:
    rows = "<tr><td>1</td></tr>" * 600
    bas = f"<p>Före</p><table><caption>Besök</caption><tbody>{rows}</tbody></table>"
    assert as_it_stood(bas, "<p>Före</p><p>[Tabellen ”Besök” har 600 rader och togs inte med: högst 500.]</p>") == bas
    other = "<p>Före</p><p>[Tabellen ”Annan” har 600 rader och togs inte med: högst 500.]</p>"
    assert as_it_stood(bas, other) == other
