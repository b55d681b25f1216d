"""Vantar: whose turn it is, stored. Recomputed from POLICY in beat 4; what still waits keeps its "since"."""

from datetime import datetime

from delprojekt.models import Delprojekt, Region, Vantar
from delprojekt.process.policy.avgor import awaited, deadline
from delprojekt.queries.lage import build_lage


def rebuild_vantar(delprojekt: Delprojekt, now: datetime) -> None:
    """Make the stored rows equal to what POLICY says of the situation as it is now."""
    lage = build_lage(delprojekt)
    waited = awaited(lage)
    slugs = dict(Region.objects.values_list("slug", "pk")) if any(one.region for one in waited) else {}
    wanted = {
        (one.act.value, one.roll.value, slugs[one.region] if one.region else None): deadline(one, lage)
        for one in waited
    }
    stored = {(row.act, row.roll, row.region_id): row for row in Vantar.objects.filter(delprojekt=delprojekt)}
    Vantar.objects.filter(pk__in=[row.pk for key, row in stored.items() if key not in wanted]).delete()
    for key, frist in wanted.items():
        act, roll, region = key
        if key not in stored:
            Vantar.objects.create(
                delprojekt=delprojekt, act=act, roll=roll, region_id=region, sedan_at=now, frist_date=frist
            )
        elif stored[key].frist_date != frist:
            Vantar.objects.filter(pk=stored[key].pk).update(frist_date=frist)
