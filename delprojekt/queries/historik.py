"""Everything that has happened to a delprojekt's values, on one timeline with its events, as somebody may see it.

A post is one act: its event, and every row that it added, changed or struck, with the values before and after. Three
queries read a page of them, however much is stored; ``queries/historiknamn.py`` puts names to the keys.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    DateTimeField,
    Exists,
    F,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    prefetch_related_objects,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from delprojekt.models import Avsnittsversion, Avvisning, Delprojekt, Handelse, Mallavsnitt, Person, Versionsslag
from delprojekt.models.historik import event_model, value_fields
from delprojekt.process.act import Act
from delprojekt.process.historik import SPAR, Andringsslag, Spar
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, hor, ser, ser_fakta, tysta_acts
from delprojekt.queries.handelse import events_of, told
from delprojekt.queries.rader import rows

TEXT = "Avsnitt"
"""What the versions of a section's text are called among the kinds of rows."""
PER_SIDA = 20


@dataclass(frozen=True)
class Andring:
    """One row that was added (``fore`` is None), changed, or taken away (``efter`` is None)."""

    modell: str
    fore: dict[str, Any] | None
    efter: dict[str, Any] | None

    @property
    def rad(self) -> dict[str, Any]:
        """Return the values that name the row."""
        return self.efter or self.fore or {}


@dataclass
class Post:
    """One point on the timeline: what was done, by whom, and what it changed. ``handelser`` is empty when the change
    was no act of the process; ``av`` and ``genom`` are then who did it and what it was. When it was
    corrected ``vem`` and ``skal`` say by whom and why."""

    nar: datetime
    handelser: list[Handelse] = field(default_factory=list)
    andringar: list[Andring] = field(default_factory=list)
    filer: list[Avvisning] = field(default_factory=list)
    av: int | None = None
    genom: str = ""
    vem: str = ""
    skal: str = ""


@dataclass(frozen=True)
class Historik:
    """A page of the timeline, newest first, and how many posts there are in all."""

    poster: list[Post]
    antal: int


def kinds(actor: Actor, delprojekt: Delprojekt) -> list[Andringsslag]:
    """Return what the actor can choose to see changes of: who only hears of events, the steps."""
    if not _sees(actor, delprojekt, Noun.HANDELSER):
        return [Andringsslag.STEG]
    shown = {spar.slag for spar in SPAR if _sees(actor, delprojekt, spar.noun)} | {Andringsslag.STEG}
    return [slag for slag in Andringsslag if slag in shown]


def read_history(
    actor: Actor, delprojekt: Delprojekt, slag: Andringsslag | None = None, *, sida: int = 1, per_sida: int = PER_SIDA
) -> Historik:
    """Return a page of the timeline. ``slag``: only posts with a change of that kind, and only those changes.

    Nothing is returned to somebody who hears nothing of what happens; who hears but may not read the events gets them
    in words alone, without names and values. Three queries; one more for files that were turned away.
    """
    if not hor(actor, delprojekt.pk, Steg(delprojekt.steg)):
        return Historik([], 0)
    keys, total = _page(actor, delprojekt, slag, (sida - 1) * per_sida, per_sida)
    posts = {key: Post(nar) for key, nar, _ in keys}
    events = _events(actor, delprojekt).annotate(nyckeln=_EVENT_KEY).filter(nyckeln__in=list(posts))
    for event in told(actor, events.select_related("person").order_by("pk"), delprojekt):
        posts[event.nyckeln].handelser.append(event)  # type: ignore[attr-defined]
    if not _sees(actor, delprojekt, Noun.HANDELSER):
        return Historik(list(posts.values()), total)
    _add_refused_files(posts.values())
    if slag is not Andringsslag.STEG:
        _add_changes(actor, delprojekt, slag, posts, {name for _, _, found in keys for name in found})
    return Historik(list(posts.values()), total)


def read_corrections(actor: Actor, delprojekt: Delprojekt, *modeller: str) -> list[Post]:
    """Return what has been corrected in rows of some kinds, oldest first. One query, none without kinds."""
    if not modeller:
        return []
    column = corrections_column(actor, delprojekt, *modeller)
    return corrections_of(actor, Delprojekt.objects.filter(pk=delprojekt.pk).values_list(column, flat=True).get())


