"""Tables of data: made from what was copied, kept with their history, drawn once, put in a section (§5.4.1)."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.datatabell import Tabellkrock, Tabellunderlag, drawn, put_in_section, save_table
from delprojekt.documents.bilder import diagrams
from delprojekt.documents.build import build
from delprojekt.documents.diagram import guess
from delprojekt.documents.html import render_content
from delprojekt.documents.insatt import mark, marked, table
from delprojekt.documents.insattord import as_marks
from delprojekt.documents.tabelldata import guess_columns, read_cells, to_data
from delprojekt.models import Avsnitt, Datatabell, Delprojekt, Diagrambild
from delprojekt.process.datatabell import Data, Visning
from delprojekt.process.klocka import nu
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.steg import Steg
from tests.world import actor, delprojekt_in

pytestmark = pytest.mark.django_db
KEY = "nulage_ekonomi"
VANTETID = "År\tBlekinge\tSkåne\n2022\t1 032,5\t1 055\n2023\t44\t71\n2024\t40,5\t66\n"


def read(text: str) -> Data:
    cells = read_cells(text)
    return to_data(cells, guess_columns(cells))


def underlag(text: str = VANTETID, **more: object) -> Tabellunderlag:
    data = read(text)
    given = Tabellunderlag(data, guess(data), "Väntetid i dagar", "Väntetidsdatabasen", alt="Väntan ökar.")
    return replace(given, **more)  # type: ignore[arg-type]


@pytest.fixture
def d() -> Delprojekt:
    return delprojekt_in(Steg.NULAGE)


def content(d: Delprojekt) -> str:
    return str(render_content(build(d, "slutrapport", now=nu())))


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The drawer itself is seen in tests/documents: here it is counted."""
    from delprojekt.documents.ritning import Teckning

    asked: list[object] = []
    cache.clear()

    def draw(description: object) -> Teckning:
        asked.append(description)
        return Teckning('<svg xmlns="a" width="1" height="1" viewBox="0 0 1 1"></svg>', b"png")

    monkeypatch.setattr("delprojekt.actions.datatabell.draw", draw)
    return asked


def test_a_table_stands_numbered_where_its_mark_is_with_swedish_numbers_and_can_be_referred_to(
    d: Delprojekt, drawing: list[object]
) -> None:
    chair = actor("ordforande")
    row = save_table(chair, d, KEY, underlag(val=replace(guess(read(VANTETID)), visning=Visning.TABELL)))
    own = '<table id="tabell-a1"><caption>Egen</caption><tbody><tr><td>1</td></tr></tbody></table>'
    text = f'<p>Se <a href="#tabell-data{row.pk}">tabellen</a>.</p>{own}'
    save_section(chair, d, KEY, text, 0)
    assert put_in_section(chair, d, KEY, row.pk)
    assert Avsnitt.objects.get(omgang=row.omgang, nyckel=KEY).html == text + mark(row)
    html = content(d)
    number = re.search(r'<caption><span class="nr">Tabell (\d+)\.</span> Väntetid i dagar</caption>', html)[1]  # type: ignore[index]
    assert f'<span class="nr">Tabell {int(number) - 1}.</span> Egen' in html
    assert f'<a href="#tabell-data{row.pk}">tabell {number}</a>' in html
    assert '<th scope="row">2022</th><td class="tal">1&nbsp;032,5</td><td class="tal">1&nbsp;055</td>' in html
    assert '<th scope="col" class="tal">Blekinge</th>' in html
    assert "Källa: Väntetidsdatabasen" in html
    assert not drawing


def test_a_table_is_put_once_in_a_section(d: Delprojekt, drawing: list[object]) -> None:
    row = save_table(actor("ordforande"), d, KEY, underlag())
    assert [put_in_section(actor("ordforande"), d, KEY, row.pk) for _ in range(2)] == [True, False]


def test_the_same_diagram_is_drawn_once_and_stands_with_its_table(d: Delprojekt, drawing: list[object]) -> None:
    chair = actor("ordforande")
    first = save_table(chair, d, KEY, underlag())
    second = save_table(chair, d, KEY, underlag(rubrik="En gång till"))
    assert first.diagram == second.diagram
    assert len(drawing) == Diagrambild.objects.count() == 1
    put_in_section(chair, d, KEY, first.pk)
    html = content(d)
    assert f'<figure id="figur-data{first.pk}"><img src="/media/diagram/{first.diagram.sha256}.svg"' in html
    assert 'alt="Väntan ökar."' in html
    assert "Väntetid i dagar – siffrorna bakom diagrammet" in html


def test_5_4_1_a_table_that_is_moved_to_the_faktabilaga_leaves_a_reference(
    d: Delprojekt, drawing: list[object]
) -> None:
    """M5.4.1-9: «Tabeller kan vid behov samlas i en faktabilaga.»"""
    chair = actor("ordforande")
    row = save_table(chair, d, KEY, underlag(i_bilaga=True, lasanvisning="Läs radvis."))
    save_section(chair, d, KEY, f"<p>Före.</p>{mark(row)}<p>Efter.</p>", 0)
    html = content(d)
    before, _, annex = html.partition('id="kap-faktabilaga"')
    assert re.search(rf'Siffrorna finns i <a href="#tabell-data{row.pk}">tabell \d+</a> i faktabilagan\.', before)
    assert "<td" not in before.partition("Före.")[2]
    assert f'<table id="tabell-data{row.pk}">' in annex
    assert "Läs radvis." in before


