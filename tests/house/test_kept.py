"""The query of the Lage is put together once and kept: it must answer as one that is put together anew."""

import pytest
from django.db import InternalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext

from delprojekt.models import Delprojekt, Stegbesok
from delprojekt.process.steg import Steg
from delprojekt.queries import kept, lage
from delprojekt.queries.besok import levande_for
from delprojekt.queries.kept import MARK, PLANS, Kept
from tests.walked import EVERY_STEP, Walked

pytestmark = pytest.mark.django_db


def test_a_kept_query_answers_as_a_new_one_in_every_step(walked: Walked) -> None:
    for steg in EVERY_STEP:
        d = Delprojekt.objects.get(pk=walked[steg])
        path = levande_for(d)
        anew = Delprojekt.objects.values("pk").annotate(**lage.columns(path, steg)).get(pk=d.pk)
        for _ in range(3):  # as it is, then planned, then by the plan
            assert lage._read(d, path, steg) == anew, steg


def test_two_delprojekt_with_the_same_way_share_the_query_and_get_their_own_answers(walked: Walked) -> None:
    one, other = (Delprojekt.objects.get(pk=pk) for pk in (walked[Steg.NULAGE], walked.pausat))
    assert [v.steg for v in levande_for(one)] == [v.steg for v in levande_for(other)]
    before = lage._query.cache_info().misses
    with CaptureQueriesContext(connection) as asked:
        answers = [lage._read(d, levande_for(d), Steg.NULAGE) for d in (one, other)]
    assert lage._query.cache_info().misses <= before + 1
    assert [answer["pk"] for answer in answers] == [one.pk, other.pk]
    assert answers[0]["fakta"] != answers[1]["fakta"]
    assert not [query for query in asked if str(MARK)[:12] in query["sql"]], "a mark was sent to the database"


def test_a_stand_in_has_nothing_but_its_key() -> None:
    """A column that asks a stand-in for more than a key would be the same for all: that fails at once."""
    with pytest.raises(Stegbesok.DoesNotExist):
        assert Stegbesok.from_db(None, ["id", "steg"], [MARK, "nulage"]).nummer


def test_a_mark_that_stands_for_nothing_and_a_missing_row_are_errors() -> None:
    query = Kept(Delprojekt.objects.values("pk").filter(pk=MARK))
    with pytest.raises(LookupError):
        query.get({})
    with pytest.raises(LookupError):
        query.get({MARK: 10**9})


def test_a_query_is_planned_when_it_is_asked_again_and_the_oldest_plans_are_dropped(walked: Walked) -> None:
    """A plan takes memory in every connection; what has none answers all the same."""
    queries = [Kept(Delprojekt.objects.values("pk").filter(pk=MARK)) for _ in range(PLANS + 5)]
    one, other = walked[Steg.NULAGE], walked.pausat
    for query in (*queries, *reversed(queries)):
        assert [query.get({MARK: pk})["pk"] for pk in (one, other, one)] == [one, other, one]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name = ANY(%s)", [[q.name for q in queries]])
        kept = {name for (name,) in cursor.fetchall()}
    assert kept == {query.name for query in queries[:PLANS]}


def test_a_plan_outlives_a_transaction_that_is_taken_back(walked: Walked) -> None:
    query = Kept(Delprojekt.objects.values("pk").filter(pk=MARK))
    with transaction.atomic():
        assert [query.get({MARK: walked.pausat})["pk"] for _ in range(2)] == [walked.pausat] * 2
        transaction.set_rollback(True)
    assert query.get({MARK: walked.pausat}) == {"pk": walked.pausat}


def test_a_plan_that_could_not_be_dropped_is_not_forgotten(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is still on the server: to plan it again under the same name would fail."""
    queries = [Kept(Delprojekt.objects.values("pk").filter(pk=MARK)) for _ in range(PLANS + 1)]
    for query in queries[:PLANS]:
        assert [query.get({MARK: walked.pausat})["pk"] for _ in range(2)] == [walked.pausat] * 2

    def fails(cursor: CursorWrapper, sql: str) -> None:
        raise InternalError(sql)

    with monkeypatch.context() as patch:
        patch.setattr(kept, "_tell", fails)
        with pytest.raises(InternalError, match="DEALLOCATE"):
            queries[PLANS].get({MARK: walked.pausat})
    for query in (queries[0], queries[PLANS], queries[0], queries[PLANS]):
        assert query.get({MARK: walked.pausat}) == {"pk": walked.pausat}
