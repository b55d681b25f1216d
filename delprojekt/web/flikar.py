"""What each tab of a delprojekt shows."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from delprojekt.models import BIFALL, Beslutshandling, Dokumentslag, Granskning, Utfall
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.roller import Actor
from delprojekt.queries import arbete, delar, formular
from delprojekt.queries.delprojekt import Delprojektsida, read_events
from delprojekt.web import flik_arbete, flik_rapport, vymodell
from delprojekt.web.flik_bas import can, documents, link
from delprojekt.web.lankar import act_url

Item = dict[str, Any]


def _forslag(actor: Actor, page: Delprojektsida) -> Item:
    form = page.delprojekt.forslag
    named = ("ursprung", "problem", "syfte", "mal", "forvantat_utfall", "effekter")
    fields = {f.name: f for f in form._meta.get_fields() if hasattr(f, "verbose_name")}
    shown = {"ursprung": form.get_ursprung_display() if form.ursprung else ""}
    rows = [
        {
            "etikett": vymodell.upper_first(str(fields[n].verbose_name)),
            "varde": shown.get(n, getattr(form, n)),
            "url": "",
        }
        for n in named
    ]
    return {
        "rader": rows,
        "deltaganden": delar.participants(actor, page.delprojekt),
        "kontakter": delar.facts(
            actor, page.delprojekt, Faktumslag.BEREDNINGSKONTAKT, Faktumslag.SAMARBETSGRUPPEN_AVSTAMD
        ),
        "redigera": act_url(page.delprojekt, Act.REDIGERA_FORSLAG) if can(actor, page, Act.REDIGERA_FORSLAG) else "",
    }


def _uppdrag(actor: Actor, page: Delprojektsida) -> Item:
    omgang = page.path[-1].omgang
    rows = formular.uppdrag_rows(actor, omgang) if omgang else {}
    sections = [r for r in delar.sections(actor, omgang) if r.mall.i_uppdrag] if omgang else []
    out = arbete.left_out(actor, omgang)
    return {
        "punkter": rows.get("punkter", []),
        "kompetens_ska": rows.get("kompetens_ska", []),
        "kompetens_bor": rows.get("kompetens_bor", []),
        "milstolpar": rows.get("milstolpar", []),
        "avsnitt": [r for r in sections if r.mall.innehall == "text"],
        "dokument": documents(actor, page)[Dokumentslag.UPPDRAG],
        "ej_tillampligt": link(actor, page, Act.ANGE_EJ_TILLAMPLIGT),
        "utelamnade": out,
        "ej_tillampliga": [
            {"etikett": r.mall.rubrik, "varde": out[r.mall.nyckel], "url": ""} for r in sections if r.mall.nyckel in out
        ],
        "skriv": reverse("skriv", args=[page.delprojekt.pk]) if can(actor, page, Act.SKRIV_UPPDRAG) else "",
        "redigera": act_url(page.delprojekt, Act.REDIGERA_UPPDRAG) if can(actor, page, Act.REDIGERA_UPPDRAG) else "",
    }


def _arbetsgrupp(actor: Actor, page: Delprojektsida) -> Item:
    omgang = page.path[-1].omgang
    return {
        "personer": delar.people(actor, page.delprojekt),
        "nomineringar": list(formular.nominated(actor, omgang)),
        "krav": list(omgang.kompetenskrav.filter(struken_at=None).order_by("pk")) if omgang else [],
        "nominera": act_url(page.delprojekt, Act.NOMINERA) if can(actor, page, Act.NOMINERA) else "",
    }


def _beslut(actor: Actor, page: Delprojektsida) -> Item:
    part = delar.decisions(actor, page.delprojekt, page.path[-1])
    return {
        "del": part,
        "satser": sorted(part.beslutsforslag.attsatser.all(), key=lambda s: s.nummer) if part.beslutsforslag else [],
        "formel": page.delprojekt.sjukvardsregion.beslutsformel,
        "ta_stallning": link(actor, page, Act.LAMNA_STALLNING),
        "fakta": delar.facts(
            actor,
            page.delprojekt,
            Faktumslag.PRESENTERAD,
            Faktumslag.EJ_ENIGA,
            Faktumslag.ENIGA,
            Faktumslag.POLITISK_BEREDNING,
            Faktumslag.BORDLAGT,
        ),
    }


_TON = {Utfall.BIFALL.value: "klar", Utfall.DELVIS.value: "villkor", Utfall.AVSLAG.value: "nej"}


def _cell(part: delar.Regionsdel, rek: Any, region: Any) -> Item:
    if region not in rek.mottagare.all():
        return {"ord": "Riktas inte hit", "ton": "ej_aktuell", "tillagg": "", "url": ""}
    cell = part.beslut.get((rek.pk, region.pk))
    if cell is None:
        return {"ord": "Inte beslutat", "ton": "vantar", "tillagg": "", "url": ""}
    proof = (
        ""
        if cell.handling.granskning == Granskning.GODKAND
        else ("utdrag saknas" if not cell.handling.fil else "granskas")
    )
    extra = "; ".join(x for x in (cell.villkor, proof) if x)
    return {"ord": cell.get_utfall_display(), "ton": _TON[cell.utfall], "tillagg": extra, "url": ""}


def _intro(part: delar.Regionsdel, rek: Any, region: Any) -> Item:
    decided = part.beslut.get((rek.pk, region.pk))
    row = part.inforande.get((rek.pk, region.pk))
    if decided is None or decided.utfall not in BIFALL:
        return {
            "ord": "Inte aktuellt" if decided else "Inte beslutat",
            "ton": "ej_aktuell" if decided else "vantar",
            "tillagg": "",
            "url": "",
        }
    if row is None:
        return {"ord": "Ingen uppgift", "ton": "vantar", "tillagg": "", "url": ""}
    tone = {"infort": "klar", "pagar": "pagar", "delvis": "pagar", "ej_aktuellt": "ej_aktuell"}.get(row.lage, "vantar")
    return {"ord": row.get_lage_display(), "ton": tone, "tillagg": row.hinder, "url": ""}


def _matrix(part: delar.Regionsdel, cell: Callable[[delar.Regionsdel, Any, Any], Item]) -> list[Item]:
    return [
        {
            "nummer": rek.nummer,
            "text": rek.text,
            "url": "",
            "celler": [cell(part, rek, region) for region in part.regioner],
        }
        for rek in part.rekommendationer
    ]


def file_name(paper: Beslutshandling) -> str:
    """Return the name a region's document is downloaded under: ``40_2026-09-09_Blekinge_beslut.pdf``."""
    suffix = f".{paper.filnamn.rsplit('.', 1)[-1].lower()}" if "." in paper.filnamn else ""
    number = paper.namndbeslut.delprojekt.beteckning.replace(":", "-") or "delprojekt"
    return f"{number}_{paper.date:%Y-%m-%d}_{paper.region.slug}_beslut{suffix}"


