"""The components say in words what they show in colour, and refuse parameters they do not know."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from delprojekt.templatetags.formular import falt
from delprojekt.templatetags.komponenter import TONER, VISAS, icons
from delprojekt.web.forms.falt import Meningsfalt

ROOT = Path(settings.BASE_DIR)
COMPONENTS = ROOT / "templates" / "components"


def render(source: str, **values: object) -> str:
    """Render ``source`` with the component tags loaded."""
    return Template("{% load komponenter text %}" + source).render(Context(values))


class Formular(forms.Form):
    """A small form."""

    titel = forms.CharField(label="Titel", help_text="Kort.")
    not_ = forms.CharField(label="Not", required=False, widget=forms.Textarea)
    val = forms.ChoiceField(label="Ställning", choices=[("ja", "Enig"), ("nej", "Inte enig")], widget=forms.RadioSelect)


@pytest.mark.parametrize("ton", TONER)
def test_a_status_has_word_icon_and_colour(ton: str) -> None:
    html = render("{% status 'Ordet' ton %}", ton=ton)
    assert "Ordet" in html
    assert "<svg" in html
    assert f'data-color="{TONER[ton][0]}"' in html


def test_every_icon_is_hidden_from_screen_readers_and_points_to_its_drawing() -> None:
    assert len(icons()) == (ROOT / "static" / "img" / "ikoner.svg").read_text().count("<symbol")
    for name in icons():
        html = render("{% ikon namn %}", namn=name)
        assert 'aria-hidden="true"' in html
        assert html.endswith(f'ikoner.svg#{name}"/></svg>')


def test_every_icon_that_is_drawn_is_used_by_a_template_or_in_python() -> None:
    """VENDOR.md: only those that are used are copied."""
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "delprojekt").rglob("*.py")]
    named = set(re.findall(r"""["']([a-z0-9-]+)["']""", "\n".join(file.read_text() for file in files)))
    assert set(icons()) <= named


def test_an_icon_that_is_not_drawn_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("{% ikon 'arrow-rihgt' %}")


def test_a_misspelt_parameter_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError):
        render("{% status 'Klart' tonn='klar' %}")


def test_an_unknown_tone_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("{% status 'Klart' 'rosa' %}")


def test_the_rail_marks_one_step_as_current_and_says_the_rest_in_words() -> None:
    steps = [
        {"namn": "Förslag", "lage": "klar"},
        {"namn": "Beredning", "lage": "nu"},
        {"namn": "Uppdrag", "lage": "kommande"},
    ]
    html = render("{% processkarta steg sidolage='Pausat sedan 3 mars 2026.' %}", steg=steps)
    assert html.count('aria-current="step"') == 1
    assert "Steg 2 av 3" in html
    assert all(words in html for words in (", klart", ", här är ni nu", ", kommande", "Pausat sedan 3 mars 2026."))


def test_a_button_that_cannot_be_used_says_why() -> None:
    html = render("{% knapp 'Fastställ uppdraget' skal='Saknas: ordförande är utsedd.' id_='b' %}")
    assert 'aria-disabled="true"' in html
    assert 'aria-describedby="skal-b"' in html
    assert "Saknas: ordförande är utsedd." in html
    assert 'type="submit"' not in html


def test_a_button_without_an_address_posts_its_form() -> None:
    assert 'type="submit"' in render("{% knapp 'Spara' %}")


def test_an_optional_field_says_so_and_help_is_tied_to_its_field() -> None:
    form = Formular()
    assert "(valfritt)" in render("{% falt form.not_ %}", form=form)
    html = render("{% falt form.titel %}", form=form)
    assert "(valfritt)" not in html
    assert 'aria-describedby="id_titel_helptext"' in html
    assert 'id="id_titel_helptext"' in html


def test_an_error_stands_at_its_field_and_in_the_summary() -> None:
    form = Formular(data={"titel": ""})
    html = render("{% falt form.titel %}", form=form)
    assert 'aria-invalid="true"' in html
    assert 'id="id_titel_error"' in html
    summary = render("{% felsummering form %}", form=form)
    assert 'href="#id_titel"' in summary
    assert "2 saker behöver rättas" in summary


def test_the_links_of_the_error_summary_lead_to_something() -> None:
    form = Formular(data={})
    page = render("{% felsummering form %}{% formularfalt form %}", form=form)
    for field in ("id_titel", "id_val"):
        assert f'href="#{field}"' in page
        assert f'id="{field}"' in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert render("{% felsummering form %}", form=Formular()).strip() == ""


def test_what_people_write_is_never_markup() -> None:
    html = render("{% statusmening ord %}{% tomt ord ord %}{% ruta 'info' ord %}{{ ord }}{% endruta %}", ord="<script>")
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 5


def test_a_cell_of_the_matrix_says_its_decision_in_words() -> None:
    rows = [
        {"nummer": 1, "text": "Punkt", "celler": [{"ord": "Bifall", "ton": "klar"}, {"ord": "Väntar", "ton": "vantar"}]}
    ]
    html = render("{% beslutsmatris 'Beslut' regioner rader %}", regioner=["Blekinge", "Skåne"], rader=rows)
    assert all(words in html for words in ("Bifall", "Väntar", 'scope="row"', 'scope="col"', "<caption>"))


def test_paging_keeps_the_filter() -> None:
    page = Paginator(range(120), 50).page(2)
    html = render("{% sidbyte sida fraga %}", sida=page, fraga=QueryDict("steg=analys&sida=2"))
    assert 'href="?steg=analys&amp;sida=3"' in html
    assert 'aria-current="page"' in html


