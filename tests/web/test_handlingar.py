"""The register's pages and extract, files that come in and go out, and arbetsmaterial that is shared."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from delprojekt.documents.granska.utslag import Filfel
from delprojekt.documents.kalkyl import to_csv, to_xlsx
from delprojekt.models import (
    AllmanHandling,
    Avvisning,
    Beslutshandling,
    Delning,
    Delprojekt,
    Dokumentjobb,
    Handelse,
    Jobblage,
)
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.web.filer import disposition
from tests.actions.lagring import decision_form, files, own_storage
from tests.documents.korpus import KORPUS
from tests.walked import Walked
from tests.world import decide_in, do

pytestmark = pytest.mark.django_db


@pytest.fixture
def d(walked: Walked) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[Steg.HUVUDMANSBESLUT])


@pytest.fixture
def row(d: Delprojekt) -> AllmanHandling:
    return AllmanHandling.objects.get(beslutshandling=decide_in(d, "skane"))


def corpus(name: str) -> bytes:
    return next(one.data() for one in KORPUS if one.namn == name)


def send(walked: Walked, d: Delprojekt, name: str, data: bytes, who: str = "region.skane") -> Any:
    url = f"/delprojekt/{d.pk}/gor/registrera-huvudmansbeslut/"
    return walked.client(who).post(url, decision_form(d, "skane", fil=SimpleUploadedFile(name, data)))


# the register --------------------------------------------------------------------------------------------------------


def test_the_register_is_searched_and_filtered(walked: Walked, d: Delprojekt, row: AllmanHandling) -> None:
    do("kansli", Act.ANGE_DIARIENUMMER, d, objekt=row.pk, region="skane", dnr="RS 2026–991")
    client = walked.client("kansli")
    for query in (
        f"q={row.nummer}",
        f"q={row.ar}:{row.lopnummer}",
        "q=2026–991",
        "q=protokollsutdrag",
        f"ar={row.ar}&typ=inkommen&delprojekt={d.pk}&myndighet=skane",
    ):
        assert row.nummer in client.get(f"/handlingar/?{query}").content.decode(), query
    for query in ("q=finnsinte", f"typ=expedierad&delprojekt={d.pk}", f"myndighet=halland&q={row.nummer}"):
        assert f">{row.nummer}<" not in client.get(f"/handlingar/?{query}").content.decode(), query


@pytest.mark.parametrize("who", ["utomstaende", "chefsamrad", "roll.adjungerad"])
def test_who_may_not_read_the_register_is_shown_nothing_of_it(walked: Walked, row: AllmanHandling, who: str) -> None:
    client = walked.client(who)
    assert f">{row.nummer}<" not in client.get("/handlingar/").content.decode()
    assert client.get(f"/handlingar/{row.pk}/").status_code == 404
    assert row.nummer not in client.get("/handlingar/utdrag.csv").content.decode()


def test_a_region_does_not_see_a_forslag_before_it_is_started(walked: Walked) -> None:
    row = AllmanHandling.objects.filter(delprojekt=walked[Steg.BEREDNING]).earliest("pk")
    assert walked.client("region.skane").get(f"/handlingar/{row.pk}/").status_code == 404
    assert walked.client("samarbetsgrupp.skane").get(f"/handlingar/{row.pk}/").status_code == 200


def test_the_page_of_a_handling_shows_its_numbers_its_file_and_what_it_was(
    walked: Walked, d: Delprojekt, row: AllmanHandling
) -> None:
    for dnr in ("fel 1", "rätt 2"):
        do("kansli", Act.ANGE_DIARIENUMMER, d, objekt=row.pk, region="skane", dnr=dnr)
    do("kansli", Act.RATTA_HANDLING, d, objekt=row.pk, skal="Fel ord.", beskrivning="Ny text", sekretess="OSL 25:1")
    page = walked.client("kansli").get(f"/handlingar/{row.pk}/").content.decode()
    for word in ("Ny text", "Fel ord.", row.beskrivning, "fel 1", "Tidigare", "rätt 2", row.sha256, "OSL 25:1"):
        assert word in page, word
    assert walked.client("region.halland").get(f"/handlingar/{row.pk}/").status_code == 404
    other = walked.client("sekreterare").get(f"/handlingar/{row.pk}/").content.decode()
    assert "OSL 25:1" not in other
    assert "Du kan inte öppna filen här." in other
    assert "Rätta registreringen" not in other


def test_a_number_and_a_correction_are_given_through_the_page(
    walked: Walked, d: Delprojekt, row: AllmanHandling
) -> None:
    client = walked.client("region.skane")
    url = f"/delprojekt/{d.pk}/gor/ange-diarienummer/{row.pk}/"
    form = {"nyckel": "6f0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a11", "region": "skane", "dnr": "=1+1"}
    assert client.get(url).status_code == 200
    answer = client.post(url, form)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/handlingar/{row.pk}/")
    stolen = client.post(url, {**form, "nyckel": "6f0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a12", "region": "halland"})
    assert stolen.status_code == 422
    page = walked.client("kansli").get(f"/delprojekt/{d.pk}/gor/ratta-handling/{row.pk}/").content.decode()
    assert row.beskrivning in page


def test_the_tab_lists_what_is_registered_and_what_is_arbetsmaterial(walked: Walked) -> None:
    page = walked.client("kansli").get(f"/delprojekt/{walked[Steg.NULAGE]}/visa/handlingar/").content.decode()
    assert "Uppdrag, fastställt av ledningsgruppen" in page
    assert "Utkast registreras inte." in page
    assert f'href="/delprojekt/{walked[Steg.NULAGE]}/dokument/slutrapport/"' in page


# the extract ---------------------------------------------------------------------------------------------------------

STARTERS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc", "%0A=1")


@pytest.mark.parametrize("text", STARTERS)
def test_q22_nothing_that_was_written_becomes_a_formula(text: str) -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx("Blad", ["Rubrik", "Antal"], [[text, 3]]))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].data_type == "n"
    lines = list(csv.reader(io.StringIO(to_csv(["Rubrik"], [[text]]).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines[1] == [f"'{text}"]


def test_q22_the_workbook_would_otherwise_have_held_a_formula() -> None:
    """Positive control: openpyxl by itself makes a formula of it."""
    from openpyxl import Workbook

    sheet = Workbook().active
    sheet["A1"] = "=1+1"
    assert sheet["A1"].data_type == "f"


def test_the_extract_follows_the_filter_and_holds_every_number(
    walked: Walked, d: Delprojekt, row: AllmanHandling
) -> None:
    do("kansli", Act.ANGE_DIARIENUMMER, d, objekt=row.pk, region="skane", dnr="=2026")
    answer = walked.client("kansli").get(f"/handlingar/utdrag.csv?q={row.nummer}")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 2
    assert lines[1][0] == row.nummer
    assert lines[1][6] == "Region Skåne: =2026"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    book = load_workbook(io.BytesIO(walked.client("kansli").get("/handlingar/utdrag.xlsx").content)).active
    assert book.max_row == 1 + AllmanHandling.objects.filter(ersatt_av=None).count()
    assert walked.client("kansli").get("/handlingar/utdrag.exe").status_code == 404


# files that come in --------------------------------------------------------------------------------------------------


def test_a_file_with_a_script_is_refused_noted_and_kept_where_nobody_can_open_it(
    walked: Walked, d: Delprojekt, settings: Any, tmp_path: Path
) -> None:
    media, quarantine = own_storage(settings, tmp_path)
    papers, data = Beslutshandling.objects.count(), corpus("skript-vid-oppning.pdf")
    answer = send(walked, d, "utdrag å.pdf", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Filfel.SKRIPT.value in page
    assert "Att utdrag å.pdf kom in, och varför den inte togs emot, står bland händelserna." in page
    assert "Regionstyrelsen" in page, "what was typed is kept"
    noted = Avvisning.objects.get(handelse__delprojekt=d)
    assert (noted.filnamn, noted.storlek, noted.act) == ("utdrag å.pdf", len(data), Act.REGISTRERA_HUVUDMANSBESLUT)
    assert noted.skal == Filfel.SKRIPT.value
    assert "utdrag å.pdf" in Handelse.objects.get(pk=noted.handelse_id).mening
    assert (files(media), files(quarantine)) == ([], [noted.fil.name])
    assert (quarantine / noted.fil.name).read_bytes() == data
    assert Beslutshandling.objects.count() == papers
    tab = walked.client("kansli").get(f"/delprojekt/{d.pk}/visa/handlingar/").content.decode()
    assert noted.sha256 in tab
    assert noted.fil.name not in tab
    events = walked.client("kansli").get(f"/delprojekt/{d.pk}/visa/handelser/").content.decode()
    assert noted.sha256 in events
    assert noted.skal in events
    assert noted.fil.name not in events


def test_a_file_that_is_too_large_is_noted_but_not_kept(
    walked: Walked, d: Delprojekt, settings: Any, tmp_path: Path
) -> None:
    own_storage(settings, tmp_path)
    settings.UPPLADDNING_MAX_MB = 0.001
    answer = send(walked, d, "hela-protokollet.pdf", b"%PDF-1.7" + b"x" * 5000)
    assert "större än" in answer.content.decode()
    noted = Avvisning.objects.get(handelse__delprojekt=d)
    assert noted.fil == ""


def test_an_empty_file_is_refused_with_what_to_do(walked: Walked, d: Delprojekt) -> None:
    assert Filfel.TOM.value in send(walked, d, "tom.pdf", b"").content.decode()


@pytest.mark.parametrize("name", ["agarlosenord.pdf", "undertecknad.pdf", "word.docx", "libreoffice.odt", "fax.tif"])
def test_what_a_region_really_sends_is_taken(
    walked: Walked, d: Delprojekt, settings: Any, tmp_path: Path, name: str
) -> None:
    own_storage(settings, tmp_path)
    answer = send(walked, d, name, corpus(name))
    assert answer.status_code == 302, [str(e) for e in answer.context["form"].errors.values()]
    paper = Beslutshandling.objects.latest("pk")
    assert paper.filnamn == name
    assert Path(paper.fil.name).suffix == Path(name).suffix


def test_nobody_who_may_not_do_the_act_can_leave_a_file_in_quarantine(walked: Walked, d: Delprojekt) -> None:
    assert send(walked, d, "x.pdf", corpus("skript-vid-oppning.pdf"), who="ledamot").status_code == 403
    assert not Avvisning.objects.filter(handelse__delprojekt=d).exists()


# files that go out ---------------------------------------------------------------------------------------------------


def test_a_received_file_leaves_as_a_closed_download(walked: Walked, d: Delprojekt, row: AllmanHandling) -> None:
    answer = walked.client("kansli").get(f"/delprojekt/{d.pk}/handling/{row.beslutshandling_id}/")
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith('attachment; filename="')
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("who", ["region.halland", "ordforande", "utomstaende"])
def test_a_file_that_is_not_yours_is_as_if_it_were_not_there(
    walked: Walked, d: Delprojekt, row: AllmanHandling, who: str
) -> None:
    client = walked.client(who)
    assert client.get(f"/delprojekt/{d.pk}/handling/{row.beslutshandling_id}/").status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_404_and_no_error(
    walked: Walked, d: Delprojekt, row: AllmanHandling
) -> None:
    default_storage.delete(row.beslutshandling.fil.name)
    assert walked.client("kansli").get(f"/delprojekt/{d.pk}/handling/{row.beslutshandling_id}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("utdrag.pdf", "attachment; filename=\"utdrag.pdf\"; filename*=UTF-8''utdrag.pdf"),
        ("Åsa § 2.pdf", "attachment; filename=\"Asa  2.pdf\"; filename*=UTF-8''%C3%85sa%20%C2%A7%202.pdf"),
        ('a"; x="\r\nb.pdf', "attachment; filename=\"a__ x____b.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%22__b.pdf"),
        ("日本", "attachment; filename=\"fil\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC"),
    ],
)
def test_the_name_is_safe_for_old_programs_and_whole_for_new(name: str, header: str) -> None:
    assert disposition(name) == header


# arbetsmaterial across authorities -----------------------------------------------------------------------------------


def draft(walked: Walked, settings: Any, tmp_path: Path) -> Dokumentjobb:
    """A finished PDF of the report while the group writes it."""
    own_storage(settings, tmp_path)
    pk = walked[Steg.ANALYS]
    location = walked.client("kansli").post(f"/delprojekt/{pk}/dokument/slutrapport/pdf/").headers["Location"]
    job = Dokumentjobb.objects.get(pk=location.strip("/").split("/")[-1])
    job.fil.name = default_storage.save("dokument/x.pdf", ContentFile(b"%PDF-1.7"))
    job.lage, job.sha256 = Jobblage.KLART, "ab" * 32
    job.save()
    return job


def fetched(client: Client, job: Dokumentjobb) -> bool:
    answer = client.get(f"/jobb/{job.pk}/fil/")
    body = b"".join(answer.streaming_content)
    return answer.status_code == 200 and body == b"%PDF-1.7"


def test_another_authority_is_told_beforehand_and_leaves_a_row(walked: Walked, settings: Any, tmp_path: Path) -> None:
    job = draft(walked, settings, tmp_path)
    client, pk = walked.client("ledamot"), walked[Steg.ANALYS]
    for page in (f"/jobb/{job.pk}/", f"/delprojekt/{pk}/dokument/slutrapport/"):
        assert "kan den bli allmän handling hos er" in client.get(page).content.decode()
    assert not Delning.objects.exists(), "looking at the page fetches nothing"
    assert fetched(client, job)
    noted = Delning.objects.get()
    assert (noted.region.slug, noted.person.epost) == ("skane", "ledamot@exempel.se")
    assert (noted.vad, noted.sha256) == ("Slutrapport (arbetsmaterial, PDF)", job.sha256)
    tab = walked.client("kansli").get(f"/delprojekt/{pk}/visa/handlingar/").content.decode()
    assert "Hämtat av andra myndigheter" in tab


def test_the_kansli_shares_nothing_by_reading_its_own_material(walked: Walked, settings: Any, tmp_path: Path) -> None:
    job = draft(walked, settings, tmp_path)
    client = walked.client("kansli")
    assert "allmän handling hos er" not in client.get(f"/jobb/{job.pk}/").content.decode()
    assert fetched(client, job)
    assert not Delning.objects.exists()


def test_the_authority_that_keeps_it_shares_nothing_with_itself(walked: Walked, settings: Any, tmp_path: Path) -> None:
    """The contact person's authority keeps the delprojekt; here she works for Region Skåne, as ledamot does."""
    job = draft(walked, settings, tmp_path)
    d = Delprojekt.objects.get(pk=walked[Steg.ANALYS])
    keeper = d.innehav.get(roll=Roll.KONTAKTPERSON).person
    keeper.region = d.sjukvardsregion.regioner.get(slug="skane")
    keeper.save()
    assert fetched(walked.client("ledamot"), job)
    assert not Delning.objects.exists()


def test_a_decided_document_is_public_and_leaves_no_row(walked: Walked, settings: Any, tmp_path: Path) -> None:
    job = draft(walked, settings, tmp_path)
    decided = AllmanHandling.objects.get(delprojekt=walked[Steg.ANALYS], handelse__act=Act.FASTSTALL_UPPDRAG)
    Dokumentjobb.objects.filter(pk=job.pk).update(dokument=decided.dokument, slag="uppdrag")
    assert fetched(walked.client("ledamot"), job)
    assert not Delning.objects.exists()
