"""§4: each region is asked for nominations by itself: which regions, until when, with which words, and again (M4-4)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Handelse, Innehav, Nomineringssvar, Utskick, Vantar
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import idag
from delprojekt.process.krav import Krav
from delprojekt.process.roller import Roll
from delprojekt.process.uppgift import Uppgiftslag, number_of
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.metoden.test_4_grupp import BODIES, namn, rad_av
from tests.world import REGIONER, SVAR_SENAST, fresh, person

SENARE = SVAR_SENAST + timedelta(days=14)


@pytest.fixture
def dp(startat: Delprojekt) -> Delprojekt:
    """A delprojekt whose uppdrag asks for competences, with somebody in both bodies of every region."""
    for slug in REGIONER:
        person(f"samarbetsgrupp.{slug}"), person(f"ledningsgrupp.{slug}")
    return h.skriv_uppdrag(startat, ska=["internmedicin"], bor=["ekonomi"])


def fraga(dp: Delprojekt, *regioner: str, **said: object) -> Handelse:
    ticked = {"regioner": list(regioner)} if regioner else {}
    return gor("kansli", Act.BE_OM_NOMINERINGAR, dp, **{"till": SVAR_SENAST, "dag": h.DAG, **ticked, **said})


def till(event: Handelse, slug: str) -> list[str]:
    """Return the mail to a region's people."""
    return [mail.text for mail in event.utskick.filter(adress__endswith=f".{slug}@exempel.se")]


def vantar(dp: Delprojekt) -> dict[str, date]:
    rows = Vantar.objects.filter(delprojekt=dp, act=Act.NOMINERA, roll=Roll.SAMARBETSGRUPP)
    return dict(rows.values_list("region__slug", "frist_date"))


def test_4_each_region_is_told_of_its_own_day_and_its_own_message(dp: Delprojekt) -> None:
    """M4-4: the general ones go to the others, and what is wanted stands in every mail."""
    own = {"till_per_region": {"skane": SENARE}, "text_per_region": {"skane": "Gärna från Ystad."}}
    event = fraga(dp, text="Gärna någon ung.", **own)

    for text in till(event, "skane"):
        assert "30 mars 2026" in text
        assert "Gärna från Ystad." in text
        assert "Gärna någon ung." not in text
    for text in till(event, "halland"):
        assert "16 mars 2026" in text
        assert "Gärna någon ung." in text
        assert "Ystad" not in text
    for mail in event.utskick.all():
        assert "internmedicin (ska finnas)" in mail.text
        assert "patient- eller närståendeföreträdare" in mail.text
    assert event.utskick.count() == len(REGIONER) * len(BODIES)
    assert vantar(dp) == {**dict.fromkeys(REGIONER, SVAR_SENAST), "skane": SENARE}


def test_4_only_the_chosen_regions_are_asked(dp: Delprojekt) -> None:
    event = fraga(dp, "skane", "halland")
    told = {address.partition("@")[0].partition(".")[2] for address in event.utskick.values_list("adress", flat=True)}
    assert told == {"skane", "halland"}
    assert set(vantar(dp)) == {"skane", "halland"}
    assert "Region Halland, Region Skåne" in event.mening


@pytest.mark.parametrize("regioner", [[], ["uppsala"]])
def test_4_somebody_is_asked_and_only_regions_that_there_are(dp: Delprojekt, regioner: list[str]) -> None:
    with pytest.raises(Ogiltigt) as caught:
        gor("kansli", Act.BE_OM_NOMINERINGAR, dp, till=SVAR_SENAST, dag=h.DAG, regioner=regioner)
    assert caught.value.falt == "regioner"


def test_4_a_region_is_asked_again_and_the_others_keep_theirs(dp: Delprojekt) -> None:
    fraga(dp)
    for slug in ("skane", "halland"):
        gor("kansli", Act.AVSTA_NOMINERING, dp, region=slug, text="Ingen kan.")

    event = fraga(dp, "skane", till=SENARE)

    assert vantar(dp) == {"blekinge": SVAR_SENAST, "kronoberg": SVAR_SENAST, "skane": SENARE}
    assert {slug for slug in REGIONER if till(event, slug)} == {"skane"}
    assert Krav.REGIONERNA_HAR_SVARAT in rad_av(dp, Act.UTSE_ARBETSGRUPP)
    gor("samarbetsgrupp.skane", Act.NOMINERA, dp, region="skane", **namn("Alm"))
    assert set(vantar(dp)) == {"blekinge", "kronoberg"}
    asked = Nomineringssvar.objects.filter(forfragan__delprojekt=dp, region__slug="skane").order_by("pk")
    assert [row.ingen_skal for row in asked] == ["Ingen kan.", ""], "the earlier answer is kept"


