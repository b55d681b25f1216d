"""Roles, and the one who asks."""

from dataclasses import dataclass, field

from django.db.models import TextChoices


class Roll(TextChoices):
    """Every role of the method (requirements.md, table of abbreviations; architecture.md §5)."""

    INLOGGAD = "inloggad", "Alla inloggade"
    FORSLAGSSTALLARE = "forslagsstallare", "Förslagsställare"
    KANSLI = "kansli", "Kansliet"
    ADMINISTRATOR = "administrator", "Administratör"
    KOMMUNIKATOR = "kommunikator", "Kommunikatör"
    DIREKTOR = "direktor", "Direktör"
    SAMARBETSGRUPP = "samarbetsgrupp", "Samarbetsgruppen"
    LEDNINGSGRUPP = "ledningsgrupp", "Ledningsgruppen"
    SEKRETERARE = "sekreterare", "Ledningsgruppens sekreterare"
    STYRGRUPP = "styrgrupp", "Politiska styrgruppen"
    NAMNDSEKRETERARE = "namndsekreterare", "Nämndsekreterare"
    REGIONKONTAKT = "regionkontakt", "Regionens kontakt"
    CHEFSAMRAD = "chefsamrad", "Chefsamråd"
    NOMINERAD = "nominerad", "Nominerad"
    NARMSTA_CHEF = "narmsta_chef", "Närmsta chef"
    KONTAKTPERSON = "kontaktperson", "Kontaktperson"
    ORDFORANDE = "ordforande", "Ordförande"
    PROCESSLEDARE = "processledare", "Processledare"
    LEDAMOT = "ledamot", "Ledamot"
    ADJUNGERAD = "adjungerad", "Adjungerad"
    PATIENTFORETRADARE = "patientforetradare", "Patient- eller närståendeföreträdare"
    SKRIBENT = "skribent", "Skribent"
    HELHETSANSVARIG = "helhetsansvarig", "Helhetsansvarig för slutrapporten"
    TILLFRAGAD = "tillfragad", "Tillfrågad om uppföljningen"
    UPPFOLJNINGSANSVARIG = "uppfoljningsansvarig", "Uppföljningsansvarig"

    @property
    def hos(self) -> str:
        """Return whom a task lies with, as it is said after "Ligger hos": ``ledningsgruppen``."""
        return _HOS.get(self, str(self.label).lower())

    @property
    def i_gruppen(self) -> str:
        """Return the role as it is said of somebody in the group: ``ledamot i``, ``adjungerad till arbetsgruppen``."""
        return f"{str(self.label).lower()} {'till' if self is Roll.ADJUNGERAD else 'i'} arbetsgruppen"


def sags_lika(roll: Roll) -> list[Roll]:
    """Return the roles that are said with the same words after "Ligger hos": ledningsgruppen and its secretary."""
    return [other for other in Roll if other.hos == roll.hos]


_HOS = {
    Roll.SEKRETERARE: "ledningsgruppen",
    Roll.NAMNDSEKRETERARE: "nämnden",
    Roll.ORDFORANDE: "arbetsgruppens ordförande",
    Roll.REGIONKONTAKT: "regionen",
    Roll.KONTAKTPERSON: "kontaktpersonen på kansliet",
    Roll.DIREKTOR: "direktören",
    Roll.KOMMUNIKATOR: "kommunikatören",
    Roll.FORSLAGSSTALLARE: "förslagsställaren",
    Roll.HELHETSANSVARIG: "den som har helhetsansvar för slutrapporten",
    Roll.UPPFOLJNINGSANSVARIG: "den som gör uppföljningen",
    Roll.STYRGRUPP: "politiska styrgruppen",
    Roll.NOMINERAD: "den som är nominerad",
    Roll.NARMSTA_CHEF: "den nominerades närmsta chef",
    Roll.SKRIBENT: "den som skriver kapitlet",
    Roll.TILLFRAGAD: "den som är tillfrågad",
}

ARBETSGRUPP: frozenset[Roll] = frozenset({Roll.ORDFORANDE, Roll.PROCESSLEDARE, Roll.LEDAMOT, Roll.PATIENTFORETRADARE})
"""Roles that make up a working group (adjungerade come and go, M4.4-1)."""

ENTLEDIGAS: frozenset[Roll] = ARBETSGRUPP | {Roll.ADJUNGERAD, Roll.HELHETSANSVARIG}
"""Whose mission ends when their delprojekt is broken off (T42); the kontaktperson stays with it (M4.5-1)."""

I_DELPROJEKT: frozenset[Roll] = ARBETSGRUPP | {
    Roll.FORSLAGSSTALLARE,
    Roll.KONTAKTPERSON,
    Roll.NOMINERAD,
    Roll.NARMSTA_CHEF,
    Roll.ADJUNGERAD,
    Roll.SKRIBENT,
    Roll.HELHETSANSVARIG,
    Roll.TILLFRAGAD,
    Roll.UPPFOLJNINGSANSVARIG,
}
"""Roles that are held in one delprojekt; all others are held in the whole portal."""

HARLEDDA: frozenset[Roll] = frozenset(
    {Roll.INLOGGAD, Roll.NOMINERAD, Roll.NARMSTA_CHEF, Roll.SKRIBENT, Roll.TILLFRAGAD}
)
"""Roles that nobody is given: they follow from something else.

``NOMINERAD`` and ``NARMSTA_CHEF`` are what a personal link in a mail lets its reader be, for one answer; ``SKRIBENT``
is who has been asked to write a chapter (M5.4.1-3), and ``TILLFRAGAD`` who has been asked to follow up and has not
answered (M5.8-4).
"""

INNEHAS: tuple[Roll, ...] = tuple(roll for roll in Roll if roll not in HARLEDDA)
"""Roles that somebody can be given, in their order."""


@dataclass(frozen=True)
class Mandat:
    """One role somebody holds now: everywhere, for one region, or in one delprojekt; ``ersatter`` names whom for.

    ``avsnitt``: the sections of the report that somebody who is adjungerad is invited to (M4.4-1), or that a skribent
    has been asked to write (M5.4.1-3).
    """

    roll: Roll
    region: str | None = None
    delprojekt: int | None = None
    ersatter: str = ""
    avsnitt: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """Who asks: a person with the mandates valid now. Frozen, so that it can be passed anywhere."""

    person: int | None
    namn: str
    mandat: frozenset[Mandat] = field(default_factory=frozenset)

    def mandat_i(self, delprojekt: int | None) -> frozenset[Mandat]:
        """Return the mandates that count in one delprojekt (or, with None, in the portal as a whole)."""
        own = frozenset(m for m in self.mandat if m.delprojekt is None or m.delprojekt == delprojekt)
        return own | {Mandat(Roll.INLOGGAD)} if self.person is not None else own

    def roller(self, delprojekt: int | None = None) -> frozenset[Roll]:
        """Return the roles that count in one delprojekt (or in the portal as a whole)."""
        return frozenset(m.roll for m in self.mandat_i(delprojekt))

    def regioner(self, roll: Roll) -> frozenset[str]:
        """Return the slugs of the regions for which the actor holds the role."""
        return frozenset(m.region for m in self.mandat if m.roll == roll and m.region)


SYSTEM = Actor(person=None, namn="Portalen")
"""The portal itself, for jobs that nobody asked for."""
