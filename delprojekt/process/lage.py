"""Lage: a frozen snapshot of the facts that the rules ask about. Built by ``queries/lage.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA, Faktum, Faktumslag, Livslangd, Organslag
from delprojekt.process.frist import Paus
from delprojekt.process.granser import REGIONSVAR_DAGAR, SYNPUNKTER_DAGAR
from delprojekt.process.grupp import Grupplage
from delprojekt.process.steg import Steg

__all__ = ["Beslutslage", "Forslagslage", "Grupplage", "Lage", "Rapportlage"]

EMPTY: Mapping[str, str] = MappingProxyType({})
NO_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({})
NO_DATES: Mapping[str, date] = MappingProxyType({})
NO_ONE: Mapping[int, date | None] = MappingProxyType({})
NOWHERE: Mapping[Steg, date] = MappingProxyType({})


@dataclass(frozen=True)
class Forslagslage:
    """What stands in the projektförslag (§5.1)."""

    ifyllt: frozenset[str] = frozenset()  # of titel ursprung problem syfte mal forvantat_utfall effekter kriterier
    behov_ja: frozenset[str] = frozenset()
    behov_svar: frozenset[str] = frozenset()
    omfordelning: bool = False
    koncentrering: bool = False
    beror_barn: bool = False
    paverkar_priser: bool = False
    avtalsgruppen_tillfragad: bool = False
    chefsamrad: int = 0  # how many are linked
    chefsamrad_saknas: bool = False  # somebody has said that there is none
    underlag_sidor: int = 0
    insatser_planerade: int = 0  # of the kommunikationsplan
    inskickat: Mapping[str, Any] = field(default_factory=lambda: EMPTY)  # what stands in a förslag that has come in


@dataclass(frozen=True)
class Rapportlage:
    """What stands in the group's text and proposals (§5.2–5.4.1)."""

    skrivna: frozenset[str] = frozenset()  # keys of sections with text
    uppdragsdelar_saknas: tuple[str, ...] = ()
    slutrapportdelar_saknas: tuple[str, ...] = ()
    nulage_utan_analys: tuple[str, ...] = ()
    utelamnade: frozenset[str] = frozenset()  # keys of nuläge sections that are left out, each with a reason
    nulage_delar: int = 0  # how many sections the nuläge has
    nulage_tomma: int = 0  # and how many of them are neither written nor left out
    nulage_utan_region: tuple[str, ...] = ()
    regioner_saknas: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_NAMES)  # by nuläge section
    slutsatser_i: frozenset[str] = frozenset()  # keys of analys sections with a conclusion
    fakta_i: frozenset[str] = frozenset()  # keys of nuläge sections with faktauppgifter
    pastaenden: int = 0
    utan_kalla: tuple[str, ...] = ()
    standardavsnitt_saknas: tuple[str, ...] = ()
    moten: int = 0
    utan_minnesanteckning: tuple[str, ...] = ()
    antecknat: frozenset[str] = frozenset()  # of vagval mjukt_resultat
    kompetenskrav: int = 0
    atgardsforslag: int = 0
    utan_slutsats: tuple[str, ...] = ()
    ej_bakom: tuple[str, ...] = ()
    utan_varderingar: tuple[str, ...] = ()
    kraver_medel: int = 0  # how many åtgärdsförslag need money
    utan_kalkyl: tuple[str, ...] = ()
    ej_diskuterade: tuple[str, ...] = ()
    plan: frozenset[str] = frozenset()  # of hur nar vem
    parametrar: int = 0
    parametrar_utan_uppgifter: tuple[str, ...] = ()
    ej_klarmarkerade: tuple[str, ...] = ()  # headings of the report's sections with text that nobody has said is done
    uppfoljning_ej_klar: tuple[str, ...] = ()  # and those of the follow-up's report
    skribenter: int = 0
    helhetsansvarig: bool = False


@dataclass(frozen=True)
class Beslutslage:
    """Beslutsförslag, stances, recommendation, and the regions' answers (§5.4.3–5.6)."""

    version: int | None = None
    attsatser: int = 0
    satser: tuple[str, ...] = ()  # what each of them says, in order
    lydelse: str = ""  # of the decision that is about to be registered, while it is weighed
    stallningar: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # region -> enig/ej_enig/avstar
    vill_andra: Mapping[str, str] = field(default_factory=lambda: EMPTY)  # region -> what it wants to change
    forslag: int = 0  # how many åtgärdsförslag a beslutsförslag can take up
    obehandlade: tuple[str, ...] = ()  # åtgärdsförslag that no clause takes up and that are not struck
    barnets_basta: bool = False
    mottagare: frozenset[str] = frozenset()
    sjukvardsregional: bool = False  # something is directed to the sjukvårdsregional level (M5.7-2)
    har_beslutat: frozenset[str] = frozenset()  # have told what they decided of everything they are asked
    har_svarat: frozenset[str] = frozenset()  # and have sent the paper
    handling_saknas: Mapping[str, date] = field(default_factory=lambda: NO_DATES)  # region -> its paper is due
    verifierade: frozenset[str] = frozenset()
    har_handling: frozenset[str] = frozenset()  # regions that have sent some paper
    ogranskade: frozenset[str] = frozenset()  # regions with a document that kansliet has not read
    bifall: frozenset[str] = frozenset()
    rapporterat_inforande: frozenset[str] = frozenset()
    beslutade: Mapping[str, Mapping[int, date]] = field(default_factory=lambda: MappingProxyType({}))
    """What each region has decided about, by recommendation, and the day."""
    utan_handling: Mapping[str, date] = field(default_factory=lambda: NO_DATES)  # region -> when it told its decision
    hinder: int = 0  # how many have been told of, open or not
    oppna_hinder: tuple[str, ...] = ()
    namndbeslut_date: date | None = None


