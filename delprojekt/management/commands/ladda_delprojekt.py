"""``manage.py ladda_delprojekt``: the delprojekt that the public sources name move in, those that are not here yet."""

import tomllib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from delprojekt.actions.inflyttning import move_in
from delprojekt.process.datum import parse_day, parse_partial
from delprojekt.process.efterhand import Uppgift
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.roller import Actor, Mandat, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.efterhand import known_as

KALLA = settings.BASE_DIR / "fixtures" / "delprojekt.toml"
INSTALLATOREN = Actor(person=None, namn="Portalen", mandat=frozenset({Mandat(Roll.ADMINISTRATOR)}))
"""Who moves them in: the one who installs the portal, with an administrator's mandate and no account."""

FAKTA = {
    "start": (Faktumslag.STARTBESLUT, Organslag.LEDNINGSGRUPP),
    "arbetsgrupp": (Faktumslag.ARBETSGRUPP_UTSEDD, Organslag.LEDNINGSGRUPP),
    "delgiven": (Faktumslag.LAGT_TILL_HANDLINGARNA, Organslag.NAMND),
    "uppfoljning": (Faktumslag.UPPFOLJNINGSRAPPORT_KLAR, None),
}
"""Words of the file: which fact each of them is."""


def as_underlag(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the file as ``move_in`` wants it. Raises ValueError for a date that cannot be read."""
    facts = []
    for word, (slag, organ) in FAKTA.items():
        if told := row.get(word):
            day = parse_day(told)
            last = day or parse_partial(told)
            if last is None:
                raise ValueError(f"{row['benamning']}: {told}")
            facts.append(Uppgift(slag, last, "" if day else told, organ=organ, text=row["kalla"]))
    said = {name: row.get(name) for name in ("benamning", "nummer", "delnummer", "alias", "kalla")}
    decided = {"namndbeslut": {"dag": row["srvn"]}} if "srvn" in row else {}
    return {"steg": Steg.HISTORISKT, **said, "fakta": facts, **decided}


class Command(BaseCommand):
    """Move in what is missing; what is here, by number and part or by any of its names, is left alone (D10)."""

    help = "Lägger in de delprojekt som är kända från öppna källor som Historiskt. Kan köras om."

    def handle(self, *_args: object, verbosity: int = 1, **_options: object) -> None:
        rows = tomllib.loads(KALLA.read_text(encoding="utf-8"))["delprojekt"]
        new = 0
        for row in rows:
            names = (row["benamning"], *row.get("alias", ()))
            if known_as(INSTALLATOREN, row.get("nummer"), row.get("delnummer", ""), names) is None:
                move_in(INSTALLATOREN, as_underlag(row))
                new += 1
        if verbosity:
            self.stdout.write(f"{new} delprojekt lades in, {len(rows) - new} fanns redan.")
