"""The outbox."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Min, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from delprojekt.models import Delprojekt, Konto, Person, Utskick
from delprojekt.models.svenska import SokText
from delprojekt.process.roller import Actor
from delprojekt.process.sokord import words
from delprojekt.queries.losenord import HOURS, password_link
from delprojekt.queries.mottagare import Brev
from delprojekt.queries.namn import shown_names
from delprojekt.queries.svarslank import link_address


def all_mail(actor: Actor) -> QuerySet[Utskick]:
    """Return all mail, newest first, with whom it is to."""
    return Utskick.objects.select_related("person__konto", "svarslank").order_by("-pk")


def matching(actor: Actor, rows: QuerySet[Utskick], text: str) -> QuerySet[Utskick]:
    """Return the mail whose receiver, address or subject holds every word."""
    blank = Value(" ")
    named = SokText(
        Concat("person__fornamn", blank, "person__efternamn", blank, "adress", blank, "amne", output_field=TextField())
    )
    rows = rows.alias(sok=named)
    for word in words(text):
        rows = rows.filter(sok__contains=word)
    return rows


def whole_text(actor: Actor, row: Utskick) -> str:
    """Return the text of a mail as it is sent, with its link: to choose a password, or to answer.

    The link is made at this moment and never stored: its time runs from when the mail goes out, and whoever reads the
    database cannot use it. In: a mail read with its person's account. Somebody who has chosen a password gets no link.
    """
    if row.svarslank and not row.svarslank.anvand_at:
        return _with_question(row, link_address(actor, row.svarslank))
    konto: Konto | None = getattr(row.person, "konto", None)
    if not row.losenordslank or konto is None or konto.has_usable_password():
        return row.text
    return _with_link(row.text, password_link(konto))


def _with_question(row: Utskick, link: str) -> str:
    said = {"lank": link, "till": row.svarslank and row.svarslank.till_date}
    return row.text.rstrip() + "\n\n" + render_to_string("mejl/svarslank.txt", said)


def _with_link(text: str, link: str) -> str:
    context = {
        "lank": link,
        "ny_lank": settings.PORTAL_ADRESS + reverse("account_reset_password"),
        "timmar": settings.PASSWORD_RESET_TIMEOUT // HOURS,
    }
    return text.rstrip() + "\n\n" + render_to_string("mejl/losenordslank.txt", context)


PLATSHALLARE = "[personlig länk som skapas när mejlet skickas]"


def as_letters(actor: Actor, delprojekt: Delprojekt, rows: Iterable[Utskick]) -> list[Brev]:
    """Return mail that is not sent yet as the actor may read it: the same text once, with everybody who gets it.

    A link, to choose a password or to answer, is shown as words in its place. Two queries.
    """
    by_text: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        text = _with_question(row, PLATSHALLARE) if row.svarslank else row.text
        text = _with_link(text, PLATSHALLARE) if row.losenordslank else text
        by_text.setdefault((row.amne, text), []).append(row.person_id)
    people = Person.objects.filter(pk__in={pk for keys in by_text.values() for pk in keys})
    found = {one.pk: one for one in people.order_by("efternamn", "fornamn", "pk")}
    shown = dict(zip(found, shown_names(actor, delprojekt, found.values()), strict=True))
    return [Brev(amne, text, [shown[pk] for pk in shown if pk in keys]) for (amne, text), keys in by_text.items()]


def oldest_unsent(actor: Actor) -> datetime | None:
    """Return when the oldest mail that is neither sent nor given up was written, None when there is none."""
    found: datetime | None = _unsent().aggregate(oldest=Min("created_at"))["oldest"]
    return found


def due_mail(actor: Actor) -> QuerySet[Utskick]:
    """Return the mail that is to be sent now: not sent, and not waiting for its next try. Not ordered."""
    return _unsent().filter(Q(nasta_forsok_at=None) | Q(nasta_forsok_at__lte=timezone.now()))


def _unsent() -> QuerySet[Utskick]:
    """Return what is not sent and not given up."""
    return Utskick.objects.filter(sent_at=None, forsok__lt=Utskick.MAX_FORSOK)
