"""Which form each act has. An act that is not named has the form of its fact, or only a confirmation."""

from delprojekt.process.act import Act
from delprojekt.web.forms import (
    beslut,
    dokumentation,
    forslag,
    handling,
    huvudmansbeslut,
    inforande,
    nulage,
    rapport,
    uppdrag,
    uppfoljning,
    uppfoljningsplan,
)
from delprojekt.web.forms.bas import ActForm, FactForm, Rum

FORMS: dict[Act, type[ActForm]] = {
    Act.REDIGERA_FORSLAG: forslag.RedigeraForslagForm,
    Act.UTSE_KONTAKTPERSON: forslag.KontaktpersonForm,
    Act.REGISTRERA_BEHOV: forslag.BehovForm,
    Act.BESLUTA_START: forslag.StartForm,
    Act.FORTSATT_SOM_NYTT: forslag.FortsattningForm,
    Act.ANGRA: forslag.AngraForm,
    Act.REDIGERA_UPPDRAG: uppdrag.UppdragForm,
    Act.NOMINERA: uppdrag.NomineraForm,
    Act.UTSE_ORDFORANDE: uppdrag.OrdforandeForm,
    Act.ANGE_EJ_TILLAMPLIGT: nulage.EjTillampligtForm,
    Act.REGISTRERA_STARTMOTE: uppfoljningsplan.StartmoteForm,
    Act.UTSE_SKRIBENTER: rapport.SkribenterForm,
    Act.REGISTRERA_FAKTAUPPGIFT: nulage.FaktauppgiftForm,
    Act.ANDRA_FAKTAUPPGIFT: nulage.FaktauppgiftForm,
    Act.ANGE_TACKNING: nulage.TackningForm,
    Act.UTELAMNA_AVSNITT: nulage.UtelamnaForm,
    Act.SKRIV_SLUTSATS: nulage.SlutsatsForm,
    Act.ANDRA_SLUTSATS: nulage.SlutsatsForm,
    Act.PLACERA_SLUTSATSER: nulage.PlaceraSlutsatserForm,
    Act.BESVARA_UPPDRAGSPUNKTER: nulage.UppdragspunkterForm,
    Act.ANTECKNA_GRUPPMOTE: dokumentation.GruppmoteForm,
    Act.SKRIV_MINNESANTECKNING: dokumentation.GruppmoteForm,
    Act.ANTECKNA_VAGVAL: dokumentation.VagvalForm,
    Act.ANDRA_VAGVAL: dokumentation.VagvalForm,
    Act.BEGAR_STOD: dokumentation.StodbegaranForm,
    Act.ANDRA_STODBEGARAN: dokumentation.StodbegaranForm,
    Act.LAMNA_DELRAPPORT: rapport.DelrapportForm,
    Act.SKRIV_ATGARDSFORSLAG: rapport.AtgardsforslagForm,
    Act.ANDRA_ATGARDSFORSLAG: rapport.AndraAtgardsforslagForm,
    Act.SKRIV_KALKYL: rapport.KalkylForm,
    Act.SKRIV_UPPFOLJNINGSPLAN: uppfoljningsplan.UppfoljningsplanForm,
    Act.LAGG_TILL_PARAMETER: uppfoljningsplan.ParameterForm,
    Act.ANDRA_PARAMETER: uppfoljningsplan.ParameterForm,
    Act.STALL_SIG_BAKOM: rapport.StallSigBakomForm,
    Act.KORREKTURLAS: rapport.KorrekturForm,
    Act.PRESENTERA_FOR_LEDNINGSGRUPPEN: beslut.PresenteraForm,
    Act.SKRIV_BESLUTSFORSLAG: beslut.BeslutsforslagForm,
    Act.LAMNA_STALLNING: beslut.StallningForm,
    Act.REKOMMENDERA: beslut.RekommenderaForm,
    Act.REGISTRERA_HUVUDMANSBESLUT: huvudmansbeslut.HuvudmansbeslutForm,
    Act.SKICKA_HANDLING: huvudmansbeslut.SkickaHandlingForm,
    Act.GRANSKA_HANDLING: huvudmansbeslut.GranskaForm,
    Act.ANTECKNA_NAMNDANMALAN: huvudmansbeslut.NamndanmalanForm,
    Act.ANTECKNA_OVERKLAGANDE: huvudmansbeslut.OverklagandeForm,
    Act.RAPPORTERA_INFORANDE: inforande.InforandeForm,
    Act.RAPPORTERA_KANSLIETS_INFORANDE: inforande.KanslietsInforandeForm,
    Act.ANMAL_HINDER: inforande.AnmalHinderForm,
    Act.LYFT_HINDER_TILL_CHEFSAMRADET: inforande.HinderForm,
    Act.LYFT_HINDER_TILL_SAMARBETSGRUPPEN: inforande.HinderForm,
    Act.LYFT_HINDER_TILL_LEDNINGSGRUPPEN: inforande.HinderForm,
    Act.AVSLUTA_HINDER: inforande.AvslutaHinderForm,
    Act.TILLFRAGA_UPPFOLJARE: uppfoljning.UppfoljareForm,
    Act.BESVARA_FORFRAGAN: uppfoljning.ForfragningssvarForm,
    Act.ANDRA_UPPFOLJNINGSFRIST: uppfoljning.FristForm,
    Act.REGISTRERA_MATVARDEN: uppfoljning.MatvardenForm,
    Act.SAMMANSTALL_UPPFOLJNING: uppfoljning.SammanstallForm,
    Act.ANGE_DIARIENUMMER: handling.DiarienummerForm,
    Act.RATTA_HANDLING: handling.RattaForm,
}


def form_for(act: Act) -> type[ActForm]:
    """Return the form of an act."""
    return FORMS.get(act, FactForm)


__all__ = ["FORMS", "ActForm", "FactForm", "Rum", "form_for"]
