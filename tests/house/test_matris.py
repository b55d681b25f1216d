"""The permission matrix: for each resource, role and step, what the portal really answers is what the matrix says."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from delprojekt.models import (
    Avsnitt,
    Delprojekt,
    Dokumentslag,
    Handelse,
    Innehav,
    Konto,
    Nominering,
    Person,
    Skribent,
    Uppdragsomgang,
)
from delprojekt.process import synlighet
from delprojekt.process.act import Act
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.klocka import nu
from delprojekt.process.policy import POLICY, Scope
from delprojekt.process.roller import Roll
from delprojekt.process.steg import LAMNAD, Steg
from delprojekt.process.synlighet import Niva, Noun
from tests import world
from tests.house.matris import (
    ADRESSER,
    AKTER,
    ALLAUTH,
    ANDRA,
    ANNAT,
    FONSTER,
    INGET,
    KALLAD,
    KONTON,
    LASA,
    NIVAER,
    OGRANSKAD,
    RUBRIK,
    STICKPROV,
    UTANFOR,
    UTANFOR_DORREN,
    Fonster,
    acts_of,
    read,
    shows,
    wanted,
)
from tests.house.test_doors import patterns
from tests.house.test_roles import row_of
from tests.walked import EVERY_STEP, Walked, log_in

pytestmark = pytest.mark.django_db

MATRIS = read()
SVARA_FOR_ANNAN = "skane"
"""The region that ``regionkontakt_annan`` does not answer for."""


@dataclass
class Portal:
    """The walked delprojekt with somebody for each role of the matrix, and what has been asked of it so far."""

    walked: Walked
    d: dict[Steg, Delprojekt]
    klient: dict[str, Client]
    paused: Delprojekt
    papper: dict[Steg, int] = field(default_factory=dict)
    svar: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def get(self, roll: str, url: str) -> tuple[int, str]:
        """The status and the page, asked for once."""
        if (roll, url) not in self.svar:
            answer = self.klient[roll].get(url)
            text = answer.content.decode() if answer.headers["Content-Type"].startswith("text/html") else ""
            self.svar[roll, url] = (answer.status_code, text)
            if answer.streaming:
                b"".join(answer.streaming_content)  # reading a file to its end closes it
        return self.svar[roll, url]

    def url(self, roll: str, window: Fonster, steg: Steg) -> str:
        """Where a window is for a role in a step; an empty string when there is nothing to look at."""
        d = self.d[steg]
        match window.namn:
            case "jobb":
                job = d.jobb.filter(slag=Dokumentslag(window.om), dokument__faststalld=True).order_by("pk").first()
                return reverse("jobb", args=[job.pk]) if job else ""
            case "handling":
                return reverse("handling", args=[d.pk, self.papper[steg]]) if steg in self.papper else ""
            case "allman_handling":
                found = d.handlingar.filter(ersatt_av=None).order_by("pk")
                row = found.filter(region__slug=SVARA_FOR_ANNAN).last() or found.first()
                return reverse("allman_handling", args=[row.pk]) if row else ""
            case "kvitto":
                who = "direktor" if roll == "forslagsstallare" else "medarbetare"
                event = Handelse.objects.filter(delprojekt=d, person__epost=f"{who}@exempel.se").earliest("pk")
                return reverse("kvitto", args=[d.pk, event.pk])
        return reverse(window.namn, args=[d.pk, *([window.om] if window.om else [])])


def hold(name: str, delprojekt: Iterable[int], *roller: Roll) -> Person:
    """Make somebody who holds some roles in some delprojekt, for a term of her own, and nothing else."""
    them = Person.objects.create(fornamn="Kim", efternamn="Särskild", epost=f"matris.{name}@exempel.se")
    Konto.objects.create_user(them.epost, None, person=them)
    rounds = dict(Uppdragsomgang.objects.order_by("nummer").values_list("delprojekt", "pk"))
    term = {"person": them, "fran_date": date(2020, 1, 1), "till_date": date(2099, 1, 1)}
    for pk in delprojekt:
        for roll in roller:
            Innehav.objects.create(roll=roll, delprojekt_id=pk, omgang_id=rounds.get(pk), **term)
    return them


def give_sections(called_in: Person, writer: Person) -> None:
    """Call somebody in to one section of every report, and let somebody write it."""
    for omgang in Uppdragsomgang.objects.all():
        said = {"roll": Roll.ADJUNGERAD, "status": Nomineringsstatus.UTSEDD, "avsnitt": [KALLAD]}
        said |= {"nominerad_date": date(2020, 1, 1)}
        Nominering.objects.create(omgang=omgang, person=called_in, **said)
        Skribent.objects.create(omgang=omgang, person=writer, nyckel=KALLAD)


@pytest.fixture
def portal(walked: Walked) -> Portal:
    """The portal with the roles of the matrix as accounts."""
    rows = Delprojekt.objects.select_related("sjukvardsregion").in_bulk([*walked.pk.values(), walked.pausat])
    everywhere = walked.pk.values()
    hold("ordforande", everywhere, Roll.ORDFORANDE)
    hold("ordforande_annat", [walked.pausat], Roll.ORDFORANDE)
    hold("ledamot", everywhere, Roll.LEDAMOT)
    hold("helhetsansvarig", everywhere, Roll.LEDAMOT, Roll.HELHETSANSVARIG)
    closed = hold("inaktiverad", everywhere, Roll.ORDFORANDE, Roll.KONTAKTPERSON)
    Innehav.objects.create(person=closed, roll=Roll.KANSLI, fran_date=date(2020, 1, 1))
    give_sections(hold("adjungerad", everywhere, Roll.ADJUNGERAD), hold("skribent", everywhere, Roll.LEDAMOT))
    sessions = {name: walked.session.get(name) or log_in(name) for name in KONTON.values() if name}
    everybody = Walked(walked.pk, walked.pausat, sessions)
    clients = {roll: everybody.client(name) if name else Client() for roll, name in KONTON.items()}
    Konto.objects.filter(person=closed).update(is_active=False)
    return Portal(walked, {steg: rows[pk] for steg, pk in walked.pk.items()}, clients, rows[walked.pausat])


def asked_for(portal: Portal, roll: str, url: str, steg: Steg, expected: bool) -> bool:
    """Whether a tab is asked for: if it should be seen, if the page links to it, and now and then otherwise."""
    _, html = portal.get(roll, reverse("delprojekt", args=[portal.d[steg].pk]))
    return expected or url in html or steg in STICKPROV


def asks(window: Fonster, steg: Steg) -> Iterable[str]:
    """Who looks through a window in a step; where there is nothing to see the one who would, for a tab of its own."""
    if steg in window.steg:
        return [roll for roll in KONTON if roll in window.roller]
    same = [one for one in FONSTER if (one.namn, one.om) == (window.namn, window.om) and steg in one.steg]
    return ["kontaktperson"] if window.namn == "flik" and not same and "kontaktperson" in window.roller else []


def should_show(window: Fonster, roll: str, steg: Steg) -> bool:
    """Whether the matrix says that a role is shown what a window shows."""
    also = not window.ocksa or wanted(MATRIS, window.ocksa, roll, steg) >= LASA
    return wanted(MATRIS, window.resurs, roll, steg) >= window.niva and steg in window.steg and also


def looked(portal: Portal, window: Fonster, steg: Steg, roller: Iterable[str]) -> Iterator[str]:
    """What a window shows that it should not, or does not show that it should."""
    for roll in roller:
        level, expected = wanted(MATRIS, window.resurs, roll, steg), should_show(window, roll, steg)
        url = portal.url(roll, window, steg)
        if not url or (window.namn == "flik" and not asked_for(portal, roll, url, steg, expected)):
            continue
        if (roll, window.resurs, window.namn) == ("regionkontakt_annan", "handlingar", "flik"):
            continue  # the tab holds what is the region's own; the next window is what is another region's
        status, html = portal.get(roll, url)
        seen = status == 200 and shows(window.syns, html)
        if seen != expected:
            word = "syns" if seen else "syns inte"
            yield f"{window.resurs};{roll};{steg};{NIVAER[level]}: {url} svarar {status}, {word}"
        if level == RUBRIK and portal.get(roll, reverse("delprojekt", args=[portal.d[steg].pk]))[0] != 200:
            yield f"{window.resurs};{roll};{steg};rubrik: delprojektets sida svarar inte 200"
        refused = {302} if roll in UTANFOR_DORREN else {404} if window.resurs == "delprojekt" else {200, 403, 404}
        if level == INGET and not seen and status not in refused:
            yield f"{window.resurs};{roll};{steg};inget: {url} svarar {status}"


def opens(portal: Portal, act: Act, roll: str, steg: Steg) -> bool:
    """Whether a role may do an act in a step: the form opens, or, for another region's contact, is taken."""
    d = portal.d[steg]
    if POLICY[act].objekt == "avsnitt":
        page = "kommentarer" if AKTER.get(act) == "kommentarer" else "skriv"
        return portal.get(roll, reverse(page, args=[d.pk]))[0] == 200
    url = reverse("gor", args=[d.pk, act.value, *rows(portal, act, steg)])
    if roll != "regionkontakt_annan" or POLICY[act].scope is not Scope.EGEN_REGION:
        return portal.get(roll, url)[0] == 200
    before = Handelse.objects.filter(delprojekt=d).count()
    answer = portal.klient[roll].post(url, {"region": SVARA_FOR_ANNAN, "bekrafta": "1"})
    return answer.status_code < 400 or Handelse.objects.filter(delprojekt=d).count() != before


