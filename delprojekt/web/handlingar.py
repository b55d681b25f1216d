"""From the register of allmänna handlingar to what its pages, its extract and its tab show."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from delprojekt.documents.kalkyl import Cell
from delprojekt.models import AllmanHandling, Diarienummer, Dokumentjobb, Dokumentslag, Format, Jobblage
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.hanteringsplan import tidigast
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries import delar, hanteringsplan
from delprojekt.queries import handling as register_of
from delprojekt.queries.besok import counts
from delprojekt.queries.delprojekt import Delprojektsida, read_step
from delprojekt.queries.dokument import get_job, may_read_drafts
from delprojekt.web.lankar import act_url

Item = dict[str, Any]
RUBRIKER = (
    "Nummer",
    "Datum",
    "Typ",
    "Från eller till",
    "Kort beskrivning",
    "Delprojekt",
    "Diarienummer",
    "Sekretess",
    "Bevara eller gallra",
    "Filens kontrollsumma",
    "Registrerad",
)
_TON = {"inkommen": "info", "upprattad": "klar", "expedierad": "pagar"}


def current(given: Iterable[Diarienummer]) -> list[Diarienummer]:
    """Return the latest number of each authority, out of numbers that come latest first."""
    latest: dict[int | None, Diarienummer] = {}
    for one in given:
        latest.setdefault(one.region_id, one)
    return list(latest.values())


def in_words(given: Iterable[Diarienummer]) -> str:
    """Return an authority's current numbers on one line: ``Region Skåne: 2026-123; Södra regionvårdsnämnden: 17``."""
    return "; ".join(str(one) for one in current(given))


def rows(actor: Actor, found: Iterable[AllmanHandling]) -> list[Item]:
    """Return the lines of a list of handlingar. Two queries more."""
    listed, plan = list(found), hanteringsplan.read_plan(actor)
    given = register_of.numbers(actor, listed)
    return [
        {
            "rad": row,
            "url": reverse("allman_handling", args=[row.pk]),
            "ton": _TON[row.typ],
            "dnr": in_words(given.get((row.ar, row.lopnummer), [])),
            "hantering": hanteringsplan.keeping(actor, row, plan),
            "aterkallad": bool(row.dokument and row.dokument.aterkallad_at),
        }
        for row in listed
    ]


def extract(actor: Actor, found: Iterable[AllmanHandling]) -> Iterator[Sequence[Cell]]:
    """Yield the lines of the extract, in the order of ``RUBRIKER``."""
    for item in rows(actor, found):
        row = item["rad"]
        yield (
            row.nummer,
            row.date,
            row.get_typ_display(),
            row.motpart,
            row.beskrivning,
            str(row.delprojekt),
            item["dnr"],
            "Kan gälla" if row.sekretess else "",
            item["hantering"],
            _sha256(row),
            timezone.localtime(row.registrerad_at),
        )


def _sha256(row: AllmanHandling) -> str:
    """Return the checksum of what came in, or of the PDF that the portal made; empty while there is no file."""
    made = (job for job in row.dokument.jobb.all() if job.format == Format.PDF) if row.dokument else ()
    return row.sha256 or next((job.sha256 for job in made), "")


def page(actor: Actor, row: AllmanHandling) -> Item:
    """Return the page of one handling."""
    lage, _ = read_step(actor, row.delprojekt)
    given = register_of.numbers(actor, [row]).get((row.ar, row.lopnummer), [])
    counting = current(given)
    may_correct = decide(actor, Act.RATTA_HANDLING, lage).allowed
    may_number = decide(actor, Act.ANGE_DIARIENUMMER, lage).allowed
    return {
        "rad": row,
        "delprojekt": row.delprojekt,
        "rader": _facts(row, _kept(actor, row), secret=may_correct),
        "fil": _file(actor, row),
        "aterkallad": bool(row.dokument and row.dokument.aterkallad_at),
        "diarienummer": [{"rad": one, "galler": one in counting} for one in given],
        "tidigare": register_of.earlier(actor, row),
        "ange": act_url(row.delprojekt, Act.ANGE_DIARIENUMMER, row.pk) if may_number else "",
        "ratta": act_url(row.delprojekt, Act.RATTA_HANDLING, row.pk) if may_correct else "",
    }


def _kept(actor: Actor, row: AllmanHandling) -> str:
    """Return what is to happen to the handling, when at the earliest, and by which decision."""
    plan = hanteringsplan.read_plan(actor)
    rule, said = hanteringsplan.rule_of(actor, row, plan), hanteringsplan.keeping(actor, row, plan)
    if rule is None:
        return said
    registered = timezone.localdate(row.registrerad_at)
    first = tidigast(registered, rule.hantering, rule.gallras_efter_ar)
    when = f"tidigast {skriv(first)}" if first else ""
    return ", ".join(part for part in (said, when, rule.beslut) if part)


