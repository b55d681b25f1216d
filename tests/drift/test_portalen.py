"""``make run`` as a whole: one portal, walked through everything that may befall it. The tests follow each other."""

import contextlib
import hashlib
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest
from django.db import connections

from delprojekt.management.commands.installera import OWNER_ALIAS
from sfbv.adresser import database_settings
from sfbv.lokal.adresser import owner_url, queue_folder
from sfbv.lokal.processer import is_alive
from sfbv.lokal.valkey import socket_path
from tests.drift.catalogue import catalogue
from tests.drift.portal import running_portal, until


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """In a folder with a space and an å, which the servers must put up with."""
    with running_portal(tmp_path_factory.mktemp("lokal å b") / ".lokal") as running:
        yield running


def ask(portal, statement):
    database = database_settings(owner_url(portal.folder))
    connection = psycopg2.connect(host=database["HOST"], user=database["USER"], dbname=database["NAME"])
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def test_the_health_page_says_that_all_parts_are_well(portal):
    answer = until(lambda: (asked := portal.health())[0] == 200 and asked[1])
    assert {answer[part] for part in ("status", "databas", "broker", "worker", "disk")} == {"ok"}
    assert answer["ko_alder"] == 0.0


def test_the_greeting_names_the_address(portal):
    assert f"http://localhost:{portal.port}/" in portal.words


def test_the_migrations_make_the_very_tables_that_the_tests_make_of_the_models(portal, django_db_setup):
    """Rule 5: the other tests run on tables made straight of the models, which is faster."""
    by_migrations, by_models = (catalogue_of(url) for url in (owner_url(portal.folder), None))
    assert "\n".join(sorted(by_migrations - by_models)) == ""
    assert "\n".join(sorted(by_models - by_migrations)) == ""


def test_a_second_run_in_the_same_folder_is_refused(portal):
    second = portal.run("-m", "sfbv.lokal.start")
    assert second.returncode == 1
    assert "körs redan" in second.stdout


def test_each_killed_service_is_started_again_and_the_data_are_kept(portal):
    ask(portal, "CREATE TABLE minns (ord text); INSERT INTO minns VALUES ('Åre')")
    before = portal.children()
    assert set(before) == {"postgres", "valkey", "worker", "webb"}
    for name in before:
        portal.kill(name)
    for name, old in before.items():
        until(lambda name=name, old=old: portal.is_replaced(name, old))
    until(portal.is_well)
    assert portal.health()[1]["ko_alder"] == 0.0  # asked by the web through the connection that was cut
    assert ask(portal, "SELECT ord FROM minns") == [("Åre",)]


def test_a_killed_supervisor_is_followed_by_one_that_clears_up_and_keeps_the_data(portal):
    before = portal.children()
    portal.stop(signal.SIGKILL)
    assert all(is_alive(pid) for pid, _born in before.values())
    portal.start()
    until(portal.is_well)
    assert not any(is_alive(pid) for pid, _born in before.values())
    assert "från en tidigare körning" in portal.words
    assert ask(portal, "SELECT ord FROM minns") == [("Åre",)]


def catalogue_of(url):
    """What is in a database; None for that of the tests."""
    database = database_settings(url) if url else connections[OWNER_ALIAS].settings_dict
    connection = psycopg2.connect(host=database["HOST"], user=database["USER"], dbname=database["NAME"])
    with contextlib.closing(connection), connection.cursor() as cursor:
        return catalogue(cursor)


SEED = """
from delprojekt.process.steg import Steg
from tests import world
d = world.delprojekt_in(Steg.NULAGE)
"""


def children_of(pid):
    """The processes that a process has started, from /proc."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(word) for word in found]


def test_a_worker_killed_in_the_middle_of_a_pdf_leaves_exactly_one_pdf_in_the_end(portal):
    until(portal.is_well)
    with ThreadPoolExecutor() as pool:
        seeding = pool.submit(portal.run, "manage.py", "shell", "-c", SEED)
        under_way = "SELECT id FROM delprojekt_dokumentjobb WHERE lage = 'pagar'"
        until(lambda: ask(portal, under_way), patience=90)
        worker = portal.children()["worker"][0]
        for pid in (*children_of(worker), worker):
            os.kill(pid, signal.SIGKILL)
        assert seeding.result().returncode == 0
    done = "SELECT fil, sha256 FROM delprojekt_dokumentjobb WHERE slag = 'uppdrag' AND lage = 'klart'"
    [(name, digest)] = until(lambda: ask(portal, done), patience=90)
    files = list((portal.folder / "media" / "dokument").rglob("uppdrag-*.pdf"))
    assert [path.name for path in files] == [Path(name).name]
    assert hashlib.sha256(files[0].read_bytes()).hexdigest() == digest


def test_a_term_signal_stops_all_in_order_and_leaves_nothing_behind(portal):
    before = portal.children()
    said = portal.stop()
    places = [said.index(f"Stoppar {name} ") for name in ("webb", "worker", "valkey", "postgres")]
    assert places == sorted(places)
    assert portal.process.returncode == 0
    assert not any(is_alive(pid) for pid, _born in before.values())
    assert not (portal.folder / "processer.json").exists()
    assert not (portal.folder / "databas" / "data" / "postmaster.pid").exists()
    assert not socket_path(queue_folder(portal.folder)).exists()
