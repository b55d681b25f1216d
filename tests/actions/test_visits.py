"""Facts belong to a visit: a return starts over, ångra opens the earlier visit again with what it held."""

import pytest

from delprojekt.models import (
    Avsnitt,
    Beslutshandling,
    Delprojekt,
    Dokumentversion,
    Faktumrad,
    Handelse,
    Innehav,
    Namndbeslut,
    Stegbesok,
)
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.krav import Krav
from delprojekt.process.policy.avgor import Refused, Why
from delprojekt.process.roller import Roll
from delprojekt.process.steg import SLUT, Steg
from delprojekt.queries.besok import levande_for
from delprojekt.queries.lage import build_lage
from tests import world
from tests.walked import EVERY_STEP, Walked
from tests.world import DAG, do, fresh

pytestmark = pytest.mark.django_db
LG = {"organ": "ledningsgrupp", "dag": DAG, "text": "Komplettera kalkylen."}


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[steg])


def undo(d: Delprojekt, text: str = "Fel delprojekt.") -> Delprojekt:
    do("kansli", Act.ANGRA, d, text=text)
    return fresh(d)


def missing(who: str, act: Act, d: Delprojekt, **underlag: object) -> set[Krav]:
    with pytest.raises(Refused) as caught:
        do(who, act, d, **underlag)
    assert caught.value.decision.why is Why.MISSING, str(caught.value)
    return set(caught.value.decision.missing)


def test_after_a_return_to_beredning_the_old_hearing_no_longer_counts(walked: Walked) -> None:
    d = at(walked, Steg.BEREDNING)
    assert build_lage(d).har(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)
    do("sekreterare", Act.ATERREMITTERA_FORSLAG, d, dag=DAG, text="Avgränsa.")
    assert Krav.ANMALT_TILL_LEDNINGSGRUPPEN in missing("sekreterare", Act.BESLUTA_START, d, **LG)
    assert not build_lage(fresh(d)).har(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)
    assert Faktumrad.objects.filter(delprojekt=d, slag=Faktumslag.SAMARBETSGRUPPEN_AVSTAMD).exists()


