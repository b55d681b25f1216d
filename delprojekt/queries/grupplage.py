"""The part of the Lage that is about the working group: what it reads, and what it makes of it (§4)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate

from delprojekt.models import Finansiering, Innehav, Kompetenskrav, Nominering, Nomineringssvar, Styrka, Uppdragsomgang
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.grupp import Chefssvar, Grupplage, Kandidat, Kompetens, Nomineringsstatus
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.aktor import gallande
from delprojekt.queries.rader import living, rows

_HAR = OuterRef("pk")

Read = dict[str, Any]
_ASKS_WHAT_THE_GROUP_CAN = frozenset({Steg.UPPDRAG, Steg.ANALYS})


def group_columns(omgang: Uppdragsomgang, steg: Steg) -> Read:
    """Those who are put forward; where rules ask for it also what is wanted, and who has not answered."""
    at_kansli = Innehav.objects.filter(gallande(), person=OuterRef("person"), roll=Roll.KANSLI)
    columns: Read = {
        "kandidater": rows(
            Nominering.objects.filter(omgang=omgang).order_by("pk"),
            nyckel="pk",
            fornamn="person__fornamn",
            efternamn="person__efternamn",
            roll="roll",
            status="status",
            region="region__slug",
            profession="person__profession",
            disciplin="disciplin",
            chef_ja="chef_ja",
            chef_svar="chef_svar",
            avsatt_tid="avsatt_tid",
            meriter="legitimitet",
            fran_kansliet=Exists(at_kansli),
            finansiering="finansiering",
            ar_chef="ar_chef",
            sedan="nominerad_date",
        )
    }
    if steg in _ASKS_WHAT_THE_GROUP_CAN:
        columns |= _competence_columns(omgang)
    if steg is Steg.UPPDRAG:
        asked = Nomineringssvar.objects.filter(forfragan__delprojekt=_HAR).order_by("pk")
        columns["tillfragade"] = rows(
            asked,
            forfragan="forfragan_id",
            region="region__slug",
            till="till_date",
            svarat="svarat_at",
            pamind=TruncDate("pamind_at"),
        )
    return columns


def _competence_columns(omgang: Uppdragsomgang) -> Read:
    covers = Nominering.kompetenser.through.objects.filter(nominering__omgang=omgang)
    return {
        "kompetenser": rows(
            living(Kompetenskrav, omgang=omgang).order_by("pk"), nyckel="pk", namn="kompetens", styrka="styrka"
        ),
        "tacker": rows(covers, nominering="nominering_id", krav="kompetenskrav_id"),
    }


def make_group(read: Read, fakta: Iterable[Read], deltar: frozenset[str]) -> Grupplage:
    """Return the group as the rules see it, from what was read, the facts that count, and who takes part."""
    held, facts = set(read["roller"]), list(fakta)
    requests = {fact["pk"]: fact["date"] for fact in facts if fact["slag"] == Faktumslag.NOMINERINGAR_BEGARDA}
    asked = {row["region"]: row for row in read.get("tillfragade", ()) if row["forfragan"] in requests}  # the latest
    chaired = [row for row in read["gruppen"] if row["roll"] == Roll.ORDFORANDE]
    covers: dict[int, set[int]] = {}
    for pair in read.get("tacker", ()):
        covers.setdefault(pair["nominering"], set()).add(pair["krav"])
    return Grupplage(
        kontaktperson=Roll.KONTAKTPERSON in held,
        ordforande=any(row["slag"] == Faktumslag.ORDFORANDE_UTSEDD for row in facts),
        uppfoljningsansvariga=int(Roll.UPPFOLJNINGSANSVARIG in held),
        kandidater=tuple(_candidate(row, covers.get(row["nyckel"], ())) for row in read.get("kandidater", ())),
        kompetenser=tuple(
            Kompetens(row["nyckel"], row["namn"], row["styrka"] == Styrka.SKA) for row in read.get("kompetenser", ())
        ),
        ordforande_namn=_name(chaired[-1]) if chaired else "",
        ordforande_person=chaired[-1]["person"] if chaired else None,
        personer=frozenset(row["person"] for row in read["gruppen"]),
        har_inte_svarat=frozenset(slug for slug, row in asked.items() if not row["svarat"]) & deltar,
        svar_senast={slug: date.fromisoformat(row["till"]) for slug, row in asked.items()},
        tillfragad={
            slug: date.fromisoformat(max(requests[row["forfragan"]], row["pamind"] or ""))
            for slug, row in asked.items()
        },
    )


def _name(row: Read) -> str:
    return f"{row['fornamn']} {row['efternamn']}".strip()


def _candidate(row: Read, covers: Iterable[int]) -> Kandidat:
    """Return somebody who is put forward; a patient representative is called by role (architecture.md §5)."""
    roll = Roll(row["roll"])
    name = roll.label if roll is Roll.PATIENTFORETRADARE else _name(row)
    return Kandidat(
        nyckel=row["nyckel"],
        namn=str(name),
        roll=roll,
        status=Nomineringsstatus(row["status"]),
        region=row["region"],
        kompetenser=frozenset(covers),
        profession=row["profession"],
        disciplin=row["disciplin"],
        chef_ja=row["chef_ja"],
        chef_nej=row["chef_svar"] == Chefssvar.NEJ,
        avsatt_tid=bool(row["avsatt_tid"]),
        meriter=bool(row["meriter"]),
        fran_kansliet=row["fran_kansliet"],
        solidarisk=row["finansiering"] == Finansiering.SOLIDARISK,
        ar_chef=row["ar_chef"],
        sedan=date.fromisoformat(row["sedan"]),
    )
