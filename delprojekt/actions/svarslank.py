"""Asking somebody who is nominated, and the answer that comes through the personal link (§4.3)."""

from delprojekt.actions.grupp import named, write_down
from delprojekt.actions.takt import Egetbrev, Ogiltigt, Takt, change
from delprojekt.models import Nominering, Svarslank
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import AVGJORDA, LANKSVAR, Nomineringsstatus
from delprojekt.process.roller import Roll
from delprojekt.queries.mottagare import question_letter
from delprojekt.queries.svarslank import NO_LONGER, why_closed

_LEFT_OUT = ("chef_namn", "avsatt_tid")


@change(Act.TILLFRAGA_NOMINERAD)
def ask_nominee(takt: Takt) -> None:
    """Send the question with a link that works once, until a day; an earlier question is closed by it.

    In: ``objekt`` the nomination, ``till`` the last day, ``text`` a message. Raises Ogiltigt without an address, for
    one about whom ledningsgruppen has decided, and for a day that is past.
    """
    rows = Nominering.objects.select_related("person", "region")
    row = rows.get(pk=takt.underlag["objekt"], omgang=takt.need_omgang())
    last = takt.underlag["till"]
    if not row.person.epost:
        raise Ogiltigt("text", "Personen har ingen e-postadress. Fråga på annat sätt och anteckna svaret.")
    if row.status in AVGJORDA:
        raise Ogiltigt("text", "Ledningsgruppen har redan beslutat om personen.")
    if last < takt.now.date():
        raise Ogiltigt("till", "Sista dagen för svar har redan passerat.")
    row.svarslankar.filter(anvand_at=None, ersatt_at=None).update(ersatt_at=takt.now)
    link = Svarslank.objects.create(nominering=row, text=takt.text("text"), till_date=last, skapad_at=takt.now)
    if row.status != Nomineringsstatus.TILLFRAGAD:
        row.status = Nomineringsstatus.TILLFRAGAD
        row.save(update_fields=["status"])
    write_down(takt, row, f"Svar senast {skriv(last)}")
    subject, text = question_letter(takt.delprojekt, link)
    takt.brev[row.person_id] = Egetbrev(row.person.epost, subject, text, svarslank=link)
    takt.mening = f"{named(row)} tillfrågades som {Roll(row.roll).label.lower()}, svar senast {skriv(last)}."


@change(Act.SVARA_PA_NOMINERING)
def answer_by_link(takt: Takt) -> None:
    """Store the answer and close the link. The delprojekt is locked, so two clicks become one answer.

    In: ``objekt`` the link, ``svar``, ``kommentar``, and what is said of the manager and of the time. Raises Ogiltigt
    when the link is closed, or is somebody else's.
    """
    links = Svarslank.objects.select_related("nominering__person", "nominering__omgang")
    link = links.filter(pk=takt.underlag["objekt"], nominering__omgang__delprojekt=takt.delprojekt).first()
    if link is None or link.nominering.person_id != takt.actor.person:
        raise Ogiltigt("svar", NO_LONGER)
    if closed := why_closed(takt.actor, link):
        raise Ogiltigt("svar", closed)
    answer = Nomineringsstatus(takt.underlag["svar"])
    if answer not in LANKSVAR:
        raise Ogiltigt("svar", "Välj vad du svarar.")
    row = link.nominering
    row.status, row.chef_ja = answer, bool(takt.underlag.get("chef_ja")) or row.chef_ja
    for name in _LEFT_OUT:
        setattr(row, name, takt.text(name) or getattr(row, name))
    row.save(update_fields=["status", "chef_ja", *_LEFT_OUT])
    link.anvand_at = takt.now
    link.save(update_fields=["anvand_at"])
    write_down(takt, row, takt.text("kommentar"), by_link=True)
    takt.som = str(row.get_roll_display()) if row.roll == Roll.PATIENTFORETRADARE else ""
    takt.mening = f"{named(row)} svarade på nomineringen: {answer.label.lower()}."
