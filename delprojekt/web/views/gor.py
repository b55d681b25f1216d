"""Doing an act: one address serves all acts. Look, fill in, check, confirm, receipt."""

import uuid
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from delprojekt.actions.steg import perform, rehearse
from delprojekt.actions.takt import IngetAndrat, Krock, MotiveringSaknas, Ogiltigt, RedanGjort
from delprojekt.documents.granska.utslag import Filfel
from delprojekt.models import Delprojekt, Handelse
from delprojekt.process.act import Act
from delprojekt.process.delning import upplysning
from delprojekt.process.mall import writing_act
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Decision, Refused, Why, decide, explain, sections_for, sentence
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import dolda_acts
from delprojekt.queries.arbete import section_choices
from delprojekt.queries.delprojekt import built_on, get_visible, read_step
from delprojekt.queries.formular import has_row
from delprojekt.queries.handelse import done_since, is_done, latest_since, read_receipt
from delprojekt.queries.mottagare import Brev, preview
from delprojekt.queries.uppgift import newest
from delprojekt.web import vymodell
from delprojekt.web.forms import ActForm, Rum, form_for
from delprojekt.web.forms.falt import reason
from delprojekt.web.forms.flera import Raderform
from delprojekt.web.forms.sett import Skillnad, shown_at, typed_words
from delprojekt.web.lankar import act_url, came_from, done_url
from delprojekt.web.middleware import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def gor(request: ActorRequest, pk: int, act: Act, objekt: int | None = None) -> HttpResponse:
    """Show the act's page, or do it. A refusal answers 403 (not yours) or 409 (not now), with what was filled in."""
    if request.method == "POST" and is_done(request.actor, request.POST.get("nyckel", "")):
        return _done_already(request, pk)  # also when the act took away the row that it was about
    try:
        room = _room(request, pk, act, objekt)
    except Http404:
        return _gone(request, pk, act)
    if room.objekt != objekt and request.method != "POST":
        return redirect(act_url(pk, act, room.objekt))
    decision = decide(request.actor, act, room.lage)
    if decision.why is Why.NOT_YOURS:
        raise PermissionDenied(explain(decision, room.lage))
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    if decision.why in {Why.WRONG_STEP, Why.PAUSED}:
        return _show(request, room, decision, form_for(act)(*bound, rum=room) if bound else None, status=409)
    form = form_for(act)(*bound, rum=room)
    return _take(request, room, decision, form) if bound else _open(request, room, decision, form)


def _take(request: ActorRequest, room: Rum, decision: Decision, form: ActForm) -> HttpResponse:
    """Take what was filled in: check it, or do it. What somebody else saved meanwhile is shown beside it first."""
    if rows := form.clash():
        return _show(request, room, decision, form, status=409, krock=_clash(request, room, rows))
    if "fler" in request.POST and isinstance(form, Raderform):
        return _show(request, room, decision, form.one_more())
    if "deras" in request.POST:
        form.take_theirs(request.POST["deras"].split(","))
        return _show(request, room, decision, form)
    if not form.is_valid():
        _note_refused_files(request, room, form)
        return _show(request, room, decision, form, status=422)
    room = replace(room, lage=room.lage.prova(form.underlag()))
    decision = decide(request.actor, room.act, room.lage, form.underlag())
    if not form.reviewed or "bekrafta" in request.POST:
        return _do(request, room, decision, form)
    return _show(request, room, decision, form) if "andra" in request.POST else _review(request, room, decision, form)


def _room(request: ActorRequest, pk: int, act: Act, objekt: int | None) -> Rum:
    """Return where the form stands; a row that has been replaced is followed to the one that counts now."""
    try:
        delprojekt = get_visible(request.actor, pk)
    except Delprojekt.DoesNotExist as error:
        raise Http404 from error
    lage, omgang = read_step(request.actor, delprojekt)
    if objekt is not None and not has_row(request.actor, delprojekt, omgang, act, objekt):
        objekt = newest(request.actor, act, objekt)
    if not has_row(request.actor, delprojekt, omgang, act, objekt):
        raise Http404
    fran = request.GET.get("fran", "")
    about = request.GET.get("avsnitt", fran)
    return Rum(request.actor, act, lage, delprojekt, omgang=omgang, objekt=objekt, fran=fran, avsnitt=about)


