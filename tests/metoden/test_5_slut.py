"""How a delprojekt ends before the regions are asked: broken off (T42), or put on file by nämnden (T34, V-17)."""

from datetime import timedelta

import pytest
from django.test import Client

from delprojekt.actions.forvaltning import appoint_substitute
from delprojekt.models import Delprojekt, Innehav, Nominering, Utskick, Vantar
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.grupp import Nomineringsstatus
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Why
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import gallande
from delprojekt.queries.delar import people
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas, saknas
from tests.metoden.test_4_grupp import JA, namn, rad
from tests.metoden.test_4_svarslank import fraga, oppna
from tests.world import actor, fresh, person


def mandat(dp: Delprojekt) -> set[tuple[str, str]]:
    """Return who holds which role of the group today."""
    held = dp.innehav.filter(gallande(), roll__in=ARBETSGRUPP | {Roll.ADJUNGERAD})
    return set(held.values_list("person__epost", "roll"))


def utsedda(dp: Delprojekt) -> int:
    return Nominering.objects.filter(omgang__delprojekt=dp, status=Nomineringsstatus.UTSEDD).count()


# T42 «gruppen entledigas, handlingar arkiveras»
def test_t42_the_whole_group_is_dismissed_with_a_letter_each_when_it_is_broken_off(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    before = mandat(dp)
    assert len(before) >= 4

    event = gor("sekreterare", Act.AVBRYT, dp, **h.lg_mote(text="Behovet finns inte kvar."))

    assert mandat(dp) == set()
    assert utsedda(dp) == 0
    assert dp.innehav.filter(gallande(), roll=Roll.KONTAKTPERSON).exists(), "M4.5-1: the kontaktperson stays"
    said = "Ledningsgruppen avbröt delprojektet. Arbetsgruppen entledigades. Motivering: Behovet finns inte kvar."
    assert event.mening == said
    letters = Utskick.objects.filter(handelse=event, text__contains="arbetsgruppen är entledigad")
    assert set(letters.values_list("adress", flat=True)) == {address for address, _ in before}
    assert all("Behovet finns inte kvar." in row.text for row in letters)
    assert nekas("ordforande", Act.SKRIV_RAPPORT, dp).why is Why.NOT_YOURS


@pytest.mark.parametrize("tillbaka", [Act.ATEROPPNA, Act.ANGRA])
def test_t42_the_way_back_gives_the_same_people_their_mandates_again(i_nulage: Delprojekt, tillbaka: Act) -> None:
    dp = i_nulage
    before, appointed = mandat(dp), utsedda(dp)
    left = rad_som_lamnar(dp)
    gor("sekreterare", Act.AVBRYT, dp, **h.lg_mote())

    who = "sekreterare" if tillbaka is Act.ATEROPPNA else "kansli"
    event = gor(who, tillbaka, dp, **h.lg_mote(text="Behovet kom tillbaka."))

    assert fresh(dp).steg == Steg.NULAGE
    assert mandat(dp) == before - {left}, "who had left before stays away"
    assert utsedda(dp) == appointed - 1
    assert event.utskick.filter(adress="ordforande@exempel.se").count() == 1
    gor("ordforande", Act.BORJA_ANALYS, dp)


def rad_som_lamnar(dp: Delprojekt) -> tuple[str, str]:
    """Let one member leave the same day, before it is broken off."""
    row = Nominering.objects.get(omgang__delprojekt=dp, person__epost="ledamot@exempel.se")
    gor("sekreterare", Act.ENTLEDIGA, dp, objekt=row.pk, **h.lg_mote(text="Byter arbete."))
    return ("ledamot@exempel.se", Roll.LEDAMOT.value)


def test_t42_an_adjungerad_whose_time_is_up_meanwhile_is_not_called_in_again(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    known = {"omrade": "ekonomi", "till_date": idag() + timedelta(days=3)}
    gor("ordforande", Act.NOMINERA, dp, **namn("Alm", Roll.ADJUNGERAD, **known, **JA))
    gor("sekreterare", Act.UTSE_FLER, dp, **h.lg_mote(), utses=[rad(dp, "Alm").pk])
    gor("sekreterare", Act.AVBRYT, dp, **h.lg_mote())
    with klocka.vid(idag() + timedelta(days=10)):
        gor("sekreterare", Act.ATEROPPNA, dp, **h.lg_mote())
        assert "alm@exempel.se" not in {address for address, _ in mandat(dp)}


def test_t42_a_question_to_a_nominee_is_closed_with_its_delprojekt(i_nulage: Delprojekt, client: Client) -> None:
    link = fraga(i_nulage)
    gor("sekreterare", Act.AVBRYT, i_nulage, **h.lg_mote())
    assert "Frågan gäller inte längre." in oppna(client, link)


@pytest.mark.parametrize("tillbaka", [("kansli", Act.ANGRA), ("sekreterare", Act.ATEROPPNA)])
def test_t42_what_is_broken_off_twice_is_opened_twice(i_nulage: Delprojekt, tillbaka: tuple[str, Act]) -> None:
    """Nobody is in the group twice, and who was let go between the two is not called back by the second."""
    dp = i_nulage
    before = mandat(dp)
    gor("sekreterare", Act.AVBRYT, dp, **h.lg_mote())
    gor(*tillbaka, dp, **h.lg_mote())
    assert "entledigad" not in str(people(actor("kansli"), fresh(dp)))
    left = rad_som_lamnar(dp)
    gor("sekreterare", Act.AVBRYT, dp, **h.lg_mote())
    shown = [(one["namn"], one["roll"]) for one in people(actor("kansli"), fresh(dp))]
    assert shown.count(("Karin Lind", "Ordförande, entledigad")) == 1
    assert "Petra Wikström" not in {name for name, _ in shown}

    gor(*tillbaka, dp, **h.lg_mote())

    assert mandat(dp) == before - {left}
    held = dp.innehav.filter(gallande(), roll__in=ARBETSGRUPP)
    assert held.count() == len(before) - 1
    gor("ordforande", Act.BORJA_ANALYS, dp)


def test_t42_a_mandate_comes_back_until_the_day_it_had_and_with_its_substitutes(i_nulage: Delprojekt) -> None:
    dp, today = i_nulage, idag()
    chair, member = (dp.innehav.get(gallande(), roll=roll, person__epost=f"{who}@exempel.se") for roll, who in WHO)
    last = today + timedelta(days=40)
    Innehav.objects.filter(pk=member.pk).update(till_date=last)
    them = person("utomstaende")
    time = {"fran": today + timedelta(days=5), "till": today + timedelta(days=20), "beslut": "Föräldraledig"}
    appoint_substitute(h.som(Roll.ADMINISTRATOR), chair.person, [chair.pk], them, **time)
    gor("sekreterare", Act.AVBRYT, dp, **h.lg_mote())
    with klocka.vid(today + timedelta(days=6)):
        assert mandat(dp) == set(), "who was to begin later does not"
        assert them.efternamn not in str(people(actor("kansli"), fresh(dp)))

    gor("sekreterare", Act.ATEROPPNA, dp, **h.lg_mote())

    assert dp.innehav.get(gallande(), person=member.person).till_date == last
    assert (them.epost, Roll.ORDFORANDE) not in mandat(dp)
    with klocka.vid(today + timedelta(days=6)):
        assert (them.epost, Roll.ORDFORANDE) in mandat(dp)
    with klocka.vid(today + timedelta(days=21)):
        assert (them.epost, Roll.ORDFORANDE) not in mandat(dp)


WHO = ((Roll.ORDFORANDE, "ordforande"), (Roll.LEDAMOT, "ledamot"))


# V-17 «delgivits nämnden»; T34 «S16 → S16 delges/läggs till handlingarna», Z6 «Avslutat utan rekommendation»
def test_v_17_what_is_put_on_file_waits_for_kansliet_to_end_it(beredd_for_namnden: Delprojekt) -> None:
    """V-17: no region is asked, and nämnden is not waited for any more."""
    dp = beredd_for_namnden
    assert saknas("kansli", Act.AVSLUTA_UTAN_REKOMMENDATION, dp) == {"V-17"}
    gor("namndsekreterare", Act.LAGG_TILL_HANDLINGARNA, dp, **h.mote("namnd"))
    assert {(row.act, row.roll) for row in Vantar.objects.filter(delprojekt=dp)} == {
        (Act.AVSLUTA_UTAN_REKOMMENDATION, Roll.KONTAKTPERSON)
    }

    gor("kansli", Act.AVSLUTA_UTAN_REKOMMENDATION, dp)

    assert fresh(dp).steg == Steg.EJ_REKOMMENDERAT
    assert not dp.namndbeslut.exists()
    gor("sekreterare", Act.ATEROPPNA, dp, **h.lg_mote())
    assert fresh(dp).steg == Steg.NAMND


def test_v_17_what_is_put_on_file_may_still_be_recommended(beredd_for_namnden: Delprojekt) -> None:
    """Delgiven first and decided at a later meeting."""
    dp = beredd_for_namnden
    gor("namndsekreterare", Act.LAGG_TILL_HANDLINGARNA, dp, **h.mote("namnd"))
    gor("namndsekreterare", Act.REKOMMENDERA, dp, **h.rekommendation())
    assert fresh(dp).steg == Steg.HUVUDMANSBESLUT
