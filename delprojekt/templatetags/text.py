"""Filters for dates, numbers and names as Swedes write them (conventions §6.5).

Django's own are used where they exist: ``date``, ``floatformat:"g"``, ``filesizeformat``, ``pluralize``.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from delprojekt.process import klocka
from delprojekt.process.datum import MANADER

register = template.Library()

EMPTY = "–"
NBSP = "\N{NO-BREAK SPACE}"


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def datum(value: date | datetime | None) -> SafeString | str:
    """Return ``22 november 2026`` as a ``<time>``, for running text; an en dash for nothing."""
    if not value:
        return EMPTY
    day = _day(value)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), formats.date_format(day, "j F Y"))


@register.filter
def iso(value: date | datetime | None) -> SafeString | str:
    """Return ``2026-11-22`` as a ``<time>``, for tables; an en dash for nothing."""
    if not value:
        return EMPTY
    day = _day(value).isoformat()
    return format_html('<time datetime="{}">{}</time>', day, day)


_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MANADER)}) (\d{{4}})\b")


@register.filter
def hall_ihop(value: str) -> str:
    """Return a sentence whose dates (``3 oktober 2026``) and paragraphs (``§ 97``) no line break parts."""
    dates = _DATE.sub(lambda found: NBSP.join(found.groups()), str(value))
    return re.sub(r"(§§?) (?=\d)", rf"\1{NBSP}", dates)


@register.filter
def brytbar(value: str) -> str:
    """Return a heading that may break after a slash: ``frågeställning/problembeskrivning``."""
    return str(value).replace("/", "/\N{ZERO WIDTH SPACE}")


@register.filter
def klockslag(value: datetime | None) -> SafeString | str:
    """Return ``22 november 2026 kl. 9.05`` as a ``<time>``; an en dash for nothing."""
    if not value:
        return EMPTY
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    words = f"{formats.date_format(local, 'j F Y')} kl.{NBSP}{local.hour}.{local.minute:02d}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.filter
def vecka(value: date | datetime | None) -> str:
    """Return the ISO week as ``v. 47``; an en dash for nothing."""
    return f"v.{NBSP}{_day(value).isocalendar().week}" if value else EMPTY


def _in_days(days: int) -> str:
    near = {-1: "i går", 0: "i dag", 1: "i morgon"}
    if days in near:
        return near[days]
    return f"om {days}{NBSP}dagar" if days > 0 else f"för {-days}{NBSP}dagar sedan"


@register.filter
def om_dagar(value: date | datetime | None) -> str:
    """Return the distance from the portal's today: ``om 5 dagar``, ``i dag``, ``för 3 dagar sedan``."""
    return _in_days((_day(value) - klocka.idag()).days) if value else ""


@register.filter
def frist(value: date | datetime | None) -> SafeString | str:
    """Return the date first and the distance in brackets: ``12 mars 2026 (om 5 dagar)``."""
    return format_html("{} ({})", datum(value), om_dagar(value)) if value else EMPTY


@register.filter
def passerad(value: date | datetime | None) -> bool:
    """Return whether the day is before the portal's today: a deadline is kept through its whole day."""
    return bool(value) and _day(value) < klocka.idag()


@register.filter
def tal(value: int | float | Decimal | None, enhet: str = "") -> str:
    """Return ``1 036 tkr`` or ``6,95``: decimal comma, no-break spaces, a real minus; an en dash for nothing."""
    if value is None or value == "":
        return EMPTY
    words = formats.number_format(value, use_l10n=True, force_grouping=True).replace("-", "\N{MINUS SIGN}")
    return f"{words}{NBSP}{enhet}" if enhet else words


@register.filter
def streck(value: object) -> object:
    """Return the value, or an en dash when there is none (an empty cell says so); zero is a value."""
    return EMPTY if value is None or value == "" else value


@register.filter
def initialer(namn: str) -> str:
    """Return at most two initials: ``Karin Lind`` becomes ``KL``."""
    words = namn.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def av(found: dict[tuple[str, int], list[Any]], row: Any) -> list[Any]:
    """Return what a page knows of one row: what it has been corrected from."""
    return found.get((type(row).__name__, row.pk), [])
