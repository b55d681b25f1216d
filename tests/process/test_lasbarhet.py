"""LIX and its neighbours: the test vectors of conventions.md §6.5."""

import pytest

from delprojekt.process.lasbarhet import Matt, mat, oforklarade, sidor

LANGUAGE = (
    "Det är väsentligt att texten är väl genomarbetad och skriven med ett språk och med ord som kan förstås även av "
    "icke fackkunniga. Rapporten bör hållas relativt kort med tydlig kapitelindelning."
)
HUVUDMAN = (
    "Varje region fattar beslut utifrån rekommendation från Södra regionvårdsnämnden, antingen på politisk nivå eller "
    "på tjänstemannanivå. Regionerna ska skicka protokollsutdrag till Södra regionvårdsnämndens kansli gällande tagna "
    "beslut."
)


@pytest.mark.parametrize(("text", "counts", "lix"), [(LANGUAGE, (31, 2, 8), 41.3), (HUVUDMAN, (27, 2, 10), 50.5)])
def test_lix_of_two_passages_of_the_method(text: str, counts: tuple[int, int, int], lix: float) -> None:
    measured = mat(text)
    assert (measured.ord, measured.meningar, measured.langa) == counts
    assert round(measured.lix, 1) == lix


def test_lix_is_words_per_sentence_and_the_share_of_long_words() -> None:
    assert round(Matt(ord=3784, meningar=580, langa=1018).lix, 1) == 33.4


def test_the_dots_of_abbreviations_times_and_paragraphs_end_no_sentence() -> None:
    assert mat("Vi ses kl. 9.30 i Lund. Ta med ca 5 st. exempel, t.ex. från avsnitt 5.1.1.").meningar == 2


@pytest.mark.parametrize(
    ("meningar", "band"),
    [(25, "mycket lättläst"), (30, "lättläst"), (40, "medelsvår"), (50, "svår"), (60, "mycket svår")],
)
def test_the_lower_bound_belongs_to_the_band(meningar: int, band: str) -> None:
    assert Matt(ord=meningar, meningar=1, langa=0).band == band


def test_nothing_is_easy_to_read() -> None:
    assert (mat("").lix, sidor(0), sidor(1)) == (0.0, 0, 1)


def test_an_abbreviation_is_explained_in_brackets_or_in_the_word_list() -> None:
    text = "Statistiska centralbyrån (SCB) och DARC hjälper till. KOL är vanligt."
    assert oforklarade(text, "KOL: kroniskt obstruktiv lungsjukdom") == ["DARC"]