def _gone(request: ActorRequest, pk: int, act: Act) -> HttpResponse:
    """Answer that there is no such row; what was typed about one that was struck meanwhile is shown, to be kept."""
    typed = typed_words(form_for(act), request.POST)
    try:
        delprojekt = get_visible(request.actor, pk)
    except Delprojekt.DoesNotExist as error:
        raise Http404 from error
    if not typed:
        raise Http404
    context = {"delprojekt": delprojekt, "svar": typed, **BORTA, "rubrik": f"{act.label}: det gick inte"}
    return render(request, "delprojekt/stangt.html", context, status=404)


BORTA = {
    "vad": "Raden finns inte kvar",
    "varfor": "Någon annan strök den eller ångrade steget medan du skrev. Inget är sparat.",
}


def _clash(request: ActorRequest, room: Rum, rows: list[Skillnad]) -> dict[str, Any]:
    """Return who saved what meanwhile, as the page shows it."""
    event = latest_since(room.actor, room.delprojekt, room.act, shown_at(request.POST["sett"]))
    own = event is not None and event.person_id == room.actor.person
    return {
        "rader": rows,
        "namn": ",".join(row.namn for row in rows),
        "vem": "Du" if own else event.vem if event else "",
        "nar": event and event.hande_at,
        "rubrik": "Du har sparat i en annan flik medan du skrev" if own else "",
    }


def _still(request: ActorRequest, room: Rum) -> None:
    """Asked under the lock. Raises Krock if somebody has saved since the form was shown."""
    now = _room(request, room.delprojekt.pk, room.act, room.objekt)
    if rows := form_for(room.act)(request.POST, rum=now).clash():
        raise Krock(rows)


def _open(request: ActorRequest, room: Rum, decision: Decision, form: ActForm) -> HttpResponse:
    """Show an empty form; where there is nothing to fill in, go on to the check at once.

    The check rehearses the act (it writes, and takes it back). Whoever only opens a page does not wait for somebody
    who is doing something at that moment, and meets no error of the database: then the rule's own mail is shown.
    """
    if not decision.allowed or form.asks or not form.reviewed:
        return _show(request, room, decision, form)
    shown = {"nyckel": uuid.uuid4(), "sett": form.fields["sett"].initial}
    form = form_for(room.act)(shown, rum=room)
    form.full_clean()
    return _review(request, room, decision, form)


def _review(
    request: ActorRequest, room: Rum, decision: Decision, form: ActForm, *, status: int = 200, motivering_fel: str = ""
) -> HttpResponse:
    """Show the answers, the advice and the mail as it would be. What cannot be done is said already here."""
    if not decision.allowed:
        return _show(request, room, decision, form, status=409)
    looks = request.method != "POST"
    try:
        letters = rehearse(room.actor, room.act, room.delprojekt.pk, form.underlag(), nowait=looks)
    except IngetAndrat as error:
        return _nothing_new(request, room, error)
    except (Ogiltigt, Refused) as error:
        return _say_no(request, room, decision, form, error)
    except DatabaseError:
        if not looks:
            raise
        letters = preview(room.actor, room.delprojekt, room.act, room.lage, room.objekt)
    return _show(request, room, decision, form, status=status, brev=letters, motivering_fel=motivering_fel)


def _say_no(
    request: ActorRequest, room: Rum, decision: Decision, form: ActForm, error: Ogiltigt | Refused
) -> HttpResponse:
    """Show the form again with what is wrong beside its field, or with what is missing."""
    if isinstance(error, Ogiltigt):
        form.add_error(error.falt if error.falt in form.fields else None, str(error))
        return _show(request, room, decision, form, status=422)
    if error.decision.why is Why.NOT_YOURS:
        raise PermissionDenied(str(error)) from error
    return _show(request, replace(room, lage=error.lage), error.decision, form, status=409)


