"""Reading in a list of delprojekt: the file is kept, and what was chosen on the review page is moved in."""

import hashlib
import logging
from collections.abc import Collection
from typing import Any

import pghistory
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from delprojekt.actions.filer import store_upload
from delprojekt.actions.inflyttning import move_in
from delprojekt.actions.lock import lock_root
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Inlasning
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.inlasning import Lista, Olaslig, read_list
from delprojekt.process.klocka import idag, nu
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import Refused, require
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries.inlasning import Forslag, Utfall, plan

logger = logging.getLogger(__name__)


def keep_list(actor: Actor, upload: "UploadedFile[bytes]") -> Inlasning:
    """Keep a list as it came; nothing of it is read in. Out: the row; the same file that waits already is kept once.

    Raises Refused for everybody but an administrator, Olaslig when the file is no list and Ogiltigt when there is no
    room for it; then it is not kept.
    """
    require(actor, Act.LAGG_IN_PAGAENDE, Lage(steg=Steg.PROJEKTFORSLAG), {})
    data = upload.read()
    upload.seek(0)
    read_list(data, idag())
    digest = hashlib.sha256(data).hexdigest()
    waiting = Inlasning.objects.filter(sha256=digest, bekraftad_at=None, inlamnad_av_id=actor.person).first()
    if waiting:
        return waiting
    now = nu()
    stored = store_upload(upload, f"listor/{now:%Y}")
    row = Inlasning(filnamn=stored.filnamn, storlek=stored.storlek, sha256=stored.sha256, inkommen_at=now)
    row.fil, row.inlamnad_av_id = stored.namn, actor.person
    row.save()
    return row


def read_kept(row: Inlasning) -> Lista:
    """Return what a kept list holds. Raises Olaslig, also when the file is not there any more."""
    try:
        with row.fil.open("rb") as file:
            data = file.read()
    except OSError as error:
        logger.exception("Listan %s går inte att öppna.", row.fil.name)
        raise Olaslig("Filen med listan finns inte kvar i portalen. Läs in den igen från din dator.") from error
    return read_list(data, idag())


def read_in(actor: Actor, pk: int, chosen: Collection[int]) -> str:
    """Move in what was chosen of a list: ``chosen`` are the first lines of the delprojekt. All or nothing, no mail.

    What has come here since the review is weighed again, so that reading in the same list twice changes nothing; the
    rest can be chosen later, and what was done then is added to what was done before. Out: what was done, in words.
    Raises Refused, Inlasning.DoesNotExist, Olaslig, and Ogiltigt with the line that could not be read in.
    """
    require(actor, Act.LAGG_IN_PAGAENDE, Lage(steg=Steg.PROJEKTFORSLAG), {})
    with transaction.atomic(), pghistory.context(person=actor.person, act=Act.LAGG_IN_PAGAENDE.name):
        lock_root()
        row = Inlasning.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        wanted = [one for one in plan(actor, read_kept(row)) if one.kan_valjas and one.post.rad in chosen]
        if not wanted:
            return "Det du valde är redan inlagt. Inget ändrades."
        for one in wanted:
            _do(actor, one, f"Ur listan ”{row.filnamn}”.")
        done, now = _in_words(wanted), nu()
        row.resultat = f"{row.resultat} Den {skriv(now.date())}: {done}" if row.resultat else done
        row.bekraftad_at = row.bekraftad_at or now
        row.save(update_fields=["bekraftad_at", "resultat"])
    return done


def _do(actor: Actor, one: Forslag, source: str) -> None:
    """Read in one delprojekt. Raises Ogiltigt with its line."""
    told, post = {**_underlag(one), "kalla": source}, one.post
    try:
        if one.delprojekt:
            number = {"nummer": post.nummer, "delnummer": post.delnummer} if one.nummer else {}
            more = {**told, **number, "alias": one.alias}
            perform(actor, Act.KOMPLETTERA_I_EFTERHAND, one.delprojekt.pk, more, skicka=False)
        else:
            named = {name: getattr(post, name) for name in ("steg", "nummer", "delnummer", "benamning", "alias")}
            move_in(actor, {**named, **told})
    except (Ogiltigt, Refused) as error:
        raise Ogiltigt("val", f"Rad {post.rad}, {post.benamning}: {error} Inget ur listan lades in.") from error


def _underlag(one: Forslag) -> dict[str, Any]:
    facts = [fact for fact in (document.uppgift() for document in one.nya) if fact]
    decided = next((document for document in one.nya if document.slag is None), None)
    told = {"namndbeslut": {"dag": decided.dag, "datum_text": decided.datum_text}} if decided else {}
    return {"fakta": facts, **told}


def _in_words(done: list[Forslag]) -> str:
    new = sum(1 for one in done if one.utfall is Utfall.NYTT)
    return f"{new} delprojekt lades in, {len(done) - new} kompletterades."