def rows(portal: Portal, act: Act, steg: Steg) -> list[int]:
    """The row that an act is about, if it is about one."""
    if POLICY[act].objekt == "beslutshandling" and steg in portal.papper:
        return [portal.papper[steg]]
    return row_of(act, portal.d[steg])


def may_be_done(act: Act, roll: str, steg: Steg) -> bool:
    """Whether the policy itself opens an act for a role of the matrix: such acts are the ones to try first."""
    if roll in UTANFOR_DORREN:
        return False
    held = {Roll.INLOGGAD, Roll(roll.removesuffix("_annan"))} if roll != "ordforande_annat" else {Roll.INLOGGAD}
    held |= {Roll.KANSLI} if roll == "kontaktperson" else set()
    held |= {Roll.LEDAMOT} if roll in {"helhetsansvarig", "skribent"} else set()
    return any(steg in POLICY[act].steps_of(one) for one in held)


def sampled(resurs: str, roll: str, steg: Steg) -> bool:
    """Whether it is the resource's turn to be tried by who may not: one for each role and step, in turn.

    Each act is tried with each role in ``test_roles``.
    """
    resources = sorted(set(AKTER.values()))
    turn = list(KONTON).index(roll) + list(Steg).index(steg)
    return resources[turn % len(resources)] == resurs


