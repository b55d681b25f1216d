"""The working group: nominations, appointments and what changes on the way (§4, §5.1.4, T45, E9)."""

from collections.abc import Iterable
from typing import Any

from delprojekt.actions.nomineringssvar import answered, ask_region
from delprojekt.actions.person import find_or_register
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.actions.utse import appoint, dismiss, extend
from delprojekt.models import (
    Deltagande,
    Deltagandestatus,
    Finansiering,
    Kompetenskrav,
    Nominering,
    Nomineringsbyte,
    Nomineringsvag,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.grupp import SVAR, Nomineringsstatus
from delprojekt.process.roller import Roll

FALT = (
    "disciplin",
    "ar_chef",
    "avsatt_tid",
    "legitimitet",
    "ledarerfarenhet",
    "chef_namn",
    "chef_ja",
    "direkt_skal",
    "finansiering",
    "finansiering_skal",
    "omrade",
    "moten",
    "avsnitt",
    "till_date",
)
"""What is written down of a nominee beside name, role and region."""


@change(Act.NOMINERA)
def nominate(takt: Takt) -> None:
    """Put somebody forward for the group (M4-5). A person is found again by e-mail, else registered."""
    omgang, values = takt.need_omgang(), _values(takt)
    if takt.underlag["roll"] == Roll.ORDFORANDE and not takt.text("epost"):
        raise Ogiltigt("epost", "Ordföranden behöver en e-postadress för att kunna logga in.")
    same = {"person__fornamn": takt.text("fornamn"), "person__efternamn": takt.text("efternamn")}
    if Nominering.objects.filter(omgang=omgang, region=takt.region(), **same).exists():
        raise Ogiltigt("efternamn", "Någon med samma namn och region är redan nominerad.")
    person = find_or_register(takt)
    if Nominering.objects.filter(omgang=omgang, person=person).exists():
        raise Ogiltigt("epost", "Personen är redan nominerad.")
    row = Nominering.objects.create(
        omgang=omgang,
        person=person,
        roll=takt.underlag["roll"],
        region=takt.region(),
        status=_first_status(takt),
        vag=_way(takt),
        nominerad_av=takt.text("nominerad_av") or takt.actor.namn,
        nominerad_date=takt.dag,
        **values,
    )
    _covers(takt, row)
    write_down(takt, row, takt.text("kommentar"))
    answered(takt)
    takt.handling = {} if row.region else {"motpart": row.nominerad_av}
    takt.mening = f"{named(row)} nominerades som {Roll(row.roll).label.lower()}."


def _values(takt: Takt) -> dict[str, Any]:
    """Return what was filled in about a nominee. Raises Ogiltigt when a reason that is asked for is missing."""
    values = {name: takt.underlag[name] for name in FALT if name in takt.underlag}
    if _way(takt) == Nomineringsvag.DIREKT and not str(values.get("direkt_skal") or "").strip():
        raise Ogiltigt("direkt_skal", "Skriv varför personen föreslås utan att vara nominerad.")
    joint = values.get("finansiering") == Finansiering.SOLIDARISK
    if joint and not str(values.get("finansiering_skal") or "").strip():
        raise Ogiltigt("finansiering_skal", "Skriv varför processtödet behöver solidarisk finansiering.")
    return values


def _way(takt: Takt) -> str:
    """Return how the name came in: as it was filled in, else by the one who does it (M4.3-3)."""
    held = takt.actor.roller(takt.delprojekt.pk)
    by_role = {
        Roll.SAMARBETSGRUPP: Nomineringsvag.SAMARBETSGRUPPEN,
        Roll.LEDNINGSGRUPP: Nomineringsvag.LEDNINGSGRUPPEN,
        Roll.ORDFORANDE: Nomineringsvag.ORDFORANDE,
    }
    return takt.text("vag") or next((way for roll, way in by_role.items() if roll in held), Nomineringsvag.ANNAN)


def _first_status(takt: Takt) -> Nomineringsstatus:
    wanted = Nomineringsstatus(takt.text("status") or Nomineringsstatus.FORESLAGEN)
    if wanted not in SVAR:
        raise Ogiltigt("status", "Ledningsgruppen utser. Välj vad personen har svarat.")
    return wanted


def _covers(takt: Takt, row: Nominering) -> None:
    wanted = takt.underlag.get("kompetenser")
    if wanted is not None:
        row.kompetenser.set(Kompetenskrav.objects.filter(omgang=row.omgang_id, pk__in=wanted))


def write_down(takt: Takt, row: Nominering, comment: str = "", *, by_link: str = "") -> None:
    """Add a line to the history of a nomination: its status as it is now, who says so, and why.

    ``by_link``: who says so through a personal link, in words; no name is written, since a patient representative's is
    not for everybody.
    """
    who = None if by_link else takt.actor.person
    comment = ". ".join(part for part in (by_link, comment) if part)
    Nomineringsbyte.objects.create(
        nominering=row, status=row.status, date=takt.dag, kommentar=comment, registrerat_av_id=who
    )


def named(row: Nominering) -> str:
    """Return the name as the log may say it: a patient representative's stays in the group (conventions.md §6.4)."""
    return "En person" if row.roll == Roll.PATIENTFORETRADARE else str(row.person)


@change(Act.ANDRA_NOMINERING)
def update_nomination(takt: Takt) -> None:
    """Note what a nominee has answered, and what else has become known. Raises Ogiltigt for one who is appointed."""
    row = _row(takt)
    status = Nomineringsstatus(takt.text("status") or row.status)
    if status != row.status and row.status == Nomineringsstatus.UTSEDD:
        raise Ogiltigt("status", "Personen är utsedd. Ledningsgruppen entledigar den som ska lämna gruppen.")
    changed, before = status != row.status, row.till_date
    if changed and status not in SVAR:
        raise Ogiltigt("status", "Ledningsgruppen utser och entledigar. Välj vad personen har svarat.")
    for name, value in {**_values(takt), "status": status}.items():
        setattr(row, name, value)
    row.save()
    _covers(takt, row)
    if row.status == Nomineringsstatus.UTSEDD and row.roll == Roll.ADJUNGERAD:
        extend(takt, row, before)
    if takt.text("profession"):
        row.person.profession = takt.text("profession")
        row.person.save(update_fields=["profession"])
    if changed or takt.text("kommentar"):
        write_down(takt, row, takt.text("kommentar"))
    said = f": {status.label.lower()}" if changed else " uppdaterades"
    whom = "en patientföreträdare" if row.roll == Roll.PATIENTFORETRADARE else row.person
    takt.mening = f"Nomineringen av {whom}{said}."


def _row(takt: Takt) -> Nominering:
    return Nominering.objects.select_related("person", "region").get(
        pk=takt.underlag["objekt"], omgang=takt.need_omgang()
    )


@change(Act.UTSE_ORDFORANDE)
def appoint_chair(takt: Takt) -> None:
    """Appoint the chair; a former chair's mandate ends the same moment, never before (T45).

    The former chair may stay as a member (``stannar``). A member who becomes chair keeps one row, with a new role.
    """
    row = _new_chair(takt)
    for former in Nominering.objects.filter(
        omgang=takt.omgang, roll=Roll.ORDFORANDE, status=Nomineringsstatus.UTSEDD
    ).exclude(pk=row.pk):
        _step_down(takt, former, row)
    for held in takt.delprojekt.innehav.filter(roll=Roll.ORDFORANDE, till_date=None).exclude(person=row.person_id):
        held.till_date = takt.now.date()
        held.save(update_fields=["till_date"])
    if row.roll != Roll.ORDFORANDE:
        dismiss(takt, row)
        row.roll = Roll.ORDFORANDE
    appoint(takt, [row])
    takt.mening = f"Ledningsgruppen utsåg {row.person} till ordförande."


def _new_chair(takt: Takt) -> Nominering:
    keys = [k.nyckel for k in takt.lage.grupp.ordforandekandidater]
    rows = Nominering.objects.filter(pk__in=keys).select_related("person", "region")
    wanted = takt.underlag.get("nominering")
    found = rows.filter(pk=wanted) if wanted else rows.filter(roll=Roll.ORDFORANDE)
    row = found.order_by("-pk").first()
    if row is None:
        raise Ogiltigt("nominering", "Välj vem som ska vara ordförande.")
    if not row.person.epost:
        raise Ogiltigt("nominering", f"{row.person} behöver en e-postadress för att kunna logga in.")
    return row


def _step_down(takt: Takt, former: Nominering, new: Nominering) -> None:
    dismiss(takt, former)
    if takt.underlag.get("stannar"):
        former.roll = Roll.LEDAMOT
        appoint(takt, [former], welcome=False)
        return
    former.status = Nomineringsstatus.ENTLEDIGAD
    former.save(update_fields=["status"])
    write_down(takt, former, f"Ny ordförande: {new.person}")


@change(Act.UTSE_ARBETSGRUPP)
@change(Act.UTSE_FLER)
def appoint_members(takt: Takt) -> None:
    """Appoint those who are ticked, person by person (M5.1.4-1); without ticks all who have said yes. Others stay."""
    known = {k.nyckel: k for k in takt.lage.grupp.valbara}
    ticked = takt.underlag.get("utses")
    said_yes = [key for key, k in known.items() if k.status == Nomineringsstatus.TACKAT_JA]
    chosen = set(said_yes if ticked is None else ticked)
    if chosen - known.keys():
        raise Ogiltigt("utses", "Någon som du har valt går inte längre att utse. Läs in sidan igen.")
    if not chosen and takt.act is Act.UTSE_FLER:
        raise Ogiltigt("utses", "Välj vilka som ska utses.")
    rows = Nominering.objects.filter(pk__in=chosen).select_related("person", "region").order_by("pk")
    names = appoint(takt, rows)
    said = "utsåg arbetsgruppen" if takt.act is Act.UTSE_ARBETSGRUPP else "utsåg fler till arbetsgruppen"
    takt.mening = f"Ledningsgruppen {said}: {', '.join(names)}." if names else takt.rule.event


@change(Act.ENTLEDIGA)
def release(takt: Takt) -> None:
    """Let somebody leave the group. The row stays with its history; the mandate ends today."""
    row = _row(takt)
    dismiss(takt, row, tell=True)
    row.status = Nomineringsstatus.ENTLEDIGAD
    row.save(update_fields=["status"])
    write_down(takt, row, takt.text("text"))
    takt.mening = f"{named(row)} entledigades som {Roll(row.roll).label.lower()}."


@change(Act.ANDRA_DELTAGANDE)
def change_participation(takt: Takt) -> None:
    """Let a region join, follow or leave (E9). One that joins a group at work has its members appointed with it."""
    region, val = takt.region(), Deltagandestatus(takt.text("val"))
    row = Deltagande.objects.get(delprojekt=takt.delprojekt, region=region)
    if row.status == val:
        raise Ogiltigt("val", f"{region} har redan det deltagandet.")
    row.status = val
    row.save(update_fields=["status"])
    takt.mening = f"{region}: {val.label.lower()} från {skriv(takt.dag)}."
    if val != Deltagandestatus.DELTAR:
        return
    names = appoint(takt, _waiting_members(takt)) if takt.lage.har(Faktumslag.ARBETSGRUPP_UTSEDD) else []
    if names:
        takt.mening = f"{takt.mening} Utsedda: {', '.join(names)}. Nuläget ska beskrivas också för regionen."
    if not names:
        ask_region(takt)


def _waiting_members(takt: Takt) -> Iterable[Nominering]:
    rows = Nominering.objects.filter(
        omgang=takt.omgang, region=takt.region(), status=Nomineringsstatus.TACKAT_JA, roll=Roll.LEDAMOT
    )
    return rows.select_related("person", "region").order_by("pk")
