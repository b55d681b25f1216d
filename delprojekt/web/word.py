"""What the pages for Word show: what can be taken out, what was handed in, and what taking it in would do."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from delprojekt.documents.granska.wordblock import BILD
from delprojekt.documents.stycken import ordantal, ren_text
from delprojekt.documents.wordintag import Intag, Intagslage, left_over, marks
from delprojekt.models import Mallavsnitt, Wordfil
from delprojekt.process.datum import skriv
from delprojekt.queries.handling import other_authority
from delprojekt.queries.wordfil import word_files
from delprojekt.web.forms.word import InlamningForm, PlaceringForm, UttagForm
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.skrivbord import Bord

Item = dict[str, Any]
FORVALDA = frozenset({Intagslage.ANDRAT, Intagslage.NYTT, Intagslage.BADA})
"""What is ticked from the start; where somebody must choose, or the text would be emptied, they tick it themselves."""
_TON = {
    Intagslage.ANDRAT: "pagar",
    Intagslage.NYTT: "info",
    Intagslage.BADA: "rad",
    Intagslage.KROCK: "rad",
    Intagslage.TOMT: "rad",
    Intagslage.OFORANDRAT: "vilar",
}
_UTDRAG = 220
_SAKNAS = re.compile(r"\[(?:Tabellen [^\]]* togs inte med|Bild som inte kunde tas in)")
"""What stands where something could not be taken along: nobody takes that in without having seen it."""


def choices(bord: Bord) -> list[tuple[str, str]]:
    """Return the sections that can be taken out."""
    return [(row.nyckel, str(row.rad.mall)) for row in bord.texter]


def ticked(request: ActorRequest, bord: Bord, what: str) -> list[str]:
    """Return the sections to tick: all, one's own (those that one is asked to write), or none."""
    if what == "inga":
        return []
    mine = [row.nyckel for row in bord.texter if row.person == request.actor.person]
    return mine if what == "mina" else [row.nyckel for row in bord.texter]


def front(request: ActorRequest, bord: Bord, out: UttagForm, into: InlamningForm) -> Item:
    """Return the page where sections are taken out and files handed in."""
    return {
        "delprojekt": bord.delprojekt,
        "dokumentnamn": str(bord.dokument.label),
        "uttag": out,
        "inlamning": into,
        "har_egna": any(row.person == request.actor.person for row in bord.texter),
        "filer": word_files(request.actor, bord.omgang),
        "delas_med": other_authority(request.actor, bord.delprojekt),
    }


def placing(bord: Bord, row: Wordfil, form: PlaceringForm) -> Item:
    """Return the page where each part of a file is given its section."""
    parts = [
        {
            "falt": form[f"del_{at}"],
            "rubrik": part["rubrik"] or "Det som står före första rubriken",
            "under": part["niva"] > 1,
            "markt": mark is not None and mark.omgang == row.omgang_id,
            "utdrag": _excerpt(part["html"]),
            "ord": ordantal(part["html"]),
        }
        for at, (part, mark) in enumerate(zip(form.delar, marks(form.delar), strict=True))
    ]
    others = any(mark and mark.omgang != row.omgang_id for mark in marks(form.delar))
    return {"delprojekt": bord.delprojekt, "rad": row, "form": form, "delar": parts, "frammande": others, **_top(bord)}


def difference(bord: Bord, row: Wordfil, found: Sequence[Intag], targets: Sequence[Mallavsnitt]) -> Item:
    """Return the page with what taking each section in would do."""
    rest = left_over(row, {one.nyckel for one in targets})
    return {
        "delprojekt": bord.delprojekt,
        "rad": row,
        "andrade": [_section(row, one) for one in found if one.lage is not Intagslage.OFORANDRAT],
        "rubriker": [one for one in found if one.rubrik_i_filen],
        "oforandrade": [one.rubrik for one in found if one.lage is Intagslage.OFORANDRAT],
        "ovrigt": [{"rubrik": part["rubrik"], "html": shown(row, part["html"])} for part in rest],
        **_top(bord),
    }


def _top(bord: Bord) -> Item:
    return {"dokumentnamn": str(bord.dokument.label)}


def _section(row: Wordfil, one: Intag) -> Item:
    taken = row.innehall.get("tagna", {}).get(one.nyckel) if one.tillagd or one.ersatter else None
    return {
        "nyckel": one.nyckel,
        "rubrik": one.rubrik,
        "lage": one.lage.value,
        "ton": _TON[one.lage],
        "vald": one.lage in FORVALDA and not taken and not (_SAKNAS.search(one.efter) and not _SAKNAS.search(one.fore)),
        "redan": skriv(date.fromisoformat(taken["dag"])) if taken else "",
        "krock": one.lage is Intagslage.KROCK,
        "tabeller": one.tabeller,
        "tomt": one.lage is Intagslage.TOMT,
        "bada": one.lage is Intagslage.BADA,
        "nu": one.nu,
        "fore": one.fore,
        "efter": shown(row, one.efter),
    }


def shown(row: Wordfil, html: str) -> str:
    """Return a text of a file with its pictures where they can be seen before they are taken in."""
    return html.replace(f'src="{BILD}', f'src="{reverse("word_bild", args=[row.pk, "x"])[:-1]}')


def _excerpt(html: str) -> str:
    text = ren_text(html)
    return text if len(text) <= _UTDRAG else f"{text[:_UTDRAG].rsplit(' ', 1)[0]} …"
