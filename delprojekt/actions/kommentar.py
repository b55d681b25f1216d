"""Comments beside the text of a section: written, answered, handed to somebody, done, opened again (§5.4.1).

The text itself is never touched. A comment is kept as it was written; its writer may strike it, with its trace.
"""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from delprojekt.actions.avsnitt import belongs
from delprojekt.actions.takt import IngetAndrat, Ogiltigt, Takt, change
from delprojekt.documents.ankare import MEST_CITAT, Ankare, en_rad, fast, ord_i
from delprojekt.models import (
    Kommentar,
    Kommentarsfraga,
    Kommentarsinlagg,
    Kommentarsslag,
    Kommentarsutfall,
    Mallavsnitt,
    Person,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.mall import writing_act
from delprojekt.process.policy.avgor import require
from delprojekt.process.steg import Steg
from delprojekt.queries.kommentar import readers, works_with
from delprojekt.queries.namn import representatives

_NAMNT = re.compile(r"(?<![\w.+-])@(\S[^\n@]*)")
"""A name after @; what stands before it is not an address."""
_FORNAMN = re.compile(r"[\w'’-]*(?: [A-ZÅÄÖÉ][\w'’-]*)?")
"""A first name; with a capital letter after it, it is a whole name."""
_LANG = 60
MEST_TECKEN = 5000
"""The longest post, in characters."""
SKRIV = "Skriv något."


def section_of(takt: Takt) -> Mallavsnitt:
    """Return the section that an act is about; it is one of those that are written now.

    Raises Refused for one that is not the actor's, Mallavsnitt.DoesNotExist.
    """
    nyckel = takt.text("avsnitt")
    require(takt.actor, takt.act, takt.lage, {"avsnitt": nyckel})
    found: Mallavsnitt = takt.need_omgang().mallversion.avsnitt.get(nyckel=nyckel)
    if not belongs(found, writing_act(Steg(takt.delprojekt.steg))):
        raise Mallavsnitt.DoesNotExist(nyckel)
    return found


def writer(takt: Takt) -> int:
    """Return who writes: somebody, never the portal itself."""
    if takt.actor.person is None:
        raise RuntimeError(f"{takt.act.name} needs a person")
    return takt.actor.person


def text_of(takt: Takt, section: Mallavsnitt) -> str:
    """Return what a section says now."""
    said = takt.need_omgang().avsnitt.filter(nyckel=section.nyckel).values_list("html", flat=True)
    return said.first() or ""


@change(Act.KOMMENTERA)
def add_comment(takt: Takt) -> None:
    """Write a comment on a section, or on a quote of it.

    In: ``avsnitt``, ``text``; ``citat`` and which of its occurrences it is (``nr``); ``fore`` and ``efter``, what
    stands around it, from an editor whose text may not be saved yet; ``hos`` and ``senast``, who is to see to it,
    and when. Raises Ogiltigt, Refused.
    """
    section = section_of(takt)
    words = takt.text("text")
    if not words:
        raise Ogiltigt("text", SKRIV)
    anchor = _anchor(takt, text_of(takt, section))
    row = Kommentar.objects.create(
        omgang=takt.need_omgang(),
        nyckel=section.nyckel,
        citat=anchor.citat,
        fore=anchor.fore,
        efter=anchor.efter,
        plats=anchor.plats,
        av_id=writer(takt),
        skriven_at=takt.now,
    )
    write_post(takt, row, words)
    hand_to(takt, row)
    takt.mening = f"En kommentar skrevs till avsnittet {section}."
    tell(takt, row, words)


def _anchor(takt: Takt, html: str) -> Ankare:
    quote = en_rad(takt.text("citat"))
    if not quote:
        return Ankare("")
    if len(quote) > MEST_CITAT:
        raise Ogiltigt("citat", "Markera en kortare bit av texten, högst 1 000 tecken.")
    around = (str(takt.underlag.get("fore") or ""), str(takt.underlag.get("efter") or ""))
    found = fast(ord_i(html), quote, takt.underlag.get("nr") or 0)
    if found and (not any(around) or (found.fore, found.efter) == around):
        return found
    if any(around):
        return Ankare(quote, around[0][-40:], around[1][:40], takt.underlag.get("plats") or 0)
    raise Ogiltigt("citat", "Orden finns inte i avsnittet. Kopiera dem ur texten, eller lämna rutan tom.")


@change(Act.BESVARA_KOMMENTAR)
def answer_comment(takt: Takt) -> None:
    """Answer a thread, or do something else with it.

    In: ``avsnitt``, ``kommentar``, and ``gor``: svara (``text``, and whom it is handed to), klar (of a proposed
    change: one's own, which is taken back), oppna, lamna (``hos``, ``senast``), stryk
    (``inlagg``, one's own). Raises Ogiltigt, IngetAndrat, Refused.
    """
    section = section_of(takt)
    row = comments(takt, section).filter(pk=takt.underlag.get("kommentar") or 0).first()
    if row is None:
        raise Ogiltigt("kommentar", "Kommentaren finns inte.")
    words = takt.text("text")
    where = f"till avsnittet {section}"
    match takt.text("gor"):
        case "klar":
            _end(takt, row, words)
            takt.mening = f"En kommentar {where} markerades som klar."
        case "oppna":
            _open_again(takt, row, words)
            takt.mening = f"En kommentar {where} öppnades igen."
        case "lamna":
            _hand_on(takt, row, words)
            takt.mening = f"En kommentar {where} lämnades till någon att ta hand om."
        case "stryk":
            _strike(takt, row)
            takt.mening = f"Ett inlägg i en kommentar {where} ströks av den som skrev det."
            return
        case _:
            _answer(takt, row, words)
            takt.mening = f"En kommentar {where} besvarades."
    tell(takt, row, words)


def comments(takt: Takt, section: Mallavsnitt) -> QuerySet[Kommentar]:
    """Return the comments of a section in this round of mandate."""
    return Kommentar.objects.filter(omgang=takt.need_omgang(), nyckel=section.nyckel).select_related("av", "omgang")


def write_post(takt: Takt, row: Kommentar, words: str) -> None:
    """Write a post in a thread: whoever was named and answers is no longer asked, whoever is named in it is.

    Raises Ogiltigt for one that is too long, or names somebody who cannot be asked.
    """
    takt.skrev = True
    if not words:
        return
    if len(words) > MEST_TECKEN:
        raise Ogiltigt("text", "Skriv kortare, högst 5 000 tecken.")
    text = for_all_readers(takt, words)
    Kommentarsinlagg.objects.create(kommentar=row, av_id=writer(takt), text=text, skriven_at=takt.now)
    _asked(row).filter(person=takt.actor.person, lamnad=False).update(avgjord_at=takt.now)
    already = set(_asked(row).values_list("person", flat=True))
    for one in named_in(takt, words):
        if one.pk not in already:
            Kommentarsfraga.objects.create(kommentar=row, person=one, stalld_at=takt.now)
        takt.aven.append(one)


def named_in(takt: Takt, words: str) -> list[Person]:
    """Return those who are named with @ in a text. Raises Ogiltigt for a name that nobody, or several, has."""
    return list(dict.fromkeys(person for _, _, person in _named(takt, words)))


def for_all_readers(takt: Takt, words: str) -> str:
    """Return a text in which a representative of patients is named by role: others read it than the group (S05).

    Raises Ogiltigt as ``named_in`` does.
    """
    found = _named(takt, words)
    hidden = frozenset(representatives(takt.actor, takt.delprojekt)) if found else frozenset()
    for start, end, person in reversed(found):
        if person.pk in hidden:
            words = f"{words[:start]}{person.kallas(hidden)}{words[end:]}"
    return words


def _named(takt: Takt, words: str) -> list[tuple[int, int, Person]]:
    """Return where in a text names stand after @, in order, and whose they are."""
    said = list(_NAMNT.finditer(words))
    people = readers(takt.actor, takt.delprojekt) if said else []
    return [(at.start(1), at.start(1) + length, one) for at in said for length, one in [_called(at[1], people)]]


def _called(said: str, people: Iterable[tuple[Person, str]]) -> tuple[int, Person]:
    """Return whose name words begin with, and how much of them it is: a whole name, or a first name of one only."""
    found = [(name, one) for one, name in people if _begins(said, name)]
    longest = max((len(name) for name, _ in found), default=0)
    found = [(name, one) for name, one in found if len(name) == longest]
    if not found:
        first = _FORNAMN.match(said)
        name = first[0] if first else ""
        found = [(name, one) for one, whole in people if whole.casefold().split(" ")[0] == name.casefold()]
    if len(found) == 1:
        return len(found[0][0]), found[0][1]
    if found and longest:
        raise Ogiltigt("text", f"Flera heter {found[0][0]}. Ta bort @, och välj vem som ska ta hand om det.")
    if found:
        raise Ogiltigt("text", f"Flera heter {found[0][0].title()}. Skriv hela namnet efter @.")
    raise Ogiltigt("text", f"Ingen som läser utkastet heter {name.title()}. Ändra namnet efter @, eller ta bort @.")


def _begins(said: str, name: str) -> bool:
    """Tell whether words begin with a name, and not with a longer one."""
    after = said[len(name) : len(name) + 1]
    return said[: len(name)].casefold() == name.casefold() and not (after.isalnum() or after == "-")


def _asked(row: Kommentar) -> QuerySet[Kommentarsfraga]:
    return Kommentarsfraga.objects.filter(kommentar=row, avgjord_at=None)


def hand_to(takt: Takt, row: Kommentar) -> None:
    """Hand a thread to who is chosen, until the day that is chosen; whoever had it before has it no longer."""
    chosen: int | None = takt.underlag.get("hos")
    last: date | None = takt.underlag.get("senast")
    if not chosen:
        if last:
            raise Ogiltigt("hos", "Välj vem som ska ta hand om det.")
        return
    person = next((one for one, _ in readers(takt.actor, takt.delprojekt) if one.pk == chosen), None)
    person = person or Person.objects.filter(pk=chosen if chosen == takt.actor.person else 0).first()
    if person is None:
        raise Ogiltigt("hos", "Välj någon som läser utkastet.")
    if last and last < takt.now.date():
        raise Ogiltigt("senast", "Dagen har varit. Välj en dag framåt.")
    _asked(row).filter(lamnad=True).update(avgjord_at=takt.now)
    _asked(row).filter(person=person).update(avgjord_at=takt.now)
    Kommentarsfraga.objects.create(kommentar=row, person=person, lamnad=True, senast_date=last, stalld_at=takt.now)
    takt.skrev = True
    takt.aven.append(person)
    due = f" Den ska vara klar senast {skriv(last)}." if last else ""
    takt.egna_tillagg[person.pk] = f"Kommentaren har lämnats till dig.{due}"


def _answer(takt: Takt, row: Kommentar, words: str) -> None:
    if row.utfall:
        raise Ogiltigt("kommentar", "Kommentaren är avslutad. Öppna den igen om du vill svara.")
    if not words:
        raise Ogiltigt("text", SKRIV)
    write_post(takt, row, words)
    hand_to(takt, row)


def _end(takt: Takt, row: Kommentar, words: str) -> None:
    change = row.slag == Kommentarsslag.ANDRING
    if change and row.av_id != takt.actor.person:
        raise Ogiltigt("kommentar", "Ett förslag på ändring godtas eller avslås.")
    if row.utfall:
        raise IngetAndrat("Kommentaren är redan klar.")
    write_post(takt, row, words)
    end_thread(takt, row, Kommentarsutfall.AVSLAGEN if change else Kommentarsutfall.KLAR)


def end_thread(takt: Takt, row: Kommentar, utfall: Kommentarsutfall) -> None:
    """Say how a thread ended; nobody is asked in it any longer."""
    row.utfall, row.avgjord_at, row.avgjord_av_id = utfall, takt.now, takt.actor.person
    row.save(update_fields=["utfall", "avgjord_at", "avgjord_av"])
    _asked(row).update(avgjord_at=takt.now)
    takt.skrev = True


def _open_again(takt: Takt, row: Kommentar, words: str) -> None:
    if row.utfall == Kommentarsutfall.GODTAGEN:
        raise Ogiltigt("kommentar", "Ändringen står redan i texten. Återställ en tidigare version om den ska bort.")
    if not row.utfall:
        raise IngetAndrat("Kommentaren är redan öppen.")
    row.utfall, row.avgjord_at, row.avgjord_av_id = "", None, None
    row.save(update_fields=["utfall", "avgjord_at", "avgjord_av"])
    write_post(takt, row, words)


def _hand_on(takt: Takt, row: Kommentar, words: str) -> None:
    if row.utfall:
        raise Ogiltigt("kommentar", "Öppna kommentaren igen först.")
    if not takt.underlag.get("hos"):
        raise Ogiltigt("hos", "Välj vem som ska ta hand om det.")
    write_post(takt, row, words)
    hand_to(takt, row)


def _strike(takt: Takt, row: Kommentar) -> None:
    post = row.inlagg.filter(pk=takt.underlag.get("inlagg") or 0, av=takt.actor.person).first()
    if post is None:
        raise Ogiltigt("inlagg", "Du kan bara stryka det som du själv har skrivit.")
    if post.struken_at:
        raise IngetAndrat("Inlägget är redan struket.")
    post.struken_at = takt.now
    post.save(update_fields=["struken_at"])
    takt.skrev = True
    said = row.slag == Kommentarsslag.ANDRING or row.inlagg.filter(struken_at=None).exists()
    if not said and not row.utfall:  # nobody is asked about what nobody says any longer
        end_thread(takt, row, Kommentarsutfall.KLAR)


def tell_author(takt: Takt, row: Kommentar) -> None:
    """Let whoever began a thread hear of it, if they still work with the delprojekt."""
    if works_with(takt.actor, takt.delprojekt, row.av_id):
        takt.aven.append(row.av)


def tell(takt: Takt, row: Kommentar, words: str) -> None:
    """Let whoever is asked, and whoever began the thread, hear what was said and of what."""
    tell_author(takt, row)
    words = for_all_readers(takt, words)
    quote = row.citat if len(row.citat) <= _LANG else f"{row.citat[:_LANG]} …"
    parts = [f"Om ”{quote}”:" if quote else "", words]
    said = "\n".join(part for part in parts if part)
    takt.tillagg = said
    for person, own in takt.egna_tillagg.items():
        takt.egna_tillagg[person] = f"{said}\n\n{own}".strip()
