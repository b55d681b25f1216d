"""Builds the Lage: the snapshot that the rules ask. Only what the step's rules ask about is read, in one query.

Each part says what it reads (``_x_columns``: the rows of other tables as columns) and what it makes of it (``_x``).
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from delprojekt.models import (
    FORSLAGSFALT,
    RAKNAS_MED,
    Delprojekt,
    Deltagande,
    Deltagandestatus,
    Faktumrad,
    Innehav,
    Sjukvardsregion,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA, Faktum, Faktumslag, Livslangd, Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Beslutslage, Forslagslage, Lage, Rapportlage, Uppfoljningslage
from delprojekt.process.roller import ARBETSGRUPP
from delprojekt.process.steg import ARBETE, SKRIVER, Steg
from delprojekt.queries.aktor import gallande
from delprojekt.queries.besok import is_undone, levande_for
from delprojekt.queries.grupplage import group_columns, make_group
from delprojekt.queries.kept import MARK, Kept
from delprojekt.queries.lage_beslut import BESLUTAR, beslut_columns, beslut_of, uppfoljning_of
from delprojekt.queries.lage_forslag import (
    asked_avtalsgrupp,
    chefsamrad_columns,
    linked_chefsamrad,
    planned_activities,
    underlag_pages,
)
from delprojekt.queries.rader import rows, values
from delprojekt.queries.rapportlage import rapport_columns, rapport_of

_FORSLAGSFALT = (
    "ursprung",
    "problem",
    "syfte",
    "mal",
    "forvantat_utfall",
    "effekter",
    "malsattningar",
    "kriterier",
    "barnets_basta",
    "patientflode",
)
_RAPPORT = SKRIVER | {Steg.UPPDRAG, Steg.UPPFOLJNING}
_HAR = OuterRef("pk")

Read = dict[str, Any]
"""The columns of the one query."""


def build_lage(delprojekt: Delprojekt, path: list[Stegbesok] | None = None, steg: Steg | None = None) -> Lage:
    """Return the snapshot of one delprojekt.

    In: the row, its living visits if they are already read, and the step if an earlier one is asked about. Out: a
    frozen Lage. One query, whatever is stored.
    """
    path = levande_for(delprojekt) if path is None else path
    current, steg = path[-1], steg or Steg(delprojekt.steg)
    read = _read(delprojekt, path, steg)
    parts = read["deltaganden"]
    deltar = frozenset(p["slug"] for p in parts if p["status"] in RAKNAS_MED)
    fakta = [row for row in read["fakta"] if _counts(row["slag"], row["besok"], row["omgang"], current)]
    return Lage(
        steg=steg,
        delprojekt=delprojekt.pk,
        steg_fran={Steg(visit.steg): timezone.localdate(visit.fran_at) for visit in path if visit.fran_at},
        pausat=delprojekt.pausat,
        kan_angra=len(path) > 1,
        ledde_hit=None if current.efterhand else Act(current.act),
        tillbaka=Steg(path[-2].steg) if len(path) > 1 else None,
        inlagt=path[0].efterhand,
        deltar=deltar,
        deltagande_okant=frozenset(p["slug"] for p in parts if p["status"] == Deltagandestatus.OKANT),
        **_settings(delprojekt.sjukvardsregion, parts),
        regionnamn={p["slug"]: p["namn"] for p in parts},
        fakta=tuple(_as_faktum(row) for row in fakta),
        tidigare=tuple(_as_faktum(row) for row in read["fakta"] if _led_here(row, path)),
        forslag=_forslag(delprojekt, read, steg),
        grupp=make_group(read, fakta, deltar),
        rapport=rapport_of(read) if "avsnitt" in read else Rapportlage(),
        beslut=beslut_of(read) if steg in BESLUTAR else Beslutslage(),
        uppfoljning=uppfoljning_of(read) if steg in BESLUTAR else Uppfoljningslage(),
    )


def _settings(root: Sjukvardsregion, parts: Iterable[Read]) -> dict[str, Any]:
    """Return what the sjukvårdsregion and the participating regions have decided of how they work."""
    taking_part = [p for p in parts if p["status"] in RAKNAS_MED]
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


def _read(delprojekt: Delprojekt, path: list[Stegbesok], steg: Steg) -> Read:
    """Return everything that the rules of the step ask about. One query."""
    omgang = path[-1].omgang
    keys = {_DELPROJEKT: delprojekt.pk} | {_BESOK + n: visit.pk for n, visit in enumerate(path)}
    if omgang:
        keys |= {_OMGANG: omgang.pk, _MALL: omgang.mallversion_id}
    return _query(tuple(visit.steg for visit in path), omgang is not None, steg, idag()).get(keys)


_DELPROJEKT, _OMGANG, _MALL, _BESOK = MARK, MARK + 1, MARK + 2, MARK + 3
"""What the marks in the query stand for; the visits follow each other from ``_BESOK``."""


@lru_cache(maxsize=256)
def _query(steps: tuple[str, ...], has_omgang: bool, steg: Steg, today: date) -> Kept:
    """Return the query of a step, put together with marks for keys.

    In: the steps of the living visits, whether the last has an uppdragsomgång, the step that is asked about, and the
    day (roles are held from and to days). The stand-ins have nothing but keys and steps: a column that asks for more
    of them fails, as it must be given here.
    """
    omgang = Uppdragsomgang.from_db(None, ["id", "mallversion_id"], [_OMGANG, _MALL]) if has_omgang else None
    path = [Stegbesok.from_db(None, ["id", "steg"], [_BESOK + n, step]) for n, step in enumerate(steps)]
    path[-1].omgang = omgang
    return Kept(Delprojekt.objects.values("pk").annotate(**columns(path, steg)).filter(pk=_DELPROJEKT))


def columns(path: list[Stegbesok], steg: Steg) -> Read:
    """Return the columns of everything that the rules of a step ask about."""
    omgang, found = path[-1].omgang, _columns(path) | chefsamrad_columns(steg)
    if omgang and steg in ARBETE:
        found |= group_columns(omgang, steg)
    if omgang and steg in _RAPPORT:
        found |= rapport_columns(omgang, steg)
    if steg in BESLUTAR:
        found |= beslut_columns(path)
    return found


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
            kommentar="kommentar",
            barnets_basta="region__barnets_basta",
            patientsynpunkter="region__patientsynpunkter",
        ),
        "fakta": rows(
            living_facts(path).filter(delprojekt=_HAR),
            pk="pk",
            slag="slag",
            date="date",
            organ="arende__mote__organ__slag",
            sagt_organ="organ",
            region="region__slug",
            val="val",
            part="part",
            till="till_date",
            ungefar="datum_text",
            steg="besok__steg",
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


def _led_here(row: Read, path: list[Stegbesok]) -> bool:
    """Tell whether a fact is what a body did once in an earlier visit, on a day that is known, and still counts."""
    slag = Faktumslag(row["slag"])
    spec = FAKTA[slag]
    visit = next((one for one in path[:-1] if one.pk == row["besok"]), None)
    if visit is None or row["ungefar"] or not spec.organ or spec.flera or spec.framtid:
        return False
    return visit.efterhand or not is_undone(slag, visit.pk, path)


def _as_faktum(row: Read) -> Faktum:
    body = row["organ"] or row["sagt_organ"]
    organ = Organslag(body) if body else None
    till = date.fromisoformat(row["till"]) if row["till"] else None
    day, steg = date.fromisoformat(row["date"]), Steg(row["steg"])
    return Faktum(Faktumslag(row["slag"]), day, organ, row["region"], row["val"], till, steg, row["part"])


def _forslag(delprojekt: Delprojekt, read: Read, steg: Steg) -> Forslagslage:
    forslag, parts = delprojekt.forslag, read["deltaganden"]
    filled = {name for name in _FORSLAGSFALT if getattr(forslag, name)}
    came_in = {} if delprojekt.utkast else {name: getattr(forslag, name) for name in FORSLAGSFALT}
    return Forslagslage(
        inskickat=came_in and {"benamning": delprojekt.benamning, **came_in},
        ifyllt=frozenset(filled | ({"titel"} if delprojekt.benamning else set())),
        behov_ja=frozenset(p["slug"] for p in parts if p["angelaget"]),
        behov_svar=frozenset(p["slug"] for p in parts if p["angelaget"] is not None),
        omfordelning=forslag.omfordelning,
        koncentrering=forslag.koncentrering,
        beror_barn=forslag.beror_barn,
        paverkar_priser=forslag.paverkar_priser,
        avtalsgruppen_tillfragad=steg is Steg.BEREDNING and forslag.paverkar_priser and asked_avtalsgrupp(delprojekt),
        underlag_sidor=underlag_pages(delprojekt, parts) if steg is Steg.BEREDNING else 0,
        insatser_planerade=planned_activities(delprojekt) if steg is Steg.UPPDRAG else 0,
        **linked_chefsamrad(read),
    )