def test_4_a_reminder_can_go_to_one_region_with_a_new_last_day(dp: Delprojekt) -> None:
    fraga(dp, text="Gärna någon ung.")
    new = idag() + timedelta(days=7)
    event = gor("kansli", Act.PAMINN_OM_NOMINERINGAR, dp, regioner=["blekinge"], till=new, text="")

    assert vantar(dp) == {**dict.fromkeys(REGIONER, SVAR_SENAST), "blekinge": new}
    one = next(iter(till(event, "blekinge")))
    assert skriv(new) in one
    assert "Gärna någon ung." in one, "the message stands"
    assert {text for slug in REGIONER if slug != "blekinge" for text in till(event, slug)} == set()
    row = Nomineringssvar.objects.get(forfragan__delprojekt=dp, region__slug="blekinge")
    assert row.pamind_at
    gor("kansli", Act.AVSTA_NOMINERING, dp, region="skane", text="Ingen.")
    for wrong, falt in ({"regioner": ["skane"]}, "regioner"), ({"till": date(2020, 1, 1)}, "till"):
        with pytest.raises(Ogiltigt) as caught:
            gor("kansli", Act.PAMINN_OM_NOMINERINGAR, dp, **wrong)
        assert caught.value.falt == falt


def test_4_to_be_late_is_a_warning_and_stops_nothing(dp: Delprojekt, client: Client) -> None:
    """M4-4: the page of the region and the tab say when it was asked, until when, for what, and that it is late."""
    fraga(dp, till_per_region={"skane": idag() + timedelta(days=5)})
    client.force_login(person("samarbetsgrupp.halland").konto)
    for address in ("/regioner/halland/", f"/delprojekt/{dp.pk}/visa/arbetsgrupp/"):
        page = client.get(address).content.decode()
        assert "Försenat" in page, address
        assert "2026-03-16" in page
    assert "internmedicin (ska finnas)" in client.get("/regioner/halland/").content.decode()
    assert "Region Blekinge" not in page, "the answers of the others are not theirs to read"
    client.force_login(person("kansli").konto)
    page = client.get(f"/delprojekt/{dp.pk}/visa/arbetsgrupp/").content.decode()
    assert page.count("Försenat") == 4, "three regions, and the delprojekt itself"
    assert "Har inte svarat" in page
    gor("samarbetsgrupp.halland", Act.NOMINERA, dp, region="halland", **namn("Alm"))
    assert "Har svarat" in client.get("/regioner/halland/").content.decode()


def test_4_what_a_region_is_asked_is_not_for_everybody(dp: Delprojekt, client: Client) -> None:
    fraga(dp)
    client.force_login(person("region.skane").konto)
    assert "Nomineringar till arbetsgrupper" not in client.get("/regioner/skane/").content.decode()
    client.force_login(person("samarbetsgrupp.skane").konto)
    assert "Nomineringar till arbetsgrupper" in client.get("/regioner/skane/").content.decode()


def test_4_the_form_ticks_those_who_take_part_and_then_nobody_twice(dp: Delprojekt) -> None:
    gor("sekreterare", Act.ANDRA_DELTAGANDE, dp, region="halland", val="observerar", **h.lg_mote())
    form = h.formular("kansli", Act.BE_OM_NOMINERINGAR, dp)
    assert set(form.fields["regioner"].initial) == set(REGIONER) - {"halland"}
    assert "internmedicin (ska finnas)" in form.om[0]["varde"]
    fraga(dp, "skane")
    form = h.formular("kansli", Act.BE_OM_NOMINERINGAR, dp)
    assert set(form.fields["regioner"].initial) == {"blekinge", "kronoberg"}
    assert "har inte svarat" in dict(form.fields["regioner"].choices)["skane"]


