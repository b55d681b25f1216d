"""The tab Arbetsgrupp: who is in the group, what it covers, who was asked, and everybody who was put forward."""

from collections.abc import Mapping, Sequence

from delprojekt.models import Nominering, Nomineringssvar
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.fragor.bas import UPPGIFT_SAKNAS
from delprojekt.process.grupp import AVGJORDA, Chefssvar, Nomineringsstatus
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun
from delprojekt.queries import delar, grupp, nomineringssvar
from delprojekt.queries.delprojekt import Delprojektsida
from delprojekt.web.flik_bas import Item, buttons, link

KNAPPAR = (
    Act.BE_OM_NOMINERINGAR,
    Act.NOMINERA,
    Act.AVSTA_NOMINERING,
    Act.PAMINN_OM_NOMINERINGAR,
    Act.UTSE_ORDFORANDE,
    Act.UTSE_ARBETSGRUPP,
    Act.UTSE_FLER,
    Act.ANDRA_DELTAGANDE,
)
_S = Nomineringsstatus
_TON = {
    _S.FORESLAGEN: "kommande",
    _S.TILLFRAGAD: "vantar",
    _S.TACKAT_JA: "klar",
    _S.TACKAT_NEJ: "nej",
    _S.RESERV: "vilar",
    _S.UTSEDD: "klar",
    _S.ENTLEDIGAD: "stangd",
}
_BESTAMT = AVGJORDA | {_S.TACKAT_NEJ}
_STYRKA = {"ska": "ska finnas", "bor": "bör finnas", "tips": "värdefullt"}


def tab(actor: Actor, page: Delprojektsida) -> Item:
    """Return what the tab shows; the number of queries does not grow with the rows."""
    omgang = page.path[-1].omgang
    nominees = grupp.board(actor, page.delprojekt, omgang)
    asked = delar.facts(actor, page.delprojekt, Faktumslag.NOMINERINGAR_BEGARDA, path=page.path)
    request = nomineringssvar.read_request(actor, page.delprojekt, asked, nominees)
    shown = omgang if Noun.NOMINERINGAR in page.ser else None
    okant = page.fore_portalen(Steg.UPPDRAG)
    told = grupp.told_members(actor, page.delprojekt, nominees) if shown and page.lage.inlagt else []
    names = {row.nyckel: row.rubrik for row in delar.report_sections(actor, omgang)} if omgang else {}
    return {
        "personer": delar.people(actor, page.delprojekt),
        "knappar": buttons(actor, page, *KNAPPAR),
        "tackning": _coverage(grupp.coverage(actor, page.lage, shown, [*nominees, *told]), okant=okant)
        if shown
        else None,
        "forfragan": _request(request, page, alla=shown is not None) if request else None,
        "nominerade": [_nominee(actor, page, line, names) for line in nominees],
    }


def _coverage(grid: grupp.Tackning, *, okant: bool) -> Item:
    holes = [
        f"någon från {', '.join(name for name, hole in zip(grid.kolumner, row.saknas, strict=True) if hole)}"
        if any(row.saknas)
        else row.namn
        for row in grid.rader
        if not row.tackt and row.styrka == "ska"
    ]
    return {
        "kolumner": grid.kolumner,
        "rader": [_row(row, grid.kolumner, okant=okant) for row in grid.rader],
        "hal": holes,
        "professioner": ", ".join(grid.professioner),
        "discipliner": ", ".join(grid.discipliner),
    }


def _row(row: grupp.Tackningsrad, columns: Sequence[str], *, okant: bool) -> Item:
    missing = "vantar" if okant else {"ska": "saknas", "bor": "rad", "tips": "info"}[row.styrka]
    lacks = UPPGIFT_SAKNAS if okant else "Saknas"
    asked = ", någon är föreslagen" if row.pa_vag and not row.tackt else ""
    return {
        "namn": row.namn,
        "ord": "Täckt" if row.tackt else lacks,
        "ton": "klar" if row.tackt else missing,
        "tillagg": _STYRKA[row.styrka] + asked,
        "celler": [
            {"region": region, "namn": names, "saknas": hole}
            for region, names, hole in zip(columns, row.celler, row.saknas, strict=True)
        ],
    }


