"""The thread beside the text: which points it answers, what it rests on, what it leads to, and what is missing."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from delprojekt.models import Faktauppgift
from delprojekt.process.act import Act
from delprojekt.process.granser import MAX_ATGARDSFORSLAG
from delprojekt.process.mall import (
    ANALYS_PREFIX,
    NULAGE_PREFIX,
    SAMLADE_SLUTSATSER,
    analys_till,
    nulage_till,
    utan_analys,
    utan_slutsats,
)
from delprojekt.process.policy.avgor import decide, sections_for
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.process.tal import skriv_tal
from delprojekt.process.trad import citerade
from delprojekt.queries import arbete
from delprojekt.queries.skrivbord import Bordsrad
from delprojekt.web.lankar import from_desk
from delprojekt.web.skrivbord import Bord

Item = dict[str, Any]


def whole(actor: Actor, bord: Bord) -> Item:
    """Return what is missing in the whole report, for its first page; nothing in the uppdrag. Two queries at most.

    Each hole leads to where it is mended. None of it blocks (features.md 9, 10).
    """
    if bord.act is not Act.SKRIV_RAPPORT:
        return {}
    report = bord.lage.rapport
    reads = _reads(actor, bord)
    gaps = utan_analys(report.skrivna, report.utelamnade, report.fakta_i)
    drawn = utan_slutsats(report.skrivna, report.utelamnade, report.slutsatser_i)
    return {
        "obesvarade": [p for p in arbete.points(actor, bord.omgang) if not p.besvarad],
        "svara": _url(actor, bord, Act.BESVARA_UPPDRAGSPUNKTER, ""),
        "utan_analys": _sections(bord, gaps),
        "utan_slutsats": _sections(bord, drawn),
        "utan_egen_analys": _sections(bord, report.slutsatser_i - report.skrivna - {SAMLADE_SLUTSATSER}),
        "regioner_saknas": [
            {**item, "regioner": ", ".join(report.regioner_saknas[item["nyckel"]])}
            for item in _sections(bord, report.regioner_saknas)
        ],
        "forslag_utan_slutsats": report.utan_slutsats if reads else (),
        "for_manga": reads and report.atgardsforslag > MAX_ATGARDSFORSLAG,
        "forslagen": f"{reverse('flik', args=[bord.delprojekt.pk, 'rapport'])}#forslag",
        "skrivet": any(row.nyckel in report.skrivna for row in bord.rader),
        "allt": reads and sections_for(actor, bord.act, bord.lage) is None,
        "tappade": _sections(bord, _without_figure(actor, bord)),
        "utelamnade": [str(row.rad.mall) for row in bord.rader if row.rad.utelamnat],
        "traden": reverse("traden", args=[bord.delprojekt.pk]) if reads else "",
    }


def facts(actor: Actor, bord: Bord) -> list[Faktauppgift]:
    """Return the facts of the report, of all its sections. One query, or none."""
    return arbete.fact_rows(actor, bord.omgang) if bord.act is Act.SKRIV_RAPPORT else []


def _without_figure(actor: Actor, bord: Bord) -> list[str]:
    """Return the keys of sections that cite a fact that has no figure any more (M5.2-3). One query, or none."""
    cited = {row.nyckel: citerade(row.rad.avsnitt.html) for row in bord.rader if row.rad.avsnitt}
    known = with_figure(facts(actor, bord)) if any(cited.values()) else frozenset()
    return [key for key, facts_of in cited.items() if facts_of - known]


def with_figure(known: Iterable[Faktauppgift]) -> frozenset[int]:
    """Return the keys of the facts that print a figure."""
    return frozenset(fact.pk for fact in known if fact.varde is not None)


def _reads(actor: Actor, bord: Bord) -> bool:
    """Tell whether somebody sees all that the group writes; who is called in to a section does not (M4.4-1)."""
    return ser(actor, Noun.ARBETSMATERIAL, bord.delprojekt.pk, Steg(bord.delprojekt.steg))


def citable(actor: Actor, bord: Bord, known: Sequence[Faktauppgift]) -> list[Faktauppgift]:
    """Return those of the report's facts that somebody may cite: all that they may read, not only their own."""
    return [fact for fact in known if _reads(actor, bord) or bord.row(fact.avsnitt)]


