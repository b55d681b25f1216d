"""Fixing documents: the step that decides freezes the tree; a job makes the file (architecture.md §6)."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from delprojekt.actions.avsnitt import mark_versions
from delprojekt.actions.takt import Takt
from delprojekt.documents.build import build
from delprojekt.documents.tree import Chapter, Document, fingerprint, from_data, to_data, without_empty
from delprojekt.jobs import Job, enqueue
from delprojekt.models import (
    Delprojekt,
    Dokumentjobb,
    Dokumentslag,
    Dokumentversion,
    Format,
    Handelse,
    Jobblage,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Actor
from delprojekt.queries.besok import standing


def fix_document(
    takt: Takt,
    slag: Dokumentslag,
    *,
    final: str = "",
    dag: date | None = None,
    suffix: str = "",
    only: frozenset[str] | None = None,
    first: Chapter | None = None,
) -> None:
    """Freeze a document as it is now, when the event has been written; a job makes the PDF.

    In: the kind; what made it final and when ("Fastställt av …", "Lämnad": it is 1.0), or nothing (0.x, handed in to be
    decided); the sections' keys for a delrapport; a chapter that stands first in this version only.
    """
    omgang = _omgang_of(takt, slag)
    status = " ".join(filter(None, (final, skriv(dag) if dag else "", suffix)))

    def fix(event: Handelse) -> None:
        written = without_empty(build(takt.delprojekt, slag.value, omgang=omgang, now=takt.now, only=only))
        tree = replace(
            written,
            chapters=(*((first,) if first else ()), *written.chapters),
            version=next_version(takt.delprojekt, omgang, slag, decided=bool(final)),
            status_line=status or f"Inlämnad {skriv(takt.now.date())}",
            is_draft=not final and slag is not Dokumentslag.UNDERLAG,  # it is what the meeting is given
            date=dag or takt.now.date(),
        )
        row = _keep(takt, omgang, tree, event, final=bool(final))
        mark_versions(omgang, f"I {str(slag.label).lower()} {tree.version}")
        _order(takt.delprojekt, omgang, slag, Format.PDF, tree, takt.actor, row)

    takt.efterat.append(fix)


def _keep(
    takt: Takt, omgang: Uppdragsomgang | None, tree: Document, event: Handelse, *, final: bool
) -> Dokumentversion:
    return Dokumentversion.objects.create(
        delprojekt=takt.delprojekt,
        omgang=omgang,
        slag=Dokumentslag(tree.slag.value),
        version=tree.version,
        status_text=tree.status_line,
        faststalld=final,
        trad=to_data(tree),
        fingeravtryck=fingerprint(tree),
        handelse=event,
        skapad_at=takt.now,
    )


def _omgang_of(takt: Takt, slag: Dokumentslag) -> Uppdragsomgang | None:
    """Return the omgång that a document belongs to; the underlag for start belongs to none."""
    return None if slag is Dokumentslag.UNDERLAG else takt.need_omgang()


def next_version(delprojekt: Delprojekt, omgang: Uppdragsomgang | None, slag: Dokumentslag, *, decided: bool) -> str:
    """Return the next version number: 0.1, 0.2, … for what is handed in; 1.0, 2.0, … for what is decided."""
    rows = Dokumentversion.objects.filter(delprojekt=delprojekt, omgang=omgang, slag=slag, faststalld=decided)
    earlier = rows.count()
    return f"{earlier + 1}.0" if decided else f"0.{earlier + 1}"


def recall_documents(takt: Takt, undone: Stegbesok) -> None:
    """Mark as återkallade the documents of a visit that is undone: what its act fixed, and what was fixed in it.

    They are kept.
    """
    fixed = Q(handelse__act=undone.act) | Q(handelse__besok=undone)
    rows = Dokumentversion.objects.filter(fixed, delprojekt=takt.delprojekt, aterkallad_at=None)
    rows.update(aterkallad_at=takt.now)


def current_tree(delprojekt: Delprojekt, omgang: Uppdragsomgang | None, slag: Dokumentslag) -> Document:
    """Return the document as it stands: the frozen tree if a decided version counts, else the draft of now."""
    return _tree(delprojekt, omgang, slag, standing(delprojekt, omgang, slag))


def _tree(
    delprojekt: Delprojekt, omgang: Uppdragsomgang | None, slag: Dokumentslag, frozen: Dokumentversion | None
) -> Document:
    return from_data(frozen.trad) if frozen else build(delprojekt, slag.value, omgang=omgang, now=nu())


def order_document(
    actor: Actor, delprojekt: Delprojekt, omgang: Uppdragsomgang | None, slag: Dokumentslag, format_: Format
) -> Dokumentjobb:
    """Order a file of a document as it stands: the frozen version if there is one that counts, else the draft.

    Out: the job; the same content is never made twice (unique by content). The view has made sure that the actor
    may read the document.
    """
    with transaction.atomic():
        frozen = standing(delprojekt, omgang, slag)
        return _order(delprojekt, omgang, slag, format_, _tree(delprojekt, omgang, slag, frozen), actor, frozen)


def _order(
    delprojekt: Delprojekt,
    omgang: Uppdragsomgang | None,
    slag: Dokumentslag,
    format_: Format,
    tree: Document,
    actor: Actor,
    frozen: Dokumentversion | None,
) -> Dokumentjobb:
    job, made = Dokumentjobb.objects.get_or_create(
        delprojekt=delprojekt,
        omgang=omgang,
        slag=slag,
        format=format_,
        fingeravtryck=fingerprint(tree),
        defaults={"dokument": frozen, "trad": to_data(tree), "bestalld_av_id": actor.person},
    )
    return _send(job, made=made)


def _send(job: Dokumentjobb, *, made: bool) -> Dokumentjobb:
    if not made and job.lage == Jobblage.FEL:
        job.lage, job.fel, job.forsok = Jobblage.VANTAR, "", 0
        job.save(update_fields=["lage", "fel", "forsok"])
    if job.lage == Jobblage.VANTAR:
        transaction.on_commit(lambda: enqueue(Job.GOR_DOKUMENT, job.pk), robust=True)
    return job
