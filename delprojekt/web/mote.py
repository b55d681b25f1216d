"""From a meeting with ledningsgruppen to its page: the rows, what each would lead to, and what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from delprojekt.actions.steg import perform, rehearse
from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt, RedanGjort
from delprojekt.models import Arende, Delprojekt, Handelse
from delprojekt.process.act import Act
from delprojekt.process.datum import parse_day
from delprojekt.process.fakta import Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Lage
from delprojekt.process.mote import mojliga_utfall
from delprojekt.process.policy.avgor import Refused, decide, explain, sentence
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries import mote as fragor
from delprojekt.queries.delprojekt import get_visible, read_step
from delprojekt.queries.mottagare import Brev
from delprojekt.web import vymodell
from delprojekt.web.forms import ActForm, Rum
from delprojekt.web.forms.mote import UtfallForm, filled_in, short
from delprojekt.web.post import number

Item = dict[str, Any]

SKRIV_MOTIVERING = "Skriv en motivering till att du går vidare ändå."


@dataclass
class Motesrad:
    """One delprojekt on the page of a meeting."""

    delprojekt: Delprojekt
    anmalt: Arende | None
    form: UtfallForm
    egna: list[Item]  # outcomes that have a page of their own
    act: Act | None = None  # the outcome that was chosen
    brev: list[Brev] = field(default_factory=list)
    rad: list[str] = field(default_factory=list)  # advice that is not followed
    stopp: str = ""
    handelse: Handelse | None = None
    redan: bool = False

    @property
    def motivering(self) -> str:
        """Return why advice is not followed."""
        return str(self.form.cleaned_data.get("motivering", ""))

    @property
    def gjord(self) -> bool:
        """Tell whether it is registered, now or before."""
        return self.redan or self.handelse is not None

    @property
    def kvitto(self) -> str:
        """Return what was registered, and how many are sent mail about it."""
        return vymodell.receipt(self.handelse) if self.handelse else ""

    @property
    def saknar_motivering(self) -> bool:
        """Tell whether advice is set aside without a word."""
        return bool(self.rad) and not self.stopp and not self.motivering

    @property
    def svar(self) -> list[Item]:
        """Return the answers in words."""
        said = self.form.cleaned_data
        rows = [("Utfall", self.act.label if self.act else ""), ("Punkt", said.get("punkt"))]
        rows += [("Motivering eller vad ledningsgruppen sade", said.get("text"))]
        return [{"etikett": label, "varde": words} for label, words in rows if words]

    @property
    def fel(self) -> list[Item]:
        """Return what is wrong with the answers, for the summary on top of the page."""
        fields = self.form.visible_fields()
        named = [(f"#{f.auto_id}", f"{self.delprojekt.benamning}, {f.label}", f.errors) for f in fields]
        other = [("", "", [f"{self.delprojekt.benamning}: {text}" for text in self.form.non_field_errors()])]
        return [{"url": u, "etikett": e, "text": text} for u, e, texts in (*named, *other) for text in texts]

    @property
    def motiveringsfel(self) -> Item:
        """Return that the motivering is missing, for the summary on top of the page."""
        at = f"#{self.form['motivering'].id_for_label}"
        return {"url": at, "etikett": f"{self.delprojekt.benamning}, Motivering", "text": SKRIV_MOTIVERING}

    @property
    def mottagare(self) -> int:
        """Return how many get mail."""
        return len({name for letter in self.brev for name in letter.till})


def meeting_day(asked: str, announced: Iterable[Arende]) -> date:
    """Return the meeting that is asked about; else the latest one held with something announced to it, the next one,
    or today."""
    days = sorted({item.mote.date for item in announced})
    held = [day for day in days if day <= idag()]
    return parse_day(asked) or (held[-1] if held else next(iter(days), idag()))


def rows_for(actor: Actor, announced: dict[int, Arende], day: date) -> list[Motesrad]:
    """Return a row for each delprojekt that ledningsgruppen has before it, with the point of that day's agenda."""
    return [_row(actor, found, _point(found.anmalt, day)) for found in fragor.matters(actor, announced, day)]


