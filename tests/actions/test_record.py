"""Beat 4: the event, who is told, whose turn it is; and what is refused leaves nothing behind."""

import uuid
from datetime import date, timedelta

import pytest
from django.core import mail

from delprojekt.actions.forslag import create_forslag
from delprojekt.actions.jobb import deliver_mail
from delprojekt.actions.steg import perform
from delprojekt.actions.takt import IngetAndrat, MotiveringSaknas, Ogiltigt, RedanGjort
from delprojekt.models import Delprojekt, Handelse, Innehav, Region, Utskick, Vantar
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag, vid
from delprojekt.process.krav import Krav
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Refused, Why, awaited
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests import world
from tests.walked import EVERY_STEP, Walked
from tests.world import DAG, actor, do, fresh, person

pytestmark = pytest.mark.django_db
LG = {"organ": "ledningsgrupp", "dag": DAG}


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[steg])


def told(event: Handelse) -> set[str]:
    return {row.person.epost.removesuffix("@exempel.se") for row in event.utskick.select_related("person")}


# the form's key


def test_a_second_post_with_the_same_key_is_refused_and_changes_nothing(walked: Walked) -> None:
    d, key = at(walked, Steg.NULAGE), uuid.uuid4()
    contact = {"dag": DAG, "val": "verksamhet", "part": "Kirurgi"}
    perform(actor("ordforande"), Act.REGISTRERA_LINJEKONTAKT, d.pk, contact, nyckel=key)
    events = Handelse.objects.count()
    with pytest.raises(RedanGjort):
        perform(actor("ordforande"), Act.REGISTRERA_LINJEKONTAKT, d.pk, contact, nyckel=key)
    assert Handelse.objects.count() == events
    perform(actor("ordforande"), Act.REGISTRERA_LINJEKONTAKT, d.pk, contact, nyckel=uuid.uuid4())


# advice and motivering


