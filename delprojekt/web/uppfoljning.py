"""What the tab Uppföljning shows."""

from delprojekt.models import Uppfoljningsforfragan
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.granser import UPPFOLJNING_SIDOR
from delprojekt.process.klocka import idag
from delprojekt.process.matning import Malstatus, Trend, andel
from delprojekt.process.policy import POLICY, deadline
from delprojekt.process.roller import Actor, Roll
from delprojekt.queries import delar
from delprojekt.queries.delprojekt import Delprojektsida
from delprojekt.queries.formular import plan_rows
from delprojekt.queries.namn import unnamed
from delprojekt.queries.uppfoljning import Omgangsdel, Parameterrad, may_answer, rounds
from delprojekt.web.flik_bas import Item, buttons, link

_MALTON = {Malstatus.UPPFYLLT: "klar", Malstatus.INTE_UPPFYLLT: "villkor", Malstatus.EJ_BEDOMBART: "vantar"}
_TRENDTON = {Trend.BATTRE: "klar", Trend.LIKA: "info", Trend.SAMRE: "nej", Trend.OKAND: "ej_aktuell"}
_SVARSTON = {"ja": "klar", "nej": "nej", "": "vantar"}
_REGISTRERAR = (
    Act.TILLFRAGA_UPPFOLJARE,
    Act.REGISTRERA_MATVARDEN,
    Act.SAMMANSTALL_UPPFOLJNING,
    Act.REDOVISA_UPPFOLJNING,
    Act.ANDRA_UPPFOLJNINGSFRIST,
)
_FORE_PORTALEN = (Faktumslag.UPPFOLJNINGSRAPPORT_KLAR, Faktumslag.REDOVISAD, Faktumslag.YTTERLIGARE_UPPFOLJNING)
INSTANSER = ("samarbetsgrupp", "ledningsgrupp", "namnd")


def _asked(actor: Actor, page: Delprojektsida, row: Uppfoljningsforfragan, hidden: frozenset[int]) -> Item:
    """Return who is asked and what came of it; of whom may not be named, not why either (conventions.md §6.4)."""
    mine = not row.svar and may_answer(actor, page.delprojekt.pk, row)
    secret = row.person_id in hidden and row.person_id != actor.person
    return {
        "rad": row,
        "namn": str(Roll.PATIENTFORETRADARE.label) if secret else str(row.person),
        "skal": "" if secret else row.skal,
        "ord": row.get_svar_display() if row.svar else "Har inte svarat",
        "ton": _SVARSTON[row.svar],
        "url": link(actor, page, Act.BESVARA_FORFRAGAN, row.pk) if mine else "",
    }


def _parameter(row: Parameterrad) -> Item:
    level = row.senaste.niva if row.senaste else ""
    return {
        "rad": row,
        "niva": level or "Inte bedömd",
        "nivaton": {True: "klar", False: "villkor", None: "vantar"}[row.hogsta],
        "trend": row.trend.label,
        "trendton": _TRENDTON[row.trend],
    }


def _share(asked: int | None, answered: int | None) -> Item | None:
    share = andel(answered, asked)
    return None if share is None else {"svar": answered, "fragade": asked, "andel": share}


def _pages(count: int | None) -> Item | None:
    if count is None:
        return None
    few, many = UPPFOLJNING_SIDOR
    fits = few <= count <= many
    word = f"{count} {'sida' if count == 1 else 'sidor'}"
    return {"ord": word, "ton": "klar" if fits else "rad", "rad": "" if fits else f"bör vara cirka {few}–{many} sidor"}


def _told(part: Omgangsdel) -> list[Item]:
    """Return the three bodies with whether they have been told (M5.8-11)."""
    names = {"samarbetsgrupp": "Samarbetsgruppen", "ledningsgrupp": "Ledningsgruppen", "namnd": "Nämnden"}
    by_body = {row.arende.mote.organ.slag: row for row in part.redovisningar if row.arende}
    return [{"namn": names[slag], "rad": by_body.get(slag)} for slag in INSTANSER]


def _round(actor: Actor, page: Delprojektsida, part: Omgangsdel, hidden: frozenset[int], *, current: bool) -> Item:
    row = part.omgang
    due, gross = deadline(POLICY[Act.LAMNA_UPPFOLJNINGSRAPPORT], page.lage, idag()) if current else (None, None)
    return {
        "senast": due or row.frist_date,
        "utan_paus": gross if gross != due else None,
        "del": part,
        "nu": current,
        "sen": current and row.stangd_date is None and (due or row.frist_date or idag()) < idag(),
        "forfragningar": [_asked(actor, page, one, hidden) for one in part.forfragningar],
        "parametrar": [_parameter(one) for one in part.parametrar],
        "malord": part.malstatus.label,
        "malton": _MALTON[part.malstatus],
        "enkat": _share(row.enkat_fragade, row.enkat_svar),
        "chefer": _share(row.chefer_fragade, row.chefer_svar),
        "sidor": _pages(row.sidor),
        "redovisningar": _told(part),
    }


def tab(actor: Actor, page: Delprojektsida) -> Item:
    """Return the context of the tab."""
    omgang = page.path[-1].omgang
    parts = rounds(actor, page.delprojekt, omgang)
    hidden = unnamed(actor, page.delprojekt)
    return {
        "omgangar": [_round(actor, page, part, hidden, current=n == 0) for n, part in enumerate(parts)],
        "fakta": delar.facts(actor, page.delprojekt, *_FORE_PORTALEN, path=page.path) if page.lage.inlagt else [],
        "plan": plan_rows(actor, omgang) if omgang else {},
        "knappar": buttons(actor, page, *_REGISTRERAR),
    }
