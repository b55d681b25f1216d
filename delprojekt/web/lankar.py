"""Where things are done: the address of an act, and of the page that mends a requirement."""

from django.urls import reverse

from delprojekt.models import Delprojekt
from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY
from delprojekt.process.uppgift import Uppgiftslag, number_of

_SKRIVER = frozenset({Act.SKRIV_UPPDRAG, Act.SKRIV_RAPPORT, Act.SKRIV_UPPFOLJNING})
_FLIK = {
    Act.BESVARA_BEREDNINGSKONTAKT: "forslag",
    Act.ANDRA_INFORMATIONSINSATS: "uppdrag",
    Act.ANDRA_NOMINERING: "arbetsgrupp",
    Act.ENTLEDIGA: "arbetsgrupp",
    Act.ANDRA_ATGARDSFORSLAG: "rapport",
    Act.SKICKA_HANDLING: "regioner",
    Act.GRANSKA_HANDLING: "regioner",
    Act.AVSLUTA_HINDER: "regioner",
    Act.BESVARA_FORFRAGAN: "uppfoljning",
}
_HANDLING = "allmanhandling"


def act_url(delprojekt: Delprojekt | int, act: Act, objekt: int | None = None) -> str:
    """Return where an act is done. Acts about a row need the row; without it: the tab where the rows are."""
    pk = delprojekt if isinstance(delprojekt, int) else delprojekt.pk
    if act in _SKRIVER:
        return reverse("skriv", args=[pk])
    if POLICY[act].objekt == _HANDLING and objekt is None:
        return reverse("flik", args=[pk, "handlingar"])
    if act in _FLIK and objekt is None:
        return reverse("flik", args=[pk, _FLIK[act]])
    return reverse("gor", args=[pk, act.value, *([objekt] if objekt is not None else [])])


def correct_url(delprojekt: Delprojekt | int, slag: Uppgiftslag, pk: int) -> str:
    """Return where a row is corrected."""
    return act_url(delprojekt, Act.RATTA_UPPGIFT, number_of(slag, pk))


def done_url(delprojekt: Delprojekt, act: Act, objekt: int | None) -> str:
    """Return where somebody goes on when an act is done: to the handling it was about, else to the delprojekt."""
    if POLICY[act].objekt == _HANDLING:
        return reverse("allman_handling", args=[objekt])
    return delprojekt.get_absolute_url()
