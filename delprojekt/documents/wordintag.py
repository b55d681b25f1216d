"""From the parts of a Word file to sections: where each part belongs, and what taking it in would do."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import Enum
from html import unescape
from typing import Any

from delprojekt.documents.granska.wordblock import MEST_RADER
from delprojekt.documents.insattord import as_marks
from delprojekt.documents.marken import Marke, read_mark
from delprojekt.documents.plain import from_plain
from delprojekt.documents.sammanfoga import blocks, merge
from delprojekt.documents.text import sanitise
from delprojekt.models import Avsnitt, Avsnittsversion, Datatabell, Delprojekt, Mallavsnitt, Wordfil
from delprojekt.process.roller import Actor
from delprojekt.queries.datatabell import earlier_states
from delprojekt.queries.delar import first_draft

INTE, OVAN = "", "ovan"
"""A part that is not taken in, and one that goes with the part above it."""
_SA_MANGA = 10
"""So many files back is it known what somebody has taken in."""
NARA = 0.8
"""So alike must two headings be for one to be guessed from the other."""
_NUMBER = re.compile(r"^\d+(?:\.\d+)*[a-z]?[.)]?\s+", re.IGNORECASE)
_TERM = re.compile(r'<dfn title="([^"]*)">(.*?)</dfn>', re.DOTALL)
_PIECE = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>|[^<]+")
_EMPTY = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
_SPLIT_LIST = re.compile(r"</ul>\s*<ul>")
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
_INLINE = frozenset({"strong", "em", "sub", "sup", "a", "dfn"})


class Intagslage(Enum):
    """What taking a section in would do. The value is what the page calls it."""

    ANDRAT = "Ändrat i Word"
    NYTT = "Ny text"
    BADA = "Ändrat på båda håll"
    KROCK = "Samma stycke ändrat på båda håll"
    TOMT = "Tomt i filen"
    OFORANDRAT = "Oförändrat"


@dataclass(frozen=True)
class Intag:
    """A section that a file has text for.

    ``version``: what the text was written from; ``fore``: what the section says now, as version ``nu``; ``html``: what
    is to be saved; ``efter``: what the section would say then. ``lage`` tells why. ``rubrik_i_filen``: the heading of a
    section from the portal, if somebody has changed it in Word; headings belong to the template. ``ersatter``: the text
    is not from the portal and stands instead of what the section says now, whatever that is; ``tillagd``: it stands
    after it. ``tabeller``: the headings of the tables of data that have been changed in Word. ``bas``: what the same
    person has taken in already of the same text, when they have gone on writing in it.
    """

    nyckel: str
    rubrik: str
    version: int
    nu: int
    fore: str
    html: str
    efter: str
    lage: Intagslage
    rubrik_i_filen: str = ""
    ersatter: bool = False
    tillagd: bool = False
    tabeller: tuple[str, ...] = ()
    bas: str | None = None


@dataclass
class _Samlat:
    html: str = ""
    version: int | None = None
    added: bool = True
    heading: str = ""
    parts: list[int] = field(default_factory=list)


def marks(parts: Sequence[Mapping[str, Any]]) -> list[Marke | None]:
    """Return each part's mark."""
    return [read_mark(part["marke"]) for part in parts]


