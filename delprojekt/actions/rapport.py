"""The group's proposals and its plan for follow-up (§5.4, §5.8)."""

from typing import Any

from django.db.models import Max

from delprojekt.actions.dokument import fix_document
from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import Atgardsforslag, Dokumentslag, Uppfoljningsparameter, Uppfoljningsplan
from delprojekt.process.act import Act

FALT = (
    "rubrik",
    "text",
    "rimlighet",
    "genomforbarhet",
    "narliggande",
    "undantrangning",
    "undantrangning_text",
    "kraver_medel",
    "kalkyl_tkr",
    "kalkyl_text",
    "diskuterat_date",
    "diskuterat_med",
)


def _values(takt: Takt) -> dict[str, Any]:
    return {name: takt.underlag[name] for name in FALT if name in takt.underlag}


@change(Act.SKRIV_ATGARDSFORSLAG)
def add_proposal(takt: Takt) -> None:
    """Add a proposal; its number is the next one."""
    rows = Atgardsforslag.objects.filter(omgang=takt.need_omgang(), struken_at=None)
    number = (rows.aggregate(highest=Max("nummer"))["highest"] or 0) + 1
    row = Atgardsforslag.objects.create(omgang=takt.need_omgang(), nummer=number, **_values(takt))
    takt.mening = f"Åtgärdsförslag {row.nummer} lades till: {row.rubrik}."


@change(Act.ANDRA_ATGARDSFORSLAG)
def change_proposal(takt: Takt) -> None:
    """Change a proposal, or strike it."""
    rows = Atgardsforslag.objects.filter(omgang=takt.need_omgang(), struken_at=None)
    row = rows.filter(pk=takt.underlag["objekt"]).first()
    if row is None:
        raise Ogiltigt("rubrik", "Förslaget finns inte längre i rapporten.")
    if takt.underlag.get("stryk"):
        row.struken_at = takt.now
        row.save(update_fields=["struken_at"])
        takt.mening = f"Åtgärdsförslag {row.nummer} ströks: {row.rubrik}."
        return
    values = _values(takt)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    takt.mening = f"Åtgärdsförslag {row.nummer} ändrades: {row.rubrik}."


@change(Act.SKRIV_UPPFOLJNINGSPLAN)
def write_plan(takt: Takt) -> None:
    """Write how, when and by whom, and the parameters one per line (M5.8-1, M5.8-2)."""
    plan, _ = Uppfoljningsplan.objects.get_or_create(omgang=takt.need_omgang())
    plan.hur, plan.nar, plan.vem = takt.text("hur"), takt.text("nar"), takt.text("vem")
    plan.save(update_fields=["hur", "nar", "vem"])
    wanted = list(takt.underlag["parametrar"])
    for row in plan.parametrar.filter(struken_at=None):
        if row.namn in wanted:
            wanted.remove(row.namn)
        else:
            row.struken_at = takt.now
            row.save(update_fields=["struken_at"])
    first = plan.parametrar.count()
    Uppfoljningsparameter.objects.bulk_create(
        Uppfoljningsparameter(plan=plan, namn=name, ordning=first + n) for n, name in enumerate(wanted)
    )


@change(Act.LAMNA_SLUTRAPPORT)
def hand_in(takt: Takt) -> None:
    """Freeze the slutrapport as it was handed in: 0.1, 0.2, … (architecture.md §6)."""
    fix_document(takt, Dokumentslag.SLUTRAPPORT)
