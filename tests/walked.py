"""A database in which one delprojekt has walked to every step, made once per run and copied from nothing.

Modules that only look (every page, every role) take ``walked``; each test still rolls back what it does.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from psycopg2 import sql
from pytest_django.plugin import DjangoDbBlocker

from delprojekt.management.commands.installera import APP_ALIAS, OWNER_ALIAS
from delprojekt.models import Delprojekt, Handelse, Innehav, Konto, Person
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import main_act
from delprojekt.process.roller import I_DELPROJEKT, Roll
from delprojekt.process.steg import HUVUDLINJE, Steg
from sfbv.lokal.postgres import EmbeddedPostgres
from tests import world
from tests.databas import FOLDER, close_all, copy_database, one_at_a_time, template_name
from tests.world import CAST, DAG, PASSWORD, STAGES, delprojekt_in, do, everybody, fresh, prepare

SUFFIX = "vandrad"
KEPT = "vandrad_sfbv_"
PAUSAT = "pausat"
SIDESTEPS = (Steg.AVVAKTAR, Steg.AVSLAG, Steg.ATERTAGET, Steg.AVBRUTET, Steg.EJ_REKOMMENDERAT, Steg.PERMANENTAD)
EVERY_STEP = (*HUVUDLINJE, Steg.AVSLUTAT, *SIDESTEPS)
"""Every step that can be walked to (Historiskt is only imported)."""


def walk_aside(steg: Steg) -> Delprojekt:
    """Return a delprojekt that has left the main line, through the real actions."""
    before = {Steg.AVBRUTET: Steg.NULAGE, Steg.EJ_REKOMMENDERAT: Steg.NAMND, Steg.PERMANENTAD: Steg.INFORANDE}
    d = delprojekt_in(before.get(steg, Steg.BEREDNING), benamning=f"Påhittat ärende: {steg.label}")
    lg = {"organ": "ledningsgrupp", "dag": DAG, "text": "Enligt protokollet."}
    if steg in {Steg.AVVAKTAR, Steg.AVSLAG}:
        prepare(d)
    match steg:
        case Steg.AVVAKTAR:
            do("sekreterare", Act.BESLUTA_AVVAKTA, d, **lg)
        case Steg.AVSLAG:
            do("sekreterare", Act.BESLUTA_AVSLAG, d, **lg)
        case Steg.ATERTAGET:
            do("medarbetare", Act.ATERTA_FORSLAG, d, text="Görs på annat sätt.")
        case Steg.AVBRUTET:
            do("sekreterare", Act.AVBRYT, d, **lg)
        case Steg.PERMANENTAD:
            do("sekreterare", Act.PERMANENTA, d, **lg)
        case Steg.EJ_REKOMMENDERAT:
            do("namndsekreterare", Act.BERED_POLITISKT, d, organ="styrgrupp", dag=DAG)
            do("namndsekreterare", Act.GODKANN_INTE, d, **{**lg, "organ": "namnd"})
    return fresh(d)


def pause(d: Delprojekt) -> Delprojekt:
    """Return the delprojekt with the mark on."""
    do("sekreterare", Act.PAUSA, d, organ="ledningsgrupp", dag=DAG, text="Resurser saknas.")
    return fresh(d)


ROLE_HOLDERS: dict[str, Roll] = {
    "roll.administrator": Roll.ADMINISTRATOR,
    "roll.processledare": Roll.PROCESSLEDARE,
    "roll.adjungerad": Roll.ADJUNGERAD,
    "roll.patientforetradare": Roll.PATIENTFORETRADARE,
    "roll.helhetsansvarig": Roll.HELHETSANSVARIG,
    "roll.uppfoljningsansvarig": Roll.UPPFOLJNINGSANSVARIG,
}
"""People who hold one role each, in every delprojekt, beside the cast."""


@dataclass(frozen=True)
class Walked:
    """Where the delprojekt stand: their keys by step, one that is paused in nuläge, and everybody's session."""

    pk: dict[Steg, int]
    pausat: int
    session: dict[str, str]

    def __getitem__(self, steg: Steg) -> int:
        return self.pk[steg]

    def client(self, who: str, **options: bool) -> Client:
        """Return a browser in which somebody has logged in."""
        client = Client(**options)
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session[who]
        return client


class Arrived(Exception):
    """The walk stands before the act that leaves the step."""


def walk_to_the_end_of(steg: Steg) -> Delprojekt:
    """Return a delprojekt that stands in a step with everything done there: only the step's main act remains."""
    d, leaves = delprojekt_in(steg), main_act(Lage(steg=steg))
    go_on = dict(zip(HUVUDLINJE, (stage for _, stage in STAGES), strict=True))[steg]

    def do_or_stop(who: str, act: Act, *args: Any, **underlag: Any) -> Handelse:
        if act is leaves:
            raise Arrived
        return do(who, act, *args, **underlag)

    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Arrived):
        patch.setattr(world, "do", do_or_stop)
        go_on(d)
    return fresh(d)


