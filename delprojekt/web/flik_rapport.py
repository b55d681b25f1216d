"""The tab of the report: sections, proposals, plan, advice about the text, and what was said of it."""

from django.urls import reverse

from delprojekt.documents.arbete import SHARED, costs_in_words, described_in_words, total_costs
from delprojekt.models import Atgardsforslag, Dokumentslag, Faktumrad, Innehall, Kalkylrad, Kostnadsslag, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.fakta import DELRAPPORTENS, Faktumslag, Organslag
from delprojekt.process.granser import MAX_ATGARDSFORSLAG, MAX_PARAMETRAR
from delprojekt.process.policy.avgor import sections_for
from delprojekt.process.roller import Actor
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun
from delprojekt.queries import arbete, beredning, delar, delrapport
from delprojekt.queries.delprojekt import Delprojektsida
from delprojekt.web import textrad
from delprojekt.web.flik_bas import Item, buttons, can, documents
from delprojekt.web.lankar import act_url

_VISAS = (Dokumentslag.SLUTRAPPORT, Dokumentslag.DELRAPPORT, Dokumentslag.UPPFOLJNINGSRAPPORT)


def rapport(actor: Actor, page: Delprojektsida) -> Item:
    """Return what the tab shows."""
    omgang = page.path[-1].omgang
    if omgang is None:
        return {}
    found = delar.sections(actor, omgang)
    own = [r for r in found if r.mall.i_slutrapport and not r.mall.i_uppdrag]
    follows = [r for r in found if r.mall.i_uppfoljning]
    writes = any(can(actor, page, act) for act in (Act.SKRIV_RAPPORT, Act.SKRIV_UPPFOLJNING))
    followed = any(r.skrivet for r in follows) or can(actor, page, Act.SKRIV_UPPFOLJNING)
    papers, rows = documents(actor, page, *_VISAS), _proposals(actor, page, omgang) | _plan(actor, page, omgang)
    filled = {
        Innehall.ATGARDSFORSLAG: bool(rows["forslag"]),
        Innehall.UPPFOLJNINGSPLAN: bool(rows["plan"] or rows["parametrar"]),
    }
    okant = page.fore_portalen(Steg.ATGARDSFORSLAG)
    return {
        "avsnitt": [_section(r, filled, okant=okant) for r in own],
        "avsnitt_uppfoljning": [_section(r, filled, okant=False) for r in follows] if followed else [],
        "skrivna": sum(1 for r in own if r.skrivet),
        "att_skriva": sum(1 for r in own if r.mall.innehall == Innehall.TEXT),
        **rows,
        "textrad": _advice(actor, page, found),
        **_heard(actor, page, omgang, papers[Dokumentslag.DELRAPPORT]),
        "dokument": papers[Dokumentslag.SLUTRAPPORT],
        "uppfoljning": papers[Dokumentslag.UPPFOLJNINGSRAPPORT] if followed else None,
        "skriv": reverse("skriv", args=[page.delprojekt.pk]) if writes else "",
        "traden": reverse("traden", args=[page.delprojekt.pk]),
    }


def _section(row: delar.Avsnittsrad, filled: dict[Innehall, bool], *, okant: bool) -> Item:
    """Return a section with where it is: the chapters that the portal prints of its rows stand among the others.

    ``okant``: the report was written before the portal, so what is not here is not known.
    """
    kind = Innehall(row.mall.innehall)
    word, tone = ("Pågår", "pagar") if row.skrivet else ("Tomt", "vantar")
    if row.avsnitt and row.avsnitt.klart:
        word, tone = "Klarmarkerat", "klar"
    if row.utelamnat:
        word, tone = "Utelämnat", "ej_aktuell"
    elif kind in filled:
        word, tone = ("Ifyllt", "klar") if filled[kind] else ("Tomt", "vantar")
    elif kind is not Innehall.TEXT:
        word, tone = "Hämtas ur portalen", "info"
    if okant and word == "Tomt":
        word = "Uppgift saknas"
    return {"rubrik": str(row.mall), "ord": word, "ton": tone}


def _advice(actor: Actor, page: Delprojektsida, found: list[delar.Avsnittsrad]) -> Item:
    """Return the advice about the text: for those who still work with it, not for those who read it decided."""
    if Noun.ARBETSMATERIAL not in page.ser:
        return {}
    act, keys = Act.SKRIV_RAPPORT, {r.mall.nyckel for r in found}
    own = sections_for(actor, act, page.lage) if can(actor, page, act) else frozenset()
    return textrad.whole(actor, page.delprojekt, act, found, oppnas=keys if own is None else own)


