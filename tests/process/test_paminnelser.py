"""Reminders as a table: when each is due, to whom, and what stops it. No database."""

from datetime import date

import pytest

from delprojekt.process.fakta import Faktum, Faktumslag, Linjeniva
from delprojekt.process.frist import Paus, flytta, helgdagar, vardag
from delprojekt.process.grupp import Grupplage, Kandidat, Nomineringsstatus
from delprojekt.process.lage import Beslutslage, Forslagslage, Lage
from delprojekt.process.paminnelser import REGLER, Paminnelse, Paminnelseslag, forfallna
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from tests.process.snapshots import ALLA, lage, pausad

EXPEDIERAT = Faktum(Faktumslag.EXPEDIERAT, date(2026, 6, 15))
SVARAT = ALLA - {"skane"}
NAMND = date(2026, 6, 4)


def due(situation: Lage, slag: Paminnelseslag, today: date, *, weekdays: bool = False) -> list[Paminnelse]:
    """What is due of one kind on a day."""
    return [one for one in forfallna(situation, today, bara_vardagar=weekdays) if one.regel.slag is slag]


def first_days(situation: Lage, slag: Paminnelseslag, start: date, end: date) -> list[date]:
    """The days in a span on which a new reminder comes."""
    found: list[date] = []
    for n in range((end - start).days + 1):
        today = date.fromordinal(start.toordinal() + n)
        found += [today for one in due(situation, slag, today) if one.dag == today]
    return sorted(set(found))


def waiting_for_skane(**parts: object) -> Lage:
    answered = Beslutslage(mottagare=ALLA, har_svarat=SVARAT, namndbeslut_date=NAMND)
    return lage(Steg.HUVUDMANSBESLUT, EXPEDIERAT, beslut=answered, **parts)


# process.md §2.4: «Regionbeslut: expediering + 90 days: +60, +90, then every 30 to RK»; scenario.md step 22
def test_7_1_skane_is_reminded_after_60_90_120_and_150_days() -> None:
    days = first_days(waiting_for_skane(), Paminnelseslag.HUVUDMANSBESLUT, date(2026, 6, 15), date(2026, 11, 22))
    assert days == [date(2026, 8, 14), date(2026, 9, 13), date(2026, 10, 13), date(2026, 11, 12)]


def test_7_1_only_the_region_that_has_not_decided_is_reminded() -> None:
    found = due(waiting_for_skane(), Paminnelseslag.HUVUDMANSBESLUT, date(2026, 8, 14))
    assert [(one.tillfalle.region, one.roller) for one in found] == [("skane", {Roll.REGIONKONTAKT})]


def test_a_sunday_waits_for_monday_only_if_it_is_set_so() -> None:
    situation, sunday = waiting_for_skane(), date(2026, 9, 13)
    assert due(situation, Paminnelseslag.HUVUDMANSBESLUT, sunday)[0].dag == sunday
    assert due(situation, Paminnelseslag.HUVUDMANSBESLUT, sunday, weekdays=True)[0].dag == date(2026, 8, 14)
    assert due(situation, Paminnelseslag.HUVUDMANSBESLUT, date(2026, 9, 14), weekdays=True)[0].dag == sunday


def test_v_1_nothing_is_due_while_it_rests() -> None:
    assert not list(forfallna(pausad(waiting_for_skane()), date(2026, 11, 22)))


def test_v_1_a_pause_moves_the_reminders_by_its_days() -> None:
    rested = lage(
        Steg.HUVUDMANSBESLUT,
        EXPEDIERAT,
        Faktum(Faktumslag.PAUS, date(2026, 7, 1)),
        Faktum(Faktumslag.ATERUPPTAGET, date(2026, 7, 31)),
        beslut=Beslutslage(mottagare=ALLA, har_svarat=SVARAT, namndbeslut_date=NAMND),
    )
    days = first_days(rested, Paminnelseslag.HUVUDMANSBESLUT, date(2026, 8, 1), date(2026, 10, 14))
    assert days == [date(2026, 9, 13), date(2026, 10, 13)]


# «Uppföljning klar: SRVN approval + 12 calendar months: −120, −60, −30, 0, then monthly»
def test_5_8_the_follow_up_is_reminded_of_before_and_after_its_day() -> None:
    days = first_days(waiting_for_skane(), Paminnelseslag.UPPFOLJNING, date(2026, 6, 4), date(2027, 8, 31))
    assert days == [
        *(date(2027, 2, 4), date(2027, 4, 5), date(2027, 5, 5), date(2027, 6, 4)),
        *(date(2027, 7, 4), date(2027, 8, 4)),
    ]


