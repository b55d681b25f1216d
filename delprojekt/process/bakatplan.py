"""The days of a slutrapport counted back from the meeting of nämnden (features.md 30; §5.4.1–5.5).

How long each instance needs is our proposal, not the method's: it says only in which order they come.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Hallplats:
    """Something that must be done at the latest so many days before nämnden meets, and the § it stands in."""

    rubrik: str
    dagar: int
    paragraf: str


BAKAT: tuple[Hallplats, ...] = (
    Hallplats("Utkast till hela rapporten klart", 133, "5.4.1"),
    Hallplats("Klar för korrektur hos kommunikatören", 119, "5.4.1"),
    Hallplats("Slutrapporten lämnas till samarbetsgruppen", 105, "5.4.2"),
    Hallplats("Samarbetsgruppen behandlar, regionernas synpunkter är inne", 84, "5.4.2"),
    Hallplats("Ordföranden presenterar för ledningsgruppen", 63, "5.4.3"),
    Hallplats("Ledningsgruppen är enig om beslutsförslaget", 35, "5.4.3"),
    Hallplats("Politiska styrgruppen har berett", 21, "5.5"),
    Hallplats("Nämnden godkänner och rekommenderar", 0, "5.5"),
)


def count_back(namnd: date) -> list[tuple[Hallplats, date]]:
    """Return each stop with its last day, in time."""
    return [(stop, namnd - timedelta(days=stop.dagar)) for stop in BAKAT]
