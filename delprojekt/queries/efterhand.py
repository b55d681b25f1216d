"""What is known, and not known, of a delprojekt that began before the portal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Q, TextField

from delprojekt.models import Beslutshandling, Delprojekt, Deltagandestatus, Faktumrad, Inlagdfil, Namndbeslut
from delprojekt.process.datum import parse_partial
from delprojekt.process.efterhand import NAMNDENS, Uppgift, kinds_by_step
from delprojekt.process.fakta import FAKTA, Faktumslag
from delprojekt.process.roller import Actor
from delprojekt.process.sokord import same_name
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, hor, ser
from delprojekt.queries.utkast import not_anothers_draft


def told_already(actor: Actor, delprojekt: Delprojekt) -> set[str]:
    """Return what need not be asked for again: single facts, beslutsförslag, and the decisions."""
    rows = Faktumrad.objects.filter(delprojekt=delprojekt, ersatt_av=None).values_list("slag", flat=True)
    told = {slag for slag in rows if not FAKTA[Faktumslag(slag)].flera}
    told |= {"attsatser"} if delprojekt.beslutsforslag.exists() else set()
    decided = Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None).first()
    if not delprojekt.deltaganden.filter(status=Deltagandestatus.OKANT).exists():
        told.add("regioner")
    if decided:
        told |= {"rekommendationer"} if decided.rekommendationer.exists() else set()
        papers = Beslutshandling.objects.filter(namndbeslut=decided).exclude(fil="")
        told |= {"namndbeslut", *(f"beslut-{slug}" for slug in papers.values_list("region__slug", flat=True))}
    return told


@dataclass(frozen=True)
class Kantsedan:
    """What was told before: the facts that stand, and nämndens day (known in part?)."""

    fakta: tuple[Uppgift, ...] = ()
    namnd: tuple[date | None, bool] = (None, False)


INGET_KANT = Kantsedan()


def known_since(actor: Actor, delprojekt: Delprojekt) -> Kantsedan:
    """Return what is told already of a delprojekt, to set beside what is told now. Two queries."""
    rows = Faktumrad.objects.filter(delprojekt=delprojekt, ersatt_av=None).order_by("date", "pk")
    facts = tuple(Uppgift(Faktumslag(row.slag), row.date, row.datum_text) for row in rows)
    decided = Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None).select_related("arende__mote")
    row = decided.first()
    if row is None:
        return Kantsedan(facts)
    return Kantsedan(facts, (row.dag or parse_partial(row.datum_text), row.dag is None))


@dataclass(frozen=True)
class Okant:
    """What is not known of one step: an honest list, never a guess."""

    steg: Steg
    saknas: tuple[str, ...]


def unknown(actor: Actor, delprojekt: Delprojekt) -> list[Okant]:
    """Return, step by step, which facts nobody has told. Three queries."""
    told = set(Faktumrad.objects.filter(delprojekt=delprojekt, ersatt_av=None).values_list("slag", flat=True))
    found = []
    for steg, kinds in kinds_by_step(Steg(delprojekt.steg)).items():
        missing = tuple(str(slag.label) for slag in kinds if slag.value not in told and not FAKTA[slag].flera)
        found += [Okant(steg, missing)] if missing else []
    return found


@dataclass(frozen=True)
class Kant:
    """One thing that is known of a step from before the portal: what, when in words, and the last day it can be."""

    steg: Steg
    ord: str
    nar: str
    dag: date | None


def known_facts(actor: Actor, historic: Iterable[Delprojekt]) -> dict[int, list[Kant]]:
    """Return what is known of what is Historiskt, by delprojekt, in time. Two queries, or none.

    Of the others the steps themselves say it. In: also who asks; what they may not read of is left out.
    """
    keys = [d.pk for d in historic if d.steg == Steg.HISTORISKT and hor(actor, d.pk, Steg.HISTORISKT)]
    found: dict[int, list[Kant]] = {pk: [] for pk in keys}
    if not keys:
        return found
    steps = {slag: steg for steg, kinds in kinds_by_step(Steg.HISTORISKT).items() for slag in kinds}
    for row in Faktumrad.objects.filter(delprojekt__in=keys, ersatt_av=None):
        if steg := steps.get(Faktumslag(row.slag)):
            found[row.delprojekt_id].append(Kant(steg, str(row.get_slag_display()), row.nar, row.date))
    for decision in Namndbeslut.objects.filter(delprojekt__in=keys, aterkallat_at=None).select_related("arende__mote"):
        day = decision.dag or parse_partial(decision.datum_text)
        found[decision.delprojekt_id].append(Kant(Steg.NAMND, NAMNDENS, decision.nar, day))
    return {pk: sorted(rows, key=lambda one: one.dag or date.max) for pk, rows in found.items()}


def files(actor: Actor, delprojekt: Delprojekt) -> list[Inlagdfil]:
    """Return the files from before the portal that the actor may read, oldest first. One query, or none."""
    if not ser(actor, Noun.INLAGDA_FILER, delprojekt.pk, Steg(delprojekt.steg)):
        return []
    return list(Inlagdfil.objects.filter(delprojekt=delprojekt).order_by("date", "pk"))


def get_file(actor: Actor, delprojekt: Delprojekt, pk: int) -> Inlagdfil:
    """Return one of them. Raises Inlagdfil.DoesNotExist when it is absent or not the actor's to read."""
    if not ser(actor, Noun.INLAGDA_FILER, delprojekt.pk, Steg(delprojekt.steg)):
        raise Inlagdfil.DoesNotExist
    return Inlagdfil.objects.get(pk=pk, delprojekt=delprojekt)


