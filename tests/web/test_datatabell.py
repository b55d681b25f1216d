"""A table from Excel at the desk: pasted or uploaded, looked at, saved, put in the text; all of it without scripts."""

import json
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.datatabell import put_in_section, save_table
from delprojekt.documents.insatt import mark, marked
from delprojekt.models import Avsnitt, Datatabell, Delprojekt, Diagrambild
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_person
from delprojekt.templatetags.dokumenttext import ren
from delprojekt.web.skrivbord import _as_printed
from tests.actions.test_datatabell import VANTETID, drawing, underlag
from tests.documents.test_arbetsfil import edited
from tests.documents.test_tabelldata import _book
from tests.metoden.test_4_adjungerad import kallad
from tests.web.test_word import fetched, handed_in
from tests.world import actor, delprojekt_in, do, person

__all__ = ["drawing"]
pytestmark = pytest.mark.django_db
KEY, OTHER = "nulage_ekonomi", "nulage_kompetens"


@pytest.fixture
def d() -> Delprojekt:
    return delprojekt_in(Steg.NULAGE)


def client_of(who: str) -> Client:
    found = Client()
    found.force_login(person(who).konto)
    return found


@pytest.fixture
def client() -> Client:
    return client_of("ordforande")


def page_of(d: Delprojekt, pk: int | None = None) -> str:
    return f"/rapport/{d.pk}/{KEY}/tabell/" + (f"{pk}/" if pk else "")


def fields(html: str) -> dict[str, object]:
    """What a browser would send of the form as it stands."""
    found: dict[str, object] = {}
    form = html.partition('class="datatabell"')[2].partition("</form>")[0]
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (re.search(rf' {what}="([^"]*)"', tag) for what in ("name", "value"))
        if name is None or 'type="file"' in tag or ("checkbox" in tag and " checked" not in tag):
            continue
        said = unescape(value[1]) if value else ""
        found[name[1]] = [*found.get(name[1], []), said] if name[1] == "serier" else said  # type: ignore[misc]
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        found[name] = re.search(r'value="([^"]*)" selected', body)[1]  # type: ignore[index]
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(body).lstrip("\n")
    return found


def test_a_table_is_pasted_looked_at_and_saved_with_its_diagram(
    d: Delprojekt, client: Client, drawing: list[object]
) -> None:
    first = client.get(page_of(d)).content.decode()
    assert "Spara tabellen" not in first
    seen = client.post(page_of(d), {"klistrat": VANTETID, "las": "ja", "version": "0"}).content.decode()
    sent = fields(seen)
    assert (sent["visning"], sent["serier"], sent["kol0_slag"], sent["kol1_decimaler"]) == (
        "linjer",
        ["1", "2"],
        "ar",
        "1",
    )
    assert str(sent["alt"]).startswith("Linjediagram. Visar Blekinge och Skåne.")
    assert not Datatabell.objects.exists()
    refused = client.post(page_of(d), {**sent, "spara": "ja"})
    assert refused.status_code == 422
    assert "Skriv en rubrik" in refused.content.decode()
    sent = fields(refused.content.decode()) | {"rubrik": "Väntetid", "kalla": "Databasen"}
    looked = client.post(page_of(d), {**sent, "visa": "ja"}).content.decode()
    assert "Väntetid – siffrorna bakom diagrammet" in looked
    assert 'role="img"' in looked
    done = client.post(page_of(d), {**fields(looked), "spara": "ja"}, follow=True)
    row = Datatabell.objects.get()
    assert (row.rubrik, row.alt.startswith("Linjediagram: Väntetid."), row.version) == ("Väntetid", True, 1)
    assert Avsnitt.objects.get(nyckel=KEY).html == mark(row)
    desk = done.content.decode()
    assert "är sparad och står sist i avsnittet" in desk
    listed = json.loads(unescape(re.search(r'data-tabeller="([^"]*)"', desk)[1]))  # type: ignore[index]
    assert [(one["id"], one["rubriker"]) for one in listed] == [(row.pk, ["År", "Blekinge", "Skåne"])]
    assert client.get(listed[0]["diagram"])["Content-Type"] == "image/png"
    preview = client.get(f"/delprojekt/{d.pk}/dokument/slutrapport/").content.decode()
    assert '<details class="siffror"><summary>Siffrorna bakom diagrammet</summary>' in preview
    assert re.search(r'<svg [^>]*class="diagram"[^>]* role="img"', preview)


