"""What is not known of what began before the portal is said to be unknown, and what is known counts as known."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.utils.html import strip_tags
from openpyxl import load_workbook

from delprojekt.models import Beslutshandling, Delprojekt, Person
from delprojekt.process.act import Act
from delprojekt.process.datum import parse_partial
from delprojekt.process.efterhand import Uppgift
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.steg import Steg
from delprojekt.process.uppgift import Uppgiftslag, number_of
from delprojekt.queries.lage import build_lage
from tests import world
from tests.metoden.test_inflyttning import inlagt, mover
from tests.metoden.test_inlasning import wrong
from tests.world import REGIONER, fresh

pytestmark = pytest.mark.django_db


def client_of_mover() -> Client:
    client = Client()
    mover()
    client.force_login(world.person("kansli2").konto)
    return client


def words(client: Client, d: Delprojekt, tab: str) -> str:
    page = client.get(f"/delprojekt/{d.pk}/visa/{tab}/").content.decode()
    return " ".join(strip_tags(page.split("<main")[1]).split())


def test_v_22_a_regions_decision_counts_though_its_day_is_known_in_part_or_not_at_all() -> None:
    """The outcome is known; nobody has to make up a day for it. The same of nämndens meeting."""
    client = client_of_mover()
    told = {
        "benamning": "Ablationer",
        "regioner": list(REGIONER),
        "namnd_nar": "våren 2024",
        "namnd_punkt": "12",
        "rekommendationer": "samla",
        "beslut_halland_utfall": "avslag",
        "beslut_skane_utfall": "bifall",
        "beslut_skane_nar": "hösten 2024",
    }
    d = Delprojekt.objects.get(pk=_moved_in(client, "uppfoljning", told))
    assert str(d.namndbeslut.get()) == "Södra regionvårdsnämnden våren 2024 § 12"
    papers = Beslutshandling.objects.filter(namndbeslut__delprojekt=d).order_by("region__slug")
    assert [str(paper) for paper in papers] == ["Region Halland okänt datum", "Region Skåne hösten 2024"]
    assert build_lage(d).beslut.har_beslutat == {"halland", "skane"}
    said = words(client, d, "regioner")
    assert "2 av 4 beslut är inlagda" in said
    assert "okänt datum" in said
    assert "Inte beslutat" not in said
    assert said.count("Uppgift saknas") >= 2
    assert "Fristen är okänd" in words(client, d, "uppfoljning")
    assert client.get("/beslut-utan-handling/").status_code == 200


def _moved_in(client: Client, steg: str, told: dict[str, object]) -> int:
    answer = client.post(f"/inflyttning/nytt/?steg={steg}", told)
    assert answer.status_code == 302, answer.context["form"].errors
    return int(answer.headers["Location"].strip("/").split("/")[-1])


def test_v_22_tabs_say_that_it_is_not_known_and_those_who_are_told_count_in_the_grid() -> None:
    people = [{"fornamn": "Ada", "efternamn": "Berg", "epost": "", "region": "skane"}]
    d = inlagt(Steg.NULAGE, regioner=REGIONER, ledamoter=people)
    client = client_of_mover()
    for tab, denied in {
        "uppdrag": ("Inte skrivet än", "Inga punkter än", "Ingen tidplan än"),
        "arbetsgrupp": ("Ingen förfrågan är skickad", "Ingen är nominerad än", "ska finnas men saknas"),
        "forslag": ("Inte besvarat", "Inga instanser har tillfrågats än"),
    }.items():
        said = words(client, d, tab)
        assert "Uppgift saknas" in said
        for word in denied:
            assert word not in said, (tab, word)
    grid = words(client, d, "arbetsgrupp")
    assert grid.count("Ada Berg") == 2, "in the group, and in the grid"
    assert "någon från Blekinge, Halland, Kronoberg ." in grid or "någon från Blekinge, Halland, Kronoberg." in grid
    begun_here = world.delprojekt_in(Steg.UPPDRAG)
    assert "Inte skrivet än" in words(client, begun_here, "uppdrag")


def test_the_year_of_start_is_the_decisions_also_from_before_the_portal_and_known_in_part() -> None:
    one = Uppgift(Faktumslag.STARTBESLUT, date(2019, 10, 3), organ=Organslag.LEDNINGSGRUPP)
    part = Uppgift(Faktumslag.STARTBESLUT, date(2024, 5, 31), "våren 2024", organ=Organslag.LEDNINGSGRUPP)
    inlagt(Steg.NULAGE, nummer=60, fakta=[one])
    inlagt(Steg.NULAGE, nummer=61, fakta=[part])
    client = client_of_mover()
    for year, number in (("2019", 60), ("2024", 61)):
        page = client.get(f"/delprojekt/?startar={year}")
        assert [row.nummer for row in Delprojekt.objects.all() if row.get_absolute_url() in page.content.decode()] == [
            number
        ]
    book = load_workbook(BytesIO(b"".join(client.get("/delprojekt/excel/").streaming_content)))
    rows = list(book.active.values)
    at = next(row for row in rows if "Startår" in row).index("Startår")
    assert {row[at] for row in rows} >= {2019, 2024}


def test_v_22_completing_asks_about_days_that_do_not_follow_what_was_told_before() -> None:
    """The days that were told when it was moved in and the days that are told now are one order."""
    part = Uppgift(Faktumslag.STARTBESLUT, date(2024, 5, 31), "våren 2024", organ=Organslag.LEDNINGSGRUPP)
    d = inlagt(Steg.NULAGE, fakta=[part])
    client, url = client_of_mover(), f"/delprojekt/{d.pk}/gor/komplettera-i-efterhand/"
    key = client.get(url).context["form"]["nyckel"].value()
    typed = {"nyckel": key, "kalla": "Pärmen.", "uppdrag_faststallt_nar": "HT 2023"}
    asked = client.post(url, typed)
    assert asked.status_code == 422
    assert "”Uppdraget fastställt” är före ”Startbeslut”" in asked.content.decode()
    assert fresh(d).fakta.count() == 1
    assert client.post(url, {**typed, "ordningen": "on"}).status_code == 302
    assert fresh(d).fakta.count() == 2


def test_v_22_somebody_with_the_name_of_another_is_asked_about() -> None:
    world.person("ordforande")
    client, before = client_of_mover(), Person.objects.count()
    typed = {"benamning": "Axelkirurgi", "ordforande": "Karin Lind"}
    asked = client.post("/inflyttning/nytt/?steg=nulage", typed)
    assert asked.status_code == 422
    assert "Karin Lind finns redan: ordforande@exempel.se" in asked.content.decode()
    _moved_in(client, "nulage", {**typed, "ordforande": "Karin Lind; ordforande@exempel.se"})
    assert Person.objects.count() == before
    _moved_in(client, "nulage", {**typed, "benamning": "Ryggkirurgi", "samma_namn": "on"})
    assert Person.objects.count() == before + 1


def test_a_line_with_a_column_too_many_is_explained() -> None:
    assert "fler kolumner" in wrong("4;Axelkirurgi;Uppföljning;2021;;;till slut")[2]


def test_a_year_and_a_month_as_figures_are_a_month() -> None:
    assert parse_partial("2026-08") == date(2026, 8, 31)
    assert parse_partial("2026-13") is None


def test_v_22_what_is_corrected_of_a_decision_may_leave_its_day_unknown_or_say_it() -> None:
    """Nobody has to make up a day to correct something else; when it is known the deadline follows it."""
    d = inlagt(Steg.INFORANDE, regioner=REGIONER, namndbeslut={"datum_text": "våren 2024", "dag": date(2024, 5, 31)})
    number = number_of(Uppgiftslag.NAMNDBESLUT, d.namndbeslut.get().pk)
    said = {"objekt": number, "dnr": "2024-7", "lydelse": "", "justerat_date": None, "skal": "Ur pärmen."}
    world.do("kansli", Act.RATTA_UPPGIFT, d, **said, dag=None, punkt="12")
    assert str(d.namndbeslut.get()) == "Södra regionvårdsnämnden våren 2024 § 12"
    world.do("kansli", Act.RATTA_UPPGIFT, d, **said, dag=date(2024, 4, 18), punkt="12")
    row = d.namndbeslut.get()
    assert (str(row), row.datum_text) == ("Södra regionvårdsnämnden 18 april 2024 § 12", "")
    assert row.uppfoljningar.get().frist_date == date(2025, 4, 18)
