"""Asking somebody who is nominated, or their manager, and the answer through the personal link (§4.3)."""

from delprojekt.actions.grupp import named, write_down
from delprojekt.actions.person import find_or_register
from delprojekt.actions.takt import Egetbrev, Ogiltigt, Takt, change
from delprojekt.models import Nominering, Person, Svarslank
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import AVGJORDA, LANKSVAR, Chefssvar, Nomineringsstatus
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
    row = _asked_about(takt)
    if not row.person.epost:
        raise Ogiltigt("text", "Personen har ingen e-postadress. Fråga på annat sätt och anteckna svaret.")
    link = _new_link(takt, row)
    last = link.till_date
    if row.status != Nomineringsstatus.TILLFRAGAD:
        row.status = Nomineringsstatus.TILLFRAGAD
        row.save(update_fields=["status"])
    write_down(takt, row, f"Svar senast {skriv(last)}")
    _post(takt, row.person, link)
    takt.mening = f"{named(row)} tillfrågades som {Roll(row.roll).label.lower()}, svar senast {skriv(last)}."


def _asked_about(takt: Takt) -> Nominering:
    """Return the nomination. Raises Ogiltigt for one about whom ledningsgruppen has decided, and for a past day."""
    rows = Nominering.objects.select_related("person", "region")
    row = rows.get(pk=takt.underlag["objekt"], omgang=takt.need_omgang())
    if row.status in AVGJORDA:
        raise Ogiltigt("text", "Ledningsgruppen har redan beslutat om personen.")
    if takt.underlag["till"] < takt.now.date():
        raise Ogiltigt("till", "Sista dagen för svar har redan passerat.")
    return row


def _new_link(takt: Takt, row: Nominering, chef: Person | None = None) -> Svarslank:
    """Make the question; an earlier one to the same of the two is closed by it."""
    row.svarslankar.filter(anvand_at=None, ersatt_at=None, chef__isnull=chef is None).update(ersatt_at=takt.now)
    said = {"text": takt.text("text"), "till_date": takt.underlag["till"], "skapad_at": takt.now}
    return Svarslank.objects.create(nominering=row, chef=chef, **said)


def _post(takt: Takt, person: Person, link: Svarslank) -> None:
    subject, text = question_letter(takt.delprojekt, link)
    takt.brev[person.pk] = Egetbrev(person.epost, subject, text, svarslank=link)


@change(Act.TILLFRAGA_CHEF)
def ask_manager(takt: Takt) -> None:
    """Ask the nearest manager by mail, with a link that works once (M4.3-4).

    In: ``objekt`` the nomination, the manager's ``fornamn``, ``efternamn`` and ``epost``, ``till``, ``text``. Raises
    Ogiltigt as for the nominee; for a patient representative, who has no manager to ask; for somebody with protected
    data, whose name is not written in a mail; and when the address is the nominee's own.
    """
    row = _asked_about(takt)
    if not row.chef_fragas:
        raise Ogiltigt("text", "En patient- eller närståendeföreträdare behöver inte stämma av med någon chef.")
    if row.person.skyddade_uppgifter:
        raise Ogiltigt("text", "Personen har skyddade uppgifter. Fråga chefen på annat sätt och anteckna svaret.")
    if not takt.text("epost") or takt.text("epost").lower() == row.person.epost.lower():
        raise Ogiltigt("epost", "Skriv chefens egen e-postadress.")
    chef = find_or_register(takt)
    link = _new_link(takt, row, chef)
    row.chef_namn, row.chef_svar, row.chef_svar_date = str(chef), Chefssvar.VANTAR, None
    row.save(update_fields=["chef_namn", "chef_svar", "chef_svar_date"])
    write_down(takt, row, f"Närmsta chef tillfrågades, svar senast {skriv(link.till_date)}")
    _post(takt, chef, link)
    takt.mening = f"Närmsta chef till {named(row)} tillfrågades, svar senast {skriv(link.till_date)}."


@change(Act.SVARA_SOM_CHEF)
def answer_as_manager(takt: Takt) -> None:
    """Store the manager's answer and close the link.

    In: ``objekt`` the link, ``svar``, ``chef_namn`` who answers, ``kommentar``. Raises Ogiltigt when the link is closed
    or somebody else's, and without an answer or a name.
    """
    link = _open_link(takt, chef=True)
    answer = Chefssvar(takt.underlag["svar"])
    if answer is Chefssvar.VANTAR:
        raise Ogiltigt("svar", "Välj vad du svarar.")
    if not takt.text("chef_namn"):
        raise Ogiltigt("chef_namn", "Skriv ditt namn.")
    row = link.nominering
    row.chef_svar, row.chef_svar_date, row.chef_namn = answer, takt.dag, takt.text("chef_namn")
    row.chef_ja = answer is Chefssvar.JA
    row.save(update_fields=["chef_svar", "chef_svar_date", "chef_namn", "chef_ja"])
    write_down(takt, row, takt.text("kommentar"), by_link=f"Närmsta chef svarade: {answer.label.lower()}")
    takt.som = str(Roll.NARMSTA_CHEF.label)
    takt.mening = f"Närmsta chef till {named(row)} svarade: {answer.label.lower()}."


def _open_link(takt: Takt, *, chef: bool) -> Svarslank:
    """Return the link that is answered, and close it. Raises Ogiltigt when it is closed already or somebody else's."""
    links = Svarslank.objects.select_related("nominering__person", "nominering__omgang")
    link = links.filter(pk=takt.underlag["objekt"], nominering__omgang__delprojekt=takt.delprojekt).first()
    if link is None or bool(link.chef_id) != chef or (link.chef_id or link.nominering.person_id) != takt.actor.person:
        raise Ogiltigt("svar", NO_LONGER)
    if closed := why_closed(takt.actor, link):
        raise Ogiltigt("svar", closed)
    link.anvand_at = takt.now
    link.save(update_fields=["anvand_at"])
    return link


@change(Act.SVARA_PA_NOMINERING)
def answer_by_link(takt: Takt) -> None:
    """Store the answer and close the link. The delprojekt is locked, so two clicks become one answer.

    In: ``objekt`` the link, ``svar``, ``kommentar``, and what is said of the manager and of the time. Raises Ogiltigt
    when the link is closed, or is somebody else's.
    """
    link = _open_link(takt, chef=False)
    answer = Nomineringsstatus(takt.underlag["svar"])
    if answer not in LANKSVAR:
        raise Ogiltigt("svar", "Välj vad du svarar.")
    row = link.nominering
    said_yes = bool(takt.underlag.get("chef_ja")) or row.chef_ja
    row.status, row.chef_ja = answer, said_yes and row.chef_svar != Chefssvar.NEJ  # the manager's own word counts
    for name in _LEFT_OUT:
        setattr(row, name, takt.text(name) or getattr(row, name))
    row.save(update_fields=["status", "chef_ja", *_LEFT_OUT])
    write_down(takt, row, takt.text("kommentar"), by_link="Svarade själv")
    takt.som = str(row.get_roll_display()) if row.roll == Roll.PATIENTFORETRADARE else ""
    takt.mening = f"{named(row)} svarade på nomineringen: {answer.label.lower()}."
