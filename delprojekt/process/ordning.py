"""The order of names as Swedes sort them (conventions.md §6.5)."""


def swedish(text: str) -> str:
    """Return a sort key that puts å ä ö after z."""
    return text.casefold().translate(str.maketrans("åäöæøé", "{|}|}e"))
