"""Sentences of §5.8: the follow-up and how its round closes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Delprojekt, Uppfoljningsforfragan, Uppfoljningsomgang, Uppfoljningsparameter
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.granser import plus_dagar, plus_manader
from delprojekt.process.klocka import idag
from delprojekt.process.krav import Krav
from delprojekt.process.matning import Malstatus, Trend, andel
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Why, decide, sentence
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from delprojekt.queries.uppfoljning import rounds
from tests import uppfoljt
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas
from tests.world import DAG, actor, fresh

ORGAN = ("samarbetsgrupp", "ledningsgrupp", "namnd")


# M5.8-3 «uppföljning bör göras inom 12 månader efter slutrapportens godkännande i nämnden»
def test_5_8_the_follow_up_is_due_twelve_months_after_namndens_approval(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning

    due = POLICY[Act.LAMNA_UPPFOLJNINGSRAPPORT].frist(build_lage(dp))

    assert (dp.namndbeslut.get().arende.mote.date, due) == (date(2026, 3, 2), date(2027, 3, 2))


# M5.8-4 «Vanligen är det den tidigare ordföranden som tillfrågas»
def test_5_8_no_follow_up_without_somebody_who_makes_it(i_inforande: Delprojekt) -> None:
    dp = i_inforande

    assert saknas("kansli", Act.BORJA_UPPFOLJNING, dp) == {"M5.8-4"}

    asked = uppfoljt.ask(dp)
    assert saknas("kansli", Act.BORJA_UPPFOLJNING, dp) == {"M5.8-4"}

    gor("ordforande", Act.BESVARA_FORFRAGAN, dp, objekt=asked.pk, svar="ja")
    gor("kansli", Act.BORJA_UPPFOLJNING, dp)


def test_5_8_29_february_is_followed_up_by_the_28th_a_year_later() -> None:
    assert plus_manader(date(2028, 2, 29), 12) == date(2029, 2, 28)


# scenario 25: Karin Lind tackar nej, Petra Wikström och Jonas Öberg tackar ja
def test_5_8_when_the_chair_says_no_members_of_the_group_are_asked_without_a_motivering(
    i_inforande: Delprojekt,
) -> None:
    dp = i_inforande
    asked = uppfoljt.ask(dp)
    with pytest.raises(Ogiltigt, match="Skriv varför"):
        gor("ordforande", Act.BESVARA_FORFRAGAN, dp, objekt=asked.pk, svar="nej")
    gor("ordforande", Act.BESVARA_FORFRAGAN, dp, objekt=asked.pk, svar="nej", skal="Har bytt arbete.")

    said = [gor("kansli", Act.TILLFRAGA_UPPFOLJARE, dp, "", person=h.world.person("ledamot").pk).rad]
    for who in ("ledamot", "region.blekinge"):
        if who == "ledamot":
            answer_for(dp, who)
        else:
            h.tackar_ja(dp, who)

    assert said == [[]]
    held = dp.innehav.filter(roll="uppfoljningsansvarig", till_date=None)
    assert {row.person.epost for row in held} == {"ledamot@exempel.se", "region.blekinge@exempel.se"}
    gor("kansli", Act.BORJA_UPPFOLJNING, dp)


def answer_for(dp: Delprojekt, who: str) -> None:
    row = Uppfoljningsforfragan.objects.get(person=h.world.person(who), svar="", omgang__namndbeslut__delprojekt=dp)
    gor(who, Act.BESVARA_FORFRAGAN, dp, objekt=row.pk, svar="ja")


@pytest.mark.parametrize(
    ("who", "advice"),
    [
        ("ordforande", []),
        ("ledamot", ["TIDIGARE_ORDFORANDE"]),
        ("utomstaende", ["TIDIGARE_ORDFORANDE", "UR_ARBETSGRUPPEN"]),
    ],
)
def test_5_8_who_is_asked_first_and_who_takes_a_motivering(
    i_inforande: Delprojekt, who: str, advice: list[str]
) -> None:
    event = gor("kansli", Act.TILLFRAGA_UPPFOLJARE, i_inforande, person=h.world.person(who).pk)

    assert event.rad == advice
    assert event.utskick.filter(person=h.world.person(who)).exists(), "the one who is asked gets a mail"


def test_5_8_nobody_answers_for_another_but_kansliet(i_inforande: Delprojekt) -> None:
    dp = i_inforande
    asked = uppfoljt.ask(dp)

    assert nekas("ledamot", Act.BESVARA_FORFRAGAN, dp, objekt=asked.pk, svar="ja").why is Why.NOT_YOURS
    uppfoljt.ask(dp, "ledamot")
    with pytest.raises(Ogiltigt):
        gor("ledamot", Act.BESVARA_FORFRAGAN, dp, objekt=asked.pk, svar="ja")

    gor("kansli", Act.BESVARA_FORFRAGAN, dp, objekt=asked.pk, svar="ja")


# M5.8-3: editable with a reason; overdue is explained and never blocks (E10)
def test_5_8_the_deadline_is_moved_with_a_reason(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning
    with pytest.raises(Ogiltigt):
        gor("kansli", Act.ANDRA_UPPFOLJNINGSFRIST, dp, frist=date(2027, 8, 1), text="")

    gor("kansli", Act.ANDRA_UPPFOLJNINGSFRIST, dp, frist=date(2027, 8, 1), text="Personalbrist.")

    assert POLICY[Act.LAMNA_UPPFOLJNINGSRAPPORT].frist(build_lage(fresh(dp))) == date(2027, 8, 1)


def test_e10_an_overdue_follow_up_takes_a_reason_and_is_not_stopped(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning
    h.world.write("ordforande", dp, "uppfoljningsrapport_slutsats")
    Uppfoljningsomgang.objects.update(frist_date=idag())
    on_time = decide(h.som(Roll.UPPFOLJNINGSANSVARIG, i=dp), Act.LAMNA_UPPFOLJNINGSRAPPORT, build_lage(fresh(dp)))
    Uppfoljningsomgang.objects.update(fran_date=date(2020, 1, 1), frist_date=plus_dagar(idag(), -1))

    with pytest.raises(MotiveringSaknas):
        gor("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, dp, motivering="")
    event = gor("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, dp, motivering="Personalbrist i fem månader.")

    assert Krav.INOM_FRISTEN not in on_time.advice
    assert "INOM_FRISTEN" in event.rad


# I-19 «redovisa insatser och effekter», M5.8-2
def test_i_19_a_report_without_what_was_done_and_what_it_gave_warns(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning
    h.world.write("ordforande", dp, "uppfoljningsrapport_slutsats")
    gor("ordforande", Act.SAMMANSTALL_UPPFOLJNING, dp, insats="Fasta tider.", effekt="")
    lage = build_lage(fresh(dp))
    ansvarig = h.som(Roll.UPPFOLJNINGSANSVARIG, i=dp)
    before = decide(ansvarig, Act.LAMNA_UPPFOLJNINGSRAPPORT, lage).advice

    uppfoljt.measure(dp)

    after = decide(ansvarig, Act.LAMNA_UPPFOLJNINGSRAPPORT, build_lage(fresh(dp))).advice
    assert {Krav.INSATS_OCH_EFFEKT, Krav.MATVARDEN_FINNS} <= set(before)
    assert not {Krav.INSATS_OCH_EFFEKT, Krav.MATVARDEN_FINNS} & set(after)


# I-14 «patienters erfarenheter, upplevelser och synpunkter»
@pytest.mark.parametrize(("kravs", "text", "stopped"), [(True, "", True), (True, "Nöjda.", False), (False, "", False)])
def test_i_14_a_region_that_asks_for_it_gets_patientsynpunkter_in_the_follow_up(
    i_uppfoljning: Delprojekt, kravs: bool, text: str, stopped: bool
) -> None:
    dp = i_uppfoljning
    h.world.write("ordforande", dp, "uppfoljningsrapport_slutsats")
    gor("ordforande", Act.SAMMANSTALL_UPPFOLJNING, dp, insats="A.", effekt="B.", patientsynpunkter=text)
    lage = replace(build_lage(fresh(dp)), patientsynpunkter_kravs=kravs)

    decision = decide(h.som(Roll.UPPFOLJNINGSANSVARIG, i=dp), Act.LAMNA_UPPFOLJNINGSRAPPORT, lage)

    assert decision.missing == ((Krav.PATIENTSYNPUNKTER_REDOVISADE,) if stopped else ())


# M5.8-8, scenario 26: 120 läkare, 78 svar
def test_5_8_more_answers_than_were_asked_is_a_slip(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning
    told = {"insats": "A.", "effekt": "B.", "enkat_fragade": 78}

    with pytest.raises(Ogiltigt):
        gor("ordforande", Act.SAMMANSTALL_UPPFOLJNING, dp, **told, enkat_svar=120)
    gor("ordforande", Act.SAMMANSTALL_UPPFOLJNING, dp, **{**told, "enkat_fragade": 120}, enkat_svar=78)

    row = Uppfoljningsomgang.objects.get(namndbeslut__delprojekt=dp)
    assert andel(row.enkat_svar, row.enkat_fragade) == 65


# I-6, I-7, scenario 26: two of four parameters on the highest level is exactly half
def test_5_8_two_of_four_on_the_highest_level_is_enough(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning
    plan = h.omgang(dp).plan
    for n in range(3):
        plan.parametrar.create(namn=f"Parameter {n}", ordning=n + 1)
    rows = list(plan.parametrar.order_by("ordning"))
    plan.parametrar.update(nivaer=["röd", "gul", "grön"], utgangsvarde="246")
    levels = ("grön", "grön", "gul", "röd")
    values = {row.pk: (Decimal(512), level) for row, level in zip(rows, levels, strict=True)}

    gor("ordforande", Act.REGISTRERA_MATVARDEN, dp, varden=values, period="februari 2027")

    (part,) = rounds(actor("kansli"), dp, h.omgang(dp))
    assert (part.malstatus, part.antal_hogsta, part.bedomda) == (Malstatus.UPPFYLLT, 2, 4)
    assert {line.trend for line in part.parametrar} == {Trend.BATTRE}
    wrong = {rows[0].pk: (Decimal(1), "lila")}
    with pytest.raises(Ogiltigt):
        gor("ordforande", Act.REGISTRERA_MATVARDEN, dp, varden=wrong, period="mars 2027")


def test_i_3_a_regions_level_is_not_shown_as_the_sjukvardsregions(i_uppfoljning: Delprojekt) -> None:
    dp = i_uppfoljning
    row = h.omgang(dp).plan.parametrar.get()
    h.omgang(dp).plan.parametrar.update(nivaer=["röd", "grön"])

    value = {row.pk: (Decimal(90), "grön")}
    gor("ordforande", Act.REGISTRERA_MATVARDEN, dp, varden=value, region="skane", period="februari 2027")

    (part,) = rounds(actor("kansli"), dp, h.omgang(dp))
    assert part.malstatus is Malstatus.EJ_BEDOMBART
    assert len(part.parametrar[0].matvarden) == 1


# M5.8-11 «redovisas för samarbetsgruppen, ledningsgruppen och nämnden»
@pytest.mark.parametrize("act", [Act.AVSLUTA, Act.BESLUTA_YTTERLIGARE_UPPFOLJNING])
@pytest.mark.parametrize("absent", ORGAN)
def test_5_8_the_round_does_not_close_before_all_three_bodies_have_been_told(
    klar_uppfoljning: Delprojekt, act: Act, absent: str
) -> None:
    dp = h.redovisa(klar_uppfoljning, *(organ for organ in ORGAN if organ != absent))

    assert saknas("kansli", act, dp, **h.lg_mote()) == {"M5.8-11"}

    gor("kansli", act, h.redovisa(dp, absent), **h.lg_mote())


def test_5_8_telling_the_same_body_three_times_is_not_telling_three_bodies(klar_uppfoljning: Delprojekt) -> None:
    dp = h.redovisa(klar_uppfoljning, "namnd", "namnd", "namnd")

    assert saknas("kansli", Act.AVSLUTA, dp, **h.lg_mote()) == {"M5.8-11"}


def test_5_8_a_report_that_is_not_handed_in_can_not_be_told_of(
    i_uppfoljning: Delprojekt, klar_uppfoljning: Delprojekt
) -> None:
    dp = i_uppfoljning
    told = {**h.mote("samarbetsgrupp"), "val": "muntlig"}

    assert saknas("kansli", Act.REDOVISA_UPPFOLJNING, dp, **told) == {"M5.8-7"}

    h.redovisa(klar_uppfoljning, "samarbetsgrupp")


# M5.8-11 «redovisas för»: a body is told of a report that is there, and what is told of is what is decided on
def test_m5_8_11_no_body_is_told_before_the_report_and_nothing_is_decided_before_they_are_told(
    i_uppfoljning: Delprojekt,
) -> None:
    """M5.8-11, M5.8-12: the days follow each other, and the refusal says which day and why."""
    dp, ready, last = i_uppfoljning, DAG + timedelta(days=7), DAG + timedelta(days=14)
    h.skriv(dp, "uppfoljningsrapport_slutsats")
    gor("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, dp, dag=ready)
    told = {"val": "skriftlig"}
    with pytest.raises(Ogiltigt, match=f"före {skriv(ready)} .Uppföljningsrapporten lämnad"):
        gor("kansli", Act.REDOVISA_UPPFOLJNING, dp, **h.mote("samarbetsgrupp", DAG), **told)
    for one, day in (("samarbetsgrupp", ready), ("ledningsgrupp", ready), ("namnd", last)):
        gor("kansli", Act.REDOVISA_UPPFOLJNING, dp, **h.mote(one, day), **told)

    for act in (Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, Act.AVSLUTA):
        with pytest.raises(Ogiltigt, match=f"före {skriv(last)} .Uppföljningen redovisad"):
            gor("kansli", act, dp, **h.lg_mote(ready))
    event = gor("kansli", Act.AVSLUTA, dp, **h.lg_mote(last))
    assert event.mening.startswith("Delprojektet avslutades i ledningsgruppen.")


def test_m5_8_11_a_secretary_notes_what_her_own_body_was_told(klar_uppfoljning: Delprojekt) -> None:
    """M5.8-11: nämndens secretary speaks for nämnden, ledningsgruppens for ledningsgruppen; kansliet for all."""
    dp, act = klar_uppfoljning, Act.REDOVISA_UPPFOLJNING
    own = {"namndsekreterare": "namnd", "sekreterare": "ledningsgrupp"}
    for who, body in own.items():
        for other in set(ORGAN) - {body}:
            assert nekas(who, act, dp, **h.mote(other), val="skriftlig").why is Why.NOT_YOURS
        form = h.formular(who, act, dp, dag="2026-03-02", val="skriftlig")
        assert form.is_valid(), form.errors
        assert ("organ" in form.fields, form.underlag()["organ"]) == (False, body)
        gor(who, act, dp, **form.underlag())
    assert len(h.formular("kansli", act, dp).fields["organ"].choices) == len(ORGAN)  # type: ignore[attr-defined]


# M5.8-12 «Utifrån uppnådda resultat kan det bli aktuellt med ytterligare uppföljning»
def test_5_8_a_new_round_needs_its_own_report_told_in_all_three_bodies(klar_uppfoljning: Delprojekt) -> None:
    dp = h.redovisa(klar_uppfoljning, *ORGAN)
    gor("sekreterare", Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, dp, **h.lg_mote())
    assert fresh(dp).steg == Steg.UPPFOLJNING

    assert saknas("kansli", Act.AVSLUTA, dp, **h.lg_mote()) == {"M5.8-7", "M5.8-11"}


# scenario 27: nämnden 20 maj 2027 -> fönster 20 november 2027 – 20 maj 2028
def test_5_8_the_next_round_is_made_six_to_twelve_months_later(klar_uppfoljning: Delprojekt) -> None:
    dp = h.redovisa(klar_uppfoljning, *ORGAN)

    with klocka.vid(date(2027, 5, 20)):
        gor("kansli", Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, dp, **h.mote("namnd", date(2027, 5, 20)))

    first, second = Uppfoljningsomgang.objects.filter(namndbeslut__delprojekt=dp).order_by("nummer")
    assert first.stangd_date == date(2027, 5, 20)
    assert (second.nummer, second.fran_date, second.frist_date) == (2, date(2027, 11, 20), date(2028, 5, 20))
    assert POLICY[Act.LAMNA_UPPFOLJNINGSRAPPORT].frist(build_lage(fresh(dp))) == date(2028, 5, 20)


@pytest.mark.parametrize("act", [Act.AVSLUTA, Act.BESLUTA_YTTERLIGARE_UPPFOLJNING])
def test_5_8_what_closes_a_round_can_be_undone_and_the_round_is_open_again(
    klar_uppfoljning: Delprojekt, act: Act
) -> None:
    dp = h.redovisa(klar_uppfoljning, *ORGAN)
    gor("kansli", act, dp, **h.lg_mote())

    gor("kansli", Act.ANGRA, dp, text="Fel möte.")

    lage = build_lage(fresh(dp))
    assert (lage.steg, lage.uppfoljning.nummer) == (Steg.UPPFOLJNING, 1)
    assert Uppfoljningsomgang.objects.get(namndbeslut__delprojekt=dp, aterkallad_at=None).stangd_date is None
    gor("kansli", act, dp, **h.lg_mote())


def test_5_8_a_spoken_redovisning_counts_as_much_as_a_written_one(klar_uppfoljning: Delprojekt) -> None:
    dp = h.redovisa(klar_uppfoljning, "ledningsgrupp", "namnd")

    event = gor("kansli", Act.REDOVISA_UPPFOLJNING, dp, "", **h.mote("samarbetsgrupp"), val="muntlig")

    assert event.rad == []
    gor("kansli", Act.AVSLUTA, dp, **h.lg_mote())


def test_5_8_a_follow_up_report_without_a_word_is_not_handed_in(i_uppfoljning: Delprojekt) -> None:
    assert saknas("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, i_uppfoljning) == {"M5.8-7"}


def test_5_8_values_for_a_period_that_has_not_ended_warn(i_uppfoljning: Delprojekt) -> None:
    """M5.8-2."""
    dp = i_uppfoljning
    (one,) = Uppfoljningsparameter.objects.filter(plan__omgang__delprojekt=dp)[:1]
    values, now = {one.pk: (Decimal(5), "")}, idag()
    for period in (str(now.year), f"{now.year + 1}"):
        with pytest.raises(MotiveringSaknas):
            gor("ordforande", Act.REGISTRERA_MATVARDEN, dp, motivering="", varden=values, period=period)
    for period in (str(now.year - 1), "helåret"):
        gor("ordforande", Act.REGISTRERA_MATVARDEN, dp, motivering="", varden=values, period=period)


def test_5_8_a_deadline_later_than_twelve_months_after_the_approval_warns_with_the_day(
    i_uppfoljning: Delprojekt,
) -> None:
    """M5.8-3."""
    dp, lage = i_uppfoljning, build_lage(i_uppfoljning)
    assert lage.beslut.namndbeslut_date
    last = plus_manader(lage.beslut.namndbeslut_date, 12)
    gor("kansli", Act.ANDRA_UPPFOLJNINGSFRIST, dp, motivering="", frist=last, text="Statistiken kommer då.")

    late = {"frist": last + timedelta(days=1), "text": "Statistiken dröjer."}
    with pytest.raises(MotiveringSaknas):
        gor("kansli", Act.ANDRA_UPPFOLJNINGSFRIST, dp, motivering="", **late)
    assert skriv(last) in sentence(Krav.FRISTEN_INOM_TOLV_MANADER, lage)


def test_5_8_a_second_redovisning_in_the_same_body_warns_and_the_log_says_where(klar_uppfoljning: Delprojekt) -> None:
    """M5.8-11."""
    dp, told = klar_uppfoljning, h.lg_mote(val="muntlig")
    event = gor("kansli", Act.REDOVISA_UPPFOLJNING, dp, motivering="", **told)
    assert event.mening == f"Uppföljningen redovisades muntligt för ledningsgruppen {skriv(DAG)}."

    with pytest.raises(MotiveringSaknas):
        gor("kansli", Act.REDOVISA_UPPFOLJNING, dp, motivering="", **told)
    gor("kansli", Act.REDOVISA_UPPFOLJNING, dp, motivering="", **h.mote("namnd", val="skriftlig"))
