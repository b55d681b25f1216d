"""The words of the interface: what is wrong says what to do, dates are Swedish, and nobody is called she."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from delprojekt.actions.ratta import _word
from delprojekt.models import AllmanHandling, Delprojekt, Faktumrad, Handelse, Innehav
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.process.uppgift import Uppgiftslag, number_of
from delprojekt.queries.namn import DOLT_NAMN
from delprojekt.templatetags.fel import faults
from delprojekt.web import vymodell
from delprojekt.web.regioner import _in_a_row
from tests.process import snapshots
from tests.walked import Walked
from tests.world import do

pytestmark = pytest.mark.django_db


class Blankett(forms.Form):
    namn = forms.CharField(label="Förnamn")
    val = forms.ChoiceField(label="Nivå", choices=[("a", "A")])
    fraga = forms.CharField(label="Varför ändras fristen?")
    egen = forms.CharField(label="Fil", error_messages={"required": "Välj filen med listan."})


def test_what_is_wrong_in_a_field_is_said_once() -> None:
    form = Blankett({"namn": "A", "val": "a", "fraga": "x", "egen": "y"})
    for _ in range(3):
        form.add_error("namn", "Skriv vilken dag.")
    assert faults(form["namn"]) == ["Skriv vilken dag."]


def test_what_is_in_the_way_is_not_said_to_be_missing() -> None:
    """A report that is handed in hinders what belongs before; in a list of what is asked it stands as that."""
    handed_in = snapshots.lage(Steg.UPPFOLJNING, Faktumslag.UPPFOLJNINGSRAPPORT_KLAR)
    asks = snapshots.som(Roll.UPPFOLJNINGSANSVARIG)
    rows = {row["text"]: row for row in vymodell.checklist(Act.REGISTRERA_MATVARDEN, handed_in, asks)}
    said = render_to_string("components/checklista.html", {"punkter": rows.values(), "etikett": ""})
    assert rows["Uppföljningsrapporten är redan lämnad"]["ord"] == "Hindrar"
    assert "Hindrar" in said
    assert "Saknas" not in said


def test_the_cards_of_what_waits_may_be_of_the_same_delprojekt_and_are_no_landmarks() -> None:
    """WCAG 1.3.1, as axe says it: landmark-unique. A card in a row that is repeated is an article."""
    repeated = re.compile(r'<section class="kort[^"]*" aria-labelledby="(?:arende|lg)-')
    files = Path(settings.BASE_DIR, "templates").rglob("*.html")
    assert not [file.name for file in files if repeated.search(file.read_text())]


def test_an_empty_field_says_what_to_fill_in() -> None:
    form = Blankett({})
    said = [text for field in form for text in faults(field)]
    wanted = ["Fyll i ”Förnamn”.", "Välj ”Nivå”.", "Svara på ”Varför ändras fristen?”."]
    assert said == [*wanted, "Välj filen med listan."]


class Svarblankett(forms.Form):
    antal = forms.IntegerField(min_value=1, max_value=10_000)
    kort = forms.CharField(min_length=2, max_length=3)
    epost = forms.EmailField()
    val = forms.ChoiceField(choices=[("a", "A")])


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("antal", "0", "Skriv 1 eller mer."),
        ("antal", "10001", "Skriv högst 10\xa0000."),
        ("antal", "tolv", "Skriv ett heltal med siffror, till exempel 12."),
        ("kort", "abcd", "Skriv högst 3 tecken. Nu är det 4."),
        ("kort", "a", "Skriv minst 2 tecken."),
        ("epost", "eva", "Skriv hela e-postadressen, till exempel namn@exempel.se."),
        ("val", "b", "Det du valde går inte längre att välja. Välj något annat."),
    ],
)
def test_a_field_says_what_to_write_in_the_portals_own_words(name: str, typed: str, said: str) -> None:
    assert faults(Svarblankett({name: typed})[name]) == [said]


def test_what_is_needed_later_or_at_times_is_not_called_optional(walked: Walked) -> None:
    page = walked.client("kansli").get("/delprojekt/nytt/").content.decode()
    assert page.count("(behövs för att skicka in)") == 2
    stance = walked.client("ledningsgrupp.skane")
    page = stance.get(f"/delprojekt/{walked[Steg.LEDNINGSGRUPP]}/gor/lamna-stallning/").content.decode()
    assert "(behövs om regionen inte är enig)" in page


def test_the_page_says_it_beside_the_field_and_on_top(walked: Walked) -> None:
    url = f"/delprojekt/{walked[Steg.BEREDNING]}/gor/redigera-forslag/"
    page = walked.client("kansli").post(url, {"benamning": ""}).content.decode()
    assert page.count("Fyll i ”Titel”.") == 2
    assert "Titel – Fyll i" not in page
    assert "Detta fält" not in page


def test_a_login_that_fails_is_told_in_plain_words(walked: Walked) -> None:
    page = Client().post("/konto/login/", {"login": "kansli@exempel.se", "password": "fel"}).content.decode()
    assert page.count("E-postadressen eller lösenordet stämmer inte.") == 1
    assert "Epost-adressen" not in page
    assert "är kvar" not in page  # a password never is


def test_nobody_is_called_she_or_he() -> None:
    root = Path(settings.BASE_DIR)
    texts = [*(root / "templates").rglob("*.html"), *(root / "delprojekt").rglob("*.py")]
    ours = [path for path in texts if not {"migrations", "demo"} & set(path.parts)]
    assert [p.name for p in ours if re.search(r"\b(hon|hennes|henne|honom)\b", p.read_text(), re.IGNORECASE)] == []


def test_what_is_said_in_a_row_has_one_full_stop() -> None:
    assert _in_a_row(("Av ekonomiska skäl.", "", "utdrag saknas")) == "Av ekonomiska skäl; utdrag saknas"
    assert _in_a_row(("granskas", "Vi väntar.")) == "granskas; Vi väntar."
    assert _in_a_row(()) == ""


def test_a_correction_is_told_with_swedish_dates(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.UPPDRAG])
    row = Faktumrad.objects.filter(delprojekt=d, slag=Faktumslag.SAMARBETSGRUPPEN_AVSTAMD).get()
    said = {"nar": (row.date - timedelta(1), ""), "skal": "Dagen innan.", "punkt": "", "text": row.text}
    event = do("kansli", Act.RATTA_UPPGIFT, d, objekt=number_of(Uppgiftslag.FAKTUM, row.pk), **said)
    assert re.search(r"rättades: datum \(\d+ \w+ 2026 → \d+ \w+ 2026\)\.", event.mening), event.mening
    assert _word(row.date) == skriv(row.date)
    assert not Handelse.objects.filter(mening__regex=r"\d{4}-\d{2}-\d{2}").exists()


def test_a_name_that_is_hidden_has_no_initials(walked: Walked) -> None:
    pk = walked[Steg.NULAGE]
    assert Innehav.objects.filter(delprojekt=pk, roll=Roll.PATIENTFORETRADARE).exists()
    page = walked.client("kansli2").get(f"/delprojekt/{pk}/").content.decode()
    shown = r'<span class="person__marke"[^>]*>(.*?)</span><span><span class="person__namn">(.*?)</span>'
    marks = re.findall(shown, page)
    hidden = [mark for mark, name in marks if name == DOLT_NAMN]
    assert hidden
    assert all("<svg" in mark for mark in hidden)
    assert all(re.fullmatch("[A-ZÅÄÖ]{1,2}", mark) for mark, name in marks if name != DOLT_NAMN)


def test_a_handling_is_registered_at_a_swedish_time(walked: Walked) -> None:
    page = walked.client("kansli").get(f"/handlingar/{AllmanHandling.objects.earliest('pk').pk}/").content.decode()
    assert re.search(r"Registrerad</dt>\s*<dd>\s*\d+ \w+ \d{4} kl\. \d+\.\d\d av ", page)