def changed(portal: Portal, resurs: str, steg: Steg, roller: Iterable[str]) -> Iterator[str]:
    """What a role may change that it should not, or may not that it should."""
    acts = [act for act in acts_of(resurs) if steg in POLICY[act].where]
    for roll in roller:
        level = wanted(MATRIS, resurs, roll, steg)
        try_ = sorted(acts, key=lambda act: not may_be_done(act, roll, steg))
        mine = [act for act in try_ if may_be_done(act, roll, steg)]
        if not mine and (level == ANDRA or sampled(resurs, roll, steg)):
            mine = try_[:1]
        opened = next((act for act in mine if opens(portal, act, roll, steg)), None)
        if (opened is not None) != (level == ANDRA):
            word = f"{opened.value} går" if opened else f"går inte: {', '.join(a.value for a in mine) or 'ingen akt'}"
            yield f"{resurs};{roll};{steg};{NIVAER[level]}: {word}"


def deviations(portal: Portal, steg: Steg, resurser: Iterable[str] = ()) -> list[str]:
    """Every deviation of the portal from the matrix in a step, for some resources or for all."""
    chosen = set(resurser) or set(AKTER.values()) | {window.resurs for window in FONSTER}
    if steg in OGRANSKAD:
        portal.papper[steg] = world.decide_in(portal.d[steg], SVARA_FOR_ANNAN).pk
    found: list[str] = []
    for window in FONSTER:
        if window.resurs in chosen and steg in window.prova:
            found += looked(portal, window, steg, asks(window, steg))
    for resurs in sorted(chosen & set(AKTER.values())):
        found += changed(portal, resurs, steg, KONTON)
    return found


