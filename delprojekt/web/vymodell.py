"""From what the queries answer to what the components show."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from delprojekt.models import Delprojekt, Handelse, Malsattning, Vantar
from delprojekt.process.act import SPARAR, Act
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import idag
from delprojekt.process.krav import Krav
from delprojekt.process.lage import Lage
from delprojekt.process.ordning import uppraknat
from delprojekt.process.policy import POLICY, deadline, grupp
from delprojekt.process.policy.avgor import Decision, Why, explain, sentence, sits_with
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.stallning import AVSTAR, i_ord
from delprojekt.process.steg import SLUT, Steg
from delprojekt.process.synlighet import Noun, dolda_acts, ser
from delprojekt.queries.delprojekt import Delprojektsida, Railsteg
from delprojekt.web.lankar import PA_FLIK, act_url

Item = dict[str, Any]


def upper_first(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def waits_with(rows: Iterable[Vantar], dolda: frozenset[Act] = frozenset()) -> str:
    """Return whom it lies with, in words: ``ledningsgruppen och Region Skåne``; regions are gathered by body.

    A body that is waited for as a whole, or a role that is not held for a region, is named without regions; so is
    one that is waited for with an act in ``dolda``.
    """
    regions: dict[str, list[str]] = {}
    whole: set[str] = set()
    for row in rows:
        roll = Roll(row.roll)
        if roll is Roll.REGIONKONTAKT and row.region:
            regions.setdefault(row.region.namn, [])
            continue
        found = regions.setdefault(roll.hos, [])
        if row.region is None or roll not in _PER_REGION or row.act in dolda:
            whole.add(roll.hos)
        elif row.region.kortnamn not in found:
            found.append(row.region.kortnamn)
    names = [f"{hos} ({', '.join(where)})" if where and hos not in whole else hos for hos, where in regions.items()]
    return uppraknat(names)


_PER_REGION = frozenset({Roll.SAMARBETSGRUPP, Roll.LEDNINGSGRUPP, Roll.REGIONKONTAKT})
"""Roles that are held for a region."""


def rail(steps: Iterable[Railsteg]) -> list[Item]:
    """Return the rail's items."""
    return [
        {
            "namn": s.steg.label,
            "lage": s.lage,
            "datum": s.besok and s.besok.fran_at,
            "not": "Avvikelse" if s.lage == "hoppat" else s.nar,
            "url": "",
        }
        for s in steps
    ]


def side_state(page: Delprojektsida) -> str:
    """Return in words what does not fit on the rail."""
    steg = Steg(page.delprojekt.steg)
    if page.delprojekt.pausat:
        since = page.lage.pauser[-1].fran if page.lage.pauser else None
        return f"Pausat sedan {skriv(since)}." if since else "Pausat."
    if steg is Steg.HISTORISKT:
        return "Historiskt. Stegen är markerade där något är känt; om de andra saknas uppgift."
    if steg in SLUT or steg is Steg.AVVAKTAR:
        return f"{steg.label}."
    return ""


def status_tone(delprojekt: Delprojekt) -> str:
    """Return the tone of a delprojekt's status."""
    steg = Steg(delprojekt.steg)
    if delprojekt.pausat or steg is Steg.AVVAKTAR:
        return "vilar"
    if steg in {Steg.AVSLAG, Steg.ATERTAGET, Steg.AVBRUTET, Steg.EJ_REKOMMENDERAT}:
        return "nej"
    return "klar" if steg in SLUT else "pagar"


def status_word(delprojekt: Delprojekt) -> str:
    """Return the word of a delprojekt's status."""
    mark = ", utkast" if delprojekt.utkast else ", pausat" if delprojekt.pausat else ""
    return f"{Steg(delprojekt.steg).label}{mark}"


def mend(krav: Krav, actor: Actor, lage: Lage) -> Item:
    """Return link and helper of a requirement that is not met, or not known: the link only for those who may."""
    act = krav.value.lagas
    if krav.ar_okant(lage) or (act and lage.steg not in POLICY[act].where and lage.inlagt):
        act = Act.KOMPLETTERA_I_EFTERHAND  # it belongs to the time before the portal
    if act is None or lage.steg not in POLICY[act].where:
        return {"url": "", "hjalp": ""}
    rule = POLICY[act]
    if lage.pausat and not rule.under_paus:
        return {"url": "", "hjalp": "Det går att göra när delprojektet är återupptaget."}
    mine = any(lage.steg in rule.steps_of(m.roll) for m in actor.mandat_i(lage.delprojekt))
    return {
        "url": act_url(lage.delprojekt, act) if mine else "",
        "lanktext": str(act.label) if mine else "",
        "hjalp": "" if mine else _who_mends(act, actor, lage),
    }


