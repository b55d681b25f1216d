"""The PDF beside the text: made in the background, one at a time, and the newest text wins (issue: Skrivbordet, 8)."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from delprojekt.actions import forhandsvisning
from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.forhandsvisning import make_preview, order_preview
from delprojekt.actions.jobb import sweep
from delprojekt.documents.errors import PdfAv
from delprojekt.models import Delning, Delprojekt, Dokumentslag, Forhandsvisning, Innehav, Nominering
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.world import DAG, actor, delprojekt_in, person

pytestmark = pytest.mark.django_db
KEY = "nulage_ekonomi"


@pytest.fixture
def d(monkeypatch: pytest.MonkeyPatch) -> Delprojekt:
    monkeypatch.setattr(forhandsvisning, "render_pdf", lambda tree, **_: f"%PDF {hash(tree)}".encode())
    monkeypatch.setattr(forhandsvisning, "count_pages", lambda _: 3)
    return delprojekt_in(Steg.NULAGE)


def order(d: Delprojekt) -> Forhandsvisning:
    return order_preview(actor("ordforande"), d, Dokumentslag.SLUTRAPPORT)


def test_a_newer_wish_replaces_the_file_and_an_unchanged_text_is_not_made_twice(d: Delprojekt) -> None:
    row = order(d)
    assert make_preview(row.pk)
    assert not make_preview(row.pk)
    row.refresh_from_db()
    first, made = row.fil.name, row.gjord_at
    order(d)
    assert not make_preview(row.pk)
    save_section(actor("ordforande"), d, KEY, "<p>Något nytt.</p>", 0)
    assert order(d).pk == row.pk
    assert make_preview(row.pk)
    row.refresh_from_db()
    assert row.gjord_at > made
    assert default_storage.exists(row.fil.name)
    assert not default_storage.exists(first)


def test_what_is_asked_for_while_it_is_made_is_made_after_it(d: Delprojekt, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def render(tree: object, **_: object) -> bytes:
        seen.append(len(seen))
        if len(seen) == 1:
            save_section(actor("ordforande"), d, KEY, "<p>Medan PDF:en gjordes.</p>", 0)
            order(d)
        return f"%PDF {len(seen)}".encode()

    monkeypatch.setattr(forhandsvisning, "render_pdf", render)
    row = order(d)
    assert make_preview(row.pk)
    row.refresh_from_db()
    assert (len(seen), row.klar) == (2, True)


def test_what_cannot_be_made_is_told_and_a_lost_wish_is_found_by_the_sweep(
    d: Delprojekt, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = order(d)
    queued: list[tuple[object, ...]] = []
    monkeypatch.setattr("delprojekt.actions.jobb.enqueue", lambda *args: queued.append(args) or True)
    sweep()
    assert ("GOR_FORHANDSVISNING", row.pk) in [(job.name, *rest) for job, *rest in queued]

    def fails(tree: object, **_: object) -> bytes:
        raise PdfAv("PDF är avstängt.")

    monkeypatch.setattr(forhandsvisning, "render_pdf", fails)
    assert not make_preview(row.pk)
    client = Client()
    client.force_login(person("ordforande").konto)
    assert client.get(f"/rapport/{d.pk}/pdf/status/").json()["text"] == "PDF är avstängt."


def test_the_desk_asks_for_it_follows_it_and_shows_it(d: Delprojekt) -> None:
    client = Client()
    client.force_login(person("ordforande").konto)
    assert "data-pdf=" in client.get(f"/rapport/{d.pk}/{KEY}/").content.decode()
    assert "Ingen PDF är gjord än" in client.get(f"/rapport/{d.pk}/pdf/").content.decode()
    assert client.get(f"/rapport/{d.pk}/pdf/fil/").status_code == 404
    answer = client.post(f"/rapport/{d.pk}/pdf/bestall/", headers={"Accept": "application/json"})
    assert answer.json()["ton"] == "pagar"
    assert client.post(f"/rapport/{d.pk}/pdf/bestall/").status_code == 302
    make_preview(Forhandsvisning.objects.get().pk)
    told = client.get(f"/rapport/{d.pk}/pdf/status/").json()
    assert told["text"].startswith("3 sidor, som texten stod ")
    shown = client.get(told["url"])
    assert b"".join(shown).startswith(b"%PDF")
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert b"".join(client.get(told["url"])).startswith(b"%PDF")
    assert Delning.objects.get(delprojekt=d).vad == "Slutrapport (förhandsvisning, PDF)"
    assert "Öppna PDF:en" in client.get(f"/rapport/{d.pk}/pdf/").content.decode()


def test_who_writes_a_section_and_reads_nothing_else_is_not_shown_the_whole(d: Delprojekt) -> None:
    """M4.4-1."""
    called, omgang = person("utomstaende"), d.omgangar.get()
    said = {"status": Nomineringsstatus.UTSEDD, "avsnitt": [KEY], "nominerad_date": DAG}
    Nominering.objects.create(omgang=omgang, person=called, roll=Roll.ADJUNGERAD, **said)
    Innehav.objects.create(
        person=called, roll=Roll.ADJUNGERAD, delprojekt=d, omgang=omgang, fran_date=DAG, till_date=date(2099, 1, 1)
    )
    client = Client()
    client.force_login(called.konto)
    page = client.get(f"/rapport/{d.pk}/{KEY}/")
    assert page.status_code == 200
    assert "data-pdf=" not in page.content.decode()
    assert client.get(f"/rapport/{d.pk}/pdf/").status_code == 404
    assert client.post(f"/rapport/{d.pk}/pdf/bestall/").status_code == 404


def test_what_breaks_is_told_and_not_tried_for_ever(d: Delprojekt, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(tree: object, **_: object) -> bytes:
        raise ValueError(tree)

    monkeypatch.setattr(forhandsvisning, "render_pdf", breaks)
    row = order(d)
    assert not make_preview(row.pk)
    row.refresh_from_db()
    assert (row.klar, row.fel) == (True, forhandsvisning.GICK_INTE)
