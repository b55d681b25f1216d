"""A large query that is asked again and again: Django puts it together once, then only the keys in it are exchanged.

To put together the query that builds a Lage, or an Actor, takes longer than to ask it. It is put together with marks
where the keys stand, and kept.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

MARK = 1 << 62
"""No key is this high: what follows it stands for a key."""


class Kept:
    """One query: its text, its values with marks among them, and how the answer is read."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        """Put the query together. In: rows that ``values`` are asked of, with marks for keys. Nothing is asked."""
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.values = compiler.as_sql()
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
        asked = [keys[value] if type(value) is int and value >= MARK else value for value in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, asked)
            return [self._read(list(found)) for found in cursor.fetchall()]

    def _read(self, row: list[Any]) -> dict[str, Any]:
        """Return what stands in a row as Django would read it."""
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        return dict(zip(self.names, row, strict=True))