def test_5_8_a_report_that_is_handed_in_is_not_reminded_of() -> None:
    done = lage(
        Steg.UPPFOLJNING,
        Faktumslag.UPPFOLJNINGSRAPPORT_KLAR,
        beslut=Beslutslage(mottagare=ALLA, namndbeslut_date=NAMND),
    )
    assert not due(done, Paminnelseslag.UPPFOLJNING, date(2027, 9, 1))


# M5-9 «Det åvilar kansliets kontaktperson att påminna och i vissa fall se till att kontakt etableras»
def test_m5_9_the_contact_person_is_reminded_every_week_until_there_is_a_contact_then_the_director_too() -> None:
    begun = {Steg.NULAGE: date(2026, 3, 2)}
    quiet = lage(Steg.NULAGE, steg_fran=begun)
    days = first_days(quiet, Paminnelseslag.CHEFSAMRAD, date(2026, 3, 2), date(2026, 4, 10))
    assert days == [date(2026, 3, 16), date(2026, 3, 23), date(2026, 3, 30), date(2026, 4, 6)]
    third = due(quiet, Paminnelseslag.CHEFSAMRAD, date(2026, 3, 30))[0]
    fourth = due(quiet, Paminnelseslag.CHEFSAMRAD, date(2026, 4, 6))[0]
    assert third.roller == {Roll.KONTAKTPERSON}
    assert fourth.roller == {Roll.KONTAKTPERSON, Roll.DIREKTOR}


@pytest.mark.parametrize(
    "parts",
    [
        {"rows": (Faktum(Faktumslag.LINJEKONTAKT, date(2026, 3, 9), val=Linjeniva.CHEFSAMRAD, steg=Steg.NULAGE),)},
        {"forslag": Forslagslage(chefsamrad_saknas=True)},
    ],
    ids=["met", "saknas"],
)
def test_m5_9_a_contact_or_that_there_is_none_ends_it(parts: dict) -> None:  # type: ignore[type-arg]
    rows = parts.pop("rows", ())
    met = lage(Steg.NULAGE, *rows, steg_fran={Steg.NULAGE: date(2026, 3, 2)}, **parts)
    assert not due(met, Paminnelseslag.CHEFSAMRAD, date(2026, 6, 1))


def test_m5_9_after_the_first_contact_each_step_is_reminded_of_once() -> None:
    met = Faktum(Faktumslag.LINJEKONTAKT, date(2026, 3, 9), val=Linjeniva.CHEFSAMRAD, steg=Steg.NULAGE)
    there = {Steg.NULAGE: date(2026, 3, 2), Steg.ANALYS: date(2026, 5, 4)}
    in_analys = lage(Steg.ANALYS, met, steg_fran=there)
    days = first_days(in_analys, Paminnelseslag.LINJEN, date(2026, 5, 4), date(2026, 12, 31))
    assert days == [date(2026, 5, 18)]
    again = Faktum(Faktumslag.LINJEKONTAKT, date(2026, 5, 6), val=Linjeniva.VERKSAMHET, steg=Steg.ANALYS)
    assert not due(lage(Steg.ANALYS, met, again, steg_fran=there), Paminnelseslag.LINJEN, date(2026, 6, 1))


# «Protokollsutdrag after anmält beslut: +14, +21»; «SG synpunkter per region: 21 days: −7, 0»
def test_5_6_a_decision_without_its_document_is_reminded_of_instead_of_the_decision() -> None:
    told = Beslutslage(mottagare=ALLA, har_svarat=SVARAT, utan_handling={"skane": date(2026, 9, 1)})
    situation = lage(Steg.INFORANDE, EXPEDIERAT, beslut=told)
    days = first_days(situation, Paminnelseslag.PROTOKOLLSUTDRAG, date(2026, 9, 1), date(2026, 12, 31))
    assert days == [date(2026, 9, 15), date(2026, 9, 22)]
    assert not due(situation, Paminnelseslag.HUVUDMANSBESLUT, date(2026, 11, 22))


