"""The register of allmänna handlingar (conventions.md §6.2, M5.6-2, E7): what is registered, corrected, numbered."""

import re
from collections import Counter
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from delprojekt.actions import handling as register
from delprojekt.actions.takt import Ogiltigt
from delprojekt.models import AllmanHandling, Delprojekt, Diarienummer, Handelse
from delprojekt.process.act import Act
from delprojekt.process.handling import Handlingstyp
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.steg import Steg
from tests.walked import Walked
from tests.world import DAG, PDF, decide_in, do

pytestmark = pytest.mark.django_db
REGISTERING = {act for act, rule in POLICY.items() if rule.handling}


@pytest.fixture
def at_the_regions(walked: Walked) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT])


@pytest.fixture
def row(at_the_regions: Delprojekt) -> AllmanHandling:
    """The registration of Skåne's decision."""
    paper = decide_in(at_the_regions, "skane")
    return AllmanHandling.objects.get(beslutshandling=paper)


# which acts register -------------------------------------------------------------------------------------------------


def send_later(d: Delprojekt) -> AllmanHandling:
    """Let Skåne tell of its decision first and send the paper later."""
    told = decide_in(d, "skane", file=False)
    fil = SimpleUploadedFile("senare.pdf", PDF)
    event = do("region.skane", Act.SKICKA_HANDLING, d, objekt=told.pk, region="skane", fil=fil)
    return AllmanHandling.objects.get(handelse=event)


def test_m5_6_2_a_paper_that_comes_later_is_registered_with_its_file(at_the_regions: Delprojekt) -> None:
    row = send_later(at_the_regions)
    assert (row.typ, row.motpart, row.filnamn) == (Handlingstyp.INKOMMEN, "Region Skåne", "senare.pdf")
    assert row.beslutshandling.sha256 == row.sha256


def test_every_act_whose_rule_names_a_handling_leaves_exactly_one_row_and_no_other_act_any(walked: Walked) -> None:
    send_later(Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT]))
    written = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    do("ordforande", Act.LAMNA_DELRAPPORT, written, part="Nuläget", avsnitt=["nulage_kompetens"])
    rows = Counter(AllmanHandling.objects.values_list("handelse", flat=True))
    wrong = [
        (event.act, rows[event.pk])
        for event in Handelse.objects.all()
        if rows[event.pk] != (1 if Act(event.act) in REGISTERING else 0)
    ]
    assert wrong == []
    done = {Act(act) for act in Handelse.objects.filter(act__in=REGISTERING).values_list("act", flat=True)}
    assert done == REGISTERING, "the walk has not done every act that registers something"


def test_what_comes_in_is_fixed_and_is_sent_out_are_all_there(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.AVSLUTAT])
    kinds = Counter(d.handlingar.values_list("typ", flat=True))
    assert set(kinds) == set(Handlingstyp)


@pytest.mark.parametrize(
    ("act", "version"),
    [
        (Act.FASTSTALL_UPPDRAG, "1.0"),
        (Act.LAMNA_SLUTRAPPORT, "0.1"),
        (Act.REKOMMENDERA, "1.0"),
        (Act.LAMNA_UPPFOLJNINGSRAPPORT, "1.0"),
    ],
)
def test_a_fixed_document_is_the_one_that_the_act_froze(walked: Walked, act: Act, version: str) -> None:
    row = AllmanHandling.objects.get(delprojekt=walked[Steg.AVSLUTAT], handelse__act=act)
    assert row.dokument is not None
    assert (row.dokument.version, row.dokument.handelse_id) == (version, row.handelse_id)


def test_m5_6_2_a_regions_decision_is_registered_as_received_with_its_file(row: AllmanHandling) -> None:
    assert (row.typ, row.motpart) == (Handlingstyp.INKOMMEN, "Region Skåne")
    assert row.beskrivning == "Protokollsutdrag om nämndens rekommendation"
    assert row.filnamn == "utdrag.pdf"
    assert row.sha256 == row.beslutshandling.sha256
    assert re.fullmatch(r"[0-9a-f]{64}", row.sha256)


