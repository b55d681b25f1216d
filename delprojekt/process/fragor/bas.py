"""What a question is made of, and the shapes that questions share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.lage import Lage
from delprojekt.process.roller import Roll

Underlag = Mapping[str, Any]
"""What the person has filled in for the act; empty while a page only shows what is missing."""


GALLER_INTE = "Gäller inte"
UPPGIFT_SAKNAS = "Uppgift saknas"


def alltid(lage: Lage, underlag: Underlag) -> bool:
    """Tell that a question applies: most do, always."""
    return True


@dataclass(frozen=True)
class Fraga:
    """One question. ``fraga(lage, underlag)`` is True when it is met; ``detalj`` says what exactly is missing.

    Where ``galler`` is False there is nothing to ask about, so it stops nobody: it is not met either, and a checklist
    says ``annars`` instead, or that it is not known (``okant``: it was before the portal and nobody has told).
    """

    krav_id: str
    mening: str
    fraga: Callable[[Lage, Underlag], bool]
    lagas: Act | None = None
    detalj: Callable[[Lage], Iterable[str]] = lambda lage: ()
    regioner: Callable[[Lage], frozenset[str]] | None = None  # which regions it waits for
    indata: bool = False  # can only be asked when the form is filled in
    vantas: bool = False  # an advice that the portal still waits for
    personer: Callable[[Lage], Iterable[int]] | None = None  # who is asked by name
    ombedd: Callable[[Lage], bool] | None = None  # whether it has been asked for, so that it is waited for as well
    hos: tuple[Roll, ...] = ()  # with whom it lies, when that is not the owner of the act that mends it
    aven: tuple[str, ...] = ()  # other requirements that the same question keeps
    galler: Callable[[Lage, Underlag], bool] = alltid
    annars: str = GALLER_INTE
    okant: Callable[[Lage], bool] = lambda lage: False
    nekad: str = ""  # the whole sentence of the refusal, where "saknas: …" would say it badly
    falt: Callable[[Lage, Underlag], Iterable[str]] = lambda lage, underlag: ()  # the fields that an advice is about
    redan: Faktumslag | None = None  # what is done already when it is not met


def om(*falt: str) -> Callable[[Lage, Underlag], Iterable[str]]:
    """Return that an advice is about some fields of the form: it then stands beside them too."""
    return lambda lage, underlag: falt


def har(slag: Faktumslag) -> Callable[[Lage, Underlag], bool]:
    """Return the question whether a kind of fact counts now."""
    return lambda lage, underlag: lage.har(slag)


def inte_redan(krav_id: str, slag: Faktumslag, mening: str, nekad: str) -> Fraga:
    """Return the question whether something that is done once is still to be done."""
    return Fraga(krav_id, mening, lambda lage, underlag: not lage.har(slag), nekad=nekad, redan=slag)


def namn(lage: Lage, slugs: Iterable[str]) -> list[str]:
    """Return the regions' names, in order."""
    return [lage.regionnamn.get(slug, slug) for slug in sorted(slugs)]


def region_krav(
    krav_id: str, mening: str, saknas: Callable[[Lage], frozenset[str]], lagas: Act | None, **more: Any
) -> Fraga:
    """Return a question that waits for regions until none is missing; ``more`` are its other fields."""
    return Fraga(
        krav_id,
        mening,
        lambda lage, underlag: not saknas(lage),
        lagas,
        detalj=lambda lage: namn(lage, saknas(lage)),
        regioner=saknas,
        **more,
    )
