"""The states that the sentences start from: each is walked to once, and every test gets it back as it was.

One transaction holds the whole package; a test runs in a savepoint of its own inside it. A test asks for a state by
naming it as an argument.
"""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from delprojekt.models import Delprojekt
from delprojekt.process.steg import Steg
from tests.metoden import handgrepp as h
from tests.world import delprojekt_in, fresh, new_forslag

STATES: dict[str, Callable[[], Delprojekt]] = {
    "i_forslag": new_forslag,
    "i_beredning": h.i_beredning,
    "behov_angivet": lambda: h.ange_behov(h.i_beredning()),
    "avstamt": lambda: h.stam_av(h.ange_behov(h.i_beredning())),
    "anmalt": h.anmalt,
    "startat": lambda: delprojekt_in(Steg.UPPDRAG),
    "faststallt": lambda: h.faststall(h.skriv_uppdrag(delprojekt_in(Steg.UPPDRAG))),
    "fore_gruppen": h.fore_gruppen,
    "med_grupp": h.med_grupp,
    "i_nulage": lambda: delprojekt_in(Steg.NULAGE),
    "i_analys": lambda: delprojekt_in(Steg.ANALYS),
    "i_analys_med_omfordelning": lambda: delprojekt_in(Steg.ANALYS, omfordelning=True),
    "fardig_rapport": h.fardig_rapport,
    "hos_ledningsgruppen": lambda: delprojekt_in(Steg.LEDNINGSGRUPP),
    "med_beslutsforslag": h.med_beslutsforslag,
    "hos_namnden": lambda: delprojekt_in(Steg.NAMND),
    "beredd_for_namnden": h.beredd,
    "ej_godkant": h.ej_godkant,
    "i_namndens_beslut": lambda: delprojekt_in(Steg.HUVUDMANSBESLUT),
    "hos_huvudmannen": h.hos_huvudmannen,
    "i_inforande": lambda: delprojekt_in(Steg.INFORANDE),
    "i_uppfoljning": lambda: delprojekt_in(Steg.UPPFOLJNING),
    "klar_uppfoljning": h.klar_uppfoljning,
}


@pytest.fixture(scope="package")
def walked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """The keys of the states that have been walked to so far, and the transaction that holds them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def own_savepoint(
    walked: dict[str, int], request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Walk to the states that the test names, then let it do what it wants and forget it."""
    with django_db_blocker.unblock():
        for name in STATES.keys() & _named(request):
            if name not in walked:
                walked[name] = STATES[name]().pk
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


def _named(request: pytest.FixtureRequest) -> set[str]:
    """Return what a test names: its arguments, and the state it is given as a parameter."""
    given = getattr(request.node, "callspec", None)
    return {*request.fixturenames, *([given.params["state"]] if given and "state" in given.params else [])}


def state(name: str) -> Callable[..., Delprojekt]:
    """Return the fixture of one state."""

    def as_it_was(walked: dict[str, int], own_savepoint: None) -> Delprojekt:
        return fresh(Delprojekt(pk=walked[name]))

    return pytest.fixture(as_it_was, name=name)


i_forslag = state("i_forslag")
i_beredning = state("i_beredning")
behov_angivet = state("behov_angivet")
avstamt = state("avstamt")
anmalt = state("anmalt")
startat = state("startat")
faststallt = state("faststallt")
fore_gruppen = state("fore_gruppen")
med_grupp = state("med_grupp")
i_nulage = state("i_nulage")
i_analys = state("i_analys")
i_analys_med_omfordelning = state("i_analys_med_omfordelning")
fardig_rapport = state("fardig_rapport")
hos_ledningsgruppen = state("hos_ledningsgruppen")
med_beslutsforslag = state("med_beslutsforslag")
hos_namnden = state("hos_namnden")
beredd_for_namnden = state("beredd_for_namnden")
ej_godkant = state("ej_godkant")
i_namndens_beslut = state("i_namndens_beslut")
hos_huvudmannen = state("hos_huvudmannen")
i_inforande = state("i_inforande")
i_uppfoljning = state("i_uppfoljning")
klar_uppfoljning = state("klar_uppfoljning")
