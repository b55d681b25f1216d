"""What the page of a table of data shows, and what the desk knows of the report's tables."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse

from delprojekt.actions.datatabell import Tabellunderlag, sketched
from delprojekt.actions.filer import as_file
from delprojekt.documents.faktatabell import fact_cells, fact_sources
from delprojekt.documents.html import render_text
from delprojekt.documents.insatt import expand, mark, marked
from delprojekt.documents.ritning import GICK_INTE
from delprojekt.documents.tabelldata import Olasbar, in_words, rounded
from delprojekt.documents.tabellfil import read_file
from delprojekt.models import Datatabell, Delprojekt, Diagrambild, Faktauppgift
from delprojekt.process.datatabell import Data, Visning
from delprojekt.process.mall import ANALYS_PREFIX, nulage_till
from delprojekt.process.ordning import uppraknat
from delprojekt.process.roller import Actor
from delprojekt.queries.datatabell import tables
from delprojekt.queries.namn import unnamed
from delprojekt.queries.skrivbord import Bordsrad
from delprojekt.web.forms.avsnitt import AvsnittForm
from delprojekt.web.forms.datatabell import TabellForm, filled
from delprojekt.web.skrivbord import Bord
from delprojekt.web.tradstod import citable, facts

Item = dict[str, Any]
SA_MANGA = 6
"""Rows of a table that are shown in the editor."""


def cells_of(post: Any, files: Any) -> str:
    """Return the cells that were sent: of the file if there is one, else what was pasted. Raises Olasbar."""
    upload: UploadedFile[bytes] | None = files.get("fil")
    if upload is None:
        return str(post.get("klistrat", ""))
    with as_file(upload) as path:
        return read_file(path)


def from_facts(actor: Actor, bord: Bord, nyckel: str) -> TabellForm | None:
    """Return the form with the facts of a section, or of the nuläge that it analyses; None when they have no figures
    to make a table of."""
    rows = _facts(actor, bord, nyckel)
    post = QueryDict(mutable=True)
    post.update({"version": "0", "kalla": fact_sources(rows)})
    if len({row.pastaende for row in rows}) == 1:
        post["rubrik"] = rows[0].pastaende
    try:
        form = filled(post, fact_cells(rows), krav=False)
    except Olasbar:
        return None
    form.is_valid()
    return form


def _facts(actor: Actor, bord: Bord, nyckel: str) -> list[Faktauppgift]:
    return _told_in(citable(actor, bord, facts(actor, bord)), nyckel)


def _told_in(known: Iterable[Faktauppgift], nyckel: str) -> list[Faktauppgift]:
    """Return the facts with figures of a section, and of the nuläge that it analyses."""
    wanted = {nyckel, nulage_till(nyckel) if nyckel.startswith(ANALYS_PREFIX) else nyckel}
    return [row for row in known if row.avsnitt in wanted and row.varde is not None]


def given(form: TabellForm, data: Data) -> Tabellunderlag:
    """Return what a valid form says, for the action."""
    said = form.cleaned_data
    words = {name: said[name] for name in ("rubrik", "kalla", "lasanvisning", "alt", "i_bilaga", "version")}
    return Tabellunderlag(data, form.val, **words)


def preview(form: TabellForm, saved: Datatabell | None, *, ritar: bool) -> Item:
    """Return the table and its diagram as they will stand in the report, once there is something to show.

    In: the table as it stands, and whether a diagram is drawn for it: only for somebody who may write, and has asked
    for it. A table that is opened is shown with the diagram it has.
    """
    if form.tabell is None:
        return {}
    as_saved = saved.diagram.svg if saved and saved.diagram and not form.is_bound else ""
    svg = sketched(form.tabell, form.val) if ritar else as_saved
    row = Datatabell(
        pk=0,
        rubrik=form["rubrik"].value() or "Rubriken står här",
        kalla=form["kalla"].value() or "",
        lasanvisning=form["lasanvisning"].value() or "",
        kolumner=[one.to_data() for one in form.tabell.kolumner],
        rader=[list(cells) for cells in form.tabell.rader],
        visning=form.val.visning,
        alt=form["alt"].value() or "",
        diagram=Diagrambild(pk=0, sha256="0" * 64) if svg else None,
    )
    failed = ritar and not svg and form.val.visning is not Visning.TABELL and not form.errors
    return {
        "forhandsvisning": render_text(expand(mark(row), {0: row}), diagrams=lambda _: svg),
        "avrundas": uppraknat([f"”{name}”" for name in rounded(form.tabell)]),
        "gick_inte": GICK_INTE if failed else "",
    }


def clash(actor: Actor, delprojekt: Delprojekt, row: Datatabell) -> str:
    """Return what somebody reads whose table has been changed by somebody else meanwhile."""
    who = row.sparad_av.kallas(unnamed(actor, delprojekt)) if row.sparad_av else "Någon annan"
    said = f"{who} sparade tabellen medan du hade den öppen. Dina ändringar är kvar här."
    return (
        f"{said} Öppna tabellen i en ny flik och jämför. Sparar du igen gäller dina, och de andra finns i historiken."
    )


def at_the_desk(actor: Actor, bord: Bord, desk_row: Bordsrad, known: Iterable[Faktauppgift] = ()) -> Item:
    """Return the report's tables that the actor reads, for the list below a section. In: the facts that they may cite.
    One query, or two."""
    pk, nyckel = bord.delprojekt.pk, desk_row.nyckel
    rows = tables(actor, bord.delprojekt, bord.lage, bord.omgang)
    stands = {one.mall.nyckel: set(marked(one.avsnitt.html)) for one in bord.mallen if one.avsnitt}
    there = stands.get(nyckel, set())
    return {
        "tabeller": [_item(pk, nyckel, row, there, may_change(bord, nyckel, row, stands)) for row in rows],
        "kan_infogas": any(row.pk not in there for row in rows),
        "har_fakta": len(_told_in(known, nyckel)) > 1,
        "ny_tabell": reverse("ny_datatabell", args=[pk, nyckel]),
    }


def may_change(bord: Bord, nyckel: str, row: Datatabell, stands: Mapping[str, set[int]]) -> bool:
    """Tell whether a table can be changed from a section: it belongs or stands there, and every section that would be
    changed by it is the writer's."""
    where = {row.nyckel, *(key for key, keys in stands.items() if row.pk in keys)}
    return nyckel in where and all(bord.row(key) for key in where)


