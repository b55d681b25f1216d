"""A list that is read in meets what is here already, what somebody else does meanwhile, and files that have gone."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from delprojekt.actions import inlasning
from delprojekt.actions.inflyttning import move_in
from delprojekt.actions.inlasning import keep_list
from delprojekt.actions.steg import perform
from delprojekt.models import Delprojekt, Inlasning
from delprojekt.process.act import Act
from delprojekt.process.efterhand import Uppgift
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.inlasning import read_list
from delprojekt.process.steg import Steg
from delprojekt.queries.inlasning import Forslag, Utfall, plan
from tests import world
from tests.metoden.test_inflyttning import mover
from tests.metoden.test_inlasning import HUVUD, IDAG, LISTA, admin, lista, send, wrong

pytestmark = pytest.mark.django_db


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
