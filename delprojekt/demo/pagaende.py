"""Those under way: in uppdrag, nuläge, analys, at ledningsgruppen and at nämnden. All that happens is invented."""

from datetime import date

from delprojekt.demo import tabeller
from delprojekt.demo import texter_pagaende as texter
from delprojekt.demo.livslopp import (
    announce,
    ask,
    begin,
    conclude,
    form_group,
    hand_in,
    leave_nulage,
    meet,
    nominate,
    prepare,
    present,
    start,
    submit,
    treat,
    write_uppdrag,
)
from delprojekt.demo.vandring import Kalender, Vandring, person
from delprojekt.process.act import Act

REDO = "Tillstyrker."
SLUTSATS = {"analys_verksamhet": "Ingen region klarar behovet ensam, men gemensamt räcker resurserna."}


def tell(kalender: Kalender) -> None:
    """Note down what happens to them until the demo's day."""
    _ledningsgrupp(kalender)
    _namnd(kalender)
    _analys(kalender)
    _nulage(kalender)
    _uppdrag(kalender)


def _ledningsgrupp(kalender: Kalender) -> None:
    """28 Urologisk kirurgi: Kronoberg does not agree, and Skåne has not taken its stance."""
    t, chair, council = texter.UROLOGI, "mats.rydell", "Chefsamråd Kirurgi"
    v = submit(kalender, date(2023, 1, 17), "chefsamrad", t.ide)
    prepare(v, date(2023, 1, 24), date(2023, 2, 14))
    announce(v, date(2023, 3, 14), REDO, date(2023, 4, 20), "4")
    start(v, date(2023, 4, 20), "4", 28)
    write_uppdrag(v, date(2023, 5, 16), t.ide, t.uppdrag, date(2023, 6, 15), "5")
    form_group(v, date(2023, 9, 5), t.uppdrag, date(2023, 9, 21))
    begin(v, date(2023, 9, 26), date(2023, 10, 17), t.startmote, chair, council)
    v.write(date(2024, 11, 12), chair, t.nulage)
    meet(v, date(2024, 11, 26), chair, council)
    leave_nulage(v, date(2024, 11, 26), chair, list(t.nulage))
    v.write(date(2025, 10, 7), chair, t.analys)
    conclude(v, date(2025, 10, 7), chair, SLUTSATS)
    meet(v, date(2025, 10, 21), chair, council)
    v.do(date(2025, 10, 21), chair, Act.BORJA_ATGARDSFORSLAG)
    hand_in(v, date(2026, 9, 15), t.rapport, chair, council)
    treat(v, date(2026, 10, 13))
    lg = date(2026, 11, 19)
    present(v, date(2026, 11, 10), lg, "Mats Rydell", *t.satser)
    reason = "Regionen kan av ekonomiska skäl inte ställa sig bakom punkt 2."
    v.take_stances(lg, ("blekinge", "halland", "kronoberg"), kronoberg=reason)


def _namnd(kalender: Kalender) -> None:
    """39 Tolkning på distans: ledningsgruppen has agreed, and politiska styrgruppen is to prepare it."""
    t, chair, council = texter.TOLKNING, "nora.wester", "Chefsamråd Akutsjukvård"
    v = submit(kalender, date(2024, 6, 4), "chefsamrad", t.ide)
    prepare(v, date(2024, 6, 11), date(2024, 8, 27))
    announce(v, date(2024, 9, 10), REDO, date(2024, 10, 17), "3")
    start(v, date(2024, 10, 17), "3", 39)
    write_uppdrag(v, date(2024, 10, 29), t.ide, t.uppdrag, date(2024, 11, 21), "4")
    form_group(v, date(2024, 12, 3), t.uppdrag, date(2024, 12, 12))
    begin(v, date(2024, 12, 17), date(2025, 1, 14), t.startmote, chair, council)
    v.write(date(2025, 6, 10), chair, t.nulage)
    meet(v, date(2025, 6, 17), chair, council)
    leave_nulage(v, date(2025, 6, 17), chair, list(t.nulage))
    v.write(date(2025, 12, 2), chair, t.analys)
    conclude(v, date(2025, 12, 2), chair, SLUTSATS)
    meet(v, date(2025, 12, 9), chair, council)
    v.do(date(2025, 12, 9), chair, Act.BORJA_ATGARDSFORSLAG)
    hand_in(v, date(2026, 8, 25), t.rapport, chair, council)
    treat(v, date(2026, 9, 8))
    lg = date(2026, 10, 22)
    present(v, date(2026, 10, 13), lg, "Nora Wester", *t.satser)
    v.take_stances(lg)
    v.do(lg, "sekreterare", Act.LAMNA_TILL_NAMNDEN, punkt="4")


