"""Building the whole demo in one transaction: all of it, or nothing that a second try would take for a finished one."""

from datetime import date

from django.db import transaction

from delprojekt.actions.jobb import close_outbox
from delprojekt.actions.paminnelse import remind
from delprojekt.demo import DEMODAG, avslutat_27, delprojekt_40, pagaende, tidiga
from delprojekt.demo.personer import create_people
from delprojekt.demo.vandring import Kalender
from delprojekt.process import klocka

PAMINDA = (date(2026, 8, 14), date(2026, 9, 13), date(2026, 10, 13), date(2026, 11, 12))
"""Days when the portal reminded in the demo: 60, 90, 120 and 150 days after number 40 was sent to the regions."""


def build() -> None:
    """Build people, accounts and delprojekt. The database holds reference data but no delprojekt."""
    with transaction.atomic(), klocka.vid(DEMODAG):
        create_people()
        kalender = Kalender()
        for story in (avslutat_27, delprojekt_40, pagaende, tidiga):
            story.tell(kalender)
        for day in PAMINDA:
            kalender.note(day, remind)
        kalender.run()
        close_outbox()
