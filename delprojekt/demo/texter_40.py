"""What is written in delprojekt 40, Kliniska distansmöten: the texts of the scenario, and sections around them."""

from datetime import date
from decimal import Decimal

FORSLAG = {
    "benamning": "Kliniska distansmöten",
    "ursprung": "chefsgrupper",
    "problem": (
        "Läkare på mindre sjukhus och vårdcentraler behöver ofta råd från en specialist. I dag sker det per telefon, "
        "utan gemensamma tider och utan att rådet alltid dokumenteras."
    ),
}

BEREDD = {
    "syfte": "Skapa ett gemensamt arbetssätt för kliniska distansmöten mellan sjukhus i de fyra regionerna.",
    "mal": "Varje patient med behov av specialistråd ska kunna få det inom fem arbetsdagar.",
    "forvantat_utfall": "Färre resor, färre onödiga remisser och snabbare besked.",
    "effekter": "Specialister som är få kan räcka till fler.",
    "malsattningar": ["tillganglighet", "kompetensforsorjning"],
    "kriterier": ["tillganglighet", "kompetensforsorjning"],
}

KONTAKTER = (
    (
        date(2025, 1, 27),
        "rpo-medicinsk-diagnostik",
        "Berörs området?",
        "Ja, vid bedömning av bilder på distans.",
    ),
    (
        date(2025, 1, 30),
        "rsg-strukturerad-vardinformation",
        "Kan en gemensam mall för journalanteckning användas?",
        "Ja, om den är kort.",
    ),
    (
        date(2025, 2, 3),
        "rsg-medicinteknik",
        "Räcker utrustningen?",
        "Ja, alla regioner har videoutrustning.",
    ),
)
"""Whom kansliet asked in beredningen: when, which body, question, answer."""

UNDERLAG = {
    "forslag_till_beslut": "uppstart",
    "resursbehov": "Processtöd från kansliet och tio procents tid för en ordförande under tolv månader.",
    "paverkar_priser": False,
    "storre": False,
    "organ_berorda": ["rpo-medicinsk-diagnostik", "rsg-strukturerad-vardinformation", "rsg-medicinteknik"],
}

INTERVJU = {
    "malgrupp": "Läkare och chefer i regionerna",
    "kanal": "Nyhetsbrev och webb",
    "nar": "maj 2025",
    "ansvarig": "Lisa Norr",
}
"""The first activity of the kommunikationsplan, as the communicator plans it."""

UPPDRAG = {
    "bakgrund": """
<p>Alla regioner har videoutrustning, men bokning, ersättning och journalföring skiljer sig åt.</p>
<p>Läkare på mindre sjukhus och vårdcentraler behöver ofta råd från en specialist. I dag sker det per telefon, utan
gemensamma tider och utan att rådet alltid dokumenteras. Chefsamråd Internmedicin lämnade därför ett förslag i januari
2025. Samarbetsgruppen tillstyrkte det och bad om en avgränsning mot digitala patientmöten.</p>
""",
    "syfte": """
<p><strong>Syfte:</strong> Skapa ett gemensamt arbetssätt för kliniska distansmöten mellan sjukhus i de fyra
regionerna.</p>
<p><strong>Mål:</strong> Varje patient med behov av specialistråd ska kunna få det inom fem arbetsdagar.</p>
<p><strong>Förväntat utfall:</strong> Färre resor, färre onödiga remisser och snabbare besked.</p>
<p><strong>Effekter av samverkan:</strong> Specialister som är få kan räcka till fler.</p>
<p><strong>Frågeställning:</strong> Hur kan kliniska distansmöten bli en del av vardagen i hela
sjukvårdsregionen?</p>
""",
    "avgransningar": "<p>Möten där patienten inte deltar med någon vårdgivare ingår inte.</p>",
}

PUNKTER = [
    "beskriv nuläget i varje region",
    "föreslå gemensam mötesform",
    "föreslå hur mötet journalförs",
    "bedöm ersättning mellan regionerna",
    "föreslå uppföljning",
]
KOMPETENS_SKA = ["internmedicin", "allmänmedicin", "sjuksköterska"]
KOMPETENS_BOR = ["IT/informatik", "ekonomi"]
MILSTOLPAR = [("Startmöte", "maj 2025"), ("Nuläge", "HT 2025"), ("Slutrapport", "våren 2026")]