def tell_editor(form: AvsnittForm, found: list[Item]) -> None:
    """Tell the editor which tables there are, how each looks, and that their diagrams can be referred to."""
    attrs = form.fields["text"].widget.attrs
    attrs["data-tabeller"] = _json([{name: one[name] for name in _I_REDIGERAREN} for one in found])
    figures = [
        {"href": f"#figur-data{one['id']}", "text": f"Figur: {one['rubrik']}"} for one in found if one["diagram"]
    ]
    attrs["data-mal"] = _json(json.loads(attrs.get("data-mal", "[]")) + figures)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_I_REDIGERAREN = ("id", "rubrik", "mening", "url", "diagram", "alt", "rubriker", "rader")


def _item(pk: int, nyckel: str, row: Datatabell, there: set[int], own: bool) -> Item:
    data = row.data
    diagram = reverse("diagram", args=[pk, nyckel, row.pk, row.version]) if row.diagram_id else ""
    return {
        "id": row.pk,
        "rubrik": row.rubrik,
        "mening": in_a_sentence(row, data),
        "url": reverse("datatabell", args=[pk, nyckel, row.pk]) if own else "",
        "diagram": diagram,
        "alt": row.alt,
        "har": row.pk in there,
        "rubriker": [one.rubrik for one in data.kolumner],
        "rader": [list(map(in_words, cells, data.kolumner)) for cells in data.rader[:SA_MANGA]],
    }


def in_a_sentence(row: Datatabell, data: Data) -> str:
    """Return what a table is: ``4 rader, 5 kolumner. Visas som linjer. Tabellen står i faktabilagan.``"""
    size = f"{len(data.rader)} {'rad' if len(data.rader) == 1 else 'rader'}, {len(data.kolumner)} kolumner."
    shown = "" if row.visning == Visning.TABELL else f" Visas som {str(row.get_visning_display()).lower()}."
    return size + shown + (" Tabellen står i faktabilagan." if row.i_bilaga else "")