NI_TAR_STALLNING = "Ni tar ställning på mötet; sekreteraren registrerar."


def _who_mends(act: Act, actor: Actor, lage: Lage) -> str:
    """Return who does an act that is not the actor's; to whoever sits in the body, what is hers and what is not."""
    if sits_with(actor, act, lage):
        return NI_TAR_STALLNING
    return f"Det ordnar {POLICY[act].owner_in(lage.steg).som_handlar}."


def _mends_some(act: Act, actor: Actor, lage: Lage) -> bool:
    """Tell whether something that an act requires is the actor's own to do, as a stance is."""
    held = actor.roller(lage.delprojekt)
    return any(k.value.lagas and held & POLICY[k.value.lagas].who for k in POLICY[act].requires)


def _concerns(act: Act, krav: Krav, actor: Actor, lage: Lage) -> bool:
    """Tell whether the actor may know what exactly is missing: who does the act, or mends the requirement."""
    who = POLICY[act].who | (POLICY[krav.value.lagas].who if krav.value.lagas else frozenset())
    return bool(actor.roller(lage.delprojekt) & who)


def _point(krav: Krav, lage: Lage) -> str:
    """Return what is missing as a point of a list; what is already done is said to be so, without a double negation."""
    return krav.value.nekad.removesuffix(".") or sentence(krav, lage)


def checklist(act: Act, lage: Lage, actor: Actor, dolda: frozenset[Act] = frozenset()) -> list[Item]:
    """Return klart / saknas / råd for everything an act asks about, but what an act in ``dolda`` mends.

    What does not apply here is said to be so (``annars``): it is neither done nor missing.
    """
    items = []
    for state, group in (("saknas", POLICY[act].requires), ("rad", POLICY[act].advises)):
        for krav in group:
            if krav.value.indata or krav.value.lagas in dolda:
                continue
            done, else_ = krav.ar_uppfyllt(lage, {}), krav.annars(lage, {})
            text = upper_first(_point(krav, lage) if not done and _concerns(act, krav, actor, lage) else krav.mening)
            stops = "Hindrar" if krav.value.nekad and not done else ""  # nothing is missing: something is there
            found = "ej_aktuell" if else_ else "klar" if done else state
            help_ = mend(krav, actor, lage) if not done or krav.ar_okant(lage) else {}
            items.append({"lage": found, "ord": else_ or stops, "text": text, **help_})
    for item in items:
        item.setdefault("url", "")
        item.setdefault("lanktext", "")
        item.setdefault("hjalp", "")
    return items


def act_words(act: Act, lage: Lage) -> str:
    """Return what an act is called here: one that goes back names the step that it takes back, and where one lands."""
    if not POLICY[act].back or lage.tillbaka is None:
        return str(act.label)
    taken = f"”{lage.ledde_hit.label}”" if lage.ledde_hit else f"steget {lage.steg.label}"
    word = f"Ångra {taken}" if act is Act.ANGRA else str(act.label)
    return f"{word}, tillbaka till {lage.tillbaka.label}"


def save_words(act: Act, lage: Lage) -> str:
    """Return what the button of an act's form says: ``Spara förslaget``, or the act's name where it is a decision."""
    return f"Spara {SPARAR[act]}" if act in SPARAR else act_words(act, lage)


def button(decision: Decision, lage: Lage, variant: str = "sekundar") -> Item:
    """Return a button for an act: a link, or greyed with what is missing."""
    act = decision.act
    return {
        "etikett": act_words(act, lage),
        "url": act_url(lage.delprojekt, act) if decision.allowed else "",
        "skal": "" if decision.allowed else explain(decision, lage),
        "variant": variant,
        "id": act.value,
    }


def groups(page: Delprojektsida) -> list[Item]:
    """Return what the actor can do, in groups: register, other ways. The main act stands in the card of its own."""
    main = page.nasta.act if page.nasta else None
    here = (d for d in page.erbjudanden if d.act not in PA_FLIK)
    rest = [d for d in here if d.act is not main and _shown(d)]
    group = [d for d in rest if _of_the_group(d.act)]
    register = [d for d in rest if not POLICY[d.act].moves and d.act not in _WAYS and d not in group]
    ways = [d for d in rest if POLICY[d.act].moves or d.act in _WAYS]
    named = (("Skriv och anteckna", register), ("Arbetsgruppen", group), ("Andra vägar", ways))
    return [
        {
            "rubrik": title,
            "kan": [button(d, page.lage) for d in found if d.allowed],
            "kan_inte": [button(d, page.lage) for d in found if not d.allowed],
        }
        for title, found in named
        if found
    ]


