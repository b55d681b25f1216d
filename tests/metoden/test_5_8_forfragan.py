"""Sentences of §5.8: somebody who is asked to make the follow-up is waited for by name (M5.8-4)."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from delprojekt.actions.steg import perform
from delprojekt.actions.takt import Ogiltigt
from delprojekt.documents.build import build
from delprojekt.models import Delprojekt, Innehav, Konto, Uppfoljningsforfragan, Vantar
from delprojekt.process.act import Act
from delprojekt.process.klocka import nu
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import helper
from delprojekt.process.roller import Roll
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.delar import people
from delprojekt.queries.delprojekt import pending_for, read_page
from delprojekt.queries.lage import build_lage
from delprojekt.web.vymodell import waits_with
from tests import uppfoljt
from tests.documents.tradet import hold
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.world import actor, fresh

SVARA = Act.BESVARA_FORFRAGAN


def waits_for(who: str) -> list[Vantar]:
    return [row for row in pending_for(actor(who)) if row.act == SVARA]


def lies_with(dp: Delprojekt) -> str:
    return waits_with(row for row in read_page(actor("kansli"), fresh(dp)).vantar if row.act == SVARA)


def test_5_8_who_is_asked_has_it_on_the_start_page_with_the_last_day(i_inforande: Delprojekt) -> None:
    """M5.8-4."""
    dp = i_inforande
    ledamot = h.world.person("ledamot")
    gor("kansli", Act.TILLFRAGA_UPPFOLJARE, dp, person=ledamot.pk, dag=h.DAG, svara_senast=date(2026, 3, 16))

    (row,) = waits_for("ledamot")
    assert (row.delprojekt_id, row.frist_date, row.person) == (dp.pk, date(2026, 3, 16), ledamot)
    assert not waits_for("ordforande"), "nobody else is asked"
    assert not waits_for("kansli"), "kansliet waits; it has nothing to do"
    assert lies_with(dp) == "den som är tillfrågad"
    assert helper(Krav.FORFRAGAN_BESVARAD, build_lage(fresh(dp))) == "den som är tillfrågad"

    gor("ledamot", SVARA, dp, objekt=Uppfoljningsforfragan.objects.get(person=ledamot).pk, svar="ja")
    assert not waits_for("ledamot")


def test_5_8_somebody_outside_the_group_is_waited_for_too(i_inforande: Delprojekt) -> None:
    """M5.8-4, M5.8-6."""
    dp = i_inforande
    uppfoljt.ask(dp, "utomstaende")

    (row,) = waits_for("utomstaende")
    assert row.person == h.world.person("utomstaende")
    assert not waits_for("kansli")
    asked = Uppfoljningsforfragan.objects.get(person=row.person)
    gor("utomstaende", SVARA, dp, objekt=asked.pk, svar="nej", skal="Hinner inte.")  # holds no role, and can answer
    assert not waits_for("utomstaende")


def test_5_8_a_patient_representative_who_is_asked_is_not_named(i_inforande: Delprojekt) -> None:
    """M5.8-4, conventions.md §6.4."""
    dp = i_inforande
    hidden = hold(dp, Roll.PATIENTFORETRADARE, "Hemlig", "Person")
    gor("kansli", Act.TILLFRAGA_UPPFOLJARE, dp, person=hidden.pk)

    assert Vantar.objects.get(delprojekt=dp, act=SVARA).person == hidden
    assert "Hemlig" not in lies_with(dp)


def test_5_8_the_last_day_to_answer_is_not_before_the_question(i_inforande: Delprojekt) -> None:
    """M5.8-4."""
    with pytest.raises(Ogiltigt, match="Sista dagen"):
        gor(
            "kansli",
            Act.TILLFRAGA_UPPFOLJARE,
            i_inforande,
            person=h.world.person("ledamot").pk,
            dag=date(2026, 3, 2),
            svara_senast=date(2026, 3, 1),
        )


def read_by(who: str, dp: Delprojekt) -> str:
    """Every page and file in which somebody reads of the follow-up, as one text."""
    konto = Konto.objects.get(email=f"{who}@exempel.se")
    client = Client()
    client.force_login(konto)
    pages = [reverse("delprojekt", args=[dp.pk]), reverse("flik", args=[dp.pk, "uppfoljning"]), reverse("start")]
    pages += [reverse("historik", args=[dp.pk]), reverse("gor", args=[dp.pk, Act.BORJA_UPPFOLJNING.value])]
    pages += [f"{reverse('sok')}?q=hemliga", reverse("lista"), f"{reverse('lista')}?vy=tidslinje"]
    asked = Uppfoljningsforfragan.objects.filter(omgang__namndbeslut__delprojekt=dp, svar="")
    pages += [reverse("gor", args=[dp.pk, SVARA.value, row.pk]) for row in asked]
    pages.append(reverse("gor", args=[dp.pk, Act.TILLFRAGA_UPPFOLJARE.value]))
    found = [client.get(url).content.decode() for url in pages]
    book = load_workbook(io.BytesIO(b"".join(client.get(reverse("excel")).streaming_content)))
    return "\n".join([*found, str(list(book.active.values))])


def test_5_8_a_patient_representative_who_is_asked_is_named_nowhere_outside_the_group(i_inforande: Delprojekt) -> None:
    """M5.8-4, conventions.md §6.4: "access limited to group + KP"; also when the mission has ended."""
    dp = i_inforande
    hidden = hold(dp, Roll.PATIENTFORETRADARE, "Kim", "Hemliga", epost="kim@exempel.se")
    Konto.objects.create_user("kim@exempel.se", None, person=hidden)
    Innehav.objects.filter(person=hidden).update(till_date=date(2026, 3, 1))
    outside = ("kansli2", "direktor", "ledningsgrupp.skane", "samarbetsgrupp.skane", "utomstaende")
    for who in outside:
        h.world.person(who)
    gor("kansli", Act.TILLFRAGA_UPPFOLJARE, dp, person=hidden.pk)

    assert "Kim Hemliga" in read_by("kansli", dp), "the contact person knows whom she asked"
    for who in outside:
        assert "Hemliga" not in read_by(who, dp), who

    answer = {
        "objekt": Uppfoljningsforfragan.objects.get(person=hidden).pk,
        "svar": "nej",
        "skal": "Min sjukdom tar för mycket kraft.",
    }
    perform(actor_for_person(hidden), SVARA, dp.pk, answer)

    assert "Min sjukdom" in read_by("kansli", dp)
    for who in outside:
        text = read_by(who, dp)
        assert "Hemliga" not in text, who
        assert "Min sjukdom" not in text, who
    assert "tackade nej till att göra uppföljningen" in read_by("ledningsgrupp.skane", dp)


def test_5_8_a_patient_representative_who_says_yes_is_named_on_no_document_and_by_no_substitute(
    i_inforande: Delprojekt,
) -> None:
    """M5.8-5, conventions.md §6.4: the report is read by all who are logged in."""
    dp = i_inforande
    hidden = hold(dp, Roll.PATIENTFORETRADARE, "Kim", "Hemliga", epost="kim@exempel.se")
    Innehav.objects.filter(person=hidden).update(till_date=date(2026, 3, 1))
    gor("kansli", Act.TILLFRAGA_UPPFOLJARE, dp, person=hidden.pk)
    asked = Uppfoljningsforfragan.objects.get(person=hidden)
    perform(actor_for_person(hidden), SVARA, dp.pk, {"objekt": asked.pk, "svar": "ja"})
    held = Innehav.objects.get(person=hidden, roll=Roll.UPPFOLJNINGSANSVARIG)
    last = date(2027, 1, 1)
    said = {"roll": held.roll, "delprojekt": dp, "fran_date": held.fran_date, "till_date": last}
    Innehav.objects.create(person=h.world.person("ledamot"), ersattare_for=held, **said)

    report = build(fresh(dp), "uppfoljningsrapport", now=nu())

    assert report.responsible.startswith(str(Roll.PATIENTFORETRADARE.label))
    assert "Petra Wikström" in report.responsible
    assert "Hemliga" not in str(report)
    words = str(Roll.PATIENTFORETRADARE.label).lower()
    assert words in {mandate.ersatter for mandate in actor("ledamot").mandat}
    roles = [row["roll"] for row in people(actor("ledningsgrupp.skane"), fresh(dp))]
    assert f"Uppföljningsansvarig, ersättare för {words}" in roles
    inside = [row["roll"] for row in people(actor("kansli"), fresh(dp))]
    assert "Uppföljningsansvarig, ersättare för Kim Hemliga" in inside, "the contact person knows whom she asked"
