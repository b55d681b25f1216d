"""Delprojekt 27, Palliativ vård barn: a whole life, finished. The course of events is invented."""

from datetime import date

from delprojekt.demo.livslopp import (
    Ide,
    Medlem,
    Slutrapport,
    Uppdrag,
    announce,
    begin,
    conclude,
    form_group,
    hand_in,
    leave_nulage,
    meet,
    prepare,
    present,
    start,
    submit,
    treat,
    write_uppdrag,
)
from delprojekt.demo.papper import make_paper
from delprojekt.demo.vandring import REGIONER, Kalender, Vandring, person
from delprojekt.process.act import Act
from delprojekt.process.roller import Roll

IDE = Ide(
    "Palliativ vård barn",
    "chefsgrupper",
    "Familjer med svårt sjuka barn får olika stöd beroende på var de bor.",
    "Ge barn och familjer samma stöd i hela sjukvårdsregionen.",
    "Alla familjer ska ha en fast kontakt dygnet runt.",
    "Fler barn kan vårdas hemma.",
    "De få som har kompetensen kan ge råd till fler.",
    ("jamlikhet", "kompetensforsorjning"),
    beror_barn=True,
)
UPPDRAG = Uppdrag(
    "Få barn behöver palliativ vård varje år, och kompetensen finns på få ställen.",
    "Hur kan familjerna få samma stöd oavsett var de bor?",
    "Vård av vuxna ingår inte.",
    ("beskriv nuläget i varje region", "föreslå hur råd kan ges dygnet runt", "föreslå uppföljning"),
    ("barnmedicin", "barnsjuksköterska"),
    ("socialt stöd",),
    (("Startmöte", "hösten 2021"), ("Nuläge", "2022"), ("Slutrapport", "våren 2024")),
    (
        Medlem("Ebba", "Thorsell", "halland", ("barnmedicin",), Roll.ORDFORANDE, befattning="Överläkare"),
        Medlem("Malin", "Åkesson", "blekinge", ("barnsjuksköterska",), profession="sjuksköterska"),
        Medlem("Rolf", "Nyström", "kronoberg", ("socialt stöd",), profession="kurator"),
        Medlem("Tuva", "Ekdahl", "skane", ("barnmedicin",)),
    ),
)
RAPPORT = Slutrapport(
    "Gruppen föreslår en gemensam rådgivning dygnet runt och en utbildning för dem som möter familjerna.",
    (
        {
            "rubrik": "Gemensam rådgivning dygnet runt",
            "text": "En läkare och en sjuksköterska ger råd till verksamheter i alla regioner.",
            "rimlighet": "God.",
            "genomforbarhet": "God med gemensam bemanning.",
            "undantrangning": "lag",
        },
        {
            "rubrik": "Gemensam utbildning",
            "text": "En utbildning om året för dem som möter familjerna.",
            "rimlighet": "God.",
            "genomforbarhet": "God.",
            "undantrangning": "lag",
        },
    ),
    ("Antal rådgivningar", "Andel familjer med fast kontakt"),
)
SATSER = ("ansluta sig till en gemensam rådgivning dygnet runt", "delta i gemensam utbildning")
FORMEL = "Södra regionvårdsnämnden rekommenderar regionerna att"
CHEFSAMRAD = "Chefsamråd Barnsjukvård inklusive neonatologi"
ORDFORANDE = "ebba.thorsell"
RESULTAT: dict[str, object] = {
    "insats": "Rådgivningen är bemannad dygnet runt, och en utbildning har hållits.",
    "effekt": "Nio av tio familjer har en fast kontakt.",
    "patientsynpunkter": "Familjerna uppskattar att någon svarar också på natten.",
    "enkat_fragade": 40,
    "enkat_svar": 31,
    "sidor": 4,
}
UPPFOLJNING = {
    "uppfoljningsrapport": "<p>Uppföljningen gjordes våren 2025, ett år efter nämndens godkännande.</p>",
    "uppfoljningsrapport_parametrar": "<p>Rådgivningen används i alla fyra regioner.</p>",
    "uppfoljningsrapport_slutsats": "<p>Målen är nådda. Ingen ytterligare uppföljning behövs.</p>",
}


def tell(kalender: Kalender) -> None:
    """Note down the whole life."""
    v = submit(kalender, date(2020, 11, 10), "chefsamrad", IDE)
    prepare(v, date(2020, 11, 17), date(2021, 1, 19))
    announce(v, date(2021, 2, 9), "Tillstyrker.", date(2021, 3, 25), "5")
    start(v, date(2021, 3, 25), "5", 27)
    write_uppdrag(v, date(2021, 5, 4), IDE, UPPDRAG, date(2021, 5, 20), "4")
    form_group(v, date(2021, 9, 7), UPPDRAG, date(2021, 9, 23))
    said = "Antal rådgivningar; andel familjer med fast kontakt."
    begin(v, date(2021, 9, 28), date(2021, 10, 12), said, ORDFORANDE, CHEFSAMRAD)
    _write(v)
    treat(v, date(2024, 3, 12))
    lg = date(2024, 4, 18)
    present(v, date(2024, 4, 9), lg, "Ebba Thorsell", *SATSER)
    v.take_stances(lg)
    v.do(lg, "sekreterare", Act.LAMNA_TILL_NAMNDEN, punkt="6")
    _decided(v)
    _followed_up(v)


