"""The shared template: kansliet edits a draft and lets it count; who has begun keeps the earlier one (M7-1, M5.3-1)."""

import pytest

from delprojekt.actions import mall
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import Delprojekt, Forvaltningshandelse, Mallavsnitt, Mallversion, Uppdragsomgang
from delprojekt.process.forvaltning import EjTillatet
from delprojekt.process.mall import ANALYS_PREFIX, NULAGE_PREFIX
from delprojekt.process.steg import Steg
from delprojekt.queries.mall import mark
from tests.walked import Walked
from tests.world import actor, delprojekt_in

pytestmark = pytest.mark.django_db
ORD = "Beskriv hur vården följs upp."


def row(key: str) -> Mallavsnitt:
    return Mallavsnitt.objects.get(mallversion__status="utkast", nyckel=key)


def order(prefix: str) -> list[tuple[str, str]]:
    rows = Mallavsnitt.objects.filter(mallversion__status="utkast", nyckel__startswith=prefix).order_by("ordning")
    return [(one.nummer, one.nyckel.removeprefix(prefix)) for one in rows]


def test_m7_1_a_draft_is_decided_and_those_who_have_begun_keep_theirs(walked: Walked) -> None:
    """M7-1: utkast → gällande; a running delprojekt is not touched, the next one begins with the new."""
    kansli, began = actor("kansli"), Uppdragsomgang.objects.get(delprojekt=walked[Steg.NULAGE])
    before = list(began.mallversion.avsnitt.order_by("ordning").values_list("nyckel", "rubrik", "nummer"))
    draft = mall.begin_draft(kansli)
    assert mall.begin_draft(kansli) == draft
    with pytest.raises(Ogiltigt, match="likadant"):
        mall.decide(kansli, mark(kansli, draft))
    seen = mark(kansli, draft)
    mall.change_section(kansli, row("bakgrund").pk, "Bakgrund och behov", "Varför nu?")
    with pytest.raises(Ogiltigt, match="har ändrats sedan"):
        mall.decide(kansli, seen)
    decided = mall.decide(kansli, mark(kansli, draft))

    assert (decided.nummer, decided.status) == (2, "gallande")
    began.refresh_from_db()
    assert (began.mallversion.nummer, began.mallversion.status) == (1, "utgangen")
    assert list(began.mallversion.avsnitt.order_by("ordning").values_list("nyckel", "rubrik", "nummer")) == before
    page = walked.client("ordforande").get(f"/rapport/{began.delprojekt_id}/").content.decode()
    assert "Bakgrund och behov" not in page
    d = delprojekt_in(Steg.UPPDRAG)
    assert Uppdragsomgang.objects.get(delprojekt=d).mallversion == decided
    assert "Bakgrund och behov" in walked.client("kansli").get(f"/rapport/{d.pk}/").content.decode()
    assert Forvaltningshandelse.objects.filter(mening__contains="Bakgrund och behov").exists()


def test_m5_3_1_nulage_and_its_analysis_are_moved_added_renamed_and_left_out_together() -> None:
    """M5.3-1: the same disposition, whatever kansliet does."""
    kansli = actor("kansli")
    mall.begin_draft(kansli)
    assert mall.move_section(kansli, row("nulage_kompetens").pk, -1).nummer == "7.2"
    assert order(NULAGE_PREFIX)[:3] == [("7.1", "patientgrupp"), ("7.2", "kompetens"), ("7.3", "verksamhet")]
    assert order(ANALYS_PREFIX)[:3] == [("8.1", "patientgrupp"), ("8.2", "kompetens"), ("8.3", "verksamhet")]

    added = mall.add_section(kansli, "nulage", "Digitala verktyg", ORD)
    assert (added.nyckel, added.nummer) == ("nulage_digitala_verktyg", "7.7")
    assert row("analys_digitala_verktyg").nummer == "8.7"
    mall.change_section(kansli, added.pk, "Digitalt stöd", ORD)
    assert row("analys_digitala_verktyg").rubrik == "Digitalt stöd"
    mall.remove_section(kansli, row("nulage_ekonomi").pk)
    assert [key for _, key in order(ANALYS_PREFIX)] == [
        *(key for _, key in order(NULAGE_PREFIX)),
        "slutsatser",
    ]
    assert order(ANALYS_PREFIX)[-1] == ("8.9", "slutsatser")
    assert order("forslag") == [("9", "")]


def test_m7_1_what_is_left_out_can_be_taken_back(walked: Walked) -> None:
    """M7-1: by its heading, from an earlier version, or by putting the draft aside."""
    kansli, client = actor("kansli"), walked.client("kansli")
    mall.begin_draft(kansli)
    with pytest.raises(Ogiltigt, match="kan inte tas bort"):
        mall.remove_section(kansli, row("faktabilaga").pk)
    mall.remove_section(kansli, row("nulage_tillganglighet").pk)
    heading = Mallavsnitt.objects.get(mallversion__nummer=1, nyckel="nulage_tillganglighet").rubrik
    assert mall.add_section(kansli, "nulage", heading, ORD).nyckel == "nulage_tillganglighet"
    mall.remove_section(kansli, row("nulage_tillganglighet").pk)
    mall.decide(kansli, mark(kansli, Mallversion.objects.get(nummer=2)))

    assert "Börja på ett utkast av den här versionen" in client.get("/mallen/1/").content.decode()
    assert client.post("/mallen/utkast/", {"av": "9"}).status_code == 404
    client.post("/mallen/utkast/", {"av": "1"})
    assert row("analys_tillganglighet").mallversion.nummer == 3
    assert "är kastad" in client.post("/mallen/3/kasta/", follow=True).content.decode()
    assert "Kastat utkast" in client.get("/mallen/").content.decode()
    assert mall.begin_draft(kansli, 3).avsnitt.filter(nyckel="nulage_tillganglighet").exists()


