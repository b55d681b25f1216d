"""Documents and their jobs, as seen by the one who asks."""

from delprojekt.models import Delprojekt, Dokumentjobb, Dokumentslag, Uppdragsomgang
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries.besok import levande_for

_NOUN = {
    Dokumentslag.UPPDRAG: Noun.UPPDRAG,
    Dokumentslag.SLUTRAPPORT: Noun.ARBETSMATERIAL,
    Dokumentslag.UPPFOLJNINGSRAPPORT: Noun.ARBETSMATERIAL,
}


def may_read(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> bool:
    """Tell whether the actor may read a kind of document of a delprojekt in its step."""
    return ser(actor, _NOUN[slag], delprojekt.pk, Steg(delprojekt.steg))


def readable_omgang(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> Uppdragsomgang:
    """Return the omgång whose document the actor may read. Raises Uppdragsomgang.DoesNotExist otherwise."""
    omgang = levande_for(delprojekt)[-1].omgang
    if omgang is None or not may_read(actor, delprojekt, slag):
        raise Uppdragsomgang.DoesNotExist
    return omgang


def get_job(actor: Actor, pk: int) -> Dokumentjobb:
    """Return a job if the actor may read its document now. Raises Dokumentjobb.DoesNotExist otherwise."""
    job = Dokumentjobb.objects.select_related("omgang__delprojekt", "dokument").get(pk=pk)
    if not may_read(actor, job.omgang.delprojekt, Dokumentslag(job.slag)):
        raise Dokumentjobb.DoesNotExist
    return job
