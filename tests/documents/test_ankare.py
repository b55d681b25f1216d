"""Where a comment stands: found again after edits around it, inside it, after it was moved; gone when its words are."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delprojekt.documents.andring import blev, byt, omskrivet, samma, som_stycke, stycken_i
from delprojekt.documents.ankare import Ankare, fast, markera, med_marken, omge, ord_i, plats_i, plats_nu
from delprojekt.documents.text import sanitise

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
        pytest.param("<p>Det finns tre &amp; en halv</p><p>Till sist:</p>", "inns tre & en halv", id="moved"),
        pytest.param("<p>I Halland: tre &amp; en halv</p>", None, id="said of something else"),
        pytest.param(TEXT.replace("en halv", "en hel"), None, id="inside"),
        pytest.param("<p>Något annat.</p>", None, id="gone"),
        pytest.param("", None, id="emptied"),
    ],
)
def test_a_place_is_found_again_after_edits_or_said_to_be_gone(now: str, wanted: str | None) -> None:
    assert quoted(now, anchor(TEXT, "tre & en halv")) == wanted


def test_a_comment_stays_where_some_of_its_words_were_changed() -> None:
    html = "<p>Vi vet att kön har ökat varje år sedan 2020 i alla fyra regionerna, och varför.</p>"
    where = anchor(html, "kön har ökat varje år sedan 2020")
    found = plats_nu(ord_i(html.replace("varje år", "vartenda år")), where)
    assert found
    assert (found.citat, found.nr) == ("kön har ökat vartenda år sedan 2020", 0)
    assert plats_nu(ord_i(html), where) == plats_i(ord_i(html), where)
    assert plats_nu(ord_i(html.replace("kön har ökat varje år sedan 2020", "det är så")), where) is None
    assert plats_nu(ord_i("<p>Kön har ökat vartenda år sedan 2020.</p>"), where) is None


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


def test_a_block_is_changed_where_it_stands() -> None:
    html = "<p>Ett.</p><ul><li>Två.</li><li>Tre.</li></ul><p>Ett.</p>"
    first, two, three, last = stycken_i(html)
    assert [one.ord for one in stycken_i(html)] == ["Ett.", "Två.", "Tre.", "Ett."]
    assert byt(html, last, "<p>Etta.</p>") == html[:-11] + "<p>Etta.</p>"
    assert byt(html, three, "") == "<p>Ett.</p><ul><li>Två.</li></ul><p>Ett.</p>"
    assert byt(byt(html, three, ""), two, "") == "<p>Ett.</p><p>Ett.</p>"
    assert byt(html, first, "") == html[len("<p>Ett.</p>") :]
    loose = '<p>x</p><ol start="3"><li><p>Två.</p></li></ol><blockquote><p>y</p><p>z</p></blockquote>'
    assert byt(loose, stycken_i(loose)[1], "") == "<p>x</p><blockquote><p>y</p><p>z</p></blockquote>"
    became = blev("<p>Det finns nu tre kliniker i Skåne.</p>", "<p>Det finns tre kliniker i Skåne.</p>", 0)
    assert became
    assert became.nr == 0
    assert blev("<p>Helt annat.</p>", "<p>Det finns tre kliniker i Skåne.</p>", 0) is None


TABLE = (
    '<table><thead><tr><th scope="col">Region</th><th colspan="2" scope="colgroup">Antal</th></tr></thead><tbody>'
    '<tr><th scope="row">Skåne</th><td>12</td><td>7</td></tr><tr><td colspan="3">Alla</td></tr></tbody></table>'
)


@pytest.mark.parametrize("nr", range(len(stycken_i(TABLE))))
@pytest.mark.parametrize("words", ["14", ""])
def test_a_cell_gets_other_words_and_the_table_keeps_its_cells(nr: int, words: str) -> None:
    block = stycken_i(TABLE)[nr]
    after = omskrivet(block.html, words)
    told = byt(TABLE, block, after)
    assert told == TABLE.replace(f">{block.ord}<", f">{words}<") == sanitise(told)
    assert byt(TABLE, block, words) == told, "a proposal that was kept without its cell"
    assert som_stycke(after) == f"<p>{words}</p>"


def test_what_nobody_proposed_anything_about_is_as_it_was() -> None:
    around = "<p>Skåne<strong> </strong>och <em>H</em><em> </em><em>B</em></p>"
    html = f"{around}<p>Ett <strong>två</strong> tre</p>{around}"
    block = stycken_i(html)[1]
    assert byt(html, block, omskrivet(block.html, "Ett tre")) == f"{around}<p>Ett tre</p>{around}"
    odd = stycken_i(html)[0].html
    assert omskrivet(odd, "Skåne och H B") == odd
    assert omskrivet(odd, "Skåne och H C") == "<p>Skåne och <em>H</em> <em>C</em></p>"


ROW = ["Skåne", "Ja", "Halland", "Ja", "Blekinge", "Nej", "Ja"]


def cells(said: Sequence[str]) -> str:
    return "".join(f"<p>{one}</p>" for one in said)


def found(now: Sequence[str], nr: int, before: Sequence[str] = ROW) -> int | None:
    block = samma(cells(before), cells(now), f"<p>{before[nr]}</p>", nr)
    return block.nr if block else None


def test_of_several_blocks_that_say_the_same_the_one_that_was_meant_is_changed_or_none() -> None:
    assert found(["Nytt", "Mer", *ROW], 6) == 8
    assert found(ROW, 3) == 3
    assert found([*ROW[:3], "Ja, i Halland", *ROW[4:]], 3) is None
    assert found([*ROW[:1], "Nej", *ROW[2:]], 3) == 3, "another of them was changed"
    assert found([*ROW[2:4], *ROW[:2], *ROW[4:]], 3) is None, "they changed places"
    assert found(["Ja", "Ja"], 1, ["Ja", "Ja", "Ja"]) is None
    assert found([*ROW, "Skåne"], 0) == 0
    assert found(["Halland"], 0) is None
    assert samma(cells(ROW), cells(ROW), "<p>Annat</p>", 0) is None


EDITS = st.lists(st.tuples(st.sampled_from(["in", "change"]), st.integers(0, 9)), max_size=4)


@settings(max_examples=150, deadline=None)
@given(
    said=st.lists(st.sampled_from(["Ja", "Nej", "Vet ej"]), min_size=1, max_size=8), nr=st.integers(0, 7), edits=EDITS
)
def test_whatever_is_written_and_changed_meanwhile_never_another_block(
    said: list[str], nr: int, edits: list[tuple[str, int]]
) -> None:
    nr %= len(said)
    now, where, touched = list(said), nr, False
    for n, (kind, place) in enumerate(edits):
        at = place % len(now)
        if kind == "in":
            now.insert(at, f"Nytt {n}")
            where += at <= where
        else:
            now[at] = f"Nytt {n}"
            touched = touched or at == where
    assert found(now, nr, said) in ({None} if touched else {None, where})


@settings(max_examples=100, deadline=None)
@given(
    said=st.lists(st.sampled_from(["Ja", "Nej"]), min_size=2, max_size=8), nr=st.integers(0, 7), gone=st.integers(0, 7)
)
def test_a_block_that_goes_leaves_no_other_in_its_place(said: list[str], nr: int, gone: int) -> None:
    nr, gone = nr % len(said), gone % len(said)
    now = said[:gone] + said[gone + 1 :]
    assert found(now, nr, said) in ({None} if gone == nr else {None, nr - (gone < nr)})