def _analys(kalender: Kalender) -> None:
    """41 Läkemedelsgenomgång vid utskrivning: Karin Lind chairs this one too; the analysis is being written."""
    t, chair, council = texter.LAKEMEDEL, "ordforande", "Chefsamråd Internmedicin"
    v = submit(kalender, date(2025, 4, 8), "chefsamrad", t.ide)
    prepare(v, date(2025, 4, 15), date(2025, 4, 29))
    announce(v, date(2025, 5, 13), REDO, date(2025, 6, 12), "4")
    start(v, date(2025, 6, 12), "4", 41)
    write_uppdrag(v, date(2025, 8, 26), t.ide, t.uppdrag, date(2025, 9, 25), "3")
    form_group(v, date(2025, 10, 7), t.uppdrag, date(2025, 10, 23))
    begin(v, date(2025, 10, 28), date(2025, 11, 11), t.startmote, chair, council)
    v.write(date(2026, 6, 2), chair, t.nulage)
    meet(v, date(2026, 6, 9), chair, council)
    for key in t.nulage:
        v.do(date(2026, 6, 9), chair, Act.KLARMARKERA_AVSNITT, avsnitt=key)
    for region, share in texter.LISTOR:
        fact = {"avsnitt": "nulage_verksamhet", "varde": share, "region": region, **texter.LISTAN}
        v.do(date(2026, 6, 9), chair, Act.REGISTRERA_FAKTAUPPGIFT, **fact)
    what = {"part": "Nuläget", "avsnitt": [key for key in t.nulage if key.startswith("nulage")]}
    v.do(date(2026, 6, 9), chair, Act.LAMNA_DELRAPPORT, **what)
    leave_nulage(v, date(2026, 6, 9), chair, list(t.nulage))
    told = {"organ": "samarbetsgrupp", "part": "Nuläget", "text": "Samarbetsgruppen tog emot delrapporten."}
    v.do(date(2026, 6, 16), chair, Act.REDOVISA_DELRAPPORT, **told)
    v.do(date(2026, 6, 16), chair, Act.DELGE_DELRAPPORT)
    v.do(date(2026, 6, 16), chair, Act.UTSE_SKRIBENTER, skribenter=_writers, helhetsansvarig=lambda: person(chair).pk)
    v.write(date(2026, 11, 17), chair, {key: v.cite(html, "skane") for key, html in t.analys.items()})
    v.put_tables(date(2026, 11, 17), chair, "analys_verksamhet", tabeller.LAKEMEDEL)
    notes = {"date": date(2026, 11, 17), "text": "Analysen delas upp efter nulägets avsnitt.", "deltog": _present}
    v.do(date(2026, 11, 17), chair, Act.ANTECKNA_GRUPPMOTE, **notes, att_gora=_to_do)
    choice = {"slag": "vagval", "date": date(2026, 11, 17), "text": "Vi följer patienter över 75 år först."}
    v.do(date(2026, 11, 17), chair, Act.ANTECKNA_VAGVAL, **choice, varfor="De har flest läkemedel.")
    answered = v.answers({1: ["nulage_verksamhet", "nulage_kompetens"]})
    v.do(date(2026, 11, 17), chair, Act.BESVARA_UPPDRAGSPUNKTER, besvarad_i=answered)
    _comments(v)


