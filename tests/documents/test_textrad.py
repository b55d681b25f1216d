"""Advice while somebody writes: what it says, of which section, and where it leads."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from delprojekt.documents.ofardigt import brister, lacks
from delprojekt.documents.ordlista import fackord
from delprojekt.documents.sidmatt import measure
from delprojekt.documents.stycken import lopande, ordantal, stycken
from delprojekt.documents.text import sanitise
from delprojekt.documents.textrad import Del, Radslag, Textrad, text_advice
from delprojekt.documents.tree import Chapter, Html, to_data
from delprojekt.models import Dokumentjobb, Dokumentslag
from tests.documents import samples

LONG = "Mötet " + "som hölls i går " * 9 + "blev bra."
CELL = "<tbody><tr><td>1</td></tr></tbody>"


def advice(*texts: str, bara: str | None = None) -> Textrad:
    """The advice about the sections a, b, c …"""
    return text_advice([Del(chr(97 + n), f"7.{n + 1} Del", sanitise(text)) for n, text in enumerate(texts)], bara)


def said(of: Textrad, slag: Radslag) -> list[str]:
    return [one.text for one in of.rad if one.slag is slag]


# What is counted


def test_running_text_is_paragraphs_and_lists_not_headings_tables_pictures_or_footnotes() -> None:
    html = (
        "<h3>Rubrik</h3><p>Ett <strong>stycke</strong><small>En not.</small> &amp; mer.<br>Ny rad</p><ul><li>Punkt</li>"
        "</ul><table><caption>Tal</caption><tbody><tr><td><p>1</p></td></tr></tbody></table>"
        '<figure><img src="/media/a.png" alt="B"><figcaption>Text</figcaption></figure><blockquote>Citat</blockquote>'
    )
    assert lopande(html).split("\n") == ["Ett stycke & mer.", "Ny rad", "Punkt", "Citat"]
    assert [one.text for one in stycken(html) if not one.lopande] == ["Rubrik", "Tal", "1", "Text"]
    assert ordantal("<p>Ett <strong>sty</strong>cke</p><p>till, 12 st</p>") == 5


def test_m5_4_1_5_each_section_has_its_lix_and_a_very_short_text_has_none() -> None:
    """M5.4.1-5: LIX per section with its band; a handful of words has none worth showing."""
    easy, short = "<p>" + "Vi går hem. " * 20 + "</p>", "<p>Läkemedelsbehandling.</p>"
    found = advice(easy, short)
    assert [(row.lix, row.matt.band) for row in found.avsnitt] == [(3, "mycket lättläst"), (None, "mycket svår")]
    assert found.helhet.ord == 61
    assert said(found, Radslag.LIX) == []
    hard = advice("<p>" + "Verksamhetsutveckling förutsätter samarbete. " * 20 + "</p>")
    assert said(hard, Radslag.LIX) == [
        "LIX är 103, mycket svår. Kortare meningar och vardagligare ord hjälper läsaren."
    ]


# What a reader stumbles on


def test_m5_4_1_5_a_long_sentence_is_shown_with_its_words_and_leads_to_itself() -> None:
    """M5.4.1-5: more than thirty words."""
    found = advice(f"<p>En kort. {LONG} Slut.</p>")
    assert said(found, Radslag.MENING)[0].startswith("39 ord i en mening: ”Mötet som hölls i går som")
    assert unquote(found.rad[0].plats) == f"stalle={LONG}"
    assert said(advice("<p>" + "ord " * 30 + "</p>"), Radslag.MENING) == []


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("<p>KOL är vanligt.</p>",), ["KOL är inte förklarat."]),
        (("<p>Kroniskt obstruktiv lungsjukdom (KOL) är vanligt.</p>", "<p>KOL ökar.</p>"), []),
        (("<p>KOL ökar.</p>", "<p>KOL (kroniskt obstruktiv lungsjukdom).</p>"), ["KOL skrivs ut först i 7.2 Del."]),
        (("<p>KOL ökar. Obstruktiv lungsjukdom (KOL) är svår.</p>",), ["KOL skrivs ut längre ned."]),
        (("<p>KOL ökar.</p>", '<p><dfn title="lungsjukdom">KOL</dfn></p>'), []),
        (("<p>KOL ökar.</p>", "<p>KOL minskar.</p>"), ["KOL är inte förklarat."]),
    ],
)
def test_m5_4_1_5_an_abbreviation_is_explained_where_it_stands_first_or_in_the_ordlista(
    texts: tuple[str, ...], wanted: list[str]
) -> None:
    """M5.4.1-5: who reads from the beginning knows it; each is said once, in the section where it stands first."""
    found = [one for one in advice(*texts).rad if one.slag is Radslag.FORKORTNING]
    assert [one.text.split(" Skriv ")[0] for one in found] == wanted
    assert {one.nyckel for one in found} <= {"a"}


def test_the_list_of_words_among_the_references_explains_and_the_references_are_not_asked_about() -> None:
    delar = [Del("a", "7.1", "<p>KOL och TNF.</p>"), Del("referenser", "12", "<p>KOL: lungsjukdom</p><p>Se BMJ.</p>")]
    assert [one.text.split(" ")[0] for one in text_advice(delar).rad] == ["TNF"]


def test_what_is_fixed_in_the_uppdrag_explains_and_gets_no_advice() -> None:
    delar = [Del("a", "1", "<p>Lungsjukdom (KOL). DARC.</p>", skrivs=False), Del("b", "7.1", "<p>KOL och DARC.</p>")]
    found = text_advice(delar)
    assert [(one.nyckel, one.plats) for one in found.rad] == [("b", "stalle=DARC")]
    assert [row.nyckel for row in found.avsnitt] == ["b"]


def test_m5_4_1_5_a_fackord_without_explanation_is_asked_for_once() -> None:
    """M5.4.1-5: a word that is marked and not explained does not reach the ordlista."""
    found = advice("<p><dfn>Ablation</dfn> och <dfn>ablation</dfn></p>", '<p><dfn title="x">Stent</dfn></p>')
    wanted = "Fackordet ”Ablation” har ingen förklaring. Skriv en till ordlistan."
    assert said(found, Radslag.FACKORD) == [wanted]


def test_m5_4_1_5_a_word_of_the_ordlista_that_is_used_before_it_is_explained() -> None:
    """M5.4.1-5: also when it is only one section that somebody writes; a part of another word is not the word."""
    texts = ("<p>Stenten. Ett STENT sätts in.</p>", '<p>En stent. En <dfn title="rör">stent</dfn>.</p>')
    wanted = ["”stent” förklaras först i 7.2 Del. Förklara det redan här."]
    assert said(advice(*texts), Radslag.FACKORD) == wanted
    assert said(advice(*texts, bara="a"), Radslag.FACKORD) == wanted
    assert said(advice(*texts, bara="b"), Radslag.FACKORD) == []
    assert said(advice("<p>Stenten.</p>", texts[1]), Radslag.FACKORD)[0].startswith("”stent” förklaras längre ned.")


def test_a_fackord_is_read_with_its_explanation_and_where_it_stands() -> None:
    found = list(fackord('<p>En <dfn title="A &amp; B">st<em>e</em>nt</dfn></p>'))
    assert [(one.ord, one.forklaring, one.plats) for one in found] == [("stent", "A & B", 6)]


# Tables, pictures, references


def test_m5_4_1_8_what_a_table_or_picture_lacks_leads_to_it() -> None:
    """M5.4.1-8: caption, source, header cells, description and words below."""
    source = "<tfoot><tr><td>SCB</td></tr></tfoot>"
    whole = f"<table><caption>Hel</caption><thead><tr><th>A</th></tr></thead>{CELL}{source}</table>"
    bare = "<table><caption>Väntetider</caption><tbody><tr><th>A</th><td>1</td></tr></tbody></table>"
    empty = f"<table><caption> <em></em></caption>{CELL}<tfoot><tr><td></td></tr></tfoot></table>"
    found = [*brister(whole + bare + empty + '<figure><img src="/media/a.png" alt=""></figure>')]
    assert [one.mening for one in found] == [
        "Tabellen ”Väntetider” saknar källa.",
        "Tabell 3 saknar rubrik, källa och rad- eller kolumnrubriker.",
        "Bild 1 saknar beskrivning (alt-text) och bildtext.",
    ]
    assert lacks(whole + bare + bare) == ["2 tabeller saknar källa."]
    assert {one.plats for one in advice(f"{whole}{bare}").rad if one.slag is Radslag.TABELL} == {"tabell=2"}


def test_m5_4_1_8_a_datatabell_without_source_or_of_another_report_is_told() -> None:
    """M5.4.1-8: its heading and headers it always has; the source is somebody's to write."""
    marks = "".join(f'<table id="tabell-data{n}"><caption>T{n}</caption></table>' for n in (1, 2, 3))
    assert [one.mening for one in brister(marks, {1: "SCB", 2: " "})] == [
        "Tabellen ”T2” saknar källa.",
        "Tabellen ”T3” saknar sina siffror (den hör till en annan rapport).",
    ]
    assert [*brister(marks)] == []