def test_a_table_is_changed_and_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(
    d: Delprojekt, client: Client, drawing: list[object]
) -> None:
    client.post(page_of(d), {"klistrat": VANTETID, "las": "ja", "version": "0"})
    sent = fields(client.post(page_of(d), {"klistrat": VANTETID, "las": "ja", "version": "0"}).content.decode())
    del sent["infoga"]
    client.post(page_of(d), {**sent, "rubrik": "Väntetid", "spara": "ja"})
    row = Datatabell.objects.get()
    assert not Avsnitt.objects.filter(nyckel=KEY).exists(), "it was not asked for in the text"
    opened = fields(client.get(page_of(d, row.pk)).content.decode())
    assert opened["klistrat"] == "År\tBlekinge\tSkåne\n2022\t1032,5\t1055\n2023\t44\t71\n2024\t40,5\t66\n"
    client.post(page_of(d, row.pk), {**opened, "rubrik": "Andras", "spara": "ja"})
    late = client.post(page_of(d, row.pk), {**opened, "rubrik": "Mina", "spara": "ja"})
    assert late.status_code == 409
    again = fields(late.content.decode())
    assert "sparade tabellen medan du hade den öppen" in late.content.decode()
    assert (again["rubrik"], Datatabell.objects.get().rubrik) == ("Mina", "Andras")
    client.post(page_of(d, row.pk), {**again, "spara": "ja"})
    assert Datatabell.objects.get().rubrik == "Mina"
    client.post(f"{page_of(d)}infoga/", {"tabell": row.pk})
    assert Avsnitt.objects.get(nyckel=KEY).html == mark(Datatabell.objects.get())
    reader = Client()
    reader.force_login(person("kansli").konto)
    history = reader.get(f"/delprojekt/{d.pk}/visa/handelser/?slag=rapport").content.decode()
    assert "Datatabell" in history
    assert "Andras" in history
    assert client.post(f"{page_of(d)}infoga/", {"tabell": "999999"}, follow=True).status_code == 200


def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(
    d: Delprojekt, client: Client, drawing: list[object]
) -> None:
    long = "Region\tAntal\n" + "Skåne\t1\n" * 5000
    said = client.post(page_of(d), {"klistrat": long, "las": "ja", "version": "0"})
    assert said.status_code == 422
    assert "5\xa0000 rader och högst 400 får plats" in unescape(said.content.decode())
    assert said.content.decode().count("Skåne\t1") == 5000
    for name, data, words in (
        ("bok.xlsx", b"PK\x03\x04inte", "Filen är skadad"),
        ("bok.xls", b"\xd0\xcf\x11\xe0", "äldre Excelbok"),
    ):
        upload = SimpleUploadedFile(name, data)
        said = client.post(page_of(d), {"klistrat": VANTETID, "fil": upload, "las": "ja", "version": "0"})
        assert said.status_code == 422
        assert words in said.content.decode()
        assert fields(said.content.decode())["klistrat"] == VANTETID
    book = client.post(page_of(d), {"fil": SimpleUploadedFile("bok.xlsx", _book(3)), "las": "ja", "version": "0"})
    assert book.status_code == 200, re.findall(r'class="falt__fel[^>]*>(.*?)<', book.content.decode())
    assert fields(book.content.decode())["klistrat"] == "rad 0\t0\nrad 1\t1\nrad 2\t2\n"
    sent = fields(client.post(page_of(d), {"klistrat": VANTETID, "las": "ja", "version": "0"}).content.decode())
    wrong = client.post(page_of(d), {**sent, "klistrat": VANTETID.replace("\t44\t", "\tca 44\t"), "visa": "ja"})
    assert "Rad 3, kolumnen ”Blekinge”: ”ca 44” är inget tal" in wrong.content.decode()
    corner = client.post(
        page_of(d), {"klistrat": "\tBlekinge\tSkåne\n2024\t1\t2\n2025\t3\t4\n", "las": "ja", "version": "0"}
    )
    assert fields(corner.content.decode())["serier"] == ["1", "2"]
    assert "Så blir det" in corner.content.decode()
    none = client.post(page_of(d), {**sent, "serier": [], "visa": "ja"})
    assert "Kryssa i minst en kolumn med tal." in none.content.decode()
    assert not Datatabell.objects.exists()


