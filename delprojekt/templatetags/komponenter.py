"""The portal's components: one tag = one file in ``templates/components/`` = one exhibit in the gallery.

A tag checks its own parameters (a misspelt one is an error, not an empty space). What each list item must hold is
said at the top of the component's file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from delprojekt.templatetags import formular

register = template.Library()
register.tags |= formular.register.tags

TONER: Mapping[str, tuple[str, str]] = {
    "klar": ("success", "circle-check"),
    "pagar": ("accent", "circle-dot"),
    "vantar": ("neutral", "clock"),
    "kommande": ("neutral", "circle-dashed"),
    "rad": ("warning", "triangle-alert"),
    "villkor": ("warning", "circle-alert"),
    "saknas": ("danger", "circle-alert"),
    "nej": ("danger", "circle-x"),
    "info": ("info", "info"),
    "vilar": ("neutral", "circle-pause"),
    "stangd": ("neutral", "lock"),
    "ej_aktuell": ("neutral", "ban"),
}
"""What a tone looks like: colour of the design system and icon. The word always stands beside."""

RUTOR: Mapping[str, tuple[str, str]] = {
    "info": ("info", "Information"),
    "klart": ("success", "Klart"),
    "varning": ("warning", "Obs"),
    "fel": ("danger", "Fel"),
}
"""Kinds of message box: colour and the word a screen reader hears first."""

VISAS = 20
"""So many rows of a list that may be long stand on a page at first; the rest are one click away."""

Item = Mapping[str, Any]


def _tone(ton: str) -> dict[str, str]:
    color, icon = TONER[ton]
    return {"ton": ton, "farg": color, "ikon": icon}


@register.simple_tag(name="ikonnamn")
@cache
def icons() -> tuple[str, ...]:
    """Return the names of the icons that are drawn in ``static/img/ikoner.svg``."""
    drawn = (settings.BASE_DIR / "static" / "img" / "ikoner.svg").read_text()
    return tuple(re.findall(r'<symbol id="([a-z0-9-]+)"', drawn))


@register.simple_tag(name="ikon")
@cache
def icon(namn: str) -> SafeString:
    """Return the icon, hidden from screen readers: icons only stand beside words.

    The drawings lie in one file that the browser keeps; a page only points to them. Raises KeyError for an icon that
    is not there.
    """
    if namn not in icons():
        raise KeyError(namn)
    drawing = f"{static('img/ikoner.svg')}#{namn}"
    return format_html('<svg class="ikon" width="24" height="24" aria-hidden="true"><use href="{}"/></svg>', drawing)


@register.filter
def ton_ikon(ton: str) -> str:
    """Return the icon's name for a tone."""
    return TONER[ton][1]


@register.filter
def ton_farg(ton: str) -> str:
    """Return the design system's colour for a tone."""
    return TONER[ton][0]


@register.simple_tag
@lru_cache(maxsize=500)
def status(ord_: str, ton: str = "vantar", tillagg: str = "") -> SafeString:
    """Word + icon + colour, the same everywhere. ``tillagg`` is small print after the word.

    A list has one on every row and few different ones: what has been drawn is kept.
    """
    return render_to_string("components/status.html", {"ord": ord_, "tillagg": tillagg, **_tone(ton)})


@register.inclusion_tag("components/processkarta.html")
def processkarta(steg: Sequence[Item], sidolage: str = "", rubrik: str = "Steg i processen") -> dict[str, Any]:
    """The rail of steps with dates; ``sidolage`` says in words what does not fit on the line."""
    current = next((number for number, item in enumerate(steg, 1) if item["lage"] == "nu"), 0)
    name = steg[current - 1]["namn"] if current else ""
    return {"steg": steg, "sidolage": sidolage, "rubrik": rubrik, "nummer": current, "nu": name, "antal": len(steg)}


@register.inclusion_tag("components/vik.html")
def vik(text: str, oppen: bool = False, ikon: str = "") -> dict[str, Any]:
    """Fold what comes next, of class ``vikt``, on a narrow screen."""
    return {"text": text, "oppen": oppen, "ikon": ikon}


@register.inclusion_tag("components/statusmening.html")
def statusmening(text: str, ton: str = "pagar", tillagg: str = "") -> dict[str, Any]:
    """One sentence that says where the delprojekt is and whose turn it is."""
    return {"text": text, "tillagg": tillagg, **_tone(ton)}


@register.inclusion_tag("components/nasta_steg.html")
def nasta_steg(
    rubrik: str,
    text: str = "",
    ligger_hos: str = "",
    frist: Any = None,
    checklista: Sequence[Item] = (),
    handlingar: Sequence[Item] = (),
    utan_paus: Any = None,
) -> dict[str, Any]:
    """The card that says what comes next, what it takes and what you may do."""
    missing = sum(1 for item in checklista if item["lage"] == "saknas")
    return {
        "rubrik": rubrik,
        "text": text,
        "ligger_hos": ligger_hos,
        "frist": frist,
        "utan_paus": utan_paus,
        "checklista": checklista,
        "handlingar": handlingar,
        "saknas": missing,
        "provas": sum(1 for item in checklista if item["lage"] != "ej_aktuell"),
    }


