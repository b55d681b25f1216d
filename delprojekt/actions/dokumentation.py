"""The group's own notes: meetings, choices, soft results, and the support it asks for (§5, §6)."""

from django.db.models import Q

from delprojekt.actions.rader import change_or_strike, filled_in
from delprojekt.actions.takt import Takt, change
from delprojekt.models import Gruppmote, Nominering, Stodbegaran, Stodomrade, Vagval, Vagvalsslag
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.roller import Roll

MOTESFALT = ("date", "narvarande", "text")
VAGVALSFALT = ("slag", "date", "text", "alternativ", "varfor")
STODFALT = ("omrade", "vad", "mottagare", "region", "begard_date", "utlovad_date", "mottagen_date", "svar")


@change(Act.ANTECKNA_GRUPPMOTE)
def add_meeting(takt: Takt) -> None:
    """Add a meeting of the group, held or planned; its minnesanteckningar may come later (M5-3)."""
    row = Gruppmote.objects.create(omgang=takt.need_omgang(), **filled_in(takt, MOTESFALT))
    _call(takt, row)
    takt.mening = f"Gruppmötet {skriv(row.date)} lades till."


@change(Act.SKRIV_MINNESANTECKNING)
def write_notes(takt: Takt) -> None:
    """Write or change the minnesanteckningar of a meeting, or strike a meeting that was not held."""
    row, done = change_or_strike(takt, Gruppmote.objects.filter(omgang=takt.need_omgang()), MOTESFALT)
    what = "Gruppmötet" if done == "ströks" else "Minnesanteckningarna från"
    if done == "ändrades":
        _call(takt, row)
    takt.mening = f"{what} {skriv(row.date)} {done}."


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