def test_m5_4_1_10_references_are_counted_without_the_list_of_words_and_too_many_are_said() -> None:
    """M5.4.1-10: antalet referenser bör minimeras."""
    listed = "<ol>" + "<li>Andersson 2021</li>" * 11 + "</ol><h3>Ordlista</h3><ul><li>KOL: lungsjukdom</li></ul>"
    found = text_advice([Del("referenser", "12 Referenser", listed)])
    assert found.referenser == 11
    assert [one.text for one in found.rad] == ["11 referenser. Behåll gärna bara de viktigaste: antalet bör minimeras."]
    lines = "<p>Andersson 2021</p><p>Se också:</p><p>Berg 1999</p>"
    assert text_advice([Del("referenser", "12", lines)]).referenser == 2


def test_the_first_five_say_something_of_each_kind() -> None:
    many = f"<p>{f'{LONG} ' * 6}AAB, BBA och CCA. <dfn>Stent</dfn></p><table>{CELL}</table>"
    kinds = [one.slag for one in advice(many).rad]
    assert kinds[:4] == [Radslag.FORKORTNING, Radslag.MENING, Radslag.FACKORD, Radslag.TABELL]
    assert len(kinds) == 11


# Length


def test_m5_8_10_pages_are_counted_in_the_pdf_and_what_has_come_since_is_about() -> None:
    """M5.8-10, M5.4.1-6: measured is said to be measured, an estimate is not."""
    written = Html("<p>" + "ord " * 380 + "</p>")
    chapters = (Chapter("a", "7", "A", (), (Chapter("b", "7.1", "B", (written,)),)), Chapter("c", "1", "C", (written,)))
    made = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)
    tree = to_data(replace(samples.slutrapport(), chapters=chapters))
    job = Dokumentjobb(sidor=5, trad=tree, created_at=made)
    kind = Dokumentslag.UPPFOLJNINGSRAPPORT
    same = measure(job, 380, {"b"}, kind)
    assert (same.matt, same.nar, same.nu, same.vuxit, same.omdome) == (5, made, 5, False, "")
    grown = measure(job, 380 * 3, {"b"}, kind)
    assert (grown.matt, grown.nu, grown.vuxit, grown.omdome) == (5, 7, True, "Korta gärna.")
    assert (grown.spann, grown.skala, grown.visare, measure(job, 380 * 30, {"b"}, kind).visare) == (3, 9, 7, 9)
    guessed = measure(None, 381, {"b"}, kind)
    assert (guessed.matt, guessed.nu, guessed.omdome) == (None, 2, "Fyll gärna på.")
    assert measure(None, 0, set(), kind).omdome == ""
    assert measure(None, 380 * 21, {"b"}, Dokumentslag.SLUTRAPPORT).omdome == "Korta gärna."
    assert measure(None, 380 * 99, {"b"}, Dokumentslag.UPPDRAG).omdome == ""


def test_thirty_pages_are_read_in_a_moment() -> None:
    """Fast enough for every save: 20 ms were asked for; the bound bears a machine that is busy with other things."""
    one = "<p>" + "Det är väsentligt att texten är skriven med ord som kan förstås, t.ex. av patienter. " * 12 + "</p>"
    delar = [Del(f"d{n}", f"7.{n}", one * 3 + f'<p><dfn title="x">Ord{n}</dfn></p>') for n in range(24)]
    assert sum(ordantal(d.html) for d in delar) > 380 * 30
    taken = []
    for _ in range(5):
        began = time.process_time()
        text_advice(delar)
        taken.append(time.process_time() - began)
    assert min(taken) < 0.06, taken
