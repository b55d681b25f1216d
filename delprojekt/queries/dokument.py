"""Documents and their jobs, as seen by the one who asks."""

from delprojekt.models import (
    Delprojekt,
    Dokumentjobb,
    Dokumentslag,
    Dokumentversion,
    Format,
    Jobblage,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Niva, Noun, niva, ser
from delprojekt.queries import delrapport
from delprojekt.queries.besok import handed_in, levande_for, standing
from delprojekt.queries.delprojekt import seen

_NOUN = {
    Dokumentslag.UNDERLAG: Noun.FORSLAG,
    Dokumentslag.UPPDRAG: Noun.UPPDRAG,
    Dokumentslag.DELRAPPORT: Noun.SLUTRAPPORT,
    Dokumentslag.SLUTRAPPORT: Noun.SLUTRAPPORT,
    Dokumentslag.BESLUTSFORSLAG: Noun.BESLUTSFORSLAG,
    Dokumentslag.UPPFOLJNINGSRAPPORT: Noun.UPPFOLJNING,
}
_UTKAST = _NOUN | dict.fromkeys((Dokumentslag.DELRAPPORT, Dokumentslag.SLUTRAPPORT), Noun.ARBETSMATERIAL)
"""What a draft is: until the report has been handed on it is the group's arbetsmaterial."""


_DELGES = {Dokumentslag.DELRAPPORT: Noun.DELGIVEN_DELRAPPORT}
"""What a body is given for kännedom: the versions that were handed in by then, never what is written after."""


def may_read(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> bool:
    """Tell whether the actor may read a kind of document of a delprojekt in its step: some version, or a draft."""
    steg = Steg(delprojekt.steg)
    nouns = {_NOUN[slag], _UTKAST[slag], _DELGES.get(slag, _NOUN[slag])}
    return any(ser(actor, noun, delprojekt.pk, steg) for noun in nouns)


def readable_omgang(actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag) -> Uppdragsomgang | None:
    """Return the omgång whose document the actor may read; None for the underlag, which belongs to none.

    Raises Uppdragsomgang.DoesNotExist when there is no document, or it is not the actor's to read.
    """
    if slag is Dokumentslag.UNDERLAG and may_read(actor, delprojekt, slag):
        return None
    path = levande_for(delprojekt)
    omgang = path[-1].omgang
    if omgang is None or not may_read(actor, delprojekt, slag):
        raise Uppdragsomgang.DoesNotExist
    decided = standing(delprojekt, omgang, slag, path)
    if not may_read_version(actor, delprojekt, slag, decided, path):
        raise Uppdragsomgang.DoesNotExist
    return omgang


def get_job(actor: Actor, pk: int) -> Dokumentjobb:
    """Return a job if the actor may read its document now. Raises Dokumentjobb.DoesNotExist otherwise."""
    job = Dokumentjobb.objects.filter(seen(actor, "delprojekt__")).select_related("delprojekt", "dokument").get(pk=pk)
    delprojekt, slag = job.delprojekt, Dokumentslag(job.slag)
    if not may_read(actor, delprojekt, slag):
        raise Dokumentjobb.DoesNotExist
    if not may_read_version(actor, delprojekt, slag, job.dokument):
        raise Dokumentjobb.DoesNotExist
    return job


def latest_pdf(actor: Actor, omgang: Uppdragsomgang, slag: Dokumentslag) -> Dokumentjobb | None:
    """Return the latest PDF of a document that is made, with its pages; for who writes the document. One query."""
    done = Dokumentjobb.objects.filter(omgang=omgang, slag=slag, format=Format.PDF, lage=Jobblage.KLART)
    return done.filter(sidor__isnull=False).order_by("-created_at", "-pk").first()


def may_read_version(
    actor: Actor,
    delprojekt: Delprojekt,
    slag: Dokumentslag,
    version: Dokumentversion | None,
    path: list[Stegbesok] | None = None,
) -> bool:
    """Tell whether the actor may read one version: a decided one that still counts, a frozen one or a draft (None).

    What is not decided, or was recalled, is read by a role, not only by being logged in. ``path`` is the living visits,
    if they are already read.
    """
    steg = Steg(delprojekt.steg)
    if version is None:
        return may_read_drafts(actor, delprojekt, slag, path)
    if version.faststalld and version.aterkallad_at is None:
        return ser(actor, _NOUN[slag], delprojekt.pk, steg)
    return _by_role(actor, delprojekt, _NOUN[slag]) or _is_given(actor, delprojekt, version)


def _is_given(actor: Actor, delprojekt: Delprojekt, version: Dokumentversion) -> bool:
    """Tell whether a version has been passed on to the actor's body for kännedom, and was not recalled."""
    noun = _DELGES.get(Dokumentslag(version.slag))
    if noun is None or version.aterkallad_at is not None or not _by_role(actor, delprojekt, noun):
        return False
    return delrapport.is_passed_on(actor, version)


def may_read_drafts(
    actor: Actor, delprojekt: Delprojekt, slag: Dokumentslag, path: list[Stegbesok] | None = None
) -> bool:
    """Tell whether the actor may read a document as it is written now: by a role, not only by being logged in."""
    handed_on = handed_in(levande_for(delprojekt) if path is None else path)
    return _by_role(actor, delprojekt, _NOUN[slag] if handed_on else _UTKAST[slag])


def _by_role(actor: Actor, delprojekt: Delprojekt, noun: Noun) -> bool:
    own = actor.roller(delprojekt.pk) - {Roll.INLOGGAD}
    return niva(noun, own, Steg(delprojekt.steg)) >= Niva.LASA
