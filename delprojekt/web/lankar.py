"""Where things are done: the address of an act, and of the page that mends a requirement."""

from collections.abc import Collection

from django.urls import reverse

from delprojekt.models import Delprojekt
from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY
from delprojekt.process.steg import HUVUDLINJE, Steg
from delprojekt.process.uppgift import Uppgiftslag, number_of

_SKRIVER = frozenset({Act.SKRIV_UPPDRAG, Act.SKRIV_RAPPORT, Act.SKRIV_UPPFOLJNING, Act.KLARMARKERA_AVSNITT})
_KOMMENTERAR = frozenset({Act.KOMMENTERA, Act.BESVARA_KOMMENTAR, Act.FORESLA_ANDRING, Act.AVGOR_ANDRINGSFORSLAG})
_ARBETE, _RAPPORT = "arbete", "rapport"
_FLIK = {
    Act.BESVARA_BEREDNINGSKONTAKT: "forslag",
    Act.ANDRA_INFORMATIONSINSATS: "uppdrag",
    Act.ANDRA_NOMINERING: "arbetsgrupp",
    Act.TILLFRAGA_NOMINERAD: "arbetsgrupp",
    Act.TILLFRAGA_CHEF: "arbetsgrupp",
    Act.ENTLEDIGA: "arbetsgrupp",
    **dict.fromkeys((Act.ANDRA_FAKTAUPPGIFT, Act.ANDRA_SLUTSATS, Act.SKRIV_MINNESANTECKNING), _ARBETE),
    **dict.fromkeys((Act.ANDRA_VAGVAL, Act.ANDRA_STODBEGARAN, Act.FOLJ_UPP_ATTGORA), _ARBETE),
    **dict.fromkeys((Act.ANDRA_ATGARDSFORSLAG, Act.SKRIV_KALKYL, Act.ANDRA_PARAMETER), _RAPPORT),
    Act.SKICKA_HANDLING: "regioner",
    Act.GRANSKA_HANDLING: "regioner",
    Act.AVSLUTA_HINDER: "regioner",
    Act.BESVARA_FORFRAGAN: "uppfoljning",
}
"""The tab where the rows of an act are."""
PA_FLIK = {
    **dict.fromkeys((Act.REGISTRERA_FAKTAUPPGIFT, Act.ANGE_TACKNING, Act.UTELAMNA_AVSNITT), _ARBETE),
    **dict.fromkeys((Act.SKRIV_SLUTSATS, Act.PLACERA_SLUTSATSER, Act.BESVARA_UPPDRAGSPUNKTER), _ARBETE),
    **dict.fromkeys((Act.BEGAR_STOD, Act.UTSE_SKRIBENTER, Act.MEJLA_GRUPPEN), _ARBETE),
    Act.KLARMARKERA_AVSNITT: _RAPPORT,
    **dict.fromkeys((Act.BESVARA_KOMMENTAR, Act.FORESLA_ANDRING, Act.AVGOR_ANDRINGSFORSLAG), _RAPPORT),
    Act.DELGE_DELRAPPORT: _RAPPORT,
    Act.ANGE_EJ_TILLAMPLIGT: "uppdrag",
}
"""Acts that are offered beside the rows they add to, and not among the buttons of the overview."""
_ATERVANDER = {
    **{act: flik for act, flik in _FLIK.items() if flik in {_ARBETE, _RAPPORT}},
    **PA_FLIK,
    **dict.fromkeys((Act.ANTECKNA_GRUPPMOTE, Act.ANTECKNA_VAGVAL), _ARBETE),
    Act.LAGG_TILL_PARAMETER: _RAPPORT,
    **dict.fromkeys((Act.LAMNA_DELRAPPORT, Act.REDOVISA_DELRAPPORT), _RAPPORT),
}
"""Acts after which one goes on at the rows they are about."""
_FORST_I_NULAGET = frozenset({_ARBETE, _RAPPORT})
"""The tabs that are there when the group has begun to write; a parameter can be thought of before."""
_FORE_NULAGET = frozenset(HUVUDLINJE[: HUVUDLINJE.index(Steg.NULAGE)])
_HANDLING = "allmanhandling"


def act_url(delprojekt: Delprojekt | int, act: Act, objekt: int | None = None) -> str:
    """Return where an act is done. Acts about a row need the row; without it: the tab where the rows are."""
    pk = delprojekt if isinstance(delprojekt, int) else delprojekt.pk
    if act in _SKRIVER:
        return reverse("skriv", args=[pk])
    if act in _KOMMENTERAR:
        return reverse("kommentarer", args=[pk])
    if POLICY[act].objekt == _HANDLING and objekt is None:
        return reverse("flik", args=[pk, "handlingar"])
    if act in _FLIK and objekt is None:
        return reverse("flik", args=[pk, _FLIK[act]])
    return reverse("gor", args=[pk, act.value, *([objekt] if objekt is not None else [])])


def from_desk(delprojekt: Delprojekt, act: Act, nyckel: str, objekt: int | None = None) -> str:
    """Return where an act is done by somebody who writes a section (empty: the whole), and goes back to it after."""
    return f"{act_url(delprojekt, act, objekt)}?fran={nyckel or SKRIVBORDET}"


SKRIVBORDET, TRADEN, GRUPPEN = "skrivbordet", "traden", "gruppen"
"""Where somebody comes from who is at no section: the desk's first page, the thread, or Min arbetsgrupp."""


def from_group(delprojekt: Delprojekt, act: Act, objekt: int | None = None) -> str:
    """Return where an act is done by somebody who comes from Min arbetsgrupp, and goes back to it after."""
    return f"{reverse('gor', args=[delprojekt.pk, act.value, *([objekt] if objekt else [])])}?fran={GRUPPEN}"


def came_from(delprojekt: Delprojekt, fran: str, sections: Collection[str]) -> str:
    """Return the page somebody came from, as ``?fran=`` says; empty when it says nothing that there is.

    In: the word, and the keys of the sections of the template.
    """
    if fran == TRADEN:
        return reverse("traden", args=[delprojekt.pk])
    if fran == GRUPPEN:
        return f"{reverse('min_arbetsgrupp')}?delprojekt={delprojekt.pk}"
    if fran == SKRIVBORDET:
        return reverse("skriv", args=[delprojekt.pk])
    return reverse("skriv_avsnitt", args=[delprojekt.pk, fran]) if fran in sections else ""


def correct_url(delprojekt: Delprojekt | int, slag: Uppgiftslag, pk: int) -> str:
    """Return where a row is corrected."""
    return act_url(delprojekt, Act.RATTA_UPPGIFT, number_of(slag, pk))


def done_url(delprojekt: Delprojekt, act: Act, objekt: int | None) -> str:
    """Return where somebody goes on when an act is done: to the handling or rows it was about, else the delprojekt."""
    if POLICY[act].objekt == _HANDLING:
        return reverse("allman_handling", args=[objekt])
    flik = _ATERVANDER.get(act)
    if flik and not (flik in _FORST_I_NULAGET and delprojekt.steg in _FORE_NULAGET):
        return reverse("flik", args=[delprojekt.pk, flik])
    return delprojekt.get_absolute_url()