def _facts(row: AllmanHandling, keeping: str, *, secret: bool) -> list[Item]:
    secrecy = (row.sekretess if secret else "Kan gälla") if row.sekretess else "Inte angiven"
    label = {"inkommen": "Från", "expedierad": "Till"}.get(row.typ, "Hos")
    at = timezone.localtime(row.registrerad_at)
    who = row.handelse.vem if row.rattelse == 0 else str(row.registrerad_av or "Portalen")
    shown = [
        ("Typ", row.get_typ_display(), ""),
        ("Datum", skriv(row.date), ""),
        (label, row.motpart, ""),
        ("Delprojekt", str(row.delprojekt), row.delprojekt.get_absolute_url()),
        *([("Delas med", row.handelse.delas_med, "")] if row.handelse.delas_med else []),
        ("Sekretess", secrecy, ""),
        ("Bevara eller gallra", keeping, ""),
        ("Registrerad", f"{skriv(at.date())} kl. {at.hour}.{at.minute:02d} av {who}", ""),
        ("Händelse", row.handelse.mening, ""),
    ]
    return [{"etikett": name, "varde": value, "url": url} for name, value, url in shown]


def _file(actor: Actor, row: AllmanHandling) -> Item | None:
    """Return the file of a handling with its checksum, with a link if the actor may have it; None without a file."""
    paper = row.beslutshandling
    if paper is not None and paper.fil:
        shows = ser(actor, Noun.HUVUDMANSBESLUT, row.delprojekt_id, Steg(row.delprojekt.steg))
        opens = shows and delar.may_open(actor, paper)
        url = reverse("handling", args=[row.delprojekt_id, paper.pk]) if opens else ""
        return {"namn": paper.filnamn, "url": url, "sha256": paper.sha256, "storlek": paper.storlek, "text": ""}
    if row.dokument is None:
        return None
    job = next((j for j in row.dokument.jobb.all() if j.format == Format.PDF), None)
    done = job is not None and job.lage == Jobblage.KLART
    return {
        "namn": str(row.dokument),
        "url": reverse("jobb", args=[job.pk]) if job is not None and _may_have(actor, job) else "",
        "sha256": job.sha256 if job is not None and done else "",
        "storlek": None,
        "text": "" if done else "PDF-filen görs.",
    }


def _may_have(actor: Actor, job: Dokumentjobb) -> bool:
    try:
        return bool(get_job(actor, job.pk))
    except Dokumentjobb.DoesNotExist:
        return False


def tab(actor: Actor, page_: Delprojektsida) -> Item:
    """Return the tab Handlingar: what is registered, what is arbetsmaterial, what was shared, what was turned away."""
    mine = register_of.readable(actor).filter(delprojekt=page_.delprojekt)
    return {
        "rader": rows(actor, mine),
        "utdrag": f"?delprojekt={page_.delprojekt.pk}",
        "arbetsmaterial": _drafts(actor, page_),
        "delningar": register_of.shared(actor, page_.delprojekt),
        "avvisade": register_of.turned_away(actor, page_.delprojekt),
    }


def _drafts(actor: Actor, page_: Delprojektsida) -> list[Item]:
    """Return the documents that are still arbetsmaterial and that the actor may read."""
    omgang = page_.path[-1].omgang
    if omgang is None:
        return []
    found = delar.documents(actor, page_.delprojekt, omgang)
    fixed = {d.slag for d in found if counts(d, page_.path)}
    return [
        {"namn": slag.label, "url": reverse("dokument", args=[page_.delprojekt.pk, slag])}
        for slag in Dokumentslag
        if slag not in fixed and _begun(slag, page_) and may_read_drafts(actor, page_.delprojekt, slag, page_.path)
    ]


def _begun(slag: Dokumentslag, page_: Delprojektsida) -> bool:
    """Tell whether there is anything of a document yet: the follow-up's report begins with the follow-up."""
    order = list(Steg).index(Steg(page_.delprojekt.steg))
    first = {
        Dokumentslag.SLUTRAPPORT: Steg.NULAGE,
        Dokumentslag.BESLUTSFORSLAG: Steg.LEDNINGSGRUPP,
        Dokumentslag.UPPFOLJNINGSRAPPORT: Steg.UPPFOLJNING,
    }
    return slag not in first or order >= list(Steg).index(first[slag])
