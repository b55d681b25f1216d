"""The working group as it is shown: the nominees, and what they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch

from delprojekt.models import (
    Delprojekt,
    Innehav,
    Kompetenskrav,
    Nominering,
    Nomineringsbyte,
    Styrka,
    Uppdragsomgang,
)
from delprojekt.process.grupp import I_GRUPPEN, KAN_UTSES, REPRESENTERAR, Nomineringsstatus
from delprojekt.process.lage import Lage
from delprojekt.process.ordning import swedish
from delprojekt.process.roller import ARBETSGRUPP, Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries.aktor import gallande
from delprojekt.queries.namn import DOLT_NAMN, unnamed
from delprojekt.queries.rader import rows as as_rows

_S = Nomineringsstatus
_ORDNING = (_S.UTSEDD, _S.TACKAT_JA, _S.TILLFRAGAD, _S.FORESLAGEN, _S.RESERV, _S.TACKAT_NEJ, _S.ENTLEDIGAD)
_BORTA = frozenset({_S.TACKAT_NEJ, _S.ENTLEDIGAD})


@dataclass(frozen=True)
class Namnrad:
    """Somebody who is put forward, by the name that the one who asks may read."""

    rad: Nominering
    namn: str
    namngiven: bool

    @property
    def profession(self) -> str:
        """Return the profession, unless the person is not named or has protected data."""
        return self.rad.person.profession if self.oppen else ""

    @property
    def region(self) -> str:
        """Return the region's short word; empty for who speaks for none."""
        return self.rad.region.slug if self.rad.region else ""

    @property
    def oppen(self) -> bool:
        """Tell whether what points to the person's workplace may be shown."""
        return self.namngiven and not self.rad.person.skyddade_uppgifter

    @property
    def kompetenser(self) -> dict[int, str]:
        """Return the competences that the nominee covers, by key."""
        return {row["pk"]: row["kompetens"] for row in self.rad.tacker}  # type: ignore[attr-defined]

    @property
    def byten(self) -> list[Nomineringsbyte]:
        """Return the history of the status, oldest first."""
        return list(self.rad.byten.all())


def board(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None) -> list[Namnrad]:
    """Return everybody who has been put forward in an omgång, also those who declined or left. Two queries.

    One more for those who may not read every name.

    Who may not read the nominations reads those of the regions that they speak for in samarbetsgruppen.
    """
    history = Prefetch("byten", Nomineringsbyte.objects.select_related("registrerat_av").order_by("pk"))
    covers = Kompetenskrav.objects.filter(nomineringar=OuterRef("pk")).order_by("pk")
    rows = Nominering.objects.filter(omgang=omgang).select_related("person", "region")
    rows = rows.annotate(tacker=as_rows(covers, pk="pk", kompetens="kompetens"))
    if not ser(actor, Noun.NOMINERINGAR, delprojekt.pk, Steg(delprojekt.steg)):
        rows = rows.filter(region__slug__in=actor.regioner(Roll.SAMARBETSGRUPP))
    hidden = unnamed(actor, delprojekt)
    found = [
        Namnrad(row, DOLT_NAMN if row.person_id in hidden else str(row.person), row.person_id not in hidden)
        for row in rows.prefetch_related(history).order_by("pk")
    ]
    return sorted(found, key=_place)


def told_members(actor: Actor, delprojekt: Delprojekt, nominees: Sequence[Namnrad]) -> list[Namnrad]:
    """Return those who are in the group and whom nobody put forward here: told of from before the portal. One query,
    and one more for those who may not read every name."""
    known = {line.rad.person_id for line in nominees}
    held = Innehav.objects.filter(gallande(), delprojekt=delprojekt, roll__in=ARBETSGRUPP).exclude(person__in=known)
    hidden = unnamed(actor, delprojekt)
    found = []
    for row in held.select_related("person", "region").order_by("pk"):
        told = Nominering(person=row.person, region=row.region, roll=row.roll, status=_S.UTSEDD)
        told.tacker = []  # type: ignore[attr-defined]
        named = row.person_id not in hidden
        found.append(Namnrad(told, str(row.person) if named else DOLT_NAMN, named))
    return found