def guess(parts: Sequence[Mapping[str, Any]], targets: Sequence[Mallavsnitt], omgang: int) -> dict[str, str]:
    """Return where each part of a file seems to belong, by the part's number: a section's key, OVAN or INTE.

    By its mark if it is one of ours; else by its heading, the same or nearly, below the chapter that was found last.
    A heading that is in none of the sections goes with the part above, if that one has been found and stands above it
    (in a file of ours whatever its level: somebody has written a heading of their own). A part whose mark is that of a
    section that is not among them (somebody else's, or left out since) is nowhere: never what its heading looks like.
    """
    by_pk = {target.pk: target.nyckel for target in targets}
    found: dict[str, str] = {}
    ours = any(mark and mark.omgang == omgang for mark in marks(parts))
    used: set[str] = set()
    chapter, level = "", 0
    for at, (part, mark) in enumerate(zip(parts, marks(parts), strict=True)):
        own = mark is not None and mark.omgang == omgang
        if own and mark and mark.mall not in by_pk:
            found[str(at)], level = INTE, 0
            continue
        key = by_pk[mark.mall] if own and mark else INTE
        key = key or _by_heading(part["rubrik"], [t for t in targets if t.nyckel not in used], chapter)
        if key:
            used.add(key)
            level = part["niva"]
            chapter = key if level <= 1 else chapter
        elif not (level and part["rubrik"] and (ours or part["niva"] > level)):
            level = 0
            key = INTE
        else:
            key = OVAN
        found[str(at)] = key
    return found


def _by_heading(heading: str, targets: Iterable[Mallavsnitt], chapter: str) -> str:
    words = _plain_heading(heading)
    if not words:
        return INTE
    number = heading.split(" ", 1)[0].rstrip(".)")
    scored = [(_likeness(words, number, target, chapter), target.nyckel) for target in targets]
    best = max(scored, default=(0.0, INTE), key=lambda one: one[0])
    return best[1] if best[0] >= NARA else INTE


def _likeness(words: str, number: str, target: Mallavsnitt, chapter: str) -> float:
    same = SequenceMatcher(None, words, _plain_heading(target.rubrik)).ratio()
    if same < NARA:
        return 0.0
    return same + (0.2 if target.nummer and target.nummer == number else 0) + (0.1 if target.foralder == chapter else 0)


def _plain_heading(heading: str) -> str:
    return " ".join(_NUMBER.sub("", heading).casefold().split())


def gather(row: Wordfil, targets: Sequence[Mallavsnitt]) -> dict[str, _Samlat]:
    """Return what a file says of each section, by the section's key, as its parts have been placed."""
    parts = row.innehall["delar"]
    pks = {target.nyckel: target.pk for target in targets}
    headings = {target.nyckel: str(target) for target in targets}
    found: dict[str, _Samlat] = {}
    last = INTE
    for at, (part, mark) in enumerate(zip(parts, marks(parts), strict=True)):
        chosen = row.placering.get(str(at), INTE)
        key = last if chosen == OVAN else chosen
        last = key
        if key not in pks:
            continue
        whole = found.setdefault(key, _Samlat())
        own = chosen != OVAN and mark is not None and mark.omgang == row.omgang_id and mark.mall == pks[key]
        if own and mark and mark.version is not None and whole.added:
            whole.version, whole.added = mark.version, False
            whole.heading = part["rubrik"] if part["rubrik"] != headings[key] else ""
        said = not own and (whole.parts or chosen == OVAN or not _same_heading(part["rubrik"], headings[key]))
        whole.html += (f"<h3>{_escaped(part['rubrik'])}</h3>" if said and part["rubrik"] else "") + part["html"]
        whole.parts.append(at)
    return found


def _same_heading(heading: str, of_section: str) -> bool:
    return SequenceMatcher(None, _plain_heading(heading), _plain_heading(of_section)).ratio() >= NARA


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def left_over(row: Wordfil, targets: Collection[str]) -> list[Mapping[str, Any]]:
    """Return the parts that have been placed in no section: they are shown, and stay in the file.

    The heading of a chapter that only stood there for the sections below it is none of them.
    """
    last, found = INTE, []
    parts = row.innehall["delar"]
    for at, (part, mark) in enumerate(zip(parts, marks(parts), strict=True)):
        chosen = row.placering.get(str(at), INTE)
        last = last if chosen == OVAN else chosen
        only_heading = mark and mark.omgang == row.omgang_id and mark.version is None and not part["html"]
        if last not in targets and not only_heading:
            found.append(part)
    return found


