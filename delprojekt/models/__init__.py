"""Floor 2: what happened, stored. One file per noun family."""

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
from delprojekt.models.forslag import Kriterium, Malsattning, Projektforslag, Ursprung
from delprojekt.models.forvaltning import Forenlighet, Forvaltningshandelse, Redogorelse
from delprojekt.models.handelse import Handelse, Utskick, Vantar
from delprojekt.models.handling import AllmanHandling, Avvisning, Delning, Diarienummer, Filkontroll
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
from delprojekt.models.inforande import (
    HINDER_AVSLUTAT,
    Hinderlage,
    Hinderslag,
    Hindersteg,
    Inforandehinder,
    Inforandelage,
    Inforandestatus,
)
from delprojekt.models.mall import Innehall, Mallavsnitt, Mallstatus, Mallversion
from delprojekt.models.nulage import Avsnittsuppgift, Datakalla, Faktauppgift, Slutsats
from delprojekt.models.organisation import Arende, Mote, Organ, Region, Sjukvardsregion
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
    Nominering,
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
        Forvaltningshandelse,
        AllmanHandling,
        Diarienummer,
        Avvisning,
        Delning,
    )
)
"""Tables in which the app's database role may only select and insert (architecture.md §9)."""

__all__ = [
    "BIFALL",
    "HINDER_AVSLUTAT",
    "INTE_AVGJORT",
    "KRAVER_TEXT",
    "LOGGTABELLER",
    "AllmanHandling",
    "Arende",
    "Atgardsforslag",
    "Attsats",
    "Avsnitt",
    "Avsnittsuppgift",
    "Avsnittsversion",
    "Avvisning",
    "Behandling",
    "Beslutsforslag",
    "Beslutsgrund",
    "Beslutshandling",
    "Beslutsniva",
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
    "Innehall",
    "Innehav",
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
    "Organ",
    "Overklagan",
    "Person",
    "Projektforslag",
    "Redogorelse",
    "Region",
    "Rekommendation",
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
