"""What the tab Regioner shows: the beslutsmatris, the introduction, what hinders, and every decision that came in."""

from collections.abc import Callable, Iterable

from django.urls import reverse

from delprojekt.models import (
    BIFALL,
    Beslutshandling,
    Beslutsniva,
    Granskning,
    Hinderlage,
    Huvudmansbeslut,
    Inforandehinder,
    Inforandestatus,
    Overklagan,
    Region,
    Rekommendation,
    Utfall,
)
from delprojekt.process.act import Act
from delprojekt.process.fragor.bas import UPPGIFT_SAKNAS
from delprojekt.process.policy.avgor import regions_for
from delprojekt.process.roller import Actor
from delprojekt.process.steg import SLUT, Steg
from delprojekt.queries.delar import may_open
from delprojekt.queries.delprojekt import Delprojektsida
from delprojekt.queries.huvudmansbeslut import is_decided
from delprojekt.queries.regioner import Regionsdel, regions
from delprojekt.web.flik_bas import Item, buttons
from delprojekt.web.historik import of_decision

_TON = {
    Utfall.BIFALL.value: "klar",
    Utfall.VILLKOR.value: "villkor",
    Utfall.DELVIS.value: "villkor",
    Utfall.AVSLAG.value: "nej",
    Utfall.BORDLAGT.value: "vilar",
    Utfall.ATERREMITTERAT.value: "vilar",
    Utfall.EJ_BERORD.value: "ej_aktuell",
}
_LAGESTON = {"infort": "klar", "pagar": "pagar", "delvis": "pagar", "ej_aktuellt": "ej_aktuell"}
_HINDERTON = {Hinderlage.LOST.value: "klar", Hinderlage.KVARSTAR.value: "nej"}
_PAPPERSTON = {"vantar": "vantar", "godkand": "klar", "fel": "nej"}
_LYFT = (
    Act.LYFT_HINDER_TILL_CHEFSAMRADET,
    Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN,
    Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN,
)
_UPP = dict(zip(_LYFT, (Hinderlage.CHEFSAMRAD, Hinderlage.SAMARBETSGRUPP, Hinderlage.LEDNINGSGRUPP), strict=True))
KANSLIET = "Sjukvårdsregional nivå"
EJ_HIT = {"ord": "Riktas inte hit", "ton": "ej_aktuell", "tillagg": "", "url": ""}


def _item(word: str, tone: str, extra: str = "") -> Item:
    return {"ord": word, "ton": tone, "tillagg": extra, "url": ""}


INTE_BESLUTAT = "Inte beslutat"


def _cell(part: Regionsdel, rek: Rekommendation, region: Region | None) -> Item:
    """Return what a region decided of a recommendation: word, tone, and what is to be known beside it."""
    if region is None:
        return _item("Genomförs av kansliet", "info")
    cell = part.beslut.get((rek.pk, region.pk))
    if cell is None:
        return _item(INTE_BESLUTAT, "vantar")
    if cell.handling.granskning == Granskning.FEL:
        return _item("Väntar på rätt handling", "saknas", cell.handling.granskning_text)
    return _item(str(cell.get_utfall_display()), _TON[cell.utfall], _in_a_row(_beside(cell)))


def _beside(cell: Huvudmansbeslut) -> tuple[str, ...]:
    paper = cell.handling
    proof = "" if paper.granskning == Granskning.GODKAND else ("granskas" if paper.fil else "utdrag saknas")
    appeal = "överklagat" if paper.overklagan == Overklagan.PROVAS else ""
    return (cell.villkor, appeal, proof)


def _intro(part: Regionsdel, rek: Rekommendation, region: Region | None) -> Item:
    """Return how far a region, or kansliet, has come with a recommendation."""
    if region is not None:
        decided = part.beslut.get((rek.pk, region.pk))
        if decided is None or not is_decided(decided):
            return _item(INTE_BESLUTAT, "vantar")
        if decided.utfall not in BIFALL:
            return _item("Inte aktuellt", "ej_aktuell")
    row = part.inforande.get((rek.pk, region.pk if region else None))
    if row is None:
        return _item("Ingen uppgift", "vantar")
    return _item(str(row.get_lage_display()), _LAGESTON.get(row.lage, "vantar"), _said(part, row))


def _said(part: Regionsdel, row: Inforandestatus) -> str:
    planned = f"planeras {row.planerat}" if row.planerat and row.lage != "infort" else ""
    hinders = sum(1 for h in part.hinder if h.oppet and (h.rekommendation_id, h.region_id) == _key(row))
    told = f"{hinders} hinder" if hinders else ""
    return _in_a_row((planned, row.ansvarig, row.kommentar, told))


def _in_a_row(parts: Iterable[str]) -> str:
    """Return what is said after each other; what was written as a sentence ends as one only at the end."""
    *first, last = [part for part in parts if part] or [""]
    return "; ".join([*(part.rstrip(".") for part in first), last])


def _key(row: Inforandestatus) -> tuple[int, int | None]:
    return row.rekommendation_id, row.region_id


_Cell = Callable[[Regionsdel, Rekommendation, Region | None], Item]


