"""What somebody changes about themselves (GDPR art. 16). The address is the key to the account: it is asked for."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from delprojekt.actions.forvaltning import note, weighed
from delprojekt.actions.takt import IngetAndrat, Ogiltigt
from delprojekt.jobs import Job, enqueue
from delprojekt.models import Person, Utskick
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.roller import Actor
from delprojekt.queries.person import registrars

EGNA = ("telefon", "befattning", "profession")
"""What is changed at once; the row history keeps what it was."""


def change_own(actor: Actor, uppgifter: Mapping[str, Any]) -> str:
    """Change what somebody keeps up to date about themselves; pass on the wish for another address.

    In: the fields of EGNA, and ``epost``. Out: what was done, in words. Raises IngetAndrat when everything is known
    already, and Ogiltigt when nobody can take care of the address.
    """
    with weighed(actor, Adminact.ANDRA_EGNA_UPPGIFTER):
        person = Person.objects.select_for_update(of=("self",)).get(pk=actor.person or 0)
        said = [_change(actor, person, uppgifter), _ask_for_address(actor, person, uppgifter["epost"])]
    if not any(said):
        raise IngetAndrat
    return " ".join(filter(None, said))


def _change(actor: Actor, person: Person, uppgifter: Mapping[str, Any]) -> str:
    changed = [name for name in EGNA if getattr(person, name) != uppgifter[name]]
    if not changed:
        return ""
    for name in changed:
        setattr(person, name, uppgifter[name])
    person.save(update_fields=changed)
    words = ", ".join(str(Person._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    note(actor, Adminact.ANDRA_EGNA_UPPGIFTER, f"Ändrade sina egna uppgifter: {words}.", om=person)
    return "Dina uppgifter är ändrade."


def _ask_for_address(actor: Actor, person: Person, epost: str) -> str:
    """Ask those who keep the register to change the address: who holds it can choose a new password."""
    if epost.casefold() == person.epost.casefold():
        return ""
    wish = f"Bad om en ny e-postadress: {epost}."
    latest = person.forvaltning.filter(mening__startswith="Bad om en ny e-postadress").order_by("-pk").first()
    if latest is not None and latest.mening == wish:
        return "Administratören har redan fått din nya e-postadress."
    keepers = registrars(actor)
    if not keepers:
        raise Ogiltigt("epost", "Det finns ingen administratör att fråga. Skriv till kansliet.")
    page = settings.PORTAL_ADRESS + reverse("person_gor", args=[person.pk, Adminact.ANDRA_PERSON.value])
    text = render_to_string("mejl/ny_adress.txt", {"person": person, "epost": epost, "lank": page})
    subject = f"{person} vill byta e-postadress"
    for one in keepers:
        Utskick.objects.create(person=one, adress=one.epost, amne=subject, text=text)
    transaction.on_commit(lambda: enqueue(Job.SKICKA_UTSKICK), robust=True)
    note(actor, Adminact.ANDRA_EGNA_UPPGIFTER, wish, om=person)
    return "Administratören har fått din nya e-postadress och ändrar den. Logga in med den gamla till dess."
