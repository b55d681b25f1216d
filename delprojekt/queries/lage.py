"""Builds the Lage: the snapshot that the rules ask. Only what the step's rules ask about is read, in one query.

Each part says what it reads (``_x_columns``: the rows of other tables as columns) and what it makes of it (``_x``).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet

from delprojekt.models import (
    Delprojekt,
    Deltagande,
    Deltagandestatus,
    Faktumrad,
    Innehav,
    Kompetenskrav,
    Nominering,
    Sjukvardsregion,
    Stegbesok,
    Styrka,
    Uppdragsomgang,
)
from delprojekt.process.fakta import FAKTA, Faktum, Faktumslag, Livslangd, Organslag
from delprojekt.process.lage import Beslutslage, Forslagslage, Grupplage, Lage, Rapportlage, Uppfoljningslage
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import HUVUDLINJE, SKRIVER, Steg
from delprojekt.queries.aktor import gallande
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage_beslut import BESLUTAR, read_beslut, read_uppfoljning
from delprojekt.queries.rader import living, rows, values
from delprojekt.queries.rapportlage import rapport_columns, rapport_of

_FORSLAGSFALT = ("ursprung", "problem", "syfte", "mal", "forvantat_utfall", "effekter", "kriterier")
_FOLJS_UPP = frozenset(HUVUDLINJE[8:])
_RAPPORT = SKRIVER | {Steg.UPPDRAG, Steg.UPPFOLJNING}
_HAR = OuterRef("pk")

Read = dict[str, Any]
"""The columns of the one query."""


def build_lage(delprojekt: Delprojekt, path: list[Stegbesok] | None = None) -> Lage:
    """Return the snapshot of one delprojekt.

    In: the row, and its living visits if they are already read. Out: a frozen Lage. One query, whatever is stored.
    """
    path = levande_for(delprojekt) if path is None else path
    current, steg = path[-1], Steg(delprojekt.steg)
    read = _read(delprojekt, path)
    parts = read["deltaganden"]
    fakta = [row for row in read["fakta"] if _counts(row["slag"], row["besok"], row["omgang"], current)]
    return Lage(
        steg=steg,
        delprojekt=delprojekt.pk,
        pausat=delprojekt.pausat,
        kan_angra=len(path) > 1,
        deltar=frozenset(p["slug"] for p in parts if p["status"] == Deltagandestatus.DELTAR),
        **_settings(delprojekt.sjukvardsregion, parts),
        regionnamn={p["slug"]: p["namn"] for p in parts},
        fakta=tuple(_as_faktum(row) for row in fakta),
        forslag=_forslag(delprojekt, parts),
        grupp=_group(read, fakta),
        rapport=rapport_of(read) if "avsnitt" in read else Rapportlage(),
        beslut=read_beslut(delprojekt, path) if steg in BESLUTAR else Beslutslage(),
        uppfoljning=read_uppfoljning(delprojekt) if steg in _FOLJS_UPP else Uppfoljningslage(),
    )


def _settings(root: Sjukvardsregion, parts: Iterable[Read]) -> dict[str, Any]:
    """Return what the sjukvårdsregion and the participating regions have decided of how they work."""
    taking_part = [p for p in parts if p["status"] == Deltagandestatus.DELTAR]
    return {
        "min_regioner": root.min_regioner,
        "har_styrgrupp": root.har_politisk_styrgrupp,
        "avstar_blockerar": root.avstar_blockerar,
        "formel": root.beslutsformel,
        "svarstid_synpunkter_dagar": root.svarstid_synpunkter_dagar,
        "svarstid_beslut_dagar": root.svarstid_beslut_dagar,
        "barnets_basta_kravs": any(p["barnets_basta"] for p in taking_part),
        "patientsynpunkter_kravs": any(p["patientsynpunkter"] for p in taking_part),
    }


def _read(delprojekt: Delprojekt, path: list[Stegbesok]) -> Read:
    """Return everything that the rules of the step ask about. One query."""
    current, steg = path[-1], Steg(delprojekt.steg)
    columns = _columns(path)
    if current.omgang and steg is Steg.UPPDRAG:
        columns |= _group_columns(current.omgang)
    if current.omgang and steg in _RAPPORT:
        columns |= rapport_columns(current.omgang, steg)
    return dict(Delprojekt.objects.values("pk").annotate(**columns).get(pk=delprojekt.pk))


def _columns(path: list[Stegbesok]) -> Read:
    """What every step asks about: the regions, the facts of the living visits, who holds which role."""
    parts = Deltagande.objects.filter(delprojekt=_HAR).order_by("region__ordning")
    held = Innehav.objects.filter(gallande(), delprojekt=_HAR)
    return {
        "deltaganden": rows(
            parts,
            slug="region__slug",
            namn="region__namn",
            status="status",
            angelaget="angelaget",
            barnets_basta="region__barnets_basta",
            patientsynpunkter="region__patientsynpunkter",
        ),
        "fakta": rows(
            living_facts(path).filter(delprojekt=_HAR),
            slag="slag",
            date="date",
            organ="arende__mote__organ__slag",
            region="region__slug",
            val="val",
            till="till_date",
            besok="besok_id",
            omgang="omgang_id",
        ),
        "roller": values(held, "roll"),
        "gruppen": rows(
            Innehav.objects.filter(delprojekt=_HAR, roll__in=ARBETSGRUPP).order_by("fran_date", "pk"),
            roll="roll",
            person="person_id",
            fornamn="person__fornamn",
            efternamn="person__efternamn",
        ),
    }


def living_facts(path: list[Stegbesok]) -> QuerySet[Faktumrad]:
    """Return the facts of the living visits that nothing has replaced, oldest first."""
    return Faktumrad.objects.filter(besok__in=[b.pk for b in path], ersatt_av=None).order_by("date", "pk")


def current_facts(delprojekt: Delprojekt, path: list[Stegbesok]) -> list[Faktumrad]:
    """Return the facts that count now, oldest first: of this visit, or of this uppdragsomgång on the living path."""
    facts = living_facts(path).filter(delprojekt=delprojekt)
    return [row for row in facts if _counts(row.slag, row.besok_id, row.omgang_id, path[-1])]


def _counts(slag: str, besok: int, omgang: int | None, current: Stegbesok) -> bool:
    """Tell whether a fact counts now: of this visit, or of this uppdragsomgång on the living path."""
    if FAKTA[Faktumslag(slag)].livslangd is Livslangd.BESOK:
        return besok == current.pk
    return omgang == current.omgang_id


def _as_faktum(row: Read) -> Faktum:
    organ = Organslag(row["organ"]) if row["organ"] else None
    till = date.fromisoformat(row["till"]) if row["till"] else None
    return Faktum(Faktumslag(row["slag"]), date.fromisoformat(row["date"]), organ, row["region"], row["val"], till)


def _forslag(delprojekt: Delprojekt, parts: Iterable[Read]) -> Forslagslage:
    forslag = delprojekt.forslag
    filled = {name for name in _FORSLAGSFALT if getattr(forslag, name)}
    return Forslagslage(
        ifyllt=frozenset(filled | ({"titel"} if delprojekt.benamning else set())),
        behov_ja=frozenset(p["slug"] for p in parts if p["angelaget"]),
        behov_svar=frozenset(p["slug"] for p in parts if p["angelaget"] is not None),
        omfordelning=forslag.omfordelning,
        koncentrering=bool(getattr(forslag, "koncentrering", False)),
        beror_barn=forslag.beror_barn,
    )


def _group_columns(omgang: Uppdragsomgang) -> Read:
    """The nominations and the required competences that nobody covers."""
    uncovered = living(Kompetenskrav, omgang=omgang, styrka=Styrka.SKA).filter(nomineringar=None).order_by("pk")
    return {
        "nomineringar": rows(
            Nominering.objects.filter(omgang=omgang).order_by("pk"),
            roll="roll",
            region="region__slug",
            chef_ja="chef_ja",
            fornamn="person__fornamn",
            efternamn="person__efternamn",
            profession="person__profession",
            avsatt_tid="avsatt_tid",
        ),
        "otackta": values(uncovered, "kompetens"),
    }


def _name(row: Read) -> str:
    return f"{row['fornamn']} {row['efternamn']}".strip()


def _group(read: Read, fakta: Iterable[Read]) -> Grupplage:
    held, nominated = set(read["roller"]), read.get("nomineringar", [])
    chairs = [row for row in nominated if row["roll"] == Roll.ORDFORANDE]
    chaired = [row for row in read["gruppen"] if row["roll"] == Roll.ORDFORANDE]
    return Grupplage(
        kontaktperson=Roll.KONTAKTPERSON in held,
        ordforande=any(row["slag"] == Faktumslag.ORDFORANDE_UTSEDD for row in fakta),
        uppfoljningsansvariga=int(Roll.UPPFOLJNINGSANSVARIG in held),
        ordforande_namn=_name(chaired[-1]) if chaired else "",
        ordforande_person=chaired[-1]["person"] if chaired else None,
        personer=frozenset(row["person"] for row in read["gruppen"]),
        ordforande_nominerad=bool(chairs),
        nominerade_regioner=frozenset(
            row["region"] for row in nominated if row["region"] and row["roll"] in {Roll.ORDFORANDE, Roll.LEDAMOT}
        ),
        ska_utan_tackning=tuple(read.get("otackta", ())),
        chef_ej_klar=tuple(
            _name(row) for row in nominated if not row["chef_ja"] and row["roll"] != Roll.PATIENTFORETRADARE
        ),
        professioner=len({row["profession"] for row in nominated if row["profession"]}),
        patientforetradare=any(row["roll"] == Roll.PATIENTFORETRADARE for row in nominated),
        avsatt_tid=any(row["avsatt_tid"] for row in chairs),
    )