def _comments(v: Vandring) -> None:
    """What the group says of the text of 41: a question that is answered, one that is handed on, a proposed change."""
    member, other, where = "alva.brink", "per.ostlund", {"avsnitt": "nulage_kompetens"}
    v.do(date(2026, 11, 18), member, Act.KOMMENTERA, **where, **texter.FRAGAN)
    v.do(date(2026, 11, 18), "ordforande", Act.BESVARA_KOMMENTAR, **where, **texter.SVARET, kommentar=v.latest_comment)
    handed = {"hos": lambda: person("ordforande").pk, "senast": date(2026, 12, 4)}
    v.do(date(2026, 11, 19), other, Act.KOMMENTERA, **where, **texter.SIFFRAN, **handed)
    v.do(date(2026, 11, 20), member, Act.FORESLA_ANDRING, **where, **texter.ANDRINGEN)


def _present() -> list[int]:
    """Who was at the group's latest meeting."""
    return [person(who).pk for who in ("ordforande", "alva.brink", "per.ostlund")]


def _to_do() -> list[tuple[str, int, date | None]]:
    """What the meeting gave them to do."""
    chair, member = person("ordforande").pk, person("alva.brink").pk
    return [("Fråga chefsamrådet om rutinen", chair, date(2026, 12, 4)), ("Skriva om kompetensen", member, None)]


def _writers() -> dict[str, int]:
    """Who writes what of 41, by chapter or section."""
    chair, member, other = (person(who).pk for who in ("ordforande", "alva.brink", "per.ostlund"))
    return {"nulage": chair, "analys": member, "analys_ekonomi": other, "sammanfattning": chair}


def _nulage(kalender: Kalender) -> None:
    """42 Egenvård vid långvarig smärta: the group has begun to describe how things are."""
    t, chair = texter.SMARTA, "saga.ahlgren"
    v = submit(kalender, date(2025, 12, 2), "chefsamrad", t.ide)
    prepare(v, date(2025, 12, 9), date(2026, 1, 13), kontakt="kansli")
    announce(v, date(2026, 1, 20), REDO, date(2026, 2, 26), "4")
    start(v, date(2026, 2, 26), "4", 42)
    write_uppdrag(v, date(2026, 3, 17), t.ide, t.uppdrag, date(2026, 4, 23), "5")
    form_group(v, date(2026, 5, 12), t.uppdrag, date(2026, 5, 28))
    begin(v, date(2026, 6, 2), date(2026, 6, 9), t.startmote, chair, "Chefsamråd Anestesi och IVA")
    v.write(date(2026, 10, 20), chair, t.nulage)


def _uppdrag(kalender: Kalender) -> None:
    """43 Råd från radiologen till primärvården: fastställt, and half of the group is nominated."""
    t = texter.RADIOLOGI
    v = submit(kalender, date(2026, 3, 3), "chefsamrad", t.ide)
    prepare(v, date(2026, 3, 10), date(2026, 4, 14))
    announce(v, date(2026, 5, 12), REDO, date(2026, 6, 11), "6")
    start(v, date(2026, 6, 11), "6", 43)
    write_uppdrag(v, date(2026, 9, 22), t.ide, t.uppdrag, date(2026, 10, 22), "5")
    ask(v, date(2026, 10, 27), date(2026, 12, 4))
    nominate(v, date(2026, 11, 10), t.uppdrag.grupp)
    asked = {"till": date(2026, 12, 4), "text": "Gruppen träffas digitalt två timmar i månaden."}
    v.do(date(2026, 11, 17), "kansli", Act.TILLFRAGA_NOMINERAD, objekt=v.nominee("Gård"), **asked)
    again = {"regioner": ["halland"], "till": date(2026, 12, 11), "text": "Ni har sagt att ni behöver en vecka till."}
    v.do(date(2026, 11, 18), "kansli", Act.PAMINN_OM_NOMINERINGAR, **again)
