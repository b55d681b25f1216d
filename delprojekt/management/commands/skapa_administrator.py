"""``manage.py skapa_administrator``: the first person in an empty portal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from delprojekt.actions.forvaltning import first_administrator
from delprojekt.actions.takt import Ogiltigt
from delprojekt.queries.losenord import password_link


class Command(BaseCommand):
    """Make the first administratör and print the link where the password is chosen (it is also sent by mail)."""

    help = "Skapar portalens första administratör. Alla andra läggs upp i portalen, under Personer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name and address."""
        for name in ("fornamn", "efternamn", "epost"):
            parser.add_argument(name)

    def handle(self, *_args: object, fornamn: str, efternamn: str, epost: str, **_options: Any) -> None:
        try:
            konto = first_administrator(fornamn, efternamn, epost)
        except Ogiltigt as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{konto.person} är administratör. Välj lösenord här:\n{password_link(konto)}")
