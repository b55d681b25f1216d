"""Rows 10–14: delrapport, analysis, proposals, korrektur and samarbetsgruppen (§5.2–5.4.2)."""

import re
from datetime import date

from playwright.sync_api import expect

from delprojekt.demo import texter_40 as texter
from delprojekt.documents.plain import to_plain
from tests.browser.scenariot.resenar import REGION, SG, Scenarioresenar, Svar

MOTEN = {"blekinge": "310", "halland": "540", "kronoberg": "620", "skane": "1 480"}
UPPGIFT = "Distansmöten 2024"
SKILLNAD = "Skillnaderna beror på bokningssystem, inte på behov."
NULAGE = {
    "7.1": "Distansmöten gäller patienter som behöver ett specialistråd men inte en resa.",
    "7.2": "Alla regioner håller distansmöten, men på olika sätt.",
    "7.3": "Specialister i internmedicin finns på alla sjukhus.",
    "7.5": "Man vill slippa resa i onödan.",
    "7.6": "Två regioner tar inget betalt för råd.",
}
ANALYS = {
    "8.1": "Behovet väntas öka när fler äldre har flera sjukdomar samtidigt.",
    "8.2": SKILLNAD,
    "8.3": "Kompetensen räcker om specialisterna har avsatt tid.",
    "8.5": "Fasta tider minskar resorna.",
}
FORSLAG = (
    "Gemensamma fasta tider",
    "Gemensam mall för journalanteckning",
    "Ersättning enligt självkostnad per möte",
    "En samordnare per region",
    "Gemensam utbildning",
)
KONTAKT: Svar = {"Chefsamråd": True, "Vem eller vilket chefsamråd": "Chefsamråd Internmedicin"}
PARAMETRAR = (
    ("Möten per månad", "antal", "246", "500", ("0", "350", "500")),
    ("Svar inom fem arbetsdagar", "%", "61", "90", ("0", "70", "90")),
    ("Anteckning enligt mallen", "%", "0", "80", ("0", "50", "80")),
    ("Läkarnas nytta av mötena", "%", "0", "75", ("0", "50", "75")),
)


def rad_10(resa: Scenarioresenar) -> None:
    """The delrapport: a table with heading, sources and header cells, the number of each region; the step stays."""
    resa.dag(date(2025, 9, 23))
    resa.write_all("ordforande", "Skriv i rapporten", "Rapport", NULAGE)
    source: Svar = {"Källa": "Regionernas patientadministrativa system", "Period": "2024"}
    for region, number in MOTEN.items():
        fact: Svar = {"Påstående": UPPGIFT, "Värde": number, "Enhet": "möten", "Region": REGION[region]}
        where: Svar = {"Avsnitt i nuläget": "7.2 Verksamhet och produktion per region"}
        resa.do("ordforande", "Lägg till en faktauppgift", where | fact | source, tab="Gruppens arbete")
    page = resa.open("ordforande", "Ange vilka regioner som är med", tab="Gruppens arbete")
    for tick in page.locator("main").get_by_role("checkbox").all():
        tick.check()
    resa.press(page, "Ange vilka regioner som är med")
    resa.do("ordforande", "Lämna en delrapport", {"Vad delrapporten gäller": "Nuläget"})
    resa.dag(date(2025, 10, 7))
    told: Svar = {"Samarbetsgruppen": True, "Mötets datum": "7 oktober 2025", "Vad delrapporten gäller": "Nuläget"}
    resa.do("ordforande", "Redovisa en delrapport", told)
    resa.step_is("ordforande", "Nuläge")
    page = resa.look("samarbetsgrupp.skane", "Rapport")
    page.goto(f"{resa.address}dokument/delrapport/")
    table = page.get_by_role("table").filter(has_text=UPPGIFT)
    expect(table.locator("caption")).to_contain_text("Fakta om nuläget")
    heads = ["Påstående", "Region", "Värde", "Period", "Källa"]
    assert table.locator("thead th[scope=col]").all_inner_texts() == heads
    assert table.locator("tbody th[scope=row]").count() == 4
    expect(table.get_by_text("Regionernas patientadministrativa system")).to_have_count(4)
    cells = [re.sub(r"\D", "", text) for text in table.locator("tbody tr td:nth-of-type(2)").all_inner_texts()]
    assert [int(text) for text in cells] == [310, 540, 620, 1480]