def test_e7_a_wrong_document_stays_registered(at_the_regions: Delprojekt, row: AllmanHandling) -> None:
    paper = row.beslutshandling.pk
    do("kansli", Act.GRANSKA_HANDLING, at_the_regions, objekt=paper, granskning="fel", text="Fel paragraf.")
    assert AllmanHandling.objects.get(pk=row.pk).beslutshandling.fil


def test_what_was_received_stays_registered_when_the_step_is_undone(at_the_regions: Delprojekt) -> None:
    row = AllmanHandling.objects.get(delprojekt=at_the_regions, handelse__act=Act.REKOMMENDERA)
    do("kansli", Act.ANGRA, at_the_regions, text="Fel datum.")
    row.refresh_from_db()
    assert row.dokument.aterkallad_at is not None


def test_the_dnr_that_the_region_gave_is_its_own(at_the_regions: Delprojekt) -> None:
    rows = at_the_regions.namndbeslut.get().rekommendationer.values_list("pk", flat=True)
    answer = {"region": "halland", "niva": "politisk", "organ_namn": "RS", "dag": DAG, "dnr": "RS 2018–06226"}
    fil = SimpleUploadedFile("a.pdf", PDF)
    cells = dict.fromkeys(rows, ("bifall", ""))
    event = do("region.halland", Act.REGISTRERA_HUVUDMANSBESLUT, at_the_regions, **answer, utfall=cells, fil=fil)
    given = Diarienummer.objects.get(handling__handelse=event)
    assert (given.region.slug, given.dnr) == ("halland", "RS 2018–06226")


