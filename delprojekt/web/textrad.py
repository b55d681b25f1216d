"""The advice about the text, as the desk and the tab of the report show it: beside a section, and of the whole."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from delprojekt.actions.avsnitt import belongs
from delprojekt.documents.build import selects
from delprojekt.documents.ofardigt import lacks
from delprojekt.documents.sidmatt import GRANSER, Sidmatt, measure
from delprojekt.documents.stycken import ordantal
from delprojekt.documents.textrad import Avsnittsmatt, Del, Rad, text_advice
from delprojekt.models import Avsnitt, Delprojekt, Dokumentjobb, Dokumentslag, Format, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.lasbarhet import OFFICIELL_FRAN, SVAR_FRAN, WORDS_PER_PAGE
from delprojekt.process.mall import writing_act
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries.datatabell import sources
from delprojekt.queries.delar import Avsnittsrad, sections
from delprojekt.queries.dokument import latest_pdf, may_read_drafts
from delprojekt.queries.skrivbord import DOKUMENT
from delprojekt.web.middleware import ActorRequest

Item = dict[str, Any]
_TONES = ((SVAR_FRAN, "rad"), (OFFICIELL_FRAN, "info"))
VISADE_RAD = 5
"""So many pieces of advice are shown at once, those that matter most; the rest are folded."""


def beside(
    actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang, nyckel: str, found: Sequence[Avsnittsrad]
) -> Item:
    """Return what is said beside a section as it is saved. In: all sections of the template. At most two
    queries."""
    act = writing_act(Steg(delprojekt.steg))
    slag, parts = DOKUMENT[act], _parts(actor, found, act)
    advice = text_advice(parts, nyckel)
    row = next(iter(advice.avsnitt), None)
    if row is None:
        return {"matt": None}
    few, _ = GRANSER.get(slag, (0, 0))
    return {
        "matt": _measured(row),
        "sidor": row.ord // WORDS_PER_PAGE and -(-row.ord // WORDS_PER_PAGE),
        **_folded([{"text": r.text, "plats": r.plats, "href": "#text" if r.plats else ""} for r in advice.rad]),
        "referenser": advice.referenser,
        "langd": _length(latest_pdf(actor, omgang, slag), slag, parts) if few else None,
    }


def whole(
    actor: Actor,
    delprojekt: Delprojekt,
    act: Act,
    found: Sequence[Avsnittsrad],
    *,
    oppnas: Collection[str],
    bara: Collection[str] | None = None,
    pdf: Dokumentjobb | None = None,
) -> Item:
    """Return what is said of the whole document that an act writes. One query, where there are tables of
    data.

    In: all sections of the template; those that the reader can open, so that advice leads there; those that it is
    about, if not all; and the PDF to count pages in, if there is one.
    """
    parts = _parts(actor, found, act)
    advice = text_advice(parts if bara is None else [d._replace(skrivs=d.skrivs and d.nyckel in bara) for d in parts])
    if not advice.avsnitt:
        return {}
    count = Counter(one.nyckel for one in advice.rad)
    return {
        "matt": _measured(advice.helhet),
        "langd": _length(pdf, DOKUMENT[act], parts),
        **_folded([_of_whole(one, delprojekt, oppnas) for one in advice.rad]),
        "referenser": advice.referenser,
        "avsnitt": [{**_measured(row), "antal": count[row.nyckel]} for row in advice.avsnitt],
    }


def at_the_desk(
    actor: Actor,
    delprojekt: Delprojekt,
    omgang: Uppdragsomgang,
    act: Act,
    found: Sequence[Avsnittsrad],
    own: Collection[str],
    *,
    stangt: bool,
) -> Item:
    """Return what is said of the whole document to somebody whose sections are ``own``. Two queries."""
    slag = DOKUMENT[act]
    pdf = latest_pdf(actor, omgang, slag)
    said = whole(actor, delprojekt, act, found, oppnas=() if stangt else own, bara=own, pdf=pdf)
    if said and may_read_drafts(actor, delprojekt, slag):
        said["gor_pdf"] = reverse("bestall", args=[delprojekt.pk, slag, Format.PDF])
    return said


def _folded(rad: list[Item]) -> Item:
    return {"rad": rad[:VISADE_RAD], "fler": rad[VISADE_RAD:], "antal": len(rad)}


def answer(request: ActorRequest, delprojekt: Delprojekt, row: Avsnitt) -> dict[str, str]:
    """Return the advice beside a section that has been saved, as HTML for the page that is open. Four queries."""
    said = beside(request.actor, delprojekt, row.omgang, row.nyckel, sections(request.actor, row.omgang))
    saknas = [] if row.klart else lacks(row.html, sources(request.actor, [row]))
    return {
        "rad": render_to_string("skrivbord/_textrad.html", {"textrad": said}, request),
        "saknas": render_to_string("skrivbord/_saknas.html", {"saknas": saknas}, request),
    }


def _parts(actor: Actor, found: Sequence[Avsnittsrad], act: Act) -> list[Del]:
    """Return the sections of the document with their texts; those of another document are only read."""
    known = sources(actor, [row.avsnitt for row in found if row.avsnitt])
    return [
        Del(row.mall.nyckel, str(row.mall), row.avsnitt.html, belongs(row.mall, act), known)
        for row in found
        if row.avsnitt and row.avsnitt.html and not row.utelamnat and selects(row.mall, DOKUMENT[act])
    ]


def _length(pdf: Dokumentjobb | None, slag: Dokumentslag, parts: Sequence[Del]) -> Sidmatt:
    words = sum(ordantal(one.html) for one in parts if one.skrivs)
    return measure(pdf, words, {one.nyckel for one in parts if one.skrivs}, slag)


def _measured(row: Avsnittsmatt) -> Item:
    return {
        "rubrik": row.rubrik,
        "ord": row.ord,
        "lix": row.lix,
        "band": row.matt.band,
        "ton": next((tone for limit, tone in _TONES if row.matt.lix >= limit), "klar"),
    }


def _of_whole(one: Rad, delprojekt: Delprojekt, oppnas: Collection[str]) -> Item:
    address = reverse("skriv_avsnitt", args=[delprojekt.pk, one.nyckel]) if one.nyckel in oppnas else ""
    return {"text": one.text, "rubrik": one.rubrik, "href": f"{address}#{one.plats}" if address else ""}
