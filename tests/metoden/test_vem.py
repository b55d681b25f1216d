"""Who does what, act by act: written by hand from the method and held against the table.

Where the method names a body that meets, the one who records for it does the act: ledningsgruppen through its
secretary, nämnden through its secretary, samarbetsgruppen through kansliet. Kansliet may record for all of them.
"""

import pytest

from delprojekt.process.act import Act
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Why, decide
from delprojekt.process.roller import Roll
from delprojekt.queries.lage import build_lage
from tests.metoden.handgrepp import som
from tests.world import fresh

R = Roll
KANSLI = {R.KANSLI, R.KONTAKTPERSON}
LG = {R.SEKRETERARE, R.KANSLI}
NAMND = {R.NAMNDSEKRETERARE, R.KANSLI}
GRUPP = {R.ORDFORANDE, R.PROCESSLEDARE, R.LEDAMOT, R.PATIENTFORETRADARE}
LYFTER = {R.REGIONKONTAKT, R.CHEFSAMRAD, R.SAMARBETSGRUPP} | KANSLI
LEDER = {R.ORDFORANDE, R.PROCESSLEDARE} | KANSLI
AO = {R.ORDFORANDE} | KANSLI
FORETRADER = {R.ORDFORANDE, R.KONTAKTPERSON}
SKRIVER = FORETRADER | {R.HELHETSANSVARIG, R.SKRIBENT}  # data-model.md, Permissions: skribenter per kapitel
I_GRUPPEN = GRUPP | {R.HELHETSANSVARIG, R.KONTAKTPERSON}

