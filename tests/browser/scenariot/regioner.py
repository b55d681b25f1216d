"""Rows 19–24: each region decides in its own way, and introduces; reminders, a wrong paper, a hinder (§5.6, §5.7)."""

from collections import Counter
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from delprojekt.actions.paminnelse import remind
from delprojekt.demo.papper import make_paper
from delprojekt.models import Faktumrad, Paminnelse
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.paminnelser import Paminnelseslag, forfallna
from delprojekt.queries.lage import build_lage
from tests.browser.scenariot.beslut import SATSER, TAKPRIS
from tests.browser.scenariot.resenar import REGION, Scenarioresenar, Svar

LAMNA, FIL = "Lämna regionens beslut", "Protokollsutdrag eller undertecknat beslut"
SKICKA, GRANSKA = "Skicka handlingen till beslutet", "Granska beslutshandlingen"
PUNKTER = tuple(f"{n}. {text}" for n, text in enumerate((*SATSER[:2], TAKPRIS, *SATSER[3:]), 1))
VILLKOR = "Med tillägget att samordnaren finansieras inom ram; återrapport till regionstyrelsen i juni 2027."
PAMINNELSER = (date(2026, 8, 14), date(2026, 9, 13), date(2026, 10, 13), date(2026, 11, 12))
HINDER = "Journalmallen går inte att lägga in i Skånes system före hösten."


def _paper(resa: Scenarioresenar, name: str, *lines: str) -> str:
    path = resa.mapp / name
    path.write_bytes(make_paper(name, "Protokollsutdrag", lines).read())
    return str(path)


def _decide(resa: Scenarioresenar, region: str, said: Svar, file: str = "", **points: str) -> Page:
    """Let a region hand in its decision: bifall, but for the points that are named (``p4="Avslag"``)."""
    page = resa.open(f"region.{region}", LAMNA, {p: points.get(f"p{p[0]}", "Bifall") for p in PUNKTER})
    resa.fill(page, said)
    if file:
        page.get_by_label(FIL).set_input_files(file)
    resa.send(page, LAMNA)
    expect(page.get_by_role("status").first).to_contain_text(REGION[region])
    return page


def _review(resa: Scenarioresenar, region: str, wrong: str = "") -> None:
    """Let kansliet read the paper that waits, and find it right, or wrong for a reason."""
    page = resa.look("kansli", "Regioner")
    waiting = page.locator(".faktarader > li").filter(has_text=REGION[region])
    waiting.get_by_role("link", name=GRANSKA).first.click()
    if wrong:
        resa.fill(page, {"Fel handling": True, "Vad är fel?": wrong})
    else:
        resa.fill(page, {"Handlingen stämmer": True})
        for tick in page.get_by_role("group", name="Kryssa i det som stämmer").get_by_role("checkbox").all():
            tick.check()
    resa.send(page, GRANSKA)
    expect(page.get_by_role("status").first).to_be_visible()


def _send(resa: Scenarioresenar, region: str, file: str) -> None:
    page = resa.look(f"region.{region}", "Regioner")
    page.get_by_role("link", name=SKICKA).first.click()
    page.get_by_label(FIL).set_input_files(file)
    resa.send(page, SKICKA)
    expect(page.get_by_role("status").first).to_be_visible()


def _cell(resa: Scenarioresenar, point: int, region: str, table: str = "Regionernas beslut") -> Locator:
    row = resa.look("kansli", "Regioner").get_by_role("table", name=table).locator("tbody tr").nth(point - 1)
    return row.locator("td").nth(list(REGION).index(region))


def _remind(resa: Scenarioresenar, number: int) -> None:
    """Let the job run on the days before and after too, as it does: what is stored says which day it was."""
    for days in range(-1, 4):
        resa.dag(PAMINNELSER[number] + timedelta(days))
        remind()


