"""Sections to Word and in again, at the desk (issue: Skrivbordet, 8)."""

import re
import subprocess
import zipfile
from contextlib import closing
from datetime import date
from io import BytesIO
from typing import Any

import psycopg2
import pypandoc
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.bild import add_picture
from delprojekt.actions.jobb import make_document
from delprojekt.actions.lock import WORDLAS
from delprojekt.documents.wordtext import MEST_DELAR
from delprojekt.models import (
    Avsnitt,
    Avsnittsversion,
    Bild,
    Delning,
    Delprojekt,
    Dokumentjobb,
    Innehav,
    Nominering,
    Wordfil,
)
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.actions.test_bild import png
from tests.documents.test_arbetsfil import edited
from tests.world import DAG, actor, delprojekt_in, person

pytestmark = pytest.mark.django_db
EKONOMI, KOMPETENS = "nulage_ekonomi", "nulage_kompetens"
BAS = "<p>Första stycket.</p><p>Andra stycket.</p>"


@pytest.fixture
def d() -> Delprojekt:
    return delprojekt_in(Steg.NULAGE)


@pytest.fixture
def client(d: Delprojekt) -> Client:
    found = Client()
    found.force_login(person("ordforande").konto)
    return found


def text(d: Delprojekt, key: str) -> str:
    row = Avsnitt.objects.filter(omgang__delprojekt=d, nyckel=key).first()
    return row.html if row else ""


def save(d: Delprojekt, key: str, html: str, who: str = "ordforande") -> None:
    row = Avsnitt.objects.filter(omgang__delprojekt=d, nyckel=key).first()
    save_section(actor(who), d, key, html, row.version if row else 0)


