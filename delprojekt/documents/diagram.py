"""What a diagram of a datatabell shows: a good guess from the data, what is in the way of it, and its description.

The description is Vega-Lite, written here by hand; whoever draws it (``granska/ritning.py``) adds nothing.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from delprojekt.documents.farger import REGIONFARG, colours, region
from delprojekt.process.datatabell import (
    MEST_SERIER,
    MEST_STAPLAR,
    Data,
    Diagramval,
    Kolumn,
    Kolumnslag,
    Visning,
    tal_i,
)

BREDD, HOJD, RAD = 560, 280, 22
LANG_ETIKETT = 14
"""Signs of a category's name; longer ones are read lying down, so the bars lie too."""
_STAENDE = 10
_PER_RAD = 2
MEST_MARKTA_AR = 8
"""So many years have their mark each; of more, the axis chooses which."""
_PLATS = 28
"""Signs that have room side by side under a small diagram."""
_STAPLAR = frozenset({Visning.STAPLAR, Visning.GRUPPERADE, Visning.STAPLADE})
_STRECK = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 4], [1, 3], [6, 2, 2, 2])
_FORMER = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke", "wedge"]


@dataclass(frozen=True)
class Punkt:
    """A value: where along the axis, of which series."""

    langs: str
    serie: str
    varde: Decimal


@dataclass(frozen=True)
class Bild:
    """What is drawn: the values in the order of the table, and what they are measured in."""

    punkter: tuple[Punkt, ...]
    kategorier: tuple[str, ...]
    serier: tuple[str, ...]
    enhet: str
    decimaler: int
    ar: bool


def guess(data: Data) -> Diagramval:
    """Return how a table is best shown: years as lines, several columns of numbers side by side, parts of a whole on
    top of each other. Without numbers: as a table."""
    numbers = data.tal
    if not numbers:
        return Diagramval()
    unit = data.kolumner[numbers[0]].enhet
    same = tuple(at for at in numbers if data.kolumner[at].enhet == unit)[:MEST_SERIER]
    years = [at for at, one in enumerate(data.kolumner) if one.slag is Kolumnslag.AR]
    texts = [at for at, one in enumerate(data.kolumner) if one.slag is Kolumnslag.TEXT]
    along = years[0] if years else 0
    repeated = len({row[along] for row in data.rader}) < len(data.rader)
    parted = next((at for at in texts if at != along), None) if repeated else None
    series = same[:1] if parted is not None else same
    if years and len({row[along] for row in data.rader}) > 2:
        return Diagramval(Visning.LINJER, along, series, parted)
    if parted is None and len(series) == 1:
        return Diagramval(Visning.STAPLAR, along, series)
    whole = unit == "%" and parted is None and all(_is_whole([row[at] for at in series]) for row in data.rader)
    return Diagramval(Visning.STAPLADE if whole else Visning.GRUPPERADE, along, series, parted)


def _is_whole(cells: list[str]) -> bool:
    numbers = [found for cell in cells if (found := tal_i(cell)) is not None]
    return len(numbers) == len(cells) and abs(sum(numbers, Decimal()) - 100) <= 1


def values(data: Data, val: Diagramval) -> Bild:
    """Return what a diagram shows of a table."""
    chosen = [at for at in val.serier if at in data.tal]
    chosen = chosen[:1] if val.grupp is not None else chosen
    points = tuple(
        Punkt(row[val.langs], row[val.grupp] if val.grupp is not None else data.kolumner[at].namn, number)
        for row in data.rader
        for at in chosen
        if (number := tal_i(row[at])) is not None and row[val.langs]
    )
    columns = [data.kolumner[at] for at in chosen] or [Kolumn("")]
    return Bild(
        points,
        tuple(dict.fromkeys(one.langs for one in points)),
        tuple(dict.fromkeys(one.serie for one in points)),
        columns[0].enhet,
        max(one.decimaler for one in columns),
        data.kolumner[val.langs].slag is Kolumnslag.AR,
    )


def hinder(data: Data, val: Diagramval) -> str:
    """Return why a diagram cannot be drawn so, and what to do; empty when it can."""
    units = {data.kolumner[at].enhet for at in val.serier if at in data.tal}
    if not units:
        return "Kryssa i minst en kolumn med tal."
    if len(units) > 1 and val.grupp is None:
        return (
            f"Kolumnerna har olika enheter ({' och '.join(sorted(one or 'ingen' for one in units))}). Välj en av dem."
        )
    return next(_against(values(data, val), val.visning), "")


