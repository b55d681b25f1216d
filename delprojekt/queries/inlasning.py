"""What reading in a list would do, compared with what is here: asked on the review page and again when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from delprojekt.models import Delprojekt, Faktumrad, Inlasning, Namndbeslut, Stegbesok
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.inlasning import Dokumentrad, Lista, Post, belongs
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg

FINNS = "Finns redan"
LAGGS_IN = "Läggs in"


class Utfall(Enum):
    """What becomes of a delprojekt of the list."""

    NYTT = "Nytt"
    KOMPLETTERAS = "Kompletteras"
    OFORANDRAT = "Finns redan, inget ändras"
    PORTALENS = "Drivs i portalen, ändras inte"


@dataclass(frozen=True)
class Rad:
    """One document of a delprojekt, and what becomes of it."""

    dokument: Dokumentrad
    ny: bool
    ord: str


@dataclass(frozen=True)
class Forslag:
    """One delprojekt of the list, what is here already, and what would be done."""

    post: Post
    delprojekt: Delprojekt | None
    utfall: Utfall
    rader: list[Rad]

    @property
    def nya(self) -> list[Dokumentrad]:
        """Return the documents that would be added."""
        return [row.dokument for row in self.rader if row.ny]

    @property
    def kan_valjas(self) -> bool:
        """Tell whether there is something to do."""
        return self.utfall in {Utfall.NYTT, Utfall.KOMPLETTERAS}


def plan(actor: Actor, lista: Lista) -> list[Forslag]:
    """Return what would become of every delprojekt of the list. Five queries, however long it is."""
    here = _known(lista.poster)
    keys = [row.pk for row in here if row]
    first = Stegbesok.objects.filter(delprojekt__in=keys, nummer=1, efterhand=True)
    moved = set(first.values_list("delprojekt", flat=True))
    facts: dict[tuple[int, str], str] = {}
    for row in Faktumrad.objects.filter(delprojekt__in=keys, ersatt_av=None).order_by("pk"):
        facts[row.delprojekt_id, row.slag] = row.nar
    decided = Namndbeslut.objects.filter(delprojekt__in=keys, aterkallat_at=None).select_related("arende__mote")
    for decision in decided:
        facts[decision.delprojekt_id, ""] = str(decision.arende.mote.date)
    return [_proposal(post, row, moved, facts) for post, row in zip(lista.poster, here, strict=True)]


def _known(posts: Sequence[Post]) -> list[Delprojekt | None]:
    """Return for each the delprojekt with its number and part, or else with its title or alias (D10). One query."""
    numbers: dict[tuple[int | None, str], Delprojekt] = {}
    names: dict[str, Delprojekt] = {}
    for row in Delprojekt.objects.order_by("-pk"):
        numbers[row.nummer, row.delnummer.upper()] = row
        for name in (*row.alias, row.benamning):
            names[name.casefold()] = row
    return [_same(post, numbers, names) for post in posts]


def _same(
    post: Post, numbers: dict[tuple[int | None, str], Delprojekt], names: dict[str, Delprojekt]
) -> Delprojekt | None:
    if post.nummer and (found := numbers.get((post.nummer, post.delnummer))):
        return found
    named = next((names[n.casefold()] for n in (post.benamning, *post.alias) if n.casefold() in names), None)
    return named if named and (post.nummer is None or named.nummer is None) else None


def _proposal(post: Post, row: Delprojekt | None, moved: set[int], facts: dict[tuple[int, str], str]) -> Forslag:
    if row is None:
        return Forslag(post, None, Utfall.NYTT, [Rad(d, True, LAGGS_IN) for d in post.dokument])
    if row.pk not in moved:
        return Forslag(post, row, Utfall.PORTALENS, [Rad(d, False, "Läggs inte in") for d in post.dokument])
    rows = [_row(document, row, facts.get((row.pk, document.slag or ""))) for document in post.dokument]
    return Forslag(post, row, Utfall.KOMPLETTERAS if any(r.ny for r in rows) else Utfall.OFORANDRAT, rows)


def _row(document: Dokumentrad, row: Delprojekt, told: str | None) -> Rad:
    if told is not None:
        same = told in {document.datum_text, str(document.dag), skriv(document.dag)}
        said = FINNS if same else f"Finns redan med datumet {told}. Rätta det på delprojektets sida om det är fel"
        return Rad(document, False, said)
    if not belongs(document.slag, Steg(row.steg)):
        return Rad(document, False, f"Hör inte till steget {Steg(row.steg).label}, där delprojektet står")
    return Rad(document, True, LAGGS_IN)


def lists(actor: Actor) -> list[Inlasning]:
    """Return the lists that have come in, newest first, for those who may read in; one query."""
    if not may_read_in(actor):
        return []
    return list(Inlasning.objects.select_related("inlamnad_av").order_by("-pk")[:50])


def get_list(actor: Actor, pk: int) -> Inlasning:
    """Return one of them. Raises Inlasning.DoesNotExist when it is absent or not the actor's to see."""
    if not may_read_in(actor):
        raise Inlasning.DoesNotExist
    return Inlasning.objects.select_related("inlamnad_av").get(pk=pk)


def may_read_in(actor: Actor) -> bool:
    """Tell whether the actor may move delprojekt in."""
    return decide(actor, Act.LAGG_IN_PAGAENDE, Lage(steg=Steg.PROJEKTFORSLAG)).allowed
