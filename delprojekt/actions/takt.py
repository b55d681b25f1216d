"""What an action's change has in hand: the locked row, the weighed situation, and what was filled in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from delprojekt.models import (
    Arende,
    Delprojekt,
    Handelse,
    Mote,
    Organ,
    Person,
    Region,
    Stegbesok,
    Svarslank,
    Uppdragsomgang,
)
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.krav import Krav, Underlag
from delprojekt.process.lage import Lage
from delprojekt.process.policy import Rule
from delprojekt.process.roller import Actor


class RedanGjort(Exception):
    """The same form was sent twice; the first one counts."""


class IngetAndrat(RedanGjort):
    """What was filled in is what stands there already: nothing is saved, and there is no event."""

    def __init__(self, mening: str = "Inget var ändrat.") -> None:
        super().__init__(mening)


class MotiveringSaknas(Exception):
    """Advice is not followed and no motivering was given (rule 4). ``rad``: what only the change itself could tell."""

    def __init__(self, mening: str, rad: tuple[Krav, ...] = ()) -> None:
        self.rad = rad
        super().__init__(mening)


class Krock(Exception):
    """Somebody else saved meanwhile. Nothing was overwritten; ``nuvarande`` is what stands there now."""

    def __init__(self, nuvarande: Any) -> None:
        self.nuvarande = nuvarande
        super().__init__("Någon annan har sparat medan du skrev.")


class Ogiltigt(Exception):
    """What was filled in cannot be used. ``falt`` names the field, the text is a Swedish sentence."""

    def __init__(self, falt: str, mening: str) -> None:
        self.falt = falt
        super().__init__(mening)


@dataclass(frozen=True)
class Egetbrev:
    """A letter to one person instead of the common one.

    ``losenordslank``: it ends with a link to choose a password; ``svarslank``: with the link where it is answered.
    """

    adress: str
    amne: str
    text: str
    losenordslank: bool = False
    svarslank: Svarslank | None = None


@dataclass
class Takt:
    """One act in progress. ``change`` functions get this; they touch rows, never mail or the step."""

    actor: Actor
    act: Act
    rule: Rule
    delprojekt: Delprojekt
    lage: Lage
    underlag: Underlag
    path: list[Stegbesok]
    now: datetime
    omgang: Uppdragsomgang | None
    mening: str = ""
    aven: list[Person] = field(default_factory=list)  # who is told beside those that the rule names
    tillagg: str = ""  # what the mail says beside the sentence of the log
    egna_tillagg: dict[int, str] = field(default_factory=dict)  # the same to one person, in the place of the common
    till_regioner: frozenset[str] | None = None  # whose people are told; None: as the rule says
    som: str = ""  # shown in the log instead of the name of the one who does it
    brev: dict[int, Egetbrev] = field(default_factory=dict)
    efterat: list[Callable[[Handelse], None]] = field(default_factory=list)
    handling: dict[str, Any] = field(default_factory=dict)
    """What the act knows of the handling it leaves, beyond what its rule says."""
    rad: tuple[Krav, ...] = ()
    """Advice that the change finds not followed, beside the rule's own."""
    skrev: bool = False
    """It wrote a row that the row history does not follow."""

    @property
    def alltid_nytt(self) -> bool:
        """Tell whether the act is news whatever it changed: it moves, registers, or sends something."""
        sends = self.rule.brev or self.brev or self.aven or self.efterat
        return self.skrev or bool(self.rule.moves or self.rule.fact or self.rule.handling or sends)

    @property
    def besok(self) -> Stegbesok:
        """Return the visit that the act happens in."""
        return self.path[-1]

    @property
    def dag(self) -> date:
        """Return the date that was filled in, or today."""
        return self.underlag.get("dag") or self.now.date()

    def text(self, name: str) -> str:
        """Return a text that was filled in, or an empty string."""
        return str(self.underlag.get(name) or "").strip()

    def region(self) -> Region | None:
        """Return the region that was chosen."""
        slug = self.underlag.get("region")
        return Region.objects.get(slug=slug) if slug else None

    def need_omgang(self) -> Uppdragsomgang:
        """Return the uppdragsomgång; raises RuntimeError before start, where no act asks for it."""
        if self.omgang is None:
            raise RuntimeError(f"{self.act.name} needs an uppdragsomgång")
        return self.omgang

    def check_order(self, cannot: str) -> None:
        """Raise Ogiltigt when the day lies before what came before it in the method; ``cannot`` begins the sentence."""
        last = self.lage.forra_instansen(self.rule.fact)
        if last and self.dag < last[0]:
            raise Ogiltigt("dag", f"{cannot} före {skriv(last[0])} ({last[1]}).")

    def arende(self) -> Arende | None:
        """Return the item of the meeting that was filled in, made if it is new; None if the act asks for no meeting.

        Raises Ogiltigt when the body that had it before met later: every handling of a body comes this way (M1-3).
        """
        slag = self.underlag.get("organ")
        if not slag:
            return None
        self.check_order("Mötet kan inte ha varit")
        meeting, _ = Mote.objects.get_or_create(organ=Organ.objects.get(slug=slag), date=self.dag)
        return Arende.objects.create(mote=meeting, delprojekt=self.delprojekt, punkt=self.text("punkt"))


Change = Callable[[Takt], None]
CHANGES: dict[Act, Change] = {}
NUMBERS: set[Act] = set()
"""The acts that give a delprojekt its number: they lock the sjukvårdsregion too (actions/lock.py)."""


def change(act: Act, *, numbers: bool = False) -> Callable[[Change], Change]:
    """Register what an act changes beside its fact and its move, and whether it gives a number."""

    def register(func: Change) -> Change:
        CHANGES[act] = func
        if numbers:
            NUMBERS.add(act)
        return func

    return register
