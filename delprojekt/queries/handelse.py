"""What happened, for the receipt."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, When

from delprojekt.models import Delprojekt, Handelse, Vantar
from delprojekt.process.act import Act
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


def is_done(actor: Actor, nyckel: str) -> bool:
    """Tell whether the form with a key has been taken already; what is no key has not."""
    try:
        return Handelse.objects.filter(nyckel=UUID(nyckel)).exists()
    except ValueError:
        return False


def latest_since(actor: Actor, delprojekt: Delprojekt, act: Act, since: datetime | None) -> Handelse | None:
    """Return the latest event since a moment that the actor may read: of that act, else any; None if there is none."""
    steg = Steg(delprojekt.steg)
    if since is None or not ser(actor, Noun.HANDELSER, delprojekt.pk, steg):
        return None
    rows = Handelse.objects.filter(delprojekt=delprojekt, hande_at__gte=since).select_related("person")
    rows = rows.exclude(act__in=tysta_acts(actor, delprojekt.pk, steg))
    return rows.order_by(Case(When(act=act, then=0), default=1), "-hande_at", "-pk").first()
