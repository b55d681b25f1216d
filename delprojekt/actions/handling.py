"""The register of allmänna handlingar: what an act leaves in it, its corrections, and its diarienummer."""

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.db.models import Max

from delprojekt.actions.filer import checksum, clean_name, write_whole
from delprojekt.actions.lock import REGISTERLAS
from delprojekt.actions.takt import IngetAndrat, Ogiltigt, Takt, change
from delprojekt.models import (
    AllmanHandling,
    Avvisning,
    Delning,
    Delprojekt,
    Diarienummer,
    Dokumentjobb,
    Forhandsvisning,
    Handelse,
    Region,
)
from delprojekt.models.handling import quarantine
from delprojekt.process.act import Act
from delprojekt.process.handling import NAMNDENS, Handlingsspec, Handlingstyp, Hantering, Motpart
from delprojekt.process.hanteringsplan import SLAG
from delprojekt.process.klocka import nu
from delprojekt.process.policy.avgor import for_all
from delprojekt.process.roller import Actor
from delprojekt.queries.handling import other_authority
from delprojekt.queries.hanteringsplan import read_plan

LANGD = 300


def register(takt: Takt, event: Handelse) -> AllmanHandling | None:
    """Write the row that the act's rule says it leaves in the register; None when it leaves none."""
    spec = takt.rule.handling
    if spec is None:
        return None
    came_in = spec.typ is Handlingstyp.INKOMMEN
    rule = read_plan(takt.actor).get(takt.act)
    row = AllmanHandling.objects.create(
        **_next(takt.now.year),
        delprojekt=takt.delprojekt,
        handelse=event,
        typ=spec.typ,
        date=takt.now.date() if came_in else takt.dag,
        region=takt.region(),
        dokument=takt.handling.get("dokument") or event.dokument.first(),
        hantering=rule.hantering if rule else spec.hantering,
        registrerad_at=takt.now,
        registrerad_av_id=takt.actor.person,
        **_said(takt, event, spec),
    )
    if dnr := str(takt.handling.get("dnr") or "").strip():
        _number(takt, row, row.region if came_in else None, dnr)
    return row


def _said(takt: Takt, event: Handelse, spec: Handlingsspec) -> dict[str, Any]:
    """Return what the row says: as the rule has it, unless the act knows better."""
    known = {name: value for name, value in takt.handling.items() if name not in {"dnr", "dokument"} and value}
    words = {"beskrivning": spec.beskrivning, "motpart": _other_party(takt, event, spec.motpart), **known}
    return {name: value[:LANGD] if isinstance(value, str) else value for name, value in words.items()}


def _next(year: int) -> dict[str, int]:
    """Return the next number of a year. Two acts at once wait for each other here, so that no number is used twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [REGISTERLAS, year])
    highest = AllmanHandling.objects.filter(ar=year).aggregate(highest=Max("lopnummer"))["highest"]
    return {"ar": year, "lopnummer": (highest or 0) + 1}


def _other_party(takt: Takt, event: Handelse, part: Motpart | str) -> str:
    if part is Motpart.REGION:
        region = takt.region()
        return str(region) if region else event.vem
    if part is Motpart.MOTTAGARE:
        return ", ".join(takt.lage.regionnamn[slug] for slug in takt.lage.regionnamn if slug in takt.lage.berorda)
    return event.vem if isinstance(part, Motpart) else part


def _row(takt: Takt, falt: str) -> AllmanHandling:
    rows = AllmanHandling.objects.filter(delprojekt=takt.delprojekt, ersatt_av=None)
    row = rows.filter(pk=takt.underlag["objekt"]).first()
    if row is None:
        raise Ogiltigt(falt, "Registreringen har rättats medan du skrev. Öppna den igen från registret.")
    return row


def _number(takt: Takt, row: AllmanHandling, region: Region | None, dnr: str) -> Diarienummer:
    return Diarienummer.objects.create(
        handling=row, region=region, dnr=dnr, angivet_at=takt.now, angivet_av_id=takt.actor.person
    )


@change(Act.ANGE_DIARIENUMMER)
def give_number(takt: Takt) -> None:
    """Add an authority's diarienummer; an earlier one is kept and shown as earlier (conventions.md §6.2)."""
    row, region, dnr = _row(takt, "dnr"), takt.region(), takt.text("dnr")
    if not dnr:
        raise Ogiltigt("dnr", "Skriv diarienumret.")
    if region is None and not for_all(takt.actor, takt.act, takt.lage):
        raise Ogiltigt("region", "Välj din region. Nämndens diarienummer anges av kansliet.")
    _number(takt, row, region, dnr)
    takt.skrev = True
    takt.mening = f"Diarienummer för {row.nummer} hos {region or NAMNDENS}: {dnr}."


