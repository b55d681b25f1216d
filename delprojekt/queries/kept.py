"""A large query that is asked again and again: Django puts it together once, then only the keys in it are exchanged.

To put together the query that builds a Lage, or an Actor, takes longer than to ask it. It is put together with marks
where the keys stand, and kept. PostgreSQL in its turn takes longer to plan it than to run it: a connection that is
asked a second time lets it keep the plan.
"""

from collections.abc import Mapping
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

MARK = 1 << 62
"""No key is this high: what follows it stands for a key."""
PLANS = 40
"""So many plans are kept for each connection, the latest asked for; each is some hundred kilobytes."""

_asked: "WeakKeyDictionary[Any, dict[str, bool]]" = WeakKeyDictionary()
"""The queries that each connection has been asked, latest last, and whether it keeps a plan of them."""
_numbers = count(1)


class Kept:
    """One query: its text, its values with marks among them, and how the answer is read."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        """Put the query together. In: rows that ``values`` are asked of, with marks for keys. Nothing is asked."""
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.values = compiler.as_sql()
        self.marks = sorted({value for value in self.values if _is_mark(value)})
        self.name = f"kept_{next(_numbers)}"
        self.names = (*rows.query.values_select, *rows.query.annotation_select)
        self.converters = compiler.get_converters([column for column, *_ in compiler.select or ()])

    def get(self, keys: Mapping[int, int]) -> dict[str, Any]:
        """Return the one row, by column. In: the key that each mark stands for. Raises LookupError when there is none,
        or when a mark stands for nothing."""
        rows = self.all(keys)
        if not rows:
            raise LookupError("raden finns inte")
        return rows[0]

    def all(self, keys: Mapping[int, int]) -> list[dict[str, Any]]:
        """Return every row, by column. In: as for ``get``. Raises LookupError when a mark stands for nothing."""
        given = [keys[mark] for mark in self.marks]
        with connection.cursor() as cursor:
            if self._is_planned(cursor):
                cursor.execute(f"EXECUTE {self.name} ({', '.join(['%s'] * len(given))})", given)
            else:
                cursor.execute(self.sql, [keys[value] if _is_mark(value) else value for value in self.values])
            return [self._read(list(found)) for found in cursor.fetchall()]

    def _is_planned(self, cursor: CursorWrapper) -> bool:
        """Tell whether the connection keeps a plan of the query; asked the second time it makes one."""
        known = _asked.setdefault(cursor.connection, {})
        planned = known.pop(self.name, None)
        if planned is False:
            self._plan(cursor)
        known[self.name] = planned is not None
        if len(known) > PLANS:
            oldest = next(iter(known))
            if known[oldest]:
                _tell(cursor, f"DEALLOCATE {oldest}")
            del known[oldest]  # not before: a plan that could not be dropped is still there
        return known[self.name]

    def _plan(self, cursor: CursorWrapper) -> None:
        """Let the connection plan the query, with a place for each key."""
        sql = cursor.mogrify(self.sql, self.values).decode()
        for number, mark in enumerate(self.marks, 1):
            sql = sql.replace(str(mark), f"${number}")
        _tell(cursor, f"PREPARE {self.name} AS {sql}")

    def _read(self, row: list[Any]) -> dict[str, Any]:
        """Return what stands in a row as Django would read it."""
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        return dict(zip(self.names, row, strict=True))


def _is_mark(value: object) -> bool:
    return type(value) is int and value >= MARK


def _tell(cursor: CursorWrapper, sql: str) -> None:
    """Say something to the connection that is no question: it is the driver's, and not counted as a query."""
    with connection.wrap_database_errors, cursor.connection.cursor() as plain:
        plain.execute(sql)
