"""Beat 1: the lock."""

from delprojekt.models import Delprojekt


def lock(delprojekt: int) -> Delprojekt:
    """Return the row, locked until the transaction ends. Child rows can still be written by others."""
    rows = Delprojekt.objects.select_for_update(of=("self",), no_key=True).select_related("sjukvardsregion", "forslag")
    return rows.get(pk=delprojekt)