UPPFOLJNING_VID_START = "Antal distansmöten per månad och region; andel inom fem arbetsdagar; enkät till läkare."

NULAGE = {
    "tankar_om_uppfoljning": f"<p>Vid startmötet den 14 maj 2025 sade gruppen: {UPPFOLJNING_VID_START}</p>",
    "nulage": """
<p>Gruppen har frågat alla fyra regioner på samma sätt och räknat ett möte när en läkare har fått råd av en specialist
på ett annat sjukhus via video och rådet gällde en bestämd patient.</p>
""",
    "nulage_patientgrupp": """
<p>Distansmöten gäller patienter som behöver ett specialistråd men inte en resa. De är ofta äldre och har flera
sjukdomar samtidigt. Behovet finns i alla fyra regioner och är störst där det är långt till ett större sjukhus.</p>
""",
    "nulage_verksamhet": """
<p>Alla regioner håller distansmöten, men på olika sätt. Ingen region har fasta tider för alla specialiteter.</p>
<table>
<caption>Distansmöten 2024, antal per region</caption>
<thead><tr><th scope="col">Region</th><th scope="col">Antal möten</th></tr></thead>
<tbody>
<tr><th scope="row">Blekinge</th><td>310</td></tr>
<tr><th scope="row">Halland</th><td>540</td></tr>
<tr><th scope="row">Kronoberg</th><td>620</td></tr>
<tr><th scope="row">Skåne</th><td>1\u00a0480</td></tr>
<tr><th scope="row">Hela sjukvårdsregionen</th><td>2\u00a0950</td></tr>
</tbody>
</table>
<p>Källa: regionernas patientadministrativa system, 2024.</p>
<p>Det blir i snitt 246 möten i månaden.</p>
""",
    "nulage_kompetens": """
<p>Specialister i internmedicin finns på alla sjukhus. De som arbetar med ovanliga sjukdomar är få och finns oftast
bara på ett eller två sjukhus. De svarar på frågor mellan andra uppgifter, eftersom tiden inte är avsatt.</p>
""",
    "nulage_tillganglighet": """
<p>61 procent av frågorna får svar inom fem arbetsdagar. Målet är att alla ska få det. Vissa får svar samma dag, andra
väntar i flera veckor. Rådet skrivs inte alltid i journalen, och då kan nästa läkare inte läsa det.</p>
""",
    "nulage_perspektiv": """
<p>Patientföreträdaren i gruppen har lyft tre saker: man vill veta vem som har gett rådet, slippa resa i onödan och få
samma råd oavsett var man bor.</p>
""",
    "nulage_ekonomi": """
<p>Regionerna ersätter varandra på olika sätt. Två regioner tar inget betalt för råd, två fakturerar per möte enligt
egna prislistor. Resorna betalas av patientens region.</p>
""",
}

ANALYS = {
    "analys": "<p>Analysen följer samma ordning som nuläget.</p>",
    "analys_patientgrupp": """
<p>Behovet väntas öka när fler äldre har flera sjukdomar samtidigt. Regionerna skiljer sig inte åt i behov, bara i
avstånd.</p>
""",
    "analys_verksamhet": """
<p>Skillnaderna beror på bokningssystem, inte på behov. Där läkaren själv kan boka en tid hålls fler möten. Där varje
möte måste ordnas per telefon blir det inte av.</p>
""",
    "analys_kompetens": """
<p>Kompetensen räcker om specialisterna har avsatt tid. Utan fasta tider är verksamheten sårbar: en enda frånvarande
specialist gör att frågorna blir liggande.</p>
""",
    "analys_tillganglighet": """
<p>Väntan beror mer på hur frågan ställs än på hur svår den är. Frågor till en bokad tid får svar inom fem arbetsdagar.
Frågor per telefon får det sällan.</p>
""",
    "analys_perspektiv": """
<p>Det patienterna önskar går att ordna gemensamt: fasta tider minskar resorna, och en gemensam journalmall visar vem
som har gett rådet.</p>
""",
}

FAKTA = (("blekinge", 310), ("halland", 540), ("kronoberg", 620), ("skane", 1480))
"""Distansmöten 2024."""

SLUTSATSER = {
    "analys_verksamhet": "Skillnaderna mellan regionerna beror på bokningssystem, inte på behov.",
    "analys_kompetens": "Kompetensen räcker bara om specialisterna har avsatt tid.",
    "analys_tillganglighet": "Rådet måste skrivas på samma sätt i alla journaler.",
    "analys_perspektiv": "Ersättningen får inte göra att någon avstår från att fråga.",
}

