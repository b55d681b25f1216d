"""Builds the Lage: the snapshot that the rules ask. Only what the step's rules ask about is read."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from delprojekt.models import (
    BIFALL,
    Attsats,
    Beslutsforslag,
    Delprojekt,
    Deltagande,
    Deltagandestatus,
    Faktumrad,
    Granskning,
    Huvudmansbeslut,
    Inforandestatus,
    Innehav,
    Namndbeslut,
    Nominering,
    Rekommendation,
    Stallning,
    Stegbesok,
    Styrka,
    Uppdragsomgang,
)
from delprojekt.process.fakta import FAKTA, Faktum, Faktumslag, Livslangd, Organslag
from delprojekt.process.lage import Beslutslage, Forslagslage, Grupplage, Lage, Rapportlage
from delprojekt.process.roller import Roll
from delprojekt.process.steg import HUVUDLINJE, SKRIVER, Steg
from delprojekt.queries.aktor import gallande
from delprojekt.queries.besok import levande_for
from delprojekt.queries.rapportlage import build_rapport

_FORSLAGSFALT = ("ursprung", "problem", "syfte", "mal", "forvantat_utfall", "effekter", "kriterier")
_LEDAMOTER = frozenset({Roll.ORDFORANDE, Roll.LEDAMOT})
_BESLUTAR = frozenset(HUVUDLINJE[6:])
_RAPPORT = SKRIVER | {Steg.UPPDRAG, Steg.UPPFOLJNING}


def build_lage(delprojekt: Delprojekt, path: list[Stegbesok] | None = None) -> Lage:
    """Return the snapshot of one delprojekt.

    In: the row, and its living visits if they are already read. Out: a frozen Lage. The number of queries
    depends on the step, never on how much is stored.
    """
    path = levande_for(delprojekt) if path is None else path
    current = path[-1]
    steg = Steg(delprojekt.steg)
    parts = list(Deltagande.objects.filter(delprojekt=delprojekt).select_related("region"))
    deltar = frozenset(p.region.slug for p in parts if p.status == Deltagandestatus.DELTAR)
    fakta = current_facts(delprojekt, path)
    group = _group(delprojekt, current.omgang, steg, fakta)
    return Lage(
        steg=steg,
        delprojekt=delprojekt.pk,
        pausat=delprojekt.pausat,
        kan_angra=len(path) > 1,
        deltar=deltar,
        min_regioner=delprojekt.sjukvardsregion.min_regioner,
        har_styrgrupp=delprojekt.sjukvardsregion.har_politisk_styrgrupp,
        avstar_blockerar=delprojekt.sjukvardsregion.avstar_blockerar,
        formel=delprojekt.sjukvardsregion.beslutsformel,
        regionnamn={p.region.slug: p.region.namn for p in parts},
        fakta=tuple(_as_faktum(row) for row in fakta),
        forslag=_forslag(delprojekt, parts),
        grupp=group,
        rapport=build_rapport(current.omgang, steg) if current.omgang and steg in _RAPPORT else Rapportlage(),
        beslut=_beslut(delprojekt, path) if steg in _BESLUTAR else Beslutslage(),
    )


def current_facts(delprojekt: Delprojekt, path: list[Stegbesok]) -> list[Faktumrad]:
    """Return the facts that count now, oldest first: of this visit, or of this uppdragsomgång on the living path."""
    current = path[-1]
    rows = (
        Faktumrad.objects.filter(delprojekt=delprojekt, besok__in=[b.pk for b in path], ersatt_av=None)
        .select_related("arende__mote__organ", "region")
        .order_by("date", "pk")
    )
    return [row for row in rows if _counts(row, current)]


def _counts(row: Faktumrad, current: Stegbesok) -> bool:
    if FAKTA[Faktumslag(row.slag)].livslangd is Livslangd.BESOK:
        return row.besok_id == current.pk
    return row.omgang_id == current.omgang_id


def _as_faktum(row: Faktumrad) -> Faktum:
    organ = Organslag(row.arende.mote.organ.slag) if row.arende else None
    return Faktum(Faktumslag(row.slag), row.date, organ, row.region.slug if row.region else None, row.val)


def _forslag(delprojekt: Delprojekt, parts: Iterable[Deltagande]) -> Forslagslage:
    forslag = delprojekt.forslag
    filled = {name for name in _FORSLAGSFALT if getattr(forslag, name)}
    return Forslagslage(
        ifyllt=frozenset(filled | ({"titel"} if delprojekt.benamning else set())),
        behov_ja=frozenset(p.region.slug for p in parts if p.angelaget),
        behov_svar=frozenset(p.region.slug for p in parts if p.angelaget is not None),
        omfordelning=forslag.omfordelning,
    )


def _group(delprojekt: Delprojekt, omgang: Uppdragsomgang | None, steg: Steg, fakta: Iterable[Faktumrad]) -> Grupplage:
    held = set(Innehav.objects.filter(gallande(), delprojekt=delprojekt).values_list("roll", flat=True))
    base = Grupplage(
        kontaktperson=Roll.KONTAKTPERSON in held,
        ordforande=any(row.slag == Faktumslag.ORDFORANDE_UTSEDD for row in fakta),
        uppfoljningsansvariga=int(Roll.UPPFOLJNINGSANSVARIG in held),
    )
    if steg is not Steg.UPPDRAG or omgang is None:
        return base
    rows = list(Nominering.objects.filter(omgang=omgang).select_related("person", "region").order_by("pk"))
    required = omgang.kompetenskrav.filter(Q(styrka=Styrka.SKA), struken_at=None)
    uncovered = required.filter(nomineringar=None).order_by("pk").values_list("kompetens", flat=True)
    chairs = [row for row in rows if row.roll == Roll.ORDFORANDE]
    return Grupplage(
        kontaktperson=base.kontaktperson,
        ordforande=base.ordforande,
        uppfoljningsansvariga=base.uppfoljningsansvariga,
        ordforande_nominerad=bool(chairs),
        nominerade_regioner=frozenset(
            row.region.slug for row in rows if row.region and row.roll in {Roll.ORDFORANDE, Roll.LEDAMOT}
        ),
        ska_utan_tackning=tuple(uncovered),
        chef_ej_klar=tuple(str(row.person) for row in rows if not row.chef_ja and row.roll != Roll.PATIENTFORETRADARE),
        professioner=len({row.person.profession for row in rows if row.person.profession}),
        patientforetradare=any(row.roll == Roll.PATIENTFORETRADARE for row in rows),
        avsatt_tid=any(row.avsatt_tid for row in chairs),
    )


def _beslut(delprojekt: Delprojekt, path: list[Stegbesok]) -> Beslutslage:
    current = path[-1]
    # what was written before the group last had the report no longer counts; what nämnden sent back still does
    before = max(n for n, visit in enumerate(path) if visit.steg not in _BESLUTAR)
    counting = path[before + 1 :]
    versions = Beslutsforslag.objects.filter(delprojekt=delprojekt, besok__in=counting).order_by("-version")
    latest, version = versions.values_list("pk", "version").first() or (None, None)
    rows = Namndbeslut.objects.filter(delprojekt=delprojekt, aterkallat_at=None)
    decided = rows.values_list("pk", "arende__mote__date").first()
    clauses: dict[int, set[str]] = {}
    stances: dict[str, str] = {}
    if latest is not None:
        clauses = _directed(Attsats.objects.filter(beslutsforslag=latest).values_list("pk", "mottagare__slug"))
        taken = Stallning.objects.filter(beslutsforslag=latest, besok=current)
        stances = dict(taken.values_list("region__slug", "val"))
    base = Beslutslage(
        version=version,
        attsatser=len(clauses),
        stallningar=stances,
        mottagare=frozenset().union(*clauses.values()) if all(clauses.values()) else frozenset(),
    )
    return _answers(*decided, base) if decided else base


def _directed(pairs: Iterable[tuple[int, str | None]]) -> dict[int, set[str]]:
    """Return to which regions each clause or recommendation is directed; one that nobody gets has an empty set."""
    found: dict[int, set[str]] = {}
    for pk, region in pairs:
        found.setdefault(pk, set()).update({region} if region else set())
    return found


def _answers(decided: int, day: date, base: Beslutslage) -> Beslutslage:
    asked: dict[str, set[int]] = {}
    directed = Rekommendation.objects.filter(namndbeslut=decided).values_list("pk", "mottagare__slug")
    for rek, regions in _directed(directed).items():
        for region in regions:
            asked.setdefault(region, set()).add(rek)
    valid = Huvudmansbeslut.objects.filter(handling__namndbeslut=decided).exclude(handling__granskning=Granskning.FEL)
    valid = valid.exclude(handling__fil="")  # a decision is told when its document is there (M5.6-2)
    cells = valid.values_list("handling__region__slug", "rekommendation", "utfall", "handling__granskning")
    answered: dict[str, dict[int, tuple[str, bool]]] = {}
    unread: set[str] = set()
    for region, rek, utfall, granskning in cells.order_by("handling", "pk"):
        answered.setdefault(region, {})[rek] = (utfall, granskning == Granskning.GODKAND)
        unread |= {region} if granskning == Granskning.VANTAR else set()
    done = {slug for slug, wanted in asked.items() if wanted <= answered.get(slug, {}).keys()}
    reported = Inforandestatus.objects.filter(rekommendation__namndbeslut=decided).values_list(
        "region__slug", flat=True
    )
    return Beslutslage(
        version=base.version,
        attsatser=base.attsatser,
        stallningar=base.stallningar,
        mottagare=frozenset(asked),
        har_svarat=frozenset(done),
        ogranskade=frozenset(unread),
        verifierade=frozenset(s for s in done if all(ok for _, ok in answered[s].values())),
        bifall=frozenset(s for s in done if any(utfall in BIFALL for utfall, _ in answered[s].values())),
        rapporterat_inforande=frozenset(reported),
        namndbeslut_date=day,
    )
