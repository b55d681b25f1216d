"""Corrections: a new row that replaces the old, or a change with its reason; never past a hard rule (V-22)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from delprojekt.actions.efterhand import item
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import Arende, Beslutshandling, Deltagande, Faktumrad, Inlagdfil, Namndbeslut
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import FAKTA, Faktumslag, Organslag
from delprojekt.process.uppgift import Uppgiftslag
from delprojekt.queries.uppgift import get_row, unmet_then


@change(Act.RATTA_UPPGIFT)
def correct(takt: Takt) -> None:
    """Correct one row. Raises Ogiltigt without a reason, without a change, or when a step already taken would have
    been refused with the new value: the sentence says which rule."""
    found = get_row(takt.actor, takt.delprojekt, takt.underlag.get("objekt"))
    if found is None:
        raise Ogiltigt("skal", "Uppgiften finns inte längre. Någon annan kan ha rättat den.")
    if not takt.text("skal"):
        raise Ogiltigt("skal", "Skriv varför uppgiften rättas.")
    slag, row = found
    before = unmet_then(takt.actor, takt.delprojekt)
    words = _CORRECT[slag](takt, row)
    if not words:
        raise Ogiltigt("skal", "Inget är ändrat. Ändra uppgiften, eller avbryt.")
    broken = [said for key, said in unmet_then(takt.actor, takt.delprojekt).items() if key not in before]
    if broken:
        raise Ogiltigt("skal", f"Rättelsen går inte: då gäller inte längre att {broken[0]}, och det krävdes.")
    takt.mening = f"{words} Skäl: {takt.text('skal').rstrip('.')}."


def _set(row: Any, said: Mapping[str, Any], *names: str) -> list[str]:
    """Give a row the values that differ, and save it. Out: what was changed, in words."""
    changed = [name for name in names if name in said and (said[name] or "") != (getattr(row, name) or "")]
    words = []
    for name in changed:
        label, old = row._meta.get_field(name).verbose_name, getattr(row, name)
        value = said[name] if said[name] is not None else ("" if isinstance(old, str) else None)
        setattr(row, name, value)
        words.append(f"{label} ({_word(old)} → {_word(said[name])})")
    if changed:
        row.save(update_fields=changed)
    return words


def _word(value: Any) -> str:
    if isinstance(value, date):
        return skriv(value)
    text = {None: "", True: "ja", False: "nej"}.get(value, value) if isinstance(value, bool | None) else value
    shown = str(text).strip()
    return f"{shown[:60]}…" if len(shown) > 60 else shown or "tomt"


def _fact(takt: Takt, row: Faktumrad) -> str:
    """Write a row that replaces the old one; the table only grows."""
    day, words = takt.underlag["nar"]
    point = takt.text("punkt")
    item_now = row.arende.punkt if row.arende else ""
    new = {"date": day, "datum_text": words, **{n: takt.text(n) for n in ("part", "text")}}
    new["val"] = takt.text("val") if FAKTA[Faktumslag(row.slag)].val else row.val  # else the portal's own word
    if all(getattr(row, name) == value for name, value in new.items()) and point == item_now:
        return ""
    if day > takt.now.date():
        raise Ogiltigt("nar", "Datumet har inte varit än.")
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
    return f"”{row.get_slag_display()}” rättades: {row.nar} blev {words or f'{skriv(day)}'}."


def _namndbeslut(takt: Takt, row: Namndbeslut) -> str:
    words = _set(row, takt.underlag, "dnr", "lydelse", "justerat_date")
    day, point = takt.underlag["dag"], takt.text("punkt")
    if (day, point) != (row.arende.mote.date, row.arende.punkt):
        early = row.handlingar.filter(date__lt=day).select_related("region").first()
        if early or day > takt.now.date():
            why = f"{early.region} beslutade redan {skriv(early.date)}" if early else "det har inte varit än"
            raise Ogiltigt("dag", f"Nämnden kan inte ha beslutat den dagen: {why}.")
        old, row.arende = row.arende, item(takt.delprojekt, Organslag.NAMND, day, point)
        row.save(update_fields=["arende"])
        words.append(f"sammanträde ({_meeting(old)} → {_meeting(row.arende)})")
    return f"Nämndens beslut rättades: {', '.join(words)}." if words else ""


def _meeting(item: Arende) -> str:
    return f"{skriv(item.mote.date)}{f' § {item.punkt}' if item.punkt else ''}"


def _region(takt: Takt, row: Beslutshandling) -> str:
    day = takt.underlag["date"]
    if not row.namndbeslut.arende.mote.date <= day <= takt.now.date():
        raise Ogiltigt("date", "Beslutsdatumet ska ligga efter nämndens beslut och får inte vara i framtiden.")
    words = _set(row, takt.underlag, "date", "paragraf", "dnr", "organ", "niva")
    for cell in row.beslut.select_related("rekommendation"):
        said = {"utfall": takt.underlag.get(f"utfall_{cell.pk}") or cell.utfall}
        words += [f"punkt {cell.rekommendation.nummer}: {word}" for word in _set(cell, said, "utfall")]
    return f"{row.region}s beslut rättades: {', '.join(words)}." if words else ""


def _deltagande(takt: Takt, row: Deltagande) -> str:
    needs = {"ja": True, "nej": False}.get(takt.text("angelaget"))
    words = []
    if needs != row.angelaget:
        words.append(f"angeläget ({_word(row.angelaget)} → {_word(needs)})")
        row.angelaget = needs
        row.save(update_fields=["angelaget"])
    words += _set(row, takt.underlag, "status", "sagt_av", "sagt_date", "kommentar")
    return f"{row.region}s deltagande och behov rättades: {', '.join(words)}." if words else ""


def _fil(takt: Takt, row: Inlagdfil) -> str:
    day, text = takt.underlag.get("nar") or (None, "")
    words = _set(row, {"slag": takt.text("slag"), "date": day, "datum_text": text}, "slag", "date", "datum_text")
    return f"Filen {row.filnamn} rättades: {', '.join(words)}." if words else ""


_CORRECT: dict[Uppgiftslag, Callable[[Takt, Any], str]] = {
    Uppgiftslag.FAKTUM: _fact,
    Uppgiftslag.NAMNDBESLUT: _namndbeslut,
    Uppgiftslag.REGIONBESLUT: _region,
    Uppgiftslag.DELTAGANDE: _deltagande,
    Uppgiftslag.FIL: _fil,
}
