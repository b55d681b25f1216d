"""The group's own notes: meetings, what is to be done, choices, soft results, mail, and support (§4, §5, §6)."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q

from delprojekt.actions.rader import change_or_strike, filled_in, get_row, set_values, strike
from delprojekt.actions.takt import Egetbrev, Ogiltigt, Takt, change
from delprojekt.models import Attgora, Gruppmote, Nominering, Stodbegaran, Stodomrade, Vagval, Vagvalsslag
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.queries.arbete import writing_people
from delprojekt.queries.mottagare import recipients

MOTESFALT = ("date", "narvarande", "text")
VAGVALSFALT = ("slag", "date", "text", "alternativ", "varfor")
STODFALT = ("omrade", "vad", "mottagare", "region", "begard_date", "utlovad_date", "mottagen_date", "svar")


@change(Act.ANTECKNA_GRUPPMOTE)
def add_meeting(takt: Takt) -> None:
    """Add a meeting of the group, held or planned; its minnesanteckningar may come later (M5-3)."""
    row = Gruppmote.objects.create(omgang=takt.need_omgang(), **filled_in(takt, MOTESFALT))
    _gather(takt, row)
    _call(takt, row)
    takt.mening = f"Gruppmötet {skriv(row.date)} lades till."


@change(Act.SKRIV_MINNESANTECKNING)
def write_notes(takt: Takt) -> None:
    """Write or change the minnesanteckningar of a meeting, or strike a meeting that was not held."""
    row, done = change_or_strike(takt, Gruppmote.objects.filter(omgang=takt.need_omgang()), MOTESFALT)
    if done != "ströks":
        _gather(takt, row)
    what = "Gruppmötet" if done == "ströks" else "Minnesanteckningarna från"
    if done == "ändrades":
        _call(takt, row)
    takt.mening = f"{what} {skriv(row.date)} {done}."


def _gather(takt: Takt, meeting: Gruppmote) -> None:
    """Note who was there, and what the meeting gave somebody to do; each of them gets a mail about it (M5-3).

    In: ``deltog``, keys of persons, and ``att_gora``: what, the person's key or None, and the last day or None.
    """
    people = {person.pk: person for person in writing_people(takt.actor, takt.delprojekt)}
    if "deltog" in takt.underlag:
        before = set(meeting.deltog.values_list("pk", flat=True))
        meeting.deltog.set({*takt.underlag["deltog"]} & (people.keys() | before))
    given: dict[int, list[Attgora]] = {}
    for what, who, last in takt.underlag.get("att_gora", ()):
        person = people.get(who)
        row = Attgora.objects.create(omgang=takt.need_omgang(), mote=meeting, vad=what, person=person, senast_date=last)
        if person:
            given.setdefault(person.pk, []).append(row)
    for pk, things in given.items():
        takt.aven.append(people[pk])
        takt.egna_tillagg[pk] = _given(things)


@change(Act.FOLJ_UPP_ATTGORA)
def follow_task(takt: Takt) -> None:
    """Note that something is done, change it, give it to somebody else, or strike it.

    What it says stays with the group: the log, which more people hear of, only tells that it was followed up.
    """
    people = {person.pk: person for person in writing_people(takt.actor, takt.delprojekt)}
    row = get_row(takt, Attgora.objects.filter(omgang=takt.need_omgang()))
    values = filled_in(takt, ("vad", "senast_date", "klar_date"))
    who = takt.underlag.get("person", row.person_id)
    if who and who != row.person_id and who not in people:
        raise Ogiltigt("person", "Den som får något att göra ska ingå i arbetsgruppen.")
    new = who and who != row.person_id
    if strike(takt, row):
        takt.mening = "Något som gruppen hade att göra ströks."
        return
    set_values(row, {**values, "person_id": who or None})
    takt.mening = f"Något som gruppen har att göra {'är klart' if values.get('klar_date') else 'ändrades'}."
    if new and row.klar_date is None:
        takt.aven.append(people[who])
        takt.egna_tillagg[who] = _given([row])


def _given(rows: Iterable[Attgora]) -> str:
    """Return what the mail says to somebody who has been given something to do."""
    last = {row: f" (senast {skriv(row.senast_date)})" if row.senast_date else "" for row in rows}
    return "Det här har du fått att göra:\n" + "\n".join(f"– {row.vad}{last[row]}" for row in last)


@change(Act.MEJLA_GRUPPEN)
def write_to_group(takt: Takt) -> None:
    """Send the same letter to everybody in the group and its kontaktperson. Raises Ogiltigt when nobody would get it.

    In: ``amne`` and ``text``. The letter is kept with the mail; the log only says that it was sent.
    """
    told = recipients(takt.delprojekt, ARBETSGRUPP | {Roll.KONTAKTPERSON}, takt.lage.berorda, exclude=takt.actor.person)
    if not told:
        raise Ogiltigt("text", "Ingen annan i gruppen har en e-postadress.")
    address = settings.PORTAL_ADRESS + takt.delprojekt.get_absolute_url()
    end = f"{takt.actor.namn} skickade det här till arbetsgruppen i {takt.delprojekt}.\n{address}"
    subject = " ".join(f"{takt.delprojekt}: {takt.text('amne')}".split())[:200]
    for one in told:
        takt.brev[one.pk] = Egetbrev(one.epost, subject, f"{takt.text('text')}\n\n{end}\n")
    takt.mening = f"Gruppen fick ett mejl ({len(told)} {'person' if len(told) == 1 else 'personer'})."


def _call(takt: Takt, row: Gruppmote) -> None:
    """Note who is adjungerad to a meeting (M4.4-1). In: ``kallade``, keys of nominations. Who is new gets mail, in
    time; whoever has left stands where they were."""
    if "kallade" not in takt.underlag:
        return
    before = set(row.kallade.values_list("pk", flat=True))
    mine = Nominering.objects.filter(omgang=row.omgang_id, roll=Roll.ADJUNGERAD)
    called = mine.filter(Q(status=Nomineringsstatus.UTSEDD) | Q(pk__in=before), pk__in=takt.underlag["kallade"])
    row.kallade.set(called)
    if row.date < takt.now.date():
        return
    for person in [one.person for one in called.select_related("person") if one.pk not in before]:
        takt.aven.append(person)
        takt.egna_tillagg[person.pk] = f"Du är kallad till mötet den {skriv(row.date)}."


@change(Act.ANTECKNA_VAGVAL)
def note_choice(takt: Takt) -> None:
    """Note a choice and why, or a soft result (M5-4, M5-5)."""
    row = Vagval.objects.create(omgang=takt.need_omgang(), **filled_in(takt, VAGVALSFALT))
    takt.mening = f"{Vagvalsslag(row.slag).label} antecknades: {row.text}"


@change(Act.ANDRA_VAGVAL)
def change_choice(takt: Takt) -> None:
    """Change a note, or strike it."""
    row, done = change_or_strike(takt, Vagval.objects.filter(omgang=takt.need_omgang()), VAGVALSFALT)
    takt.mening = f"{Vagvalsslag(row.slag).label} {done}: {row.text}"


@change(Act.BEGAR_STOD)
def ask_for_support(takt: Takt) -> None:
    """Note what the group asks for, of whom and when (M6.1-2, M6.2-1)."""
    row = Stodbegaran.objects.create(omgang=takt.need_omgang(), **filled_in(takt, STODFALT))
    takt.mening = f"{Stodomrade(row.omrade).label} begärdes av {row.mottagare}."


@change(Act.ANDRA_STODBEGARAN)
def follow_support(takt: Takt) -> None:
    """Note what was promised, received or answered, or strike the request."""
    row, done = change_or_strike(takt, Stodbegaran.objects.filter(omgang=takt.need_omgang()), STODFALT)
    takt.mening = f"Begäran till {row.mottagare} om {Stodomrade(row.omrade).label.lower()} {done}."
