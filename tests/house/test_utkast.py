"""The permission matrix of a draft: who finds a förslag before and after it is sent in (T01, T02)."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from delprojekt.models import Delprojekt
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests import world
from tests.house.matris import KONTON, LASA, UTKAST, wanted
from tests.house.test_matris import MATRIS, Portal, portal

__all__ = ["portal"]
pytestmark = pytest.mark.django_db


def names(portal: Portal, roll: str, d: Delprojekt) -> list[str]:
    """Where a delprojekt is found by a role: its own addresses, and the pages and files that gather many."""
    tabs = [("flik", "forslag"), ("flik", "handlingar"), ("dokument", "underlag"), ("gor", Act.REDIGERA_FORSLAG.value)]
    own = [reverse("delprojekt", args=[d.pk]), reverse("historik", args=[d.pk])]
    own += [reverse(name, args=[d.pk, word]) for name, word in tabs]
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
    for roll in KONTON:
        found = names(portal, roll, draft)
        assert bool(found) == (MATRIS["forslag", roll, UTKAST] >= LASA), (roll, found)
        assert MATRIS["delprojekt", roll, UTKAST] == MATRIS["forslag", roll, UTKAST]

    world.do("medarbetare", Act.SKICKA_IN_FORSLAG, draft)

    for roll in KONTON:
        found = [url for url in names(portal, roll, draft) if "/personer/" not in url]  # the accounts' own page
        assert bool(found) == (wanted(MATRIS, "delprojekt", roll, Steg.PROJEKTFORSLAG) >= LASA), (roll, found)
        assert (draft.get_absolute_url() in found) == bool(found)
