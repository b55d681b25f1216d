"""Which form each act has. An act that is not named has the form of its fact, or only a confirmation."""

from delprojekt.process.act import Act
from delprojekt.web.forms import beslut, dokumentation, forslag, nulage, rapport, uppdrag, uppfoljningsplan
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
    Act.SKRIV_BESLUTSFORSLAG: beslut.BeslutsforslagForm,
    Act.LAMNA_STALLNING: beslut.StallningForm,
    Act.REKOMMENDERA: beslut.RekommenderaForm,
    Act.REGISTRERA_HUVUDMANSBESLUT: beslut.HuvudmansbeslutForm,
    Act.GRANSKA_HANDLING: beslut.GranskaForm,
    Act.RAPPORTERA_INFORANDE: beslut.InforandeForm,
    Act.TILLFRAGA_UPPFOLJARE: beslut.UppfoljareForm,
}


def form_for(act: Act) -> type[ActForm]:
    """Return the form of an act."""
    return FORMS.get(act, FactForm)


__all__ = ["FORMS", "ActForm", "FactForm", "Rum", "form_for"]
