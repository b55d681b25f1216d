"""What the writing desk shows: the document's sections, the text in the middle, and what helps beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from delprojekt.actions.avsnitt import Textkrock, belongs
from delprojekt.documents.hanvisning import cite, figures
from delprojekt.documents.html import render_blocks
from delprojekt.documents.insatt import expand, marked
from delprojekt.documents.ofardigt import lacks
from delprojekt.documents.rows import known
from delprojekt.documents.stycken import ordantal
from delprojekt.documents.tree import from_data
from delprojekt.documents.versioner import Version, said_by_others
from delprojekt.models import (
    Avsnitt,
    Delprojekt,
    Dokumentslag,
    Dokumentversion,
    Faktauppgift,
    Innehall,
    Stegbesok,
    Uppdragsomgang,
)
from delprojekt.process.act import Act
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Lage
from delprojekt.process.mall import NULAGE_PREFIX, nulage_till, paragraf, writing_act
from delprojekt.process.policy.avgor import Why, decide, explain, sections_for
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.queries import delar, skrivbord
from delprojekt.queries.besok import levande_for
from delprojekt.queries.datatabell import sources, tables_in
from delprojekt.queries.delar import Avsnittsrad
from delprojekt.queries.delprojekt import get_visible
from delprojekt.queries.dokument import may_read_drafts
from delprojekt.queries.kommentar import counts
from delprojekt.queries.lage import build_lage
from delprojekt.queries.narvaro import Narvarande, others
from delprojekt.queries.skrivbord import DOKUMENT, Bordsrad, Versionsrad
from delprojekt.web import textrad
from delprojekt.web.forms.avsnitt import AvsnittForm
from delprojekt.web.lankar import act_url, from_desk
from delprojekt.web.middleware import ActorRequest

Item = dict[str, Any]
_RADERNAS_FLIK = {
    Innehall.UPPDRAGSPUNKTER: "uppdrag",
    Innehall.ARBETSGRUPP: "uppdrag",
    Innehall.TIDPLAN: "uppdrag",
    Innehall.ATGARDSFORSLAG: "rapport",
    Innehall.UPPFOLJNINGSPLAN: "rapport",
}
"""The tab where the rows of a section are filled in."""
PORTALENS = frozenset({Innehall.BESLUT, Innehall.INFORANDE})
"""What nobody writes for the report: it is taken out of what nämnden and the regions have said, as it stands."""
GATT_VIDARE = "Medan du skrev gick delprojektet till ett steg där avsnittet inte skrivs."


@dataclass(frozen=True)
class Bord:
    """The desk of one document, as somebody may write it.

    ``stangt``: why nothing can be written now, though it is read (the report is handed in, the delprojekt is paused);
    ``rader`` is empty when the delprojekt has gone on, or who writes is somebody else; ``mallen`` is every section of
    the template, also those that are not written here; ``vagen`` the visits that led here.
    """

    delprojekt: Delprojekt
    omgang: Uppdragsomgang
    lage: Lage
    act: Act
    rader: list[Bordsrad]
    stangt: str = ""
    mallen: tuple[Avsnittsrad, ...] = ()
    vagen: tuple[Stegbesok, ...] = ()

    @property
    def dokument(self) -> Dokumentslag:
        """Return the document that is written."""
        return DOKUMENT[self.act]

    @property
    def texter(self) -> list[Bordsrad]:
        """Return the sections of running text, those that are left out apart."""
        return [row for row in self.rader if row.text and not row.rad.utelamnat]

    def row(self, nyckel: str) -> Bordsrad | None:
        """Return one section of running text, or None when it is not written here."""
        return next((row for row in self.rader if row.nyckel == nyckel and row.text), None)


def get_desk(request: ActorRequest, pk: int) -> Delprojekt:
    """Return the delprojekt whose desk it is. Raises Http404."""
    try:
        return get_visible(request.actor, pk)
    except Delprojekt.DoesNotExist as error:
        raise Http404 from error


def open_desk(request: ActorRequest, pk: int) -> Bord:
    """Return the desk. Raises Http404, or PermissionDenied for somebody who sees the delprojekt and does not write.

    What somebody sends who may no longer write is never refused here: it is shown to them, so that it can be kept.
    """
    delprojekt = get_desk(request, pk)
    path = levande_for(delprojekt)
    lage, omgang = build_lage(delprojekt, path), path[-1].omgang
    act = writing_act(Steg(delprojekt.steg))
    decision = decide(request.actor, act, lage)
    asks, reason = request.method != "POST", "" if decision.allowed else explain(decision, lage)
    if decision.why is Why.NOT_YOURS and asks:
        raise PermissionDenied(reason)
    if omgang is None or (decision.why is Why.WRONG_STEP and asks):
        raise Http404
    if decision.why is Why.WRONG_STEP:
        return Bord(delprojekt, omgang, lage, act, [], GATT_VIDARE)
    if decision.why is Why.NOT_YOURS:
        return Bord(delprojekt, omgang, lage, act, [], reason)
    mallen = delar.sections(request.actor, omgang)
    found = [one for one in mallen if belongs(one.mall, act)]
    mine = sections_for(request.actor, act, lage)
    found = found if mine is None else [one for one in found if one.mall.nyckel in mine]
    rows = skrivbord.rows(request.actor, delprojekt, omgang, found)
    return Bord(delprojekt, omgang, lage, act, rows, reason, tuple(mallen), tuple(path))


def closed(actor: Actor, delprojekt: Delprojekt, lage: Lage, omgang: Uppdragsomgang | None, nyckel: str) -> str:
    """Return why the actor cannot write a section now; empty when they can. One query."""
    act = writing_act(Steg(delprojekt.steg))
    decision = decide(actor, act, lage, {"avsnitt": nyckel})
    found = skrivbord.heading(actor, omgang, nyckel)
    if decision.why is Why.WRONG_STEP or found is None or not belongs(found, act):
        return GATT_VIDARE
    return "" if decision.allowed else explain(decision, lage)


def list_rows(bord: Bord, present: Iterable[Narvarande], comments: Mapping[str, int]) -> list[Item]:
    """Return the list of sections: state, who writes, how long it is, who is there now, how many comments are open."""
    there: dict[str, list[str]] = {}
    for one in present:
        there.setdefault(one.nyckel, []).append(one.namn)
    return [
        {**_list_row(bord, row, there.get(row.nyckel, [])), "kommentarer": comments.get(row.nyckel, 0)}
        for row in bord.rader
    ]


def _list_row(bord: Bord, row: Bordsrad, there: list[str]) -> Item:
    mall = row.rad.mall
    words = ordantal(row.rad.avsnitt.html) if row.rad.avsnitt else 0
    state, tone = _state(bord, row)
    return {
        "nyckel": row.nyckel,
        "nummer": mall.nummer,
        "rubrik": mall.rubrik,
        "under": bool(mall.foralder),
        "text": row.text,
        "url": _section_url(bord, row),
        "lage": state,
        "ton": tone,
        "skribent": row.skribent,
        "ord": words,
        "har": there,
        "sparat_at": row.rad.avsnitt.sparat_at if row.rad.avsnitt and words else None,
    }


def _section_url(bord: Bord, row: Bordsrad) -> str:
    """Return where a section is written, or where its rows are filled in, or read."""
    pk, kind = bord.delprojekt.pk, Innehall(row.rad.mall.innehall)
    if row.text:
        return reverse("skriv_avsnitt", args=[pk, row.nyckel])
    if kind in PORTALENS:
        return f"{reverse('dokument', args=[pk, bord.dokument])}#kap-{row.nyckel}"
    return reverse("flik", args=[pk, _RADERNAS_FLIK[kind]])


def _state(bord: Bord, row: Bordsrad) -> tuple[str, str]:
    if row.rad.utelamnat:
        return "Utelämnat", "ej_aktuell"
    if row.rad.mall.innehall in PORTALENS:
        return "Hämtas ur portalen", "info"
    if not row.text:
        filled = row.nyckel in bord.lage.rapport.skrivna
        filled |= row.nyckel == "forslag" and bord.lage.rapport.atgardsforslag > 0
        filled |= row.nyckel == "uppfoljning" and bool(bord.lage.rapport.plan)
        return ("Ifyllt", "pagar") if filled else ("Fylls i på fliken", "kommande")
    if row.klart:
        return "Klarmarkerat", "klar"
    return ("Pågår", "pagar") if row.rad.skrivet else ("Ej påbörjat", "kommande")


def frame(
    request: ActorRequest,
    bord: Bord,
    present: Sequence[Narvarande] | None = None,
    comments: Mapping[str, int] | None = None,
) -> Item:
    """Return what every page of the desk shows: the document, how far it has come, and the list.

    ``present``: who else is there, ``comments``: how many each section has, when it has been asked already.
    """
    present = others(request.actor, bord.delprojekt) if present is None else present
    comments = counts(request.actor, bord.omgang) if comments is None else comments
    texts = bord.texter
    return {
        "delprojekt": bord.delprojekt,
        "dokumentnamn": str(bord.dokument.label),
        "avsnitt": list_rows(bord, present, comments),
        "klara": sum(1 for row in texts if row.klart),
        "antal": len(texts),
        "forhandsvisa": reverse("dokument", args=[bord.delprojekt.pk, bord.dokument]),
    }


def front(request: ActorRequest, bord: Bord) -> Item:
    """Return the first page of the desk: the list, and what is done with the document as a whole."""
    actor, lage = request.actor, bord.lage
    ready, report = decide(actor, Act.LAMNA_TILL_KORREKTUR, lage), bord.act is Act.SKRIV_RAPPORT
    return {
        **frame(request, bord),
        "fordela": _url_if(actor, bord, Act.UTSE_SKRIBENTER),
        "kommentera": _url_if(actor, bord, Act.KOMMENTERA),
        "korrektur": act_url(bord.delprojekt, Act.LAMNA_TILL_KORREKTUR) if ready.allowed else "",
        "visar_ansvar": report,
        "helhetsansvarig": skrivbord.whole(actor, bord.delprojekt, bord.omgang) if report else "",
        "textrad": _advice(actor, bord),
        "startpaket": reverse("startpaket", args=[bord.delprojekt.pk]) if bord.act is Act.SKRIV_RAPPORT else "",
        "fornyat": bord.omgang if bord.omgang.nummer > 1 and bord.act is not Act.SKRIV_UPPFOLJNING else None,
        "lasta_rapporter": skrivbord.locked_reports(actor, bord.omgang, _locked(bord)),
    }


def _advice(actor: Actor, bord: Bord) -> Item:
    """Return the advice about the sections that are theirs to write."""
    own, where = {row.nyckel for row in bord.texter}, (bord.delprojekt, bord.omgang, bord.act)
    return textrad.at_the_desk(actor, *where, bord.mallen, own, stangt=bool(bord.stangt))


def _url_if(actor: Any, bord: Bord, act: Act) -> str:
    return act_url(bord.delprojekt, act) if decide(actor, act, bord.lage).allowed else ""


def section(
    request: ActorRequest,
    bord: Bord,
    row: Bordsrad,
    form: AvsnittForm,
    facts: Sequence[Faktauppgift] = (),
    comments: Mapping[str, int] | None = None,
) -> Item:
    """Return the page of one section. In: the facts that its text may cite, too; how many comments each section has."""
    actor, d, nyckel = request.actor, bord.delprojekt, row.nyckel
    draft, present = delar.first_draft(actor, d, nyckel), others(actor, d)
    form.place(d.pk, row, [one for one in bord.rader if not one.rad.utelamnat], facts)
    at = next(n for n, one in enumerate(bord.rader) if one.nyckel == nyckel)
    laser = bool(bord.stangt) and not form.is_bound
    return {
        **frame(request, bord, present, comments),
        "rad": row.rad,
        "klart": row.klart,
        "skribent": row.skribent,
        "form": form,
        "forslaget": draft,
        "forifyllt": bool(draft and row.rad.avsnitt is None and not form.is_bound),
        "paragraf": paragraf(nyckel),
        "metoden": skrivbord.method(actor, paragraf(nyckel)),
        "andra": _as_printed(actor, skrivbord.earlier(actor, d, nyckel, bord.dokument)),
        "forra": _earlier_rounds(actor, bord, nyckel),
        "portalen": render_blocks(known(row.rad.mall, d, bord.omgang, idag())),
        "stangt": bord.stangt,
        "laser": laser,
        "ta_med": _taken_in_again(actor, bord, row) if row.rad.utelamnat else "",
        "lasta": _as_printed(actor, [row.rad.avsnitt] if laser and row.rad.avsnitt else []),
        "saknas": _lacking(actor, row),
        "textrad": textrad.beside(actor, d, bord.omgang, nyckel, bord.mallen),
        "narvarande": [one.mening for one in present if one.nyckel == nyckel],
        "nasta": next((one for one in bord.rader[at + 1 :] if one.text), None),
        "person": actor.person,
        "omgang": bord.omgang.pk,
        "krock": None,
        "pdf": may_read_drafts(actor, d, bord.dokument, list(bord.vagen)),
    }


def _earlier_rounds(actor: Actor, bord: Bord, nyckel: str) -> list[Item]:
    """Return what the section said in earlier rounds, the latest first: as the locked report says it, with what the
    portal printed there; what was left out of it says nothing. What was never handed in is read as it was written."""
    locked = skrivbord.locked_reports(actor, bord.omgang, _locked(bord))
    found = [(row.omgang, True, _in_report(row, nyckel)) for row in locked]
    texts = _as_printed(actor, skrivbord.earlier_rounds(actor, bord.omgang, nyckel, locked))
    found += [(row.omgang, False, text) for row, text in texts]
    rows = [{"omgang": one.nummer, "last": last, "text": text} for one, last, text in found if one and text]
    return sorted(rows, key=lambda row: -row["omgang"])


def _locked(bord: Bord) -> Dokumentslag:
    """Return the document that an earlier round ended in: the slutrapport holds the uppdrag too."""
    follows = bord.dokument is Dokumentslag.UPPFOLJNINGSRAPPORT
    return Dokumentslag.UPPFOLJNINGSRAPPORT if follows else Dokumentslag.SLUTRAPPORT


def _in_report(version: Dokumentversion, nyckel: str) -> str:
    chapters = (one for top in from_data(version.trad).chapters for one in top.walk())
    found = next((one for one in chapters if one.key == nyckel), None)
    return render_blocks(found.blocks) if found else ""


def _lacking(actor: Actor, row: Bordsrad) -> list[str]:
    saved = row.rad.avsnitt
    return lacks(saved.html, sources(actor, [saved])) if saved and not row.klart else []


def _taken_in_again(actor: Actor, bord: Bord, row: Bordsrad) -> str:
    """Return where a section that is left out is taken in again; empty for somebody who may not."""
    part = row.rad.mall.i_uppdrag
    act = Act.ANGE_EJ_TILLAMPLIGT if part else Act.UTELAMNA_AVSNITT
    key = row.nyckel if part else nulage_till(row.nyckel.removeprefix(NULAGE_PREFIX))
    return from_desk(bord.delprojekt, act, key) if decide(actor, act, bord.lage).allowed else ""


def _as_printed(actor: Actor, texts: Iterable[Avsnitt]) -> list[tuple[Avsnitt, str]]:
    """Return texts that are only read, with each fact they cite as its figure is, and their tables of data in place.
    One query for each, or none."""
    texts = list(texts)
    printed = figures(skrivbord.cited_facts(actor, texts))
    wanted = [key for one in texts for key in marked(one.html)]
    known = tables_in(actor, {one.omgang_id for one in texts}) if wanted else {}
    return [(one, expand(cite(one.html, printed), known.get(one.omgang_id, {}))) for one in texts]


def clash(request: ActorRequest, bord: Delprojekt, krock: Textkrock, mine: str) -> Item:
    """Return both texts as they are shown side by side."""
    return {
        "vem": skrivbord.saved_by(request.actor, bord, krock.nuvarande),
        "nar": krock.nuvarande.sparat_at,
        "deras": krock.nuvarande.html,
        "mina": mine if krock.med_mina is None else krock.med_mina,
    }


def versions(actor: Actor, delprojekt: Delprojekt, row: Avsnitt) -> list[Versionsrad]:
    """Return the versions that are worth choosing between, newest first: the last of each sitting, what was saved on
    purpose or marked, and what was written on the way there and stands nowhere else. Two queries."""
    rows = skrivbord.versions(actor, delprojekt, row)
    texts = [Version(v.version.version, v.version.html, v.version.sparat_at, not v.mitt_i) for v in rows]
    hidden = set(said_by_others(texts))
    return [one for one in rows if one.version.version not in hidden]


def clock(at: Any) -> str:
    """Return the time of day: ``14.32``."""
    local = timezone.localtime(at)
    return f"{local.hour}.{local.minute:02d}"
