"""The outbox."""

from datetime import datetime

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from delprojekt.models import Utskick
from delprojekt.process.roller import Actor


def latest_mail(actor: Actor, limit: int) -> list[Utskick]:
    """Return the latest mail about delprojekt, newest first. One query."""
    return list(Utskick.objects.select_related("person").order_by("-pk")[:limit])


def oldest_unsent(actor: Actor) -> datetime | None:
    """Return when the oldest mail that is neither sent nor given up was written, None when there is none."""
    found: datetime | None = _unsent().aggregate(oldest=Min("created_at"))["oldest"]
    return found


def due_mail(actor: Actor) -> QuerySet[Utskick]:
    """Return the mail that is to be sent now: not sent, and not waiting for its next try. Not ordered."""
    return _unsent().filter(Q(nasta_forsok_at=None) | Q(nasta_forsok_at__lte=timezone.now()))


def _unsent() -> QuerySet[Utskick]:
    """Return what is not sent and not given up."""
    return Utskick.objects.filter(sent_at=None, forsok__lt=Utskick.MAX_FORSOK)