def _do(request: ActorRequest, room: Rum, decision: Decision, form: ActForm) -> HttpResponse:
    try:
        event = _perform(request, room, form)
    except IngetAndrat as error:
        return _nothing_new(request, room, error)
    except RedanGjort:
        return _done_already(request, room.delprojekt.pk)
    except (Krock, Http404):  # in the same instant: weigh it anew
        return gor(request, room.delprojekt.pk, room.act, room.objekt)
    except MotiveringSaknas as error:
        again = _review if form.reviewed else _show
        decision = replace(decision, advice=tuple(dict.fromkeys((*decision.advice, *error.rad))))
        return again(request, room, decision, form, status=422, motivering_fel=str(error))
    except (Ogiltigt, Refused) as error:
        return _say_no(request, room, decision, form, error)
    if POLICY[room.act].moves or POLICY[room.act].handling is not None:
        return redirect("kvitto", pk=room.delprojekt.pk, handelse=event.pk)
    messages.success(request, vymodell.receipt(event))
    made = built_on(room.actor, room.delprojekt) if room.act is Act.FORESLA_PA_NYTT else None
    return redirect(made or _back(room) or done_url(room.delprojekt, room.act, room.objekt))


def _back(room: Rum) -> str:
    """Return the page at the desk that somebody came from; empty when they did not. One query, or none."""
    sections = section_choices(room.actor, room.omgang, "") if room.fran else []
    mine = sections_for(room.actor, writing_act(room.lage.steg), room.lage) if sections else None
    return came_from(room.delprojekt, room.fran, [key for key, _ in sections if mine is None or key in mine])


def _done_already(request: ActorRequest, pk: int) -> HttpResponse:
    """Answer that the same form has been taken, also when somebody went back in the browser and sent it again."""
    messages.info(request, f"Det här var redan gjort. Inget gjordes två gånger. {SKREV_OM}")
    return redirect("delprojekt", pk=pk)


SKREV_OM = "Om du ändrade något i formuläret efteråt är ändringen inte sparad. Öppna det på nytt och gör den där."


def _nothing_new(request: ActorRequest, room: Rum, error: IngetAndrat) -> HttpResponse:
    """Go where the act leads when it is done, and say that everything is as it was."""
    messages.info(request, str(error))
    return redirect(_back(room) or done_url(room.delprojekt, room.act, room.objekt))


def _note_refused_files(request: HttpRequest, room: Rum, form: ActForm) -> None:
    """A file that could not be taken has come in all the same: note it, with its reason (conventions.md §6.2)."""
    for upload in (one for name in form.files for one in form.files.getlist(name)):
        fel = getattr(upload, "avvisning", None)
        if fel is None:
            continue
        said = {"fil": upload, "skal": reason(fel), "under": room.act, "behall": fel not in _SPARAS_INTE}
        perform(room.actor, Act.AVVISA_FIL, room.delprojekt.pk, said)
        messages.info(request, f"Att {upload.name} kom in, och varför den inte togs emot, står bland händelserna.")


_SPARAS_INTE = frozenset({Filfel.TOM, Filfel.FOR_STOR})
"""Nothing to keep, and what nobody has agreed to keep."""


def _perform(request: ActorRequest, room: Rum, form: ActForm) -> Handelse:
    return perform(
        room.actor,
        room.act,
        room.delprojekt.pk,
        form.underlag(),
        motivering=request.POST.get("motivering", ""),
        skicka="tyst" not in request.POST,
        nyckel=form.cleaned_data["nyckel"],
        still=partial(_still, request, room) if form.sett else None,
    )


