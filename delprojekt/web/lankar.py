"""Where things are done: the address of an act, and of the page that mends a requirement."""

from django.urls import reverse

from delprojekt.models import Delprojekt
from delprojekt.process.act import Act

_SKRIVER = frozenset({Act.SKRIV_UPPDRAG, Act.SKRIV_RAPPORT, Act.SKRIV_UPPFOLJNING})
_ARBETE, _RAPPORT = "arbete", "rapport"
_FLIK = {
    **dict.fromkeys((Act.ANDRA_FAKTAUPPGIFT, Act.ANDRA_SLUTSATS, Act.SKRIV_MINNESANTECKNING), _ARBETE),
    **dict.fromkeys((Act.ANDRA_VAGVAL, Act.ANDRA_STODBEGARAN), _ARBETE),
    **dict.fromkeys((Act.ANDRA_ATGARDSFORSLAG, Act.SKRIV_KALKYL, Act.ANDRA_PARAMETER), _RAPPORT),
    Act.GRANSKA_HANDLING: "regioner",
}
"""The tab where the rows of an act are."""
PA_FLIK = {
    **dict.fromkeys((Act.REGISTRERA_FAKTAUPPGIFT, Act.ANGE_TACKNING, Act.UTELAMNA_AVSNITT), _ARBETE),
    **dict.fromkeys((Act.SKRIV_SLUTSATS, Act.PLACERA_SLUTSATSER, Act.BESVARA_UPPDRAGSPUNKTER), _ARBETE),
    **dict.fromkeys((Act.BEGAR_STOD, Act.UTSE_SKRIBENTER), _ARBETE),
    Act.LAGG_TILL_PARAMETER: _RAPPORT,
    Act.ANGE_EJ_TILLAMPLIGT: "uppdrag",
}
"""Acts that are offered beside the rows they add to, and not among the buttons of the overview."""
_ATERVANDER = _FLIK | PA_FLIK | dict.fromkeys((Act.ANTECKNA_GRUPPMOTE, Act.ANTECKNA_VAGVAL), _ARBETE)


def act_url(delprojekt: Delprojekt | int, act: Act, objekt: int | None = None) -> str:
    """Return where an act is done. Acts about a row need the row; without it: the tab where the rows are."""
    pk = delprojekt if isinstance(delprojekt, int) else delprojekt.pk
    if act in _SKRIVER:
        return reverse("skriv", args=[pk])
    if act in _FLIK and objekt is None:
        return reverse("flik", args=[pk, _FLIK[act]])
    return reverse("gor", args=[pk, act.value, *([objekt] if objekt is not None else [])])


def return_url(delprojekt: Delprojekt, act: Act) -> str:
    """Return where one stands after an act that does not move: at the rows it is about, or on the overview."""
    if act in _ATERVANDER:
        return reverse("flik", args=[delprojekt.pk, _ATERVANDER[act]])
    return delprojekt.get_absolute_url()
