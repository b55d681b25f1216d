"""The whole group is dismissed when its delprojekt is broken off, and is back when that is undone (T42)."""

from delprojekt.actions.grupp import write_down
from delprojekt.actions.takt import Egetbrev, Takt, change
from delprojekt.actions.utse import mandate_end
from delprojekt.models import Innehav, Nominering, Stegbesok
from delprojekt.process.act import Act
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.queries.aktor import gallande
from delprojekt.queries.mottagare import letter

GRUPPEN = ARBETSGRUPP | {Roll.ADJUNGERAD, Roll.HELHETSANSVARIG}
"""Whose mission ends with the delprojekt; the kontaktperson stays with it (M4.5-1)."""


@change(Act.AVBRYT)
def dismiss_group(takt: Takt) -> None:
    """End every mandate of the group today, each with a letter of its own; the rows stay with their history."""
    held = takt.delprojekt.innehav.filter(gallande(), roll__in=GRUPPEN).select_related("person")
    people = {}
    for row in held.order_by("pk"):
        row.till_date, row.avslutat_i = takt.now.date(), takt.besok
        row.save(update_fields=["till_date", "avslutat_i"])
        people[row.person_id] = row.person
    for nominee in Nominering.objects.filter(omgang=takt.omgang, status=Nomineringsstatus.UTSEDD):
        _mark(takt, nominee, Nomineringsstatus.ENTLEDIGAD, "Delprojektet avbröts")
    said = "Ledningsgruppen har avbrutit delprojektet och arbetsgruppen är entledigad. Ditt uppdrag är avslutat. Tack!"
    for key, them in people.items():
        if them.epost:
            subject, text = letter(takt.delprojekt, takt.act, said, takt.text("text"))
            takt.brev[key] = Egetbrev(them.epost, subject, text)
    takt.mening = f"{takt.rule.event} Arbetsgruppen entledigades." if people else takt.rule.event


def restore_group(takt: Takt, broken_off_in: Stegbesok) -> None:
    """Give those who were dismissed with the delprojekt their mandates again, from today, and tell them."""
    for row in Innehav.objects.filter(avslutat_i=broken_off_in, ersattare_for=None).select_related("person"):
        nominee = Nominering.objects.filter(omgang=takt.path[-2].omgang, person=row.person, roll=row.roll).first()
        ends = mandate_end(nominee) if nominee else None
        if ends and ends <= takt.now.date():
            continue
        Innehav.objects.create(
            person=row.person,
            roll=row.roll,
            region=row.region,
            delprojekt=row.delprojekt,
            omgang=row.omgang,
            fran_date=takt.now.date(),
            till_date=ends,
            beslut=f"Öppnat igen {takt.now.date():%Y-%m-%d}",
        )
        if nominee and nominee.status == Nomineringsstatus.ENTLEDIGAD:
            _mark(takt, nominee, Nomineringsstatus.UTSEDD, "Delprojektet öppnades igen")
        takt.aven.append(row.person)


def _mark(takt: Takt, nominee: Nominering, status: Nomineringsstatus, why: str) -> None:
    nominee.status = status
    nominee.save(update_fields=["status"])
    write_down(takt, nominee, why)