def test_5_4_2_each_region_is_reminded_of_its_opinion_a_week_before_and_on_the_day() -> None:
    handed = Faktum(Faktumslag.SLUTRAPPORT_INLAMNAD, date(2026, 3, 2))
    said = Faktum(Faktumslag.REGIONSYNPUNKT, date(2026, 3, 4), region="skane", val="inget")
    situation = lage(Steg.ATGARDSFORSLAG, handed, said)
    days = first_days(situation, Paminnelseslag.REGIONSYNPUNKT, date(2026, 3, 2), date(2026, 6, 1))
    assert days == [date(2026, 3, 16), date(2026, 3, 23)]
    found = due(situation, Paminnelseslag.REGIONSYNPUNKT, date(2026, 3, 16))
    assert {one.tillfalle.region for one in found} == ALLA - {"skane"}


# «Avvaktar omprövning: set date or +6 months: 0»
@pytest.mark.parametrize(
    ("till", "day"), [(date(2026, 10, 1), date(2026, 10, 1)), (None, date(2026, 9, 2))], ids=["set", "half a year"]
)
def test_m5_1_4_what_waits_is_reminded_of_on_its_day(till: date | None, day: date) -> None:
    waits = Faktum(Faktumslag.AVVAKTAN, date(2026, 3, 2), till=till)
    found = first_days(lage(Steg.AVVAKTAR, waits), Paminnelseslag.AVVAKTAN, date(2026, 3, 2), date(2026, 10, 1))
    assert found[0] == day


# «Chefs godkännande: nomination + 14 days: +7, +14»
def test_m4_3_4_a_manager_who_has_not_answered_is_asked_about_after_one_and_two_weeks() -> None:
    waiting = Kandidat(5, "Jonas Öberg", Roll.LEDAMOT, Nomineringsstatus.TACKAT_JA, sedan=date(2026, 3, 2))
    asked = Grupplage(kandidater=(waiting,))
    days = first_days(
        lage(Steg.UPPDRAG, grupp=asked), Paminnelseslag.CHEFS_GODKANNANDE, date(2026, 3, 2), date(2026, 6, 1)
    )
    assert days == [date(2026, 3, 9), date(2026, 3, 16)]


def test_every_reminder_is_in_the_table_once_with_a_swedish_text() -> None:
    assert [rule.slag for rule in REGLER] == list(Paminnelseslag)
    for rule in REGLER:
        text = rule.text.format(dag="4 juni 2026", region="Region Skåne")
        assert text.endswith(".")
        assert "{" not in text
        assert rule.till


# Deadlines that stand still ---------------------------------------------------------------------------------------


def test_v_1_a_deadline_moves_by_the_pauses_before_it_and_not_by_those_after() -> None:
    today, since, day = date(2026, 12, 1), date(2026, 1, 1), date(2026, 6, 1)
    ten = Paus(date(2026, 3, 1), date(2026, 3, 11))
    late = Paus(date(2026, 8, 1), date(2026, 9, 1))
    assert flytta(day, since, (ten,), today) == date(2026, 6, 11)
    assert flytta(day, since, (ten, late), today) == date(2026, 6, 11)
    assert flytta(day, date(2026, 3, 6), (ten,), today) == date(2026, 6, 6)


def test_v_1_a_pause_that_goes_on_counts_until_today() -> None:
    assert flytta(date(2026, 6, 1), date(2026, 1, 1), (Paus(date(2026, 5, 1)),), date(2026, 5, 21)) == date(2026, 6, 21)


def test_v_1_a_pause_that_a_move_ended_ended_with_the_step() -> None:
    rested = Faktum(Faktumslag.PAUS, date(2026, 3, 1))
    moved = lage(Steg.ANALYS, rested, steg_fran={Steg.ANALYS: date(2026, 3, 21)})
    assert moved.pauser == (Paus(date(2026, 3, 1), date(2026, 3, 21)),)
    assert pausad(moved).pauser == (Paus(date(2026, 3, 1)),)


@pytest.mark.parametrize(
    ("day", "next_day"),
    [
        (date(2026, 9, 13), date(2026, 9, 14)),  # Sunday
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday, then Easter
        (date(2026, 6, 19), date(2026, 6, 22)),  # Midsummer Eve
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 5, 14), date(2026, 5, 15)),  # Ascension Day
        (date(2026, 11, 12), date(2026, 11, 12)),
    ],
)
def test_a_working_day_is_no_weekend_and_no_holiday(day: date, next_day: date) -> None:
    assert vardag(day) == next_day


def test_easter_is_where_the_calendar_has_it() -> None:
    assert date(2025, 4, 21) in helgdagar(2025)
    assert date(2027, 3, 29) in helgdagar(2027)
