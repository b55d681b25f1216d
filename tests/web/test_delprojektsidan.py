"""The page of a delprojekt and of its acts: what can be done, what is late, and what a step back takes back."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from delprojekt.models import Delprojekt, Vantar
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import idag
from delprojekt.process.steg import Steg
from delprojekt.web.forms.beslut import MAX_SATSER
from delprojekt.web.forms.falt import Planfalt
from tests.inflyttat import moved_in
from tests.metoden import handgrepp as h
from tests.walked import Walked, walk_to_the_end_of
from tests.web.test_krock import opened, save, sent_by, window
from tests.world import delprojekt_in, do

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    """The text of a page, as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace("\xa0", " ").split())


def test_m5_8_2_a_parameter_is_added_from_the_overview_and_from_the_tab(walked: Walked) -> None:
    """M5.8-2: the group sees on its first page that the parameters are still to be written."""
    writing = delprojekt_in(Steg.ATGARDSFORSLAG).pk
    for pk, who in ((walked[Steg.UPPDRAG], "kansli"), (walked[Steg.NULAGE], "ordforande"), (writing, "ordforande")):
        page = walked.client(who).get(f"/delprojekt/{pk}/").content.decode()
        assert f'href="/delprojekt/{pk}/gor/lagg-till-parameter/"' in page
    handed_in = walked.client("ordforande").get(f"/delprojekt/{walked[Steg.ATGARDSFORSLAG]}/").content.decode()
    assert "/gor/lagg-till-parameter/" not in handed_in
    reader = walked.client("medarbetare").get(f"/delprojekt/{walked[Steg.NULAGE]}/")
    assert "lagg-till-parameter" not in reader.content.decode()


@pytest.mark.parametrize(("steg", "lands"), [(Steg.UPPDRAG, ""), (Steg.NULAGE, "visa/rapport/")])
def test_one_goes_on_where_the_parameters_are_also_before_the_group_writes(
    walked: Walked, steg: Steg, lands: str
) -> None:
    pk = walked[steg]
    client, url = window("kansli"), f"/delprojekt/{pk}/gor/lagg-till-parameter/"
    answer = client.post(url, {**opened(client, url), "namn": "Väntetid"}, follow=True)
    assert answer.redirect_chain == [(f"/delprojekt/{pk}/{lands}", 302)]
    assert answer.status_code == 200


def test_that_what_was_typed_is_kept_is_said_only_when_something_was_sent(walked: Walked) -> None:
    url = f"/delprojekt/{walked[Steg.INFORANDE]}/gor/registrera-behov/"
    client = walked.client("kansli")
    looked, sent = client.get(url), client.post(url, {"nyckel": str(uuid4()), "sagt_av": "Chefläkaren"})
    assert (looked.status_code, sent.status_code) == (409, 409)
    assert "Det du skrev är kvar" not in looked.content.decode()
    assert "Det du skrev är kvar" in sent.content.decode()
    assert "Chefläkaren" in sent.content.decode()


def test_a_step_back_names_the_step_that_it_takes_back_and_where_one_lands(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT])
    name = "Ångra ”Godkänn slutrapporten och rekommendera”, tillbaka till Nämnd"
    client, url = window("kansli"), f"/delprojekt/{d.pk}/gor/angra/"
    assert name in words(client.get(f"/delprojekt/{d.pk}/").content.decode())
    assert name in words(client.get(url).content.decode())
    review = client.post(url, {**opened(client, url), "text": "Fel paragraf.", "granska": "1"})
    assert name in words(review.content.decode())
    assert save(client, url, {**opened(client, url), "text": "Fel paragraf."}).status_code == 302
    again = words(client.get(f"/delprojekt/{d.pk}/").content.decode())
    assert "tillbaka till Ledningsgrupp" in again
    assert name not in again, "what is taken back is not taken back twice"


def test_of_the_time_before_the_portal_the_step_is_named(db: None) -> None:
    d = moved_in(Steg.NAMND)
    page = words(window("kansli").get(f"/delprojekt/{d.pk}/gor/angra/").content.decode())
    assert "Ångra steget Nämnd, tillbaka till Ledningsgrupp" in page