WHO: dict[str, dict[Act, set[Roll]]] = {
    # §5.1 «Förslag till nya delprojekt kan väckas från olika håll»; §5.1.2 «Kansliet bereder»
    "i_forslag": {
        Act.SKICKA_IN_FORSLAG: {R.FORSLAGSSTALLARE, R.KANSLI},
        Act.UTSE_KONTAKTPERSON: {R.DIREKTOR, R.KANSLI},
        Act.BORJA_BEREDNING: {R.DIREKTOR, R.KANSLI},
    },
    "avstamt": {
        Act.REDIGERA_FORSLAG: KANSLI,  # förslagsställaren until it is sent in (data-model.md, Permissions)
        Act.ATERTA_FORSLAG: {R.FORSLAGSSTALLARE, R.KANSLI},
        Act.REGISTRERA_BEREDNINGSKONTAKT: KANSLI,
        Act.BERED_UNDERLAG: KANSLI,
        Act.KOPPLA_CHEFSAMRAD: LEDER,
        Act.REGISTRERA_BEHOV: {R.SAMARBETSGRUPP} | KANSLI,
        Act.STAM_AV_MED_SAMARBETSGRUPPEN: KANSLI,
        Act.ANMAL_TILL_LEDNINGSGRUPPEN: KANSLI,
    },
    # §5.1.2 «ledningsgruppen som fattar beslut om avslag alternativt uppstart»
    "anmalt": {
        Act.BESLUTA_START: LG,
        Act.BESLUTA_AVSLAG: LG,
        Act.BESLUTA_AVVAKTA: LG,
        Act.ATERREMITTERA_FORSLAG: LG,
    },
    # §5.1.3 «Kansliet formulerar ett uppdrag»; §5.1.4 «Ledningsgruppen utser ledamöter»
    "startat": {
        Act.REDIGERA_UPPDRAG: KANSLI,
        Act.SKRIV_UPPDRAG: KANSLI,
        Act.KLARMARKERA_AVSNITT: KANSLI,
        Act.ANGE_EJ_TILLAMPLIGT: KANSLI,
        Act.FASTSTALL_UPPDRAG: LG,
        Act.BE_OM_NOMINERINGAR: KANSLI,
        Act.NOMINERA: {R.SAMARBETSGRUPP, R.LEDNINGSGRUPP, R.ORDFORANDE} | KANSLI,
        Act.AVSTA_NOMINERING: {R.SAMARBETSGRUPP, R.LEDNINGSGRUPP} | KANSLI,
        Act.PAMINN_OM_NOMINERINGAR: KANSLI,
        Act.ANDRA_NOMINERING: {R.ORDFORANDE} | KANSLI,
        Act.TILLFRAGA_NOMINERAD: {R.ORDFORANDE} | KANSLI,
        Act.SVARA_PA_NOMINERING: {R.NOMINERAD},
        Act.TILLFRAGA_CHEF: {R.ORDFORANDE} | KANSLI,
        Act.SVARA_SOM_CHEF: {R.NARMSTA_CHEF},
        Act.UTSE_ORDFORANDE: LG,
        Act.UTSE_ARBETSGRUPP: LG,
        Act.ENTLEDIGA: LG,
        Act.ANDRA_DELTAGANDE: LG,
        Act.OVERLAMNA_UPPDRAG: KANSLI,
        Act.KVITTERA_UPPDRAG: {R.ORDFORANDE},
        Act.REGISTRERA_STARTMOTE: LEDER,
        Act.BORJA_NULAGE: {R.ORDFORANDE} | KANSLI,
    },
    # §5.2–5.4.1: the chair writes, or hands chapters over (M5.4.1-3); what the group notes is the group's (M5-3, M5-4)
    "i_nulage": {
        Act.UTSE_FLER: LG,
        Act.SKRIV_RAPPORT: SKRIVER,
        Act.KLARMARKERA_AVSNITT: SKRIVER,
        **dict.fromkeys((Act.KOMMENTERA, Act.BESVARA_KOMMENTAR, Act.FORESLA_ANDRING), I_GRUPPEN),  # M4.5-5
        Act.AVGOR_ANDRINGSFORSLAG: SKRIVER,
        Act.REGISTRERA_LINJEKONTAKT: LEDER,
        Act.KOPPLA_IN_KOMMUNIKATOR: {R.KOMMUNIKATOR} | KANSLI,
        Act.SKRIV_KOMMUNIKATIONSPLAN: {R.KOMMUNIKATOR} | LEDER,
        Act.ANDRA_INFORMATIONSINSATS: {R.KOMMUNIKATOR} | LEDER,
        Act.REGISTRERA_AVVIKELSE: AO,
        Act.FRAGA_SAMARBETSGRUPPEN: LEDER,
        Act.LAMNA_RAD: {R.SAMARBETSGRUPP} | KANSLI,
        Act.REDOVISA_DELRAPPORT: FORETRADER,
        Act.DELGE_DELRAPPORT: FORETRADER,
        Act.BORJA_ANALYS: AO,
        Act.UTSE_SKRIBENTER: FORETRADER,
        Act.UTELAMNA_AVSNITT: FORETRADER,
        Act.LAMNA_DELRAPPORT: FORETRADER,
        Act.REGISTRERA_FAKTAUPPGIFT: SKRIVER,
        Act.ANDRA_FAKTAUPPGIFT: SKRIVER,
        Act.ANGE_TACKNING: SKRIVER,
        Act.SKRIV_SLUTSATS: SKRIVER,
        Act.ANDRA_SLUTSATS: SKRIVER,
        Act.PLACERA_SLUTSATSER: SKRIVER,
        Act.BESVARA_UPPDRAGSPUNKTER: SKRIVER,
        Act.ANTECKNA_GRUPPMOTE: I_GRUPPEN,
        Act.SKRIV_MINNESANTECKNING: I_GRUPPEN,
        Act.FOLJ_UPP_ATTGORA: I_GRUPPEN,
        Act.MEJLA_GRUPPEN: I_GRUPPEN,
        Act.ANTECKNA_VAGVAL: I_GRUPPEN,
        Act.ANDRA_VAGVAL: I_GRUPPEN,
        Act.BEGAR_STOD: I_GRUPPEN,
        Act.ANDRA_STODBEGARAN: I_GRUPPEN,
        Act.PAUSA: LG,
        Act.AVBRYT: LG,
        Act.ANGRA: {R.KANSLI},
    },
    "i_analys": {Act.BORJA_ATGARDSFORSLAG: AO, Act.TILLBAKA_TILL_NULAGE: AO},
    "fardig_rapport": {
        Act.KOMMENTERA: I_GRUPPEN | {R.KOMMUNIKATOR, R.SAMARBETSGRUPP},  # M5.4.1-7, M5.4.2-1
        Act.SKRIV_ATGARDSFORSLAG: SKRIVER,
        Act.SKRIV_KALKYL: SKRIVER,
        Act.LAGG_TILL_PARAMETER: SKRIVER,
        Act.ANDRA_PARAMETER: SKRIVER,
        Act.ANDRA_ATGARDSFORSLAG: SKRIVER,
        Act.SKRIV_UPPFOLJNINGSPLAN: SKRIVER,
        Act.STALL_SIG_BAKOM: FORETRADER,
        Act.LAMNA_TILL_KORREKTUR: {R.HELHETSANSVARIG},
        Act.KORREKTURLAS: {R.KOMMUNIKATOR},
        Act.LAMNA_SLUTRAPPORT: {R.ORDFORANDE, R.HELHETSANSVARIG},
        Act.RETURNERA_SLUTRAPPORT: {R.SAMARBETSGRUPP} | KANSLI,
        Act.LAMNA_REGIONSYNPUNKT: {R.SAMARBETSGRUPP} | KANSLI,
        Act.FLYTTA_SYNPUNKTSFRIST: KANSLI,
        Act.BEHANDLA_I_SAMARBETSGRUPPEN: KANSLI,
        Act.LAMNA_TILL_LEDNINGSGRUPPEN: KANSLI,
    },
    # §5.4.3 «ledningsgruppens uppdrag att diskutera slutrapportens förslag och sätta samman ett beslutsförslag»
    "med_beslutsforslag": {
        Act.PRESENTERA_FOR_LEDNINGSGRUPPEN: LG,
        Act.SKRIV_BESLUTSFORSLAG: LG | {R.KONTAKTPERSON},
        Act.LAMNA_STALLNING: LG | {R.LEDNINGSGRUPP},
        Act.KONSTATERA_OENIGHET: LG,
        Act.LAMNA_TILL_NAMNDEN: LG,
        Act.ATERREMITTERA_TILL_ARBETSGRUPPEN: LG,
        Act.INHAMTA_SYNPUNKTER: LG,
        Act.FORNYA_UPPDRAG: LG,
    },
    # §5.5 «Efter beredning av den politiska styrgruppen ska Södra regionvårdsnämnden till sist godkänna slutrapporten.»
    "hos_namnden": {
        Act.BERED_POLITISKT: NAMND,
        Act.RETURNERA_TILL_LEDNINGSGRUPPEN: NAMND,
        Act.BORDLAGG: NAMND,
        Act.REKOMMENDERA: NAMND,
        Act.ATERREMITTERA_FRAN_NAMNDEN: NAMND,
        Act.GODKANN_INTE: NAMND,
        Act.LAGG_TILL_HANDLINGARNA: NAMND,
        Act.AVSLUTA_UTAN_REKOMMENDATION: KANSLI,
    },
    # KL 5:67: minutes are adjusted and announced whatever nämnden decided (conventions.md §6.3)
    "ej_godkant": {Act.ANTECKNA_JUSTERING: NAMND | {R.KONTAKTPERSON}},
    # §5.6 «Varje region fattar beslut», «Regionerna ska skicka protokollsutdrag till … kansli»
    "hos_huvudmannen": {
        Act.EXPEDIERA: {R.NAMNDSEKRETERARE} | KANSLI,
        Act.REGISTRERA_HUVUDMANSBESLUT: {R.REGIONKONTAKT} | KANSLI,
        Act.SKICKA_HANDLING: {R.REGIONKONTAKT} | KANSLI,
        Act.GRANSKA_HANDLING: KANSLI,
        Act.ANTECKNA_NAMNDANMALAN: {R.REGIONKONTAKT} | KANSLI,
        Act.ANTECKNA_OVERKLAGANDE: {R.REGIONKONTAKT} | KANSLI,
        # each authority gives its own dnr (conventions.md §6.2, T28); the register is kansliet's (KAN is registrator)
        Act.ANGE_DIARIENUMMER: {R.REGIONKONTAKT, R.NAMNDSEKRETERARE} | KANSLI,
        Act.RATTA_HANDLING: KANSLI,
        Act.AVVISA_FIL: set(Roll),  # whoever brings a file that cannot be taken
        Act.INFORMERA_LEDNINGSGRUPPEN: LG,
        Act.BORJA_INFORANDE: KANSLI,
        Act.AVSLUTA_UTAN_INFORANDE: KANSLI,
    },
    # §5.7 «ligger hos respektive region», «Chefsamråden … spelar en viktig roll i implementeringen»
    "i_inforande": {
        Act.RAPPORTERA_INFORANDE: {R.REGIONKONTAKT, R.CHEFSAMRAD} | KANSLI,
        Act.RAPPORTERA_KANSLIETS_INFORANDE: {R.DIREKTOR} | KANSLI,
        Act.ANMAL_HINDER: {R.REGIONKONTAKT, R.CHEFSAMRAD} | KANSLI,
        Act.LYFT_HINDER_TILL_CHEFSAMRADET: LYFTER,
        Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN: LYFTER,
        Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN: LYFTER,
        Act.AVSLUTA_HINDER: LYFTER,
        Act.TILLFRAGA_UPPFOLJARE: KANSLI,
        Act.BESVARA_FORFRAGAN: {R.TILLFRAGAD} | KANSLI,
        Act.ANDRA_UPPFOLJNINGSFRIST: KANSLI,
        Act.BORJA_UPPFOLJNING: KANSLI,
        Act.PERMANENTA: LG,
        Act.FORTSATT_SOM_NYTT: LG | {R.NAMNDSEKRETERARE},
    },
    # §5.8 «Vanligen är det den tidigare ordföranden», «Kansliets kontaktperson har en koordinerande roll.»
    "klar_uppfoljning": {
        Act.SKRIV_UPPFOLJNING: {R.UPPFOLJNINGSANSVARIG, R.KONTAKTPERSON},
        Act.KLARMARKERA_AVSNITT: {R.UPPFOLJNINGSANSVARIG, R.KONTAKTPERSON},
        Act.REGISTRERA_MATVARDEN: {R.UPPFOLJNINGSANSVARIG} | KANSLI,
        Act.SAMMANSTALL_UPPFOLJNING: {R.UPPFOLJNINGSANSVARIG} | KANSLI,
        Act.LAMNA_UPPFOLJNINGSRAPPORT: {R.UPPFOLJNINGSANSVARIG, R.KONTAKTPERSON},
        Act.REDOVISA_UPPFOLJNING: {R.SEKRETERARE, R.NAMNDSEKRETERARE} | KANSLI,
        Act.BESLUTA_YTTERLIGARE_UPPFOLJNING: LG | {R.NAMNDSEKRETERARE},
        Act.AVSLUTA: KANSLI,
    },
}