def rad_19(resa: Scenarioresenar) -> None:
    """Halland, by an official: no minutes, but a signed decision that kansliet reads before anything is introduced."""
    _remind(resa, 0)
    resa.dag(date(2026, 8, 27))
    said: Svar = {
        "Tjänstemannanivå": True,
        "Organ eller befattning": "Hälso- och sjukvårdsdirektören",
        "Vad bygger tjänstepersonens beslut på?": "Delegation enligt delegationsordningen",
        "Vilken delegation, eller vilket tidigare beslut?": "Delegationsordningen",
        "Beslutsdatum": "27 augusti 2026",
    }
    page = resa.open("region.halland", LAMNA)
    assert resa.advised(page) == []
    _decide(resa, "halland", said)
    resa.says("region.halland", "Regioner", "1 av 4 beslut, 0 med handling", "Utdrag saknas", "Delegationsordningen")
    resa.waits("kansli", "Börja införandet", "beslutet är verifierat mot handlingen")
    _send(resa, "halland", _paper(resa, "Delegationsbeslut 2026-08-27.pdf", "Undertecknat 2026-08-27."))
    resa.dag(date(2026, 8, 31))
    _review(resa, "halland")
    resa.says("kansli", "Regioner", "1 av 4 beslut.", "Verifierad")
    resa.dag(date(2026, 9, 1))
    resa.do("kansli", "Börja införandet", why="Region Halland har beslutat och börjar.")
    resa.step_is("region.halland", "Införande")


def rad_20(resa: Scenarioresenar) -> None:
    """Blekinge, § 214: a condition for point 4, with a day of its own for reporting back."""
    resa.dag(date(2026, 9, 9))
    said: Svar = {
        "Politisk nivå": True,
        "Organ eller befattning": "Regionstyrelsen",
        "Paragraf": "214",
        "Beslutsdatum": "2026-09-09",
        "Villkor eller skäl för punkt 4": VILLKOR,
        "Återrapporteras i regionen senast": "30 juni 2027",
    }
    file = _paper(resa, "RS § 214.pdf", "Regionstyrelsen 2026-09-09 § 214", VILLKOR)
    _decide(resa, "blekinge", said, file, p4="Bifall med villkor")
    resa.dag(date(2026, 9, 11))
    _review(resa, "blekinge")
    expect(_cell(resa, 4, "blekinge")).to_contain_text("Bifall med villkor")
    resa.says("kansli", "Regioner", VILLKOR, "Återrapporteras i regionen senast 30 juni 2027.", "2 av 4 beslut.")
    _remind(resa, 1)


def rad_21(resa: Scenarioresenar) -> None:
    """Kronoberg, § 131: the wrong minutes come, the region is told why and waits for the right paper."""
    resa.dag(date(2026, 9, 22))
    board: Svar = {"Politisk nivå": True, "Organ eller befattning": "Hälso- och sjukvårdsnämnden"}
    _decide(resa, "kronoberg", {**board, "Paragraf": "131", "Beslutsdatum": "22 september 2026"})
    resa.dag(date(2026, 9, 29))
    _send(resa, "kronoberg", _paper(resa, "HSN § 113.pdf", "§ 113 Ändrade öppettider"))
    resa.dag(date(2026, 10, 1))
    reason = "Utdraget gäller § 113, ett annat ärende. Skicka utdraget för § 131."
    _review(resa, "kronoberg", reason)
    expect(_cell(resa, 1, "kronoberg")).to_contain_text("Väntar på rätt handling")
    resa.says("region.kronoberg", "Regioner", reason, "2 av 4 beslut")
    _remind(resa, 2)
    resa.dag(date(2026, 10, 20))
    _send(resa, "kronoberg", _paper(resa, "HSN § 131.pdf", "§ 131 Kliniska distansmöten. Bifall punkt 1–5."))
    _review(resa, "kronoberg")
    expect(_cell(resa, 1, "kronoberg")).to_have_text("Bifall")
    resa.says("kansli", "Regioner", "3 av 4 beslut.", "HSN § 113.pdf", "HSN § 131.pdf", reason)


