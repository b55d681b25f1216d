"""What happens after the decisions, on top of ``world``: hinders, who is asked to follow up, what is measured."""

from decimal import Decimal
from typing import Any

from delprojekt.models import (
    Delprojekt,
    Inforandehinder,
    Rekommendation,
    Uppfoljningsforfragan,
    Uppfoljningsparameter,
)
from delprojekt.process.act import Act
from tests import world


def hinder(d: Delprojekt, region: str, text: str = "Journalmallen går inte att lägga in.") -> Inforandehinder:
    """Let a region tell of a hinder for the first recommendation it is asked. Out: the hinder."""
    rek = Rekommendation.objects.filter(namndbeslut__delprojekt=d, mottagare__slug=region).earliest("nummer")
    said = {"region": region, "rekommendation": rek.pk, "slag": "hinder", "text": text, "dag": world.DAG}
    world.do(f"region.{region}", Act.ANMAL_HINDER, d, **said)
    return Inforandehinder.objects.latest("pk")


def ask(d: Delprojekt, who: str = "ordforande") -> Uppfoljningsforfragan:
    """Ask somebody to make the follow-up. Out: the request."""
    world.do("kansli", Act.TILLFRAGA_UPPFOLJARE, d, person=world.person(who).pk)
    return Uppfoljningsforfragan.objects.filter(omgang__namndbeslut__delprojekt=d).latest("pk")


def say_yes(d: Delprojekt, who: str = "ordforande") -> None:
    """Ask somebody, who says yes."""
    world.do("kansli", Act.BESVARA_FORFRAGAN, d, objekt=ask(d, who).pk, svar="ja")


def measure(d: Delprojekt, value: str = "512", **extra: Any) -> None:
    """Fill in the same value for every parameter, and what was done and what it gave."""
    rows = Uppfoljningsparameter.objects.filter(plan__omgang__delprojekt=d, struken_at=None)
    values = {row.pk: (Decimal(value), "") for row in rows}
    world.do(
        "ordforande", Act.REGISTRERA_MATVARDEN, d, varden=values, period="februari 2027", kalla="Statistik", **extra
    )
    done = {"insats": "Fasta tider är införda.", "effekt": "Råd ges snabbare.", "patientsynpunkter": "Nöjda."}
    world.do("ordforande", Act.SAMMANSTALL_UPPFOLJNING, d, **done, enkat_fragade=120, enkat_svar=78, sidor=5)
