"""Being appointed: the letter, the way in, and the names that stay in the group (§4.3, §5.1.4)."""

import re

import pytest
from django.conf import settings
from django.test import Client

from delprojekt.actions.jobb import deliver_mail
from delprojekt.models import Delprojekt, Handelse, Konto, Person, Utskick
from delprojekt.process.act import Act
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.queries.besok import levande_for
from delprojekt.queries.grupp import board, coverage
from delprojekt.queries.lage import build_lage
from delprojekt.queries.utkorg import whole_text
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, som
from tests.metoden.test_4_grupp import JA, namn, rad
from tests.world import actor, person

HEMLIG = "Hemlin"
LANK = re.compile(r"http\S+/reset/key/\S+")


@pytest.fixture
def med_foretradare(fore_gruppen: Delprojekt) -> Delprojekt:
    """An appointed group with a patient representative, and a new member without an account."""
    dp = fore_gruppen
    gor("kansli", Act.NOMINERA, dp, **namn(HEMLIG, Roll.PATIENTFORETRADARE, status="tackat_ja"))
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", **JA))
    return h.utse_gruppen(dp)


def letter_to(email: str) -> Utskick:
    return Utskick.objects.select_related("person").filter(adress=email, amne__contains="välkommen").latest("pk")


def test_5_1_4_whoever_is_appointed_is_told_what_with_whom_and_whom_to_ask(med_foretradare: Delprojekt) -> None:
    text = letter_to("alm@exempel.se").text

    for words in ("du är ledamot", str(med_foretradare), "Karin Lind, ordförande", "Maja Ek, kansli@exempel.se"):
        assert words in text
    assert "en patient- eller närståendeföreträdare" in text
    assert HEMLIG not in text


def test_5_1_4_somebody_new_chooses_a_password_by_the_link_and_is_in(med_foretradare: Delprojekt) -> None:
    link = LANK.search(whole_text(SYSTEM, letter_to("alm@exempel.se")))
    assert link
    client = Client()
    page = client.get(link[0].removeprefix(settings.PORTAL_ADRESS), follow=True)
    chosen = {"password1": "Stilla-Havet-99", "password2": "Stilla-Havet-99"}

    answer = client.post(page.redirect_chain[-1][0], chosen, follow=True)

    assert answer.redirect_chain[-1][0] == "/"
    assert "Väntar på dig" in answer.content.decode()
    assert client.get(med_foretradare.get_absolute_url()).status_code == 200
    used = Client().get(link[0].removeprefix(settings.PORTAL_ADRESS), follow=True)
    assert "Länken gäller inte längre" in used.content.decode()


def test_5_1_4_the_link_is_made_when_the_mail_goes_out_and_is_not_kept(
    med_foretradare: Delprojekt, mailoutbox: list[object]
) -> None:
    row = letter_to("alm@exempel.se")
    Utskick.objects.exclude(pk=row.pk).delete()
    assert not LANK.search(row.text)

    deliver_mail()

    assert LANK.search(mailoutbox[-1].body)  # type: ignore[attr-defined]


def test_5_1_4_somebody_with_a_password_gets_the_same_letter_without_a_link(med_foretradare: Delprojekt) -> None:
    row = letter_to("region.blekinge@exempel.se")

    assert "Välkommen, du är utsedd" in row.text
    assert not LANK.search(whole_text(SYSTEM, row))


def test_5_1_4_a_new_account_cannot_be_logged_in_to_without_the_link(med_foretradare: Delprojekt) -> None:
    assert not Konto.objects.get(email="alm@exempel.se").has_usable_password()


# conventions.md §6.4: the names of patient representatives stay in the group
@pytest.mark.parametrize("who", ["sekreterare", "kansli2", "samarbetsgrupp.skane"])
def test_4_3_a_patient_representative_is_not_named_outside_the_group(med_foretradare: Delprojekt, who: str) -> None:
    dp = med_foretradare
    client = Client()
    person(who)
    client.force_login(Konto.objects.get(email=f"{who}@exempel.se"))

    for path in ("", "visa/arbetsgrupp/", "visa/handelser/"):
        assert HEMLIG not in client.get(f"/delprojekt/{dp.pk}/{path}").content.decode(), path


