"""Rule 7: the number of queries of a page does not grow with the rows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from delprojekt.models import Delprojekt
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.house.grow import copies, grow, grow_list
from tests.walked import Walked

pytestmark = pytest.mark.django_db
MOST = 15
"""No page may ask more than this, whatever is stored."""

TABS = ("forslag", "uppdrag", "arbetsgrupp", "arbete", "rapport", "beslut", "regioner")
TABS += ("uppfoljning", "handlingar", "handelser")


def queries(client: Client, url: str) -> list[str]:
    """What a page asks the database."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return [query["sql"] for query in captured]


def assert_does_not_grow(client: Client, url: str, more: Callable[[], None]) -> None:
    queries(client, url)  # the first look may fill a cache
    before = queries(client, url)
    more()
    after = queries(client, url)
    extra = [text for text in after if text not in before]
    assert len(after) <= len(before), f"{len(before)} → {len(after)}: {extra[:5]}"
    assert len(after) <= MOST


@pytest.mark.parametrize("who", ["kansli", "region.skane", "utomstaende", "ledningsgrupp.halland"])
@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/infor-ledningsgruppen/",
        "/delprojekt/aret/",
        "/delprojekt/",
        "/beslut-utan-handling/",
        "/delprojekt/?steg=huvudmansbeslut&vantar=skane&q=distans",
    ],
)
def test_lists_ask_the_same_for_one_and_for_twenty_more(walked: Walked, url: str, who: str) -> None:
    assert_does_not_grow(
        walked.client(who), url, lambda: grow_list(Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT]))
    )


def test_the_page_of_a_meeting_asks_the_same_for_one_and_for_twenty_more(walked: Walked) -> None:
    url, client = "/ledningsgruppen/utfall/", walked.client("sekreterare")
    assert_does_not_grow(client, url, lambda: grow_list(Delprojekt.objects.get(pk=walked[Steg.LEDNINGSGRUPP])))
    assert client.get(url).content.decode().count('name="rad"') > 20


@pytest.mark.parametrize("tab", ["", *(f"visa/{name}/" for name in TABS)])
def test_the_page_of_a_delprojekt_asks_the_same_for_one_and_for_twenty(walked: Walked, tab: str) -> None:
    d = Delprojekt.objects.select_related("sjukvardsregion").get(pk=walked[Steg.UPPFOLJNING])
    assert_does_not_grow(walked.client("kansli"), f"/delprojekt/{d.pk}/{tab}", lambda: grow(d))


@pytest.mark.parametrize("who", ["kansli", "region.skane"])
@pytest.mark.parametrize(
    "path", ["/handlingar/?delprojekt={}", "/handlingar/utdrag.csv?delprojekt={}", "/handlingar/{}/"]
)
def test_the_register_asks_the_same_for_one_handling_and_for_twenty(walked: Walked, path: str, who: str) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.UPPFOLJNING])
    pk = d.handlingar.filter(dokument__faststalld=True).earliest("pk").pk if path == "/handlingar/{}/" else d.pk
    assert_does_not_grow(walked.client(who), path.format(pk), lambda: grow(d))


@pytest.mark.parametrize(
    "path",
    [
        "/delprojekt/{}/gor/registrera-huvudmansbeslut/",
        "/delprojekt/{}/gor/rapportera-inforande/",
        "/delprojekt/{}/gor/tillfraga-uppfoljare/",
        "/delprojekt/{}/gor/avsluta/",
        "/delprojekt/{}/dokument/slutrapport/",
        "/delprojekt/{}/dokument/uppdrag/",
    ],
)
def test_the_page_of_an_act_and_a_document_asks_the_same(walked: Walked, path: str) -> None:
    d = Delprojekt.objects.select_related("sjukvardsregion").get(pk=walked[Steg.UPPFOLJNING])
    assert_does_not_grow(walked.client("kansli"), path.format(d.pk), lambda: grow(d))


@pytest.mark.parametrize(
    ("steg", "section"),
    [(Steg.NULAGE, ""), (Steg.NULAGE, "nulage_kompetens/"), (Steg.UPPFOLJNING, ""), (Steg.NULAGE, "startpaket/")],
)
def test_the_desk_asks_the_same_for_one_section_and_for_twenty(walked: Walked, steg: Steg, section: str) -> None:
    d = Delprojekt.objects.get(pk=walked[steg])
    template = d.omgangar.get().mallversion.avsnitt.filter(innehall="text", i_slutrapport=True, i_uppdrag=False)
    who = "ordforande" if steg is Steg.NULAGE else "roll.uppfoljningsansvarig"
    url = f"/rapport/{d.pk}/{section}"
    assert_does_not_grow(walked.client(who), url, lambda: copies(template, nyckel=lambda n: f"analys_{n}") and None)


def test_who_asks_costs_one_query_whatever_roles_are_held(walked: Walked) -> None:
    from tests.world import actor, person

    them = person("kansli")
    with CaptureQueriesContext(connection) as captured:
        asking = actor("kansli")
    assert Roll.KANSLI in asking.roller()
    assert len(captured) <= 2, them