def _place(line: Namnrad) -> tuple[int, int, str]:
    surname = swedish(line.rad.person.efternamn) if line.namngiven else ""
    return _ORDNING.index(_S(line.rad.status)), list(Roll).index(Roll(line.rad.roll)), surname


def appointable(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None) -> list[Namnrad]:
    """Return those whom ledningsgruppen can appoint: who said yes, and reserves; the chair left out."""
    return [r for r in board(actor, delprojekt, omgang) if r.rad.status in KAN_UTSES and r.rad.roll != Roll.ORDFORANDE]


def get_nominee(actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None, pk: int | None) -> Namnrad | None:
    """Return one who is put forward, or None if there is no such row."""
    return next((line for line in board(actor, delprojekt, omgang) if line.rad.pk == pk), None)


@dataclass(frozen=True)
class Tackningsrad:
    """One line of the coverage grid: what is wanted, how strongly, and who covers it in each column."""

    namn: str
    styrka: str  # ska, bor, tips
    celler: list[list[str]]
    tackt: bool
    pa_vag: bool
    saknas: list[bool]


@dataclass(frozen=True)
class Tackning:
    """The coverage grid region × competence (M4.3-2): columns are the regions, and those who speak for none."""

    kolumner: list[str]
    rader: list[Tackningsrad]
    professioner: list[str]
    discipliner: list[str]


def coverage(actor: Actor, lage: Lage, omgang: Uppdragsomgang, nominees: Sequence[Namnrad]) -> Tackning:
    """Return the coverage grid of those who are put forward and have not declined or left. One query."""
    here = {line.rad.region.slug for line in nominees if line.rad.region}
    regions = [slug for slug in lage.regionnamn if slug in lage.deltar | here]
    must = [slug in lage.deltar for slug in regions]
    living = [line for line in nominees if line.rad.status not in _BORTA]
    wanted = omgang.kompetenskrav.filter(struken_at=None).order_by("-styrka", "pk")

    def line(name: str, strength: str, people: list[Namnrad], per_region: Sequence[bool] = ()) -> Tackningsrad:
        return _line(name, strength, people, regions, per_region)

    members = [n for n in living if n.rad.roll in REPRESENTERAR]
    rows = [line("Ordförande eller ledamot från regionen", "ska", members, must)]
    rows += [
        line(k.kompetens, "ska" if k.styrka == Styrka.SKA else "bor", [n for n in living if k.pk in n.kompetenser])
        for k in wanted
    ]
    patients = [n for n in living if n.rad.roll == Roll.PATIENTFORETRADARE]
    rows.append(line("Patient- eller närståendeföreträdare", "bor", patients))
    rows.append(line("Chef, för systemkunskap", "tips", [n for n in living if n.rad.ar_chef]))
    settled = [n for n in living if n.rad.status in I_GRUPPEN]
    return Tackning(
        [lage.regionnamn[slug].removeprefix("Region ") for slug in regions] + ["Utan region"],
        rows,
        _named(n.profession for n in settled),
        _named(n.rad.disciplin for n in settled),
    )


def _line(
    name: str, strength: str, people: list[Namnrad], regions: Sequence[str], per_region: Sequence[bool]
) -> Tackningsrad:
    cells = [[_in_cell(n) for n in people if n.region == slug] for slug in [*regions, ""]]
    ready = {n.region for n in people if n.rad.status in I_GRUPPEN}
    holes = [must and slug not in ready for slug, must in zip(regions, per_region, strict=False)]
    holes += [False] * (len(cells) - len(holes))
    return Tackningsrad(name, strength, cells, not any(holes) if per_region else bool(ready), bool(people), holes)


def _in_cell(line: Namnrad) -> str:
    name = line.namn if line.namngiven else "1 person"
    return name if line.rad.status in I_GRUPPEN else f"{name} ({line.rad.get_status_display().lower()})"


def _named(values: Iterable[str]) -> list[str]:
    """Return each word once, as it was first written, sorted as Swedes sort."""
    found: dict[str, str] = {}
    for value in values:
        if value:
            found.setdefault(value.casefold(), value)
    return sorted(found.values(), key=swedish)
