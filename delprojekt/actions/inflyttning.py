"""Moving in: a delprojekt that began before the portal gets its place in it (V-22; architecture.md §9, last line)."""

from datetime import date, datetime, time
from functools import partial
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone

from delprojekt.actions.efterhand import Forflutet, keep_files, write_past
from delprojekt.actions.lock import lock_root
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.actions.vantar import rebuild_vantar
from delprojekt.models import (
    Delprojekt,
    Deltagande,
    Deltagandestatus,
    Handelse,
    Mallstatus,
    Mallversion,
    Projektforslag,
    Region,
    Sjukvardsregion,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.act import Act
from delprojekt.process.efterhand import entered_by
from delprojekt.process.klocka import nu
from delprojekt.process.krav import Underlag
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import require
from delprojekt.process.roller import Actor
from delprojekt.process.steg import FORE_START, Steg, way_to


def move_in(actor: Actor, underlag: Underlag) -> Delprojekt:
    """Create a delprojekt in the step it stands in, with what is known of its past; no mail is sent.

    In: an administrator, and what was filled in (``steg``, ``benamning``, ``nummer``, ``delnummer``, ``alias``,
    ``regioner``, ``kalla``, ``filer`` and what ``write_past`` takes). Out: the delprojekt, which goes on by the
    ordinary rules. Raises Refused for everybody else, Ogiltigt when a value cannot be used; then nothing is saved.
    """
    require(actor, Act.LAGG_IN_PAGAENDE, Lage(steg=Steg.PROJEKTFORSLAG), underlag)
    now = nu()
    with transaction.atomic(), pghistory.context(person=actor.person, act=Act.LAGG_IN_PAGAENDE.name) as context:
        root = lock_root()
        delprojekt = _row(root, underlag, now)
        omgang = _omgang(delprojekt, now)
        visits = _visits(delprojekt, omgang, underlag)
        write_past(Forflutet(delprojekt, visits, omgang, actor.person, now), underlag)
        event = Handelse.objects.create(
            delprojekt=delprojekt,
            besok=visits[Steg(delprojekt.steg)],
            act=Act.LAGG_IN_PAGAENDE,
            mening=" ".join(part for part in (POLICY[Act.LAGG_IN_PAGAENDE].event, underlag.get("kalla")) if part),
            person_id=actor.person,
            till_steg=delprojekt.steg,
            efterhand=True,
            sammanhang=context.id if context else None,
            hande_at=now,
        )
        keep_files(event, underlag.get("filer") or [])
        rebuild_vantar(delprojekt, delprojekt.stegat_at)
    return delprojekt


def _row(root: Sjukvardsregion, underlag: Underlag, now: datetime) -> Delprojekt:
    steg, number, part = Steg(underlag["steg"]), underlag.get("nummer"), underlag.get("delnummer") or ""
    _check_number(root, steg, number, part)
    delprojekt = Delprojekt(
        sjukvardsregion=root,
        nummer=number,
        delnummer=part,
        benamning=underlag["benamning"],
        alias=underlag.get("alias") or [],
        steg=steg,
        skapat_at=now,
        stegat_at=_at(entered(steg, underlag)) or now,
    )
    delprojekt.save()
    Projektforslag.objects.create(delprojekt=delprojekt)
    Deltagande.objects.bulk_create(
        Deltagande(delprojekt=delprojekt, region=region, status=Deltagandestatus.OKANT)
        for region in Region.objects.filter(sjukvardsregion=root)
    )
    return delprojekt


def _check_number(root: Sjukvardsregion, steg: Steg, number: int | None, part: str) -> None:
    """Raise Ogiltigt when a delprojekt in the step cannot have the number."""
    if number and Delprojekt.objects.filter(sjukvardsregion=root, nummer=number, delnummer=part).exists():
        raise Ogiltigt("nummer", f"Nummer {number}{f':{part}' if part else ''} används redan av ett annat delprojekt.")
    if number and steg in FORE_START:
        raise Ogiltigt("nummer", "Ett delprojekt får sitt nummer när ledningsgruppen beslutar om uppstart.")


def _omgang(delprojekt: Delprojekt, now: datetime) -> Uppdragsomgang | None:
    """Return the first uppdragsomgång, with the template of today; none for what has not been started."""
    if Steg(delprojekt.steg) in FORE_START:
        return None
    template = Mallversion.objects.get(status=Mallstatus.GALLANDE)
    return Uppdragsomgang.objects.create(delprojekt=delprojekt, nummer=1, mallversion=template, oppnad_at=now)


def _visits(delprojekt: Delprojekt, omgang: Uppdragsomgang | None, underlag: Underlag) -> dict[Steg, Stegbesok]:
    return {
        steg: Stegbesok.objects.create(
            delprojekt=delprojekt,
            nummer=number,
            steg=steg,
            omgang=None if steg in FORE_START else omgang,
            fran_at=_at(entered(steg, underlag)),
            act=Act.LAGG_IN_PAGAENDE,
            efterhand=True,
        )
        for number, steg in enumerate(way_to(Steg(delprojekt.steg)), 1)
    }


def entered(steg: Steg, underlag: Underlag) -> date | None:
    """Return the day a step was entered, from what is told; None when nobody knows."""
    decided = underlag.get("namndbeslut") or {}
    if steg is Steg.HUVUDMANSBESLUT and decided:
        day: date | None = None if decided.get("datum_text") else decided.get("dag")
        return day
    days = [f.dag for f in underlag.get("fakta") or [] if f.slag in entered_by(steg) and not f.datum_text]
    return max(days, default=None)


def _at(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(12))) if day else None


@change(Act.KOMPLETTERA_I_EFTERHAND, numbers=True)
def complete(takt: Takt) -> None:
    """Add what was not known when the delprojekt was moved in; what is known already is corrected instead."""
    visits = {Steg(visit.steg): visit for visit in takt.path}
    past = Forflutet(takt.delprojekt, visits, takt.omgang, takt.actor.person, takt.now)
    added = _name(takt) + write_past(past, takt.underlag)
    files: list[Any] = takt.underlag.get("filer") or []
    if not added and not files:
        raise Ogiltigt("filer", "Fyll i minst en uppgift eller välj minst en fil.")
    takt.efterat.append(partial(keep_files, uploads=files))
    words = added + [f"{len(files)} fil{'er' if len(files) > 1 else ''}"] * bool(files)
    takt.mening = " ".join(filter(None, (f"Lades till i efterhand: {'; '.join(words)}.", takt.text("kalla"))))


def _name(takt: Takt) -> list[str]:
    """Give a delprojekt the number that it lacks, and more names. Out: what was added, in words."""
    row, underlag, added = takt.delprojekt, takt.underlag, []
    if underlag.get("nummer") and row.nummer is None:
        part = underlag.get("delnummer") or ""
        _check_number(row.sjukvardsregion, Steg(row.steg), underlag["nummer"], part)
        row.nummer, row.delnummer = underlag["nummer"], part
        added.append(f"nummer {row.beteckning}")
    if names := [name for name in underlag.get("alias") or [] if name not in row.alias]:
        row.alias = [*row.alias, *names]
        added.append(f"kallas också {', '.join(names)}")
    if added:
        row.save(update_fields=["nummer", "delnummer", "alias"])
    return added
