"""What login asks of the portal."""

from typing import cast

from django.http import HttpRequest

from delprojekt.process.forvaltning import KRAVER_TVAFAKTOR
from delprojekt.web.middleware import ActorRequest


def must_have_second_factor(request: HttpRequest) -> bool:
    """Tell whether the one who asks holds a role that must log in with a second factor."""
    return bool(cast(ActorRequest, request).actor.roller() & KRAVER_TVAFAKTOR)
