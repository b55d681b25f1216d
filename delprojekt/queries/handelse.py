"""What happened, for the receipt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from delprojekt.models import Delprojekt, Handelse, Vantar
from delprojekt.models.historik import event_model
from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Decision, Why
from delprojekt.process.policy.regel import Scope
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import FAKTA_OM_STALLNINGAR, OM_STALLNINGAR, Noun, dolda_acts, hor, ser, tysta_acts
from delprojekt.queries.namn import shown_names


def _reads(actor: Actor, delprojekt: Delprojekt) -> bool:
    return ser(actor, Noun.HANDELSER, delprojekt.pk, Steg(delprojekt.steg))


def about_stances(actor: Actor) -> Q:
    """Return the filter for the events that tell how ledningsgruppen thinks: by what was done, or by the fact that was
    written or corrected by it."""
    kept = event_model("Faktumrad").objects.filter(pgh_context_id=OuterRef("sammanhang"), slag__in=FAKTA_OM_STALLNINGAR)
    return Q(act__in=OM_STALLNINGAR) | Q(Exists(kept))


def events_of(actor: Actor, delprojekt: Delprojekt) -> QuerySet[Handelse]:
    """Return the events of a delprojekt without those that the actor does not hear of in its step. Not ordered."""
    steg = Steg(delprojekt.steg)
    rows = Handelse.objects.filter(delprojekt=delprojekt).exclude(act__in=tysta_acts(actor, delprojekt.pk, steg))
    return rows.exclude(about_stances(actor)) if dolda_acts(actor, delprojekt.pk, steg) else rows


def told(actor: Actor, rows: Iterable[Handelse], delprojekt: Delprojekt | None = None) -> list[Handelse]:
    """Return the events without the names of who did it, where the actor hears of events but does not read them.

    ``delprojekt``: the one they are all of; otherwise each row's own, already read.
    """
    found = list(rows)
    for row in found:
        row.namnlos = row.person_id != actor.person and not _reads(actor, delprojekt or row.delprojekt)
    return found


@dataclass(frozen=True)
class Kvitto:
    """A receipt: the event, what was registered by it, what becomes of its file, who got mail, and whose turn it is."""

    handelse: Handelse
    handlingar: list[str]
    sedan: str
    mejl_till: list[str]
    vantar: list[Vantar]


def read_receipt(actor: Actor, delprojekt: Delprojekt, pk: int) -> Kvitto:
    """Return the receipt of an event that the actor made or may read. Raises Handelse.DoesNotExist otherwise."""
    rows = Handelse.objects.filter(delprojekt=delprojekt)
    heard = events_of(actor, delprojekt) if _reads(actor, delprojekt) else rows.none()
    event = (heard | rows.filter(person=actor.person)).select_related("person").get(pk=pk)
    mail = event.utskick.select_related("person").order_by("person__efternamn", "person__fornamn")
    papers = list(event.handlingar.order_by("pk"))
    kept = [f"{row}, {row.filnamn}" if row.filnamn else str(row) for row in papers]
    spec = POLICY[Act(event.act)].handling
    then = spec.sedan if spec and any(row.filnamn for row in papers) else ""
    waiting = Vantar.objects.filter(delprojekt=delprojekt).select_related("region").order_by("sedan_at", "pk")
    return Kvitto(event, kept, then, shown_names(actor, delprojekt, [row.person for row in mail]), list(waiting))


def is_done(actor: Actor, nyckel: str) -> bool:
    """Tell whether the form with a key has been taken already; what is no key has not."""
    try:
        return Handelse.objects.filter(nyckel=UUID(nyckel)).exists()
    except ValueError:
        return False


def latest_since(actor: Actor, delprojekt: Delprojekt, act: Act, since: datetime | None) -> Handelse | None:
    """Return the latest event since a moment that the actor hears of: of that act, else any; None if there is none.

    Who fills in the same form at the same time is told by whom it was saved. What one has done oneself, in another
    window, one always hears of.
    """
    if since is None:
        return None
    rows = Handelse.objects.filter(delprojekt=delprojekt, person=actor.person or 0)
    if hor(actor, delprojekt.pk, Steg(delprojekt.steg)):
        rows |= events_of(actor, delprojekt)
    rows = rows.filter(hande_at__gte=since).select_related("person")
    return rows.order_by(Case(When(act=act, then=0), default=1), "-hande_at", "-pk").first()


def done_since(actor: Actor, delprojekt: Delprojekt, decision: Decision, since: datetime | None) -> Handelse | None:
    """Return what somebody has done since a moment, if it is certain that an act is refused because of it; else None.

    The same act, when it is done once for the whole delprojekt and has not been taken back; whoever may do it hears
    that another has. Or else what moved the delprojekt out of the act's steps, or paused it, for who hears of that.
    What is missing for some other reason is said as that.
    """
    if since is None:
        return None
    later = Handelse.objects.filter(delprojekt=delprojekt, hande_at__gt=since).select_related("person").order_by("-pk")
    if _is_done_once(decision):
        back = later.filter(act__in=_TILLBAKA, pk__gt=OuterRef("pk")).order_by()
        if own := later.filter(~Exists(back), act=decision.act).first():
            return own
    stopped = _HINDER.get(decision.why) if decision.why else None
    if stopped is None or not hor(actor, delprojekt.pk, Steg(delprojekt.steg)):
        return None
    heard = events_of(actor, delprojekt).filter(stopped, pk__in=later.values("pk")).select_related("person")
    return next(iter(told(actor, heard.order_by("-pk")[:1], delprojekt)), None)


_HINDER = {Why.WRONG_STEP: ~Q(till_steg=""), Why.PAUSED: Q(act__in=[Act.PAUSA, Act.ATERUPPTA])}
"""The events that make an act impossible, by why it is refused."""
_TILLBAKA = [act for act, rule in POLICY.items() if rule.back]


def _is_done_once(decision: Decision) -> bool:
    """Tell whether an act that another has done is thereby done, and nothing else is known to be in its way."""
    rule = POLICY[decision.act]
    if rule.scope is Scope.EGEN_REGION or rule.objekt:
        return False
    if decision.why is Why.MISSING:
        return rule.fact is not None and all(krav.value.redan is rule.fact for krav in decision.missing)
    return rule.moves or (rule.fact is not None and not FAKTA[rule.fact].flera)
