"""The link where a password is chosen, and the letter around it."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from delprojekt.models import Konto

HOURS = 3600


def password_link(konto: Konto) -> str:
    """Return the whole address where the account's password is chosen. It works once, for PASSWORD_RESET_TIMEOUT."""
    key = {"uidb36": user_pk_to_url_str(konto), "key": default_token_generator.make_token(konto)}
    return settings.PORTAL_ADRESS + reverse("account_reset_password_from_key", kwargs=key)


def password_letter(konto: Konto) -> tuple[str, str]:
    """Return subject and text of the letter with the link."""
    context = {
        "namn": konto.person.fornamn,
        "lank": password_link(konto),
        "timmar": settings.PASSWORD_RESET_TIMEOUT // HOURS,
        "ny_lank": settings.PORTAL_ADRESS + reverse("account_reset_password"),
    }
    return "Välj lösenord till SFBV-portalen", render_to_string("mejl/losenord.txt", context)
