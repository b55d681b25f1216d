"""The page Tråden: every link as a list, the holes with where each is mended, and the picture."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from delprojekt.models import Delprojekt, Dokumentslag, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.lage import Lage
from delprojekt.process.mall import analys_till
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Actor
from delprojekt.process.trad import ORDNING, Hal, Knut, Led, Trad, samlade
from delprojekt.queries.arbete import headings, points
from delprojekt.queries.besok import levande_for
from delprojekt.queries.delprojekt import get_visible
from delprojekt.queries.dokument import may_read_drafts
from delprojekt.queries.lage import build_lage
from delprojekt.queries.trad import INTE_MATT, thread
from delprojekt.web.lankar import TRADEN, from_desk
from delprojekt.web.middleware import ActorRequest
from delprojekt.web.tradbild import draw

Item = dict[str, Any]
_FLIK = {
    Led.FORSLAG: ("rapport", "Rapport"),
    Led.ATTSATS: ("beslut", "Beslut"),
    Led.REKOMMENDATION: ("beslut", "Beslut"),
    Led.BESLUT: ("regioner", "Regioner"),
    Led.INFORANDE: ("regioner", "Regioner"),
    Led.MATVARDE: ("rapport", "Rapport"),
}
"""The tab where a link stands in full."""
_LAGAS = {
    (Led.NULAGE, Led.ANALYS): Act.SKRIV_RAPPORT,
    (Led.SLUTSATS, Led.ANALYS): Act.SKRIV_RAPPORT,
    (Led.ANALYS, Led.SLUTSATS): Act.SKRIV_SLUTSATS,
    (Led.FORSLAG, Led.SLUTSATS): Act.ANDRA_ATGARDSFORSLAG,
    (Led.SLUTSATS, Led.FORSLAG): Act.SKRIV_ATGARDSFORSLAG,
    (Led.FORSLAG, Led.MATVARDE): Act.LAGG_TILL_PARAMETER,
    (Led.MATVARDE, Led.MATVARDE): Act.ANDRA_PARAMETER,
}
"""What mends a hole: by the knot's link, and the link that is missing."""
_OM_RADEN = frozenset({Act.ANDRA_ATGARDSFORSLAG, Act.ANDRA_PARAMETER})


def read(request: ActorRequest, pk: int) -> Item:
    """Return what the page shows. Raises Http404 when the delprojekt, or all of its thread, is not theirs to see."""
    try:
        delprojekt = get_visible(request.actor, pk)
    except Delprojekt.DoesNotExist as error:
        raise Http404 from error
    path = levande_for(delprojekt)
    trad = thread(request.actor, delprojekt, path)
    if not trad.led:
        raise Http404
    lage = build_lage(delprojekt, path)
    read = may_read_drafts(request.actor, delprojekt, Dokumentslag.SLUTRAPPORT, path)
    report = reverse("dokument", args=[pk, Dokumentslag.SLUTRAPPORT]) if read else ""
    return {
        "delprojekt": delprojekt,
        "bild": draw(trad),
        "finns": bool(trad.knutar),
        "punkter": _points(request.actor, trad, path[-1].omgang) if Led.FORSLAG in trad.led else [],
        "led": [_link(trad, led, delprojekt, report) for led in ORDNING if led in trad.led],
        "hal": [
            {"text": hal.text, "knut": hal.knut, "url": _mend(request.actor, lage, delprojekt, trad, hal)}
            for hal in samlade(trad.hal)
        ],
    }


def _points(actor: Actor, trad: Trad, omgang: Uppdragsomgang | None) -> list[Item]:
    """Return the points of the uppdrag with what answers each, as links where it is in the thread. Two queries."""
    found = points(actor, omgang)
    names = headings(actor, omgang, {key for p in found for key in p.svarar_i}) if omgang else {}
    proposals = {knut.kort: knut for knut in trad.i(Led.FORSLAG)}
    rows = []
    for point in found:
        sections = [(_in_thread(trad, key), names.get(key, key)) for key in point.svarar_i]
        rest = [(proposals[kort].id, kort) for n in point.forslag if (kort := f"Förslag {n}") in proposals]
        rows.append({"punkt": point, "svar": [{"id": key, "namn": name} for key, name in (*sections, *rest)]})
    return rows


def _in_thread(trad: Trad, nyckel: str) -> str:
    """Return the id of a section among the knots; empty when it is not one of them."""
    return next((key for led in (Led.NULAGE, Led.ANALYS) if (key := f"{led}-{nyckel}") in trad.med_id), "")


def _link(trad: Trad, led: Led, delprojekt: Delprojekt, report: str) -> Item:
    measured = led is Led.MATVARDE and any(knut.text not in {"", INTE_MATT} for knut in trad.i(led))
    flik, name = ("uppfoljning", "Uppföljning") if measured else _FLIK.get(led, ("", ""))
    return {
        "kod": led.value,
        "namn": str(led.label),
        "url": reverse("flik", args=[delprojekt.pk, flik]) if flik and trad.i(led) else "",
        "flik": name,
        "knutar": [_knot(trad, knut, report) for knut in trad.i(led)],
    }


def _knot(trad: Trad, knut: Knut, report: str) -> Item:
    """Return a knot with the way to what it comes from, what it leads to, and its text in the report."""
    written = report and knut.led in {Led.NULAGE, Led.ANALYS} and not knut.slut
    return {
        "knut": knut,
        "text": f"{report}#kap-{knut.nyckel}" if written else "",
        "fran": trad.fran(knut),
        "till": trad.till(knut),
        "hal": [hal.text for hal in trad.hal_vid.get(knut.id, ())],
    }


def _mend(actor: Actor, lage: Lage, delprojekt: Delprojekt, trad: Trad, hal: Hal) -> str:
    """Return where a hole is mended, if the actor may do it now."""
    knut = trad.med_id[hal.knut]
    act = _LAGAS.get((knut.led, hal.led))
    if act is Act.SKRIV_RAPPORT:
        key = analys_till(knut.nyckel) if knut.led is Led.NULAGE else knut.fran[0].removeprefix(f"{Led.ANALYS}-")
        theirs = decide(actor, act, lage, {"avsnitt": key}).allowed
        return reverse("skriv_avsnitt", args=[delprojekt.pk, key]) if theirs else ""
    if act is None or not decide(actor, act, lage).allowed:
        return ""
    url = from_desk(delprojekt, act, TRADEN, int(knut.nyckel) if act in _OM_RADEN else None)
    return f"{url}&avsnitt={knut.nyckel}" if act is Act.SKRIV_SLUTSATS else url
