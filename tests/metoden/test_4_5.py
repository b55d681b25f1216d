"""§4.5 Kontaktperson, and who holds samarbetsgruppen together (P-14): nobody is taken away so that the last is gone."""

from datetime import date, timedelta

import pytest
from django.test import Client

from delprojekt.actions import forvaltning as f
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Innehav, Konto, Person, Region
from delprojekt.process import klocka
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.person import mandates, unrepresented
from tests.world import REGIONER, delprojekt_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db: None) -> Actor:
    """The one who keeps the register."""
    them = Person.objects.create(fornamn="Ada", efternamn="Min", epost="admin@exempel.se")
    Konto.objects.create_user("admin@exempel.se", "demo", person=them)
    Innehav.objects.create(person=them, roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    return actor_for_person(them)


@pytest.mark.parametrize("steg", [Steg.BEREDNING, Steg.NULAGE, Steg.AVSLUTAT])
def test_m4_5_1_a_delprojekt_never_loses_its_last_kontaktperson(steg: Steg, admin: Actor) -> None:
    """M4.5-1 (003:90): «Alla delprojekt ska ha en kontaktperson på Södra regionvårdsnämndens kansli.»"""
    d = delprojekt_in(steg)
    row = d.innehav.get(roll=Roll.KONTAKTPERSON)
    with pytest.raises(Ogiltigt, match="måste ha en kontaktperson på kansliet"):
        f.end_role(admin, row.pk, sista=idag(), skal="Sjuk.")
    row.refresh_from_db()
    assert row.till_date is None


def test_m4_5_1_a_substitute_does_not_make_the_kontaktperson_replaceable(admin: Actor) -> None:
    """M4.5-1: a substitute goes when her time is up, so she does not count."""
    d = delprojekt_in(Steg.BEREDNING)
    row = d.innehav.get(roll=Roll.KONTAKTPERSON)
    later = idag() + timedelta(days=30)
    f.appoint_substitute(admin, row.person, [row.pk], person("kansli2"), fran=idag(), till=later, beslut="Direktören")
    with pytest.raises(Ogiltigt):
        f.end_role(admin, row.pk, sista=idag(), skal="")


def test_m4_5_1_after_a_hand_over_the_new_kontaktperson_is_the_last(admin: Actor) -> None:
    """M4.5-1: the new one is there before the old one goes."""
    d = delprojekt_in(Steg.BEREDNING)
    director = actor_for_person(person("direktor"))
    f.hand_over(director, person("kansli"), person("kansli2"), [d.pk], skicka=False)
    former = d.innehav.get(roll=Roll.KONTAKTPERSON, person=person("kansli"))
    new = d.innehav.get(roll=Roll.KONTAKTPERSON, person=person("kansli2"))
    assert (former.till_date, new.fran_date, new.till_date) == (idag(), idag(), None)
    with pytest.raises(Ogiltigt):
        f.end_role(admin, new.pk, sista=idag(), skal="")


def test_p_14_the_last_representative_of_a_region_stays_until_another_is_appointed(admin: Actor) -> None:
    """P-14 (000:328): «En samarbetsgrupp med representanter från samtliga huvudmän»."""
    for region in REGIONER:
        person(f"samarbetsgrupp.{region}")
    row = person("samarbetsgrupp.skane").innehav.get()
    with pytest.raises(Ogiltigt, match="Region Skåne måste ha en representant i samarbetsgruppen"):
        f.end_role(admin, row.pk, sista=idag(), skal="")
    skane = Region.objects.get(slug="skane")
    when = {"fran": idag(), "till": None, "beslut": "Region Skåne"}
    f.grant_role(admin, person("ledamot"), Roll.SAMARBETSGRUPP, region=skane, **when)
    f.end_role(admin, row.pk, sista=idag(), skal="")
    assert unrepresented(admin) == []


def test_p_14_a_representative_of_another_region_does_not_count(admin: Actor) -> None:
    """P-14: from *every* huvudman."""
    person("samarbetsgrupp.halland")
    row = person("samarbetsgrupp.skane").innehav.get()
    with pytest.raises(Ogiltigt):
        f.end_role(admin, row.pk, sista=idag(), skal="")


def test_p_14_the_kansli_is_told_which_region_nobody_represents(admin: Actor, client: Client) -> None:
    """P-14: the composition is checked and said."""
    for region in ("blekinge", "halland", "kronoberg"):
        person(f"samarbetsgrupp.{region}")
    assert unrepresented(admin) == ["Region Skåne"]
    client.force_login(person("kansli").konto)
    html = client.get("/personer/").content.decode()
    assert "Samarbetsgruppen är inte hel" in html
    assert "Ingen företräder Region Skåne." in html
    person("samarbetsgrupp.skane")
    assert "inte hel" not in client.get("/personer/").content.decode()


def test_p_2_a_political_mandate_has_a_last_day(admin: Actor) -> None:
    """P-2 (000:13) «mandatperioden»: mandates in politiska styrgruppen carry from and to."""
    them, halland = person("utomstaende"), Region.objects.get(slug="halland")
    when = {"fran": idag(), "beslut": "Regionfullmäktige", "region": halland}
    with pytest.raises(Ogiltigt, match="mandat har en sista dag"):
        f.grant_role(admin, them, Roll.STYRGRUPP, till=None, **when)
    f.grant_role(admin, them, Roll.STYRGRUPP, till=date(2026, 12, 31), **when)
    with klocka.vid(date(2027, 1, 1)):
        assert mandates(admin) == [], "new boards from the new year"


def test_v_13_the_mandates_of_the_political_steering_group_stand_in_a_list(admin: Actor, client: Client) -> None:
    """V-13 (002:313): «En särskild politisk styrgrupp leder arbetet»."""
    halland = Region.objects.get(slug="halland")
    when = {"fran": idag(), "till": date(2026, 12, 31), "beslut": "Regionfullmäktige", "region": halland}
    f.grant_role(admin, person("utomstaende"), Roll.STYRGRUPP, **when)
    client.force_login(person("kansli").konto)
    html = client.get("/personer/").content.decode()
    assert "Politiska styrgruppen</h2>" in html
    assert "2026-12-31" in html
