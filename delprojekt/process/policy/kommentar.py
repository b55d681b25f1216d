"""What is said beside the report's text while it is written, and proposed changes of it (§5.4.1).

Who may comment is who may read the draft: ``synlighet.kommenterar``. Somebody who is adjungerad has their own sections.
"""

from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.policy import rapport
from delprojekt.process.policy.regel import Rule
from delprojekt.process.roller import Roll
from delprojekt.process.steg import SKRIVER
from delprojekt.process.synlighet import kommenterar

_LASARE = tuple((roll, where) for roll in Roll if (where := kommenterar(roll)))


def _rule(event: str) -> Rule:
    return Rule(
        where=SKRIVER,
        who=frozenset(roll for roll, _ in _LASARE) | {Roll.ADJUNGERAD},
        bara=_LASARE,
        owner=Roll.ORDFORANDE,
        objekt="avsnitt",
        event=event,
        section="5.4.1",
    )


RULES = {
    Act.KOMMENTERA: _rule("Rapporten kommenterades."),
    Act.BESVARA_KOMMENTAR: _rule("En kommentar besvarades."),
    Act.FORESLA_ANDRING: _rule("En ändring i rapporten föreslogs."),
    Act.AVGOR_ANDRINGSFORSLAG: Rule(
        where=SKRIVER,
        who=rapport.RULES[Act.SKRIV_RAPPORT].who,
        owner=Roll.ORDFORANDE,
        objekt="avsnitt",
        requires=(Krav.SLUTRAPPORT_EJ_INLAMNAD,),
        event="Ändringsförslag avgjordes.",
        section="5.4.1",
    ),
}
