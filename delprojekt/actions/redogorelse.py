"""Writing the accessibility statement, and taking in what somebody says does not work."""

from typing import Any

from django.db import transaction

from delprojekt.actions.forvaltning import note, weighed
from delprojekt.actions.takt import IngetAndrat
from delprojekt.jobs import Job, enqueue
from delprojekt.models import Redogorelse, Utskick
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.klocka import nu
from delprojekt.process.roller import SYSTEM, Actor
from delprojekt.queries.redogorelse import faults_go_to, latest_statement

FALT = (
    "aktor",
    "tjanst",
    "forenlighet",
    "brister",
    "oskaligt",
    "omfattas_inte",
    "metod",
    "bedomd_date",
    "tillsyn_namn",
    "tillsyn_url",
)


def write_statement(actor: Actor, values: dict[str, Any]) -> Redogorelse:
    """Store a new version. In: a value for each of FALT. Out: the row. Raises EjTillatet, IngetAndrat."""
    with weighed(actor, Adminact.ANDRA_REDOGORELSE):
        before = latest_statement(actor)
        if all(getattr(before, name) == values[name] for name in FALT):
            raise IngetAndrat
        row: Redogorelse = Redogorelse.objects.create(
            **{name: values[name] for name in FALT}, andrad_at=nu(), andrad_av_id=actor.person
        )
        note(actor, Adminact.ANDRA_REDOGORELSE, "Tillgänglighetsredogörelsen ändrades.")
    return row


def report_fault(vad: str, sida: str, svara_till: str) -> int:
    """Take in what somebody says does not work, from anybody: the law asks for it (12 § DOS-förordningen).

    In: what, where, and maybe an address to answer to. Out: how many at the kansli get it by mail.
    """
    people = faults_go_to(SYSTEM)
    lines = [vad, "", f"Sida: {sida or 'inte angiven'}", f"Svara till: {svara_till or 'ingen adress lämnades'}"]
    with transaction.atomic():
        Utskick.objects.bulk_create(
            Utskick(
                person=person, adress=person.epost, amne="Synpunkt på portalens tillgänglighet", text="\n".join(lines)
            )
            for person in people
        )
        transaction.on_commit(lambda: enqueue(Job.SKICKA_UTSKICK), robust=True)
    return len(people)