def test_what_is_late_is_said_on_the_page_itself_with_day_and_whom_it_waits_for(walked: Walked) -> None:
    """E10: a day that has passed is said, and blocks nothing."""
    pk = walked[Steg.HUVUDMANSBESLUT]
    Vantar.objects.filter(delprojekt=pk, region__slug="skane").update(frist_date=idag() - timedelta(days=9))
    Vantar.objects.filter(delprojekt=pk).exclude(region__slug="skane").update(frist_date=idag())
    late = skriv(idag() - timedelta(days=9))
    for who, where in (("kansli", f"/delprojekt/{pk}/"), ("region.skane", f"/delprojekt/{pk}/visa/regioner/")):
        page = walked.client(who).get(where).content.decode()
        said = re.search(r"<ul><li>(.*?)</li></ul>\s*<p>Arbetet kan fortsätta ändå", page, re.DOTALL)
        assert said, who
        assert "Region Skåne" in said[1]
        assert late in words(said[1])
        assert "Halland" not in said[1]
        assert 'href="/delprojekt/' in said[1]
    act = Vantar.objects.filter(delprojekt=pk, region__slug="skane").values_list("act", flat=True)[0]
    assert walked.client("region.skane").get(f"/delprojekt/{pk}/gor/{act}/").status_code == 200


def test_what_is_late_is_not_said_of_what_is_not(walked: Walked) -> None:
    page = walked.client("kansli").get(f"/delprojekt/{walked[Steg.NULAGE]}/").content.decode()
    assert "Arbetet kan fortsätta ändå" not in page


def sent(client: Client, url: str, **changes: str) -> dict[str, Any]:
    """What the browser sends of a form, with some fields filled in."""
    return {**opened(client, url), **changes}


def test_m5_5_4_an_att_sats_more_is_added_without_scripts_and_what_is_typed_stays(db: None) -> None:
    """M5.5-4: a recommendation has as many att-satser as it needs."""
    d = walk_to_the_end_of(Steg.LEDNINGSGRUPP)
    client, url = window("sekreterare"), f"/delprojekt/{d.pk}/gor/skriv-beslutsforslag/"
    versions = d.beslutsforslag.count()
    filled = sent(client, url, text_1="inrätta ett gemensamt råd")
    shown = int(filled["antal"])
    page = client.post(url, {**filled, "fler": "1"})
    assert page.status_code == 200
    form = page.context["form"]
    assert form[f"text_{shown + 1}"].value() in (None, "")
    assert len(form[f"mottagare_{shown + 1}"].value()) == 4, "all who take part, until somebody chooses"
    html = page.content.decode()
    assert "inrätta ett gemensamt råd" in html
    assert "saker behöver rättas" not in html
    assert "Lägg till en att-sats" in html
    assert re.search(rf'<textarea[^>]*name="text_{shown + 1}"[^>]*autofocus', html)
    assert d.beslutsforslag.count() == versions, "adding a row saves nothing"
    filled = sent_by(form) | {f"text_{shown + 1}": "utse en samordnare"}
    assert save(client, url, filled).status_code == 302
    latest = d.beslutsforslag.latest("version")
    assert [s.text for s in latest.attsatser.order_by("nummer")][-1] == "utse en samordnare"


def test_there_is_a_last_row(db: None) -> None:
    d = walk_to_the_end_of(Steg.LEDNINGSGRUPP)
    client, url = window("sekreterare"), f"/delprojekt/{d.pk}/gor/skriv-beslutsforslag/"
    page = client.post(url, {**sent(client, url), "antal": "999", "fler": "1"})
    assert page.context["form"].antal_rader == MAX_SATSER
    assert "Lägg till en att-sats" not in page.content.decode()


def test_m5_4_5_a_row_more_is_added_to_the_costs(db: None) -> None:
    """M5.4-5: a cost per region and kind, and as many rows as that takes."""
    d = h.fardig_rapport()
    row = h.omgang(d).atgardsforslag.filter(struken_at=None).first()
    client, url = window("ordforande"), f"/delprojekt/{d.pk}/gor/skriv-kalkyl/{row.pk}/"
    filled = sent(client, url, belopp_1="100", ekonom="Eva Ek")
    page = client.post(url, {**filled, "fler": "1"})
    form = page.context["form"]
    assert form.antal_rader == int(filled["antal"]) + 1
    assert "Eva Ek" in page.content.decode()
    assert form["slag_1"].value() == "arlig"
    assert form[f"slag_{form.antal_rader}"].value() == "arlig"
    assert "Lägg till en rad" in page.content.decode()