@dataclass(frozen=True)
class Uppfoljningslage:
    """The round of follow-up that counts now (§5.8)."""

    nummer: int = 0
    frist: date | None = None
    raknas_fran: date | None = None  # when the deadline was counted from, or set: pauses after it move it (V-1)
    fragade: int = 0
    obesvarade: tuple[str, ...] = ()  # names of those who are asked and have not answered
    vantar_svar: Mapping[int, date | None] = field(default_factory=lambda: NO_ONE)  # by whom, and until when
    tillfragad: Mapping[int, date] = field(default_factory=lambda: MappingProxyType({}))  # when each of them was asked
    tackat_nej: frozenset[int] = frozenset()
    ifyllt: frozenset[str] = frozenset()  # of insats effekt patientsynpunkter
    matvarden: int = 0


@dataclass(frozen=True)
class Lage:
    """All the rules may ask about one delprojekt at one moment."""

    steg: Steg
    delprojekt: int = 0
    steg_fran: Mapping[Steg, date] = field(default_factory=lambda: NOWHERE)  # when each step was last entered
    pausat: bool = False
    kan_angra: bool = False
    ledde_hit: Act | None = None  # the act that opened this visit
    tillbaka: Steg | None = None  # the step that one came from
    inlagt: bool = False  # it began before the portal
    deltar: frozenset[str] = frozenset()  # also those of which it is not known
    deltagande_okant: frozenset[str] = frozenset()  # before the portal, and nobody has told
    min_regioner: int = 3
    har_styrgrupp: bool = True
    avstar_blockerar: bool = True
    formel: str = ""
    svarstid_synpunkter_dagar: int = SYNPUNKTER_DAGAR
    svarstid_beslut_dagar: int = REGIONSVAR_DAGAR
    barnets_basta_kravs: bool = False  # I-15: a participating region asks for it
    patientsynpunkter_kravs: bool = False  # I-14: same, in the follow-up too
    regionnamn: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    fakta: tuple[Faktum, ...] = ()
    tidigare: tuple[Faktum, ...] = ()  # what the bodies did in the steps before this, where the day is known
    forslag: Forslagslage = field(default_factory=Forslagslage)
    grupp: Grupplage = field(default_factory=Grupplage)
    rapport: Rapportlage = field(default_factory=Rapportlage)
    beslut: Beslutslage = field(default_factory=Beslutslage)
    uppfoljning: Uppfoljningslage = field(default_factory=Uppfoljningslage)

    def alla(self, slag: Faktumslag) -> tuple[Faktum, ...]:
        """Return the facts of a kind that count now, oldest first."""
        return tuple(f for f in self.fakta if f.slag == slag)

    def har(self, slag: Faktumslag) -> bool:
        """Tell whether a fact of the kind counts now."""
        return any(f.slag == slag for f in self.fakta)

    def dag(self, slag: Faktumslag) -> date | None:
        """Return the date of the latest fact of the kind that counts now."""
        return max((f.dag for f in self.alla(slag)), default=None)

    def forra_instansen(self, slag: Faktumslag | None) -> tuple[date, str] | None:
        """Return the latest day that a body dealt with it before, and what it did; None when nobody has.

        In: the kind of fact that is about to be registered. The way goes from body to body, never back in time (M1-3);
        what is done at the side of it, as often as it is needed, has its own time: it only comes after what it needs.
        """
        spec = FAKTA[slag] if slag else None
        aside = spec is not None and (spec.vid_sidan or (spec.flera and spec.livslangd is Livslangd.OMGANG))
        first = spec.efter if spec else None
        before = (*(() if aside else self.tidigare), *(self.alla(first) if first else ()))
        found = [(f.dag, str(f.slag.label)) for f in before]
        decided = None if aside else self.beslut.namndbeslut_date
        found += [(decided, "Nämnden beslutade")] if decided else []
        return sorted(found, key=lambda one: one[0])[-1] if found else None

    @property
    def stegat(self) -> date | None:
        """Return the day the present step was entered."""
        return self.steg_fran.get(self.steg)

    @property
    def pauser(self) -> tuple[Paus, ...]:
        """Return the pauses of this uppdragsomgång, oldest first (V-1). One that a move ended, ended with the step."""
        found: list[Paus] = []
        for fact in self.fakta:
            if fact.slag is Faktumslag.PAUS:
                found.append(Paus(fact.dag))
            elif fact.slag is Faktumslag.ATERUPPTAGET and found and found[-1].till is None:
                found[-1] = Paus(found[-1].fran, fact.dag)
        last = len(found) - 1 if self.pausat else len(found)
        return tuple(Paus(p.fran, p.till or self.stegat) if n < last else p for n, p in enumerate(found))

    @property
    def berorda(self) -> frozenset[str]:
        """Return the regions that take part or are recommended something (E9: three may take part, four be asked)."""
        return self.deltar | self.beslut.mottagare

    def prova(self, underlag: Mapping[str, Any]) -> "Lage":
        """Return the situation as it would be with what is filled in: who are ticked (``utses``), the ``lydelse``."""
        chosen, said = underlag.get("utses"), str(underlag.get("lydelse") or "")
        beslut = replace(self.beslut, lydelse=said) if said else self.beslut
        grupp = self.grupp if chosen is None else self.grupp.med(frozenset(chosen))
        return replace(self, beslut=beslut, grupp=grupp)

    def redovisad_i(self) -> frozenset[Organslag]:
        """Return the bodies that have been told of the follow-up in this visit (M5.8-11)."""
        return frozenset(f.organ for f in self.alla(Faktumslag.REDOVISAD) if f.organ)
