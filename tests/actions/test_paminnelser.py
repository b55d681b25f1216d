"""The daily job: who is reminded, once, and what is kept of it."""

from datetime import date

import pytest
from django.core.management import call_command

from delprojekt.actions.paminnelse import remind
from delprojekt.models import Delprojekt, Paminnelse, Sjukvardsregion, Utskick
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.paminnelser import Paminnelseslag
from delprojekt.process.steg import Steg
from delprojekt.queries.paminnelse import last_reminders
from tests.world import actor, decide_in, delprojekt_in, do, everybody, person, verify

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 8, 14), date(2026, 9, 13), date(2026, 10, 13), date(2026, 11, 12)]


@pytest.fixture
def skane_is_silent() -> Delprojekt:
    """Sent to the regions on 15 June 2026; three of them have decided (scenario.md, step 22)."""
    with klocka.vid(date(2026, 6, 4)):
        everybody()
        d = delprojekt_in(Steg.HUVUDMANSBESLUT)
    with klocka.vid(date(2026, 6, 15)):
        do("namndsekreterare", Act.EXPEDIERA, d, dag=date(2026, 6, 15))
        for region in ("blekinge", "halland", "kronoberg"):
            verify(d, decide_in(d, region))
    return d


def remind_every_day(start: date, end: date) -> None:
    for n in range((end - start).days + 1):
        with klocka.vid(date.fromordinal(start.toordinal() + n)):
            remind()


def sent(d: Delprojekt, slag: Paminnelseslag = Paminnelseslag.HUVUDMANSBESLUT) -> list[tuple[date, str, str]]:
    rows = Paminnelse.objects.filter(delprojekt=d, slag=slag).select_related("person").order_by("pk")
    return [(row.date, timestamp(row), row.person.epost) for row in rows]


def timestamp(row: Paminnelse) -> str:
    return f"{row.skickad_at.astimezone(klocka.STOCKHOLM):%Y-%m-%d}"


def test_7_1_skane_and_nobody_else_is_reminded_on_the_four_days(skane_is_silent: Delprojekt) -> None:
    remind_every_day(date(2026, 8, 10), date(2026, 11, 22))
    assert sent(skane_is_silent) == [(day, day.isoformat(), "region.skane@exempel.se") for day in DAYS]


def test_a_reminder_on_a_sunday_is_sent_on_monday_if_it_is_set_so(skane_is_silent: Delprojekt) -> None:
    Sjukvardsregion.objects.update(paminn_bara_vardagar=True)
    remind_every_day(date(2026, 9, 11), date(2026, 9, 15))
    assert [row[:2] for row in sent(skane_is_silent)] == [
        (date(2026, 8, 14), "2026-09-11"),
        (date(2026, 9, 13), "2026-09-14"),
    ]


def test_run_twice_it_sends_once(skane_is_silent: Delprojekt) -> None:
    with klocka.vid(DAYS[0]):
        first, again = remind(), remind()
    assert first > 0
    assert again == 0
    assert len(sent(skane_is_silent)) == 1


def test_a_job_that_was_away_sends_the_latest_once_and_not_all_it_missed(skane_is_silent: Delprojekt) -> None:
    with klocka.vid(date(2026, 10, 20)):
        remind()
    assert [row[0] for row in sent(skane_is_silent)] == [date(2026, 10, 13)]


def test_it_stops_when_the_region_has_decided(skane_is_silent: Delprojekt) -> None:
    remind_every_day(date(2026, 8, 14), date(2026, 8, 14))
    decide_in(skane_is_silent, "skane")
    remind_every_day(date(2026, 9, 13), date(2026, 9, 13))
    assert [row[0] for row in sent(skane_is_silent)] == [date(2026, 8, 14)]


def test_a_decision_without_its_document_asks_for_the_document(skane_is_silent: Delprojekt) -> None:
    with klocka.vid(date(2026, 8, 3)):
        decide_in(skane_is_silent, "skane", file=False)
    remind_every_day(date(2026, 8, 14), date(2026, 8, 24))
    assert not sent(skane_is_silent)
    papers = sent(skane_is_silent, Paminnelseslag.PROTOKOLLSUTDRAG)
    assert [row[0] for row in papers] == [date(2026, 8, 17), date(2026, 8, 24)]


