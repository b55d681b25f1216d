"""Floor 2: what happened, stored. One file per noun family."""

from delprojekt.models.beslut import Attsats, Beslutsforslag, Namndbeslut, Rekommendation, Stallning, Stallningsval
from delprojekt.models.delprojekt import Delprojekt, Deltagande, Deltagandestatus, Stegbesok
from delprojekt.models.dokument import Dokumentjobb, Dokumentslag, Dokumentversion, Format, Jobblage
from delprojekt.models.dokumentation import Gruppmote, Stodbegaran, Stodomrade, Vagval, Vagvalsslag
from delprojekt.models.faktum import Faktumrad
from delprojekt.models.forslag import Kriterium, Malsattning, Projektforslag, Ursprung
from delprojekt.models.handelse import Handelse, Utskick, Vantar
from delprojekt.models.huvudmansbeslut import (
    BIFALL,
    Beslutshandling,
    Beslutsniva,
    Granskning,
    Huvudmansbeslut,
    Inforandelage,
    Inforandestatus,
    Utfall,
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
from delprojekt.models.uppfoljningsplan import (
    Frekvens,
    Geografi,
    Malniva,
    Riktning,
    Uppdelning,
    Uppfoljningsparameter,
    Uppfoljningsplan,
)

LOGGTABELLER: tuple[str, ...] = tuple(m._meta.db_table for m in (Handelse, Stegbesok, Faktumrad))
"""Tables in which the app's database role may only select and insert (architecture.md §9)."""

__all__ = [
    "BIFALL",
    "LOGGTABELLER",
    "Arende",
    "Atgardsforslag",
    "Attsats",
    "Avsnitt",
    "Avsnittsuppgift",
    "Avsnittsversion",
    "Beslutsforslag",
    "Beslutshandling",
    "Beslutsniva",
    "Datakalla",
    "Delprojekt",
    "Deltagande",
    "Deltagandestatus",
    "Dokumentjobb",
    "Dokumentslag",
    "Dokumentversion",
    "Faktauppgift",
    "Faktumrad",
    "Format",
    "Frekvens",
    "Geografi",
    "Granskning",
    "Gruppmote",
    "Handelse",
    "Huvudmansbeslut",
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
    "Malniva",
    "Malsattning",
    "Milstolpe",
    "Mote",
    "Namndbeslut",
    "Nominering",
    "Organ",
    "Person",
    "Projektforslag",
    "Region",
    "Rekommendation",
    "Riktning",
    "Risk",
    "Sjukvardsregion",
    "Skribent",
    "Slutsats",
    "Stallning",
    "Stallningsval",
    "Stegbesok",
    "Stodbegaran",
    "Stodomrade",
    "Styrka",
    "Uppdelning",
    "Uppdragsomgang",
    "Uppdragspunkt",
    "Uppfoljningsparameter",
    "Uppfoljningsplan",
    "Ursprung",
    "Utfall",
    "Utskick",
    "Vagval",
    "Vagvalsslag",
    "Vantar",
]
