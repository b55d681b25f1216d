"""What is written in the delprojekt under way. Only number and title of 28 are real; everything else is invented."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from delprojekt.demo.livslopp import Ide, Medlem, Slutrapport, Uppdrag
from delprojekt.process.roller import Roll


@dataclass(frozen=True)
class Texter:
    """All that one delprojekt needs, as far as it has come."""

    ide: Ide
    uppdrag: Uppdrag
    startmote: str = ""
    nulage: dict[str, str] = field(default_factory=dict)
    analys: dict[str, str] = field(default_factory=dict)
    rapport: Slutrapport = field(default_factory=Slutrapport)
    satser: tuple[str, ...] = ()


def _atgard(rubrik: str, text: str, undantrangning: str = "lag", **mer: object) -> dict[str, object]:
    judged = {"rimlighet": "God.", "genomforbarhet": "God.", "undantrangning": undantrangning}
    return {"rubrik": rubrik, "text": text, **judged, **mer}


UROLOGI = Texter(
    Ide(
        "Urologisk kirurgi",
        "chefsgrupper",
        "Få kirurger gör de ovanligare ingreppen, och väntetiderna skiljer sig åt.",
        "Samla ovanliga ingrepp där det finns erfarenhet av dem.",
        "Varje ingrepp ska göras av någon som gör det ofta.",
        "Färre komplikationer och kortare väntetider.",
        "Regionerna kan dela på operationstider och kompetens.",
        ("jamlikhet", "kompetensforsorjning"),
    ),
    Uppdrag(
        "Regionerna har olika tillgång till kirurger för ovanliga urologiska ingrepp.",
        "Vilka ingrepp bör göras på färre ställen?",
        "Akut kirurgi ingår inte.",
        ("beskriv nuläget i varje region", "föreslå fördelning av ingrepp", "föreslå gemensam uppföljning"),
        ("urologi", "operationssjuksköterska"),
        ("ekonomi",),
        (("Startmöte", "oktober 2023"), ("Nuläge", "hösten 2024"), ("Slutrapport", "hösten 2026")),
        (
            Medlem("Mats", "Rydell", "skane", ("urologi",), Roll.ORDFORANDE, befattning="Överläkare"),
            Medlem("Kerstin", "Falkenå", "blekinge", ("operationssjuksköterska",), profession="sjuksköterska"),
            Medlem("Leif", "Palmér", "halland", ("urologi",)),
            Medlem("Siri", "Hagman", "kronoberg", ("ekonomi",), profession="ekonom"),
        ),
    ),
    "Antal ingrepp per kirurg; väntetid; komplikationer.",
    {
        "nulage_verksamhet": "<p>Ovanliga ingrepp görs i dag i alla fyra regioner, men sällan i var och en.</p>",
        "nulage_perspektiv": "<p>Patienter reser hellre längre till någon som gör ingreppet ofta.</p>",
    },
    {
        "analys_verksamhet": "<p>Med färre operationsställen skulle varje kirurg göra ingreppen oftare.</p>",
        "analys_perspektiv": "<p>Resorna blir längre för några. Stöd till resor behöver ingå.</p>",
    },
    Slutrapport(
        "Gruppen föreslår att ovanliga ingrepp görs på två sjukhus, att operationstiderna delas och att resultaten "
        "följs i kvalitetsregister.",
        (
            _atgard("Ovanliga ingrepp på två sjukhus", "Två sjukhus gör ingreppen för alla fyra regioner."),
            _atgard("Delade operationstider", "Regionerna delar på tiderna efter behov.", "medel"),
            _atgard("Gemensam uppföljning", "Resultaten följs i kvalitetsregister varje år."),
        ),
        ("Antal ingrepp per kirurg", "Väntetid till operation"),
    ),
    (
        "göra ovanliga urologiska ingrepp på två sjukhus",
        "dela operationstider efter behov",
        "följa resultaten i kvalitetsregister varje år",
    ),
)

TOLKNING = Texter(
    Ide(
        "Tolkning på distans i vården",
        "samverkansgrupper",
        "Tolk på plats går inte alltid att få i tid, och möten ställs in.",
        "Ge patienter tolk i rätt tid i hela sjukvårdsregionen.",
        "Inget vårdmöte ska ställas in för att tolk saknas.",
        "Färre inställda möten.",
        "En gemensam bokning ger fler tolkar att välja bland.",
        ("tillganglighet", "jamlikhet"),
    ),
    Uppdrag(
        "Regionerna köper tolktjänster var för sig och bokar på olika sätt.",
        "Hur kan tolkning på distans bli lika lätt att få i alla regioner?",
        "Teckenspråkstolkning ingår inte.",
        ("beskriv nuläget i varje region", "föreslå gemensam bokning", "föreslå uppföljning"),
        ("akutsjukvård", "upphandling"),
        ("IT/informatik",),
        (("Startmöte", "januari 2025"), ("Nuläge", "våren 2025"), ("Slutrapport", "hösten 2026")),
        (
            Medlem("Nora", "Wester", "blekinge", ("akutsjukvård",), Roll.ORDFORANDE, befattning="Verksamhetschef"),
            Medlem("Jan", "Ottosson", "halland", ("upphandling",), profession="jurist"),
            Medlem("Vera", "Lindell", "kronoberg", ("akutsjukvård",), profession="sjuksköterska"),
            Medlem("Albin", "Rask", "skane", ("IT/informatik",), profession="informatiker"),
        ),
    ),
    "Antal inställda möten; andel möten med tolk i tid.",
    {
        "nulage_verksamhet": "<p>Alla regioner använder tolk på telefon. Tolk på video används i två regioner.</p>",
        "nulage_perspektiv": "<p>Patienter vill helst ha samma tolk vid flera besök.</p>",
    },
    {
        "analys_verksamhet": "<p>Bokningen är det svåra, inte tekniken.</p>",
        "analys_perspektiv": "<p>En gemensam bokning gör det lättare att få samma tolk igen.</p>",
    },
    Slutrapport(
        "Gruppen föreslår en gemensam bokning av tolk på distans och en kort vägledning till verksamheterna.",
        (
            _atgard("Gemensam bokning", "Alla regioner bokar tolk på distans på samma sätt."),
            _atgard("Gemensam vägledning", "En sida om när tolk på distans passar och inte passar."),
        ),
        ("Antal inställda möten", "Andel möten med tolk i tid"),
    ),
    ("införa gemensam bokning av tolk på distans", "använda gemensam vägledning för tolkning på distans"),
)

LAKEMEDEL = Texter(
    Ide(
        "Läkemedelsgenomgång vid utskrivning",
        "kunskapsstyrningen",
        "Äldre patienter skrivs ut med läkemedelslistor som inte stämmer.",
        "Få samma genomgång av läkemedel vid utskrivning i alla regioner.",
        "Alla patienter över 75 år ska ha en genomgången lista när de lämnar sjukhuset.",
        "Färre återinläggningar.",
        "Regionerna kan dela på mallar och utbildning.",
        ("jamlikhet", "helhetslosningar"),
    ),
    Uppdrag(
        "Sjukhusen gör genomgången på olika sätt och vid olika tidpunkter.",
        "Hur kan alla patienter få en genomgången lista i tid?",
        "Läkemedelsval inom en viss sjukdom ingår inte.",
        ("beskriv nuläget i varje region", "föreslå gemensamt arbetssätt", "föreslå uppföljning"),
        ("internmedicin", "farmaci"),
        ("allmänmedicin",),
        (("Startmöte", "november 2025"), ("Nuläge", "våren 2026"), ("Slutrapport", "våren 2027")),
        (
            Medlem("Karin", "Lind", "kronoberg", ("internmedicin",), Roll.ORDFORANDE, egen_nyckel="ordforande"),
            Medlem("Alva", "Brink", "blekinge", ("farmaci",), profession="apotekare"),
            Medlem("Per", "Östlund", "halland", ("allmänmedicin",)),
            Medlem("Noel", "Grip", "skane", ("farmaci",), profession="apotekare"),
        ),
    ),
    "Andel patienter med genomgången lista; återinläggningar.",
    {
        "nulage_verksamhet": "<p>Genomgången görs på alla sjukhus, men sällan av samma yrkesgrupp.</p>",
        "nulage_kompetens": "<p>Farmaceuter finns på de större sjukhusen, men inte på alla avdelningar.</p>"
        "<p>Där de finns går de igenom listan med patienten före hemgången, rättar det som har blivit fel sedan "
        "inskrivningen och ringer den vårdcentral som tar över, men på andra avdelningar gör läkaren det själv mellan "
        "två ronder. Alla registrerar LMG i journalen.</p>",
        "nulage_perspektiv": "<p>Patienter vill ha en lista som de förstår, och någon att ringa till.</p>",
    },
    {
        "analys_verksamhet": "<p>Genomgången blir gjord när någon bestämd har ansvar för den. "
        "I Skåne har avdelningsfarmaceuten det, och {} får en genomgången lista.</p>"
    },
)
FRAGAN = {"citat": "inte på alla avdelningar", "text": "Gäller det också på de mindre sjukhusen? @Karin Lind"}
SVARET = {"text": "Ja, enligt både Blekinge och Halland. Jag skriver till det."}
SIFFRAN = {
    "citat": "Alla registrerar LMG i journalen.",
    "text": "Här behövs en siffra och en källa, och LMG behöver förklaras.",
}
ANDRINGEN = {
    "fore": "<p>Farmaceuter finns på de större sjukhusen, men inte på alla avdelningar.</p>",
    "ord": "Farmaceuter finns på de större sjukhusen, men bara på en del av avdelningarna.",
    "text": "Läses lättare, och säger samma sak.",
}
"""What the group says of its own text."""
LISTAN = {
    "pastaende": "Andel över 75 år som skrivs ut med genomgången läkemedelslista",
    "enhet": "%",
    "period": "2025",
    "kalla": "pas",
    "uttag_date": date(2026, 5, 12),
}
LISTOR = (("blekinge", Decimal(41)), ("halland", Decimal("38.5")), ("skane", Decimal(52)))
"""Kronoberg has not answered yet."""

SMARTA = Texter(
    Ide(
        "Egenvård vid långvarig smärta",
        "politiker",
        "Stödet till egenvård skiljer sig mellan regionerna.",
        "Ge samma stöd till egenvård i alla regioner.",
        "Alla som får diagnosen ska erbjudas stöd inom tre månader.",
        "Fler klarar vardagen, och färre besök behövs.",
        "Regionerna kan ta fram material och utbildning tillsammans.",
        ("jamlikhet", "tillganglighet"),
    ),
    Uppdrag(
        "Regionerna har smärtskolor med olika innehåll och olika lång kö.",
        "Vilket stöd till egenvård bör alla erbjuda?",
        "Läkemedelsbehandling ingår inte.",
        ("beskriv nuläget i varje region", "föreslå gemensamt innehåll", "föreslå uppföljning"),
        ("smärtvård", "fysioterapi"),
        ("psykologi",),
        (("Startmöte", "juni 2026"), ("Nuläge", "våren 2027"), ("Slutrapport", "våren 2028")),
        (
            Medlem("Saga", "Ahlgren", "halland", ("smärtvård",), Roll.ORDFORANDE, befattning="Överläkare"),
            Medlem(
                "Ingrid",
                "Dahl",
                None,
                roll=Roll.PROCESSLEDARE,
                profession="sjuksköterska",
                egen_nyckel="processledare",
            ),
            Medlem("Tage", "Ros", "blekinge", ("fysioterapi",), profession="fysioterapeut"),
            Medlem("Ylva", "Stenmark", "kronoberg", ("psykologi",), profession="psykolog"),
            Medlem("Petra", "Wikström", "skane", egen_nyckel="ledamot"),
            Medlem("PNF", "1", None, roll=Roll.PATIENTFORETRADARE, profession="", egen_nyckel="patientforetradare"),
        ),
    ),
    "Andel som får stöd inom tre månader; hur de själva skattar vardagen.",
    {"nulage_verksamhet": "<p>Alla regioner har en smärtskola. Antalet platser och innehållet skiljer sig åt.</p>"},
)

RADIOLOGI = Texter(
    Ide(
        "Råd från radiologen till primärvården",
        "medarbetare",
        "Vårdcentraler skickar remisser som inte behövs, för att det inte går att fråga först.",
        "Låt vårdcentralerna fråga en radiolog innan de skickar remiss.",
        "Svar samma dag på en enkel fråga.",
        "Färre onödiga undersökningar.",
        "En gemensam rådgivning klarar sig med få radiologer.",
        ("tillganglighet", "ekonomi"),
    ),
    Uppdrag(
        "Radiologer är få, och ingen region har rådgivning till alla vårdcentraler.",
        "Hur kan vårdcentralerna få råd samma dag?",
        "Granskning av bilder ingår inte.",
        ("beskriv nuläget i varje region", "föreslå form för rådgivning", "föreslå uppföljning"),
        ("radiologi", "allmänmedicin"),
        ("röntgensjuksköterska",),
        (("Startmöte", "januari 2027"), ("Nuläge", "HT 2027"), ("Slutrapport", "våren 2028")),
        (
            Medlem("Oskar", "Fors", "kronoberg", ("radiologi",), Roll.ORDFORANDE, befattning="Överläkare"),
            Medlem("Linnea", "Gård", "skane", ("radiologi",), status="tillfragad"),
        ),
    ),
)
