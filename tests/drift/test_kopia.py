"""Backup and restore: what was saved comes back, and a damaged copy is refused before anything is touched."""

import contextlib
import os

import psycopg2
import pytest

from sfbv.lokal.kopia import DUMP, SUMS, CopyError, restore, save, verify
from sfbv.lokal.postgres import DATABASE, OWNER_ROLE, EmbeddedPostgres


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = EmbeddedPostgres(tmp_path_factory.mktemp("kopia å") / ".lokal" / "databas", fast=True).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def portal(server, tmp_path_factory):
    """A database with a row in it, a folder of files, and a copy of both."""
    place = tmp_path_factory.mktemp("filer å")
    media = place / "media"
    (media / "handlingar").mkdir(parents=True)
    (media / "handlingar" / "Protokoll å.pdf").write_bytes(os.urandom(300_000))
    ask(server, "CREATE TABLE minns (ord text); INSERT INTO minns VALUES ('Åhus')")
    copy = save(server.url(OWNER_ROLE), media, place / "kopior")
    return server, media, copy


def ask(server, statement):
    connection = psycopg2.connect(host=str(server.socket), user=OWNER_ROLE, dbname=DATABASE)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def test_a_copy_is_whole_and_closed_to_others(portal):
    _server, _media, copy = portal
    assert verify(copy) == 2
    assert copy.stat().st_mode & 0o077 == 0


def test_what_was_saved_comes_back(portal):
    server, media, copy = portal
    paper = media / "handlingar" / "Protokoll å.pdf"
    original = paper.read_bytes()
    paper.write_bytes(b"annat")
    ask(server, "DELETE FROM minns")
    mark = restore(server.url(OWNER_ROLE), media, copy)
    assert ask(server, "SELECT ord FROM minns") == [("Åhus",)]
    assert paper.read_bytes() == original
    assert (media.with_name(f"media_{mark}") / "handlingar" / "Protokoll å.pdf").read_bytes() == b"annat"


def test_the_quarantine_is_in_the_copy_and_comes_back(server, tmp_path):
    media, quarantine = tmp_path / "media", tmp_path / "karantan"
    (quarantine / "avvisade").mkdir(parents=True)
    kept = quarantine / "avvisade" / "fil.karantan"
    kept.write_bytes(b"skript")
    copy = save(server.url(OWNER_ROLE), media, tmp_path / "kopior", quarantine)
    assert "karantan/avvisade/fil.karantan" in (copy / SUMS).read_text()
    kept.unlink()
    restore(server.url(OWNER_ROLE), media, copy, quarantine)
    assert kept.read_bytes() == b"skript"


def test_a_copy_from_before_the_quarantine_can_be_restored(portal, tmp_path):
    server, media, copy = portal
    quarantine = tmp_path / "karantan"
    restore(server.url(OWNER_ROLE), media, copy, quarantine)
    assert list(quarantine.iterdir()) == []


def test_a_changed_file_in_quarantine_is_found_out(server, tmp_path):
    quarantine = tmp_path / "karantan"
    quarantine.mkdir()
    (quarantine / "fil.karantan").write_bytes(b"skript" * 9)
    copy = save(server.url(OWNER_ROLE), tmp_path / "media", tmp_path / "kopior", quarantine)
    flip_a_bit(copy / "karantan" / "fil.karantan")
    with pytest.raises(CopyError, match=r"skadad.*karantan/fil"):
        verify(copy)


def test_nothing_is_restored_while_somebody_uses_the_database(portal):
    server, media, copy = portal
    user = psycopg2.connect(host=str(server.socket), user=OWNER_ROLE, dbname=DATABASE)
    with contextlib.closing(user), pytest.raises(CopyError, match="Portalen är igång"):
        restore(server.url(OWNER_ROLE), media, copy)


def flip_a_bit(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "name"),
    [
        (lambda copy: flip_a_bit(copy / DUMP), "databas.dump"),
        (
            lambda copy: flip_a_bit(copy / "filer" / "handlingar" / "Protokoll å.pdf"),
            "filer/handlingar/Protokoll å.pdf",
        ),
        (lambda copy: (copy / "filer" / "handlingar" / "Protokoll å.pdf").unlink(), "filer/handlingar/Protokoll å.pdf"),
        (lambda copy: (copy / "filer" / "okänd.txt").write_text("x"), "filer/okänd.txt"),
    ],
)
def test_a_damaged_copy_is_refused_before_anything_is_touched(portal, tmp_path, harm, name):
    server, media, _copy = portal
    damaged = save(server.url(OWNER_ROLE), media, tmp_path)
    harm(damaged)
    with pytest.raises(CopyError, match=f"skadad.*{name}"):
        restore(server.url(OWNER_ROLE), media, damaged)
    assert ask(server, "SELECT ord FROM minns") == [("Åhus",)]


def test_a_folder_that_is_no_copy_is_refused(portal, tmp_path):
    server, media, _copy = portal
    with pytest.raises(CopyError, match="ingen säkerhetskopia"):
        restore(server.url(OWNER_ROLE), media, tmp_path)
