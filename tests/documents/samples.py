"""Two whole documents of the acceptance scenario, as trees: an uppdrag and a long slutrapport. All is invented."""

from datetime import date

from delprojekt.documents.arbete import COSTS
from delprojekt.documents.plain import from_plain
from delprojekt.documents.tree import Chapter, Document, Empty, Facts, Html, NumberedPoints, Proposal, Slag, Table

REGIONS = ("Blekinge", "Halland", "Kronoberg", "Skåne")
PIXEL = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
QUESTIONS = (
    "Beskriv nuläget i varje region: hur många distansmöten hålls, mellan vilka verksamheter och med vad?",
    "Föreslå en gemensam mötesform med fasta tider och tydliga roller.",
    "Föreslå hur mötet journalförs så att rådet går att följa i efterhand.",
    "Bedöm hur ersättning mellan regionerna bör ske.",
    "Föreslå hur arbetet följs upp.",
)


_UPPDRAG = (
    Chapter(
        "bakgrund",
        "1",
        "Bakgrund",
        (
            Html(
                from_plain(
                    "Läkare på mindre sjukhus och vårdcentraler behöver ofta råd från en specialist. I dag "
                    "sker det per telefon, utan gemensamma tider och utan att rådet alltid dokumenteras.\n\n"
                    "Alla regioner har videoutrustning, men bokning, ersättning och journalföring skiljer sig åt."
                )
            ),
        ),
    ),
    Chapter(
        "syfte",
        "2",
        "Syfte och frågeställning/problembeskrivning",
        (
            Html(
                from_plain(
                    "Skapa ett gemensamt arbetssätt för kliniska distansmöten mellan sjukhusen.\n\n"
                    "### Mål\n\nVarje patient med behov av specialistråd ska kunna få det inom fem arbetsdagar.\n\n"
                    "### Förväntat utfall\n\n- Färre resor\n- Färre onödiga remisser\n- Snabbare besked"
                )
            ),
            Facts((("Målsättning", "Tillgänglighet\nKompetensförsörjning"), ("Samverkan", "Få räcker till fler."))),
        ),
    ),
    Chapter("uppdragspunkter", "3", "Specifika uppdragspunkter", (NumberedPoints(QUESTIONS),)),
    Chapter(
        "avgransningar",
        "4",
        "Avgränsningar i projektet",
        (Html(from_plain("Möten där patienten inte deltar med någon vårdgivare ingår inte.")),),
    ),
    Chapter(
        "arbetsgrupp",
        "5",
        "Arbetsgruppens sammansättning",
        (
            Html(from_plain("Gruppen ska vara tvärprofessionell. Kompetenserna ska eller bör finnas i gruppen.")),
            Table(
                "Kompetenser i arbetsgruppen",
                ("Kompetens", "Krav", "Kommentar"),
                (
                    ("Internmedicin", "Ska", "Från minst två regioner"),
                    ("Allmänmedicin", "Ska", ""),
                    ("Sjuksköterska", "Ska", "Med vana av mottagningsarbete"),
                    ("IT och informatik", "Bör", ""),
                    ("Ekonomi", "Bör", "Adjungeras vid behov"),
                ),
            ),
        ),
    ),
    Chapter(
        "tidplan",
        "6",
        "Tidplan",
        (
            Table(
                "Milstolpar",
                ("Milstolpe", "När"),
                (("Startmöte", "maj 2025"), ("Nuläge klart", "hösten 2025"), ("Slutrapport", "våren 2026")),
            ),
        ),
    ),
    Chapter("uppfoljning_start", "6b", "Tankar om uppföljning vid start", (Empty("Inget är skrivet här än."),)),
)


WRITTEN = (
    '<p>Som <a href="#tabell-b2">tabellen</a> visar ökar besöken<small>Se <a href="https://www.exempel.se/">statistiken'
    '</a>, <em>utgåva 2</em>.</small> på <dfn title="vård utan inläggning">dagvård</dfn>.<small>Räknat i hela dagar.'
    '</small> Mer i <a href="#kap-a">avsnittet</a>. <a href="#figur-c3">Figuren</a> visar var.</p>'
    "<ul><li>punkt med not<small>I en lista.</small></li></ul>"
    '<table id="tabell-b2"><caption>Besök per region</caption><thead><tr><th scope="col">Region</th><th scope="col">'
    'Antal<small>Med not i rubriken.</small></th></tr></thead><tbody><tr><th scope="row">Skåne</th><td>1&nbsp;480'
    '<small>I en cell.</small></td></tr></tbody><tfoot><tr><td colspan="2">Regionernas system, 2025</td></tr></tfoot>'
    "</table>"
    '<figure id="figur-c3"><img src="/media/a.png" alt="Karta"><figcaption>Var vården finns</figcaption></figure>'
    "<blockquote><p>Citat<small>Ur en intervju.</small></p></blockquote>"
)
"""All that the editor writes beyond plain text: footnotes, references, a fackord, a source, a figure."""


