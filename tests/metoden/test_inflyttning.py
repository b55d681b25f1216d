"""Running delprojekt move in: V-22, D9, D10, D16, D19; a delprojekt enters the house through its actions."""

import hashlib
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags

from delprojekt.actions.inflyttning import move_in
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Avvisning, Delprojekt, Faktumrad, Handelse, Innehav, Stegbesok, Utskick, Vantar
from delprojekt.process.act import Act
from delprojekt.process.efterhand import Uppgift, kinds_by_step
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.roller import Roll
from delprojekt.process.steg import FORE_START, HUVUDLINJE, Steg, way_to
from delprojekt.queries.delprojekt import read_page
from delprojekt.queries.efterhand import unknown
from delprojekt.queries.lage import build_lage
from tests import world
from tests.world import PDF, REGIONER, do, fresh

pytestmark = pytest.mark.django_db
DAG = date(2019, 10, 3)


def mover() -> Any:
    """Somebody at the kansli who runs the portal."""
    them = world.person("kansli2")
    Innehav.objects.get_or_create(person=them, roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    return world.actor("kansli2")


def inlagt(steg: Steg, **said: Any) -> Delprojekt:
    return fresh(move_in(mover(), {"steg": steg, "benamning": "Ablationer", **said}))


NAMNDBESLUT = {"dag": DAG, "punkt": "44", "dnr": "", "lydelse": "Nämnden rekommenderar.", "rekommendationer": ["samla"]}


@pytest.mark.parametrize("steg", list(Steg))
def test_v_22_a_delprojekt_is_moved_in_in_any_step_with_the_visits_of_the_steps_it_passed(steg: Steg) -> None:
    d = inlagt(steg)
    assert d.steg == steg
    assert [Steg(v.steg) for v in Stegbesok.objects.filter(delprojekt=d).order_by("nummer")] == list(way_to(steg))
    assert Stegbesok.objects.filter(delprojekt=d, efterhand=False).count() == 0
    assert (d.omgangar.count() == 0) == (steg in FORE_START)
    assert Vantar.objects.filter(delprojekt=d).exists() == (steg in {*HUVUDLINJE, Steg.AVVAKTAR})


@pytest.mark.parametrize("steg", [s for s in HUVUDLINJE if s is not Steg.PROJEKTFORSLAG])
def test_v_22_a_step_on_the_way_can_be_undone_as_any_other(steg: Steg) -> None:
    d = inlagt(steg)
    do("kansli", Act.ANGRA, d, text="Lades in i fel steg.")
    assert fresh(d).steg == way_to(steg)[-2]


@pytest.mark.parametrize("who", ["kansli", "direktor", "sekreterare", "medarbetare"])
def test_d10_only_an_administrator_moves_in(who: str) -> None:
    with pytest.raises(Refused):
        move_in(world.actor(who), {"steg": Steg.NULAGE, "benamning": "X"})
    assert not Delprojekt.objects.exists()


def test_v_22_everything_is_marked_and_no_mail_is_sent_and_the_time_of_registration_is_real() -> None:
    d = inlagt(Steg.NAMND, fakta=[Uppgift(Faktumslag.STARTBESLUT, DAG, organ=Organslag.LEDNINGSGRUPP, punkt="4")])
    row = Faktumrad.objects.get(delprojekt=d)
    event = Handelse.objects.get(delprojekt=d)
    assert (row.efterhand, event.efterhand, row.date) == (True, True, DAG)
    assert row.registrerat_at.date() != DAG
    assert event.hande_at.date() != DAG
    assert not Utskick.objects.exists()
    assert Stegbesok.objects.get(delprojekt=d, steg=Steg.UPPDRAG).fran_at.date() == DAG


def test_v_22_what_nobody_knows_is_said_to_be_unknown_and_never_invented() -> None:
    d = inlagt(Steg.ANALYS)
    missing = {word for one in unknown(mover(), d) for word in one.saknas}
    assert {"Startbeslut", "Uppdraget fastställt", "Arbetsgruppen utsedd"} <= missing
    assert set(Stegbesok.objects.filter(delprojekt=d).values_list("fran_at", flat=True)) == {None}
    assert not Faktumrad.objects.filter(delprojekt=d).exists()


def test_v_22_how_long_it_has_lain_is_said_only_where_it_is_known() -> None:
    """The day it was moved in is not the day its step began; without a number it is still no förslag."""
    client = Client()
    mover()
    client.force_login(world.person("kansli2").konto)
    page = client.get(inlagt(Steg.LEDNINGSGRUPP).get_absolute_url()).content.decode()
    assert "Ligger hos ledningsgruppen. Det är inte känt sedan när." in page
    assert "Delprojekt, nummer saknas" in page
    assert "Uppdraget fastställt" in page
    assert "Det här är inte registrerat." in page
    unknown = page.split('aria-labelledby="okant"')[1].split("</section>")[0]
    assert unknown.count("aknas") == 1, "said once, in the heading"
    known = inlagt(Steg.HUVUDMANSBESLUT, namndbeslut=NAMNDBESLUT, regioner=list(REGIONER))
    assert "sedan 3 oktober 2019." in client.get(known.get_absolute_url()).content.decode()
    assert known.vantar.count() == Vantar.objects.filter(delprojekt=known, sedan_at__date=DAG).count()


def test_v_22_five_facts_and_eight_files_are_moved_in_through_the_page_and_it_goes_on() -> None:
    client = Client()
    mover()
    client.force_login(world.person("kansli2").konto)
    told = {
        "benamning": "Ablationer",
        "regioner": list(REGIONER),
        "startbeslut_nar": "15 februari 2018",
        "startbeslut_punkt": "4",
        "uppdrag_faststallt_nar": "2018",
        "arbetsgrupp_utsedd_nar": "våren 2018",
        "slutrapport_inlamnad_nar": "2019-06-18",
        "samarbetsgruppen_behandlat_nar": "2019-08-20",
        "filer": [SimpleUploadedFile(f"Bilaga {n}.pdf", PDF + b"%d" % n) for n in range(8)],
    }
    answer = client.post("/inflyttning/nytt/?steg=ledningsgrupp", told)
    d = Delprojekt.objects.get()
    assert answer.headers["Location"] == d.get_absolute_url()
    assert (d.fakta.count(), d.filer.count()) == (5, 8)
    world.to_namnd(d)
    assert fresh(d).steg == Steg.NAMND


def test_d16_only_a_year_is_known_and_no_meeting_is_made_up() -> None:
    said = Uppgift(Faktumslag.STARTBESLUT, date(2019, 12, 31), "2019", organ=Organslag.LEDNINGSGRUPP)
    d = inlagt(Steg.NULAGE, fakta=[said])
    row = Faktumrad.objects.get(delprojekt=d)
    assert (row.nar, row.arende, row.organ) == ("2019", None, Organslag.LEDNINGSGRUPP)
    assert Stegbesok.objects.get(delprojekt=d, steg=Steg.UPPDRAG).fran_at is None


def test_v_22_it_goes_on_by_the_ordinary_rules_and_the_past_answers_them() -> None:
    """Moved in at nämnden with its beslutsförslag: politisk beredning and recommendation follow as for any other."""
    d = inlagt(Steg.NAMND, attsatser=["samla ablationerna"], regioner=list(REGIONER))
    world.recommend(d)
    assert fresh(d).steg == Steg.HUVUDMANSBESLUT
    assert [r.text for r in d.namndbeslut.get().rekommendationer.all()] == ["samla ablationerna"]


def test_v_22_a_gap_blocks_and_the_checklist_says_how_it_is_filled_in() -> None:
    d = inlagt(Steg.NAMND)
    with pytest.raises(Refused, match="beslutsförslag"):
        world.recommend(d)
    client = Client()
    client.force_login(world.person("kansli2").konto)
    assert f"/delprojekt/{d.pk}/gor/komplettera-i-efterhand/" in client.get(f"/delprojekt/{d.pk}/").content.decode()
    perform(mover(), Act.KOMPLETTERA_I_EFTERHAND, d.pk, {"attsatser": ["samla ablationerna"], "regioner": REGIONER})
    formula = "Södra regionvårdsnämnden rekommenderar regionerna att"
    lydelse = f"Nämnden godkänner slutrapporten. {formula} samla ablationerna."
    do("namndsekreterare", Act.REKOMMENDERA, d, organ="namnd", dag=world.DAG, punkt="1", lydelse=lydelse)
    assert fresh(d).steg == Steg.HUVUDMANSBESLUT


def test_v_22_a_delprojekt_of_the_portal_cannot_be_completed_past_its_rules() -> None:
    d = world.delprojekt_in(Steg.NULAGE)
    with pytest.raises(Refused, match="började före portalen"):
        perform(mover(), Act.KOMPLETTERA_I_EFTERHAND, d.pk, {"attsatser": ["x"]})


def test_m5_6_2_a_regions_decision_without_its_document_is_shown_but_does_not_count() -> None:
    said = {"region": "skane", "dag": date(2019, 11, 1), "utfall": "bifall"}
    d = inlagt(Steg.HUVUDMANSBESLUT, regioner=REGIONER, namndbeslut=NAMNDBESLUT, regionbeslut=[said])
    assert build_lage(d).beslut.har_svarat == frozenset()
    paper = SimpleUploadedFile("utdrag.pdf", PDF)
    again = {"regionbeslut": [said | {"region": "halland", "fil": paper}]}
    perform(mover(), Act.KOMPLETTERA_I_EFTERHAND, d.pk, again)
    decided = build_lage(fresh(d)).beslut
    assert (decided.har_handling, decided.ogranskade, decided.verifierade) == ({"halland"}, {"halland"}, set())


def test_a_regions_decision_before_the_namnds_is_refused() -> None:
    early = {"region": "skane", "dag": date(2019, 1, 1), "utfall": "bifall"}
    with pytest.raises(Ogiltigt, match="efter nämndens"):
        inlagt(Steg.HUVUDMANSBESLUT, regioner=REGIONER, namndbeslut=NAMNDBESLUT, regionbeslut=[early])
    assert not Delprojekt.objects.exists()


def test_d10_number_and_part_are_unique_and_aliases_are_found() -> None:
    inlagt(Steg.AVSLUTAT, nummer=13, delnummer="I", alias=["Hjärtablation"])
    inlagt(Steg.NAMND, nummer=13, delnummer="II")
    with pytest.raises(Ogiltigt, match="Nummer 13:I används redan"):
        inlagt(Steg.NAMND, nummer=13, delnummer="I")
    client = Client()
    client.force_login(world.person("kansli2").konto)
    page = client.get("/delprojekt/?q=hjärtabl").content.decode()
    assert "13:I" in page
    assert "13:II" not in page


def test_d19_a_region_that_does_not_take_part_is_kept_as_such() -> None:
    d = inlagt(Steg.NULAGE, regioner=["skane", "blekinge"])
    assert build_lage(d).deltar == {"skane", "blekinge"}


def test_a_file_is_stored_by_what_it_is_and_never_under_the_name_it_came_with() -> None:
    d = inlagt(Steg.HISTORISKT, filer=[SimpleUploadedFile("../Uppsala\x07 2019-10-03.exe", PDF)])
    row = d.filer.get()
    assert re.fullmatch(r"inlagt/\d{4}/[0-9a-f]{32}\.pdf", row.fil.name)
    assert (row.filnamn, row.date) == ("Uppsala 2019-10-03.exe", DAG)
    assert (row.storlek, row.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())


def test_e7_each_of_many_files_that_is_turned_away_is_noted_and_none_is_kept() -> None:
    client = Client()
    mover()
    client.force_login(world.person("kansli2").konto)
    d = inlagt(Steg.NULAGE)
    names = ["Elak ett.pdf", "Elak två.pdf"]
    files = [SimpleUploadedFile(name, b"MZ detta \xc3\xa4r inget dokument") for name in names]
    url = f"/delprojekt/{d.pk}/gor/komplettera-i-efterhand/"
    key = client.get(url).context["form"]["nyckel"].value()
    fine = SimpleUploadedFile("Bra.pdf", PDF)
    answer = client.post(url, {"nyckel": key, "kalla": "Pärmen.", "filer": [*files, fine]})
    assert answer.status_code == 422
    assert sorted(Avvisning.objects.values_list("filnamn", flat=True)) == names
    assert not d.filer.exists()


def test_v_22_files_come_in_bulk_with_kind_and_day_and_the_same_file_only_once() -> None:
    files = [
        SimpleUploadedFile("2019-10-03 Protokollsutdrag.pdf", PDF),
        SimpleUploadedFile("Slutrapport ablationer.pdf", PDF + b"2"),
        SimpleUploadedFile("kopia.pdf", PDF),
    ]
    d = inlagt(Steg.HISTORISKT, filer=files)
    found = [(f.get_slag_display(), f.date) for f in d.filer.order_by("pk")]
    assert found == [("Protokollsutdrag", DAG), ("Slutrapport", None)]
    client = Client()
    client.force_login(world.person("kansli2").konto)
    answer = client.get(f"/delprojekt/{d.pk}/fil/{d.filer.earliest('pk').pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PDF
    other = Client()
    other.force_login(world.person("utomstaende").konto)
    assert other.get(f"/delprojekt/{d.pk}/fil/{d.filer.earliest('pk').pk}/").status_code == 404


def test_every_kind_of_fact_of_the_main_line_can_be_told_once() -> None:
    kinds = [slag for found in kinds_by_step(Steg.HISTORISKT).values() for slag in found]
    assert len(kinds) == len(set(kinds))
    assert {Faktumslag.STARTBESLUT, Faktumslag.ENIGA, Faktumslag.REDOVISAD, Faktumslag.EXPEDIERAT} <= set(kinds)
    assert Faktumslag.EXPEDIERAT not in [s for found in kinds_by_step(Steg.NAMND).values() for s in found]


@pytest.mark.parametrize("steg", list(Steg))
def test_the_page_of_every_step_can_be_filled_in_and_read(steg: Steg) -> None:
    client = Client()
    mover()
    client.force_login(world.person("kansli2").konto)
    url = f"/inflyttning/nytt/?steg={steg}"
    assert client.get(url).status_code == 200
    answer = client.post(url, {"benamning": "Skopiverksamhet", "regioner": list(REGIONER)})
    d = Delprojekt.objects.get()
    assert answer.headers["Location"] == d.get_absolute_url()
    assert client.get(answer.headers["Location"]).status_code == 200
    for tab in ("forslag", "uppdrag", "rapport", "beslut", "regioner", "handelser"):
        assert client.get(f"/delprojekt/{d.pk}/visa/{tab}/").status_code in {200, 404}
    assert client.get(f"/delprojekt/{d.pk}/gor/komplettera-i-efterhand/").status_code == 200


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept() -> None:
    client = Client()
    mover()
    client.force_login(world.person("kansli2").konto)
    typed = {
        "benamning": "Axelkirurgi",
        "regioner": ["skane"],
        "startbeslut_nar": "någon gång",
        "eniga_punkt": "7",
        "beslut_skane_organ": "Regionstyrelsen",
        "ordforande": "Karin",
    }
    page = client.post("/inflyttning/nytt/?steg=huvudmansbeslut", typed)
    text = page.content.decode()
    assert page.status_code == 422
    for said in ("Skriv så mycket du vet", "åtminstone vilket år", "vad regionen beslutade", "Rad 1:", "någon gång"):
        assert said in text
    assert not Delprojekt.objects.exists()


def test_the_list_names_what_has_been_moved_in() -> None:
    d = inlagt(Steg.NAMND)
    client = Client()
    client.force_login(world.person("kansli2").konto)
    mover()
    page = client.get("/inflyttning/")
    assert page.status_code == 200
    assert d.benamning in page.content.decode()


def test_inflyttning_is_not_for_others() -> None:
    client = Client()
    client.force_login(world.person("kansli").konto)
    for url in ("/inflyttning/", "/inflyttning/nytt/?steg=namnd"):
        assert client.get(url).status_code == 403


def test_the_rail_shows_the_way_without_days_that_nobody_knows() -> None:
    d = inlagt(Steg.NAMND)
    assert [s.lage for s in read_page(mover(), d).rail][:8] == ["klar"] * 7 + ["nu"]


def test_d10_the_known_delprojekt_are_moved_in_once_and_found_by_every_name() -> None:
    """reference-data.md §4.2: unknown numbers stay empty, what is uncertain names its source."""
    inlagt(Steg.NULAGE, nummer=27, alias=["Palliativ vård barn"])
    for _ in range(2):
        call_command("ladda_delprojekt", verbosity=0)
    rows = {row.benamning: row for row in Delprojekt.objects.all()}
    assert len(rows) == Delprojekt.objects.count() == 21
    assert "Palliativ vård hos barn" not in rows
    assert rows["Kärlkirurgi"].nummer is None
    assert {d.beteckning for d in rows.values() if d.nummer == 13} == {"13:I", "13:II"}
    assert rows["Axelkirurgi"].namndbeslut.get().arende.mote.date == date(2017, 11, 30)
    assert rows["MRT under jourtid"].fakta.get().nar == "2021"
    event = rows["ME/CFS"].handelser.get()
    assert "enligt sjukvårdsregionens webbplats" in event.mening
    assert event.vem == "Portalen"
    client = Client()
    client.force_login(world.person("kansli").konto)
    assert "ME/CFS" not in client.get("/delprojekt/?q=djup+hjärnstimulering").content.decode()
    assert "DBS vid Parkinson" in client.get("/delprojekt/?q=djup+hjärnstimulering").content.decode()
    for tab in ("", "visa/beslut/", "visa/regioner/", "visa/uppdrag/", "visa/rapport/", "visa/handelser/"):
        assert client.get(f"/delprojekt/{rows['Axelkirurgi'].pk}/{tab}").status_code == 200


def test_v_22_which_regions_took_part_is_not_known_until_somebody_tells() -> None:
    d = inlagt(Steg.INFORANDE)
    assert {p.get_status_display() for p in d.deltaganden.all()} == {"Uppgift saknas"}
    client = Client()
    client.force_login(world.person("kansli2").konto)
    page = client.get(d.get_absolute_url()).content.decode()
    assert "Region Skåne: uppgift saknas" in page
    assert "Region Skåne: deltar" not in page

    do("kansli", Act.KOMPLETTERA_I_EFTERHAND, d, regioner=["skane", "blekinge"])

    assert {p.region.slug: p.status for p in d.deltaganden.select_related("region")} == {
        "skane": "deltar",
        "blekinge": "deltar",
        "halland": "deltar_ej",
        "kronoberg": "deltar_ej",
    }
    assert "regioner" not in client.get(f"/delprojekt/{d.pk}/gor/komplettera-i-efterhand/").context["form"].fields


def test_v_22_while_it_is_not_known_every_region_is_asked() -> None:
    """Nobody is left out of a hard requirement because a fact from before the portal is missing."""
    assert build_lage(inlagt(Steg.LEDNINGSGRUPP)).deltar == set(REGIONER)


def test_v_22_what_nothing_is_known_of_is_not_recommended_to_anybody() -> None:
    with pytest.raises(Ogiltigt, match="vilka regioner som deltar"):
        inlagt(Steg.HUVUDMANSBESLUT, namndbeslut=NAMNDBESLUT)
    assert not Delprojekt.objects.exists()


def test_v_22_what_is_known_of_something_historiskt_is_shown_and_nothing_of_it_is_to_come() -> None:
    """reference-data.md §4.2: AT/ST was decided on 2017-10-04 and followed up on 2018-11-23."""
    call_command("ladda_delprojekt", verbosity=0)
    d = Delprojekt.objects.get(nummer=1)
    rail = {s.steg: (s.lage, s.nar) for s in read_page(world.actor("kansli"), d).rail}
    assert rail[Steg.NAMND] == ("klar", "4 oktober 2017")
    assert rail[Steg.UPPFOLJNING] == ("klar", "23 november 2018")
    assert {lage for lage, _ in rail.values()} == {"klar", "okant"}

    client = Client()
    client.force_login(world.person("kansli").konto)
    pages = {
        tab: strip_tags(client.get(f"/delprojekt/{d.pk}/visa/{tab}/").content.decode()).replace("\xa0", " ")
        for tab in ("uppfoljning", "beslut", "regioner")
    }
    assert "23 november 2018" in pages["uppfoljning"]
    assert "Ingen uppföljning än" not in pages["uppfoljning"]
    for tab in ("beslut", "regioner"):
        assert "4 oktober 2017" in pages[tab]
        assert "4 oktober 2017 §" not in pages[tab]

    timeline = client.get("/delprojekt/?vy=tidslinje&q=utbildning").content.decode()
    assert "Nämndens beslut 4 oktober 2017" in timeline
    assert "Uppgift saknas" in client.get("/delprojekt/?vy=tidslinje&q=ryggkirurgi").content.decode()


def test_v_22_the_tabs_of_what_was_moved_in_without_its_decision_say_that_it_is_not_known() -> None:
    d = inlagt(Steg.INFORANDE)
    client = Client()
    client.force_login(world.person("kansli2").konto)
    for tab in ("regioner", "uppfoljning", "beslut"):
        page = client.get(f"/delprojekt/{d.pk}/visa/{tab}/").content.decode()
        assert "Uppgift saknas" in page
        assert "Ingen rekommendation än" not in page
    assert client.get(d.get_absolute_url()).content.decode().count("Uppgift saknas") >= 4