RATTAS = ("typ", "date", "motpart", "beskrivning", "sekretess", "hantering", "hantering_text")


@change(Act.RATTA_HANDLING)
def correct(takt: Takt) -> None:
    """Replace a row with one that has the same number; the old one and the reason are kept.

    Raises Ogiltigt, and IngetAndrat when the new row would say what the old one says.
    """
    old = _row(takt, "beskrivning")
    if not takt.text("skal"):
        raise Ogiltigt("skal", "Skriv varför registreringen rättas.")
    kept = {f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if f.name not in {"id", "ersatter"}}
    new = {name: takt.underlag[name] for name in RATTAS if name in takt.underlag}
    if all(kept[name] == value for name, value in new.items()):
        raise IngetAndrat
    if "hantering" in new:
        _weigh_own_decision(takt, old, **kept | new)
    new |= {"rattelse": old.rattelse + 1, "skal": takt.text("skal")}
    new |= {"registrerad_at": takt.now, "registrerad_av_id": takt.actor.person}
    AllmanHandling.objects.create(**kept | new, ersatter=old)
    takt.skrev = True
    takt.mening = f"Registreringen {old.nummer} rättades. Skäl: {takt.text('skal')}"


def _weigh_own_decision(takt: Takt, old: AllmanHandling, **row: Any) -> None:
    """Raise Ogiltigt when a handling is to leave the plan and nothing says by what (conventions.md §6.2)."""
    act = Act(old.handelse.act)
    rule = read_plan(takt.actor).get(act)
    planned = Hantering(rule.hantering if rule else SLAG[act].hantering)
    if row["hantering"] != planned and not str(row["hantering_text"]).strip():
        words = f"Planen säger: {str(planned.label).lower()}. Skriv vilket beslut som gäller i stället för handlingen."
        raise Ogiltigt("hantering_text", words)


@change(Act.AVVISA_FIL)
def turn_away(takt: Takt) -> None:
    """Note a file that could not be taken (name, checksum, reason) and keep its bytes in quarantine."""
    upload = takt.underlag["fil"]
    values = _turned_away(upload, keep=bool(takt.underlag.get("behall")))
    reason = takt.text("skal")
    takt.mening = f"Filen ”{values['filnamn']}” togs inte emot. {reason.split('. ')[0].rstrip('.')}."

    def note(event: Handelse) -> None:
        Avvisning.objects.create(handelse=event, act=Act(takt.underlag["under"]), skal=reason, **values)

    takt.efterat.append(note)


def _turned_away(upload: "UploadedFile[bytes]", *, keep: bool) -> dict[str, Any]:
    key = checksum(upload)
    name = write_whole(quarantine(), f"avvisade/{uuid.uuid4().hex}.karantan", upload) if keep else ""
    return {"filnamn": clean_name(upload), "storlek": upload.size or 0, "sha256": key, "fil": name}


def note_sharing(actor: Actor, job: Dokumentjobb) -> Delning | None:
    """Note that arbetsmaterial was fetched by somebody of another authority (TF 2 kap.); None when it was not."""
    if job.dokument is not None and job.dokument.faststalld:
        return None
    version = job.dokument.version if job.dokument else "arbetsmaterial"
    words = f"{job.get_slag_display()} ({version}, {job.get_format_display()})"
    return note_taken(actor, job.delprojekt, words, job.sha256, job)


def note_preview(actor: Actor, delprojekt: Delprojekt, row: Forhandsvisning) -> None:
    """Note, once for each text, that the PDF beside the text was fetched by somebody of another authority."""
    known = Delning.objects.filter(delprojekt=delprojekt, person=actor.person, sha256=row.fingeravtryck)
    if not known.exists():
        note_taken(actor, delprojekt, f"{row.get_slag_display()} (förhandsvisning, PDF)", row.fingeravtryck)


def note_taken(
    actor: Actor, delprojekt: Delprojekt, vad: str, sha256: str, job: Dokumentjobb | None = None
) -> Delning | None:
    """Note that a file of arbetsmaterial was fetched by somebody of another authority; None when it was not."""
    region = other_authority(actor, delprojekt)
    if region is None or actor.person is None:
        return None
    return Delning.objects.create(
        delprojekt=delprojekt,
        jobb=job,
        person_id=actor.person,
        region=region,
        vad=vad[:200],
        sha256=sha256,
        delad_at=nu(),
    )
