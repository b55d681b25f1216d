"""Sentences of §5.1.3 and §5.2–5.3: what is a hole at the desk and in the thread, and who is led where it is mended."""

from decimal import Decimal

import pytest
from django.test import Client

from delprojekt.models import Delprojekt, Faktauppgift, Uppdragspunkt
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.mall import analys_till
from delprojekt.process.steg import Steg
from delprojekt.queries.arbete import points
from tests.metoden import handgrepp as h
from tests.walked import Walked
from tests.web.test_krock import window
from tests.web.test_traden import ANALYS, FAKTA, NULAGE, trad
from tests.world import actor, do, person, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    """In nuläge."""
    return Delprojekt.objects.get(pk=walked[Steg.NULAGE])


def test_5_1_3_a_section_that_is_empty_or_left_out_answers_no_point_and_keeps_its_tick(d: Delprojekt) -> None:
    """M5.1.3-3: the report does not have the section; both forms still show where the group meant to answer."""
    page, tab = window("ordforande"), f"/delprojekt/{d.pk}/visa/arbete/"
    first = points(actor("ordforande"), h.omgang(d))[0]
    do("ordforande", Act.BESVARA_UPPDRAGSPUNKTER, d, besvarad_i={first.pk: [NULAGE]})
    assert not points(actor("ordforande"), h.omgang(d))[0].besvarad
    assert "Tomt eller utelämnat" in page.get(tab).content.decode()
    form = h.formular("ordforande", Act.BESVARA_UPPDRAGSPUNKTER, d, **{f"punkt_{first.pk}": [NULAGE]})
    assert form.is_valid(), form.errors

    write("ordforande", d, NULAGE)
    assert points(actor("ordforande"), h.omgang(d))[0].besvarad
    assert "Tomt eller utelämnat" not in page.get(tab).content.decode()
    do("ordforande", Act.UTELAMNA_AVSNITT, d, avsnitt=NULAGE, text="Används inte.")
    assert not points(actor("ordforande"), h.omgang(d))[0].besvarad


def test_5_2_the_desk_says_that_there_are_no_holes_only_of_what_is_written_and_seen(d: Delprojekt) -> None:
    """M5.2-4: who writes a chapter is told of that chapter; desk and thread name the same."""
    url, them = f"/rapport/{d.pk}/", window("ledamot")
    do("ordforande", Act.UTSE_SKRIBENTER, d, skribenter={"analys": person("ledamot").pk})
    for point in points(actor("ordforande"), h.omgang(d)):
        Uppdragspunkt.objects.filter(pk=point.pk).update(struken_at=klocka.nu())
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1))
    gaps = [one["nyckel"] for one in window("ordforande").get(url).context["trad"]["utan_analys"]]
    assert NULAGE in gaps  # it has facts and no text
    assert {one.knut for one in trad("ordforande", d).hal} == {f"nulage-{key}" for key in gaps}

    write("ordforande", d, *gaps, *map(analys_till, gaps))
    do("ordforande", Act.ANGE_TACKNING, d, tackning=dict.fromkeys(gaps, h.REGIONER))
    for key in gaps:
        do("ordforande", Act.SKRIV_SLUTSATS, d, avsnitt=analys_till(key), text="Behovet är gemensamt.")

    assert "Varje uppdragspunkt är besvarad" in window("ordforande").get(url).content.decode()
    theirs = them.get(url).content.decode()
    assert ("Inga hål i dina avsnitt" in theirs, "Varje uppdragspunkt" in theirs) == (True, False)


def test_5_3_a_hole_is_mended_by_those_who_write_the_section_and_leads_back_to_the_thread(d: Delprojekt) -> None:
    """M5.4.1-3: no link leads to a section that is somebody else's; after the form one is at the thread again."""
    do("ordforande", Act.UTSE_SKRIBENTER, d, skribenter={"nulage": person("ledamot").pk})
    write("ordforande", d, NULAGE, "analys_kompetens")
    them = window("ledamot")
    page = them.get(f"/delprojekt/{d.pk}/traden/")
    assert f"/rapport/{d.pk}/{ANALYS}/" not in [one["url"] for one in page.context["hal"]]
    for one in page.context["hal"]:
        assert not one["url"] or them.get(one["url"]).status_code == 200, one
    chair = window("ordforande")
    urls = [one["url"] for one in chair.get(f"/delprojekt/{d.pk}/traden/").context["hal"]]
    assert f"/rapport/{d.pk}/{ANALYS}/" in urls
    url = next(one for one in urls if "skriv-slutsats" in one)
    form = chair.get(url).context["form"]
    assert form["avsnitt"].value() == "analys_kompetens"
    sent = {"avsnitt": "analys_kompetens", "text": "Så är det.", "nyckel": form["nyckel"].value()}
    assert chair.post(url, sent)["Location"] == f"/delprojekt/{d.pk}/traden/"
    # a section that one does not write is nowhere to go back to
    assert after_form(them, d, "analys_kompetens") != f"/rapport/{d.pk}/analys_kompetens/"


def after_form(them: Client, d: Delprojekt, fran: str) -> str:
    url = f"/delprojekt/{d.pk}/gor/registrera-faktauppgift/?fran={fran}"
    form = them.get(url).context["form"]
    return them.post(url, {**FAKTA, "nyckel": form["nyckel"].value(), "region": ""})["Location"]


def test_5_3_who_writes_the_analysis_cites_the_facts_of_the_nulage(d: Delprojekt) -> None:
    """M5.2-3, M5.4.1-3: the analysis rests on facts in a chapter that somebody else writes."""
    do("ordforande", Act.UTSE_SKRIBENTER, d, skribenter={"analys": person("ledamot").pk})
    do("ordforande", Act.REGISTRERA_FAKTAUPPGIFT, d, **FAKTA, varde=Decimal(1480))
    fact = Faktauppgift.objects.latest("pk")
    assert f"#fakta-{fact.pk}" in window("ledamot").get(f"/rapport/{d.pk}/{ANALYS}/").content.decode()
