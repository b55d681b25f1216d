"""Running text: nothing but the allow-list gets through, and what got through once gets through unchanged."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delprojekt.documents.text import ATTRIBUTES, DATA_IMAGE, LINK_SCHEMES, OWN_MEDIA, REFERENCE, TAGS, sanitise
from tests.documents import samples
from tests.documents.hostile import FIRE

PIECES = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<li>",
            "<ul>",
            "</ul>",
            "<h3>",
            "</h3>",
            "<em>",
            "</em>",
        ),
        *("<a href='https://exempel.se'>", "</a>", "<svg>", "<math>", "<style>", "<button>", "<form>", "<!--", "-->"),
        *(
            "<img src=/media/a.png alt=x>",
            "<caption>",
            "<figure>",
            "<br>",
            "text",
            " ",
            "&lt;",
            "&nbsp;",
            '"',
            "<",
            "'",
        ),
    )
)


class _Probe(HTMLParser):
    """Collects what a browser would see that is not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.faults.append(f"{tag}[{name}]")
            elif name == "href" and REFERENCE.fullmatch(str(value)):
                continue
            elif name == "href" and str(value).split(":")[0].lower() not in LINK_SCHEMES:
                self.faults.append(f"href={value}")
            elif name == "src" and not (DATA_IMAGE.fullmatch(str(value)) or OWN_MEDIA.fullmatch(str(value))):
                self.faults.append(f"src={value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    handle_decl = unknown_decl = handle_pi = handle_comment


def faults(html: str) -> list[str]:
    """Return what in ``html`` is not on the allow-list."""
    probe = _Probe()
    probe.feed(html)
    probe.close()
    return probe.faults


@pytest.mark.parametrize("html", FIRE)
def test_a_hostile_text_keeps_nothing_that_acts(html: str) -> None:
    clean = sanitise(html)
    assert faults(clean) == []
    assert sanitise(clean) == clean


def test_the_probe_sees_what_is_hostile() -> None:
    assert len([html for html in FIRE if faults(html)]) >= 150


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)))
def test_text_that_has_passed_once_passes_unchanged(html: str) -> None:
    clean = sanitise(html)
    assert sanitise(clean) == clean
    assert faults(clean) == []


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Rubrik</h3><p>Text med <strong>starkt</strong>, <em>kursivt</em>, CO<sub>2</sub>, m<sup>2</sup>.<br>R</p>",
        '<ol start="3"><li>tre<ul><li>under</li></ul></li></ol><blockquote><p>Citat</p></blockquote>',
        '<table><caption>Möten</caption><thead><tr><th scope="col">Region</th><th colspan="2">Antal</th></tr></thead>'
        '<tbody><tr><th scope="row" rowspan="2">Skåne</th><td>1&nbsp;480</td><td>≥ 3</td></tr></tbody></table>',
        '<figure><img src="/media/2026/karta.png" alt="Karta &amp; text"><figcaption>Karta</figcaption></figure>',
        samples.WRITTEN,
        '<p><a href="https://exempel.se/a?b=1&amp;c=2">länk</a> <a href="mailto:kansli@exempel.se">brev</a></p>',
    ],
)
def test_what_the_editor_writes_is_kept_as_it_is(html: str) -> None:
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<table id="main"><tbody></tbody></table>', "<table><tbody></tbody></table>"),
        ('<figure id="tabell-a"></figure>', "<figure></figure>"),
        ('<p id="tabell-a">x</p>', "<p>x</p>"),
        ('<a href="#main">x</a>', "<a>x</a>"),
        ('<a href="#kap-A b">x</a>', "<a>x</a>"),
    ],
)
def test_only_tables_figures_and_chapters_are_referred_to(html: str, clean: str) -> None:
    assert sanitise(html) == clean


def test_unknown_tags_leave_their_words_but_script_and_style_do_not() -> None:
    assert sanitise("<div><h1>Rubrik</h1><u>ord</u></div><script>bort()</script><style>bort</style>") == "Rubrikord"


def test_letters_are_composed_and_unprintable_signs_taken_away() -> None:
    assert sanitise("<p>a\u030angstro\u0308m\x00\x0b\ud800</p>\r\n") == "<p>ångström</p>"
