"""The embedded PostgreSQL: one server, walked through what a server may have to live with."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from sfbv.lokal import postgres
from sfbv.lokal.postgres import APP_ROLE, DATABASE, OWNER_ROLE, EmbeddedPostgres, PostgresError
from sfbv.lokal.processer import in_folder, is_alive
from sfbv.lokal.sockets import LONGEST_FOLDER, socket_folder


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """In a path with a space and an å, deeper than a socket's path may be long."""
    folder = tmp_path_factory.mktemp("proj å b") / ("djupt" * 12) / ".lokal" / "databas"
    running = EmbeddedPostgres(folder).start()
    yield running
    running.stop()


def ask(server, statement, role=postgres.SUPERUSER, database=DATABASE):
    connection = psycopg2.connect(host=str(server.socket), user=role, dbname=database)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def postmaster(server) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def kill_at_once(server) -> None:
    pid = postmaster(server)
    os.kill(pid, signal.SIGKILL)
    while is_alive(pid):
        time.sleep(0.02)


def test_the_server_is_postgresql_18_sorted_by_code_point_and_reads_swedish(server):
    assert ask(server, "SHOW server_version")[0][0].startswith("18.")
    assert ask(server, "SELECT datlocale FROM pg_database WHERE datname = current_database()") == [("C.UTF-8",)]
    assert ask(server, "SELECT lower('ÅÄÖ'), to_tsvector('Väntetiderna')::text") == [("åäö", "'väntetid':1")]


def test_nothing_listens_on_the_network(server):
    assert ask(server, "SHOW listen_addresses") == [("",)]


def test_the_owner_owns_the_database_and_the_app_owns_nothing(server):
    rights = dict(ask(server, "SELECT rolname, rolsuper OR rolcreaterole FROM pg_roles WHERE rolcanlogin"))
    assert rights == {"postgres": True, OWNER_ROLE: False, APP_ROLE: False}
    assert ask(server, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'sfbv'") == [(OWNER_ROLE,)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server, "CREATE TABLE egen (i int)", role=APP_ROLE)


def test_the_data_survive_an_ordinary_stop(server):
    ask(server, "CREATE TABLE minns (ord text); INSERT INTO minns VALUES ('Ängelholm')", role=OWNER_ROLE)
    server.stop()
    assert not server.is_up()
    EmbeddedPostgres(server.folder).start()
    assert ask(server, "SELECT ord FROM minns") == [("Ängelholm",)]


def test_a_start_of_a_running_server_changes_nothing(server):
    before = postmaster(server)
    EmbeddedPostgres(server.folder).start()
    assert postmaster(server) == before


def test_the_data_survive_kill_9(server):
    ask(server, "INSERT INTO minns VALUES ('Östra Göinge')")
    kill_at_once(server)
    EmbeddedPostgres(server.folder).start()
    assert ("Östra Göinge",) in ask(server, "SELECT ord FROM minns")


@contextlib.contextmanager
def process_of_the_servers_user(server, *command):
    """PostgreSQL only minds pids of its own user: a stranger's number it sees through by itself."""
    process = subprocess.Popen(command, cwd="/", **server.identity)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def leave_pid_file_naming(server, pid: int) -> None:
    text = (server.data / "postmaster.pid").read_text()
    server.stop()
    (server.data / "postmaster.pid").write_text(text.replace(text.split()[0], str(pid), 1))


def test_a_pid_file_that_names_a_living_stranger_does_not_stop_the_start(server):
    with process_of_the_servers_user(server, "/bin/sleep", "60") as stranger:
        leave_pid_file_naming(server, stranger.pid)
        EmbeddedPostgres(server.folder).start(patience=5)
        assert postmaster(server) != stranger.pid
        assert server.is_up()


def test_a_pid_file_that_names_a_zombie_does_not_stop_the_start(server):
    with process_of_the_servers_user(server, "/bin/true") as zombie:
        while is_alive(zombie.pid):
            time.sleep(0.02)
        leave_pid_file_naming(server, zombie.pid)
        EmbeddedPostgres(server.folder).start(patience=5)
        assert server.is_up()


def test_four_starters_at_once_make_one_server(server):
    server.stop()
    code = "import sys, pathlib, sfbv.lokal.postgres as p; p.EmbeddedPostgres(pathlib.Path(sys.argv[1])).start()"
    starters = [subprocess.Popen([sys.executable, "-c", code, str(server.folder)]) for _ in range(4)]
    assert [starter.wait(60) for starter in starters] == [0, 0, 0, 0]
    assert len([pid for pid in in_folder(server.data) if pid == postmaster(server)]) == 1
    assert server.is_up()


def test_a_socket_folder_that_is_a_link_is_refused(tmp_path):
    folder = tmp_path / "databas"
    place = socket_folder(folder, "pg")
    place.symlink_to(tmp_path)
    try:
        with pytest.raises(PostgresError, match="är en länk"):
            EmbeddedPostgres(folder).start()
    finally:
        place.unlink()


def test_the_socket_folder_is_short_however_deep_the_project_lies(tmp_path, monkeypatch):
    deep = tmp_path / ("a" * 200)
    assert len(str(socket_folder(deep, "pg"))) <= LONGEST_FOLDER
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("b" * 100)))
    assert socket_folder(deep, "pg").parent == Path("/tmp")  # noqa: S108


def test_data_that_the_servers_user_cannot_reach_lie_elsewhere_with_a_pointer(tmp_path, monkeypatch):
    """Only root needs it: an ordinary user's server runs as that user, who can reach what is theirs."""
    monkeypatch.setattr(postgres, "SYSTEM_PLACE", tmp_path)
    monkeypatch.setattr(EmbeddedPostgres, "_may_enter", lambda self, folder: False)
    monkeypatch.setattr(EmbeddedPostgres, "_choose_identity", lambda self: {"user": 65534, "group": 65534})
    first = EmbeddedPostgres(tmp_path / "hem" / "databas")
    assert first.place.parent == tmp_path
    assert (first.folder / postgres.POINTER).read_text().strip() == str(first.place)
    monkeypatch.undo()
    assert EmbeddedPostgres(first.folder).place == first.place
