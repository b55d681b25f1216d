"""LIX and its neighbours: the test vectors of conventions.md §6.5."""

import pytest

from delprojekt.process.lasbarhet import Matt, antal_ord, forkortningar, mat, meningar, utskrivna

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
    text = "Vi ses kl. 9.30 i Lund. Ta med ca 5 st. exempel, t.ex. från avsnitt 5.1.1."
    assert mat(text).meningar == 2
    assert next(meningar(text)) == "Vi ses kl. 9.30 i Lund."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Det tog 3.5 dagar. Mötet var kl. 14.32. Alla kom.", 3),
        ("Ett test? Ja! Svaret är: nej.", 4),
        ("Enligt SCB:s siffror, bl. a. för ca. 10 personer, är det så.", 1),
        ("Se www.exempel.se för mer. Slut", 2),
        ("Han sade ”kom.” Hon gick …", 2),
        ("12 345. § 7.", 0),
        ("De får stöd m.m. Därefter skrev de till EU:s kontor.", 2),
        ("Det kostar 500 kr per st. Nästa vecka o. s. v. Sedan slut.", 3),
        ("De gav råd etc. som behövdes, m.fl. saker.", 1),
        ("T.ex. Skåne och bl.a. Halland är med.", 1),
    ],
)
def test_where_a_sentence_ends(text: str, wanted: int) -> None:
    """M5.4.1-5: a sentence ends at . ! ? and :, not inside a number, an address, an abbreviation or a word."""
    assert len(list(meningar(text))) == wanted


def test_a_sentence_is_given_as_it_is_written() -> None:
    assert list(meningar("Först t.ex. det här.\nSedan det  andra")) == ["Först t.ex. det här.", "Sedan det  andra"]
    assert antal_ord("Först t.ex. det här, 14 gånger.") == 6
    assert antal_ord("EU:s regler") == 2


@pytest.mark.parametrize(
    ("meningar", "band"),
    [(25, "mycket lättläst"), (30, "lättläst"), (40, "medelsvår"), (50, "svår"), (60, "mycket svår")],
)
def test_the_lower_bound_belongs_to_the_band(meningar: int, band: str) -> None:
    assert Matt(ord=meningar, meningar=1, langa=0).band == band


def test_nothing_is_easy_to_read() -> None:
    assert mat("") == Matt(0, 0, 0)
    assert mat("").lix == 0.0


def test_an_abbreviation_is_some_capitals_and_not_a_number_nor_what_everybody_knows() -> None:
    """M5.4.1-5: what a reader cannot know is asked for, with its genitive and before a hyphen too."""
    text = "SCB:s och RKRs siffror, KVÅ4, TNF-hämmare. Kapitel VII, IT i EU. Anna, en A-mottagning."
    assert [*forkortningar(text)] == ["SCB", "RKR", "KVÅ4", "TNF"]
    assert forkortningar("x SCB y SCB")["SCB"] == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Statistiska centralbyrån (SCB) svarar.", {"SCB"}),
        ("Registercentrum (förkortat RC) svarar.", {"RC"}),
        ("KOL (kroniskt obstruktiv lungsjukdom) är vanligt.", {"KOL"}),
        ("SCB (2021), DARC (se bilaga 2) och KOL.", set()),
    ],
)
def test_an_abbreviation_is_written_out_before_or_after_its_brackets(text: str, wanted: set[str]) -> None:
    assert {*utskrivna(text)} == wanted
