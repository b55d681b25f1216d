"""What reading in a list would do, compared with what is here: asked on the review page and again when it is done."""

from dataclasses import dataclass
from enum import Enum

from delprojekt.models import Delprojekt, Faktumrad, Inlasning, Namndbeslut, Stegbesok
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.inlasning import Dokumentrad, Lista, Post, belongs
from delprojekt.process.lage import Lage
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Actor
from delprojekt.process.sokord import same_name
from delprojekt.process.steg import FORE_START, Steg
from delprojekt.queries.efterhand import Namngiven, already_here

FINNS = "Finns redan"
LAGGS_IN = "Läggs in"
LAGGS_TILL = "Läggs till"


class Utfall(Enum):
    """What becomes of a delprojekt of the list."""

    NYTT = "Nytt"
    KOMPLETTERAS = "Kompletteras"
    OFORANDRAT = "Finns redan, inget ändras"
    DUBBLETT = "Samma som en annan rad, ändras inte"
    PORTALENS = "Drivs i portalen, ändras inte"


@dataclass(frozen=True)
class Rad:
    """One thing that the list says of a delprojekt, and what becomes of it. ``dokument``: when it is a document."""

    rad: int
    vad: str
    ny: bool
    ord: str
    dokument: Dokumentrad | None = None


@dataclass(frozen=True)
class Forslag:
    """One delprojekt of the list, what is here already, and what would be done.

    ``nummer`` and ``alias`` are what would be added to a delprojekt that is here. ``varning`` says why somebody should
    look before it is chosen.
    """

    post: Post
    delprojekt: Delprojekt | None
    utfall: Utfall
    rader: list[Rad]
    nummer: bool = False
    alias: tuple[str, ...] = ()
    varning: str = ""

    @property
    def nya(self) -> list[Dokumentrad]:
        """Return the documents that would be added."""
        return [row.dokument for row in self.rader if row.ny and row.dokument]

    @property
    def kan_valjas(self) -> bool:
        """Tell whether there is something to do."""
        return self.utfall in {Utfall.NYTT, Utfall.KOMPLETTERAS}


def plan(actor: Actor, lista: Lista) -> list[Forslag]:
    """Return what would become of every delprojekt of the list. Four queries, however long it is."""
    here = already_here(actor, [Namngiven(post.nummer, post.delnummer, post.namn) for post in lista.poster])
    keys = [row.pk for row in here if row]
    first = Stegbesok.objects.filter(delprojekt__in=keys, nummer=1, efterhand=True)
    moved = set(first.values_list("delprojekt", flat=True))
    facts: dict[tuple[int, str], str] = {}
    for row in Faktumrad.objects.filter(delprojekt__in=keys, ersatt_av=None).order_by("pk"):
        facts[row.delprojekt_id, row.slag] = row.nar
    decided = Namndbeslut.objects.filter(delprojekt__in=keys, aterkallat_at=None).select_related("arende__mote")
    for decision in decided:
        facts[decision.delprojekt_id, ""] = decision.nar
    found: list[Forslag] = []
    owners: dict[int, int] = {}
    for post, known_row in zip(lista.poster, here, strict=True):
        if known_row is None:
            found.append(Forslag(post, None, Utfall.NYTT, [_document(d, True, LAGGS_IN) for d in post.dokument]))
        elif known_row.pk not in moved:
            found.append(Forslag(post, known_row, Utfall.PORTALENS, _nothing(post, "Läggs inte in")))
        elif (owner := owners.setdefault(known_row.pk, post.rad)) != post.rad:
            said = f"Läggs inte in: rad {owner} är samma delprojekt i portalen. Lägg in den först"
            found.append(Forslag(post, known_row, Utfall.DUBBLETT, _nothing(post, said)))
        else:
            found.append(_completed(post, known_row, facts))
    return found


def _document(document: Dokumentrad, ny: bool, said: str) -> Rad:
    return Rad(document.rad, document.i_ord, ny, said, document)


def _nothing(post: Post, said: str) -> list[Rad]:
    return [_document(document, False, said) for document in post.dokument]


def _completed(post: Post, row: Delprojekt, facts: dict[tuple[int, str], str]) -> Forslag:
    """Return what a delprojekt that was moved in gets of a list: number, other names and documents."""
    known_names = {same_name(name) for name in (row.benamning, *row.alias)}
    other = same_name(post.benamning) not in known_names
    alias = tuple(name for name in post.namn if same_name(name) not in known_names)
    numbered = post.nummer is not None and row.nummer is None and Steg(row.steg) not in FORE_START
    rows = [
        *([_number(post, row)] if post.nummer and row.nummer is None else []),
        *(Rad(post.rad, f"Annat namn: {name}", True, LAGGS_TILL) for name in alias),
        *([_step(post, row)] if post.steg_skrivet and post.steg.value != row.steg else []),
        *(_row(document, row, facts.get((row.pk, document.slag or ""))) for document in post.dokument),
    ]
    return Forslag(
        post,
        row,
        Utfall.KOMPLETTERAS if any(r.ny for r in rows) else Utfall.OFORANDRAT,
        rows,
        nummer=numbered,
        alias=alias,
        varning=f"I portalen heter delprojektet ”{row.benamning}”. Välj det bara om det är samma." if other else "",
    )


def _number(post: Post, row: Delprojekt) -> Rad:
    steg = Steg(row.steg)
    if steg in FORE_START:
        said = f"Läggs inte till: ett delprojekt i steget {steg.label} har inget nummer än"
        return Rad(post.rad, f"Nummer {post.beteckning}", False, said)
    return Rad(post.rad, f"Nummer {post.beteckning}", True, LAGGS_TILL)


def _step(post: Post, row: Delprojekt) -> Rad:
    said = f"Ändras inte: delprojektet står i {Steg(row.steg).label}"
    return Rad(post.rad, f"Steget {post.steg.label}", False, said)


def _row(document: Dokumentrad, row: Delprojekt, told: str | None) -> Rad:
    if told is not None:
        same = told in {document.datum_text, str(document.dag), skriv(document.dag)}
        said = FINNS if same else f"Finns redan med datumet {told}. Rätta det på delprojektets sida om det är fel"
        return _document(document, False, said)
    if not belongs(document.slag, Steg(row.steg)):
        return _document(document, False, f"Hör inte till steget {Steg(row.steg).label}, där delprojektet står")
    return _document(document, True, LAGGS_IN)


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