def _of_the_group(act: Act) -> bool:
    """Tell whether an act belongs to §4 Arbetsgruppen: those who are in it, and the regions they come from."""
    return act in grupp.RULES or POLICY[act].section.startswith("4")


def _shown(decision: Decision) -> bool:
    """Tell whether an act has a button of its own; what is told afterwards only where something can be told."""
    kind = POLICY[decision.act].objekt
    return kind in {"", "person", "avsnitt"} or (kind == "efterhand" and decision.allowed)


_WAYS = frozenset({Act.PAUSA, Act.ATERUPPTA, Act.FORTSATT_SOM_NYTT})


def next_card(page: Delprojektsida, actor: Actor) -> Item | None:
    """Return the card "Nästa steg", or None in an ending."""
    if page.nasta is None:
        return None
    act = page.nasta.act
    mine = page.nasta.why in {None, Why.MISSING}
    due, gross = deadline(POLICY[act], page.lage, idag())
    return {
        "rubrik": str(act.label),
        "text": NI_TAR_STALLNING if sits_with(actor, act, page.lage) and not _mends_some(act, actor, page.lage) else "",
        "ligger_hos": upper_first(waits_with(page.vantar, page.dolda)),
        "frist": due,
        "utan_paus": gross if gross != due else None,
        "checklista": checklist(act, page.lage, actor, page.dolda),
        "handlingar": [button(page.nasta, page.lage, "primar")] if mine else [],
    }


def why_here(page: Delprojektsida) -> Item | None:
    """Return what was written when the step began (why it came back), to whoever has something to do in it."""
    visit = page.path[-1]
    if not visit.skal or not any(d.allowed for d in page.erbjudanden):
        return None
    return {"rubrik": str(Act(visit.act).label), "nar": visit.fran_at, "text": visit.skal}


def receipt(event: Handelse) -> str:
    """Return what has been done, and how many were sent mail about it."""
    sent = event.utskick.count()
    return f"{event.mening} Mejl skickas till {sent} {'person' if sent == 1 else 'personer'}." if sent else event.mening


def events(rows: Iterable[Handelse]) -> list[Item]:
    """Return the timeline's items: newest first as given."""
    return [event(row) for row in rows]


def event(row: Handelse) -> Item:
    """Return one item of the timeline."""
    late = "registrerat i efterhand" if row.efterhand else ""
    whose = f"för {row.for_rakning} räkning" if row.for_rakning and row.vem else ""
    words = []
    if row.motivering:
        advice = "; ".join(Krav[name].mening for name in row.rad if name in Krav.__members__)
        words.append(f"Motivering: {row.motivering}" + (f" (råd som inte följts: {advice})" if advice else ""))
    if row.delas_med:
        words.append(f"Delas med {row.delas_med}.")
    return {
        "tid": row.hande_at,
        "rubrik": row.mening,
        "vem": ", ".join(filter(None, (row.vem, late, whose))),
        "text": " ".join(words),
        "ton": "klar" if row.till_steg else "info",
        "url": "",
        "lanktext": "",
    }


def wishes(page: Delprojektsida) -> str:
    """Return "Halland vill ändra punkt 2." for those who may hear how ledningsgruppen thinks."""
    if page.dolda or page.lage.steg not in POLICY[Act.LAMNA_STALLNING].where:
        return ""
    short = {slug: name.removeprefix("Region ") for slug, name in page.lage.regionnamn.items()}
    decided = page.lage.beslut
    return i_ord(decided.vill_andra, short, {slug for slug, val in decided.stallningar.items() if val == AVSTAR})


