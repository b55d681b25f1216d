"""Pictures in texts: put in by the editor, shown in pages."""

from django.http import FileResponse, Http404, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from delprojekt.actions.bild import add_picture
from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.granska.slag import TYPER
from delprojekt.models import Bild, Delprojekt, Mallavsnitt
from delprojekt.process.policy.avgor import Refused
from delprojekt.queries.bild import get_picture
from delprojekt.queries.delprojekt import get_visible
from delprojekt.web.filer import shown
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import post_only

INGEN_FIL = "Välj en bildfil."


@post_only("skriv_avsnitt", "pk", "nyckel")
def lagg_in(request: ActorRequest, pk: int, nyckel: str) -> JsonResponse:
    """Take a picture (``fil``). Says ``{"src", "bredd", "hojd"}``, or ``{"fel"}`` with a sentence."""
    try:
        delprojekt = get_visible(request.actor, pk)
        if "fil" not in request.FILES:
            return JsonResponse({"fel": INGEN_FIL}, status=422)
        row = add_picture(request.actor, delprojekt, nyckel, request.FILES["fil"])
    except (Delprojekt.DoesNotExist, Mallavsnitt.DoesNotExist) as error:
        raise Http404 from error
    except Refused as error:
        return JsonResponse({"fel": str(error)}, status=403)
    except Ogiltigt as error:
        return JsonResponse({"fel": str(error)}, status=422)
    return JsonResponse({"src": reverse("bild", args=[row.namn]), "bredd": row.bredd, "hojd": row.hojd})


@require_safe
def visa(request: ActorRequest, namn: str) -> FileResponse:
    """The clean copy of a picture, to those who may read the text that it stands in."""
    try:
        row = get_picture(request.actor, namn)
    except Bild.DoesNotExist as error:
        raise Http404 from error
    kind = TYPER[f".{row.namn.rpartition('.')[2]}"]
    return shown(FileResponse(row.visning.open("rb"), content_type=kind))