def test_a_table_that_is_not_moved_is_not_in_the_faktabilaga_too(d: Delprojekt, drawing: list[object]) -> None:
    row = save_table(actor("ordforande"), d, KEY, underlag())
    put_in_section(actor("ordforande"), d, KEY, row.pk)
    assert content(d).count(f'<table id="{row.plats}">') == 1


def test_a_drawing_that_fails_leaves_the_table(d: Delprojekt, monkeypatch: pytest.MonkeyPatch) -> None:
    from delprojekt.documents.ritning import Ritfel

    def fails(_: object) -> None:
        raise Ritfel

    cache.clear()
    monkeypatch.setattr("delprojekt.actions.datatabell.draw", fails)
    row = save_table(actor("ordforande"), d, KEY, underlag())
    assert row.diagram is None
    put_in_section(actor("ordforande"), d, KEY, row.pk)
    html = content(d)
    assert "<figure" not in html
    assert "1&nbsp;032,5" in html


def test_a_change_is_kept_with_its_history_and_never_unseen(d: Delprojekt, drawing: list[object]) -> None:
    chair = actor("ordforande")
    row = save_table(chair, d, KEY, underlag())
    changed = save_table(chair, d, KEY, underlag(rubrik="Ny rubrik", version=1), row.pk)
    assert (changed.pk, changed.rubrik, changed.version) == (row.pk, "Ny rubrik", 2)
    with pytest.raises(Tabellkrock):
        save_table(chair, d, KEY, underlag(rubrik="För sent", version=1), row.pk)
    said = Datatabell.pgh_event_model.objects.order_by("pgh_id").values_list("rubrik", flat=True)  # type: ignore[attr-defined]
    assert list(said) == ["Väntetid i dagar", "Ny rubrik"]


def test_who_does_not_write_the_section_makes_and_places_nothing(d: Delprojekt, drawing: list[object]) -> None:
    row = save_table(actor("ordforande"), d, KEY, underlag())
    for try_it in (
        lambda: save_table(actor("utomstaende"), d, KEY, underlag()),
        lambda: put_in_section(actor("utomstaende"), d, KEY, row.pk),
    ):
        with pytest.raises(Refused):
            try_it()
    assert Datatabell.objects.count() == 1


def test_the_mark_of_another_reports_table_shows_nothing_of_it(d: Delprojekt, drawing: list[object]) -> None:
    other = delprojekt_in(Steg.NULAGE)
    row = save_table(actor("ordforande"), other, KEY, underlag())
    save_section(actor("ordforande"), d, KEY, mark(row), 0)
    html = content(d)
    assert "hör till en annan rapport" in html
    assert "1&nbsp;032,5" not in html
    with pytest.raises(Datatabell.DoesNotExist):
        put_in_section(actor("ordforande"), d, KEY, row.pk)


def test_a_table_stands_once_in_a_document_and_is_referred_to_from_the_next_place(
    d: Delprojekt, drawing: list[object], django_assert_num_queries: Any
) -> None:
    chair = actor("ordforande")
    rows = [save_table(chair, d, KEY, underlag(rubrik=name)) for name in ("Ett", "Två")]
    other = save_table(chair, d, KEY, underlag(VANTETID.replace("44", "45"), rubrik="Tre"))
    save_section(chair, d, KEY, "".join(map(mark, [*rows, other, rows[0]])), 0)
    html = content(d)
    assert [html.count(f'id="{name}-data{rows[0].pk}"') for name in ("tabell", "figur")] == [1, 1]
    assert re.search(rf'<p>Ett: se <a href="#{rows[0].plats}">tabell \d+</a>\.</p>', html)
    with django_assert_num_queries(1):
        source = diagrams(html)
        shown = {row.diagram.sha256: source(f"/media/diagram/{row.diagram.sha256}.svg") for row in (*rows, other)}
    assert len(shown) == 2
    assert all(svg.startswith("<svg") for svg in shown.values())


def test_a_table_with_rows_is_never_taken_for_the_mark_of_another(d: Delprojekt, drawing: list[object]) -> None:
    """Copied out of another report, or where the datatabell is shown, it is the writer's own table from then on."""
    row = save_table(actor("ordforande"), d, KEY, underlag())
    copied = f'<p>Se <a href="#{row.plats}">den</a>.</p>{table(row)}'
    html = save_section(actor("ordforande"), d, KEY, copied, 0).html
    assert html == copied.replace(row.plats, f"tabell-ur{row.pk}")
    assert marked(html) == []
    both = save_section(actor("ordforande"), d, KEY, mark(row) + copied, 1).html
    assert both.startswith(f'{mark(row)}<p>Se <a href="#{row.plats}">')


def test_a_table_of_another_report_that_comes_in_a_word_file_keeps_its_rows() -> None:
    foreign = '<table id="tabell-data7"><caption>X</caption><tbody><tr><td>1</td></tr></tbody></table>'
    html, changed = as_marks(f'<p><a href="#tabell-data7">X</a></p>{foreign}', "", {})
    assert html == f'<p><a href="#tabell-ur7">X</a></p>{foreign.replace("data7", "ur7")}'
    assert changed == ()


def test_nothing_is_drawn_where_a_diagram_has_something_against_it(drawing: list[object]) -> None:
    twice = read("Mottagning\tAntal\nKarlskrona\t1\nKarlskrona\t2\n")
    assert drawn(twice, replace(guess(read("A\tB\nx\t1\ny\t2\n")), visning=Visning.STAPLAR)) is None
    assert not drawing
