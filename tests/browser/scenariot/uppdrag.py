"""Rows 6–9: the uppdrag, the chair, the group, the first meeting (§4, §5.1.3, §5.1.4)."""

from datetime import date

from playwright.sync_api import Locator, expect

from delprojekt.process.paminnelser import Paminnelseslag, forfallna
from delprojekt.queries.lage import build_lage
from tests.browser.scenariot.resenar import LG, PUNKT, REGION, Scenarioresenar, Svar

FOLJER_UPP = "Antal distansmöten per månad och region; andel inom fem arbetsdagar; enkät till läkare."
UPPDRAG = {
    "Bakgrund": "Alla regioner har videoutrustning, men bokning, ersättning och journalföring skiljer sig åt.",
    "Syfte": "Hur kan kliniska distansmöten bli en del av vardagen i hela sjukvårdsregionen?",
    "Avgränsningar": "Möten där patienten inte deltar med någon vårdgivare ingår inte.",
}
RADER_I_UPPDRAGET: Svar = {
    "Specifika uppdragspunkter": (
        "1. beskriv nuläget i varje region\n2. föreslå gemensam mötesform\n3. föreslå hur mötet journalförs\n"
        "4. bedöm ersättning mellan regionerna\n5. föreslå uppföljning"
    ),
    "Kompetenser som ska finnas i gruppen": "internmedicin\nallmänmedicin\nsjuksköterska",
    "Kompetenser som bör finnas i gruppen": "IT/informatik\nekonomi",
    "Tidplan": "Startmöte: maj 2025\nNuläge: HT 2025\nSlutrapport: våren 2026",
}
KARIN: Svar = {
    "internmedicin (ska finnas)": True,
    "Avsatt tid": "10 % under 12 månader",
    "Personen har stämt av med sin närmsta chef": True,
    "Legitimitet inom området": "Överläkare i internmedicin.",
}
LEDAMOTER: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("Åsa", "Ängquist", "asa.angquist", "halland", "sjuksköterska", "sjuksköterska (ska finnas)"),
    ("Petra", "Wikström", "ledamot", "skane", "läkare", "internmedicin (ska finnas)"),
    ("Omar", "Haddad", "omar.haddad", "skane", "informatiker", "IT/informatik (bör finnas)"),
)


def rad_6(resa: Scenarioresenar) -> None:
    """The uppdrag has its six parts, five points, three competences it must have; "våren 2026" stays a season."""
    resa.dag(date(2025, 3, 12))
    resa.write_all("kansli", "Skriv uppdraget", "Uppdrag", UPPDRAG)
    resa.do("kansli", "Ange punkter, kompetenser och tidplan", RADER_I_UPPDRAGET, tab="Uppdrag")
    resa.says("kansli", "Uppdrag", "bedöm ersättning mellan regionerna", "Slutrapport: våren 2026", *UPPDRAG.values())
    page = resa.open("sekreterare", "Fastställ uppdraget")
    assert resa.advised(page) == []
    expect(page.locator(".checkpunkt[data-lage=klar]").filter(has_text="sex").first).to_be_visible()


def _nominate(resa: Scenarioresenar, first: str, last: str, key: str, role: str, region: str, more: Svar) -> None:
    known: Svar = {"Förnamn": first, "Efternamn": last, "E-post": f"{key}@exempel.se", "Roll i gruppen": role}
    home: Svar = {"Region": REGION[region]} if region else {}
    resa.do("kansli", "Nominera till arbetsgruppen", {**known, **home, "Tackat ja": True, **more})


def rad_7(resa: Scenarioresenar) -> None:
    """Ledningsgruppen fixes the uppdrag under point 3 and begins with the chair (M4-2)."""
    resa.dag(date(2025, 3, 14))
    _nominate(resa, "Karin", "Lind", "ordforande", "Ordförande", "kronoberg", {"Profession": "läkare", **KARIN})
    resa.dag(date(2025, 3, 20))
    meeting: Svar = {LG: "2025-03-20", PUNKT: "3"}
    resa.do("sekreterare", "Fastställ uppdraget", meeting)
    resa.do("sekreterare", "Utse ordförande", meeting)
    resa.says("kansli", "Arbetsgrupp", "Karin Lind", "10 % under 12 månader")
    assert resa.advised(resa.open("kansli", "Be om nomineringar")) == []


