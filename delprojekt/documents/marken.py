"""The marks by which a section is found again in a Word file that somebody has gone on editing.

A mark is a hidden bookmark around the section's heading: uppdragsomgång, section of the template and version. The other
signs carry what Word has no place for; they live only between the two steps of the reading (``granska/wordordning.py``
writes them, ``granska/wordlasning.py`` reads them) and are made of characters that no text of the portal may hold.
"""

import re
from dataclasses import dataclass

MARKE = re.compile(r"_sfbv_([1-9]\d{0,9})_([1-9]\d{0,9})_(\d{1,9}|x)")
"""A section's bookmark; ``x`` for a heading whose text is not in the file."""
ORD = "_sfbv_ord"
"""Where a fackord points, so that its explanation is shown as a tip."""
BORJAN, SLUT = "\ufdd0", "\ufdd1"
"""Around a sign: noncharacters, which ``text.printable`` takes away from every text."""


@dataclass(frozen=True)
class Marke:
    """What a section's bookmark says. ``version`` is None for a heading that stood there without its text."""

    omgang: int
    mall: int
    version: int | None

    @property
    def namn(self) -> str:
        """Return the name of the bookmark."""
        return f"_sfbv_{self.omgang}_{self.mall}_{'x' if self.version is None else self.version}"


def read_mark(namn: str) -> Marke | None:
    """Return what a bookmark says, None when it is not one of ours."""
    found = MARKE.fullmatch(namn)
    if found is None:
        return None
    return Marke(int(found[1]), int(found[2]), None if found[3] == "x" else int(found[3]))


def sign(text: str) -> str:
    """Return a sign."""
    return f"{BORJAN}{text}{SLUT}"
