"""Sentences of §5.4, §5.4.1, §5.4.2 and §5.8: the proposals with costs, who writes, the delrapport, the parameters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import (
    Atgardsforslag,
    Delprojekt,
    Dokumentversion,
    Handelse,
    Innehav,
    Kalkylrad,
)
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Why, decide
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas
from tests.world import REGIONER, actor, fresh, person


def rad(dp: Delprojekt, act: Act = Act.LAMNA_SLUTRAPPORT) -> set[str]:
    """The requirement ids of the advice that is not followed now."""
    return {krav.krav_id for krav in decide(actor("ordforande"), act, build_lage(fresh(dp))).advice}


def forslag(dp: Delprojekt, nummer: int = 1) -> Atgardsforslag:
    return h.omgang(dp).atgardsforslag.get(nummer=nummer, struken_at=None)


def order(dp: Delprojekt) -> list[str]:
    rows = h.omgang(dp).atgardsforslag.filter(struken_at=None).order_by("nummer")
    assert [row.nummer for row in rows] == list(range(1, len(rows) + 1))
    return [row.rubrik for row in rows]


def kalkyl(dp: Delprojekt, *rader: tuple[str, str, int, str], **fields: Any) -> None:
    given = {"objekt": forslag(dp).pk, "kostnadsbas": "sjalvkostnad", "rader": list(rader), **fields}
    gor("ordforande", Act.SKRIV_KALKYL, dp, **given)


# M5.4-5 «Om förslagen bedöms kräva ekonomiska insatser är det en fördel om arbetsgruppen … kan ta fram en grov kalkyl»
def test_5_4_what_needs_money_has_a_rough_costing_and_the_sum_is_reckoned(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=forslag(dp).pk, kraver_medel=True)
    assert "M5.4-5" in rad(dp)

    kalkyl(dp, *((region, "arlig", 190, "0,25 tjänst") for region in REGIONER), ("", "engang", 40, "Utbildning"))
    assert "M5.4-5" not in rad(dp)
    said = Handelse.objects.latest("pk").mening.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Den grova kalkylen för åtgärdsförslag 1 skrevs: 760 tkr varje år, 40 tkr en gång."

    h.lamna(dp)
    printed = str(Dokumentversion.objects.get(omgang=h.omgang(dp), slag="slutrapport").trad)
    assert "760\xa0tkr per år och 40\xa0tkr en gång" in printed.replace("&nbsp;", "\xa0")
    assert "självkostnad" in printed


def test_5_4_a_row_taken_out_of_the_costing_is_struck_and_kept(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    kalkyl(dp, ("skane", "arlig", 190, ""), ("halland", "arlig", 80, ""))
    kalkyl(dp, ("skane", "arlig", 190, ""))

    rows = Kalkylrad.objects.filter(forslag=forslag(dp))
    assert rows.count() == 2
    assert rows.get(struken_at=None).belopp_tkr == 190


# M5.4-1 «konkreta förslag som arbetsgruppen kan ställa sig bakom»
def test_5_4_the_group_stands_behind_each_proposal_and_dissent_is_noted(fardig_rapport: Delprojekt) -> None:
    dp = h.foresla(fardig_rapport, "En mall")
    first, second = forslag(dp, 1), forslag(dp, 2)
    assert "M5.4-1" in rad(dp)

    dissent = {"avvikande": {first.pk: "Petra Wikström vill vänta."}}
    gor("ordforande", Act.STALL_SIG_BAKOM, dp, dag=h.DAG, bakom=[first.pk], **dissent)
    assert build_lage(fresh(dp)).rapport.ej_bakom == ("En mall",)

    gor("ordforande", Act.STALL_SIG_BAKOM, dp, dag=h.DAG, bakom=[first.pk, second.pk], **dissent)
    assert "M5.4-1" not in rad(dp)
    first.refresh_from_db()
    assert (first.bakom_date, first.avvikande) == (h.DAG, "Petra Wikström vill vänta.")


def test_5_4_a_proposal_that_is_changed_meets_the_group_again(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    gor("ordforande", Act.STALL_SIG_BAKOM, dp, dag=h.DAG)
    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=forslag(dp).pk, diskuterat_med="Chefsamråd Kirurgi")
    assert "M5.4-1" not in rad(dp), "who it was discussed with changes nothing of what it says"

    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=forslag(dp).pk, text="Något helt annat.")
    assert "M5.4-1" in rad(dp)


# M5.4-2 «Föredömligt är att ange maximalt fem åtgärdsförslag.» (order can be changed, nothing is deleted)
def test_5_4_the_order_of_the_proposals_can_be_changed(fardig_rapport: Delprojekt) -> None:
    dp = h.foresla(h.foresla(fardig_rapport, "B"), "C")
    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=forslag(dp, 3).pk, plats=1)
    assert order(dp) == ["C", "Fasta tider", "B"]

    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=forslag(dp, 1).pk, stryk=True)
    assert order(dp) == ["Fasta tider", "B"]
    assert h.omgang(dp).atgardsforslag.count() == 3


# M5.4-4 «ställa förslagen i relation till närliggande områden»
def test_5_4_every_proposal_names_what_is_near_it(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    assert "M5.4-3" in rad(dp)

    gor("ordforande", Act.ANDRA_ATGARDSFORSLAG, dp, objekt=forslag(dp).pk, narliggande="Primärvården.")
    assert "M5.4-3" not in rad(dp)


# M5.4.1-3 «kan även lämnas över till annan ledamot i arbetsgruppen»; data-model.md, Permissions: skribenter per kapitel
def test_5_4_1_a_member_writes_the_chapter_they_have_been_asked_to_and_no_other(i_nulage: Delprojekt) -> None:
    dp = i_nulage

    def may(nyckel: str) -> bool:
        return decide(actor("ledamot"), Act.SKRIV_RAPPORT, build_lage(fresh(dp)), {"avsnitt": nyckel}).allowed

    assert not may("nulage_ekonomi")
    assert nekas("ledamot", Act.REGISTRERA_FAKTAUPPGIFT, dp).why is Why.NOT_YOURS

    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter={"nulage": person("ledamot").pk}, helhetsansvarig=None)
    assert may("nulage_ekonomi")
    assert not may("analys_ekonomi")

    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter={}, helhetsansvarig=person("ledamot").pk)
    assert may("analys_ekonomi"), "who answers for the whole writes in all of it"


def test_5_4_1_who_writes_a_chapter_registers_its_rows_and_no_others(i_nulage: Delprojekt) -> None:
    """M5.4.1-3: facts in the nuläge, conclusions in the analys, proposals in the chapter of proposals."""
    dp = i_nulage
    gor("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, dp, avsnitt="nulage_ekonomi", pastaende="Kostnad", varde=None)
    theirs = h.omgang(dp).faktauppgifter.get()
    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter={"nulage_kompetens": person("ledamot").pk})

    gor("ledamot", Act.REGISTRERA_FAKTAUPPGIFT, dp, avsnitt="nulage_kompetens", pastaende="Antal", varde=None)
    other = {"avsnitt": "nulage_ekonomi", "pastaende": "Annat", "varde": None}
    assert nekas("ledamot", Act.REGISTRERA_FAKTAUPPGIFT, dp, **other).why is Why.NOT_YOURS
    assert nekas("ledamot", Act.SKRIV_SLUTSATS, dp, avsnitt="analys_ekonomi", text="x").why is Why.NOT_YOURS
    assert nekas("ledamot", Act.SKRIV_SLUTSATS, dp, text="x").why is Why.NOT_YOURS
    moved = {"objekt": theirs.pk, "avsnitt": "nulage_kompetens", "pastaende": "Flyttad", "varde": None}
    with pytest.raises(Ogiltigt, match="skriver någon annan"):
        gor("ledamot", Act.ANDRA_FAKTAUPPGIFT, dp, **moved)
    with pytest.raises(Ogiltigt, match="skriver någon annan"):
        gor("ledamot", Act.ANGE_TACKNING, dp, tackning={"nulage_ekonomi": ["skane"]})
    gor("ledamot", Act.ANGE_TACKNING, dp, tackning={"nulage_kompetens": ["skane"]})

    def may_propose() -> bool:
        in_step = replace(build_lage(fresh(dp)), steg=Steg.ATGARDSFORSLAG)
        return decide(actor("ledamot"), Act.SKRIV_ATGARDSFORSLAG, in_step).allowed

    assert not may_propose()
    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter={"forslag": person("ledamot").pk})
    assert may_propose()


# M5.4.1-3 «fördelas mellan olika ledamöter», M5.4.1-4 «bör en av dem ha helhetsansvaret»
def test_5_4_1_several_writers_have_one_who_answers_for_the_whole(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    writers = {"nulage": person("ordforande").pk, "analys": person("ledamot").pk}
    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter=writers, helhetsansvarig=None)
    assert "M5.4.1-4" in rad(dp)
    assert nekas("ledamot", Act.LAMNA_SLUTRAPPORT, dp).why is Why.NOT_YOURS

    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter=writers, helhetsansvarig=person("ledamot").pk)
    assert "M5.4.1-4" not in rad(dp)
    gor("ledamot", Act.LAMNA_SLUTRAPPORT, dp)
    tree = Dokumentversion.objects.get(omgang=h.omgang(dp), slag="slutrapport").trad
    assert tree["responsible"].startswith("Petra Wikström")


def test_5_4_1_one_writer_needs_nobody_else_to_answer_for_the_whole(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter={"nulage": person("ordforande").pk}, helhetsansvarig=None)
    assert "M5.4.1-4" not in rad(dp)
    h.lamna(dp)


def test_5_4_1_there_is_never_more_than_one_who_answers_for_the_whole(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    for who in ("ordforande", "ledamot"):
        gor("ordforande", Act.UTSE_SKRIBENTER, dp, skribenter={}, helhetsansvarig=person(who).pk)
    held = Innehav.objects.filter(delprojekt=dp, roll=Roll.HELHETSANSVARIG)
    assert held.get(till_date=None).person == person("ledamot")

    with pytest.raises(IntegrityError), transaction.atomic():
        Innehav.objects.create(
            delprojekt=dp, roll=Roll.HELHETSANSVARIG, person=person("ordforande"), fran_date=date(2026, 1, 1)
        )


def test_5_4_1_who_writes_is_in_the_working_group(fardig_rapport: Delprojekt) -> None:
    stranger = person("utomstaende").pk
    with pytest.raises(Ogiltigt):
        gor("ordforande", Act.UTSE_SKRIBENTER, fardig_rapport, skribenter={"nulage": stranger}, helhetsansvarig=None)


# M5.4.1-7 «kommunikatör … kopplas in för korrekturläsning och skrivtekniska synpunkter»
def test_5_4_1_the_communicator_says_what_has_been_gone_through(fardig_rapport: Delprojekt) -> None:
    said = {"dag": "2026-03-24", "granskat": ["språk", "tabeller"]}
    form = h.formular("kommunikator", Act.KORREKTURLAS, fardig_rapport, **said)
    assert form.is_valid(), form.errors
    gor("kommunikator", Act.KORREKTURLAS, fardig_rapport, **form.underlag())
    assert "M5.4.1-7" not in rad(fardig_rapport)
    row = h.omgang(fardig_rapport).fakta.get(slag="korrekturlast")
    assert row.date == date(2026, 3, 24)
    assert row.part == "Genomgånget: språk, tabeller. Att se över: rubriker, diagram, förkortningar, referenser"


# M5-13 «Redan vid starten ska arbetsgruppen diskutera och dokumentera … uppföljningsparametrar»
def test_5_the_first_meeting_opens_the_list_of_parameters(med_grupp: Delprojekt) -> None:
    dp = med_grupp
    said = {"dag": h.DAG, "text": "Antal möten.", "parametrar": ["Antal möten", "Väntetid", "Antal möten"]}
    gor("ordforande", Act.REGISTRERA_STARTMOTE, dp, **said)
    assert [row.namn for row in h.omgang(dp).plan.parametrar.order_by("ordning")] == ["Antal möten", "Väntetid"]


PARAMETER = {
    "namn": "Väntetid för barn",
    "definition": "Från remiss till besök.",
    "kalla": "PAS",
    "utgangsvarde": "44 dagar",
    "malvarde": "30",
    "enhet": "dagar",
    "riktning": "lagre",
    "niva_1": "Röd",
    "grans_1": "60",
    "niva_2": "Gul",
    "grans_2": "45",
    "niva_3": "Grön",
    "grans_3": "30",
}
"""I-17: «inget barn ska vänta mer än 30 dagar»: lower is better."""


# M5.8-2 «Arbetsgruppen ska även ha föreslagit uppföljningsparametrar.»
def test_5_8_a_parameter_has_values_levels_and_a_direction(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    form = h.formular("ordforande", Act.LAGG_TILL_PARAMETER, dp, **PARAMETER)
    assert form.is_valid(), form.errors
    gor("ordforande", Act.LAGG_TILL_PARAMETER, dp, **form.underlag())

    row = h.omgang(dp).plan.parametrar.get(namn="Väntetid för barn")
    assert (row.utgangsvarde, row.malvarde, row.enhet) == (Decimal(44), Decimal(30), "dagar")
    assert (row.nivaer, row.granser) == (["Röd", "Gul", "Grön"], [60, 45, 30])


def test_5_8_what_is_not_a_number_is_kept_in_words(fardig_rapport: Delprojekt) -> None:
    said = {**PARAMETER, "utgangsvarde": "mäts hösten 2026"}
    form = h.formular("ordforande", Act.LAGG_TILL_PARAMETER, fardig_rapport, **said)
    assert form.is_valid()
    filled = form.underlag()
    assert (filled["utgangsvarde"], filled["utgangsvarde_text"]) == (None, "mäts hösten 2026")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"namn": ""}, "namn"),
        ({"riktning": ""}, "riktning"),
        ({"riktning": "hogre"}, "grans_1"),
        ({"grans_3": ""}, "niva_3"),
        ({"grans_1": "sextio"}, "grans_1"),
        ({"taljare": "besök i tid"}, "namnare"),
    ],
)
def test_5_8_a_parameter_that_can_not_be_read_is_refused(
    fardig_rapport: Delprojekt, change: dict[str, str], field: str
) -> None:
    assert field in h.formular("ordforande", Act.LAGG_TILL_PARAMETER, fardig_rapport, **{**PARAMETER, **change}).errors


def test_5_8_a_name_is_enough_to_hand_in_but_bare_parameters_warn(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    assert build_lage(fresh(dp)).rapport.parametrar_utan_uppgifter == ("Möten per månad",)
    assert "M5.8-2" in rad(dp)

    whole = {"definition": "Alla.", "kalla": "PAS", "utgangsvarde": Decimal(1), "malvarde_text": "fler"}
    row = h.omgang(dp).plan.parametrar.get()
    gor("ordforande", Act.ANDRA_PARAMETER, dp, objekt=row.pk, **whole)
    assert "M5.8-2" not in rad(dp)
    h.lamna(dp)


# I-10 «antalet indikatorer minskas för att följa upp det som är allra viktigast»
def test_5_8_the_eighth_parameter_warns(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    for n in range(2, 8):
        h.parameter(dp, f"Mått {n}")
    assert "I-10" not in rad(dp)

    h.parameter(dp, "Mått 8")
    assert "I-10" in rad(dp)


# M5.4-5: what is assumed is assumed of an amount
def test_5_4_an_assumption_without_an_amount_is_said_beside_the_field(fardig_rapport: Delprojekt) -> None:
    dp = fardig_rapport
    said = {"rad": forslag(dp).pk, "kostnadsbas": "sjalvkostnad", "antal": "2", "antagande_2": "Två läkare."}
    form = h.formular("ordforande", Act.SKRIV_KALKYL, dp, **said)
    assert form.errors == {"belopp_2": ["Skriv beloppet på rad 2, eller ta bort antagandet."]}
    wrong = h.formular("ordforande", Act.SKRIV_KALKYL, dp, **said, belopp_2="mycket")
    assert len(wrong.errors["belopp_2"]) == 1, "one fault at a time"
    assert h.formular("ordforande", Act.SKRIV_KALKYL, dp, **said, belopp_2="900").is_valid()
