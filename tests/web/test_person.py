"""The pages of people, settings and the accessibility statement, as the administratör and others meet them."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from delprojekt.models import Forvaltningshandelse, Innehav, Konto, Person, Redogorelse, Sjukvardsregion, Utskick
from delprojekt.process.forvaltning import Adminact
from delprojekt.process.klocka import idag
from delprojekt.process.krav_lista import UTAN_REGEL
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.web.hjalp import GUIDER
from tests.house.grow import copies
from tests.house.test_queries import assert_does_not_grow
from tests.walked import Walked
from tests.world import CAST

pytestmark = pytest.mark.django_db
ADMIN = "roll.administrator"
ELSEWHERE = {
    Adminact.ANDRA_REDOGORELSE,
    Adminact.ANDRA_HANTERINGSPLAN,
    Adminact.ANDRA_EGNA_UPPGIFTER,
    Adminact.ANDRA_MALL,
}
PERSON = {"fornamn": "Nya", "efternamn": "Åberg", "epost": "ny.aberg@exempel.se", "befattning": "", "profession": ""}


def get(email: str) -> Person:
    return Person.objects.get(epost=email)


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("who", sorted(CAST))
def test_the_register_opens_for_the_kansli_and_says_no_to_others(who: str, walked: Walked) -> None:
    may = CAST[who][2] in {Roll.KANSLI, Roll.DIREKTOR}
    assert walked.client(who).get("/personer/").status_code == (200 if may else 403)
    assert walked.client(who).get(f"/personer/{get('ledamot@exempel.se').pk}/").status_code == (200 if may else 403)
    assert walked.client(who).get("/installningar/").status_code == (200 if may else 403)
    assert walked.client(who).get("/tillganglighetsredogorelse/andra/").status_code == 403
    assert ("Personer" in text(walked.client(who).get("/"))) is may


@pytest.mark.parametrize("act", [a for a in Adminact if a.value not in {"registrera-person", "andra-installningar"}])
def test_an_act_about_somebody_is_the_administrators(act: Adminact, walked: Walked) -> None:
    pk = get("ledamot@exempel.se").pk
    for who in ("utomstaende", "ordforande", "kansli2"):
        answer = walked.client(who).post(f"/personer/{pk}/gor/{act.value}/")
        elsewhere = act in ELSEWHERE
        wanted = {404} if elsewhere else {403, 422} if act is Adminact.LAMNA_OVER else {403}
        assert answer.status_code in wanted, who
    assert not Forvaltningshandelse.objects.exists()


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("q=wikström+petra", "Petra Wikström", "Maja Ek"),
        ("roll=kansli", "Maja Ek", "Petra Wikström"),
        ("region=kronoberg", "Karin Lind", "Petra Wikström"),
        ("aktiv=nej", "Ulf Utter", "Maja Ek</a></th>"),
        ("roll=ordforande&region=kronoberg", "Karin Lind", "Petra Wikström"),
    ],
)
def test_the_list_is_searched_and_filtered(query: str, found: str, missing: str, walked: Walked) -> None:
    html = text(walked.client("kansli2").get(f"/personer/?{query}"))
    assert found in html
    assert missing not in html.split("Samarbetsgruppen</h2>")[0]


def test_somebody_is_added_given_a_role_and_an_account(walked: Walked) -> None:
    client = walked.client(ADMIN)
    assert client.get("/personer/ny/").status_code == 200
    page = client.post("/personer/ny/", PERSON, follow=True)
    them = get(PERSON["epost"])
    assert "är tillagd" in text(page)
    role = {"roll": "ledningsgrupp", "fran": "1 november 2026", "till": "", "beslut": "Region Halland § 3"}
    refused = client.post(f"/personer/{them.pk}/gor/ge-roll/", role)
    assert refused.status_code == 422
    assert "Välj vilken region rollen gäller." in text(refused)
    assert "Region Halland § 3" in text(refused), "what was typed is kept"
    halland = Sjukvardsregion.objects.get().regioner.get(slug="halland")
    client.post(f"/personer/{them.pk}/gor/ge-roll/", {**role, "region": halland.pk})
    client.post(f"/personer/{them.pk}/gor/oppna-konto/")
    html = text(client.get(f"/personer/{them.pk}/"))
    assert "Ledningsgruppen" in html
    assert "2026-11-01" in html
    assert "Öppet" in html
    assert Utskick.objects.filter(person=them, amne__contains="lösenord").count() == 1


def test_a_second_person_with_the_same_address_is_refused_beside_the_field(walked: Walked) -> None:
    answer = walked.client(ADMIN).post("/personer/ny/", {**PERSON, "epost": "ledamot@exempel.se"})
    assert answer.status_code == 422
    assert "Adressen finns redan" in text(answer)


def test_each_form_shows_and_a_bad_date_is_said_with_an_example(walked: Walked) -> None:
    client, them = walked.client(ADMIN), get("samarbetsgrupp.skane@exempel.se")
    for word in ("andra-person", "ge-roll", "utse-ersattare", "stang-konto", "skicka-losenordslank"):
        assert client.get(f"/personer/{them.pk}/gor/{word}/").status_code == 200, word
    row = them.innehav.get()
    answer = client.post(f"/personer/{them.pk}/gor/avsluta-roll/{row.pk}/", {"sista": "3/10/2026"})
    assert "Skriv datumet som 12 mars 2026" in text(answer)


def test_the_last_representative_is_refused_in_words(walked: Walked) -> None:
    them = get("samarbetsgrupp.skane@exempel.se")
    url = f"/personer/{them.pk}/gor/avsluta-roll/{them.innehav.get().pk}/"
    answer = walked.client(ADMIN).post(url, {"sista": "2026-11-22"})
    assert answer.status_code == 422
    assert "Region Skåne måste ha en representant" in text(answer)


def test_a_role_of_another_person_is_404(walked: Walked) -> None:
    them, other = get("samarbetsgrupp.skane@exempel.se"), get("samarbetsgrupp.halland@exempel.se")
    client = walked.client(ADMIN)
    assert client.get(f"/personer/{them.pk}/gor/avsluta-roll/{other.innehav.get().pk}/").status_code == 404
    assert client.get(f"/personer/{them.pk}/gor/avsluta-roll/").status_code == 404
    assert client.get(f"/personer/{them.pk}/gor/ge-roll/7/").status_code == 404
    assert client.get(f"/personer/{them.pk}/gor/hitta-pa/").status_code == 404
    assert client.get("/personer/1000000/").status_code == 404


def test_a_hand_over_is_checked_before_it_is_done(walked: Walked) -> None:
    client, them = walked.client("direktor"), get("kansli@exempel.se")
    url = f"/personer/{them.pk}/gor/lamna-over/"
    page = text(client.get(url))
    assert "Nils Alm (0 pågående delprojekt)" in page
    form = {"till": get("kansli2@exempel.se").pk, "delprojekt": [walked[Steg.NULAGE]]}
    review = text(client.post(url, form))
    assert "Nils Alm blir kontaktperson efter Maja Ek." in review
    assert "Mejl till" in review
    assert not Innehav.objects.filter(person__epost="kansli2@exempel.se", roll=Roll.KONTAKTPERSON).exists()
    client.post(url, {**form, "bekrafta": "1"})
    held = Innehav.objects.filter(roll=Roll.KONTAKTPERSON, till_date=None, delprojekt=walked[Steg.NULAGE])
    assert [row.person.epost for row in held] == ["kansli2@exempel.se"]


def test_a_substitute_is_appointed_on_the_page(walked: Walked) -> None:
    them = get("ledningsgrupp.skane@exempel.se")
    form = {"ersattare": get("utomstaende@exempel.se").pk, "innehav": [them.innehav.get().pk]}
    form |= {"fran": "2026-11-20", "till": "2026-12-20", "beslut": "Region Skåne"}
    walked.client(ADMIN).post(f"/personer/{them.pk}/gor/utse-ersattare/", form)
    row = Innehav.objects.get(ersattare_for__person=them)
    assert (row.fran_date, row.till_date) == (date(2026, 11, 20), date(2026, 12, 21))
    html = text(walked.client(ADMIN).get(f"/personer/{row.person_id}/"))
    assert "2026-12-20" in html
    assert "Led Skane" in html


@pytest.mark.parametrize("who", [ADMIN, "kansli2", "direktor"])
def test_a_page_tells_every_role_in_a_delprojekt_from_when_and_links_there(who: str, walked: Walked) -> None:
    chair, client = get("ordforande@exempel.se"), walked.client(who)
    held = chair.innehav.filter(roll=Roll.ORDFORANDE).select_related("delprojekt")
    html = text(client.get(f"/personer/{chair.pk}/"))
    assert held
    for row in held:
        assert f'<a href="{row.delprojekt.get_absolute_url()}">{row.delprojekt}</a>' in html
        assert row.fran_date.isoformat() in html
    assert "Ingen roll" not in html
    assert re.search(r"Ordförande, \d+ delprojekt", text(client.get("/personer/?q=karin+lind")))
    nobody = text(client.get(f"/personer/{get('utomstaende@exempel.se').pk}/"))
    assert "Personen har ingen roll nu" in nobody


def test_a_role_that_is_not_shown_is_not_said_to_be_no_role(walked: Walked) -> None:
    hidden = text(walked.client(ADMIN).get(f"/personer/{get('roll.patientforetradare@exempel.se').pk}/"))
    assert "Ingen roll att visa" in hidden
    assert "Personen har ingen roll nu" not in hidden
    assert "Patient" not in hidden.split("Roller</h2>")[1].split("Händelser</h2>")[0]


@pytest.mark.parametrize("url", ["/personer/", "/personer/?roll=ledamot", "/personer/{}/"])
def test_the_pages_ask_the_same_for_one_and_for_twenty(url: str, walked: Walked) -> None:
    them = get("ledamot@exempel.se")

    def more() -> None:
        made = copies(Person.objects.filter(pk=them.pk), epost=lambda n: f"kopia{n}@exempel.se")
        for one in made:
            Konto.objects.create_user(one.epost, person=one)
        held = Innehav.objects.filter(person=them)
        copies(held, person_id=lambda n: made[n - 1].pk)
        copies(held, till_date=idag())
        note = {"act": Adminact.GE_ROLL, "mening": "x", "hande_at": made[0].konto.date_joined}
        Forvaltningshandelse.objects.bulk_create(Forvaltningshandelse(om=them, **note) for _ in range(20))

    assert_does_not_grow(walked.client(ADMIN), url.format(them.pk), more)


def test_settings_are_changed_and_the_change_is_told(walked: Walked) -> None:
    client = walked.client(ADMIN)
    assert client.get("/installningar/").status_code == 200
    form = {"beslutsformel": "Nämnden rekommenderar regionerna att", "min_regioner": 9}
    form |= {"svarstid_synpunkter_dagar": 21, "svarstid_beslut_dagar": 90}
    answer = client.post("/installningar/", form)
    assert answer.status_code == 422
    assert "Det finns 4 regioner. Skriv högst 4." in text(answer)
    page = client.post("/installningar/", {**form, "min_regioner": 4, "avstar_blockerar": "on"}, follow=True)
    assert "Minsta antal regioner: 4 (förut 3)." in text(page)
    page = client.post("/installningar/skane/", {"skane-barnets_basta": "on"}, follow=True)
    assert "Region Skåne kräver att barnets bästa beskrivs: ja." in text(page)
    assert client.post("/installningar/finns-inte/").status_code == 404
    assert walked.client("kansli").post("/installningar/skane/").status_code == 403


STATEMENT = {
    "aktor": "Kansliet",
    "tjanst": "SFBV-portalen",
    "forenlighet": "delvis",
    "brister": "Brist ett.\nBrist två.",
    "oskaligt": "Ingen.",
    "omfattas_inte": "Inget.",
    "metod": "Egen granskning.",
    "bedomd_date": "2026-11-20",
    "tillsyn_namn": "Nya myndigheten",
    "tillsyn_url": "https://exempel.se/anmal",
}


def test_the_statement_has_all_that_the_law_asks_for(client: Client) -> None:
    """conventions.md §6.1: the eleven items."""
    html = text(client.get("/tillganglighetsredogorelse/"))
    asked = ("Södra regionvårdsnämndens kansli", "SFBV-portalen", "delvis förenlig", "Inskickade handlingar")
    asked += ("Senaste bedömningen gjordes", "ändrades senast", "granskat portalen", "Skicka synpunkten")
    asked += ("https://www.digg.se/tdosanmalan", "oskäligt betungande enligt 12 §", "omfattas inte av lagen (9 §)")
    assert [word for word in asked if word not in html] == []


def test_the_statement_is_changed_in_a_new_version(walked: Walked) -> None:
    client = walked.client(ADMIN)
    assert client.get("/tillganglighetsredogorelse/andra/").status_code == 200
    refused = client.post(
        "/tillganglighetsredogorelse/andra/", {**STATEMENT, "brister": "", "bedomd_date": "2027-01-01"}
    )
    assert refused.status_code == 422
    assert "Skriv vilka brister som finns" in text(refused)
    assert "kan inte ha gjorts efter i dag" in text(refused)
    client.post("/tillganglighetsredogorelse/andra/", STATEMENT)
    assert Redogorelse.objects.count() == 2
    html = text(Client().get("/tillganglighetsredogorelse/"))
    assert "Brist två." in html
    assert "Nya myndigheten" in html
    assert "Ändra redogörelsen" not in html


def test_anybody_can_say_what_does_not_work_and_it_reaches_the_kansli(walked: Walked) -> None:
    cache.clear()
    client = Client()
    said = {"vad": "Tabellen går inte att läsa.", "sida": "/delprojekt/", "svara_till": "nagon@exempel.se"}
    assert client.post("/tillganglighetsredogorelse/synpunkt/", {}).status_code == 422
    assert client.post("/tillganglighetsredogorelse/synpunkt/", said).status_code == 302
    mail = Utskick.objects.latest("pk")
    assert mail.adress == "roll.administrator@exempel.se"
    assert "Tabellen går inte att läsa." in mail.text
    codes = {client.post("/tillganglighetsredogorelse/synpunkt/", said).status_code for _ in range(12)}
    assert codes == {302, 429}, "a machine is stopped"
    cache.clear()


def test_every_role_has_its_guide_and_the_start_page_leads_there(walked: Walked) -> None:
    assert {g["id"] for g in GUIDER} == {r.value for r in Roll if r is not Roll.INLOGGAD}
    html = text(walked.client("ordforande").get("/"))
    assert "/hjalp/#ordforande" in html
    assert 'id="ordforande"' in text(walked.client("ordforande").get("/hjalp/"))


def test_the_requirements_page_names_each_requirement_and_where_it_stands(walked: Walked) -> None:
    page = walked.client("kansli").get("/process/krav/")
    assert page.status_code == 200
    assert "M5-11" in text(page)
    for krav_id, words in UTAN_REGEL.items():
        row = text(page).split(f'<th scope="row" role="rowheader">{krav_id}</th>')[1].split("</tr>")[0]
        assert words in row, "what keeps it where no rule does"
    row = text(page).split('<th scope="row" role="rowheader">M1-2</th>')[1].split("</tr>")[0]
    assert "Besluta om uppstart (stoppar)" in row
    assert "tests/metoden/test_1_och_4.py" in row


def test_the_filter_offers_the_roles_that_somebody_can_hold(walked: Walked) -> None:
    offered = set(re.findall(r'<option value="([a-z]+)"', walked.client("kansli").get("/personer/").content.decode()))
    assert {Roll.LEDAMOT.value, Roll.KANSLI.value} <= offered
    assert not {Roll.NOMINERAD.value, Roll.NARMSTA_CHEF.value, Roll.INLOGGAD.value} & offered


def test_the_settings_are_shown_without_what_a_form_hides(walked: Walked) -> None:
    html = text(walked.client("kansli2").get("/installningar/"))
    assert "Minsta antal regioner med behov" in html
    assert "<dt>Sett</dt>" not in html
    assert "beslutsformel=" not in html


def test_what_is_stored_of_oneself_says_the_last_day_of_a_role(walked: Walked) -> None:
    them = get("ledamot@exempel.se")
    Innehav.objects.create(person=them, roll=Roll.LEDAMOT, fran_date=date(2026, 1, 1), till_date=date(2026, 3, 1))
    html = text(walked.client("ledamot").get("/konto/mina-uppgifter/"))
    assert "Till och med</th>" in html
    assert "2026-02-28" in html
    assert "2026-03-01" not in html


def test_a_substitute_can_log_in_and_a_wrong_one_is_told_what_can_be_done(walked: Walked) -> None:
    them, client = get("kansli@exempel.se"), walked.client(ADMIN)
    url = f"/personer/{them.pk}/gor/utse-ersattare/"
    nobody = Person.objects.create(fornamn="Utan", efternamn="Konto", epost="utan@exempel.se")
    offered = text(client.get(url)).split('name="ersattare"')[1].split("</select>")[0]
    assert f'value="{nobody.pk}"' not in offered
    assert f'value="{get("utomstaende@exempel.se").pk}"' in offered
    held = them.innehav.filter(roll=Roll.KONTAKTPERSON, till_date=None).first()
    form = {"ersattare": get("utomstaende@exempel.se").pk, "innehav": [held and held.pk]}
    answer = client.post(url, form | {"fran": "2026-11-20", "till": "2026-12-20", "beslut": "Direktören"})
    assert "eller ta bort krysset" in text(answer)