def corrections_column(actor: Actor, delprojekt: Delprojekt, *modeller: str) -> JSONObject:
    """Return what has been corrected in rows of some kinds as a column, to be carried by a query of one row.

    Whoever sees a row sees what it was corrected from.
    """
    spar = [one for one in SPAR if one.modell in modeller and _sees(actor, delprojekt, one.noun)]
    return JSONObject(**{one.modell: _corrected(actor, delprojekt, one) for one in spar})


def _corrected(actor: Actor, delprojekt: Delprojekt, spar: Spar) -> Any:
    """Return the corrected rows of a kind as a column: what each said before and after, when, by whom and why."""
    act = {"pgh_context__metadata__act": Act.RATTA_UPPGIFT.name, "pgh_context__metadata__has_key": "skal"}
    found = _rows(actor, delprojekt, spar).filter(**act).order_by("pgh_id")
    found = found.annotate(av=Cast(KeyTextTransform("person", "pgh_context__metadata"), BigIntegerField()))
    name = Concat("fornamn", Value(" "), "efternamn")
    values = JSONObject(**{f.attname: F(f.attname) for f in value_fields(spar)}, **_MED_NAMN.get(spar.modell, {}))
    return rows(
        found,
        nyckel="pgh_context_id",
        fore=Subquery(_earlier(spar, delprojekt).values_list(values)[:1], output_field=JSONField()),
        efter=values,
        tid=KeyTextTransform("tid", "pgh_context__metadata"),
        skal=KeyTextTransform("skal", "pgh_context__metadata"),
        vem=Subquery(Person.objects.filter(pk=OuterRef("av")).values_list(name)[:1]),
    )


_MED_NAMN = {
    "Namndbeslut": {"mote": F("arende__mote__date"), "punkt": F("arende__punkt")},
    "Huvudmansbeslut": {"rek": F("rekommendation__nummer")},
}
"""What is read beside the values of a row, so that what they point to has a name."""


def corrections_of(actor: Actor, column: Mapping[str, list[dict[str, Any]]]) -> list[Post]:
    """Return the corrections that a column holds, read for the same actor, oldest first."""
    posts: dict[str, Post] = {}
    for modell, found in column.items():
        for row in found:
            told = Post(datetime.fromisoformat(row["tid"]), vem=row["vem"] or "", skal=row["skal"])
            posts.setdefault(row["nyckel"], told).andringar.append(Andring(modell, row["fore"], row["efter"]))
    for post in posts.values():
        post.andringar = _gathered(post.andringar)
    return sorted(posts.values(), key=lambda post: post.nar)


def _sees(actor: Actor, delprojekt: Delprojekt, noun: Noun) -> bool:
    return ser(actor, noun, delprojekt.pk, Steg(delprojekt.steg))


def _add_refused_files(posts: Iterable[Post]) -> None:
    turned = {e: post for post in posts for e in post.handelser if e.act == Act.AVVISA_FIL}
    prefetch_related_objects(list(turned), "avvisningar")
    for event, post in turned.items():
        post.filer += event.avvisningar.all()


# -- which posts there are -------------------------------------------------------------------------------------------


def _key(context: str, letter: str, other: str) -> Coalesce:
    """Return the key of a post: the context of the act, or else what tells the row apart."""
    own = Concat(Value(letter), Cast(other, TextField()), output_field=TextField())
    return Coalesce(Cast(context, TextField()), own, output_field=TextField())


_EVENT_KEY = _key("sammanhang", "h", "pk")
_ROW_KEY = _key("pgh_context_id", "t", "pgh_created_at")
_TEXT_KEY = Concat(Value("a"), Cast("pk", TextField()), output_field=TextField())
_ROW_TIME = Coalesce(
    Cast(KeyTextTransform("tid", "pgh_context__metadata"), DateTimeField()), F("pgh_created_at")
)  # the portal's own time, where the act told it


def _events(actor: Actor, delprojekt: Delprojekt) -> QuerySet[Any]:
    return events_of(actor, delprojekt)