ANTAGANDE_40 = "0,25 tjänst; 760 tkr per heltid"
VAGVAL = (
    (
        "vagval",
        "Fasta tider på dagtid",
        "Gemensam jour dygnet runt",
        "Jouren skulle ta tid från mottagningarna utan snabbare svar på dagtid.",
    ),
    ("mjukt_resultat", "Läkarna känner varandra över regiongränserna och ringer hellre.", "", ""),
)

UTELAMNAR_EKONOMI = (
    "Gruppen utelämnar en egen analys av avsnitt 7.6 Ekonomi. Ersättningen bedöms i stället under åtgärdsförslag 3."
)

SLUTRAPPORT = {
    "sammanfattning": """
<p>Läkare på mindre sjukhus och vårdcentraler behöver ofta råd från en specialist. Under 2024 höll regionerna
2\u00a0950 distansmöten, men på olika sätt. 61 procent av frågorna fick svar inom fem arbetsdagar. Skillnaderna beror på
bokningssystem, inte på behov.</p>
<p>Arbetsgruppen föreslår att regionerna inför fasta tider, använder samma mall i journalen och ersätter varandra
enligt självkostnad. Varje region utser en samordnare och deltar i en gemensam utbildning. Samordnarna
kostar 760\u00a0tkr per år.</p>
<p>Om ett år ska arbetet följas upp. Då ska 90 procent av frågorna få svar inom fem arbetsdagar.</p>
""",
    "vagval": """
<p>Gruppen prövade en gemensam jour dygnet runt men valde bort den. Den skulle ta tid från mottagningarna utan att ge
snabbare svar på dagtid. Samarbetet har redan gett något som inte syns i siffrorna: läkarna känner varandra och
ringer hellre.</p>
""",
    "referenser": """
<p><strong>Kliniskt distansmöte:</strong> ett möte på video där en läkare får råd av en specialist på ett annat sjukhus
om en bestämd patient.</p>
<p><strong>Självkostnad:</strong> det som mötet kostar den region som ger rådet, utan påslag.</p>
""",
}

_DISKUTERAT = {"diskuterat_med": "Chefsamråd Internmedicin"}
ATGARDER = (
    {
        "rubrik": "Gemensamma fasta tider",
        "vem": "Verksamhetscheferna",
        "nar": "senast hösten 2027",
        "text": "Varje specialitet har fasta tider varje vecka som läkare i alla regioner kan boka själva.",
        "rimlighet": "God. Tiderna ersätter telefonsamtal som redan tas.",
        "genomforbarhet": "God. Bokningen finns i de system som regionerna har.",
        "narliggande": "Primärvården kan använda samma tider.",
        "undantrangning": "lag",
        **_DISKUTERAT,
    },
    {
        "rubrik": "Gemensam mall för journalanteckning",
        "vem": "Verksamhetscheferna",
        "nar": "senast hösten 2027",
        "text": "Rådet skrivs i patientens journal enligt samma mall i alla regioner, samma dag som mötet.",
        "rimlighet": "God. Anteckningen görs redan, men olika.",
        "genomforbarhet": "God om mallen hålls kort.",
        "narliggande": "Regional samverkansgrupp Strukturerad vårdinformation.",
        "undantrangning": "lag",
        **_DISKUTERAT,
    },
    {
        "rubrik": "Ersättning enligt självkostnad per möte",
        "vem": "Avtalsgruppen",
        "nar": "senast hösten 2027",
        "text": "Den region som frågar ersätter den region som svarar med mötets självkostnad.",
        "rimlighet": "God. Ersättningen blir lika i alla regioner.",
        "genomforbarhet": "Kräver att regionerna räknar självkostnaden på samma sätt.",
        "narliggande": "Avtalsgruppen.",
        "undantrangning": "lag",
        **_DISKUTERAT,
    },
    {
        "rubrik": "En samordnare per region",
        "vem": "Varje region",
        "nar": "senast hösten 2027",
        "text": "Samordnaren håller ordning på tider och bokningar och svarar på frågor från verksamheterna.",
        "rimlighet": "God.",
        "genomforbarhet": "God. Uppdraget ryms på en fjärdedels tjänst.",
        "narliggande": "Regionernas vårdsamordnare.",
        "undantrangning": "medel",
        "undantrangning_text": "Samordnaren tar tid från mottagningen.",
        "kraver_medel": True,
        **_DISKUTERAT,
    },
    {
        "rubrik": "Gemensam utbildning",
        "vem": "Samordnarna",
        "nar": "senast hösten 2027",
        "text": "En kort utbildning om arbetssättet för läkare och sjuksköterskor, digitalt en gång per termin.",
        "rimlighet": "God.",
        "genomforbarhet": "God.",
        "narliggande": "Regionernas övriga utbildningar i digitala arbetssätt.",
        "undantrangning": "lag",
        **_DISKUTERAT,
    },
)

