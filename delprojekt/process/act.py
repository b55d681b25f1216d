"""Act: everything that can be done with a delprojekt. One act per outcome; users read "Nästa steg"."""

from django.db.models import TextChoices


class Act(TextChoices):
    """The acts, in the order of the method. The value is the word in the address."""

    SKAPA_FORSLAG = "skapa-forslag", "Lämna ett förslag"
    LAGG_IN_PAGAENDE = "lagg-in-pagaende", "Lägg in ett pågående delprojekt"
    REDIGERA_FORSLAG = "redigera-forslag", "Redigera förslaget"
    SKICKA_IN_FORSLAG = "skicka-in-forslag", "Skicka in förslaget"
    ATERTA_FORSLAG = "aterta-forslag", "Ta tillbaka förslaget"
    UTSE_KONTAKTPERSON = "utse-kontaktperson", "Utse kontaktperson"
    BORJA_BEREDNING = "borja-beredning", "Börja bereda"
    # beredning
    REGISTRERA_BEREDNINGSKONTAKT = "registrera-beredningskontakt", "Anteckna en beredningskontakt"
    BESVARA_BEREDNINGSKONTAKT = "besvara-beredningskontakt", "Anteckna svaret"
    REGISTRERA_BEHOV = "registrera-behov", "Ange regionens behov"
    BERED_UNDERLAG = "bered-underlag", "Bered underlaget"
    KOPPLA_CHEFSAMRAD = "koppla-chefsamrad", "Koppla chefsamråd"
    STAM_AV_MED_SAMARBETSGRUPPEN = "stam-av-med-samarbetsgruppen", "Stäm av med samarbetsgruppen"
    ANMAL_TILL_LEDNINGSGRUPPEN = "anmal-till-ledningsgruppen", "Anmäl till ledningsgruppen"
    BESLUTA_START = "besluta-start", "Besluta om uppstart"
    BESLUTA_AVSLAG = "besluta-avslag", "Besluta om avslag"
    BESLUTA_AVVAKTA = "besluta-avvakta", "Besluta att avvakta"
    ATERREMITTERA_FORSLAG = "aterremittera-forslag", "Återremittera förslaget"
    TA_UPP_IGEN = "ta-upp-igen", "Ta upp förslaget igen"
    PRIORITERA_FORSLAG = "prioritera-forslag", "Ange plats i kön"
    FORESLA_PA_NYTT = "foresla-pa-nytt", "Lämna ett nytt förslag"
    # uppdrag
    REDIGERA_UPPDRAG = "redigera-uppdrag", "Ange punkter, kompetenser och tidplan"
    SKRIV_UPPDRAG = "skriv-uppdrag", "Skriv uppdraget"
    ANGE_EJ_TILLAMPLIGT = "ange-ej-tillampligt", "Ange att en del inte är tillämplig"
    FASTSTALL_UPPDRAG = "faststall-uppdrag", "Fastställ uppdraget"
    BE_OM_NOMINERINGAR = "be-om-nomineringar", "Be om nomineringar"
    NOMINERA = "nominera", "Nominera till arbetsgruppen"
    AVSTA_NOMINERING = "avsta-nominering", "Svara att ingen nomineras"
    PAMINN_OM_NOMINERINGAR = "paminn-om-nomineringar", "Påminn om nomineringar"
    ANDRA_NOMINERING = "andra-nominering", "Uppdatera nomineringen"
    TILLFRAGA_NOMINERAD = "tillfraga-nominerad", "Fråga den nominerade"
    SVARA_PA_NOMINERING = "svara-pa-nominering", "Svara på nomineringen"
    TILLFRAGA_CHEF = "tillfraga-chef", "Fråga närmsta chef"
    SVARA_SOM_CHEF = "svara-som-chef", "Svara som närmsta chef"
    UTSE_ORDFORANDE = "utse-ordforande", "Utse ordförande"
    UTSE_ARBETSGRUPP = "utse-arbetsgrupp", "Utse arbetsgruppen"
    UTSE_FLER = "utse-fler", "Utse fler till arbetsgruppen"
    ENTLEDIGA = "entlediga", "Entlediga ur arbetsgruppen"
    ANDRA_DELTAGANDE = "andra-deltagande", "Ändra en regions deltagande"
    OVERLAMNA_UPPDRAG = "overlamna-uppdrag", "Överlämna uppdraget"
    KVITTERA_UPPDRAG = "kvittera-uppdrag", "Kvittera uppdraget"
    REGISTRERA_STARTMOTE = "registrera-startmote", "Anteckna startmötet"
    BORJA_NULAGE = "borja-nulage", "Börja med nuläget"
    # nuläge, analys, åtgärdsförslag
    SKRIV_RAPPORT = "skriv-rapport", "Skriv i rapporten"
    UTSE_SKRIBENTER = "utse-skribenter", "Fördela skrivandet"
    KLARMARKERA_AVSNITT = "klarmarkera-avsnitt", "Klarmarkera ett avsnitt"
    KOMMENTERA = "kommentera", "Läs och kommentera rapporten"
    BESVARA_KOMMENTAR = "besvara-kommentar", "Svara på en kommentar"
    FORESLA_ANDRING = "foresla-andring", "Föreslå en ändring i texten"
    AVGOR_ANDRINGSFORSLAG = "avgor-andringsforslag", "Godta eller avslå ändringsförslag"
    REGISTRERA_FAKTAUPPGIFT = "registrera-faktauppgift", "Lägg till en faktauppgift"
    ANDRA_FAKTAUPPGIFT = "andra-faktauppgift", "Ändra faktauppgiften"
    ANGE_TACKNING = "ange-tackning", "Ange vilka regioner som är med"
    UTELAMNA_AVSNITT = "utelamna-avsnitt", "Utelämna ett avsnitt"
    SKRIV_SLUTSATS = "skriv-slutsats", "Lägg till en slutsats"
    ANDRA_SLUTSATS = "andra-slutsats", "Ändra slutsatsen"
    PLACERA_SLUTSATSER = "placera-slutsatser", "Välj var analys och slutsatser står"
    BESVARA_UPPDRAGSPUNKTER = "besvara-uppdragspunkter", "Ange var uppdragspunkterna besvaras"
    ANTECKNA_GRUPPMOTE = "anteckna-gruppmote", "Lägg till ett gruppmöte"
    SKRIV_MINNESANTECKNING = "skriv-minnesanteckning", "Skriv minnesanteckningar"
    FOLJ_UPP_ATTGORA = "folj-upp-attgora", "Följ upp det som ska göras"
    MEJLA_GRUPPEN = "mejla-gruppen", "Mejla gruppen"
    ANTECKNA_VAGVAL = "anteckna-vagval", "Anteckna vägval eller mjukt resultat"
    ANDRA_VAGVAL = "andra-vagval", "Ändra anteckningen"
    BEGAR_STOD = "begar-stod", "Begär data eller annat stöd"
    ANDRA_STODBEGARAN = "andra-stodbegaran", "Följ upp begäran"
    REGISTRERA_LINJEKONTAKT = "registrera-linjekontakt", "Anteckna avstämning med linjen"
    KOPPLA_IN_KOMMUNIKATOR = "koppla-in-kommunikator", "Koppla in kommunikatören"
    SKRIV_KOMMUNIKATIONSPLAN = "skriv-kommunikationsplan", "Lägg till en informationsinsats"
    ANDRA_INFORMATIONSINSATS = "andra-informationsinsats", "Ändra informationsinsatsen"
    LAMNA_DELRAPPORT = "lamna-delrapport", "Lämna en delrapport"
    REDOVISA_DELRAPPORT = "redovisa-delrapport", "Redovisa en delrapport"
    DELGE_DELRAPPORT = "delge-delrapport", "Lämna delrapporten till ledningsgruppen"
    BORJA_ANALYS = "borja-analys", "Gå vidare till analys"
    TILLBAKA_TILL_NULAGE = "tillbaka-till-nulage", "Gå tillbaka till nuläget"
    BORJA_ATGARDSFORSLAG = "borja-atgardsforslag", "Gå vidare till åtgärdsförslag"
    REGISTRERA_AVVIKELSE = "registrera-avvikelse", "Hoppa över eller slå ihop steg"
    SKRIV_ATGARDSFORSLAG = "skriv-atgardsforslag", "Lägg till ett åtgärdsförslag"
    ANDRA_ATGARDSFORSLAG = "andra-atgardsforslag", "Ändra åtgärdsförslaget"
    SKRIV_KALKYL = "skriv-kalkyl", "Skriv den grova kalkylen"
    SKRIV_UPPFOLJNINGSPLAN = "skriv-uppfoljningsplan", "Skriv förslag till uppföljning"
    LAGG_TILL_PARAMETER = "lagg-till-parameter", "Lägg till en uppföljningsparameter"
    ANDRA_PARAMETER = "andra-parameter", "Ändra uppföljningsparametern"
    STALL_SIG_BAKOM = "stall-sig-bakom", "Anteckna att gruppen står bakom förslagen"
    LAMNA_TILL_KORREKTUR = "lamna-till-korrektur", "Säg att rapporten är klar för korrektur"
    KORREKTURLAS = "korrekturlas", "Anteckna korrekturläsning"
    LAMNA_SLUTRAPPORT = "lamna-slutrapport", "Lämna slutrapporten till samarbetsgruppen"
    RETURNERA_SLUTRAPPORT = "returnera-slutrapport", "Lämna tillbaka slutrapporten till arbetsgruppen"
    LAMNA_REGIONSYNPUNKT = "lamna-regionsynpunkt", "Lämna regionens synpunkt"
    FLYTTA_SYNPUNKTSFRIST = "flytta-synpunktsfrist", "Ge längre tid för synpunkter"
    BEHANDLA_I_SAMARBETSGRUPPEN = "behandla-i-samarbetsgruppen", "Anteckna samarbetsgruppens behandling"
    LAMNA_TILL_LEDNINGSGRUPPEN = "lamna-till-ledningsgruppen", "Lämna slutrapporten till ledningsgruppen"
    # ledningsgrupp
    PRESENTERA_FOR_LEDNINGSGRUPPEN = "presentera-for-ledningsgruppen", "Anteckna presentationen"
    SKRIV_BESLUTSFORSLAG = "skriv-beslutsforslag", "Skriv beslutsförslaget"
    LAMNA_STALLNING = "lamna-stallning", "Lämna regionens ställning"
    KONSTATERA_OENIGHET = "konstatera-oenighet", "Anteckna att ledningsgruppen inte är enig"
    LAMNA_TILL_NAMNDEN = "lamna-till-namnden", "Lämna beslutsförslaget till nämnden"
    ATERREMITTERA_TILL_ARBETSGRUPPEN = "aterremittera-till-arbetsgruppen", "Återremittera till arbetsgruppen"
    INHAMTA_SYNPUNKTER = "inhamta-synpunkter", "Inhämta synpunkter från regionerna"
    FORNYA_UPPDRAG = "fornya-uppdrag", "Ge ett förnyat uppdrag"
    # nämnd
    BERED_POLITISKT = "bered-politiskt", "Anteckna politiska styrgruppens beredning"
    RETURNERA_TILL_LEDNINGSGRUPPEN = "returnera-till-ledningsgruppen", "Lämna tillbaka till ledningsgruppen"
    BORDLAGG = "bordlagg", "Bordlägg ärendet"
    AVSLUTA_UTAN_REKOMMENDATION = "avsluta-utan-rekommendation", "Avsluta utan rekommendation"
    REKOMMENDERA = "rekommendera", "Godkänn slutrapporten och rekommendera"
    ATERREMITTERA_FRAN_NAMNDEN = "aterremittera-fran-namnden", "Återremittera till ledningsgruppen"
    GODKANN_INTE = "godkann-inte", "Godkänn inte slutrapporten"
    LAGG_TILL_HANDLINGARNA = "lagg-till-handlingarna", "Lägg rapporten till handlingarna"
    # huvudmansbeslut och införande
    ANTECKNA_JUSTERING = "anteckna-justering", "Anteckna justering och anslag"
    EXPEDIERA = "expediera", "Anteckna expediering"
    REGISTRERA_HUVUDMANSBESLUT = "registrera-huvudmansbeslut", "Lämna regionens beslut"
    SKICKA_HANDLING = "skicka-handling", "Skicka handlingen till beslutet"
    GRANSKA_HANDLING = "granska-handling", "Granska beslutshandlingen"
    ANTECKNA_NAMNDANMALAN = "anteckna-namndanmalan", "Anteckna att beslutet är anmält till nämnd"
    ANTECKNA_OVERKLAGANDE = "anteckna-overklagande", "Anteckna ett överklagande"
    BORJA_INFORANDE = "borja-inforande", "Börja införandet"
    INFORMERA_LEDNINGSGRUPPEN = "informera-ledningsgruppen", "Anteckna att ledningsgruppen är informerad"
    AVSLUTA_UTAN_INFORANDE = "avsluta-utan-inforande", "Avsluta utan införande"
    RAPPORTERA_INFORANDE = "rapportera-inforande", "Rapportera regionens införande"
    RAPPORTERA_KANSLIETS_INFORANDE = "rapportera-kansliets-inforande", "Rapportera kansliets införande"
    ANMAL_HINDER = "anmal-hinder", "Anmäl ett hinder"
    LYFT_HINDER_TILL_CHEFSAMRADET = "lyft-hinder-till-chefsamradet", "Lyft till chefsamrådet"
    LYFT_HINDER_TILL_SAMARBETSGRUPPEN = "lyft-hinder-till-samarbetsgruppen", "Lyft till samarbetsgruppen"
    LYFT_HINDER_TILL_LEDNINGSGRUPPEN = "lyft-hinder-till-ledningsgruppen", "Lyft till ledningsgruppen"
    AVSLUTA_HINDER = "avsluta-hinder", "Avsluta hindret"
    TILLFRAGA_UPPFOLJARE = "tillfraga-uppfoljare", "Fråga någon om att göra uppföljningen"
    BESVARA_FORFRAGAN = "besvara-forfragan", "Svara på frågan om uppföljning"
    ANDRA_UPPFOLJNINGSFRIST = "andra-uppfoljningsfrist", "Ändra uppföljningens frist"
    BORJA_UPPFOLJNING = "borja-uppfoljning", "Börja uppföljningen"
    # uppföljning
    SKRIV_UPPFOLJNING = "skriv-uppfoljning", "Skriv uppföljningsrapporten"
    REGISTRERA_MATVARDEN = "registrera-matvarden", "Fyll i mätvärden"
    SAMMANSTALL_UPPFOLJNING = "sammanstall-uppfoljning", "Fyll i uppföljningens resultat"
    LAMNA_UPPFOLJNINGSRAPPORT = "lamna-uppfoljningsrapport", "Lämna uppföljningsrapporten"
    REDOVISA_UPPFOLJNING = "redovisa-uppfoljning", "Anteckna en redovisning"
    BESLUTA_YTTERLIGARE_UPPFOLJNING = "besluta-ytterligare-uppfoljning", "Besluta om ytterligare uppföljning"
    AVSLUTA = "avsluta", "Avsluta delprojektet"
    # när som helst
    FRAGA_SAMARBETSGRUPPEN = "fraga-samarbetsgruppen", "Be samarbetsgruppen om råd"
    LAMNA_RAD = "lamna-rad", "Lämna samarbetsgruppens råd"
    PAUSA = "pausa", "Pausa"
    ATERUPPTA = "ateruppta", "Återuppta"
    AVBRYT = "avbryt", "Avbryt delprojektet"
    PERMANENTA = "permanenta", "Permanenta arbetsgruppen"
    ATEROPPNA = "ateroppna", "Öppna delprojektet igen"
    FORTSATT_SOM_NYTT = "fortsatt-som-nytt", "Fortsätt i ett nytt delprojekt"
    RATTA_UPPGIFT = "ratta-uppgift", "Rätta en uppgift"
    KOMPLETTERA_I_EFTERHAND = "komplettera-i-efterhand", "Komplettera i efterhand"
    ANGE_DIARIENUMMER = "ange-diarienummer", "Ange diarienummer"
    RATTA_HANDLING = "ratta-handling", "Rätta registreringen"
    AVVISA_FIL = "avvisa-fil", "Avvisa en fil"
    ANGRA = "angra", "Ångra senaste steget"


