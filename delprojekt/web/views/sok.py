"""Search over everything the one who asks may see."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from delprojekt.process.roller import Roll
from delprojekt.queries.sok import HITS, find
from delprojekt.web import vymodell
from delprojekt.web.middleware import ActorRequest

LONGEST = 200


@require_safe
def sok(request: ActorRequest) -> HttpResponse:
    """Number, title, other names, people, and words in what is written. One hit by its number alone opens at once."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    found = find(request.actor, text)
    if text.isdigit() and len(found.delprojekt) == 1 and found.delprojekt[0].nummer == int(text):
        return redirect(found.delprojekt[0])
    context = {
        "text": text,
        "traffar": found,
        "hogst": HITS,
        "delprojekt": [vymodell.list_row(row, request.actor) for row in found.delprojekt],
        "personer": [{"rad": row, "roll": str(Roll(row.roll).label)} for row in found.personer],
        "texter": [
            {"rad": hit, "url": reverse("flik", args=[hit.delprojekt.pk, "uppdrag" if hit.i_uppdrag else "rapport"])}
            for hit in found.texter
        ],
        "lista": f"{reverse('lista')}?q=",
    }
    return render(request, "sok/sok.html", context)
