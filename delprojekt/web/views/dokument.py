"""Documents: preview, order a file, follow the job, download."""

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from delprojekt.actions.dokument import current_tree, order_document
from delprojekt.actions.handling import note_sharing
from delprojekt.documents.bilder import diagrams
from delprojekt.documents.html import render_content
from delprojekt.documents.tree import to_json
from delprojekt.models import Delprojekt, Dokumentjobb, Dokumentslag, Format, Jobblage, Uppdragsomgang
from delprojekt.queries.delprojekt import get_visible
from delprojekt.queries.dokument import get_job, readable_omgang
from delprojekt.queries.handling import other_authority
from delprojekt.web.filer import attachment
from delprojekt.web.flik_bas import formats_of
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import post_only

_TYPES = {
    Format.PDF: "application/pdf",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.BILDSPEL: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_TON = {Jobblage.VANTAR: "vantar", Jobblage.PAGAR: "pagar", Jobblage.KLART: "klar", Jobblage.FEL: "nej"}


def _readable(request: ActorRequest, pk: int, slag: Dokumentslag) -> tuple[Delprojekt, Uppdragsomgang | None]:
    try:
        delprojekt = get_visible(request.actor, pk)
        return delprojekt, readable_omgang(request.actor, delprojekt, slag)
    except (Delprojekt.DoesNotExist, Uppdragsomgang.DoesNotExist) as error:
        raise Http404 from error


@require_safe
def forhandsvisa(request: ActorRequest, pk: int, slag: Dokumentslag) -> HttpResponse:
    """The document as it stands: the same tree that the PDF is made of."""
    delprojekt, omgang = _readable(request, pk, slag)
    tree = current_tree(delprojekt, omgang, slag)
    context = {
        "delprojekt": delprojekt,
        "dokument": tree,
        "slag": slag,
        "innehall": render_content(tree, diagrams=diagrams(to_json(tree))),
        "delas_med": other_authority(request.actor, delprojekt) if tree.is_draft else None,
    }
    return render(request, "delprojekt/dokument.html", context)


@post_only("dokument", "pk", "slag")
def bestall(request: ActorRequest, pk: int, slag: Dokumentslag, format_: Format) -> HttpResponse:
    """Order a file; the job's page shows how it goes and can be left."""
    if format_ not in formats_of(slag):
        raise Http404
    return redirect("jobb", pk=order_document(request.actor, *_readable(request, pk, slag), slag, format_).pk)


def _job(request: ActorRequest, pk: int) -> Dokumentjobb:
    try:
        return get_job(request.actor, pk)
    except Dokumentjobb.DoesNotExist as error:
        raise Http404 from error


def _progress(job: Dokumentjobb) -> dict[str, str | int]:
    words = {
        Jobblage.VANTAR: "Står i kö.",
        Jobblage.PAGAR: f"{job.steg_text or 'Arbetar'} …",
        Jobblage.KLART: "Filen är klar.",
        Jobblage.FEL: job.fel,
    }
    done = job.lage == Jobblage.KLART
    return {
        "id": f"jobb-{job.pk}",
        "rubrik": f"{job.get_slag_display()} som {job.get_format_display()}",
        "text": words[Jobblage(job.lage)],
        "procent": "",
        "ton": _TON[Jobblage(job.lage)],
        "url": reverse("jobb_fil", args=[job.pk]) if done else "",
        "lanktext": "Ladda ner" if done else "",
        "status_url": "" if done or job.lage == Jobblage.FEL else reverse("jobb_status", args=[job.pk]),
    }


@require_safe
def jobb(request: ActorRequest, pk: int) -> HttpResponse:
    """How a job goes. Without scripts the page is loaded again; the result waits here."""
    job = _job(request, pk)
    draft = job.dokument is None or not job.dokument.faststalld
    context = {
        "jobb": job,
        "framsteg": _progress(job),
        "delprojekt": job.delprojekt,
        "delas_med": other_authority(request.actor, job.delprojekt) if draft else None,
    }
    return render(request, "delprojekt/jobb.html", context)


@require_safe
def jobb_status(request: ActorRequest, pk: int) -> JsonResponse:
    """The same as JSON, for the page that waits."""
    return JsonResponse(_progress(_job(request, pk)))


@require_safe
def jobb_fil(request: ActorRequest, pk: int) -> FileResponse:
    """The finished file under a name that says what it is."""
    job = _job(request, pk)
    if job.lage != Jobblage.KLART:
        raise Http404
    number = job.delprojekt.beteckning.replace(":", "-") or str(job.delprojekt_id)
    version = f"_{job.dokument.version}" if job.dokument else "_arbetsmaterial"
    name = f"{number}_{job.slag}{version}.{job.format}"
    if request.method == "GET":
        note_sharing(request.actor, job)
    return attachment(job.fil.open("rb"), name, _TYPES[Format(job.format)])
