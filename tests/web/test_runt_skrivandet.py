"""Around the writing: the delrapport's way, what the portal fills in, an earlier round (§5, §5.4.2, §5.8)."""

import pytest

from delprojekt.models import Delprojekt, Dokumentversion, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests import world
from tests.walked import Walked
from tests.world import DAG, do

pytestmark = pytest.mark.django_db


def test_the_tab_and_the_bodies_pages_show_how_far_a_delrapport_has_come(walked: Walked) -> None:
    """M5.4.2-1, M5-12."""
    d = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    tab, led = f"/delprojekt/{d.pk}/visa/rapport/", "/ledningsgruppen/"
    do("ordforande", Act.LAMNA_DELRAPPORT, d, part="Läget i regionerna", avsnitt=["nulage_kompetens"])
    page = walked.client("ordforande").get(tab).content.decode()
    assert "Läget i regionerna" in page
    assert "Redovisa en delrapport" in page
    assert "Lämna delrapporten till ledningsgruppen" not in page
    assert "Läget i regionerna" in walked.client("samarbetsgrupp.skane").get("/samarbetsgruppen/").content.decode()
    assert "Läget i regionerna" not in walked.client("ledningsgrupp.skane").get(led).content.decode()

    told = do(
        "ordforande", Act.REDOVISA_DELRAPPORT, d, organ="samarbetsgrupp", part="Läget i regionerna", text="Gå vidare."
    )
    assert told.mening
    page = walked.client("ordforande").get(tab).content.decode()
    assert "Gå vidare." in page
    assert "Lämna delrapporten till ledningsgruppen" in page
    do("ordforande", Act.DELGE_DELRAPPORT, d)

    seen = walked.client("ledningsgrupp.skane").get(led).content.decode()
    assert "Läget i regionerna" in seen
    job = Dokumentversion.objects.get(delprojekt=d, slag="delrapport").jobb.get()
    assert f"/jobb/{job.pk}/" in seen
    assert walked.client("ledningsgrupp.skane").get(f"/jobb/{job.pk}/").status_code == 200
    assert walked.client("ledningsgrupp.skane").get(f"/delprojekt/{d.pk}/dokument/delrapport/").status_code == 404
    assert walked.client("region.skane").get(f"/jobb/{job.pk}/").status_code == 404


def test_the_next_body_of_a_delrapport_is_proposed(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    do("ordforande", Act.LAMNA_DELRAPPORT, d, part="Läget", avsnitt=["nulage_kompetens"])
    form = walked.client("ordforande").get(f"/delprojekt/{d.pk}/gor/redovisa-delrapport/").context["form"]
    assert (form["organ"].initial, form["part"].initial) == ("samarbetsgrupp", "Läget")
    do("ordforande", Act.REDOVISA_DELRAPPORT, d, organ="samarbetsgrupp", part="Läget")
    form = walked.client("ordforande").get(f"/delprojekt/{d.pk}/gor/redovisa-delrapport/").context["form"]
    assert form["organ"].initial == "ledningsgrupp"


def test_the_follow_up_is_prefilled_on_the_desk_with_what_the_portal_knows(walked: Walked) -> None:
    """M5.8-7: decisions, introduction, parameters and hinders, as they stand; the rows are not written by hand."""
    d = Delprojekt.objects.get(pk=walked[Steg.UPPFOLJNING])
    omgang = Uppdragsomgang.objects.get(delprojekt=d)
    omgang.vagval.create(slag="mjukt_resultat", date=DAG, text="Regionerna ringer varandra.")
    client = walked.client("ordforande")
    front = client.get(f"/rapport/{d.pk}/").content.decode()
    assert front.count("Hämtas ur portalen") == 2
    assert f"/delprojekt/{d.pk}/dokument/uppfoljningsrapport/#kap-uppfoljningsrapport_beslut" in front

    page = client.get(f"/rapport/{d.pk}/uppfoljningsrapport_parametrar/").content.decode()
    assert "Det här fyller portalen i" in page
    assert "Parametrarna: utgångsvärde, nu och mål" in page
    page = client.get(f"/rapport/{d.pk}/uppfoljningsrapport_hinder/").content.decode()
    assert "Hinder i införandet" in page
    assert "Regionerna ringer varandra." in page
    assert (
        "Det här fyller portalen i" not in client.get(f"/rapport/{d.pk}/uppfoljningsrapport_slutsats/").content.decode()
    )


def test_in_a_renewed_mandate_the_old_text_is_read_beside_and_stays_as_it_was(walked: Walked) -> None:
    """V-20."""
    d = Delprojekt.objects.get(pk=walked[Steg.LEDNINGSGRUPP])
    old = Uppdragsomgang.objects.get(delprojekt=d)
    before = list(old.dokument.values_list("slag", "version", "fingeravtryck"))
    do("sekreterare", Act.FORNYA_UPPDRAG, d, dag=DAG, text="Utred också primärvården.")
    client = walked.client("kansli")
    front = client.get(f"/rapport/{d.pk}/").content.decode()
    assert "Omgång 2: Utred också primärvården." in front
    page = client.get(f"/rapport/{d.pk}/bakgrund/")
    assert "Så stod det i omgång 1" in page.content.decode()
    assert "Text i bakgrund." in page.content.decode()
    assert not page.context["rad"].skrivet

    world.write("kansli", d, "bakgrund")
    assert old.avsnitt.get(nyckel="bakgrund").html == "<p>Text i bakgrund.</p>"
    assert list(old.dokument.values_list("slag", "version", "fingeravtryck")) == before


def test_a_choice_is_noted_from_the_groups_page_with_one_field_and_one_button(walked: Walked) -> None:
    """M5-4: one tap from Min arbetsgrupp, one sentence, and back there."""
    d = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    client, page = walked.client("ledamot"), f"/min-arbetsgrupp/?delprojekt={d.pk}"
    html = client.get(page).content.decode()
    url = f"/delprojekt/{d.pk}/gor/anteckna-vagval/?fran=gruppen"
    assert url in html
    assert "Hämta statistik" in html
    answer = client.get(url)
    form, text = answer.context["form"], answer.content.decode()
    assert next(name for name in form.fields if not form[name].is_hidden) == "text"
    assert '<details class="hopfallt">' in text, "the rest is folded away"
    said = {name: form[name].value() for name in form.fields} | {"text": "Vi följer vuxna först."}
    done = client.post(url, {name: value for name, value in said.items() if value is not None})
    assert (done.status_code, done["Location"]) == (302, page)
    row = Uppdragsomgang.objects.get(delprojekt=d).vagval.get(text="Vi följer vuxna först.")
    assert (row.slag, row.varfor) == ("vagval", "")


def test_the_chair_writes_to_the_group_and_reads_the_letter_before_it_goes(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    client, url = walked.client("ordforande"), f"/delprojekt/{d.pk}/gor/mejla-gruppen/"
    form = client.get(url).context["form"]
    said = {name: form[name].value() for name in ("nyckel", "sett")} | {"amne": "Möte", "text": "Vi ses på tisdag."}
    review = client.post(url, said).content.decode()
    assert "Vi ses på tisdag." in review
    assert "Petra Wikström" in review
    assert client.post(url, said | {"bekrafta": "ja"}).status_code == 302