def rad_11(resa: Scenarioresenar) -> None:
    """The analysis: 7.6 has none, which warns until the group leaves it out and says why."""
    resa.dag(date(2025, 10, 21))
    resa.do("ordforande", "Gå vidare till analys")
    resa.step_is("ordforande", "Analys")
    resa.dag(date(2025, 11, 18))
    resa.do("ordforande", "Anteckna avstämning med linjen", KONTAKT)
    resa.dag(date(2025, 12, 10))
    resa.write_all("ordforande", "Skriv i rapporten", "Rapport", ANALYS)
    section: Svar = {"Avsnitt i analysen": "8.2 Verksamhet och produktion per region"}
    resa.do("ordforande", "Lägg till en slutsats", {**section, "Slutsats": SKILLNAD}, tab="Gruppens arbete")
    orphans = resa.main("ordforande", "Gruppens arbete").locator(".ruta").filter(has_text="Nuläge utan analys")
    assert orphans.get_by_role("listitem").all_inner_texts() == ["7.6 Ekonomi"]
    advice = resa.advised(resa.open("ordforande", "Gå vidare till åtgärdsförslag"))
    assert len(advice) == 1
    assert "7.6 Ekonomi" in advice[0]
    why = "Gruppen utelämnar en egen analys. Ersättningen bedöms under åtgärdsförslag 3."
    left: Svar = {"Avsnitt i nuläget": "7.6 Ekonomi", "Varför": why}
    resa.do("ordforande", "Utelämna ett avsnitt", left, tab="Gruppens arbete")
    resa.says("ordforande", "Gruppens arbete", why)
    resa.do("ordforande", "Gå vidare till åtgärdsförslag")
    resa.step_is("ordforande", "Åtgärdsförslag")


def _proposal(title: str, **more: str | bool) -> Svar:
    base: Svar = {"Förslag": title, "Rimlighet": "God.", "Genomförbarhet": "God.", "Närliggande områden": "Primärvård."}
    met: Svar = {
        "Diskuterat med chefer och chefsamråd den": "2026-01-14",
        "Vilka chefer och chefsamråd": "Chefsamråd Internmedicin",
        f"1. {SKILLNAD}": True,
    }
    return {**base, "Risk för undanträngning": "Låg", **met, **more}


def rad_12(resa: Scenarioresenar) -> None:
    """Five proposals without a warning, a sixth with one; the costs of the fourth come to 760 tkr a year."""
    resa.dag(date(2026, 1, 14))
    resa.do("ordforande", "Anteckna avstämning med linjen", KONTAKT)
    resa.dag(date(2026, 1, 21))
    for number, title in enumerate(FORSLAG, 1):
        costs: Svar = {
            "Risk för undanträngning": "Medel",
            "Vad kan trängas undan?": "Samordnaren tar tid från mottagningen.",
            "Förslaget kräver medel": True,
        }
        more = costs if number == 4 else {}
        resa.do("ordforande", "Lägg till ett åtgärdsförslag", {**_proposal(title), **more})
    warning = resa.main("ordforande", "Rapport").locator(".ruta").filter(has_text="Fler än fem åtgärdsförslag")
    expect(warning).to_have_count(0)
    resa.do("ordforande", "Lägg till ett åtgärdsförslag", _proposal("Ett sjätte förslag"))
    page = resa.look("ordforande", "Rapport")
    expect(warning).to_be_visible()
    page.locator("section.kort").filter(has_text="Ett sjätte förslag").get_by_role("link", name="Ändra").click()
    resa.fill(page, {"Stryk förslaget ur rapporten": True})
    resa.press(page, "Ändra åtgärdsförslaget")
    expect(warning).to_have_count(0)
    card = page.locator("section.kort").filter(has_text="4. En samordnare per region")
    expect(card).to_contain_text("Medel. Samordnaren tar tid från mottagningen.")
    card.get_by_role("link", name="Grov kalkyl").click()
    for row in range(1, 5):
        assumed = "0,25 tjänst; 760 tkr per heltid"
        resa.fill(page, {f"Rad {row}: belopp i tkr": "190", f"Rad {row}: antagande": assumed})
    resa.press(page, "Skriv den grova kalkylen")
    expect(card).to_contain_text("760 tkr per år")
    what = "Vad valde ni, eller vad har samarbetet gett?"
    resa.do("ordforande", "Anteckna vägval eller mjukt resultat", {what: "Fasta tider.", "Varför?": "Jour tar tid."})
    soft: Svar = {"Mjukt resultat": True, what: "Läkarna känner varandra."}
    resa.do("ordforande", "Anteckna vägval eller mjukt resultat", soft)
    _follow_up(resa)
    resa.do("ordforande", "Anteckna att gruppen står bakom förslagen", {"Gruppens möte": "2026-01-21"})


