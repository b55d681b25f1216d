"""Being appointed to the working group, and leaving it: the mandate, the account and the letter (§5.1.4)."""

from collections.abc import Iterable
from datetime import date, timedelta

from delprojekt.actions.forslag import hold
from delprojekt.actions.person import invite
from delprojekt.actions.takt import Egetbrev, Ogiltigt, Takt
from delprojekt.models import Konto, Nominering, Nomineringsbyte
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.roller import Roll
from delprojekt.queries.mottagare import letter, welcome_letter


def appoint(takt: Takt, rows: Iterable[Nominering], *, welcome: bool = True) -> list[str]:
    """Give nominees their mandate, an account if they lack one, and a letter of welcome.

    In: the rows with person and region. Out: what the log calls them; a patient representative only by role.
    """
    names, appointed = [], list(rows)
    for row in appointed:
        roll = Roll(row.roll)
        hold(
            row.person_id,
            roll,
            takt.delprojekt,
            omgang=takt.omgang,
            region=row.region,
            beslut=_decided(takt),
            till_date=mandate_end(row),
        )
        row.status, row.utsedd_date = Nomineringsstatus.UTSEDD, takt.dag
        row.save(update_fields=["status", "roll", "utsedd_date"])
        Nomineringsbyte.objects.create(
            nominering=row,
            status=row.status,
            date=takt.dag,
            kommentar=f"{_decided(takt)}, {roll.label.lower()}",
            registrerat_av_id=takt.actor.person,
        )
        names.append(roll.label.lower() if roll is Roll.PATIENTFORETRADARE else str(row.person))
    if welcome:
        _welcome(takt, appointed)
    return names


def mandate_end(row: Nominering) -> date | None:
    """An adjungerad's mandate ends by itself after its last day (M4.4-1)."""
    return row.till_date + timedelta(days=1) if row.till_date and row.roll == Roll.ADJUNGERAD else None


def extend(takt: Takt, row: Nominering, before: date | None) -> None:
    """Let the mandate of somebody who is adjungerad end when their row now says, later or sooner (M4.4-1).

    ``before``: the day it said earlier. Somebody whose time is already up gets a new mandate from today. Raises
    Ogiltigt without a day, and for a day that is past: a time that has been is not changed.
    """
    if row.till_date == before:
        return
    if row.till_date is None:
        raise Ogiltigt("till_date", "Skriv den sista dagen som personen är adjungerad.")
    if row.till_date < takt.now.date():
        raise Ogiltigt("till_date", "Sista dagen har redan passerat.")
    held = takt.delprojekt.innehav.filter(person=row.person_id, roll=row.roll, ersattare_for=None)
    if held.exclude(till_date__lte=takt.now.date()).update(till_date=mandate_end(row)):
        return
    hold(
        row.person_id,
        Roll(row.roll),
        takt.delprojekt,
        omgang=takt.omgang,
        region=row.region,
        beslut=f"Tiden förlängd {skriv(takt.now.date())}",
        till_date=mandate_end(row),
    )


def _decided(takt: Takt) -> str:
    point = takt.text("punkt")
    return f"Ledningsgruppen {skriv(takt.dag)}{f', punkt {point}' if point else ''}"


def _welcome(takt: Takt, rows: Iterable[Nominering]) -> None:
    """Write each their own letter instead of the common one, when everybody has their mandate."""
    for row in rows:
        if not row.person.epost:
            continue
        invite(row.person)
        konto = Konto.objects.filter(person=row.person).first()
        subject, text = welcome_letter(takt.delprojekt, row, _decided(takt))
        new = konto is not None and not konto.has_usable_password()
        takt.brev[row.person_id] = Egetbrev(row.person.epost, subject, text, losenordslank=new)


def dismiss(takt: Takt, row: Nominering, *, tell: bool = False) -> None:
    """End the mandate of somebody in the role of their row, today; with ``tell`` they are told in a letter."""
    held = takt.delprojekt.innehav.filter(person=row.person_id, roll=row.roll, till_date=None)
    ends = takt.delprojekt.innehav.filter(person=row.person_id, roll=row.roll, till_date__gt=takt.now.date())
    for mandate in (*held, *ends):
        mandate.till_date = takt.now.date()
        mandate.save(update_fields=["till_date"])
    if tell and row.person.epost:
        mening = f"Ditt uppdrag som {Roll(row.roll).i_gruppen} är avslutat."
        subject, text = letter(takt.delprojekt, takt.act, mening)
        takt.brev[row.person_id] = Egetbrev(row.person.epost, subject, text)
