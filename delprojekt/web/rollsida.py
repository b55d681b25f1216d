"""From what the role pages' queries answer to what their templates show."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.urls import reverse

from delprojekt.models import Delprojekt, Uppdragsomgang, Vantar
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import HUVUDLINJE, SLUT, Steg
from delprojekt.process.synlighet import Noun, Sida, egna_sidor, far_se_sida
from delprojekt.queries import delar
from delprojekt.queries import rollsida as fragor
from delprojekt.queries.delprojekt import Delprojektsida
from delprojekt.queries.delrapport import Delrapport
from delprojekt.queries.namn import unnamed
from delprojekt.queries.nomineringssvar import Regionsfraga
from delprojekt.queries.rollsida import Arendelage
from delprojekt.web import flik_arbete, vymodell
from delprojekt.web.grupp import answer_state
from delprojekt.web.lankar import from_group

Item = dict[str, Any]


def menu(actor: Actor) -> list[tuple[str, str]]:
    """Return address and label of the actor's own role pages, in the order of the menu."""
    return [(address(sida, actor), str(sida.label)) for sida in egna_sidor(actor)]


def address(sida: Sida, actor: Actor) -> str:
    """Return where a role page stands; a region's page is that of the actor's own region."""
    if sida is not Sida.REGIONER:
        return f"/{sida.value}/"
    own = sorted(m.region for m in actor.mandat if m.region)
    return reverse("region", args=[own[0]]) if own else reverse("kansliet")


def others(actor: Actor, regions: Iterable[Any]) -> list[Item]:
    """Return links to the pages of the other groups and regions that the actor may look at."""
    pages = [s for s in (Sida.SAMARBETSGRUPPEN, Sida.LEDNINGSGRUPPEN) if far_se_sida(actor, s)]
    links = [{"namn": str(s.label), "url": f"/{s.value}/"} for s in pages]
    seen = [r for r in regions if far_se_sida(actor, Sida.REGIONER, r.slug)]
    return links + [{"namn": r.namn, "url": reverse("region", args=[r.slug])} for r in seen]


def pipeline(counts: Mapping[Steg, int]) -> Item:
    """Return how many stand in each step: bars with their length in whole per cent, and a link to each list."""
    most = max((counts.get(steg, 0) for steg in HUVUDLINJE), default=0) or 1
    steps = [
        {
            "namn": str(steg.label),
            "antal": counts.get(steg, 0),
            "bredd": round(200 * counts.get(steg, 0) / most),
            "url": f"{reverse('lista')}?steg={steg.value}",
        }
        for steg in HUVUDLINJE
    ]
    rest = [(steg, counts[steg]) for steg in Steg if steg not in HUVUDLINJE and counts.get(steg)]
    return {
        "steg": steps,
        "ovriga": [{"namn": str(s.label), "antal": n, "url": f"{reverse('lista')}?steg={s.value}"} for s, n in rest],
        "avslutade": sum(n for s, n in rest if s in SLUT),
    }


def lying(pairs: Iterable[tuple[Roll, int]]) -> list[Item]:
    """Return how many delprojekt lie with each role, with a link to them."""
    return [
        {"namn": vymodell.upper_first(roll.hos), "antal": n, "url": f"{reverse('lista')}?hos={roll.value}"}
        for roll, n in pairs
    ]


def table_rows(rows: Iterable[Vantar]) -> list[Item]:
    """Return what is waited for as rows of a table: the same act for several regions is one row."""
    grouped: dict[tuple[int, str], list[Vantar]] = {}
    for row in rows:
        grouped.setdefault((row.delprojekt_id, row.act), []).append(row)
    return [
        {
            "delprojekt": found[0].delprojekt,
            "vad": str(Act(found[0].act).label),
            "hos": vymodell.upper_first(vymodell.waits_with(found)),
            "frist": min((r.frist_date for r in found if r.frist_date), default=None),
            "sedan": min(found, key=lambda row: row.sedan_at).kand_sedan_at,
        }
        for found in grouped.values()
    ]


def interim(rows: Iterable[Delrapport]) -> list[Item]:
    """Return delrapporter as rows of a table."""
    return [
        {"rad": row, "url": reverse("jobb", args=[row.pdf]) if row.pdf else row.delprojekt.get_absolute_url()}
        for row in rows
    ]


