"""What happened, for the receipt."""

from dataclasses import dataclass

from delprojekt.models import Delprojekt, Handelse, Vantar
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser, tysta_acts
from delprojekt.queries.namn import shown_names


@dataclass(frozen=True)
class Kvitto:
    """A receipt: the event, who got mail, and whose turn it is now."""

    handelse: Handelse
    mejl_till: list[str]
    vantar: list[Vantar]


def read_receipt(actor: Actor, delprojekt: Delprojekt, pk: int) -> Kvitto:
    """Return the receipt of an event that the actor made or may read. Raises Handelse.DoesNotExist otherwise."""
    event = Handelse.objects.select_related("person").get(pk=pk, delprojekt=delprojekt)
    steg = Steg(delprojekt.steg)
    heard = ser(actor, Noun.HANDELSER, delprojekt.pk, steg) and event.act not in tysta_acts(actor, delprojekt.pk, steg)
    if event.person_id != actor.person and not heard:
        raise Handelse.DoesNotExist
    mail = event.utskick.select_related("person").order_by("person__efternamn", "person__fornamn")
    waiting = Vantar.objects.filter(delprojekt=delprojekt).select_related("region").order_by("sedan_at", "pk")
    return Kvitto(event, shown_names(actor, delprojekt, [row.person for row in mail]), list(waiting))