def status_sentence(page: Delprojektsida) -> str:
    """Return the one sentence that says where it is: ``Ligger hos ledningsgruppen sedan 26 mars 2026.``"""
    steg = Steg(page.delprojekt.steg)
    if page.path[-1].fran_at is None and (steg in SLUT or not page.vantar):
        return f"{steg.label}. Det är inte känt sedan när."
    since = skriv(timezone.localtime(page.delprojekt.stegat_at).date())
    if steg in SLUT:
        return f"{steg.label} sedan {since}."
    if not page.vantar:
        return f"I steget {steg.label} sedan {since}."
    first = min(row.sedan_at for row in page.vantar)
    if page.path[-1].fran_at is None and first == page.delprojekt.stegat_at:
        return f"Ligger hos {waits_with(page.vantar, page.dolda)}. Det är inte känt sedan när."
    return f"Ligger hos {waits_with(page.vantar, page.dolda)} sedan {skriv(timezone.localtime(first).date())}."


def overdue(page: Delprojektsida) -> list[Item]:
    """Return what is late: what, whom it waits for, the day, and where it is done, or where it says what is needed."""
    late: dict[tuple[date, str], list[Vantar]] = {}
    for row in page.vantar:
        if row.frist_date and row.frist_date < idag():
            late.setdefault((row.frist_date, row.act), []).append(row)
    mine = {d.act for d in page.erbjudanden if d.allowed}
    here = f"{page.delprojekt.get_absolute_url()}#nasta-steg"
    return [
        {
            "vad": str(Act(act).label),
            "hos": waits_with(rows, page.dolda),
            "frist": day,
            "url": act_url(page.delprojekt, Act(act)) if act in mine else here,
        }
        for (day, act), rows in sorted(late.items())
    ]


def waiting_rows(rows: Iterable[Vantar]) -> list[Item]:
    """Return what waits for you, each with its one button; the same act for several regions is one row."""
    grouped: dict[tuple[int, str], list[Vantar]] = {}
    for row in rows:
        grouped.setdefault((row.delprojekt_id, row.act), []).append(row)
    return [_waiting(found) for found in grouped.values()]


def _waiting(rows: list[Vantar]) -> Item:
    first, act = rows[0], Act(rows[0].act)
    where = [row.region.kortnamn for row in rows if row.region]
    return {
        "delprojekt": first.delprojekt,
        "vad": str(act.label),
        "regioner": ", ".join(where),
        "frist": min((row.frist_date for row in rows if row.frist_date), default=None),
        "sedan": min(rows, key=lambda row: row.sedan_at).kand_sedan_at,
        "url": act_url(first.delprojekt_id, act),
        "sida": first.delprojekt.get_absolute_url(),
    }


def list_row(delprojekt: Delprojekt, actor: Actor) -> Item:
    """Return one row of the list, one card of the board, one line of the Excel file."""
    steg = Steg(delprojekt.steg)
    hidden = dolda_acts(actor, delprojekt.pk, steg)
    return {
        "delprojekt": delprojekt,
        "ord": status_word(delprojekt),
        "ton": status_tone(delprojekt),
        "sedan": delprojekt.sedan_at,
        "hos": upper_first(waits_with(delprojekt.vantar.all(), hidden)),
        "frist": min((row.frist_date for row in delprojekt.vantar.all() if row.frist_date), default=None),
    }


def file_row(delprojekt: Any, actor: Actor) -> Item:
    """Return one line of the Excel file, of a row read by ``urval.with_more``."""
    reads = ser(actor, Noun.FORSLAG, delprojekt.pk, Steg(delprojekt.steg))
    goals = [str(Malsattning(goal).label) for goal in delprojekt.forslag.malsattningar] if reads else []
    return {
        **list_row(delprojekt, actor),
        "kontakt": "; ".join(delprojekt.kontaktpersoner),
        "mal": "; ".join(goals),
        "chefsamrad": "; ".join(delprojekt.chefsamrad) if reads else "",
        "startar": delprojekt.startar,
    }


def events_with_links(rows: Iterable[Handelse]) -> list[Item]:
    """Return timeline items that say and link which delprojekt they are about."""
    return [{**event(row), "url": row.delprojekt.get_absolute_url(), "lanktext": str(row.delprojekt)} for row in rows]


def role_words(actor: Actor) -> str:
    """Return the actor's roles in words, for the start page."""
    labels = [
        m.roll.label for m in sorted(actor.mandat, key=lambda m: list(Roll).index(m.roll)) if m.delprojekt is None
    ]
    return ", ".join(dict.fromkeys(str(label) for label in labels))


def guides(actor: Actor) -> list[Item]:
    """Return the actor's roles that have a section in "Så här gör du", in the order of the roles."""
    held = {m.roll for m in actor.mandat}
    return [{"id": roll.value, "namn": str(roll.label)} for roll in Roll if roll in held]
