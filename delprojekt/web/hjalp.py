"""The words of "Så här gör du": for each role what you do in the portal, in the order you meet it."""

from typing import TypedDict

from delprojekt.process.handling import KANSLIET_GRANSKAR
from delprojekt.process.roller import Roll


class Guide(TypedDict):
    """One role's section: anchor, heading, first sentence, steps."""

    id: str
    rubrik: str
    ingress: str
    steg: list[str]


GUIDER: list[Guide] = [
    {
        "id": Roll.KANSLI.value,
        "rubrik": "Du på kansliet",
        "ingress": "Du håller ihop delprojekten, från förslag till uppföljning.",
        "steg": [
            "Börja på startsidan. Det som väntar på dig står överst, med sista dag.",
            "Öppna delprojektet och läs rutan Nästa steg. Där står vad som är klart och vad som saknas.",
            "Tryck på steget. Du får se vad som händer och vilka som får mejl innan du bekräftar.",
            "Blev det fel? Kansliet kan ångra ett steg. Skriv varför. Ingenting raderas.",
            "Du kan registrera beslut för ledningsgruppens, nämndens eller en regions räkning. Det syns i händelserna.",
        ],
    },
    {
        "id": Roll.SAMARBETSGRUPP.value,
        "rubrik": "Du i samarbetsgruppen",
        "ingress": "Du är stöd och bollplank, och svarar för din region.",
        "steg": [
            "När ett förslag bereds säger du om frågan är angelägen i din region.",
            "När kansliet ber om nomineringar nominerar du, eller svarar att ingen nomineras. Sista dag står i mejlet.",
            "Du lämnar synpunkter på slutrapporten efter att ha stämt av hemma.",
            "Sista dag för svaret står på startsidan och i mejlet.",
        ],
    },
    {
        "id": Roll.LEDNINGSGRUPP.value,
        "rubrik": "Du i ledningsgruppen",
        "ingress": "Ni beslutar om uppstart, uppdrag och beslutsförslag.",
        "steg": [
            "Öppna ärendet från startsidan. Underlaget ligger på samma sida.",
            "Ni utser arbetsgruppen person för person. Rutnätet på fliken Arbetsgrupp visar vad som saknas.",
            "Säg om din region är enig i beslutsförslaget. Är ni inte eniga skriver du vad som behöver ändras.",
            "Ändras texten frågar vi igen: alla regioner ska vara eniga om samma version.",
            "Du kan ändra ditt svar tills ärendet har gått vidare.",
        ],
    },
    {
        "id": Roll.ORDFORANDE.value,
        "rubrik": "Du som är ordförande i en arbetsgrupp",
        "ingress": "Ni skriver nuläge, analys och förslag i samma mall som uppdraget.",
        "steg": [
            "Kvittera uppdraget och skriv in startmötet. Redan då noterar ni tankar om uppföljningen.",
            "Skriv ett avsnitt i taget. Vägledningen står bredvid.",
            "Rutan Nästa steg visar vad som saknas innan ni kan gå vidare.",
            "Så blir det i PDF bredvid texten visar hur rapporten ser ut.",
            "Vill du skriva i Word hämtar du avsnitten på skrivbordet, och lämnar in filen där när du är klar.",
            "Kör du fast? Kontaktpersonen på kansliet står överst på delprojektets sida.",
        ],
    },
    {
        "id": Roll.LEDAMOT.value,
        "rubrik": "Du som är med i en arbetsgrupp",
        "ingress": "Du ser din grupps delprojekt och det som gruppen arbetar med.",
        "steg": [
            "Stäm av med din närmsta chef innan du tackar ja.",
            "När du är utsedd får du ett mejl med en länk. Välj ett lösenord, så är du inne.",
            "Läs uppdraget på delprojektets sida.",
            "Anteckna möten och vägval på fliken Gruppens arbete.",
            "Ordföranden skriver rapporten, eller ber dig att skriva ett kapitel.",
        ],
    },
    {
        "id": Roll.REGIONKONTAKT.value,
        "rubrik": "Du som tar emot för en region",
        "ingress": "Regionen beslutar om nämndens rekommendationer och skickar in protokollsutdraget.",
        "steg": [
            "Öppna rekommendationen från startsidan eller från mejlet.",
            "Skriv vad regionen beslutade för varje punkt: bifall, bifall med villkor eller avslag.",
            "Har ni inte fått protokollsutdraget än? Lämna beslutet nu och skicka handlingen inom tre veckor.",
            "Ladda upp protokollsutdraget som PDF. Har en tjänsteperson beslutat laddar du upp det beslutet i stället.",
            f"Du får ett kvitto. {KANSLIET_GRANSKAR}",
            "På sidan Handlingar står allt som är registrerat. Öppna en handling för att ange ert eget diarienummer.",
        ],
    },
    {
        "id": Roll.NAMNDSEKRETERARE.value,
        "rubrik": "Du som är nämndsekreterare",
        "ingress": "Du för in vad nämnden beslutade, ordagrant.",
        "steg": [
            "Skriv in datum, paragraf och beslutets lydelse.",
            "Saknas orden ”rekommenderar regionerna att” frågar portalen varför.",
            "När du bekräftar får regionerna rekommendationen.",
        ],
    },
    {
        "id": Roll.STYRGRUPP.value,
        "rubrik": "Du i politiska styrgruppen",
        "ingress": "Ni bereder ärendet innan nämnden beslutar.",
        "steg": [
            "Öppna ärendet från startsidan. Slutrapporten och beslutsförslaget ligger på delprojektets sida.",
            "När ni har berett ärendet antecknar nämndsekreteraren dagen och vad ni kom fram till.",
            "Vill ni att ledningsgruppen tänker om lämnar nämndsekreteraren tillbaka ärendet dit.",
        ],
    },
    {
        "id": Roll.SEKRETERARE.value,
        "rubrik": "Du som är ledningsgruppens sekreterare",
        "ingress": "Du för in det som ledningsgruppen har beslutat.",
        "steg": [
            "Det som väntar på ledningsgruppen står på startsidan.",
            "Skriv mötets datum och punkten på dagordningen.",
            "Skriv beslutsförslaget. Varje region svarar sedan på just den versionen.",
            "När alla är eniga lämnar du det till nämnden.",
        ],
    },
    {
        "id": Roll.DIREKTOR.value,
        "rubrik": "Du som är direktör",
        "ingress": "Du utser kontaktperson för varje delprojekt.",
        "steg": [
            "Nya förslag väntar på dig på startsidan. Utse en kontaktperson på kansliet.",
            "Under Personer ser du hur många delprojekt var och en har.",
            "Slutar någon eller blir sjuk lämnar du över alla delprojekt på en gång: öppna personen och välj "
            "Lämna över delprojekt.",
        ],
    },
    {
        "id": Roll.KONTAKTPERSON.value,
        "rubrik": "Du som är kontaktperson",
        "ingress": "Du är delprojektets person på kansliet, från förslag till uppföljning.",
        "steg": [
            "Det som väntar på dig i dina delprojekt står på startsidan.",
            "Du ser vilka som är med i arbetsgruppen, också patient- och närståendeföreträdare.",
            "Är du borta en tid? Be administratören om en ersättare, eller lämna över delprojekten.",
        ],
    },
    {
        "id": Roll.ADMINISTRATOR.value,
        "rubrik": "Du som är administratör",
        "ingress": "Du sköter personer, roller, konton och inställningar.",
        "steg": [
            "Lägg till en person under Personer. Ge en roll och öppna ett konto. Personen får en länk för att välja "
            "lösenord.",
            "Avsluta en roll med dess sista dag. Är det den sista som måste finnas säger portalen vad du gör först.",
            "Utse en ersättare med första och sista dag. I händelserna står vem ersättningen gäller.",
            "Slutar någon? Lämna över delprojekten och stäng sedan kontot. Då avslutas alla inloggningar.",
            "Under Inställningar ändrar du det som regionerna har kommit överens om.",
        ],
    },
    {
        "id": Roll.KOMMUNIKATOR.value,
        "rubrik": "Du som är kommunikatör",
        "ingress": "Du korrekturläser slutrapporten och stöder kommunikationen.",
        "steg": [
            "När en grupp kopplar in dig, och när rapporten är klar för korrektur, får du ett mejl.",
            "Välj Läs och kommentera på delprojektets sida. Markera ord och kommentera dem, eller föreslå en ändring.",
            "Signera när du har gått igenom listan. Det du inte kryssar i ser gruppen över.",
        ],
    },
    {
        "id": Roll.CHEFSAMRAD.value,
        "rubrik": "Du i ett chefsamråd",
        "ingress": "Ni är vägen till linjen, och viktiga när förslagen införs.",
        "steg": [
            "Under införandet kan du rapportera hur långt regionerna har kommit.",
            "Skriv vilka hinder ni ser. Kansliet tar dem vidare.",
        ],
    },
    {
        "id": Roll.FORSLAGSSTALLARE.value,
        "rubrik": "Du som har lämnat ett förslag",
        "ingress": "Vem som helst med konto kan föreslå ett delprojekt.",
        "steg": [
            "Tryck på Lämna ett förslag på startsidan. Bara titeln behövs för att spara.",
            "Fyll i problemet och varifrån förslaget kommer. Skicka sedan in det till kansliet.",
            "Du kan följa vad som händer på delprojektets sida.",
        ],
    },
    {
        "id": Roll.PROCESSLEDARE.value,
        "rubrik": "Du som är processledare",
        "ingress": "Du stöder arbetsgruppen och dess ordförande.",
        "steg": [
            "Följ Nästa steg på delprojektets sida.",
            "Skriv minnesanteckningar och vägval, och anteckna avstämningar med linjen.",
            "Ordföranden kan be dig att skriva ett kapitel i rapporten.",
        ],
    },
    {
        "id": Roll.SKRIBENT.value,
        "rubrik": "Du som skriver ett kapitel",
        "ingress": "Ordföranden har bett dig att skriva en del av rapporten.",
        "steg": [
            "Öppna delprojektet och välj ”Skriv”. Där står de avsnitt som är dina.",
            "Det som gruppen har antecknat om nuläget, slutsatser och vägval hittar du på fliken Gruppens arbete.",
            "Vill du skriva i Word hämtar du avsnitten på skrivbordet, och lämnar in filen där när du är klar.",
            "Ska någon annan skriva i stället fördelar ordföranden om.",
        ],
    },
    {
        "id": Roll.TILLFRAGAD.value,
        "rubrik": "Du som är tillfrågad om uppföljningen",
        "ingress": "Kansliet undrar om du vill göra uppföljningen.",
        "steg": [
            "På delprojektets flik Uppföljning ser du vad frågan gäller.",
            "Svara ja eller nej. Säger du nej skriver du varför, så att nästa kan tillfrågas.",
        ],
    },
    {
        "id": Roll.NOMINERAD.value,
        "rubrik": "Du som är nominerad",
        "ingress": "Du har fått ett mejl med frågan om du vill vara med i en arbetsgrupp.",
        "steg": [
            "Stäm av med din närmsta chef. Är du patient- eller närståendeföreträdare behövs det inte.",
            "Öppna länken i mejlet och svara ja, nej eller att du kan vara reserv. Du behöver inget konto.",
            "Ledningsgruppen utser sedan gruppen. Blir du utsedd får du ett nytt mejl.",
        ],
    },
    {
        "id": Roll.NARMSTA_CHEF.value,
        "rubrik": "Du som är närmsta chef",
        "ingress": "Din medarbetare är nominerad till en arbetsgrupp, och kansliet frågar om du godkänner det.",
        "steg": [
            "Öppna länken i mejlet och svara ja eller nej, med ditt namn. Du behöver inget konto.",
            "Undrar du något, eller vill du ändra dig? Hör av dig till kontaktpersonen som står i mejlet.",
        ],
    },
    {
        "id": Roll.ADJUNGERAD.value,
        "rubrik": "Du som är adjungerad",
        "ingress": "Du hjälper arbetsgruppen med det du kan.",
        "steg": [
            "Läs uppdraget på delprojektets sida.",
            "Välj Skriv i rapporten. Där finns de avsnitt som du är inbjuden att läsa och skriva i.",
            "Under Min arbetsgrupp står gruppmötena som du är kallad till, och deras minnesanteckningar.",
            "Är du inte inbjuden till något avsnitt lämnar du dina underlag till ordföranden.",
        ],
    },
    {
        "id": Roll.HELHETSANSVARIG.value,
        "rubrik": "Du som har helhetsansvar för slutrapporten",
        "ingress": "Du ser till att gruppens avsnitt blir en rapport med en röd tråd.",
        "steg": [
            "Öppna fliken Arbete. Där ser du vem som skriver vad, och vad som är klart.",
            "Läs rapporten i sin helhet under fliken Rapport, och ändra det som inte hänger ihop.",
            "Rutan Nästa steg visar vad som saknas. Lämna slutrapporten när den är klar.",
        ],
    },
    {
        "id": Roll.PATIENTFORETRADARE.value,
        "rubrik": "Du som är patient- eller närståendeföreträdare",
        "ingress": "Du är med i arbetsgruppen på samma villkor som de andra.",
        "steg": [
            "Du ser gruppens delprojekt och rapporten. Ordföranden kan be dig att skriva ett kapitel.",
            "Ditt namn ser bara gruppen och kontaktpersonen. Andra ser att en företrädare är med.",
            "När du gör något i portalen står din roll, inte ditt namn.",
        ],
    },
    {
        "id": Roll.UPPFOLJNINGSANSVARIG.value,
        "rubrik": "Du som gör uppföljningen",
        "ingress": "Du tar reda på hur det gick, vanligen inom ett år från nämndens beslut.",
        "steg": [
            "Planen för uppföljningen står under fliken Rapport.",
            "Skriv uppföljningsrapporten i samma mall.",
            "Lämna den när den är klar. Kansliet antecknar var den redovisas.",
        ],
    },
]
