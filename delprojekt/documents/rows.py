"""What the portal prints of its rows: points, group, timetable, proposals, plan, decisions, introduction."""

from collections.abc import Callable, Iterable
from datetime import date

from delprojekt.documents import uppfoljning
from delprojekt.documents.arbete import choices, conclusions, facts, plan, proposals
from delprojekt.documents.ordlista import glossary
from delprojekt.documents.plain import from_plain
from delprojekt.documents.source import Rows, by_name
from delprojekt.documents.tree import Block, Facts, Html, NumberedPoints, Table
from delprojekt.models import (
    Delprojekt,
    Faktumrad,
    Innehall,
    Innehav,
    Mallavsnitt,
    Malsattning,
    Uppdragsomgang,
)
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.mall import REFERENSER, VAGVAL
from delprojekt.process.roller import Roll

_ROLES = (Roll.ORDFORANDE, Roll.PROCESSLEDARE, Roll.LEDAMOT, Roll.PATIENTFORETRADARE, Roll.ADJUNGERAD)


def blocks_of(section: Mallavsnitt, rows: Rows) -> tuple[Block, ...]:
    """Return what the portal prints in a section, beside what is written there."""
    if section.innehall == Innehall.TEXT:
        printer = _BY_KEY.get(section.nyckel)
        own = tuple(printer(rows)) if printer else ()
        return (*own, *facts(rows, section.nyckel), *conclusions(rows, section.nyckel))
    return tuple(_BY_CONTENT[Innehall(section.innehall)](rows))


def known(section: Mallavsnitt, delprojekt: Delprojekt, omgang: Uppdragsomgang, day: date) -> tuple[Block, ...]:
    """Return what the portal knows already of a section that is written, as it stands now: for who writes it.

    Facts and conclusions are not among it: they have a place of their own beside the text. No query where the portal
    knows nothing.
    """
    printer = _BY_KEY.get(section.nyckel)
    return tuple(printer(Rows.read(delprojekt, omgang, day))) if printer else ()


def members_table(rows: Rows) -> tuple[Block, ...]:
    """Return who sits in the group; patient representatives without name (conventions.md §6.4)."""
    order = {roll.value: index for index, roll in enumerate(_ROLES)}
    members = sorted((row for row in rows.held if row.roll in order), key=lambda row: (order[row.roll], by_name(row)))
    lines = tuple(_member(row, rows.unnamed) for row in members if row.omgang_id in {None, rows.omgang.pk})
    return (Table("Arbetsgruppen", ("Namn", "Roll i gruppen", "Befattning", "Region"), lines),) if lines else ()


def _member(row: Innehav, unnamed: frozenset[int]) -> tuple[str, ...]:
    person, role = row.person, str(row.get_roll_display())
    if row.roll == Roll.PATIENTFORETRADARE or person.pk in unnamed:
        return (str(Roll.PATIENTFORETRADARE.label), str(Roll.LEDAMOT.label), "", "")
    if person.skyddade_uppgifter:
        return (str(person), role, "", "")
    region = row.region or person.region
    return (str(person), role, person.befattning or person.profession, region.kortnamn if region else "")


def _goals(rows: Rows) -> Iterable[Block]:
    chosen = rows.delprojekt.forslag.malsattningar if hasattr(rows.delprojekt, "forslag") else []
    labels = [str(Malsattning(goal).label) for goal in Malsattning.values if goal in chosen]
    if labels:
        yield Facts((("Målsättning", "\n".join(labels)),))


def _said_at_start(rows: Rows) -> Iterable[Block]:
    """Yield what the group said of follow-up at its first meeting, until the section is written."""
    if "tankar_om_uppfoljning" in rows.texts:
        return
    facts = Faktumrad.objects.filter(omgang=rows.omgang, slag=Faktumslag.STARTMOTE, ersatt_av=None).exclude(text="")
    if fact := facts.order_by("pk").last():
        yield Html(from_plain(fact.text))


def _glossary(rows: Rows) -> Iterable[Block]:
    return glossary(rows.texts.values())


def _points(rows: Rows) -> Iterable[Block]:
    points = rows.omgang.punkter.filter(struken_at=None).order_by("nummer").values_list("text", flat=True)
    if points:
        yield NumberedPoints(tuple(points))


def _competences(rows: Rows) -> Iterable[Block]:
    wanted = rows.omgang.kompetenskrav.filter(struken_at=None).order_by("-styrka", "pk")
    lines = tuple((row.kompetens, str(row.get_styrka_display())) for row in wanted)
    if lines:
        yield Table("Kompetenser som ska eller bör finnas i gruppen", ("Kompetens", "Krav"), lines)


def _timetable(rows: Rows) -> Iterable[Block]:
    stones = rows.omgang.milstolpar.filter(struken_at=None)
    lines = [(row.sista_date or date.max, row.pk, row.rubrik, row.nar) for row in stones]
    if lines:
        yield Table("Milstolpar", ("Milstolpe", "När"), tuple((name, when) for _, _, name, when in sorted(lines)))


_Printer = Callable[[Rows], Iterable[Block]]
_BY_CONTENT: dict[Innehall, _Printer] = {
    Innehall.UPPDRAGSPUNKTER: _points,
    Innehall.ARBETSGRUPP: _competences,
    Innehall.TIDPLAN: _timetable,
    Innehall.ATGARDSFORSLAG: proposals,
    Innehall.UPPFOLJNINGSPLAN: plan,
    Innehall.BESLUT: uppfoljning.decisions,
    Innehall.INFORANDE: uppfoljning.introduction,
}
_BY_KEY: dict[str, _Printer] = {
    "syfte": _goals,
    "tankar_om_uppfoljning": _said_at_start,
    VAGVAL: choices,
    REFERENSER: _glossary,
    "uppfoljningsrapport_parametrar": uppfoljning.measured,
    "uppfoljningsrapport_enkat": uppfoljning.answers,
    "uppfoljningsrapport_perspektiv": uppfoljning.patients,
    "uppfoljningsrapport_hinder": uppfoljning.hinders,
}
"""Sections of text that also show something the portal knows already."""
