"""Builds the Lage: the snapshot that the rules ask. Only what the step's rules ask about is read."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Func, IntegerField, Model, OuterRef, Q, Subquery

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
    Kompetenskrav,
    Mallavsnitt,
    Milstolpe,
    Namndbeslut,
    Nominering,
    Rekommendation,
    Stallning,
    Stegbesok,
    Styrka,
    Uppdragsomgang,
    Uppdragspunkt,
    Uppfoljningsparameter,
)
from delprojekt.process.fakta import FAKTA, Faktum, Faktumslag, Livslangd, Organslag
from delprojekt.process.lage import Beslutslage, Forslagslage, Grupplage, Lage, Rapportlage
from delprojekt.process.mall import (
    NULAGE_PREFIX,
    SLUTRAPPORTENS_DELAR,
    UPPDRAGETS_DELAR,
    analys_till,
)
from delprojekt.process.roller import Roll
from delprojekt.process.steg import HUVUDLINJE, SKRIVER, Steg
from delprojekt.queries.aktor import gallande
from delprojekt.queries.besok import levande_for

_FORSLAGSFALT = ("ursprung", "problem", "syfte", "mal", "forvantat_utfall", "effekter", "kriterier")
_LEDAMOTER = frozenset({Roll.ORDFORANDE, Roll.LEDAMOT})
_BESLUTAR = frozenset(HUVUDLINJE[6:])
_RAPPORT = SKRIVER | {Steg.UPPDRAG, Steg.UPPFOLJNING}


def build_lage(delprojekt: Delprojekt, path: list[Stegbesok] | None = None, steg: Steg | None = None) -> Lage:
    """Return the snapshot of one delprojekt.

    In: the row, its living visits if they are already read, and the step if an earlier one is asked about. Out: a
    frozen Lage. The number of queries depends on the step, never on how much is stored.
    """
    path = levande_for(delprojekt) if path is None else path
    current = path[-1]
    steg = steg or Steg(delprojekt.steg)
    parts = list(Deltagande.objects.filter(delprojekt=delprojekt).select_related("region"))
    deltar = frozenset(p.region.slug for p in parts if p.status == Deltagandestatus.DELTAR)
    fakta = current_facts(delprojekt, path)
    group = _group(delprojekt, current.omgang, steg, fakta)
    return Lage(
        steg=steg,
        delprojekt=delprojekt.pk,
        pausat=delprojekt.pausat,
        kan_angra=len(path) > 1,
        inlagt=path[0].efterhand,
        deltar=deltar,
        min_regioner=delprojekt.sjukvardsregion.min_regioner,
        har_styrgrupp=delprojekt.sjukvardsregion.har_politisk_styrgrupp,
        avstar_blockerar=delprojekt.sjukvardsregion.avstar_blockerar,
        formel=delprojekt.sjukvardsregion.beslutsformel,
        regionnamn={p.region.slug: p.region.namn for p in parts},
        fakta=tuple(_as_faktum(row) for row in fakta),
        forslag=_forslag(delprojekt, parts),
        grupp=group,
        rapport=_rapport(current.omgang) if current.omgang and steg in _RAPPORT else Rapportlage(),
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
    body = row.arende.mote.organ.slag if row.arende else row.organ
    organ = Organslag(body) if body else None
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


def _rapport(omgang: Uppdragsomgang) -> Rapportlage:
    written = _written(omgang)
    rows = _omgang_rows(omgang.pk)
    filled = written.keys() | {key for key in ("uppdragspunkter", "tidplan", "arbetsgrupp") if rows[key]}
    proposals = list(omgang.atgardsforslag.filter(struken_at=None).order_by("nummer"))
    chapters = _chapters(filled, has_proposals=bool(proposals), has_plan=rows["plan__pk"] is not None)
    return Rapportlage(
        skrivna=frozenset(filled),
        uppdragsdelar_saknas=tuple(h for k, h in UPPDRAGETS_DELAR.items() if k not in filled),
        slutrapportdelar_saknas=tuple(h for k, h in SLUTRAPPORTENS_DELAR.items() if k not in chapters),
        nulage_utan_analys=tuple(
            written[k] for k in sorted(written) if k.startswith(NULAGE_PREFIX) and analys_till(k) not in written
        ),
        kompetenskrav=rows["arbetsgrupp"],
        atgardsforslag=len(proposals),
        utan_varderingar=tuple(
            p.rubrik for p in proposals if not (p.rimlighet and p.genomforbarhet and p.undantrangning)
        ),
        utan_kalkyl=tuple(p.rubrik for p in proposals if p.kraver_medel and p.kalkyl_tkr is None),
        ej_diskuterade=tuple(p.rubrik for p in proposals if p.diskuterat_date is None),
        plan=frozenset(name for name in ("hur", "nar", "vem") if rows[f"plan__{name}"]),
        parametrar=rows["parametrar"],
    )


def _omgang_rows(pk: int) -> dict[str, Any]:
    """Return how many rows of each kind an omgång has, by the key of their section, and its plan. One query."""
    counted = {
        "uppdragspunkter": _living(Uppdragspunkt, "omgang"),
        "tidplan": _living(Milstolpe, "omgang"),
        "arbetsgrupp": _living(Kompetenskrav, "omgang"),
        "parametrar": _living(Uppfoljningsparameter, "plan__omgang"),
    }
    plan = ("plan__pk", "plan__hur", "plan__nar", "plan__vem")
    found: dict[str, Any] = Uppdragsomgang.objects.annotate(**counted).values(*counted, *plan).get(pk=pk)
    return found


def _living(model: type[Model], omgang: str) -> Subquery:
    """Return the number of rows of an omgång that are not struck, to be counted by the database."""
    rows = model._default_manager.filter(**{omgang: OuterRef("pk")}, struken_at=None).order_by()
    return Subquery(rows.annotate(n=Func("pk", function="COUNT")).values("n"), output_field=IntegerField())


def _written(omgang: Uppdragsomgang) -> dict[str, str]:
    """Return the sections with text: their headings in the omgång's template by key. One query."""
    section = Mallavsnitt.objects.filter(mallversion=omgang.mallversion_id, nyckel=OuterRef("nyckel"))
    rows = omgang.avsnitt.exclude(html="").annotate(rubrik=Subquery(section.values("rubrik")))
    return {key: heading or key for key, heading in rows.values_list("nyckel", "rubrik")}


def _chapters(filled: set[str], *, has_proposals: bool, has_plan: bool) -> set[str]:
    """Return the chapters that have something in them: a sub-section counts for its chapter."""
    chapters = {key.split("_", 1)[0] for key in filled}
    return chapters | ({"forslag"} if has_proposals else set()) | ({"uppfoljning"} if has_plan else set())


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