def test_one_page_needs_no_paging() -> None:
    assert render("{% sidbyte sida %}", sida=Paginator([1], 50).page(1)).strip() == ""


def test_every_component_is_in_the_gallery_or_the_page_frame() -> None:
    shown = (COMPONENTS.parent / "galleri.html").read_text() + (COMPONENTS.parent / "base.html").read_text()
    inner = {"falt", "falt_fel"}  # shown through formularfalt
    for file in COMPONENTS.glob("*.html"):
        name = file.stem
        assert name in inner or f"{{% {name} " in shown or f"components/{name}.html" in shown, name


LONG = (
    """{% forsta rader "a" as visade %}{% for r in visade %}<i>{{ r }}</i>{% endfor %}{% fler rader "a" "avsnitt" %}"""
)


def test_a_long_list_shows_its_first_rows_and_leads_to_all_of_them_with_the_filter_kept() -> None:
    rows = list(range(1, VISAS + 4))
    short = render(LONG, rader=rows, request=RequestFactory().get("/x/?delprojekt=7"))
    assert short.count("<i>") == VISAS
    assert f"De {VISAS} första av {VISAS + 3} visas." in short
    assert '<a href="?delprojekt=7&amp;alla=a#a">Visa alla<span class="bara-skarmlasare"> avsnitt</span></a>' in short
    whole = render(LONG, rader=rows, request=RequestFactory().get("/x/?delprojekt=7&alla=a"))
    assert whole.count("<i>") == VISAS + 3
    assert "Visa alla" not in whole
    assert "Visa alla" not in render(LONG, rader=rows[:VISAS], request=RequestFactory().get("/x/"))


def test_to_ask_for_all_of_one_list_leaves_the_other_lists_of_the_page_short() -> None:
    page = render(LONG, rader=list(range(VISAS + 1)), request=RequestFactory().get("/x/?alla=b"))
    assert page.count("<i>") == VISAS
    assert 'href="?alla=a#a"' in page


def test_the_link_to_all_of_a_list_leads_to_where_that_list_begins() -> None:
    files = [file for file in (ROOT / "templates").rglob("*.html") if file.parent != COMPONENTS]
    found = [(file, key) for file in files for key in re.findall(r'{% fler [\w.]+ "?(\w+)"? ', file.read_text())]
    assert len(found) > 10
    for file, key in found:
        assert re.search(rf'id="({key}|{{{{ {key} }}}})"', file.read_text()), (file.name, key)


def test_the_sentence_of_an_event_keeps_its_dates_together_and_is_still_escaped() -> None:
    event = {"tid": date(2026, 6, 4), "rubrik": "Beslut <b> § 97", "vem": "", "text": "", "ton": "info", "url": ""}
    assert "Beslut &lt;b&gt; §\N{NO-BREAK SPACE}97" in render("{% handelser rader %}", rader=[event])


def test_a_fold_is_a_disclosure_that_works_without_scripts_and_is_open_when_it_matters() -> None:
    assert '<details class="vik"><summary>' in render("{% vik 'Meny' %}")
    assert '<details class="vik" open>' in render("{% vik 'Sök och filtrera' oppen=True %}")


def test_a_table_of_cards_says_so_and_each_cell_of_the_matrix_names_its_region() -> None:
    head = '<thead><tr><th>Nr</th><th><a>Möte <span aria-hidden="true">↑</span></a></th><th>Dag</th></tr></thead>'
    body = '<tbody><tr><th>1</th><td class="tal">4</td><td> – </td></tr><tr><th>2</th><td></td></tr></tbody>'
    page = render("{% tabell 'Delprojekt' %}" + head + body + "{% endtabell %}")
    assert "data-kort" in page
    assert '<th role="rowheader">1</th><td class="tal" data-etikett="Möte" role="cell">4</td>' in page
    # each row begins anew
    assert '<th role="rowheader">2</th><td data-etikett="Möte" data-tom role="cell"></td>' in page
    roles = [page.count(f'role="{role}"') for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell")]
    assert roles == [1, 2, 3, 3, 2, 3], "drawn as cards it is still a table to who hears it"
    named = "<thead><tr><th>{{ x }}</th></tr></thead><tbody><tr><td>{{ x }}</td></tr></tbody>"
    row = "{% tabell 'A' %}" + named + "{% endtabell %}"
    bad = '"><script>'
    assert '<td data-etikett="&quot;&gt;&lt;script&gt;" role="cell">&quot;&gt;&lt;script&gt;</td>' in render(row, x=bad)
    cell = {"ord": "Bifall", "ton": "klar", "tillagg": "", "url": ""}
    rows = [{"nummer": 1, "text": "införa fasta tider", "url": "", "celler": [cell, cell]}]
    html = render("{% beslutsmatris 'Beslut' regioner rader %}", regioner=["Halland", "Skåne"], rader=rows)
    assert html.index('data-etikett="Halland"') < html.index('data-etikett="Skåne"')


@pytest.mark.parametrize(
    ("typed", "said"), [("införa tider.", "införa tider"), (" … med tak;,", "… med tak"), (".5 möten", ".5 möten")]
)
def test_a_sentence_is_read_as_it_will_be_stored(typed: str, said: str) -> None:
    """M5.5-4: what ends it is taken off, as when it is saved and while it is written (show_sentence.js)."""
    form = type("F", (forms.Form,), {"sats": Meningsfalt("Regionerna att ")})({"sats": typed})
    assert falt(form["sats"])["sagt"] == said
