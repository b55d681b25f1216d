"""The facts of nuläget as the cells of a table: a row for each region, a column for each statement and period."""

import csv
import io
from collections.abc import Iterable, Mapping
from itertools import chain, count

from delprojekt.models import Faktauppgift
from delprojekt.process.tal import skriv_tal

HELA = "Hela sjukvårdsregionen"


def fact_cells(rows: Iterable[Faktauppgift]) -> str:
    """Return facts that have figures as they would be copied in Excel; empty when there are none.

    A column of one statement is called by its period where it has several; its unit is said once, in the heading. Two
    facts of the same region and time have a row each.
    """
    known = [row for row in rows if row.varde is not None]
    periods: dict[str, set[str]] = {}
    for row in known:
        periods.setdefault(_statement(row), set()).add(row.period)
    cells: dict[str, dict[str, str]] = {}
    for row in known:
        head = _head(row, periods)
        cells.setdefault(_free(row, head, cells), {})[head] = skriv_tal(row.varde)
    heads = list(dict.fromkeys(head for row in cells.values() for head in row))
    if not heads:
        return ""
    out = io.StringIO()
    lines = [["Region", *heads], *([where, *(row.get(head, "") for head in heads)] for where, row in cells.items())]
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines)
    return out.getvalue()


def fact_sources(rows: Iterable[Faktauppgift]) -> str:
    """Return where the figures come from, each source once."""
    said = (", ".join(filter(None, (str(one.get_kalla_display()), one.kalla_text, one.period))) for one in rows)
    return "; ".join(dict.fromkeys(said))


def _free(row: Faktauppgift, head: str, cells: Mapping[str, Mapping[str, str]]) -> str:
    """Return the row of a fact. Where another fact says something of the same region and time it is told apart by its
    source, or else by a number: nobody chooses between them but who makes the table."""
    where = ", ".join(part for part in (row.region.kortnamn if row.region else HELA, row.avser) if part)
    source = ", ".join(filter(None, (where, str(row.get_kalla_display()), row.kalla_text)))
    names = chain([where, source], (f"{source} ({number})" for number in count(2)))
    return next(name for name in names if head not in cells.get(name, {}))


def _statement(row: Faktauppgift) -> str:
    return f"{row.pastaende} ({row.enhet})" if row.enhet else row.pastaende


def _head(row: Faktauppgift, periods: dict[str, set[str]]) -> str:
    if len(periods[_statement(row)]) < 2:
        return _statement(row)
    named = row.period if len(periods) == 1 else f"{row.pastaende} {row.period}"
    return f"{named} ({row.enhet})" if row.enhet else named