def _request(request: nomineringssvar.Forfragan, page: Delprojektsida, *, alla: bool) -> Item:
    """Return what each region is asked and has answered; ``alla``: also those that take part and were never asked."""
    asked = {row.region.slug for row in request.svar}
    names = page.lage.regionnamn
    never = [names[slug] for slug in names if slug in page.lage.deltar - asked] if alla else []
    messages: dict[str, list[str]] = {}
    for row in request.svar:
        if row.text:
            messages.setdefault(row.text, []).append(str(row.region))
    everybody = len(messages) == 1 and len(next(iter(messages.values()))) == len(request.svar)
    return {
        "faktum": request.faktum,
        "svar": [_answer(request, row) for row in request.svar],
        "ej_fragade": never,
        "meddelanden": [
            {"till": "" if everybody and alla else ", ".join(regions), "text": text}
            for text, regions in messages.items()
        ],
    }


def _answer(request: nomineringssvar.Forfragan, row: Nomineringssvar) -> Item:
    return {
        "region": row.region,
        "antal": request.antal.get(row.region_id, 0),
        "fragad": row.forfragan.date,
        "pamind": row.pamind_at,
        **answer_state(row),
    }


def answer_state(row: Nomineringssvar) -> Item:
    """Return whether a region has answered what it was asked, in words; late is said, and stops nothing."""
    late = not row.svarat_at and row.till_date < idag()
    word, tone = ("Försenat", "saknas") if late else ("Har inte svarat", "vantar")
    if row.svarat_at:
        word, tone = ("Ingen nomineras", "ej_aktuell") if row.ingen_skal else ("Har svarat", "klar")
    return {"ord": word, "ton": tone, "skal": row.ingen_skal, "senast": row.till_date, "svarat": row.svarat_at}


def _nominee(actor: Actor, page: Delprojektsida, line: grupp.Namnrad, names: Mapping[str, str]) -> Item:
    row = line.rad
    may_ask = row.status not in AVGJORDA and bool(row.person.epost)
    may_ask_manager = row.chef_fragas and not row.chef_ja and row.status not in _BESTAMT and line.oppen
    may_leave = row.status == _S.UTSEDD and row.roll != Roll.ORDFORANDE
    return {
        "rad": row,
        "namn": line.namn,
        "profession": line.profession,
        "ton": _TON[_S(row.status)],
        "om": _about(line, names),
        "tacker": ", ".join(line.kompetenser.values()),
        "chef": _manager(row) if row.chef_fragas else None,
        "byten": line.byten,
        "andra": link(actor, page, Act.ANDRA_NOMINERING, row.pk),
        "tillfraga": link(actor, page, Act.TILLFRAGA_NOMINERAD, row.pk) if may_ask else "",
        "tillfraga_chef": link(actor, page, Act.TILLFRAGA_CHEF, row.pk) if may_ask_manager else "",
        "entlediga": link(actor, page, Act.ENTLEDIGA, row.pk) if may_leave else "",
    }


def _manager(row: Nominering) -> Item:
    """Return what is known of the manager's yes: the manager's own answer by link, or what was noted (M4.3-4)."""
    told = f"svarade {skriv(row.chef_svar_date)}" if row.chef_svar_date else ""
    if row.chef_ja:
        return {"ord": "Avstämt", "ton": "klar", "tillagg": told if row.chef_svar == Chefssvar.JA else ""}
    if row.chef_svar == Chefssvar.NEJ:
        return {"ord": "Chefen säger nej", "ton": "nej", "tillagg": told}
    asked = row.chef_svar == Chefssvar.VANTAR
    return {"ord": "Inte avstämt", "ton": "rad", "tillagg": "chefen är tillfrågad" if asked else ""}


def _about(line: grupp.Namnrad, names: Mapping[str, str]) -> list[Item]:
    """Return what else is known of a nominee, only what is filled in."""
    row = line.rad
    known: Sequence[tuple[str, object]] = (
        ("Nominerad", f"{skriv(row.nominerad_date)}, {row.get_vag_display()}: {row.nominerad_av}".rstrip(": ")),
        ("Direkt tillsättning", row.direkt_skal),
        ("Disciplin", row.disciplin),
        ("Chef", "Personen är chef" if row.ar_chef else ""),
        ("Närmsta chef", row.chef_namn if line.oppen else ""),
        ("Avsatt tid", row.avsatt_tid),
        ("Legitimitet inom området", row.legitimitet),
        ("Erfarenhet av att leda", row.ledarerfarenhet),
        ("Finansiering", row.get_finansiering_display() if row.finansiering else ""),
        ("Varför solidarisk finansiering", row.finansiering_skal),
        ("Sakkunnig i", row.get_omrade_display() if row.omrade else ""),
        ("Möten", "; ".join(row.moten)),
        ("Avsnitt", ", ".join(names.get(key, key) for key in row.avsnitt)),
        ("Adjungerad till och med", row.till_date or ""),
    )
    return [{"etikett": label, "varde": value, "url": ""} for label, value in known if value]
