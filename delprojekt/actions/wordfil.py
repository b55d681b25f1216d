"""Word files: sections taken out to be written in Word, files handed in, and what of them is taken in.

Nothing in a section changes before somebody has seen the difference and says yes. What has been written in the portal
since the file was taken out goes through the same merge as simultaneous writers (``actions/avsnitt.py``).
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pghistory
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction

from delprojekt.actions.avsnitt import (
    Sparning,
    Textkrock,
    Textval,
    belongs,
    mark_now,
    save_section,
)
from delprojekt.actions.bild import add_picture
from delprojekt.actions.filer import as_file, store_upload
from delprojekt.actions.handling import note_taken
from delprojekt.actions.jobb import holding
from delprojekt.actions.lock import WORDLAS, lock
from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.arbetsfil import Avsnittsdel, Framsida, render_arbetsfil
from delprojekt.documents.bilder import ADRESS, media_of
from delprojekt.documents.granska.slag import HUVUD, Filslag, slag_av
from delprojekt.documents.granska.utslag import MB
from delprojekt.documents.granska.wordblock import BILD
from delprojekt.documents.insattord import as_tables
from delprojekt.documents.marken import Marke, read_mark
from delprojekt.documents.plain import from_plain
from delprojekt.documents.text import MAX_TECKEN
from delprojekt.documents.tradar import placed, word_comments
from delprojekt.documents.wordintag import Intag, Intagslage, guess, plan
from delprojekt.documents.wordtext import Olaslig, Wordtext, read_picture, read_word, to_data
from delprojekt.models import Delprojekt, Innehall, Mallavsnitt, Uppdragsomgang, Versionsslag, Wordfil
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import idag, nu
from delprojekt.process.mall import utelamnas_med, writing_act
from delprojekt.process.policy.avgor import require, sections_for
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries.besok import levande_for
from delprojekt.queries.delar import first_draft
from delprojekt.queries.kommentar import open_threads
from delprojekt.queries.lage import build_lage
from delprojekt.queries.skrivbord import DOKUMENT
from delprojekt.queries.wordfil import pictures_of

MAX_MB = 40
MEST_BILDER = 60
_BILD = re.compile(rf'<img src="{BILD}([^"]+)" alt="([^"]*)">')
_VISAS = frozenset({Filslag.PNG, Filslag.JPEG, Filslag.TIFF})


def writable_sections(actor: Actor, delprojekt: Delprojekt) -> tuple[Uppdragsomgang, list[Mallavsnitt]]:
    """Return the omgång, and the sections of running text that the actor writes now, in order.

    Raises Refused when there are none, Mallavsnitt.DoesNotExist before there is an uppdrag.
    """
    path = levande_for(delprojekt)
    act, lage = writing_act(Steg(delprojekt.steg)), build_lage(delprojekt, path)
    omgang = path[-1].omgang
    if omgang is None:
        raise Mallavsnitt.DoesNotExist
    require(actor, act, lage, {})
    mine = sections_for(actor, act, lage)
    said = omgang.avsnittsuppgifter.exclude(utelamnat="").values_list("nyckel", flat=True)
    reasons = {key for one in said for key in utelamnas_med(one)}
    rows = omgang.mallversion.avsnitt.filter(innehall=Innehall.TEXT).order_by("ordning")
    found = [row for row in rows if belongs(row, act) and row.nyckel not in reasons]
    return omgang, [row for row in found if mine is None or row.nyckel in mine]


# out ------------------------------------------------------------------------------------------------------------------


def take_out(actor: Actor, delprojekt: Delprojekt, keys: Collection[str]) -> bytes:
    """Return sections as a Word file to go on writing in; what they say now is kept for ever, to compare with.

    Raises Refused, Mallavsnitt.DoesNotExist, WordFel, OtillatenResurs.
    """
    with transaction.atomic(), pghistory.context(person=actor.person, act="SKRIV"):
        locked = lock(delprojekt.pk)
        omgang, sections = writable_sections(actor, locked)
        parts = _parts(actor, locked, omgang, [row for row in sections if row.nyckel in keys])
    document = DOKUMENT[writing_act(Steg(locked.steg))]
    front = Framsida(locked.benamning, f"{document.label} · Delprojekt {locked.beteckning}".strip(), idag())
    made = render_arbetsfil(front, parts, media_of(locked.pk))
    note_taken(actor, locked, f"{document.label} (arbetsfil, Word)", hashlib.sha256(made).hexdigest())
    return made


def _parts(
    actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang, sections: Sequence[Mallavsnitt]
) -> list[Avsnittsdel]:
    """Return the parts of the file: the sections, and the headings of the chapters that they stand under."""
    texts = {row.nyckel: row for row in omgang.avsnitt.filter(nyckel__in=[one.nyckel for one in sections])}
    chosen = {one.nyckel: one for one in sections}
    above = {one.foralder for one in sections if one.foralder} - set(chosen)
    chapters = list(omgang.mallversion.avsnitt.filter(nyckel__in=above))
    tables = {row.pk: row for row in omgang.datatabeller.all()}
    parts, said = [], open_threads(actor, delprojekt, omgang)
    for one in sorted([*sections, *chapters], key=lambda row: row.ordning):
        row = texts.get(one.nyckel)
        version = (row.version if row else 0) if one.nyckel in chosen else None
        drafted = from_plain(first_draft(actor, delprojekt, one.nyckel)) if version == 0 else ""
        level = 2 if one.foralder else 1
        mark = Marke(omgang.pk, one.pk, version)
        html = as_tables(row.html, tables) if row else drafted
        comments = word_comments(placed(said.get(one.nyckel, []), one.nyckel, html))
        parts.append(Avsnittsdel(mark, one.nyckel, level, str(one), html, comments))
    mark_now(texts.values(), f"Hämtad som Word {skriv(idag())}")
    return parts


# in -------------------------------------------------------------------------------------------------------------------


def keep_word(actor: Actor, delprojekt: Delprojekt, upload: "UploadedFile[bytes]") -> Wordfil:
    """Keep a Word file as it came, with what was read in it and a guess of where each part belongs.

    No section changes. Raises Refused, Mallavsnitt.DoesNotExist, and Olaslig or Ogiltigt (field ``fil``) with a
    sentence when the file cannot be read or there is no room for it; then it is not kept.
    """
    omgang, sections = writable_sections(actor, delprojekt)
    if not upload.size:
        raise Olaslig("Filen är tom. Kontrollera att du valde rätt fil och försök igen.")
    if upload.size > MAX_MB * MB:
        raise Olaslig(f"Filen är större än {MAX_MB} MB. Spara den med mindre bilder, eller dela den i flera filer.")
    with holding(actor.person or 0, WORDLAS) as ours, as_file(upload) as path:
        if not ours:
            raise Olaslig("En fil som du har lämnat in läses redan. Vänta tills den är läst och försök igen.")
        text = read_word(path)
        data = _with_pictures(actor, omgang, text, path)
    now = nu()
    stored = store_upload(upload, f"word/{now:%Y}")
    row = Wordfil(omgang=omgang, filnamn=stored.filnamn, storlek=stored.storlek, sha256=stored.sha256, innehall=data)
    row.fil.name, row.inkommen_at, row.inlamnad_av_id = stored.namn, now, actor.person
    row.placering = guess(data["delar"], sections, omgang.pk)
    row.save()
    return row


def _with_pictures(actor: Actor, omgang: Uppdragsomgang, text: Wordtext, path: Path) -> dict[str, Any]:
    """Return what was read, its pictures found again among the portal's own; those that cannot be shown are told of."""
    if len(text.bilder) > MEST_BILDER:
        raise Olaslig(f"Filen har fler än {MEST_BILDER} bilder. Dela den i flera filer och lämna in dem var för sig.")
    known = _known(actor, omgang) if text.bilder else {}
    stands = _stands(omgang) if known else {}
    data = to_data(text)
    for name in text.bilder:
        try:
            picture = read_picture(path, name)
        except LookupError:
            picture = b""
        own = known.get(hashlib.sha256(picture).hexdigest())
        if own:
            _put_own(data, name, own, stands)
        elif slag_av(picture[:HUVUD]) not in _VISAS or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
            said = f"Bilden {name} kan inte visas i portalen. Spara den som PNG eller JPEG i Word."
            data["varningar"].append(f"{said} Den finns kvar i filen.")
            for part in data["delar"]:
                part["html"] = _in_words(part["html"], escape(name))
    return data


