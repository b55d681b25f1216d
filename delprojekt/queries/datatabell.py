"""Tables of data in a report, as seen by those who write it."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from delprojekt.models import Avsnitt, Datatabell, Delprojekt, Uppdragsomgang
from delprojekt.models.historik import event_model
from delprojekt.process.datatabell import INSATT
from delprojekt.process.lage import Lage
from delprojekt.process.mall import writing_act
from delprojekt.process.policy.avgor import sections_for
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser


def read_by(actor: Actor, delprojekt: Delprojekt, lage: Lage, omgang: Uppdragsomgang) -> QuerySet[Datatabell]:
    """Return the tables of a report that somebody who writes in it may read.

    All of them for who reads all that the group writes; else those that were made in, or stand in, a section of their
    own (M4.4-1, M5.4.1-3).
    """
    rows = Datatabell.objects.filter(omgang=omgang)
    steg = Steg(delprojekt.steg)
    own = sections_for(actor, writing_act(steg), lage)
    if own is None or ser(actor, Noun.ARBETSMATERIAL, delprojekt.pk, steg):
        return rows
    texts = Avsnitt.objects.filter(omgang=omgang, nyckel__in=own).values_list("html", flat=True)
    there = {int(found[1]) for html in texts for found in INSATT.finditer(html)}
    return rows.filter(Q(nyckel__in=own) | Q(pk__in=there))


def standing(actor: Actor, row: Datatabell) -> QuerySet[Avsnitt]:
    """Return the sections where a table stands."""
    return Avsnitt.objects.filter(omgang=row.omgang_id, html__contains=f'<table id="{row.plats}">')


def tables(actor: Actor, delprojekt: Delprojekt, lage: Lage, omgang: Uppdragsomgang) -> list[Datatabell]:
    """Return the tables of a report that the actor reads, in the order they came, without their drawings. One query,
    or two."""
    rows = read_by(actor, delprojekt, lage, omgang).select_related("diagram")
    return list(rows.defer("diagram__svg", "diagram__png", "diagram__beskrivning").order_by("pk"))


def sources(actor: Actor, texts: Iterable[Avsnitt]) -> dict[int, str]:
    """Return the source of each table of the texts' reports, empty where nobody has said it. One query, or none where
    no table stands."""
    marked = {row.omgang_id for row in texts if INSATT.search(row.html)}
    return dict(Datatabell.objects.filter(omgang__in=marked).values_list("pk", "kalla")) if marked else {}


def tables_in(actor: Actor, omgangar: Collection[int]) -> dict[int, dict[int, Datatabell]]:
    """Return the tables of several reports, by report and key, without drawings. One query.

    In: reports of which the actor reads the text where they stand: only those are shown of them.
    """
    found: dict[int, dict[int, Datatabell]] = {}
    rows = Datatabell.objects.filter(omgang__in=omgangar).select_related("diagram")
    for row in rows.defer("diagram__svg", "diagram__png", "diagram__beskrivning"):
        found.setdefault(row.omgang_id, {})[row.pk] = row
    return found


def get_table(actor: Actor, delprojekt: Delprojekt, lage: Lage, omgang: Uppdragsomgang, pk: int) -> Datatabell:
    """Return one table of a report, with its drawing. Raises Datatabell.DoesNotExist, also when it is not theirs."""
    return read_by(actor, delprojekt, lage, omgang).select_related("diagram").get(pk=pk)


_SAGT = ("rubrik", "kalla", "kolumner", "rader", "visning", "diagram_id")
"""What the table itself says is made of these."""


def earlier_states(actor: Actor, keys: Collection[int]) -> list[Datatabell]:
    """Return tables as they have been, the oldest first; rows that are only read. One query."""
    events = event_model("Datatabell").objects.filter(pgh_obj_id__in=keys).order_by("pgh_id")
    said = events.values_list("pgh_obj_id", *_SAGT)
    return [Datatabell(pk=pk, **dict(zip(_SAGT, values, strict=True))) for pk, *values in said]
