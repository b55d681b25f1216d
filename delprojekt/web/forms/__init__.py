"""Which form each act has. An act that is not named has the form of its fact, or only a confirmation."""

from delprojekt.process.act import Act
from delprojekt.web.forms import beslut, forslag, inflyttning, ratta, uppdrag
from delprojekt.web.forms.bas import ActForm, FactForm, Rum

FORMS: dict[Act, type[ActForm]] = {
    Act.REDIGERA_FORSLAG: forslag.RedigeraForslagForm,
    Act.UTSE_KONTAKTPERSON: forslag.KontaktpersonForm,
    Act.REGISTRERA_BEHOV: forslag.BehovForm,
    Act.BESLUTA_START: forslag.StartForm,
    Act.FORTSATT_SOM_NYTT: forslag.FortsattningForm,
    Act.RATTA_UPPGIFT: ratta.RattaForm,
    Act.KOMPLETTERA_I_EFTERHAND: inflyttning.KompletteraForm,
    Act.ANGRA: forslag.AngraForm,
    Act.REDIGERA_UPPDRAG: uppdrag.UppdragForm,
    Act.NOMINERA: uppdrag.NomineraForm,
    Act.UTSE_ORDFORANDE: uppdrag.OrdforandeForm,
    Act.SKRIV_UPPFOLJNINGSPLAN: uppdrag.UppfoljningsplanForm,
    Act.SKRIV_ATGARDSFORSLAG: uppdrag.AtgardsforslagForm,
    Act.ANDRA_ATGARDSFORSLAG: uppdrag.AndraAtgardsforslagForm,
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