def test_m5_3_1_a_section_called_as_the_gathered_conclusions_gets_a_key_of_its_own() -> None:
    """M5.3-1, M5.3-6."""
    kansli = actor("kansli")
    mall.begin_draft(kansli)
    added = mall.add_section(kansli, "nulage", "Slutsatser", ORD)
    assert (added.nyckel, row("analys_slutsatser_2").rubrik) == ("nulage_slutsatser_2", "Slutsatser")
    mall.change_section(kansli, row("analys_slutsatser").pk, "Samlade slutsatser", ORD)
    assert row("analys_slutsatser").rubrik == "Samlade slutsatser"


def test_m5_4_1_2_what_the_method_asks_for_stays_and_the_chapters_keep_their_order() -> None:
    """M5.4.1-2, M5.1.3-3."""
    kansli = actor("kansli")
    mall.begin_draft(kansli)
    for key in ("bakgrund", "nulage_perspektiv", "analys_ekonomi", "vagval", "uppfoljningsrapport_beslut"):
        with pytest.raises(Ogiltigt, match="kan inte tas bort"):
            mall.remove_section(kansli, row(key).pk)
    for key in ("bakgrund", "analys_ekonomi"):
        with pytest.raises(Ogiltigt, match="fast ordning"):
            mall.move_section(kansli, row(key).pk, 1)
    with pytest.raises(Ogiltigt, match="hela meningar"):
        mall.change_section(kansli, row("bakgrund").pk, "Bakgrund", "Varför")
    first = row("nulage_patientgrupp")
    assert mall.move_section(kansli, first.pk, -1).nummer == "7.1", "the first one stays first"


def test_m7_1_only_kansliet_edits_and_what_counts_is_never_edited(walked: Walked) -> None:
    with pytest.raises(EjTillatet):
        mall.begin_draft(actor("ordforande"))
    assert walked.client("ordforande").get("/mallen/").status_code == 403
    assert walked.client("direktor").get("/mallen/").status_code == 200
    assert walked.client("direktor").post("/mallen/utkast/").status_code == 403
    valid = Mallversion.objects.get(status="gallande").avsnitt.get(nyckel="bakgrund")
    assert walked.client("kansli").get(f"/mallen/avsnitt/{valid.pk}/").status_code == 404
    with pytest.raises(Mallavsnitt.DoesNotExist):
        mall.change_section(actor("kansli"), valid.pk, "Ny", "Ny.")


def test_m7_1_kansliet_edits_the_draft_by_its_pages(walked: Walked) -> None:
    client = walked.client("kansli")
    assert client.post("/mallen/utkast/")["Location"] == "/mallen/2/"
    page = client.get("/mallen/2/").content.decode()
    assert "Lägg till ett avsnitt" in page
    pk = row("nulage_verksamhet").pk
    form = client.get(f"/mallen/avsnitt/{pk}/").context["form"]
    said = {"rubrik": "Verksamhet", "vagledning": "Hur ser det ut?", "sett": form["sett"].value()}
    assert client.post(f"/mallen/avsnitt/{pk}/", said).status_code == 302
    assert client.post(f"/mallen/avsnitt/{pk}/", {"rubrik": "", "vagledning": "Hur?"}).status_code == 422
    assert client.post(f"/mallen/avsnitt/{pk}/flytta/", {"upp": "1"}, follow=True).status_code == 200
    assert order(NULAGE_PREFIX)[0] == ("7.1", "verksamhet")
    assert client.get("/mallen/2/nytt/").status_code == 200
    new = {"under": "uppfoljningsrapport", "rubrik": "Kostnader", "vagledning": ORD}
    assert client.post("/mallen/2/nytt/", new).status_code == 302
    leave = f"/mallen/avsnitt/{row('uppfoljningsrapport_kostnader').pk}/ta-bort/"
    assert "Ta bort 13.8 Kostnader?" in client.get(leave).content.decode()
    assert client.post(leave).status_code == 302
    shown = client.get("/mallen/2/visa/slutrapport/").content.decode()
    assert "Hur ser det ut?" in shown
    assert "Portalen fyller i: tidplan." in shown
    assert client.get("/mallen/2/visa/beslutsforslag/").status_code == 404
    ask = client.get("/mallen/2/besluta/")
    assert "Ändrade avsnitt" in ask.content.decode()
    done = client.post("/mallen/2/besluta/", {"sett": ask.context["sett"]}, follow=True).content.decode()
    assert "Mall version 2 gäller från i dag" in done
    assert "Lägg till ett avsnitt" not in client.get("/mallen/2/").content.decode()
    late = client.post(f"/mallen/avsnitt/{pk}/", {"rubrik": "Vården", "vagledning": "Vad görs i dag?"})
    assert (late.status_code, "Vad görs i dag?" in late.content.decode()) == (409, True)
    late = client.post("/mallen/2/nytt/", new)
    assert (late.status_code, ORD in late.content.decode()) == (409, True)
    assert "Version 1 har gått ut" in client.get("/mallen/").content.decode()
    assert Delprojekt.objects.filter(omgangar__mallversion__nummer=1).exists()
