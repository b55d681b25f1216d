"""The tab of the group's own work: points, facts, conclusions, meetings, choices, support, writers."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from delprojekt.models import Faktauppgift, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.mall import NULAGE_PREFIX
from delprojekt.process.policy.avgor import sections_for
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.tal import skriv_tal
from delprojekt.queries import arbete as rows
from delprojekt.queries.delprojekt import Delprojektsida
from delprojekt.queries.namn import unnamed
from delprojekt.web.flik_bas import Item, buttons, can, link
from delprojekt.web.lankar import act_url


def arbete(actor: Actor, page: Delprojektsida) -> Item:
    """Return what the tab shows."""
    omgang = page.path[-1].omgang
    if omgang is None:
        return {}
    sections = rows.template(actor, omgang)
    names = {row.nyckel: str(row) for row in sections}
    writing = rows.writing(actor, page.delprojekt, omgang)
    return {
        "punkter": _points(actor, omgang, names),
        "svara": link(actor, page, Act.BESVARA_UPPDRAGSPUNKTER),
        **_nulage(actor, page, omgang, sections),
        **_analys(actor, page, omgang, names),
        **_notes(actor, page, omgang),
        "skribenter": [
            {"kapitel": str(row), "person": writing.namn(writing.kapitel[row.nyckel])}
            for row in sections
            if row.nyckel in writing.kapitel
        ],
        "helhetsansvarig": writing.namn(writing.helhetsansvarig),
        "fordela": link(actor, page, Act.UTSE_SKRIBENTER),
    }


def _points(actor: Actor, omgang: Uppdragsomgang, names: dict[str, str]) -> list[Item]:
    """Return the points of the uppdrag with where they are answered, in words."""
    return [
        {
            "rad": point,
            "svar": [
                *(names.get(key, key) for key in point.svarar_i),
                *(f"Åtgärdsförslag {n}" for n in point.forslag),
            ],
            "utan_text": [names.get(key, key) for key in point.besvarad_i if key not in point.svarar_i],
        }
        for point in rows.points(actor, omgang)
    ]


def _nulage(actor: Actor, page: Delprojektsida, omgang: Uppdragsomgang, sections: list[Any]) -> Item:
    changes = _changes(actor, page, Act.ANDRA_FAKTAUPPGIFT)
    facts = rows.fact_rows(actor, omgang)
    lage = page.lage
    taking = {slug: name.removeprefix("Region ") for slug, name in lage.regionnamn.items() if slug in lage.deltar}
    names = {row.nyckel: str(row) for row in sections}
    return {
        "fakta": [
            {
                "rad": row,
                "avsnitt": names.get(row.avsnitt, row.avsnitt),
                "varde": skriv_tal(row.varde, row.enhet),
                "url": act_url(page.delprojekt, Act.ANDRA_FAKTAUPPGIFT, row.pk) if changes(row.avsnitt) else "",
            }
            for row in facts
        ],
        "natet": _grid(facts, taking),
        "natets_regioner": list(taking.values()),
        "tackning": rows.coverage(actor, omgang, taking, facts, sections),
        "utan_analys": lage.rapport.nulage_utan_analys,
        "utelamnade": [
            {"rubrik": str(row), "skal": row.utelamnat}
            for row in sections
            if row.utelamnat and row.nyckel.startswith(NULAGE_PREFIX)
        ],
        "nulage_knappar": buttons(actor, page, Act.REGISTRERA_FAKTAUPPGIFT, Act.ANGE_TACKNING, Act.UTELAMNA_AVSNITT),
    }


def _changes(actor: Actor, page: Delprojektsida, act: Act) -> Callable[[str], bool]:
    """Return the question whether the actor changes the rows of a section: somebody may write only some of them."""
    may, mine = can(actor, page, act), sections_for(actor, act, page.lage)
    return lambda nyckel: may and (mine is None or nyckel in mine)


def _grid(facts: Sequence[Faktauppgift], taking: Mapping[str, str]) -> list[Item]:
    """Return one row per claim and period that is given by region, with each region's figure; a hole is empty (M5.2-3).

    In: the facts, and the participating regions' names by slug.
    """
    found: dict[tuple[str, str, str, str], dict[str, list[str]]] = {}
    for fact in facts:
        if fact.region and fact.region.slug in taking:
            said = skriv_tal(fact.varde, fact.enhet) or "Utan värde"
            cells = found.setdefault((fact.avsnitt, fact.pastaende, fact.enhet, fact.period), {})
            cells.setdefault(fact.region.slug, []).append(f"{said} ({fact.avser})" if fact.avser else said)
    return [
        {
            "pastaende": f"{claim}, {period}" if period else claim,
            "celler": [{"region": name, "varden": cells.get(slug, [])} for slug, name in taking.items()],
        }
        for (_, claim, _, period), cells in found.items()
    ]


def _analys(actor: Actor, page: Delprojektsida, omgang: Uppdragsomgang, names: dict[str, str]) -> Item:
    changes = _changes(actor, page, Act.ANDRA_SLUTSATS)
    return {
        "slutsatser": [
            {
                "rad": row,
                "avsnitt": names.get(row.avsnitt, row.avsnitt),
                "forslag": ", ".join(map(str, row.forslag)),
                "url": act_url(page.delprojekt, Act.ANDRA_SLUTSATS, row.pk) if changes(row.avsnitt) else "",
            }
            for row in rows.conclusion_rows(actor, omgang)
        ],
        "placering": omgang.disposition,
        "analys_knappar": buttons(actor, page, Act.SKRIV_SLUTSATS, Act.PLACERA_SLUTSATSER),
    }


def came_in_words(row: Any, hidden: Collection[int]) -> str:
    """Return who came to a meeting: a patient representative is named only in the group (conventions.md §6.4)."""
    named = [
        str(Roll.PATIENTFORETRADARE.label) if one["pk"] in hidden else f"{one['fornamn']} {one['efternamn']}"
        for one in row.kom
    ]
    return ", ".join(filter(None, (*named, row.narvarande)))


def tasks(
    actor: Actor, page: Delprojektsida, omgang: Uppdragsomgang, held: Iterable[Any], hidden: Collection[int]
) -> list[Item]:
    """Return what was given somebody to do, what is not done first, each with where it is followed up."""
    follows = can(actor, page, Act.FOLJ_UPP_ATTGORA)
    return [
        {
            "rad": row,
            "vem": str(Roll.PATIENTFORETRADARE.label) if row.person in hidden else row.namn,
            "min": row.person == actor.person,
            "url": act_url(page.delprojekt, Act.FOLJ_UPP_ATTGORA, row.pk) if follows else "",
        }
        for row in rows.tasks_of(actor, omgang, held)
    ]


def _notes(actor: Actor, page: Delprojektsida, omgang: Uppdragsomgang) -> Item:
    held, late = rows.meetings(actor, omgang)
    hidden = unnamed(actor, page.delprojekt)
    writes, chooses, asks = (
        can(actor, page, act) for act in (Act.SKRIV_MINNESANTECKNING, Act.ANDRA_VAGVAL, Act.ANDRA_STODBEGARAN)
    )
    d = page.delprojekt
    return {
        "moten": [
            {
                "rad": row,
                "sen": row.pk in late,
                "kom": came_in_words(row, hidden),
                "kommer": row.date > idag(),
                "url": act_url(d, Act.SKRIV_MINNESANTECKNING, row.pk) if writes else "",
            }
            for row in held
        ],
        "attgora": tasks(actor, page, omgang, held, hidden),
        "vagval": [
            {"rad": row, "url": act_url(d, Act.ANDRA_VAGVAL, row.pk) if chooses else ""}
            for row in rows.choice_rows(actor, omgang)
        ],
        "stod": [
            {"rad": row, "url": act_url(d, Act.ANDRA_STODBEGARAN, row.pk) if asks else ""}
            for row in rows.support_rows(actor, omgang)
        ],
        "mote_knappar": buttons(actor, page, Act.ANTECKNA_GRUPPMOTE, Act.MEJLA_GRUPPEN),
        "vagval_knappar": buttons(actor, page, Act.ANTECKNA_VAGVAL),
        "stod_knappar": buttons(actor, page, Act.BEGAR_STOD),
    }
