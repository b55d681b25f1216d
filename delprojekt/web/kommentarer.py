"""What is shown of comments and proposed changes: beside a section, on its reading page, and for the whole report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from delprojekt.actions.avsnitt import belongs
from delprojekt.documents.andring import stycken_i
from delprojekt.documents.tradar import Placerad, Tradar, placed
from delprojekt.models import Delprojekt, Innehall, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.lage import Lage
from delprojekt.process.mall import writing_act
from delprojekt.process.policy.avgor import decide, explain, sections_for
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries import delar, kommentar
from delprojekt.queries.delar import Avsnittsrad
from delprojekt.queries.delprojekt import read_step
from delprojekt.queries.skrivbord import DOKUMENT
from delprojekt.web.forms.kommentar import KommentarForm, SvarForm
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.post import number
from delprojekt.web.skrivbord import Bord, get_desk

Item = dict[str, Any]


@dataclass(frozen=True)
class Lasning:
    """The report as somebody reads it and says something of it: the sections that are theirs to read."""

    delprojekt: Delprojekt
    omgang: Uppdragsomgang
    lage: Lage
    rader: list[Avsnittsrad]

    @property
    def dokument(self) -> str:
        """Return what is written."""
        return str(DOKUMENT[writing_act(Steg(self.delprojekt.steg))].label)

    def row(self, nyckel: str) -> Avsnittsrad:
        """Return one section of running text. Raises Http404."""
        found = next((one for one in self.rader if one.mall.nyckel == nyckel), None)
        if found is None:
            raise Http404
        return found


def open_reading(request: ActorRequest, pk: int) -> Lasning:
    """Return what the actor may read and comment now. Raises Http404, PermissionDenied."""
    delprojekt = get_desk(request, pk)
    lage, omgang = read_step(request.actor, delprojekt)
    decision = decide(request.actor, Act.KOMMENTERA, lage)
    if omgang is None or not decision.allowed:
        raise PermissionDenied(explain(decision, lage))
    act, mine = writing_act(Steg(delprojekt.steg)), sections_for(request.actor, Act.KOMMENTERA, lage)
    texts = [one for one in delar.sections(request.actor, omgang) if one.mall.innehall == Innehall.TEXT]
    found = [one for one in texts if belongs(one.mall, act) and not one.utelamnat]
    rows = [one for one in found if mine is None or one.mall.nyckel in mine]
    return Lasning(delprojekt, omgang, lage, rows)


def beside(request: ActorRequest, bord: Bord, nyckel: str, html: str) -> Item | None:
    """Return the comments as they stand beside the text at the desk; None where there are none to be written."""
    if not decide(request.actor, Act.KOMMENTERA, bord.lage, {"avsnitt": nyckel}).allowed:
        return None
    return panel(request.actor, bord.delprojekt, bord.omgang, bord.lage, nyckel, html)


def panel(
    actor: Actor,
    delprojekt: Delprojekt,
    omgang: Uppdragsomgang,
    lage: Lage,
    nyckel: str,
    html: str,
    *,
    form: KommentarForm | None = None,
    svar: tuple[int, SvarForm] | None = None,
) -> Item:
    """Return the comments of a section. In: what it says now, and a form that was sent and is shown again with what is
    wrong; ``svar``, in which thread."""
    found = placed(kommentar.threads(actor, delprojekt, omgang, nyckel), nyckel, html)
    readers = kommentar.readers(actor, delprojekt)
    decides = decide(actor, Act.AVGOR_ANDRINGSFORSLAG, lage, {"avsnitt": nyckel}).allowed
    pk, bound = svar or (0, None)
    return {
        "nyckel": nyckel,
        "delprojekt": delprojekt,
        "tradar": found,
        "antal": len(found.oppna),
        "avgor": decides,
        "form": form or KommentarForm(lasare=readers),
        "oppna": [_item(one, readers, bound if one.pk == pk else None) for one in found.oppna],
        "avgjorda": [_item(one, readers, bound if one.pk == pk else None) for one in found.avgjorda],
        "namn": [name for _, name in readers],
    }


def _item(one: Placerad, readers: Any, bound: SvarForm | None) -> Item:
    return {"trad": one, "form": bound or SvarForm(pk=one.pk, lasare=readers), "fel": bound is not None}


def reading(request: ActorRequest, las: Lasning, row: Avsnittsrad, **bound: Any) -> Item:
    """Return the reading page of one section. In: a form that was sent, as for ``panel``."""
    actor, nyckel = request.actor, row.mall.nyckel
    html = row.avsnitt.html if row.avsnitt else ""
    shown = panel(actor, las.delprojekt, las.omgang, las.lage, nyckel, html, **bound)
    writes = decide(actor, writing_act(Steg(las.delprojekt.steg)), las.lage, {"avsnitt": nyckel}).allowed
    at = las.rader.index(row)
    return {
        "delprojekt": las.delprojekt,
        "dokumentnamn": las.dokument,
        "rad": row,
        "text": html,
        "platser": shown["tradar"].platser,
        "kommentarer": shown,
        "avsnitt": list_rows(las, shown["tradar"].per_avsnitt),
        "skriv": reverse("skriv_avsnitt", args=[las.delprojekt.pk, nyckel]) if writes else "",
        "nasta": next(iter(las.rader[at + 1 :]), None),
    }


def list_rows(las: Lasning, counted: Mapping[str, int]) -> list[Item]:
    """Return the sections with how many open comments each has. In: how many, by key."""
    return [
        {
            "mall": one.mall,
            "skrivet": one.skrivet,
            "antal": counted.get(one.mall.nyckel, 0),
            "url": reverse("granska_avsnitt", args=[las.delprojekt.pk, one.mall.nyckel]),
        }
        for one in las.rader
    ]


def whole(request: ActorRequest, las: Lasning) -> Item:
    """Return what is said of the whole report: what is the reader's to see to first, then section by section."""
    found = kommentar.open_threads(request.actor, las.delprojekt, las.omgang)
    headings = {one.mall.nyckel: one for one in las.rader}
    mine = [
        {"trad": one, "rad": headings[key], "senast": question.senast}
        for key, threads in found.items()
        if key in headings
        for one in threads
        for question in one.fragor
        if question.person == request.actor.person
    ]
    return {
        "delprojekt": las.delprojekt,
        "dokumentnamn": las.dokument,
        "mina": sorted(mine, key=lambda item: (item["senast"] is None, item["senast"], item["trad"].pk)),
        "rader": [{**row, "tradar": found.get(row["mall"].nyckel, [])} for row in list_rows(las, {})],
        "korrektur": decide(request.actor, Act.KORREKTURLAS, las.lage).allowed,
        "signera_nu": not las.lage.rapport.helhetsansvarig or las.lage.har(Faktumslag.KLAR_FOR_KORREKTUR),
    }