def rad_22(resa: Scenarioresenar) -> None:
    """22 November 2026: three of four have decided and introduce; Skåne has been reminded four times."""
    resa.dag(date(2026, 11, 5))
    for region in ("blekinge", "halland", "kronoberg"):
        under_way: Svar = dict.fromkeys(PUNKTER, "Pågår")
        resa.do(f"region.{region}", "Rapportera regionens införande", under_way)
    lage = build_lage(resa.delprojekt)
    sunday = {one.dag for one in forfallna(lage, date(2026, 9, 13)) if _about_skane(one.tillfalle.region)}
    monday = [forfallna(lage, date(2026, 9, day), bara_vardagar=True) for day in (13, 14)]
    waits, sent = [{one.dag for one in found if _about_skane(one.tillfalle.region)} for found in monday]
    assert (sunday, waits, sent) == ({PAMINNELSER[1]}, {PAMINNELSER[0]}, {PAMINNELSER[1]})
    _remind(resa, 3)
    resa.dag(date(2026, 11, 22))
    told = Paminnelse.objects.filter(delprojekt=resa.delprojekt, slag=Paminnelseslag.HUVUDMANSBESLUT)
    stored = list(told.filter(region__slug="skane").order_by("skickad_at"))
    assert tuple(timezone.localtime(one.skickad_at).date() for one in stored) == PAMINNELSER
    sent = Faktumrad.objects.get(delprojekt=resa.delprojekt, slag=Faktumslag.EXPEDIERAT, ersatt_av=None).date
    assert [(one.date - sent).days for one in stored] == [60, 90, 120, 150]
    resa.says("kansli", "Regioner", "3 av 4 beslut.")
    resa.says("kansli", "", "Region Skåne: regionens beslut, 12 november 2026")
    expect(resa.main("kansli").locator(".nasta")).to_contain_text("Region Skåne")
    for region, word in (("halland", "Pågår"), ("skane", "Inte beslutat")):
        expect(_cell(resa, 1, region, "Hur långt införandet kommit")).to_contain_text(word)


def _about_skane(region: str | None) -> bool:
    return region == "skane"


def rad_23(resa: Scenarioresenar) -> None:
    """Skåne, § 97: yes to 1–3 and 5, no to 4. The matrix: 18 bifall, one with a condition, one avslag."""
    resa.dag(date(2026, 12, 10))
    said: Svar = {
        "Politisk nivå": True,
        "Organ eller befattning": "Hälso- och sjukvårdsnämnden",
        "Paragraf": "§ 97",
        "Beslutsdatum": "10 december 2026",
        "Villkor eller skäl för punkt 4": "Regionen har redan samordnare.",
    }
    file = _paper(resa, "HSN § 97.pdf", "Hälso- och sjukvårdsnämnden 2026-12-10 § 97")
    _decide(resa, "skane", said, file, p4="Avslag")
    _review(resa, "skane")
    expect(_cell(resa, 4, "skane", "Hur långt införandet kommit")).to_contain_text("Inte aktuellt")
    table = resa.look("kansli", "Regioner").get_by_role("table", name="Regionernas beslut")
    words = Counter(table.locator("td .matris__ord").all_inner_texts())
    assert words == {"Bifall": 18, "Bifall med villkor": 1, "Avslag": 1}
    assert words.total() == 20
    resa.says("kansli", "Regioner", "4 av 4 beslut.", "§ 97")


def rad_24(resa: Scenarioresenar) -> None:
    """A hinder in Skåne: chefsamråd, samarbetsgrupp, ledningsgrupp; it remains."""
    resa.dag(date(2027, 2, 4))
    said: Svar = {"Rekommendation": PUNKTER[1], "Vad hindrar?": HINDER}
    resa.do("region.skane", "Anmäl ett hinder", said, tab="Regioner")
    for who, body in (("kansli", "chefsamrådet"), ("chefsamrad", "samarbetsgruppen")):
        _lift(resa, who, f"Lyft till {body}")
    _lift(resa, "samarbetsgrupp.skane", "Lyft till ledningsgruppen")
    _lift(resa, "kansli", "Avsluta hindret", {"Kvarstår": True, "Hur det löstes, eller varför det kvarstår": "Hösten."})
    way = ("hos chefsamrådet", "hos samarbetsgruppen", "hos ledningsgruppen", "kvarstår")
    resa.says("kansli", "Regioner", HINDER, "Kvarstår", *way)


def _lift(resa: Scenarioresenar, who: str, act: str, fill: Svar | None = None) -> None:
    page = resa.look(who, "Regioner")
    page.locator(".faktarader > li").filter(has_text=HINDER).get_by_role("link", name=act).click()
    resa.fill(page, fill or {})
    resa.send(page, act)
    expect(page.get_by_role("status").first).to_be_visible()


RADER = {19: rad_19, 20: rad_20, 21: rad_21, 22: rad_22, 23: rad_23, 24: rad_24}