def test_after_a_return_to_the_group_the_report_is_handed_in_and_treated_anew(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    do("sekreterare", Act.ATERREMITTERA_TILL_ARBETSGRUPPEN, d, dag=DAG, text="Kalkyl saknas.")
    assert missing("kansli", Act.LAMNA_TILL_LEDNINGSGRUPPEN, d) == {
        Krav.SLUTRAPPORT_INLAMNAD,
        Krav.SAMARBETSGRUPPEN_HAR_BEHANDLAT,
    }
    do("ordforande", Act.LAMNA_SLUTRAPPORT, d)
    world.treat_in_samarbetsgrupp(d)
    assert Krav.PRESENTERAD in missing("sekreterare", Act.LAMNA_TILL_NAMNDEN, d, **LG)
    versions = Dokumentversion.objects.filter(omgang__delprojekt=d, slag="slutrapport").order_by("pk")
    assert list(versions.values_list("version", flat=True)) == ["0.1", "0.2"]


def test_samarbetsgruppens_return_starts_the_step_over(walked: Walked) -> None:
    d = at(walked, Steg.ATGARDSFORSLAG)
    do("samarbetsgrupp.skane", Act.RETURNERA_SLUTRAPPORT, d, dag=DAG, text="Otydlig punkt 3.")
    assert fresh(d).steg == Steg.ATGARDSFORSLAG
    assert not build_lage(fresh(d)).har(Faktumslag.SLUTRAPPORT_INLAMNAD)
    do("ordforande", Act.SKRIV_ATGARDSFORSLAG, d, rubrik="Ett till")


def test_stances_of_an_earlier_visit_do_not_count_when_namnden_sends_it_back(walked: Walked) -> None:
    d = at(walked, Steg.NAMND)
    do("namndsekreterare", Act.ATERREMITTERA_FRAN_NAMNDEN, d, dag=DAG, text="Räkna igen.")
    lage = build_lage(fresh(d))
    assert lage.steg is Steg.LEDNINGSGRUPP
    assert not lage.beslut.stallningar
    assert not lage.har(Faktumslag.PRESENTERAD)
    assert lage.beslut.version == 1, "what nämnden sends back is the same text; the group has not had it"
    world.agree(d)
    assert missing("sekreterare", Act.LAMNA_TILL_NAMNDEN, d, **LG) == {Krav.PRESENTERAD}


@pytest.mark.parametrize("steg", [s for s in EVERY_STEP if s is not Steg.PROJEKTFORSLAG], ids=str)
def test_undo_opens_the_earlier_visit_with_its_facts(walked: Walked, steg: Steg) -> None:
    d = at(walked, steg)
    path = levande_for(d)
    earlier, rows = path[-2], Stegbesok.objects.filter(delprojekt=d).count()
    held = set(Faktumrad.objects.filter(delprojekt=d, besok=earlier).values_list("pk", flat=True))
    undo(d)
    assert fresh(d).steg == earlier.steg
    assert levande_for(fresh(d))[-1].pk == earlier.pk
    assert Stegbesok.objects.filter(delprojekt=d).count() == rows + 1, "the undoing is a visit of its own, nothing goes"
    assert set(Faktumrad.objects.filter(delprojekt=d, besok=earlier).values_list("pk", flat=True)) == held


def test_the_step_that_was_undone_can_be_taken_again_with_what_was_in_place(walked: Walked) -> None:
    d = undo(at(walked, Steg.UPPDRAG))
    do("sekreterare", Act.BESLUTA_START, d, **LG)
    assert fresh(d).steg == Steg.UPPDRAG


def test_a_start_that_is_undone_and_taken_again_keeps_its_number_and_its_text(walked: Walked) -> None:
    d = at(walked, Steg.UPPDRAG)
    number, texts = d.nummer, Avsnitt.objects.filter(omgang__delprojekt=d).count()
    undo(d)
    do("sekreterare", Act.BESLUTA_START, d, **LG)
    assert fresh(d).nummer == number
    assert d.omgangar.count() == 1
    assert build_lage(fresh(d)).rapport.skrivna
    assert Avsnitt.objects.filter(omgang__delprojekt=d).count() == texts > 0


def test_undoing_the_recommendation_recalls_it_and_keeps_what_came_in(walked: Walked) -> None:
    d = at(walked, Steg.HUVUDMANSBESLUT)
    papers = Beslutshandling.objects.filter(namndbeslut__delprojekt=d).count()
    assert papers
    undo(d, "Fel protokoll.")
    assert fresh(d).steg == Steg.NAMND
    assert Namndbeslut.objects.get(delprojekt=d).aterkallat_at is not None
    assert Beslutshandling.objects.filter(namndbeslut__delprojekt=d).count() == papers
    recalled = Dokumentversion.objects.get(omgang__delprojekt=d, slag="slutrapport", faststalld=True)
    assert recalled.aterkallad_at is not None


def test_after_a_recalled_recommendation_a_new_one_counts_and_makes_version_2(walked: Walked) -> None:
    d = undo(at(walked, Steg.HUVUDMANSBESLUT))
    world.recommend(d)
    assert Namndbeslut.objects.filter(delprojekt=d, aterkallat_at=None).count() == 1
    assert not build_lage(fresh(d)).beslut.har_svarat, "answers to the recalled one are no answers to the new one"
    decided = Dokumentversion.objects.filter(omgang__delprojekt=d, slag="slutrapport", faststalld=True)
    assert {row.version: row.aterkallad_at is None for row in decided} == {"1.0": False, "2.0": True}


def test_undoing_what_decided_nothing_recalls_no_document(walked: Walked) -> None:
    d = undo(at(walked, Steg.LEDNINGSGRUPP))
    assert not Dokumentversion.objects.filter(omgang__delprojekt=d, slag="uppdrag", aterkallad_at__isnull=False)


def test_what_was_fixed_in_an_undone_visit_is_recalled_with_it(walked: Walked) -> None:
    """An uppdrag fastställt in the visit that is undone is no longer fastställt, so its document must not say so."""
    d = undo(at(walked, Steg.UPPDRAG))
    assert Dokumentversion.objects.get(omgang__delprojekt=d, slag="uppdrag").aterkallad_at is not None
    do("sekreterare", Act.BESLUTA_START, d, **LG)
    assert not build_lage(fresh(d)).har(Faktumslag.UPPDRAG_FASTSTALLT)
    do("sekreterare", Act.FASTSTALL_UPPDRAG, d, **LG)
    counting = Dokumentversion.objects.filter(omgang__delprojekt=d, slag="uppdrag", aterkallad_at=None)
    assert [row.version for row in counting] == ["2.0"]


def test_undo_says_what_was_undone_why_and_by_whom(walked: Walked) -> None:
    d = undo(at(walked, Steg.ANALYS), "Nuläget var inte klart.")
    event = Handelse.objects.filter(delprojekt=d).latest("pk")
    said = "Kansliet ångrade steget Analys och gick tillbaka till Nuläge. Varför: Nuläget var inte klart."
    assert event.mening == said
    assert (event.fran_steg, event.till_steg) == (Steg.ANALYS, Steg.NULAGE)
    assert Stegbesok.objects.filter(delprojekt=d).latest("nummer").skal == "Nuläget var inte klart."


def test_those_who_were_told_of_a_step_are_told_that_it_is_undone(walked: Walked) -> None:
    d = at(walked, Steg.UPPDRAG)
    told = (
        Handelse.objects.filter(delprojekt=d, act=Act.BESLUTA_START)
        .latest("pk")
        .utskick.values_list("person", flat=True)
    )
    assert told
    undo(d)
    again = Handelse.objects.filter(delprojekt=d, act=Act.ANGRA).latest("pk").utskick.values_list("person", flat=True)
    assert set(told) - {world.person("kansli").pk} <= set(again)


def test_only_kansliet_undoes(walked: Walked) -> None:
    d = at(walked, Steg.ANALYS)
    for who in ("ordforande", "sekreterare", "direktor", "namndsekreterare"):
        with pytest.raises(Refused):
            do(who, Act.ANGRA, d, text="x")


def test_there_is_nothing_to_undo_in_a_first_visit(walked: Walked) -> None:
    d = undo(at(walked, Steg.BEREDNING))
    with pytest.raises(Refused):
        undo(d)


@pytest.mark.parametrize("steg", sorted(SLUT - {Steg.HISTORISKT}))
def test_every_ending_has_a_way_back(walked: Walked, steg: Steg) -> None:
    assert Steg(undo(at(walked, steg)).steg) not in SLUT


def test_a_return_and_an_undo_of_the_return_give_back_what_counted(walked: Walked) -> None:
    d = at(walked, Steg.BEREDNING)
    before = build_lage(d).fakta
    do("sekreterare", Act.ATERREMITTERA_FORSLAG, d, dag=DAG, text="Avgränsa.")
    undo(d)
    counts = {f for f in build_lage(fresh(d)).fakta if f.slag is not Faktumslag.RETUR}
    assert counts == set(before)


def test_back_to_nulage_and_forward_again_is_a_new_visit_to_analys(walked: Walked) -> None:
    d = at(walked, Steg.ANALYS)
    do("ordforande", Act.TILLBAKA_TILL_NULAGE, d)
    do("ordforande", Act.BORJA_ANALYS, d)
    steps = [visit.steg for visit in levande_for(fresh(d))][-3:]
    assert steps == [Steg.ANALYS, Steg.NULAGE, Steg.ANALYS]
    assert build_lage(fresh(d)).har(Faktumslag.LINJEKONTAKT), (
        "contacts with the line live as long as the uppdragsomgång"
    )


def test_a_renewed_mandate_is_a_new_round_and_the_old_text_stays_as_it_was(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    old = d.omgangar.get()
    texts = dict(old.avsnitt.values_list("nyckel", "html"))
    do("sekreterare", Act.FORNYA_UPPDRAG, d, dag=DAG, text="Utred också primärvården.")
    d = fresh(d)
    new = levande_for(d)[-1].omgang
    assert new is not None
    assert (d.steg, new.nummer, new.skal) == (Steg.UPPDRAG, 2, "Utred också primärvården.")
    assert not build_lage(d).har(Faktumslag.UPPDRAG_FASTSTALLT)
    assert not build_lage(d).grupp.ordforande
    world.write("kansli", d, "bakgrund")
    assert dict(old.avsnitt.values_list("nyckel", "html")) == texts
    assert old.dokument.filter(aterkallad_at=None).exists()


def test_a_renewed_mandate_walks_all_the_way_again(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    do("sekreterare", Act.FORNYA_UPPDRAG, d, dag=DAG, text="Utred också primärvården.")
    for stage in (world.begin_nulage, world.begin_analys, world.begin_forslag, world.to_ledningsgrupp, world.to_namnd):
        stage(d)
    assert fresh(d).steg == Steg.NAMND
    assert Innehav.objects.filter(delprojekt=d, roll=Roll.ORDFORANDE, till_date=None).count() == 1


def test_undoing_a_renewed_mandate_gives_back_the_old_round(walked: Walked) -> None:
    d = at(walked, Steg.LEDNINGSGRUPP)
    do("sekreterare", Act.FORNYA_UPPDRAG, d, dag=DAG, text="Utred mer.")
    d = undo(d)
    current = levande_for(d)[-1].omgang
    assert (d.steg, current and current.nummer) == (Steg.LEDNINGSGRUPP, 1)
    assert build_lage(d).beslut.stallningar


def test_another_round_of_follow_up_needs_its_own_report(walked: Walked) -> None:
    d = at(walked, Steg.UPPFOLJNING)
    do("namndsekreterare", Act.BESLUTA_YTTERLIGARE_UPPFOLJNING, d, organ="namnd", dag=DAG, text="Målet är inte nått.")
    assert fresh(d).steg == Steg.UPPFOLJNING
    assert Krav.UPPFOLJNINGSRAPPORT_KLAR in missing("kansli", Act.AVSLUTA, d, organ="namnd", dag=DAG, text="x")
