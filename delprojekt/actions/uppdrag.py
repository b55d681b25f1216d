"""Uppdrag and arbetsgrupp: points, competences, milestones, nominations, appointments (§4, §5.1.3–5.1.4)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from delprojekt.actions.dokument import fix_document
from delprojekt.actions.forslag import hold, open_omgang
from delprojekt.actions.person import invite
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import Dokumentslag, Kompetenskrav, Milstolpe, Nominering, Person, Styrka, Uppdragspunkt
from delprojekt.process.act import Act
from delprojekt.process.datum import parse_partial
from delprojekt.process.roller import Roll


@change(Act.REDIGERA_UPPDRAG)
def edit_uppdrag(takt: Takt) -> None:
    """Replace points, competences and milestones by what was filled in, one per line; rows taken out are struck."""
    u = takt.underlag
    points = [{"text": line} for line in u["punkter"]]
    _replace(Uppdragspunkt, [{"nummer": n, **p} for n, p in enumerate(points, 1)], takt)
    wanted = [{"kompetens": k, "styrka": Styrka.SKA} for k in u["kompetens_ska"]]
    wanted += [{"kompetens": k, "styrka": Styrka.BOR} for k in u["kompetens_bor"]]
    _replace(Kompetenskrav, wanted, takt)
    stones = [{"rubrik": name, "nar": when, "sista_date": parse_partial(when)} for name, when in u["milstolpar"]]
    _replace(Milstolpe, stones, takt)


def _replace(
    model: type[Uppdragspunkt | Kompetenskrav | Milstolpe], wanted: Sequence[dict[str, Any]], takt: Takt
) -> None:
    """Make the living rows equal to ``wanted``: equal ones stay, others are struck, new ones come; none is deleted."""
    missing = list(wanted)
    for row in model._default_manager.filter(omgang=takt.omgang, struken_at=None):
        same = next((item for item in missing if all(getattr(row, k) == v for k, v in item.items())), None)
        if same is not None:
            missing.remove(same)
            continue
        row.struken_at = takt.now
        row.save(update_fields=["struken_at"])
    for item in missing:
        model._default_manager.create(omgang=takt.need_omgang(), **item)


@change(Act.FASTSTALL_UPPDRAG)
def fix_uppdrag(takt: Takt) -> None:
    """Freeze the uppdrag as version 1.0 (V-12)."""
    fix_document(takt, Dokumentslag.UPPDRAG, decided_by="Fastställt av ledningsgruppen", dag=takt.dag)


@change(Act.NOMINERA)
def nominate(takt: Takt) -> None:
    """Put somebody forward for the group (M4-5). A person is found again by e-mail, else registered."""
    omgang = takt.need_omgang()
    if takt.underlag["roll"] == Roll.ORDFORANDE and not takt.text("epost"):
        raise Ogiltigt("epost", "Ordföranden behöver en e-postadress för att kunna logga in.")
    same = {"person__fornamn": takt.text("fornamn"), "person__efternamn": takt.text("efternamn")}
    if Nominering.objects.filter(omgang=omgang, region=takt.region(), **same).exists():
        raise Ogiltigt("efternamn", "Någon med samma namn och region är redan nominerad.")
    person = _person(takt)
    if Nominering.objects.filter(omgang=omgang, person=person).exists():
        raise Ogiltigt("epost", "Personen är redan nominerad.")
    row = Nominering.objects.create(
        omgang=omgang,
        person=person,
        roll=takt.underlag["roll"],
        region=takt.region(),
        avsatt_tid=takt.text("avsatt_tid"),
        chef_namn=takt.text("chef_namn"),
        chef_ja=bool(takt.underlag.get("chef_ja")),
        nominerad_av=takt.text("nominerad_av") or takt.actor.namn,
        nominerad_date=takt.dag,
    )
    row.kompetenser.set(Kompetenskrav.objects.filter(omgang=omgang, pk__in=takt.underlag.get("kompetenser") or []))
    takt.handling = {} if row.region else {"motpart": row.nominerad_av}
    takt.mening = f"{_named(row)} nominerades som {Roll(row.roll).label.lower()}."


def _named(row: Nominering) -> str:
    """Return the name as the log may say it: a patient representative's stays in the group (conventions.md §6.4)."""
    return "En person" if row.roll == Roll.PATIENTFORETRADARE else str(row.person)


def _person(takt: Takt) -> Person:
    email = takt.text("epost").lower()
    found = Person.objects.filter(epost=email).first() if email else None
    return found or Person.objects.create(
        fornamn=takt.text("fornamn"),
        efternamn=takt.text("efternamn"),
        epost=email,
        befattning=takt.text("befattning"),
        profession=takt.text("profession"),
        region=takt.region(),
    )


def _appoint(takt: Takt, rows: "QuerySet[Nominering]") -> list[str]:
    names = []
    for row in rows.select_related("person").order_by("pk"):
        roll = Roll(row.roll)
        hold(row.person_id, roll, takt.delprojekt, omgang=takt.omgang, region=row.region, beslut=_decided(takt))
        invite(row.person)
        row.utsedd_date = takt.dag
        row.save(update_fields=["utsedd_date"])
        names.append(roll.label.lower() if roll is Roll.PATIENTFORETRADARE else str(row.person))
    return names


def _decided(takt: Takt) -> str:
    point = takt.text("punkt")
    return f"Ledningsgruppen {takt.dag:%Y-%m-%d}{f', punkt {point}' if point else ''}"


@change(Act.UTSE_ORDFORANDE)
def appoint_chair(takt: Takt) -> None:
    """Appoint the nominated chair; a former chair's mandate ends the same moment."""
    rows = Nominering.objects.filter(omgang=takt.need_omgang(), roll=Roll.ORDFORANDE)
    chosen = rows.filter(pk=takt.underlag["nominering"]) if takt.underlag.get("nominering") else rows
    latest = chosen.order_by("-pk")[:1]
    for former in takt.delprojekt.innehav.filter(roll=Roll.ORDFORANDE, till_date=None):
        former.till_date = takt.now.date()
        former.save(update_fields=["till_date"])
    names = _appoint(takt, Nominering.objects.filter(pk__in=[row.pk for row in latest]))
    takt.mening = f"Ledningsgruppen utsåg {' och '.join(names)} till ordförande."


@change(Act.UTSE_ARBETSGRUPP)
def appoint_group(takt: Takt) -> None:
    """Appoint everybody who is nominated and not yet appointed (M5.1.4-1: ledningsgruppen utser, per person)."""
    rows = Nominering.objects.filter(omgang=takt.need_omgang(), utsedd_date=None).exclude(roll=Roll.ORDFORANDE)
    names = _appoint(takt, rows)
    takt.mening = f"Ledningsgruppen utsåg arbetsgruppen: {', '.join(names)}." if names else takt.rule.event


@change(Act.FORNYA_UPPDRAG)
def renew(takt: Takt) -> None:
    """Open a new uppdragsomgång; the old one's texts stay as they were (V-20)."""
    takt.omgang = open_omgang(takt, skal=takt.text("text"))
