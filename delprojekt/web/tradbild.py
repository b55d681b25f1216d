"""The thread as a picture: a column for each link, a box for each knot, a line for each tie, a dashed box for a hole.

The picture is SVG that the server draws; everything in it also stands in the list under it.
"""

from dataclasses import dataclass
from typing import Any

from delprojekt.process.trad import ORDNING, Knut, Led, Trad
from delprojekt.web.tidslinje import shortened

Item = dict[str, Any]
KOLUMN, RUTA, HOJD, RAD, TOPP, KANT = 132, 112, 32, 44, 40, 8
"""Width of a column and a box, height of a box and a row, where the first row begins, and the margin."""
FLEST = 80
"""So many boxes in a column is a picture; what is larger is only a list."""
TECKEN = 16
"""So many signs a box holds."""
_KORTA = {
    Led.NULAGE: "Nuläge",
    Led.FORSLAG: "Förslag",
    Led.BESLUT: "Regionbeslut",
    Led.MATVARDE: "Mätvärden",
}
_SUMMERAR = frozenset({Led.BESLUT, Led.INFORANDE})
"""Links whose boxes say how far it has come, and not only which number it is."""


@dataclass
class _Box:
    """A box: a knot, or (without one) the hole beside a knot, which it hangs on."""

    id: str
    led: Led
    text: str
    title: str
    href: str
    fran: tuple[str, ...] = ()
    till: str = ""
    hal: bool = False
    slut: bool = False
    x: int = 0
    y: int = 0


def draw(trad: Trad) -> Item | None:
    """Return the boxes and lines of the picture with their places; None when there are none, or too many to see."""
    boxes = _boxes(trad)
    if not boxes:
        return None
    used = {box.led for box in boxes}
    last = max(ORDNING.index(led) for led in used)
    columns = [led for led in ORDNING[: last + 1] if led in trad.led or led in used]
    longest = max(sum(1 for box in boxes if box.led is led) for led in columns)
    if longest > FLEST:
        return None
    by_id = {box.id: box for box in boxes}
    for at, led in enumerate(columns):
        _place([box for box in boxes if box.led is led], by_id, at)
    lowest = max(box.y for box in boxes)
    ties = [(key, box.id) for box in boxes for key in box.fran] + [(box.id, box.till) for box in boxes if box.till]
    return {
        "bredd": KANT * 2 + KOLUMN * (len(columns) - 1) + RUTA,
        "hojd": lowest + RAD + KANT,
        "ruta": RUTA,
        "ruthojd": HOJD,
        "mitt": RUTA // 2,
        "textrad": HOJD // 2 + 5,
        "kolumner": [{"namn": _short(led), "x": KANT + KOLUMN * at + RUTA // 2} for at, led in enumerate(columns)],
        "rutor": boxes,
        "linjer": [_line(by_id[a], by_id[b]) for a, b in ties if a in by_id and b in by_id],
    }


def _short(led: Led) -> str:
    return _KORTA.get(led, str(led.label))


def _boxes(trad: Trad) -> list[_Box]:
    found = [_box(knut) for knut in trad.knutar]
    seen: set[tuple[str, Led]] = set()
    for hal in trad.hal:
        knut = trad.med_id[hal.knut]
        before = ORDNING.index(hal.led) < ORDNING.index(knut.led)
        if hal.led is knut.led or (hal.knut, hal.led) in seen:
            continue  # said of the knot itself, in the list; or already drawn
        seen.add((hal.knut, hal.led))
        far = ORDNING.index(hal.led) - ORDNING.index(knut.led) > 1
        ends = trad.ytterst(knut.id) if far else (knut.id,)
        tie: Item = {"till": knut.id} if before else {"fran": ends}
        found.append(_Box(f"hal-{len(seen)}", hal.led, "Saknas", hal.text, "hal", hal=True, **tie))
    return found


def _box(knut: Knut) -> _Box:
    text = knut.text if knut.led in _SUMMERAR else knut.kort
    if knut.led is Led.NULAGE and knut.rader:
        text = f"{knut.kort.removeprefix('Nuläge ')}, {len(knut.rader)} fakta"
    title = ". ".join(
        part.rstrip(".") for part in (": ".join(filter(None, (knut.kort, knut.text))), *knut.rader, knut.slut) if part
    )
    return _Box(knut.id, knut.led, shortened(text, TECKEN), title, knut.id, knut.fran, slut=bool(knut.slut))


def _place(boxes: list[_Box], by_id: dict[str, _Box], at: int) -> None:
    """Give each box of a column its place: beside what it comes from, or as near under it as there is room."""
    free = TOPP
    for box in sorted(boxes, key=lambda one: _beside(one, by_id)):
        near = _beside(box, by_id)
        box.x, box.y = KANT + KOLUMN * at, max(free, int(near)) if near < _LAST else free
        free = box.y + RAD


_LAST = 1_000_000


def _beside(box: _Box, by_id: dict[str, _Box]) -> float:
    """Return how far down what a box comes from stands, the mean of several; what comes from nothing stands last."""
    above = [by_id[key].y for key in box.fran if key in by_id]
    return sum(above) / len(above) if above else _LAST


def _line(start: _Box, end: _Box) -> Item:
    x1, y1 = start.x + RUTA, start.y + HOJD // 2
    x2, y2 = end.x, end.y + HOJD // 2
    bend = (x2 - x1) // 2
    return {"d": f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", "hal": start.hal or end.hal}
