"""Which form each act has. An act that is not named has the form of its fact, or only a confirmation."""

from delprojekt.process.act import Act
from delprojekt.web.forms import (
    beredning,
    beslut,
    forslag,
    grupp,
    handling,
    huvudmansbeslut,
    inflyttning,
    inforande,
    kommunikation,
    ratta,
    uppdrag,
    uppfoljning,
)
from delprojekt.web.forms.bas import ActForm, FactForm, Rum

FORMS: dict[Act, type[ActForm]] = {
    Act.REDIGERA_FORSLAG: forslag.RedigeraForslagForm,
    Act.UTSE_KONTAKTPERSON: forslag.KontaktpersonForm,
    Act.REGISTRERA_BEREDNINGSKONTAKT: beredning.BeredningskontaktForm,
    Act.BESVARA_BEREDNINGSKONTAKT: beredning.SvarForm,
    Act.REGISTRERA_BEHOV: forslag.BehovForm,
    Act.BERED_UNDERLAG: beredning.UnderlagForm,
    Act.KOPPLA_CHEFSAMRAD: beredning.ChefsamradForm,
    Act.BESLUTA_START: forslag.StartForm,
    Act.BESLUTA_AVVAKTA: beredning.AvvaktaForm,
    Act.PRIORITERA_FORSLAG: beredning.KoplatsForm,
    Act.FORESLA_PA_NYTT: beredning.NyttForslagForm,
    Act.FORTSATT_SOM_NYTT: beredning.FortsattningForm,
    Act.SKRIV_KOMMUNIKATIONSPLAN: kommunikation.InsatsForm,
    Act.ANDRA_INFORMATIONSINSATS: kommunikation.AndraInsatsForm,
    Act.RATTA_UPPGIFT: ratta.RattaForm,
    Act.KOMPLETTERA_I_EFTERHAND: inflyttning.KompletteraForm,
    Act.ANGRA: forslag.AngraForm,
    Act.REDIGERA_UPPDRAG: uppdrag.UppdragForm,
    Act.BE_OM_NOMINERINGAR: grupp.BeOmNomineringarForm,
    Act.NOMINERA: grupp.NomineraForm,
    Act.AVSTA_NOMINERING: grupp.AvstaForm,
    Act.ANDRA_NOMINERING: grupp.AndraNomineringForm,
    Act.UTSE_ORDFORANDE: grupp.OrdforandeForm,
    Act.UTSE_ARBETSGRUPP: grupp.UtseForm,
    Act.UTSE_FLER: grupp.UtseForm,
    Act.ENTLEDIGA: grupp.EntledigaForm,
    Act.ANDRA_DELTAGANDE: grupp.DeltagandeForm,
    Act.SKRIV_UPPFOLJNINGSPLAN: uppdrag.UppfoljningsplanForm,
    Act.SKRIV_ATGARDSFORSLAG: uppdrag.AtgardsforslagForm,
    Act.ANDRA_ATGARDSFORSLAG: uppdrag.AndraAtgardsforslagForm,
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
