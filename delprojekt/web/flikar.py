"""What each tab of a delprojekt shows."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from delprojekt.models import Beslutshandling, Delprojekt, Dokumentslag
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.granser import OENIGA_FORSOK
from delprojekt.process.roller import Actor
from delprojekt.process.steg import HUVUDLINJE, Steg
from delprojekt.process.synlighet import FLIKAR_MED_MER, MAX_FLIKAR, Noun, ser
from delprojekt.process.uppgift import Uppgiftslag
from delprojekt.queries import beredning, delar, formular
from delprojekt.queries.besok import handed_in
from delprojekt.queries.delprojekt import Delprojektsida
from delprojekt.queries.historik import read_corrections
from delprojekt.web import (
    flik_arbete,
    flik_rapport,
    forslagsvy,
    grupp,
    handlingar,
    historik,
    regioner,
    uppfoljning,
)
from delprojekt.web.flik_bas import buttons, can, documents, link, underlag
from delprojekt.web.lankar import act_url, correct_url

Item = dict[str, Any]


def _forslag(actor: Actor, page: Delprojektsida) -> Item:
    form = page.delprojekt.forslag
    contacts = beredning.contacts(actor, page.delprojekt)
    answers = can(actor, page, Act.BESVARA_BEREDNINGSKONTAKT)
    return {
        "rader": forslagsvy.rows(form),
        "markning": forslagsvy.tags(form),
        "behov": forslagsvy.needs(page.lage),
        "deltaganden": delar.participants(actor, page.delprojekt),
        "rattat": historik.corrections(read_corrections(actor, page.delprojekt, "Deltagande")),
        "kontakter": [
            {"rad": row, "url": act_url(page.delprojekt, Act.BESVARA_BEREDNINGSKONTAKT, row.pk) if answers else ""}
            for row in contacts
        ],
        "obesvarade": sum(1 for row in contacts if row.besvarad_date is None),
        "kopplingar": beredning.links(actor, page.delprojekt),
        "fakta": delar.facts(actor, page.delprojekt, *_BEREDNING, path=page.path),
        "tidigare": form.tidigare if form.tidigare and _visible(actor, form.tidigare) else None,
        "dokument": underlag(actor, page),
        "knappar": buttons(actor, page, Act.REDIGERA_FORSLAG, Act.BERED_UNDERLAG),
        "fraga": buttons(actor, page, Act.REGISTRERA_BEREDNINGSKONTAKT),
    }


_BEREDNING = (
    Faktumslag.FORTSATTNING,
    Faktumslag.SAMARBETSGRUPPEN_AVSTAMD,
    Faktumslag.ANMALT,
    Faktumslag.STARTBESLUT,
    Faktumslag.AVSLAGSBESLUT,
    Faktumslag.AVVAKTAN,
    Faktumslag.ATERTAGET,
)


def _visible(actor: Actor, delprojekt: Delprojekt) -> bool:
    return ser(actor, Noun.FORSLAG, delprojekt.pk, Steg(delprojekt.steg))


def _uppdrag(actor: Actor, page: Delprojektsida) -> Item:
    omgang = page.path[-1].omgang
    rows = formular.uppdrag_rows(actor, omgang) if omgang else {}
    sections = [r for r in delar.sections(actor, omgang) if r.mall.i_uppdrag] if omgang else []
    out = {r.mall.nyckel: r.utelamnat for r in sections if r.utelamnat}
    return {
        "punkter": rows.get("punkter", []),
        "kompetens_ska": rows.get("kompetens_ska", []),
        "kompetens_bor": rows.get("kompetens_bor", []),
        "milstolpar": rows.get("milstolpar", []),
        "avsnitt": sections,
        "dokument": documents(actor, page, Dokumentslag.UPPDRAG)[Dokumentslag.UPPDRAG],
        "ej_tillampligt": link(actor, page, Act.ANGE_EJ_TILLAMPLIGT),
        "utelamnade": out,
        "ej_tillampliga": [
            {"etikett": r.mall.rubrik, "varde": out[r.mall.nyckel], "url": ""} for r in sections if r.mall.nyckel in out
        ],
        "insatser": _activities(actor, page),
        "ny_insats": buttons(actor, page, Act.SKRIV_KOMMUNIKATIONSPLAN),
        "skriv": reverse("skriv", args=[page.delprojekt.pk]) if can(actor, page, Act.SKRIV_UPPDRAG) else "",
        "redigera": link(actor, page, Act.REDIGERA_UPPDRAG),
        "startpaket": reverse("startpaket", args=[page.delprojekt.pk]) if omgang else "",
    }


def _activities(actor: Actor, page: Delprojektsida) -> list[Item]:
    changes = can(actor, page, Act.ANDRA_INFORMATIONSINSATS)
    return [
        {"rad": row, "url": act_url(page.delprojekt, Act.ANDRA_INFORMATIONSINSATS, row.pk) if changes else ""}
        for row in beredning.activities(actor, page.delprojekt)
    ]


def _beslut(actor: Actor, page: Delprojektsida) -> Item:
    part = delar.decisions(actor, page.delprojekt, page.path[-1])
    failed = len(page.lage.alla(Faktumslag.EJ_ENIGA)) if Noun.STALLNINGAR in page.ser else 0
    return {
        "del": part,
        "rattat": historik.of_decision(actor, part.namndbeslut),
        "visar_forslag": Noun.BESLUTSFORSLAG in page.ser,
        "forsok": failed + 1,
        "oenig_igen": failed >= OENIGA_FORSOK,
        "vagar": [
            {"etikett": str(a.label), "url": link(actor, page, a)}
            for a in (
                Act.ATERREMITTERA_TILL_ARBETSGRUPPEN,
                Act.INHAMTA_SYNPUNKTER,
                Act.FORNYA_UPPDRAG,
                Act.AVBRYT,
            )
        ],
        "satser": sorted(part.beslutsforslag.attsatser.all(), key=lambda s: s.nummer) if part.beslutsforslag else [],
        "formel": page.delprojekt.sjukvardsregion.beslutsformel,
        "ta_stallning": link(actor, page, Act.LAMNA_STALLNING),
        "fakta": delar.facts(actor, page.delprojekt, *_BEHANDLING, path=page.path),
    }


_BEHANDLING = (
    Faktumslag.PRESENTERAD,
    Faktumslag.ENIGA,
    Faktumslag.EJ_ENIGA,
    Faktumslag.BORDLAGT,
    Faktumslag.LAGT_TILL_HANDLINGARNA,
    Faktumslag.EJ_GODKANT,
    Faktumslag.JUSTERAT,
    Faktumslag.POLITISK_BEREDNING,
)


def file_name(paper: Beslutshandling) -> str:
    """Return the name a region's document is downloaded under: ``40_2026-09-09_Blekinge_beslut.pdf``."""
    suffix = f".{paper.filnamn.rsplit('.', 1)[-1].lower()}" if "." in paper.filnamn else ""
    number = paper.namndbeslut.delprojekt.beteckning.replace(":", "-") or "delprojekt"
    return f"{number}_{paper.date or 'okant-datum'}_{paper.region.slug}_beslut{suffix}"


