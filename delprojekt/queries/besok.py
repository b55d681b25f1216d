"""Visits: which of them count now, and which documents do."""

from collections.abc import Iterable

from delprojekt.models import Delprojekt, Dokumentslag, Dokumentversion, Stegbesok, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.policy import POLICY
from delprojekt.process.steg import Steg, lamnad


def levande(besok: Iterable[Stegbesok]) -> list[Stegbesok]:
    """Return the visits that led here, oldest first, current last; what was undone is left out.

    A row with ``ateroppnar`` takes back everything after the visit that it reopens (architecture.md §3).
    """
    path: list[Stegbesok] = []
    for row in besok:
        if row.ateroppnar_id is None:
            path.append(row)
        else:
            while path and path[-1].pk != row.ateroppnar_id:
                path.pop()
    return path


def levande_for(delprojekt: Delprojekt) -> list[Stegbesok]:
    """Return the living visits of one delprojekt. One query."""
    return levande(delprojekt.besok.select_related("omgang").order_by("nummer"))


def levande_for_many(keys: Iterable[int]) -> dict[int, list[Stegbesok]]:
    """Return the living visits of many delprojekt, by key. One query."""
    visits: dict[int, list[Stegbesok]] = {}
    for visit in Stegbesok.objects.filter(delprojekt__in=keys).order_by("nummer"):
        visits.setdefault(visit.delprojekt_id, []).append(visit)
    return {pk: levande(found) for pk, found in visits.items()}


def is_undone(slag: Faktumslag, besok: int, path: list[Stegbesok]) -> bool:
    """Tell whether what a fact says has been undone: its visit, or the step that was taken with it.

    In: the fact's kind and visit, and the living visits. A fact told afterwards took no step: it is not asked about.
    """
    keys = [visit.pk for visit in path]
    if slag in GAR_TILLBAKA or besok not in keys:
        return slag not in GAR_TILLBAKA
    came = path[keys.index(besok) + 1 :][:1]
    return slag in TAR_STEG and not any(POLICY[Act(visit.act)].fact is slag for visit in came)


TAR_STEG = frozenset(
    slag for slag in Faktumslag if {rule.moves for rule in POLICY.values() if rule.fact is slag} == {True}
)
"""Kinds of facts that are only registered by a step that is taken."""
GAR_TILLBAKA = frozenset(rule.fact for rule in POLICY.values() if rule.back and rule.fact)
"""Kinds of facts that take a step back themselves."""


def handed_in(path: Iterable[Stegbesok]) -> bool:
    """Tell whether the report has been handed on, from the living visits; until then it is arbetsmaterial."""
    return lamnad([Steg(visit.steg) for visit in path])


_GORS_I = {Dokumentslag.BESLUTSFORSLAG: Steg.LEDNINGSGRUPP, Dokumentslag.UPPFOLJNINGSRAPPORT: Steg.UPPFOLJNING}
"""In which step a document is made that is made anew each time the delprojekt comes there."""


def counts(version: Dokumentversion, path: list[Stegbesok]) -> bool:
    """Tell whether a version is the document as it stands: final, not recalled, and of the latest visit to its step.

    A further round begins a new report (M5.8-12), and what comes back to ledningsgruppen a new beslutsförslag; the
    earlier one is kept as a version. ``path`` is the living visits.
    """
    if not version.faststalld or version.aterkallad_at is not None:
        return False
    made_in = [visit.pk for visit in path if visit.steg == _GORS_I.get(Dokumentslag(version.slag))]
    return not made_in or version.handelse.besok_id == made_in[-1]


def standing(
    delprojekt: Delprojekt,
    omgang: Uppdragsomgang | None,
    slag: Dokumentslag,
    path: list[Stegbesok] | None = None,
) -> Dokumentversion | None:
    """Return the version that is the document as it stands, or None: then the draft is."""
    if omgang is None:
        return None
    rows = omgang.dokument.filter(slag=slag, aterkallad_at=None, faststalld=True).select_related("handelse")
    newest = rows.order_by("-pk").first()
    if newest is None:
        return None
    return newest if counts(newest, levande_for(delprojekt) if path is None else path) else None
