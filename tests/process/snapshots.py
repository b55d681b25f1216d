"""Snapshots made by hand: a Lage says all the rules may ask, so no database is needed."""

from dataclasses import replace
from datetime import date
from typing import Any

from delprojekt.process.fakta import Faktum, Faktumslag
from delprojekt.process.lage import Forslagslage, Grupplage, Lage
from delprojekt.process.roller import I_DELPROJEKT, Actor, Mandat, Roll
from delprojekt.process.steg import Steg

REGIONER = {"blekinge": "Region Blekinge", "halland": "Region Halland", "kronoberg": "Region Kronoberg"}
REGIONER["skane"] = "Region Skåne"
ALLA = frozenset(REGIONER)
D = 12
DAG = date(2026, 3, 2)


def lage(steg: Steg, *fakta: Faktumslag | Faktum, **parts: Any) -> Lage:
    """Return a snapshot in a step with some facts, four regions taking part."""
    rows = tuple(f if isinstance(f, Faktum) else Faktum(f, DAG) for f in fakta)
    given = {"delprojekt": D, "deltar": ALLA, "regionnamn": REGIONER, "fakta": rows, "kan_angra": True, **parts}
    return Lage(steg, **given)


ANMALT = lage(
    Steg.BEREDNING,
    Faktumslag.ANMALT,
    Faktumslag.SAMARBETSGRUPPEN_AVSTAMD,
    forslag=Forslagslage(ifyllt=frozenset({"effekter"}), behov_ja=ALLA),
    grupp=Grupplage(kontaktperson=True),
)
"""A förslag that lies on ledningsgruppens table, with all that it takes to start."""


def som(*roller: Roll, region: str | None = None, i: int = D) -> Actor:
    """Return somebody with these roles and no other."""
    mandat = {Mandat(roll, region, i if roll in I_DELPROJEKT else None) for roll in roller}
    return Actor(7, "Test Person", frozenset(mandat))


def pausad(before: Lage) -> Lage:
    """Return the same with the mark on."""
    return replace(before, pausat=True)
