"""The rounds of follow-up: opened by nämnden's approval, by a decision on one more, and closed (§5.8)."""

from datetime import date

from delprojekt.actions.takt import Ogiltigt, Takt
from delprojekt.models import Namndbeslut, Uppfoljningsomgang
from delprojekt.process.granser import UPPFOLJNING_MANADER, YTTERLIGARE_MANADER, plus_manader


def first_round(decision: Namndbeslut, approved: date | None) -> Uppfoljningsomgang:
    """Open the first round: within twelve months of nämndens approval (M5.8-3). Out: the row.

    Of a decision from before the portal the day may not be known (None): then the round has no days either.
    """
    due = approved and plus_manader(approved, UPPFOLJNING_MANADER)
    return Uppfoljningsomgang.objects.create(
        namndbeslut=decision, nummer=1, fran_date=approved, frist_date=due, raknas_date=approved
    )


def follow_decision(decision: Namndbeslut, approved: date) -> tuple[date | None, date] | None:
    """Let the first round begin on the day that nämnden is corrected to have decided, and end twelve months later.

    A deadline that somebody has set stays, but no window ends before it begins. Out: the deadline before and after,
    or None when it is the same.
    """
    first = decision.uppfoljningar.filter(nummer=1, aterkallad_at=None).first()
    if first is None:
        return None
    before, first.fran_date = first.frist_date, approved
    if not first.frist_skal:
        first.frist_date, first.raknas_date = plus_manader(approved, UPPFOLJNING_MANADER), approved
    first.frist_date = due = max(first.frist_date or approved, approved)
    first.save(update_fields=["fran_date", "frist_date", "raknas_date"])
    return (before, due) if before != due else None


def next_round(takt: Takt) -> Uppfoljningsomgang:
    """Close the round and open the next, six to twelve months later (M5.8-12). Out: the new row."""
    current = current_round(takt)
    close_round(takt)
    first, last = (plus_manader(takt.dag, months) for months in YTTERLIGARE_MANADER)
    return Uppfoljningsomgang.objects.create(
        namndbeslut_id=current.namndbeslut_id,
        nummer=current.nummer + 1,
        fran_date=first,
        frist_date=last,
        raknas_date=takt.dag,
    )


def find_round(takt: Takt) -> Uppfoljningsomgang | None:
    """Return the round that counts now; None where nämndens decision is not told."""
    rows = Uppfoljningsomgang.objects.filter(
        namndbeslut__delprojekt=takt.delprojekt, namndbeslut__aterkallat_at=None, aterkallad_at=None
    )
    return rows.order_by("-nummer").first()


def current_round(takt: Takt) -> Uppfoljningsomgang:
    """Return the round that counts now. Raises Ogiltigt where nämndens decision, which opens it, is not told (V-22)."""
    current = find_round(takt)
    if current is None:
        raise Ogiltigt("", "Nämndens beslut är inte inlagt, och uppföljningen utgår från det. Lägg till det först.")
    return current


def close_round(takt: Takt) -> None:
    """Close the round on the day of the decision. Where none is told (V-22) there is nothing to close."""
    if current := find_round(takt):
        current.stangd_date = takt.dag
        current.save(update_fields=["stangd_date"])


def recall_round(takt: Takt) -> None:
    """Recall the round that an undone decision opened."""
    current = current_round(takt)
    current.aterkallad_at = takt.now
    current.save(update_fields=["aterkallad_at"])


def reopen_round(takt: Takt) -> None:
    """Open the latest round again when its closing is undone."""
    if current := find_round(takt):
        current.stangd_date = None
        current.save(update_fields=["stangd_date"])
