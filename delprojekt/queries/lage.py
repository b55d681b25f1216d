"""Builds the Lage: the snapshot that the rules ask. Only what the step's rules ask about is read."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Func, IntegerField, Model, OuterRef, Q, Subquery

from delprojekt.models import (
    Delprojekt,
    Deltagande,
    Deltagandestatus,
    Faktumrad,
    Innehav,
    Kompetenskrav,
    Mallavsnitt,
    Milstolpe,
    Nominering,
    Region,
    Stegbesok,
    Styrka,
    Uppdragsomgang,
    Uppdragspunkt,
    Uppfoljningsparameter,
)
from delprojekt.process.fakta import FAKTA, Faktum, Faktumslag, Livslangd, Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Beslutslage, Forslagslage, Grupplage, Lage, Rapportlage, Uppfoljningslage
from delprojekt.process.mall import (
    NULAGE_PREFIX,
    SLUTRAPPORTENS_DELAR,
    UPPDRAGETS_DELAR,
    analys_till,
)
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import HUVUDLINJE, SKRIVER, Steg
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage_beslut import BESLUTAR, read_beslut, read_uppfoljning

_FORSLAGSFALT = ("ursprung", "problem", "syfte", "mal", "forvantat_utfall", "effekter", "kriterier")
_LEDAMOTER = frozenset({Roll.ORDFORANDE, Roll.LEDAMOT})
_FOLJS_UPP = frozenset(HUVUDLINJE[8:])
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
        # the settings of the regions (I-14, I-15); off where there are none
        barnets_basta_kravs=any(_setting(p.region, "barnets_basta_kravs") for p in parts if p.region.slug in deltar),
        patientsynpunkter_kravs=any(
            _setting(p.region, "patientsynpunkter_kravs") for p in parts if p.region.slug in deltar
        ),
        regionnamn={p.region.slug: p.region.namn for p in parts},
        fakta=tuple(_as_faktum(row) for row in fakta),
        forslag=_forslag(delprojekt, parts),
        grupp=group,
        rapport=_rapport(current.omgang) if current.omgang and steg in _RAPPORT else Rapportlage(),
        beslut=read_beslut(delprojekt, path) if steg in BESLUTAR else Beslutslage(),
        uppfoljning=read_uppfoljning(delprojekt) if steg in _FOLJS_UPP else Uppfoljningslage(),
    )


def _setting(region: Region, name: str) -> bool:
    return bool(getattr(region, name, False))


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
    return Faktum(
        Faktumslag(row.slag), row.date, organ, row.region.slug if row.region else None, row.val, row.till_date
    )


def _forslag(delprojekt: Delprojekt, parts: Iterable[Deltagande]) -> Forslagslage:
    forslag = delprojekt.forslag
    filled = {name for name in _FORSLAGSFALT if getattr(forslag, name)}
    return Forslagslage(
        ifyllt=frozenset(filled | ({"titel"} if delprojekt.benamning else set())),
        behov_ja=frozenset(p.region.slug for p in parts if p.angelaget),
        behov_svar=frozenset(p.region.slug for p in parts if p.angelaget is not None),
        omfordelning=forslag.omfordelning,
        koncentrering=bool(getattr(forslag, "koncentrering", False)),
        beror_barn=forslag.beror_barn,
    )


def _group(delprojekt: Delprojekt, omgang: Uppdragsomgang | None, steg: Steg, fakta: Iterable[Faktumrad]) -> Grupplage:
    everyone = list(Innehav.objects.filter(delprojekt=delprojekt).select_related("person").order_by("fran_date", "pk"))
    held = {row.roll for row in everyone if row.galler(idag())}
    chairs = [row for row in everyone if row.roll == Roll.ORDFORANDE]
    base = Grupplage(
        kontaktperson=Roll.KONTAKTPERSON in held,
        ordforande=any(row.slag == Faktumslag.ORDFORANDE_UTSEDD for row in fakta),
        uppfoljningsansvariga=int(Roll.UPPFOLJNINGSANSVARIG in held),
        ordforande_namn=str(chairs[-1].person) if chairs else "",
        ordforande_person=chairs[-1].person_id if chairs else None,
        personer=frozenset(row.person_id for row in everyone if row.roll in ARBETSGRUPP),
    )
    if steg is not Steg.UPPDRAG or omgang is None:
        return base
    rows = list(Nominering.objects.filter(omgang=omgang).select_related("person", "region").order_by("pk"))
    required = omgang.kompetenskrav.filter(Q(styrka=Styrka.SKA), struken_at=None)
    uncovered = required.filter(nomineringar=None).order_by("pk").values_list("kompetens", flat=True)
    nominated = [row for row in rows if row.roll == Roll.ORDFORANDE]
    return replace(
        base,
        ordforande_nominerad=bool(nominated),
        nominerade_regioner=frozenset(
            row.region.slug for row in rows if row.region and row.roll in {Roll.ORDFORANDE, Roll.LEDAMOT}
        ),
        ska_utan_tackning=tuple(uncovered),
        chef_ej_klar=tuple(str(row.person) for row in rows if not row.chef_ja and row.roll != Roll.PATIENTFORETRADARE),
        professioner=len({row.person.profession for row in rows if row.person.profession}),
        patientforetradare=any(row.roll == Roll.PATIENTFORETRADARE for row in rows),
        avsatt_tid=any(row.avsatt_tid for row in nominated),
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