def _paper(actor: Actor, page: Delprojektsida, paper: Beslutshandling) -> Item:
    pk = page.delprojekt.pk
    reviews = paper.granskning == Granskning.VANTAR and can(actor, page, Act.GRANSKA_HANDLING)
    return {
        "rad": paper,
        "ton": {"vantar": "vantar", "godkand": "klar", "fel": "nej"}[paper.granskning],
        "ord": paper.get_granskning_display() if paper.fil else "Utdrag saknas",
        "url": reverse("handling", args=[pk, paper.pk]) if paper.fil and delar.may_open(actor, paper) else "",
        "granska": act_url(page.delprojekt, Act.GRANSKA_HANDLING, paper.pk) if reviews else "",
    }


def _regioner(actor: Actor, page: Delprojektsida) -> Item:
    part = delar.regions(actor, page.delprojekt)
    acts = [a for a in (Act.REGISTRERA_HUVUDMANSBESLUT, Act.RAPPORTERA_INFORANDE) if can(actor, page, a)]
    return {
        "del": part,
        "regioner": [region.kortnamn for region in part.regioner],
        "matris": _matrix(part, _cell),
        "inforande": _matrix(part, _intro) if part.inforande else [],
        "handlingar": [_paper(actor, page, paper) for paper in part.handlingar],
        "knappar": [{"etikett": str(a.label), "url": act_url(page.delprojekt, a)} for a in acts],
    }


def _handelser(actor: Actor, page: Delprojektsida) -> Item:
    return {"handelser": vymodell.events(read_events(actor, page.delprojekt, 200))}


FLIKAR: dict[str, Callable[[Actor, Delprojektsida], Item]] = {
    "forslag": _forslag,
    "uppdrag": _uppdrag,
    "arbetsgrupp": _arbetsgrupp,
    "arbete": flik_arbete.arbete,
    "rapport": flik_rapport.rapport,
    "beslut": _beslut,
    "regioner": _regioner,
    "handelser": _handelser,
}
"""The tabs with an address of their own; their order stands in ``vymodell.tabs``."""