@dataclass(frozen=True)
class Namngiven:
    """How somebody names a delprojekt: number and part, if they are known, and every name."""

    nummer: int | None
    delnummer: str
    namn: Sequence[str]


class _Nycklar(Func):
    """Title and other names as ``same_name`` writes them, of every row."""

    template = (
        "regexp_split_to_array(btrim(regexp_replace(sv_sok(array_to_string(array_prepend(%(expressions)s), chr(1))), "
        r"'\s+', ' ', 'g')), ' ?' || chr(1) || ' ?')"
    )
    output_field = ArrayField(TextField())


def known_as(actor: Actor, nummer: int | None, delnummer: str, names: Iterable[str]) -> Delprojekt | None:
    """Return the delprojekt with a number and part, or else with one of the names as title or alias (D10)."""
    return already_here(actor, [Namngiven(nummer, delnummer, tuple(names))])[0]


def already_here(actor: Actor, wanted: Sequence[Namngiven]) -> list[Delprojekt | None]:
    """Return for each the delprojekt that is here already, as ``known_as``; of another's draft nothing is told (T01).

    One query, of the rows that may be it.
    """
    keys = {same_name(name) for one in wanted for name in one.namn}
    numbered = Q(nummer__in={one.nummer for one in wanted if one.nummer})
    rows = Delprojekt.objects.alias(nycklar=_Nycklar("benamning", "alias")).order_by("pk")
    rows = rows.filter(numbered | Q(nycklar__overlap=sorted(keys)), not_anothers_draft(actor))
    here = list(rows.only("nummer", "delnummer", "benamning", "alias", "steg"))
    return [_known(one, here) for one in wanted]


def _known(one: Namngiven, here: Sequence[Delprojekt]) -> Delprojekt | None:
    part, names = one.delnummer.upper(), {same_name(name) for name in one.namn}
    numbered = (r for r in here if one.nummer and (r.nummer, r.delnummer.upper()) == (one.nummer, part))
    may = [r for r in here if not (one.nummer and r.nummer)]
    titled = (r for r in may if same_name(r.benamning) in names)
    called = (r for r in may if names.intersection(map(same_name, r.alias)))
    return next((r for rows in (numbered, titled, called) for r in rows), None)
