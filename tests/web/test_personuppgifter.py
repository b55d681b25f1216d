"""Who may know what of whom: patient representatives' names, and protected data (conventions.md §6.4)."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.test import Client

from delprojekt.actions import handelse
from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.steg import perform
from delprojekt.models import Delprojekt, Innehav, Person
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries import delar
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.person import holding, people, shown
from delprojekt.queries.sok import find
from tests import world
from tests.walked import Walked
from tests.world import actor, person

pytestmark = pytest.mark.django_db
PNF = "roll.patientforetradare@exempel.se"
NAMN = "Hemligsson"
OUTSIDERS = ("utomstaende", "kansli2", "ledningsgrupp.skane", "samarbetsgrupp.skane", "styrgrupp", "region.skane")
STEPS = (Steg.ANALYS, Steg.ATGARDSFORSLAG, Steg.LEDNINGSGRUPP, Steg.UPPFOLJNING)


def links(html: str, pk: int) -> set[str]:
    """The portal's own addresses on a page that are about this delprojekt, or about people."""
    found = {unescape(a).split("#")[0].split("?")[0] for a in re.findall(r'href="(/[^"]*)"', html)}
    mine = re.compile(rf"^/(delprojekt/{pk}/|rapport/{pk}/|personer/|delprojekt/$|$)")
    return {a for a in found if mine.match(a) and not a.endswith(("/pdf/", "/word/")) and "/handling/" not in a}


def walk(client: Client, pk: int) -> Iterator[tuple[str, str]]:
    """Every page that can be reached by links from the delprojekt, the start page and the list, with its text."""
    todo, seen = ["/", "/delprojekt/", f"/delprojekt/{pk}/", f"/delprojekt/{pk}/dokument/uppdrag/", "/personer/"], set()
    todo += [f"/delprojekt/{pk}/dokument/slutrapport/", f"/personer/?q={NAMN}", "/personer/?roll=patientforetradare"]
    todo += [f"/delprojekt/{pk}/visa/{tab}/" for tab in ("arbetsgrupp", "rapport", "handelser", "beslut", "uppdrag")]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            html = answer.content.decode().replace(f'value="{NAMN}"', "").replace(f"q={NAMN}", "")  # what was asked
            yield path, html
            todo += sorted(links(html, pk) - seen)


def named_on(client: Client, pk: int) -> list[str]:
    return [path for path, html in walk(client, pk) if NAMN in html]


@pytest.fixture
def representative(walked: Walked) -> Person:
    """The patient representative, under a name that can be looked for."""
    Person.objects.filter(epost=PNF).update(fornamn="Kim", efternamn=NAMN)
    return Person.objects.get(epost=PNF)


@pytest.mark.parametrize(("steg", "found"), [(Steg.ANALYS, True), (Steg.AVSLUTAT, False)])
def test_6_4_search_and_register_name_the_representative_only_where_the_page_does(
    walked: Walked, representative: Person, steg: Steg, found: bool
) -> None:
    """architecture.md §5: the name is the group's while there is one."""
    others = Innehav.objects.filter(person=representative).exclude(delprojekt=walked[steg])
    others.update(roll=Roll.LEDAMOT, till_date=date(2020, 1, 1))
    asks = actor_for_person(Person.objects.get(epost="roll.processledare@exempel.se"))
    here = Delprojekt.objects.get(pk=walked[steg])

    assert (NAMN in str(delar.people(asks, here))) == found
    assert bool(find(asks, NAMN).personer) == found
    held = holding(asks, people(asks), roll=Roll.PATIENTFORETRADARE)
    assert held.filter(pk=representative.pk).exists() == found


def acts(them: Person, walked: Walked) -> None:
    """Let the representative write and propose in a step where the group does, once asked to write a chapter."""
    d = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    Innehav.objects.filter(person=them, delprojekt=d).update(omgang=d.omgangar.get())
    world.do("ordforande", Act.UTSE_SKRIBENTER, d, skribenter=dict.fromkeys(("analys", "uppfoljning"), them.pk))
    asking = actor_for_person(them)
    plan = {"hur": "Enkät", "nar": "2027", "vem": "Ordföranden", "parametrar": ["Antal möten"]}
    perform(asking, Act.SKRIV_UPPFOLJNINGSPLAN, d.pk, plan, motivering="Vi är överens.")
    written = d.omgangar.get().avsnitt.get(nyckel="analys_kompetens")
    save_section(asking, d, "analys_kompetens", "<p>Ny text.</p>", written.version)


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("steg", STEPS)
def test_no_page_of_a_step_names_the_representative_to_an_outsider(
    steg: Steg, who: str, walked: Walked, representative: Person
) -> None:
    """architecture.md §5: the name is hidden outside the group and its kontaktperson, also when she acts."""
    acts(representative, walked)
    assert named_on(walked.client(who), walked[steg]) == []


