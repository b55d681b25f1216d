"""Tables of data in the demo's reports, made as somebody pastes them from Excel."""

from dataclasses import dataclass

from delprojekt.actions.datatabell import Tabellunderlag, put_in_section, save_table
from delprojekt.documents.diagram import guess
from delprojekt.documents.diagramtext import suggest
from delprojekt.documents.tabelldata import guess_columns, read_cells, to_data
from delprojekt.models import Delprojekt
from delprojekt.process.datatabell import Diagramval
from delprojekt.process.roller import Actor


@dataclass(frozen=True)
class Tabelltext:
    """A table as it was copied, and what is said of it. ``diagram``: it is shown as one."""

    rubrik: str
    kalla: str
    celler: str
    lasanvisning: str = ""
    diagram: bool = True


LAKEMEDEL = (
    Tabelltext(
        "Andel över 75 år som skrivs ut med genomgången läkemedelslista",
        "regionernas patientadministrativa system, uttag 12 maj 2026",
        "År\tBlekinge (%)\tHalland (%)\tSkåne (%)\n2021\t28\t25,5\t31\n2022\t30\t29\t38,5\n2023\t34,5\t31\t44\n"
        "2024\t39\t36\t49,5\n2025\t41\t38,5\t52\n",
        "Kronoberg har inte lämnat uppgifter.",
    ),
    Tabelltext(
        "Apotekare i slutenvården och genomgångar per år",
        "chefsfarmaceuterna i regionerna, 2025",
        "Region\tApotekare (tjänster)\tGenomgångar\tTid per genomgång (min)\nBlekinge\t4,5\t2 150\t35\n"
        "Halland\t6\t2 870\t40\nKronoberg\t5,25\t..\t..\nSkåne\t31\t16 400\t30\n",
        diagram=False,
    ),
)


def put_table(who: Actor, pk: int, avsnitt: str, tabell: Tabelltext) -> None:
    """Make a table, shown as it is best shown, and put it last in a section."""
    cells = read_cells(tabell.celler)
    data = to_data(cells, guess_columns(cells))
    val = guess(data) if tabell.diagram else Diagramval()
    alt = suggest(data, val, tabell.rubrik)
    given = Tabellunderlag(data, val, tabell.rubrik, tabell.kalla, tabell.lasanvisning, alt)
    delprojekt = Delprojekt.objects.select_related("sjukvardsregion", "forslag").get(pk=pk)
    row = save_table(who, delprojekt, avsnitt, given)
    put_in_section(who, delprojekt, avsnitt, row.pk)
