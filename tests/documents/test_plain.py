"""Plain text and running text say the same thing, and nothing is lost on the way there and back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from delprojekt.documents.plain import from_plain, is_plain, to_plain
from delprojekt.documents.text import sanitise

LINES = st.one_of(
    st.text(max_size=40),
    st.text("ab <>&\"'-#.\\1234åäö\u00a0|", max_size=20),
    st.builds(
        "{}{}".format, st.sampled_from(["- ", "1. ", "7. ", "### ", "##### ", "\\", "\\- "]), st.text(max_size=9)
    ),
)
TEXTS = st.lists(LINES, max_size=8).map("\n".join)


@given(TEXTS)
@example("- a\n\n- b\n\n3. c\n4. d")
@example("\\")
@example("\\- a\n\\\\- b")
@example("1. a\n1. b\n\n2. c")
def test_what_plain_text_became_comes_back_the_same(text: str) -> None:
    html = from_plain(text)
    assert from_plain(to_plain(html)) == html
    assert is_plain(html)


@given(TEXTS)
def test_plain_text_becomes_only_what_the_allow_list_lets_through(text: str) -> None:
    assert sanitise(from_plain(text)) == from_plain(text)


@given(st.text("<>&\"'abc=/ ", min_size=1, max_size=30))
def test_every_written_character_is_shown(text: str) -> None:
    assert to_plain(from_plain(text)).split() == text.split()


@given(st.text(max_size=200))
def test_plain_text_of_any_html_can_be_read_again(html: str) -> None:
    once = to_plain(sanitise(html))
    assert to_plain(from_plain(once)) == once


def test_the_three_forms_of_plain_text() -> None:
    text = "Bakgrund till frågan\ni två rader.\n\n### Åtgärder\n\n- ett & två\n- <tre>\n\n3. tredje\n4. fjärde"
    html = from_plain(text)
    assert html == (
        "<p>Bakgrund till frågan<br>i två rader.</p><h3>Åtgärder</h3>"
        '<ul><li>ett &amp; två</li><li>&lt;tre&gt;</li></ul><ol start="3"><li>tredje</li><li>fjärde</li></ol>'
    )
    assert to_plain(html) == text


def test_a_list_may_follow_its_introduction_without_an_empty_line() -> None:
    assert from_plain("Vi föreslår:\n- ett\n- två") == "<p>Vi föreslår:</p><ul><li>ett</li><li>två</li></ul>"


def test_a_backslash_keeps_a_line_as_it_stands() -> None:
    assert from_plain("\\- inget streck") == "<p>- inget streck</p>"
    assert to_plain("<p>1. ingen lista</p>") == "\\1. ingen lista"


@pytest.mark.parametrize(
    "html",
    [
        "<p>ett <strong>starkt</strong> ord</p>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
    ],
)
def test_richer_text_is_not_for_the_plain_editor(html: str) -> None:
    assert not is_plain(html)


def test_the_words_of_richer_text_remain() -> None:
    html = (
        "<table><caption>Möten</caption><tbody><tr><th>Skåne</th><td>1 480</td></tr></tbody></table>"
        '<figure><img src="/media/a.png" alt="Karta"><figcaption>Kartan</figcaption></figure>'
    )
    assert to_plain(html) == "Möten\n\nSkåne | 1 480\n\nKarta\n\nKartan"
