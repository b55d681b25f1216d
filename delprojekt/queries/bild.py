"""Pictures in texts, as seen by the one who asks."""

from delprojekt.models import Bild, Delprojekt, Dokumentslag, Mallavsnitt
from delprojekt.process.mall import writing_act
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries.besok import levande_for
from delprojekt.queries.delprojekt import get_visible
from delprojekt.queries.dokument import may_read_drafts, may_read_version
from delprojekt.queries.lage import build_lage


def get_picture(actor: Actor, namn: str) -> Bild:
    """Return a picture if the actor may read the text that it stands in: as it is written now, or a version of it.

    Who writes the section is shown its pictures, also somebody adjungerad who reads nothing else.

    Raises Bild.DoesNotExist otherwise.
    """
    row = Bild.objects.select_related("omgang").get(namn=namn)
    try:
        delprojekt = get_visible(actor, row.omgang.delprojekt_id)
    except Delprojekt.DoesNotExist as error:
        raise Bild.DoesNotExist from error
    section = Mallavsnitt.objects.get(mallversion=row.omgang.mallversion_id, nyckel=row.nyckel)
    path = levande_for(delprojekt)
    if any(may_read_drafts(actor, delprojekt, slag, path) for slag in _documents(section)):
        return row
    fixed = row.omgang.dokument.filter(trad__icontains=namn).defer("trad")
    if any(may_read_version(actor, delprojekt, Dokumentslag(version.slag), version) for version in fixed):
        return row
    lage = build_lage(delprojekt, path)
    if decide(actor, writing_act(Steg(delprojekt.steg)), lage, {"avsnitt": row.nyckel}).allowed:
        return row
    raise Bild.DoesNotExist


def _documents(section: Mallavsnitt) -> list[Dokumentslag]:
    """Return the documents that a section is part of."""
    parts = (
        (Dokumentslag.UPPDRAG, section.i_uppdrag),
        (Dokumentslag.SLUTRAPPORT, section.i_slutrapport and not section.i_uppdrag),
        (Dokumentslag.UPPFOLJNINGSRAPPORT, section.i_uppfoljning),
    )
    return [slag for slag, part in parts if part]
