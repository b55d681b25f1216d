"""§4.3: the nearest manager of somebody who is nominated says yes or no through a personal link, without an account."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Handelse, Nominering, Person, Svarslank, Utskick
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import idag
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import Why
from delprojekt.process.roller import SYSTEM, Roll
from delprojekt.queries.aktor import actor_for_link
from delprojekt.queries.utkorg import whole_text
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor, nekas
from tests.metoden.test_4_grupp import namn, rad, rad_av
from tests.metoden.test_4_svarslank import ANNAN_NYCKEL, adress, fraga, oppna, skicka, svara

CHEF = {"fornamn": "Bo", "efternamn": "Ek", "epost": "bo.ek@exempel.se"}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def fraga_chefen(dp: Delprojekt, **extra: object) -> Svarslank:
    """Nominate somebody whose manager has not said yes, and ask the manager."""
    if not Nominering.objects.filter(omgang__delprojekt=dp, person__efternamn="Alm").exists():
        gor("kansli", Act.NOMINERA, dp, region="skane", **namn("Alm", status="tackat_ja", avsatt_tid="10 %"))
    said = {**CHEF, "till": idag() + timedelta(days=14), "text": "", **extra}
    gor("kansli", Act.TILLFRAGA_CHEF, dp, objekt=rad(dp, "Alm").pk, **said)
    return Svarslank.objects.latest("pk")


def test_4_3_the_manager_is_asked_by_mail_and_says_yes_without_an_account(startat: Delprojekt, client: Client) -> None:
    """M4.3-4: the manager's name and address, the answer and its day."""
    link = fraga_chefen(startat, text="Hör av dig.")
    mail = whole_text(SYSTEM, Utskick.objects.get(adress="bo.ek@exempel.se"))
    for words in ("Kim Alm är föreslagen", "10 %", "Hör av dig.", "/svarslank/", "Du behöver inget konto"):
        assert words in mail
    assert Krav.CHEFER_HAR_SAGT_JA in rad_av(startat, Act.UTSE_ARBETSGRUPP)
    page = oppna(client, link)
    assert "Kim Alm" in page
    assert 'value="Bo Ek"' in page

    assert skicka(client, link, svar="ja", chef_namn="Bo Ek", kommentar="Fredagar går bäst.").status_code == 302

    row = rad(startat, "Alm")
    assert (row.chef_ja, row.chef_namn, row.chef_svar, row.chef_svar_date) == (True, "Bo Ek", "ja", idag())
    assert row.status == "tackat_ja", "the nominee's own answer stands"
    assert Krav.CHEFER_HAR_SAGT_JA not in rad_av(startat, Act.UTSE_ARBETSGRUPP)
    event = Handelse.objects.filter(delprojekt=startat).latest("pk")
    assert (event.act, event.som) == (Act.SVARA_SOM_CHEF, "Närmsta chef")
    assert event.utskick.get().person == h.world.person("kansli")
    assert row.byten.latest("pk").kommentar == "Närmsta chef svarade: godkänt. Fredagar går bäst."
    assert "Kim Alm" not in oppna(client, link), "whoever finds the link later learns nothing"
    assert skicka(client, link, svar="nej", chef_namn="Bo Ek", nyckel=ANNAN_NYCKEL).status_code == 409
    assert rad(startat, "Alm").chef_ja


def test_4_3_a_managers_no_warns_and_is_not_overruled_by_the_nominee(fore_gruppen: Delprojekt, client: Client) -> None:
    """M4.3-4 (R): it warns, and ledningsgruppen can go on with a motivering."""
    dp = fore_gruppen
    asked = fraga(dp)
    link = fraga_chefen(dp)
    assert asked.ersatt_at is None
    asked.refresh_from_db()
    assert asked.ersatt_at is None, "the question to the nominee stays open"
    skicka(client, link, svar="nej", chef_namn="Bo Ek")
    assert svara(Client(), asked, chef_ja="on", nyckel=ANNAN_NYCKEL) == 302
    assert (rad(dp, "Alm").status, rad(dp, "Alm").chef_ja) == ("tackat_ja", False)
    assert Krav.CHEFER_HAR_SAGT_JA in rad_av(dp, Act.UTSE_ARBETSGRUPP)
    kansli = Client()
    kansli.force_login(h.world.person("kansli").konto)
    page = kansli.get(f"/delprojekt/{dp.pk}/visa/arbetsgrupp/").content.decode()
    assert "Chefen säger nej" in page
    assert f"/gor/tillfraga-chef/{rad(dp, 'Alm').pk}/" in page, "they can be asked again"
    address = f"/delprojekt/{dp.pk}/gor/utse-arbetsgrupp/"
    form = kansli.get(address).context["form"]
    (said,) = [label for key, label in form.fields["utses"].choices if key == rad(dp, "Alm").pk]
    assert f"chefen har sagt nej {skriv(idag())}" in said, "where it is decided"
    assert rad(dp, "Alm").pk not in form.fields["utses"].initial
    chosen = [key for key, _ in form.fields["utses"].choices]
    sent = {"nyckel": str(uuid4()), "utses": chosen, "dag": "2026-03-02", "punkt": "5", "granska": "1"}
    review = kansli.post(address, sent).content.decode()
    assert "chefen har sagt nej" in review
    assert "Kim Alm, vars chef har sagt nej" in review, "and in the advice that is not followed"
    h.utse_gruppen(dp)


