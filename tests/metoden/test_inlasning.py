"""A list of delprojekt is read in with a review: nothing before it is confirmed, nothing twice (D10, D16, X-15)."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delprojekt.actions.inflyttning import move_in
from delprojekt.actions.inlasning import keep_list, read_in
from delprojekt.models import Delprojekt, Faktumrad, Handelse, Inlasning, Utskick
from delprojekt.process.inlasning import MEST_RADER, Olaslig, read_list
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.steg import Steg
from delprojekt.queries.inlasning import Utfall, plan
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
