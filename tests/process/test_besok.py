"""Visits: which of them count. A visit that reopens an earlier one takes back everything after it."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from delprojekt.queries.besok import levande


@dataclass(frozen=True)
class Besok:
    """As much of a Stegbesok as the path asks about."""

    pk: int
    ateroppnar_id: int | None = None


def ids(*rows: Besok) -> list[int]:
    return [row.pk for row in levande(rows)]  # type: ignore[arg-type]


def test_without_undoing_every_visit_counts() -> None:
    assert ids(Besok(1), Besok(2), Besok(3)) == [1, 2, 3]


def test_undoing_makes_the_earlier_visit_the_current_one_again() -> None:
    assert ids(Besok(1), Besok(2), Besok(3), Besok(4, 2)) == [1, 2]


def test_undoing_twice_goes_two_visits_back() -> None:
    assert ids(Besok(1), Besok(2), Besok(3), Besok(4, 2), Besok(5, 1)) == [1]


def test_a_new_visit_after_undoing_stands_on_the_reopened_one() -> None:
    assert ids(Besok(1), Besok(2), Besok(3, 1), Besok(4)) == [1, 4]


def test_no_visits_no_path() -> None:
    assert ids() == []


@st.composite
def histories(draw: st.DrawFn) -> list[Besok]:
    """A history as the actions write it: each row is a new visit, or reopens the one before the current."""
    rows: list[Besok] = [Besok(1)]
    for pk in range(2, draw(st.integers(1, 25)) + 1):
        path = levande(rows)  # type: ignore[arg-type]
        undo = len(path) > 1 and draw(st.booleans())
        rows.append(Besok(pk, path[-2].pk if undo else None))
    return rows


@given(histories())
def test_there_is_always_a_current_visit_and_the_first_one_stays(rows: list[Besok]) -> None:
    path = levande(rows)  # type: ignore[arg-type]
    assert path
    assert path[0].pk == 1


@given(histories())
def test_the_path_is_in_order_and_holds_no_undoing(rows: list[Besok]) -> None:
    path = levande(rows)  # type: ignore[arg-type]
    assert [row.pk for row in path] == sorted({row.pk for row in path})
    assert all(row.ateroppnar_id is None for row in path)


@given(histories())
def test_a_step_forward_and_undone_leaves_the_path_as_it_was(rows: list[Besok]) -> None:
    path = levande(rows)  # type: ignore[arg-type]
    there_and_back = [*rows, Besok(98), Besok(99, path[-1].pk)]
    assert levande(there_and_back) == path  # type: ignore[arg-type]


@given(histories())
def test_what_was_left_out_never_comes_back(rows: list[Besok]) -> None:
    gone: set[int] = set()
    for n in range(1, len(rows) + 1):
        alive = {row.pk for row in levande(rows[:n])}  # type: ignore[arg-type]
        assert not alive & gone
        gone |= {row.pk for row in rows[:n]} - alive