def uppgift(page: Delprojektsida, slag: Uppgiftslag, row: Any) -> Item:
    """One row that can be corrected, with what it replaced if it is itself a correction."""
    why = getattr(row, "skal", "")
    return {
        "slag": slag.value,
        "rad": row,
        "namn": f"{row}, {row.region}" if slag is Uppgiftslag.FAKTUM and row.region else str(row),
        "url": correct_url(page.delprojekt, slag, row.pk),
        "skal": why,
        "ersatter": row.ersatter if why else None,
    }


FLIKAR: dict[str, Callable[[Actor, Delprojektsida], Item]] = {
    "forslag": _forslag,
    "uppdrag": _uppdrag,
    "arbetsgrupp": grupp.tab,
    "arbete": flik_arbete.arbete,
    "rapport": flik_rapport.rapport,
    "beslut": _beslut,
    "regioner": regioner.tab,
    "uppfoljning": uppfoljning.tab,
    "handlingar": handlingar.tab,
}
"""The tabs with an address of their own; their order stands in ``_NAMES``. Händelser has its own view (historik)."""


_NAMES = {
    "oversikt": "Översikt",
    "forslag": "Förslag",
    "uppdrag": "Uppdrag",
    "arbetsgrupp": "Arbetsgrupp",
    "arbete": "Gruppens arbete",
    "rapport": "Rapport",
    "beslut": "Beslut",
    "regioner": "Regioner",
    "uppfoljning": "Uppföljning",
    "handlingar": "Handlingar",
    "handelser": "Händelser",
}
ARBETE_I: dict[str, Steg] = {
    "forslag": Steg.BEREDNING,
    "uppdrag": Steg.UPPDRAG,
    "arbetsgrupp": Steg.UPPDRAG,
    "arbete": Steg.ATGARDSFORSLAG,
    "rapport": Steg.ATGARDSFORSLAG,
    "beslut": Steg.NAMND,
    "regioner": Steg.HUVUDMANSBESLUT,
    "uppfoljning": Steg.UPPFOLJNING,
}
"""The step in which what a tab holds is done: was that before the portal, what it lacks is not known (V-22)."""

