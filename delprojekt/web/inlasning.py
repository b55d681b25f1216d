"""The review of a list as it is shown, and the sample to begin from."""

import csv
import io
from typing import Any

from delprojekt.process.inlasning import DOKUMENT, RUBRIKER, Lista
from delprojekt.queries.inlasning import Forslag, Utfall

Item = dict[str, Any]

EXEMPEL = (
    ("13:I", "Ablationer, del 1", "Slutrapport", "2019-06-18", "Hjärtablationer", ""),
    ("13:I", "Ablationer, del 1", "Nämndbeslut", "2019-10-03", "", ""),
    ("13:I", "Ablationer, del 1", "Uppföljning", "våren 2021", "", ""),
    ("", "Kärlkirurgi", "Startbeslut", "2021", "", "Nuläge"),
)
_TON = {**dict.fromkeys(Utfall, "vilar"), Utfall.NYTT: "pagar", Utfall.KOMPLETTERAS: "pagar"}


def columns() -> list[tuple[str, str]]:
    """Return each column of the list with what stands in it."""
    documents = ", ".join(name.capitalize() for name in DOKUMENT)
    told = (
        "Till exempel 40 eller 26:II. Tomt om numret är okänt.",
        "Vad delprojektet heter.",
        f"Ett av: {documents}. Tomt om inget dokument är känt.",
        "2019-10-03, 3 oktober 2019, våren 2019 eller 2019.",
        "Kan utelämnas. Flera namn skiljs med |. De hittas när någon söker.",
        "Kan utelämnas. Steget delprojektet står i nu, till exempel Införande. Tomt betyder Historiskt: det var "
        "avslutat före portalen.",
    )
    return list(zip(RUBRIKER, told, strict=True))


def sample() -> bytes:
    """Return a small list as a file that Excel opens with its letters right."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([RUBRIKER, *EXEMPEL])
    return out.getvalue().encode("utf-8-sig")


def review(found: Lista, proposals: list[Forslag], chosen: set[str] | None) -> Item:
    """Return what the review page shows.

    ``chosen``: the lines that were ticked; None ticks all that can be read in and need no second look.
    """
    count = {utfall: sum(1 for one in proposals if one.utfall is utfall) for utfall in Utfall}
    return {
        "forslag": [_proposal(one, chosen) for one in proposals],
        "fel": found.fel,
        "antal": {"nya": count[Utfall.NYTT], "fler": count[Utfall.KOMPLETTERAS], "fel": len(found.fel)},
        "gar_att_lasa_in": any(one.kan_valjas for one in proposals),
    }


def _proposal(one: Forslag, chosen: set[str] | None) -> Item:
    return {
        "rad": one.post.rad,
        "beteckning": one.post.beteckning,
        "benamning": one.post.benamning,
        "alias": () if one.delprojekt else one.post.alias,
        "steg": (one.delprojekt.get_steg_display() if one.delprojekt else one.post.steg.label),  # type: ignore[attr-defined]
        "delprojekt": one.delprojekt,
        "ord": one.utfall.value,
        "ton": _TON[one.utfall],
        "valbar": one.kan_valjas,
        "vald": one.kan_valjas and (not one.varning if chosen is None else str(one.post.rad) in chosen),
        "varning": one.varning,
        "rader": one.rader,
    }