@pytest.mark.parametrize("who", ["kansli", "ordforande"])
def test_4_3_the_group_and_its_kontaktperson_know_the_name(med_foretradare: Delprojekt, who: str) -> None:
    omgang = h.omgang(med_foretradare)

    assert f"Kim {HEMLIG}" in [line.namn for line in board(actor(who), med_foretradare, omgang)]


def test_4_3_neither_log_nor_mail_to_others_nor_refusal_names_a_patient_representative(
    med_foretradare: Delprojekt,
) -> None:
    assert not Handelse.objects.filter(delprojekt=med_foretradare, mening__contains=HEMLIG).exists()
    assert not Utskick.objects.exclude(person__efternamn=HEMLIG).filter(text__contains=HEMLIG).exists()


def test_5_1_4_a_nominee_is_not_named_to_the_one_who_appoints_when_the_name_stays_in_the_group(
    fore_gruppen: Delprojekt,
) -> None:
    dp = fore_gruppen
    gor("kansli", Act.NOMINERA, dp, **namn(HEMLIG, Roll.PATIENTFORETRADARE, status="tackat_ja"))

    choices = str(h.formular("sekreterare", Act.UTSE_ARBETSGRUPP, dp).fields["utses"].choices)  # type: ignore[attr-defined]

    assert "patient- eller närståendeföreträdare" in choices
    assert HEMLIG not in choices


def test_4_3_protected_data_point_to_no_workplace(fore_gruppen: Delprojekt) -> None:
    dp = fore_gruppen
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", profession="barnmorska", chef_namn="Bo Ek", **JA))
    Person.objects.filter(efternamn="Alm").update(skyddade_uppgifter=True)
    client = Client()
    client.force_login(Konto.objects.get(email="kansli@exempel.se"))

    page = client.get(f"/delprojekt/{dp.pk}/visa/arbetsgrupp/").content.decode()

    assert "Alm" in page
    assert "Bo Ek" not in page


# M4.3-2: the coverage grid
def test_4_3_the_grid_shows_what_is_missing_in_words(startat: Delprojekt) -> None:
    """M4.3-2, M4.3-5, M6.5-1: ska, bör, patient representative, chef, and the regions (V-11)."""
    dp = h.skriv_uppdrag(startat, ska=["internmedicin"], bor=["ekonomi"])
    must = h.omgang(dp).kompetenskrav.get(kompetens="internmedicin")
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", kompetenser=[must.pk], ar_chef=True, **JA))
    gor("kansli", Act.NOMINERA, dp, region="halland", **namn("Ek", status="tillfragad"))
    asks, omgang = actor("kansli"), levande_for(dp)[-1].omgang
    assert omgang

    grid = coverage(asks, build_lage(dp), omgang, board(asks, dp, omgang))

    covered = {row.namn: row.tackt for row in grid.rader}
    assert covered == {
        "Ordförande eller ledamot från regionen": False,
        "internmedicin": True,
        "ekonomi": False,
        "Patient- eller närståendeföreträdare": False,
        "Chef, för systemkunskap": True,
    }
    assert dict(zip(grid.kolumner, grid.rader[0].saknas, strict=True)) == {
        "Blekinge": True,
        "Halland": True,
        "Kronoberg": True,
        "Skåne": False,
        "Utan region": False,
    }
    assert grid.rader[0].celler[1] == ["Kim Ek (tillfrågad)"]


def test_4_3_the_grid_is_a_table_with_caption_and_headers(startat: Delprojekt) -> None:
    dp = h.skriv_uppdrag(startat, ska=["internmedicin"], bor=["ekonomi"])
    client = Client()
    client.force_login(Konto.objects.get(email="kansli@exempel.se"))

    page = client.get(f"/delprojekt/{dp.pk}/visa/arbetsgrupp/").content.decode()

    assert "<caption" in page
    assert 'scope="row" role="rowheader">internmedicin' in page
    assert re.search(r'data-ton="saknas".{0,600}?ska finnas', page, re.S)
    assert re.search(r'data-ton="rad".{0,600}?bör finnas', page, re.S)


def test_4_3_a_nominee_who_declined_stays_visible(startat: Delprojekt) -> None:
    dp = startat
    gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm"))
    gor("kansli", Act.ANDRA_NOMINERING, dp, objekt=rad(dp, "Alm").pk, status="tackat_nej")

    lines = board(som(Roll.SAMARBETSGRUPP, "skane"), dp, h.omgang(dp))

    assert [(line.namn, line.rad.status) for line in lines] == [("Kim Alm", "tackat_nej")]