def beside(actor: Actor, bord: Bord, row: Bordsrad, known: Sequence[Faktauppgift]) -> Item:
    """Return the same for one section of the report: the column beside its text. At most two queries.

    In: the report's facts. ``strukna`` tells whether the text cites one that has been struck since.
    """
    if bord.act is not Act.SKRIV_RAPPORT:
        return {}
    found: Item = {"punkter": arbete.points(actor, bord.omgang), "nyckel": row.nyckel}
    text = row.rad.avsnitt.html if row.rad.avsnitt else ""
    found["strukna"] = bool(citerade(text) - with_figure(known))
    found["anger"] = decide(actor, Act.BESVARA_UPPDRAGSPUNKTER, bord.lage).allowed
    if row.nyckel.startswith(NULAGE_PREFIX):
        return found | _nulage(actor, bord, row.nyckel, known)
    if row.nyckel.startswith(ANALYS_PREFIX):
        return found | _analys(actor, bord, row.nyckel)
    return found


def _nulage(actor: Actor, bord: Bord, nyckel: str, known: Sequence[Faktauppgift]) -> Item:
    report = bord.lage.rapport
    changes = decide(actor, Act.ANDRA_FAKTAUPPGIFT, bord.lage).allowed
    gap = nyckel in utan_analys(report.skrivna, report.utelamnade, report.fakta_i)
    return {
        "ar_nulage": True,
        "motsvaras": _sections(bord, [analys_till(nyckel)]),
        "saknar_analys": gap,
        "utelamna": _url(actor, bord, Act.UTELAMNA_AVSNITT, nyckel) if gap else "",
        "saknas": ", ".join(report.regioner_saknas.get(nyckel, ())),
        "tackning": _url(actor, bord, Act.ANGE_TACKNING, nyckel) if nyckel in report.skrivna else "",
        "fakta": [
            {
                "rad": fact,
                "varde": skriv_tal(fact.varde, fact.enhet),
                "region": fact.region.kortnamn if fact.region else "Alla",
                "url": from_desk(bord.delprojekt, Act.ANDRA_FAKTAUPPGIFT, nyckel, fact.pk) if changes else "",
            }
            for fact in known
            if fact.avsnitt == nyckel
        ],
        "ny_fakta": _url(actor, bord, Act.REGISTRERA_FAKTAUPPGIFT, nyckel),
    }


def _analys(actor: Actor, bord: Bord, nyckel: str) -> Item:
    report = bord.lage.rapport
    changes = decide(actor, Act.ANDRA_SLUTSATS, bord.lage).allowed
    return {
        "ar_analys": True,
        "motsvaras": _sections(bord, [nulage_till(nyckel)]),
        "saknar_slutsats": nyckel in utan_slutsats(report.skrivna, report.utelamnade, report.slutsatser_i),
        "slutsatser": [
            {
                "rad": one,
                "forslag": ", ".join(map(str, one.forslag)),
                "url": from_desk(bord.delprojekt, Act.ANDRA_SLUTSATS, nyckel, one.pk) if changes else "",
            }
            for one in arbete.conclusion_rows(actor, bord.omgang)
            if one.avsnitt == nyckel
        ],
        "ny_slutsats": _url(actor, bord, Act.SKRIV_SLUTSATS, nyckel),
    }


def _sections(bord: Bord, keys: Iterable[str]) -> list[Item]:
    """Return sections with the address each is written at, in the order of the report; those of the desk only."""
    wanted = set(keys)
    return [
        {
            "nyckel": row.nyckel,
            "rubrik": str(row.rad.mall),
            "url": reverse("skriv_avsnitt", args=[bord.delprojekt.pk, row.nyckel]),
        }
        for row in bord.rader
        if row.nyckel in wanted and row.text
    ]


def _url(actor: Actor, bord: Bord, act: Act, nyckel: str) -> str:
    return from_desk(bord.delprojekt, act, nyckel) if decide(actor, act, bord.lage).allowed else ""