def _matrix(part: Regionsdel, cell: _Cell, *, okant: bool) -> list[Item]:
    """Return the matrix; ``okant``: the regions decided before the portal, so what is not here is not known."""
    own: list[Region | None] = [None] if part.sjukvardsregional else []
    columns = [*part.regioner, *own]

    def asked(rek: Rekommendation, region: Region | None) -> bool:
        return rek.sjukvardsregional if region is None else region in rek.mottagare.all()

    def shown(rek: Rekommendation, region: Region | None) -> Item:
        found = cell(part, rek, region)
        return _item(UPPGIFT_SAKNAS, "vantar") if okant and found["ord"] == INTE_BESLUTAT else found

    return [
        {
            "nummer": rek.nummer,
            "text": rek.text,
            "url": "",
            "celler": [shown(rek, region) if asked(rek, region) else EJ_HIT for region in columns],
        }
        for rek in part.rekommendationer
    ]


def _buttons(actor: Actor, page: Delprojektsida, acts: list[Act], region: str, pk: int) -> list[Item]:
    """Return a link for each act about a row that the actor may do for the row's region."""
    here = [a for a in acts if a is Act.GRANSKA_HANDLING or region in regions_for(actor, a, page.lage)]
    return buttons(actor, page, *here, pk=pk)


def _outcomes(paper: Beslutshandling) -> list[str]:
    """Return the points by outcome: ``Bifall: punkt 1, 2, 3, 5``, ``Avslag: punkt 4``."""
    found: dict[str, list[str]] = {}
    for cell in paper.beslut.all():
        found.setdefault(str(cell.get_utfall_display()), []).append(str(cell.rekommendation.nummer))
    return [f"{word}: punkt {', '.join(points)}" for word, points in found.items()]


def _proof(page: Delprojektsida, paper: Beslutshandling) -> str:
    """Return how far a decision is proved; what came to rest before anybody read its paper waits for nobody."""
    if not paper.fil:
        return "Utdrag saknas"
    unread = paper.granskning == Granskning.VANTAR and page.delprojekt.steg in SLUT
    return "Inte granskad" if unread else str(paper.get_granskning_display())


def _paper(actor: Actor, page: Delprojektsida, paper: Beslutshandling, counting: set[int]) -> Item:
    """Return one decision with its outcomes, its proof, and what can be done about it.

    In: also the keys of the decisions that count now; about the others nothing more is done.
    """
    counts = paper.pk in counting
    wants = counts and (not paper.fil or paper.granskning == Granskning.FEL)
    acts = [Act.SKICKA_HANDLING] if wants else []
    acts += [Act.GRANSKA_HANDLING] if paper.fil and paper.granskning == Granskning.VANTAR else []
    if counts and paper.niva == Beslutsniva.TJANSTEPERSON and not paper.namndanmalt_date:
        acts.append(Act.ANTECKNA_NAMNDANMALAN)
    if counts and paper.overklagan in {"", Overklagan.PROVAS}:
        acts.append(Act.ANTECKNA_OVERKLAGANDE)
    readable = paper.fil and may_open(actor, paper)
    return {
        "rad": paper,
        "ton": _PAPPERSTON[paper.granskning] if paper.fil else "saknas",
        "ord": _proof(page, paper),
        "ersatt": not counts and not paper.upphavt,
        "utfall": _outcomes(paper),
        "grund": _basis(paper),
        "url": reverse("handling", args=[page.delprojekt.pk, paper.pk]) if readable else "",
        "knappar": _buttons(actor, page, acts, paper.region.slug, paper.pk),
    }


def _basis(paper: Beslutshandling) -> str:
    """Return what an official's decision is based on; what only says again that it is a delegation is left out."""
    kind = paper.get_grundslag_display() or "Grund"
    return kind if paper.grund.casefold().strip(" .") in kind.casefold() else f"{kind}: {paper.grund}"


def _hinder(actor: Actor, page: Delprojektsida, row: Inforandehinder) -> Item:
    """Return one hinder, its way so far, and how it can be lifted."""
    order = list(Hinderlage)
    up = [a for a in _LYFT if order.index(_UPP[a]) > order.index(Hinderlage(row.lage))]
    acts = [*up, Act.AVSLUTA_HINDER] if row.oppet else []
    return {
        "rad": row,
        "ton": _HINDERTON.get(row.lage, "saknas"),
        "vag": list(row.vag.all()),
        "knappar": _buttons(actor, page, acts, row.region.slug, row.pk),
    }


def tab(actor: Actor, page: Delprojektsida) -> Item:
    """Return the context of the tab."""
    part = regions(actor, page.delprojekt)
    offered = (Act.REGISTRERA_HUVUDMANSBESLUT, Act.RAPPORTERA_INFORANDE, Act.RAPPORTERA_KANSLIETS_INFORANDE)
    asked = bool(part.inforande) or any(cell.utfall in BIFALL for cell in part.beslut.values())
    own = [KANSLIET] if part.sjukvardsregional else []
    counting = {cell.handling_id for cell in part.beslut.values()}
    okant = page.fore_portalen(Steg.HUVUDMANSBESLUT)
    return {
        "del": part,
        "rattat": of_decision(actor, part.namndbeslut),
        "regioner": [*(region.kortnamn for region in part.regioner), *own],
        "matris": _matrix(part, _cell, okant=okant),
        "inforande": _matrix(part, _intro, okant=okant) if asked or own else [],
        "historik": part.historik,
        "hinder": [_hinder(actor, page, row) for row in part.hinder],
        "handlingar": [_paper(actor, page, paper, counting) for paper in part.handlingar],
        "knappar": buttons(actor, page, *offered, Act.ANMAL_HINDER),
        "kansliet": KANSLIET,
    }
