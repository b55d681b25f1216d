"""Stored files: the sweep, a full disk, and names (quality.md §1 row 15). Crashes: test_kill.py."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from delprojekt.actions import filer
from delprojekt.actions.filer import FULLT, check_files, clean_name, store_upload
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import AllmanHandling, Beslutshandling, Delprojekt, Filkontroll, Handelse
from delprojekt.process.steg import Steg
from tests import world
from tests.actions.lagring import decision_form, files, full_after, own_storage, put
from tests.walked import Walked
from tests.world import decide_in


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> tuple[Path, Path]:
    return own_storage(settings, tmp_path)


@pytest.fixture
def at_the_regions(walked: Walked, folders: tuple[Path, Path]) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT])


def known() -> set[str]:
    return set(Beslutshandling.objects.exclude(fil="").values_list("fil", flat=True))


def make_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an hour pass for the sweep, without waiting for it."""
    monkeypatch.setattr(filer, "VILA", timedelta(0))


# the sweep ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_without_a_row_is_moved_to_quarantine_when_it_is_an_hour_old(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    media, quarantine = folders
    put("beslut/2026/halv.pdf")
    assert check_files().utan_rad == 0, "a file that is being written has no row yet"
    make_old(monkeypatch)
    assert check_files().utan_rad == 1
    assert files(media) == []
    assert files(quarantine) == ["utan_rad/beslut/2026/halv.pdf"]
    assert "halv.pdf" in caplog.text


@pytest.mark.django_db
def test_a_file_that_a_row_knows_is_never_touched(
    at_the_regions: Delprojekt, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = decide_in(at_the_regions, "skane")
    make_old(monkeypatch)
    check_files()
    assert default_storage.exists(paper.fil.name)


@pytest.mark.django_db
def test_a_file_that_only_the_history_knows_is_never_touched(
    at_the_regions: Delprojekt, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something once pointed to it: it has been received, whatever the row says now."""
    paper = decide_in(at_the_regions, "skane")
    name = paper.fil.name
    paper.fil = ""
    paper.save(update_fields=["fil"])
    make_old(monkeypatch)
    assert check_files().utan_rad == 0
    assert default_storage.exists(name)


@pytest.mark.django_db
def test_a_row_without_its_file_is_an_alarm(
    at_the_regions: Delprojekt, folders: tuple[Path, Path], caplog: pytest.LogCaptureFixture
) -> None:
    before = check_files().utan_fil  # the walked delprojekt has its files elsewhere
    paper = decide_in(at_the_regions, "skane")
    assert check_files().utan_fil == before
    default_storage.delete(paper.fil.name)
    assert check_files().utan_fil == before + 1
    assert paper.fil.name in caplog.text
    assert Filkontroll.objects.latest("pk").kontrollerad_at <= timezone.now()


# a full disk ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("chunks", [0, 1, 3])
def test_q15_a_full_disk_leaves_a_swedish_sentence_and_no_half_file(
    at_the_regions: Delprojekt, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, chunks: int
) -> None:
    events, papers, registered = Handelse.objects.count(), known(), AllmanHandling.objects.count()
    save = FileSystemStorage.save

    def save_until_full(self: FileSystemStorage, name: str, content: Any, max_length: int | None = None) -> str:
        monkeypatch.setattr(type(content), "chunks", full_after(chunks))
        return str(save(self, name, content, max_length))

    monkeypatch.setattr(FileSystemStorage, "save", save_until_full)
    with pytest.raises(Ogiltigt, match="fullt") as caught:
        decide_in(at_the_regions, "skane")
    assert caught.value.falt == "fil"
    assert str(caught.value) == FULLT
    assert files(folders[0]) == []
    assert (Handelse.objects.count(), known(), AllmanHandling.objects.count()) == (events, papers, registered)


@pytest.mark.django_db
def test_a_full_disk_is_told_beside_the_field_with_what_was_typed(
    at_the_regions: Delprojekt, walked: Walked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any, **_more: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    url = f"/delprojekt/{at_the_regions.pk}/gor/registrera-huvudmansbeslut/"
    answer = walked.client("region.skane").post(url, decision_form(at_the_regions, "skane"))
    assert answer.status_code == 422
    assert FULLT in answer.content.decode()
    assert "Regionstyrelsen" in answer.content.decode()


# names ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Protokoll § 214 å.pdf", "Protokoll § 214 å.pdf"),
        ("C:\\Users\\Åsa\\utdrag.pdf", "utdrag.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
    ],
)
def test_the_name_that_people_read_steers_nothing(sent: str, shown: str) -> None:
    upload = SimpleUploadedFile("x.pdf", b"x")
    upload._name = sent
    assert clean_name(upload) == shown


def test_the_stored_name_is_the_portals_own(folders: tuple[Path, Path]) -> None:
    """Two files of one name never meet, and the ending says what the portal found, not what the sender wrote."""
    stored = [store_upload(SimpleUploadedFile("utdrag.exe", world.PDF), "beslut/2026") for _ in range(2)]
    assert len({one.namn for one in stored}) == 2
    assert all(one.namn.endswith(".pdf") for one in stored)
    assert stored[0].sha256 == stored[1].sha256
