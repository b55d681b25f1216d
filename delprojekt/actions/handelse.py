"""Beat 4: the event, and who is told. Written in the same transaction as the change; delivered after commit."""

import uuid

from django.db import transaction

from delprojekt.actions.takt import Takt
from delprojekt.jobs import Job, enqueue
from delprojekt.models import Handelse, Utskick
from delprojekt.process.delning import delas_med
from delprojekt.process.policy.avgor import Decision, substitutes_for
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.mottagare import concerned, letter, recipients, tells
from delprojekt.queries.namn import representatives


def record(
    takt: Takt,
    decision: Decision,
    before: Steg,
    motivering: str,
    nyckel: uuid.UUID | None,
    context: uuid.UUID | None,
    *,
    skicka: bool,
) -> Handelse:
    """Write the event and its mail. Out: the event."""
    after = Steg(takt.delprojekt.steg)
    event = Handelse.objects.create(
        delprojekt=takt.delprojekt,
        besok=takt.besok,
        act=takt.act,
        mening=takt.mening or takt.rule.event,
        person_id=takt.actor.person,
        som=takt.som or _shown_as(takt),
        for_rakning=decision.for_rakning,
        ersattare_for=substitutes_for(takt.actor, takt.act, takt.lage),
        fran_steg=before if takt.rule.moves else "",
        till_steg=after if takt.rule.moves else "",
        motivering=motivering,
        delas_med=delas_med(takt.act, before),
        efterhand=takt.rule.efterhand,
        rad=[krav.name for krav in decision.advice],
        nyckel=nyckel,
        sammanhang=context,
        hande_at=takt.now,
    )
    if skicka:
        _write_mail(takt, event)
    return event


def _shown_as(takt: Takt) -> str:
    """Return the role to show instead of a name: patient representatives are not named outside the group, and also not
    when their mission has ended or they were only put forward."""
    hidden = takt.actor.person in representatives(takt.actor, takt.delprojekt)
    return str(Roll.PATIENTFORETRADARE.label) if hidden else ""


def _write_mail(takt: Takt, event: Handelse) -> None:
    rows = mail(takt, event.motivering)
    for row in rows:
        row.handelse = event
    Utskick.objects.bulk_create(rows)
    if rows:
        transaction.on_commit(lambda: enqueue(Job.SKICKA_UTSKICK), robust=True)


def mail(takt: Takt, motivering: str = "") -> list[Utskick]:
    """Return the mail of an act that has changed its rows, unsaved: the common letter, then their own."""
    regions = takt.till_regioner
    if regions is None:
        regions = concerned(takt.act, takt.underlag.get("objekt"), takt.lage)
    people = recipients(takt.delprojekt, tells(takt.delprojekt, takt.act), regions, exclude=takt.actor.person)
    people += [
        one for one in dict.fromkeys(takt.aven) if one.epost and one not in people and one.pk != takt.actor.person
    ]
    people = [one for one in people if one.pk not in takt.brev]
    said = {one.pk: takt.egna_tillagg.get(one.pk, takt.tillagg) for one in people}
    mening = takt.mening or takt.rule.event
    letters = {words: letter(takt.delprojekt, takt.act, mening, motivering, words) for words in set(said.values())}
    common = [
        Utskick(person=one, adress=one.epost, amne=letters[said[one.pk]][0], text=letters[said[one.pk]][1])
        for one in people
    ]
    own = [
        Utskick(
            person_id=person,
            adress=brev.adress,
            amne=brev.amne,
            text=brev.text,
            losenordslank=brev.losenordslank,
            svarslank=brev.svarslank,
        )
        for person, brev in takt.brev.items()
    ]
    return [*common, *own]
