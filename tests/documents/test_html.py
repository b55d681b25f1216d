"""One set of templates draws the tree."""

import re
from itertools import pairwise

from delprojekt.documents.fit import NO_ALT, Numbering, fit
from delprojekt.documents.html import render_content, render_page
from delprojekt.documents.ordlista import glossary
from delprojekt.documents.tree import Chapter, Facts, Html, Table, without_empty
from delprojekt.templatetags.dokumenttext import ren
from tests.documents import samples


def headings(html: str) -> list[int]:
    """Return the levels of the headings in order."""
    return [int(level) for level in re.findall(r"<h([1-6])\b", html)]


def tight(html: str) -> str:
    """Return the HTML without the spaces that only the templates' own lines give."""
    return re.sub(r"\s+", " ", html).replace("> <", "><").replace("> ", ">").replace(" <", "<").replace(" >", ">")


def test_the_front_page_says_all_that_the_template_asks_for() -> None:
    page = render_page(samples.slutrapport())
    for words in (
        "Södra sjukvårdsregionen",
        "Samarbete för bättre vård",
        "Delprojekt 40",
        "Kliniska distansmöten",
        "Slutrapport",
        "Godkänd av Södra regionvårdsnämnden 4 juni 2026 § 27",
        "4 juni 2026",
        "2025-O000123",
        "Karin Lind, Region Kronoberg",
        "Maja Ek, Södra regionvårdsnämndens kansli",
        "Blekinge, Halland, Kronoberg, Skåne",
    ):
        assert words in page
    assert "Arbetsmaterial" not in page


def test_a_draft_is_marked_and_a_missing_fact_leaves_no_empty_row() -> None:
    page = render_content(samples.uppdrag(is_draft=True, status_line="Arbetsmaterial", dnr="", responsible=""))
    assert page.count("Arbetsmaterial") == 1
    assert "Diarienummer" not in page
    assert "Helhetsansvarig" not in page


def test_headings_never_skip_a_level_whatever_the_writer_chose() -> None:
    levels = headings(render_page(samples.slutrapport()))
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_headings_in_the_text_follow_on_the_chapters() -> None:
    text = "<h5>a</h5><h3>b</h3><h4>c</h4><h5>d</h5>"
    assert headings(fit(text, level=2, numbering=Numbering())) == [3, 3, 4, 5]
    assert headings(fit(text, level=4, numbering=Numbering())) == [5, 5, 6, 6]


def test_tables_and_figures_are_numbered_through_the_document() -> None:
    page = render_page(samples.slutrapport())
    assert re.findall(r"Tabell (\d+)\.", page) == [str(number) for number in range(1, 9)]
    assert re.findall(r"Figur (\d+)\.", page) == ["1"]


def test_a_table_has_caption_header_cells_and_source() -> None:
    table = Table("Möten & samråd", ("Region", "Antal"), (("Skåne", "1 480"), ("Halland", "–")), "registret, 2024")
    page = tight(render_content(samples.uppdrag(chapters=(Chapter("a", "1", "A", (table,)),))))
    assert '<caption id="tabell-1"><span class="nr">Tabell 1.</span>Möten &amp; samråd</caption>' in page
    assert '<th scope="col">Region</th><th scope="col" class="tal">Antal</th>' in page
    assert '<th scope="row">Skåne</th><td class="tal">1 480</td>' in page
    assert "Källa: registret, 2024" in page


def test_every_picture_has_an_alt_text_and_one_without_address_is_left_out() -> None:
    html = '<img src="/media/a.png"><img src="/media/b.png" alt="&quot;Karta&quot;"><img alt="borta">'
    assert fit(html, level=2, numbering=Numbering()) == (
        f'<img src="/media/a.png" alt="{NO_ALT}"><img src="/media/b.png" alt="&quot;Karta&quot;">'
    )


def test_what_slipped_into_the_tree_unwashed_is_washed_when_drawn() -> None:
    chapters = (Chapter("a", "1", "<script>1</script>", (Html("<script>2</script><p onclick=x>ord</p>"),)),)
    page = render_page(samples.uppdrag(title="<b>Titel</b>", chapters=chapters))
    assert "<script" not in page
    assert "onclick" not in page
    assert "&lt;b&gt;Titel&lt;/b&gt;" in page
    assert "&lt;script&gt;1" in page


