"""Rows 25–27: who follows up, what came of it, and that it is followed up again (§5.8)."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.scenariot.rapport import PARAMETRAR
from tests.browser.scenariot.resenar import Scenarioresenar, Svar

FRAGA, SVARA = "Fråga någon om att göra uppföljningen", "Svara på frågan om uppföljning"
VARDEN = ("512", "83", "82", "60")


def _ask(resa: Scenarioresenar, name: str) -> None:
    page = resa.open("kansli", FRAGA, {"Vem frågar du?": f"{name}, arbetsgruppen"})
    assert resa.advised(page) == []
    resa.send(page, FRAGA)
    expect(page.get_by_role("status").first).to_contain_text(name)


def _answer(resa: Scenarioresenar, who: str, name: str, said: Svar) -> None:
    page = resa.look(who, "Uppföljning")
    page.get_by_role("link", name=f"Svara på frågan till {name}").click()
    resa.fill(page, said)
    resa.send(page, SVARA)
    expect(page.get_by_role("status").first).to_contain_text(name)


def rad_25(resa: Scenarioresenar) -> None:
    """The chair says no; two former members say yes, without any reason asked for."""
    resa.dag(date(2027, 2, 15))
    _ask(resa, "Karin Lind")
    _answer(resa, "ordforande", "Karin Lind", {"Nej": True, "Varför?": "Jag har bytt arbete."})
    resa.waits("kansli", "Börja uppföljningen", "uppföljning")
    for who, name in (("ledamot", "Petra Wikström"), ("kansli", "Jonas Öberg")):
        _ask(resa, name)
        _answer(resa, who, name, {"Ja": True})
    resa.says("kansli", "Uppföljning", "Jag har bytt arbete.", "Petra Wikström", "Jonas Öberg")
    resa.do("kansli", "Börja uppföljningen", why="Region Skåne rapporterar i april.")
    resa.step_is("ledamot", "Uppföljning")


def rad_26(resa: Scenarioresenar) -> None:
    """78 of 120 answered (65 %); two of four parameters on the highest level is exactly half; five pages."""
    resa.dag(date(2027, 3, 1))
    measured: Svar = {"Period": "februari 2027"}
    for (name, *_), value in zip(PARAMETRAR, VARDEN, strict=True):
        measured |= {name: value, f"Nivå för {name}": "Enligt gränserna"}
    resa.do("ledamot", "Fyll i mätvärden", measured)
    half = "2 av 4 bedömda parametrar är på högsta nivån. Minst hälften krävs."
    resa.says("ledamot", "Uppföljning", half, "Uppfyllt")
    row = resa.look("ledamot", "Uppföljning").get_by_role("row", name="Möten per månad")
    for text in ("246", "512", "Grön", "Bättre"):
        expect(row).to_contain_text(text)
    row = row.page.get_by_role("row", name="Svar inom fem arbetsdagar")
    for text in ("61 %", "83", "90 %", "Gul", "Bättre"):
        expect(row).to_contain_text(text)
    resa.dag(date(2027, 3, 24))
    result: Svar = {
        "Insats: vad har gjorts?": "Fasta tider finns i alla regioner.",
        "Effekt: vad har det gett?": "Mötena har blivit dubbelt så många.",
        "Fick enkäten": "120",
        "Svarade på enkäten": "78",
        "Antal sidor": "5",
    }
    resa.do("ledamot", "Fyll i uppföljningens resultat", result)
    shown = resa.main("ledamot", "Uppföljning")
    expect(shown).to_contain_text("78 av 120 svarade (65 %)")
    length = shown.locator("dt").filter(has_text="Längd").locator("xpath=following-sibling::dd")
    expect(length).to_have_text("5 sidor")
    resa.write_all("ledamot", "Skriv uppföljningsrapporten", "Översikt", {"Slutsats": "Arbetet bör följas upp igen."})
    page = resa.open("ledamot", "Lämna uppföljningsrapporten")
    advice = resa.advised(page)
    assert not [text for text in advice if "frist" in text.lower()], advice
    resa.do("ledamot", "Lämna uppföljningsrapporten", why="Region Skåne rapporterar i april.")


def rad_27(resa: Scenarioresenar) -> None:
    """Told in three bodies, spoken in the first; nämnden wants another follow-up, 6–12 months later."""
    told = (
        (date(2027, 4, 6), "Samarbetsgruppen", "Muntligt"),
        (date(2027, 4, 22), "Ledningsgruppen", "Skriftligt"),
        (date(2027, 5, 20), "Nämnden", "Skriftligt"),
    )
    again = "Besluta om ytterligare uppföljning"
    for done, (day, body, how) in enumerate(told):
        resa.dag(day)
        left = ", ".join(name.lower() for _, name, _ in told[done:])
        resa.waits("sekreterare", again, f"({left})")
        resa.do("kansli", "Anteckna en redovisning", {body: True, "Mötets datum": day.isoformat(), how: True})
    resa.says("kansli", "Uppföljning", "6 april 2027, muntligt", "22 april 2027, skriftligt", "20 maj 2027, skriftligt")
    why: Svar = {"Nämnden": True, "Mötets datum": "20 maj 2027", "Varför": "Skåne är inte klart."}
    resa.do("namndsekreterare", again, why)
    resa.step_is("kansli", "Uppföljning")
    resa.says("kansli", "Uppföljning", "Omgång 2", "Görs mellan 20 november 2027 och 20 maj 2028.")


RADER = {25: rad_25, 26: rad_26, 27: rad_27}
