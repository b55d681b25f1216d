"""The whole group is dismissed when its delprojekt is broken off, and is back when that is undone (T42)."""

from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from delprojekt.actions.grupp import write_down
from delprojekt.actions.takt import Egetbrev, Takt, change
from delprojekt.models import Innehav, Nominering, Stegbesok, Uppdragsomgang
from delprojekt.models.historik import event_model
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.roller import ENTLEDIGAS
from delprojekt.queries.mottagare import letter


@change(Act.AVBRYT)
def dismiss_group(takt: Takt) -> None:
    """End every mandate of the group today, each with a letter of its own; the rows stay with their history.

    Also what begins later ends, and the substitutes with those whom they replace.
    """
    today = takt.now.date()
    replaced = Q(ersattare_for=None) | _lasts("ersattare_for__", today)
    held = takt.delprojekt.innehav.filter(_lasts("", today), replaced, roll__in=ENTLEDIGAS)
    people = {}
    for row in held.select_related("person").order_by("pk"):
        row.till_date, row.avslutat_i = today, takt.besok
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


def _lasts(path: str, today: date) -> Q:
    return Q((f"{path}till_date", None)) | Q((f"{path}till_date__gt", today))


def restore_group(takt: Takt, broken_off_in: Stegbesok) -> None:
    """Give those who were dismissed with the delprojekt their mandates again, until the day they had, and tell them.

    Their earlier rows stay as they ended, and no longer count as dismissed: if it is broken off once more, only those
    who are in the group then come back after that.
    """
    today = takt.now.date()
    back: dict[int | None, Innehav] = {}
    for row, ends in _dismissed(broken_off_in):
        if (ends and ends <= today) or (row.ersattare_for_id and row.ersattare_for_id not in back):
            continue
        back[row.pk] = _again(row, today, ends, back.get(row.ersattare_for_id))
        if not row.ersattare_for_id:
            _reappoint(takt, row, broken_off_in.omgang)
        takt.aven.append(row.person)
    Innehav.objects.filter(avslutat_i=broken_off_in).update(avslutat_i=None)


def _dismissed(broken_off_in: Stegbesok) -> list[tuple[Innehav, date | None]]:
    """Return what ended when it was broken off, each with the end that it had before; substitutes come last."""
    before = event_model("Innehav").objects.filter(pgh_obj=OuterRef("pk"), avslutat_i=None).order_by("-pgh_id")
    rows = Innehav.objects.filter(avslutat_i=broken_off_in).annotate(ends=Subquery(before.values("till_date")[:1]))
    rows = rows.select_related("person").order_by(F("ersattare_for").asc(nulls_first=True), "pk")
    return [(row, row.ends) for row in rows]


def _again(row: Innehav, today: date, ends: date | None, replaced: Innehav | None) -> Innehav:
    return Innehav.objects.create(
        person=row.person,
        roll=row.roll,
        region=row.region,
        delprojekt=row.delprojekt,
        omgang=row.omgang,
        fran_date=max(today, row.fran_date),
        till_date=ends,
        beslut=f"Öppnat igen {skriv(today)}",
        ersattare_for=replaced,
    )


def _reappoint(takt: Takt, row: Innehav, omgang: Uppdragsomgang | None) -> None:
    nominee = Nominering.objects.filter(omgang=omgang, person=row.person_id, roll=row.roll).first()
    if nominee and nominee.status == Nomineringsstatus.ENTLEDIGAD:
        _mark(takt, nominee, Nomineringsstatus.UTSEDD, "Delprojektet öppnades igen")


def _mark(takt: Takt, nominee: Nominering, status: Nomineringsstatus, why: str) -> None:
    nominee.status = status
    nominee.save(update_fields=["status"])
    write_down(takt, nominee, why)