def nominations_asked(rows: Iterable[Regionsfraga]) -> list[Item]:
    """Return what a region is asked for: what the group lacks, since when, until when, and whether it has answered."""
    return [
        {
            "delprojekt": row.svar.forfragan.delprojekt,
            "soks": row.soks,
            "text": row.svar.text,
            "fragad": row.svar.forfragan.date,
            "pamind": row.svar.pamind_at,
            **answer_state(row.svar),
        }
        for row in rows
    ]


def by_meeting(items: Iterable[Arendelage]) -> list[Item]:
    """Return ledningsgruppen's matters by its meeting: those that have none stand last."""
    grouped = [(day, list(found)) for day, found in groupby(items, key=lambda item: item.mote_date)]
    return [
        {"dag": day, "kommande": bool(day and day >= idag()), "arenden": [_matter(item) for item in found]}
        for day, found in grouped
    ]


def _matter(item: Arendelage) -> Item:
    acts = list(dict.fromkeys(Act(row.act) for row in item.vantar))
    return {
        "delprojekt": item.delprojekt,
        "steg": vymodell.status_word(item.delprojekt),
        "ton": vymodell.status_tone(item.delprojekt),
        "vad": [str(act.label) for act in acts],
        "enighet": f"{item.eniga} av {item.av} regioner är eniga." if item.av else "",
        "vill": list(item.vill_andra.values()),
        "frist": min((row.frist_date for row in item.vantar if row.frist_date), default=None),
    }


def group_page(page: Delprojektsida, chosen: Delprojekt, rows: list[Delprojekt], actor: Actor) -> Item:
    """Return where the group is: the sentence, the rail, what is written, and the next day to keep."""
    omgang = page.path[-1].omgang
    text = [r for r in delar.sections(actor, omgang) if r.mall.innehall == "text"] if omgang else []
    stones = fragor.milestones(actor, omgang.pk) if omgang else []
    deadlines = [row.frist_date for row in page.vantar if row.frist_date]
    coming = [stone for stone in stones if stone.sista_date and stone.sista_date >= idag()]
    return {
        "delprojekt": page.delprojekt,
        "andra": [d for d in rows if d.pk != page.delprojekt.pk],
        "mening": vymodell.status_sentence(page),
        "ton": vymodell.status_tone(page.delprojekt),
        "rail": vymodell.rail(page.rail),
        "sidolage": vymodell.side_state(page),
        "frist": min(deadlines, default=None),
        "nasta_milstolpe": coming[0] if coming else None,
        "milstolpar": stones,
        "avsnitt": text,
        "skrivna": sum(1 for r in text if r.skrivet),
        "skriv": reverse("skriv", args=[page.delprojekt.pk]) if omgang and _writes(page, actor) else "",
        "startpaket": reverse("startpaket", args=[page.delprojekt.pk]),
        "handelser": vymodell.events(page.handelser),
        "attgora": _to_do(page, chosen, omgang, actor) if omgang else [],
        "snabbt": [
            {"etikett": label, "url": from_group(page.delprojekt, act)}
            for act, label in SNABBT.items()
            if decide(actor, act, page.lage).allowed
        ],
    }


SNABBT = {
    Act.ANTECKNA_VAGVAL: "Anteckna ett vägval",
    Act.ANTECKNA_GRUPPMOTE: "Skriv från ett möte",
    Act.MEJLA_GRUPPEN: "Mejla gruppen",
}
"""What the group does on its way, one tap from its page."""


def _to_do(page: Delprojektsida, chosen: Delprojekt, omgang: Uppdragsomgang, actor: Actor) -> list[Item]:
    """Return what is not done yet of what the group has given somebody to do, while it can be done: one's own first."""
    if Noun.ARBETSMATERIAL not in page.ser or chosen.steg not in POLICY[Act.FOLJ_UPP_ATTGORA].where:
        return []
    found = flik_arbete.tasks(actor, page, omgang, [chosen], unnamed(actor, chosen))
    act = Act.FOLJ_UPP_ATTGORA
    left = [
        {**one, "url": one["url"] and from_group(chosen, act, one["rad"].pk)} for one in found if not one["rad"].klar
    ]
    return sorted(left, key=lambda one: not one["min"])


def _writes(page: Delprojektsida, actor: Actor) -> bool:
    return any(
        decide(actor, act, page.lage).allowed for act in (Act.SKRIV_UPPDRAG, Act.SKRIV_RAPPORT, Act.SKRIV_UPPFOLJNING)
    )
