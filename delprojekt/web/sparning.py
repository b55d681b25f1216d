"""Saving a form outside the acts: nothing that somebody else saved meanwhile is overwritten unseen (interface.md).

Every such form is a ``Sedd``; the forms of acts do the same in ``views/gor.py``, under the delprojekt's lock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages

from delprojekt.actions.forvaltning import unless_changed
from delprojekt.actions.takt import IngetAndrat, Krock, Ogiltigt
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.policy.avgor import Refused
from delprojekt.queries.forvaltning import latest_change
from delprojekt.web.forms.sett import Sedd, Skillnad, shown_at
from delprojekt.web.middleware import ActorRequest

Make = Callable[..., Any]


@dataclass(frozen=True)
class Sparning:
    """How it went: what was done (``inget``: nothing was new), or the form to show again and with which status."""

    form: Any
    status: int
    gjort: Any = None
    inget: bool = False

    @property
    def klar(self) -> bool:
        """Tell whether it was done."""
        return self.status == 302


def save(
    request: ActorRequest,
    act: Adminact,
    make: Make,
    do: Callable[[dict[str, Any]], Any],
    *,
    person: int | None = None,
    **about: Any,
) -> Sparning:
    """Take what was sent in a form.

    In: the act; ``make``, which reads what is stored now and makes the form of it and of what was sent; ``do``, the
    action; ``person``, whose row it writes, if it does; and what the act's event is about (``om``, ``region``). Out:
    how it went. A form that asks to be confirmed (``bekrafta``) is shown once more first, with status 200.
    """
    form = make(request.POST)
    if rows := form.clash():
        return _clash(request, act, form, rows, about)
    if "deras" in request.POST:
        form.take_theirs(request.POST["deras"].split(","))
        return Sparning(form, 200)
    if not form.is_valid():
        return Sparning(form, 422)
    if getattr(form, "bekrafta", False) and "bekrafta" not in request.POST:
        return Sparning(form, 200)
    try:
        done = unless_changed(lambda: _still(make(request.POST)), lambda: do(form.cleaned_data), person=person)
    except IngetAndrat as error:
        messages.info(request, str(error))
        return Sparning(form, 302, inget=True)
    except Krock as error:
        return _clash(request, act, *error.nuvarande, about)
    except (Ogiltigt, Refused) as error:
        field = error.falt if isinstance(error, Ogiltigt) and error.falt in form.fields else None
        form.add_error(field, str(error))
        return Sparning(form, 422)
    return Sparning(form, 302, done)


def _still(now: Sedd) -> None:
    """Asked under the lock. Raises Krock if somebody has saved since the form was shown."""
    if rows := now.clash():
        raise Krock((now, rows))


def _clash(request: ActorRequest, act: Adminact, form: Sedd, rows: list[Skillnad], about: dict[str, Any]) -> Sparning:
    """Return the form with both versions, and with who saved and when, if an event says so."""
    event = latest_change(request.actor, act, shown_at(request.POST.get(form.add_prefix("sett"), "")), **about)
    own = event is not None and event.av_id == request.actor.person
    form.krock = {
        "rader": rows,
        "namn": ",".join(row.namn for row in rows),
        "vem": "Du" if own else str(event.av or "") if event else "",
        "nar": event and event.hande_at,
        "rubrik": "Du har sparat i en annan flik medan du skrev" if own else "",
    }
    return Sparning(form, 409)
