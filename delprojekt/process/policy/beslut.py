"""Ledningsgrupp and nämnd: T22–T34 (§5.4.3, §5.5)."""

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.handling import upprattad
from delprojekt.process.krav import Krav
from delprojekt.process.policy.frister import tas_upp_igen
from delprojekt.process.policy.regel import Rule, Scope, roles, steps
from delprojekt.process.roller import ARBETSGRUPP, Roll
from delprojekt.process.steg import Steg

_LG = roles(Roll.SEKRETERARE, Roll.KANSLI)
_NAMND = roles(Roll.NAMNDSEKRETERARE, Roll.KANSLI)
_I_LG, _I_NAMND = steps(Steg.LEDNINGSGRUPP), steps(Steg.NAMND)
_HANDLADE = roles(Roll.KONTAKTPERSON, Roll.ORDFORANDE)

RULES = {
    Act.PRESENTERA_FOR_LEDNINGSGRUPPEN: Rule(
        where=_I_LG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        advises=(Krav.ORDFORANDE_PRESENTERAR,),
        fact=Faktumslag.PRESENTERAD,
        event="Slutrapporten presenterades för ledningsgruppen.",
        section="5.4.3",
    ),
    Act.SKRIV_BESLUTSFORSLAG: Rule(
        where=_I_LG,
        who=_LG | {Roll.KONTAKTPERSON},
        owner=Roll.SEKRETERARE,
        tells=roles(Roll.LEDNINGSGRUPP),
        event="En ny version av beslutsförslaget skrevs. Tidigare ställningar gäller inte längre.",
        section="5.4.3",
    ),
    Act.LAMNA_STALLNING: Rule(
        where=_I_LG,
        who=_LG | {Roll.LEDNINGSGRUPP},
        owner=Roll.LEDNINGSGRUPP,
        scope=Scope.EGEN_REGION,
        requires=(Krav.BESLUTSFORSLAG_FINNS, Krav.AKTUELL_VERSION),
        tells=roles(Roll.SEKRETERARE),
        event="Regionens ställning lämnades.",
        section="5.4.3",
    ),
    Act.KONSTATERA_OENIGHET: Rule(
        where=_I_LG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        requires=(Krav.PRESENTERAD, Krav.NAGON_OENIG),
        advises=(Krav.FORSTA_FORSOKET,),
        fact=Faktumslag.EJ_ENIGA,
        tells=roles(Roll.KONTAKTPERSON),
        event="Ledningsgruppen var inte enig om beslutsförslaget.",
        section="5.4.3",
    ),
    Act.LAMNA_TILL_NAMNDEN: Rule(
        where=_I_LG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.NAMND,
        requires=(
            Krav.PRESENTERAD,
            Krav.BESLUTSFORSLAG_FINNS,
            Krav.FORSLAGEN_BEHANDLADE,
            Krav.BARNETS_BASTA_SKRIVET,
            Krav.MOTTAGARE_FINNS,
            Krav.ALLA_HAR_TAGIT_STALLNING,
            Krav.LEDNINGSGRUPPEN_ENIG,
        ),
        advises=(Krav.BEGARDA_SYNPUNKTER_LAMNADE,),
        fact=Faktumslag.ENIGA,
        handling=upprattad("Ledningsgruppens beslutsförslag, underlag till nämnden", "Södra regionvårdsnämnden"),
        tells=roles(Roll.STYRGRUPP, Roll.NAMNDSEKRETERARE) | _HANDLADE,
        event="Ledningsgruppen var enig och lämnade beslutsförslaget till nämnden.",
        section="5.4.3",
        main=True,
    ),
    Act.ATERREMITTERA_TILL_ARBETSGRUPPEN: Rule(
        where=_I_LG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.ATGARDSFORSLAG,
        fact=Faktumslag.RETUR,
        tells=_HANDLADE,
        event="Ledningsgruppen återremitterade slutrapporten till arbetsgruppen.",
        section="5.4.3",
    ),
    Act.INHAMTA_SYNPUNKTER: Rule(
        where=_I_LG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        fact=Faktumslag.SYNPUNKTER_BEGARDA,
        tells=roles(Roll.SAMARBETSGRUPP, Roll.KONTAKTPERSON),
        event="Ledningsgruppen bad om regionernas synpunkter.",
        section="5.4.2",
    ),
    Act.FORNYA_UPPDRAG: Rule(
        where=_I_LG,
        who=_LG,
        owner=Roll.SEKRETERARE,
        to=Steg.UPPDRAG,
        fact=Faktumslag.RETUR,
        tells=_HANDLADE | {Roll.SAMARBETSGRUPP},
        event="Ledningsgruppen gav ett förnyat uppdrag.",
        section="5.4.3",
    ),
    Act.BERED_POLITISKT: Rule(
        where=_I_NAMND,
        who=roles(Roll.STYRGRUPP) | _NAMND,
        owner=Roll.STYRGRUPP,
        advises=(Krav.STYRGRUPPENS_NOTERING,),
        fact=Faktumslag.POLITISK_BEREDNING,
        tells=roles(Roll.NAMNDSEKRETERARE),
        event="Politiska styrgruppen beredde ärendet.",
        section="5.5",
    ),
    Act.RETURNERA_TILL_LEDNINGSGRUPPEN: Rule(
        where=_I_NAMND,
        who=roles(Roll.STYRGRUPP) | _NAMND,
        owner=Roll.STYRGRUPP,
        to=Steg.LEDNINGSGRUPP,
        fact=Faktumslag.RETUR,
        tells=roles(Roll.SEKRETERARE, Roll.LEDNINGSGRUPP, Roll.KONTAKTPERSON),
        event="Politiska styrgruppen lämnade tillbaka ärendet till ledningsgruppen.",
        section="5.5",
    ),
    Act.BORDLAGG: Rule(
        where=_I_NAMND,
        who=_NAMND,
        owner=Roll.NAMNDSEKRETERARE,
        fact=Faktumslag.BORDLAGT,
        tells=_HANDLADE,
        event="Nämnden bordlade ärendet.",
        section="5.5",
    ),
    Act.REKOMMENDERA: Rule(
        where=_I_NAMND,
        who=_NAMND,
        owner=Roll.NAMNDSEKRETERARE,
        to=Steg.HUVUDMANSBESLUT,
        requires=(Krav.POLITISKT_BEREDD, Krav.BEREDD_FORE_NAMNDEN, Krav.BESLUTSFORSLAG_FINNS),
        advises=(Krav.ORDFORANDE_REDOVISAR, Krav.FORMELN_FOLJD),
        handling=upprattad("Slutrapport, godkänd av nämnden, med rekommendation", "Södra regionvårdsnämnden"),
        tells=roles(Roll.REGIONKONTAKT, Roll.LEDNINGSGRUPP, Roll.SAMARBETSGRUPP, Roll.KOMMUNIKATOR)
        | _HANDLADE
        | ARBETSGRUPP,
        event="Nämnden godkände slutrapporten och rekommenderade regionerna.",
        section="5.5",
        main=True,
        frist=tas_upp_igen,
    ),
    Act.ATERREMITTERA_FRAN_NAMNDEN: Rule(
        where=_I_NAMND,
        who=_NAMND,
        owner=Roll.NAMNDSEKRETERARE,
        to=Steg.LEDNINGSGRUPP,
        fact=Faktumslag.RETUR,
        tells=roles(Roll.SEKRETERARE, Roll.LEDNINGSGRUPP) | _HANDLADE,
        event="Nämnden återremitterade ärendet till ledningsgruppen.",
        section="5.5",
    ),
    Act.GODKANN_INTE: Rule(
        where=_I_NAMND,
        who=_NAMND,
        owner=Roll.NAMNDSEKRETERARE,
        to=Steg.EJ_REKOMMENDERAT,
        requires=(Krav.POLITISKT_BEREDD, Krav.BEREDD_FORE_NAMNDEN),
        fact=Faktumslag.EJ_GODKANT,
        tells=roles(Roll.LEDNINGSGRUPP, Roll.SAMARBETSGRUPP) | _HANDLADE,
        event="Nämnden godkände inte slutrapporten.",
        section="5.5",
    ),
    Act.LAGG_TILL_HANDLINGARNA: Rule(
        where=_I_NAMND,
        who=_NAMND,
        owner=Roll.NAMNDSEKRETERARE,
        fact=Faktumslag.LAGT_TILL_HANDLINGARNA,
        tells=_HANDLADE,
        event="Nämnden lade rapporten till handlingarna. Ingen rekommendation lämnades.",
        section="5.5",
    ),
}
