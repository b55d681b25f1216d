"""Invented data for the gallery of components. Nothing of it is stored, nobody in it exists."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from delprojekt.process.klocka import STOCKHOLM
from delprojekt.process.steg import HUVUDLINJE, Steg

REGIONER = ["Blekinge", "Halland", "Kronoberg", "Skåne"]

DATUM = [
    date(2025, 1, 15),
    date(2025, 1, 20),
    date(2025, 2, 27),
    date(2025, 5, 14),
    date(2025, 10, 7),
    date(2025, 12, 10),
    date(2026, 3, 10),
    date(2026, 4, 23),
    date(2026, 6, 15),
]


class Exempelformular(forms.Form):
    """A form with one field of each kind."""

    titel = forms.CharField(label="Delprojektets titel", help_text="Kort och begriplig för den som inte är insatt.")
    problem = forms.CharField(
        label="Vilket problem ska lösas?",
        help_text="Två till fem meningar. Skriv för den som inte kan området.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    dag = forms.DateField(
        label="Önskad start", required=False, help_text="Till exempel 2026-11-22 eller 22 november 2026."
    )
    ursprung = forms.ChoiceField(
        label="Varifrån kommer förslaget?",
        choices=[("", "Välj"), ("chefsgrupper", "Chefsgrupper"), ("politiker", "Politiker")],
    )
    angelaget = forms.MultipleChoiceField(
        label="I vilka regioner är frågan angelägen?",
        choices=[(namn.lower(), f"Region {namn}") for namn in REGIONER],
        widget=forms.CheckboxSelectMultiple,
    )
    stallning = forms.ChoiceField(
        label="Er ställning",
        choices=[("enig", "Enig"), ("ej_enig", "Inte enig"), ("avstar", "Avstår")],
        widget=forms.RadioSelect,
    )
    fil = forms.FileField(label="Protokollsutdrag", required=False, help_text="PDF, högst 40 MB.")
    chef = forms.BooleanField(label="Jag har stämt av med min närmsta chef", required=False)


def steg(nu: Steg, *, fran: int = 0) -> list[dict[str, Any]]:
    """Return the rail with ``nu`` as the current step."""
    here = HUVUDLINJE.index(nu)
    return [
        {
            "namn": item.label,
            "lage": "klar" if number < here else "nu" if number == here else "kommande",
            "datum": DATUM[number] if number <= here and number < len(DATUM) else None,
            "not": "2:a gången" if number == fran and fran else "",
            "url": "",
        }
        for number, item in enumerate(HUVUDLINJE)
    ]


def _checklist() -> list[dict[str, str]]:
    return [
        {"lage": "klar", "text": "Slutrapporten är presenterad för ledningsgruppen"},
        {"lage": "klar", "text": "Beslutsförslaget har minst en att-sats"},
        {
            "lage": "saknas",
            "text": "Halland vill ändra punkt 2. Alla regioner behöver vara eniga om samma version.",
            "url": "#",
            "lanktext": "Se Hallands ändring",
            "hjalp": "Ledningsgruppens sekreterare kan hjälpa dig.",
        },
        {"lage": "ej_aktuell", "ord": "Gäller inte", "text": "Hur barnets bästa beaktas är beskrivet"},
        {"lage": "rad", "text": "Kronoberg har inte lämnat synpunkter på slutrapporten", "url": "#"},
    ]


def _next_step() -> dict[str, Any]:
    return {
        "rubrik": "Skicka till nämnden",
        "text": "När alla regioner är eniga går beslutsförslaget till politiska styrgruppen och sedan till nämnden.",
        "ligger_hos": "Ledningsgruppen",
        "frist": date(2026, 12, 10),
        "checklista": _checklist(),
        "handlingar": [
            {
                "id": "till-styrgrupp",
                "etikett": "Skicka till politiska styrgruppen",
                "skal": "Saknas: Halland är inte enig om punkt 2.",
            },
            {"etikett": "Begär ändring", "url": "#", "variant": "sekundar"},
        ],
    }


def _matrix() -> list[dict[str, Any]]:
    yes = {"ord": "Bifall", "ton": "klar", "tillagg": "", "url": ""}
    waits = {"ord": "Väntar", "ton": "vantar", "tillagg": "", "url": ""}
    texts = [
        "Införa gemensamma fasta tider för kliniska distansmöten",
        "Använda gemensam mall för journalanteckning",
        "Ersätta distansmöten enligt självkostnad med ett gemensamt takpris",
        "Utse en samordnare per region",
        "Delta i gemensam utbildning",
    ]
    rows: list[dict[str, Any]] = [
        {"nummer": number, "text": text, "url": "", "celler": [yes | {"url": "#"}, yes, yes, waits]}
        for number, text in enumerate(texts, 1)
    ]
    rows[3]["celler"][0] = {"ord": "Villkor", "ton": "villkor", "tillagg": "finansieras inom ram", "url": "#"}
    rows[3]["celler"][3] = {"ord": "Avslag", "ton": "nej", "tillagg": "§ 97", "url": ""}
    rows[4]["celler"][1] = {"ord": "Ej berörd", "ton": "ej_aktuell", "tillagg": "", "url": ""}
    return rows


def _events() -> list[dict[str, Any]]:
    return [
        {
            "tid": datetime(2026, 10, 20, 14, 32, tzinfo=STOCKHOLM),
            "rubrik": "Rätt protokollsutdrag kom in",
            "vem": "Region Kronoberg",
            "text": "Hälso- och sjukvårdsnämnden § 131: bifall till punkt 1–5.",
            "ton": "klar",
            "url": "#",
            "lanktext": "Visa protokollsutdraget",
        },
        {
            "tid": date(2026, 9, 29),
            "rubrik": "Fel protokoll lämnades tillbaka",
            "vem": "Maja Ek, kansliet",
            "text": "§ 113 gäller ett annat ärende.",
            "ton": "villkor",
        },
        {"tid": date(2026, 6, 4), "rubrik": "Nämnden godkände slutrapporten", "vem": "§ 27", "ton": "klar"},
    ]


def _files() -> list[dict[str, Any]]:
    return [
        {
            "namn": "2026-040_slutrapport_Kliniska-distansmoten.pdf",
            "url": "#",
            "sort": "PDF",
            "storlek": 1_258_291,
            "sidor": 18,
            "datum": date(2026, 6, 4),
            "vem": "Karin Lind",
            "status": "Godkänd",
            "ton": "klar",
        },
        {
            "namn": "2026-040_protokollsutdrag_Region-Kronoberg.pdf",
            "url": "#",
            "sort": "PDF",
            "storlek": 84_120,
            "sidor": 2,
            "datum": date(2026, 10, 20),
            "vem": "Region Kronoberg",
            "status": "Granskas",
            "ton": "pagar",
        },
    ]


def _jobs() -> list[dict[str, Any]]:
    return [
        {"id": "jobb-1", "rubrik": "Slutrapport som PDF", "text": "Väntar på sin tur.", "ton": "vantar"},
        {"id": "jobb-2", "rubrik": "Slutrapport som PDF", "text": "Sätter sidorna, 12 av 18.", "ton": "pagar"},
        {
            "id": "jobb-3",
            "rubrik": "Slutrapport som PDF",
            "text": "Klar. 18 sidor, 1,2 MB.",
            "ton": "klar",
            "url": "#",
            "lanktext": "Öppna slutrapporten",
        },
        {
            "id": "jobb-4",
            "rubrik": "Slutrapport som PDF",
            "text": "Det gick inte. Din text är sparad. Försök igen, eller kontakta kansliet.",
            "ton": "nej",
            "url": "#",
            "lanktext": "Försök igen",
        },
    ]


def _tables() -> list[dict[str, Any]]:
    return [
        {
            "nr": 40,
            "titel": "Kliniska distansmöten",
            "steg": "Huvudmansbeslut",
            "ton": "pagar",
            "hos": "Region Skåne",
            "frist": date(2026, 9, 13),
            "kostnad": 760,
        },
        {
            "nr": 41,
            "titel": "Gemensam utbildning i palliativ vård",
            "steg": "Analys",
            "ton": "pagar",
            "hos": "Arbetsgruppen",
            "frist": date(2027, 1, 15),
            "kostnad": 1036,
        },
        {
            "nr": None,
            "titel": "Ögonsjukvård över regiongränser",
            "steg": "Avvaktar",
            "ton": "vilar",
            "hos": "",
            "frist": None,
            "kostnad": None,
        },
    ]


TONER_I_ORD = [
    ("Klart", "klar"),
    ("Pågår", "pagar"),
    ("Väntar", "vantar"),
    ("Kommande", "kommande"),
    ("Råd", "rad"),
    ("Villkor", "villkor"),
    ("Saknas", "saknas"),
    ("Avslag", "nej"),
    ("Till kännedom", "info"),
    ("Pausat", "vilar"),
    ("Låst", "stangd"),
    ("Ej berörd", "ej_aktuell"),
]
SVAR = [
    {"etikett": "Titel", "varde": "Kliniska distansmöten", "url": "#"},
    {"etikett": "Problem", "varde": "Råd ges per telefon.\nRådet dokumenteras inte alltid.", "url": "#"},
    {"etikett": "Önskad start", "varde": "", "url": "#"},
]
KROCK = {
    "nar": datetime(2026, 11, 22, 9, 5, tzinfo=STOCKHOLM),
    "rader": [{"etikett": "Syfte", "nu": "Korta väntetiderna.", "skrev": "Korta väntetiderna och resorna."}],
}
FAKTA = [
    {"etikett": "Nummer", "varde": 40, "url": ""},
    {"etikett": "Kontaktperson", "varde": "Maja Ek", "url": "#"},
    {"etikett": "Ordförande", "varde": "Karin Lind, Region Kronoberg", "url": ""},
    {"etikett": "Diarienummer", "varde": "", "url": ""},
]
FLIKAR = [
    {"namn": "Översikt", "url": "#", "nu": True},
    {"namn": "Uppdrag", "url": "#"},
    {"namn": "Regioner", "url": "#", "antal": 4},
    {"namn": "Handlingar", "url": "#", "antal": 12},
    {"namn": "Händelser", "url": "#"},
]


DELAR = {
    "statusmarken": "Statusmärken",
    "statusmening": "Statusmening",
    "processkarta": "Processkarta",
    "nasta_steg": "Nästa steg",
    "checklista": "Checklista",
    "knappar": "Knappar",
    "formular": "Formulär",
    "meddelanden": "Meddelanden",
    "bada_versionerna": "Båda versionerna",
    "kontrollera_dina_svar": "Kontrollera dina svar",
    "fakta": "Fakta",
    "kvitto": "Kvitto",
    "tabell": "Tabell",
    "beslutsmatris": "Beslutsmatris",
    "flikar": "Flikar",
    "handelser": "Händelser",
    "filer": "Filer",
    "vikt_pa_smal_skarm": "Vikt på smal skärm",
    "mejl_som_skickas": "Mejl som skickas",
    "framsteg": "Framsteg",
    "kort": "Kort",
    "tomt_lage": "Tomt läge",
    "visa_och_dolj": "Visa och dölj",
    "datum_och_tal": "Datum och tal",
    "ikoner": "Ikoner",
}
"""The parts of the gallery in their order: the anchor, and the heading."""


def gallery() -> dict[str, Any]:
    """Return the context of the gallery page."""
    lines = [Steg.LEDNINGSGRUPP, Steg.PROJEKTFORSLAG]
    return {
        "delar": DELAR,
        "toner": TONER_I_ORD,
        "kartor": [steg(item) for item in lines],
        "karta_pausad": steg(Steg.NULAGE, fran=3),
        "checklista": _checklist(),
        "checklista_klar": [{"lage": "klar", "text": "Ordförande är utsedd"}],
        "nasta": _next_step(),
        "tomt_formular": Exempelformular(),
        "fel_formular": Exempelformular(data={"titel": "", "dag": "3/10/2026"}, prefix="fel"),
        "svar": SVAR,
        "krock": KROCK,
        "fakta": FAKTA,
        "kvittotid": datetime(2026, 11, 22, 9, 5, tzinfo=STOCKHOLM),
        "handelser": _events(),
        "rader": _tables(),
        "flikar": FLIKAR,
        "fler_flikar": [{"namn": name, "url": "#"} for name in ("Gruppens arbete", "Händelser")],
        "filer": _files(),
        "brev": {
            "till": ["samarbetsgruppen (5 personer)", "Karin Lind"],
            "amne": "Kliniska distansmöten: slutrapporten behöver era synpunkter",
            "text": "Hej!\n\nSlutrapporten för delprojekt 40 är klar att läsa.\nSvara senast den 31 mars 2026.",
        },
        "regioner": REGIONER,
        "matris": _matrix(),
        "jobb": _jobs(),
        "sida": Paginator(range(480), 50).page(4),
    }
