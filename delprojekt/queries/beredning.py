"""Beredning: whom kansliet has asked, which bodies are linked, and the kommunikationsplan."""

from delprojekt.models import Beredningskontakt, Delprojekt, Informationsinsats, Insatsskede, Organ, Organkoppling
from delprojekt.process.fakta import Organslag
from delprojekt.process.roller import Actor


def contacts(actor: Actor, delprojekt: Delprojekt) -> list[Beredningskontakt]:
    """Return whom kansliet has asked: those without an answer first, then the latest answer."""
    rows = Beredningskontakt.objects.filter(delprojekt=delprojekt).select_related("organ")
    return sorted(rows.order_by("-fragad_date", "-pk"), key=lambda row: row.besvarad_date is not None)


def get_contact(actor: Actor, delprojekt: Delprojekt, pk: int) -> Beredningskontakt:
    """Return one contact of a delprojekt. Raises Beredningskontakt.DoesNotExist."""
    return Beredningskontakt.objects.select_related("organ").get(pk=pk, delprojekt=delprojekt)


def links(actor: Actor, delprojekt: Delprojekt, *slag: Organslag) -> list[Organkoppling]:
    """Return the bodies that a delprojekt touches, of some kinds or all; "chefsamråd saknas" comes with chefsamråd."""
    rows = Organkoppling.objects.filter(delprojekt=delprojekt, struken_at=None).select_related("organ")
    wanted = [row for row in rows if not slag or (row.organ.slag if row.organ else Organslag.CHEFSAMRAD) in slag]
    return sorted(wanted, key=lambda row: (row.organ is None, str(row)))


def bodies(actor: Actor, *slag: Organslag) -> list[Organ]:
    """Return the bodies of some kinds, by kind and name."""
    return list(Organ.objects.filter(slag__in=slag).order_by("slag", "namn"))


def activities(actor: Actor, delprojekt: Delprojekt) -> list[Informationsinsats]:
    """Return the kommunikationsplan: the block of the start first; struck rows are left out."""
    rows = Informationsinsats.objects.filter(delprojekt=delprojekt, struken_at=None)
    return sorted(rows.order_by("pk"), key=lambda row: Insatsskede.values.index(row.skede))


def get_activity(actor: Actor, delprojekt: Delprojekt, pk: int) -> Informationsinsats:
    """Return one activity of a delprojekt. Raises Informationsinsats.DoesNotExist."""
    return Informationsinsats.objects.get(pk=pk, delprojekt=delprojekt, struken_at=None)
