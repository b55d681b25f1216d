"""The PDF beside the text, as seen by those who write."""

from delprojekt.models import Delprojekt, Dokumentslag, Forhandsvisning
from delprojekt.process.roller import Actor


def get_preview(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> Forhandsvisning | None:
    """Return the preview of a document, None when nobody has asked for one. One query."""
    return Forhandsvisning.objects.filter(delprojekt=delprojekt, slag=slag).first()
