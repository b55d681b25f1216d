"""Ledningsgruppens meetings: several outcomes of one meeting are registered at once, each as its own act."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from delprojekt.models import Delprojekt, Handelse
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Lage
from delprojekt.process.mote import ANTECKNAR, KORTA_UTFALL, UTFALL, mojliga_utfall
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.mote import agenda_item
from delprojekt.web.forms import form_for
from delprojekt.web.forms.mote import filled_in, short
from tests import world
from tests.metoden import handgrepp as h
from tests.metoden.handgrepp import gor
from tests.world import DAG, actor, fresh

URL = "/ledningsgruppen/utfall/"
KEYS = ("6f0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a01", "6f0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a02")


def klient(who: str) -> Client:
    client = Client()
    client.force_login(world.person(who).konto)
    return client


def rader(*row: tuple[Delprojekt, Act | None, str], dag: date = DAG, **extra: str) -> dict[str, Any]:
    """Return what the page sends: for each delprojekt an outcome and a text; all of them point 4."""
    data: dict[str, Any] = {"dag": dag.isoformat(), "rad": [str(d.pk) for d, _, _ in row], **extra}
    for key, (d, act, text) in zip(KEYS, row, strict=False):
        own = {"nyckel": key, "utfall": act.value if act else "", "punkt": "4", "text": text}
        data |= {f"r{d.pk}-{name}": value for name, value in own.items()}
    return data


def innehall(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode().split('id="innehall"')[1])


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page) or re.search(
        rf'value="([^"]*)"[^>]* name="{name}"', page
    )
    return found[1] if found else ""


def test_5_1_2_one_form_registers_several_outcomes_and_each_is_its_own_act(anmalt: Delprojekt) -> None:
    """Issue 3: one form registers several outcomes of one ledningsgrupp meeting."""
    other = h.anmalt(benamning="Gemensam jourlinje")
    sent = rader((anmalt, Act.BESLUTA_START, ""), (other, Act.BESLUTA_AVSLAG, "Ryms inte i år."))
    client = klient("sekreterare")

    page = innehall(client.post(URL, sent))
    assert "Besluta om uppstart" in page
    assert "Mejl till" in page
    assert fresh(anmalt).steg == Steg.BEREDNING, "only looked at"

    page = innehall(client.post(URL, sent | {"bekrafta": "1"}))
    assert (fresh(anmalt).steg, fresh(other).steg) == (Steg.UPPDRAG, Steg.AVSLAG)
    assert page.count("Registrerat") == 2
    assert f"Delprojektet fick nummer {fresh(anmalt).nummer}." in page
    events = Handelse.objects.filter(nyckel__in=KEYS)
    assert {(e.delprojekt_id, e.act) for e in events} == {
        (anmalt.pk, Act.BESLUTA_START),
        (other.pk, Act.BESLUTA_AVSLAG),
    }
    fact = other.fakta.get(slag="avslagsbeslut")
    assert (fact.date, fact.arende.punkt, fact.text) == (DAG, "4", "Ryms inte i år.")


def test_5_1_2_two_starts_of_one_meeting_get_a_number_each(anmalt: Delprojekt) -> None:
    other = h.anmalt(benamning="Gemensam jourlinje")
    sent = rader((anmalt, Act.BESLUTA_START, ""), (other, Act.BESLUTA_START, ""), bekrafta="1")

    innehall(klient("kansli2").post(URL, sent))

    assert fresh(other).nummer == fresh(anmalt).nummer + 1


def test_the_same_form_sent_twice_is_done_once(anmalt: Delprojekt) -> None:
    client, sent = klient("sekreterare"), rader((anmalt, Act.BESLUTA_START, ""), bekrafta="1")
    client.post(URL, sent)
    events = Handelse.objects.filter(delprojekt=anmalt).count()

    page = innehall(client.post(URL, sent))

    assert "Redan registrerat" in page
    assert "Inget gjordes två gånger" in page
    assert Handelse.objects.filter(delprojekt=anmalt).count() == events


def test_what_is_refused_stops_no_other_row_and_keeps_what_was_typed(anmalt: Delprojekt) -> None:
    """A start needs that the förslag is announced: the other row is done, this one says what is missing (rule 4)."""
    nej = "Vi börjar efter sommaren."
    other = h.i_beredning(benamning="Gemensam jourlinje")
    sent = rader((other, Act.BESLUTA_START, nej), (anmalt, Act.BESLUTA_AVVAKTA, "Saknar medel."))
    client = klient("sekreterare")

    review = innehall(client.post(URL, sent))
    assert "Det går inte än" in review
    assert "förslaget är anmält till ett möte med ledningsgruppen" in review

    page = innehall(client.post(URL, sent | {"bekrafta": "1"}))
    assert (fresh(other).steg, fresh(anmalt).steg) == (Steg.BEREDNING, Steg.AVVAKTAR)
    assert "Inte registrerade" in page
    assert nej in page
    assert f'name="r{other.pk}-utfall"' in page
    assert f'name="r{anmalt.pk}-utfall"' not in page, "what is done is not asked for again"

    h.anmal(h.stam_av(h.ange_behov(other)))
    innehall(client.post(URL, rader((other, Act.BESLUTA_START, nej), bekrafta="1")))
    assert fresh(other).steg == Steg.UPPDRAG


def test_a_refusal_without_its_motivering_is_said_beside_its_field(anmalt: Delprojekt) -> None:
    page = innehall(klient("sekreterare").post(URL, rader((anmalt, Act.BESLUTA_AVSLAG, ""))), 422)

    assert f'id="id_r{anmalt.pk}-text_error"' in page
    assert field(page, f"r{anmalt.pk}-punkt") == "4"
    assert fresh(anmalt).steg == Steg.BEREDNING


def test_nothing_is_registered_for_a_meeting_to_come_or_with_nothing_chosen(anmalt: Delprojekt) -> None:
    client, later = klient("sekreterare"), idag() + timedelta(days=10)

    page = innehall(client.post(URL, rader((anmalt, Act.BESLUTA_START, ""), dag=later, bekrafta="1")), 422)
    assert "Mötet har inte varit än" in page
    page = innehall(client.post(URL, rader((anmalt, None, "Bra."), bekrafta="1")), 422)
    assert "Inget utfall är valt" in page
    assert "Bra." in page
    assert fresh(anmalt).steg == Steg.BEREDNING


def test_advice_that_is_not_followed_asks_for_one_motivering_in_its_row(med_beslutsforslag: Delprojekt) -> None:
    """Rule 4: advice warns, and the row goes on with one motivering; nothing is done until it is there."""
    d, client = med_beslutsforslag, klient("sekreterare")
    stance = {"region": "halland", "val": "ej_enig", "skal": "För dyrt.", "version": world.version(d)}
    world.agree(d)
    gor("ledningsgrupp.halland", Act.LAMNA_STALLNING, d, **stance)
    gor("sekreterare", Act.KONSTATERA_OENIGHET, d, **h.lg_mote())
    sent = rader((d, Act.KONSTATERA_OENIGHET, "Kostnaden."))
    assert "Råd som inte följs" in innehall(client.post(URL, sent))

    events = Handelse.objects.filter(delprojekt=d).count()
    page = innehall(client.post(URL, sent | {"bekrafta": "1"}), 422)
    summary = page.partition('class="ds-error-summary felsummering"')[2].partition("</div>")[0]
    assert f'href="#id_r{d.pk}-motivering"' in summary
    assert "Skriv en motivering till att du går vidare ändå." in summary
    assert Handelse.objects.filter(delprojekt=d).count() == events

    why = {f"r{d.pk}-motivering": "Regionerna vill försöka igen."}
    innehall(client.post(URL, sent | why | {"bekrafta": "1"}))
    assert Handelse.objects.get(nyckel=KEYS[0]).motivering == "Regionerna vill försöka igen."


def test_the_page_lists_the_meetings_matters_with_their_points_and_only_what_may_be_done(
    anmalt: Delprojekt, i_nulage: Delprojekt
) -> None:
    page = innehall(klient("sekreterare").get(f"{URL}?dag={DAG.isoformat()}"))

    assert field(page, f"r{anmalt.pk}-punkt") == "4"
    assert field(page, "dag") == DAG.isoformat()
    row = page.split(f'id="rad-{anmalt.pk}"')[1].split("</section>")[0]
    offered = set(re.findall(r'<option value="([a-z-]+)"', row))
    assert {"besluta-start", "besluta-avslag", "besluta-avvakta", "aterremittera-forslag"} <= offered
    assert "lamna-till-namnden" not in offered
    assert f'id="rad-{i_nulage.pk}"' not in page, "it does not wait for ledningsgruppen"


def test_what_needs_more_than_a_text_is_a_link_to_its_own_page(hos_ledningsgruppen: Delprojekt) -> None:
    d = hos_ledningsgruppen
    page = innehall(klient("sekreterare").get(URL))

    row = page.split(f'id="rad-{d.pk}"')[1].split("</section>")[0]
    assert 'value="lamna-till-namnden"' in row
    for act in ("skriv-beslutsforslag", "presentera-for-ledningsgruppen", "utse-fler"):
        assert f"/delprojekt/{d.pk}/gor/{act}/" in row
        assert f'value="{act}"' not in row


@pytest.mark.parametrize("who", ["ledningsgrupp.skane", "namndsekreterare", "ordforande", "region.skane", "direktor"])
def test_only_the_secretary_and_kansliet_register_the_outcome(anmalt: Delprojekt, who: str) -> None:
    """§5.1.2: ledningsgruppen decides, its secretary writes it down; the policy says who."""
    client = klient(who)
    assert client.get(URL).status_code == 403
    assert client.post(URL, rader((anmalt, Act.BESLUTA_START, ""), bekrafta="1")).status_code == 403
    assert fresh(anmalt).steg == Steg.BEREDNING
    for page in ("/ledningsgruppen/", "/infor-ledningsgruppen/"):
        assert URL not in client.get(page).content.decode()


def test_both_pages_of_ledningsgruppen_lead_here_for_those_who_may(anmalt: Delprojekt) -> None:
    assert {Roll.SEKRETERARE, Roll.KANSLI} == ANTECKNAR
    for who in ("sekreterare", "kansli2"):
        for page in ("/ledningsgruppen/", "/infor-ledningsgruppen/"):
            assert f'href="{URL}"' in klient(who).get(page).content.decode()


def test_the_outcomes_are_read_from_the_policy() -> None:
    assert {Act.BESLUTA_START, Act.BESLUTA_AVSLAG, Act.FASTSTALL_UPPDRAG, Act.LAMNA_TILL_NAMNDEN} <= KORTA_UTFALL
    assert {Act.UTSE_ORDFORANDE, Act.SKRIV_BESLUTSFORSLAG, Act.PRESENTERA_FOR_LEDNINGSGRUPPEN} <= set(UTFALL)
    assert not any(short(act) for act in (Act.UTSE_ORDFORANDE, Act.UTSE_ARBETSGRUPP, Act.SKRIV_BESLUTSFORSLAG))
    assert Act.ANMAL_TILL_LEDNINGSGRUPPEN not in UTFALL
    assert Act.REKOMMENDERA not in UTFALL


@pytest.mark.parametrize("state", ["anmalt", "startat", "hos_ledningsgruppen", "i_namndens_beslut", "i_uppfoljning"])
def test_a_short_outcome_really_needs_no_more_than_day_point_and_text(
    state: str, request: pytest.FixtureRequest
) -> None:
    """Every act that the page offers as a choice has a form that what the page asks for fills in."""
    d, who = request.getfixturevalue(state), actor("sekreterare")
    said = {"punkt": "4", "text": "Beslutat.", "nyckel": KEYS[0]}
    acts = [act for act in mojliga_utfall(who, Lage(Steg(d.steg), d.pk)) if short(act)]
    assert acts
    for act in acts:
        filled = filled_in(h.formular(who, act, d).rum, DAG, said)
        assert filled.is_valid(), (act, filled.errors)
        assert filled.underlag()["dag"] == DAG


def test_5_1_2_the_form_of_a_decision_is_filled_in_from_the_anmalan(avstamt: Delprojekt) -> None:
    """What kansliet announced to 10 December as point 5 is not asked for again."""
    d, later = avstamt, idag() + timedelta(days=18)
    gor("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, d, organ="ledningsgrupp", dag=later, punkt="5")

    for act in (Act.BESLUTA_START, Act.BESLUTA_AVSLAG, Act.BESLUTA_AVVAKTA):
        page = klient("sekreterare").get(f"/delprojekt/{d.pk}/gor/{act.value}/").content.decode()
        assert field(page, "dag") == later.isoformat()
        assert field(page, "punkt") == "5"


def test_5_1_2_an_anmalan_that_has_been_answered_fills_in_nothing_until_it_counts_again(anmalt: Delprojekt) -> None:
    who = actor("sekreterare")
    gor("sekreterare", Act.ATERREMITTERA_FORSLAG, anmalt, dag=DAG, text="Kostnaden saknas.")
    form = form_for(Act.BESLUTA_START)(rum=h.formular(who, Act.BESLUTA_START, fresh(anmalt)).rum)

    assert agenda_item(who, anmalt) is None
    assert form.get_initial_for_field(form.fields["dag"], "dag") == idag()
    assert not form.fields["punkt"].initial

    gor("kansli", Act.ANGRA, anmalt, text="Fel delprojekt.")
    assert agenda_item(who, anmalt) == (DAG, "4")


def test_5_1_4_a_point_of_one_matter_is_not_proposed_for_another_at_the_same_meeting(startat: Delprojekt) -> None:
    """The uppdrag was fastställt as point 14 today; who becomes chair is another point on the agenda."""
    dp = h.skriv_uppdrag(startat)
    gor("sekreterare", Act.FASTSTALL_UPPDRAG, dp, organ="ledningsgrupp", dag=idag(), punkt="14")

    act = Act.UTSE_ORDFORANDE
    form = form_for(act)(rum=h.formular("sekreterare", act, fresh(dp)).rum)

    assert form.fields["dag"].initial == idag()
    assert not form.fields["punkt"].initial


def test_kommande_moten_says_what_is_taken_up_once_and_nothing_of_what_is_finished(avstamt: Delprojekt) -> None:
    d = avstamt
    gor("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, d, organ="ledningsgrupp", dag=idag() + timedelta(days=9), punkt="5")

    def coming() -> str:
        return innehall(klient("kansli").get("/kansliet/")).split("Kommande möten")[1].split("</section>")[0]

    assert coming().count(d.get_absolute_url()) == 1
    assert "Anmält till ledningsgruppen" in coming()
    gor("sekreterare", Act.BESLUTA_AVSLAG, d, organ="ledningsgrupp", dag=idag(), punkt="5", text="Ryms inte i år.")
    assert d.get_absolute_url() not in coming()


def test_an_aterremiss_belongs_to_its_meeting_and_point(anmalt: Delprojekt) -> None:
    """The act's own form asks for neither; what the meeting's form was told is kept with the fact."""
    sent = rader((anmalt, Act.ATERREMITTERA_FORSLAG, "Kostnaden saknas."), bekrafta="1")
    innehall(klient("sekreterare").post(URL, sent))

    fact = anmalt.fakta.get(slag="retur")
    assert (fact.text, fact.arende.punkt, fact.arende.mote.date) == ("Kostnaden saknas.", "4", DAG)
    assert fact.arende.mote.organ.slag == "ledningsgrupp"
