"""No act is dead: for every act and every step it names there is a moment on some life when it can be done."""

from collections.abc import Callable
from typing import Any

import pytest

from delprojekt.models import Beslutshandling, Delprojekt
from delprojekt.process.act import Act
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import I_DELPROJEKT, Actor, Mandat, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests import uppfoljt, world
from tests.inflyttat import moved_in
from tests.walked import Walked, pause
from tests.world import DAG, REGIONER, decide_in, do, fresh, verify

pytestmark = pytest.mark.django_db
LG = {"organ": "ledningsgrupp", "dag": DAG, "text": "Enligt protokollet."}


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[steg])


def disagreement(walked: Walked) -> Delprojekt:
    d = at(walked, Steg.LEDNINGSGRUPP)
    no = {"region": "skane", "val": "ej_enig", "skal": "Kostnaden.", "version": world.version(d)}
    do("ledningsgrupp.skane", Act.LAMNA_STALLNING, d, **no)
    return d


def all_say_no(walked: Walked) -> Delprojekt:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    for paper in Beslutshandling.objects.filter(namndbeslut__delprojekt=d):
        do("kansli", Act.GRANSKA_HANDLING, d, objekt=paper.pk, granskning="fel", text="Fel ärende.")
    for region in REGIONER:
        verify(d, decide_in(d, region, "avslag"))
    do("sekreterare", Act.INFORMERA_LEDNINGSGRUPPEN, d, **LG)
    return d


def follower_before_introduction(walked: Walked) -> Delprojekt:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    uppfoljt.say_yes(d)
    return d


def kansliet_introduces(walked: Walked) -> Delprojekt:
    d = at(walked, Steg.INFORANDE)
    d.namndbeslut.get().rekommendationer.update(sjukvardsregional=True)
    return d


def kansliet_introduces_later(walked: Walked) -> Delprojekt:
    d = world.delprojekt_in(Steg.UPPFOLJNING)
    d.namndbeslut.get().rekommendationer.update(sjukvardsregional=True)
    return d


def opinions_asked_for(walked: Walked) -> Delprojekt:
    d = at(walked, Steg.LEDNINGSGRUPP)
    do("sekreterare", Act.INHAMTA_SYNPUNKTER, d, **LG)
    return d


def put_on_file(walked: Walked) -> Delprojekt:
    d = at(walked, Steg.NAMND)
    do("namndsekreterare", Act.LAGG_TILL_HANDLINGARNA, d, organ="namnd", dag=DAG, text="Till handlingarna.")
    return d


def ask_again(walked: Walked) -> Delprojekt:
    d = at(walked, Steg.UPPDRAG)
    world.ask_for_nominations(d)
    return d


def delrapport_in(walked: Walked, steg: Steg) -> Delprojekt:
    """A delrapport that the regions may say something of (§5.4.2)."""
    d = at(walked, steg)
    if steg is Steg.ATGARDSFORSLAG:
        do("kansli", Act.RETURNERA_SLUTRAPPORT, d, dag=DAG, text="Skriv om nuläget.")
    do("ordforande", Act.LAMNA_DELRAPPORT, d, part="Nuläget", avsnitt=["nulage_kompetens"], dag=DAG)
    do("ordforande", Act.REDOVISA_DELRAPPORT, d, organ="samarbetsgrupp", dag=DAG, part="Nuläget")
    return d


def one_more(walked: Walked, steg: Steg) -> Delprojekt:
    """Somebody who is put forward when the group is already at work, and has said yes."""
    d = at(walked, steg)
    world.nominate(d, "utomstaende", Roll.LEDAMOT, "halland")
    return d


Way = Callable[[Walked], Delprojekt]
SIDE: tuple[Way, ...] = (
    disagreement,
    all_say_no,
    follower_before_introduction,
    opinions_asked_for,
    put_on_file,
    kansliet_introduces,
    kansliet_introduces_later,
    ask_again,
)


def moments(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> list[Lage]:
    """Every situation on one whole life, in every walked delprojekt, on the side ways, and paused in every step."""
    found: list[Lage] = []
    plain = world.do

    def do_and_look(who: str, act: Act, d: Delprojekt, **underlag: Any) -> object:
        found.append(build_lage(fresh(d)))
        return plain(who, act, d, **underlag)

    with monkeypatch.context() as patch:
        patch.setattr(world, "do", do_and_look)
        world.delprojekt_in(Steg.AVSLUTAT)
    found += [build_lage(fresh(Delprojekt.objects.get(pk=pk))) for pk in walked.pk.values()]
    found += [build_lage(fresh(way(walked))) for way in SIDE]
    found += [build_lage(fresh(one_more(walked, steg))) for steg in POLICY[Act.UTSE_FLER].where]
    found += [build_lage(fresh(delrapport_in(walked, steg))) for steg in POLICY[Act.DELGE_DELRAPPORT].where]
    found += [build_lage(fresh(moved_in(steg))) for steg in Steg]
    paused = [at(walked, steg) for steg in POLICY[Act.PAUSA].where]
    return found + [build_lage(fresh(pause(d))) for d in paused]


def everyone(act: Act, lage: Lage) -> Actor:
    """Somebody with every role of the rule, for every region."""
    held = {
        Mandat(roll, region, lage.delprojekt if roll in I_DELPROJEKT else None)
        for roll in POLICY[act].who
        for region in (None, *lage.regionnamn)
    }
    return Actor(1, "Alla", frozenset(held))


def test_every_act_can_be_done_in_every_step_it_names(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {(act, steg) for act, rule in POLICY.items() for steg in rule.where}
    possible = {
        (act, lage.steg)
        for lage in moments(walked, monkeypatch)
        for act, rule in POLICY.items()
        if lage.steg in rule.where and decide(everyone(act, lage), act, lage).allowed
    }
    assert wanted - possible == set()
