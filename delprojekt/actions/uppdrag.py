"""Uppdrag: points, competences, milestones (§5.1.3)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from delprojekt.actions.dokument import fix_document
from delprojekt.actions.forslag import open_omgang
from delprojekt.actions.takt import Takt, change
from delprojekt.models import Dokumentslag, Kompetenskrav, Milstolpe, Styrka, Uppdragspunkt
from delprojekt.process.act import Act
from delprojekt.process.datum import parse_day, parse_partial, skriv


@change(Act.REDIGERA_UPPDRAG)
def edit_uppdrag(takt: Takt) -> None:
    """Replace points, competences and milestones by what was filled in, one per line; rows taken out are struck."""
    u = takt.underlag
    points = [{"text": line} for line in u["punkter"]]
    _replace(Uppdragspunkt, [{"nummer": n, **p} for n, p in enumerate(points, 1)], takt)
    wanted = [{"kompetens": k, "styrka": Styrka.SKA} for k in u["kompetens_ska"]]
    wanted += [{"kompetens": k, "styrka": Styrka.BOR} for k in u["kompetens_bor"]]
    _replace(Kompetenskrav, wanted, takt)
    stones = [
        {"rubrik": what, "nar": _in_words(when), "sista_date": parse_partial(when)} for what, when in u["milstolpar"]
    ]
    _replace(Milstolpe, stones, takt)


def _in_words(when: str) -> str:
    """Return a time as it was written, a single day in words: ``5 december 2026``."""
    day = parse_day(when)
    return skriv(day) if day else when


@change(Act.OVERLAMNA_UPPDRAG)
def hand_over(takt: Takt) -> None:
    """Tell in the mail where the start kit is: the uppdrag, the days counted back from nämnden, whom to ask."""
    address = settings.PORTAL_ADRESS + reverse("startpaket", args=[takt.delprojekt.pk])
    takt.tillagg = f"Uppdraget, tiderna och vem som hjälper till med vad finns i startpaketet:\n{address}"


def _replace(
    model: type[Uppdragspunkt | Kompetenskrav | Milstolpe], wanted: Sequence[dict[str, Any]], takt: Takt
) -> None:
    """Make the living rows equal to ``wanted``: equal ones stay, others are struck, new ones come; none is deleted."""
    missing = list(wanted)
    for row in model._default_manager.filter(omgang=takt.omgang, struken_at=None):
        same = next((item for item in missing if all(getattr(row, k) == v for k, v in item.items())), None)
        if same is not None:
            missing.remove(same)
            continue
        row.struken_at = takt.now
        row.save(update_fields=["struken_at"])
    for item in missing:
        model._default_manager.create(omgang=takt.need_omgang(), **item)


@change(Act.FASTSTALL_UPPDRAG)
def fix_uppdrag(takt: Takt) -> None:
    """Freeze the uppdrag as version 1.0 (V-12)."""
    fix_document(takt, Dokumentslag.UPPDRAG, final="Fastställt av ledningsgruppen", dag=takt.dag)


@change(Act.FORNYA_UPPDRAG)
def renew(takt: Takt) -> None:
    """Open a new uppdragsomgång; the old one's texts stay as they were (V-20)."""
    takt.omgang = open_omgang(takt, skal=takt.text("text"))
