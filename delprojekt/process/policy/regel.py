"""What a rule is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from delprojekt.process.fakta import Faktumslag
from delprojekt.process.frist import flytta
from delprojekt.process.handling import Handlingsspec
from delprojekt.process.krav import Krav
from delprojekt.process.lage import Lage
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg


class Scope(Enum):
    """What an act reaches."""

    DELPROJEKT = "delprojekt"
    EGEN_REGION = "egen_region"
    EGET_OBJEKT = "eget_objekt"


@dataclass(frozen=True)
class Rule:
    """One row of the method: who may do what, where, when what is in place, and who is told.

    ``owner`` is the role whose turn it is when the act is awaited; it is one of ``who``.
    ``event`` is the sentence of the log. ``fact`` is what the act registers, if it registers a fact.
    ``bara`` names roles in ``who`` that may only in some of the steps in ``where``.
    ``main`` marks the act that takes the step along the main line; ``Vantar`` is derived from it.
    ``efterhand`` marks acts that register what happened before the portal.
    ``handling`` is the row that the act leaves in the register of allmänna handlingar, if it leaves one.
    ``region_frist`` is for an act of one region, where regions may have days of their own; ``person_frist`` for one
    that is asked of a person; ``region_fran`` and ``person_fran`` are the days that theirs are counted from.
    ``kapitel`` is the chapter of the report that the act writes rows of: who writes some chapters writes only theirs.
    ``tyst`` is for acts whose mail is off unless it is asked for; ``angras_tyst`` is False for acts that are not undone
    without telling whoever did them, unless that is turned off.
    ``brev`` is for acts that are a letter, to one person or the group: it is read before it goes, and cannot be left
    out.
    ``frist`` is the deadline as it would be without pauses; ``fran`` the day it is counted from, after which a pause
    moves it (V-1); None: it is never moved.
    ``new_visit`` is for acts that stay in the step but start it over (återremiss, new round).
    """

    where: frozenset[Steg]
    who: frozenset[Roll]
    owner: Roll
    event: str
    section: str
    to: Steg | None = None
    bara: tuple[tuple[Roll, frozenset[Steg]], ...] = ()
    scope: Scope = Scope.DELPROJEKT
    objekt: str = ""
    kapitel: str = ""
    requires: tuple[Krav, ...] = ()
    advises: tuple[Krav, ...] = ()
    tells: frozenset[Roll] = frozenset()
    fact: Faktumslag | None = None
    handling: Handlingsspec | None = None
    main: bool = False
    new_visit: bool = False
    back: bool = False
    under_paus: bool = False
    tyst: bool = False
    angras_tyst: bool = True
    brev: bool = False
    efterhand: bool = False
    frist: Callable[[Lage], date | None] = lambda lage: None
    region_frist: Callable[[Lage, str], date | None] | None = None
    person_frist: Callable[[Lage, int], date | None] | None = None
    fran: Callable[[Lage], date | None] = lambda lage: lage.stegat
    region_fran: Callable[[Lage, str], date | None] | None = None
    person_fran: Callable[[Lage, int], date | None] | None = None

    @property
    def moves(self) -> bool:
        """Tell whether the act opens a visit: it changes the step, starts it over, or goes back."""
        return self.to is not None or self.back

    @property
    def reviewed(self) -> bool:
        """Tell whether it is checked first: it moves, tells others, may set advice aside, or is registered."""
        return self.moves or self.brev or bool(self.tells or self.advises) or self.handling is not None

    def owner_in(self, steg: Steg) -> Roll:
        """Return whose turn it is in a step: the owner's or, where the owner may not, the contact person's."""
        return self.owner if steg in self.steps_of(self.owner) else Roll.KONTAKTPERSON

    def steps_of(self, roll: Roll) -> frozenset[Steg]:
        """Return the steps in which a role may do the act."""
        return next((steg for one, steg in self.bara if one == roll), self.where) if roll in self.who else frozenset()


def deadline(
    rule: Rule, lage: Lage, idag: date, region: str | None = None, person: int | None = None
) -> tuple[date | None, date | None]:
    """Return when an act is due, with the time of the pauses, and as it would be without them.

    ``region`` or ``person``: who is waited for, where they may have days of their own.
    """
    gross = rule.region_frist(lage, region) if region and rule.region_frist else rule.frist(lage)
    gross = rule.person_frist(lage, person) if person and rule.person_frist else gross
    since = rule.region_fran(lage, region) if region and rule.region_fran else rule.fran(lage)
    since = rule.person_fran(lage, person) if person and rule.person_fran else since
    return (flytta(gross, since, lage.pauser, idag) if gross and since else gross), gross


def roles(*roll: Roll) -> frozenset[Roll]:
    """Return the roles as a set."""
    return frozenset(roll)


def steps(*steg: Steg) -> frozenset[Steg]:
    """Return the steps as a set."""
    return frozenset(steg)
