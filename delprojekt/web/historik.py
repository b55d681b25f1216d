"""The history as it is shown: each post with its words, and each value as it was and as it became."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    ForeignKey,
    IntegerField,
    JSONField,
    SlugField,
)
from django.utils import timezone

from delprojekt.documents.plain import to_plain
from delprojekt.models import Namndbeslut
from delprojekt.models.historik import event_model, value_fields
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import FAKTA, VALFRITT, Faktumslag
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.historik import OPPNA_FALT
from delprojekt.process.roller import Actor
from delprojekt.process.skillnad import compare
from delprojekt.process.tal import skriv_tal
from delprojekt.queries.historik import TEXT, Andring, Post, corrections_of
from delprojekt.queries.historiknamn import PER_MODELL, Namn
from delprojekt.web import vymodell

Item = dict[str, Any]
KORT = 80
"""Texts longer than this are compared word by word."""
OPPNA = 3
"""So many changed values are shown at once; more, and what is only new, are folded."""

_TITLAR = {"Innehav": "Roll", "Projektforslag": "Förslaget", "Delprojekt": "Delprojektet", TEXT: "Avsnitt"}
_SOM_DET_AR_KANT = {"date": "datum_text", "planerat_date": "planerat_text"}
"""Days, and where their words are when only a season or a year is known."""
_SLUT = ("struken_at", "aterkallat_at", "aterkallad_at")


def posts(found: Iterable[Post], names: Namn) -> list[Item]:
    """Return the timeline's items, in the order they are given."""
    return [_post(post, names) for post in found]


def corrections(found: Iterable[Post]) -> dict[tuple[str, int], list[Item]]:
    """Return what each row has been corrected from, by kind and key; an outcome's stands with its decision."""
    items: dict[tuple[str, int], list[Item]] = {}
    for post in found:
        for change in post.andringar:
            shown = _change(change, _own_names(change))
            cell = change.modell == "Huvudmansbeslut"
            key = ("Beslutshandling", change.rad["handling_id"]) if cell else (change.modell, change.rad["id"])
            if shown:
                said = {"falt": shown["falt"], "om": f"Punkt {change.rad['rek']}" if cell else ""}
                items.setdefault(key, []).append({**said, "tid": post.nar, "vem": post.vem, "skal": post.skal})
    return items


def of_decision(actor: Actor, decision: Namndbeslut | None) -> dict[tuple[str, int], list[Item]]:
    """Return what nämnden's decision and the regions' have been corrected from: it brings that with it."""
    return corrections(corrections_of(actor, decision.rattat)) if decision else {}  # type: ignore[attr-defined]


def _own_names(change: Andring) -> Namn:
    """Return the names that a corrected row brings with it."""
    told = [row for row in (change.fore, change.efter) if row and row.get("mote")]
    points = {row["arende_id"]: f" § {row['punkt']}" if row["punkt"] else "" for row in told}
    days = {row["arende_id"]: skriv(date.fromisoformat(row["mote"])) for row in told}
    return Namn(namn={("Arende", key): f"{day}{points[key]}" for key, day in days.items()})


def _post(post: Post, names: Namn) -> Item:
    shown = [item for item in (_change(change, names) for change in post.andringar) if item]
    count = sum(max(len(item["falt"]), 1) for item in shown)
    head = vymodell.event(post.handelser[0]) if post.handelser else _outside(post, names)
    more = [str(event.mening) for event in post.handelser[1:]]
    changed = any(not pair["nytt"] for item in shown for pair in item["falt"])
    word = ("ändrad uppgift", "ändrade uppgifter") if changed else ("ny uppgift", "nya uppgifter")
    said = f"{count} {word[count != 1]}"
    opened = changed and count <= OPPNA
    return {**head, "filer": post.filer, "mer": more, "andringar": shown, "antal": said, "oppen": opened}


def _outside(post: Post, names: Namn) -> Item:
    """Return the words of a change that was no act of the process: writing, or keeping the register of people."""
    act = Act.__members__.get(post.genom) or Adminact.__members__.get(post.genom)
    wrote = [names.avsnitt.get(change.rad["nyckel"], "") for change in post.andringar if change.modell == TEXT]
    who = names.of("Person", post.av)
    words = f"Avsnittet ”{wrote[0]}” skrevs." if wrote else str(act.label) if act else "Uppgifter ändrades."
    return {"tid": post.nar, "rubrik": words, "vem": who or "Portalen", "text": "", "ton": "info"}


def _change(change: Andring, names: Namn) -> Item | None:
    """Return one changed row with its values; None when nothing of it is a value that is shown."""
    if change.modell == TEXT:
        return _section(change, names)
    spar = PER_MODELL[change.modell]
    if spar.val:
        return _relation(change, names)
    title = ", ".join(filter(None, (_short(_value(_field(change, name), change.rad, names)) for name in spar.namn)))
    fields = [item for item in (_compared(f, change, names) for f in _told(change, names)) if item]
    word = _word(change)
    if word == "ströks":  # what it said when it was struck
        values = [(_label(f, change.rad), _value(f, change.fore, names)) for f in _told(change, names)]
        fields = [_pair(name, value, "", old=True) for name, value in values if value]
    elif not fields and change.fore and change.efter:
        return None
    return {"vad": _title(change.modell, title), "ordet": word, "falt": fields}


