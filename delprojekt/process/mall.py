"""What the rules need of the shared template: the keys of its fixed sections (M5.1.3-3, M5.4.1-2).

Headings, order and guidance are data (``Mallversion``); a template version must hold these keys.
"""

from collections.abc import Collection

from delprojekt.process.act import Act
from delprojekt.process.steg import Steg

UPPDRAGETS_DELAR: dict[str, str] = {
    "bakgrund": "Bakgrund",
    "syfte": "Syfte och frågeställning/problembeskrivning",
    "uppdragspunkter": "Specifika uppdragspunkter",
    "avgransningar": "Avgränsningar i projektet",
    "arbetsgrupp": "Arbetsgruppens sammansättning",
    "tidplan": "Tidplan",
}
"""The six parts of an uppdrag, §5.1.3."""

UPPDRAGETS_TEXTER = ("bakgrund", "syfte", "avgransningar")
"""Those of the six that are written as text in the template; the others are rows with forms of their own."""

SLUTRAPPORTENS_DELAR: dict[str, str] = {
    "sammanfattning": "Sammanfattning",
    "nulage": "Nuläge",
    "analys": "Analys",
    "forslag": "Förslag",
    "uppfoljning": "Uppföljning",
}
"""The fixed chapters of a slutrapport beside the uppdrag, §5.4.1 and D6."""

NULAGE_PREFIX, ANALYS_PREFIX = "nulage_", "analys_"
"""Sub-sections mirror each other by key: ``nulage_kompetens`` is answered by ``analys_kompetens`` (M5.3-1)."""

PATIENTPERSPEKTIV = "nulage_perspektiv"
"""Where patients' and next of kin's views stand (M5.2-6)."""

STANDARDAVSNITT = ("nulage_patientgrupp", "nulage_kompetens")
"""Incidens, prevalens and kompetenstillgång: väsentliga i flertalet delprojekt (M5.2-5)."""

ANALYS = "analys"
"""The chapter that the analyses stand in, unless each follows its nuläge section (M5.3-3)."""

SAMLADE_SLUTSATSER = "analys_slutsatser"
"""Where the conclusions are gathered, if they do not stand after each section (M5.3-6)."""

VAGVAL, REFERENSER, FAKTABILAGA = "vagval", "referenser", "faktabilaga"
"""Chapter 11 with choices and soft results, chapter 12 with references and the word list, and the tables at the end."""

UPPFOLJNING_PREFIX = "uppfoljningsrapport"
"""Chapter 13 and its sections: the follow-up report (M5.8-7)."""


_UPPFOLJNINGENS_DELAR = ("beslut", "inforande", "parametrar", "enkat", "perspektiv", "hinder", "slutsats")
FASTA: frozenset[str] = frozenset(
    {
        *UPPDRAGETS_DELAR,
        *SLUTRAPPORTENS_DELAR,
        *(key for part in (*STANDARDAVSNITT, PATIENTPERSPEKTIV) for key in (part, f"analys_{part.split('_', 1)[1]}")),
        "tankar_om_uppfoljning",
        SAMLADE_SLUTSATSER,
        VAGVAL,
        REFERENSER,
        FAKTABILAGA,
        UPPFOLJNING_PREFIX,
        *(f"{UPPFOLJNING_PREFIX}_{part}" for part in _UPPFOLJNINGENS_DELAR),
    }
)
"""What every template version must hold: the rules ask for it, or the portal prints something there."""
TAR_EMOT: tuple[str, ...] = ("nulage", UPPFOLJNING_PREFIX)
"""Chapters that kansliet may add sections to; one in nuläge gets its analysis with it (M5.3-1). The order of the
chapters is locked (M5.4.1-2)."""


def flyttbar(foralder: str) -> bool:
    """Tell whether a section can be moved among its siblings: an analysis follows its nuläge (M5.3-1)."""
    return foralder in TAR_EMOT


def borttagbar(nyckel: str) -> bool:
    """Tell whether a section may be left out of the template; an analysis goes with its nuläge."""
    return nyckel not in FASTA and not nyckel.startswith(ANALYS_PREFIX)


def egen_rubrik(nyckel: str) -> bool:
    """Tell whether a section has a heading of its own; that of an analysis is its nuläge's (M5.3-1)."""
    return nyckel == SAMLADE_SLUTSATSER or not nyckel.startswith(ANALYS_PREFIX)


_PARAGRAFER = {
    **dict.fromkeys(UPPDRAGETS_DELAR, "5.1.3"),
    "tankar_om_uppfoljning": "5.8",
    "nulage": "5.2",
    "analys": "5.3",
    "forslag": "5.4",
    "uppfoljning": "5.8",
    VAGVAL: "5",
    UPPFOLJNING_PREFIX: "5.8",
}


def paragraf(nyckel: str) -> str:
    """Return the § of the method that a section is about; what has none of its own is about the report, 5.4.1."""
    return _PARAGRAFER.get(nyckel) or _PARAGRAFER.get(nyckel.split("_", 1)[0]) or "5.4.1"


def utelamnas_med(nulage: str) -> frozenset[str]:
    """Return the keys that are left out together: a nuläge section and the analysis that answers it."""
    return frozenset({nulage, analys_till(nulage)})


def utan_analys(skrivna: Collection[str], utelamnade: Collection[str], fakta_i: Collection[str] = ()) -> list[str]:
    """Return the keys of nuläge sections with text or facts whose analysis has no text (M5.3-1).

    In: keys of sections with text, of those that are left out (they are answered), and of those with facts.
    """
    nulage = (key for key in sorted({*skrivna, *fakta_i}) if key.startswith(NULAGE_PREFIX) and key not in utelamnade)
    return [key for key in nulage if analys_till(key) not in skrivna]


def utan_slutsats(skrivna: Collection[str], utelamnade: Collection[str], dragna: Collection[str]) -> list[str]:
    """Return the keys of analyses with text that no conclusion is drawn from (M5.3-2).

    In: keys of sections with text, of nuläge sections that are left out, and of sections with a conclusion.
    """
    out = {analys_till(key) for key in utelamnade} | {SAMLADE_SLUTSATSER} | set(dragna)
    return [key for key in sorted(skrivna) if key.startswith(ANALYS_PREFIX) and key not in out]


def nulage_till(analys: str) -> str:
    """Return the key of the nuläge section that an analysis answers."""
    return NULAGE_PREFIX + analys.removeprefix(ANALYS_PREFIX)


def analys_till(nulage: str) -> str:
    """Return the key of the analysis that answers a nuläge section."""
    return ANALYS_PREFIX + nulage.removeprefix(NULAGE_PREFIX)


def writing_act(steg: Steg) -> Act:
    """Return the act that writing in a step is."""
    return {Steg.UPPDRAG: Act.SKRIV_UPPDRAG, Steg.UPPFOLJNING: Act.SKRIV_UPPFOLJNING}.get(steg, Act.SKRIV_RAPPORT)
