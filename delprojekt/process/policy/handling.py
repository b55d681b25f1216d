"""Received files and the register of allmänna handlingar (conventions.md §6.2, §6.3; M5.6-2, E7)."""

from delprojekt.process.act import Act
from delprojekt.process.policy.regel import Rule, Scope, roles
from delprojekt.process.roller import Roll
from delprojekt.process.steg import BESLUTAT, SLUTRAPPORTERAT, Steg

_KANSLI = roles(Roll.KONTAKTPERSON, Roll.KANSLI)
_I_PORTALEN = frozenset(Steg) - {Steg.HISTORISKT}
_NAMNDEN = (Roll.NAMNDSEKRETERARE, _I_PORTALEN & (SLUTRAPPORTERAT | {Steg.NAMND}))
_REGIONEN = (Roll.REGIONKONTAKT, _I_PORTALEN & BESLUTAT)
"""From when an authority beside kansliet has the matter in a diarium of its own (T28, T31)."""

RULES = {
    Act.AVVISA_FIL: Rule(
        where=_I_PORTALEN,
        who=roles(Roll.INLOGGAD),
        owner=Roll.INLOGGAD,
        objekt="fil",
        event="En fil togs inte emot.",
        section="5.6",
        under_paus=True,
    ),
    Act.ANGE_DIARIENUMMER: Rule(
        where=_I_PORTALEN,
        who=_KANSLI | {Roll.NAMNDSEKRETERARE, Roll.REGIONKONTAKT},
        owner=Roll.KANSLI,
        bara=(_NAMNDEN, _REGIONEN),
        scope=Scope.EGEN_REGION,
        objekt="allmanhandling",
        event="Ett diarienummer angavs.",
        section="5.6",
        under_paus=True,
    ),
    Act.RATTA_HANDLING: Rule(
        where=_I_PORTALEN,
        who=_KANSLI,
        owner=Roll.KANSLI,
        objekt="allmanhandling",
        event="En registrering rättades.",
        section="5.6",
        under_paus=True,
    ),
}