def _told(change: Andring, names: Namn) -> list[Any]:
    """Return the fields to compare: of a new row not those that its title says already."""
    hidden = {"id", *_SOM_DET_AR_KANT.values(), *_SLUT, *(() if change.fore else PER_MODELL[change.modell].namn)}
    closed = names.sluten(change)
    found = value_fields(PER_MODELL[change.modell])
    return [f for f in found if f.name not in hidden and (not closed or f.name in OPPNA_FALT)]


def _title(modell: str, name: str) -> str:
    if modell == "Faktumrad":
        return name
    word = _TITLAR.get(modell) or vymodell.upper_first(str(_origin(modell)._meta.verbose_name))
    return f"{word}: {name}" if name else word


def _short(text: str) -> str:
    return f"{text[:KORT].rsplit(' ', 1)[0]} …" if len(text) > KORT else text


def _origin(modell: str) -> Any:
    return event_model(modell).pgh_tracked_model  # type: ignore[attr-defined]


def _field(change: Andring, name: str) -> Any:
    return event_model(change.modell)._meta.get_field(name)


def _word(change: Andring) -> str:
    """Return what became of a row."""
    ended = any(change.rad.get(name) and not (change.fore or {}).get(name) for name in _SLUT)
    if change.efter is None:
        return "togs bort"
    if ended:
        return "ströks"
    return "ändrades" if change.fore else "lades till"


def _compared(found: Any, change: Andring, names: Namn) -> Item | None:
    """Return one field with its value before and after; None when it is the same, or empty in a new row."""
    before = _value(found, change.fore, names) if change.fore else ""
    after = _value(found, change.efter, names) if change.efter else ""
    same = before == after and _raw(found, change.fore) == _raw(found, change.efter)
    new_and_empty = not change.fore and (not after or _raw(found, change.efter) is False)
    if same or new_and_empty:
        return None
    return _pair(_label(found, change.rad), before, after, old=change.fore is not None)


def _label(found: Any, row: dict[str, Any]) -> str:
    """Return what a value is called; a fact's are called what its own form calls them."""
    asked = FAKTA.get(row.get("slag"), None)  # type: ignore[arg-type]
    own = {"val": "val_etikett", "text": "text", "part": "part", "till_date": "till"}.get(found.name)
    word = str(getattr(asked, own)).removesuffix(VALFRITT) if asked and own else ""
    return vymodell.upper_first(word or str(found.verbose_name))


def _pair(name: str, before: str, after: str, *, old: bool) -> Item:
    long = old and before and after and max(len(before), len(after)) > KORT
    bits = compare(before, after) if long else []
    return {"namn": name, "fore": before, "efter": after, "bitar": bits, "nytt": not old}


def _raw(found: Any, row: dict[str, Any] | None) -> Any:
    return (row or {}).get(found.attname)


def _value(found: Any, row: dict[str, Any] | None, names: Namn) -> str:
    """Return a value in words, as it is written elsewhere in the portal; empty for none."""
    raw = _raw(found, row)
    if raw is None or raw in ("", []):
        return ""
    if row and found.name == "val" and "slag" in row and row["slag"] in Faktumslag:
        choices = FAKTA[Faktumslag(row["slag"])].val
        return str(dict(choices.choices).get(raw, raw)) if choices else str(raw)
    if row and (words := row.get(_SOM_DET_AR_KANT.get(found.name, ""))):
        return str(words)
    if found.name == "till_date" and found.model._meta.model_name == "innehavevent":
        return skriv(date.fromisoformat(raw) - timedelta(days=1))  # stored: the first day that it is held no longer
    if isinstance(found, ForeignKey):
        return names.of(found.related_model.__name__, raw)
    if isinstance(found, ArrayField):
        return ", ".join(_word_of(found.base_field, one, names) for one in raw)
    return _word_of(found, raw, names)


def _word_of(found: Any, raw: Any, names: Namn) -> str:
    if found.choices:
        return str(dict(found.flatchoices).get(raw, raw))
    if isinstance(found, BooleanField):
        return "ja" if raw else "nej"
    if isinstance(found, DateTimeField):
        return skriv(timezone.localtime(datetime.fromisoformat(raw)).date())
    if isinstance(found, DateField):
        return skriv(date.fromisoformat(raw))
    if isinstance(found, DecimalField):
        return skriv_tal(found.to_python(str(raw)))
    if isinstance(found, IntegerField):
        return skriv_tal(int(raw))
    if isinstance(found, JSONField):  # the rows of a table
        return "\n".join(" ".join(map(str, row)) for row in raw)
    if isinstance(found, SlugField):  # the key of a section; what somebody wrote is never translated
        return names.avsnitt.get(raw, raw)
    return str(raw)


def _relation(change: Andring, names: Namn) -> Item | None:
    """Return a row that was tied to another, or untied: ``Att-sats 2: mottagare``."""
    spar = PER_MODELL[change.modell]
    if names.sluten(change):
        return None
    whose = _short(_value(_field(change, spar.namn[0]), change.rad, names))
    other = _value(_field(change, spar.val), change.rad, names)
    before, after = ("", other) if change.efter else (other, "")
    name = vymodell.upper_first(str(_origin(change.modell)._meta.verbose_name))
    pair = _pair(name, before, after, old=change.efter is None)
    return {"vad": whose, "ordet": "ändrades", "falt": [pair]}


def _section(change: Andring, names: Namn) -> Item:
    key = str(change.rad.get("nyckel", ""))
    before, after = (to_plain((row or {}).get("html") or "") for row in (change.fore, change.efter))
    pair = _pair("Text", before, after, old=change.fore is not None)
    return {"vad": _title(TEXT, names.avsnitt.get(key, key)), "ordet": _word(change), "falt": [pair]}
