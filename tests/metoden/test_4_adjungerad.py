"""§4.4: an adjungerad reads and writes the sections they are invited to, while they are called in, and no others."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.takt import IngetAndrat, Ogiltigt
from delprojekt.models import Avsnitt, Delprojekt, Innehav, Person, Utskick
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Refused, decide, sections_for
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries.aktor import actor_for_person
from delprojekt.queries.arbete import called_to
from delprojekt.queries.lage import build_lage
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.metoden.test_4_grupp import JA, namn, rad
from tests.world import actor, fresh, person

MINE, OTHER = "nulage_ekonomi", "nulage_kompetens"


def kallad(dp: Delprojekt, **extra: object) -> Person:
    """Call in an expert on economy to one section, until a day; out: who it is."""
    known = {"omrade": "ekonomi", "avsnitt": [MINE], "till_date": idag() + timedelta(days=30), **extra}
    gor("ordforande", Act.NOMINERA, dp, **namn("Alm", Roll.ADJUNGERAD, **known, **JA))
    gor("sekreterare", Act.UTSE_FLER, dp, **h.lg_mote(), utses=[rad(dp, "Alm").pk])
    return rad(dp, "Alm").person


def far_skriva(who: Actor, dp: Delprojekt, nyckel: str) -> bool:
    return decide(who, Act.SKRIV_RAPPORT, build_lage(fresh(dp)), {"avsnitt": nyckel}).allowed


# M4.4-1 «Vissa kompetenser kan knytas till arbetsgruppen som adjungerade med närvaro endast vid vissa möten.»
def test_4_4_the_invited_section_is_read_and_written_and_no_other(i_nulage: Delprojekt, client: Client) -> None:
    """M4.4-1."""
    dp = i_nulage
    h.skriv(dp, MINE, "<p>Kronor.</p>")
    h.skriv(dp, OTHER, "<p>Hemlig kompetens.</p>")
    them = kallad(dp)
    client.force_login(them.konto)

    desk = client.get(f"/rapport/{dp.pk}/").content.decode()
    mine = client.get(f"/rapport/{dp.pk}/{MINE}/")
    assert (MINE in desk, OTHER in desk) == (True, False)
    assert "Kronor." in mine.content.decode()
    assert client.get(f"/rapport/{dp.pk}/{OTHER}/").status_code == 404

    row = Avsnitt.objects.get(omgang=h.omgang(dp), nyckel=MINE)
    assert client.post(f"/rapport/{dp.pk}/{MINE}/", {"text": "Nya kronor.", "version": row.version}).status_code == 302
    client.post(f"/rapport/{dp.pk}/{OTHER}/", {"text": "Ändrat.", "version": 1})
    with pytest.raises(Refused):
        save_section(actor_for_person(them), fresh(dp), OTHER, "<p>Ändrat.</p>", 1)

    texts = dict(Avsnitt.objects.filter(omgang=h.omgang(dp)).values_list("nyckel", "html"))
    assert (texts[MINE], texts[OTHER]) == ("<p>Nya kronor.</p>", "<p>Hemlig kompetens.</p>")
    assert not ser(actor_for_person(them), Noun.ARBETSMATERIAL, dp.pk, fresh(dp).steg)
    assert f"/delprojekt/{dp.pk}/" not in client.get("/sok/?q=Hemlig").content.decode()


def test_4_4_who_is_invited_to_no_section_writes_nothing(i_nulage: Delprojekt, client: Client) -> None:
    them = kallad(i_nulage, avsnitt=[])
    client.force_login(them.konto)
    assert client.get(f"/rapport/{i_nulage.pk}/").status_code == 403
    assert not far_skriva(actor_for_person(them), i_nulage, MINE)


def test_4_4_the_access_ends_after_the_last_day_and_can_be_moved(i_nulage: Delprojekt) -> None:
    """«for a time»: by itself, and sooner or later when kansliet says so."""
    dp = i_nulage
    them = kallad(dp)
    last = idag() + timedelta(days=30)
    with klocka.vid(last):
        assert far_skriva(actor_for_person(them), dp, MINE)
    with klocka.vid(last + timedelta(days=1)):
        assert not far_skriva(actor_for_person(them), dp, MINE)

    sooner = {"till_date": idag() + timedelta(days=5), "avsnitt": [OTHER]}
    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad(dp, "Alm").pk, status="utsedd", **sooner)
    with klocka.vid(idag() + timedelta(days=5)):
        asks = actor_for_person(them)
        assert (far_skriva(asks, dp, MINE), far_skriva(asks, dp, OTHER)) == (False, True)
    with klocka.vid(idag() + timedelta(days=6)):
        assert not far_skriva(actor_for_person(them), dp, OTHER)
    assert Innehav.objects.get(delprojekt=dp, roll=Roll.ADJUNGERAD).till_date == idag() + timedelta(days=6)


def andra_dagen(dp: Delprojekt, till_date: date | None) -> None:
    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad(dp, "Alm").pk, status="utsedd", till_date=till_date)


def test_4_4_a_time_that_is_up_can_be_given_again_and_never_without_an_end(i_nulage: Delprojekt) -> None:
    """M4.4-1: the day on the board is the day that counts, and there always is one."""
    dp = i_nulage
    them, last = kallad(dp), idag() + timedelta(days=30)
    for wrong in (None, idag() - timedelta(days=1)):
        with pytest.raises(Ogiltigt) as caught:
            andra_dagen(dp, wrong)
        assert caught.value.falt == "till_date"
    assert rad(dp, "Alm").till_date == last

    with klocka.vid(last + timedelta(days=10)):
        assert not far_skriva(actor_for_person(them), dp, MINE)
        with pytest.raises(IngetAndrat):
            andra_dagen(dp, last)
        andra_dagen(dp, last + timedelta(days=20))
        assert far_skriva(actor_for_person(them), dp, MINE)
    with klocka.vid(last + timedelta(days=21)):
        assert not far_skriva(actor_for_person(them), dp, MINE)
    with klocka.vid(last + timedelta(days=5)):
        assert not far_skriva(actor_for_person(them), dp, MINE), "the time between stays as it was"


def test_4_4_a_substitute_s_time_is_its_own(i_nulage: Delprojekt) -> None:
    dp = i_nulage
    them = kallad(dp)
    row = dp.innehav.get(person=them)
    other = {"roll": row.roll, "delprojekt": dp, "fran_date": idag()}
    replaced = Innehav.objects.create(person=person("ledamot"), **other)
    ends = idag() + timedelta(days=3)
    own = Innehav.objects.create(person=them, till_date=ends, ersattare_for=replaced, **other)

    andra_dagen(dp, idag() + timedelta(days=60))

    own.refresh_from_db()
    assert own.till_date == ends


def test_4_4_who_is_called_to_a_meeting_is_told_and_reads_its_notes_and_no_others(
    i_nulage: Delprojekt, client: Client
) -> None:
    """M4.4-1 «med närvaro endast vid vissa möten»: access only to those meetings' documents."""
    dp, soon = i_nulage, idag() + timedelta(days=7)
    them = kallad(dp)
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, dp, date=idag(), text="Gruppens eget samtal.", kallade=[])
    gor("ordforande", Act.ANTECKNA_GRUPPMOTE, dp, date=soon, text="", kallade=[rad(dp, "Alm").pk])
    assert "Du är kallad till mötet den" in Utskick.objects.filter(person=them).latest("pk").text

    row = h.omgang(dp).gruppmoten.get(date=soon)
    with klocka.vid(soon):
        said = {"date": soon, "text": "Kalkylen gicks igenom.", "kallade": [rad(dp, "Alm").pk]}
        gor("ledamot", Act.SKRIV_MINNESANTECKNING, dp, objekt=row.pk, **said)
    client.force_login(them.konto)
    page = client.get("/min-arbetsgrupp/").content.decode()
    assert "Gruppmöten som du är kallad till" in page
    assert "Kalkylen gicks igenom." in page
    assert "Gruppens eget samtal." not in page
    client.force_login(person("ledamot").konto)
    assert "Gruppmöten som du är kallad till" not in client.get("/min-arbetsgrupp/").content.decode()
    assert "Adjungerade: Kim Alm" in client.get(f"/delprojekt/{dp.pk}/visa/arbete/").content.decode()
    last = idag() + timedelta(days=31)
    with klocka.vid(last):
        assert called_to(actor_for_person(them), dp) == []


