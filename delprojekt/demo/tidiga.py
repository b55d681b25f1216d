"""Those that have not started: a draft, one sent in, two in beredning, and one that waits."""

from datetime import date

from delprojekt.demo.livslopp import Ide, announce, prepare, submit
from delprojekt.demo.vandring import Kalender, Vandring
from delprojekt.process.act import Act

BENSAR = {
    "benamning": "Gemensam mottagning för svårläkta bensår",
    "ursprung": "medarbetare",
    "problem": "Patienter med svårläkta bensår får olika råd beroende på vilken mottagning de kommer till.",
}

BLODTRYCK = Ide(
    "Råd till primärvården vid svårbehandlat högt blodtryck",
    "chefsgrupper",
    "Vårdcentralerna vet inte vart de ska vända sig när behandlingen inte räcker.",
    "Ge alla vårdcentraler samma väg till råd.",
)

EGENMONITORERING = Ide(
    "Egenmonitorering vid hjärtsvikt",
    "kunskapsstyrningen",
    "Patienter med hjärtsvikt läggs in i onödan, eftersom försämringen upptäcks för sent.",
    "Ge patienter samma möjlighet att mäta hemma i alla regioner.",
    "Färre ska behöva läggas in akut.",
    "Försämring upptäcks tidigare.",
    "Regionerna kan dela på arbetssätt och utbildning.",
    ("tillganglighet", "jamlikhet"),
)

PSYKIATRI = Ide(
    "Psykiatrisk bedömning på distans",
    "samverkansgrupper",
    "På nätter och helger saknas psykiatriker på flera akutmottagningar.",
    "Se till att alla akutmottagningar når en psykiatriker.",
    "En bedömning inom fyra timmar, dygnet runt.",
    "Kortare väntan på akutmottagningen.",
    "En gemensam jour räcker till fler sjukhus.",
    ("tillganglighet", "kompetensforsorjning"),
)

RYGG = Ide(
    "Ortopedi – ryggkirurgi",
    "chefsgrupper",
    "Väntetiden till planerad ryggkirurgi skiljer sig mellan regionerna.",
    "Jämna ut väntetiderna i sjukvårdsregionen.",
    "Lika lång väntan oavsett var patienten bor.",
    "Kortare väntetid för dem som väntar längst.",
    "Regionerna kan använda varandras operationssalar.",
    ("tillganglighet", "jamlikhet"),
)


def tell(kalender: Kalender) -> None:
    """Note down what happens to them until the demo's day."""
    _waiting(kalender)
    _announced(kalender)
    _asked(kalender)
    submit(kalender, date(2026, 11, 12), "chefsamrad", BLODTRYCK)
    Vandring(kalender, date(2026, 11, 18), "ledamot", **BENSAR)


def _waiting(kalender: Kalender) -> None:
    """Avvaktar: ledningsgruppen wants to try it again next year."""
    v = submit(kalender, date(2026, 1, 29), "chefsamrad", RYGG)
    prepare(v, date(2026, 2, 4), date(2026, 2, 17), kontakt="administrator")
    lg = date(2026, 3, 26)
    announce(v, date(2026, 3, 10), "Tillstyrker, men inte före sommaren.", lg, "6", kontakt="administrator")
    why = "Regionerna bygger om sina operationsavdelningar. Förslaget prövas igen när de är klara."
    v.do(
        lg,
        "sekreterare",
        Act.BESLUTA_AVVAKTA,
        punkt="6",
        text=why,
        part="Operationssalar",
        till=date(2027, 2, 1),
        ko_plats=1,
    )


def _announced(kalender: Kalender) -> None:
    """In beredning: three regions have said yes, and it is announced to ledningsgruppen's next meeting."""
    v = submit(kalender, date(2026, 9, 3), "chefsamrad", EGENMONITORERING)
    prepare(v, date(2026, 9, 8), date(2026, 10, 6), ("blekinge", "halland", "skane"))
    asked = {"instans_organ": "chefsamrad-hjartsjukvard-inklusive-kardiologi-och-thoraxkirurgi"}
    v.do(date(2026, 10, 13), "kansli", Act.REGISTRERA_BEREDNINGSKONTAKT, **asked, fraga="Vilka patienter gäller det?")
    needs = "Processtöd från kansliet i tolv månader."
    v.do(date(2026, 10, 27), "kansli", Act.BERED_UNDERLAG, forslag_till_beslut="uppstart", resursbehov=needs)
    why = "Region Kronoberg svarar före mötet. Tre regioner räcker för att börja."
    announce(v, date(2026, 11, 10), "Tillstyrker.", date(2026, 12, 10), "5", why)


def _asked(kalender: Kalender) -> None:
    """In beredning: Halland only wants to follow, and Skåne has not answered yet."""
    v = submit(kalender, date(2026, 10, 1), "chefsamrad", PSYKIATRI)
    prepare(v, date(2026, 10, 6), date(2026, 10, 27), ("blekinge", "kronoberg"), kontakt="administrator")
    v.do(
        date(2026, 10, 28),
        "samarbetsgrupp.halland",
        Act.REGISTRERA_BEHOV,
        region="halland",
        angelaget=False,
        status="observerar",
        sagt_av="Regionens ledamot",
        text="Inte angeläget för oss nu, men vi vill följa arbetet.",
    )
