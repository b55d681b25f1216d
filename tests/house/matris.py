"""What the permission matrix is held against: which address, tab and act shows or changes which resource.

``tests/matris.csv`` says what each role may see and change of each resource in each step; it was written from the
requirements alone. Here stands, separately, where in the portal the resources are. Nothing here says who may what.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from delprojekt.process.act import Act
from delprojekt.process.historik import Andringsslag
from delprojekt.process.steg import HUVUDLINJE, SKRIVER, Steg

CSV = Path(__file__).parent.parent / "matris.csv"
NIVAER = ("inget", "rubrik", "läsa", "ändra")
INGET, RUBRIK, LASA, ANDRA = range(4)

KONTON: dict[str, str] = {
    "inloggad": "utomstaende",
    "forslagsstallare": "medarbetare",
    "kansli": "kansli2",
    "administrator": "roll.administrator",
    "kommunikator": "kommunikator",
    "direktor": "direktor",
    "samarbetsgrupp": "samarbetsgrupp.skane",
    "ledningsgrupp": "ledningsgrupp.skane",
    "sekreterare": "sekreterare",
    "styrgrupp": "styrgrupp",
    "namndsekreterare": "namndsekreterare",
    "regionkontakt": "region.skane",
    "regionkontakt_annan": "region.kronoberg",
    "chefsamrad": "chefsamrad",
    "kontaktperson": "kansli",
    "ordforande": "matris.ordforande",
    "processledare": "roll.processledare",
    "ledamot": "matris.ledamot",
    "adjungerad": "matris.adjungerad",
    "patientforetradare": "roll.patientforetradare",
    "uppfoljningsansvarig": "roll.uppfoljningsansvarig",
    "ordforande_annat": "matris.ordforande_annat",
    "helhetsansvarig": "matris.helhetsansvarig",
    "skribent": "matris.skribent",
    "anonym": "",
    "inaktiverad": "matris.inaktiverad",
}
"""The account that each role of the matrix is tried with. The contact person also works at the kansli (M4.5-1); who
answers for the whole report, and who writes a chapter of it, are members of the group (M5.4.1-4, M5.4.1-3); who is
``anonym`` has not logged in; ``inaktiverad`` works at the kansli and leads every group, with an account that is closed.
"""
UTANFOR_DORREN = frozenset({"anonym", "inaktiverad"})
KALLAD, ANNAT = "nulage_ekonomi", "nulage_kompetens"
"""The section that the adjungerad is called in for and the skribent writes, and one that they do not."""

LIKA = {Steg.ATERTAGET: Steg.AVSLAG}
"""Steps that the matrix hardly knows: a förslag that was taken back has ended before start, as one refused has."""

_I_HUVUDLINJEN = {
    Steg.AVSLUTAT: Steg.UPPFOLJNING,
    Steg.PERMANENTAD: Steg.INFORANDE,
    Steg.EJ_REKOMMENDERAT: Steg.NAMND,
    Steg.AVBRUTET: Steg.NULAGE,
}
"""How far the walked delprojekt had come that have ended."""


def fran(steg: Steg) -> frozenset[Steg]:
    """Every step in which the walked delprojekt has come at least to a step of the main line."""
    order = list(HUVUDLINJE)
    ended = {end for end, last in _I_HUVUDLINJEN.items() if order.index(last) >= order.index(steg)}
    return frozenset(order[order.index(steg) :]) | ended


UTKAST = "utkast"
"""The state of a förslag before it is sent in; it shares its step with what has come in (process.md S01, S02)."""

ALLTID = frozenset(Steg) - {Steg.HISTORISKT}
OGRANSKAD = frozenset({Steg.HUVUDMANSBESLUT, Steg.INFORANDE, Steg.UPPFOLJNING})
"""Steps in which the test lets a region send a document that nobody has looked at."""


@dataclass(frozen=True)
class Fonster:
    """A place where a resource is seen: the name of an address, what identifies it, and what is seen there.

    ``om`` is the word in the address (tab, kind of document); ``syns`` a pattern that the page holds when the resource
    is seen (empty: the page itself is the resource); ``steg`` where there is anything to see; ``prova`` in which
    steps it is looked through (a document takes long to make, and has the same lock as the tab it stands on).
    ``roller`` are the roles it is a window for; ``niva`` the level from which it shows something; ``ocksa`` another
    resource that must be read too.
    """

    resurs: str
    namn: str
    om: str = ""
    syns: str = ""
    steg: frozenset[Steg] = ALLTID
    prova: frozenset[Steg] = ALLTID
    roller: frozenset[str] = frozenset(KONTON)
    niva: int = LASA
    ocksa: str = ""


_KALLADE = frozenset({"adjungerad"})
_HELA = frozenset(KONTON) - _KALLADE
"""Who works with the report sees all of it, but for those who are called in to a part (M4.4-1)."""
_PERSONER = r"<h2[^>]*>Personer</h2>(?:(?!</section>).)*"
_NULAGE, _LG, _NAMND = fran(Steg.NULAGE), fran(Steg.LEDNINGSGRUPP), fran(Steg.NAMND)
_STARTAT, _BESLUT = fran(Steg.UPPDRAG), fran(Steg.HUVUDMANSBESLUT)

_FORE = frozenset({Steg.PROJEKTFORSLAG, Steg.BEREDNING, Steg.AVSLAG})
_SKIFTEN = frozenset(
    {Steg.UPPDRAG, Steg.NULAGE, Steg.ATGARDSFORSLAG, Steg.LEDNINGSGRUPP, Steg.NAMND, Steg.HUVUDMANSBESLUT}
) | {Steg.EJ_REKOMMENDERAT, Steg.AVBRUTET}
"""Steps in which somebody begins to see a report, or never does."""
STICKPROV = frozenset({Steg.UPPDRAG, Steg.LEDNINGSGRUPP, Steg.HUVUDMANSBESLUT, Steg.EJ_REKOMMENDERAT})
"""Steps in which also the tabs are asked for that the page neither links to nor should."""

FONSTER: tuple[Fonster, ...] = (
    Fonster("delprojekt", "delprojekt", syns=_PERSONER + "Maja Ek"),
    Fonster("arbetsgrupp", "delprojekt", syns=_PERSONER + "Petra Wikström", steg=_STARTAT),
    Fonster("patientforetradares_namn", "delprojekt", syns=_PERSONER + "Kim Patient", steg=_STARTAT),
    Fonster("forslag", "flik", "forslag"),
    Fonster("forslag", "dokument", "underlag", prova=_FORE),
    Fonster("uppdrag", "flik", "uppdrag", steg=_STARTAT),
    Fonster("uppdrag", "dokument", "uppdrag", steg=_STARTAT, prova=_SKIFTEN),
    Fonster("uppdrag", "jobb", "uppdrag", steg=_STARTAT - {Steg.UPPDRAG}, prova=_SKIFTEN),
    Fonster("nomineringar", "flik", "arbetsgrupp", steg=_STARTAT),
    Fonster("arbetsmaterial", "flik", "arbete", steg=_NULAGE, roller=_HELA),
    Fonster("arbetsmaterial", "flik", "rapport", steg=SKRIVER | {Steg.AVBRUTET}, roller=_HELA),
    Fonster("arbetsmaterial", "dokument", "slutrapport", steg=SKRIVER, prova=_SKIFTEN, roller=_HELA),
    Fonster("arbetsmaterial", "skriv_avsnitt", KALLAD, steg=SKRIVER, roller=_KALLADE),
    Fonster("arbetsmaterial_ovrigt", "skriv_avsnitt", ANNAT, steg=SKRIVER, roller=_KALLADE),
    Fonster("arbetsmaterial_ovrigt", "flik", "arbete", steg=_NULAGE, roller=_KALLADE),
    Fonster("arbetsmaterial_ovrigt", "flik", "rapport", steg=SKRIVER | {Steg.AVBRUTET}, roller=_KALLADE),
    Fonster("arbetsmaterial_ovrigt", "dokument", "slutrapport", steg=SKRIVER, prova=_SKIFTEN, roller=_KALLADE),
    Fonster("avsnitt", "skriv_avsnitt", KALLAD, steg=SKRIVER, prova=SKRIVER, niva=ANDRA),
    Fonster("slutrapport", "flik", "rapport", steg=_LG),
    Fonster("slutrapport", "dokument", "slutrapport", steg=_LG, prova=_SKIFTEN),
    Fonster("synpunkter", "flik", "rapport", syns="Regionens synpunkt", steg=_LG),
    Fonster("beslutsforslag", "flik", "beslut", syns="Ledningsgruppens beslutsförslag", steg=_LG),
    Fonster("stallningar", "flik", "beslut", syns="Regionernas ställning", steg=_LG),
    Fonster("namndbeslut", "flik", "beslut", steg=_NAMND),
    Fonster("huvudmansbeslut", "flik", "regioner", steg=_BESLUT),
    Fonster("inforande", "flik", "regioner", syns="Hur långt införandet kommit", steg=_BESLUT),
    Fonster("beslutshandling_ogranskad", "handling", "ogranskad", steg=OGRANSKAD),
    Fonster("uppfoljning", "flik", "uppfoljning", steg=_BESLUT),
    Fonster("handlingar", "flik", "handlingar"),
    Fonster("handlingar", "allman_handling", prova=_SKIFTEN | _FORE),
    Fonster("handelser", "historik", niva=RUBRIK),
    Fonster("handelser", "historik", syns="Händelser och ändringar"),
    Fonster("handelser", "kvitto", prova=_SKIFTEN | _FORE),
    *(
        Fonster(noun, "historik", syns=f'<option value="{slag}"', steg=steg, prova=steg, ocksa="handelser")
        for noun, slag, steg in (
            ("forslag", Andringsslag.FORSLAG, ALLTID),
            ("uppdrag", Andringsslag.UPPDRAG, _STARTAT),
            ("arbetsgrupp", Andringsslag.PERSONER, _STARTAT),
            ("arbetsmaterial", Andringsslag.ARBETE, SKRIVER),
            ("beslutsforslag", Andringsslag.BESLUTSFORSLAG, _LG),
            ("stallningar", Andringsslag.BESLUTSFORSLAG, _LG),
            ("namndbeslut", Andringsslag.BESLUT, _NAMND),
            ("inforande", Andringsslag.INFORANDE, _BESLUT),
            ("uppfoljning", Andringsslag.UPPFOLJNING, _BESLUT),
        )
    ),
)
"""The history shows the changes of a noun to those who read both the noun and the events."""

_ALLAS = "alla inloggade: visar bara det som var och en ser enligt raderna om delprojekt"
_LISTA = "fönster över alla delprojekt (test_matris: listan, tavlan, tidslinjen, Excel, sökningen, registrets utdrag)"
_EGET = "den inloggades eget"
_OPPEN = "öppen för alla (tests/house/test_doors.py)"
_ROLL = "rollens egen sida (tests/web/test_rollsidor.py)"
_INFLYTTNING = "administratörens inflyttning (tests/metoden/test_inflyttning.py)"
_SOM_DOKUMENT = "samma spärr som jobb och dokument"

ADRESSER: dict[str, str] = {
    **{window.namn: "fönster" for window in FONSTER},
    "gor": "akt: se AKTER",
    "skriv": "akt: se AKTER",
    **dict.fromkeys(
        ("autospara", "klarmarkera", "punkter", "versioner", "aterstall", "lagg_in_bild"),
        "akt: se AKTER (samma spärr som avsnittet)",
    ),
    **dict.fromkeys(
        ("ny_datatabell", "datatabell", "infoga_datatabell", "diagram"),
        "samma spärr som avsnittet (tests/web/test_datatabell.py)",
    ),
    **dict.fromkeys(
        ("word", "word_hamta", "word_lamna_in", "word_granska", "word_skillnad", "word_original", "word_bild"),
        "akt: se AKTER (samma spärr som avsnittet; en fil ser bara den som lämnade in den, tests/web/test_word.py)",
    ),
    **dict.fromkeys(("pdf", "pdf_bestall", "pdf_status", "pdf_fil"), "akt: se AKTER (samma spärr som skrivbordet)"),
    **dict.fromkeys(
        ("kommentarer", "granska_avsnitt", "kommentera", "svara", "andringar", "avgor_andringar"),
        "akt: se AKTER (samma spärr som att kommentera, tests/web/test_kommentarer.py)",
    ),
    "startpaket": "samma spärr som uppdraget (tests/web/test_skriv.py)",
    "traden": "varje led som sitt eget slag av uppgift (tests/web/test_traden.py)",
    "uppgifter": "akt: se AKTER",
    "person_gor": "personer",
    "personer": "personer",
    "person": "personer",
    "person_ny": "personer",
    "installningar": "installningar",
    "installning_region": "installningar",
    **dict.fromkeys(("jobb_status", "jobb_fil", "bestall"), _SOM_DOKUMENT),
    "bild": "bilder i texter (tests/actions/test_bild.py)",
    "inlagd_fil": "filer från tiden före portalen (tests/metoden/test_inflyttning.py)",
    **dict.fromkeys(("inflyttning", "lagg_in"), _INFLYTTNING),
    **dict.fromkeys(("lista", "excel", "sok", "handlingar_utdrag"), _LISTA),
    **dict.fromkeys(("start", "utan_handling", "infor_ledningsgruppen", "aret", "aret_om"), _ALLAS),
    **dict.fromkeys(("handlingar", "nytt", "process", "krav"), _ALLAS),
    **dict.fromkeys(("kansliet", "samarbetsgruppen", "ledningsgruppen", "region", "min_arbetsgrupp"), _ROLL),
    "motesutfall": "akter: se AKTER; sidan är sekreterarens och kansliets (tests/metoden/test_moten.py)",
    **dict.fromkeys(("las_in", "exempellista", "granska_lista", "listfil"), _INFLYTTNING),
    **dict.fromkeys(("hanteringsplan", "hanteringsregel"), "hanteringsplanen (tests/web/test_hanteringsplan.py)"),
    **dict.fromkeys(
        ("mallen", "mall_borja", "mallversion", "mall_nytt", "mall_besluta", "mall_forhandsvisa", "mallavsnitt"),
        "mallen är kansliets (tests/web/test_mallen.py)",
    ),
    **dict.fromkeys(("mall_flytta", "mall_ta_bort", "mall_kasta"), "mallen är kansliets (tests/web/test_mallen.py)"),
    **dict.fromkeys(("svarslank", "svarslank_oppnad"), "svarslänken: en fråga till en person, utan konto (M4.3-4)"),
    "utkorg": "mejlen i demo (tests/web/test_konto_och_utkorg.py)",
    **dict.fromkeys(("konto", "mina_uppgifter", "mina_uppgifter_json", "andra_uppgifter"), _EGET),
    **dict.fromkeys(("halsa", "galleri", "tillganglighet", "synpunkt", "personuppgifter"), _OPPEN),
    **dict.fromkeys(("hjalp", "utseende"), _OPPEN),
    "redogorelse": "tillgänglighetsredogörelsen (tests/web/test_personuppgifter.py)",
}
"""Every address of the portal: what it is in the matrix, or why it is in no row of it."""

ALLAUTH = ("account_", "mfa_", "usersessions_", "socialaccount_")
"""Logging in and one's own account are allauth's."""

_A = Act
AKTER: dict[Act, str] = {
    **dict.fromkeys((_A.SKICKA_IN_FORSLAG, _A.ATERTA_FORSLAG, _A.UTSE_KONTAKTPERSON, _A.BORJA_BEREDNING), "delprojekt"),
    **dict.fromkeys((_A.STAM_AV_MED_SAMARBETSGRUPPEN, _A.ANMAL_TILL_LEDNINGSGRUPPEN), "delprojekt"),
    **dict.fromkeys((_A.BESLUTA_START, _A.BESLUTA_AVSLAG, _A.BESLUTA_AVVAKTA, _A.ATERREMITTERA_FORSLAG), "delprojekt"),
    **dict.fromkeys((_A.TA_UPP_IGEN, _A.PRIORITERA_FORSLAG, _A.OVERLAMNA_UPPDRAG, _A.KVITTERA_UPPDRAG), "delprojekt"),
    **dict.fromkeys((_A.BORJA_NULAGE, _A.BORJA_ANALYS, _A.TILLBAKA_TILL_NULAGE), "delprojekt"),
    **dict.fromkeys((_A.BORJA_ATGARDSFORSLAG, _A.REGISTRERA_AVVIKELSE, _A.LAMNA_TILL_LEDNINGSGRUPPEN), "delprojekt"),
    **dict.fromkeys((_A.ATERREMITTERA_TILL_ARBETSGRUPPEN, _A.FORNYA_UPPDRAG, _A.LAMNA_TILL_NAMNDEN), "delprojekt"),
    **dict.fromkeys((_A.INFORMERA_LEDNINGSGRUPPEN, _A.AVSLUTA_UTAN_INFORANDE, _A.BORJA_INFORANDE), "delprojekt"),
    **dict.fromkeys((_A.BORJA_UPPFOLJNING, _A.AVSLUTA, _A.PAUSA, _A.ATERUPPTA, _A.AVBRYT), "delprojekt"),
    **dict.fromkeys((_A.PERMANENTA, _A.ATEROPPNA, _A.RATTA_UPPGIFT, _A.ANGRA, _A.LAMNA_SLUTRAPPORT), "delprojekt"),
    **dict.fromkeys((_A.REKOMMENDERA, _A.ATERREMITTERA_FRAN_NAMNDEN, _A.GODKANN_INTE), "delprojekt"),
    **dict.fromkeys((_A.BESLUTA_YTTERLIGARE_UPPFOLJNING, _A.AVSLUTA_UTAN_REKOMMENDATION), "delprojekt"),
    **dict.fromkeys((_A.REDIGERA_FORSLAG, _A.REGISTRERA_BEREDNINGSKONTAKT, _A.REGISTRERA_BEHOV), "forslag"),
    **dict.fromkeys((_A.BESVARA_BEREDNINGSKONTAKT, _A.BERED_UNDERLAG), "forslag"),
    **dict.fromkeys((_A.REDIGERA_UPPDRAG, _A.SKRIV_UPPDRAG, _A.ANGE_EJ_TILLAMPLIGT, _A.FASTSTALL_UPPDRAG), "uppdrag"),
    **dict.fromkeys((_A.BE_OM_NOMINERINGAR, _A.NOMINERA, _A.AVSTA_NOMINERING, _A.ANDRA_NOMINERING), "nomineringar"),
    **dict.fromkeys((_A.PAMINN_OM_NOMINERINGAR, _A.UTSE_ARBETSGRUPP, _A.TILLFRAGA_NOMINERAD), "nomineringar"),
    _A.TILLFRAGA_CHEF: "nomineringar",
    **dict.fromkeys((_A.UTSE_ORDFORANDE, _A.UTSE_FLER, _A.ENTLEDIGA), "arbetsgrupp"),
    _A.ANDRA_DELTAGANDE: "arbetsgrupp",
    _A.SKRIV_RAPPORT: "avsnitt",
    **dict.fromkeys((_A.KOMMENTERA, _A.BESVARA_KOMMENTAR, _A.FORESLA_ANDRING), "kommentarer"),
    **dict.fromkeys((_A.UTSE_SKRIBENTER, _A.REGISTRERA_FAKTAUPPGIFT), "arbetsmaterial"),
    **dict.fromkeys((_A.ANDRA_FAKTAUPPGIFT, _A.ANGE_TACKNING, _A.UTELAMNA_AVSNITT), "arbetsmaterial"),
    **dict.fromkeys((_A.SKRIV_SLUTSATS, _A.ANDRA_SLUTSATS, _A.PLACERA_SLUTSATSER), "arbetsmaterial"),
    _A.BESVARA_UPPDRAGSPUNKTER: "arbetsmaterial",
    **dict.fromkeys((_A.ANTECKNA_GRUPPMOTE, _A.SKRIV_MINNESANTECKNING), "anteckningar"),
    **dict.fromkeys((_A.ANTECKNA_VAGVAL, _A.ANDRA_VAGVAL, _A.BEGAR_STOD, _A.ANDRA_STODBEGARAN), "anteckningar"),
    **dict.fromkeys((_A.SKRIV_ATGARDSFORSLAG, _A.ANDRA_ATGARDSFORSLAG, _A.SKRIV_KALKYL), "arbetsmaterial"),
    **dict.fromkeys((_A.SKRIV_UPPFOLJNINGSPLAN, _A.LAGG_TILL_PARAMETER, _A.ANDRA_PARAMETER), "arbetsmaterial"),
    **dict.fromkeys((_A.STALL_SIG_BAKOM, _A.KORREKTURLAS, _A.LAMNA_TILL_KORREKTUR), "arbetsmaterial"),
    **dict.fromkeys((_A.LAMNA_DELRAPPORT, _A.REDOVISA_DELRAPPORT, _A.DELGE_DELRAPPORT), "arbetsmaterial"),
    **dict.fromkeys((_A.RETURNERA_SLUTRAPPORT, _A.LAMNA_REGIONSYNPUNKT, _A.FLYTTA_SYNPUNKTSFRIST), "synpunkter"),
    _A.BEHANDLA_I_SAMARBETSGRUPPEN: "synpunkter",
    _A.INHAMTA_SYNPUNKTER: "delprojekt",
    **dict.fromkeys((_A.PRESENTERA_FOR_LEDNINGSGRUPPEN, _A.SKRIV_BESLUTSFORSLAG), "beslutsforslag"),
    **dict.fromkeys((_A.LAMNA_STALLNING, _A.KONSTATERA_OENIGHET), "stallningar"),
    **dict.fromkeys((_A.BERED_POLITISKT, _A.RETURNERA_TILL_LEDNINGSGRUPPEN, _A.BORDLAGG), "namndbeslut"),
    **dict.fromkeys((_A.LAGG_TILL_HANDLINGARNA, _A.EXPEDIERA, _A.ANTECKNA_JUSTERING), "namndbeslut"),
    **dict.fromkeys((_A.REGISTRERA_HUVUDMANSBESLUT, _A.ANTECKNA_NAMNDANMALAN), "huvudmansbeslut"),
    _A.ANTECKNA_OVERKLAGANDE: "huvudmansbeslut",
    **dict.fromkeys((_A.SKICKA_HANDLING, _A.GRANSKA_HANDLING), "beslutshandling_ogranskad"),
    **dict.fromkeys((_A.RAPPORTERA_INFORANDE, _A.RAPPORTERA_KANSLIETS_INFORANDE, _A.ANMAL_HINDER), "inforande"),
    **dict.fromkeys((_A.LYFT_HINDER_TILL_CHEFSAMRADET, _A.LYFT_HINDER_TILL_SAMARBETSGRUPPEN), "inforande"),
    **dict.fromkeys((_A.LYFT_HINDER_TILL_LEDNINGSGRUPPEN, _A.AVSLUTA_HINDER), "inforande"),
    **dict.fromkeys((_A.TILLFRAGA_UPPFOLJARE, _A.ANDRA_UPPFOLJNINGSFRIST, _A.SKRIV_UPPFOLJNING), "uppfoljning"),
    **dict.fromkeys((_A.REGISTRERA_MATVARDEN, _A.SAMMANSTALL_UPPFOLJNING), "uppfoljning"),
    **dict.fromkeys((_A.LAMNA_UPPFOLJNINGSRAPPORT, _A.REDOVISA_UPPFOLJNING), "uppfoljning"),
    **dict.fromkeys((_A.ANGE_DIARIENUMMER, _A.RATTA_HANDLING), "handlingar"),
}

UTANFOR: dict[Act, str] = {
    **dict.fromkeys((_A.SKAPA_FORSLAG, _A.FORESLA_PA_NYTT, _A.FORTSATT_SOM_NYTT), "gör ett nytt delprojekt (T01, T43)"),
    **dict.fromkeys((_A.LAGG_IN_PAGAENDE, _A.KOMPLETTERA_I_EFTERHAND), _INFLYTTNING),
    **dict.fromkeys((_A.KOPPLA_CHEFSAMRAD, _A.REGISTRERA_LINJEKONTAKT), "avstämning med linjen: ingen rad (M5-6)"),
    **dict.fromkeys((_A.KOPPLA_IN_KOMMUNIKATOR, _A.SKRIV_KOMMUNIKATIONSPLAN), "kommunikationsplan: ingen rad (M6.6)"),
    _A.ANDRA_INFORMATIONSINSATS: "kommunikationsplan: ingen rad (M6.6)",
    **dict.fromkeys((_A.FRAGA_SAMARBETSGRUPPEN, _A.LAMNA_RAD), "råd av samarbetsgruppen: ingen rad (M5-2)"),
    _A.REGISTRERA_STARTMOTE: "startmötet: ingen rad (M5-13)",
    _A.FOLJ_UPP_ATTGORA: "bockas av också efter slutrapporten (tests/metoden/test_5_dokumentation.py)",
    _A.MEJLA_GRUPPEN: "gruppens mejl: ingen rad (tests/metoden/test_5_dokumentation.py)",
    **dict.fromkeys((_A.SVARA_PA_NOMINERING, _A.SVARA_SOM_CHEF), "bara genom svarslänken (M4.3-4)"),
    _A.BESVARA_FORFRAGAN: "bara den som har fått frågan (M5.8-4): tests/metoden/test_5_8.py",
    _A.KLARMARKERA_AVSNITT: "samma rätt som att skriva avsnittet (tests/metoden/test_5_4_1_skrivbordet.py)",
    _A.AVGOR_ANDRINGSFORSLAG: "samma rätt som att skriva avsnittet (tests/web/test_kommentarer.py)",
    _A.AVVISA_FIL: "händer av sig självt när en fil inte kan tas emot (E7)",
}
"""Acts that no row of the matrix is about, each with its reason."""


def read() -> dict[tuple[str, str, str], int]:
    """The matrix: (resource, role, step or ``*`` or ``-``) -> level."""
    with CSV.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    found = {(r["resurs"], r["roll"], r["steg"]): NIVAER.index(r["niva"]) for r in rows}
    assert len(found) == len(rows), "a cell stands twice"
    return found


def wanted(matris: dict[tuple[str, str, str], int], resurs: str, roll: str, steg: Steg) -> int:
    """What the matrix says of a resource, a role and a step; KeyError if it says nothing."""
    for where in (steg, LIKA.get(steg, steg)):
        if (resurs, roll, where.value) in matris:
            return matris[resurs, roll, where.value]
    return matris[resurs, roll, "*"]


def shows(pattern: str, html: str) -> bool:
    """Whether a page holds what a window is looked through for."""
    return not pattern or re.search(pattern, html, re.DOTALL) is not None


def acts_of(resurs: str) -> Iterable[Act]:
    """The acts that change a resource."""
    return (act for act, what in AKTER.items() if what == resurs)