def _wanted(slag: Andringsslag | None, actor: Actor, delprojekt: Delprojekt) -> list[Spar]:
    reads = _sees(actor, delprojekt, Noun.HANDELSER)
    return [s for s in SPAR if reads and slag in {None, s.slag} and _sees(actor, delprojekt, s.noun)]


def _page(
    actor: Actor, delprojekt: Delprojekt, slag: Andringsslag | None, start: int, size: int
) -> tuple[list[tuple[str, datetime, list[str]]], int]:
    """Return key, time and kinds of rows of the posts on a page, and how many posts there are."""
    moved = ~Q(till_steg="") if slag is Andringsslag.STEG else Q()
    arms = [
        _events(actor, delprojekt)
        .filter(moved)
        .values_list(_EVENT_KEY, "hande_at", Cast("pk", BigIntegerField()), Value("", output_field=TextField()))
    ]
    nothing = Value(None, output_field=BigIntegerField())
    for spar in _wanted(slag, actor, delprojekt):
        rows = _rows(actor, delprojekt, spar)
        arms.append(rows.values_list(_ROW_KEY, _ROW_TIME, nothing, Value(spar.modell, output_field=TextField())))
    if slag in {None, Andringsslag.RAPPORT} and _sees(actor, delprojekt, Noun.HANDELSER):
        texts = _texts(actor, delprojekt)
        arms.append(texts.values_list(_TEXT_KEY, "sparat_at", nothing, Value(TEXT, output_field=TextField())))
    union, params = arms[0].union(*arms[1:], all=True).query.sql_with_params()
    chosen = "TRUE" if slag in {None, Andringsslag.STEG} else "BOOL_OR(slag <> '')"
    sql = (
        "SELECT nyckel, COALESCE(MAX(nar) FILTER (WHERE pk IS NOT NULL), MAX(nar)) AS tid,"  # noqa: S608 (own words)
        " ARRAY_AGG(DISTINCT slag), COUNT(*) OVER () FROM"
        f" ({union}) AS rader(nyckel, nar, pk, slag) GROUP BY nyckel HAVING {chosen}"
        " ORDER BY tid DESC, MAX(pk) DESC NULLS FIRST, nyckel LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, size, start])
        found = cursor.fetchall()
    return [(row[0], row[1], row[2]) for row in found], found[0][3] if found else 0


def _rows(actor: Actor, delprojekt: Delprojekt, spar: Spar) -> QuerySet[Any]:
    """Return the kept rows of a kind that the actor may know of."""
    model = event_model(spar.modell)
    own = "" if spar.val else "pgh_obj"
    rows: QuerySet[Any] = model.objects.filter(**{"__".join(filter(None, (own, spar.vag))): delprojekt})
    if spar.modell == "Faktumrad":
        rows = rows.filter(slag__in=ser_fakta(actor, delprojekt.pk, Steg(delprojekt.steg)))
    hidden = tysta_acts(actor, delprojekt.pk, Steg(delprojekt.steg))
    if hidden:
        rows = rows.filter(Q(pgh_context=None) | ~Q(pgh_context__metadata__act__in=[act.name for act in hidden]))
    return rows


def _texts(actor: Actor, delprojekt: Delprojekt) -> QuerySet[Any]:
    """Return the versions of the sections that the actor may read: all for the group's own, else the uppdrag's."""
    rows = Avsnittsversion.objects.filter(~_goes_on(), avsnitt__omgang__delprojekt=delprojekt)
    if _sees(actor, delprojekt, Noun.ARBETSMATERIAL):
        return rows
    if not _sees(actor, delprojekt, Noun.UPPDRAG):
        return rows.none()
    section = Mallavsnitt.objects.filter(
        mallversion=OuterRef("avsnitt__omgang__mallversion"), nyckel=OuterRef("avsnitt__nyckel"), i_uppdrag=True
    )
    return rows.filter(Exists(section))


def _goes_on() -> Q:
    """Return the filter for what was saved while somebody wrote, and went on writing: a sitting is one post."""
    later = Avsnittsversion.objects.filter(
        avsnitt=OuterRef("avsnitt"),
        sparat_av=OuterRef("sparat_av"),
        pass_at=OuterRef("pass_at"),
        version__gt=OuterRef("version"),
    )
    return Q(Exists(later), slag=Versionsslag.AUTO)


# -- what they changed -----------------------------------------------------------------------------------------------


def _add_changes(
    actor: Actor, delprojekt: Delprojekt, slag: Andringsslag | None, posts: dict[str, Post], found: set[str]
) -> None:
    arms = [
        _kept(_rows(actor, delprojekt, s).annotate(post=_ROW_KEY).filter(post__in=list(posts)), s, delprojekt)
        for s in _wanted(slag, actor, delprojekt)
        if s.modell in found
    ]
    if TEXT in found:
        arms.append(_kept_texts(_texts(actor, delprojekt), posts))
    if not arms:
        return
    rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    for key, modell, _, label, before, after, context in sorted(rows, key=lambda row: (row[1], row[2])):
        post = posts[key]
        taken = label == "delete"
        post.andringar.append(Andring(modell, after if taken else before, None if taken else after))
        post.av, post.genom = (context or {}).get("person") or post.av, (context or {}).get("act") or post.genom
    for post in posts.values():
        post.andringar = _gathered(post.andringar)


def _kept(rows: QuerySet[Any], spar: Spar, delprojekt: Delprojekt) -> QuerySet[Any]:
    values = JSONObject(**{f.attname: F(f.attname) for f in value_fields(spar)})
    before: Any = Value(None, output_field=JSONField())
    if not spar.val:
        before = Subquery(_earlier(spar, delprojekt).values_list(values)[:1], output_field=JSONField())
    return rows.values_list(
        _ROW_KEY,
        Value(spar.modell, output_field=TextField()),
        Cast("pgh_id", BigIntegerField()),
        "pgh_label",
        before,
        values,
        "pgh_context__metadata",
    )


def _earlier(spar: Spar, delprojekt: Delprojekt) -> QuerySet[Any]:
    """Return what a row said before, the latest first: itself, the one it replaces, or the one it takes over after."""
    same = Q(pgh_obj=OuterRef("pgh_obj"))
    if "ersatter" in {f.name for f in event_model(spar.modell)._meta.concrete_fields}:
        same |= Q(pgh_obj=OuterRef("ersatter"))
    if spar.foljer:
        same |= Q(**{spar.vag: delprojekt}, **{name: OuterRef(name) for name in spar.foljer})
    rows: QuerySet[Any] = event_model(spar.modell).objects.filter(same, pgh_id__lt=OuterRef("pgh_id"))
    return rows.order_by("-pgh_obj", "-pgh_id")


def _kept_texts(rows: QuerySet[Any], posts: Iterable[str]) -> QuerySet[Any]:
    now = JSONObject(nyckel="avsnitt__nyckel", html="html")
    earlier = Avsnittsversion.objects.filter(avsnitt=OuterRef("avsnitt"), version__lt=OuterRef("version"))
    earlier = earlier.exclude(
        slag=Versionsslag.AUTO, sparat_av=OuterRef("sparat_av"), pass_at__isnull=False, pass_at=OuterRef("pass_at")
    )
    then = earlier.order_by("-version").values_list(now)[:1]
    found: QuerySet[Any] = rows.annotate(nyckeln=_TEXT_KEY).filter(nyckeln__in=list(posts))
    return found.values_list(
        "nyckeln",
        Value(TEXT, output_field=TextField()),
        Cast("pk", BigIntegerField()),
        Value("update", output_field=TextField()),
        Subquery(then, output_field=JSONField()),
        now,
        JSONObject(person="sparat_av"),
    )


def _gathered(changes: Sequence[Andring]) -> list[Andring]:
    """Return one change per row: what was changed twice in an act is shown from the first value to the last."""
    found: dict[tuple[str, Any], Andring] = {}
    for number, change in enumerate(changes):
        key = (change.modell, change.rad.get("id", f"{number}"))
        first = found.get(key)
        if first and change.modell != TEXT and (first.efter or first.fore):
            found[key] = Andring(change.modell, first.fore, change.efter)
        else:
            found[key] = change
    return list(found.values())
