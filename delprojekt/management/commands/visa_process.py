"""``manage.py visa_process``: the method as it is implemented. Needs no database."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from delprojekt.process.beskriv import as_data, as_mermaid, as_text


class Command(BaseCommand):
    """Print POLICY as text, as a Mermaid diagram, or as JSON."""

    help = "Visar metoden som portalen följer den: text, --mermaid eller --json."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form to print in."""
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--mermaid", action="store_true", help="tillståndsdiagram")
        group.add_argument("--json", action="store_true", help="JSON")

    def handle(self, *_args: object, mermaid: bool, json: bool, **_options: object) -> None:
        if json:
            self.stdout.write(_json())
        else:
            self.stdout.write(as_mermaid() if mermaid else as_text())


def _json() -> str:
    return json.dumps(as_data(), ensure_ascii=False, indent=2)