_PAS = "Regionernas patientadministrativa system"
PARAMETRAR = (
    {
        "namn": "Antal distansmöten per månad och region",
        "definition": "Möten på video där en läkare har fått råd av en specialist om en bestämd patient.",
        "kalla": _PAS,
        "enhet": "möten",
        "riktning": "hogre",
        "utgangsvarde": Decimal(246),
        "malvarde": Decimal(500),
        "frekvens": "manad",
        "geografi": "region",
        "uppdelning": ["geografi"],
        "nivaer": ["Röd", "Gul", "Grön"],
        "granser": [Decimal(0), Decimal(350), Decimal(500)],
    },
    {
        "namn": "Andel frågor som får svar inom fem arbetsdagar",
        "definition": "Frågor till en specialist i en annan region.",
        "taljare": "frågor med svar inom fem arbetsdagar",
        "namnare": "alla frågor",
        "kalla": _PAS,
        "enhet": "%",
        "riktning": "hogre",
        "utgangsvarde": Decimal(61),
        "malvarde": Decimal(90),
        "frekvens": "delar",
        "geografi": "sjukvardsregion",
        "uppdelning": ["kon", "alder"],
        "malsattning": "tillganglighet",
        "nivaer": ["Röd", "Gul", "Grön"],
        "granser": [Decimal(0), Decimal(70), Decimal(90)],
    },
    {
        "namn": "Andel möten som är antecknade enligt den gemensamma mallen",
        "definition": "Journalanteckningar samma dag som mötet.",
        "kalla": "Stickprov av 50 journaler per region",
        "enhet": "%",
        "riktning": "hogre",
        "utgangsvarde_text": "mallen finns inte än",
        "malvarde": Decimal(80),
        "frekvens": "ar",
        "geografi": "region",
    },
    {
        "namn": "Läkarnas nytta av mötena enligt enkät",
        "definition": "Andel som svarar att rådet gav stor eller mycket stor nytta.",
        "kalla": "Enkät till läkare",
        "enhet": "%",
        "riktning": "hogre",
        "utgangsvarde_text": "mäts första gången vid uppföljningen",
        "malvarde": Decimal(75),
        "frekvens": "engang",
        "geografi": "sjukvardsregion",
    },
)

FOLJER_UPP = ((1, 3), (1, 4), (2,), (1, 2))
"""The proposals that each parameter follows up; none follows up the fifth."""

SATS_3_FORE = "ersätta distansmöten enligt självkostnad per möte"
SATS_3 = "ersätta distansmöten enligt självkostnad med ett gemensamt takpris som prövas årligen av avtalsgruppen"
SATSER = (
    "införa gemensamma fasta tider för kliniska distansmöten",
    "använda gemensam mall för journalanteckning",
    SATS_3,
    "utse en samordnare per region",
    "delta i gemensam utbildning",
)
SATSER_FORE = (*SATSER[:2], SATS_3_FORE, *SATSER[3:])
SATSER_UTKAST = (*SATSER_FORE[:4], "genomföra gemensam utbildning")

LYDELSE = (
    "Södra regionvårdsnämnden godkänner slutrapporten. Södra regionvårdsnämnden rekommenderar regionerna att "
    "1 införa gemensamma fasta tider för kliniska distansmöten, 2 använda gemensam mall för journalanteckning, "
    "3 ersätta distansmöten enligt självkostnad med ett gemensamt takpris som prövas årligen av avtalsgruppen, "
    "4 utse en samordnare per region, samt 5 delta i gemensam utbildning."
)

VILLKOR_BLEKINGE = "Med tillägget att samordnaren finansieras inom ram; återrapport till regionstyrelsen i juni 2027."
