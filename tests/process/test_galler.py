"""What a checklist says of a question that there is nothing to ask about: never that it is done."""

from dataclasses import replace

import pytest

from delprojekt.process.act import Act
from delprojekt.process.krav import Krav
from delprojekt.process.lage import Beslutslage, Forslagslage, Lage, Rapportlage, Uppfoljningslage
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.web.vymodell import checklist
from tests.process.snapshots import ALLA, ANMALT, lage, som

UTAN_ATT_NAGOT_AR_GJORT = {
    Krav.EJ_INSKICKAT,
    Krav.UPPDRAG_EJ_FASTSTALLT,
    Krav.UPPDRAG_EJ_OVERLAMNAT,
    Krav.UPPDRAG_EJ_KVITTERAT,
    Krav.SLUTRAPPORT_EJ_INLAMNAD,
    Krav.EJ_EXPEDIERAT,
    Krav.UPPFOLJNINGSRAPPORT_EJ_LAMNAD,
    Krav.FORSTA_FORSOKET,
    Krav.SAMARBETSGRUPPEN_AVSTAMD,
    Krav.ANMALT_TILL_LEDNINGSGRUPPEN,
}
"""What is true before anything is done: "inte redan …"; what rests was heard before it came to rest (T08)."""

TOM = Rapportlage(
    uppdragsdelar_saknas=tuple("123456"), slutrapportdelar_saknas=("Inledning",), standardavsnitt_saknas=("Incidens",)
)


def said(act: Act, of: Lage) -> dict[str, str]:
    """Return what the checklist of an act says of each sentence: klar, saknas, rad, or why it is not asked."""
    rows = checklist(act, of, som(Roll.KANSLI))
    return {row["text"]: row["ord"] if row["lage"] == "ej_aktuell" else row["lage"] for row in rows}


@pytest.mark.parametrize("act", [act for act, rule in POLICY.items() if rule.requires or rule.advises])
def test_nothing_is_klart_where_nothing_is_written_said_or_done(act: Act) -> None:
    for steg in POLICY[act].where:
        empty = lage(steg, kan_angra=False, rapport=TOM)
        done = {krav.mening for krav in UTAN_ATT_NAGOT_AR_GJORT}
        for text, state in said(act, empty).items():
            assert state != "klar" or text[:1].lower() + text[1:] in done, (steg, text)


def test_i_15_barnets_basta_is_asked_only_of_a_forslag_that_concerns_children() -> None:
    text = "Det är beskrivet hur barnets bästa beaktas, eftersom förslaget berör barn"
    children = lage(Steg.BEREDNING, barnets_basta_kravs=True, forslag=Forslagslage(beror_barn=True))
    written = replace(children, forslag=Forslagslage(frozenset({"barnets_basta"}), beror_barn=True))

    assert said(Act.ANMAL_TILL_LEDNINGSGRUPPEN, lage(Steg.BEREDNING, barnets_basta_kravs=True))[text] == "Gäller inte"
    assert said(Act.ANMAL_TILL_LEDNINGSGRUPPEN, children)[text] in {"saknas", "rad"}
    assert said(Act.ANMAL_TILL_LEDNINGSGRUPPEN, written)[text] == "klar"


def test_what_does_not_apply_stops_nobody() -> None:
    """As before: the answer of decide is the same, only the words are others."""
    calm = ANMALT
    moving = replace(calm, forslag=replace(calm.forslag, omfordelning=True))

    assert Krav.PATIENTFLODE_BESKRIVET.ar_uppfyllt(calm, {})
    assert not Krav.PATIENTFLODE_BESKRIVET.ar_uppfyllt(moving, {})
    assert decide(som(Roll.SEKRETERARE), Act.BESLUTA_START, calm).allowed


DECIDED = "Alla regioner har beslutat"
PAPERS = "Regionerna har skickat handlingen till sitt beslut"
READ = "De beslut som kommit in är granskade mot handlingen"
REPORTED = "Regionerna som bifallit har rapporterat hur införandet går"


def test_m5_6_2_papers_are_not_all_sent_while_a_region_has_not_decided() -> None:
    """As number 40 stands: three have decided and sent their papers, Skåne has not decided."""
    three = ALLA - {"skane"}
    some = Beslutslage(mottagare=ALLA, har_beslutat=three, har_svarat=three, har_handling=three, verifierade=three)
    all_ = replace(some, har_beslutat=ALLA, har_svarat=ALLA)

    found = said(Act.BORJA_UPPFOLJNING, lage(Steg.INFORANDE, beslut=some))
    assert found[PAPERS] == "Alla har inte beslutat än"
    assert found[READ] == "klar"
    assert found[f"{DECIDED} (Region Skåne)"] == "rad"
    assert said(Act.BORJA_UPPFOLJNING, lage(Steg.INFORANDE, beslut=all_))[PAPERS] == "klar"


def test_m5_6_2_there_is_nothing_to_review_before_a_paper_has_come() -> None:
    asked = lage(Steg.HUVUDMANSBESLUT, beslut=Beslutslage(mottagare=ALLA))
    found = said(Act.BORJA_UPPFOLJNING, asked)
    assert (found[READ], found[REPORTED]) == ("Inget att granska än", "Ingen har bifallit än")


def test_v_22_what_was_decided_before_the_portal_and_nobody_has_told_is_not_klart() -> None:
    found = said(Act.BORJA_UPPFOLJNING, lage(Steg.INFORANDE, inlagt=True))
    assert {found[text] for text in (DECIDED, PAPERS, READ, REPORTED)} == {"Uppgift saknas"}

    rows = checklist(Act.BORJA_UPPFOLJNING, lage(Steg.INFORANDE, inlagt=True), som(Roll.KANSLI))
    assert {row["lanktext"] for row in rows if row["text"] == DECIDED} == {str(Act.KOMPLETTERA_I_EFTERHAND.label)}


def test_i_10_parameters_are_full_only_when_there_are_any() -> None:
    text = "Varje uppföljningsparameter har definition, källa, utgångsvärde och mål"
    none = lage(Steg.ATGARDSFORSLAG, rapport=TOM)
    one = replace(none, rapport=replace(TOM, parametrar=1))
    assert said(Act.LAMNA_SLUTRAPPORT, none)[text] == "Inga parametrar än"
    assert said(Act.LAMNA_SLUTRAPPORT, one)[text] == "klar"


def test_m5_8_4_nobody_has_answered_who_was_not_asked() -> None:
    text = "De som tillfrågats om uppföljningen har svarat"
    asked = lage(Steg.INFORANDE, uppfoljning=Uppfoljningslage(fragade=1))
    assert said(Act.BORJA_UPPFOLJNING, lage(Steg.INFORANDE))[text] == "Ingen är tillfrågad än"
    assert said(Act.BORJA_UPPFOLJNING, asked)[text] == "klar"