def test_4_4_the_form_of_a_meeting_offers_who_is_adjungerad_and_takes_no_notes_ahead(
    i_nulage: Delprojekt, client: Client
) -> None:
    dp = i_nulage
    kallad(dp)
    client.force_login(person("ordforande").konto)
    url = f"/delprojekt/{dp.pk}/gor/anteckna-gruppmote/"
    assert "Kim Alm, Ekonomi" in client.get(url).content.decode()
    ahead = {"date": (idag() + timedelta(days=7)).isoformat(), "nyckel": str(uuid.uuid4())}
    answer = client.post(url, ahead | {"text": "Redan klart."})
    assert "Mötet har inte varit än" in answer.content.decode()
    assert client.post(url, ahead | {"kallade": [rad(dp, "Alm").pk]}).status_code == 302
    assert h.omgang(dp).gruppmoten.latest("pk").kallade.get() == rad(dp, "Alm")


def test_4_4_somebody_is_adjungerad_for_some_meetings_or_until_a_day(fore_gruppen: Delprojekt, client: Client) -> None:
    """M4.4-1: the form asks for one of them."""
    client.force_login(person("kansli").konto)
    said = {"fornamn": "Kim", "efternamn": "Alm", "roll": "adjungerad", "omrade": "ekonomi", "status": "tackat_ja"}
    said |= {"dag": "2026-03-02", "nyckel": str(uuid.uuid4())}
    url = f"/delprojekt/{fore_gruppen.pk}/gor/nominera/"
    wanted = "Skriv till och med vilken dag personen är adjungerad, eller vilka möten det gäller."
    assert wanted in client.post(url, said).content.decode()
    for one in ({"moten": "Mötena om ekonomi"}, {"till_date": "2027-02-01"}):
        assert wanted not in client.post(url, said | one).content.decode()


def test_4_4_the_group_still_writes_everywhere(i_nulage: Delprojekt) -> None:
    assert sections_for(actor("ordforande"), Act.SKRIV_RAPPORT, build_lage(i_nulage)) is None


def test_4_4_the_letter_says_which_sections(i_nulage: Delprojekt) -> None:
    kallad(i_nulage)
    text = Utskick.objects.filter(adress="alm@exempel.se").latest("pk").text
    assert "7.6 Ekonomi" in text
    assert f"till och med {date.strftime(idag() + timedelta(days=30), '%-d')}" in text