def _against(found: Bild, kind: Visning) -> Iterator[str]:
    twice = [name for name, many in Counter((one.langs, one.serie) for one in found.punkter).items() if many > 1]
    if not found.punkter:
        yield "De valda kolumnerna har inga tal."
    elif twice:
        yield f"Flera rader heter ”{twice[0][0]}”. Välj en kolumn som delar upp dem, eller summera dem i Excel."
    elif len(found.serier) > MEST_SERIER:
        yield f"Diagrammet skulle få {len(found.serier)} färger. Högst {MEST_SERIER} går att skilja åt."
    elif kind in _STAPLAR and len(found.kategorier) > MEST_STAPLAR:
        yield f"Diagrammet skulle få {len(found.kategorier)} staplar. Högst {MEST_STAPLAR} går att läsa."
    elif kind is Visning.STAPLAR and len(found.serier) > 1:
        yield "Staplar visar en enda kolumn. Välj grupperade staplar, eller kryssa i bara en kolumn."
    elif kind is Visning.STAPLADE and any(one.varde < 0 for one in found.punkter):
        yield "Staplar som står på varandra kan inte visa tal under noll. Välj grupperade staplar."
    elif kind is Visning.REGIONER and not _region_field(found):
        yield "Ett diagram per region behöver regionernas namn som rader, som kolumner eller i en egen kolumn."


def _region_field(found: Bild) -> str:
    """Return which of the two directions is the regions: "s" the series, "x" along the axis."""
    for field, names in (("s", found.serier), ("x", found.kategorier)):
        if sum(bool(region(name)) for name in names) >= max(2, len(names) - 1):
            return field
    return ""


