"""allauth's forms where a password is chosen, with the portal's own words when the two differ."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm, SetPasswordForm
from django.core.exceptions import ValidationError

OLIKA = "Lösenorden är olika. Skriv samma lösenord två gånger."


class _Samma:
    """What allauth says of the second field, beside its own rules, is only that it is not the same as the first."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error to a field."""
        said = OLIKA if field == "password2" and not isinstance(error, ValidationError) else error
        super().add_error(field, said)  # type: ignore[misc]


class ValjLosenordForm(_Samma, ResetPasswordKeyForm):
    """By the link of a mail."""


class BytLosenordForm(_Samma, ChangePasswordForm):
    """While logged in."""


class ForstaLosenordForm(_Samma, SetPasswordForm):
    """While logged in without one."""