def test_what_was_filled_in_is_kept_when_the_cells_are_no_table(
    d: Delprojekt, client: Client, drawing: list[object]
) -> None:
    sent = fields(client.post(page_of(d), {"klistrat": VANTETID, "las": "ja", "version": "0"}).content.decode())
    filled = {"rubrik": "Väntetid", "kalla": "Databasen", "lasanvisning": "Läs radvis.", "alt": "Mina ord."}
    filled |= {"visning": "grupperade", "i_bilaga": "on", "kol1_decimaler": "2"}
    filled |= {"kol1_enhet": "dagar", "kol2_enhet": "dagar"}
    sent = {key: value for key, value in (sent | filled).items() if key != "infoga"}
    wrong = client.post(page_of(d), {**sent, "klistrat": "En enda rad\t1", "spara": "ja"})
    assert wrong.status_code == 422
    again = {**fields(wrong.content.decode()), "i_bilaga": "on"}  # as a browser sends a box that is checked
    assert re.search(r'name="i_bilaga"[^>]* checked', wrong.content.decode())
    assert {key: again.get(key) for key in filled} == filled
    assert again["serier"] == ["1", "2"]
    client.post(page_of(d), {**again, "klistrat": VANTETID, "spara": "ja"})
    row = Datatabell.objects.get()
    assert (row.rubrik, row.alt, row.visning, row.i_bilaga) == ("Väntetid", "Mina ord.", "grupperade", True)
    assert (row.kolumner[1]["enhet"], row.kolumner[1]["decimaler"]) == ("dagar", 2)


def test_what_was_filled_in_is_shown_when_the_table_is_not_changed_here_any_more(
    d: Delprojekt, client: Client, drawing: list[object]
) -> None:
    row = save_table(actor("ordforande"), d, OTHER, underlag())
    put_in_section(actor("ordforande"), d, KEY, row.pk)
    opened = fields(client.get(page_of(d, row.pk)).content.decode()) | {"rubrik": "Mina ord", "spara": "ja"}
    section = Avsnitt.objects.get(omgang=row.omgang, nyckel=KEY)
    save_section(actor("ordforande"), d, KEY, "", section.version)
    late = client.post(page_of(d, row.pk), opened)
    assert late.status_code == 409
    assert "står inte längre i avsnittet" in late.content.decode()
    assert fields(late.content.decode())["rubrik"] == "Mina ord"
    gone = client.post(f"/rapport/{d.pk}/bakgrund/tabell/", opened)
    assert gone.status_code == 409
    assert "Mina ord" in gone.content.decode()
    assert "1032,5" in gone.content.decode()


def test_a_diagram_is_drawn_when_it_is_asked_for_and_kept_when_it_is_saved(
    d: Delprojekt, client: Client, drawing: list[object]
) -> None:
    sent = fields(client.post(page_of(d), {"klistrat": VANTETID, "las": "ja", "version": "0"}).content.decode())
    assert (len(drawing), Diagrambild.objects.count()) == (1, 0)
    client.post(page_of(d), {**sent, "rubrik": "Väntetid", "spara": "ja"})
    assert (len(drawing), Diagrambild.objects.count()) == (1, 1)
    row = Datatabell.objects.get()
    assert 'class="diagram"' in client.get(page_of(d, row.pk)).content.decode()
    Datatabell.objects.update(diagram=None)
    Diagrambild.objects.all().delete()
    cache.clear()
    client.get(page_of(d, row.pk))
    assert len(drawing) == 1, "nothing is drawn by opening a page"


def test_who_reads_but_does_not_write_makes_no_table(d: Delprojekt) -> None:
    other = Client()
    other.force_login(person("samarbetsgrupp.skane").konto)
    assert other.get(page_of(d)).status_code == 403


