"""The demo as a whole: who can log in, what waits for them, where it may be built."""

from datetime import date, datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from delprojekt.demo import DEMODAG
from delprojekt.demo.konton import KONTON, LOSENORD
from delprojekt.demo.vandring import actor
from delprojekt.models import Beslutshandling, Delprojekt, Handelse, Konto, Person, Utskick, Vantar
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from delprojekt.queries.delprojekt import pending_for
from delprojekt.web.forms.falt import check_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
REGIONER = ("blekinge", "halland", "kronoberg", "skane")
ISSUED = (
    *("kansli", "administrator", "kommunikator", "direktor", "samarbetsgrupp.skane"),
    *(f"ledningsgrupp.{region}" for region in REGIONER),
    *("sekreterare", "styrgrupp", "namndsekreterare", "ordforande", "ledamot", "processledare"),
    *("patientforetradare", "chefsamrad"),
    *(f"region.{region}" for region in REGIONER),
)


def test_the_command_says_what_it_built(demo: str) -> None:
    assert demo == f"Demon är byggd: 12 delprojekt och {len(KONTON)} konton (lösenord: demo).\n"


def test_a_second_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = [model.objects.count() for model in (Delprojekt, Handelse, Utskick, Person, Konto)]
    call_command("bygg_demo")
    assert capsys.readouterr().out == "Det finns redan delprojekt. Inget är ändrat.\n"
    assert [model.objects.count() for model in (Delprojekt, Handelse, Utskick, Person, Konto)] == before


def test_it_is_refused_outside_demo_mode(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match=r"Demon kan bara byggas i demoläge .* Inget är ändrat\."):
        call_command("bygg_demo")


def test_there_is_an_account_for_every_role_in_the_order_the_login_page_shows_them() -> None:
    assert tuple(konto.epost for konto in KONTON) == tuple(f"{word}@exempel.se" for word in ISSUED)
    assert all(konto.namn and konto.roll for konto in KONTON)


@pytest.mark.parametrize("epost", [konto.epost for konto in KONTON])
def test_everybody_can_log_in_and_sees_a_start_page(client: Client, epost: str) -> None:
    answer = client.post(reverse("account_login"), {"login": epost, "password": LOSENORD})
    assert answer.status_code == 302
    assert client.get("/").status_code == 200


def test_the_login_page_has_a_button_for_each_account_in_demo_mode_only(client: Client, settings: Settings) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert [konto.epost for konto in KONTON if f'value="{konto.epost}"' not in page] == []
    settings.DEMO = False
    assert "Prova som" not in client.get(reverse("account_login")).content.decode()


def test_in_demo_mode_the_clock_stands_on_the_demos_day() -> None:
    try:
        klocka.stall(None)
        apps.get_app_config("delprojekt").ready()
        assert klocka.idag() == DEMODAG == date(2026, 11, 22)
    finally:
        klocka.stall(DEMODAG)


def test_outside_demo_mode_the_clock_goes(settings: Settings) -> None:
    settings.DEMO = False
    try:
        klocka.stall(None)
        apps.get_app_config("delprojekt").ready()
        assert klocka.idag() == datetime.now(klocka.STOCKHOLM).date()
    finally:
        klocka.stall(DEMODAG)


def test_the_delprojekt_stand_in_different_steps() -> None:
    here = dict(Delprojekt.objects.values_list("benamning", "steg"))
    assert here["Kliniska distansmöten"] == Steg.INFORANDE
    assert here["Urologisk kirurgi"] == Steg.LEDNINGSGRUPP
    assert here["Palliativ vård barn"] == Steg.AVSLUTAT
    assert set(here.values()) == {
        *(Steg.PROJEKTFORSLAG, Steg.BEREDNING, Steg.AVVAKTAR, Steg.UPPDRAG, Steg.NULAGE, Steg.ANALYS),
        *(Steg.LEDNINGSGRUPP, Steg.NAMND, Steg.INFORANDE, Steg.AVSLUTAT),
    }


def test_real_delprojekt_have_their_own_number_or_none() -> None:
    numbers = dict(Delprojekt.objects.values_list("benamning", "nummer"))
    assert numbers["Urologisk kirurgi"] == 28
    assert numbers["Palliativ vård barn"] == 27
    assert numbers["Ortopedi – ryggkirurgi"] is None


@pytest.mark.parametrize(
    ("who", "act"),
    [
        ("kansli", Act.TILLFRAGA_UPPFOLJARE),
        ("direktor", Act.UTSE_KONTAKTPERSON),
        ("samarbetsgrupp.skane", Act.REGISTRERA_BEHOV),
        ("ledningsgrupp.skane", Act.LAMNA_STALLNING),
        ("sekreterare", Act.BESLUTA_START),
        ("sekreterare", Act.SKRIV_BESLUTSFORSLAG),
        ("namndsekreterare", Act.BERED_POLITISKT),
        ("ordforande", Act.BORJA_ATGARDSFORSLAG),
        ("ledamot", Act.SKICKA_IN_FORSLAG),
        ("region.skane", Act.REGISTRERA_HUVUDMANSBESLUT),
    ],
)
def test_something_waits_for(who: str, act: Act) -> None:
    assert act in {row.act for row in pending_for(actor(who))}


def test_what_happened_is_logged_in_the_order_of_the_days() -> None:
    days = list(Handelse.objects.order_by("pk").values_list("hande_at", flat=True))
    assert len(days) > 300
    assert days == sorted(days)
    assert days[-1].date() <= DEMODAG


def test_nothing_waits_for_more_than_there_is_a_rule_for() -> None:
    assert Vantar.objects.filter(delprojekt__steg__in=[Steg.AVSLUTAT]).count() == 0


def test_no_mail_of_the_story_is_sent_again() -> None:
    assert Utskick.objects.count() > 300
    assert not Utskick.objects.filter(sent_at=None).exists()
    newest = Utskick.objects.latest("pk")
    assert newest.sent_at == newest.created_at == newest.handelse.hande_at


def test_what_the_regions_handed_in_are_files_the_portal_would_accept() -> None:
    papers = Beslutshandling.objects.all()
    assert papers.count() == 8
    for paper in papers:
        with paper.fil.open() as file:
            check_file(file)
            file.seek(0)
            content = file.read()
        assert content.startswith(b"%PDF-1.7")
        assert content.endswith(b"%%EOF\n")
        assert content[int(content.split(b"startxref\n")[1].split()[0]) :].startswith(b"xref")


def test_all_are_invented_and_nobody_has_a_real_address() -> None:
    assert not Person.objects.exclude(epost__endswith="@exempel.se").exists()
    assert not Utskick.objects.exclude(adress__endswith="@exempel.se").exists()
