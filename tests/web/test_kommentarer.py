"""Comments and proposed changes beside the text, over the door: without scripts, and what is shown to whom."""

import pytest
from django.core.cache import cache
from django.test import Client

from delprojekt.actions.avsnitt import save_section
from delprojekt.models import Avsnitt, Delprojekt, Kommentar
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.walked import Walked
from tests.web.test_krock import window
from tests.world import actor, do

pytestmark = pytest.mark.django_db
KEY = "nulage_ekonomi"
TEXT = "<p>Det finns tre kliniker i regionen.</p><ul><li>Ett.</li><li>Två.</li></ul>"


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    cache.clear()
    made = Delprojekt.objects.get(pk=walked[Steg.ATGARDSFORSLAG])
    save_section(actor("ordforande"), made, KEY, TEXT, 0)
    return made


def page(client: Client, d: Delprojekt, path: str = f"{KEY}/granska/") -> str:
    answer = client.get(f"/rapport/{d.pk}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def comment(who: str, d: Delprojekt, text: str = "Stämmer det?", **more: object) -> Kommentar:
    do(who, Act.KOMMENTERA, d, avsnitt=KEY, text=text, **more)
    return Kommentar.objects.latest("pk")


def test_a_comment_is_written_answered_and_ended_without_scripts(d: Delprojekt) -> None:
    hers = window("kommunikator")
    said = {"citat": "tre kliniker", "text": "Är det inte fyra? @Karin Lind"}
    answer = hers.post(f"/rapport/{d.pk}/{KEY}/kommentera/", said, follow=True)
    html = answer.content.decode()
    assert '<mark class="kommentarsmark"' in html
    assert "Är det inte fyra?" in html
    row = Kommentar.objects.get()
    chair = window("ordforande")
    assert "Svara på en kommentar" in chair.get("/").content.decode()
    assert "Är det inte fyra?" in page(chair, d, f"{KEY}/")
    assert "1 kommentar" in page(chair, d, f"{KEY}/")
    chair.post(f"/rapport/{d.pk}/{KEY}/kommentera/{row.pk}/", {"text": "Jag tittar.", "gor": "svara"})
    assert "Svara på en kommentar" not in chair.get("/").content.decode()
    chair.post(f"/rapport/{d.pk}/{KEY}/kommentera/{row.pk}/", {"gor": "klar", "fran": "bord"})
    assert "Avslutade (1)" in page(hers, d)
    assert Avsnitt.objects.get(omgang__delprojekt=d, nyckel=KEY).html == TEXT