def fingerprint(description: dict[str, Any]) -> str:
    """Return sha256 of a description: the same diagram is drawn once."""
    return hashlib.sha256(json.dumps(description, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# the description ------------------------------------------------------------------------------------------------------


def describe(data: Data, val: Diagramval) -> dict[str, Any]:
    """Return the diagram as Vega-Lite. In: what has nothing against it (``hinder``)."""
    found = values(data, val)
    order = {name: at for at, name in enumerate(found.serier)}
    rows = [{"x": one.langs, "s": one.serie, "v": float(one.varde), "i": order[one.serie]} for one in found.punkter]
    drawn = _by_region(found) if val.visning is Visning.REGIONER else _whole(found, val.visning)
    return {"data": {"values": rows}, "background": "white", "config": _CONFIG, **drawn}


_CONFIG = {
    "aria": False,
    "font": "'Source Sans 3 Dokument', 'Source Sans 3', sans-serif",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelColor": "#222222"}
    | {"titleColor": "#222222", "gridColor": "#dddddd", "domainColor": "#777777", "tickColor": "#777777"}
    | {"labelLimit": 260},
    "legend": {
        "labelFontSize": 13,
        "labelColor": "#222222",
        "symbolSize": 110,
        "symbolStrokeWidth": 0,
        "labelLimit": 260,
    },
    "header": {"labelFontSize": 14, "labelFontWeight": "bold", "labelColor": "#222222", "title": None},
}


def _whole(found: Bild, kind: Visning) -> dict[str, Any]:
    if kind is Visning.LINJER:
        return {"width": BREDD, "height": HOJD, **_lines(found)}
    lying = len(found.kategorier) > _STAENDE or any(len(one) > LANG_ETIKETT for one in found.kategorier)
    wide = len(found.serier) if kind is Visning.GRUPPERADE else 1
    along: dict[str, Any] = {"field": "x", "type": "nominal", "sort": list(found.kategorier)}
    along |= {"axis": {"title": None, "labelAngle": 0, "grid": False}, "scale": {"paddingInner": 0.35}}
    encoding = {"y" if lying else "x": along, "x" if lying else "y": _amount(found, lying=lying)}
    encoding["color"] = _colour(found, kind)
    if kind is Visning.GRUPPERADE:
        encoding["yOffset" if lying else "xOffset"] = {"field": "s", "sort": list(found.serier)}
    if kind is Visning.STAPLADE:
        encoding["order"] = {"field": "i", "type": "quantitative"}
    size = {"height": max(len(found.kategorier) * (wide * RAD * 0.7 + 12), 80)} if lying else {"height": HOJD}
    border = {"stroke": "white", "strokeWidth": 1} if kind is Visning.STAPLADE else {}
    return {"width": BREDD, **size, "mark": {"type": "bar", **border}, "encoding": encoding}


def _amount(found: Bild, *, lying: bool = False) -> dict[str, Any]:
    figures = {"format": f",.{found.decimaler}~f", "title": found.enhet or None, "tickCount": 6}
    upright = {} if lying else {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -12}
    return {"field": "v", "type": "quantitative", "axis": {**figures, **upright}, "scale": {"zero": True}}


def _colour(found: Bild, kind: Visning = Visning.LINJER) -> dict[str, Any]:
    """Return a colour for each series; a single one of bars that are regions has a colour for each bar."""
    if kind is Visning.STAPLAR and len(found.serier) == 1 and all(map(region, found.kategorier)):
        names, field = list(found.kategorier), "x"
    else:
        names, field = list(found.serier), "s"
    one = len(names) == 1 or field == "x"
    legend = None if one else {"orient": "top", "title": None, "columns": 4, "offset": 32 if found.enhet else 8}
    return {"field": field, "type": "nominal", "scale": {"domain": names, "range": colours(names)}, "legend": legend}


def _time(found: Bild) -> dict[str, Any]:
    if found.ar:
        years = sorted({int(one) for one in found.kategorier})
        marks: dict[str, Any] = {"values": years} if len(years) <= MEST_MARKTA_AR else {"tickMinStep": 1}
        axis = {"title": None, "format": "d", "grid": False, **marks}
        return {"field": "x", "type": "quantitative", "axis": axis, "scale": {"zero": False, "nice": False}}
    axis = {"title": None, "labelAngle": 0, "grid": False, "labelOverlap": True}
    return {"field": "x", "type": "ordinal", "sort": list(found.kategorier), "axis": axis}


def _lines(found: Bild) -> dict[str, Any]:
    names = list(found.serier)
    colour = _colour(found)
    told_by = {"field": "s", "type": "nominal", "legend": colour["legend"]}
    encoding: dict[str, Any] = {"x": _time(found), "y": _amount(found), "color": colour}
    dashes = {"domain": names, "range": list(_STRECK[: len(names)])}
    encoding["strokeDash"] = {"field": "s", "type": "nominal", "legend": None, "scale": dashes}
    encoding["shape"] = {**told_by, "scale": {"domain": names, "range": _FORMER[: len(names)]}}
    return {"mark": {"type": "line", "point": {"filled": True, "size": 50}, "strokeWidth": 2.5}, "encoding": encoding}


def _by_region(found: Bild) -> dict[str, Any]:
    """Return a small diagram for each region, all with the same scale."""
    field = _region_field(found)
    names = list(found.serier if field == "s" else found.kategorier)
    order = [one for one in REGIONFARG if one in map(region, names)]
    names.sort(key=lambda name: order.index(region(name)) if region(name) else len(order))
    lines = field == "s" and found.ar and len(found.kategorier) > 2
    others = list(found.kategorier if field == "s" else found.serier)
    along: dict[str, Any] = {"field": "x" if field == "s" else "s", "type": "nominal", "sort": others}
    slanted = len(others) * max(map(len, others)) > _PLATS
    along["axis"] = {"title": None, "grid": False, "labelAngle": -40 if slanted else 0}
    scale = {"domain": names, "range": colours(names)}
    colour = {"field": field, "type": "nominal", "legend": None, "scale": scale}
    mark: dict[str, Any] = {"type": "line", "point": True, "strokeWidth": 2.5} if lines else {"type": "bar"}
    encoding = {"x": _time(found) if lines else along, "y": _amount(found), "color": colour}
    inner = {"width": BREDD // _PER_RAD - 30, "height": HOJD * 0.55, "mark": mark, "encoding": encoding}
    facet = {"field": field, "type": "nominal", "sort": names, "title": None}
    return {"facet": facet, "columns": _PER_RAD, "spacing": 24, "spec": inner}
