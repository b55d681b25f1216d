"""The portal's own pictures for the renderers."""

from delprojekt.documents.granska.slag import TYPER
from delprojekt.documents.media import Media, MediaFetcher
from delprojekt.models import Bild

ADRESS = "/media/bild/"


def media_of(delprojekt_pk: int) -> MediaFetcher:
    """Return what gives a renderer the pictures of one delprojekt; another's are as absent as those that never were."""

    def fetch(path: str) -> Media:
        found = Bild.objects.filter(namn=path.removeprefix(ADRESS), omgang__delprojekt=delprojekt_pk).first()
        if found is None or not path.startswith(ADRESS):
            raise LookupError(path)
        with found.visning.open("rb") as file:
            return Media(file.read(), TYPER[f".{found.namn.rpartition('.')[2]}"])

    return fetch