@register.inclusion_tag("components/checklista.html")
def checklista(punkter: Sequence[Item], etikett: str = "Vad som krävs") -> dict[str, Any]:
    """What must be in place: klart, saknas or råd, each with a link to where it is mended."""
    return {"punkter": punkter, "etikett": etikett}


@register.inclusion_tag("components/knapp.html")
def knapp(
    text: str,
    url: str = "",
    variant: str = "primar",
    ikon: str = "",
    skal: str = "",
    namn: str = "",
    varde: str = "",
    ladda_ner: bool = False,
    id_: str = "",
) -> dict[str, Any]:
    """A link (with ``url``), a submit button (without), or greyed with its reason (with ``skal``)."""
    variants = {"primar": "primary", "sekundar": "secondary", "diskret": "tertiary", "farlig": "secondary"}
    return {
        "text": text,
        "url": url,
        "variant": variants[variant],
        "farlig": variant == "farlig",
        "ikon": ikon,
        "skal": skal,
        "namn": namn,
        "varde": varde,
        "ladda_ner": ladda_ner,
        "id": id_,
    }


@register.simple_block_tag(name="ruta")
def box(content: str, sort: str = "info", rubrik: str = "", roll: str = "") -> SafeString:
    """A message box around its content. ``roll="status"`` or ``"alert"`` when it appears after an act."""
    color, word = RUTOR[sort]
    context = {"content": content, "farg": color, "ord": word, "rubrik": rubrik, "roll": roll}
    return render_to_string("components/ruta.html", context)


@register.simple_block_tag(name="krock")
def clash(content: str, vem: str, nar: Any, rader: Sequence[Any], rubrik: str = "") -> SafeString:
    """Both versions, when somebody else has saved meanwhile; the content says what can be done."""
    heading = rubrik or "Någon annan har sparat medan du skrev"
    context = {"content": content, "vem": vem, "nar": nar, "rader": rader, "rubrik": heading}
    return render_to_string("components/krock.html", context)


@register.simple_block_tag(name="kort")
def card(content: str, rubrik: str = "", url: str = "", niva: int = 3, ton: str = "") -> SafeString:
    """A card around its content, with a heading that may be a link."""
    context = {"content": content, "rubrik": rubrik, "url": url, "niva": niva, "ton": ton}
    return render_to_string("components/kort.html", context)


@register.simple_block_tag(name="kvitto")
def receipt(content: str, rubrik: str, nummer: str = "", tid: Any = None, rader: Sequence[Item] = ()) -> SafeString:
    """The receipt after a step: what happened, number, time; the content says what happens next."""
    context = {"content": content, "rubrik": rubrik, "nummer": nummer, "tid": tid, "rader": rader}
    return render_to_string("components/kvitto.html", context)


@register.simple_block_tag(name="tabell")
def table(
    content: str,
    rubrik: str,
    antal: int | None = None,
    tat: bool = True,
    dold_rubrik: bool = False,
) -> SafeString:
    """The frame of a table around thead and tbody: caption, total, sideways scrolling of its own.

    On a narrow screen each row is a card: every cell knows from its column's heading what it is.
    """
    context = {"content": labelled(content), "rubrik": rubrik, "antal": antal, "tat": tat, "dold_rubrik": dold_rubrik}
    return render_to_string("components/tabell.html", context)


_HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_BESIDE = re.compile(r'<span (?:class="bara-skarmlasare"|aria-hidden="true")>.*?</span>', re.DOTALL)
_TH = re.compile(r"<th\b")
_GROUP = re.compile(r"<(thead|tbody)\b")
_ROW = '<tr role="row"'
_CELL = re.compile(r"<(th|td)\b([^>]*)>(?=(\s*–?\s*</td>)?)")


def labelled(content: str) -> SafeString:
    """Return a table's head and body with the column's heading on each cell (``data-etikett``), and the empty marked.

    In: rendered HTML. The cells stand as the columns do: none spans another. Every part says its role, as a browser may
    forget it where a row is drawn as a card.
    """
    head, end, body = content.partition("</thead>")
    labels = [" ".join(strip_tags(_BESIDE.sub("", text)).split()) for text in _HEADING.findall(head)]
    rows = body.split("<tr")
    named = [rows[0], *(_labelled_row(row, iter(labels)) for row in rows[1:])]
    html = _TH.sub('<th role="columnheader"', head).replace("<tr", _ROW) + end + _ROW.join(named)
    return mark_safe(_GROUP.sub(r'<\1 role="rowgroup"', html))


def _labelled_row(row: str, labels: Iterator[str]) -> str:
    def cell(found: re.Match[str]) -> str:
        kind, attributes, empty = found.groups()
        label = next(labels, "").replace('"', "&quot;")
        if kind == "th":
            return f'<th{attributes} role="rowheader">'
        said = f' data-etikett="{label}"' if label else ""
        return f'<td{attributes}{said}{" data-tom" if empty else ""} role="cell">'

    return _CELL.sub(cell, row)


def _wants_all(context: Mapping[str, Any], nyckel: str) -> bool:
    return "request" in context and context["request"].GET.get("alla") == nyckel


