"""Two people's changes in one text, and which versions can go: no word is ever lost."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delprojekt.documents.plain import to_plain
from delprojekt.documents.sammanfoga import Sammanfogad, blocks, merge
from delprojekt.documents.versioner import Version, compare_html, holds, said_by_others, superfluous

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", "e f", "g h i"]), max_size=6).map(lambda found: p(*found))


def test_a_text_is_its_outermost_elements() -> None:
    figure = '<figure><img src="/media/x.png" alt="a > b"><figcaption>k</figcaption></figure>'
    parts = ["<p>a<br>b</p>", "löst", "<ul><li><p>x</p><ul><li>y</li></ul></li></ul>", figure, "<p></p>"]
    assert blocks("".join(parts)) == parts


@pytest.mark.parametrize(
    ("bas", "deras", "mina", "wanted", "krockar"),
    [
        (p("a", "b", "c"), p("a2", "b", "c"), p("a", "b", "c2"), p("a2", "b", "c2"), 0),
        (p("a", "b"), p("a2", "b"), p("a", "b2"), p("a2", "b2"), 0),
        (p("a"), p("a", "x"), p("a", "y"), p("a", "x", "y"), 0),
        ("", p("x"), p("y"), p("x", "y"), 0),
        (p("a", "b"), p("b"), p("a", "b", "c"), p("b", "c"), 0),
        (p("a", "b"), p("a2", "b"), p("a3", "b"), p("a2", "a3", "b"), 1),
        (p("a", "b"), p("a"), p("a", "b2"), p("a", "b2"), 1),
        (p("a"), p("a2"), p("a2"), p("a2"), 0),
        (
            p("a"),
            p("a", "Skåne", "saknas"),
            p("a", "Halland", "saknas"),
            p("a", "Skåne", "saknas", "Halland", "saknas"),
            0,
        ),
        (p("a"), p("a", "x"), p("a", "x", "y"), p("a", "x", "y"), 0),
    ],
    ids=[
        *("apart", "side by side", "both add", "both begin", "one strikes", "same one", "struck and changed", "alike"),
        *("the same words under two headings", "came twice"),
    ],
)
def test_two_changes_are_put_together(bas: str, deras: str, mina: str, wanted: str, krockar: int) -> None:
    found = merge(bas, deras, mina)
    assert (found.html, found.krockar) == (wanted, krockar)


@settings(max_examples=200, deadline=None)
@given(bas=TEXTS, deras=TEXTS, mina=TEXTS)
def test_nothing_that_either_has_added_is_left_out(bas: str, deras: str, mina: str) -> None:
    together = merge(bas, deras, mina)
    for side in (deras, mina):
        assert Counter(blocks(side)) - Counter(blocks(bas)) <= Counter(blocks(together.html))
    assert merge(bas, deras, bas).html == deras
    assert merge(bas, bas, mina).html == mina


def test_a_comparison_says_to_everybody_what_was_taken_away_and_what_was_added_also_in_tables() -> None:
    before = "<p>Tre läkare.</p><table><tbody><tr><td>Skåne</td><td>12</td></tr></tbody></table>"
    after = "<p>Fyra läkare.</p><table><tbody><tr><td>Skåne</td><td>14</td></tr></tbody></table>"
    found = compare_html(before, after)
    for word, said in (("Tre", "borttaget"), ("Fyra", "tillagt"), ("12", "borttaget"), ("14", "tillagt")):
        assert f'<span class="bara-skarmlasare">{said}: </span>{word}' in found
    assert "<script" not in compare_html("<p>a</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")


def test_a_word_that_was_cut_short_while_somebody_typed_stands_in_the_whole_word() -> None:
    assert holds(p("Vi har läkare i Skåne."), p("Vi har läk"))
    assert not holds(p("Vi har läkare."), p("Vi har sjuksköterskor"))
    assert not holds(p("Ett två.", "Tre."), p("Ett två. Tre.")), "the words stood together"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p><dfn title="hjärtats förmak">x</dfn></p>', '<p><dfn title="annat">x</dfn></p>'),
        ('<p><a href="https://a.se">x</a></p>', "<p>x</p>"),
        (
            '<figure><img src="/media/bild/a.png" alt=""></figure>',
            '<figure><img src="/media/bild/b.png" alt=""></figure>',
        ),
        (p("Det kostar 10"), p("Det kostar 100")),
        (p("Vi är i Skåne"), p("Vi är inte i Skåne")),
    ],
    ids=["an explanation", "an address", "a picture", "a number", "a little word"],
)
def test_what_is_written_beside_the_words_is_kept_and_seen_in_a_comparison(before: str, after: str) -> None:
    if before.startswith("<p>Vi"):
        assert not holds(p("Vi är inte där"), before)
    else:
        assert not holds(after, before)
    assert "borttaget" in compare_html(before, after) or "tillagt" in compare_html(before, after)


def versions(*texts: str, apart: timedelta = timedelta(seconds=1), begun: datetime = NOW) -> list[Version]:
    return [Version(n, p(text), begun + n * apart, behalls=False) for n, text in enumerate(texts, 1)]


def test_what_was_typed_and_kept_leaves_one_version_and_what_was_taken_away_is_kept_at_its_longest() -> None:
    old = NOW - timedelta(days=3)
    typed = versions("Vi", "Vi har", "Vi har ett hemligt förslag", "Vi har ett", "Vi har", "Vi har nu", begun=old)
    left = {v.nummer for v in typed} - set(superfluous(typed, NOW))
    assert left == {3, 6}


def test_only_what_is_said_nowhere_else_is_worth_choosing_from() -> None:
    typed = versions("Vi", "Vi har ett långt förslag", "Vi har", "x", "xy")
    assert said_by_others(typed) == [1, 3, 4]


def test_paragraphs_beside_each_other_are_each_somebody_s_to_change() -> None:
    bas, theirs, mine = "".join(map(p, "abcd")), "".join(map(p, "aBCd")), "".join(map(p, "abKD"))
    assert merge(bas, theirs, mine) == Sammanfogad("".join(map(p, "aBCKD")), 1)
    assert merge(bas, theirs, mine, bara_mina=True).html == "".join(map(p, "aBKD"))


def test_the_last_hour_and_what_is_marked_stay() -> None:
    assert superfluous(versions("a", "a b", "a b c", begun=NOW - timedelta(minutes=50)), NOW) == []
    old = versions("a", "a b", "a b c", begun=NOW - timedelta(days=90))
    kept = [Version(1, old[0].html, old[0].sparat_at, behalls=True), *old[1:]]
    assert superfluous(kept, NOW) == [2]


@settings(max_examples=150, deadline=None)
@given(
    texts=st.lists(st.lists(st.sampled_from("abcdefg"), max_size=5).map(" ".join), min_size=1, max_size=25),
    step=st.sampled_from([1, 60, 4000, 90_000]),
    kept=st.sets(st.integers(1, 25)),
)
def test_no_word_stands_only_in_a_version_that_goes(texts: list[str], step: int, kept: set[int]) -> None:
    rows = [
        Version(n, p(text), NOW - timedelta(seconds=step * (len(texts) - n)), n in kept)
        for n, text in enumerate(texts, 1)
    ]
    gone = set(superfluous(rows, NOW))
    left = [row for row in rows if row.nummer not in gone]
    assert rows[-1] in left
    assert not gone & kept
    for row in rows:
        if row.nummer in gone:
            assert any(holds(other.html, row.html) for other in left), to_plain(row.html)
