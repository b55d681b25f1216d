"""Numbers that the method itself fixes, and the deadlines counted from them (process.md §2.4)."""

import calendar
from datetime import date, timedelta

MAX_ATGARDSFORSLAG = 5
"""Föredömligt är maximalt fem åtgärdsförslag (M5.4-2): the sixth warns."""

MAX_PARAMETRAR = 7
"""Our proposal: antalet indikatorer minskas för att följa upp det som är allra viktigast (I-10); the eighth warns."""

MINNESANTECKNING_DAGAR = 10
"""Our proposal: minnesanteckningar are there ten days after the meeting (M5-3, process.md §2.4)."""

NOMINERINGSSVAR_DAGAR = 14
"""Our proposal: who is nominated has two weeks to answer, as the manager has (process.md §2.4)."""

SVARSLANK_KONTAKT_DAGAR = 30
"""Our proposal: the page of a personal link names the kontaktperson until thirty days after its last day."""

UPPFOLJNING_MANADER = 12
"""Uppföljning bör göras inom 12 månader efter nämndens godkännande (M5.8-3)."""

YTTERLIGARE_MANADER = (6, 12)
"""Ytterligare uppföljning efter 6–12 månader (M5.8-12)."""

REGIONSVAR_DAGAR = 90
"""Our proposal: regions are reminded from 90 days after expediering (process.md §2.4); a setting."""

SYNPUNKTER_DAGAR = 21
"""Our proposal: a region has three weeks for its synpunkter on a slutrapport; a setting."""

HANDLING_DAGAR = 21
"""Our proposal: the protokollsutdrag comes within three weeks of an announced decision (process.md §2.4)."""

OENIGA_FORSOK = 2
"""From the second attempt the portal shows the four ways out of lasting disagreement (T23, D7)."""

UPPFOLJARSVAR_DAGAR = 14
"""Our proposal: who is asked to make the follow-up has two weeks to answer, as who is nominated has."""

UPPFOLJNING_SIDOR = (3, 6)
"""A follow-up report is about three to six pages (M5.8-10)."""

SYNPUNKT_DAGAR = 21
"""Our proposal: the regions have three weeks to say what they think of a slutrapport (process.md §2.4)."""

OMPROVNING_MANADER = 6
"""Our proposal: what waits without a date is taken up after half a year (process.md §2.4)."""

UNDERLAG_SIDOR = 2
"""Ett kort skriftligt underlag (M5.1.2-2): our reading is at most two pages (template.md)."""

LAGA_KRAFT_DAGAR = 21
"""Laglighetsprövning within three weeks of the notice (conventions.md §6.3)."""

AVSTAMNING_GILTIG_MANADER = 12
"""Our proposal: after a year of avvaktan samarbetsgruppen is asked again (T10)."""


def plus_manader(dag: date, manader: int) -> date:
    """Return the day ``manader`` calendar months later; 29 February becomes the 28th (process.md §2.4)."""
    index = dag.month - 1 + manader
    year, month = dag.year + index // 12, index % 12 + 1
    return date(year, month, min(dag.day, calendar.monthrange(year, month)[1]))


def plus_dagar(dag: date, dagar: int) -> date:
    """Return the day ``dagar`` days later."""
    return dag + timedelta(days=dagar)


def laga_kraft(anslaget: date | None) -> date | None:
    """Return the first day on which a decision can be laga kraft, counted from the notice; None without one."""
    return plus_dagar(anslaget, LAGA_KRAFT_DAGAR) if anslaget else None
