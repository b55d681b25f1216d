"""By clicking only: a delprojekt goes through all eleven steps, each by the right role, and the PDFs are valid."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from delprojekt.actions import jobb
from delprojekt.models import Delprojekt, Dokumentjobb
from delprojekt.process.steg import Steg
from tests.browser.resa import Resenar
from tests.documents.verapdf import PDF_A, PDF_UA, failures
from tests.world import PDF, REGIONER, everybody

pytestmark = pytest.mark.django_db(transaction=True)
NAMN = {
    "blekinge": "Region Blekinge",
    "halland": "Region Halland",
    "kronoberg": "Region Kronoberg",
    "skane": "Region Skåne",
}
LG = "Ledningsgruppens möte"
SG = "Samarbetsgruppens möte"
PEOPLE = (
    ("Karin", "Lind", "ordforande", "Ordförande", "Region Kronoberg"),
    ("Petra", "Wikström", "ledamot", "Ledamot", "Region Skåne"),
    ("Reg", "Blekinge", "region.blekinge", "Ledamot", "Region Blekinge"),
    ("Reg", "Halland", "region.halland", "Ledamot", "Region Halland"),
)


def work() -> None:
    """Do what the worker does with the jobs that wait."""
    for pk in Dokumentjobb.objects.filter(lage="vantar").values_list("pk", flat=True):
        jobb.make_document(pk)


@pytest.fixture
def resa(contexts: Callable[..., BrowserContext]) -> Resenar:
    everybody()
    return Resenar(contexts)


def to_uppdrag(resa: Resenar) -> None:
    page = resa.page("medarbetare")
    page.get_by_role("link", name="Lämna ett förslag").first.click()
    resa.fill(page, {"Titel": "Kliniska distansmöten", "Varifrån kommer förslaget?": "Medarbetare"})
    resa.fill(
        page,
        {"Vilket problem ska lösas?": "Råd ges per telefon.", "Positiva effekter av samverkan": "Få räcker till fler."},
    )
    page.get_by_role("button", name="Spara utkastet").click()
    resa.address = page.url
    resa.do("medarbetare", "Skicka in förslaget")
    resa.do("direktor", "Utse kontaktperson", {"Kontaktperson på kansliet": "Maja Ek"})
    resa.do("kansli", "Börja bereda")
    resa.step_is("kansli", "Beredning")
    for region in REGIONER:
        resa.do(
            f"samarbetsgrupp.{region}",
            "Ange regionens behov",
            {"Ja": True, "Vem i regionen har sagt det?": "Chefläkaren"},
        )
    why = "Syfte och mål tas fram i uppdraget."
    resa.do(
        "kansli",
        "Stäm av med samarbetsgruppen",
        {SG: "2026-02-10", "Samarbetsgruppens synpunkt": "Tillstyrker."},
        why=why,
    )
    resa.do("kansli", "Anmäl till ledningsgruppen", {LG: "26 februari 2026", "Punkt på dagordningen": "4"}, why=why)
    resa.do("sekreterare", "Besluta om uppstart", {LG: "26 februari 2026", "Punkt på dagordningen": "4"})
    resa.step_is("sekreterare", "Uppdrag")


def to_nulage(resa: Resenar) -> None:
    texts = {
        "Bakgrund": "Alla har video.\n\n- bokning\n- ersättning",
        "Syfte": "Ett gemensamt arbetssätt.",
        "Avgränsningar": "Inte patientmöten.",
    }
    resa.write("kansli", "Skriv uppdraget", "Uppdrag", texts)
    resa.do(
        "kansli",
        "Ange punkter, kompetenser och tidplan",
        {
            "Specifika uppdragspunkter": "Beskriv nuläget\nFöreslå mötesform",
            "Kompetenser som ska finnas i gruppen": "Internmedicin",
            "Tidplan": "Slutrapport: våren 2027",
        },
        tab="Uppdrag",
    )
    resa.do("sekreterare", "Fastställ uppdraget", {LG: "2026-03-20", "Punkt på dagordningen": "3"})
    together = "Ordförande och ledamöter nomineras i samma omgång."
    resa.do("kansli", "Be om nomineringar", {"Svar senast": "15 december 2026"}, why=together)
    for first, last, account, role, region in PEOPLE:
        fill: dict[str, str | bool] = {
            "Förnamn": first,
            "Efternamn": last,
            "E-post": f"{account}@exempel.se",
            "Roll i gruppen": role,
            "Region": region,
            "Tackat ja": True,
        }
        if role == "Ordförande":
            fill |= {"Internmedicin (ska finnas)": True, "Avsatt tid": "10 %"}
        resa.do("kansli", "Nominera till arbetsgruppen", fill)
    resa.do("sekreterare", "Utse ordförande", {LG: "2026-03-20"}, why="Karin Lind är känd i alla regioner.")
    resa.do("sekreterare", "Utse arbetsgruppen", {LG: "2026-04-24"}, why="Patientföreträdare utses senare.")
    resa.do("kansli", "Överlämna uppdraget", {"Överlämnat den": "2026-05-06"})
    resa.do("ordforande", "Kvittera uppdraget")
    note = "Vad ni sade om uppföljningssätt och uppföljningsparametrar"
    resa.do("ordforande", "Anteckna startmötet", {"Startmötets datum": "2026-05-14", note: "Antal möten per månad."})
    resa.do("ordforande", "Börja med nuläget", why="Chefsamrådet kontaktas nästa vecka.")
    resa.step_is("ordforande", "Nuläge")


def to_ledningsgrupp(resa: Resenar) -> None:
    resa.write("ordforande", "Skriv i rapporten", "Rapport", {"7.3 Kompetenstillgång": "Två specialister saknas."})
    resa.do("ordforande", "Gå vidare till analys", why="Patienternas synpunkter hämtas in under analysen.")
    resa.write("ordforande", "Skriv i rapporten", "Rapport", {"8.3 Kompetenstillgång": "Bokningen skiljer sig åt."})
    resa.do("ordforande", "Gå vidare till åtgärdsförslag", why="Avstämningen görs med åtgärdsförslagen.")
    proposal: dict[str, str | bool] = {
        "Förslag": "Införa gemensamma fasta tider",
        "Rimlighet": "God",
        "Genomförbarhet": "God",
        "Risk för undanträngning": "Låg",
        "Diskuterat med chefer och chefsamråd den": "2026-09-01",
        "Vilka chefer och chefsamråd": "Chefsamråd Internmedicin",
    }
    resa.do("ordforande", "Lägg till ett åtgärdsförslag", proposal)
    plan: dict[str, str | bool] = {
        "Hur ska uppföljningen ske?": "Enkät",
        "När?": "2027",
        "Vem?": "Ordföranden",
    }
    resa.do("ordforande", "Skriv förslag till uppföljning", plan)
    resa.do("ordforande", "Lägg till en uppföljningsparameter", {"Parameter": "Antal möten"}, tab="Rapport")
    resa.write("ordforande", "Skriv i rapporten", "Rapport", {"Sammanfattning": "Vi föreslår fasta tider."})
    read = ("Språket är klart och begripligt för den som inte är fackkunnig", "Kapitel och rubriker är tydliga")
    proof: dict[str, str | bool] = {"Korrekturläst den": "2026-09-10"} | dict.fromkeys(read, True)
    resa.do("kommunikator", "Anteckna korrekturläsning", proof)
    resa.do("ordforande", "Lämna slutrapporten till samarbetsgruppen", why="Gruppen har sagt ja per mejl.")
    for region in REGIONER:
        resa.do(f"samarbetsgrupp.{region}", "Lämna regionens synpunkt", {"Inget att erinra": True})
    resa.do("kansli", "Anteckna samarbetsgruppens behandling", {SG: "2026-09-20"})
    resa.do("kansli", "Lämna slutrapporten till ledningsgruppen")
    resa.step_is("kansli", "Ledningsgrupp")


def to_huvudmansbeslut(resa: Resenar) -> None:
    resa.do("sekreterare", "Anteckna presentationen", {LG: "2026-10-01", "Föredragande": "Karin Lind"})
    resa.do("sekreterare", "Skriv beslutsförslaget", {"Att-sats 1": "införa gemensamma fasta tider"})
    for region in REGIONER:
        resa.do(f"ledningsgrupp.{region}", "Lämna regionens ställning", {"Enig": True})
    resa.do("sekreterare", "Lämna beslutsförslaget till nämnden", {LG: "2026-10-01"})
    resa.step_is("styrgrupp", "Nämnd")
    resa.do(
        "namndsekreterare",
        "Anteckna politiska styrgruppens beredning",
        {"Politiska styrgruppens möte": "2026-10-12", "Styrgruppens notering": "Styrgruppen ställer sig bakom."},
    )
    resa.do(
        "namndsekreterare",
        "Godkänn slutrapporten och rekommendera",
        {"Nämndens sammanträde": "2026-10-20", "Paragraf": "27"},
    )
    resa.step_is("namndsekreterare", "Huvudmansbeslut")


def to_inforande(resa: Resenar, tmp_path: Path) -> None:
    resa.do("namndsekreterare", "Anteckna expediering", {"Expedierat den": "2026-10-25"})
    (tmp_path / "utdrag.pdf").write_bytes(PDF)
    page = resa.look("region.halland")
    page.locator("main").get_by_role("link", name="Lämna regionens beslut", exact=True).first.click()
    resa.fill(
        page,
        {
            "Politisk nivå": True,
            "Beslutsdatum": "2026-11-02",
            "Organ eller befattning": "Regionstyrelsen",
            "Paragraf": "214",
        },
    )
    page.get_by_label("1. införa gemensamma fasta tider").select_option(label="Bifall")
    page.get_by_label("Protokollsutdrag eller undertecknat beslut").set_input_files(tmp_path / "utdrag.pdf")
    page.get_by_role("button", name="Lämna regionens beslut", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Region Halland beslutade")
    page = resa.look("kansli", "Regioner")
    page.get_by_role("link", name="Granska").click()
    for point in page.get_by_role("group", name="Kryssa i det som stämmer").get_by_role("checkbox").all():
        point.check()
    page.get_by_label("Handlingen stämmer", exact=True).check()
    page.get_by_role("button", name="Granska", exact=True).click()
    page.get_by_role("button", name="Bekräfta", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Handlingen från Region Halland verifierades")
    resa.do("kansli", "Börja införandet", why="Tre regioner beslutar senare.")
    resa.step_is("region.skane", "Införande")


def to_avslutat(resa: Resenar) -> None:
    resa.do("region.halland", "Rapportera regionens införande", {"1. införa gemensamma fasta tider": "Pågår"})
    resa.do("kansli", "Fråga någon om att göra uppföljningen", {"Vem frågar du?": "Karin Lind, arbetsgruppen"})
    resa.do(
        "ordforande",
        "Svara på frågan om uppföljning",
        {"Ja": True},
        tab="Uppföljning",
        link="Svara på frågan till Karin Lind",
    )
    resa.do("kansli", "Börja uppföljningen", why="Uppföljningen kan inte vänta på alla.")
    resa.do("ordforande", "Fyll i mätvärden", {"Period": "oktober 2026", "Antal möten": "512"}, tab="Uppföljning")
    result: dict[str, str | bool] = {
        "Insats: vad har gjorts?": "Fasta tider är införda.",
        "Effekt: vad har det gett?": "Råd ges snabbare.",
        "Vad säger patienter och närstående?": "De är nöjda.",
    }
    resa.do("ordforande", "Fyll i uppföljningens resultat", result, tab="Uppföljning")
    resa.write("ordforande", "Skriv uppföljningsrapporten", "Översikt", {"13.7 Slutsats": "Målen är nådda."})
    resa.do("ordforande", "Lämna uppföljningsrapporten")
    for body in ("Samarbetsgruppen", "Ledningsgruppen", "Nämnden"):
        resa.do("kansli", "Anteckna en redovisning", {body: True, "Mötets datum": "2026-11-22", "Skriftligt": True})
    end = "Varför ingen ytterligare uppföljning behövs"
    resa.do(
        "kansli",
        "Avsluta delprojektet",
        {"Ledningsgruppen": True, "Mötets datum": "2026-11-22", end: "Målen är nådda."},
    )


@pytest.mark.lang
def test_a_delprojekt_goes_from_idea_to_end_by_clicking_and_its_pdfs_are_valid(resa: Resenar, tmp_path: Path) -> None:
    to_uppdrag(resa)
    to_nulage(resa)
    to_ledningsgrupp(resa)
    to_huvudmansbeslut(resa)
    to_inforande(resa, tmp_path)
    to_avslutat(resa)
    expect(resa.look("kansli").locator(".statusmening")).to_contain_text("Avslutat")
    assert Delprojekt.objects.get().steg == Steg.AVSLUTAT
    uppdrag = resa.download("ledamot", "Uppdrag", "Uppdrag som dokument", tmp_path, work)
    slutrapport = resa.download("region.skane", "Rapport", "Slutrapport som dokument", tmp_path, work)
    for path, name in ((uppdrag, "1_uppdrag_1.0.pdf"), (slutrapport, "1_slutrapport_1.0.pdf")):
        assert path.name == name
        assert failures(path.read_bytes(), PDF_A) == {}
        assert failures(path.read_bytes(), PDF_UA) == {}
