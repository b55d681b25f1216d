"""The second factor: its words, how its secrets are kept, and that those who must have one reach nothing without it."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from delprojekt.web.konto import must_have_second_factor

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""What counts: the codes for when both are lost do not."""

ALWAYS_REACHED = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
    }
)
"""What somebody without the factor still reaches: what is needed to get one, and the way out."""


def _vault() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"tvafaktor:{key}".encode()).digest())) for key in keys]
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth with secrets that a copy of the database does not give away, and names in our words."""

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Raises InvalidToken when SECRET_KEY has been changed and the old one forgotten."""
        return _vault().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return a name for a new passkey: ``Nyckel 2``."""
        return f"Nyckel {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


class _Forgiving:
    """Answers "wrong" to whatever is sent instead of a key's answer: allauth only expects one kind of nonsense."""

    def clean(self) -> dict[str, Any]:
        """Return what was filled in. Raises ValidationError."""
        return self._try(super().clean)  # type: ignore[misc]

    def clean_credential(self) -> Any:
        """Return the key that answered. Raises ValidationError."""
        check = getattr(super(), "clean_credential", None)
        return self._try(check) if check else self.cleaned_data["credential"]  # type: ignore[attr-defined]

    def _try(self, check: Callable[[], Any]) -> Any:
        try:
            return check()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyLoginForm(_Forgiving, LoginWebAuthnForm):
    """Logging in with only a passkey."""


class PasskeyAuthenticateForm(_Forgiving, AuthenticateWebAuthnForm):
    """A passkey as the second factor."""


class PasskeyReauthenticateForm(_Forgiving, ReauthenticateWebAuthnForm):
    """A passkey to show that it is still you."""


class PasskeyForm(_Forgiving, AddWebAuthnForm):
    """A new passkey, in our words."""

    field_order = ("name", "passwordless", "credential")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Namn på nyckeln"
        self.fields["name"].help_text = "Så att du känner igen den, till exempel ”Jobbdatorn”."
        self.fields["passwordless"].label = "Logga in med bara nyckeln, utan lösenord"
        self.fields["passwordless"].help_text = "Då ska nyckeln låsas upp med fingeravtryck, ansikte eller PIN."


class PasskeyNameForm(EditWebAuthnForm):
    """The name of a passkey."""

    name = forms.CharField(label="Namn på nyckeln", max_length=60)


class SecondFactorMiddleware:
    """Leads those who must have a second factor to the page where they get one; until then they reach nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_args: Any) -> HttpResponse | None:
        """Return the way to the second factor, or None to go on."""
        open_ = not getattr(view, "login_required", True)
        if not settings.KRAV_PA_TVAFAKTOR or open_ or not request.user.is_authenticated:
            return None
        if request.resolver_match is None or request.resolver_match.url_name in ALWAYS_REACHED:
            return None
        if (
            not must_have_second_factor(request)
            or Authenticator.objects.filter(user_id=request.user.pk, type__in=FACTORS).exists()
        ):
            return None
        messages.warning(request, "Din roll kräver en andra faktor. Lägg till en för att komma vidare.")
        return redirect("mfa_index")