def test_an_empty_chapter_is_shown_in_a_draft_only() -> None:
    assert "Inget är skrivet här än." not in render_page(samples.uppdrag())
    assert "Inget är skrivet här än." in render_page(samples.uppdrag(is_draft=True))


def test_the_page_has_no_inline_style_or_script() -> None:
    page = render_page(samples.slutrapport())
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", page)
    assert '<html lang="sv">' in page


def test_the_contents_point_at_every_chapter() -> None:
    page = render_page(samples.slutrapport())
    for chapter in without_empty(samples.slutrapport()).walk():
        assert f'href="#kap-{chapter.key}"' in page
        assert f'id="kap-{chapter.key}"' in page


def test_references_say_the_number_also_of_what_comes_later() -> None:
    """A reference is numbered by the renderer; its first letter is as the writer's word had it."""
    later = Chapter("b", "2", "Annat", (Html("<table id='tabell-zz'><tbody><tr><td>1</td></tr></tbody></table>"),))
    links = "<a href='#tabell-zz'>Tabellen</a>, <a href='#kap-b'>avsnittet</a>, <a href='#figur-x'>bort</a>"
    first = Html(f"<p>{links}</p>")
    page = render_content(samples.uppdrag(chapters=(Chapter("a", "1", "A", (first, Html(samples.WRITTEN))), later)))
    assert '<a href="#tabell-zz">Tabell 2</a>, <a href="#kap-b">avsnitt 2</a>, bort</p>' in page
    assert 'id="tabell-zz"><caption><span class="nr">Tabell 2.</span></caption>' in page
    assert '<a href="#tabell-b2">tabell 1</a>' in page
    assert '<p class="kalla">Källa: Regionernas system, 2025</p>' in page


def test_of_two_tables_with_the_same_name_the_first_has_it() -> None:
    table = "<table id='tabell-a'><caption>X</caption><tbody><tr><td>1</td></tr></tbody></table>"
    text = fit(table * 2 + "<p><a href='#tabell-a'>t</a></p>", level=2, numbering=Numbering())
    assert text.count('id="tabell-a"') == 1
    assert '<a href="#tabell-a">tabell 1</a>' in text


def test_footnotes_are_numbered_and_stand_after_the_text() -> None:
    page = render_content(samples.uppdrag(chapters=(Chapter("a", "1", "A", (Html(samples.WRITTEN),)),)))
    calls = re.findall(r'href="#not-(\d+)" id="notref-\d+" role="doc-noteref">(\d+)<', page)
    assert calls == [(str(number), str(number)) for number in range(1, 7)]
    assert [page.count(f'id="not-{number}"') for number in range(1, 7)] == [1] * 6
    assert page.index("Ur en intervju.") > page.index('class="fotnoter"')


def test_a_footnote_that_fills_a_page_stands_in_the_text() -> None:
    numbering = Numbering(notes_inline=True)
    text = fit(f"<p>a<small>{'ord ' * 400}</small>b<small>kort</small></p>", level=2, numbering=numbering)
    assert "<p>a (ord ord" in text
    assert 'b<span class="fotnot">kort</span>' in text


def test_text_outside_its_document_has_its_footnotes_but_no_numbers_that_only_the_document_knows() -> None:
    text = ren(samples.WRITTEN)
    assert "<caption>Besök per region</caption>" in text
    assert text.count("doc-backlink") == 6
    assert ren("<p>x</p>") == "<p>x</p>"


def test_the_ordlista_has_each_word_once_as_swedes_sort() -> None:
    texts = [
        '<p><dfn title="b">Ödem</dfn> <dfn title="a">anemi</dfn></p>',
        '<p><dfn title="c">Anemi</dfn><dfn>x</dfn></p>',
    ]
    assert glossary(texts) == (Html("<h3>Ordlista</h3>"), Facts((("anemi", "a"), ("Ödem", "b"))))
    assert glossary(["<p>x</p>"]) == ()