def fetched(client: Client, d: Delprojekt, *keys: str) -> bytes:
    answer = client.post(f"/rapport/{d.pk}/word/hamta/", {"avsnitt": keys})
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def handed_in(client: Client, d: Delprojekt, docx: bytes, name: str = "rapport.docx") -> tuple[str, Wordfil]:
    answer = client.post(f"/rapport/{d.pk}/word/lamna-in/", {"fil": SimpleUploadedFile(name, docx)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"], Wordfil.objects.latest("pk")


def foreign(body: str) -> bytes:
    """Return a Word file that somebody has written on their own: HTML made into Word."""
    command = [pypandoc.get_pandoc_path(), "--from=html", "--to=docx", "--output=-"]
    return subprocess.run(command, input=body.encode(), capture_output=True, check=True).stdout


def seen(page: str, key: str) -> dict[str, str]:
    """Return what the page says of which version it shows of a section."""
    found = re.search(rf'name="sett-{key}" value="(\d+)"', page)
    assert found
    return {f"sett-{key}": found[1]}


def test_a_section_goes_to_word_and_comes_back_with_what_was_changed_there(
    d: Delprojekt, client: Client, django_assert_max_num_queries: Any
) -> None:
    save(d, EKONOMI, BAS)
    save(d, KOMPETENS, "<p>Oförändrat.</p>")
    docx = fetched(client, d, EKONOMI, KOMPETENS)
    kept = Avsnittsversion.objects.filter(avsnitt__omgang__delprojekt=d, avsnitt__nyckel=EKONOMI).latest("version")
    assert "Hämtad som Word" in kept.markning
    change = edited(docx, lambda xml: xml.replace("Andra", "Det andra").replace("7.3 Kompetens", "Vår kompetens"))
    address, row = handed_in(client, d, change)
    assert address.endswith(f"/word/{row.pk}/skillnad/")
    assert "heter ”Vår kompetenstillgång” i filen" in client.get(address).content.decode()
    with django_assert_max_num_queries(15):
        page = client.get(address).content.decode()
    assert "Ändrat i Word" in page
    assert 'value="nulage_ekonomi" id="ta-nulage_ekonomi" checked' in page
    assert "Oförändrat i 1 avsnitt" in page
    assert (text(d, EKONOMI), row.intagen_at) == (BAS, None)
    assert client.post(address).status_code == 422
    assert client.post(address, {"ta": [EKONOMI]}).status_code == 302
    assert text(d, EKONOMI) == BAS.replace("Andra", "Det andra")
    version = Avsnittsversion.objects.filter(avsnitt__nyckel=EKONOMI).latest("version")
    assert (version.slag, "Ur Word-filen rapport.docx" in version.markning) == ("word", True)
    row.refresh_from_db()
    assert "Ekonomi" in row.resultat
    with row.fil.open("rb") as file:
        assert b"".join(client.get(f"/rapport/{d.pk}/word/{row.pk}/original/")) == file.read()


def test_what_was_written_in_the_portal_meanwhile_is_never_overwritten(d: Delprojekt, client: Client) -> None:
    save(d, EKONOMI, BAS)
    docx = fetched(client, d, EKONOMI)
    save(d, EKONOMI, BAS.replace("Första", "Allra första"))
    address, _ = handed_in(client, d, edited(docx, lambda xml: xml.replace("Andra", "Det andra")))
    assert "Ändrat på båda håll" in client.get(address).content.decode()
    client.post(address, {"ta": [EKONOMI]})
    assert text(d, EKONOMI) == "<p>Allra första stycket.</p><p>Det andra stycket.</p>"
    address, _ = handed_in(client, d, edited(docx, lambda xml: xml.replace("Första", "Det första")))
    page = client.get(address).content.decode()
    assert "Samma stycke ändrat på båda håll" in page
    assert 'id="ta-nulage_ekonomi" checked' not in page
    answer = client.post(address, {"ta": [EKONOMI]})
    assert answer.status_code == 422
    assert "Välj hur du vill ha det" in answer.content.decode()
    assert "Allra första" in text(d, EKONOMI)
    said = {**seen(page, EKONOMI), "val-nulage_ekonomi": "bada"}  # to choose is to take in
    assert client.post(address, said).status_code == 302
    assert "Allra första" in text(d, EKONOMI)
    assert "Det första" in text(d, EKONOMI)


def test_any_word_file_is_laid_in_sections_by_its_headings_and_nothing_is_lost(d: Delprojekt, client: Client) -> None:
    save(d, KOMPETENS, "<p>Det som stod.</p>")
    body = (
        "<p>Ingress före rubriken</p><h1>Nuläge</h1><h2>Ekonomi</h2>"
        "<p>Kostar <a href='javascript:alert(1)'>5 kr</a>.</p><h3>Källor</h3>"
        "<ul><li>a</li></ul>"
        "<h2>Kompetenstillgang</h2><p>Ny text.</p><h2>Något eget</h2><p>Eget stycke.</p>"
        "<h1>Bilaga</h1><p>Ovidkommande.</p>"
    )
    address, row = handed_in(client, d, foreign(body))
    assert address.endswith(f"/word/{row.pk}/")
    page = client.get(address).content.decode()
    assert "Ingress före rubriken" in page
    guessed = [row.placering[str(at)] for at in range(len(row.innehall["delar"]))]
    assert guessed == ["", "nulage", EKONOMI, KOMPETENS, "", ""]
    chosen = {f"del_{at}": key for at, key in enumerate(guessed)} | {"del_4": "ovan", "ersatter": "nej"}
    nothing = {f"del_{at}": "" for at in range(len(guessed))} | {"ersatter": "nej"}
    assert "minst en del" in client.post(address, nothing).content.decode()
    answer = client.post(address, chosen)
    page = client.get(answer["Location"]).content.decode()
    assert "Ovidkommande." in page.split("Text som inte tas in")[1]
    assert text(d, EKONOMI) == ""
    assert client.post(answer["Location"], {"ta": [EKONOMI, KOMPETENS]}).status_code == 302
    assert text(d, EKONOMI) == "<p>Kostar 5 kr.</p><h3>Källor</h3><ul><li>a</li></ul>"
    assert text(d, KOMPETENS) == ("<p>Det som stod.</p><p>Ny text.</p><h3>Något eget</h3><p>Eget stycke.</p>")
    client.post(address, {**chosen, "ersatter": "ja"})
    page = client.get(answer["Location"]).content.decode()
    client.post(answer["Location"], {"ta": [KOMPETENS], **seen(page, KOMPETENS)})
    assert text(d, KOMPETENS) == "<p>Ny text.</p><h3>Något eget</h3><p>Eget stycke.</p>"


def test_pictures_follow_there_and_back_and_new_ones_are_put_in_clean(d: Delprojekt, client: Client) -> None:
    own = add_picture(actor("ordforande"), d, EKONOMI, SimpleUploadedFile("karta.png", png()))
    shown = f'<figure><img src="/media/bild/{own.namn}" alt="Karta"><figcaption>Kartan</figcaption></figure>'
    save(d, EKONOMI, shown)
    docx = fetched(client, d, EKONOMI)
    address, _ = handed_in(client, d, docx)
    assert "Ingen skillnad" in client.get(address).content.decode()
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        name = next(one for one in archive.namelist() if one.startswith("word/media/"))
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as source, zipfile.ZipFile(target, "w") as out:
        for item in source.infolist():
            out.writestr(item.filename, png((30, 30)) if item.filename == name else source.read(item))
    address, row = handed_in(client, d, target.getvalue())
    picture = f"/media/word/{row.pk}/{name.rpartition('/')[2]}"
    assert picture in client.get(address).content.decode()
    assert client.get(picture)["Content-Type"] == "image/png"
    assert client.get(f"/media/word/{row.pk}/finns-inte.png").status_code == 404
    client.post(address, {"ta": [EKONOMI]})
    new = Bild.objects.latest("pk")
    assert (new.bredd, Bild.objects.count()) == (30, 2)
    assert text(d, EKONOMI) == shown.replace(own.namn, new.namn)
    target = edited(docx, str)
    with zipfile.ZipFile(BytesIO(target)) as source, zipfile.ZipFile(out_of := BytesIO(), "w") as out:
        for item in source.infolist():
            out.writestr(item.filename, b"EMF" if item.filename == name else source.read(item))
    address, _ = handed_in(client, d, out_of.getvalue())
    assert "kan inte visas i portalen. Spara den som PNG eller JPEG" in client.get(address).content.decode()
    outsider = Client()
    outsider.force_login(person("ledamot").konto)
    assert outsider.get(picture).status_code == 404


def test_of_two_pictures_alike_each_section_keeps_its_own(d: Delprojekt, client: Client) -> None:
    for key in (EKONOMI, KOMPETENS):
        own = add_picture(actor("ordforande"), d, key, SimpleUploadedFile("karta.png", png()))
        save(d, key, f'<figure><img src="/media/bild/{own.namn}" alt="Karta"></figure>')
    address, _ = handed_in(client, d, fetched(client, d, EKONOMI, KOMPETENS))
    page = client.get(address).content.decode()
    assert "Ingen skillnad" in page
    assert "Ändrat i Word" not in page


def test_only_those_who_write_take_out_and_hand_in_and_a_file_is_its_senders(d: Delprojekt, client: Client) -> None:
    save(d, EKONOMI, BAS)
    docx = fetched(client, d, EKONOMI)
    assert Delning.objects.get(delprojekt=d).vad == "Slutrapport (arbetsfil, Word)"
    _, row = handed_in(client, d, docx)
    for who, status in (("sekreterare", {403, 404}), ("kansli", {403, 404, 200})):
        client.force_login(person(who).konto)
        assert client.get(f"/rapport/{d.pk}/word/").status_code in status
        assert client.get(f"/rapport/{d.pk}/word/{row.pk}/skillnad/").status_code in {403, 404}
    client.force_login(person("sekreterare").konto)
    answer = client.post(f"/rapport/{d.pk}/word/lamna-in/", {"fil": SimpleUploadedFile("a.docx", docx)})
    assert answer.status_code in {403, 404}


def test_bad_input_is_told_beside_the_field(d: Delprojekt, client: Client) -> None:
    page = client.get(f"/rapport/{d.pk}/word/?val=inga").content.decode()
    assert "checked" not in page
    assert client.get(f"/rapport/{d.pk}/word/?val=mina").status_code == 200
    assert "Kryssa i minst ett avsnitt" in client.post(f"/rapport/{d.pk}/word/hamta/").content.decode()
    for data, words in ((b"", "Filen är tom"), (b"%PDF-1.7 %%EOF", "inte ett Word-dokument")):
        sent = {"fil": SimpleUploadedFile("a.docx", data)}
        answer = client.post(f"/rapport/{d.pk}/word/lamna-in/", sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert "Välj Word-filen" in client.post(f"/rapport/{d.pk}/word/lamna-in/").content.decode()
    assert not Wordfil.objects.exists()


def test_a_file_of_another_report_is_told_and_its_marks_do_not_count(d: Delprojekt, client: Client) -> None:
    save(d, EKONOMI, BAS)
    docx = edited(fetched(client, d, EKONOMI), lambda xml: re.sub(r"_sfbv_\d+_", "_sfbv_99999_", xml))
    _, row = handed_in(client, d, docx)
    assert "Filen kommer från en annan rapport" in client.get(f"/rapport/{d.pk}/word/{row.pk}/").content.decode()
    assert EKONOMI in row.placering.values()


def test_a_slutrapport_is_had_as_slides_when_somebody_orders_them(d: Delprojekt, client: Client) -> None:
    save(d, "sammanfattning", BAS)
    assert "Skapa bildspel" in client.get(f"/delprojekt/{d.pk}/visa/rapport/").content.decode()
    assert "Skapa bildspel" not in client.get(f"/delprojekt/{d.pk}/visa/uppdrag/").content.decode()
    assert client.post(f"/delprojekt/{d.pk}/dokument/uppdrag/pptx/").status_code == 404
    assert not Dokumentjobb.objects.filter(format="pptx").exists()
    assert client.post(f"/delprojekt/{d.pk}/dokument/slutrapport/pptx/").status_code == 302
    job = Dokumentjobb.objects.get(format="pptx")
    assert make_document(job.pk)
    answer = client.get(f"/jobb/{job.pk}/fil/")
    assert answer["Content-Type"].endswith("presentationml.presentation")
    assert zipfile.is_zipfile(BytesIO(b"".join(answer)))


def test_what_the_desk_prefills_goes_to_word_and_is_saved_only_when_it_was_changed() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    client = Client()
    client.force_login(person("kansli").konto)
    Avsnitt.objects.filter(omgang__delprojekt=d, nyckel="bakgrund").delete()
    docx = fetched(client, d, "bakgrund")
    address, _ = handed_in(client, d, docx)
    assert "Ingen skillnad" in client.get(address).content.decode()
    address, _ = handed_in(client, d, edited(docx, lambda xml: xml.replace("Råd ges", "Råd ges i dag")))
    assert "Ändrat i Word" in client.get(address).content.decode()
    assert client.post(address, {"ta": ["bakgrund"]}).status_code == 302
    assert text(d, "bakgrund") == "<p>Råd ges i dag per telefon och dokumenteras inte alltid.</p>"


def test_a_section_that_was_never_saved_and_comes_back_empty_breaks_nothing() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    client = Client()
    client.force_login(person("kansli").konto)
    Avsnitt.objects.filter(omgang__delprojekt=d, nyckel="bakgrund").delete()
    docx = fetched(client, d, "bakgrund", "syfte")
    emptied = edited(docx, lambda xml: xml.replace("Råd ges per telefon och dokumenteras inte alltid.", ""))
    address, _ = handed_in(client, d, emptied)
    assert client.post(address, {"ta": ["bakgrund"]}).status_code == 302
    assert text(d, "bakgrund") == ""


def test_who_writes_in_two_chapters_gets_an_untouched_file_back_as_no_difference(d: Delprojekt) -> None:
    """M4.4-1."""
    called, omgang = person("utomstaende"), d.omgangar.get()
    said = {"status": Nomineringsstatus.UTSEDD, "avsnitt": [EKONOMI, "analys_ekonomi"], "nominerad_date": DAG}
    Nominering.objects.create(omgang=omgang, person=called, roll=Roll.ADJUNGERAD, **said)
    term = {"fran_date": DAG, "till_date": date(2099, 1, 1)}
    Innehav.objects.create(person=called, roll=Roll.ADJUNGERAD, delprojekt=d, omgang=omgang, **term)
    save(d, EKONOMI, "<p>Kostar.</p>")
    save(d, "analys_ekonomi", "<p>Kostar mer.</p>")
    client = Client()
    client.force_login(called.konto)
    address, row = handed_in(client, d, fetched(client, d, EKONOMI, "analys_ekonomi"))
    assert address.endswith(f"/word/{row.pk}/skillnad/")
    page = client.get(address).content.decode()
    assert "Ingen skillnad" in page
    assert "Text som inte tas in" not in page


def test_a_text_that_is_to_be_replaced_is_shown_again_if_it_was_changed_meanwhile(
    d: Delprojekt, client: Client
) -> None:
    save(d, EKONOMI, BAS)
    _, row = handed_in(client, d, foreign("<h2>Ekonomi</h2><p>Ur Word.</p>"))
    answer = client.post(f"/rapport/{d.pk}/word/{row.pk}/", {"del_0": EKONOMI, "ersatter": "ja"})
    address = answer["Location"]
    first = {"ta": [EKONOMI], **seen(client.get(address).content.decode(), EKONOMI)}
    save(d, EKONOMI, BAS + "<p>Medan du läste.</p>")
    answer = client.post(address, first)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Har ändrats i portalen medan du läste: 7.6 Ekonomi" in page
    assert "Medan du läste.</p>" in text(d, EKONOMI)
    assert client.post(address, {"ta": [EKONOMI], **seen(page, EKONOMI)}).status_code == 302
    assert text(d, EKONOMI) == "<p>Ur Word.</p>"


def test_a_file_without_text_is_told_and_not_kept(d: Delprojekt, client: Client) -> None:
    sent = {"fil": SimpleUploadedFile("tom.docx", foreign(""))}
    answer = client.post(f"/rapport/{d.pk}/word/lamna-in/", sent)
    assert answer.status_code == 422
    assert "Det finns ingen text i filen" in answer.content.decode()
    assert not Wordfil.objects.exists()


def test_who_has_a_file_being_read_waits_with_the_next(d: Delprojekt, client: Client) -> None:
    """Each reading takes memory and time of the web process: one at a time for each person."""
    reader = psycopg2.connect(**connection.get_connection_params())
    with closing(reader), reader.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [WORDLAS, actor("ordforande").person])
        sent = {"fil": SimpleUploadedFile("rapport.docx", foreign("<p>Ur Word.</p>"))}
        answer = client.post(f"/rapport/{d.pk}/word/lamna-in/", sent)
    assert answer.status_code == 422
    assert "En fil som du har lämnat in läses redan." in answer.content.decode()


def test_a_file_with_more_headings_than_can_be_placed_is_told(d: Delprojekt, client: Client) -> None:
    sent = {"fil": SimpleUploadedFile("rapport.docx", foreign("<h2>Rubrik</h2><p>Text.</p>" * (MEST_DELAR + 1)))}
    answer = client.post(f"/rapport/{d.pk}/word/lamna-in/", sent)
    assert answer.status_code == 422
    assert f"Filen har fler än {MEST_DELAR} rubriker" in answer.content.decode()


def test_a_text_is_added_once_also_when_it_is_sent_twice(d: Delprojekt, client: Client) -> None:
    save(d, EKONOMI, BAS)
    _, row = handed_in(client, d, foreign("<h2>Ekonomi</h2><p>Ur Word.</p>"))
    address = client.post(f"/rapport/{d.pk}/word/{row.pk}/", {"del_0": EKONOMI, "ersatter": "nej"})["Location"]
    sent = {"ta": [EKONOMI], **seen(client.get(address).content.decode(), EKONOMI)}
    assert client.post(address, sent).status_code == 302
    client.post(address, sent)
    assert text(d, EKONOMI) == f"{BAS}<p>Ur Word.</p>"
    save(d, EKONOMI, BAS)
    assert client.post(address, sent).status_code == 422
    page = client.get(address).content.decode()
    assert "Filens text togs in" in page
    assert 'id="ta-nulage_ekonomi" checked' not in page
    assert text(d, EKONOMI) == BAS


def test_who_goes_on_writing_in_the_same_file_gets_only_what_is_new(d: Delprojekt, client: Client) -> None:
    save(d, EKONOMI, BAS)
    docx = fetched(client, d, EKONOMI)

    def with_third(words: str) -> bytes:
        new = f"Andra stycket.</w:t></w:r></w:p><w:p><w:r><w:t>{words}"
        return edited(docx, lambda xml: xml.replace("Andra stycket.", new))

    address, _ = handed_in(client, d, with_third("Tredje."))
    client.post(address, {"ta": [EKONOMI]})
    save(d, EKONOMI, text(d, EKONOMI).replace("Första", "Allra första"))
    address, _ = handed_in(client, d, with_third("Tredje, putsat."))
    client.post(address, {"ta": [EKONOMI]})
    assert text(d, EKONOMI) == "<p>Allra första stycket.</p><p>Andra stycket.</p><p>Tredje, putsat.</p>"
    address, _ = handed_in(client, d, docx)
    client.post(address, {"ta": [EKONOMI]})
    assert text(d, EKONOMI) == "<p>Allra första stycket.</p><p>Andra stycket.</p>"


def test_what_word_does_not_keep_and_nobody_sees_is_no_difference(d: Delprojekt, client: Client) -> None:
    save(d, EKONOMI, "<p>a</p><p></p><p>b</p><ul><li>c</li></ul><ul><li>d</li></ul>")
    address, _ = handed_in(client, d, fetched(client, d, EKONOMI))
    assert "Ingen skillnad" in client.get(address).content.decode()