def _show(
    request: ActorRequest,
    room: Rum,
    decision: Decision,
    form: ActForm | None,
    *,
    status: int = 200,
    brev: list[Brev] | None = None,
    motivering_fel: str = "",
    krock: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the act's page. ``brev``: the mail as it would be, when the answers are checked and only confirmed."""
    review, at_once = brev is not None, form is not None and not form.reviewed
    context = _situation(room, decision) | {
        "form": form,
        "granska": review,
        "krock": krock,
        "svar": form.answers() if form and review else [],
        "rad": [vymodell.upper_first(sentence(k, room.lage)) for k in decision.advice] if review or at_once else [],
        "brev": preview(room.actor, room.delprojekt, room.act, room.lage, room.objekt) if at_once else brev,
    }
    context |= _late(request, room, decision, form) | _beside(request, room) | _unsaid(motivering_fel)
    return render(request, "delprojekt/gor.html", context, status=status)


def _unsaid(words: str) -> dict[str, Any]:
    """Return that the motivering is missing: beside its field, and in the summary on top."""
    return {"motivering_fel": words, "fel": [{"text": words, "url": "#id_motivering"}] if words else []}


def _late(request: HttpRequest, room: Rum, decision: Decision, form: ActForm | None) -> dict[str, Any]:
    """Return whether it is too late, and whether the form is shown: an empty one not, when there is nothing to do."""
    late = None if decision.allowed else _too_late(request, room, decision)
    typed = form is not None and form.is_bound and (form.asks or not late)
    return {"redan": late, "visa_form": typed or (form is not None and decision.allowed)}


def _too_late(request: HttpRequest, room: Rum, decision: Decision) -> dict[str, Any] | None:
    """Return what somebody did while the form was open, if that is why it can not be done: what, who, when, to what."""
    event = done_since(room.actor, room.delprojekt, decision, shown_at(request.POST.get("sett", "")))
    if event is None:
        return None
    own, same = event.person_id == room.actor.person, event.act == room.act
    return {
        "rubrik": "Det är redan gjort" if same else "Delprojektet ändrades medan du hade sidan öppen",
        "samma": same,
        "vem": "Du" if own else event.vem,
        "nar": event.hande_at,
        "vad": event.mening,
        "steg": Steg(event.till_steg).label if event.till_steg else "",
    }


def _beside(request: HttpRequest, room: Rum) -> dict[str, Any]:
    """What is filled in beside the form."""
    came_by = room.lage.ledde_hit if POLICY[room.act].back else None
    undone_silently = came_by is None or POLICY[came_by].angras_tyst
    silent = POLICY[room.act].tyst and undone_silently and "bekrafta" not in request.POST
    return {"motivering": request.POST.get("motivering", ""), "tyst": "tyst" in request.POST or silent}


def _situation(room: Rum, decision: Decision) -> dict[str, Any]:
    """What the page says of the act whatever has been filled in."""
    return {
        "delprojekt": room.delprojekt,
        "act": room.act,
        "avbryt": _back(room) or room.delprojekt.get_absolute_url(),
        "rubrik": vymodell.act_words(room.act, room.lage),
        "knappord": vymodell.save_words(room.act, room.lage),
        "rule": POLICY[room.act],
        "stopp": "" if decision.allowed else explain(decision, room.lage),
        "checklista": vymodell.checklist(room.act, room.lage, room.actor),
        "for_rakning": decision.for_rakning,
        "delning": upplysning(room.act, room.lage.steg) if decision.allowed else "",
    }


@require_safe
def kvitto(request: ActorRequest, pk: int, handelse: int) -> HttpResponse:
    """The receipt of a step, or of what came in or went out: what happened, when, and what happens now."""
    try:
        delprojekt = get_visible(request.actor, pk)
        receipt = read_receipt(request.actor, delprojekt, handelse)
    except (Delprojekt.DoesNotExist, Handelse.DoesNotExist) as error:
        raise Http404 from error
    rows = [
        {"etikett": "Delprojekt", "varde": str(delprojekt)},
        {"etikett": "Registrerat av", "varde": receipt.handelse.vem},
        *({"etikett": "Handling", "varde": handling} for handling in receipt.handlingar),
        {"etikett": "Mejl till", "varde": ", ".join(receipt.mejl_till) or "ingen"},
    ]
    waiting = vymodell.waits_with(receipt.vantar, dolda_acts(request.actor, pk, Steg(delprojekt.steg)))
    said = {"handelse": receipt.handelse, "rader": rows, "sedan": receipt.sedan, "ligger_hos": waiting}
    return render(request, "delprojekt/kvitto.html", {"delprojekt": delprojekt, **said})
