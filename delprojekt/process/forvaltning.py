"""Who may run the portal: people, roles, accounts, settings.

These are no acts of the method (they are not about one delprojekt), but the rule of the house is the same: who may do
what stands here, once; the action and the page both ask.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.db.models import TextChoices

from delprojekt.process.act import Act
from delprojekt.process.ordning import uppraknat
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import I_DELPROJEKT, Actor, Roll


class Adminact(TextChoices):
    """Everything that is done to run the portal. The label is what the button says."""

    REGISTRERA_PERSON = "registrera-person", "Lägg till en person"
    ANDRA_PERSON = "andra-person", "Ändra uppgifter"
    GE_ROLL = "ge-roll", "Ge en roll"
    AVSLUTA_ROLL = "avsluta-roll", "Avsluta rollen"
    UTSE_ERSATTARE = "utse-ersattare", "Utse ersättare"
    LAMNA_OVER = "lamna-over", "Lämna över delprojekt"
    OPPNA_KONTO = "oppna-konto", "Öppna konto"
    STANG_KONTO = "stang-konto", "Stäng kontot"
    SKICKA_LOSENORDSLANK = "skicka-losenordslank", "Skicka länk för att välja lösenord"
    ATERSTALL_TVAFAKTOR = "aterstall-tvafaktor", "Ta bort andra faktorn"
    ANDRA_INSTALLNINGAR = "andra-installningar", "Ändra inställningar"
    ANDRA_HANTERINGSPLAN = "andra-hanteringsplan", "Ändra planen för att bevara och gallra"
    ANDRA_MALL = "andra-mall", "Ändra mallen"
    ANDRA_EGNA_UPPGIFTER = "andra-egna-uppgifter", "Ändra dina uppgifter"
    ANDRA_REDOGORELSE = "andra-redogorelse", "Ändra tillgänglighetsredogörelsen"


_ADMIN = frozenset({Roll.ADMINISTRATOR})

FAR: Mapping[Adminact, frozenset[Roll]] = MappingProxyType(
    dict.fromkeys(Adminact, _ADMIN)
    | {
        Adminact.LAMNA_OVER: POLICY[Act.UTSE_KONTAKTPERSON].who,
        Adminact.ANDRA_MALL: _ADMIN | {Roll.KANSLI},
        Adminact.ANDRA_EGNA_UPPGIFTER: frozenset({Roll.INLOGGAD}),
    }
)
"""Who may do what. Handing over is one UTSE_KONTAKTPERSON for each delprojekt: whoever may do that may do many. The
template is kansliet's (M7-1)."""

SER_PERSONER = frozenset({Roll.ADMINISTRATOR, Roll.KANSLI, Roll.DIREKTOR})
"""Who may look in the register of people."""

SER_INSTALLNINGAR = frozenset({Roll.ADMINISTRATOR, Roll.KANSLI, Roll.DIREKTOR})
"""Who may read the settings of the sjukvårdsregion and of each region."""

SER_SKYDDADE = _ADMIN
"""Who sees the protected e-mail, title, profession and region of somebody else: the one who keeps the account."""

PORTALROLLER: tuple[Roll, ...] = tuple(r for r in Roll if r not in I_DELPROJEKT | {Roll.INLOGGAD})
"""Roles that are given in the register; those of a delprojekt are given by the method's acts."""

KRAVER_REGION = frozenset({Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP, Roll.REGIONKONTAKT})
"""Roles that are always held for a region."""

MANDAT = frozenset({Roll.STYRGRUPP})
"""Roles that are held for a mandatperiod: they always have a last day (P-2) and a list of their own (V-13)."""

KRAVER_TVAFAKTOR = frozenset({Roll.KANSLI, Roll.ADMINISTRATOR})
"""Roles that ask for a second factor at login, where the setting KRAV_PA_TVAFAKTOR says so."""

SISTA: Mapping[Roll, str] = MappingProxyType(
    {
        Roll.ADMINISTRATOR: "Portalen måste ha en administratör med konto. Ge rollen till någon annan först.",
        Roll.KONTAKTPERSON: "{vad} måste ha en kontaktperson på kansliet. Lämna över till någon annan först.",
        Roll.SAMARBETSGRUPP: "{vad} måste ha en representant i samarbetsgruppen. Ge rollen till någon annan först.",
    }
)
"""Roles that somebody must always hold (M4.5-1 H, P-14 H), and what is said to whoever would end the last one."""

NAMNS = 5
"""So many delprojekt are named where somebody is needed in them; of more it is enough to know how many."""


def kvar_som_kontaktperson(vem: str, delprojekt: Sequence[str]) -> str:
    """Return why somebody cannot leave kansliet while she is kontaktperson *på kansliet* (M4.5-1); empty for none."""
    if not delprojekt:
        return ""
    rest = len(delprojekt) - NAMNS
    named = uppraknat([*delprojekt[:NAMNS], f"{rest} till"] if rest > 0 else delprojekt)
    return (
        f"{vem} är kontaktperson i {named}, och kontaktpersonen ska arbeta på kansliet."
        f" Gör ”{Adminact.LAMNA_OVER.label}” till någon där först."
    )


class EjTillatet(Exception):
    """Somebody tried to do what is not theirs. The text is a Swedish sentence."""


def far(actor: Actor, act: Adminact) -> bool:
    """Tell whether the actor may do an act of running the portal."""
    return bool(actor.roller() & FAR[act])


def krav_att_far(actor: Actor, act: Adminact) -> None:
    """Raise EjTillatet unless the actor may do the act."""
    if not far(actor, act):
        roles = " eller ".join(sorted(str(roll.label).lower() for roll in FAR[act]))
        raise EjTillatet(f"Du kan inte göra det här. Det gör {roles}. Kontakta kansliet om något är fel.")


def ser_personer(actor: Actor) -> bool:
    """Tell whether the actor may look in the register of people."""
    return bool(actor.roller() & SER_PERSONER)


def ser_installningar(actor: Actor) -> bool:
    """Tell whether the actor may read the settings."""
    return bool(actor.roller() & SER_INSTALLNINGAR)


def hinder(roll: Roll, vad: str, *, andra: bool) -> str:
    """Return why a role cannot end, or an empty string.

    In: the role, what it is held for (a delprojekt, a region), and whether anybody else holds it too when it ends.
    """
    return "" if andra or roll not in SISTA else SISTA[roll].format(vad=vad)
