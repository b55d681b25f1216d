"""Vantar: whose turn it is, stored. Recomputed from POLICY in beat 4; what still waits keeps its "since"."""

from datetime import date, datetime

from delprojekt.models import Delprojekt, Region, Vantar
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import Awaited, awaited, due
from delprojekt.queries.lage import build_lage


def rebuild_vantar(delprojekt: Delprojekt, now: datetime) -> None:
    """Make the stored rows equal to what POLICY says of the situation as it is now."""
    lage = build_lage(delprojekt)
    waited = awaited(lage)
    slugs = dict(Region.objects.values_list("slug", "pk")) if any(one.region for one in waited) else {}
    wanted = {
        (one.act.value, one.roll.value, slugs[one.region] if one.region else None, one.person): _deadline(
            one, lage, now
        )
        for one in waited
    }
    stored = {
        (row.act, row.roll, row.region_id, row.person_id): row for row in Vantar.objects.filter(delprojekt=delprojekt)
    }
    Vantar.objects.filter(pk__in=[row.pk for key, row in stored.items() if key not in wanted]).delete()
    for key, (frist, gross) in wanted.items():
        act, roll, region, person = key
        if key not in stored:
            Vantar.objects.create(
                delprojekt=delprojekt,
                act=act,
                roll=roll,
                region_id=region,
                person_id=person,
                sedan_at=now,
                frist_date=frist,
                frist_utan_paus_date=gross,
            )
        elif (stored[key].frist_date, stored[key].frist_utan_paus_date) != (frist, gross):
            Vantar.objects.filter(pk=stored[key].pk).update(frist_date=frist, frist_utan_paus_date=gross)


def _deadline(one: Awaited, lage: Lage, now: datetime) -> tuple[date | None, date | None]:
    """Return when it is due, and when it would be without pauses if that is another day (V-1)."""
    last, gross = due(one, lage, now.date())
    return last, gross if gross != last else None
