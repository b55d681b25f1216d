"""Building the whole demo in one transaction: all of it, or nothing that a second try would take for a finished one."""

from django.db import transaction

from delprojekt.actions.jobb import close_outbox
from delprojekt.demo import DEMODAG, avslutat_27, delprojekt_40, pagaende, tidiga
from delprojekt.demo.personer import create_people
from delprojekt.demo.vandring import Kalender
from delprojekt.process import klocka


def build() -> None:
    """Build people, accounts and delprojekt. The database holds reference data but no delprojekt."""
    with transaction.atomic(), klocka.vid(DEMODAG):
        create_people()
        kalender = Kalender()
        for story in (avslutat_27, delprojekt_40, pagaende, tidiga):
            story.tell(kalender)
        kalender.run()
        close_outbox()
