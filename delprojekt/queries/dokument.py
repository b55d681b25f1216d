"""Documents and their jobs, as seen by the one who asks."""

from delprojekt.models import Delprojekt, Dokumentjobb, Dokumentslag, Dokumentversion, Uppdragsomgang
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Niva, Noun, niva, ser
from delprojekt.queries.besok import levande_for

_NOUN = {
    Dokumentslag.UNDERLAG: Noun.FORSLAG,
    Dokumentslag.UPPDRAG: Noun.UPPDRAG,
    Dokumentslag.DELRAPPORT: Noun.ARBETSMATERIAL,
    Dokumentslag.SLUTRAPPORT: Noun.ARBETSMATERIAL,
    Dokumentslag.UPPFOLJNINGSRAPPORT: Noun.ARBETSMATERIAL,
}


def may_read(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> bool:
    """Tell whether the actor may read a kind of document of a delprojekt in its step."""
    return ser(actor, _NOUN[slag], delprojekt.pk, Steg(delprojekt.steg))


def readable_omgang(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> Uppdragsomgang | None:
    """Return the omgång whose document the actor may read; None for the underlag, which belongs to none.

    Raises Uppdragsomgang.DoesNotExist when there is no document, or it is not the actor's to read.
    """
    if slag is Dokumentslag.UNDERLAG and may_read(actor, delprojekt, slag):
        return None
    omgang = levande_for(delprojekt)[-1].omgang
    if omgang is None or not may_read(actor, delprojekt, slag):
        raise Uppdragsomgang.DoesNotExist
    decided = omgang.dokument.filter(slag=slag, faststalld=True, aterkallad_at=None).exists()
    if not decided and not may_read_drafts(actor, delprojekt, slag):
        raise Uppdragsomgang.DoesNotExist
    return omgang


def get_job(actor: Actor, pk: int) -> Dokumentjobb:
    """Return a job if the actor may read its document now. Raises Dokumentjobb.DoesNotExist otherwise."""
    job = Dokumentjobb.objects.select_related("delprojekt", "dokument").get(pk=pk)
    delprojekt, slag = job.delprojekt, Dokumentslag(job.slag)
    if not may_read(actor, delprojekt, slag):
        raise Dokumentjobb.DoesNotExist
    if not may_read_version(actor, delprojekt, slag, job.dokument):
        raise Dokumentjobb.DoesNotExist
    return job


def may_read_version(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag, version: Dokumentversion | None) -> bool:
    """Tell whether the actor may read one version: a decided one that still counts, or a draft (None) by a role."""
    fixed = version is not None and version.aterkallad_at is None and version.faststalld
    return fixed or may_read_drafts(actor, delprojekt, slag)


def may_read_drafts(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> bool:
    """Tell whether the actor may read what is not decided, or was recalled: by a role, not only by being logged in."""
    own = actor.roller(delprojekt.pk) - {Roll.INLOGGAD}
    return niva(_NOUN[slag], own, Steg(delprojekt.steg)) >= Niva.LASA
