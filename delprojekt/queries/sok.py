"""Search: a delprojekt by number, title or other name, by somebody in it, or by a word in what is written."""

import re
from dataclasses import dataclass, field
from functools import reduce
from html import unescape
from operator import or_

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector
from django.db.models import Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat

from delprojekt.models import Avsnitt, Delprojekt, Innehav, Mallavsnitt, Stegbesok
from delprojekt.models.svenska import SokText
from delprojekt.process.roller import I_DELPROJEKT, Actor, Roll
from delprojekt.process.sokord import spellings, words
from delprojekt.process.steg import HUVUDLINJE, LAMNAD, Steg
from delprojekt.process.synlighet import KANDA_ROLLER, Noun
from delprojekt.queries.aktor import gallande
from delprojekt.queries.delprojekt import listed, readable
from delprojekt.queries.urval import search

HITS = 20
START, STOP = "\x02", "\x03"
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Texttraff:
    """A section in which the words stand: where, and the words around them (text, whether it is a hit)."""

    delprojekt: Delprojekt
    nyckel: str
    rubrik: str
    i_uppdrag: bool
    bitar: list[tuple[str, bool]]


@dataclass(frozen=True)
class Traffar:
    """What was found, of each kind at most ``HITS``."""

    delprojekt: list[Delprojekt] = field(default_factory=list)
    personer: list[Innehav] = field(default_factory=list)
    texter: list[Texttraff] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.delprojekt or self.personer or self.texter)


def find(actor: Actor, text: str) -> Traffar:
    """Return what the actor may see of what matches. Five queries at most."""
    if not words(text):
        return Traffar()
    return Traffar(list(search(actor, listed(actor), text)[:HITS]), _people(actor, text), _texts(actor, text))


def _people(actor: Actor, text: str) -> list[Innehav]:
    """Return who holds a role in a readable delprojekt now, by name.

    Nobody with protected identity is found, and a patient representative only where the page shows the name.
    """
    rows = Innehav.objects.filter(gallande(), _named(actor), roll__in=I_DELPROJEKT, delprojekt__isnull=False).exclude(
        person__skyddade_uppgifter=True
    )
    inside = readable(actor, Noun.PATIENTNAMN, "delprojekt__")
    unnamed = Innehav.objects.filter(roll=Roll.PATIENTFORETRADARE).exclude(inside)
    rows = rows.exclude(Q(person__in=unnamed.values("person")) & ~inside)
    name = SokText(Concat("person__fornamn", Value(" "), "person__efternamn"))
    found = Q()
    for word in words(text):
        found &= Q(namn__contains=word)
    rows = rows.alias(namn=name).filter(found).select_related("person", "region", "delprojekt")
    return list(rows.order_by("person__efternamn", "person__fornamn", "person", "-delprojekt")[:HITS])


def _named(actor: Actor) -> Q:
    """Return the filter for the roles of which the actor may know who holds them."""
    group = readable(actor, Noun.ARBETSGRUPP, "delprojekt__")
    return group | (Q(roll__in=KANDA_ROLLER) & readable(actor, Noun.DELPROJEKT, "delprojekt__"))


def _texts(actor: Actor, text: str) -> list[Texttraff]:
    """Return the sections whose text holds the words, in Swedish inflections, of what the actor may read."""
    ways = spellings(text.lower())
    query = reduce(or_, (SearchQuery(way, config="swedish", search_type="websearch") for way in ways))
    uppdrag = Mallavsnitt.objects.filter(i_uppdrag=True).values("nyckel")
    may = (Q(nyckel__in=uppdrag) & readable(actor, Noun.UPPDRAG, _PATH)) | (~Q(nyckel__in=uppdrag) & _report(actor))
    rows: QuerySet[Avsnitt] = (
        Avsnitt.objects.alias(ord=SearchVector("html", config="swedish"), arbetssteg=_working())
        .filter(may, ord=query)
        .order_by("-pk")[:HITS]
    )
    keys = list(rows.values_list("pk", flat=True))
    plain = Func("html", Value("<[^>]+>"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField())
    around = SearchHeadline(plain, query, config="swedish", start_sel=START, stop_sel=STOP, max_words=28, min_words=12)
    shown = Avsnitt.objects.filter(pk__in=keys).annotate(runt=around).select_related("omgang__delprojekt")
    named = {row.nyckel: row for row in Mallavsnitt.objects.order_by("mallversion__nummer")}
    return [_hit(row, named.get(row.nyckel)) for row in shown.order_by("-pk")]


_PATH = "omgang__delprojekt__"


def _working() -> Subquery:
    """Return where the work of a section's delprojekt stands, or stood when it was broken off."""
    visits = Stegbesok.objects.filter(delprojekt=OuterRef("omgang__delprojekt"), steg__in=HUVUDLINJE)
    return Subquery(visits.order_by("-nummer").values("steg")[:1])


def _report(actor: Actor) -> Q:
    """Return the filter for the reports whose text the actor may read: drafts, or what has been handed on."""
    drafts = readable(actor, Noun.ARBETSMATERIAL, _PATH)
    handed_on = Q(**{f"{_PATH}steg__in": LAMNAD}) | Q(**{f"{_PATH}steg": Steg.AVBRUTET}, arbetssteg__in=LAMNAD)
    return drafts | (readable(actor, Noun.SLUTRAPPORT, _PATH) & handed_on)


def _hit(row: Avsnitt, section: Mallavsnitt | None) -> Texttraff:
    around: str = row.runt  # type: ignore[attr-defined]
    return Texttraff(
        row.omgang.delprojekt,
        row.nyckel,
        section.rubrik if section else row.nyckel,
        bool(section and section.i_uppdrag),
        _pieces(around),
    )


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Return a headline as pieces: ``…\x02väntetid\x03…`` becomes text and hits, without markup."""
    clean = _BLANK.sub(" ", unescape(text)).strip()
    parts = re.split(f"{START}(.*?){STOP}", clean)
    return [(part, n % 2 == 1) for n, part in enumerate(parts) if part]
