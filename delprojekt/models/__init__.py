"""Floor 2: what happened, stored. One file per noun family."""

from delprojekt.models.beredning import Beredningskontakt, Organkoppling
from delprojekt.models.beslut import (
    Attsats,
    Behandling,
    Beslutsforslag,
    Namndbeslut,
    Rekommendation,
    Stallning,
    Stallningsval,
    StruketForslag,
)
from delprojekt.models.delprojekt import Delprojekt, Deltagande, Deltagandestatus, Stegbesok
from delprojekt.models.dokument import Dokumentjobb, Dokumentslag, Dokumentversion, Format, Jobblage
from delprojekt.models.dokumentation import Gruppmote, Stodbegaran, Stodomrade, Vagval, Vagvalsslag
from delprojekt.models.faktum import Faktumrad
from delprojekt.models.forslag import Beslutsriktning, Kriterium, Malsattning, Projektforslag, Ursprung
from delprojekt.models.forvaltning import Forenlighet, Forvaltningshandelse, Redogorelse
from delprojekt.models.grupp import (
    Adjungeringsomrade,
    Finansiering,
    Nominering,
    Nomineringsbyte,
    Nomineringssvar,
    Nomineringsvag,
)
from delprojekt.models.handelse import Handelse, Utskick, Vantar
from delprojekt.models.handling import AllmanHandling, Avvisning, Delning, Diarienummer, Filkontroll
from delprojekt.models.historik import (
    AtgardsforslagPunkt,
    AtgardsforslagSlutsats,
    AttsatsMottagare,
    AvsnittRegion,
    NomineringKompetens,
    RekommendationMottagare,
)
from delprojekt.models.huvudmansbeslut import (
    BIFALL,
    INTE_AVGJORT,
    KRAVER_TEXT,
    Beslutsgrund,
    Beslutshandling,
    Beslutsniva,
    Granskning,
    Granskningspunkt,
    Huvudmansbeslut,
    Overklagan,
    Utfall,
)
from delprojekt.models.inflyttning import Filslag, Inlagdfil
from delprojekt.models.inforande import (
    HINDER_AVSLUTAT,
    Hinderlage,
    Hinderslag,
    Hindersteg,
    Inforandehinder,
    Inforandelage,
    Inforandestatus,
)
from delprojekt.models.kommunikation import Informationsinsats, Insatsskede, Insatstyp
from delprojekt.models.mall import Innehall, Mallavsnitt, Mallstatus, Mallversion
from delprojekt.models.nulage import Avsnittsuppgift, Datakalla, Faktauppgift, Slutsats
from delprojekt.models.organisation import Arende, Mote, Organ, Region, Sjukvardsregion
from delprojekt.models.paminnelse import Paminnelse
from delprojekt.models.person import Innehav, Konto, Person
from delprojekt.models.rapport import (
    Atgardsforslag,
    Kalkylrad,
    Kostnadsbas,
    Kostnadsslag,
    Risk,
    Skribent,
)
from delprojekt.models.uppdrag import (
    Avsnitt,
    Avsnittsversion,
    Kompetenskrav,
    Milstolpe,
    Styrka,
    Uppdragsomgang,
    Uppdragspunkt,
)
from delprojekt.models.uppfoljning import (
    Forfragningssvar,
    Matvarde,
    Uppfoljningsforfragan,
    Uppfoljningsform,
    Uppfoljningsomgang,
)
from delprojekt.models.uppfoljningsplan import (
    Frekvens,
    Geografi,
    Uppdelning,
    Uppfoljningsparameter,
    Uppfoljningsplan,
)

LOGGTABELLER: tuple[str, ...] = tuple(
    m._meta.db_table
    for m in (
        Handelse,
        Stegbesok,
        Faktumrad,
        Nomineringsbyte,
        Forvaltningshandelse,
        AllmanHandling,
        Diarienummer,
        Avvisning,
        Delning,
        Paminnelse,
    )
)
"""Tables in which the app's database role may only select and insert (architecture.md §9)."""

__all__ = [
    "BIFALL",
    "HINDER_AVSLUTAT",
    "INTE_AVGJORT",
    "KRAVER_TEXT",
    "LOGGTABELLER",
    "Adjungeringsomrade",
    "AllmanHandling",
    "Arende",
    "Atgardsforslag",
    "AtgardsforslagPunkt",
    "AtgardsforslagSlutsats",
    "Attsats",
    "AttsatsMottagare",
    "Avsnitt",
    "AvsnittRegion",
    "Avsnittsuppgift",
    "Avsnittsversion",
    "Avvisning",
    "Behandling",
    "Beredningskontakt",
    "Beslutsforslag",
    "Beslutsgrund",
    "Beslutshandling",
    "Beslutsniva",
    "Beslutsriktning",
    "Datakalla",
    "Delning",
    "Delprojekt",
    "Deltagande",
    "Deltagandestatus",
    "Diarienummer",
    "Dokumentjobb",
    "Dokumentslag",
    "Dokumentversion",
    "Faktauppgift",
    "Faktumrad",
    "Filkontroll",
    "Filslag",
    "Finansiering",
    "Forenlighet",
    "Forfragningssvar",
    "Format",
    "Forvaltningshandelse",
    "Frekvens",
    "Geografi",
    "Granskning",
    "Granskningspunkt",
    "Gruppmote",
    "Handelse",
    "Hinderlage",
    "Hinderslag",
    "Hindersteg",
    "Huvudmansbeslut",
    "Inforandehinder",
    "Inforandelage",
    "Inforandestatus",
    "Informationsinsats",
    "Inlagdfil",
    "Innehall",
    "Innehav",
    "Insatsskede",
    "Insatstyp",
    "Jobblage",
    "Kalkylrad",
    "Kompetenskrav",
    "Konto",
    "Kostnadsbas",
    "Kostnadsslag",
    "Kriterium",
    "Mallavsnitt",
    "Mallstatus",
    "Mallversion",
    "Malsattning",
    "Matvarde",
    "Milstolpe",
    "Mote",
    "Namndbeslut",
    "Nominering",
    "NomineringKompetens",
    "Nomineringsbyte",
    "Nomineringssvar",
    "Nomineringsvag",
    "Organ",
    "Organkoppling",
    "Overklagan",
    "Paminnelse",
    "Person",
    "Projektforslag",
    "Redogorelse",
    "Region",
    "Rekommendation",
    "RekommendationMottagare",
    "Risk",
    "Sjukvardsregion",
    "Skribent",
    "Slutsats",
    "Stallning",
    "Stallningsval",
    "Stegbesok",
    "Stodbegaran",
    "Stodomrade",
    "StruketForslag",
    "Styrka",
    "Uppdelning",
    "Uppdragsomgang",
    "Uppdragspunkt",
    "Uppfoljningsforfragan",
    "Uppfoljningsform",
    "Uppfoljningsomgang",
    "Uppfoljningsparameter",
    "Uppfoljningsplan",
    "Ursprung",
    "Utfall",
    "Utskick",
    "Vagval",
    "Vagvalsslag",
    "Vantar",
]
