"""Whose turn it is, derived from the main act and what it still lacks."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktum, Faktumslag, Linjeniva, Organslag
from delprojekt.process.grupp import Kandidat, Kompetens, Nomineringsstatus
from delprojekt.process.lage import Beslutslage, Forslagslage, Grupplage, Lage, Rapportlage, Uppfoljningslage
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import Awaited, awaited, due, main_act
from delprojekt.process.roller import Roll
from delprojekt.process.steg import HUVUDLINJE, SLUT, Steg
from tests.process.snapshots import ALLA, DAG, lage, pausad


def acts(situation: Lage) -> set[Act]:
    return {one.act for one in awaited(situation)}


def regions(situation: Lage, act: Act) -> set[str | None]:
    return {one.region for one in awaited(situation) if one.act is act}


def test_a_draft_waits_for_the_one_who_wrote_it_and_for_nobody_else() -> None:
    filled = Forslagslage(ifyllt=frozenset({"titel", "ursprung", "problem"}))
    draft = lage(Steg.PROJEKTFORSLAG, forslag=filled)
    assert Awaited(Act.SKICKA_IN_FORSLAG, Roll.FORSLAGSSTALLARE) in awaited(draft)
    assert {one.roll for one in awaited(draft)} == {Roll.FORSLAGSSTALLARE}, "T01: a draft is its author's"
    sent = lage(Steg.PROJEKTFORSLAG, Faktumslag.FORSLAG_INSKICKAT, forslag=filled)
    assert awaited(sent) == (Awaited(Act.UTSE_KONTAKTPERSON, Roll.DIREKTOR),)


def test_what_stops_the_next_thing_is_waited_for_first() -> None:
    """An empty draft cannot be sent in, so what waits is the writing, not the sending."""
    assert acts(lage(Steg.PROJEKTFORSLAG)) == {Act.REDIGERA_FORSLAG}


def test_beredning_waits_for_each_region_that_has_not_said_what_it_needs() -> None:
    said = Forslagslage(frozenset({"effekter"}), frozenset({"skane"}), frozenset({"skane", "halland"}))
    waiting = lage(Steg.BEREDNING, forslag=said, grupp=Grupplage(kontaktperson=True))
    assert regions(waiting, Act.REGISTRERA_BEHOV) == {"blekinge", "kronoberg"}


def test_a_beslutsforslag_waits_for_each_region_without_a_stance() -> None:
    decided = Beslutslage(version=2, attsatser=1, mottagare=ALLA, stallningar={"skane": "enig"})
    waiting = lage(Steg.LEDNINGSGRUPP, Faktumslag.PRESENTERAD, beslut=decided)
    assert regions(waiting, Act.LAMNA_STALLNING) == ALLA - {"skane"}
    assert {one.roll for one in awaited(waiting)} == {Roll.LEDNINGSGRUPP}


def test_when_all_agree_it_lies_with_the_one_who_sends_it_on() -> None:
    agreed = Beslutslage(version=2, attsatser=1, mottagare=ALLA, stallningar=dict.fromkeys(ALLA, "enig"))
    assert awaited(lage(Steg.LEDNINGSGRUPP, Faktumslag.PRESENTERAD, beslut=agreed)) == (
        Awaited(Act.LAMNA_TILL_NAMNDEN, Roll.SEKRETERARE),
    )


def test_a_region_that_does_not_agree_sends_it_back_to_the_writer_of_the_beslutsforslag() -> None:
    stances = {**dict.fromkeys(ALLA, "enig"), "skane": "ej_enig"}
    split = Beslutslage(version=2, attsatser=1, mottagare=ALLA, stallningar=stances)
    assert Act.SKRIV_BESLUTSFORSLAG in acts(lage(Steg.LEDNINGSGRUPP, Faktumslag.PRESENTERAD, beslut=split))


def test_the_regions_that_have_not_decided_are_waited_for_also_when_introduction_could_begin() -> None:
    some = Beslutslage(mottagare=ALLA, har_svarat=frozenset({"skane"}), verifierade=frozenset({"skane"}))
    waiting = lage(Steg.HUVUDMANSBESLUT, Faktumslag.EXPEDIERAT, beslut=some)
    assert regions(waiting, Act.REGISTRERA_HUVUDMANSBESLUT) == ALLA - {"skane"}


def test_when_every_region_has_said_no_ledningsgruppen_is_to_be_told_and_then_it_ends() -> None:
    no = Beslutslage(mottagare=ALLA, har_svarat=ALLA, verifierade=ALLA)
    untold = lage(Steg.HUVUDMANSBESLUT, Faktumslag.EXPEDIERAT, beslut=no)
    told = lage(Steg.HUVUDMANSBESLUT, Faktumslag.EXPEDIERAT, Faktumslag.LEDNINGSGRUPPEN_INFORMERAD, beslut=no)
    assert acts(untold) == {Act.INFORMERA_LEDNINGSGRUPPEN}
    assert acts(told) == {Act.AVSLUTA_UTAN_INFORANDE}
    assert main_act(told) is Act.AVSLUTA_UTAN_INFORANDE


def test_what_is_paused_waits_only_to_be_resumed() -> None:
    for steg in HUVUDLINJE[2:]:
        assert awaited(pausad(lage(steg))) == (Awaited(Act.ATERUPPTA, Roll.KONTAKTPERSON),)


def test_an_ending_waits_for_nobody() -> None:
    assert not [steg for steg in SLUT if awaited(lage(steg))]


def test_what_rests_waits_for_the_contact_person_to_take_it_up() -> None:
    assert awaited(lage(Steg.AVVAKTAR)) == (Awaited(Act.TA_UPP_IGEN, Roll.KONTAKTPERSON),)


@pytest.mark.parametrize("steg", HUVUDLINJE)
def test_an_empty_step_already_lies_with_somebody(steg: Steg) -> None:
    assert awaited(lage(steg))


names = st.frozensets(st.sampled_from(sorted(ALLA)))
facts = st.builds(
    Faktum,
    st.sampled_from(Faktumslag),
    st.just(DAG),
    st.none() | st.sampled_from(Organslag),
    st.none() | st.sampled_from(sorted(ALLA)),
    st.sampled_from(["", *Linjeniva.values]),
)
decisions = st.builds(
    Beslutslage,
    version=st.integers(1, 3),
    attsatser=st.integers(0, 2),
    stallningar=st.dictionaries(st.sampled_from(sorted(ALLA)), st.sampled_from(["enig", "ej_enig", "avstar"])),
    mottagare=names,
    har_beslutat=names,
    har_svarat=names,
    handling_saknas=st.dictionaries(st.sampled_from(sorted(ALLA)), st.just(DAG)),
    oppna_hinder=st.sampled_from([(), ("Journalmallen",)]),
    verifierade=names,
    bifall=names,
    rapporterat_inforande=names,
)
reports = st.builds(
    Rapportlage,
    skrivna=st.frozensets(st.sampled_from(["nulage_kompetens", "analys_kompetens", "uppfoljningsrapport_slutsats"])),
    uppdragsdelar_saknas=st.sampled_from([(), ("Tidplan",), ("a", "b", "c", "d", "e", "f")]),
    slutrapportdelar_saknas=st.sampled_from([(), ("Sammanfattning",)]),
    atgardsforslag=st.integers(0, 6),
    ej_diskuterade=st.sampled_from([(), ("Förslag 1",)]),
    plan=st.frozensets(st.sampled_from(["hur", "nar", "vem"])),
    parametrar=st.integers(0, 2),
)
candidates = st.builds(
    Kandidat,
    nyckel=st.integers(1, 5),
    namn=st.just("Åsa Äng"),
    roll=st.sampled_from([Roll.ORDFORANDE, Roll.LEDAMOT, Roll.PATIENTFORETRADARE, Roll.PROCESSLEDARE]),
    status=st.sampled_from(Nomineringsstatus),
    region=st.none() | st.sampled_from(sorted(ALLA)),
    kompetenser=st.sampled_from([frozenset(), frozenset({1})]),
)
groups = st.builds(
    Grupplage,
    kontaktperson=st.booleans(),
    ordforande=st.booleans(),
    kandidater=st.lists(candidates, max_size=5).map(tuple),
    kompetenser=st.sampled_from([(), (Kompetens(1, "Internmedicin", ska=True),)]),
    har_inte_svarat=names,
    uppfoljningsansvariga=st.integers(0, 1),
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
situations = st.builds(
    lambda steg, rows, **parts: lage(steg, *rows, **parts),
    st.sampled_from(sorted(HUVUDLINJE)),
    st.lists(facts, max_size=12),
    beslut=decisions.filter(lambda b: b.har_svarat <= b.mottagare and b.verifierade | b.bifall <= b.har_svarat),
    rapport=reports,
    grupp=groups,
    forslag=st.builds(Forslagslage, ifyllt=st.just(frozenset({"titel"})), behov_ja=names, behov_svar=names),
    deltar=st.frozensets(st.sampled_from(sorted(ALLA)), min_size=1),
    har_styrgrupp=st.booleans(),
    avstar_blockerar=st.booleans(),
).filter(lambda s: s.steg is Steg.LEDNINGSGRUPP or s.beslut.attsatser > 0)


@quick
@given(situations)
def test_there_is_always_somebody_whose_turn_it_is(situation: Lage) -> None:
    assert awaited(situation)


@quick
@given(situations)
def test_what_is_awaited_can_be_done_in_the_step_by_the_one_it_lies_with(situation: Lage) -> None:
    for one in awaited(situation):
        rule = POLICY[one.act]
        assert situation.steg in rule.where
        assert one.roll in rule.who
        assert one.region is None or one.region in situation.regionnamn


@quick
@given(situations)
def test_nothing_is_awaited_twice(situation: Lage) -> None:
    found = awaited(situation)
    assert len(found) == len(set(found))


def test_m4_5_1_what_was_moved_in_without_a_kontaktperson_lies_with_kansliet_and_the_direktor() -> None:
    """M4.5-1: each delprojekt has a kontaktperson; until then it stands in the list of somebody that there is."""

    asked, opened = Beslutslage(mottagare=ALLA, sjukvardsregional=True), Uppfoljningslage(nummer=1)

    def roles(**more: object) -> set[Roll]:
        return {one.roll for one in awaited(lage(Steg.INFORANDE, beslut=asked, uppfoljning=opened, **more))}

    assert Roll.KONTAKTPERSON in roles(inlagt=True, grupp=Grupplage(kontaktperson=True))
    alone = roles(inlagt=True)
    assert Roll.KONTAKTPERSON not in alone
    assert alone & {Roll.KANSLI, Roll.DIREKTOR}


def test_what_has_no_day_of_its_own_is_due_when_the_step_it_holds_up_is() -> None:
    """M5.8-3: 12 months after nämnden, said in the same way on every page."""
    decided = Beslutslage(mottagare=ALLA, namndbeslut_date=date(2020, 2, 3))
    late = lage(Steg.INFORANDE, beslut=decided, grupp=Grupplage(kontaktperson=True))
    own = {Act.REGISTRERA_HUVUDMANSBESLUT, Act.SKICKA_HANDLING}
    rest = [one for one in awaited(late) if one.act not in own]
    assert rest
    assert {due(one, late, date(2026, 11, 22))[0] for one in rest} == {date(2021, 2, 3)}
    still = pausad(late)
    assert [due(one, still, date(2026, 11, 22)) for one in awaited(still)] == [(None, None)], "time stands still"