def plan(actor: Actor, delprojekt: Delprojekt, row: Wordfil, targets: Sequence[Mallavsnitt]) -> list[Intag]:
    """Return what taking in each section would do, in the template's order. The number of queries does not grow.

    Before its first save a section says what the desk prefills it with.
    """
    gathered = {key: whole for key, whole in gather(row, targets).items() if whole.html or whole.version is not None}
    saved = {one.nyckel: one for one in Avsnitt.objects.filter(omgang=row.omgang_id, nyckel__in=gathered)}
    texts = _versions(saved, gathered)
    for key in gathered:
        texts[key, 0] = from_plain(first_draft(actor, delprojekt, key))
    earlier = _taken_before(actor, row)
    tables = {one.pk: one for one in Datatabell.objects.filter(omgang=row.omgang_id)}
    been = earlier_states(actor, tables) if tables else []
    found = []
    for target in targets:
        whole = gathered.get(target.nyckel)
        if whole:
            before = earlier.get((target.nyckel, whole.version))
            stood = saved[target.nyckel].html if target.nyckel in saved else ""
            whole.html, changed = as_marks(sanitise(whole.html), stood, tables, been)
            one = _intag(target, whole, saved.get(target.nyckel), texts, row, before)
            found.append(replace(one, tabeller=changed))
    return found


def _taken_before(actor: Actor, row: Wordfil) -> dict[tuple[str, int | None], str]:
    """Return what the actor has taken in of the same texts, by section and the version in its mark, the latest.

    Whoever goes on writing in a file that has been handed in has only changed what came after that.
    """
    files = Wordfil.objects.filter(omgang=row.omgang_id, inlamnad_av=actor.person, pk__lte=row.pk)
    found: dict[tuple[str, int | None], str] = {}
    for taken in files.exclude(intagen_at=None).order_by("-pk").values_list("innehall__tagna", flat=True)[:_SA_MANGA]:
        for key, what in (taken or {}).items():
            if what["html"] is not None:
                found.setdefault((key, what["version"]), what["html"])
    return found


def _versions(saved: Mapping[str, Avsnitt], gathered: Mapping[str, _Samlat]) -> dict[tuple[str, int], str]:
    wanted = {(key, whole.version) for key, whole in gathered.items() if whole.version}
    rows = Avsnittsversion.objects.filter(
        avsnitt__in=[one.pk for one in saved.values()], version__in={version for _, version in wanted}
    )
    keys = {one.pk: key for key, one in saved.items()}
    return {(keys[r.avsnitt_id], r.version): r.html for r in rows if (keys[r.avsnitt_id], r.version) in wanted}


def _intag(
    target: Mallavsnitt,
    whole: _Samlat,
    saved: Avsnitt | None,
    texts: Mapping[tuple[str, int], str],
    row: Wordfil,
    before: str | None,
) -> Intag:
    now, current = (saved.html, saved.version) if saved else (texts[target.nyckel, 0], 0)
    made = Intag(
        target.nyckel, str(target), whole.version or 0, current, now, sanitise(whole.html), "", Intagslage.NYTT
    )
    if whole.version is None:
        html = made.html if row.ersatter else sanitise(now + made.html)
        stands = html == now or (not row.ersatter and made.html in now)
        lage = Intagslage.OFORANDRAT if stands else Intagslage.ANDRAT if now else Intagslage.NYTT
        made = replace(made, version=current, html=html, efter=html, lage=lage)
        return replace(made, ersatter=row.ersatter, tillagd=not row.ersatter)
    bas = texts.get((target.nyckel, whole.version)) if before is None else before
    made = replace(made, bas=before)
    made = replace(made, html=as_it_stood(bas or "", made.html), rubrik_i_filen=whole.heading)
    return _against(made, bas)


