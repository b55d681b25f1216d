"""How accounts are handled: kansli makes them, nobody signs up."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from delprojekt.demo.konton import KONTON


class ClosedAccountAdapter(DefaultAccountAdapter):
    """allauth with the door for new accounts closed."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Fel e-postadress eller lösenord.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always False: an account comes from kansli, with its roles."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse the demo's addresses outside the demo: their password is on the login page. Raises ValidationError."""
        super().pre_authenticate(request, **credentials)
        address = str(credentials.get("email", "")).lower()
        if settings.DRIFT and address in {epost for epost, *_ in KONTON}:
            raise ValidationError("Demokonton går inte att använda här.")
