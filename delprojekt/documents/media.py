"""Pictures in documents: whoever renders hands in how the portal's own pictures are fetched."""

from collections.abc import Callable
from dataclasses import dataclass

from delprojekt.documents.text import OWN_MEDIA

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/svg+xml"})
"""An SVG is only one of the portal's own diagrams: what somebody hands in is never one."""


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
    if media.content_type not in IMAGE_TYPES:
        raise LookupError(f"{path} is {media.content_type}")
    return media
