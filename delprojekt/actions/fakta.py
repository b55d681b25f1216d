"""Registering a fact: an append-only row; a single-valued kind replaces what was said before in the visit."""

from collections.abc import Mapping
from datetime import date

from delprojekt.actions.takt import Ogiltigt, Takt
from delprojekt.models import Faktumrad
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import FAKTA, VALFRITT, Faktumslag, Faktumspec
from delprojekt.queries.lage import current_facts


def register_fact(takt: Takt, slag: Faktumslag) -> Faktumrad:
    """Store one fact of a kind from what was filled in. Out: the row. Raises Ogiltigt for what it does not take."""
    spec, till = FAKTA[slag], takt.underlag.get("till")
    for name in missing_words(spec, {"text": takt.text("text"), "part": takt.text("part")}):
        raise Ogiltigt(name, f"Fyll i ”{getattr(spec, name)}”.")
    check_days(spec, takt.dag, till, takt.now.date())
    if spec.dag and not spec.organ:
        takt.check_order("Datumet kan inte vara")
    earlier = [] if spec.flera else [f for f in current_facts(takt.delprojekt, takt.path) if f.slag == slag]
    return Faktumrad.objects.create(
        delprojekt=takt.delprojekt,
        besok=takt.besok,
        omgang=takt.omgang,
        slag=slag,
        date=takt.dag,
        till_date=till,
        arende=takt.arende(),
        region=takt.region(),
        val=takt.text("val"),
        part=takt.text("part"),
        text=takt.text("text"),
        ersatter=earlier[-1] if earlier else None,
        registrerat_av_id=takt.actor.person,
    )


def missing_words(spec: Faktumspec, said: Mapping[str, str]) -> list[str]:
    """Return the texts (``text``, ``part``) that a kind of fact needs and that are empty in what is said."""
    needs = [name for name in ("text", "part") if (label := getattr(spec, name)) and not label.endswith(VALFRITT)]
    return [name for name in needs if not said.get(name)]


def check_days(spec: Faktumspec, dag: date, till: date | None, today: date, *, falt: str = "dag") -> None:
    """Raise Ogiltigt, beside ``falt``, for a day that has not come, and when the fact's second day lies before it."""
    if dag > today and not spec.framtid:
        raise Ogiltigt(falt, "Datumet ligger framåt i tiden. Anteckna det när det har hänt.")
    if till and till < dag:
        at = "till" if falt == "dag" else falt
        raise Ogiltigt(at, f"”{spec.till.removesuffix(VALFRITT)}” kan inte vara före {skriv(dag)}.")


def latest_fact(takt: Takt, slag: Faktumslag) -> Faktumrad | None:
    """Return the latest fact of a kind that counts now, also one that was just registered; None if there is none."""
    found = [row for row in current_facts(takt.delprojekt, takt.path) if row.slag == slag]
    return max(found, key=lambda row: row.pk, default=None)