@pytest.mark.parametrize("steg", EVERY_STEP)
def test_what_each_role_sees_and_changes_in_a_step_is_what_the_matrix_says(portal: Portal, steg: Steg) -> None:
    found = deviations(portal, steg)
    assert not found, f"{len(found)} avvikelser:\n" + "\n".join(found)


@pytest.mark.parametrize("resurs", ["personer", "installningar"])
def test_who_sees_and_changes_what_belongs_to_no_delprojekt(portal: Portal, resurs: str) -> None:
    wrong = {}
    for roll in KONTON:
        level = MATRIS[resurs, roll, "-"]
        inside = roll not in UTANFOR_DORREN
        page = portal.get(roll, reverse(resurs))[0]
        form = reverse("person_ny") if resurs == "personer" else reverse("installning_region", args=["skane"])
        try_ = portal.klient[roll].get if resurs == "personer" else portal.klient[roll].post
        got = ANDRA if inside and try_(form).status_code < 400 else LASA if page == 200 else INGET
        if got != level:
            wrong[roll] = (NIVAER[level], NIVAER[got])
    assert not wrong


@pytest.mark.parametrize("vy", ["", "tavla", "tidslinje"])
def test_the_list_the_board_and_the_timeline_name_the_delprojekt_that_the_matrix_says(portal: Portal, vy: str) -> None:
    """The timeline also says what is planned: that is the uppdrag's to tell."""
    wrong = []
    for roll, client in portal.klient.items():
        html = client.get(reverse("lista"), {"vy": vy}).content.decode()
        for steg, d in portal.d.items():
            if (d.get_absolute_url() + '"' in html) != (wanted(MATRIS, "delprojekt", roll, steg) >= RUBRIK):
                wrong.append((roll, steg.value))
            row = rf'<th scope="row" role="rowheader"><a href="{d.get_absolute_url()}"(?:(?!</tr>).)*Startmöte'
            planned = re.search(row, html, re.DOTALL)
            if vy == "tidslinje" and planned and wanted(MATRIS, "uppdrag", roll, steg) < LASA:
                wrong.append((roll, f"{steg.value}: planen"))
    assert not wrong


def test_the_excel_file_has_the_delprojekt_that_the_matrix_says(portal: Portal) -> None:
    wrong = {}
    for roll, client in portal.klient.items():
        answer = client.get(reverse("excel"))
        content = b"".join(answer.streaming_content) if answer.status_code == 200 else b""
        lines = list(load_workbook(io.BytesIO(content)).active.values)[1:] if content else []
        seen = Counter((row[0] or "", row[1]) for row in lines)
        may = (d for steg, d in portal.d.items() if wanted(MATRIS, "delprojekt", roll, steg) >= RUBRIK)
        expected = Counter((d.beteckning, d.benamning) for d in may)
        others = Counter({(portal.paused.beteckning, portal.paused.benamning): 1})
        if seen - others != expected - others:
            wrong[roll] = (seen - expected, expected - seen)
    assert not wrong


def test_the_search_finds_a_word_in_the_texts_that_the_matrix_lets_one_read(portal: Portal) -> None:
    """A draft is arbetsmaterial; what has been handed on is the slutrapport."""
    for omgang in Uppdragsomgang.objects.filter(delprojekt__in=portal.d.values()):
        said = {"html": "<p>Kvastfeningen.</p>", "version": 9, "sparat_at": nu()}
        Avsnitt.objects.update_or_create(omgang=omgang, nyckel=ANNAT, defaults=said)
    wrong = []
    for roll, client in portal.klient.items():
        html = client.get(reverse("sok"), {"q": "kvastfening"}).content.decode()
        for steg, d in portal.d.items():
            working = "arbetsmaterial_ovrigt" if roll == "adjungerad" else "arbetsmaterial"
            readable = wanted(MATRIS, working, roll, steg) >= LASA
            readable |= steg in LAMNAD and wanted(MATRIS, "slutrapport", roll, steg) >= LASA
            if (reverse("flik", args=[d.pk, "rapport"]) in html) != (readable and d.omgangar.exists()):
                wrong.append((roll, steg.value, "läsa" if readable else "inte läsa"))
    assert not wrong


