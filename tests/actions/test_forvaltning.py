"""Running the portal: people, roles, substitutes, hand-over and accounts, each with what is refused beside it."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from delprojekt.actions import forvaltning as f
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Forvaltningshandelse, Handelse, Innehav, Konto, Person, Region, Utskick
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.forvaltning import FAR, Adminact, EjTillatet, far
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.delprojekt import pending_for
from delprojekt.queries.losenord import password_link
from tests.world import CAST, actor, delprojekt_in, do, everybody, fresh, person

pytestmark = pytest.mark.django_db
NEW = {
    "fornamn": "Nya",
    "efternamn": "Namn",
    "epost": "nya@exempel.se",
    "telefon": "",
    "befattning": "Läkare",
    "profession": "läkare",
    "skyddade_uppgifter": False,
    "region": None,
}


@pytest.fixture
def admin(db: None) -> f.Actor:
    """Somebody who keeps the register."""
    them = Person.objects.create(fornamn="Ada", efternamn="Min", epost="admin@exempel.se")
    Konto.objects.create_user("admin@exempel.se", "demo", person=them)
    Innehav.objects.create(person=them, roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    return actor_for_person(them)


def of(them: Person) -> list[str]:
    return list(Forvaltningshandelse.objects.filter(om=them).order_by("pk").values_list("mening", flat=True))


@pytest.mark.parametrize("act", list(Adminact))
def test_each_act_is_done_by_those_the_table_names_and_by_nobody_else(act: Adminact, admin: f.Actor) -> None:
    everybody()
    may = {name for name in CAST if far(actor(name), act)}
    assert may == {name for name, (_, _, roll, _) in CAST.items() if FAR[act] & {roll, Roll.INLOGGAD}}
    assert far(admin, act) is bool(FAR[act] & {Roll.ADMINISTRATOR, Roll.INLOGGAD})


def test_only_the_administrator_registers_people(admin: f.Actor) -> None:
    with pytest.raises(EjTillatet, match="Det gör administratör"):
        f.add_person(actor("kansli"), NEW)
    made = f.add_person(admin, NEW)
    assert of(made) == ["Nya Namn lades till."]


def test_an_address_belongs_to_one_person(admin: f.Actor) -> None:
    f.add_person(admin, NEW)
    with pytest.raises(Ogiltigt, match="finns redan") as refused:
        f.add_person(admin, {**NEW, "epost": "NYA@exempel.se"})
    assert refused.value.falt == "epost"


def test_a_new_address_moves_the_account_too(admin: f.Actor) -> None:
    them = person("ledamot")
    f.change_person(admin, them.pk, {**NEW, "epost": "Petra.Ny@exempel.se"})
    assert Konto.objects.get(person=them).email == "petra.ny@exempel.se"
    with pytest.raises(Ogiltigt, match="måste ha en e-postadress"):
        f.change_person(admin, them.pk, {**NEW, "epost": ""})


def test_a_role_is_held_from_a_day_to_a_day_by_decision(admin: f.Actor) -> None:
    them, last = person("utomstaende"), idag() + timedelta(days=10)
    halland = Region.objects.get(slug="halland")
    f.grant_role(admin, them, Roll.LEDNINGSGRUPP, fran=idag(), till=last, beslut="Halland 2026-11-01", region=halland)
    assert Roll.LEDNINGSGRUPP in actor_for_person(them).roller()
    with klocka.vid(last):
        assert Roll.LEDNINGSGRUPP in actor_for_person(them).roller(), "the last day counts"
    with klocka.vid(last + timedelta(days=1)):
        assert Roll.LEDNINGSGRUPP not in actor_for_person(them).roller()
    assert "till och med" in of(them)[0]


@pytest.mark.parametrize(
    ("roll", "extra", "field"),
    [
        (Roll.LEDNINGSGRUPP, {}, "region"),
        (Roll.ORDFORANDE, {}, "roll"),
        (Roll.KANSLI, {"till": date(2020, 1, 1)}, "till"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused_beside_its_field(
    roll: Roll, extra: dict[str, date], field: str, admin: f.Actor
) -> None:
    with pytest.raises(Ogiltigt) as refused:
        f.grant_role(admin, person("utomstaende"), roll, **{"fran": idag(), "till": None, "beslut": "x", **extra})
    assert refused.value.falt == field
    assert not Innehav.objects.filter(person=person("utomstaende")).exists()


def test_nobody_ends_the_last_administrator(admin: f.Actor) -> None:
    row = Innehav.objects.get(roll=Roll.ADMINISTRATOR)
    with pytest.raises(Ogiltigt, match="måste ha en administratör"):
        f.end_role(admin, row.pk, sista=idag(), skal="")
    f.grant_role(admin, person("kansli"), Roll.ADMINISTRATOR, fran=idag(), till=None, beslut="Kansliet")
    f.end_role(admin, row.pk, sista=idag(), skal="Byter arbete.")
    assert "Byter arbete." in of(row.person)[-1]


def test_m4_5_1_a_kontaktperson_does_not_leave_kansliet_before_she_has_handed_over(admin: f.Actor) -> None:
    """M4.5-1: «kontaktperson på Södra regionvårdsnämndens kansli»; the refusal names the delprojekt and the way out."""
    d = delprojekt_in(Steg.BEREDNING)
    them = person("kansli")
    row = Innehav.objects.get(person=them, roll=Roll.KANSLI)
    with pytest.raises(Ogiltigt, match=f"kontaktperson i {d}, .*Gör ”Lämna över delprojekt”"):
        f.end_role(admin, row.pk, sista=idag(), skal="Slutar.")
    with pytest.raises(Ogiltigt, match="kontaktperson i"):
        f.end_role(admin, row.pk, sista=idag() + timedelta(days=30), skal="Slutar.")

    f.hand_over(actor("direktor"), them, person("kansli2"), [d.pk], skicka=False)
    f.end_role(admin, row.pk, sista=idag(), skal="Slutar.")


def test_an_administrator_without_account_does_not_count(admin: f.Actor) -> None:
    f.grant_role(admin, person("kansli"), Roll.ADMINISTRATOR, fran=idag(), till=None, beslut="Kansliet")
    Konto.objects.filter(person=person("kansli")).update(is_active=False)
    with pytest.raises(Ogiltigt, match="administratör med konto"):
        f.close_account(admin, Person.objects.get(pk=admin.person), "")


def test_a_substitute_has_the_rights_for_a_time_and_the_log_says_for_whom(admin: f.Actor) -> None:
    """architecture.md §5: ersättare, limited in time, acts with the same rights, "ersättare för …" in the log."""
    d = delprojekt_in(Steg.BEREDNING)
    replaced, them = person("samarbetsgrupp.skane"), person("utomstaende")
    row = replaced.innehav.get()
    last = idag() + timedelta(days=7)
    f.appoint_substitute(admin, replaced, [row.pk], them, fran=idag(), till=last, beslut="Region Skåne")
    assert actor_for_person(them).regioner(Roll.SAMARBETSGRUPP) == {"skane"}
    event = do("utomstaende", Act.REGISTRERA_BEHOV, d, region="skane", angelaget=True, sagt_av="Chefläkaren")
    assert event.vem == "Ulf Utter, ersättare för Sam Skane"
    with klocka.vid(last + timedelta(days=1)):
        assert not actor_for_person(them).regioner(Roll.SAMARBETSGRUPP)
    assert "är ersättare" in of(replaced)[0]
    assert "Ersättare för Sam Skane" in of(them)[0]


def test_who_holds_the_role_too_acts_as_herself(admin: f.Actor) -> None:
    d = delprojekt_in(Steg.BEREDNING)
    row = person("samarbetsgrupp.skane").innehav.get()
    them = person("samarbetsgrupp.halland")
    f.appoint_substitute(admin, row.person, [row.pk], them, fran=idag(), till=idag(), beslut="Skåne")
    said = {"angelaget": True, "sagt_av": "Chefläkaren"}
    own = do("samarbetsgrupp.halland", Act.REGISTRERA_BEHOV, d, region="halland", **said)
    assert own.ersattare_for == ""


def test_a_substitute_falls_with_the_one_replaced(admin: f.Actor) -> None:
    row = person("ledningsgrupp.skane").innehav.get()
    them = person("utomstaende")
    last = idag() + timedelta(days=30)
    f.appoint_substitute(admin, row.person, [row.pk], them, fran=idag(), till=last, beslut="Skåne")
    f.end_role(admin, row.pk, sista=idag() - timedelta(days=1), skal="")
    assert Roll.LEDNINGSGRUPP not in actor_for_person(them).roller()


def test_a_substitute_without_a_last_day_is_refused_by_the_database(admin: f.Actor) -> None:
    row = person("ledningsgrupp.skane").innehav.get()
    with pytest.raises(Exception, match="en_ersattare_har_en_sista_dag"), transaction.atomic():
        Innehav.objects.create(person=person("kansli"), roll=row.roll, fran_date=idag(), ersattare_for=row)


@pytest.mark.parametrize(
    ("who", "till", "field"), [("ledningsgrupp.skane", 1, "ersattare"), ("utomstaende", -1, "till")]
)
def test_a_substitute_that_makes_no_sense_is_refused(who: str, till: int, field: str, admin: f.Actor) -> None:
    row = person("ledningsgrupp.skane").innehav.get()
    when = {"fran": idag(), "till": idag() + timedelta(days=till), "beslut": "x"}
    with pytest.raises(Ogiltigt) as refused:
        f.appoint_substitute(admin, row.person, [row.pk], person(who), **when)
    assert refused.value.falt == field


def test_the_contact_persons_substitute_works_at_the_kansli(admin: f.Actor) -> None:
    delprojekt_in(Steg.BEREDNING)
    row = person("kansli").innehav.get(roll=Roll.KONTAKTPERSON)
    when = {"fran": idag(), "till": idag(), "beslut": "Direktören"}
    with pytest.raises(Ogiltigt, match="arbeta på kansliet"):
        f.appoint_substitute(admin, row.person, [row.pk], person("utomstaende"), **when)
    f.appoint_substitute(admin, row.person, [row.pk], person("kansli2"), **when)


def test_all_delprojekt_are_handed_over_in_one_act(admin: f.Actor) -> None:
    """features.md 24: hand-over in one action that moves rights and reminders."""
    running, ended = delprojekt_in(Steg.NULAGE), delprojekt_in(Steg.AVSLUTAT, benamning="Avslutat sedan länge")
    Utskick.objects.all().delete()
    a, b = person("kansli"), person("kansli2")
    events = f.hand_over(actor("direktor"), a, b, [running.pk, ended.pk], skicka=True)
    assert [e.delprojekt_id for e in events] == [running.pk, ended.pk]
    assert {e.mening for e in events} == {"Nils Alm utsågs till kontaktperson på kansliet efter Maja Ek."}
    assert set(Utskick.objects.values_list("handelse", flat=True)) == {e.pk for e in events}
    for d in (running, ended):
        held = d.innehav.filter(roll=Roll.KONTAKTPERSON, till_date=None)
        assert [row.person for row in held] == [b]
    assert not Innehav.objects.filter(person=a, roll=Roll.KONTAKTPERSON, till_date=None).exists()
    assert {row.delprojekt for row in pending_for(actor("kansli2")) if row.roll == Roll.KONTAKTPERSON} <= {running}
    assert of(a)[-1].startswith("Lämnade över till Nils Alm:")


def test_what_waits_for_the_contact_person_follows_to_the_new_one(admin: f.Actor) -> None:
    d = delprojekt_in(Steg.BEREDNING)
    mine = [row for row in pending_for(actor("kansli")) if row.roll == Roll.KONTAKTPERSON]
    assert mine, "something lies with the contact person in beredning"
    f.hand_over(actor("direktor"), person("kansli"), person("kansli2"), [d.pk], skicka=False)
    assert [r for r in pending_for(actor("kansli2")) if r.roll == Roll.KONTAKTPERSON] == mine
    assert not [r for r in pending_for(actor("kansli")) if r.roll == Roll.KONTAKTPERSON]
    assert not Utskick.objects.filter(handelse=Handelse.objects.latest("pk")).exists()


def test_only_the_ticked_delprojekt_are_handed_over(admin: f.Actor) -> None:
    """Sick leave: some go, some stay."""
    going, staying = delprojekt_in(Steg.BEREDNING), delprojekt_in(Steg.BEREDNING, benamning="Stannar")
    f.hand_over(actor("direktor"), person("kansli"), person("kansli2"), [going.pk], skicka=False)
    assert staying.innehav.get(roll=Roll.KONTAKTPERSON, till_date=None).person == person("kansli")


def test_a_hand_over_is_all_or_nothing(admin: f.Actor) -> None:
    d = delprojekt_in(Steg.BEREDNING)
    for who, choice in (("utomstaende", [d.pk]), ("kansli", [d.pk]), ("kansli2", [])):
        with pytest.raises(Ogiltigt):
            f.hand_over(actor("direktor"), person("kansli"), person(who), choice, skicka=True)
    assert fresh(d).innehav.get(roll=Roll.KONTAKTPERSON).person == person("kansli")
    with pytest.raises(EjTillatet):
        f.hand_over(actor("ordforande"), person("kansli"), person("kansli2"), [d.pk], skicka=True)


def test_opening_an_account_sends_a_link_that_works_once(admin: f.Actor, client: Client) -> None:
    them = f.add_person(admin, NEW)
    konto = f.open_account_for(admin, them)
    mail = Utskick.objects.get(person=them)
    link = password_link(konto)
    path = next(line for line in mail.text.splitlines() if "/password/reset/key/" in line)
    assert path.split("/key/")[0] == link.split("/key/")[0]
    address = "/" + path.split("/", 3)[3]
    page = client.get(address, follow=True)
    form = {"password1": "en ganska lang mening", "password2": "en ganska lang mening"}
    client.post(page.redirect_chain[-1][0], form)
    assert Client().login(email="nya@exempel.se", password="en ganska lang mening")
    assert "Länken gäller inte längre" in Client().get(address, follow=True).content.decode()


def test_closing_an_account_ends_its_sessions_for_good(admin: f.Actor) -> None:
    """quality.md §1 row 24: the old key is dead, also when the account is opened again."""
    them, browser = person("utomstaende"), Client()
    browser.post("/konto/login/", {"login": "utomstaende@exempel.se", "password": "demo"})
    assert browser.get("/").status_code == 200
    f.close_account(admin, them, "Slutar.")
    assert browser.get("/").status_code == 302
    f.open_account_for(admin, them)
    assert browser.get("/").status_code == 302
    assert not Client().login(email="utomstaende@exempel.se", password="demo")
    assert "Slutar." in of(them)[0]


def test_who_is_contact_person_hands_over_before_the_account_closes(admin: f.Actor) -> None:
    """M4.5-1: a delprojekt never stands without."""
    d = delprojekt_in(Steg.BEREDNING)
    with pytest.raises(Ogiltigt, match="måste ha en kontaktperson"):
        f.close_account(admin, person("kansli"), "")
    f.hand_over(actor("direktor"), person("kansli"), person("kansli2"), [d.pk], skicka=False)
    f.close_account(admin, person("kansli"), "")


def test_the_log_of_running_the_portal_can_only_grow(admin: f.Actor) -> None:
    f.add_person(admin, NEW)
    for statement in ("UPDATE {} SET mening = 'x'", "DELETE FROM {}"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement.format(Forvaltningshandelse._meta.db_table))


def test_the_first_administrator_can_be_made_once(db: None) -> None:
    konto = f.first_administrator("Ada", "Min", "ada@exempel.se")
    assert {Roll.ADMINISTRATOR, Roll.KANSLI} <= actor_for_person(konto.person).roller()
    assert Utskick.objects.filter(person=konto.person).count() == 1
    with pytest.raises(Ogiltigt, match="finns redan en administratör"):
        f.first_administrator("Eva", "Två", "eva@exempel.se")
