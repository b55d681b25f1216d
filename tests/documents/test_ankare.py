"""Where a comment stands: found again after edits around it, inside it, after it was moved; gone when its words are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delprojekt.documents.andring import blev, byt, omskrivet, stycken_i
from delprojekt.documents.ankare import Ankare, fast, markera, med_marken, omge, ord_i, plats_i

TEXT = "<h3>Nuläge</h3><p>Det finns <strong>tre &amp; en halv</strong> klinik i regionen.</p><ul><li>Ett.</li></ul>"


def anchor(html: str, quote: str, nr: int = 0) -> Ankare:
    found = fast(ord_i(html), quote, nr)
    assert found
    return found


def quoted(html: str, where: Ankare) -> str | None:
    """What stands at the place of an anchor in a text, with some of what stands before it."""
    words = ord_i(html)
    place = plats_i(words, where)
    return words.text[max(place.start - 5, 0) : place.slut] if place else None


def test_the_words_of_a_text_are_read_on_one_line_without_notes_and_captions() -> None:
    html = (
        "<p>Ett\n  <em>två</em><small>En not.</small>&nbsp;tre<br>fyra</p>"
        "<table><caption>Rubrik</caption><tbody><tr><td>A</td><td><p>B</p></td></tr></tbody>"
        "<tfoot><tr><td>Källa</td></tr></tfoot></table><figure><img src='/media/a.png'><figcaption>Bild</figcaption>"
        "</figure><p>Slut</p>"
    )
    assert ord_i(html).text == "Ett två tre fyra A B Slut"


def test_a_quote_goes_over_marks_and_blocks() -> None:
    where = anchor(TEXT, "tre & en halv klinik i regionen. Ett.")
    marked = med_marken(markera(TEXT, ord_i(TEXT), [(7, plats_i(ord_i(TEXT), where))]))  # type: ignore[list-item]
    assert marked.count('<span id="text-7">') == 1
    assert (
        '<strong><span id="text-7"></span><mark class="kommentarsmark" data-kommentar="7">tre &amp; en halv</mark>'
        in marked
    )
    assert re.sub("</?mark[^>]*>|<span[^>]*></span>", "", marked) == TEXT


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        pytest.param("<p>Nytt först.</p>" + TEXT, "inns tre & en halv", id="around"),
        pytest.param(TEXT.replace("Det finns", "I dag finns det kanske"), "nske tre & en halv", id="just before"),
        pytest.param("<p>Det finns tre &amp; en halv klinik.</p><p>Annat.</p>", "inns tre & en halv", id="unmarked"),
        pytest.param("<p>Allt annat.</p><p>Till sist: tre &amp; en halv</p>", "ist: tre & en halv", id="moved"),
        pytest.param(TEXT.replace("en halv", "en hel"), None, id="inside"),
        pytest.param("<p>Något annat.</p>", None, id="gone"),
        pytest.param("", None, id="emptied"),
    ],
)
def test_a_place_is_found_again_after_edits_or_said_to_be_gone(now: str, wanted: str | None) -> None:
    assert quoted(now, anchor(TEXT, "tre & en halv")) == wanted


def test_of_several_that_say_the_same_the_one_with_the_same_neighbours_is_it() -> None:
    html = "<p>Halland har ont om tid.</p><p>Skåne har ont om tid.</p><p>Blekinge har ont om tid.</p>"
    where = anchor(html, "har ont om tid", 1)
    assert quoted(html, where) == "kåne har ont om tid"
    swapped = "<p>Skåne har ont om tid.</p><p>Blekinge har ont om tid.</p><p>Halland har ont om tid.</p>"
    assert quoted(swapped, where) == "kåne har ont om tid"


def test_a_short_word_is_not_found_just_anywhere() -> None:
    where = anchor("<p>Mycket annat står i den här texten och mera till.</p>", "och")
    assert quoted("<p>Fisk och bröd.</p>", where) is None
    assert quoted("<p>Alltid står det i den här texten och mera till, tror jag.</p>", where) == "xten och"


def test_what_word_needs_is_put_around_the_place() -> None:
    place = plats_i(ord_i(TEXT), anchor(TEXT, "tre & en halv"))
    assert place
    assert "<strong>[tre &amp; en halv]</strong>" in omge(TEXT, ord_i(TEXT), [(place, "[", "]")])


WORDS = st.text("abc åäö", min_size=1, max_size=12).map(str.strip).filter(bool)
BLOCKS = st.lists(WORDS.map(lambda words: f"<p>{words}</p>"), max_size=5).map("".join)


@settings(max_examples=60, deadline=None)
@given(before=BLOCKS, after=BLOCKS, quote=st.text("defgh ", min_size=12, max_size=30))
def test_whatever_is_written_around_it_a_longer_quote_is_found(before: str, after: str, quote: str) -> None:
    """Its letters stand nowhere else: it is found wherever it is, and nothing is marked when it is taken away."""
    words = " ".join(quote.split())
    html = f"{before}<p>{words}</p>{after}" if words else before
    if not words:
        return
    where = anchor(f"<p>{words}</p>", words)
    place = plats_i(ord_i(html), where)
    short = len(words) < 12
    assert short or (place and ord_i(html).text[place.start : place.slut] == words)
    assert plats_i(ord_i(before + after), where) is None
    if place:
        marked = med_marken(markera(html, ord_i(html), [(1, place)]))
        assert re.sub("</?mark[^>]*>|<span[^>]*></span>", "", marked) == html


BLOCK = '<p>Det <strong>finns</strong> tre<small>En not.</small> kliniker, se <a href="#kap-analys">avsnittet</a>.</p>'


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Det finns fyra kliniker, se avsnittet.", BLOCK.replace("tre", "fyra")),
        ("Det finns tre små kliniker, se avsnittet.", BLOCK.replace("</small> k", "</small> små k")),
        ("  Det finns tre kliniker,\nse avsnittet.", BLOCK),
        ("", ""),
        ("a < b", "<p>a <strong>&lt;</strong> b<small>"),
    ],
)
def test_new_words_in_a_block_keep_what_is_not_words(words: str, wanted: str) -> None:
    assert omskrivet(BLOCK, words).startswith(wanted)


@settings(max_examples=60, deadline=None)
@given(words=st.text("ab <&å", max_size=40))
def test_a_block_says_what_was_proposed_and_nothing_else(words: str) -> None:
    made = omskrivet(BLOCK, words)
    assert ord_i(made).text == " ".join(words.split())


def test_a_block_is_changed_where_it_stands_and_only_if_it_still_says_the_same() -> None:
    html = "<p>Ett.</p><ul><li>Två.</li><li>Tre.</li></ul><p>Ett.</p>"
    assert [one.ord for one in stycken_i(html)] == ["Ett.", "Två.", "Tre.", "Ett."]
    assert byt(html, "<p>Ett.</p>", "<p>Etta.</p>", 3) == html[:-11] + "<p>Etta.</p>"
    assert byt("<p>Ny.</p>" + html, "<li>Tre.</li>", "", 2) == "<p>Ny.</p><p>Ett.</p><ul><li>Två.</li></ul><p>Ett.</p>"
    assert byt("<ul><li>Två.</li></ul><p>x</p>", "<li>Två.</li>", "", 0) == "<p>x</p>"
    assert byt(html, "<p>Fyra.</p>", "<p>4</p>", 0) is None
    became = blev("<p>Det finns nu tre kliniker i Skåne.</p>", "<p>Det finns tre kliniker i Skåne.</p>", 0)
    assert became
    assert became.nr == 0
    assert blev("<p>Helt annat.</p>", "<p>Det finns tre kliniker i Skåne.</p>", 0) is None