def _in_words(html: str, name: str) -> str:
    """Return a text with words where a picture of the file stood, as its name is written there."""
    words = "[Bild som inte kunde tas in: {alt} ({name})]"
    return _BILD.sub(lambda img: words.format(alt=img[2], name=name) if img[1] == name else img[0], html)


def _put_own(data: Mapping[str, Any], name: str, own: Sequence[str], stands: Mapping[int, str]) -> None:
    """Let a picture of the file be the portal's own: of several alike, the one that the part's section shows already.

    In: its name in the file, the portal's names of it, and what each section of the template says.
    """
    for part in data["delar"]:
        mark = read_mark(part["marke"])
        text = stands.get(mark.mall, "") if mark else ""
        best = next((one for one in own if f"{ADRESS}{one}" in text), own[0])
        part["html"] = part["html"].replace(f'src="{BILD}{name}"', f'src="{ADRESS}{best}"')


def _stands(omgang: Uppdragsomgang) -> dict[int, str]:
    """Return what each section of the template says now."""
    texts = dict(omgang.avsnitt.values_list("nyckel", "html"))
    keys = omgang.mallversion.avsnitt.filter(nyckel__in=texts).values_list("pk", "nyckel")
    return {pk: texts[key] for pk, key in keys}


def _known(actor: Actor, omgang: Uppdragsomgang) -> dict[str, list[str]]:
    """Return the names of the portal's own pictures by the checksum of what is shown."""
    found: dict[str, list[str]] = {}
    for row in pictures_of(actor, omgang):
        with row.visning.open("rb") as file:
            found.setdefault(hashlib.sha256(file.read()).hexdigest(), []).append(row.namn)
    return found