def _follow_up(resa: Scenarioresenar) -> None:
    plan: Svar = {
        "Hur ska uppföljningen ske?": "Statistik och en enkät till läkare",
        "När?": "inom tolv månader efter nämndens godkännande",
        "Vem?": "Arbetsgruppens ordförande",
    }
    resa.do("ordforande", "Skriv förslag till uppföljning", plan)
    for name, unit, start, goal, limits in PARAMETRAR:
        one: Svar = {"Parameter": name, "Definition": "Alla fyra regioner.", "Källa": "PAS"}
        one |= {"Enhet": unit, "Utgångsvärde": start, "Mål": goal}
        for n, (word, limit) in enumerate(zip(("Röd", "Gul", "Grön"), limits, strict=True), 1):
            one |= {f"Målnivå {n}" + (" (sämst)" if n == 1 else ""): word, f"Målnivå {n}, gräns": limit}
        resa.do("ordforande", "Lägg till en uppföljningsparameter", one, tab="Rapport")


def _note_choices(resa: Scenarioresenar) -> None:
    for kind, text, _, why in texter.VAGVAL:
        label = "Vägval eller prioritering" if kind == "vagval" else "Mjukt resultat"
        said: Svar = {label: True, "Vad valde ni, eller vad har samarbetet gett?": text, "Varför?": why}
        resa.do("ordforande", "Anteckna vägval eller mjukt resultat", said, tab="Gruppens arbete")


def rad_13(resa: Scenarioresenar) -> None:
    """Lisa Norr reads the text, whose summary has LIX 41, and signs; then it is handed in without any advice."""
    resa.dag(date(2026, 2, 17))
    summary = to_plain(texter.SLUTRAPPORT["sammanfattning"])
    resa.write_all("ordforande", "Skriv i rapporten", "Rapport", {"Sammanfattning": summary})
    page = resa.look("kommunikator", "Rapport")
    page.get_by_text("Läsbarhet per avsnitt").first.click()
    row = page.get_by_role("row", name="Sammanfattning")
    assert row.get_by_role("cell").nth(1).inner_text() == "41"
    resa.dag(date(2026, 2, 24))
    page = resa.open("kommunikator", "Anteckna korrekturläsning", {"Kommentar": "Texten är godkänd."})
    for tick in page.get_by_role("group", name="Genomgånget").get_by_role("checkbox").all():
        tick.check()
    resa.send(page, "Anteckna korrekturläsning")
    _note_choices(resa)
    resa.dag(date(2026, 2, 26))
    page = resa.open("ordforande", "Lämna slutrapporten till samarbetsgruppen")
    assert resa.advised(page) == []
    signed = page.locator(".checkpunkt[data-lage=klar]").filter(has_text="Kommunikatören har korrekturläst")
    expect(signed).to_be_visible()
    resa.do("ordforande", "Lämna slutrapporten till samarbetsgruppen")


def rad_14(resa: Scenarioresenar) -> None:
    """Samarbetsgruppen: Kronoberg wants a ceiling, the others have nothing to add; it goes to ledningsgruppen."""
    resa.dag(date(2026, 3, 10))
    ceiling = "Punkt 3 behöver ett tydligt kostnadstak."
    for region in REGION:
        said: Svar = {"Synpunkter": True, "Synpunkt": ceiling} if region == "kronoberg" else {"Inget att erinra": True}
        resa.do(f"samarbetsgrupp.{region}", "Lämna regionens synpunkt", said)
    resa.do("kansli", "Anteckna samarbetsgruppens behandling", {SG: "2026-03-10"})
    resa.do("kansli", "Lämna slutrapporten till ledningsgruppen")
    resa.step_is("kansli", "Ledningsgrupp")
    resa.says("ledningsgrupp.kronoberg", "Rapport", ceiling)


RADER = {10: rad_10, 11: rad_11, 12: rad_12, 13: rad_13, 14: rad_14}
