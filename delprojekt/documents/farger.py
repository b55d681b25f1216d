"""The colours of diagrams: one for each region, the same in every report; told apart also by the colour-blind.

Each has a contrast of at least 3:1 against white (WCAG 1.4.11), and they differ in lightness too. Lines differ in dash
and point besides, so that colour is never all that tells them apart.
"""

REGIONFARG = {"Blekinge": "#5587e6", "Halland": "#e66e22", "Kronoberg": "#1b3f1c", "Skåne": "#5e1c66"}
"""By the short name of the region."""
SERIEFARG = ("#13494c", "#b88124", "#8c74df", "#6d7a3a", "#5f2d0e", "#5884a9", "#4a2f6b", "#a88d76")
"""Of what is not a region, in order."""


def region(words: str) -> str:
    """Return the short name of the region that somebody has written (``Region Skåne``); empty for anything else."""
    name = words.strip().removeprefix("Region ").strip()
    return next((known for known in REGIONFARG if known.casefold() == name.casefold()), "")


def colours(series: list[str]) -> list[str]:
    """Return a colour for each series."""
    left = iter(SERIEFARG * (len(series) // len(SERIEFARG) + 1))
    return [REGIONFARG.get(region(name)) or next(left) for name in series]
