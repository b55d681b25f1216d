"""The writing desk: one section at a time, saved without ever overwriting somebody else's words."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.avsnitt import Textkrock, restore_version, save_section
from delprojekt.actions.narvaro import beat
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import Ogiltigt, RedanGjort
from delprojekt.documents.plain import from_plain
from delprojekt.models import Avsnitt, Avsnittsversion, Delprojekt, Mallavsnitt, Versionsslag
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Refused
from delprojekt.queries import delar, skrivbord
from delprojekt.queries.delprojekt import read_step
from delprojekt.queries.narvaro import others
from delprojekt.queries.skrivbord import Bordsrad
from delprojekt.web import datatabell, kommentarer, textrad, tradstod
from delprojekt.web import skrivbord as vy
from delprojekt.web import startpaket as paket
from delprojekt.web.forms.avsnitt import AvsnittForm
from delprojekt.web.forms.redigerare import shown
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import number, post_only

SAMMANFOGAT = "Någon annan ändrade avsnittet samtidigt. Båda ändringarna är med."
OLASLIG = "Texten gick inte att läsa. Ladda om sidan; det du har skrivit är kvar."


@require_safe
def skriv(request: ActorRequest, pk: int) -> HttpResponse:
    """The document that is written now: its sections, who writes them, and how far they have come."""
    bord = vy.open_desk(request, pk)
    return render(
        request, "skrivbord/bord.html", vy.front(request, bord) | {"trad": tradstod.whole(request.actor, bord)}
    )


@require_safe
def startpaket(request: ActorRequest, pk: int) -> HttpResponse:
    """What a group needs when it begins: the uppdrag, the days, whom to ask."""
    return render(request, "skrivbord/startpaket.html", paket.read(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def skriv_avsnitt(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """One section: the list beside, the text in the middle, help at the other side. Also without scripts."""
    bord = vy.open_desk(request, pk)
    row = bord.row(nyckel)
    if row is None and request.method == "POST":
        why = bord.stangt or vy.closed(request.actor, bord.delprojekt, bord.lage, bord.omgang, nyckel)
        context = {"delprojekt": bord.delprojekt, "text": request.POST.get("text", ""), "varfor": why}
        head = {"rubrik": "Avsnittet går inte att spara", "vad": "Du skriver inte längre här"}
        return render(request, "delprojekt/stangt.html", context | head, status=409)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _save(request, bord, row)
    beat(request.actor, bord.delprojekt, nyckel, skrev=False)
    saved = row.rad.avsnitt
    text = saved.html if saved else from_plain(delar.first_draft(request.actor, bord.delprojekt, nyckel))
    form = AvsnittForm(initial={"text": text, "version": saved.version if saved else 0})
    return _show(request, bord, row, form)


def _show(
    request: ActorRequest, bord: vy.Bord, row: Bordsrad, form: AvsnittForm, status: int = 200, **more: Any
) -> HttpResponse:
    """Show a section with the list on one side and what helps on the other."""
    facts, saved = tradstod.facts(request.actor, bord), row.rad.avsnitt
    said = kommentarer.beside(request, bord, row.nyckel, saved.html if saved else "")
    counted = said["tradar"].per_avsnitt if said else {}
    may_cite = tradstod.citable(request.actor, bord, facts)
    context = vy.section(request, bord, row, form, may_cite, counted)
    context |= datatabell.at_the_desk(request.actor, bord, row, may_cite)
    datatabell.tell_editor(form, context["tabeller"])
    context |= {"trad": tradstod.beside(request.actor, bord, row, facts), "kommentarer": said, "fran": "bord"} | more
    return render(request, "skrivbord/avsnitt.html", context, status=status)


def _save(request: ActorRequest, bord: vy.Bord, row: Bordsrad) -> HttpResponse:
    form = AvsnittForm(request.POST)
    context, status = {}, 409
    try:
        if form.is_valid():
            how = form.how(Versionsslag.SPARAD)
            said = save_section(request.actor, bord.delprojekt, row.nyckel, form.html, how)
            merged = said.html != form.html and how.val is None
            messages.success(request, f"{row.rad.mall.rubrik} är sparat. {SAMMANFOGAT if merged else ''}".strip())
            return redirect("skriv_avsnitt", pk=bord.delprojekt.pk, nyckel=row.nyckel)
        status = 422
    except Textkrock as clash:
        context["krock"] = vy.clash(request, bord.delprojekt, clash, form.html)
        kept = {"text": form.html, "version": form.cleaned_data["version"], "sett": clash.nuvarande.version}
        form = AvsnittForm(initial=kept)
    except Refused as error:
        form.add_error(None, str(error))
    except Mallavsnitt.DoesNotExist:
        form.add_error(None, vy.GATT_VIDARE)
    return _show(request, bord, row, form, status, **context)


@post_only("skriv_avsnitt", "pk", "nyckel")
def autospara(request: ActorRequest, pk: int, nyckel: str) -> JsonResponse:
    """Save while somebody writes, or (without a text) only tell that they are there. The answer is JSON.

    200 with the version and who else is there, and the text when it is another than the one that came; 409 with both
    texts, or with the reason why nothing can be saved any more; 422 for a post that says nothing.
    """
    form = AvsnittForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"fel": str((form.errors.get("text") or [OLASLIG])[0])}, status=422)
    if "text" not in request.POST:
        return _heartbeat(request, pk, nyckel, form)
    try:
        delprojekt = vy.get_desk(request, pk)
        slag = Versionsslag.SPARAD if "spara" in request.POST else Versionsslag.AUTO
        row = save_section(request.actor, delprojekt, nyckel, form.html, form.how(slag))
    except Textkrock as clash:
        both = vy.clash(request, delprojekt, clash, form.html)
        html = render_to_string("skrivbord/_krock.html", {"krock": both}, request)
        return JsonResponse({"krock": html, "sett": clash.nuvarande.version}, status=409)
    except Refused as error:
        return JsonResponse({"stangt": str(error)}, status=409)
    except Mallavsnitt.DoesNotExist:
        return JsonResponse({"stangt": vy.GATT_VIDARE}, status=409)
    beat(request.actor, delprojekt, nyckel, skrev=True)
    return JsonResponse(_answer(request, delprojekt, row, seen=form.html) | textrad.answer(request, delprojekt, row))


def _heartbeat(request: ActorRequest, pk: int, nyckel: str, form: AvsnittForm) -> JsonResponse:
    delprojekt = vy.get_desk(request, pk)
    lage, omgang = read_step(request.actor, delprojekt)
    why = vy.closed(request.actor, delprojekt, lage, omgang, nyckel)
    if why or omgang is None:
        return JsonResponse({"stangt": why}, status=409)
    beat(request.actor, delprojekt, nyckel, skrev=False)
    saved = skrivbord.text_now(request.actor, omgang, nyckel)
    known = saved is None or saved.version == form.cleaned_data["version"]
    found = _answer(request, delprojekt, saved, seen=saved.html if saved and known else None)
    return JsonResponse(found | (textrad.answer(request, delprojekt, saved) if "html" in found else {}))


def _answer(request: ActorRequest, delprojekt: Delprojekt, row: Avsnitt | None, *, seen: str | None) -> dict[str, Any]:
    """Return what the page needs to know: the text only when it is another than the page has."""
    found: dict[str, Any] = {"version": row.version if row else 0}
    found["har"] = [
        {"nyckel": one.nyckel, "namn": one.namn, "mening": one.mening} for one in others(request.actor, delprojekt)
    ]
    if row and row.pk:
        found |= {"sparat": vy.clock(row.sparat_at), "klart": row.klart}
        found |= {"html": row.html, "text": shown(row.html)} if row.html != seen else {}
    return found


@post_only("skriv_avsnitt", "pk", "nyckel")
def klarmarkera(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """Say that a section is done, or open it again."""
    bord = vy.open_desk(request, pk)
    if bord.row(nyckel) is None:
        raise Http404
    version = number(request.POST.get("version", ""))
    said = {"avsnitt": nyckel, "klar": "oppna" not in request.POST, "version": version}
    _perform(request, Act.KLARMARKERA_AVSNITT, pk, said)
    return redirect("skriv_avsnitt", pk=pk, nyckel=nyckel)


@post_only("skriv_avsnitt", "pk", "nyckel")
def punkter(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """Say which points of the uppdrag a section answers."""
    if vy.open_desk(request, pk).row(nyckel) is None:
        raise Http404
    said = {"avsnitt": nyckel, "punkter": [key for key in map(number, request.POST.getlist("punkt")) if key]}
    _perform(request, Act.BESVARA_UPPDRAGSPUNKTER, pk, said)
    return redirect(f"{reverse('skriv_avsnitt', args=[pk, nyckel])}#stod")


def _perform(request: ActorRequest, act: Act, pk: int, said: dict[str, Any]) -> None:
    """Do an act of one click, and say what came of it."""
    try:
        messages.success(request, perform(request.actor, act, pk, said).mening)
    except RedanGjort as error:
        messages.info(request, str(error))
    except (Ogiltigt, Refused) as error:
        messages.error(request, str(error))


def _versions_of(request: ActorRequest, pk: int, nyckel: str) -> tuple[vy.Bord, Bordsrad, Avsnitt]:
    bord = vy.open_desk(request, pk)
    row = bord.row(nyckel)
    if row is None or row.rad.avsnitt is None:
        raise Http404
    return bord, row, row.rad.avsnitt


@require_safe
def versioner(request: ActorRequest, pk: int, nyckel: str) -> HttpResponse:
    """The versions of a section; any two of them compared word by word."""
    bord, row, saved = _versions_of(request, pk, nyckel)
    found = vy.versions(request.actor, bord.delprojekt, saved)
    numbers = [one.version.version for one in found]
    chosen = [number(request.GET.get(name, "")) for name in ("fran", "till")]
    newer = chosen[1] if chosen[1] in numbers else saved.version
    older = chosen[0] if chosen[0] in numbers else max((n for n in numbers if n < newer), default=newer)
    before, after = (skrivbord.get_version(request.actor, saved, n) for n in sorted((older, newer)))
    context = {"delprojekt": bord.delprojekt, "rad": row.rad, "versioner": found, "fore": before, "efter": after}
    return render(request, "skrivbord/versioner.html", context | {"nu": saved.version})


@post_only("skriv_avsnitt", "pk", "nyckel")
def aterstall(request: ActorRequest, pk: int, nyckel: str, version: int) -> HttpResponse:
    """Let the section say what an earlier version said; it becomes a new version."""
    bord, row, _ = _versions_of(request, pk, nyckel)
    seen = number(request.POST.get("nu", ""))
    try:
        restore_version(request.actor, bord.delprojekt, nyckel, version, seen)
    except (Avsnittsversion.DoesNotExist, Mallavsnitt.DoesNotExist) as error:
        raise Http404 from error
    except Textkrock as clash:
        who = skrivbord.saved_by(request.actor, bord.delprojekt, clash.nuvarande) or "Någon annan"
        messages.error(request, f"{who} har sparat sedan du öppnade sidan. Läs det innan du återställer.")
        return redirect("versioner", pk=pk, nyckel=nyckel)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{row.rad.mall.rubrik} säger nu det som stod i version {version}. Inget är borta.")
    return redirect("skriv_avsnitt", pk=pk, nyckel=nyckel)
