"""What has been done to people, accounts and settings."""

from datetime import datetime
from typing import Any

from delprojekt.models import Forvaltningshandelse
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.roller import Actor


def latest_change(actor: Actor, act: Adminact, since: datetime | None, **about: Any) -> Forvaltningshandelse | None:
    """Return the latest event of an act since a moment, about somebody (``om``) or a region; None if there is none."""
    if since is None:
        return None
    rows = Forvaltningshandelse.objects.filter(act=act, hande_at__gte=since, **about)
    return rows.select_related("av").order_by("-pk").first()