def _proposals(actor: Actor, page: Delprojektsida, omgang: Uppdragsomgang) -> Item:
    found = arbete.proposal_rows(actor, omgang)
    changes, costs = can(actor, page, Act.ANDRA_ATGARDSFORSLAG), can(actor, page, Act.SKRIV_KALKYL)
    d = page.delprojekt
    return {
        "forslag": [
            {
                **_proposal(row),
                "url": act_url(d, Act.ANDRA_ATGARDSFORSLAG, row.pk) if changes else "",
                "kalkyl_url": act_url(d, Act.SKRIV_KALKYL, row.pk) if costs else "",
            }
            for row in found
        ],
        "obesvarade": [p for p in arbete.points(actor, omgang) if not p.besvarad],
        "kostnader": total_costs(
            [(k["region"] or SHARED, Kostnadsslag(k["slag"]), k["belopp_tkr"]) for k in row.kalkyl] for row in found
        ),
        "forslag_for_manga": len(found) > MAX_ATGARDSFORSLAG,
        "forslag_knappar": buttons(actor, page, Act.SKRIV_ATGARDSFORSLAG, Act.STALL_SIG_BAKOM),
    }


def _proposal(row: Atgardsforslag) -> Item:
    return {
        "rad": row,
        "summa": costs_in_words(Kalkylrad(slag=k["slag"], belopp_tkr=k["belopp_tkr"]) for k in row.kalkyl),
        "slutsatser": ", ".join(str(number) for number in row.slutsatsnummer),
        "punkter": ", ".join(str(number) for number in row.punktnummer),
    }


def _plan(actor: Actor, page: Delprojektsida, omgang: Uppdragsomgang) -> Item:
    found = arbete.parameter_rows(actor, omgang)
    plan = found[0].plan if found else getattr(omgang, "plan", None)
    changes = can(actor, page, Act.ANDRA_PARAMETER)
    return {
        "plan": plan,
        "parametrar": [
            {
                "rad": row,
                "utgangsvarde": row.utgangsvarde_i_ord,
                "mal": row.malvarde_i_ord,
                "beskrivning": described_in_words(row),
                "url": act_url(page.delprojekt, Act.ANDRA_PARAMETER, row.pk) if changes else "",
            }
            for row in found
        ],
        "parametrar_for_manga": len(found) > MAX_PARAMETRAR,
        "plan_knappar": buttons(actor, page, Act.SKRIV_UPPFOLJNINGSPLAN, Act.LAGG_TILL_PARAMETER),
    }


def _interim(actor: Actor, page: Delprojektsida, facts: list[Faktumrad], paper: Item) -> list[Item]:
    """Return the delrapporter with their short way, newest first."""
    files = {one["version"]: one["url"] for one in paper["versioner"] if not one["aterkallad"]}
    found = delrapport.ways(actor, reversed(facts))[::-1]
    return [{"rad": row, "pdf": files.get(row.utgava, "")} for row in found]


def _next(actor: Actor, page: Delprojektsida, found: list[Item]) -> list[Item]:
    """Return what can be done about the delrapporter: which of them it is about is chosen there."""
    waits = (
        [Act.DELGE_DELRAPPORT, Act.REDOVISA_DELRAPPORT] if any(not one["rad"].ledningsgrupp for one in found) else []
    )
    return buttons(actor, page, *waits, Act.LAMNA_DELRAPPORT)


def _heard(actor: Actor, page: Delprojektsida, omgang: Uppdragsomgang, paper: Item) -> Item:
    told = (Faktumslag.LINJEKONTAKT, Faktumslag.KORREKTURLAST)
    told += (Faktumslag.AVVIKELSE, Faktumslag.RADFRAGA, Faktumslag.RAD)
    answered = (Faktumslag.REGIONSYNPUNKT, Faktumslag.SYNPUNKTSFRIST, Faktumslag.SAMARBETSGRUPPEN_BEHANDLAT)
    wanted = (*told, *answered, *DELRAPPORTENS)
    found = delar.facts(actor, page.delprojekt, *wanted, path=page.path)
    reports = [row for row in found if row.slag in DELRAPPORTENS and row.omgang_id == omgang.pk]
    interim = _interim(actor, page, reports, paper)
    return {
        "visar_linje": Noun.ARBETSMATERIAL in page.ser,
        "delrapporter": interim,
        "delrapport_knappar": _next(actor, page, interim),
        "linje": [row for row in found if row.slag in told],
        "chefsamrad": beredning.links(actor, page.delprojekt, Organslag.CHEFSAMRAD),
        "koppla": buttons(actor, page, Act.KOPPLA_CHEFSAMRAD, Act.REGISTRERA_LINJEKONTAKT),
        "visar_synpunkter": Noun.SYNPUNKTER in page.ser,
        "synpunkter": [row for row in found if row.slag in answered],
    }
