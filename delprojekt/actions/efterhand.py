"""Writing down what happened before the portal: facts, decisions, people and files, all marked as told afterwards."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from delprojekt.actions.filer import checksum, store_upload
from delprojekt.actions.forslag import hold
from delprojekt.actions.omgang import first_round
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import (
    Arende,
    Attsats,
    Beslutsforslag,
    Beslutshandling,
    Delprojekt,
    Deltagandestatus,
    Faktumrad,
    Filslag,
    Granskning,
    Handelse,
    Huvudmansbeslut,
    Inlagdfil,
    Mote,
    Namndbeslut,
    Organ,
    Person,
    Region,
    Rekommendation,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.datum import parse_day
from delprojekt.process.efterhand import Uppgift, kinds_by_step
from delprojekt.process.fakta import FAKTA, Livslangd, Organslag
from delprojekt.process.krav import Underlag
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg


@dataclass
class Forflutet:
    """Where what is told is written: the visit of each step, the uppdragsomgång, who tells it and when."""

    delprojekt: Delprojekt
    besok: Mapping[Steg, Stegbesok]
    omgang: Uppdragsomgang | None
    person: int | None
    now: datetime
    regioner: dict[str, Region] = field(default_factory=lambda: {r.slug: r for r in Region.objects.all()})

    def visit(self, steg: Steg) -> Stegbesok:
        """Return the visit of a step; of something Historiskt there is only one."""
        return self.besok.get(steg) or self.besok[Steg(self.delprojekt.steg)]

    def deltar(self, falt: str) -> list[Region]:
        """Return the regions that take part. Raises Ogiltigt, beside a field that is for them, if it is not known."""
        rows = self.delprojekt.deltaganden.filter(status=Deltagandestatus.DELTAR).select_related("region")
        if not rows:
            raise Ogiltigt(falt, "Ange också vilka regioner som deltar. De är de som det riktas till.")
        return [row.region for row in rows]


def write_past(past: Forflutet, underlag: Underlag) -> list[str]:
    """Write everything that was filled in. Out: what was added, in words. Raises Ogiltigt; then nothing is kept."""
    added = _write_participants(past, underlag.get("regioner"))
    added += [write_fact(past, one) for one in underlag.get("fakta") or []]
    if underlag.get("attsatser"):
        added.append(_write_beslutsforslag(past, underlag["attsatser"]))
    if underlag.get("namndbeslut"):
        added.append(_write_namndbeslut(past, underlag["namndbeslut"]))
    added += [_write_region(past, one) for one in underlag.get("regionbeslut") or []]
    return added + _write_people(past, underlag)


def _write_participants(past: Forflutet, taking: Collection[str] | None) -> list[str]:
    """Write which regions took part; nothing when nobody knows. What is known already is corrected instead."""
    if not taking:
        return []
    rows = list(past.delprojekt.deltaganden.filter(status=Deltagandestatus.OKANT).select_related("region"))
    for row in rows:
        row.status = Deltagandestatus.DELTAR if row.region.slug in taking else Deltagandestatus.DELTAR_EJ
        row.save(update_fields=["status"])
    return ["Regioner som deltar"] * bool(rows)


def write_fact(past: Forflutet, one: Uppgift) -> str:
    """Write one fact in the visit of its step. Out: its words. Raises Ogiltigt when it cannot belong here."""
    spec = FAKTA[one.slag]
    steg = next((s for s, kinds in kinds_by_step(Steg(past.delprojekt.steg)).items() if one.slag in kinds), None)
    if steg is None:
        raise Ogiltigt(one.nyckel, f"”{one.slag.label}” hör inte till de steg som delprojektet har varit i.")
    rows = Faktumrad.objects.filter(delprojekt=past.delprojekt, slag=one.slag, ersatt_av=None)
    if not spec.flera and rows.exists():
        raise Ogiltigt(one.nyckel, f"”{one.slag.label}” finns redan. Rätta uppgiften i stället.")
    if one.dag > past.now.date():
        raise Ogiltigt(f"{one.nyckel}_nar", "Datumet har inte varit än.")
    visit = past.visit(steg)
    row = Faktumrad.objects.create(
        delprojekt=past.delprojekt,
        besok=visit,
        omgang=past.omgang if spec.livslangd is Livslangd.OMGANG else visit.omgang,
        slag=one.slag,
        date=one.dag,
        datum_text=one.datum_text,
        arende=_item(past, one),
        organ=one.organ or "",
        region=past.regioner.get(one.region),
        val=one.val,
        part=one.part,
        text=one.text,
        efterhand=True,
        registrerat_av_id=past.person,
    )
    return f"{row.get_slag_display()} {row.nar}"


def _item(past: Forflutet, one: Uppgift) -> Arende | None:
    """Return the meeting's item; where only the month or the year is known there is no meeting to point to."""
    if one.organ is None or one.datum_text:
        return None
    return item(past.delprojekt, one.organ, one.dag, one.punkt)