def test_a_table_goes_to_word_and_comes_back_as_it_was_and_a_change_there_is_told(
    d: Delprojekt, client: Client, drawing: list[object]
) -> None:
    sent = fields(client.post(page_of(d), {"klistrat": VANTETID, "las": "ja", "version": "0"}).content.decode())
    del sent["infoga"]
    client.post(page_of(d), {**sent, "rubrik": "Väntetid", "kalla": "Databasen", "spara": "ja"})
    row = Datatabell.objects.get()
    text = f'<p>Se <a href="#tabell-data{row.pk}">tabellen</a>.</p>{mark(row)}<p>Efter.</p>'
    save_section(actor("ordforande"), d, KEY, text, 0)
    docx = fetched(client, d, KEY)
    address, _ = handed_in(client, d, edited(docx, lambda xml: xml.replace("Efter.", "Efteråt.")))
    client.post(address, {"ta": KEY})
    assert Avsnitt.objects.get(nyckel=KEY).html == text.replace("Efter.", "Efteråt.")
    changed = underlag(VANTETID.replace("44", "45"), rubrik="Nytt namn", version=1)
    save_table(actor("ordforande"), d, KEY, changed, row.pk)
    address, _ = handed_in(client, d, edited(docx, lambda xml: xml.replace("Efter.", "Sist.")))
    seen = client.get(address).content.decode()
    assert "Sist." in seen
    assert "är ändrad i Word" not in seen, "it was changed in the portal since the file was fetched"
    address, _ = handed_in(client, d, edited(docx, lambda xml: xml.replace("032,5", "099,9")))
    assert "Tabellen ”Nytt namn” är ändrad i Word." in client.get(address).content.decode()
    client.post(address, {"ta": KEY})
    html = Avsnitt.objects.get(nyckel=KEY).html
    assert "099,9" in html
    assert f'<table id="tabell-ur{row.pk}">' in html
    assert f'href="#tabell-ur{row.pk}"' in html
    assert Datatabell.objects.get().rader[0][1] == "1032.5"


def test_the_facts_of_a_section_become_a_table(d: Delprojekt, client: Client, drawing: list[object]) -> None:
    fact = {"avsnitt": KEY, "pastaende": "Kostnad per besök", "enhet": "kr", "period": "2025", "kalla": "pas"}
    for region, figure in (("skane", "1480"), ("halland", "1210.5")):
        do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **fact, region=region, varde=Decimal(figure))
    do(
        "ordforande",
        Act.REGISTRERA_FAKTAUPPGIFT,
        d,
        **fact | {"kalla": "annan", "kalla_text": "Sjukhuset"},
        region="skane",
        varde=Decimal(9),
    )
    desk = client.get(f"/rapport/{d.pk}/{KEY}/").content.decode()
    assert f'href="{page_of(d)}?ur=fakta"' in desk
    made = fields(client.get(f"{page_of(d)}?ur=fakta").content.decode())
    heads = "Region\tKostnad per besök (kr)\n"
    assert made["klistrat"] == heads + "Skåne\t1\xa0480\nHalland\t1\xa0210,5\nSkåne, Annan källa, Sjukhuset\t9\n"
    assert (made["rubrik"], made["kol1_enhet"], made["visning"]) == ("Kostnad per besök", "kr", "staplar")
    assert "2025" in str(made["kalla"])
    assert "Spara tabellen" not in client.get(f"/rapport/{d.pk}/nulage/tabell/?ur=fakta").content.decode()


def test_who_only_reads_a_section_sees_its_tables_and_diagrams(
    d: Delprojekt, drawing: list[object], django_assert_num_queries: Any
) -> None:
    row = save_table(actor("ordforande"), d, KEY, underlag())
    put_in_section(actor("ordforande"), d, KEY, row.pk)
    saved = Avsnitt.objects.get(nyckel=KEY)
    who = actor("ordforande")
    with django_assert_num_queries(1):
        [(_, html)] = _as_printed(who, [saved])
    shown = str(ren(html))
    assert 'class="diagram"' in shown
    assert "1&nbsp;032,5" in shown
    assert "Siffrorna visas i dokumentet." in str(ren(saved.html)), "where nobody has put the rows there"


