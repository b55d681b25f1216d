"""What happens beside the main line, by clicking: a substitute, a pause, and a second round of follow-up."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from delprojekt.models import Innehav, Vantar
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.browser.resa import Resenar
from tests.world import delprojekt_in, do, everybody, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def resa(contexts: Callable[..., BrowserContext]) -> Resenar:
    everybody()
    return Resenar(contexts)


def test_4_5_a_substitute_is_appointed_until_a_day(resa: Resenar) -> None:
    """Mandates limited in time: the substitute acts as the one replaced, and both pages say until when."""
    Innehav.objects.create(person=person("kansli2"), roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    replaced, last = person("samarbetsgrupp.skane"), idag() + timedelta(days=30)
    page = resa.page("kansli2")
    page.goto(f"/personer/{replaced.pk}/")
    page.get_by_role("link", name="Utse ersättare").click()
    resa.fill(page, {"Ersättare": "Disa Quist", "Till och med": last.isoformat(), "Beslutat av": "Regiondirektören"})
    with page.expect_navigation():
        page.get_by_role("button", name="Utse ersättare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(replaced))
    page.goto(f"/personer/{person('medarbetare').pk}/")
    row = page.locator("main tr").filter(has_text=str(replaced))
    expect(row).to_contain_text(last.isoformat())
    own = resa.page("medarbetare")
    own.goto("/samarbetsgruppen/")
    expect(own.get_by_role("heading", level=1)).to_have_text("Samarbetsgruppen")


def test_v_1_a_pause_freezes_the_days_and_ends(resa: Resenar) -> None:
    """V-1: while it rests nothing is due; afterwards the last day is later by as long as it rested."""
    first, last = idag() - timedelta(days=7), idag() + timedelta(days=14)
    with klocka.vid(idag() - timedelta(days=10)):
        d = delprojekt_in(Steg.UPPDRAG)
        do("kansli", Act.BE_OM_NOMINERINGAR, d, till=last)
    resa.address = d.get_absolute_url()
    resa.do("kansli", "Pausa", {"Ledningsgruppens möte": first.isoformat(), "Varför": "Resurser saknas."})
    page = resa.look("kansli")
    expect(page.locator("main")).to_contain_text("Pausat sedan")
    assert not Vantar.objects.filter(delprojekt=d, frist_date__isnull=False).exists()
    expect(page.get_by_role("link", name="Be om nomineringar")).to_have_count(0)
    resa.do("kansli", "Återuppta")
    moved = Vantar.objects.filter(delprojekt=d, act=Act.NOMINERA, region__isnull=False).values_list(
        "frist_date", "frist_utan_paus_date"
    )
    assert set(moved) == {(last + timedelta(days=7), last)}


def test_5_8_a_second_round_of_follow_up(resa: Resenar) -> None:
    """M5.8-7, I-6: ask, values, three redovisningar, and one more round."""
    d = delprojekt_in(Steg.INFORANDE)
    resa.address = d.get_absolute_url()
    resa.do("kansli", "Fråga någon om att göra uppföljningen", {"Vem frågar du?": "Karin Lind, arbetsgruppen"})
    question = {"tab": "Uppföljning", "link": "Svara på frågan till Karin Lind"}
    resa.do("ordforande", "Svara på frågan om uppföljning", {"Ja": True}, **question)
    resa.do("kansli", "Börja uppföljningen", why="Uppföljningen kan inte vänta.")
    values = {"Period": "februari 2027", "Antal möten": "512"}
    resa.do("ordforande", "Fyll i mätvärden", values, tab="Uppföljning")
    result: dict[str, str | bool] = {"Insats: vad har gjorts?": "Fasta tider.", "Effekt: vad har det gett?": "Snabbt."}
    resa.do("ordforande", "Fyll i uppföljningens resultat", result, tab="Uppföljning")
    resa.write("ordforande", "Skriv uppföljningsrapporten", "Översikt", {"13.7 Slutsats": "Målen är nådda."})
    resa.do("ordforande", "Lämna uppföljningsrapporten", why="Patienterna tillfrågas i nästa omgång.")
    day = idag().isoformat()
    for body in ("Samarbetsgruppen", "Ledningsgruppen", "Nämnden"):
        resa.do("kansli", "Anteckna en redovisning", {body: True, "Mötets datum": day, "Skriftligt": True})
    resa.do(
        "kansli",
        str(Act.BESLUTA_YTTERLIGARE_UPPFOLJNING.label),
        {"Ledningsgruppen": True, "Mötets datum": day, "Varför": "Ett år till."},
    )
    page = resa.look("kansli", "Uppföljning")
    expect(page.get_by_role("heading", name="Omgång 2")).to_be_visible()
