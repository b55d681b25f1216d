"""What a region wants to change, said in a sentence: "Halland vill ändra punkt 2." (features.md 28)."""

import re
from collections.abc import Collection, Mapping

AVSTAR = "avstar"
"""The stance of a region that says neither yes nor no."""

_PUNKT = re.compile(r"(?:punkt(?:en|erna)?|att-sats(?:en|erna)?)\s+(\d+(?:(?:\s*,\s*|\s+och\s+)\d+)*)", re.IGNORECASE)


def vill_andra(region: str, skal: str, *, avstar: bool = False) -> str:
    """Return the sentence about one region; without a named point, that it is not agreed.

    In: the region's short name, the reason it gave, and whether it abstains (how that counts is another matter). Out:
    one Swedish sentence.
    """
    if avstar:
        return f"{region} avstår."
    found = _PUNKT.search(skal)
    return f"{region} vill ändra punkt {' '.join(found[1].split())}." if found else f"{region} är inte enig."


def i_ord(vill: Mapping[str, str], namn: Mapping[str, str], avstar: Collection[str] = ()) -> str:
    """Return the sentences about all regions that are not agreed, or abstain, in the order given."""
    return " ".join(
        vill_andra(namn.get(slug, slug), skal, avstar=slug in avstar) for slug, skal in sorted(vill.items())
    )
