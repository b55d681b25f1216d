"""How accounts are handled: kansli makes them, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """allauth with the door for new accounts closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always False: an account comes from kansli, with its roles."""
        return False
