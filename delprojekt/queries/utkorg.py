"""The outbox."""

from delprojekt.models import Utskick
from delprojekt.process.roller import Actor


def latest_mail(actor: Actor, limit: int) -> list[Utskick]:
    """Return the latest mail about delprojekt, newest first. One query."""
    return list(Utskick.objects.select_related("person").order_by("-pk")[:limit])
