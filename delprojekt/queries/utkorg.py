"""The outbox."""

from datetime import datetime

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from delprojekt.models import Konto, Utskick
from delprojekt.process.roller import Actor
from delprojekt.queries.losenord import HOURS, password_link
from delprojekt.queries.svarslank import link_address


def latest_mail(actor: Actor, limit: int) -> list[Utskick]:
    """Return the latest mail about delprojekt, newest first. One query."""
    return list(Utskick.objects.select_related("person__konto", "svarslank").order_by("-pk")[:limit])


def whole_text(actor: Actor, row: Utskick) -> str:
    """Return the text of a mail as it is sent, with its link: to choose a password, or to answer.

    The link is made at this moment and never stored: its time runs from when the mail goes out, and whoever reads the
    database cannot use it. In: a mail read with its person's account. Somebody who has chosen a password gets no link.
    """
    if row.svarslank and not row.svarslank.anvand_at:
        link = {"lank": link_address(actor, row.svarslank), "till": row.svarslank.till_date}
        return row.text.rstrip() + "\n\n" + render_to_string("mejl/svarslank.txt", link)
    konto: Konto | None = getattr(row.person, "konto", None)
    if not row.losenordslank or konto is None or konto.has_usable_password():
        return row.text
    context = {
        "lank": password_link(konto),
        "ny_lank": settings.PORTAL_ADRESS + reverse("account_reset_password"),
        "timmar": settings.PASSWORD_RESET_TIMEOUT // HOURS,
    }
    return row.text.rstrip() + "\n\n" + render_to_string("mejl/losenordslank.txt", context)


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
