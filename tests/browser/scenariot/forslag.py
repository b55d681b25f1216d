"""Rows 1–5: from somebody's idea to ledningsgruppen's decision on start (§5.1)."""

from datetime import date
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.scenariot.resenar import LG, PUNKT, SG, Scenarioresenar

PROBLEM = (
    "Läkare på mindre sjukhus och vårdcentraler behöver ofta råd från en specialist. I dag sker det per telefon, "
    "utan gemensamma tider och utan att rådet alltid dokumenteras."
)
BEREDD: dict[str, str | bool] = {
    "Syfte": "Skapa ett gemensamt arbetssätt för kliniska distansmöten mellan sjukhus i de fyra regionerna.",
    "Mål": "Varje patient med behov av specialistråd ska kunna få det inom fem arbetsdagar.",
    "Förväntat utfall": "Färre resor, färre onödiga remisser och snabbare besked.",
    "Positiva effekter av samverkan": "Specialister som är få kan räcka till fler.",
    "Ökad tillgänglighet": True,
    "Säkrad kompetensförsörjning": True,
    "Tillgänglighet": True,
}
INSTANSER = (
    (date(2025, 1, 27), "RPO Medicinsk diagnostik"),
    (date(2025, 1, 30), "RSG Strukturerad vårdinformation"),
    (date(2025, 2, 3), "RSG Medicinteknik"),
)
BEHOV = {
    "blekinge": date(2025, 1, 28),
    "halland": date(2025, 1, 31),
    "kronoberg": date(2025, 2, 4),
    "skane": date(2025, 2, 6),
}


def rad_1(resa: Scenarioresenar) -> None:
    """Chefsamråd Internmedicin hands in an idea; it can follow it, and it is registered as received."""
    resa.dag(date(2025, 1, 15))
    page = resa.page("chefsamrad")
    page.get_by_role("link", name="Lämna ett förslag").first.click()
    resa.fill(page, {"Titel": "Kliniska distansmöten", "Varifrån kommer förslaget?": "Chefsgrupper"})
    resa.fill(page, {"Mer om var det kommer ifrån": "Chefsamråd Internmedicin", "Vilket problem ska lösas?": PROBLEM})
    resa.press(page, "Spara utkastet")
    resa.address = urlsplit(page.url).path
    resa.do("chefsamrad", "Skicka in förslaget")
    resa.step_is("chefsamrad", "Förslag")
    resa.says("chefsamrad", "Förslag", "Chefsgrupper – Chefsamråd Internmedicin", PROBLEM)
    expect(resa.look("kansli", "Handlingar").get_by_role("row", name="Förslag till delprojekt")).to_contain_text(
        "2025-01-15"
    )


def rad_2(resa: Scenarioresenar) -> None:
    """Maja Ek becomes contact person; purpose, goal, outcome and effects are ticked in the checklist."""
    resa.dag(date(2025, 1, 20))
    resa.do("direktor", "Utse kontaktperson", {"Kontaktperson på kansliet": "Maja Ek"})
    resa.do("kansli", "Börja bereda")
    resa.step_is("kansli", "Beredning")
    page = resa.waits("kansli", "Stäm av med samarbetsgruppen", "Positiva effekter av samverkan är beskrivna")
    assert len(resa.advised(page)) == 5
    resa.do("kansli", "Redigera förslaget", BEREDD, tab="Förslag")
    page = resa.open("kansli", "Stäm av med samarbetsgruppen")
    done = page.locator(".checkpunkt[data-lage=klar]")
    for word in ("syfte", "mål", "utfall", "effekter"):
        expect(done.filter(has_text=word).first).to_be_visible()
    assert resa.advised(page) == []


def rad_3(resa: Scenarioresenar) -> None:
    """Three bodies are asked, and each region says yes: 4 of 4."""
    for day, body in INSTANSER:
        resa.dag(day)
        asked: dict[str, str | bool] = {"Instans": body[4:], "Vad ni frågar om": "Berörs ni?"}
        answer: dict[str, str | bool] = {"Svar": "Ja.", "Svaret kom": day.isoformat()}
        resa.do("kansli", "Anteckna en beredningskontakt", asked | answer, tab="Förslag")
    resa.do("kansli", "Koppla chefsamråd", {"Internmedicin": True})
    for count, (region, day) in enumerate(BEHOV.items()):
        resa.dag(day)
        enough = "Det räcker, med en motivering." if count == 3 else "Minst 3 behövs."
        resa.says("kansli", "Förslag", f"{count} av 4 regioner säger att området är angeläget. {enough}")
        said: dict[str, str | bool] = {"Ja": True, "Vem i regionen har sagt det?": "Chefläkaren"}
        resa.do(f"samarbetsgrupp.{region}", "Ange regionens behov", said)
    resa.says("kansli", "Förslag", "Alla 4 regioner säger att området är angeläget.", *(body for _, body in INSTANSER))


def rad_4(resa: Scenarioresenar) -> None:
    """Samarbetsgruppen supports it on 11 February: a meeting of ledningsgruppen before that is refused."""
    resa.dag(date(2025, 2, 11))
    said: dict[str, str | bool] = {
        SG: "2025-02-11",
        "Samarbetsgruppens synpunkt": "Tillstyrker. Avgränsa mot digitala patientmöten.",
    }
    resa.waits("kansli", "Anmäl till ledningsgruppen", "avstämt med samarbetsgruppen")
    resa.do("kansli", "Stäm av med samarbetsgruppen", said)
    early = "Ledningsgruppens möte är före avstämningen med samarbetsgruppen."
    resa.stopped("kansli", "Anmäl till ledningsgruppen", {LG: "2025-02-06"}, early)


def rad_5(resa: Scenarioresenar) -> None:
    """Ledningsgruppen decides under point 4: number 40, one more has started, and the communicator has a task."""
    resa.dag(date(2025, 2, 13))
    resa.do("kansli", "Anmäl till ledningsgruppen", {LG: "27 februari 2025", PUNKT: "4"})
    assert _started(resa) == 0
    resa.dag(date(2025, 2, 27))
    meeting: dict[str, str | bool] = {LG: "27 februari 2025", PUNKT: "4", "Delprojektets nummer": "40"}
    resa.do("sekreterare", "Besluta om uppstart", meeting)
    resa.step_is("sekreterare", "Uppdrag")
    expect(resa.main("sekreterare")).to_contain_text("Delprojekt 40")
    assert _started(resa) == 1
    resa.do("kansli", "Koppla in kommunikatören", {"Inkopplad den": "2025-02-27"})
    page = resa.look("kansli", "Uppdrag")
    expect(page.locator("main")).to_contain_text("Information inför införandet")
    page.get_by_role("row", name="Intervju med ordföranden").get_by_role("link").click()
    resa.fill(page, {"Kanal": "Nyhetsbrev", "När": "maj 2025", "Ansvarig": "Lisa Norr"})
    resa.press(page, "Ändra informationsinsatsen")
    expect(page.get_by_role("status").first).to_contain_text("Intervju med ordföranden")


def _started(resa: Scenarioresenar) -> int:
    """Return the counter "startade" as the sekreterare reads it."""
    page = resa.page("sekreterare")
    page.goto("/delprojekt/")
    page.get_by_role("link", name="Inför ledningsgruppen").click()
    return int(page.get_by_text("delprojekt har startat").inner_text().split()[0])


RADER = {1: rad_1, 2: rad_2, 3: rad_3, 4: rad_4, 5: rad_5}