def place(actor: Actor, row: Wordfil, placering: Mapping[str, str], *, ersatter: bool) -> None:
    """Say where each part of a file belongs, and whether it stands instead of what a section already says."""
    row.placering, row.ersatter = dict(placering), ersatter
    row.save(update_fields=["placering", "ersatter"])


@dataclass
class Intaget:
    """How it went: the sections that were taken in, those where somebody must choose, those that say something else now
    than what was shown, and what could not come along."""

    tagna: list[str] = field(default_factory=list)
    krockar: list[str] = field(default_factory=list)
    osedda: list[str] = field(default_factory=list)
    fel: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Val:
    """What somebody has chosen for a section: which text where both had changed, having seen which version."""

    val: Textval | None = None
    sett: int = 0


def take_in(actor: Actor, delprojekt: Delprojekt, row: Wordfil, chosen: Mapping[str, Val]) -> Intaget:
    """Take in what was chosen of a file, section by section. What stood there is kept among the versions.

    Where the same paragraph has been changed in the portal since the file was taken out the section is left as it is
    until somebody chooses; so is one that is to be replaced and says something else than when it was shown.
    Raises Refused, Mallavsnitt.DoesNotExist.
    """
    _, sections = writable_sections(actor, delprojekt)
    done = Intaget()
    try:
        for one in plan(actor, delprojekt, row, sections):
            if one.nyckel in chosen and one.lage is not Intagslage.OFORANDRAT:
                _take(actor, delprojekt, row, one, chosen[one.nyckel], done)
    finally:  # also when it is refused halfway: what has been taken in is told
        if done.tagna:
            said = f"{skriv(idag())}: {', '.join(done.tagna)}."
            row.intagen_at, row.resultat = row.intagen_at or nu(), f"{row.resultat} {said}".strip()
            row.save(update_fields=["intagen_at", "resultat", "innehall"])
    return done


def _take(actor: Actor, delprojekt: Delprojekt, row: Wordfil, one: Intag, val: Val, done: Intaget) -> None:
    if one.lage is Intagslage.KROCK and val.val is None:
        done.krockar.append(one.rubrik)
        return
    again = one.tillagd and one.nyckel in row.innehall.get("tagna", {})
    if (one.ersatter or again) and val.sett != one.nu:
        done.osedda.append(one.rubrik)
        return
    if len(one.html) > MAX_TECKEN:
        done.fel.append(f"{one.rubrik}: texten är för lång för ett avsnitt. Dela upp den på flera.")
        return
    version = val.sett if one.ersatter else one.version if one.bas is None else one.nu
    how = Sparning(version, Versionsslag.WORD, bas=one.bas, val=val.val, sett=val.sett)
    try:
        with transaction.atomic():  # a text that is not taken leaves no pictures behind
            html = _put_pictures(actor, delprojekt, row, one, done)
            saved = save_section(actor, delprojekt, one.nyckel, html, how)
            mark_now([saved], f"Ur Word-filen {row.filnamn}"[:150])
        done.tagna.append(one.rubrik)
        own = None if one.ersatter or one.tillagd or val.val is Textval.DERAS else html
        taken = {"dag": idag().isoformat(), "version": one.version, "html": own}
        row.innehall.setdefault("tagna", {})[one.nyckel] = taken
    except Textkrock:
        (done.osedda if one.ersatter else done.krockar).append(one.rubrik)


def _put_pictures(actor: Actor, delprojekt: Delprojekt, row: Wordfil, one: Intag, done: Intaget) -> str:
    """Return the text with its new pictures put in the section; one that is no good is told of in its place."""
    html = one.html
    names = dict.fromkeys(name for name, _ in _BILD.findall(html))
    if not names:
        return html
    with row.fil.open("rb") as original, as_file(original) as path:
        for name in names:
            try:
                picture = SimpleUploadedFile(name, read_picture(path, name))
                made = add_picture(actor, delprojekt, one.nyckel, picture)
                html = html.replace(f'src="{BILD}{name}"', f'src="{ADRESS}{made.namn}"')
            except (LookupError, Ogiltigt) as error:
                done.fel.append(f"{one.rubrik}, bilden {name}: {error}")
                html = _in_words(html, name)
    return html
