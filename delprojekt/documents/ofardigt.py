"""What a text still lacks before a reader can use it: advice at the desk, never a block."""

import re

_TABLE = re.compile(r"<table[ >].*?</table>", re.DOTALL)
_FIGURE = re.compile(r"<figure[ >].*?</figure>|<img [^>]*>", re.DOTALL)
_CAPTION = re.compile(r"<caption>\s*\S")
_SOURCE = re.compile(r"<tfoot>.*?[^<>\s].*?</tfoot>", re.DOTALL)
_HEADERS = re.compile(r"<th[ >]")
_DESCRIBED = re.compile(r'alt="[^"]*\S[^"]*"')
_UNDER = re.compile(r"<figcaption>\s*\S")


def lacks(html: str) -> list[str]:
    """Return Swedish sentences on tables without caption, source or headers and pictures without description or text.

    In: sanitised HTML. Out: nothing when nothing is missing (M5.4.1, tables and diagrams).
    """
    tables, figures = _TABLE.findall(html), _FIGURE.findall(html)
    counted = (
        (sum(not _CAPTION.search(one) for one in tables), "tabell", "tabeller", "saknar rubrik"),
        (sum(not _SOURCE.search(one) for one in tables), "tabell", "tabeller", "saknar källa"),
        (
            sum(not _HEADERS.search(one) for one in tables),
            "tabell",
            "tabeller",
            "saknar rad- eller kolumnrubriker",
        ),
        (
            sum(not _DESCRIBED.search(one) for one in figures),
            "bild",
            "bilder",
            "saknar beskrivning (alt-text)",
        ),
        (sum(not _UNDER.search(one) for one in figures), "bild", "bilder", "saknar bildtext"),
    )
    return [f"{n} {one if n == 1 else many} {what}." for n, one, many, what in counted if n]
