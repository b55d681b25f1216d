"""What the database itself refuses: a step the method does not know, and any change of what has been written down."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django_fsm import TransitionNotAllowed

from delprojekt.management.commands.installera import log_tables
from delprojekt.models import LOGGTABELLER, Delprojekt, Faktumrad, Handelse, Stegbesok
from delprojekt.process.act import Act
from delprojekt.process.policy import moves
from delprojekt.process.steg import Steg
from tests.walked import Walked
from tests.world import DAG, do, fresh

pytestmark = pytest.mark.django_db


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[steg])


def refused(kind: type[DatabaseError], statement: str, *values: object) -> None:
    with pytest.raises(kind), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_raw_sql_cannot_set_a_step_that_the_method_does_not_know(walked: Walked) -> None:
    known = moves()
    for start in walked.pk:
        for target in Steg:
            if start is target or (start, target) in known:
                continue
            refused(
                InternalError, "UPDATE delprojekt_delprojekt SET steg = %s WHERE id = %s", target.value, walked[start]
            )


def test_raw_sql_cannot_set_a_word_that_is_no_step(walked: Walked) -> None:
    pk = walked[Steg.NULAGE]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE delprojekt_delprojekt SET steg = 'klart' WHERE id = %s", [pk])


def test_the_orm_cannot_walk_around_it_either(walked: Walked) -> None:
    with pytest.raises(InternalError), transaction.atomic():
        Delprojekt.objects.filter(pk=walked[Steg.NULAGE]).update(steg=Steg.AVSLUTAT)


def test_a_move_that_is_called_in_the_wrong_step_is_refused_by_the_state_machine(walked: Walked) -> None:
    with pytest.raises(TransitionNotAllowed):
        at(walked, Steg.NULAGE).rekommendera()


def test_the_step_cannot_be_assigned(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    with pytest.raises(AttributeError):
        setattr(d, "steg", Steg.AVSLUTAT)  # noqa: B010  (the house forbids the plain way of writing it in tests)


def test_every_log_refuses_change_removal_and_emptying(walked: Walked) -> None:
    assert log_tables() >= set(LOGGTABELLER)
    for table in sorted(log_tables()):
        name = connection.ops.quote_name(table)
        key = "pgh_id" if table.endswith("event") else "id"
        refused(ProgrammingError, f"UPDATE {name} SET {key} = {key}")  # noqa: S608  (names from the models)
        refused(ProgrammingError, f"DELETE FROM {name}")  # noqa: S608
        refused(ProgrammingError, f"TRUNCATE {name} CASCADE")


def test_nobody_can_choose_the_number_of_the_next_event(walked: Walked) -> None:
    """Setting the sequence would let somebody leave a gap, or write before what was written."""
    refused(ProgrammingError, "SELECT setval('delprojekt_handelse_id_seq', 1)")


@pytest.mark.parametrize("statement", ["DROP TABLE delprojekt_handelse", "ALTER TABLE delprojekt_handelse ADD x int"])
def test_the_app_cannot_change_the_tables(walked: Walked, statement: str) -> None:
    refused(ProgrammingError, statement)


def test_the_triggers_cannot_be_switched_off_by_the_app(walked: Walked) -> None:
    refused(ProgrammingError, "ALTER TABLE delprojekt_delprojekt DISABLE TRIGGER ALL")
    refused(ProgrammingError, "SET session_replication_role = replica")


WRONG: dict[str, Callable[[Delprojekt], object]] = {
    "an act that does not exist": lambda d: Handelse.objects.create(**event(d) | {"act": "hitta-pa"}),
    "a step that does not exist": lambda d: Handelse.objects.create(**event(d) | {"till_steg": "klart"}),
    "a kind of fact that does not exist": lambda d: Faktumrad.objects.create(
        delprojekt=d, besok=d.besok.earliest("pk"), slag="rykte", date=DAG
    ),
    "two visits with one number": lambda d: Stegbesok.objects.create(
        delprojekt=d, nummer=1, fran_at=d.skapat_at, act=Act.ANGRA, steg=Steg.NULAGE
    ),
}


def event(d: Delprojekt) -> dict[str, object]:
    visit = d.besok.latest("nummer")
    return {"delprojekt": d, "besok": visit, "act": Act.PAUSA, "mening": "x", "hande_at": visit.fran_at}


@pytest.mark.parametrize("name", WRONG)
def test_the_database_refuses(walked: Walked, name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WRONG[name](at(walked, Steg.NULAGE))


def test_the_history_says_who_did_what_with_every_row_of_an_act(walked: Walked) -> None:
    """The row history and the event share a context, so that old and new values stand beside the words."""
    d = at(walked, Steg.BEREDNING)
    happened = do("sekreterare", Act.BESLUTA_START, d, organ="ledningsgrupp", dag=DAG)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.steg, c.metadata->>'act' FROM delprojekt_delprojektevent e JOIN pghistory_context c"
            " ON c.id = e.pgh_context_id WHERE e.pgh_obj_id = %s AND c.id = %s",
            [d.pk, happened.sammanhang],
        )
        rows = cursor.fetchall()
    assert (Steg.UPPDRAG.value, Act.BESLUTA_START.name) in rows
    assert fresh(d).steg == Steg.UPPDRAG