def test_advice_that_is_not_followed_takes_a_motivering(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    for blank in ("", "   "):
        with pytest.raises(MotiveringSaknas):
            perform(actor("kansli"), Act.BORJA_INFORANDE, d.pk, {}, motivering=blank)
    assert fresh(d).steg == Steg.HUVUDMANSBESLUT


def test_the_motivering_and_the_advice_are_stored_with_the_event(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    event = perform(actor("kansli"), Act.BORJA_INFORANDE, d.pk, {}, motivering="  Skåne beslutar i december. ")
    assert event.motivering == "Skåne beslutar i december."
    assert Krav.ALLA_REGIONER_HAR_BESLUTAT.name in event.rad
    assert "Skåne beslutar i december." in event.utskick.first().text


def test_an_act_without_unfollowed_advice_needs_no_motivering(walked: Walked) -> None:
    event = perform(actor("ordforande"), Act.TILLBAKA_TILL_NULAGE, walked[Steg.ANALYS], {})
    assert (event.motivering, event.rad) == ("", [])


# who is told


def test_those_whom_the_policy_names_are_told_and_nobody_else(walked: Walked) -> None:
    event = do("ordforande", Act.BORJA_ANALYS, at(walked, Steg.NULAGE))
    assert told(event) == {"kansli"}


def test_the_one_who_acts_gets_no_mail_about_it(walked: Walked) -> None:
    event = do("kansli", Act.BORJA_ANALYS, at(walked, Steg.NULAGE))
    assert "kansli" not in told(event)


def test_a_region_that_does_not_take_part_is_not_told(walked: Walked) -> None:
    d = at(walked, Steg.ATGARDSFORSLAG)
    d.deltaganden.filter(region__slug="halland").update(status="deltar_ej")
    event = do("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, d)
    assert {"ledningsgrupp.skane", "ledningsgrupp.blekinge", "ledningsgrupp.kronoberg"} <= told(event)
    assert "ledningsgrupp.halland" not in told(event)


def test_a_mandate_that_has_ended_gets_no_mail(walked: Walked) -> None:
    d = at(walked, Steg.ATGARDSFORSLAG)
    ended = Innehav.objects.get(person=person("ledningsgrupp.skane"))
    ended.till_date = idag() - timedelta(days=1)
    ended.save()
    assert "ledningsgrupp.skane" not in told(do("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, d))


def test_a_chair_of_another_delprojekt_is_not_told(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    Innehav.objects.filter(delprojekt=d, roll=Roll.ORDFORANDE).update(till_date=idag() - timedelta(days=1))
    event = do("sekreterare", Act.ATERREMITTERA_TILL_ARBETSGRUPPEN, d, dag=DAG, text="Räkna om.")
    assert "ordforande" not in told(event)


def test_somebody_without_an_address_or_with_two_roles_is_no_trouble(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    world.Person.objects.filter(epost="kansli@exempel.se").update(epost="")
    Innehav.objects.create(person=person("ordforande"), roll=Roll.SAMARBETSGRUPP, fran_date=date(2020, 1, 1))
    event = do("sekreterare", Act.FORNYA_UPPDRAG, d, dag=DAG, text="Utred mer.")
    people = list(event.utskick.values_list("person", flat=True))
    assert len(people) == len(set(people))
    assert person("ordforande").pk in people


def test_no_mail_when_it_is_switched_off_but_the_event_is_there(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    event = perform(actor("ordforande"), Act.BORJA_ANALYS, d.pk, {}, motivering="Brådskar.", skicka=False)
    assert not event.utskick.exists()
    assert Handelse.objects.filter(pk=event.pk).exists()


def test_a_mail_says_what_happened_and_where_and_names_the_portal(walked: Walked) -> None:
    Utskick.objects.filter(sent_at=None).delete()
    d = at(walked, Steg.NULAGE)
    event = do("ordforande", Act.BORJA_ANALYS, d)
    assert deliver_mail() == 1
    (letter,) = mail.outbox
    assert letter.to == ["kansli@exempel.se"]
    assert event.mening in letter.body
    assert f"http://localhost:8000/delprojekt/{d.pk}/" in letter.body
    assert str(d) in letter.subject
    assert deliver_mail() == 0, "it is sent once"


def test_a_title_with_a_line_break_adds_no_header(walked: Walked) -> None:
    Utskick.objects.filter(sent_at=None).delete()
    d = at(walked, Steg.NULAGE)
    Delprojekt.objects.filter(pk=d.pk).update(benamning="Titel\nBcc: alla@exempel.se")
    do("ordforande", Act.BORJA_ANALYS, d)
    deliver_mail()
    for letter in mail.outbox:
        assert letter.message()["Bcc"] is None
        assert letter.recipients() == ["kansli@exempel.se"]


# on behalf of


def test_what_kansliet_does_for_a_body_is_said_in_the_log(walked: Walked) -> None:
    d = at(walked, Steg.BEREDNING)
    assert do("kansli", Act.BESLUTA_START, d, **LG).for_rakning == "ledningsgruppens"


def test_what_a_body_does_itself_says_nothing_of_others(walked: Walked) -> None:
    assert do("sekreterare", Act.BESLUTA_START, at(walked, Steg.BEREDNING), **LG).for_rakning == ""


# refused: nothing is left


def test_what_is_refused_in_the_middle_leaves_nothing(walked: Walked) -> None:
    """The change fails after the fact has been registered: fact, event, mail and step all go back."""
    d, other = at(walked, Steg.BEREDNING), at(walked, Steg.UPPDRAG)
    before = (d.fakta.count(), d.handelser.count(), d.besok.count(), Utskick.objects.count())
    with pytest.raises(Ogiltigt, match="används redan"):
        do("sekreterare", Act.BESLUTA_START, d, **LG, nummer=other.nummer)
    assert (d.fakta.count(), d.handelser.count(), d.besok.count(), Utskick.objects.count()) == before
    assert fresh(d).steg == Steg.BEREDNING


def test_pausat_blocks_and_says_so_and_resuming_opens_again(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked.pausat)
    with pytest.raises(Refused) as caught:
        do("ordforande", Act.BORJA_ANALYS, d)
    assert caught.value.decision.why is Why.PAUSED
    do("ordforande", Act.REGISTRERA_LINJEKONTAKT, d, dag=DAG, val="verksamhet", part="Kirurgi")
    do("kansli", Act.ATERUPPTA, d, dag=DAG)
    do("ordforande", Act.BORJA_ANALYS, d)
    assert (fresh(d).steg, fresh(d).pausat) == (Steg.ANALYS, False)


def test_what_is_paused_can_be_ended_and_undone_and_is_then_whole(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked.pausat)
    do("sekreterare", Act.AVBRYT, d, **LG, text="Resurser saknas.")
    do("kansli", Act.ANGRA, d, text="Fel ärende.")
    assert fresh(d).steg == Steg.NULAGE
    assert [one.act for one in awaited(build_lage(fresh(d)))]


# whose turn it is


def stored(d: Delprojekt) -> set[tuple[str, str, str | None]]:
    return {(row.act, row.roll, row.region and row.region.slug) for row in Vantar.objects.filter(delprojekt=d)}


def recomputed(d: Delprojekt) -> set[tuple[str, str, str | None]]:
    return {(one.act.value, one.roll.value, one.region) for one in awaited(build_lage(fresh(d)))}


@pytest.mark.parametrize("steg", EVERY_STEP, ids=str)
def test_what_is_stored_as_waiting_is_what_the_policy_says(walked: Walked, steg: Steg) -> None:
    d = at(walked, steg)
    assert stored(d) == recomputed(d)


def test_what_is_stored_follows_every_single_act_of_a_life(monkeypatch: pytest.MonkeyPatch) -> None:
    world.everybody()
    seen: set[Act] = set()
    plain = world.do

    def do_and_compare(who: str, act: Act, d: Delprojekt, **underlag: object) -> Handelse:
        event = plain(who, act, d, **underlag)
        assert stored(d) == recomputed(d), act
        seen.add(act)
        return event

    monkeypatch.setattr(world, "do", do_and_compare)
    d = world.delprojekt_in(Steg.AVSLUTAT)
    assert not stored(d)
    assert len(seen) > 40


def test_what_still_waits_keeps_since_when_and_gets_its_day(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    row = Vantar.objects.get(delprojekt=d, act=Act.REGISTRERA_HUVUDMANSBESLUT, region__slug="skane")
    since, expedited = row.sedan_at, DAG
    with vid(date(2026, 9, 9)):
        world.decide_in(d, "blekinge")
    row.refresh_from_db()
    assert row.sedan_at == since
    assert row.frist_date == expedited + timedelta(days=90)


def test_a_region_that_has_answered_is_no_longer_waited_for(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    world.decide_in(d, "blekinge")
    waiting = {slug for act, _, slug in stored(d) if act == Act.REGISTRERA_HUVUDMANSBESLUT}
    assert waiting == {"kronoberg", "skane"}


# the contact person


def test_a_new_contact_person_takes_over_the_same_moment(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    event = do("direktor", Act.UTSE_KONTAKTPERSON, d, person=person("kansli2").pk)
    held = Innehav.objects.filter(delprojekt=d, roll=Roll.KONTAKTPERSON)
    assert [row.person for row in held.filter(till_date=None)] == [person("kansli2")]
    assert held.get(person=person("kansli")).till_date == event.hande_at.date()
    assert "kansli2" in told(event)


def test_the_same_contact_person_again_is_the_same_mandate(walked: Walked) -> None:
    d = at(walked, Steg.NULAGE)
    with pytest.raises(IngetAndrat):
        do("direktor", Act.UTSE_KONTAKTPERSON, d, person=person("kansli").pk)
    assert Innehav.objects.filter(delprojekt=d, roll=Roll.KONTAKTPERSON).count() == 1


def test_a_new_chair_takes_over_and_the_old_one_may_no_longer_write(walked: Walked) -> None:
    d = at(walked, Steg.UPPDRAG)
    world.nominate(d, "medarbetare", Roll.ORDFORANDE, "skane")
    do("sekreterare", Act.UTSE_ORDFORANDE, d, **LG)
    chairs = Innehav.objects.filter(delprojekt=d, roll=Roll.ORDFORANDE, till_date=None)
    assert [row.person for row in chairs] == [person("medarbetare")]


# a förslag


def test_a_forslag_takes_in_every_region_and_tells_nobody() -> None:
    world.everybody()
    d = create_forslag(actor("medarbetare"), {"benamning": "Ny idé"})
    assert d.deltaganden.count() == Region.objects.count()
    assert not Utskick.objects.filter(handelse__delprojekt=d).exists()
    assert Handelse.objects.get(delprojekt=d).mening == POLICY[Act.SKAPA_FORSLAG].event


def test_a_continuation_points_to_what_it_continues(walked: Walked) -> None:
    d = at(walked, Steg.UPPFOLJNING)
    do("sekreterare", Act.FORTSATT_SOM_NYTT, d, benamning="Del två", text="Barnen.")
    child = Delprojekt.objects.get(foralder=d)
    assert (child.steg, child.benamning) == (Steg.PROJEKTFORSLAG, "Del två")
    assert fresh(d).steg == Steg.UPPFOLJNING
