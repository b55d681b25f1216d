"""The demo's people, their roles in the portal, and their accounts."""

from datetime import date

from django.contrib.auth.hashers import make_password

from delprojekt.actions.person import grant, open_account, register_person
from delprojekt.demo.konton import FIGURER, LOSENORD, UTAN_KONTO

SEDAN = date(2018, 1, 1)
"""All of them have had their roles since before the oldest delprojekt."""


def create_people() -> None:
    """Create everybody, with accounts for those who have one.

    The password is hashed once: hashing is slow on purpose, and twenty times would be a good part of ``make run``.
    """
    hashed = make_password(LOSENORD)
    for figure in (*FIGURER, *UTAN_KONTO):
        new = register_person(
            fornamn=figure.fornamn,
            efternamn=figure.efternamn,
            epost=figure.epost,
            befattning=figure.befattning,
            profession=figure.profession,
            region=figure.region,
        )
        grant(new, figure.roller, fran=SEDAN)
        if figure in FIGURER:
            open_account(new, hashed)