def rad_8(resa: Scenarioresenar) -> None:
    """No group until every region and every competence is there; Jonas Öberg's manager answers on 22 April."""
    resa.dag(date(2025, 3, 24))
    resa.do("kansli", "Be om nomineringar", {"Svar senast": "11 april 2025"})
    none = "Regionen har redan ordföranden."
    resa.do("samarbetsgrupp.kronoberg", "Svara att ingen nomineras", {"Varför nomineras ingen?": none})
    resa.dag(date(2025, 4, 2))
    agreed: Svar = {"Personen har stämt av med sin närmsta chef": True}
    for first, last, key, region, profession, skill in LEDAMOTER:
        chief: Svar = {"Personen är chef": True} if profession == "sjuksköterska" else {}
        known: Svar = {"Profession": profession, skill: True, **agreed, **chief}
        _nominate(resa, first, last, key, "Ledamot", region, known)
    _nominate(resa, "PNF", "1", "pnf.1", "Patient- eller närståendeföreträdare", "", {})
    economist: Svar = {"Profession": "ekonom", "ekonomi (bör finnas)": True, "Område": "Ekonomi", **agreed}
    _nominate(resa, "Eva", "Zetterlund", "eva.zetterlund", "Adjungerad", "", economist)
    doctor: Svar = {"Profession": "läkare", "allmänmedicin (ska finnas)": True, "Tillfrågad": True}
    _nominate(resa, "Jonas", "Öberg", "jonas.oberg", "Ledamot", "blekinge", doctor)
    resa.waits("sekreterare", "Utse arbetsgruppen", "Region Blekinge", "allmänmedicin")
    resa.dag(date(2025, 4, 22))
    page = resa.look("kansli", "Arbetsgrupp")
    page.get_by_role("row", name="Jonas Öberg").get_by_role("link", name="Uppdatera").click()
    resa.fill(page, {"Tackat ja": True, **agreed})
    resa.press(page, "Uppdatera nomineringen")
    resa.dag(date(2025, 4, 24))
    page = resa.open("sekreterare", "Utse arbetsgruppen")
    assert resa.advised(page) == []  # M6.5-1: the nurse is a manager
    resa.do("sekreterare", "Utse arbetsgruppen", {LG: "2025-04-24"})
    members = ("Omar Haddad", "Petra Wikström", "Åsa Ängquist", "Jonas Öberg")
    _stand_in_order(resa.main("ordforande", "Arbetsgrupp"), *members)
    page = resa.page("kansli")
    page.goto("/")
    page.get_by_role("link", name="Personer", exact=True).first.click()
    _stand_in_order(page.locator("main"), "Wikström", "Zetterlund", "Ängquist", "Öberg")


def _stand_in_order(shown: Locator, *names: str) -> None:
    text = shown.inner_text()
    order = [text.index(name) for name in names]
    assert order == sorted(order)


def rad_9(resa: Scenarioresenar) -> None:
    """Handed over and acknowledged; nuläge waits for the first meeting's words on follow-up; chefsamrådet is met."""
    resa.dag(date(2025, 5, 6))
    resa.do("kansli", "Överlämna uppdraget", {"Överlämnat den": "2025-05-06"})
    resa.do("ordforande", "Kvittera uppdraget")
    resa.waits("ordforande", "Börja med nuläget", "startmöte")
    resa.dag(date(2025, 5, 14))
    note = "Vad ni sade om uppföljningssätt och uppföljningsparametrar"
    resa.do("ordforande", "Anteckna startmötet", {"Startmötets datum": "14 maj 2025", note: FOLJER_UPP})
    resa.do("ordforande", "Börja med nuläget", why="Chefsamråd Internmedicin kontaktas den 20 maj.")
    resa.step_is("ordforande", "Nuläge")
    assert Paminnelseslag.CHEFSAMRAD in due(resa, date(2025, 5, 28))
    resa.dag(date(2025, 5, 20))
    met: Svar = {"Datum": "2025-05-20", "Chefsamråd": True, "Vem eller vilket chefsamråd": "Chefsamråd Internmedicin"}
    resa.do("ordforande", "Anteckna avstämning med linjen", met)
    assert Paminnelseslag.CHEFSAMRAD not in due(resa, date(2025, 5, 28))


def due(resa: Scenarioresenar, dag: date) -> set[Paminnelseslag]:
    """Return what would be reminded of on a day, as things stand."""
    return {one.regel.slag for one in forfallna(build_lage(resa.delprojekt), dag)}


RADER = {6: rad_6, 7: rad_7, 8: rad_8, 9: rad_9}
