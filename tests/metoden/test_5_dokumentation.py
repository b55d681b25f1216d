"""Sentences of §4, §5 and §6 on what the group documents on its way: meetings, what is to be done, choices, mail."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Attgora, Delprojekt, Gruppmote, Utskick
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Roll
from delprojekt.queries.lage import build_lage
from delprojekt.queries.person import own_data
from delprojekt.templatetags.formular import formularfalt
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.world import DAG, actor, fresh, nominate, person

SENAST = date(2026, 12, 4)


def mejl(dp: Delprojekt, after: int) -> list[Any]:
    return list(Utskick.objects.filter(pk__gt=after, handelse__delprojekt=dp).order_by("adress"))


def senaste() -> int:
    return getattr(Utskick.objects.order_by("-pk").first(), "pk", 0)


# M5-3 «under (minnesanteckningar) … behöver dokumentationen ske fortlöpande»
def test_5_a_meeting_notes_who_came_and_what_somebody_is_to_do(i_nulage: Delprojekt) -> None:
    """M5-3: attendance, notes, and to-dos with person and last day; whoever gets something to do gets one mail."""
    dp, before = i_nulage, senaste()
    member, chair = person("ledamot"), person("ordforande")
    todo = [("Hämta statistik", member.pk, SENAST), ("Ring DARC", member.pk, None), ("Boka lokal", chair.pk, None)]
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, dp, date=DAG, deltog=[member.pk, chair.pk], text="Bra.", att_gora=todo)

    meeting = Gruppmote.objects.get(omgang=h.omgang(dp))
    assert set(meeting.deltog.all()) == {member, chair}
    assert list(meeting.attgora.order_by("pk").values_list("vad", "person", "senast_date")) == todo
    (letter,) = mejl(dp, before)
    assert letter.adress == member.epost
    assert "– Hämta statistik (senast 4 december 2026)\n– Ring DARC" in letter.text

    gor("ledamot", Act.FOLJ_UPP_ATTGORA, dp, objekt=meeting.attgora.get(vad="Ring DARC").pk, klar_date=DAG)
    assert Attgora.objects.get(vad="Ring DARC").klar_date == DAG
    with pytest.raises(Ogiltigt, match="ingå i arbetsgruppen"):
        gor("ordforande", Act.FOLJ_UPP_ATTGORA, dp, objekt=meeting.attgora.first().pk, person=person("utomstaende").pk)


def test_5_what_is_to_be_done_is_followed_up_within_the_group(i_nulage: Delprojekt) -> None:
    """M5-3: the log, which ledningsgruppen hears of, tells not what; only who has something left to do gets mail."""
    dp, member, chair = i_nulage, person("ledamot").pk, person("ordforande").pk
    todo = [(what, member, SENAST) for what in ("Ring DARC", "Boka lokal", "Fråga Alva")]
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, dp, date=DAG, att_gora=todo)
    call, book, ask = (row.pk for row in Attgora.objects.filter(omgang=h.omgang(dp)).order_by("pk"))
    before = senaste()
    said = gor("ordforande", Act.FOLJ_UPP_ATTGORA, dp, objekt=call, person=chair, stryk=True).mening
    assert said == "Något som gruppen hade att göra ströks."
    said = gor("ledamot", Act.FOLJ_UPP_ATTGORA, dp, objekt=book, person=chair, klar_date=DAG).mening
    assert said == "Något som gruppen har att göra är klart."
    assert mejl(dp, before) == []
    said = gor("ledamot", Act.FOLJ_UPP_ATTGORA, dp, objekt=ask, person=chair).mening
    assert said == "Något som gruppen har att göra ändrades."
    (letter,) = mejl(dp, before)
    assert letter.adress == person("ordforande").epost
    assert "– Fråga Alva (senast 4 december 2026)" in letter.text


def test_5_what_was_left_open_is_closed_after_the_report_was_handed_in(fardig_rapport: Delprojekt) -> None:
    """M5-3."""
    dp = fardig_rapport
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, dp, date=DAG, att_gora=[("Ring DARC", None, SENAST)])
    h.lamna(dp)
    row = Attgora.objects.get(vad="Ring DARC")
    gor("ledamot", Act.FOLJ_UPP_ATTGORA, dp, objekt=row.pk, klar_date=DAG)
    row.refresh_from_db()
    assert row.klar_date == DAG


def test_5_nobody_outside_the_group_is_noted_as_present(i_nulage: Delprojekt) -> None:
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, i_nulage, date=DAG, deltog=[person("utomstaende").pk])
    assert not Gruppmote.objects.get(omgang=h.omgang(i_nulage)).deltog.exists()


def test_5_the_form_of_a_meeting_has_rows_of_what_is_to_be_done(i_nulage: Delprojekt) -> None:
    said = {"date": "2026-11-02", "antal": "3", "deltog": [str(person("ledamot").pk)]}
    wrong = h.formular("ordforande", Act.ANTECKNA_GRUPPMOTE, i_nulage, **said, vem_2=str(person("ledamot").pk))
    assert "vad_2" in wrong.errors
    form = h.formular("ordforande", Act.ANTECKNA_GRUPPMOTE, i_nulage, **said, vad_3="Ring DARC", senast_3="2026-12-04")
    assert form.is_valid(), form.errors
    assert form.underlag()["att_gora"] == [("Ring DARC", None, SENAST)]
    assert form.underlag()["deltog"] == [person("ledamot").pk]


def test_5_what_was_chosen_in_a_folded_part_is_seen_when_something_is_missing(i_nulage: Delprojekt) -> None:
    """M5-4, M5-5."""

    def is_open(**said: str) -> bool:
        form = h.formular("ledamot", Act.ANTECKNA_VAGVAL, i_nulage, date=str(idag()), **said)
        return bool(formularfalt(form)["hopfallda"][0]["oppen"])

    assert is_open(slag="mjukt_resultat")
    assert not is_open(slag="vagval")


# M5-3: GDPR art. 15
def test_5_who_was_at_a_meeting_reads_that_in_their_own_data(i_nulage: Delprojekt) -> None:
    member = person("ledamot").pk
    todo = [("Ring DARC", member, SENAST)]
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, i_nulage, date=DAG, deltog=[member], att_gora=todo)
    data = own_data(actor("ledamot"))
    assert [row["nar"] for row in data["gruppmoten"]] == [DAG]
    assert [(row["vad"], row["senast"]) for row in data["att_gora"]] == [("Ring DARC", SENAST)]


# §4 «arbetsgruppen»: one letter to all in it
def test_4_a_letter_to_the_group_goes_to_each_in_it_and_not_into_the_log(i_nulage: Delprojekt) -> None:
    dp, before = i_nulage, senaste()
    event = gor("ledamot", Act.MEJLA_GRUPPEN, dp, amne="Nästa möte", text="Vi ses den 4 december.")

    letters = mejl(dp, before)
    wanted = {"ordforande", "kansli", "region.blekinge", "region.halland"}
    assert [one.adress for one in letters] == sorted(person(who).epost for who in wanted)
    assert {one.amne for one in letters} == {f"{dp}: Nästa möte"}
    assert "Vi ses den 4 december." in letters[0].text
    assert "Petra Wikström skickade det här" in letters[0].text
    assert event.mening == "Gruppen fick ett mejl (4 personer)."


def test_4_who_is_not_in_the_group_does_not_write_to_it(i_nulage: Delprojekt) -> None:
    allowed = {Roll.ORDFORANDE, Roll.LEDAMOT, Roll.PROCESSLEDARE, Roll.PATIENTFORETRADARE, Roll.KONTAKTPERSON}
    lage = build_lage(fresh(i_nulage))
    may = {roll for roll in Roll if decide(h.som(roll, "skane", i_nulage), Act.MEJLA_GRUPPEN, lage).allowed}
    assert may == allowed | {Roll.HELHETSANSVARIG}


def test_5_a_patient_representative_who_came_is_named_only_in_the_group(i_nulage: Delprojekt) -> None:
    """conventions.md §6.4."""
    dp = i_nulage
    nominate(dp, "utomstaende", Roll.PATIENTFORETRADARE, None)
    gor("sekreterare", Act.UTSE_FLER, dp, **h.lg_mote())
    kim = person("utomstaende")
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, dp, date=DAG, deltog=[kim.pk], att_gora=[("Läsa", kim.pk, None)])
    pages = {}
    for who in ("ordforande", "samarbetsgrupp.skane"):
        client = Client()
        client.force_login(person(who).konto)
        pages[who] = client.get(f"/delprojekt/{dp.pk}/visa/arbete/").content.decode()
    assert pages["ordforande"].count("Ulf Utter") >= 2
    assert "Ulf Utter" not in pages["samarbetsgrupp.skane"]