def proposing(request: ActorRequest, las: Lasning, row: Avsnittsrad, found: Tradar, chosen: int, form: Any) -> Item:
    """Return the page where changes are proposed and decided on. In: the threads of the section, the block that is open
    and its form."""
    nyckel = row.mall.nyckel
    decides = decide(request.actor, Act.AVGOR_ANDRINGSFORSLAG, las.lage, {"avsnitt": nyckel})
    return {
        "delprojekt": las.delprojekt,
        "dokumentnamn": las.dokument,
        "rad": row,
        "stycken": stycken_i(row.avsnitt.html) if row.avsnitt else [],
        "valt": chosen,
        "form": form,
        "andringar": found.andringar,
        "avgor": decides.allowed,
    }


def pointed_at(row: Avsnittsrad, query: Mapping[str, str]) -> Item:
    """Return the block that somebody points at, as the form of a proposal begins: the nearest to ``stycke`` that begins
    with ``borjan``. Nothing when none is pointed at, or none begins so."""
    if row.avsnitt is None or "stycke" not in query:
        return {}
    nr, begins = number(query["stycke"]), query.get("borjan", "")
    alike = [one for one in stycken_i(row.avsnitt.html) if one.ord.startswith(begins)]
    if not alike:
        return {}
    block = min(alike, key=lambda one: abs(one.nr - nr))
    return {"ord": block.ord, "stycke": block.nr, "fore": block.html, "version": row.avsnitt.version}


def asked(actor: Actor) -> list[Item]:
    """Return the comments that wait for the actor, as rows of "Väntar på dig". One query."""
    return [
        {
            "delprojekt": row.kommentar.omgang.delprojekt,
            "vad": "Ta hand om en kommentar" if row.lamnad else "Svara på en kommentar",
            "regioner": "",
            "frist": row.senast_date,
            "sedan": row.stalld_at,
            "url": row.kommentar.get_absolute_url(),
            "sida": row.kommentar.omgang.delprojekt.get_absolute_url(),
        }
        for row in kommentar.asked_of(actor)
    ]
