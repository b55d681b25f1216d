"""Kommunikationsplan (§6.6): begun at start, kept by the communicator and kansliet."""

from delprojekt.actions.takt import Ogiltigt, Takt, change
from delprojekt.models import Delprojekt, Informationsinsats, Insatsskede, Insatstyp
from delprojekt.process.act import Act

_FIELDS = ("skede", "typ", "vad", "malgrupp", "kanal", "nar", "ansvarig")


def begin_plan(delprojekt: Delprojekt) -> None:
    """Begin the plan with what §6.6 names: an interview with the chair at start, information before the introduction.

    A plan that was begun before (a start that was undone) is kept.
    """
    if Informationsinsats.objects.filter(delprojekt=delprojekt).exists():
        return
    rows = (
        (Insatsskede.START, Insatstyp.INTERVJU, "Intervju med ordföranden"),
        (Insatsskede.INFORANDE, Insatstyp.ANNAT, "Information inför införandet"),
    )
    Informationsinsats.objects.bulk_create(
        Informationsinsats(delprojekt=delprojekt, skede=when, typ=kind, vad=what) for when, kind, what in rows
    )


@change(Act.SKRIV_KOMMUNIKATIONSPLAN)
def add_activity(takt: Takt) -> None:
    """Add an activity."""
    row = Informationsinsats(delprojekt=takt.delprojekt)
    _fill(row, takt)
    takt.mening = f"Informationsinsatsen ”{row.vad}” lades till i kommunikationsplanen."


@change(Act.ANDRA_INFORMATIONSINSATS)
def change_activity(takt: Takt) -> None:
    """Change an activity, mark it done, or strike it."""
    rows = Informationsinsats.objects.filter(delprojekt=takt.delprojekt, struken_at=None)
    row = rows.filter(pk=takt.underlag["objekt"]).first()
    if row is None:
        raise Ogiltigt("vad", "Informationsinsatsen finns inte längre.")
    _fill(row, takt)
    done = "ströks" if row.struken_at else "är klar" if row.klar_date else "ändrades"
    takt.mening = f"Informationsinsatsen ”{row.vad}” {done}."


def _fill(row: Informationsinsats, takt: Takt) -> None:
    for name in _FIELDS:
        if name in takt.underlag:
            setattr(row, name, takt.text(name))
    row.klar_date = takt.underlag.get("klar", row.klar_date)
    row.struken_at = takt.now if takt.underlag.get("stryk") else row.struken_at
    row.save()
