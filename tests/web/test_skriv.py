"""Writing: what was typed is never lost, whoever else was at work meanwhile."""

import pytest
from django.test import Client

from delprojekt.actions.avsnitt import save_section
from delprojekt.models import Vantar
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.world import actor, delprojekt_in, do, fresh, new_forslag, person, start, submit

pytestmark = pytest.mark.django_db


def test_text_sent_after_the_step_has_moved_is_shown_so_that_it_can_be_kept() -> None:
    d = delprojekt_in(Steg.LEDNINGSGRUPP)
    client = Client()
    client.force_login(person("ordforande").konto)
    answer = client.post(f"/rapport/{d.pk}/sammanfattning/", {"text": "Två kvällars arbete.", "version": "1"})
    assert answer.status_code == 409
    assert "Två kvällars arbete." in answer.content.decode()


def test_a_simultaneous_save_shows_both_texts_and_overwrites_none() -> None:
    d = delprojekt_in(Steg.NULAGE)
    do("ordforande", Act.UTSE_SKRIBENTER, d, skribenter={"nulage": person("ledamot").pk})
    save_section(actor("ledamot"), d, "nulage_ekonomi", "<p>Ledamotens text.</p>", 0)
    client = Client()
    client.force_login(person("ordforande").konto)
    answer = client.post(f"/rapport/{d.pk}/nulage_ekonomi/", {"text": "Ordförandens text.", "version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ordförandens text." in page
    assert "Ledamotens text." in page


def test_writing_the_uppdrag_makes_it_ledningsgruppens_turn() -> None:
    d = new_forslag()
    submit(d)
    start(d)
    waiting = Vantar.objects.filter(delprojekt=d).values_list("act", flat=True)
    assert Act.SKRIV_UPPDRAG in waiting.all()
    save_section(actor("kansli"), fresh(d), "bakgrund", "<p>Alla har video.</p>", 0)
    assert Act.SKRIV_UPPDRAG not in waiting.all()
    assert Act.FASTSTALL_UPPDRAG in waiting.all()


def test_a_pause_ends_with_the_step_that_it_paused() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    do("sekreterare", Act.PAUSA, d, organ="ledningsgrupp", text="Brist på personal.")
    do("sekreterare", Act.AVBRYT, d, organ="ledningsgrupp", text="Behovet finns inte kvar.")
    assert not fresh(d).pausat
    assert not Vantar.objects.filter(delprojekt=d).exists()
