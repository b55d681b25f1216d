"""The regions' decisions: which of several counts, and which are not proved yet (§5.6)."""

from collections.abc import Iterable

from django.db.models import F

from delprojekt.models import INTE_AVGJORT, Granskning, Huvudmansbeslut

BESLUTSORDNING = (F("handling__date").asc(nulls_first=True), "handling__pk", "pk")
"""The order of decision; what nobody knows the day of was before the portal, so it comes first."""

Cell = tuple[int, int]
"""A recommendation and a region, by key."""


def told(namndbeslut: int) -> list[Huvudmansbeslut]:
    """Return every outcome that was told of one nämndbeslut's recommendations, in the order of decision. One query."""
    rows = Huvudmansbeslut.objects.filter(handling__namndbeslut=namndbeslut).select_related("handling__region")
    return list(rows.order_by(*BESLUTSORDNING))


def in_force(rows: Iterable[Huvudmansbeslut]) -> dict[Cell, Huvudmansbeslut]:
    """Return for each recommendation and region the outcome that counts (several bodies may have decided).

    In: the outcomes in the order of decision. Out: the last one that is neither set aside by a court nor told with the
    wrong paper; where all were told with a wrong paper the last of those: it waits for the right one.
    """
    found: dict[Cell, Huvudmansbeslut] = {}
    for row in rows:
        if row.handling.upphavt:
            continue
        cell = (row.rekommendation_id, row.handling.region_id)
        wrong = row.handling.granskning == Granskning.FEL
        if wrong and cell in found and found[cell].handling.granskning != Granskning.FEL:
            continue
        found[cell] = row
    return found


def is_decided(row: Huvudmansbeslut) -> bool:
    """Tell whether the region has decided: bordlagt and återremitterat are answers, not decisions."""
    return row.utfall not in INTE_AVGJORT


def waits_for_paper(row: Huvudmansbeslut) -> bool:
    """Tell whether the decision is told but not proved: no paper has come, or a wrong one."""
    return not row.handling.fil or row.handling.granskning == Granskning.FEL