@pytest.mark.parametrize("state", WHO)
def test_only_those_whom_the_method_names_may_do_it(state: str, request: pytest.FixtureRequest) -> None:
    dp = request.getfixturevalue(state)
    lage = build_lage(fresh(dp))

    for act, named in WHO[state].items():
        weighed = {roll: decide(som(roll, "skane", dp), act, lage).why for roll in Roll}

        elsewhere = {roll for roll, where in POLICY[act].bara if lage.steg not in where}
        assert not elsewhere & named, act
        assert {roll for roll, why in weighed.items() if why is Why.WRONG_STEP} == elsewhere, act
        assert {roll for roll, why in weighed.items() if why is Why.NOT_YOURS} == set(Roll) - named - elsewhere, act


def test_anybody_who_is_logged_in_may_suggest_a_delprojekt_and_nobody_else() -> None:
    assert POLICY[Act.SKAPA_FORSLAG].who == {R.INLOGGAD}


def test_every_act_of_the_table_is_held_against_the_method() -> None:
    written = {act for acts in WHO.values() for act in acts}

    assert set(Act) - written == {
        Act.SKAPA_FORSLAG,  # above
        Act.LAGG_IN_PAGAENDE,  # test_inflyttning
        Act.KOMPLETTERA_I_EFTERHAND,  # same
        Act.RATTA_UPPGIFT,  # test_rattelser
        Act.TA_UPP_IGEN,  # a resting förslag: test_5_1
        Act.ATERUPPTA,  # only what is paused
        Act.BESVARA_BEREDNINGSKONTAKT,  # with the contact it answers: test_5_1_beredning
        Act.PRIORITERA_FORSLAG,  # a resting förslag: test_5_1_beredning
        Act.FORESLA_PA_NYTT,  # what was rejected or taken back: test_5_1_beredning
        Act.ATEROPPNA,  # an ending: test_5_vagar
    }
