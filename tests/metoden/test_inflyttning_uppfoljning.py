"""What began before the portal is followed up to its end, whichever step it stood in and however little is known."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delprojekt.actions.inlasning import keep_list, read_in
from delprojekt.actions.steg import perform
from delprojekt.models import Delprojekt, Uppfoljningsomgang
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from tests import uppfoljt, world
from tests.metoden.test_inflyttning import inlagt, mover
from tests.world import REGIONER, do, fresh

pytestmark = pytest.mark.django_db

BESLUT = {"dag": date(2025, 3, 6), "punkt": "12", "dnr": "", "lydelse": "", "rekommendationer": ["samla", "mäta"]}


def follow_to_the_end(d: Delprojekt) -> None:
    """Ask somebody, go to Uppföljning if it is not there, write, report to the three bodies and close."""
    uppfoljt.say_yes(d)
    if fresh(d).steg != Steg.UPPFOLJNING:
        do("kansli", Act.BORJA_UPPFOLJNING, d)
    do("kansli", Act.ANDRA_UPPFOLJNINGSFRIST, d, frist=date(2027, 5, 1), text="Det är länge sedan.")
    world.write("ordforande", d, "uppfoljningsrapport_slutsats")
    do("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, d)
    for body in ("samarbetsgrupp", "ledningsgrupp", "namnd"):
        do("kansli", Act.REDOVISA_UPPFOLJNING, d, organ=body, dag=idag(), val="skriftlig")
    do("kansli", Act.AVSLUTA, d, organ="ledningsgrupp", dag=idag(), text="Målen är nådda.")
    assert fresh(d).steg == Steg.AVSLUTAT


def client_of_mover() -> Client:
    client = Client()
    mover()
    client.force_login(world.person("kansli2").konto)
    return client


@pytest.mark.parametrize("steg", [Steg.HUVUDMANSBESLUT, Steg.INFORANDE, Steg.UPPFOLJNING])
def test_m5_8_3_what_is_moved_in_with_namndens_decision_is_followed_up_to_the_end(steg: Steg) -> None:
    d = inlagt(steg, regioner=REGIONER, namndbeslut=BESLUT)
    row = Uppfoljningsomgang.objects.get(namndbeslut__delprojekt=d)
    assert (row.fran_date, row.frist_date) == (date(2025, 3, 6), date(2026, 3, 6))
    follow_to_the_end(d)


def test_v_22_what_is_read_in_from_a_list_is_followed_up_too() -> None:
    rows = "Nummer;Benämning;Dokument;Datum;Steg\n68;Ur listan;Nämndbeslut;våren 2025;Införande\n"
    kept = keep_list(mover(), SimpleUploadedFile("lista.csv", rows.encode()))
    read_in(mover(), kept.pk, {2})
    follow_to_the_end(Delprojekt.objects.get(nummer=68))


def test_v_22_without_namndens_decision_the_refusal_is_true_and_it_can_be_completed() -> None:
    """Not even the day is known: what nämnden recommended is enough to go on."""
    d = inlagt(Steg.INFORANDE, regioner=REGIONER)
    with pytest.raises(Refused, match="nämndens beslut, som uppföljningen utgår från, är inlagt"):
        uppfoljt.ask(d)
    client = client_of_mover()
    url = f"/delprojekt/{d.pk}/gor/komplettera-i-efterhand/"
    assert "rekommendationer" in client.get(url).context["form"].fields
    perform(mover(), Act.KOMPLETTERA_I_EFTERHAND, d.pk, {"namndbeslut": {"rekommendationer": ["samla"]}})
    assert str(d.namndbeslut.get()) == "Södra regionvårdsnämnden okänt datum"
    row = Uppfoljningsomgang.objects.get(namndbeslut__delprojekt=d)
    assert (row.fran_date, row.frist_date) == (None, None)
    for tab in ("", "visa/beslut/", "visa/regioner/", "visa/uppfoljning/"):
        assert "okän" in client.get(f"/delprojekt/{d.pk}/{tab}").content.decode()
    follow_to_the_end(d)


def test_v_22_what_namnden_recommended_is_added_to_a_decision_without_recommendations() -> None:
    d = inlagt(Steg.HUVUDMANSBESLUT, regioner=REGIONER, namndbeslut={"dag": date(2025, 3, 6)})
    fields = client_of_mover().get(f"/delprojekt/{d.pk}/gor/komplettera-i-efterhand/").context["form"].fields
    assert "rekommendationer" in fields
    assert "namnd_nar" not in fields
    perform(mover(), Act.KOMPLETTERA_I_EFTERHAND, d.pk, {"namndbeslut": {"rekommendationer": ["samla", "mäta"]}})
    assert [r.text for r in d.namndbeslut.get().rekommendationer.order_by("nummer")] == ["samla", "mäta"]
    assert build_lage(fresh(d)).beslut.mottagare == set(REGIONER)
    world.decide_in(d, "halland")
    assert "rekommendationer" not in (
        client_of_mover().get(f"/delprojekt/{d.pk}/gor/komplettera-i-efterhand/").context["form"].fields
    )
