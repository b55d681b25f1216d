"""The colours of diagrams: one for each region, the same in every report; told apart also by the colour-blind.

Each has a contrast of at least 3:1 against white (WCAG 1.4.11), and the regions' differ in lightness too, so that they
are told apart in a black and white print. Colour is never all that tells what is shown: lines differ in dash and point,
bars stand in the order of the legend, those on top of each other with a border between, and the figures are always at
hand in the table.
"""

REGIONFARG = {"Blekinge": "#3a6fd0", "Halland": "#e87428", "Kronoberg": "#14361a", "Skåne": "#7d2f87"}
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