_FIRST = ("oversikt", "beslut", "regioner", "rapport", "uppdrag", "forslag", "arbetsgrupp")
"""Which tabs those who come seldom get first; what is left stands under Översikt."""

_WORK = ("arbete", "rapport", "arbetsgrupp", "uppdrag")
_DECISION = ("beslut", "rapport", "arbete", "uppdrag")
_REGIONS = ("regioner", "beslut", "uppfoljning", "rapport")
_AT_HAND: dict[Steg, tuple[str, ...]] = {
    Steg.PROJEKTFORSLAG: ("forslag",),
    Steg.BEREDNING: ("forslag",),
    Steg.UPPDRAG: ("uppdrag", "arbetsgrupp", "forslag"),
    **dict.fromkeys((Steg.NULAGE, Steg.ANALYS, Steg.ATGARDSFORSLAG), _WORK),
    **dict.fromkeys((Steg.LEDNINGSGRUPP, Steg.NAMND), _DECISION),
}
"""What those who work daily have at hand in each step, beside Översikt and Handlingar; from then on ``_REGIONS``."""


def with_content(page: Delprojektsida) -> list[str]:
    """Return the tabs that hold something for this person, in their order."""
    order = _reached(page)
    has_group = page.path[-1].omgang is not None
    report = "slutrapport" if handed_in(page.path) else "arbetsmaterial"
    wanted = {
        "oversikt": True,
        "forslag": "forslag" in page.ser,
        "uppdrag": has_group and "uppdrag" in page.ser,
        "arbetsgrupp": has_group and bool({"nomineringar", "egna_nomineringar"} & page.ser),
        "arbete": has_group and order >= 3 and "arbetsmaterial" in page.ser,
        "rapport": has_group and order >= 3 and report in page.ser,
        "beslut": (order >= 6 and "beslutsforslag" in page.ser) or (order >= 7 and "namndbeslut" in page.ser),
        "regioner": order >= 8 and "huvudmansbeslut" in page.ser,
        "uppfoljning": order >= 8 and "uppfoljning" in page.ser,
        "handlingar": "handlingar" in page.ser,
        "handelser": page.hor,
    }
    return [name for name in _NAMES if wanted[name]]


def _reached(page: Delprojektsida) -> int:
    """Return how far along the main line the delprojekt has come, also when it rests or has ended."""
    been = [HUVUDLINJE.index(Steg(visit.steg)) for visit in page.path if visit.steg in HUVUDLINJE]
    return len(HUVUDLINJE) if page.delprojekt.steg == Steg.HISTORISKT else max(been, default=0)


def tabs(page: Delprojektsida, current: str, urls: dict[str, str], *, all_of_them: bool) -> Item:
    """Return the tabs, and the others: under "Mer" for those who work daily (``mer_flikar``), under Översikt for those
    who come seldom (``fler_flikar``), for whom five are enough."""
    found = with_content(page)
    shown = _at_hand(page, current, found) if all_of_them else _few(found)
    rest = [{"namn": _NAMES[n], "url": urls[n]} for n in found if n not in shown]
    return {
        "flikar": [{"namn": _NAMES[n], "url": urls[n], "nu": n == current} for n in found if n in shown],
        "mer_flikar": rest if all_of_them else [],
        "fler_flikar": [] if all_of_them else rest,
    }


def _few(found: list[str]) -> set[str]:
    few = [name for name in (*_FIRST, *_NAMES) if name in found and name != "handelser"]
    return set([*dict.fromkeys(few)][:MAX_FLIKAR])


def _at_hand(page: Delprojektsida, current: str, found: list[str]) -> set[str]:
    """Return all when they are few enough; else the one that is open and those that belong to the step."""
    if len(found) <= FLIKAR_MED_MER:
        return set(found)
    at_hand = _AT_HAND.get(Steg(page.delprojekt.steg), _REGIONS)
    order = dict.fromkeys(("oversikt", current, "handlingar", *at_hand, *_NAMES))
    return set([name for name in order if name in found][: FLIKAR_MED_MER - 1])