def test_nothing_is_registered_when_the_act_comes_to_nothing(
    at_the_regions: Delprojekt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same transaction: a failure after the row takes the row with it, and a failure to register takes the act."""
    before = (AllmanHandling.objects.count(), Handelse.objects.count())
    with pytest.raises(Ogiltigt):
        do("region.skane", Act.REGISTRERA_HUVUDMANSBESLUT, at_the_regions, region="skane", dag=DAG, utfall={})
    monkeypatch.setattr(register, "_next", lambda year: {"ar": year, "lopnummer": None})
    with pytest.raises(IntegrityError), transaction.atomic():
        decide_in(at_the_regions, "skane")
    assert (AllmanHandling.objects.count(), Handelse.objects.count()) == before


def test_the_numbers_of_a_year_have_no_gap_and_no_double(walked: Walked) -> None:
    numbers = sorted(AllmanHandling.objects.filter(rattelse=0).values_list("ar", "lopnummer"))
    years = {year for year, _ in numbers}
    assert numbers == [(year, n) for year in sorted(years) for n in range(1, 1 + sum(y == year for y, _ in numbers))]


# diarienummer --------------------------------------------------------------------------------------------------------


def test_each_authority_gives_its_own_number_in_its_own_way(at_the_regions: Delprojekt, row: AllmanHandling) -> None:
    """Formats differ (conventions.md §6.2), so no pattern is asked for."""
    for who, region, dnr in (
        ("region.skane", "skane", "2026-O000123"),
        ("kansli", "", "1700021"),
        ("kansli", "blekinge", "KS 2022/100"),
        ("namndsekreterare", "", "SRVN § 7 å"),
    ):
        do(who, Act.ANGE_DIARIENUMMER, at_the_regions, objekt=row.pk, region=region, dnr=dnr)
    assert Diarienummer.objects.filter(handling=row).count() == 4


def test_a_new_number_never_overwrites_an_earlier(at_the_regions: Delprojekt, row: AllmanHandling) -> None:
    for dnr in ("fel 1", "rätt 2"):
        do("region.skane", Act.ANGE_DIARIENUMMER, at_the_regions, objekt=row.pk, region="skane", dnr=dnr)
    assert list(row.diarienummer.order_by("pk").values_list("dnr", flat=True)) == ["fel 1", "rätt 2"]


@pytest.mark.parametrize("region", ["halland", "blekinge"])
def test_a_registrar_gives_no_number_of_another_region(
    at_the_regions: Delprojekt, row: AllmanHandling, region: str
) -> None:
    with pytest.raises(Refused):
        do("region.skane", Act.ANGE_DIARIENUMMER, at_the_regions, objekt=row.pk, region=region, dnr="1")


def test_a_registrar_gives_no_number_of_the_namnd(at_the_regions: Delprojekt, row: AllmanHandling) -> None:
    with pytest.raises(Ogiltigt, match="Välj din region"):
        do("region.skane", Act.ANGE_DIARIENUMMER, at_the_regions, objekt=row.pk, region="", dnr="1")


@pytest.mark.parametrize("who", ["ordforande", "ledamot", "ledningsgrupp.skane", "samarbetsgrupp.skane", "utomstaende"])
def test_others_give_no_number_and_correct_nothing(at_the_regions: Delprojekt, row: AllmanHandling, who: str) -> None:
    for act in (Act.ANGE_DIARIENUMMER, Act.RATTA_HANDLING):
        with pytest.raises(Refused):
            do(who, act, at_the_regions, objekt=row.pk, region="skane", dnr="1", skal="x")


def test_an_empty_number_is_refused(at_the_regions: Delprojekt, row: AllmanHandling) -> None:
    with pytest.raises(Ogiltigt, match="diarienumret"):
        do("kansli", Act.ANGE_DIARIENUMMER, at_the_regions, objekt=row.pk, region="", dnr="  ")


# corrections ---------------------------------------------------------------------------------------------------------


def test_a_correction_is_a_new_row_with_the_same_number_and_the_reason(
    at_the_regions: Delprojekt, row: AllmanHandling
) -> None:
    said = {"beskrivning": "Protokollsutdrag § 215", "date": date(2026, 11, 2), "sekretess": "OSL 25:1"}
    do("kansli", Act.RATTA_HANDLING, at_the_regions, objekt=row.pk, skal="Fel paragraf.", **said)
    new = AllmanHandling.objects.get(ersatter=row)
    assert (new.nummer, new.rattelse, new.skal) == (row.nummer, 1, "Fel paragraf.")
    assert (new.beskrivning, new.date, new.sekretess) == tuple(said.values())
    assert (new.beslutshandling, new.sha256, new.typ) == (row.beslutshandling, row.sha256, row.typ)
    row.refresh_from_db()
    assert row.beskrivning == "Protokollsutdrag om nämndens rekommendation"


def test_a_correction_needs_a_reason(at_the_regions: Delprojekt, row: AllmanHandling) -> None:
    with pytest.raises(Ogiltigt, match="varför"):
        do("kansli", Act.RATTA_HANDLING, at_the_regions, objekt=row.pk, skal=" ", beskrivning="Annat")


def test_two_corrections_of_the_same_row_do_not_both_count(at_the_regions: Delprojekt, row: AllmanHandling) -> None:
    do("kansli", Act.RATTA_HANDLING, at_the_regions, objekt=row.pk, skal="Första.", beskrivning="Första")
    with pytest.raises(Ogiltigt, match="rättats medan du skrev"):
        do("kansli2", Act.RATTA_HANDLING, at_the_regions, objekt=row.pk, skal="Andra.", beskrivning="Andra")


def test_a_row_of_another_delprojekt_cannot_be_reached(walked: Walked, row: AllmanHandling) -> None:
    other = Delprojekt.objects.get(pk=walked[Steg.UPPFOLJNING])
    with pytest.raises(Ogiltigt):
        do("kansli", Act.RATTA_HANDLING, other, objekt=row.pk, skal="x")
