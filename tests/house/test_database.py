"""Rule 5: no pending migrations; the triggers are the migrated ones; every closed set has a CHECK constraint."""

import re

import pgtrigger
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.management import call_command
from django.db import connection, models
from django.db.models import Field

from delprojekt.models import LOGGTABELLER, Delprojekt
from delprojekt.process.policy import moves
from delprojekt.process.steg import Steg

pytestmark = pytest.mark.django_db


def own_models() -> list[type[models.Model]]:
    """The models that somebody wrote: the history's rows are made by the database from these."""
    found = apps.get_app_config("delprojekt").get_models()
    return [model for model in found if not hasattr(model, "pgh_tracked_model")]


def test_what_says_that_it_is_append_only_is_so_to_the_app_s_database_role() -> None:
    told = {model._meta.db_table for model in own_models() if re.search(r"append-only", model.__doc__ or "", re.I)}
    assert told
    assert told <= set(LOGGTABELLER), told - set(LOGGTABELLER)


def closed_sets() -> list[tuple[type[models.Model], Field, list[str]]]:
    """Model, field and values for every field with choices."""
    found = []
    for model in own_models():
        for field in model._meta.local_fields:
            base = field.base_field if isinstance(field, ArrayField) else field
            if base.choices:
                values = [str(value) for value, _ in base.choices]
                found.append((model, field, values + ([""] if field.blank and base is field else [])))
    return found


def check_definitions(table: str) -> list[str]:
    """The CHECK constraints of a table as the database words them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
            [table],
        )
        return [row[0] for row in cursor.fetchall()]


def test_no_migration_is_pending() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_triggers_in_the_database_are_those_that_the_code_generates() -> None:
    registered = list(pgtrigger.registered())
    assert registered
    status = {trigger.get_pgid(model): trigger.get_installation_status(model) for model, trigger in registered}
    assert {what for what, _ in status.values()} == {"INSTALLED"}, status
    assert all(enabled for _, enabled in status.values())


def trigger_source(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname LIKE %s", [f"pgtrigger_{name}%"])
        rows = cursor.fetchall()
    assert len(rows) == 1
    return str(rows[0][0])


def pairs(source: str) -> set[tuple[str, str]]:
    """The moves that the trigger's function lets through: it holds them as ``from:to``."""
    return set(re.findall(r"\b([a-z_]+):([a-z_]+)\b", source))


def test_the_trigger_lets_exactly_the_moves_of_the_policy_through() -> None:
    assert pairs(trigger_source("steg_foljer_metoden")) == {(a.value, b.value) for a, b in moves()}


def test_the_state_machine_has_exactly_the_moves_of_the_policy() -> None:
    field = Delprojekt._meta.get_field("steg")
    machine = {
        (move.source, move.target)
        for move in field.get_all_transitions(Delprojekt)
        if isinstance(move.target, str) and move.source != move.target
    }
    forward = {(a, b) for a, b in machine if a in Steg.values}
    assert forward <= {(a.value, b.value) for a, b in moves()}
    assert {(b, a) for a, b in forward} | forward == {(a.value, b.value) for a, b in moves()}


def test_there_are_closed_sets_to_look_at() -> None:
    assert len(closed_sets()) > 20


@pytest.mark.parametrize(
    ("model", "field", "values"), [pytest.param(*c, id=f"{c[0].__name__}.{c[1].name}") for c in closed_sets()]
)
def test_every_closed_set_has_a_check_in_the_database(
    model: type[models.Model], field: Field, values: list[str]
) -> None:
    mine = [text for text in check_definitions(model._meta.db_table) if re.search(rf'\b"?{field.column}"?\b', text)]
    allowed = [set(re.findall(r"'([^']*)'", text)) for text in mine]
    assert set(values) in allowed, f"{model.__name__}.{field.name} takes anything"


def test_every_choice_is_a_textchoices() -> None:
    """A list of pairs has no names to import; a step code as a string is what the house forbids."""
    for _, field, _ in closed_sets():
        base = field.base_field if isinstance(field, ArrayField) else field
        assert all(isinstance(value, str) for value, _ in base.choices)


def test_a_field_named_as_a_closed_set_is_one() -> None:
    """``roll``, ``act`` and ``steg`` mean the same wherever they stand."""
    names = {"roll", "act", "steg", "fran_steg", "till_steg", "slag", "status"}
    loose = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.local_fields
        if field.name in names and not field.is_relation and not field.choices
    ]
    assert not loose


def test_every_relation_between_rows_keeps_its_history() -> None:
    """Architecture.md §8: what is tied to what, and taken apart again, is kept like every other value."""
    tables = {relation.remote_field.through._meta.db_table for m in own_models() for relation in m._meta.many_to_many}
    kept = {m._meta.db_table for m in own_models() if m._meta.proxy and hasattr(m, "pgh_event_model")}
    assert tables
    assert tables <= kept
