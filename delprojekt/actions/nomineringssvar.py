"""Asking the regions for nominations, each with a day and a message of its own, and what they answer (M4-4)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from delprojekt.actions.fakta import latest_fact
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import Faktumrad, Nomineringssvar, Person, Region
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.regel import deadline
from delprojekt.queries.lage import current_facts
from delprojekt.queries.mottagare import recipients
from delprojekt.queries.nomineringssvar import latest_answers, request_words


@change(Act.BE_OM_NOMINERINGAR)
def ask_for_nominations(takt: Takt) -> None:
    """Ask some regions, or all that take part; each gets a row for its answer. A region can be asked again.

    In: ``regioner`` their slugs, ``till`` and ``text`` for all of them, ``till_per_region`` and ``text_per_region``
    what differs for some. Raises Ogiltigt without a region, and for a day that is past.
    """
    asked = _chosen(takt, takt.lage.deltar, frozenset(takt.lage.regionnamn))
    days: dict[str, date] = takt.underlag.get("till_per_region") or {}
    texts: dict[str, str] = takt.underlag.get("text_per_region") or {}
    request = latest_fact(takt, Faktumslag.NOMINERINGAR_BEGARDA)
    rows = [
        Nomineringssvar(
            forfragan=request,
            region=region,
            till_date=_not_past(takt, days.get(region.slug) or takt.underlag["till"], region.slug),
            text=texts.get(region.slug) or takt.text("text"),
        )
        for region in asked
    ]
    Nomineringssvar.objects.bulk_create(rows)
    _write_to(takt, rows)
    takt.mening = f"Kansliet bad ledningsgruppen och samarbetsgruppen om nomineringar{_to_whom(takt, rows)}."


def _chosen(takt: Takt, default: frozenset[str], allowed: frozenset[str]) -> list[Region]:
    """Return the regions that were chosen, in their order. Raises Ogiltigt for none, or for one that cannot be."""
    ticked = takt.underlag.get("regioner")
    slugs = default if ticked is None else frozenset(ticked)
    if not slugs or slugs - allowed:
        raise Ogiltigt("regioner", "Välj vilka regioner som tillfrågas. En som du har valt kan redan ha svarat.")
    return list(Region.objects.filter(slug__in=slugs).order_by("ordning"))


def _not_past(takt: Takt, last: date, region: str) -> date:
    if last < takt.dag:
        own = f"till_{region}" if (takt.underlag.get("till_per_region") or {}).get(region) else "till"
        raise Ogiltigt(own, "Sista dagen för svar har redan passerat.")
    return last


def _to_whom(takt: Takt, rows: Sequence[Nomineringssvar]) -> str:
    """Return whom and until when, for the log: one day for all who take part, or each region with its own."""
    days = {row.till_date for row in rows}
    everybody = frozenset(row.region.slug for row in rows) == takt.lage.deltar
    if len(days) == 1:
        names = "" if everybody else f" från {', '.join(str(row.region) for row in rows)}"
        return f"{names}, senast {skriv(rows[0].till_date)}"
    return f": {', '.join(f'{row.region} senast {skriv(row.till_date)}' for row in rows)}"


def _write_to(takt: Takt, rows: Sequence[Nomineringssvar]) -> None:
    """Tell those who speak for the regions that are asked, each of the day and the message of their own region."""
    takt.till_regioner = frozenset(row.region.slug for row in rows)
    told: dict[Person, list[Nomineringssvar]] = {}
    for row in rows:
        for person in recipients(takt.delprojekt, takt.rule.tells, [row.region.slug], exclude=takt.actor.person):
            told.setdefault(person, []).append(row)
    words: dict[tuple[tuple[date, str], ...], str] = {}
    for person, own in told.items():
        key = tuple((row.till_date, row.text) for row in own)
        if key not in words:
            words[key] = request_words(takt.actor, takt.need_omgang(), own)
        takt.egna_tillagg[person.pk] = words[key]


@change(Act.PAMINN_OM_NOMINERINGAR)
def remind(takt: Takt) -> None:
    """Remind regions that have not answered, all or some, and keep when.

    In: ``regioner``, ``till`` a new last day, if they get one, ``text`` a message in the place of the earlier. The day
    that a region reads is counted from now on: pauses that came before are in it already (V-1).
    """
    silent = takt.lage.grupp.har_inte_svarat
    chosen = _chosen(takt, silent, silent)
    last = takt.underlag.get("till")
    if last and last < takt.now.date():
        raise Ogiltigt("till", "Den nya sista dagen har redan passerat.")
    rows = list(_rows(takt).filter(region__in=chosen))
    for row in rows:
        row.pamind_at = takt.now
        row.till_date = last or _due(takt, row.region.slug) or row.till_date
        row.text = takt.text("text") or row.text
        row.save(update_fields=["pamind_at", "till_date", "text"])
    _write_to(takt, rows)
    names = ", ".join(str(row.region) for row in rows)
    takt.mening = f"Kansliet påminde om nomineringar: {names}{f', ny sista dag {skriv(last)}' if last else ''}."


def _due(takt: Takt, region: str) -> date | None:
    return deadline(POLICY[Act.NOMINERA], takt.lage, takt.now.date(), region)[0]


@change(Act.AVSTA_NOMINERING)
def decline(takt: Takt) -> None:
    """Note that a region puts nobody forward, and why."""
    if not takt.text("text"):
        raise Ogiltigt("text", "Skriv varför regionen inte nominerar någon.")
    answered(takt, takt.text("text"))
    takt.mening = f"{takt.region()} svarade att ingen nomineras."


def answered(takt: Takt, reason: str = "") -> None:
    """Note that the region has answered the request that counts, if there is one."""
    rows = _rows(takt).filter(region=takt.region())
    rows.update(svarat_at=takt.now, svarat_av=takt.actor.person, ingen_skal=reason)


def ask_region(takt: Takt) -> None:
    """Let a region that joins be asked as the others were, unless it is asked already (E9)."""
    request, region = latest_fact(takt, Faktumslag.NOMINERINGAR_BEGARDA), takt.region()
    if request is None or request.till_date is None or region is None or _rows(takt).filter(region=region).exists():
        return
    Nomineringssvar.objects.create(forfragan=request, region=region, till_date=request.till_date, text=request.text)


def _rows(takt: Takt) -> QuerySet[Nomineringssvar]:
    """Return the rows that count: the latest of each region that is asked."""
    facts: list[Faktumrad] = current_facts(takt.delprojekt, takt.path)
    return latest_answers(takt.actor, (one for one in facts if one.slag == Faktumslag.NOMINERINGAR_BEGARDA))
