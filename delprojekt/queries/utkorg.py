"""The outbox."""

from datetime import datetime

from django.db.models import Min

from delprojekt.models import Utskick
from delprojekt.process.roller import Actor


def latest_mail(actor: Actor, limit: int) -> list[Utskick]:
    """Return the latest mail about delprojekt, newest first. One query."""
    return list(Utskick.objects.select_related("person").order_by("-pk")[:limit])


def oldest_unsent(actor: Actor) -> datetime | None:
    """Return when the oldest mail that is not sent was written, None when all are sent. One query."""
    found: datetime | None = Utskick.objects.filter(sent_at=None).aggregate(oldest=Min("created_at"))["oldest"]
    return found
