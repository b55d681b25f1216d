"""The accessibility statement, and who is told when somebody finds a fault in the portal."""

from delprojekt.models import Innehav, Person, Redogorelse
from delprojekt.process.roller import Actor, Roll
from delprojekt.queries.aktor import gallande


def latest_statement(actor: Actor) -> Redogorelse:
    """Return the latest version, which is shown. Raises Redogorelse.DoesNotExist before the reference data."""
    found: Redogorelse = Redogorelse.objects.order_by("-pk").select_related("andrad_av")[:1].get()
    return found


def versions(actor: Actor) -> list[Redogorelse]:
    """Return every version, newest first."""
    return list(Redogorelse.objects.order_by("-pk").select_related("andrad_av"))


def faults_go_to(actor: Actor) -> list[Person]:
    """Return who at the kansli is told of faults: the administratörer with an address, else all of the kansli."""
    for roll in (Roll.ADMINISTRATOR, Roll.KANSLI):
        held = Innehav.objects.filter(gallande(), roll=roll, ersattare_for=None).values("person")
        found = list(Person.objects.filter(pk__in=held).exclude(epost="").order_by("pk"))
        if found:
            return found
    return []
