"""The permission matrix of a draft: who finds a förslag before and after it is sent in (T01, T02)."""

import io
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from delprojekt.models import Delprojekt, Person
from delprojekt.process.act import Act
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.efterhand import known_as
from delprojekt.queries.person import active, holding, people, replaceable
from tests import world
from tests.house.matris import KONTON, LASA, UTKAST, wanted
from tests.house.test_matris import MATRIS, Portal, portal

__all__ = ["portal"]
pytestmark = pytest.mark.django_db


def administrator() -> Actor:
    """Who keeps the accounts, and does not work at the kansli."""
    return actor_for_person(Person.objects.get(epost="roll.administrator@exempel.se"))


def names(portal: Portal, roll: str, d: Delprojekt) -> list[str]:
    """Where a delprojekt is found by a role: its own addresses, and the pages and files that gather many."""
    tabs = [("flik", "forslag"), ("flik", "handlingar"), ("dokument", "underlag"), ("gor", Act.REDIGERA_FORSLAG.value)]
    own = [reverse("delprojekt", args=[d.pk]), reverse("historik", args=[d.pk])]
    own += [reverse(name, args=[d.pk, word]) for name, word in tabs]
    own += [reverse(name, args=[job.pk]) for job in d.jobb.all() for name in ("jobb", "jobb_status")]
    lists = [reverse("start"), *(f"{reverse('lista')}?vy={vy}" for vy in ("", "tavla", "tidslinje"))]
    lists += [f"{reverse('sok')}?q=kvastfeningar", reverse("person", args=[world.person("medarbetare").pk])]
    lists += [reverse(name) for name in ("kansliet", "samarbetsgruppen", "ledningsgruppen")]
    found = [url for url in own if portal.klient[roll].get(url).status_code == 200]
    found += [url for url in lists if "Kvastfeningar" in portal.klient[roll].get(url).content.decode()]
    answer = portal.klient[roll].get(reverse("excel"))
    content = b"".join(answer.streaming_content) if answer.status_code == 200 else b""
    lines = load_workbook(io.BytesIO(content)).active.values if content else []
    return found + [reverse("excel")] * any("Kvastfeningar" in row for row in lines)


def test_t01_a_draft_is_found_by_its_author_and_the_kansli_and_when_sent_in_by_those_the_matrix_says(
    portal: Portal,
) -> None:
    """T01: "utkast, synligt för FST och KAN"; T02: inkommet."""
    draft = world.new_forslag(benamning="Kvastfeningar")
    order = reverse("bestall", args=[draft.pk, "underlag", "pdf"])
    assert portal.klient["forslagsstallare"].post(order).status_code == 302
    assert draft.jobb.count() == 1
    for roll in KONTON:
        found = names(portal, roll, draft)
        assert bool(found) == (MATRIS["forslag", roll, UTKAST] >= LASA), (roll, found)
        assert MATRIS["delprojekt", roll, UTKAST] == MATRIS["forslag", roll, UTKAST]

    world.do("medarbetare", Act.SKICKA_IN_FORSLAG, draft)

    for roll in KONTON:
        found = [url for url in names(portal, roll, draft) if "/personer/" not in url]  # the accounts' own page
        assert bool(found) == (wanted(MATRIS, "delprojekt", roll, Steg.PROJEKTFORSLAG) >= LASA), (roll, found)
        assert (draft.get_absolute_url() in found) == bool(found)


def test_t01_the_register_of_people_does_not_tell_who_has_a_draft_or_of_what(portal: Portal) -> None:
    """T01: "utkast, synligt för FST och KAN"; the administratör keeps accounts and the direktör reads the register."""
    world.new_forslag("utomstaende", benamning="Kvastfeningar")
    author = world.person("utomstaende")
    replace = reverse("person_gor", args=[author.pk, "utse-ersattare"])
    admin, kansli, boss = (administrator(), world.actor("kansli"), world.actor("direktor"))
    assert "Kvastfeningar" not in portal.klient["administrator"].get(replace).content.decode()
    for who in (admin, boss):
        assert not replaceable(who, author)
        assert author not in holding(who, people(who), roll=Roll.FORSLAGSSTALLARE)
        assert author not in active(who, people(who), wanted=True)
    assert replaceable(kansli, author).get().delprojekt.benamning == "Kvastfeningar"
    assert author in holding(kansli, people(kansli), roll=Roll.FORSLAGSSTALLARE)
    assert author in active(kansli, people(kansli), wanted=True)


def test_t01_a_list_that_is_read_in_does_not_tell_that_there_is_a_draft(portal: Portal) -> None:
    """T01: who may not read it is not told that it is here already."""
    draft = world.new_forslag(benamning="Kvastfeningar")
    assert known_as(administrator(), None, "", ["Kvastfeningar"]) is None
    assert known_as(world.actor("kansli"), None, "", ["Kvastfeningar"]) == draft
    world.do("medarbetare", Act.SKICKA_IN_FORSLAG, draft)
    assert known_as(administrator(), None, "", ["Kvastfeningar"]) == draft


def test_t43_the_mark_is_not_set_on_what_continues_another() -> None:
    """0004: a continuation was decided, and is no draft from before the mark either."""
    draft, child = world.new_forslag(), world.new_forslag()
    Delprojekt.objects.filter(pk=child.pk).update(foralder=draft, utkast=False)
    Delprojekt.objects.filter(pk=draft.pk).update(utkast=False)

    import_module("delprojekt.migrations.0004_aldre_rader").mark_drafts(apps, connection.schema_editor())

    assert (world.fresh(draft).utkast, world.fresh(child).utkast) == (True, False)
