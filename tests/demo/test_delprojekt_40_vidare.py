"""Delprojekt 40 after 2026-11-22: rows 23–27 of the acceptance scenario, through the real actions."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.steg import perform
from delprojekt.demo.vandring import actor, person
from delprojekt.models import (
    Beslutshandling,
    Delprojekt,
    Granskningspunkt,
    Handelse,
    Inforandehinder,
    Uppfoljningsforfragan,
    Uppfoljningsomgang,
)
from delprojekt.process import klocka
from delprojekt.process.act import Act
from delprojekt.process.matning import Malstatus, andel
from delprojekt.process.steg import Steg
from delprojekt.queries.lage import build_lage
from delprojekt.queries.regioner import regions
from delprojekt.queries.uppfoljning import rounds
from tests.world import PDF, fresh

pytestmark = pytest.mark.django_db


def do(nar: date, who: str, act: Act, forty: Delprojekt, **underlag: Any) -> Handelse:
    """Do an act on a day; no advice may be left unfollowed without the scenario saying so."""
    with klocka.vid(nar):
        why = underlag.pop("motivering", "")
        return perform(actor(who), act, forty.pk, {"dag": nar, **underlag}, motivering=why)


def skane_decides(forty: Delprojekt) -> None:
    """Row 23: hälso- och sjukvårdsnämnden § 97, bifall 1–3 and 5, avslag 4."""
    asked = forty.namndbeslut.get().rekommendationer.all()
    utfall = {r.pk: ("avslag", "Ekonomi.") if r.nummer == 4 else ("bifall", "") for r in asked}
    said = {"region": "skane", "niva": "politisk", "organ_namn": "Hälso- och sjukvårdsnämnden", "paragraf": "97"}
    fil = SimpleUploadedFile("utdrag.pdf", PDF)
    do(date(2026, 12, 10), "region.skane", Act.REGISTRERA_HUVUDMANSBESLUT, forty, **said, utfall=utfall, fil=fil)
    paper = Beslutshandling.objects.filter(region__slug="skane", namndbeslut__delprojekt=forty).latest("pk")
    ok = {"objekt": paper.pk, "granskning": "godkand", "stammer": Granskningspunkt.values}
    do(date(2026, 12, 11), "kansli", Act.GRANSKA_HANDLING, forty, **ok)


def hinder_in_skane(forty: Delprojekt) -> None:
    """Row 24: from the chefsamråd to samarbetsgruppen and ledningsgruppen, and it remains."""
    nar = date(2027, 2, 4)
    rek = forty.namndbeslut.get().rekommendationer.get(nummer=2)
    text = "Journalmallen går inte att lägga in i Skånes system före hösten."
    told = {"region": "skane", "rekommendation": rek.pk, "slag": "hinder", "text": text}
    do(nar, "region.skane", Act.ANMAL_HINDER, forty, **told)
    row = Inforandehinder.objects.latest("pk")
    for act in (
        Act.LYFT_HINDER_TILL_CHEFSAMRADET,
        Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN,
        Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN,
    ):
        do(nar, "kansli", act, forty, objekt=row.pk, region="skane")
    ended = {"objekt": row.pk, "region": "skane", "val": "kvarstar", "text": "Skåne inför mallen i oktober."}
    do(nar, "kansli", Act.AVSLUTA_HINDER, forty, **ended)


def ask(nar: date, who: str, forty: Delprojekt, svar: str, skal: str = "") -> Handelse:
    """Row 25: somebody is asked and answers."""
    asked = do(nar, "kansli", Act.TILLFRAGA_UPPFOLJARE, forty, person=person(who).pk)
    row = Uppfoljningsforfragan.objects.latest("pk")
    do(nar, "kansli", Act.BESVARA_FORFRAGAN, forty, objekt=row.pk, svar=svar, skal=skal)
    return asked


def follow_up(forty: Delprojekt) -> None:
    """Rows 25–26: who makes it, the survey, four parameters of which two reach the highest level, five pages."""
    nar = date(2027, 2, 15)
    ask(nar, "ordforande", forty, "nej", "Har bytt arbete.")
    assert [ask(nar, who, forty, "ja").rad for who in ("ledamot", "jonas.oberg")] == [[], []]
    do(nar, "kansli", Act.BORJA_UPPFOLJNING, forty, motivering="Skåne rapporterar i april.")
    plan = fresh(forty).omgangar.get().plan
    while plan.parametrar.filter(struken_at=None).count() < 4:
        plan.parametrar.create(namn="Svarstid", ordning=90)
    plan.parametrar.update(nivaer=["röd", "gul", "grön"])
    rows = plan.parametrar.filter(struken_at=None).order_by("ordning", "pk")[:4]
    levels = (("512", "grön"), ("83", "gul"), ("12", "grön"), ("4", "röd"))
    values = {row.pk: (Decimal(value), level) for row, (value, level) in zip(rows, levels, strict=True)}
    do(date(2027, 3, 1), "ledamot", Act.REGISTRERA_MATVARDEN, forty, varden=values, period="februari 2027")
    result = {"insats": "Fasta tider.", "effekt": "246 blev 512 möten i månaden.", "enkat_fragade": 120}
    do(date(2027, 3, 24), "ledamot", Act.SAMMANSTALL_UPPFOLJNING, forty, **result, enkat_svar=78, sidor=5)
    with klocka.vid(date(2027, 3, 24)):
        save_section(actor("ledamot"), fresh(forty), "uppfoljningsrapport_slutsats", "<p>Fortsätt.</p>", 0)
    why = "Skåne rapporterar i april."
    do(date(2027, 3, 24), "ledamot", Act.LAMNA_UPPFOLJNINGSRAPPORT, forty, motivering=why)


def test_23_to_27_the_life_of_delprojekt_40_goes_on_to_a_second_round(forty: Delprojekt) -> None:
    skane_decides(forty)
    part = regions(actor("kansli"), forty)
    assert Counter(c.utfall for c in part.beslut.values()) == {"bifall": 18, "villkor": 1, "avslag": 1}
    assert (part.beslutat, part.belagt, len(part.beslut)) == (4, 4, 20)

    hinder_in_skane(forty)
    assert Inforandehinder.objects.get().lage == "kvarstar"
    assert not build_lage(fresh(forty)).beslut.oppna_hinder

    follow_up(forty)
    (first,) = rounds(actor("kansli"), forty, fresh(forty).omgangar.get())
    assert (first.malstatus, first.antal_hogsta, first.bedomda) == (Malstatus.UPPFYLLT, 2, 4)
    assert andel(first.omgang.enkat_svar, first.omgang.enkat_fragade) == 65
    assert first.omgang.frist_date == date(2027, 6, 4)

    for nar, organ, form in (
        (date(2027, 4, 6), "samarbetsgrupp", "muntlig"),
        (date(2027, 4, 22), "ledningsgrupp", "skriftlig"),
        (date(2027, 5, 20), "namnd", "skriftlig"),
    ):
        do(nar, "kansli", Act.REDOVISA_UPPFOLJNING, forty, organ=organ, val=form)
    again = {"organ": "namnd", "text": "Skåne är inte klart."}
    do(date(2027, 5, 20), "kansli", Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, forty, **again)

    second = Uppfoljningsomgang.objects.get(namndbeslut__delprojekt=forty, nummer=2)
    assert (second.fran_date, second.frist_date) == (date(2027, 11, 20), date(2028, 5, 20))
    assert fresh(forty).steg == Steg.UPPFOLJNING
