"""What a sjukvårdsregion and each region have decided: I-14, I-15, formula, number of regions, deadlines."""

from datetime import date

import pytest

from delprojekt.actions.installning import GEMENSAMMA, PER_REGION, change_region, change_settings
from delprojekt.models import Forvaltningshandelse, Innehav, Person, Sjukvardsregion
from delprojekt.process.act import Act
from delprojekt.process.forvaltning import EjTillatet
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.lage import build_lage
from tests.world import actor, delprojekt_in, do, fresh, new_forslag, person, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db: None) -> Actor:
    """The one who keeps the settings."""
    them = Person.objects.create(fornamn="Ada", efternamn="Min", epost="admin@exempel.se")
    Innehav.objects.create(person=them, roll=Roll.ADMINISTRATOR, fran_date=date(2020, 1, 1))
    return actor_for_person(them)


def now() -> dict[str, object]:
    root = Sjukvardsregion.objects.get()
    return {name: getattr(root, name) for name in GEMENSAMMA}


@pytest.mark.parametrize(
    ("setting", "asked"), [("barnets_basta", "barnets_basta_kravs"), ("patientsynpunkter", "patientsynpunkter_kravs")]
)
def test_i_14_and_i_15_are_asked_when_a_participating_region_asks(setting: str, asked: str, admin: Actor) -> None:
    """I-14 (004:164) «ta vara på patienters … synpunkter»; I-15 (004:265) «barnets bästa beaktas vid alla beslut»."""
    d = new_forslag()
    submit(d)
    off = dict.fromkeys(PER_REGION, False)
    assert getattr(build_lage(fresh(d)), asked) is False
    said = change_region(admin, "skane", {**off, setting: True})
    assert said[0].startswith("Region Skåne kräver")
    assert getattr(build_lage(fresh(d)), asked) is True
    row = Forvaltningshandelse.objects.get()
    assert (row.region.slug, row.av_id) == ("skane", admin.person)  # type: ignore[union-attr]
    change_region(admin, "skane", off)
    assert getattr(build_lage(fresh(d)), asked) is False


def test_i_15_a_region_that_does_not_take_part_asks_nothing(admin: Actor) -> None:
    """I-15: per region, so only of the delprojekt it takes part in."""
    d = new_forslag()
    submit(d)
    change_region(admin, "skane", {"barnets_basta": True, "patientsynpunkter": False})
    said = {"angelaget": False, "sagt_av": "Chefläkaren", "status": "deltar_ej"}
    do("samarbetsgrupp.skane", Act.REGISTRERA_BEHOV, d, region="skane", **said)
    assert build_lage(fresh(d)).barnets_basta_kravs is False


def test_the_shared_settings_reach_the_rules(admin: Actor) -> None:
    d = delprojekt_in(Steg.BEREDNING)
    said = change_settings(
        admin,
        {**now(), "min_regioner": 2, "har_politisk_styrgrupp": False, "avstar_blockerar": False},
    )
    lage = build_lage(fresh(d))
    assert (lage.min_regioner, lage.har_styrgrupp, lage.avstar_blockerar) == (2, False, False)
    assert "Minsta antal regioner: 2 (förut 3)." in said
    assert Forvaltningshandelse.objects.count() == 3


def test_the_deadline_for_the_regions_answers_is_a_setting(admin: Actor) -> None:
    change_settings(admin, {**now(), "svarstid_beslut_dagar": 60, "svarstid_synpunkter_dagar": 14})
    lage = build_lage(fresh(delprojekt_in(Steg.BEREDNING)))
    assert (lage.svarstid_beslut_dagar, lage.svarstid_synpunkter_dagar) == (60, 14)


def test_nothing_changed_leaves_no_event(admin: Actor) -> None:
    assert change_settings(admin, now()) == []
    assert not Forvaltningshandelse.objects.exists()


@pytest.mark.parametrize("who", ["kansli", "direktor", "utomstaende"])
def test_only_the_administrator_changes_settings(who: str) -> None:
    person(who)
    with pytest.raises(EjTillatet):
        change_settings(actor(who), now())
    with pytest.raises(EjTillatet):
        change_region(actor(who), "skane", dict.fromkeys(PER_REGION, True))