def item(delprojekt: Delprojekt, organ: Organslag, dag: Any, punkt: str) -> Arende:
    """Return a new item of a body's meeting, which is made if it is not known."""
    body = Organ.objects.filter(slag=organ).order_by("pk").first()
    if body is None:
        raise Ogiltigt("organ", f"Det finns inget organ av slaget {organ.label}.")
    meeting, _ = Mote.objects.get_or_create(organ=body, date=dag)
    return Arende.objects.create(mote=meeting, delprojekt=delprojekt, punkt=punkt)


def _write_beslutsforslag(past: Forflutet, texts: Iterable[str]) -> str:
    if past.delprojekt.beslutsforslag.exists():
        raise Ogiltigt("attsatser", "Det finns redan ett beslutsförslag.")
    row = Beslutsforslag.objects.create(
        delprojekt=past.delprojekt,
        besok=past.visit(Steg.LEDNINGSGRUPP),
        version=1,
        skrivet_at=past.now,
        skrivet_av_id=past.person,
    )
    for number, text in enumerate(texts, 1):
        Attsats.objects.create(beslutsforslag=row, nummer=number, text=text).mottagare.set(past.deltar("attsatser"))
    return "Ledningsgruppens beslutsförslag"


def _write_namndbeslut(past: Forflutet, said: Mapping[str, Any]) -> str:
    """Write nämndens decision, as far as it is known, and open its follow-up; or what a decision lacked: what it
    recommended. Raises Ogiltigt."""
    texts = said.get("rekommendationer") or []
    row = past.delprojekt.namndbeslut.filter(aterkallat_at=None).first()
    if row is None:
        row = _new_namndbeslut(past, said)
        words = f"Nämndens beslut {row.nar}"
    elif any(said.get(name) for name in ("dag", "datum_text", "punkt", "dnr", "lydelse")):
        raise Ogiltigt("namnd_nar", "Nämndens beslut finns redan. Rätta uppgiften i stället.")
    elif row.rekommendationer.exists():
        raise Ogiltigt("rekommendationer", "Nämndens rekommendationer finns redan.")
    else:
        words = "Nämndens rekommendationer"
    for number, text in enumerate(texts, 1):
        Rekommendation.objects.create(namndbeslut=row, nummer=number, text=text).mottagare.set(
            past.deltar("rekommendationer")
        )
    return words


def _new_namndbeslut(past: Forflutet, said: Mapping[str, Any]) -> Namndbeslut:
    """Return nämndens decision as a new row; where its day is not known there is no meeting to point to."""
    day, point = None if said.get("datum_text") else said.get("dag"), said.get("punkt") or ""
    if day and day > past.now.date():
        raise Ogiltigt("namnd_nar", "Datumet har inte varit än.")
    row = Namndbeslut.objects.create(
        delprojekt=past.delprojekt,
        besok=past.visit(Steg.NAMND),
        arende=item(past.delprojekt, Organslag.NAMND, day, point) if day else None,
        datum_text=said.get("datum_text") or "",
        paragraf="" if day else point,
        dnr=said.get("dnr") or "",
        lydelse=said.get("lydelse") or "",
    )
    if past.delprojekt.steg != Steg.HISTORISKT:  # of which nothing is to come
        first_round(row, day)
    return row