@register.simple_tag(takes_context=True)
def forsta(context: Mapping[str, Any], rader: Sequence[Any], nyckel: str) -> Sequence[Any]:
    """Return the first rows of a list that may be long, or all when ``?alla=nyckel`` asks for just this list."""
    return rader if _wants_all(context, nyckel) else rader[:VISAS]


@register.inclusion_tag("components/fler.html", takes_context=True)
def fler(context: Mapping[str, Any], rader: Sequence[Any], nyckel: str, vad: str) -> dict[str, Any]:
    """Say that only the first rows of a list are shown, with a link to all of them; nothing when all are.

    ``nyckel`` is the list's own, and the id on the page where it begins; ``vad`` is what the rows are, for those who
    hear the link alone.
    """
    asked = context["request"].GET.copy() if "request" in context else QueryDict(mutable=True)
    asked["alla"] = nyckel
    hidden = len(rader) > VISAS and not _wants_all(context, nyckel)
    shown = {"antal": len(rader) if hidden else 0, "visas": VISAS}
    return {**shown, "fraga": asked.urlencode(), "nyckel": nyckel, "vad": vad}


@register.inclusion_tag("components/fakta.html")
def fakta(rader: Sequence[Item], tat: bool = False) -> dict[str, Any]:
    """A list of facts: label and value, maybe a link."""
    return {"rader": rader, "tat": tat}


@register.inclusion_tag("components/handelser.html")
def handelser(handelser: Iterable[Item], niva: int = 3) -> dict[str, Any]:
    """The timeline: who did what when, newest first as given."""
    return {"handelser": handelser, "niva": niva}


@register.inclusion_tag("components/tomt.html")
def tomt(
    rubrik: str, text: str, url: str = "", lanktext: str = "", ikon: str = "circle-dashed", okant: bool = False
) -> dict[str, Any]:
    """An empty state: what belongs here and what to do first; ``okant``: it was before the portal, nobody has told."""
    if okant:
        rubrik, text = (
            "Uppgift saknas",
            "Det var före portalen och är inte inlagt. Kansliet kan komplettera i efterhand.",
        )
    return {"rubrik": rubrik, "text": text, "url": url, "lanktext": lanktext, "ikon": ikon}


@register.inclusion_tag("components/flikar.html")
def flikar(flikar: Sequence[Item], etikett: str, mer: Sequence[Item] = ()) -> dict[str, Any]:
    """Tabs that are links: one page each, the current one marked. ``mer``: what stands folded under "Mer"."""
    return {"flikar": flikar, "etikett": etikett, "mer": mer}


@register.inclusion_tag("components/brodsmulor.html")
def brodsmulor(*lankar: Any) -> dict[str, Any]:
    """The way here: url and word in turn, ``{% brodsmulor "/" "Start" "/delprojekt/" "Delprojekt" %}``."""
    return {"lankar": list(zip(lankar[::2], lankar[1::2], strict=True))}


@register.inclusion_tag("components/filrad.html")
def filrad(fil: Item) -> dict[str, Any]:
    """One file: name, kind, size, pages, date, who."""
    return {"fil": fil}


@register.inclusion_tag("components/person.html")
def person(namn: str, roll: str = "", region: str = "", epost: str = "", dold: bool = False) -> dict[str, Any]:
    """A person: name, role and region, never only the e-mail; ``dold``: words stand in the place of the name."""
    return {"namn": namn, "roll": roll, "region": region, "epost": epost, "dold": dold}


@register.inclusion_tag("components/mejl.html")
def mejl(brev: Item, oppet: bool = False) -> dict[str, Any]:
    """A letter that will be sent: to whom, subject, text; folded until you want to read it."""
    return {"brev": brev, "oppet": oppet}


@register.inclusion_tag("components/beslutsmatris.html")
def beslutsmatris(
    rubrik: str, regioner: Sequence[str], rader: Sequence[Item], radrubrik: str = "Rekommendation"
) -> dict[str, Any]:
    """Recommendations × regions; each cell word + icon + colour, with a sum in words above."""
    named = [
        {**row, "celler": [{**c, "region": name} for name, c in zip(regioner, row["celler"], strict=True)]}
        for row in rader
    ]
    return {"rubrik": rubrik, "regioner": regioner, "rader": named, "radrubrik": radrubrik}


@register.inclusion_tag("components/framsteg.html")
def framsteg(jobb: Item) -> dict[str, Any]:
    """The progress of a background job; the page can be left, the result waits."""
    return {"jobb": jobb, **_tone(jobb["ton"])}


@register.inclusion_tag("components/sidbyte.html")
def sidbyte(sida: Page, fraga: QueryDict | None = None) -> dict[str, Any]:
    """Links between pages of a list. ``fraga`` is request.GET: the filter stays in the links."""
    kept = fraga.copy() if fraga is not None else QueryDict(mutable=True)
    kept.pop("sida", None)
    prefix = f"?{kept.urlencode()}&" if kept else "?"
    return {"sida": sida, "nummer": sida.paginator.get_elided_page_range(sida.number), "fore": prefix}
