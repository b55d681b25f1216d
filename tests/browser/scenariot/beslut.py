"""Rows 15–18: ledningsgruppen disagrees, then agrees; nämnden recommends (§5.4.3, §5.5)."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.scenariot.resenar import LG, REGION, Scenarioresenar, Svar

SATSER = (
    "införa gemensamma fasta tider för kliniska distansmöten",
    "använda gemensam mall för journalanteckning",
    "ersätta distansmöten enligt självkostnad per möte",
    "utse en samordnare per region",
    "delta i gemensam utbildning",
)
TAKPRIS = "ersätta distansmöten enligt självkostnad med ett gemensamt takpris som prövas årligen av avtalsgruppen"
LYDELSE = (
    "Södra regionvårdsnämnden godkänner slutrapporten. Södra regionvårdsnämnden rekommenderar regionerna att "
    "1 införa gemensamma fasta tider för kliniska distansmöten, 2 använda gemensam mall för journalanteckning, "
    "3 ersätta distansmöten enligt självkostnad med ett gemensamt takpris som prövas årligen av avtalsgruppen, "
    "4 utse en samordnare per region, samt 5 delta i gemensam utbildning."
)
UTAN_FORMELN = "Södra regionvårdsnämnden beslutar att regionerna ska införa gemensamma fasta tider."
TILL_NAMNDEN = "Lämna beslutsförslaget till nämnden"


def rad_15(resa: Scenarioresenar) -> None:
    """The first attempt: Karin Lind presents, Kronoberg does not agree to clause 3, and it goes nowhere."""
    resa.dag(date(2026, 3, 17))
    draft: Svar = {f"Att-sats {n}": text for n, text in enumerate(SATSER, 1)}
    resa.do("sekreterare", "Skriv beslutsförslaget", {**draft, "Att-sats 5": "genomföra gemensam utbildning"})
    resa.dag(date(2026, 3, 19))
    resa.do("sekreterare", "Skriv beslutsförslaget", {"Att-sats 5": SATSER[4]})
    resa.dag(date(2026, 3, 26))
    page = resa.open("sekreterare", "Anteckna presentationen", {LG: "26 mars 2026"})
    expect(page.get_by_label("Föredragande")).to_have_value("Karin Lind")
    resa.do("sekreterare", "Anteckna presentationen", {LG: "26 mars 2026"})
    for region in REGION:
        no: Svar = {"Inte enig": True, "Vad vill regionen ändra?": "Att-sats 3 saknar kostnadstak."}
        resa.do(f"ledningsgrupp.{region}", "Lämna regionens ställning", no if region == "kronoberg" else {"Enig": True})
    resa.says("sekreterare", "Beslut", "Version 2", "3 av 4 regioner är eniga", "Att-sats 3 saknar kostnadstak.")
    resa.waits("sekreterare", TILL_NAMNDEN, "enig")
    told: Svar = {LG: "26 mars 2026", "Vad ni inte är eniga om": "Kronoberg är inte enig om att-sats 3."}
    resa.do("sekreterare", "Anteckna att ledningsgruppen inte är enig", told)
    resa.says("sekreterare", "Beslut", "Försök 2 att bli eniga.")
    resa.step_is("sekreterare", "Ledningsgrupp")


def rad_16(resa: Scenarioresenar) -> None:
    """The second attempt: the change of clause 3 clears the stances; all four agree on version 3."""
    resa.dag(date(2026, 4, 23))
    changed: Svar = {"Att-sats 3": TAKPRIS, "Är förslaget ändrat i att-sats 3?": "Ja, ändrat"}
    resa.do("sekreterare", "Skriv beslutsförslaget", changed)
    resa.says("sekreterare", "Beslut", "Version 3", "0 av 4 regioner är eniga", TAKPRIS)
    resa.waits("sekreterare", TILL_NAMNDEN, "Alla deltagande regioner har tagit ställning")
    for region in REGION:
        resa.do(f"ledningsgrupp.{region}", "Lämna regionens ställning", {"Enig": True})
    resa.says("sekreterare", "Beslut", "4 regioner är eniga")
    resa.do("sekreterare", TILL_NAMNDEN, {LG: "23 april 2026"})
    resa.step_is("styrgrupp", "Nämnd")


def rad_17(resa: Scenarioresenar) -> None:
    """Politiska styrgruppen prepares; before that nämnden can not decide."""
    resa.dag(date(2026, 5, 12))
    resa.waits("namndsekreterare", "Godkänn slutrapporten och rekommendera", "politiska styrgruppen")
    note: Svar = {"Politiska styrgruppens möte": "12 maj 2026", "Styrgruppens notering": "Vi står bakom förslaget."}
    resa.do("namndsekreterare", "Anteckna politiska styrgruppens beredning", note)


def rad_18(resa: Scenarioresenar) -> None:
    """Nämnden, § 27: a text without the formula stops, the right one goes; the days that follow from it."""
    resa.dag(date(2026, 6, 4))
    act, days = "Godkänn slutrapporten och rekommendera", {"Justerat den": "2026-06-11"}
    meeting: Svar = {"Nämndens sammanträde": "4 juni 2026", "Paragraf": "§ 27", **days}
    meeting |= {"Anslaget uppsatt den": "2026-06-12"}
    text = "Beslutets lydelse enligt protokollet"
    page = resa.open("namndsekreterare", act, {**meeting, text: UTAN_FORMELN})
    resa.press(page, "Granska")
    expect(page.locator("main")).to_contain_text("Nämnden kan bara rekommendera regionerna.")
    resa.step_is("namndsekreterare", "Nämnd")
    resa.do("namndsekreterare", act, {**meeting, text: LYDELSE})
    resa.step_is("namndsekreterare", "Huvudmansbeslut")
    page = resa.look("region.skane", "Regioner")
    page.get_by_text("Nämndens beslut 4 juni 2026 § 27").click()
    for told in (LYDELSE, "Laga kraft tidigast", "3 juli 2026"):
        expect(page.locator("details").get_by_text(told).first).to_be_visible()
    resa.says("kansli", "Uppföljning", "Klar senast 4 juni 2027")
    resa.dag(date(2026, 6, 15))
    resa.do("namndsekreterare", "Anteckna expediering", {"Expedierat den": "15 juni 2026"})
    resa.says("region.skane", "Regioner", "0 av 4 beslut")


RADER = {15: rad_15, 16: rad_16, 17: rad_17, 18: rad_18}
