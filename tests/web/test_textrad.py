"""Advice beside the text at the desk and on the tab of the report: it follows what is written and stops nothing."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from delprojekt.actions.avsnitt import save_section
from delprojekt.documents.build import build
from delprojekt.documents.tree import to_data
from delprojekt.models import Delprojekt, Dokumentjobb, Dokumentslag, Format, Handelse, Jobblage, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.klocka import nu
from delprojekt.process.steg import Steg
from tests.uppfoljt import say_yes
from tests.walked import Walked
from tests.world import actor, do, person

pytestmark = pytest.mark.django_db
KEY, LATER = "nulage_ekonomi", "analys_ekonomi"
LONG = "Mötet " + "som hölls i går " * 9 + "blev bra."


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    """In nuläge, with a section that has something to be advised on."""
    cache.clear()
    made = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    do("ordforande", Act.UTSE_SKRIBENTER, made, skribenter={"nulage": person("ledamot").pk})
    save_section(actor("ordforande"), made, KEY, f"<p>{LONG} KVA ökar.</p>", 0)
    return made


def page(who: str, address: str) -> str:
    client = Client()
    client.force_login(person(who).konto)
    return " ".join(client.get(address).content.decode().split())


def made_pdf(d: Delprojekt, slag: Dokumentslag, sidor: int) -> None:
    """A finished PDF of the document as it stands."""
    omgang = Uppdragsomgang.objects.get(delprojekt=d)
    tree = build(d, slag.value, now=nu(), omgang=omgang)
    Dokumentjobb.objects.create(
        delprojekt=d,
        omgang=omgang,
        slag=slag,
        format=Format.PDF,
        fingeravtryck=f"{slag}-{sidor}",
        trad=to_data(tree),
        lage=Jobblage.KLART,
        sidor=sidor,
        klar_at=timezone.now(),
    )


def test_m5_4_1_5_the_advice_stands_folded_beside_the_section_and_leads_to_the_place(d: Delprojekt) -> None:
    """M5.4.1-5: without scripts it leads to the text."""
    shown = page("ordforande", f"/rapport/{d.pk}/{KEY}/")
    panel = shown.split("data-textrad>", 1)[1].split("</details>", 1)[0]
    assert '<details class="textrad" data-textrad>' in shown
    assert "Råd om texten (2)" in panel
    assert '<a href="#text" data-plats="stalle=KVA">KVA är inte förklarat.' in panel
    assert "39 ord i en mening" in panel
    empty = page("ordforande", f"/rapport/{d.pk}/{LATER}/")
    assert "Här visas råd om språket när du har skrivit något." in empty


def test_m5_4_1_5_the_answer_of_a_save_says_what_is_to_be_said_now(d: Delprojekt) -> None:
    """M5.4.1-5, M5.4.1-8: the advice follows what is written, also by somebody else, and is no event."""
    client, other = Client(), Client()
    client.force_login(person("ordforande").konto)
    other.force_login(person("ledamot").konto)
    events = Handelse.objects.filter(delprojekt=d).count()
    said: dict[str, Any] = {
        "text": "<table><tbody><tr><td>1</td></tr></tbody></table>",
        "version": 1,
        "text-rikt": "ja",
    }
    answer = client.post(f"/rapport/{d.pk}/{KEY}/spara/", said).json()
    assert "KVA" not in answer["rad"]
    assert "Tabell 1 saknar rubrik, källa och rad- eller kolumnrubriker." in answer["rad"]
    assert "1 tabell saknar källa." in answer["saknas"]
    heard = other.post(f"/rapport/{d.pk}/{KEY}/spara/", {"version": 1}).json()
    assert heard["rad"] == answer["rad"]
    still = other.post(f"/rapport/{d.pk}/{KEY}/spara/", {"version": 2}).json()
    assert "rad" not in still
    assert Handelse.objects.filter(delprojekt=d).count() - events <= 1  # that somebody wrote


def test_an_abbreviation_that_an_earlier_section_explains_is_not_asked_about(d: Delprojekt) -> None:
    save_section(actor("ordforande"), d, LATER, "<p>KVA igen.</p>", 0)
    assert "inte förklarat" not in page("ordforande", f"/rapport/{d.pk}/{LATER}/")
    save_section(actor("ordforande"), d, KEY, "<p>Klassifikation av åtgärder (KVA).</p>", 1)
    assert "Inga råd just nu." in page("ordforande", f"/rapport/{d.pk}/{KEY}/")


def test_m5_4_1_6_the_first_page_sums_up_and_shows_the_five_that_matter_most(d: Delprojekt) -> None:
    """M5.4.1-6: about how many pages, until there is a PDF to count them in; the rest of the advice is folded."""
    save_section(actor("ordforande"), d, LATER, "<p>" + f"{LONG} " * 6 + "</p>", 0)
    shown = page("ordforande", f"/rapport/{d.pk}/").split('id="textrad"', 1)[1]
    assert "Ungefär 1 sida, efter antalet ord." in shown
    assert "<summary>3 råd till</summary>" in shown
    first = shown.split("<summary>3 råd till", 1)[0]
    assert first.count("<li>") == 5
    assert f'<a href="/rapport/{d.pk}/{KEY}/#stalle=KVA">' in first
    made_pdf(d, Dokumentslag.SLUTRAPPORT, 23)
    counted = page("ordforande", f"/rapport/{d.pk}/")
    assert "23 sidor i PDF:en från <time" in counted
    assert "Bör vara högst omkring 20 sidor." in counted
    save_section(actor("ordforande"), d, KEY, "<p>" + "ord " * 1200 + "</p>", 1)
    assert "Med det som har skrivits sedan dess ungefär 26." in page("ordforande", f"/rapport/{d.pk}/")


def test_the_tab_of_the_report_leads_to_the_sections_that_are_ones_own_to_write(d: Delprojekt) -> None:
    save_section(actor("ordforande"), d, LATER, "<p>KVX minskar.</p>", 0)
    own, others = f'href="/rapport/{d.pk}/{KEY}/#stalle=KVA"', f'href="/rapport/{d.pk}/{LATER}/#stalle=KVX"'
    chair, writer = (page(who, f"/delprojekt/{d.pk}/visa/rapport/") for who in ("ordforande", "ledamot"))
    assert own in chair
    assert others in chair
    assert own in writer
    assert "KVX är inte förklarat." in writer
    assert others not in writer


def test_m5_8_10_the_follow_up_report_is_measured_against_three_to_six_pages(walked: Walked) -> None:
    """M5.8-10: a meter on its first page and beside each section; it stops nothing."""
    d = Delprojekt.objects.get(pk=walked[Steg.INFORANDE])
    say_yes(d)
    do("kansli", Act.BORJA_UPPFOLJNING, d, motivering="Det går inte att vänta.")
    made_pdf(d, Dokumentslag.UPPFOLJNINGSRAPPORT, 7)
    save_section(actor("ordforande"), d, "uppfoljningsrapport_slutsats", "<p>Målen är nådda.</p>", 0)
    for address in (f"/rapport/{d.pk}/", f"/rapport/{d.pk}/uppfoljningsrapport_slutsats/"):
        shown = page("ordforande", address)
        assert '<svg class="sidmatare" data-utanfor' in shown
        assert "7 sidor i PDF:en från" in shown
        assert "Bör vara cirka 3–6 sidor." in shown
        assert "Korta gärna." in shown
