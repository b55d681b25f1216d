"""What the tests of built documents ask of a tree."""

from datetime import UTC, date, datetime
from typing import Any

from delprojekt.documents.build import build
from delprojekt.documents.tree import Chapter, Document, Table
from delprojekt.models import Delprojekt, Innehav, Person, Region, Uppdragsomgang

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def made(delprojekt: Delprojekt, slag: str = "uppdrag") -> Document:
    """Return the document as it stands."""
    return build(delprojekt, slag, now=NOW)


def chapter(document: Document, key: str) -> Chapter:
    """Return the chapter with the key."""
    return next(item for item in document.walk() if item.key == key)


def table(document: Document, key: str) -> Table:
    """Return the last table of a chapter."""
    return next(block for block in reversed(chapter(document, key).blocks) if isinstance(block, Table))


def omgang_of(delprojekt: Delprojekt) -> Uppdragsomgang:
    """Return the latest uppdragsomgång."""
    return delprojekt.omgangar.latest("nummer")


def put(delprojekt: Delprojekt, **texts: str) -> None:
    """Let sections hold texts."""
    for key, html in texts.items():
        values = {"html": html, "sparat_at": NOW}
        omgang_of(delprojekt).avsnitt.update_or_create(nyckel=key, defaults=values)


def hold(delprojekt: Delprojekt, roll: str, first: str, last: str, region: str = "", **person: Any) -> Person:
    """Let an invented person hold a role."""
    home = Region.objects.get(slug=region) if region else None
    row = Person.objects.create(fornamn=first, efternamn=last, region=home, **person)
    since = date(2025, 3, 20)
    Innehav.objects.create(
        person=row, roll=roll, delprojekt=delprojekt, omgang=omgang_of(delprojekt), fran_date=since, region=home
    )
    return row
