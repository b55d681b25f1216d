"""Floor 2: what happened, stored. One file per noun family."""

from delprojekt.models.beslut import Attsats, Beslutsforslag, Namndbeslut, Rekommendation, Stallning, Stallningsval
from delprojekt.models.delprojekt import Delprojekt, Deltagande, Deltagandestatus, Stegbesok
from delprojekt.models.dokument import Dokumentjobb, Dokumentslag, Dokumentversion, Format, Jobblage
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
from delprojekt.models.inflyttning import Filslag, Inlagdfil
from delprojekt.models.mall import Innehall, Mallavsnitt, Mallstatus, Mallversion
from delprojekt.models.organisation import Arende, Mote, Organ, Region, Sjukvardsregion
from delprojekt.models.person import Innehav, Konto, Person
from delprojekt.models.rapport import Atgardsforslag, Risk, Uppfoljningsparameter, Uppfoljningsplan
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

LOGGTABELLER: tuple[str, ...] = tuple(m._meta.db_table for m in (Handelse, Stegbesok, Faktumrad))
"""Tables in which the app's database role may only select and insert (architecture.md §9)."""

__all__ = [
    "BIFALL",
    "LOGGTABELLER",
    "Arende",
    "Atgardsforslag",
    "Attsats",
    "Avsnitt",
    "Avsnittsversion",
    "Beslutsforslag",
    "Beslutshandling",
    "Beslutsniva",
    "Delprojekt",
    "Deltagande",
    "Deltagandestatus",
    "Dokumentjobb",
    "Dokumentslag",
    "Dokumentversion",
    "Faktumrad",
    "Filslag",
    "Format",
    "Granskning",
    "Handelse",
    "Huvudmansbeslut",
    "Inforandelage",
    "Inforandestatus",
    "Inlagdfil",
    "Innehall",
    "Innehav",
    "Jobblage",
    "Kompetenskrav",
    "Konto",
    "Kriterium",
    "Mallavsnitt",
    "Mallstatus",
    "Mallversion",
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
    "Risk",
    "Sjukvardsregion",
    "Stallning",
    "Stallningsval",
    "Stegbesok",
    "Styrka",
    "Uppdragsomgang",
    "Uppdragspunkt",
    "Uppfoljningsparameter",
    "Uppfoljningsplan",
    "Ursprung",
    "Utfall",
    "Utskick",
    "Vantar",
]
