"""Facts: what is registered as having happened inside a step, and what each kind asks for."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import TextChoices

from delprojekt.process.steg import Steg


class Organslag(TextChoices):
    """Kinds of bodies."""

    NAMND = "namnd", "Nämnden"
    STYRGRUPP = "styrgrupp", "Politiska styrgruppen"
    LEDNINGSGRUPP = "ledningsgrupp", "Ledningsgruppen"
    SAMARBETSGRUPP = "samarbetsgrupp", "Samarbetsgruppen"
    KANSLI = "kansli", "Kansliet"
    CHEFSAMRAD = "chefsamrad", "Chefsamråd"
    RPO = "rpo", "Regionalt programområde"
    RSG = "rsg", "Regional samverkansgrupp"
    AVTALSGRUPP = "avtalsgrupp", "Avtalsgruppen"


class Linjeniva(TextChoices):
    """The level of a contact with the line (M5-9, M5-10, M5-11)."""

    CHEFSAMRAD = "chefsamrad", "Chefsamråd"
    VERKSAMHET = "verksamhet", "Verksamhet"
    FORVALTNING = "forvaltning", "Förvaltning"
    REGION = "region", "Regionens högre ledning"


class Avvikelseslag(TextChoices):
    """How the group leaves the usual order of steps (M5-1)."""

    HOPPAR_OVER = "hoppar_over", "Ett steg hoppas över"
    SLAR_IHOP = "slar_ihop", "Två steg görs i ett"


class Synpunktslag(TextChoices):
    """What a region says of the slutrapport (M5.4.2-2)."""

    INGET_ATT_ERINRA = "inget", "Inget att erinra"
    SYNPUNKTER = "synpunkter", "Synpunkter"
    AVSTYRKER = "avstyrker", "Avstyrker"


class Redovisningsform(TextChoices):
    """How a follow-up was told (M5.8-11)."""

    SKRIFTLIG = "skriftlig", "Skriftligt"
    MUNTLIG = "muntlig", "Muntligt"


class Livslangd(Enum):
    """How long a fact counts: in its visit to the step, or as long as the uppdragsomgång."""

    BESOK = "besok"
    OMGANG = "omgang"


class Faktumslag(TextChoices):
    """Every kind of fact. Label: as written in the log."""

    FORSLAG_INSKICKAT = "forslag_inskickat", "Förslaget inkom"
    SAMARBETSGRUPPEN_AVSTAMD = "samarbetsgruppen_avstamd", "Avstämt i samarbetsgruppen"
    ANMALT = "anmalt", "Anmält till ledningsgruppen"
    STARTBESLUT = "startbeslut", "Startbeslut"
    FORTSATTNING = "fortsattning", "Nämnden beslutade om fortsättning"
    AVSLAGSBESLUT = "avslagsbeslut", "Avslag"
    AVVAKTAN = "avvaktan", "Beslut att avvakta"
    ATERTAGET = "atertaget", "Förslaget taget tillbaka"
    UPPDRAG_FASTSTALLT = "uppdrag_faststallt", "Uppdraget fastställt"
    NOMINERINGAR_BEGARDA = "nomineringar_begarda", "Nomineringar begärda"
    ORDFORANDE_UTSEDD = "ordforande_utsedd", "Ordförande utsedd"
    ARBETSGRUPP_UTSEDD = "arbetsgrupp_utsedd", "Arbetsgruppen utsedd"
    FLER_UTSEDDA = "fler_utsedda", "Fler utsedda till arbetsgruppen"
    ENTLEDIGAD = "entledigad", "Entledigad ur arbetsgruppen"
    DELTAGANDE_ANDRAT = "deltagande_andrat", "Regionens deltagande ändrat"
    UPPDRAG_OVERLAMNAT = "uppdrag_overlamnat", "Uppdraget överlämnat"
    UPPDRAG_KVITTERAT = "uppdrag_kvitterat", "Uppdraget kvitterat"
    STARTMOTE = "startmote", "Startmöte"
    LINJEKONTAKT = "linjekontakt", "Avstämning med linjen"
    KOMMUNIKATOR_INKOPPLAD = "kommunikator_inkopplad", "Kommunikatören inkopplad"
    DELRAPPORT_LAMNAD = "delrapport_lamnad", "Delrapport lämnad"
    DELRAPPORT = "delrapport", "Delrapport redovisad"
    DELRAPPORT_DELGIVEN = "delrapport_delgiven", "Delrapport lämnad till ledningsgruppen"
    AVVIKELSE = "avvikelse", "Avvikelse från stegen"
    GRUPPEN_BAKOM = "gruppen_bakom", "Arbetsgruppen står bakom förslagen"
    KLAR_FOR_KORREKTUR = "klar_for_korrektur", "Klar för korrektur"
    KORREKTURLAST = "korrekturlast", "Korrekturläst"
    SLUTRAPPORT_INLAMNAD = "slutrapport_inlamnad", "Slutrapporten inlämnad"
    REGIONSYNPUNKT = "regionsynpunkt", "Regionens synpunkt"
    SYNPUNKTER_BEGARDA = "synpunkter_begarda", "Regionernas synpunkter begärda"
    SYNPUNKTSFRIST = "synpunktsfrist", "Längre tid för regionens synpunkt"
    SAMARBETSGRUPPEN_BEHANDLAT = "samarbetsgruppen_behandlat", "Behandlad i samarbetsgruppen"
    PRESENTERAD = "presenterad", "Presenterad för ledningsgruppen"
    EJ_ENIGA = "ej_eniga", "Ledningsgruppen inte enig"
    ENIGA = "eniga", "Ledningsgruppen enig"
    RETUR = "retur", "Lämnat tillbaka"
    POLITISK_BEREDNING = "politisk_beredning", "Beredd av politiska styrgruppen"
    BORDLAGT = "bordlagt", "Bordlagt"
    LAGT_TILL_HANDLINGARNA = "lagt_till_handlingarna", "Lagt till handlingarna"
    EJ_GODKANT = "ej_godkant", "Ej godkänt"
    JUSTERAT = "justerat", "Nämndens protokoll justerat"
    EXPEDIERAT = "expedierat", "Expedierat till regionerna"
    LEDNINGSGRUPPEN_INFORMERAD = "ledningsgruppen_informerad", "Ledningsgruppen informerad"
    UPPFOLJNINGSRAPPORT_KLAR = "uppfoljningsrapport_klar", "Uppföljningsrapporten lämnad"
    REDOVISAD = "redovisad", "Uppföljningen redovisad"
    YTTERLIGARE_UPPFOLJNING = "ytterligare_uppfoljning", "Ytterligare uppföljning beslutad"
    AVSLUTNING = "avslutning", "Avslutat"
    RADFRAGA = "radfraga", "Fråga till samarbetsgruppen"
    RAD = "rad", "Samarbetsgruppens råd"
    PAUS = "paus", "Pausat"
    ATERUPPTAGET = "aterupptaget", "Återupptaget"
    AVBRUTET = "avbrutet", "Avbrutet"
    PERMANENTNING = "permanentning", "Arbetsgruppen permanentad"
    ATEROPPNAT = "ateroppnat", "Öppnat igen"


VALFRITT = " (valfritt)"
"""How the label of something that may be left empty ends."""


@dataclass(frozen=True)
class Faktumspec:
    """What a kind of fact asks for; the form, the check-answers page and the log are made from it.

    ``organ``: the body whose meeting it happened at (asks for the meeting's date and the point).
    ``dag``: label of the date when there is no meeting; empty means "today, not asked".
    ``text``/``part``/``till``: labels of free text, of who or what, of a second date; empty means not asked.
    A label ending in " (valfritt)" may be left empty. ``framtid``: the day may still lie ahead.
    ``efter``: what the same step must have had before, and on no later day. ``vid_sidan``: it is done at the side of
    the way, and its day has no order.
    """

    organ: tuple[Organslag, ...] = ()
    dag: str = ""
    text: str = ""
    part: str = ""
    till: str = ""
    region: bool = False
    val: type[TextChoices] | None = None
    val_etikett: str = ""
    flera: bool = False
    framtid: bool = False
    efter: Faktumslag | None = None
    vid_sidan: bool = False
    livslangd: Livslangd = Livslangd.BESOK


_LG = (Organslag.LEDNINGSGRUPP,)
_SG = (Organslag.SAMARBETSGRUPP,)
_NAMND = (Organslag.NAMND,)
_F, _S = Faktumslag, Faktumspec
_OMGANG = Livslangd.OMGANG

FAKTA: dict[Faktumslag, Faktumspec] = {
    _F.FORSLAG_INSKICKAT: _S(),
    _F.SAMARBETSGRUPPEN_AVSTAMD: _S(organ=_SG, text="Samarbetsgruppens synpunkt"),
    _F.ANMALT: _S(organ=_LG, framtid=True),
    _F.STARTBESLUT: _S(organ=_LG, text="Vad ledningsgruppen sade (valfritt)"),
    _F.FORTSATTNING: _S(organ=_NAMND, text="Vad det nya delprojektet ska göra", livslangd=_OMGANG),
    _F.AVSLAGSBESLUT: _S(organ=_LG, text="Motivering till avslaget"),
    _F.AVVAKTAN: _S(
        organ=_LG,
        text="Varför förslaget får vänta",
        part="Vilken resurs som saknas (valfritt)",
        till="Prövas igen (valfritt)",
        livslangd=_OMGANG,
    ),
    _F.ATERTAGET: _S(text="Varför förslaget tas tillbaka"),
    _F.UPPDRAG_FASTSTALLT: _S(organ=_LG, text="Vad ledningsgruppen sade (valfritt)", livslangd=_OMGANG),
    _F.NOMINERINGAR_BEGARDA: _S(
        text="Meddelande till dem som tillfrågas (valfritt)",
        part="Andra kontaktvägar som tillfrågas (valfritt)",
        till="Svar senast",
        flera=True,
        livslangd=_OMGANG,
    ),
    _F.ORDFORANDE_UTSEDD: _S(organ=_LG, livslangd=_OMGANG),
    _F.ARBETSGRUPP_UTSEDD: _S(organ=_LG, livslangd=_OMGANG),
    _F.FLER_UTSEDDA: _S(organ=_LG, flera=True, livslangd=_OMGANG),
    _F.ENTLEDIGAD: _S(organ=_LG, text="Varför", flera=True, livslangd=_OMGANG),
    _F.DELTAGANDE_ANDRAT: _S(organ=_LG, region=True, text="Vad ledningsgruppen sade", flera=True, livslangd=_OMGANG),
    _F.UPPDRAG_OVERLAMNAT: _S(dag="Överlämnat den", efter=_F.ARBETSGRUPP_UTSEDD, livslangd=_OMGANG),
    _F.UPPDRAG_KVITTERAT: _S(livslangd=_OMGANG),
    _F.STARTMOTE: _S(
        dag="Startmötets datum",
        text="Vad ni sade om uppföljningssätt och uppföljningsparametrar",
        efter=_F.ARBETSGRUPP_UTSEDD,
        livslangd=_OMGANG,
    ),
    _F.LINJEKONTAKT: _S(
        dag="Datum",
        val=Linjeniva,
        val_etikett="Nivå",
        part="Vem eller vilket chefsamråd",
        text="Vad ni kom fram till (valfritt)",
        region=True,
        flera=True,
        livslangd=_OMGANG,
    ),
    _F.KOMMUNIKATOR_INKOPPLAD: _S(
        dag="Inkopplad den", text="Vad ni bestämde (valfritt)", vid_sidan=True, livslangd=_OMGANG
    ),
    _F.DELRAPPORT_LAMNAD: _S(part="Vad delrapporten gäller", flera=True, livslangd=_OMGANG),
    _F.DELRAPPORT: _S(
        organ=(*_SG, *_LG),
        part="Vad delrapporten gäller",
        text="Vad som sades (valfritt)",
        flera=True,
        livslangd=_OMGANG,
    ),
    _F.DELRAPPORT_DELGIVEN: _S(text="Något särskilt att läsa (valfritt)", flera=True, livslangd=_OMGANG),
    _F.AVVIKELSE: _S(
        val=Avvikelseslag,
        val_etikett="Hur ni avviker",
        text="Motivering: vilket steg, och varför",
        flera=True,
        livslangd=_OMGANG,
    ),
    _F.GRUPPEN_BAKOM: _S(dag="Gruppens möte", text="Avvikande meningar (valfritt)"),
    _F.KLAR_FOR_KORREKTUR: _S(text="Något särskilt att titta på (valfritt)"),
    _F.KORREKTURLAST: _S(dag="Korrekturläst den", text="Kommentar (valfritt)"),
    _F.SLUTRAPPORT_INLAMNAD: _S(),
    _F.REGIONSYNPUNKT: _S(
        dag="Datum", region=True, val=Synpunktslag, val_etikett="Regionens svar", text="Synpunkt (valfritt)", flera=True
    ),
    _F.SYNPUNKTER_BEGARDA: _S(organ=_LG, text="Frågan till regionerna", till="Svar senast (valfritt)"),
    _F.SYNPUNKTSFRIST: _S(region=True, text="Varför", till="Svar senast", flera=True),
    _F.SAMARBETSGRUPPEN_BEHANDLAT: _S(organ=_SG, text="Vad samarbetsgruppen sade (valfritt)"),
    _F.PRESENTERAD: _S(organ=_LG, part="Föredragande", text="Frågor och svar (valfritt)"),
    _F.EJ_ENIGA: _S(organ=_LG, text="Vad ni inte är eniga om", flera=True, efter=_F.PRESENTERAD),
    _F.ENIGA: _S(organ=_LG, efter=_F.PRESENTERAD),
    _F.RETUR: _S(dag="Datum", text="Vad som ska ändras eller kompletteras", flera=True),
    _F.POLITISK_BEREDNING: _S(organ=(Organslag.STYRGRUPP,), text="Styrgruppens notering (valfritt)"),
    _F.BORDLAGT: _S(organ=_NAMND, till="Tas upp igen", text="Varför (valfritt)", flera=True),
    _F.LAGT_TILL_HANDLINGARNA: _S(organ=_NAMND, text="Beslutets lydelse", flera=True, efter=_F.POLITISK_BEREDNING),
    _F.EJ_GODKANT: _S(organ=_NAMND, text="Beslutets lydelse"),
    _F.JUSTERAT: _S(
        dag="Justerat den", text="Av vem, och när det anslogs (valfritt)", till="Anslaget tas ned (valfritt)"
    ),
    _F.EXPEDIERAT: _S(dag="Expedierat den", livslangd=_OMGANG),
    _F.LEDNINGSGRUPPEN_INFORMERAD: _S(organ=_LG, text="Vad ledningsgruppen sade (valfritt)"),
    _F.UPPFOLJNINGSRAPPORT_KLAR: _S(),
    _F.REDOVISAD: _S(
        organ=(*_SG, *_LG, *_NAMND),
        val=Redovisningsform,
        val_etikett="Form",
        text="Vad som sades (valfritt)",
        flera=True,
        efter=_F.UPPFOLJNINGSRAPPORT_KLAR,
    ),
    _F.YTTERLIGARE_UPPFOLJNING: _S(organ=(*_LG, *_NAMND), text="Varför", efter=_F.REDOVISAD),
    _F.AVSLUTNING: _S(organ=(*_LG, *_NAMND), text="Varför ingen ytterligare uppföljning behövs", efter=_F.REDOVISAD),
    _F.RADFRAGA: _S(text="Vad ni vill ha råd om", flera=True, livslangd=_OMGANG),
    _F.RAD: _S(dag="Datum", text="Samarbetsgruppens råd", flera=True, livslangd=_OMGANG),
    _F.PAUS: _S(organ=_LG, text="Varför", till="Planerad återstart (valfritt)", flera=True, livslangd=_OMGANG),
    _F.ATERUPPTAGET: _S(
        dag="Återupptaget den", text="Kommentar (valfritt)", flera=True, efter=_F.PAUS, livslangd=_OMGANG
    ),
    _F.AVBRUTET: _S(organ=_LG, text="Motivering"),
    _F.PERMANENTNING: _S(organ=_LG, text="Ny uppdragsgivare och ny rapportväg"),
    _F.ATEROPPNAT: _S(organ=_LG, text="Varför delprojektet öppnas igen"),
}


@dataclass(frozen=True)
class Faktum:
    """One registered fact, as the rules see it."""

    slag: Faktumslag
    dag: date
    organ: Organslag | None = None
    region: str | None = None
    val: str = ""
    till: date | None = None
    steg: Steg | None = None  # the step it was registered in
    part: str = ""
