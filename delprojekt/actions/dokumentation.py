"""The group's own notes: meetings, choices, soft results, and the support it asks for (§5, §6)."""

from delprojekt.actions.rader import change_or_strike, filled_in
from delprojekt.actions.takt import Takt, change
from delprojekt.models import Gruppmote, Stodbegaran, Stodomrade, Vagval, Vagvalsslag
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv

MOTESFALT = ("date", "narvarande", "text")
VAGVALSFALT = ("slag", "date", "text", "alternativ", "varfor")
STODFALT = ("omrade", "vad", "mottagare", "region", "begard_date", "utlovad_date", "mottagen_date", "svar")


@change(Act.ANTECKNA_GRUPPMOTE)
def add_meeting(takt: Takt) -> None:
    """Add a meeting of the group, held or planned; its minnesanteckningar may come later (M5-3)."""
    row = Gruppmote.objects.create(omgang=takt.need_omgang(), **filled_in(takt, MOTESFALT))
    takt.mening = f"Gruppmötet {skriv(row.date)} lades till."


@change(Act.SKRIV_MINNESANTECKNING)
def write_notes(takt: Takt) -> None:
    """Write or change the minnesanteckningar of a meeting, or strike a meeting that was not held."""
    row, done = change_or_strike(takt, Gruppmote.objects.filter(omgang=takt.need_omgang()), MOTESFALT)
    what = "Gruppmötet" if done == "ströks" else "Minnesanteckningarna från"
    takt.mening = f"{what} {skriv(row.date)} {done}."


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
