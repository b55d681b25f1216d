"""Reading in a list of delprojekt: the file is kept, and what was chosen on the review page is moved in."""

import hashlib
from collections.abc import Collection
from typing import Any

import pghistory
from django.core.files.base import ContentFile
from django.db import transaction

from delprojekt.actions.inflyttning import move_in
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import RedanGjort
from delprojekt.models import Inlasning, Sjukvardsregion
from delprojekt.process.act import Act
from delprojekt.process.inlasning import Lista, Olaslig, Post, read_list
from delprojekt.process.klocka import idag, nu
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import require
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries.inlasning import Forslag, Utfall, plan


def keep_list(actor: Actor, name: str, data: bytes) -> Inlasning:
    """Keep a list as it came; nothing of it is read in. Out: the row; the same file that waits already is kept once.

    Raises Refused for everybody but an administrator, and Olaslig when the file is no list; then it is not kept.
    """
    require(actor, Act.LAGG_IN_PAGAENDE, Lage(steg=Steg.PROJEKTFORSLAG), {})
    read_list(data, idag())
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        waiting = Inlasning.objects.filter(sha256=digest, bekraftad_at=None, inlamnad_av_id=actor.person).first()
        if waiting:
            return waiting
        row = Inlasning(filnamn=name[-200:], storlek=len(data), sha256=digest, inkommen_at=nu())
        row.inlamnad_av_id = actor.person
        row.fil.save(f"{digest}.csv", ContentFile(data), save=False)
        row.save()
    return row


def read_kept(row: Inlasning) -> Lista:
    """Return what a kept list holds. Raises Olaslig when the file is gone, or is no list as lists are read now."""
    try:
        with row.fil.open("rb") as file:
            data = file.read()
    except OSError as error:
        raise Olaslig("Filen finns inte kvar hos portalen.") from error
    return read_list(data, idag())


def read_in(actor: Actor, pk: int, chosen: Collection[int]) -> Inlasning:
    """Move in what was chosen of a list: ``chosen`` are the first lines of the delprojekt. All or nothing, no mail.

    What has come here since the review is weighed again, so that reading in the same list twice changes nothing.
    Raises Refused, Inlasning.DoesNotExist, Olaslig, and RedanGjort when the list is read in: the first result stays.
    """
    require(actor, Act.LAGG_IN_PAGAENDE, Lage(steg=Steg.PROJEKTFORSLAG), {})
    with transaction.atomic(), pghistory.context(person=actor.person, act=Act.LAGG_IN_PAGAENDE.name):
        list(Sjukvardsregion.objects.select_for_update(of=("self",), no_key=True))
        row = Inlasning.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if row.bekraftad_at:
            raise RedanGjort(already(row))
        wanted = [one for one in plan(actor, read_kept(row)) if one.kan_valjas and one.post.rad in chosen]
        for one in wanted:
            _do(actor, one, f"Ur listan ”{row.filnamn}”.")
        row.bekraftad_at, row.resultat = nu(), _in_words(wanted)
        row.save(update_fields=["bekraftad_at", "resultat"])
    return row


def already(row: Inlasning) -> str:
    """Return what is said when a list that is read in is confirmed again."""
    return f"Listan är redan inläst: {row.resultat} Skicka in filen igen om mer ska läggas in."


def _do(actor: Actor, one: Forslag, source: str) -> None:
    told = _underlag(one)
    if one.delprojekt:
        perform(actor, Act.KOMPLETTERA_I_EFTERHAND, one.delprojekt.pk, {**told, "kalla": source}, skicka=False)
        return
    post: Post = one.post
    named: dict[str, Any] = {
        name: getattr(post, name) for name in ("steg", "nummer", "delnummer", "benamning", "alias")
    }
    move_in(actor, {**named, **told, "kalla": source})


def _underlag(one: Forslag) -> dict[str, Any]:
    facts = [fact for fact in (document.uppgift() for document in one.nya) if fact]
    decided = next((document.dag for document in one.nya if document.slag is None), None)
    return {"fakta": facts, **({"namndbeslut": {"dag": decided}} if decided else {})}


def _in_words(done: list[Forslag]) -> str:
    new = sum(1 for one in done if one.utfall is Utfall.NYTT)
    more = len(done) - new
    return f"{new} delprojekt lades in, {more} kompletterades." if done else "Inget lades in."