SPARAR: dict[Act, str] = {
    Act.REDIGERA_FORSLAG: "förslaget",
    Act.REGISTRERA_BEREDNINGSKONTAKT: "frågan",
    Act.BESVARA_BEREDNINGSKONTAKT: "svaret",
    Act.REGISTRERA_BEHOV: "regionens behov",
    Act.BERED_UNDERLAG: "underlaget",
    Act.KOPPLA_CHEFSAMRAD: "chefsamråden",
    Act.PRIORITERA_FORSLAG: "platsen",
    Act.REDIGERA_UPPDRAG: "uppdraget",
    Act.ANDRA_NOMINERING: "nomineringen",
    Act.REGISTRERA_STARTMOTE: "startmötet",
    **dict.fromkeys((Act.REGISTRERA_FAKTAUPPGIFT, Act.ANDRA_FAKTAUPPGIFT), "faktauppgiften"),
    Act.ANGE_TACKNING: "regionerna",
    **dict.fromkeys((Act.SKRIV_SLUTSATS, Act.ANDRA_SLUTSATS), "slutsatsen"),
    Act.PLACERA_SLUTSATSER: "valet",
    Act.BESVARA_UPPDRAGSPUNKTER: "svaren",
    Act.ANTECKNA_GRUPPMOTE: "gruppmötet",
    Act.SKRIV_MINNESANTECKNING: "minnesanteckningarna",
    Act.FOLJ_UPP_ATTGORA: "ändringen",
    **dict.fromkeys((Act.ANTECKNA_VAGVAL, Act.ANDRA_VAGVAL), "anteckningen"),
    Act.ANDRA_STODBEGARAN: "begäran",
    Act.REGISTRERA_LINJEKONTAKT: "avstämningen",
    **dict.fromkeys((Act.SKRIV_KOMMUNIKATIONSPLAN, Act.ANDRA_INFORMATIONSINSATS), "informationsinsatsen"),
    **dict.fromkeys((Act.SKRIV_ATGARDSFORSLAG, Act.ANDRA_ATGARDSFORSLAG), "åtgärdsförslaget"),
    Act.SKRIV_KALKYL: "kalkylen",
    Act.SKRIV_UPPFOLJNINGSPLAN: "förslaget till uppföljning",
    **dict.fromkeys((Act.LAGG_TILL_PARAMETER, Act.ANDRA_PARAMETER), "uppföljningsparametern"),
    Act.RAPPORTERA_KANSLIETS_INFORANDE: "rapporten",
    Act.REGISTRERA_MATVARDEN: "mätvärdena",
    Act.SAMMANSTALL_UPPFOLJNING: "resultatet",
    Act.REDOVISA_UPPFOLJNING: "redovisningen",
    Act.KOMPLETTERA_I_EFTERHAND: "uppgifterna",
    Act.ANGE_DIARIENUMMER: "diarienumret",
}
"""What the acts save that only save: their button says so. Where something is decided the button says the act."""
