"""The moves of the method, one function each, on top of tests/world.py.

The tests of the sentences put these together: all but one of what a sentence asks for, then the missing one.
Everything goes through the real actions. A function returns the delprojekt that it got, read again.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from delprojekt.actions.avsnitt import save_section
from delprojekt.actions.steg import perform
from delprojekt.models import Avsnitt, Delprojekt, Handelse, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.policy.avgor import Decision, Refused, Why, decide
from delprojekt.process.roller import Actor, Mandat, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage import build_lage
from delprojekt.web.forms import ActForm, Rum, form_for
from tests import uppfoljt, world
from tests.world import DAG, REGIONER, actor, delprojekt_in, fresh, version

FORMEL = "Södra regionvårdsnämnden rekommenderar regionerna att"
ADVICE = "Rådet prövades och följs inte här."
NYCKEL = "6f0e3d1c-6c1c-4b64-9c92-2f2b6f6c1a11"
PLAN = {"hur": "Enkät och uttag", "nar": "Inom tolv månader", "vem": "Ordföranden"}
DISKUTERAT = {"diskuterat_date": DAG, "diskuterat_med": "Chefsamråd Internmedicin"}


# who, doing, and being refused ---------------------------------------------------------------------------------------


def som(roll: Roll, region: str | None = None, i: Delprojekt | None = None) -> Actor:
    """Return somebody who holds one role and no other: in the portal, for a region, or in a delprojekt.

    A skribent has been asked to write a section of the nuläge and of the analys, the proposals and the follow-up.
    """
    who = world.person("utomstaende")
    chapters = {"nulage_kompetens", "analys_kompetens", "forslag", "uppfoljning"}
    writes = frozenset(chapters if roll is Roll.SKRIBENT else ())
    held = Mandat(roll, region, i.pk if i else None, avsnitt=writes)
    return Actor(person=who.pk, namn=str(who), mandat=frozenset({held}))


def gor(who: Actor | str, act: Act, dp: Delprojekt, motivering: str = ADVICE, **underlag: Any) -> Handelse:
    """Do an act as one of the cast or as a bare role."""
    return perform(actor(who) if isinstance(who, str) else who, act, dp.pk, underlag, motivering=motivering)


def nekas(who: Actor | str, act: Act, dp: Delprojekt, **underlag: Any) -> Decision:
    """Try an act that must be refused. Out: the refusal; nothing has changed."""
    before = (fresh(dp).steg, Handelse.objects.filter(delprojekt=dp).count())
    with pytest.raises(Refused) as caught:
        gor(who, act, dp, **underlag)
    assert (fresh(dp).steg, Handelse.objects.filter(delprojekt=dp).count()) == before
    return caught.value.decision


def saknas(who: Actor | str, act: Act, dp: Delprojekt, **underlag: Any) -> set[str]:
    """Try an act that must be refused because something is missing. Out: the requirement ids of what is missing."""
    decision = nekas(who, act, dp, **underlag)
    assert decision.why is Why.MISSING, decision.why
    return {krav.krav_id for krav in decision.missing}


def nekas_andra(allowed: set[Roll], act: Act, dp: Delprojekt, **underlag: Any) -> None:
    """Weigh an act for each role that is not allowed to do it: all must be told that it is not theirs."""
    lage = build_lage(fresh(dp))
    for roll in (one for one in Roll if one not in allowed):
        assert decide(som(roll, "skane", dp), act, lage, underlag).why is Why.NOT_YOURS, roll
    assert nekas(som(Roll.ORDFORANDE, i=dp), act, dp, **underlag).why is Why.NOT_YOURS


def formular(who: Actor | str, act: Act, dp: Delprojekt, *, rad: int | None = None, **data: Any) -> ActForm:
    """Return the form of an act, filled in; ``rad`` is the row that it is about, if it is about one."""
    path = levande_for(dp)
    asks = actor(who) if isinstance(who, str) else who
    lage = build_lage(fresh(dp), path)
    rum = Rum(actor=asks, act=act, lage=lage, delprojekt=dp, omgang=path[-1].omgang, objekt=rad)
    return form_for(act)({"nyckel": NYCKEL, **data}, rum=rum)


def mote(organ: str, dag: date = DAG, punkt: str = "4", text: str = "Antecknat.", **extra: Any) -> dict[str, Any]:
    """Return what a fact of a meeting asks for."""
    return {"organ": organ, "dag": dag, "punkt": punkt, "text": text, **extra}


def lg_mote(dag: date = DAG, **extra: Any) -> dict[str, Any]:
    """Return a meeting with ledningsgruppen."""
    return mote("ledningsgrupp", dag, **extra)


# beredning and start -------------------------------------------------------------------------------------------------


def i_beredning(**fields: Any) -> Delprojekt:
    """Return a förslag that kansliet has begun to prepare, with nothing done in beredningen yet."""
    return delprojekt_in(Steg.BEREDNING, **fields)


def ange_behov(dp: Delprojekt, ja: Iterable[str] = REGIONER, nej: Iterable[str] = (), **extra: Any) -> Delprojekt:
    """Let regions say whether the area matters to them, through samarbetsgruppen."""
    for slug in [*ja, *nej]:
        said = {"region": slug, "angelaget": slug in ja, "sagt_av": "Chefläkaren", "dag": DAG}
        gor(f"samarbetsgrupp.{slug}", Act.REGISTRERA_BEHOV, dp, **said, **extra)
    return dp


def stam_av(dp: Delprojekt, dag: date = DAG) -> Delprojekt:
    """Tell samarbetsgruppen of the förslag."""
    gor("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, dp, **mote("samarbetsgrupp", dag))
    return dp


def anmal(dp: Delprojekt, dag: date = DAG) -> Delprojekt:
    """Put the förslag on ledningsgruppens agenda."""
    gor("kansli", Act.ANMAL_TILL_LEDNINGSGRUPPEN, dp, **lg_mote(dag))
    return dp


def anmalt(**fields: Any) -> Delprojekt:
    """Return a förslag that lies on ledningsgruppens table."""
    return anmal(stam_av(ange_behov(i_beredning(**fields))))


# uppdrag and arbetsgrupp ---------------------------------------------------------------------------------------------


def skriv_uppdrag(dp: Delprojekt, ska: Iterable[str] = (), bor: Iterable[str] = ()) -> Delprojekt:
    """Write the six parts of the uppdrag in the template."""
    world.write("kansli", dp, "bakgrund", "syfte", "avgransningar")
    points = {"punkter": ["Beskriv nuläget."], "milstolpar": [("Slutrapport", "våren 2027")]}
    gor("kansli", Act.REDIGERA_UPPDRAG, dp, **points, kompetens_ska=list(ska), kompetens_bor=list(bor))
    return dp


def faststall(dp: Delprojekt) -> Delprojekt:
    """Let ledningsgruppen fix the uppdrag."""
    gor("sekreterare", Act.FASTSTALL_UPPDRAG, dp, **lg_mote(punkt="3"))
    return dp


def nominera(dp: Delprojekt, slug: str, roll: Roll = Roll.LEDAMOT, **extra: Any) -> Delprojekt:
    """Nominate one of the cast for a region."""
    names = {Roll.ORDFORANDE: "ordforande", Roll.LEDAMOT: f"region.{slug}"}
    world.nominate(dp, names.get(roll, f"ledningsgrupp.{slug}"), roll, slug, **extra)
    return dp


def nominera_gruppen(dp: Delprojekt, regioner: Iterable[str] = REGIONER, **chair: Any) -> Delprojekt:
    """Ask for nominations, and nominate a chair from Kronoberg and a member from every other region."""
    world.ask_for_nominations(dp)
    nominera(dp, "kronoberg", Roll.ORDFORANDE, **chair)
    for slug in regioner:
        if slug != "kronoberg":
            nominera(dp, slug)
    return dp


def utse_ordforande(dp: Delprojekt) -> Delprojekt:
    """Let ledningsgruppen appoint the chair."""
    gor("sekreterare", Act.UTSE_ORDFORANDE, dp, **lg_mote())
    return dp


def utse_gruppen(dp: Delprojekt) -> Delprojekt:
    """Let ledningsgruppen appoint the group."""
    gor("sekreterare", Act.UTSE_ARBETSGRUPP, dp, **lg_mote(punkt="5"))
    return dp


def fore_gruppen() -> Delprojekt:
    """Return a delprojekt whose uppdrag is fixed and whose chair is appointed, with everybody else nominated."""
    return utse_ordforande(nominera_gruppen(faststall(skriv_uppdrag(delprojekt_in(Steg.UPPDRAG)))))


def med_grupp() -> Delprojekt:
    """Return a delprojekt with an appointed group, not yet handed the uppdrag."""
    return utse_gruppen(fore_gruppen())


def overlamna(dp: Delprojekt) -> Delprojekt:
    """Let kansliet hand the uppdrag over."""
    gor("kansli", Act.OVERLAMNA_UPPDRAG, dp, dag=DAG)
    return dp


def kvittera(dp: Delprojekt) -> Delprojekt:
    """Let the chair acknowledge the uppdrag."""
    gor("ordforande", Act.KVITTERA_UPPDRAG, dp)
    return dp


def startmote(dp: Delprojekt) -> Delprojekt:
    """Note the first meeting and what was said of the follow-up."""
    gor("ordforande", Act.REGISTRERA_STARTMOTE, dp, dag=DAG, text="Antal möten per månad och region.")
    return dp


# the report ----------------------------------------------------------------------------------------------------------


def skriv(dp: Delprojekt, nyckel: str, html: str = "<p>Text om saken.</p>") -> None:
    """Let the chair write a section."""
    row = Avsnitt.objects.filter(omgang__delprojekt=dp, nyckel=nyckel).first()
    save_section(actor("ordforande"), fresh(dp), nyckel, html, row.version if row else 0)


def skrivna(dp: Delprojekt, prefix: str) -> list[str]:
    """Return the keys of the sections with text whose key begins so."""
    rows = Avsnitt.objects.filter(omgang__delprojekt=dp, nyckel__startswith=prefix).exclude(html="")
    return list(rows.values_list("nyckel", flat=True))


def omgang(dp: Delprojekt) -> Uppdragsomgang:
    """Return the latest uppdragsomgång."""
    return Uppdragsomgang.objects.filter(delprojekt=dp).latest("nummer")


def foresla(dp: Delprojekt, rubrik: str = "Fasta tider", **fields: Any) -> Delprojekt:
    """Add a proposal that has been discussed with managers."""
    values = {"rubrik": rubrik, "rimlighet": "God", "genomforbarhet": "God", "undantrangning": "lag", **DISKUTERAT}
    gor("ordforande", Act.SKRIV_ATGARDSFORSLAG, dp, **{**values, **fields})
    return dp


def planera(dp: Delprojekt, **fields: Any) -> Delprojekt:
    """Write how, when and by whom the follow-up is made."""
    gor("ordforande", Act.SKRIV_UPPFOLJNINGSPLAN, dp, **{**PLAN, **fields})
    return dp


def parameter(dp: Delprojekt, namn: str = "Möten per månad", **fields: Any) -> Delprojekt:
    """Add a parameter to follow up."""
    gor("ordforande", Act.LAGG_TILL_PARAMETER, dp, **{"namn": namn, **fields})
    return dp


def delrapport(dp: Delprojekt, part: str, dag: date = DAG) -> Delprojekt:
    """Hand in a delrapport to samarbetsgruppen."""
    if not skrivna(dp, "nulage"):
        skriv(dp, "nulage_kompetens")
    gor("ordforande", Act.LAMNA_DELRAPPORT, dp, part=part, avsnitt=skrivna(dp, "nulage"), dag=dag)
    return dp


def fardig_rapport() -> Delprojekt:
    """Return a delprojekt whose slutrapport can be handed in."""
    dp = parameter(planera(foresla(delprojekt_in(Steg.ATGARDSFORSLAG))))
    skriv(dp, "sammanfattning", "<p>Varför, vad och vad vi föreslår.</p>")
    return dp


def lamna(dp: Delprojekt) -> Delprojekt:
    """Hand the slutrapport in to samarbetsgruppen."""
    gor("ordforande", Act.LAMNA_SLUTRAPPORT, dp)
    return dp


def behandla(dp: Delprojekt) -> Delprojekt:
    """Let samarbetsgruppen deal with the slutrapport."""
    gor("kansli", Act.BEHANDLA_I_SAMARBETSGRUPPEN, dp, **mote("samarbetsgrupp"))
    return dp


# ledningsgrupp and nämnd ---------------------------------------------------------------------------------------------


def presentera(dp: Delprojekt) -> Delprojekt:
    """Let the chair present the slutrapport to ledningsgruppen."""
    gor("sekreterare", Act.PRESENTERA_FOR_LEDNINGSGRUPPEN, dp, **lg_mote(part="Arbetsgruppens ordförande"))
    return dp


def ta_stallning(dp: Delprojekt, regioner: Iterable[str] = REGIONER, val: str = "enig", skal: str = "") -> Delprojekt:
    """Let regions take a stance on the latest version, each through its own member of ledningsgruppen."""
    for slug in regioner:
        stance = {"region": slug, "val": val, "skal": skal, "version": version(dp)}
        gor(f"ledningsgrupp.{slug}", Act.LAMNA_STALLNING, dp, **stance)
    return dp


def med_beslutsforslag() -> Delprojekt:
    """Return a delprojekt with a presented report and a first version of the beslutsförslag."""
    dp = presentera(delprojekt_in(Steg.LEDNINGSGRUPP))
    world.propose(dp)
    return dp


def till_namnden(dp: Delprojekt) -> Delprojekt:
    """Let ledningsgruppen send the beslutsförslag to nämnden."""
    gor("sekreterare", Act.LAMNA_TILL_NAMNDEN, dp, **lg_mote())
    return dp


def beredd() -> Delprojekt:
    """Return a delprojekt that politiska styrgruppen has prepared for nämnden."""
    dp = delprojekt_in(Steg.NAMND)
    gor("namndsekreterare", Act.BERED_POLITISKT, dp, **mote("styrgrupp"))
    return dp


def ej_godkant() -> Delprojekt:
    """Return a delprojekt whose slutrapport nämnden has not approved."""
    dp = beredd()
    gor("namndsekreterare", Act.GODKANN_INTE, dp, **mote("namnd"))
    return dp


def rekommendation(**changes: Any) -> dict[str, Any]:
    """Return what nämndens decision asks for."""
    said = f"Södra regionvårdsnämnden godkänner slutrapporten. {FORMEL} införa fasta tider och använda gemensam mall."
    return {**mote("namnd", punkt="27"), "lydelse": said, "formel": FORMEL, "foredragande": "Karin Lind", **changes}


# the regions and the follow-up ---------------------------------------------------------------------------------------


def hos_huvudmannen() -> Delprojekt:
    """Return a delprojekt about which each region is to decide; the recommendation is sent out."""
    dp = delprojekt_in(Steg.HUVUDMANSBESLUT)
    gor("namndsekreterare", Act.EXPEDIERA, dp, dag=DAG)
    return dp


def svar(dp: Delprojekt, slug: str, utfall: str = "bifall", **changes: Any) -> dict[str, Any]:
    """Return a region's decision as its form gives it."""
    decided = dp.namndbeslut.get(aterkallat_at=None)
    outcome = {f"utfall_{rek.pk}": utfall for rek in decided.rekommendationer.all()}
    said = {"region": slug, "niva": "politisk", "organ_namn": "Regionstyrelsen", "dag": "2026-09-09", **outcome}
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def tackar_ja(dp: Delprojekt, who: str = "ordforande") -> Delprojekt:
    """Ask somebody to make the follow-up, who says yes."""
    uppfoljt.say_yes(dp, who)
    return dp


def klar_uppfoljning() -> Delprojekt:
    """Return a delprojekt whose follow-up report is handed in, with no body told of it yet."""
    dp = delprojekt_in(Steg.UPPFOLJNING)
    sections = omgang(dp).mallversion.avsnitt.filter(i_uppfoljning=True, i_slutrapport=False, innehall="text")
    skriv(dp, sections.latest("ordning").nyckel)
    gor("ordforande", Act.LAMNA_UPPFOLJNINGSRAPPORT, dp, dag=DAG)
    return dp


def redovisa(dp: Delprojekt, *organ: str) -> Delprojekt:
    """Tell bodies of the follow-up."""
    for one in organ:
        gor("kansli", Act.REDOVISA_UPPFOLJNING, dp, **mote(one), val="skriftlig")
    return dp
