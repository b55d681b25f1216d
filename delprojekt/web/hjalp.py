"""The words of "Så här gör du": for each role what you do in the portal, in the order you meet it."""

from typing import TypedDict

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
            "Skapa en PDF när du vill se hur rapporten ser ut.",
            "Kör du fast? Kontaktpersonen på kansliet står överst på delprojektets sida.",
        ],
    },
    {
        "id": Roll.LEDAMOT.value,
        "rubrik": "Du som är med i en arbetsgrupp",
        "ingress": "Du ser din grupps delprojekt och skriver i rapporten.",
        "steg": [
            "Stäm av med din närmsta chef innan du tackar ja.",
            "När du är utsedd får du ett mejl med en länk. Välj ett lösenord, så är du inne.",
            "Läs uppdraget på delprojektets sida.",
            "Skriv i de avsnitt som gruppen har kommit överens om.",
        ],
    },
    {
        "id": Roll.REGIONKONTAKT.value,
        "rubrik": "Du som tar emot för en region",
        "ingress": "Regionen beslutar om nämndens rekommendationer och skickar in protokollsutdraget.",
        "steg": [
            "Öppna rekommendationen från startsidan eller från mejlet.",
            "Skriv vad regionen beslutade för varje punkt: bifall, bifall med villkor eller avslag.",
            "Ladda upp protokollsutdraget som PDF. Har en tjänsteperson beslutat laddar du upp det beslutet i stället.",
            "Du får ett kvitto. Kansliet granskar handlingen och hör av sig om något är fel.",
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
]
