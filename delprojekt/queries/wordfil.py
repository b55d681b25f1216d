"""Word files that were handed in, as seen by the one who handed them in."""

from delprojekt.models import Bild, Delprojekt, Uppdragsomgang, Wordfil
from delprojekt.process.roller import Actor

SA_MANGA = 10


def word_files(actor: Actor, omgang: Uppdragsomgang) -> list[Wordfil]:
    """Return the files that the actor has handed in lately, newest first, without what was read in them. One query."""
    found = Wordfil.objects.filter(omgang=omgang, inlamnad_av=actor.person).defer("innehall", "placering")
    return list(found.order_by("-pk")[:SA_MANGA])


def get_word_file(actor: Actor, delprojekt: Delprojekt, pk: int) -> Wordfil:
    """Return a file that the actor has handed in. Raises Wordfil.DoesNotExist."""
    rows = Wordfil.objects.select_related("omgang__mallversion")
    return rows.get(pk=pk, omgang__delprojekt=delprojekt, inlamnad_av=actor.person)


def own_word_file(actor: Actor, pk: int) -> Wordfil:
    """Return a file that the actor has handed in, wherever it was. Raises Wordfil.DoesNotExist."""
    return Wordfil.objects.select_related("omgang__delprojekt").get(pk=pk, inlamnad_av=actor.person)


def pictures_of(actor: Actor, omgang: Uppdragsomgang) -> list[Bild]:
    """Return the pictures that have been put in the sections of an omgång. One query."""
    return list(Bild.objects.filter(omgang=omgang))