def test_4_the_form_gathers_what_is_the_regions_own_and_says_what_is_wrong(dp: Delprojekt) -> None:
    day = idag() + timedelta(days=9)
    said = {"regioner": ["skane", "halland"], "till": day.isoformat(), "till_skane": day.isoformat()}
    form = h.formular("kansli", Act.BE_OM_NOMINERINGAR, dp, **said, text_halland="Gärna från Varberg.")
    assert form.is_valid(), form.errors
    assert form.underlag()["till_per_region"] == {"skane": day}
    assert form.underlag()["text_per_region"] == {"halland": "Gärna från Varberg."}
    labels = [row["etikett"] for row in form.answers()]
    assert "Region Halland: eget meddelande" in labels
    assert "Region Blekinge" not in " ".join(row["varde"] for row in form.answers())

    wrong = h.formular("kansli", Act.BE_OM_NOMINERINGAR, dp, **said, till_halland="2020-01-01", text_blekinge="Hej")
    assert set(wrong.errors) == {"till_halland", "text_blekinge"}


def test_4_a_corrected_request_keeps_its_answers(dp: Delprojekt) -> None:
    fraga(dp)
    gor("kansli", Act.AVSTA_NOMINERING, dp, region="skane", text="Ingen.")
    fact = dp.fakta.get(slag="nomineringar_begarda")
    said = {"nar": (h.DAG, ""), "text": "Rättat.", "part": "", "val": "", "skal": "Fel ord."}
    gor("kansli", Act.RATTA_UPPGIFT, dp, objekt=number_of(Uppgiftslag.FAKTUM, fact.pk), **said)
    assert build_lage(fresh(dp)).grupp.har_inte_svarat == set(REGIONER) - {"skane"}


def test_4_whoever_speaks_for_two_regions_reads_of_both(dp: Delprojekt) -> None:
    """A mandate for no certain region hears of all."""
    Innehav.objects.create(person=person("kansli2"), roll=Roll.LEDNINGSGRUPP, region=None, fran_date=date(2020, 1, 1))
    event = fraga(dp, "skane", "halland", till_per_region={"skane": SENARE})
    mail = Utskick.objects.get(handelse=event, person=person("kansli2"))
    assert "Region Halland senast 16 mars 2026; Region Skåne senast 30 mars 2026" in mail.text


def test_v_1_the_new_last_day_of_a_reminder_is_the_day_that_the_portal_counts(dp: Delprojekt) -> None:
    """V-1: the pauses before the reminder are in its day; a later pause moves it."""
    asked, last = date(2026, 3, 2), date(2026, 3, 31)
    with klocka.vid(asked):
        fraga(dp, till=last, dag=asked)
    with klocka.vid(date(2026, 3, 6)):
        gor("sekreterare", Act.PAUSA, dp, **h.lg_mote(date(2026, 3, 6)))
    with klocka.vid(date(2026, 3, 11)):
        gor("sekreterare", Act.ATERUPPTA, dp, **h.lg_mote(date(2026, 3, 11)))
        moved = last + timedelta(days=5)
        assert set(vantar(dp).values()) == {moved}
    with klocka.vid(date(2026, 3, 13)):
        event = gor("kansli", Act.PAMINN_OM_NOMINERINGAR, dp, regioner=["skane"], till=date(2026, 4, 20))
        told = gor("kansli", Act.PAMINN_OM_NOMINERINGAR, dp, regioner=["halland"])
        assert vantar(dp) == {**dict.fromkeys(REGIONER, moved), "skane": date(2026, 4, 20)}
        assert skriv(date(2026, 4, 20)) in till(event, "skane")[0]
        assert skriv(moved) in till(told, "halland")[0], "without a new day it is the day that counts"
    with klocka.vid(date(2026, 3, 16)):
        gor("sekreterare", Act.PAUSA, dp, **h.lg_mote(date(2026, 3, 16)))
    with klocka.vid(date(2026, 3, 18)):
        gor("sekreterare", Act.ATERUPPTA, dp, **h.lg_mote(date(2026, 3, 18)))
        assert vantar(dp)["skane"] == date(2026, 4, 22)