def test_4_3_a_new_question_to_the_manager_closes_the_earlier_one(startat: Delprojekt, client: Client) -> None:
    first, second = fraga_chefen(startat), fraga_chefen(startat)
    assert "nyare fråga" in oppna(client, first)
    assert skicka(client, second, svar="ja", chef_namn="Bo Ek").status_code == 302
    assert Person.objects.filter(epost="bo.ek@exempel.se").count() == 1


def test_4_3_neither_answers_for_the_other(startat: Delprojekt) -> None:
    """A manager's link is not a nominee's, and none of them opens anything else."""
    own = fraga(startat)
    link = fraga_chefen(startat)
    chef, nominee = actor_for_link(link), actor_for_link(own)
    assert nekas(chef, Act.SVARA_PA_NOMINERING, startat, objekt=own.pk, svar="tackat_nej").why is Why.NOT_YOURS
    assert nekas(nominee, Act.SVARA_SOM_CHEF, startat, objekt=link.pk, svar="ja").why is Why.NOT_YOURS
    for act, who, pk in ((Act.SVARA_SOM_CHEF, chef, own.pk), (Act.SVARA_PA_NOMINERING, nominee, link.pk)):
        with pytest.raises(Ogiltigt, match="gäller inte längre"):
            gor(who, act, startat, objekt=pk, svar="ja", chef_namn="Bo Ek")
    assert nekas(chef, Act.ANDRA_NOMINERING, startat, objekt=own.nominering_id).why is Why.NOT_YOURS


def test_4_3_an_answer_and_a_name_are_asked_for_beside_the_fields(startat: Delprojekt, client: Client) -> None:
    link = fraga_chefen(startat)
    answer = skicka(client, link, svar="", chef_namn="", kommentar="Jag undrar.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Välj vad du svarar." in page
    assert 'id="id_chef_namn_error"' in page
    assert "Jag undrar." in page


@pytest.mark.parametrize(
    ("about", "said", "falt"),
    [
        ({"roll": Roll.PATIENTFORETRADARE}, {}, "text"),
        ({}, {"epost": "alm@exempel.se"}, "epost"),
        ({}, {"epost": ""}, "epost"),
        ({}, {"epost": "kansli2@exempel.se"}, "epost"),
        ({}, {"till": idag() - timedelta(days=1)}, "till"),
        ({"skyddad": True}, {}, "text"),
    ],
)
def test_4_3_who_has_no_manager_to_ask_and_what_is_wrong(
    startat: Delprojekt, about: dict[str, object], said: dict[str, object], falt: str
) -> None:
    """A patient representative, protected data, an address that is the nominee's own, none or somebody else's."""
    roll = about.get("roll", Roll.LEDAMOT)
    h.world.person("kansli2")
    gor("kansli", Act.NOMINERA, startat, region="skane", **namn("Alm", roll))
    Person.objects.filter(efternamn="Alm").update(skyddade_uppgifter=bool(about.get("skyddad")))
    with pytest.raises(Ogiltigt) as caught:
        fraga_chefen(startat, **said)
    assert caught.value.falt == falt
    assert not Svarslank.objects.exists()


def test_4_3_the_address_of_the_managers_page_is_the_browsers_own(startat: Delprojekt) -> None:
    link = fraga_chefen(startat)
    has_it = Client()
    assert has_it.get(adress(link)).headers["Location"] == reverse("svarslank_oppnad", args=[link.pk])
    assert Client().get(reverse("svarslank_oppnad", args=[link.pk])).status_code == 404