def _write_region(past: Forflutet, said: Mapping[str, Any]) -> str:
    region, slug = past.regioner[said["region"]], said["region"]
    decision = Namndbeslut.objects.filter(delprojekt=past.delprojekt, aterkallat_at=None).first()
    asked = list(decision.rekommendationer.filter(mottagare=region)) if decision else []
    if decision is None or not asked:
        raise Ogiltigt(f"beslut_{slug}_nar", "Ange först nämndens beslut och minst en rekommendation till regionen.")
    day: date | None = said.get("dag")
    if day and not (decision.dag or day) <= day <= past.now.date():
        raise Ogiltigt(f"beslut_{slug}_nar", "Regionens beslut ska ligga efter nämndens och får inte vara i framtiden.")
    upload = said.get("fil")
    paper = Beslutshandling(
        namndbeslut=decision,
        region=region,
        niva=said.get("niva") or "politisk",
        organ=said.get("organ") or "Uppgift saknas",
        date=day,
        datum_text=said.get("datum_text") or "",
        paragraf=said.get("paragraf") or "",
        inkommen_at=past.now,
        inlamnad_av_id=past.person,
        granskning=Granskning.VANTAR,  # also of what is old: nobody has read it here
    )
    if upload:
        stored = store_upload(upload, f"beslut/{past.now:%Y}", f"beslut_{slug}_fil")
        paper.fil.name, paper.filnamn = stored.namn, stored.filnamn
        paper.storlek, paper.sha256 = stored.storlek, stored.sha256
    paper.save()
    Huvudmansbeslut.objects.bulk_create(
        Huvudmansbeslut(handling=paper, rekommendation=rek, utfall=said["utfall"]) for rek in asked
    )
    return f"{region}s beslut {paper.nar}"


def _write_people(past: Forflutet, underlag: Underlag) -> list[str]:
    added = []
    if underlag.get("kontaktperson"):
        hold(underlag["kontaktperson"].pk, Roll.KONTAKTPERSON, past.delprojekt)
        added.append("kontaktperson")
    group = [(Roll.ORDFORANDE, row) for row in underlag.get("ordforande") or []]
    group += [(Roll.LEDAMOT, row) for row in underlag.get("ledamoter") or []]
    for roll, row in group:
        region = past.regioner.get(row.get("region") or "")
        hold(_person(row, region).pk, roll, past.delprojekt, omgang=past.omgang, region=region, beslut="Före portalen")
    return added + [f"{len(group)} i arbetsgruppen"] * bool(group)


def _person(row: Mapping[str, Any], region: Region | None) -> Person:
    email = str(row.get("epost") or "").lower()
    found = Person.objects.filter(epost=email).first() if email else None
    return found or Person.objects.create(
        fornamn=row["fornamn"], efternamn=row["efternamn"], epost=email, region=region
    )


def keep_files(event: Handelse, uploads: Iterable["UploadedFile[bytes]"]) -> None:
    """Keep files; kind and day are read from their names and can be corrected. A file that is there already is left.

    Raises Ogiltigt when one cannot be written.
    """
    known = set(Inlagdfil.objects.filter(delprojekt=event.delprojekt_id).values_list("sha256", flat=True))
    for upload in uploads:
        key = checksum(upload)
        if key in known:
            continue
        known.add(key)
        stored = store_upload(upload, f"inlagt/{event.hande_at:%Y}", "filer")
        Inlagdfil.objects.create(
            delprojekt_id=event.delprojekt_id,
            handelse=event,
            slag=guess_kind(stored.filnamn),
            date=guess_day(stored.filnamn),
            fil=stored.namn,
            filnamn=stored.filnamn,
            storlek=stored.storlek,
            sha256=stored.sha256,
        )


def guess_kind(name: str) -> Filslag:
    """Return the kind that a file's name speaks of: ``2019-10-03 Protokollsutdrag SRVN.pdf``."""
    lowered = name.lower().replace("ö", "o").replace("protokoll", "protokollsutdrag")
    return next((kind for kind in Filslag if kind is not Filslag.ANNAT and kind.value in lowered), Filslag.ANNAT)


def guess_day(name: str) -> Any:
    """Return the first day that a file's name holds (``2019-10-03`` or ``20191003``), or None."""
    words = name.replace("_", " ").replace(".", " ").split()
    return next((day for day in map(parse_day, words) if day), None)
