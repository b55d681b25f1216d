"""The daily reminders: what ``process/paminnelser.py`` says is due is written to the outbox, once."""

from datetime import date
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from delprojekt.actions.lock import lock
from delprojekt.jobs import Job, enqueue
from delprojekt.models import Delprojekt, Paminnelse, Person, Region, Utskick
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import nu
from delprojekt.process.lage import Lage
from delprojekt.process.paminnelser import Paminnelse as Forfallen
from delprojekt.process.paminnelser import forfallna
from delprojekt.process.roller import SYSTEM
from delprojekt.queries.lage import build_lage
from delprojekt.queries.mottagare import recipients
from delprojekt.queries.paminnelse import open_delprojekt


def remind() -> int:
    """Remind everybody of what is due today. Out: how many mails were written.

    Each delprojekt is locked and done in a transaction of its own. What was sent is logged per rule, thing, day and
    person, so a second run the same day sends nothing, and a job that was away for a week sends the latest once.
    """
    return sum(_remind_in(pk) for pk in open_delprojekt(SYSTEM))


def _remind_in(pk: int) -> int:
    with transaction.atomic():
        delprojekt = lock(pk)
        lage = build_lage(delprojekt)
        weekdays = delprojekt.sjukvardsregion.paminn_bara_vardagar
        due = list(forfallna(lage, nu().date(), bara_vardagar=weekdays))
        sent = sum(_send(delprojekt, lage, one) for one in due)
        if sent:
            transaction.on_commit(partial(enqueue, Job.SKICKA_UTSKICK), robust=True)
        return sent


def _send(delprojekt: Delprojekt, lage: Lage, due: Forfallen) -> int:
    about = {"slag": due.regel.slag, "objekt": due.tillfalle.objekt, "date": due.dag}
    reminded = set(Paminnelse.objects.filter(delprojekt=delprojekt, **about).values_list("person", flat=True))
    where = {due.tillfalle.region} if due.tillfalle.region else lage.berorda
    people = [person for person in recipients(delprojekt, due.roller, where) if person.pk not in reminded]
    region = Region.objects.filter(slug=due.tillfalle.region).first() if due.tillfalle.region else None
    for person in people:
        mail = _mail(delprojekt, due, person, region)
        Paminnelse.objects.create(
            delprojekt=delprojekt, person=person, region=region, utskick=mail, skickad_at=nu(), **about
        )
    return len(people)


def _mail(delprojekt: Delprojekt, due: Forfallen, person: Person, region: Region | None) -> Utskick:
    said = due.regel.text.format(dag=skriv(_named_day(due)), region=region or "Regionen")
    subject = " ".join(f"Påminnelse: {due.regel.slag.label}, {delprojekt}".split())
    context = {
        "delprojekt": delprojekt,
        "text": said,
        "adress": settings.PORTAL_ADRESS + delprojekt.get_absolute_url(),
    }
    text = render_to_string("mejl/paminnelse.txt", context)
    return Utskick.objects.create(person=person, adress=person.epost, amne=subject[:200], text=text)


def _named_day(due: Forfallen) -> date:
    """Return the day that the text names: of what is reminded of, not of the reminder."""
    return due.tillfalle.dag
