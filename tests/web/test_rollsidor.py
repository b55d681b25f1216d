"""The pages of the roles: who may see which, and what they open with (interface.md)."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from delprojekt.models import Delprojekt, Innehav, Person, Vantar
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import Roll
from delprojekt.process.stallning import i_ord, vill_andra
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import OM_STALLNINGAR, Noun, Sida, ser
from delprojekt.queries.rollsida import meetings
from tests.process.snapshots import D, som
from tests.walked import ROLE_HOLDERS, Walked
from tests.world import CAST, actor, do, version

pytestmark = pytest.mark.django_db

PAGES = ("/kansliet/", "/samarbetsgruppen/", "/ledningsgruppen/", "/regioner/halland/", "/min-arbetsgrupp/")
MAY: dict[str, set[str]] = {
    "kansli": {"/kansliet/", "/samarbetsgruppen/", "/ledningsgruppen/", "/regioner/halland/"},
    "direktor": {"/kansliet/", "/samarbetsgruppen/", "/ledningsgruppen/", "/regioner/halland/"},
    "sekreterare": {"/ledningsgruppen/"},
    "ledningsgrupp.halland": {"/ledningsgruppen/", "/regioner/halland/"},
    "ledningsgrupp.skane": {"/ledningsgruppen/"},
    "samarbetsgrupp.halland": {"/samarbetsgruppen/", "/regioner/halland/"},
    "region.halland": {"/regioner/halland/", "/min-arbetsgrupp/"},  # is also a member of a group
    "region.skane": set(),
    "ordforande": {"/min-arbetsgrupp/"},
    "roll.patientforetradare": {"/min-arbetsgrupp/"},
    "styrgrupp": set(),
    "utomstaende": set(),
}


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode().split('id="innehall"')[1]


@pytest.mark.parametrize("who", MAY)
def test_each_role_has_its_pages_and_no_others(walked: Walked, who: str) -> None:
    client = walked.client(who)
    found = {url for url in PAGES if client.get(url).status_code == 200}
    assert found == MAY[who]
    assert {client.get(url).status_code for url in set(PAGES) - found} <= {404}
    assert client.get("/").status_code == 200, "the start page sends nobody away"


@pytest.mark.parametrize("who", MAY)
def test_the_menu_and_the_start_page_lead_to_ones_own_pages(walked: Walked, who: str) -> None:
    page = walked.client(who).get("/").content.decode()
    menu = page.split('aria-label="Huvudmeny"')[1].split("</nav>")[0]
    own = set(re.findall(r'href="(/[^"]+)"', menu)) & set(PAGES)
    assert own == ({"/kansliet/"} if who in {"kansli", "direktor"} else MAY[who]), "others' pages are a link away"
    assert all(f'<a href="{url}">' in page.split('id="innehall"')[1] for url in own)


@pytest.mark.parametrize("url", PAGES)
def test_a_role_page_asks_at_most_fifteen_times_and_opens_with_what_waits(walked: Walked, url: str) -> None:
    who = next(name for name, may in reversed(MAY.items()) if url in may)
    client = walked.client(who)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        page = text(client, url)
    assert len(asked) <= 15
    assert page.index("<h2") == page.index('<h2 id="vantar"'), "Väntar på dig stands first"


def test_kansliet_reads_the_same_numbers_as_the_database(walked: Walked) -> None:
    page = text(walked.client("kansli"), "/kansliet/")
    for steg in (Steg.NULAGE, Steg.UPPDRAG, Steg.NAMND):
        count = Delprojekt.objects.filter(steg=steg).count()
        assert re.search(
            rf'\?steg={steg.value}">{steg.label}</a></th><td class="tal" data-etikett="Antal" role="cell">{count}</td>',
            page,
        )
    waiting = Vantar.objects.filter(act=Act.REGISTRERA_HUVUDMANSBESLUT).values("delprojekt").distinct().count()
    assert waiting
    assert f'Rekommendationer utan regionbeslut <span class="antal">{waiting}</span>' in page
    lying = Vantar.objects.filter(roll=Roll.ORDFORANDE).values("delprojekt").distinct().count()
    assert re.search(rf"Arbetsgruppens ordförande</a> <span>{lying}</span>", page)


def test_days_since_namnden_are_counted_from_its_meeting(walked: Walked) -> None:
    page = text(walked.client("kansli"), "/kansliet/")
    assert (
        'datetime="2026-03-02">2026-03-02</time></td><td class="tal" data-etikett="Dagar sedan" role="cell">265</td>'
        in page
    )


def disagree(walked: Walked) -> Delprojekt:
    """Halland wants to change point 2 of the latest version."""
    d = Delprojekt.objects.get(pk=walked[Steg.LEDNINGSGRUPP])
    reason = "Vi kan inte ställa oss bakom punkt 2."
    do(
        "ledningsgrupp.halland",
        Act.LAMNA_STALLNING,
        d,
        region="halland",
        val="ej_enig",
        skal=reason,
        version=version(d),
    )
    return d


def test_5_4_3_ledningsgruppen_reads_who_wants_to_change_what(walked: Walked) -> None:
    """features.md 28: the page says in words what is missing."""
    d = disagree(walked)
    for who in ("ledningsgrupp.skane", "sekreterare", "kansli"):
        page = text(walked.client(who), "/ledningsgruppen/")
        assert "3 av 4 regioner är eniga." in page
        assert "Halland vill ändra punkt 2." in page
    for who in ("ledningsgrupp.skane", "samarbetsgrupp.skane", "kansli"):
        assert "Halland vill ändra punkt 2." in text(walked.client(who), d.get_absolute_url())


OUTSIDE = ("ordforande", "ledamot", "region.halland", "styrgrupp", "utomstaende", "namndsekreterare")


@pytest.mark.parametrize("who", OUTSIDE)
def test_5_4_3_others_read_that_it_lies_with_ledningsgruppen_and_no_more(walked: Walked, who: str) -> None:
    d = disagree(walked)
    Vantar.objects.filter(delprojekt=d).delete()
    for region in d.sjukvardsregion.regioner.filter(slug__in=["halland", "skane"]):
        Vantar.objects.create(
            delprojekt=d, act=Act.LAMNA_STALLNING, roll=Roll.LEDNINGSGRUPP, region=region, sedan_at=d.stegat_at
        )
    client = walked.client(who)
    events = f"{d.get_absolute_url()}visa/handelser/"
    urls = ["/", d.get_absolute_url(), "/delprojekt/?steg=ledningsgrupp", "/delprojekt/?vy=tavla&steg=ledningsgrupp"]
    urls += [events] if client.get(events).status_code == 200 else []
    for url in urls:
        page = text(client, url)
        for word in ("vill ändra", "enig om version", "inte enig", "edningsgruppen (", "är enig om samma version"):
            assert word not in page, (url, word)
    assert "Ligger hos ledningsgruppen sedan" in text(client, d.get_absolute_url())
    assert str(d.pk) not in re.findall(r'href="/delprojekt/(\d+)/"', text(client, "/delprojekt/?vantar=halland"))


def test_5_4_3_kansliet_hears_what_the_others_do_not(walked: Walked) -> None:
    d = disagree(walked)
    assert "Region Halland är inte enig om version" in text(
        walked.client("kansli"), f"{d.get_absolute_url()}visa/handelser/"
    )
    assert "Region Halland är inte enig om version" in text(walked.client("kansli"), "/")


def test_no_mail_tells_those_outside_how_ledningsgruppen_thinks() -> None:
    for act in OM_STALLNINGAR:
        for roll in POLICY[act].tells:
            assert ser(som(roll), Noun.BESLUTSFORSLAG, D, Steg.LEDNINGSGRUPP), (act, roll)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("Vi kan inte ställa oss bakom punkt 2.", "Halland vill ändra punkt 2."),
        ("Punkterna 1 och 3 är för dyra.", "Halland vill ändra punkt 1 och 3."),
        ("Det är för dyrt.", "Halland är inte enig."),
        ("", "Halland är inte enig."),
    ],
)
def test_what_a_region_wants_is_said_in_one_sentence(reason: str, sentence: str) -> None:
    assert vill_andra("Halland", reason) == sentence


def test_a_region_that_abstains_is_said_to_abstain() -> None:
    assert i_ord({"halland": "Punkt 2.", "skane": ""}, {"skane": "Skåne"}, {"skane"}) == (
        "halland vill ändra punkt 2. Skåne avstår."
    )


@pytest.mark.parametrize("who", ["ledningsgrupp.skane", "region.skane", "samarbetsgrupp.skane", "utomstaende"])
@pytest.mark.parametrize("steg", [Steg.UPPDRAG, Steg.LEDNINGSGRUPP, Steg.HUVUDMANSBESLUT, Steg.UPPFOLJNING])
def test_those_who_come_seldom_get_at_most_five_tabs_and_reach_the_rest(walked: Walked, who: str, steg: Steg) -> None:
    client, home = walked.client(who), f"/delprojekt/{walked[steg]}/"
    page = text(client, home)
    tabs = page.split('aria-label="Delprojektets sidor"')[1].split("</nav>")[0]
    assert 1 <= tabs.count("<li>") <= 5
    rest = re.findall(rf'href="({home}visa/\w+/)"', page)
    assert all(client.get(url).status_code == 200 for url in rest)
    if not who.startswith(("region", "utom")):
        assert f"{home}visa/handelser/" in rest, "what has no tab has a link under Översikt"
        assert "handelser" not in tabs


def nav(page: str, name: str) -> tuple[list[str], list[str]]:
    """The links of a navigation: those that are seen at once, and those that are folded under "Mer"."""
    at_once, _, folded = page.split(f'aria-label="{name}"')[1].split("</nav>")[0].partition("<details data-meny")
    return tuple(re.findall(r'<li><a href="([^"]+)"', part) for part in (at_once, folded))  # type: ignore[return-value]


def test_kansliet_reaches_every_tab_and_sees_at_most_seven_with_what_belongs_to_the_step(walked: Walked) -> None:
    home = f"/delprojekt/{walked[Steg.UPPFOLJNING]}/"
    shown, folded = nav(text(walked.client("kansli"), home), "Delprojektets sidor")
    names = [url.removeprefix(home).removeprefix("visa/").strip("/") for url in shown]
    assert names == ["", "rapport", "beslut", "regioner", "uppfoljning", "handlingar"]
    assert len(shown) + len(folded) == 11
    for url in folded:
        opened, still = nav(text(walked.client("kansli"), url), "Delprojektets sidor")
        assert url in opened, "the one that is open is never folded"
        assert (len(opened), len(still)) == (6, 5)


SELDOM = ("ledningsgrupp", "region", "samarbetsgrupp")
IN_THE_GROUP = {"region.blekinge", "region.halland"}
"""They hold a place in the working groups too, and work with the delprojekt as the others there do."""


@pytest.mark.parametrize("who", [*CAST, *ROLE_HOLDERS])
def test_no_role_meets_more_links_than_it_can_take_in(walked: Walked, who: str) -> None:
    client = walked.client(who)
    menu, _ = nav(client.get("/").content.decode(), "Huvudmeny")
    assert 3 <= len(menu) <= (5 if who.startswith(SELDOM) else 7), menu
    for steg in (Steg.BEREDNING, Steg.ATGARDSFORSLAG, Steg.LEDNINGSGRUPP, Steg.UPPFOLJNING, Steg.AVSLUTAT):
        answer = client.get(f"/delprojekt/{walked[steg]}/")
        if answer.status_code == 200:
            shown, folded = nav(answer.content.decode(), "Delprojektets sidor")
            few = who.startswith(SELDOM) and who not in IN_THE_GROUP
            assert len(shown) + bool(folded) <= (5 if few else 7), (steg, shown)


def test_what_does_not_fit_in_the_menu_stands_in_the_accounts(walked: Walked) -> None:
    Innehav.objects.create(
        person=Person.objects.get(epost="ledningsgrupp.halland@exempel.se"),
        roll=Roll.LEDAMOT,
        delprojekt_id=walked[Steg.NULAGE],
        fran_date=date(2020, 1, 1),
    )
    page = walked.client("ledningsgrupp.halland").get("/").content.decode()
    menu, _ = nav(page, "Huvudmeny")
    account = page.split('class="kontomeny__panel"')[1].split("</details>")[0]
    assert "/min-arbetsgrupp/" in menu
    assert "/handlingar/" not in menu
    assert 'href="/handlingar/"' in account
    assert 'href="/process/"' in account


def test_a_region_sees_what_it_is_asked_and_has_answered(walked: Walked) -> None:
    assert "Lämna regionens beslut" in text(walked.client("region.skane"), "/regioner/skane/")
    assert "Regionstyrelsen" in text(walked.client("region.halland"), "/regioner/halland/")
    assert walked.client("kansli").get("/regioner/finns-inte/").status_code == 404


def test_my_group_shows_one_group_and_leads_to_the_others(walked: Walked) -> None:
    client = walked.client("ordforande")
    page = text(client, f"/min-arbetsgrupp/?delprojekt={walked[Steg.NULAGE]}")
    assert re.search(r"Skrivet: \d+ av \d+ avsnitt", page)
    assert "Slutrapport, våren 2027" in page
    assert "Du är också med i" in page
    assert text(client, "/min-arbetsgrupp/?delprojekt=999999"), "a group that is not one's own is not shown"


def test_the_pages_are_named_after_those_they_belong_to() -> None:
    assert [sida.value for sida in Sida] == [
        "kansliet",
        "samarbetsgruppen",
        "ledningsgruppen",
        "regioner",
        "min-arbetsgrupp",
    ]


def test_what_is_undone_no_longer_stands_among_the_outcomes_of_a_meeting(walked: Walked) -> None:
    """Nothing that was undone is shown as if it counted; what is done again is."""
    d = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    meeting = {"organ": "ledningsgrupp", "dag": idag(), "punkt": "9"}

    def outcomes() -> list[str]:
        found = [labels for plan in meetings(actor("sekreterare")) for one, labels in plan.arenden if one.pk == d.pk]
        return found[0] if found else []

    do("sekreterare", Act.PAUSA, d, **meeting, text="Ordföranden är sjuk.")
    do("kansli", Act.ATERUPPTA, d, dag=idag())
    do("sekreterare", Act.AVBRYT, d, **meeting, text="Ingen kan leda det.")
    do("kansli", Act.ANGRA, d, text="Det gällde ett annat delprojekt.")
    assert outcomes() == ["Pausat"]


@pytest.mark.parametrize("url", PAGES)
def test_no_two_parts_of_a_page_are_called_the_same_and_no_heading_is_skipped(walked: Walked, url: str) -> None:
    """WCAG 1.3.1, as axe says it: landmark-unique, heading-order."""
    page = text(walked.client(next(name for name, may in reversed(MAY.items()) if url in may)), url)
    headed = dict(re.findall(r'<h\d[^>]* id="([^"]+)"[^>]*>\s*(?:<a[^>]*>)?([^<]+)', page))
    named = [headed[key].strip() for key in re.findall(r'<section[^>]* aria-labelledby="([^"]+)"', page)]
    named += re.findall(r'role="region" aria-label="([^"]+)"', page)
    assert len(named) == len(set(named))
    assert_no_heading_is_skipped(page)


def test_the_page_of_a_meetings_outcomes_and_the_start_page_say_what_is_what(walked: Walked) -> None:
    outcomes = text(walked.client("sekreterare"), "/ledningsgruppen/utfall/")
    assert_no_heading_is_skipped(outcomes)
    start = text(walked.client("kansli"), "/")
    assert "Så här gör du i rollen kansliet" in start
    assert start.index(">Dina sidor<") < start.index('<a href="/kansliet/">Kansliet</a>')


def assert_no_heading_is_skipped(page: str) -> None:
    levels = [int(n) for n in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert all(then <= first + 1 for first, then in pairwise(levels)), levels
