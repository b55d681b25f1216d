"""Registering a fact: an append-only row; a single-valued kind replaces what was said before in the visit."""

from delprojekt.actions.dokument import next_version
from delprojekt.actions.takt import Ogiltigt, Takt
from delprojekt.models import Dokumentslag, Faktumrad
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import DELRAPPORTENS, FAKTA, VALFRITT, Faktumslag
from delprojekt.process.fragor import rapport
from delprojekt.queries.lage import current_facts


def register_fact(takt: Takt, slag: Faktumslag) -> Faktumrad:
    """Store one fact of a kind from what was filled in. Out: the row. Raises Ogiltigt when a text it needs is empty."""
    spec = FAKTA[slag]
    for name, label in (("text", spec.text), ("part", spec.part)):
        if label and not label.endswith(VALFRITT) and not takt.text(name):
            raise Ogiltigt(name, f"Fyll i ”{label}”.")
    if takt.dag > takt.now.date() and not spec.framtid:
        raise Ogiltigt("dag", "Datumet ligger framåt i tiden. Anteckna det när det har hänt.")
    till = takt.underlag.get("till")
    if till and till < takt.dag:
        raise Ogiltigt("till", f"”{spec.till.removesuffix(VALFRITT)}” kan inte vara före {skriv(takt.dag)}.")
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
        val=_delrapport(takt, slag) if slag in DELRAPPORTENS else takt.text("val"),
        part=takt.text("part"),
        text=takt.text("text"),
        ersatter=earlier[-1] if earlier else None,
        registrerat_av_id=takt.actor.person,
    )


def _delrapport(takt: Takt, slag: Faktumslag) -> str:
    """Return which delrapport a fact on its way is about, by its version. Raises Ogiltigt if it cannot be that one."""
    if slag == Faktumslag.DELRAPPORT_LAMNAD:
        return next_version(takt.delprojekt, takt.omgang, Dokumentslag.DELRAPPORT, decided=False)
    possible = rapport.delrapporter_att(slag, takt.lage)
    chosen = str(takt.underlag["val"]) if "val" in takt.underlag else (possible or ("",))[-1]
    if possible and chosen not in possible:
        raise Ogiltigt("val", "Välj vilken delrapport det gäller.")
    return chosen


def latest_fact(takt: Takt, slag: Faktumslag) -> Faktumrad | None:
    """Return the latest fact of a kind that counts now, also one that was just registered; None if there is none."""
    found = [row for row in current_facts(takt.delprojekt, takt.path) if row.slag == slag]
    return max(found, key=lambda row: row.pk, default=None)