def uppdrag(**changes: object) -> Document:
    """Return the uppdrag of delprojekt 40; ``changes`` replace fields."""
    values: dict[str, object] = {
        "slag": Slag.UPPDRAG,
        "title": "Kliniska distansmöten",
        "number": "40",
        "part": "",
        "version": "1.0",
        "status_line": "Fastställt av ledningsgruppen 20 mars 2025",
        "is_draft": False,
        "date": date(2025, 3, 20),
        "dnr": "2025-O000123",
        "responsible": "Karin Lind, Region Kronoberg",
        "contact": "Maja Ek, Södra regionvårdsnämndens kansli",
        "regions": REGIONS,
        "chapters": _UPPDRAG,
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def slutrapport(**changes: object) -> Document:
    """Return a long slutrapport of delprojekt 40, with all that a report may hold; ``changes`` replace fields."""
    values: dict[str, object] = {
        "slag": Slag.SLUTRAPPORT,
        "version": "1.0",
        "status_line": "Godkänd av Södra regionvårdsnämnden 4 juni 2026 § 27",
        "date": date(2026, 6, 4),
        "chapters": (
            Chapter("sammanfattning", "", "Sammanfattning", (Html(_PROSE * 2),)),
            *uppdrag().chapters,
            _mirrored("nulage", "7", "Nuläge"),
            _mirrored("analys", "8", "Analys"),
            Chapter("forslag", "9", "Förslag", (Html(_PROSE), *(_proposal(number) for number in range(1, 6)))),
            Chapter("uppfoljning", "10", "Uppföljning", (_MEASURES,)),
            Chapter("vagval", "11", "Vägval, prioriteringar och mjuka resultat", (Html(_RICH),)),
            Chapter("referenser", "12", "Referenser och ordlista", (_REFERENCES, _GLOSSARY)),
            Chapter("faktabilaga", "", "Faktabilaga", (_long_table(),)),
        ),
    }
    return uppdrag(**(values | changes))


_PROSE = from_plain(
    "De fyra regionerna i Södra sjukvårdsregionen har olika förutsättningar för kliniska distansmöten. Utrustningen "
    "finns på samtliga sjukhus, men hur mötena bokas, vem som deltar och hur rådet dokumenteras bestäms av varje "
    "verksamhet för sig. Skillnaderna beror på bokningssystem, inte på behov.\n\nPatienter ≥ 65 år med flera samtidiga "
    "sjukdomar har störst nytta av ett samlat specialistråd: de slipper resor och får besked tidigare. Kostnaden är "
    "låg i förhållande till vinsten, men förutsätter överenskommelser om sekretess, journalföring och ersättning."
)
_RICH = (
    "<h4>Vad gruppen valde bort</h4><p>Ett <strong>gemensamt bokningssystem</strong> valdes bort, eftersom "
    "upphandlingen tar <em>minst tre år</em>.<sup>1</sup> CO<sub>2</sub>-utsläppen beräknades inte.</p>"
    "<blockquote><p>Det bästa var att vi lärde känna varandra över regiongränserna.</p></blockquote>"
    "<h3>Mjuka resultat</h3><ul><li>Ny kontaktväg<ul><li>mellan mottagningar</li><li>mellan jourlinjer</li></ul></li>"
    "<li>Gemensam <a href='https://exempel.se/ordlista'>ordlista</a></li></ul><ol start='3'><li>Tredje</li></ol>"
    "<table><caption>Möten som gruppen höll</caption><thead><tr><th>Datum</th><th colspan='2'>Plats och form</th></tr>"
    "</thead><tbody><tr><th>2025-05-14</th><td>Lund</td><td>på plats</td></tr><tr><th rowspan='2'>2025-09-02</th>"
    "<td>Växjö</td><td>på plats</td></tr><tr><td colspan='2'>övriga på distans</td></tr></tbody></table>"
    f"<figure><img src='{PIXEL}' alt='Karta över deltagande sjukhus'>"
    "<figcaption>Deltagande sjukhus</figcaption></figure>"
)
_REFERENCES = Html(
    from_plain(
        "1. Exempelmyndigheten. Upphandling av journalsystem: en vägledning. 2024.\n"
        "2. Exempelregistret. Årsrapport 2024, tabell 7. Hämtad 2025-11-03."
    )
)
_GLOSSARY = Facts(
    (
        ("Kliniskt distansmöte", "Möte på distans där minst två vårdgivare rådgör om en patient."),
        ("Självkostnad", "Vad en åtgärd kostar den som utför den, utan vinst."),
    )
)
_MEASURES = Table(
    "Parametrar för uppföljningen",
    ("Parameter", "Källa", "Utgångsvärde", "Mål"),
    (
        ("Distansmöten per månad", "Patientadministrativa system", "246", "500"),
        ("Andel inom fem arbetsdagar", "Remisstatistik", "61 %", "90 %"),
    ),
    "Arbetsgruppens sammanställning",
)
_PARTS = (
    ("patientgrupp", "Patientgrupp, incidens och prevalens"),
    ("verksamhet", "Verksamhet och produktion per region"),
    ("kompetens", "Kompetenstillgång"),
    ("tillganglighet", "Tillgänglighet och kvalitet"),
    ("perspektiv", "Patient- och närståendeperspektiv"),
    ("ekonomi", "Ekonomi"),
)


def _mirrored(prefix: str, number: str, heading: str) -> Chapter:
    """Return nuläge or analys with the six parts that mirror each other, and a table in the second."""
    figures = Table(
        "Distansmöten 2024, antal per region",
        ("Region", "Antal", "Per 1 000 invånare"),
        (
            ("Blekinge", "310", "2,0"),
            ("Halland", "540", "1,6"),
            ("Kronoberg", "620", "3,0"),
            ("Skåne", "1 480", "1,0"),
            ("Summa", "2 950", "1,4"),
        ),
        "regionernas patientadministrativa system, 2024",
    )
    return Chapter(
        prefix,
        number,
        heading,
        (Html(_PROSE),),
        tuple(
            Chapter(
                f"{prefix}_{key}",
                f"{number}.{index}",
                text,
                (Html(_PROSE), figures) if index == 2 else (Html(_PROSE),),
            )
            for index, (key, text) in enumerate(_PARTS, 1)
        ),
    )


_HEADINGS = (
    "Gemensamma fasta tider",
    "Gemensam mall för journalanteckning",
    "Ersättning enligt självkostnad per möte",
    "En samordnare per region",
    "Gemensam utbildning",
)


def _proposal(number: int) -> Proposal:
    costs = Table(
        "Grov kalkyl för samordnare",
        COSTS,
        (*((region, "Varje år", "190", "0,25 tjänst") for region in REGIONS), ("Summa", "Varje år", "760", "")),
    )
    return Proposal(
        number,
        _HEADINGS[number - 1],
        from_plain("Regionerna inför förslaget senast den 1 januari 2027. Ansvarig är verksamhetschefen."),
        rimlighet=from_plain("Utrustning och lokaler finns."),
        genomforbarhet=from_plain("Kan genomföras inom befintliga avtal."),
        narliggande=from_plain("Berör allmänmedicin och neurologi."),
        undantrangning=from_plain("Medel – samordnaren tar tid från mottagningen."),
        kalkyl=from_plain("Kostnaden bygger på självkostnad.") if number == 4 else "",
        kalkyltabell=costs if number == 4 else None,
        diskuterat="Chefsamråd Internmedicin 12 januari 2026",
    )


def _long_table() -> Table:
    return Table(
        "Distansmöten per månad och region 2022–2024",
        ("Månad", *REGIONS),
        tuple(
            (f"{year}-{month:02}", *(str(20 + (year * month * step) % 90) for step in (3, 5, 7, 11)))
            for year in (2022, 2023, 2024)
            for month in range(1, 13)
        ),
        "regionernas patientadministrativa system, uttag 2025-09-15",
    )
