"""The working group as the rules see it: who has been put forward, what they answered, what they bring (§4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import TextChoices

from delprojekt.process.roller import Roll


class Nomineringsstatus(TextChoices):
    """What has become of somebody who was put forward. Nobody is taken out: declined and reserves stay visible."""

    FORESLAGEN = "foreslagen", "Föreslagen"
    TILLFRAGAD = "tillfragad", "Tillfrågad"
    TACKAT_JA = "tackat_ja", "Tackat ja"
    TACKAT_NEJ = "tackat_nej", "Tackat nej"
    RESERV = "reserv", "Reserv"
    UTSEDD = "utsedd", "Utsedd"
    ENTLEDIGAD = "entledigad", "Entledigad"


_S = Nomineringsstatus
SVAR: tuple[Nomineringsstatus, ...] = (_S.FORESLAGEN, _S.TILLFRAGAD, _S.TACKAT_JA, _S.TACKAT_NEJ, _S.RESERV)
"""What kansliet and the chair write down; to be utsedd or entledigad is ledningsgruppens decision (M5.1.4-1)."""

LANKSVAR: tuple[Nomineringsstatus, ...] = (_S.TACKAT_JA, _S.RESERV, _S.TACKAT_NEJ)
"""What somebody who is asked can answer by a personal link."""


class Chefssvar(TextChoices):
    """What the nearest manager of somebody who is nominated has answered through a link of their own (M4.3-4)."""

    VANTAR = "vantar", "Väntar på svar"
    JA = "ja", "Godkänt"
    NEJ = "nej", "Avböjt"


AVGJORDA: frozenset[Nomineringsstatus] = frozenset({_S.UTSEDD, _S.ENTLEDIGAD})
"""What ledningsgruppen has decided: nobody is asked any more, and no answer changes it."""

KAN_UTSES: frozenset[Nomineringsstatus] = frozenset({_S.TACKAT_JA, _S.RESERV})
"""Who ledningsgruppen can choose among."""

I_GRUPPEN: frozenset[Nomineringsstatus] = frozenset({_S.UTSEDD, _S.TACKAT_JA})
"""Who makes up the group as it would be: those who are appointed, and those who have said yes."""

REPRESENTERAR: frozenset[Roll] = frozenset({Roll.ORDFORANDE, Roll.LEDAMOT})
"""Roles that represent a region (V-11); a process leader or an adjungerad does not."""


@dataclass(frozen=True)
class Kompetens:
    """One competence that the uppdrag asks for (M4.3-2)."""

    nyckel: int
    namn: str
    ska: bool = False


@dataclass(frozen=True)
class Kandidat:
    """Somebody who has been put forward. ``namn`` is what anybody may read."""

    nyckel: int
    namn: str
    roll: Roll
    status: Nomineringsstatus
    region: str | None = None
    kompetenser: frozenset[int] = frozenset()
    profession: str = ""
    disciplin: str = ""
    chef_ja: bool = False
    chef_nej: bool = False  # the manager has answered no
    avsatt_tid: bool = False
    meriter: bool = False
    fran_kansliet: bool = False
    solidarisk: bool = False  # paid from the joint account
    ar_chef: bool = False
    sedan: date | None = None  # when they were put forward


@dataclass(frozen=True)
class Grupplage:
    """Who has been nominated and appointed, and what the regions have answered (§4, §5.1.4)."""

    kontaktperson: bool = False
    ordforande: bool = False
    uppfoljningsansvariga: int = 0
    kandidater: tuple[Kandidat, ...] = ()
    kompetenser: tuple[Kompetens, ...] = ()
    har_inte_svarat: frozenset[str] = field(default_factory=frozenset)
    svar_senast: Mapping[str, date] = field(default_factory=dict)  # the regions that are asked, and their last days
    tillfragad: Mapping[str, date] = field(default_factory=dict)  # and the day that each was asked, last
    ordforande_namn: str = ""
    ordforande_person: int | None = None  # who is or last was the chair
    personer: frozenset[int] = frozenset()  # who are or have been in the group

    @property
    def vantar_pa_chef(self) -> tuple[tuple[int, date], ...]:
        """Return those whose manager has not said yes: their key, and since when it is waited for (M4.3-4)."""
        out = {_S.TACKAT_NEJ, _S.ENTLEDIGAD}
        asked = (k for k in self.kandidater if k.roll != Roll.PATIENTFORETRADARE and k.status not in out)
        return tuple((k.nyckel, k.sedan) for k in asked if not k.chef_ja and k.sedan)

    @property
    def sista_svarsdag(self) -> date | None:
        """Return the day when every region that is asked is to have answered."""
        return max(self.svar_senast.values(), default=None)

    @property
    def valbara(self) -> tuple[Kandidat, ...]:
        """Return those whom ledningsgruppen can appoint now, the chair left out."""
        return tuple(k for k in self.kandidater if k.status in KAN_UTSES and k.roll != Roll.ORDFORANDE)

    @property
    def utsedda(self) -> tuple[Kandidat, ...]:
        """Return those who are appointed."""
        return tuple(k for k in self.kandidater if k.status == _S.UTSEDD)

    @property
    def tankt(self) -> tuple[Kandidat, ...]:
        """Return the group as it would be: those who are appointed and those who have said yes."""
        return tuple(k for k in self.kandidater if k.status in I_GRUPPEN)

    @property
    def ordforandekandidater(self) -> tuple[Kandidat, ...]:
        """Return who can be appointed chair: nominated as such, or a member when the chair is to be replaced (T45)."""
        return tuple(
            k
            for k in self.kandidater
            if (k.roll == Roll.ORDFORANDE and k.status in KAN_UTSES)
            or (self.ordforande and k.roll == Roll.LEDAMOT and k.status == _S.UTSEDD)
        )

    def utan_tackning(self, *, ska: bool) -> tuple[str, ...]:
        """Return the competences that nobody in the group as it would be covers: those that ska, or bör, be there."""
        covered = frozenset().union(*(k.kompetenser for k in self.tankt))
        return tuple(k.namn for k in self.kompetenser if k.ska == ska and k.nyckel not in covered)

    def med(self, valda: frozenset[int]) -> "Grupplage":
        """Return the group as it would be if those with these keys, and nobody else, were appointed."""
        kept = (k for k in self.kandidater if k.status not in KAN_UTSES or k.nyckel in valda)
        chosen = (replace(k, status=_S.TACKAT_JA) if k.status in KAN_UTSES else k for k in kept)
        return replace(self, kandidater=tuple(chosen))


def regioner(kandidater: Iterable[Kandidat]) -> frozenset[str]:
    """Return the regions that these people represent."""
    return frozenset(k.region for k in kandidater if k.region and k.roll in REPRESENTERAR)