def _against(made: Intag, bas: str | None) -> Intag:
    """Return what a section that came from the portal would say: both changes together if it has changed there too."""
    if _normal(made.html) in (_normal(bas or ""), _normal(made.fore)) and (bas is not None or made.html == made.fore):
        return replace(made, efter=made.fore, lage=Intagslage.OFORANDRAT)
    empty = not made.html
    if made.fore == bas:
        lage = Intagslage.TOMT if empty else Intagslage.ANDRAT if made.fore else Intagslage.NYTT
        return replace(made, efter=made.html, lage=lage)
    together = merge(bas or "", made.fore, made.html)
    if bas is None or together.krockar:
        return replace(made, efter=made.html, lage=Intagslage.KROCK)
    lage = Intagslage.TOMT if empty else Intagslage.BADA
    return replace(made, efter=sanitise(together.html), lage=lage)


def _normal(html: str) -> str:
    """Return a text without what Word does not keep and nobody sees: empty paragraphs, a list cut in two."""
    return _SPLIT_LIST.sub("", _EMPTY.sub("", html))


def as_it_stood(bas: str, html: str) -> str:
    """Return ``html`` with each block that says the same as one of ``bas``, in the same marks, as it stood there.

    Word keeps what a text says and how it looks, but not always how that was written; other programs lose what a
    fackord means (or every fackord of a text), and make the headers of a table bold. An explanation that was lost is
    taken from where it stood; one that was changed, or a fackord that is new or was taken away, is a change.
    A table of the portal's own that is longer than what is read stands as it stood: the page tells of it.
    """
    terms = "<dfn" in html
    meant = {word: title for title, word in _TERM.findall(bas) if title}
    html = _TERM.sub(
        lambda found: found[0] if found[1] else f'<dfn title="{meant.get(found[2], "")}">{found[2]}</dfn>', html
    )
    before: dict[Any, list[str]] = {}
    for block in blocks(bas):
        before.setdefault(_look(block, terms=terms), []).append(block)
    too_long = [block for block in blocks(bas) if block.startswith("<table") and block.count("<tr") > MEST_RADER]
    kept = []
    for block in blocks(html):
        table = next((one for one in too_long if block.startswith(_left_out(one))), None)
        if table:
            too_long.remove(table)
            kept.append(table)
            continue
        same = before.get(_look(block, terms=terms))
        kept.append(same.pop(0) if same else block)
    return "".join(kept)


def _left_out(table: str) -> str:
    """Return how the paragraph begins that stands instead of a table that is too long (``Skrivare``)."""
    caption = _CAPTION.search(table)
    return f"<p>[Tabellen ”{caption[1]}” har " if caption else "<p>[Tabellen utan rubrik har "


def _look(block: str, *, terms: bool) -> tuple[Any, ...]:
    """Return what a block says, sign by sign with the marks it stands in, and its elements in their order."""
    found: list[Any] = []
    held: list[str] = []
    in_head = False
    for piece in _PIECE.finditer(block):
        name = piece[2]
        if name is None:
            bare = {one for one in held if terms or not one.startswith("dfn")}
            marks_of = frozenset(bare - {"strong"} if in_head else bare)
            # A space has no look of its own: Word moves it in and out of what is bold.
            found += [" " if sign.isspace() and sign != "\xa0" else (sign, marks_of) for sign in unescape(piece[0])]
        elif name not in _INLINE:
            in_head = not piece[1] if name == "th" else in_head
            found.append(piece[0])
        elif piece[1]:
            held.remove(next(one for one in reversed(held) if one.split(" ", 1)[0] == name))
        else:
            held.append(f"{name}{piece[3]}")
    return tuple(_single_spaced(found))


def _single_spaced(signs: Iterable[Any]) -> Iterator[Any]:
    """Leave out spaces first and last in an element, and all but one of those in a row."""
    waiting, after_tag = False, True
    for sign in signs:
        if sign == " ":
            waiting = True
            continue
        is_tag = isinstance(sign, str)
        if waiting and not after_tag and not is_tag:
            yield " "
        yield sign
        waiting, after_tag = False, is_tag
