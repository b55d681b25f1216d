"""Names in a row: in the order Swedes sort them (conventions.md §6.5), and as a sentence says them."""

from collections.abc import Sequence


def swedish(text: str) -> str:
    """Return a sort key that puts å ä ö after z."""
    return text.casefold().translate(str.maketrans("åäöæøé", "{|}|}e"))


def uppraknat(namn: Sequence[str]) -> str:
    """Return names as a sentence says them: ``Blekinge, Halland och Skåne``; empty for none."""
    *most, last = namn or [""]
    return f"{', '.join(most)} och {last}" if most else last
