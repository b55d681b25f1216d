"""Pictures in documents: whoever renders hands in how the portal's own pictures are fetched."""

from collections.abc import Callable
from dataclasses import dataclass

from delprojekt.documents.ritning import known_by
from delprojekt.documents.text import OWN_MEDIA

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})
DRAWN_TYPES = frozenset({"image/png", "image/svg+xml"})
"""A diagram that the portal has drawn, by its address. What somebody hands in is never an SVG."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture of the portal's own."""

    body: bytes
    content_type: str


MediaFetcher = Callable[[str], Media]
"""Gives the picture at an own path such as ``/media/ab12.png``; raises LookupError when there is none."""


def no_media(path: str) -> Media:
    """Refuse every picture: for documents that have none."""
    raise LookupError(path)


def fetch_own(path: str, media_fetcher: MediaFetcher) -> Media:
    """Return the picture at ``path``.

    Raises:
        LookupError: the path is not the portal's own, there is no such picture, or it is not a picture at all.
    """
    if not OWN_MEDIA.fullmatch(path):
        raise LookupError(path)
    media = media_fetcher(path)
    if media.content_type not in (DRAWN_TYPES if known_by(path) else IMAGE_TYPES):
        raise LookupError(f"{path} is {media.content_type}")
    return media