def rows_from(actor: Actor, data: QueryDict) -> list[Motesrad]:
    """Return the rows that were sent, as far as the actor may see the delprojekt."""
    keys = [key for key in map(number, data.getlist("rad")) if key]
    return [_row(actor, found, data=data) for found in fragor.matters_of(actor, keys)]


def _point(item: Arende | None, day: date) -> Item:
    return {"punkt": item.punkt} if item and item.mote.date == day else {}


def _row(actor: Actor, found: fragor.Motesarende, initial: Item | None = None, data: Any = None) -> Motesrad:
    one = found.delprojekt
    acts = mojliga_utfall(actor, Lage(Steg(one.steg), one.pk, pausat=one.pausat))
    own = [{"namn": str(act.label), "url": reverse("gor", args=[one.pk, act])} for act in acts if not short(act)]
    form = UtfallForm(data, val=tuple(filter(short, acts)), prefix=f"r{one.pk}", initial=initial)
    picked = form.cleaned_data.get("utfall") if form.is_valid() else None
    return Motesrad(one, found.anmalt, form, own, picked)


def weigh(actor: Actor, row: Motesrad, day: date) -> None:
    """Find out what a row would lead to: what is missing, which advice is not followed, and what mail goes out."""
    form = advise(actor, row, day)
    if form is None or row.stopp:
        return
    try:
        row.brev = rehearse(actor, form.rum.act, row.delprojekt.pk, _underlag(row, form))
    except Ogiltigt as error:
        _say(row, error.falt, str(error))
    except Refused as error:
        row.stopp = str(error)


def advise(actor: Actor, row: Motesrad, day: date) -> ActForm | None:
    """Find out what is missing for a row, and which advice is not followed. Out: the act's form if its answers do."""
    room, form = _form(actor, row, day)
    if form is not None:
        decision = decide(actor, room.act, room.lage, _underlag(row, form))
        row.stopp = "" if decision.allowed else explain(decision, room.lage)
        row.rad = [vymodell.upper_first(sentence(krav, room.lage)) for krav in decision.advice]
    return form


def do(actor: Actor, row: Motesrad, day: date, *, skicka: bool) -> None:
    """Do a row's act in a transaction of its own, and note what became of it: the event, or why it was refused."""
    row.stopp = ""
    room, form = _form(actor, row, day)
    if form is None:
        return
    why, key = row.motivering, row.form.cleaned_data["nyckel"]
    try:
        row.handelse = perform(
            actor, room.act, row.delprojekt.pk, _underlag(row, form), motivering=why, skicka=skicka, nyckel=key
        )
    except RedanGjort:
        row.redan = True
    except Ogiltigt as error:
        _say(row, error.falt, str(error))
    except (MotiveringSaknas, Refused) as error:
        row.stopp = str(error)


def _form(actor: Actor, row: Motesrad, day: date) -> tuple[Rum, ActForm | None]:
    """Return the act's room and its own form, or None for the form when its answers do not do; then the row says why.

    The delprojekt is read anew: the row before may have changed what is free, as the next number.
    """
    if row.act is None:
        raise ValueError("a row without an outcome is not registered")
    delprojekt = get_visible(actor, row.delprojekt.pk)
    lage, omgang = read_step(actor, delprojekt)
    room = Rum(actor=actor, act=row.act, lage=lage, delprojekt=delprojekt, omgang=omgang)
    form = filled_in(room, day, row.form.cleaned_data)
    if form.is_valid():
        return room, form
    for name in form.errors:
        empty = name in form.fields and form.has_error(name, "required")
        texts = [f"Fyll i ”{form.fields[name].label}”."] if empty else form.errors[name]
        for text in texts:
            _say(row, name, text)
    return room, None


def _underlag(row: Motesrad, form: ActForm) -> Item:
    """Return what was filled in. The meeting, its point and the text belong to every outcome, also to one whose own
    form does not ask for them: nothing that was typed is lost."""
    said = {name: row.form.cleaned_data[name] for name in ("punkt", "text")}
    return {**form.underlag(), **said, "organ": Organslag.LEDNINGSGRUPP.value}


def _say(row: Motesrad, name: str, text: str) -> None:
    """Put what is wrong beside its field in the row, or above the row when the page does not ask for it."""
    row.form.add_error(name if name in row.form.fields else None, text)
    row.stopp = row.stopp or text