def test_m5_7_1_a_planned_introduction_is_told_as_far_as_it_is_known(walked: Walked) -> None:
    """M5.7-1: a region that knows the term says the term, as in the tidplan."""
    d = Delprojekt.objects.get(pk=walked[Steg.INFORANDE])
    rek = d.namndbeslut.get().rekommendationer.order_by("nummer")[0]
    client, url = window("region.skane"), f"/delprojekt/{d.pk}/gor/rapportera-inforande/"
    said = {f"lage_{rek.pk}": "planerat", f"planerat_{rek.pk}": "HT 2027"}
    wrong = client.post(url, {**sent(client, url), **said, f"planerat_{rek.pk}": "snart"})
    assert wrong.status_code == 422
    assert "Skriv så mycket du vet" in wrong.content.decode()
    assert save(client, url, {**sent(client, url), **said}).status_code == 302
    row = rek.inforande.get(region__slug="skane", lage="planerat")
    assert (row.planerat_date, row.planerat_text, row.planerat) == (date(2027, 12, 31), "HT 2027", "HT 2027")
    assert client.get(url).context["form"][f"planerat_{rek.pk}"].value() == "HT 2027"
    tab = words(client.get(f"/delprojekt/{d.pk}/visa/regioner/").content.decode())
    assert "HT 2027" in tab
    history = words(window("kansli").get(f"/delprojekt/{d.pk}/visa/handelser/").content.decode())
    assert "Planeras vara infört HT 2027" in history
    assert "så långt det är känt" not in history


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("12 mars 2027", (date(2027, 3, 12), "")),
        ("2027-03-12", (date(2027, 3, 12), "")),
        ("  våren   2027 ", (date(2027, 5, 31), "våren 2027")),
        ("kv 3 2027", (date(2027, 9, 30), "kv 3 2027")),
        ("2027", (date(2027, 12, 31), "2027")),
    ],
)
def test_a_day_in_a_plan_is_as_much_as_is_known(text: str, found: tuple[date, str] | None) -> None:
    assert Planfalt(label="När", required=False).clean(text) == found


def test_m5_1_1_the_field_that_may_not_be_emptied_and_the_reason_that_is_asked_for(walked: Walked) -> None:
    """M5.1-1, T02: said beside the field, with what was typed kept; then with a reason it is saved."""
    client, url = window("kansli"), f"/delprojekt/{walked[Steg.BEREDNING]}/gor/redigera-forslag/"
    sent = opened(client, url)
    emptied = client.post(url, {**sent, "problem": "", "syfte": "Nytt syfte."})
    assert emptied.status_code == 422
    assert "Det här kan ändras men inte tömmas." in str(emptied.context["form"].errors["problem"])
    assert sent_by(emptied.context["form"])["syfte"] == "Nytt syfte."
    asked = client.post(url, {**sent, "problem": "Ett annat problem."})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Det inskickade förslaget ändras inte, eftersom andra redan kan ha läst det" in words(page)
    summary = page.partition('class="ds-error-summary felsummering"')[2].partition("</div>")[0]
    assert 'href="#id_motivering"' in summary
    assert "<title>Fel: " in page
    assert save(client, url, {**sent, "problem": "Ett annat problem."}).status_code == 302


def test_v_1_what_is_paused_offers_nothing_that_is_refused(walked: Walked) -> None:
    """V-1: work rests; every link on the page leads to something that can be done."""
    d = walk_to_the_end_of(Steg.UPPDRAG)
    before = window("ordforande").get(d.get_absolute_url()).content.decode()
    do("kansli", Act.PAUSA, d, text="Väntar på processtöd.")
    for who in ("ordforande", "kansli"):
        client = window(who)
        page = client.get(d.get_absolute_url()).content.decode()
        acts = set(re.findall(rf'href="(/delprojekt/{d.pk}/gor/[^"]+)"', page))
        assert [url for url in acts if client.get(url, follow=True).status_code != 200] == []
    assert re.search(rf'href="/delprojekt/{d.pk}/gor/[^"]+"', before), "something was offered before"
