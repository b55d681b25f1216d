"""Datatabeller in a Word file to go on editing: out as whole tables, back as their marks, told of where changed."""

import re
from collections.abc import Iterable, Mapping

from delprojekt.documents.insatt import mark, marked, table
from delprojekt.documents.stycken import ren_text
from delprojekt.models import Datatabell
from delprojekt.process.datatabell import INSATT

_TABLE = re.compile(r"<table(?: id=\"([^\"]*)\")?>.*?</table>", re.DOTALL)
_PARTS = re.compile(r"<(caption|t[hd])(?: [^>]*)?>(.*?)</\1>", re.DOTALL)
_ROWS = re.compile(r'<table id="tabell-data(\d{1,9})">(?=(?:(?!</table>).)*?<tr)', re.DOTALL)
_PLATS = re.compile(r"tabell-data(\d{1,9})")


def as_tables(html: str, rows: Mapping[int, Datatabell]) -> str:
    """Return a text with each datatabell as a whole table; a mark that leads nowhere stands as it is."""
    return INSATT.sub(lambda found: table(rows[int(found[1])]) if int(found[1]) in rows else found[0], html)


def as_marks(
    html: str, stood: str, rows: Mapping[int, Datatabell], earlier: Iterable[Datatabell] = ()
) -> tuple[str, tuple[str, ...]]:
    """Return a text out of Word with its datatabeller as their marks again, and the headings of those that somebody has
    changed there: these become ordinary tables, and the data stay as they are in the portal.

    In: the text, what the section says now (a mark there is kept to the letter), the report's tables by key, and as
    they have been: a table that says what it said when the file was fetched is not changed in Word.
    """
    marks = {int(found[1]): found[0] for found in INSATT.finditer(stood)}
    whole = {_words(table(row)): row.pk for row in (*earlier, *rows.values()) if row.pk in rows}
    changed: dict[int, str] = {}

    def back(found: re.Match[str]) -> str:
        named = _PLATS.fullmatch(found[1] or "")
        same = whole.get(_words(found[0]))
        if same is not None:
            return marks.get(same) or mark(rows[same])
        if named and int(named[1]) in rows:
            changed[int(named[1])] = rows[int(named[1])].rubrik
        return found[0]

    return as_ordinary(_TABLE.sub(back, html)), tuple(changed.values())


def as_ordinary(html: str) -> str:
    """Return a sanitised text in which a table with rows is never called as the mark of a datatabell is.

    It comes out of Word, or was copied where the datatabell is shown. What refers to it follows, where the text has no
    mark of the same name. Every text that is saved passes here: the editor shows a mark, and writes no rows.
    """
    named = {int(found[1]) for found in _ROWS.finditer(html)}
    if not named:
        return html
    html = _ROWS.sub(lambda found: f'<table id="{_other(int(found[1]))}">', html)
    for key in named - set(marked(html)):
        html = html.replace(f'href="#tabell-data{key}"', f'href="#{_other(key)}"')
    return html


def _other(key: int) -> str:
    return f"tabell-ur{key}"


def _words(html: str) -> tuple[str, ...]:
    """Return what a table says, part by part."""
    return tuple(ren_text(found[2]) for found in _PARTS.finditer(html))
