"""Corrections: a new row that replaces the old, or a change with its reason; never past a hard rule (V-22)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pghistory

from delprojekt.actions.beslut import check_days as check_decision_days
from delprojekt.actions.efterhand import item
from delprojekt.actions.fakta import check_days
from delprojekt.actions.huvudmansbeslut import WANTED, check_ground, check_paper_days
from delprojekt.actions.omgang import follow_decision
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import (
    KRAVER_TEXT,
    Beslutshandling,
    Deltagande,
    Faktumrad,
    Inlagdfil,
    Namndbeslut,
    Utfall,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import FAKTA, VALFRITT, Faktumslag, Organslag
from delprojekt.process.uppgift import Uppgiftslag
from delprojekt.queries.uppgift import Brist, get_row, unmet_then

Rattat = dict[str, str]
"""The fields of the form that were changed, each with what it was and became, in words."""


@change(Act.RATTA_UPPGIFT)
def correct(takt: Takt) -> None:
    """Correct one row. Raises Ogiltigt without a reason or a change, for what the act itself would not have taken, and
    when something already done would have been refused with the new value: the sentence says which rule.

    Advice that would not have been followed is weighed like any advice: ``takt.rad``, it takes a motivering.
    """
    found = get_row(takt.actor, takt.delprojekt, takt.underlag.get("objekt"))
    if found is None:
        raise Ogiltigt("skal", "Uppgiften finns inte längre. Någon annan kan ha rättat den.")
    if not takt.text("skal"):
        raise Ogiltigt("skal", "Skriv varför uppgiften rättas.")
    slag, row = found
    before = unmet_then(takt.actor, takt.delprojekt)
    # kept with every row that is written from here on: a correction is shown where the row stands
    pghistory.context(skal=takt.text("skal"), tid=takt.now.isoformat())
    subject, changed = _CORRECT[slag](takt, row)
    if not changed:
        raise Ogiltigt("skal", "Inget är ändrat. Ändra uppgiften, eller avbryt.")
    broken = [lack for key, lack in unmet_then(takt.actor, takt.delprojekt).items() if key not in before]
    if hard := [lack for lack in broken if lack.hindrar]:
        raise Ogiltigt(_blamed(hard[0], changed), _refusal(hard))
    takt.rad = tuple(dict.fromkeys(lack.krav for lack in broken if lack.krav))
    takt.mening = f"{subject}: {', '.join(changed.values())}. Skäl: {takt.text('skal').rstrip('.')}."


def _refusal(hard: Iterable[Brist]) -> str:
    """Return the sentence that says everything the correction would break."""
    order = [lack.mening for lack in hard if lack.krav is None]
    required = list(dict.fromkeys(lack.mening for lack in hard if lack.krav))
    gone = f"då gäller inte längre att {' eller att '.join(required)}, och det krävdes" if required else ""
    return f"Rättelsen går inte: {'; '.join(filter(None, (gone, *order)))}."


def _blamed(lack: Brist, changed: Rattat) -> str:
    """Return the field to say it beside: the day where there is one to blame, else the first that was changed."""
    days = [name for name in ("nar", "dag", "date") if name in changed]
    return days[0] if days and (lack.krav is None or len(changed) == 1) else next(iter(changed))


def _set(row: Any, said: Mapping[str, Any], *names: str) -> Rattat:
    """Give a row the values that differ, and save it."""
    changed = [name for name in names if name in said and (said[name] or "") != (getattr(row, name) or "")]
    words = {}
    for name in changed:
        found = row._meta.get_field(name)
        old, shown = getattr(row, name), dict(found.flatchoices)
        value = said[name] if said[name] is not None else ("" if isinstance(old, str) else None)
        setattr(row, name, value)
        words[name] = f"{found.verbose_name} ({_word(shown.get(old, old))} → {_word(shown.get(value, value))})"
    if changed:
        row.save(update_fields=changed)
    return words


def _keep(row: Any, said: Mapping[str, Any], **labels: str) -> None:
    """Raise Ogiltigt for what the act demanded and that would be emptied; what was never known may stay unknown."""
    for name, label in labels.items():
        if name in said and getattr(row, name) not in ("", None) and said[name] in ("", None):
            raise Ogiltigt(name, f"Fyll i ”{label}”. Uppgiften kan rättas men inte tömmas.")


def _word(value: Any) -> str:
    if isinstance(value, date):
        return skriv(value)
    text = {None: "", True: "ja", False: "nej"}.get(value, value) if isinstance(value, bool | None) else value
    shown = str(text).strip()
    return f"{shown[:60]}…" if len(shown) > 60 else shown or "tomt"


def _fact(takt: Takt, row: Faktumrad) -> tuple[str, Rattat]:
    """Write a row that replaces the old one; the table only grows."""
    spec, (day, words) = FAKTA[Faktumslag(row.slag)], takt.underlag["nar"]
    point = takt.text("punkt")
    new = {"date": day, "datum_text": words, **{n: takt.text(n) for n in ("part", "text", "val")}}
    changed = _differs(row, new, point)
    if not changed:
        return "", {}
    asked = {"text": spec.text, "part": spec.part, "val": spec.val_etikett}
    _keep(row, new, **{name: label for name, label in asked.items() if label and not label.endswith(VALFRITT)})
    if words and not row.efterhand and not row.datum_text:
        raise Ogiltigt("nar", "Skriv vilken dag det var, till exempel 12 mars 2026.")
    check_days(spec, day, row.till_date, takt.now.date(), falt="nar")
    organ = Organslag(row.arende.mote.organ.slag) if row.arende else (Organslag(row.organ) if row.organ else None)
    kept = ("besok_id", "omgang_id", "slag", "region_id", "till_date", "efterhand")
    corrected = Faktumrad.objects.create(
        delprojekt=takt.delprojekt,
        **{name: getattr(row, name) for name in kept},
        **new,
        organ=organ or "",
        arende=item(takt.delprojekt, organ, day, point) if organ and not words else None,
        skal=takt.text("skal"),
        ersatter=row,
        registrerat_av_id=takt.actor.person,
    )
    row.nomineringssvar.update(forfragan=corrected)  # who was asked, and what they answered, stands
    return f"”{row.get_slag_display()}” rättades", changed


def _differs(row: Faktumrad, new: Mapping[str, Any], point: str) -> Rattat:
    """Return what would be changed of a fact, under the names of the form."""
    spec, known = FAKTA[Faktumslag(row.slag)], row.arende.punkt if row.arende else ""
    day = new["datum_text"] or skriv(new["date"])
    found = {"nar": f"datum ({row.nar} → {day})"} if (day, new["date"]) != (row.nar, row.date) else {}
    found |= {"punkt": f"punkt ({_word(known)} → {_word(point)})"} if point != known else {}
    for name, label in (("val", spec.val_etikett), ("part", spec.part), ("text", spec.text)):
        old, now = getattr(row, name), new[name]
        shown = dict(spec.val.choices) if spec.val and name == "val" else {}
        if old != now:
            said = label.removesuffix(VALFRITT).lower() or name
            found[name] = f"{said} ({_word(shown.get(old, old))} → {_word(shown.get(now, now))})"
    return found


def _namndbeslut(takt: Takt, row: Namndbeslut) -> tuple[str, Rattat]:
    _keep(row, takt.underlag, lydelse="Ordagrant ur protokollet")
    words, day, point, old = Rattat(), takt.underlag.get("dag"), takt.text("punkt"), row.nar_och_var
    if row.punkt and not point:
        raise Ogiltigt("punkt", "Fyll i ”Paragraf”. Uppgiften kan rättas men inte tömmas.")
    if day is None and point != row.paragraf:  # the day of a decision from before the portal may stay unknown
        row.paragraf = point
        row.save(update_fields=["paragraf"])
        words["punkt"] = f"sammanträde ({old} → {row.nar_och_var})"
    if day and (day, point) != (row.dag, row.punkt):
        early = row.handlingar.filter(date__lt=day).select_related("region").first()
        if early or day > takt.now.date():
            why = f"{early.region} beslutade redan {early.nar}" if early else "det har inte varit än"
            raise Ogiltigt("dag", f"Nämnden kan inte ha beslutat den dagen: {why}.")
        row.arende, row.datum_text, row.paragraf = item(takt.delprojekt, Organslag.NAMND, day, point), "", ""
        row.save(update_fields=["arende", "datum_text", "paragraf"])
        words["dag"] = f"sammanträde ({old} → {row.nar_och_var})"
        if moved := follow_decision(row, day):
            words["frist"] = f"uppföljningens frist ({_word(moved[0])} → {skriv(moved[1])})"
    words |= _set(row, takt.underlag, "lydelse", "dnr", "justerat_date")
    check_decision_days(row, justerat="justerat_date")
    return "Nämndens beslut rättades", words


def _region(takt: Takt, row: Beslutshandling) -> tuple[str, Rattat]:
    said, day, decided = dict(takt.underlag), takt.underlag.get("date"), row.namndbeslut.dag
    if day is None:
        said.pop("date", None)  # the day of a decision from before the portal may stay unknown
    elif day > takt.now.date() or (decided and day < decided):
        raise Ogiltigt("date", "Beslutsdatumet ska ligga efter nämndens beslut och får inte vara i framtiden.")
    _keep(row, said, organ="Organ eller befattning", grund="Vilken delegation, eller vilket tidigare beslut?")
    if day and row.datum_text:
        said["datum_text"] = ""
    words = _set(row, said, "datum_text", "date", "niva", "organ", "grundslag", "grund", "paragraf", "dnr")
    if {"niva", "grundslag", "grund"} & words.keys():
        check_ground(row)
    check_paper_days(row)
    for cell in row.beslut.select_related("rekommendation"):
        new = {name: said.get(f"{name}_{cell.pk}", getattr(cell, name)) for name in ("utfall", "villkor")}
        new["utfall"] = new["utfall"] or cell.utfall
        found = _set(cell, new, "utfall", "villkor")
        if found and cell.utfall in KRAVER_TEXT and not cell.villkor.strip():
            raise Ogiltigt(f"villkor_{cell.pk}", WANTED[Utfall(cell.utfall)])
        number = cell.rekommendation.nummer
        words |= {f"{name}_{cell.pk}": f"punkt {number}: {told}" for name, told in found.items()}
    return f"{row.region}s beslut rättades", words


def _deltagande(takt: Takt, row: Deltagande) -> tuple[str, Rattat]:
    needs = {"ja": True, "nej": False}.get(takt.text("angelaget"))
    said = {**takt.underlag, "angelaget": needs}
    _keep(row, said, angelaget="Området är angeläget", sagt_av="Vem som sagt det")
    if (day := said.get("sagt_date")) and day > takt.now.date():
        raise Ogiltigt("sagt_date", "Datumet har inte varit än.")
    words = {}
    if needs != row.angelaget:
        words["angelaget"] = f"angeläget ({_word(row.angelaget)} → {_word(needs)})"
        row.angelaget = needs
        row.save(update_fields=["angelaget"])
    words |= _set(row, takt.underlag, "status", "sagt_av", "sagt_date", "kommentar")
    return f"{row.region}s deltagande och behov rättades", words


def _fil(takt: Takt, row: Inlagdfil) -> tuple[str, Rattat]:
    day, text = takt.underlag.get("nar") or (None, "")
    words = _set(row, {"slag": takt.text("slag"), "date": day, "datum_text": text}, "slag", "date", "datum_text")
    return f"Filen {row.filnamn} rättades", words


_CORRECT: dict[Uppgiftslag, Callable[[Takt, Any], tuple[str, Rattat]]] = {
    Uppgiftslag.FAKTUM: _fact,
    Uppgiftslag.NAMNDBESLUT: _namndbeslut,
    Uppgiftslag.REGIONBESLUT: _region,
    Uppgiftslag.DELTAGANDE: _deltagande,
    Uppgiftslag.FIL: _fil,
}
