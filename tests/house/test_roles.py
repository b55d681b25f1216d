"""Rules 2 and 3: one allowed and one refused request per role and act; not yours to see is 404, forbidden is 403."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import HttpResponse

from delprojekt.models import (
    Delprojekt,
    Handelse,
    Inforandehinder,
    Konto,
    Person,
    Uppfoljningsforfragan,
)
from delprojekt.process.act import Act
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY, Scope
from delprojekt.process.policy.avgor import regions_for
from delprojekt.process.roller import HARLEDDA, Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Niva, Noun, niva, ser
from delprojekt.process.uppgift import Uppgiftslag, number_of
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.arbete import RADER, living_rows
from delprojekt.queries.lage import build_lage
from tests.walked import Walked

pytestmark = pytest.mark.django_db

HOLDERS: dict[Roll, str] = {
    Roll.INLOGGAD: "utomstaende",
    Roll.FORSLAGSSTALLARE: "medarbetare",
    Roll.KANSLI: "kansli2",
    Roll.ADMINISTRATOR: "roll.administrator",
    Roll.KOMMUNIKATOR: "kommunikator",
    Roll.DIREKTOR: "direktor",
    Roll.SAMARBETSGRUPP: "samarbetsgrupp.skane",
    Roll.LEDNINGSGRUPP: "ledningsgrupp.skane",
    Roll.SEKRETERARE: "sekreterare",
    Roll.STYRGRUPP: "styrgrupp",
    Roll.NAMNDSEKRETERARE: "namndsekreterare",
    Roll.REGIONKONTAKT: "region.skane",
    Roll.CHEFSAMRAD: "chefsamrad",
    Roll.KONTAKTPERSON: "kansli",
    Roll.ORDFORANDE: "ordforande",
    Roll.PROCESSLEDARE: "roll.processledare",
    Roll.LEDAMOT: "ledamot",
    Roll.ADJUNGERAD: "roll.adjungerad",
    Roll.PATIENTFORETRADARE: "roll.patientforetradare",
    Roll.HELHETSANSVARIG: "roll.helhetsansvarig",
    Roll.UPPFOLJNINGSANSVARIG: "roll.uppfoljningsansvarig",
}
"""Somebody for each role. The contact person also works at the kansli: the portal asks for that (M4.5-1)."""

ELSEWHERE = {act for act in Act if not POLICY[act].where or POLICY[act].objekt in {"avsnitt", "fil", "svarslank"}}
"""Acts that are not done at the address of acts: making a förslag, writing a section, turning a file away,
answering a personal link."""

DONE_THERE = [act for act in Act if act not in ELSEWHERE]
ROWS: dict[str, Callable[[Delprojekt], QuerySet[Any]]] = {
    "beslutshandling": lambda d: d.namndbeslut.get().handlingar.all(),
    "nominering": lambda d: d.omgangar.get().nomineringar.filter(roll=Roll.LEDAMOT),
    "utsedd": lambda d: d.omgangar.get().nomineringar.filter(roll=Roll.LEDAMOT),
    "beredningskontakt": lambda d: d.beredningskontakter.all(),
    "informationsinsats": lambda d: d.insatser.all(),
    "inforandehinder": lambda d: Inforandehinder.objects.filter(rekommendation__namndbeslut__delprojekt=d),
    "forfragan": lambda d: Uppfoljningsforfragan.objects.filter(omgang__namndbeslut__delprojekt=d),
    "allmanhandling": lambda d: d.handlingar.filter(ersatt_av=None),
    "uppgift": lambda d: d.deltaganden.all(),
}
"""The rows that acts are about."""
NEEDS_ROW = {act for act in DONE_THERE if POLICY[act].objekt in {*ROWS, *RADER}}


def where(act: Act, walked: Walked) -> int:
    """A delprojekt in the last step where the act can be done: there the group is appointed."""
    if act is Act.ATERUPPTA:
        return walked.pausat
    return walked[max(POLICY[act].where & walked.pk.keys(), key=list(Steg).index)]


def row_of(act: Act, d: Delprojekt) -> list[int]:
    """The row an act is about, if it is about one."""
    if POLICY[act].objekt in RADER:
        found = living_rows(asking("kansli"), POLICY[act].objekt, d.omgangar.get()).first()
        return [found.pk] if found else []
    if act is Act.RATTA_UPPGIFT:
        return [number_of(Uppgiftslag.DELTAGANDE, d.deltaganden.earliest("pk").pk)]
    rows = ROWS.get(POLICY[act].objekt)
    return list(rows(d).order_by("pk").values_list("pk", flat=True)[:1]) if rows else []


def address(act: Act, d: Delprojekt) -> str:
    return "/".join(["/delprojekt", str(d.pk), "gor", act.value, *(str(pk) for pk in row_of(act, d)), ""])


def expected(act: Act, d: Delprojekt) -> dict[Roll, int]:
    """What the policy says of each role: 404 if it is not theirs to see, 403 if not theirs to do, 409 if theirs in
    another step, else 200."""
    lage = build_lage(d)
    return {roll: answer(act, lage, asking(who)) for roll, who in HOLDERS.items()}


@cache
def asking(who: str) -> Actor:
    """Somebody as the one who asks: the same in every test here, which all look at one walked database."""
    return actor_for_person(person_named(who))


def person_named(who: str) -> Person:
    return Person.objects.get(epost=f"{who}@exempel.se")


def answer(act: Act, lage: Lage, actor: Actor) -> int:
    if niva(Noun.DELPROJEKT, actor.roller(lage.delprojekt), lage.steg) < Niva.RUBRIK:
        return 404
    rule = POLICY[act]
    if rule.objekt == "allmanhandling" and not ser(actor, Noun.HANDLINGAR, lage.delprojekt, lage.steg):
        return 404
    held = {m.roll for m in actor.mandat_i(lage.delprojekt)} & rule.who
    if held and not any(lage.steg in rule.steps_of(roll) for roll in held):
        return 409
    regions = rule.scope is not Scope.EGEN_REGION or regions_for(actor, act, lage)
    return 200 if held and regions else 403


@pytest.mark.parametrize("act", DONE_THERE)
def test_each_role_is_let_in_or_turned_away_as_the_policy_says(act: Act, walked: Walked) -> None:
    """Who may is asked to look; who may not tries to do it at once."""
    d = Delprojekt.objects.select_related("sjukvardsregion", "forslag").get(pk=where(act, walked))
    url, events = address(act, d), Handelse.objects.count()
    wanted = expected(act, d)
    got = {}
    for roll, who in HOLDERS.items():
        client = walked.client(who)
        answer = client.get(url) if wanted[roll] == 200 else client.post(url, {"bekrafta": "1"})
        got[roll] = answer.status_code
    assert got == wanted
    held = POLICY[act].who - HARLEDDA  # what follows from being asked is tried in test_matris and in metoden
    now = {roll for roll in held if d.steg in POLICY[act].steps_of(roll)}
    assert now <= {roll for roll, code in wanted.items() if code == 200}
    assert {403, 404} & set(wanted.values()), "there is nobody to refuse"
    assert Handelse.objects.count() == events


@pytest.mark.parametrize("act", sorted(ELSEWHERE))
def test_an_act_that_is_done_elsewhere_has_no_address_here(act: Act, walked: Walked) -> None:
    for who in ("kansli", "ordforande", "medarbetare"):
        for method in ("get", "post"):
            url = f"/delprojekt/{walked[Steg.NULAGE]}/gor/{act.value}/"
            assert getattr(walked.client(who), method)(url).status_code == 404


def test_an_unknown_word_is_404(walked: Walked) -> None:
    assert walked.client("kansli").get(f"/delprojekt/{walked[Steg.NULAGE]}/gor/hitta-pa/").status_code == 404


@pytest.mark.parametrize("act", sorted(NEEDS_ROW))
def test_a_row_of_another_delprojekt_is_404(act: Act, walked: Walked) -> None:
    here = walked[Steg.HUVUDMANSBESLUT if act is Act.GRANSKA_HANDLING else Steg.ATGARDSFORSLAG]
    there = Delprojekt.objects.get(pk=walked[Steg.UPPFOLJNING])
    foreign = row_of(act, there)[0]
    for who in ("kansli", "ordforande"):
        client = walked.client(who)
        if client.get(f"/delprojekt/{here}/gor/{act.value}/").status_code == 403:
            continue
        for row in (foreign, 10**9):
            assert client.get(f"/delprojekt/{here}/gor/{act.value}/{row}/").status_code == 404
            assert client.post(f"/delprojekt/{here}/gor/{act.value}/{row}/").status_code == 404


def test_an_act_about_no_row_takes_none(walked: Walked) -> None:
    url = f"/delprojekt/{walked[Steg.BEREDNING]}/gor/besluta-start/7/"
    assert walked.client("sekreterare").get(url).status_code == 404


def anonymous(answer: HttpResponse, pk: int) -> str:
    """The page without the address that was asked for, the form's token, and the number of the fault."""
    text = answer.content.decode().replace(f"/{pk}/", "/nr/")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_a_forslag_is_nobody_elses_to_see(walked: Walked) -> None:
    """Somebody's idea is theirs and the kansli's: others get what a missing one gives, on every address."""
    pk = walked[Steg.PROJEKTFORSLAG]
    for path in ("", "visa/forslag/", "visa/handelser/", "gor/redigera-forslag/", "kvitto/77/", "dokument/uppdrag/"):
        for who in ("utomstaende", "region.skane", "chefsamrad", "styrgrupp"):
            mine = walked.client(who).get(f"/delprojekt/{pk}/{path}")
            missing = walked.client(who).get(f"/delprojekt/{10**9}/{path}")
            assert (mine.status_code, anonymous(mine, pk)) == (404, anonymous(missing, 10**9)), (path, who)


def test_the_group_of_another_delprojekt_is_outside(walked: Walked) -> None:
    """Karin leads other delprojekt; in this one she holds no role (E: ordförande i annan grupp)."""
    pk = walked[Steg.BEREDNING]
    assert walked.client("ordforande").get(f"/delprojekt/{pk}/").status_code == 404


def test_a_closed_account_is_outside_at_once(walked: Walked) -> None:
    client = walked.client("kansli")
    assert client.get("/").status_code == 200
    Konto.objects.filter(email="kansli@exempel.se").update(is_active=False)
    assert client.get("/").status_code == 302
