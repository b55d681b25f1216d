"""The threads beside a text, each with where its quote stands in it now; and the same as Word's comments."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

from delprojekt.documents.ankare import Ankare, Plats, omge, ord_i, plats_i, plats_nu
from delprojekt.models import Kommentar
from delprojekt.queries.kommentar import Trad


@dataclass(frozen=True)
class Placerad(Trad):
    """A thread. ``plats``: where its quote stands now; None when it is gone, or there is no quote."""

    plats: Plats | None = None

    @property
    def utan_text(self) -> bool:
        """Tell whether the words that it is about are gone."""
        return bool(self.kommentar.citat) and self.plats is None


@dataclass(frozen=True)
class Tradar:
    """The threads beside a text: the open ones in the order of the text, those without a place last; the others after
    when they ended, the latest first. ``per_avsnitt``: how many are open in each section, by key."""

    oppna: list[Placerad] = field(default_factory=list)
    avgjorda: list[Placerad] = field(default_factory=list)
    per_avsnitt: Mapping[str, int] = field(default_factory=dict)

    @property
    def andringar(self) -> list[Placerad]:
        """Return the proposed changes that nobody has decided on."""
        return [one for one in self.oppna if one.andring]

    @property
    def platser(self) -> list[tuple[int, Plats]]:
        """Return the keys of the open threads with their places, for those that have one."""
        return [(one.pk, one.plats) for one in self.oppna if one.plats]


@dataclass(frozen=True)
class Wordkommentar:
    """A thread as a comment of Word's: where, by whom and when, and what was written in it, a line each."""

    pk: int
    plats: Plats
    av: str
    nar: datetime
    rader: tuple[str, ...]


def word_comments(found: Tradar) -> tuple[Wordkommentar, ...]:
    """Return the open threads that have a place, for Word. What is struck is left out."""
    return tuple(
        Wordkommentar(one.pk, one.plats, one.vem, one.kommentar.skriven_at, tuple(_lines(one)))
        for one in found.oppna
        if one.plats
    )


def _lines(one: Placerad) -> Iterator[str]:
    if one.andring:
        words = ord_i(one.kommentar.efter_html).text
        yield f"Föreslår: {words}" if words else "Föreslår att stycket stryks."
    for post in one.inlagg:
        if not post.struket:
            yield post.text if post.vem == one.vem else f"{post.vem}: {post.text}"


def commented(html: str, comments: Sequence[Wordkommentar]) -> str:
    """Return sanitised ``html`` with comments as pandoc writes them to Word. They do not come back with the file."""
    if not comments:
        return html
    put = []
    for one in comments:
        said = "<br>".join(escape(line) for line in one.rader)
        told = f'data-author="{escape(one.av)}" data-date="{one.nar.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"'
        start = f'<span class="comment-start" id="{one.pk}" {told}>{said}</span>'
        put.append((one.plats, start, f'<span class="comment-end" id="{one.pk}"></span>'))
    return omge(html, ord_i(html), put)


def anchor_of(row: Kommentar) -> Ankare:
    """Return where a comment stood when it was written."""
    return Ankare(row.citat, row.fore, row.efter, row.plats)


def placed(found: Iterable[Trad], nyckel: str, html: str) -> Tradar:
    """Return the threads of a section. In: threads (``queries.kommentar.threads``), its key, and what it says now."""
    found, words = list(found), ord_i(html)
    mine = [
        Placerad(**vars(one), plats=find(words, anchor_of(one.kommentar)) if one.kommentar.citat else None)
        for one in found
        if one.kommentar.nyckel == nyckel
        for find in (plats_i if one.andring else plats_nu,)  # a proposed change is of just those words
    ]
    last = len(words.text) + 1
    opened = sorted(
        (one for one in mine if one.oppen), key=lambda one: (one.plats.start if one.plats else last, one.pk)
    )
    ended = sorted(
        (one for one in mine if not one.oppen), key=lambda one: (one.kommentar.avgjord_at, one.pk), reverse=True
    )
    return Tradar(opened, ended, Counter(one.kommentar.nyckel for one in found if one.oppen))
