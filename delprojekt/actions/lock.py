"""Beat 1: the lock."""

from delprojekt.models import Delprojekt


def lock(delprojekt: int, *, nowait: bool = False) -> Delprojekt:
    """Return the row, locked until the transaction ends. Child rows can still be written by others.

    ``nowait``: raise OperationalError at once when somebody else has it, instead of standing in line.
    """
    rows = Delprojekt.objects.select_for_update(of=("self",), no_key=True, nowait=nowait)
    return rows.select_related("sjukvardsregion", "forslag").get(pk=delprojekt)
