"""A list of delprojekt is read in with a review: nothing before it is confirmed, nothing twice (D10, D16, X-15)."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext

from delprojekt.actions import inlasning
from delprojekt.actions.inflyttning import move_in
from delprojekt.actions.inlasning import keep_list, read_in
from delprojekt.actions.steg import perform
from delprojekt.models import Delprojekt, Faktumrad, Handelse, Inlasning, Utskick
from delprojekt.process.act import Act
from delprojekt.process.efterhand import Uppgift
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.inlasning import MEST_RADER, Olaslig, read_list
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.steg import Steg
from delprojekt.queries.inlasning import Forslag, Utfall, plan
from delprojekt.web.inlasning import sample
from tests import world
from tests.metoden.test_inflyttning import mover

pytestmark = pytest.mark.django_db
IDAG = date(2026, 11, 22)
HUVUD = "Nummer;Benämning;Dokument;Datum;Andra namn;Steg\n"
LISTA = (
    HUVUD
    + """13:I;Ablationer, del 1;Slutrapport;2019-06-18;Hjärtablationer;
13:I;;Protokollsutdrag;3 oktober 2019;;
13:I;Ablationer, del 1;Uppföljningsrapport;våren 2021;;
;Kärlkirurgi;Startbeslut;2021;;Nuläge
27;Palliativ vård barn;;;;
"""
)


def wrong(*lines: str) -> dict[int, str]:
    """What is said of each bad line of a list."""
    return {fel.rad: fel.text for fel in read_list((HUVUD + "\n".join(lines)).encode(), IDAG).fel}


def lista(text: str) -> "SimpleUploadedFile":
    return SimpleUploadedFile("lista.csv", text.encode())


def admin() -> Client:
    mover()
    client = Client()
    client.force_login(world.person("kansli2").konto)
    return client


def send(client: Client, data: bytes, name: str = "lista.csv") -> Any:
    return client.post("/inflyttning/lista/", {"fil": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_d10_a_list_is_read_however_excel_saved_it(encoding: str, delimiter: str) -> None:
    lines = ["Nummer;BENÄMNING;Dokument;Datum", '4;"Axel; kirurgi";Nämndbeslut;2017-11-30', "4;;Uppföljning;20211025"]
    text = "\r\n".join(lines).replace(";", delimiter).replace(f"Axel{delimiter}", "Axel;")
    (post,) = read_list(text.encode(encoding), IDAG).poster
    assert (post.nummer, post.benamning, post.steg) == (4, "Axel; kirurgi", Steg.HISTORISKT)
    assert [(d.rad, d.dokument, d.dag) for d in post.dokument] == [
        (2, "nämndbeslut", date(2017, 11, 30)),
        (3, "uppföljning", date(2021, 10, 25)),
    ]


def test_d16_a_date_is_kept_as_far_as_it_is_known() -> None:
    posts = read_list(LISTA.encode(), IDAG).poster
    assert [(p.beteckning, p.steg) for p in posts] == [
        ("13:I", Steg.HISTORISKT),
        ("", Steg.NULAGE),
        ("27", Steg.HISTORISKT),
    ]
    assert [d.datum_text for d in posts[0].dokument] == ["", "", "våren 2021"]


def test_each_bad_line_is_explained_by_its_number_and_the_others_are_read() -> None:
    said = wrong(
        "4;Axelkirurgi;Uppföljning;3/10/2026;;",
        "4;Axelkirurgi;Uppföljning;2021;;",
        "4;Axelkirurgi;Uppföljning;2022;;",
        "4;Ryggkirurgi;Uppföljning;2022;;",
        "fyra;Axelkirurgi;;;;",
        "5;;Uppföljning;2021;;",
        "6;Sex;Broschyr;2021;;",
        "7;Sju;Nämndbeslut;2021;;",
        "8;Åtta;Uppföljning;2027;;",
        "9;Nio;Uppföljning;;;",
        "10;Tio;;;;Snart klart",
        "11;Elva;Uppföljning;2021;;Nuläge",
        "12;Tolv;;;;Beredning",
        '13;"=HYPERLINK(""http://x"")\nmed radbrott";;;;',
        "14;Fjorton;Uppföljning;30 februari 2021;;",
        f"15;Femton;;;{'x' * 201};",
    )
    words = {
        2: "”3/10/2026” går inte att läsa. Skriv 2019-10-03",
        4: "står redan på rad 3",
        5: "heter ”Axelkirurgi” på rad 3",
        6: "”fyra”",
        7: "Benämningen saknas",
        8: "Skriv ett av: Startbeslut",
        9: "behöver en dag",
        10: "har inte varit än",
        11: "Datum saknas",
        12: "”Snart klart” finns inte",
        13: "hör inte till steget Nuläge",
        14: "Ta bort numret",
        17: "30 februari",
        18: "längre än 200 tecken",
    }
    assert said.keys() == words.keys()
    for line, word in words.items():
        assert word in said[line], (line, said[line])


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "tom"),
        (b" \n\n", "tom"),
        (b"\x00\x01\x02" * 50, "inte text"),
        (b"\x81\x8d\x8f", "inte text"),
        (b"PK\x03\x04xl/workbook.xml", "Excelbok"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "rubrikerna"),
        (b"Namn;Datum\nA;2020\n", "saknas Nummer, Ben"),
        (HUVUD.encode(), "inga rader"),
        ((HUVUD + "1;a;;;;\n" * 50_000).encode(), f"fler än {MEST_RADER} rader"),
        ((HUVUD + '1;"' + "x" * 200_000).encode(), "Rad 2"),
        (b"x" * 2_000_001, "2 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(data: bytes, word: str) -> None:
    with pytest.raises(Olaslig, match=word):
        read_list(data, IDAG)


def test_nothing_is_written_before_it_is_confirmed_and_reading_in_twice_changes_nothing() -> None:
    """The review says what would be done; afterwards everything is marked and no mail has gone."""
    client = admin()
    answer = send(client, LISTA.encode())
    page = client.get(answer.headers["Location"]).content.decode()
    assert "3 nya delprojekt" in page
    assert not Delprojekt.objects.exists()
    chosen = {"val": ["2", "5", "6"]}
    assert client.post(answer.headers["Location"], chosen).status_code == 302
    rows = {row.benamning: row for row in Delprojekt.objects.all()}
    assert {row.beteckning for row in rows.values()} == {"13:I", "", "27"}
    first = rows["Ablationer, del 1"]
    assert (first.steg, first.alias) == (Steg.HISTORISKT, ["Hjärtablationer"])
    assert first.namndbeslut.get().arende.mote.date == date(2019, 10, 3)
    assert {f.get_slag_display(): f.nar for f in first.fakta.all()} == {
        "Slutrapporten inlämnad": "18 juni 2019",
        "Uppföljningsrapporten lämnad": "våren 2021",
    }
    assert rows["Kärlkirurgi"].steg == Steg.NULAGE
    assert not Handelse.objects.filter(efterhand=False).exists()
    assert "Ur listan ”lista.csv”." in first.handelser.get().mening
    assert not Utskick.objects.exists()
    before = (Delprojekt.objects.count(), Faktumrad.objects.count(), Handelse.objects.count())
    again = client.get(send(client, LISTA.encode()).headers["Location"]).content.decode()
    assert "Det finns inget nytt att lägga in." in again
    read_in(mover(), Inlasning.objects.latest("pk").pk, {2, 5, 6})
    assert (Delprojekt.objects.count(), Faktumrad.objects.count(), Handelse.objects.count()) == before


def test_only_what_is_chosen_comes_in_and_choosing_nothing_is_said() -> None:
    client = admin()
    url = send(client, LISTA.encode()).headers["Location"]
    page = client.post(url, {})
    assert page.status_code == 422
    assert "Välj minst ett delprojekt" in page.content.decode()
    client.post(url, {"val": ["6"]})
    assert [d.benamning for d in Delprojekt.objects.all()] == ["Palliativ vård barn"]


def test_what_is_here_is_completed_and_what_the_portal_runs_is_left_alone() -> None:
    move_in(mover(), {"steg": Steg.HISTORISKT, "benamning": "Ablationer", "nummer": 13, "delnummer": "I"})
    world.new_forslag(benamning="Palliativ vård barn")
    move_in(mover(), {"steg": Steg.BEREDNING, "benamning": "Kärlkirurgi"})
    found = {one.post.benamning: one for one in plan(mover(), read_list(LISTA.encode(), IDAG))}
    assert found["Ablationer, del 1"].utfall is Utfall.KOMPLETTERAS
    assert found["Palliativ vård barn"].utfall is Utfall.PORTALENS
    step, start = found["Kärlkirurgi"].rader
    assert "står i Beredning" in step.ord
    assert "Hör inte till steget Beredning" in start.ord
    row = keep_list(mover(), lista(LISTA))
    assert read_in(mover(), row.pk, {2, 5, 6}) == "0 delprojekt lades in, 1 kompletterades."
    d = Delprojekt.objects.get(nummer=13)
    assert (d.benamning, d.alias) == ("Ablationer", ["Ablationer, del 1", "Hjärtablationer"])
    assert d.fakta.count() == 2
    corrected = LISTA.replace("2019-06-18", "2019-06-19")
    (one, *_) = plan(mover(), read_list(corrected.encode(), IDAG))
    assert one.utfall is Utfall.OFORANDRAT
    assert "Finns redan med datumet 18 juni 2019. Rätta" in one.rader[0].ord


def test_what_came_in_is_kept_as_it_came() -> None:
    client = admin()
    url = send(client, LISTA.encode("cp1252"), "Delprojekt 2021.csv").headers["Location"]
    answer = client.get(f"{url}fil/")
    assert b"".join(answer.streaming_content) == LISTA.encode("cp1252")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Delprojekt 2021.csv" in client.get("/inflyttning/lista/").content.decode()
    assert send(client, LISTA.encode("cp1252")).headers["Location"] == url, "the same file waits once"


def test_a_bad_file_is_explained_beside_the_field_and_not_kept() -> None:
    client = admin()
    for data in (b"PK\x03\x04", b"a;b\n1;2\n"):
        page = send(client, data)
        assert page.status_code == 422
        assert 'id="id_fil_error"' in page.content.decode()
    assert client.post("/inflyttning/lista/", {}).status_code == 422
    assert not Inlasning.objects.exists()


def test_the_sample_is_a_list_that_can_be_read_in() -> None:
    answer = admin().get("/inflyttning/lista/exempel.csv")
    assert answer.content == sample()
    found = read_list(answer.content, IDAG)
    assert not found.fel
    assert len(found.poster) == 2


def test_d10_only_an_administrator_reads_in_a_list() -> None:
    row = keep_list(mover(), lista(LISTA))
    for act in (lambda who: keep_list(who, lista(LISTA)), lambda who: read_in(who, row.pk, {2})):
        with pytest.raises(Refused):
            act(world.actor("kansli"))
    client = Client()
    client.force_login(world.person("kansli").konto)
    for path in ("", "exempel.csv", f"{row.pk}/", f"{row.pk}/fil/"):
        assert client.get(f"/inflyttning/lista/{path}").status_code == 403
    assert admin().get("/inflyttning/lista/99999/").status_code == 404


def moved(**said: Any) -> Delprojekt:
    return move_in(mover(), {"steg": Steg.HISTORISKT, **said})


def proposals(*lines: str) -> list[Forslag]:
    found = read_list((HUVUD + "\n".join(lines)).encode(), IDAG)
    assert not found.fel
    return plan(mover(), found)


def test_d10_the_number_and_the_other_names_of_a_list_complete_what_is_here() -> None:
    """What the review shows is what is done, also when there is no document to add."""
    d = moved(benamning="Kärlkirurgi")
    lines = ("40;Kärlkirurgi;;;Kärl|Aorta;Nuläge", "41;Ny;;;;")
    (one, _) = proposals(*lines)
    assert (one.utfall, one.varning) == (Utfall.KOMPLETTERAS, "")
    assert [(rad.vad, rad.ny) for rad in one.rader] == [
        ("Nummer 40", True),
        ("Annat namn: Kärl", True),
        ("Annat namn: Aorta", True),
        ("Steget Nuläge", False),
    ]
    client = admin()
    url = send(client, (HUVUD + "\n".join(lines)).encode()).headers["Location"]
    page = client.get(url).content.decode()
    assert "Ändras inte: delprojektet står i Historiskt" in page
    assert "Kallas också" not in page
    client.post(url, {"val": ["2"]})
    d = world.fresh(d)
    assert (d.beteckning, d.alias, d.steg) == ("40", ["Kärl", "Aorta"], Steg.HISTORISKT)
    assert "nummer 40; kallas också Kärl, Aorta" in d.handelser.latest("pk").mening
    assert proposals(lines[0].replace(";Nuläge", ";"))[0].utfall is Utfall.OFORANDRAT


def test_t06_a_number_that_cannot_be_taken_is_said_and_not_given() -> None:
    move_in(mover(), {"steg": Steg.BEREDNING, "benamning": "Kärlkirurgi"})
    (one,) = proposals("40;Kärlkirurgi;;;;")
    assert one.utfall is Utfall.OFORANDRAT
    assert "steget Beredning har inget nummer än" in one.rader[0].ord


def test_d10_a_number_whose_title_differs_is_warned_of_and_not_ticked() -> None:
    d = moved(benamning="Axelkirurgi", nummer=40)
    text = HUVUD + "40;Kärlkirurgi;Uppföljning;2021;;\n41;Ny;;;;"
    client = admin()
    url = send(client, text.encode()).headers["Location"]
    page = client.get(url).content.decode()
    assert "I portalen heter delprojektet ”Axelkirurgi”" in page
    assert re.search(r'value="3" id="val-3" checked', page)
    assert not re.search(r'value="2" id="val-2" checked', page)
    client.post(url, {"val": ["2"]})
    d = world.fresh(d)
    assert (d.benamning, d.alias) == ("Axelkirurgi", ["Kärlkirurgi"])
    assert proposals("40;Kärlkirurgi;Uppföljning;2021;;")[0].varning == ""


@pytest.mark.parametrize("here", ["Kärl-kirurgi", "KÄRL  KIRURGI", "kärl\u00a0kirurgi "])
def test_d10_a_name_is_the_same_in_the_list_and_in_the_portal(here: str) -> None:
    d = moved(benamning=here)
    (one,) = proposals(";Kärl kirurgi;;;;", f";{here};Uppföljning;2021;;")
    assert one.delprojekt == d
    assert not one.varning
    other = moved(benamning="Annat", alias=[here])
    d.benamning = "Karl kirurgi"
    d.save()
    (one,) = proposals(";Kärl kirurgi;;;;")
    assert one.delprojekt == other, "å ä ö are letters of their own, and another name is a name"


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ((";X;;;;", "12;x;;;;"), "”X” på rad 2 är samma delprojekt och har inget nummer"),
        (("12;X;;;;", ";x;;;;"), "”X” på rad 2 är samma delprojekt och har nummer 12"),
        ((";Y;;;X;", ";X;;;;"), "Skriv samma benämning på båda raderna"),
        (("12;X;;;;", "12:II;X;;;;", ";X;;;;"), "har nummer 12."),
    ],
)
def test_d10_the_same_delprojekt_is_never_made_twice_from_one_list(lines: tuple[str, ...], word: str) -> None:
    said = wrong(*lines)
    assert said.keys() == {len(lines) + 1}
    assert word in said[len(lines) + 1]


def test_a_bad_line_leaves_nothing_of_itself() -> None:
    (post,) = read_list((HUVUD + "12;X;;;;\n12;X;Broschyr;2021;Felnamn;\n12;X;;;Rätt;").encode(), IDAG).poster
    assert post.alias == ["Rätt"]


def test_two_lines_that_are_one_delprojekt_here_are_read_in_one_at_a_time() -> None:
    moved(benamning="X", alias=["Y"])
    first, second = proposals(";X;Uppföljning;2021;;", ";Y;Uppföljning;2022;;")
    assert (first.utfall, second.utfall) == (Utfall.KOMPLETTERAS, Utfall.DUBBLETT)
    assert "rad 2 är samma delprojekt" in second.rader[0].ord


def test_the_review_reads_only_the_delprojekt_that_the_list_may_mean() -> None:
    """Four queries, and no more rows than the numbers and names of the list point out."""
    moved(benamning="Kärlkirurgi")
    moved(benamning="Sju", nummer=7)
    for number in range(20, 30):
        moved(benamning=f"Annat {number}", nummer=number, alias=[f"Något {number}"])
    found = read_list((HUVUD + "7;Sju;;;;\n;Kärlkirurgi;;;;").encode(), IDAG)
    built: list[Any] = []
    post_init.connect(
        lambda instance, **_: built.append(instance.pk), sender=Delprojekt, weak=False, dispatch_uid="l21"
    )
    try:
        with CaptureQueriesContext(connection) as queries:
            plan(mover(), found)
    finally:
        post_init.disconnect(sender=Delprojekt, dispatch_uid="l21")
    assert len(built) == 2
    assert sum('FROM "delprojekt_delprojekt"' in query["sql"] for query in queries) == 1
    assert not any("stegat_at" in query["sql"] for query in queries)


def test_choosing_the_rest_later_adds_to_what_was_done_and_nothing_is_written_over() -> None:
    client = admin()
    url = send(client, LISTA.encode()).headers["Location"]
    client.post(url, {"val": ["2", "5"]})
    row = Inlasning.objects.get()
    first = (row.resultat, row.bekraftad_at)
    assert first[0] == "2 delprojekt lades in, 0 kompletterades."
    page = client.post(url, {"val": ["2", "5"]}, follow=True)
    assert page.status_code == 200
    assert "Det du valde är redan inlagt. Inget ändrades." in page.content.decode()
    row.refresh_from_db()
    assert (row.resultat, row.bekraftad_at) == first
    assert "Inget är inlagt än" not in client.get(url).content.decode()
    client.post(url, {"val": ["6"]})
    row.refresh_from_db()
    assert row.bekraftad_at == first[1]
    assert row.resultat.startswith(first[0])
    assert row.resultat.endswith(": 1 delprojekt lades in, 0 kompletterades.")


def test_a_line_that_is_not_in_the_list_cannot_be_chosen() -> None:
    client = admin()
    url = send(client, LISTA.encode()).headers["Location"]
    assert client.post(url, {"val": ["2", "99"]}).status_code == 422
    assert not Delprojekt.objects.exists()


def test_when_a_kept_list_has_gone_the_page_says_what_to_do(caplog: pytest.LogCaptureFixture) -> None:
    client = admin()
    url = send(client, LISTA.encode()).headers["Location"]
    row = Inlasning.objects.get()
    with row.fil.storage.open(row.fil.name, "wb") as file:
        file.write(b"\x00skadad")
    for answer in (client.get(url), client.post(url, {"val": ["2"]})):
        assert answer.status_code == 409
        assert "Filen är inte text" in answer.content.decode()
    row.fil.storage.delete(row.fil.name)
    for answer in (client.get(url), client.post(url, {"val": ["2"]})):
        assert answer.status_code == 409
        assert "Läs in den igen från din dator." in answer.content.decode()
    assert "går inte att öppna" in caplog.text
    assert not Delprojekt.objects.exists()


def test_a_list_is_stored_as_every_other_file_whole_and_under_a_clean_name() -> None:
    sent = lista(LISTA)
    sent._name = "C:\\Mina\\hemlig\x07 lista.csv"
    row = keep_list(mover(), sent)
    assert row.filnamn == "hemlig lista.csv"
    with row.fil.open("rb") as file:
        assert file.read() == LISTA.encode()


def test_a_full_disk_is_said_beside_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    client = admin()
    monkeypatch.setattr(default_storage, "save", full)
    page = send(client, LISTA.encode())
    assert page.status_code == 422
    assert "kunde inte spara filen" in page.content.decode()
    assert not Inlasning.objects.exists()


@pytest.mark.parametrize("error", ["Ogiltigt", "Refused"])
def test_what_somebody_else_did_meanwhile_is_told_with_the_line_and_nothing_is_half_done(
    monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    d = moved(benamning="Ablationer", nummer=13, delnummer="I", alias=["Ablationer, del 1"])
    portal = world.new_forslag()
    client = admin()
    url = send(client, (HUVUD + "12;Ny;;;;\n" + LISTA.removeprefix(HUVUD)).encode()).headers["Location"]

    def meanwhile(actor: Any, pk_of: Any) -> list[Forslag]:
        """The plan as it was before somebody completed the delprojekt."""
        found = plan(actor, pk_of)
        if error == "Ogiltigt":
            told = Uppgift(Faktumslag.SLUTRAPPORT_INLAMNAD, date(2019, 6, 18))
            perform(mover(), Act.KOMPLETTERA_I_EFTERHAND, d.pk, {"fakta": [told]})
        else:
            found[1] = replace(found[1], delprojekt=portal)
        return found

    monkeypatch.setattr(inlasning, "plan", meanwhile)
    page = client.post(url, {"val": ["2", "3"]})
    assert page.status_code == 422
    said = page.content.decode()
    assert "Rad 3, Ablationer, del 1: " in said
    assert "Inget ur listan lades in." in said
    assert not Delprojekt.objects.filter(nummer=12).exists()
    assert re.search(r'value="2" id="val-2" checked', said), "what was chosen is kept"
    assert Inlasning.objects.get().bekraftad_at is None
