"""What a diagram shows in words, for those who do not see it: suggested from the data, changed by who writes."""

from collections.abc import Iterable

from delprojekt.documents.diagram import Bild, Punkt, values
from delprojekt.process.datatabell import Data, Diagramval, Visning
from delprojekt.process.ordning import uppraknat
from delprojekt.process.tal import NBSP, skriv_jamnt

LANGST = 600
_SLAG = {
    Visning.STAPLAR: "Stapeldiagram",
    Visning.GRUPPERADE: "Grupperat stapeldiagram",
    Visning.STAPLADE: "Staplat stapeldiagram",
    Visning.LINJER: "Linjediagram",
    Visning.REGIONER: "Ett diagram för varje region",
}


def suggest(data: Data, val: Diagramval, rubrik: str = "") -> str:
    """Return a description of a diagram: its kind, what is compared, the highest and the lowest value, and how each
    line goes from its first value to its last."""
    found = values(data, val)
    if val.visning is Visning.TABELL or not found.punkter:
        return ""
    title = rubrik.rstrip(".")
    said = [f"{_SLAG[val.visning]}{f': {title}' if title else ''}."]
    if len(found.serier) > 1:
        said.append(f"Visar {uppraknat(found.serier)}.")
    said.append(f"{_along(found)}.")
    high, low = (pick(found.punkter, key=lambda one: one.varde) for pick in (max, min))
    if high.varde != low.varde:
        said.append(f"Högst: {_point(found, high)}. Lägst: {_point(found, low)}.")
    if val.visning is Visning.LINJER and len(found.kategorier) > 1:
        said += _ways(found)
    return _cut(said)


def _along(found: Bild) -> str:
    names = found.kategorier
    if found.ar or len(names) > 6:
        return f"Från {names[0]} till {names[-1]}"
    return f"Jämför {uppraknat(names)}" if len(names) > 1 else f"Gäller {names[0]}"


def _point(found: Bild, point: Punkt) -> str:
    where = f"{point.serie}, {point.langs}" if len(found.serier) > 1 else point.langs
    return f"{where}, {_amount(found, point)}"


def _amount(found: Bild, point: Punkt) -> str:
    return f"{skriv_jamnt(point.varde, found.decimaler)}{NBSP + found.enhet if found.enhet else ''}"


def _ways(found: Bild) -> Iterable[str]:
    for name in found.serier:
        mine = [one for one in found.punkter if one.serie == name]
        if len(mine) > 1:
            who = name if len(found.serier) > 1 else "Värdet"
            yield f"{who} går från {_amount(found, mine[0])} till {_amount(found, mine[-1])}."


def _cut(said: list[str]) -> str:
    kept = said[0]
    for sentence in said[1:]:
        if len(kept) + len(sentence) < LANGST:
            kept += f" {sentence}"
    return kept