def _write(v: Vandring) -> None:
    nulage = {
        "nulage_verksamhet": "<p>Vården ges på barnkliniker och i hemmet. Bara en region har en egen enhet.</p>",
        "nulage_perspektiv": "<p>Familjerna vill ha en fast kontakt som svarar också på natten.</p>",
    }
    analys = {
        "analys_verksamhet": "<p>Ingen region har ensam underlag för rådgivning dygnet runt.</p>",
        "analys_perspektiv": "<p>En gemensam rådgivning ger det som familjerna saknar.</p>",
    }
    v.write(date(2022, 9, 20), ORDFORANDE, nulage)
    meet(v, date(2022, 10, 4), ORDFORANDE, CHEFSAMRAD)
    leave_nulage(v, date(2022, 10, 4), ORDFORANDE, list(nulage))
    v.write(date(2023, 5, 9), ORDFORANDE, analys)
    conclude(v, date(2023, 5, 9), ORDFORANDE, {"analys_verksamhet": "Rådgivning dygnet runt kräver samverkan."})
    meet(v, date(2023, 5, 23), ORDFORANDE, CHEFSAMRAD)
    v.do(date(2023, 5, 23), ORDFORANDE, Act.BORJA_ATGARDSFORSLAG)
    hand_in(v, date(2024, 2, 20), RAPPORT, ORDFORANDE, CHEFSAMRAD)


def _decided(v: Vandring) -> None:
    """Nämnden recommends, and all four regions agree."""
    v.do(date(2024, 5, 14), "namndsekreterare", Act.BERED_POLITISKT, text="Styrgruppen ställer sig bakom förslaget.")
    text = f"Södra regionvårdsnämnden godkänner slutrapporten. {FORMEL} 1 {SATSER[0]}, samt 2 {SATSER[1]}."
    said = {"punkt": "31", "lydelse": text, "foredragande": "Ebba Thorsell"}
    v.do(date(2024, 5, 30), "namndsekreterare", Act.REKOMMENDERA, **said)
    v.do(date(2024, 6, 10), "namndsekreterare", Act.EXPEDIERA)
    days = (date(2024, 8, 28), date(2024, 9, 4), date(2024, 9, 11), date(2024, 9, 18))
    for region, day in zip(REGIONER, days, strict=True):
        lines = (f"Sammanträde {day:%Y-%m-%d}", "Nämnden bifaller Södra regionvårdsnämndens rekommendation.")
        paper = make_paper(f"Protokollsutdrag {day:%Y-%m-%d}.pdf", "Protokollsutdrag", lines)
        v.decide(day, region, niva="politisk", organ_namn="Hälso- och sjukvårdsnämnden", paragraf="88", fil=paper)
        v.review(day, region)
    v.do(date(2024, 9, 24), "kansli", Act.BORJA_INFORANDE)


def _followed_up(v: Vandring) -> None:
    """The former chair follows it up; it is told in three bodies, and nämnden ends it."""
    for region in REGIONER:
        v.report(date(2025, 2, 11), region, {1: ("infort", ""), 2: ("infort", "")})
    v.do(date(2025, 2, 18), "kansli", Act.TILLFRAGA_UPPFOLJARE, person=lambda: person(ORDFORANDE).pk)
    v.answer(date(2025, 2, 20), ORDFORANDE)
    v.do(date(2025, 2, 25), "kansli", Act.BORJA_UPPFOLJNING)
    v.write(date(2025, 4, 22), ORDFORANDE, UPPFOLJNING)
    measured = v.values(("214", ""), ("92", ""))
    period = {"period": "2025, januari till mars", "kalla": "Rådgivningens egen statistik"}
    v.do(date(2025, 4, 22), ORDFORANDE, Act.REGISTRERA_MATVARDEN, varden=measured, **period)
    v.do(date(2025, 4, 22), ORDFORANDE, Act.SAMMANSTALL_UPPFOLJNING, **RESULTAT)
    v.do(date(2025, 4, 29), ORDFORANDE, Act.LAMNA_UPPFOLJNINGSRAPPORT)
    told = (
        (date(2025, 5, 13), "samarbetsgrupp", "muntlig"),
        (date(2025, 5, 22), "ledningsgrupp", "skriftlig"),
        (date(2025, 6, 12), "namnd", "skriftlig"),
    )
    for day, organ, val in told:
        v.do(day, "kansli", Act.REDOVISA_UPPFOLJNING, organ=organ, val=val)
    v.do(date(2025, 6, 12), "kansli", Act.AVSLUTA, organ="namnd", text="Målen är nådda.", punkt="22")