def test_the_mail_says_what_and_where_and_the_page_says_when(skane_is_silent: Delprojekt) -> None:
    with klocka.vid(DAYS[1]):
        remind()
    mail = Utskick.objects.get(paminnelse__slag=Paminnelseslag.HUVUDMANSBESLUT)
    assert mail.adress == "region.skane@exempel.se"
    assert mail.amne.startswith("Påminnelse: Regionens beslut")
    assert "Region Skåne har inte lämnat sitt beslut" in mail.text
    assert "15 juni 2026" in mail.text
    assert skane_is_silent.get_absolute_url() in mail.text
    latest = last_reminders(actor("kansli"), skane_is_silent)
    assert [(row.slag, str(row.region), row.date) for row in latest] == [
        ("huvudmansbeslut", "Region Skåne", DAYS[1]),
    ]


def test_the_contact_person_is_reminded_of_the_chefsamrad_and_then_the_director() -> None:
    with klocka.vid(date(2026, 3, 2)):
        everybody()
        d = delprojekt_in(Steg.NULAGE)
    remind_every_day(date(2026, 3, 3), date(2026, 4, 6))
    rows = sent(d, Paminnelseslag.CHEFSAMRAD)
    assert [row[0] for row in rows if row[2] == "kansli@exempel.se"] == [
        *(date(2026, 3, 16), date(2026, 3, 23), date(2026, 3, 30), date(2026, 4, 6)),
    ]
    assert [row[0] for row in rows if row[2] == "direktor@exempel.se"] == [date(2026, 4, 6)]
    do("ordforande", Act.REGISTRERA_LINJEKONTAKT, d, dag=date(2026, 4, 7), val="chefsamrad", part="Kirurgi")
    remind_every_day(date(2026, 4, 13), date(2026, 4, 20))
    assert len(sent(d, Paminnelseslag.CHEFSAMRAD)) == len(rows)


def test_what_is_paused_or_ended_reminds_nobody(skane_is_silent: Delprojekt) -> None:
    meeting = {"organ": "ledningsgrupp", "dag": date(2026, 7, 1), "text": "Resurser saknas."}
    with klocka.vid(date(2026, 7, 1)):
        do("sekreterare", Act.PAUSA, skane_is_silent, **meeting)
    remind_every_day(date(2026, 8, 14), date(2026, 8, 15))
    assert not Paminnelse.objects.filter(delprojekt=skane_is_silent).exists()


def test_somebody_without_an_address_is_passed_over(skane_is_silent: Delprojekt) -> None:
    them = person("region.skane")
    them.epost = ""
    them.save()
    with klocka.vid(DAYS[0]):
        remind()
    assert not sent(skane_is_silent)


def test_the_job_runs_as_a_command(skane_is_silent: Delprojekt, capsys: pytest.CaptureFixture[str]) -> None:
    with klocka.vid(DAYS[0]):
        call_command("kor_jobb", "paminn")
    assert "paminn: 1" in capsys.readouterr().out
    assert len(sent(skane_is_silent)) == 1


def test_a_wrong_document_asks_for_the_right_one_and_not_for_the_decision(skane_is_silent: Delprojekt) -> None:
    with klocka.vid(date(2026, 9, 29)):
        wrong = decide_in(skane_is_silent, "skane")
    with klocka.vid(date(2026, 10, 1)):
        do("kansli", Act.GRANSKA_HANDLING, skane_is_silent, objekt=wrong.pk, granskning="fel", text="Fel paragraf.")
    remind_every_day(date(2026, 10, 10), date(2026, 10, 16))
    assert not sent(skane_is_silent)
    assert [row[0] for row in sent(skane_is_silent, Paminnelseslag.PROTOKOLLSUTDRAG)] == [date(2026, 10, 15)]
