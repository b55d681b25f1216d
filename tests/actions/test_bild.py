"""Pictures in texts: looked at, copied clean, the original kept; seen by those who may read the text."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.bild import add_picture
from delprojekt.actions.jobb import _render
from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.bilder import _absent, media_of
from delprojekt.documents.build import build
from delprojekt.documents.granska.forald import omkoda
from delprojekt.documents.granska.utslag import Filfel
from delprojekt.documents.tree import to_data
from delprojekt.models import Bild, Delprojekt, Dokumentjobb, Format
from delprojekt.process.klocka import nu
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.roller import Mandat, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.bild import get_picture
from tests.world import actor, delprojekt_in, person

pytestmark = pytest.mark.django_db
KEY = "nulage_ekonomi"


def png(size: tuple[int, int] = (40, 20), mode: str = "RGBA", **saved: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, "PNG", **saved)
    return out.getvalue()


def upload(data: bytes, name: str = "karta.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def d() -> Delprojekt:
    return delprojekt_in(Steg.NULAGE)


def test_the_original_is_kept_and_a_clean_copy_is_shown(d: Delprojekt) -> None:
    about = PngInfo()
    about.add_text("Plats", "55.7N 13.2E")
    data = png(pnginfo=about)
    row = add_picture(actor("ordforande"), d, KEY, upload(data))
    with row.original.open() as original, row.visning.open() as visning:
        kept, shown = original.read(), visning.read()
    assert kept == data
    assert b"55.7N" in data
    assert b"55.7N" not in shown
    with Image.open(BytesIO(shown)) as copy:
        assert (copy.mode, copy.size, copy.getpixel((0, 0))) == ("RGB", (40, 20), (255, 255, 255))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "tom"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "inte SVG"),
        (b"%PDF-1.7\n%%EOF", "inte en bild"),
        (png()[:60], "gick inte att läsa"),
        (png((10_000, 10_000), "1"), "fler än 60 miljoner bildpunkter"),
    ],
)
def test_a_file_that_is_no_picture_for_a_text_is_told_in_swedish(d: Delprojekt, data: bytes, words: str) -> None:
    with pytest.raises(Ogiltigt, match=words):
        add_picture(actor("ordforande"), d, KEY, upload(data))
    assert not Bild.objects.exists()


def test_a_large_photo_becomes_as_large_as_a_page_needs(tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    Image.new("RGB", (6000, 4000), "teal").save(path, "JPEG")
    made = omkoda(path)
    assert not isinstance(made, Filfel)
    assert (made.bredd, made.hojd, made.slag.value.andelse) == (2400, 1600, ".jpg")


def test_only_who_writes_the_section_puts_pictures_in_it(d: Delprojekt) -> None:
    with pytest.raises(Refused):
        add_picture(actor("sekreterare"), d, KEY, upload(png()))
    client = Client()
    client.force_login(person("ordforande").konto)
    address = f"/rapport/{d.pk}/{KEY}/bild/"
    assert client.post(address, {"fil": upload(png())}).json()["src"].startswith("/media/bild/")
    assert client.post(address).status_code == 422
    assert client.post(address, {"fil": upload(b"<svg/>")}).status_code == 422
    assert client.post(f"/rapport/{d.pk}/finns_inte/bild/", {"fil": upload(png())}).status_code == 404
    client.force_login(person("sekreterare").konto)
    assert client.post(address, {"fil": upload(png())}).status_code in {403, 404}


def test_a_picture_is_seen_by_those_who_may_read_the_text(d: Delprojekt) -> None:
    row = add_picture(actor("ordforande"), d, KEY, upload(png()))
    seen = {}
    for who in ("ordforande", "samarbetsgrupp.skane", "kansli2", "sekreterare"):
        client = Client()
        client.force_login(person(who).konto)
        answer = client.get(f"/media/bild/{row.namn}")
        b"".join(answer)  # to its end, which closes the file
        seen[who] = answer.status_code
    assert seen == {"ordforande": 200, "samarbetsgrupp.skane": 200, "kansli2": 404, "sekreterare": 404}
    guest = replace(
        actor("utomstaende"), mandat=frozenset({Mandat(Roll.ADJUNGERAD, None, d.pk, avsnitt=frozenset({KEY}))})
    )
    assert get_picture(guest, row.namn) == row, "who writes the section sees its pictures"
    elsewhere = replace(guest, mandat=frozenset({Mandat(Roll.ADJUNGERAD, None, d.pk, avsnitt=frozenset({"nulage"}))}))
    with pytest.raises(Bild.DoesNotExist):
        get_picture(elsewhere, row.namn)
    assert Client().get(f"/media/bild/{row.namn}").status_code == 302


def test_a_document_shows_the_delprojekt_s_own_pictures_only(d: Delprojekt) -> None:
    row = add_picture(actor("ordforande"), d, KEY, upload(png()))
    path = f"/media/bild/{row.namn}"
    assert media_of(d.pk)(path).content_type == "image/png"
    for delprojekt, address in ((d.pk + 1, path), (d.pk, "/media/bild/annan.png"), (d.pk, f"/annat/{row.namn}")):
        assert media_of(delprojekt)(address).body == _absent()
    default_storage.delete(row.visning.name)
    assert media_of(d.pk)(path).body == _absent(), "a report that is fixed has its file also when a picture is gone"


def test_the_job_lays_the_picture_into_the_file(d: Delprojekt) -> None:
    row = add_picture(actor("ordforande"), d, KEY, upload(png()))
    save_section(actor("ordforande"), d, KEY, f'<figure><img src="/media/bild/{row.namn}" alt="Karta"></figure>', 0)
    tree = to_data(build(d, "slutrapport", now=nu()))
    made = _render(Dokumentjobb(delprojekt=d, format=Format.WORD, trad=tree))
    assert [name for name in zipfile.ZipFile(BytesIO(made)).namelist() if name.startswith("word/media/")]
