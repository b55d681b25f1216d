"""The plan of what is kept and weeded: the administrator changes it, with history, and the register shows it (§6.2)."""

import re

import pytest
from django.db import IntegrityError, transaction

from delprojekt.actions.hanteringsplan import change_rule
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import AllmanHandling, Delprojekt, Forvaltningshandelse, Hanteringsregel, Person
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.forvaltning import EjTillatet
from delprojekt.process.handling import Hantering
from delprojekt.process.hanteringsplan import SLAG
from delprojekt.process.klocka import nu
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import actor_for_person
from tests.walked import Walked
from tests.world import actor, do

pytestmark = pytest.mark.django_db

GALLRA = {"hantering": "gallras", "gallras_efter_ar": "5", "beslut": "Arkivnämnden 2026-03-12 § 14", "skal": "Ny plan."}
ADRESS = f"/handlingar/plan/{Act.NOMINERA.value}/"


def admin() -> Actor:
    return actor_for_person(Person.objects.get(epost="roll.administrator@exempel.se"))


def text(html: bytes) -> str:
    return re.sub(r"\s+", " ", html.decode())


def test_the_administrator_changes_a_rule_and_the_register_shows_it(walked: Walked) -> None:
    row = AllmanHandling.objects.filter(handelse__act=Act.NOMINERA).latest("pk")
    client = walked.client("roll.administrator")
    assert client.get("/handlingar/plan/").status_code == 200
    assert client.post(ADRESS, GALLRA).status_code == 302

    plan = text(client.get("/handlingar/plan/").content)
    assert "Gallras efter 5 år" in plan
    assert "Arkivnämnden 2026-03-12 § 14" in plan
    page = text(walked.client("kansli").get(f"/handlingar/{row.pk}/").content)
    first = row.registrerad_at.replace(year=row.registrerad_at.year + 5)
    assert f"Gallras efter 5 år, tidigast {skriv(first)}, Arkivnämnden 2026-03-12 § 14" in page
    listed = text(walked.client("kansli").get(f"/handlingar/?delprojekt={row.delprojekt_id}").content)
    assert "Gallras efter 5 år</td>" in listed
    assert Forvaltningshandelse.objects.get().mening.endswith("gallras efter 5 år (förut bevaras).")


def test_every_change_is_kept_and_a_new_handling_follows_the_plan(walked: Walked) -> None:
    change_rule(admin(), Act.NOMINERA, {**GALLRA, "gallras_efter_ar": 5})
    change_rule(admin(), Act.NOMINERA, {"hantering": "bevaras", "skal": "Forskningen behöver dem."})
    assert change_rule(admin(), Act.NOMINERA, {"hantering": "bevaras", "skal": "Igen."}) == ""
    assert list(Hanteringsregel.objects.order_by("pk").values_list("hantering", "gallras_efter_ar")) == [
        ("gallras", 5),
        ("bevaras", None),
    ]
    change_rule(admin(), Act.NOMINERA, {**GALLRA, "gallras_efter_ar": 2})
    d = Delprojekt.objects.get(pk=walked[Steg.NULAGE])
    them = {"fornamn": "Kim", "efternamn": "Alm", "roll": "ledamot", "region": "skane", "status": "foreslagen"}
    do("kansli", Act.NOMINERA, d, **them)
    assert AllmanHandling.objects.latest("pk").hantering == Hantering.GALLRAS
    history = text(walked.client("kansli").get("/handlingar/plan/").content)
    assert "Forskningen behöver dem." in history


def test_a_handling_with_its_own_decision_keeps_it(walked: Walked) -> None:
    row = AllmanHandling.objects.filter(handelse__act=Act.NOMINERA).latest("pk")
    own = {"hantering": "inte_beslutat", "hantering_text": "Prövas", "skal": "Känsligt."}
    said = {name: getattr(row, name) for name in ("typ", "date", "motpart", "beskrivning", "sekretess")}
    do("kansli", Act.RATTA_HANDLING, row.delprojekt, objekt=row.pk, **said, **own)
    change_rule(admin(), Act.NOMINERA, {**GALLRA, "gallras_efter_ar": 5})
    assert "Inte beslutat, Prövas" in text(walked.client("kansli").get(f"/handlingar/{row.pk}/").content)


def test_a_corrected_handling_still_follows_the_plan(walked: Walked) -> None:
    """Only the name of the other party was wrong: nothing was decided about what is kept."""
    row = AllmanHandling.objects.filter(handelse__act=Act.NOMINERA).latest("pk")
    change_rule(admin(), Act.NOMINERA, {**GALLRA, "gallras_efter_ar": 5})
    client = walked.client("kansli")
    url = f"/delprojekt/{row.delprojekt_id}/gor/{Act.RATTA_HANDLING.value}/{row.pk}/"
    form = client.get(url).context["form"]
    assert form["hantering"].value() == Hantering.GALLRAS
    said = {name: form[name].value() or "" for name in form.fields} | {"motpart": "Region Skåne", "skal": "Fel namn."}
    said |= {"date": f"{row.date:%Y-%m-%d}"}
    assert client.post(url, said | {"hantering": "bevaras"}).status_code == 422
    assert client.post(url, said).status_code == 302
    corrected = AllmanHandling.objects.get(ersatter=row)
    assert "Gallras efter 5 år, tidigast" in text(client.get(f"/handlingar/{corrected.pk}/").content)
    change_rule(admin(), Act.NOMINERA, {**GALLRA, "gallras_efter_ar": 2})
    assert "Gallras efter 2 år, tidigast" in text(client.get(f"/handlingar/{corrected.pk}/").content)


@pytest.mark.parametrize("falt", ["gallras_efter_ar", "beslut", "skal"])
def test_weeding_takes_a_time_a_decision_and_a_reason_and_what_was_typed_is_kept(walked: Walked, falt: str) -> None:
    answer = walked.client("roll.administrator").post(ADRESS, {**GALLRA, falt: ""})
    assert answer.status_code == 422
    assert falt in answer.context["form"].errors
    with pytest.raises(Ogiltigt) as caught:
        change_rule(admin(), Act.NOMINERA, {**GALLRA, "gallras_efter_ar": 5, falt: ""})
    assert caught.value.falt == falt
    assert not Hanteringsregel.objects.exists()


def test_the_database_refuses_weeding_without_a_decision(walked: Walked) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Hanteringsregel.objects.create(slag=Act.NOMINERA, hantering="gallras", gallras_efter_ar=5, andrad_at=nu())


def test_others_read_the_plan_and_change_nothing(walked: Walked) -> None:
    for who in ("kansli", "ordforande", "region.skane"):
        client = walked.client(who)
        plan = client.get("/handlingar/plan/")
        assert (plan.status_code, ADRESS in plan.content.decode()) == (200, False)
        assert client.post(ADRESS, GALLRA).status_code == 403
    with pytest.raises(EjTillatet):
        change_rule(actor("kansli"), Act.NOMINERA, {**GALLRA, "gallras_efter_ar": 5})
    assert walked.client("roll.administrator").get("/handlingar/plan/pausa/").status_code == 404
    assert len(SLAG) >= 10