def test_the_extract_of_the_register_has_the_handlingar_that_the_matrix_says(portal: Portal) -> None:
    """Another region's contact finds there what is its own and nobody else's, as in the register."""
    numbers = {steg: {row.nummer for row in d.handlingar.filter(ersatt_av=None)} for steg, d in portal.d.items()}
    wrong = []
    for roll, client in portal.klient.items():
        answer = client.get(reverse("handlingar_utdrag", args=["csv"]))
        lines = answer.content.decode("utf-8-sig").splitlines() if answer.status_code == 200 else []
        found = {re.split("[;,]", line)[0].strip('"') for line in lines}
        for steg, registered in numbers.items():
            expected = wanted(MATRIS, "handlingar", roll, steg) >= LASA and bool(registered)
            if roll != "regionkontakt_annan" and bool(registered & found) != expected:
                wrong.append((roll, steg.value))
    assert any(numbers.values())
    assert not wrong


def test_an_address_of_the_portal_stands_in_the_map() -> None:
    """A new address fails here by name until somebody has said what it is in the matrix."""
    names = {str(pattern.name) for pattern, _ in patterns()}
    missing = sorted(name for name in names if name not in ADRESSER and not name.startswith(ALLAUTH))
    assert not missing, f"Skriv in i ADRESSER (tests/house/matris.py): {', '.join(missing)}"
    assert set(ADRESSER) <= names


def test_an_act_stands_in_the_map_once() -> None:
    """A new act fails here by name until somebody has said what it changes."""
    missing = [act.value for act in Act if (act in AKTER) == (act in UTANFOR)]
    assert not missing, f"Skriv in i AKTER eller UTANFOR (tests/house/matris.py): {', '.join(missing)}"


def test_the_matrix_has_a_cell_for_everything_that_is_compared() -> None:
    resources = {window.resurs for window in FONSTER} | set(AKTER.values())
    assert resources | {"personer", "installningar"} == {resurs for resurs, *_ in MATRIS}
    assert {roll for _, roll, _ in MATRIS} == set(KONTON)
    partly = {window.resurs: window.roller for window in FONSTER if window.resurs not in AKTER.values()}
    for resurs in resources:
        for roll in partly.get(resurs, KONTON):
            assert all(wanted(MATRIS, resurs, roll, steg) in range(4) for steg in EVERY_STEP)


def test_with_one_guard_taken_away_the_comparison_finds_it(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The control of what is seen: everybody reads the stances."""
    everybody = frozenset({Roll.INLOGGAD})
    opened = ((Noun.STALLNINGAR, everybody, frozenset(Steg), Niva.LASA), *synlighet.SYNLIGHET)
    assert deviations(portal, Steg.NAMND, ["stallningar"]) == []
    portal.svar.clear()
    with monkeypatch.context() as patch:
        patch.setattr(synlighet, "SYNLIGHET", opened)
        synlighet.synliga_steg.cache_clear()
        request.addfinalizer(synlighet.synliga_steg.cache_clear)
        assert len(deviations(portal, Steg.NAMND, ["stallningar"])) >= 2


def test_with_one_guard_of_the_acts_taken_away_the_comparison_finds_it(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of what may be changed: politicians are let in where ledningsgruppen takes its stance."""
    rule = POLICY[Act.KONSTATERA_OENIGHET]
    with monkeypatch.context() as patch:
        patch.setitem(POLICY, Act.KONSTATERA_OENIGHET, replace(rule, who=rule.who | {Roll.STYRGRUPP}))  # type: ignore[index]
        found = deviations(portal, Steg.LEDNINGSGRUPP, ["stallningar"])
    assert [line for line in found if line.startswith("stallningar;styrgrupp")]