def build() -> dict[str, int]:
    """Walk one delprojekt through every step and stop before it is left. Out: their keys."""
    everybody()
    pk: dict[str, int] = {steg.value: walk_to_the_end_of(steg).pk for steg in HUVUDLINJE}
    pk[Steg.AVSLUTAT.value] = delprojekt_in(Steg.AVSLUTAT).pk
    pk |= {steg.value: walk_aside(steg).pk for steg in SIDESTEPS}
    pk[PAUSAT] = pause(delprojekt_in(Steg.NULAGE, benamning="Pausat ärende")).pk
    for name, roll in ROLE_HOLDERS.items():
        hold_everywhere(name, roll, list(pk.values()))
    return pk


def open_doors(pk: dict[str, int]) -> Walked:
    """Return what stands where, with a new session for everybody."""
    by_step = {Steg(word): key for word, key in pk.items() if word != PAUSAT}
    return Walked(by_step, pk[PAUSAT], {name: log_in(name) for name in (*CAST, *ROLE_HOLDERS)})


def hold_everywhere(name: str, roll: Roll, delprojekt: list[int]) -> None:
    """Give somebody new a role: in the portal, or in every delprojekt if it is held there."""
    email = f"{name}@exempel.se"
    them = Person.objects.create(fornamn="Kim", efternamn=roll.label[:60], epost=email)
    Konto.objects.create_user(email, PASSWORD, person=them)
    where = delprojekt if roll in I_DELPROJEKT else [None]
    for pk in where:
        Innehav.objects.create(person=them, roll=roll, delprojekt_id=pk, fran_date=date(2020, 1, 1))


def log_in(name: str) -> str:
    """Return the key of a new session of somebody."""
    client = Client()
    client.force_login(Konto.objects.get(email=f"{name}@exempel.se"))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def kept_name() -> str:
    """A walked database is kept under a name that says what it was made of, as the empty one is."""
    fingerprint = hashlib.sha256(f"{template_name()} {idag()}".encode())
    folders = ("process", "queries", "documents", "actions", "web", "templatetags")
    files = [path for folder in folders for path in (settings.BASE_DIR / "delprojekt" / folder).rglob("*.py")]
    for path in sorted([*files, *(settings.BASE_DIR / "tests").glob("*.py")]):
        fingerprint.update(path.read_bytes())
    return f"{KEPT}{fingerprint.hexdigest()[:16]}"


def make(name: str) -> dict[str, int]:
    """Fill a fresh copy of the empty test database called ``name``. Out: what stands in it."""
    creation = connections[OWNER_ALIAS].creation
    creation.clone_test_db(suffix=SUFFIX, verbosity=0)
    with app_in(name):
        return build()


def keep(name: str, pk: dict[str, int]) -> None:
    """Keep a copy for the next run, and throw older ones away."""
    if not settings.INBYGGD_DATABAS:
        return
    close_all()
    with superuser() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ^@ %s", [KEPT])
        for (old,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
        if copy_database(name, kept_name()):
            note = sql.SQL("COMMENT ON DATABASE {} IS {}")
            cursor.execute(note.format(sql.Identifier(kept_name()), sql.Literal(json.dumps(pk))))


def take_kept(name: str) -> dict[str, int] | None:
    """Copy what an earlier run kept to ``name``. Out: what stands in it; None when there is nothing."""
    if not copy_database(kept_name(), name):
        return None
    with superuser() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [kept_name()]
        )
        found: dict[str, int] = json.loads(cursor.fetchone()[0])
        return found


@contextlib.contextmanager
def superuser() -> Iterator[Any]:
    """A cursor of the embedded server's superuser."""
    with contextlib.closing(EmbeddedPostgres(FOLDER / "databas", fast=True).connect()) as connection:
        yield connection.cursor()


@pytest.fixture(scope="session")
def walked_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, Walked]]:
    """The name of the database and what stands in it."""
    creation = connections[OWNER_ALIAS].creation
    name = str(creation.get_test_db_clone_settings(SUFFIX)["NAME"])
    with django_db_blocker.unblock():
        close_all()
        with one_at_a_time("vandrad"):
            pk = take_kept(name)
            if pk is None:
                pk = make(name)
                keep(name, pk)
        with app_in(name):
            standing = open_doors(pk)
    yield name, standing
    with django_db_blocker.unblock():
        close_all()
        creation.destroy_test_db(suffix=SUFFIX, verbosity=0)


class app_in:  # noqa: N801  (read as a sentence: with app_in(name))
    """Let the app's connection look into another database for a while."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        app = connections[APP_ALIAS]
        app.close()
        self.before, app.settings_dict["NAME"] = app.settings_dict["NAME"], self.name

    def __exit__(self, *_exc: object) -> None:
        app = connections[APP_ALIAS]
        app.close()
        app.settings_dict["NAME"] = self.before


@pytest.fixture(scope="module")
def walked(walked_database: tuple[str, Walked]) -> Iterator[Walked]:
    """The module's tests use the database in which every step has been walked to."""
    name, standing = walked_database
    with app_in(name):
        yield standing