def test_the_group_and_the_contact_person_do_see_the_name(walked: Walked, representative: Person) -> None:
    """The control: the search finds what is there."""
    acts(representative, walked)
    for who in ("ordforande", "kansli"):
        assert named_on(walked.client(who), walked[Steg.ANALYS]), who


def test_without_the_guard_on_events_the_walk_finds_the_name(
    walked: Walked, representative: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other control: take the guard away, and the same walk is red."""
    monkeypatch.setattr(handelse, "_shown_as", lambda takt: "")
    acts(representative, walked)
    assert named_on(walked.client("kansli2"), walked[Steg.ANALYS])


def test_the_kansli_does_not_find_the_representative_in_the_register(walked: Walked, representative: Person) -> None:
    assert walked.client("kansli2").get(f"/personer/{representative.pk}/").status_code == 404


def test_the_administrator_keeps_the_account_without_being_told_in_what(walked: Walked, representative: Person) -> None:
    page = walked.client("roll.administrator").get(f"/personer/{representative.pk}/")
    html = page.content.decode()
    assert NAMN in html
    assert "Kliniska distansmöten" not in html
    found = walked.client("roll.administrator").get("/personer/?roll=patientforetradare").content.decode()
    assert NAMN not in found


FALT = ("hemlig@exempel.se", "Hemlig befattning", "hemligprofession")


@pytest.fixture
def protected(walked: Walked) -> Person:
    """Somebody in the group with skyddade uppgifter."""
    them = Person.objects.get(epost="ledamot@exempel.se")
    Person.objects.filter(pk=them.pk).update(
        skyddade_uppgifter=True, epost=FALT[0], befattning=FALT[1], profession=FALT[2]
    )
    return Person.objects.select_related("region").get(pk=them.pk)


def test_protected_data_are_shown_to_herself_and_the_administrator_only(walked: Walked, protected: Person) -> None:
    them = shown(actor("kansli"), protected)
    assert (them.namn, them.epost, them.befattning, them.profession, them.region) == ("Petra Wikström", "", "", "", "")
    assert shown(actor_for_person(protected), protected).epost == FALT[0]
    administrator = Person.objects.get(epost="roll.administrator@exempel.se")
    assert shown(actor_for_person(administrator), protected).befattning == FALT[1]


@pytest.mark.parametrize("who", ["kansli", "kansli2", "samarbetsgrupp.skane", "utomstaende"])
def test_protected_data_stand_on_no_page(who: str, walked: Walked, protected: Person) -> None:
    for path, html in walk(walked.client(who), walked[Steg.ATGARDSFORSLAG]):
        assert not [word for word in FALT if word in html], path


def test_protected_data_cannot_be_searched_for(walked: Walked, protected: Person) -> None:
    client = walked.client("kansli2")
    assert "Petra Wikström" in client.get("/personer/?q=Petra").content.decode()
    for query in ("q=hemlig", "q=befattning"):
        assert "Petra Wikström" not in client.get(f"/personer/?{query}").content.decode(), query


def test_the_region_of_somebody_protected_is_not_told_by_the_filter(walked: Walked, protected: Person) -> None:
    Innehav.objects.filter(person=protected).update(region=None)
    assert "Petra Wikström" not in walked.client("kansli2").get("/personer/?region=skane").content.decode()
    assert "Petra Wikström" in walked.client("roll.administrator").get("/personer/?region=skane").content.decode()


def test_an_open_person_is_shown_whole(walked: Walked) -> None:
    """The control: without the mark the same fields are there."""
    them = shown(actor("kansli"), person("ledamot"))
    assert (them.epost, them.region) == ("ledamot@exempel.se", "Region Skåne")
    assert Roll.LEDAMOT not in actor("utomstaende").roller()