def test_4_4_who_is_called_in_to_a_section_meets_no_table_of_another(d: Delprojekt, drawing: list[object]) -> None:
    """M4.4-1: neither in the list, on its own page, as a picture, nor by putting its mark in their own text."""
    chair = actor("ordforande")
    foreign = save_table(chair, d, OTHER, underlag(rubrik="Andras siffror"))
    shared = save_table(chair, d, OTHER, underlag(rubrik="Delad"))
    put_in_section(chair, d, OTHER, foreign.pk)
    put_in_section(chair, d, KEY, shared.pk)
    fact = {"avsnitt": OTHER, "pastaende": "Hemligt", "enhet": "kr", "period": "2025", "kalla": "pas"}
    for region in ("skane", "halland"):
        do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **fact, region=region, varde=Decimal(5))
    them = kallad(d)
    guest = Client()
    guest.force_login(them.konto)
    desk = guest.get(f"/rapport/{d.pk}/{KEY}/").content.decode()
    assert ("Andras siffror" in desk, "Delad" in desk) == (False, True)
    assert page_of(d, shared.pk) not in desk, "it is changed by who writes the section that it was made in"
    picture = reverse("diagram", args=[d.pk, KEY, foreign.pk, 1])
    assert client_of("ordforande").get(picture.replace(KEY, OTHER)).status_code == 200
    said = fields(client_of("ordforande").get(page_of(d, foreign.pk)).content.decode())
    sent = said | {"rubrik": "Min", "spara": "ja"}
    assert guest.get(page_of(d, foreign.pk)).status_code == 404
    assert guest.get(picture).status_code == 404
    assert guest.post(page_of(d, foreign.pk), sent).status_code == 409
    guest.post(f"{page_of(d)}infoga/", {"tabell": foreign.pk})
    own = Avsnitt.objects.get(omgang=foreign.omgang, nyckel=KEY)
    guest.post(f"/rapport/{d.pk}/{KEY}/", {"text": f"<p>Mitt.</p>{own.html}{mark(foreign)}", "version": own.version})
    own.refresh_from_db()
    assert ("Mitt." in own.html, marked(own.html)) == (True, [shared.pk])
    with pytest.raises(Refused):
        save_table(actor_for_person(them), d, KEY, underlag(rubrik="Min", version=1), shared.pk)
    assert "Hemligt" not in guest.get(f"{page_of(d)}?ur=fakta").content.decode()
    assert set(Datatabell.objects.values_list("rubrik", flat=True)) == {"Andras siffror", "Delad"}


def test_5_4_1_a_table_without_source_is_told_before_the_section_is_done(
    d: Delprojekt, client: Client, drawing: list[object]
) -> None:
    """M5.4.1-8: at the desk, and among the advice."""
    row = save_table(actor("ordforande"), d, KEY, underlag(kalla=""))
    put_in_section(actor("ordforande"), d, KEY, row.pk)
    assert "1 tabell saknar källa." in client.get(f"/rapport/{d.pk}/{KEY}/").content.decode()
    assert "Tabellen ”Väntetid i dagar” saknar källa." in client.get(f"/rapport/{d.pk}/").content.decode()


def test_a_section_that_is_done_is_opened_again_when_its_figures_change(d: Delprojekt, drawing: list[object]) -> None:
    chair = actor("ordforande")
    row = save_table(chair, d, KEY, underlag())
    put_in_section(chair, d, KEY, row.pk)
    do("ordforande", Act.KLARMARKERA_AVSNITT, d, avsnitt=KEY)
    assert Avsnitt.objects.get(omgang=row.omgang, nyckel=KEY).klart
    save_table(chair, d, KEY, underlag(rubrik="Andra siffror", version=1), row.pk)
    section = Avsnitt.objects.get(omgang=row.omgang, nyckel=KEY)
    assert not section.klart
    assert "tabellen ”Andra siffror” ändrades" in section.versioner.get(version=section.version).markning
