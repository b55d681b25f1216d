"""A correction is a new row or a change with its reason; the rules weigh the new value (V-22; architecture.md §3)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from delprojekt.actions.steg import perform
from delprojekt.actions.takt import MotiveringSaknas, Ogiltigt
from delprojekt.models import Delprojekt, Deltagande, Faktumrad, Handelse
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag
from delprojekt.process.policy.avgor import Refused
from delprojekt.process.steg import Steg
from delprojekt.process.uppgift import Uppgiftslag, number_of, row_of
from delprojekt.queries.lage import build_lage
from tests import world
from tests.world import DAG, decide_in, delprojekt_in, do, fresh

pytestmark = pytest.mark.django_db
FORE, EFTER = date(2026, 2, 20), date(2026, 3, 5)


def fact(d: Delprojekt, slag: Faktumslag) -> Faktumrad:
    return Faktumrad.objects.get(delprojekt=d, slag=slag, ersatt_av=None)


def ratta(d: Delprojekt, slag: Uppgiftslag, pk: int, who: str = "kansli", **said: Any) -> Handelse:
    return do(who, Act.RATTA_UPPGIFT, d, objekt=number_of(slag, pk), **{"skal": "Fel datum i protokollet.", **said})


def tab(d: Delprojekt, name: str, page: str = "visa") -> str:
    client = Client()
    client.force_login(world.person("kansli").konto)
    return client.get(f"/delprojekt/{d.pk}/{page}/{f'{name}/' if name else ''}").content.decode()


def test_a_fact_is_replaced_and_the_old_one_stays_with_the_reason_and_the_rules_weigh_the_new() -> None:
    d = delprojekt_in(Steg.BEREDNING)
    do("kansli", Act.STAM_AV_MED_SAMARBETSGRUPPEN, d, organ="samarbetsgrupp", dag=DAG, text="Tillstyrker.")
    old = fact(d, Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)
    event = ratta(d, Uppgiftslag.FAKTUM, old.pk, nar=(FORE, ""), punkt="", text="Tillstyrker.")
    new = fact(d, Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)
    assert (new.date, new.ersatter, new.skal) == (FORE, old, "Fel datum i protokollet.")
    assert build_lage(fresh(d)).dag(Faktumslag.SAMARBETSGRUPPEN_AVSTAMD) == FORE
    assert event.mening.endswith("Skäl: Fel datum i protokollet.")
    assert Faktumrad.objects.get(pk=old.pk).date == DAG
    client = Client()
    client.force_login(world.person("kansli").konto)
    page = client.get(f"/delprojekt/{d.pk}/visa/forslag/").content.decode()
    assert "<s>2 mars 2026</s>" in page
    assert "Fel datum i protokollet." in page


def test_5_1_2_a_correction_that_would_break_a_rule_of_a_step_already_taken_is_refused_with_the_sentence() -> None:
    """M5.1.2-3: samarbetsgruppen is heard before ledningsgruppen decides, and a correction cannot turn that around."""
    d = delprojekt_in(Steg.NULAGE)
    row = fact(d, Faktumslag.SAMARBETSGRUPPEN_AVSTAMD)
    with pytest.raises(Ogiltigt, match="samarbetsgruppen har hörts före ledningsgruppens möte"):
        ratta(d, Uppgiftslag.FAKTUM, row.pk, nar=(date(2026, 5, 5), ""), text="Tillstyrker.")
    assert fact(d, Faktumslag.SAMARBETSGRUPPEN_AVSTAMD) == row


def test_5_5_no_correction_goes_past_the_rules_that_namndens_decision_was_weighed_by() -> None:
    """M5.5-4, M5.5-1 (T28, T31): the formula and politiska styrgruppen first hold for what is corrected too (V-22)."""
    d = delprojekt_in(Steg.INFORANDE)
    decision = d.namndbeslut.get()
    said = {"dag": DAG, "punkt": "27", "dnr": decision.dnr, "lydelse": decision.lydelse}
    for change, why in (
        ({"lydelse": "Vi gillar det."}, "formulerat som en rekommendation"),
        ({"lydelse": ""}, "kan rättas men inte tömmas"),
        ({"punkt": ""}, "kan rättas men inte tömmas"),
        ({"dag": FORE}, "politiska styrgruppen beredde ärendet före"),
    ):
        with pytest.raises(Ogiltigt, match=why):
            ratta(d, Uppgiftslag.NAMNDBESLUT, decision.pk, **said | change)
    prepared = fact(d, Faktumslag.POLITISK_BEREDNING)
    with pytest.raises(Ogiltigt, match="politiska styrgruppen beredde ärendet före"):
        ratta(d, Uppgiftslag.FAKTUM, prepared.pk, nar=(EFTER, ""), text=prepared.text)
    ratta(d, Uppgiftslag.NAMNDBESLUT, decision.pk, **said | {"dnr": "2026-9"})
    assert d.namndbeslut.get().dnr == "2026-9"


def test_5_4_2_the_order_of_the_instances_holds_for_what_is_corrected() -> None:
    """M1-3, M5.4.2-1: samarbetsgruppen first, ledningsgruppen then; and no day before what it came after."""
    d = delprojekt_in(Steg.INFORANDE)
    wrong = {
        Faktumslag.SAMARBETSGRUPPEN_BEHANDLAT: EFTER,
        Faktumslag.PRESENTERAD: FORE,
        Faktumslag.ENIGA: FORE,
        Faktumslag.UPPDRAG_FASTSTALLT: FORE,
        Faktumslag.UPPDRAG_OVERLAMNAT: FORE,
        Faktumslag.STARTMOTE: FORE,
        Faktumslag.KORREKTURLAST: FORE,
        Faktumslag.EXPEDIERAT: FORE,
    }
    for slag, day in wrong.items():
        row = fact(d, slag)
        with pytest.raises(Ogiltigt, match="skulle komma före"):
            ratta(d, Uppgiftslag.FAKTUM, row.pk, nar=(day, ""), text=row.text, part=row.part, val=row.val)
        assert fact(d, slag) == row
    row = fact(d, Faktumslag.PRESENTERAD)
    with pytest.raises(Ogiltigt, match="vilken dag"):  # a known day cannot be made vague, past the order
        ratta(d, Uppgiftslag.FAKTUM, row.pk, nar=(date(2026, 12, 31), "2026"), text=row.text, part=row.part)
    with pytest.raises(Ogiltigt, match="Föredragande"):
        ratta(d, Uppgiftslag.FAKTUM, row.pk, nar=(row.date, ""), text=row.text, part="")
    named = {"nar": (row.date, ""), "text": row.text, "part": "Någon annan"}
    about = {"objekt": number_of(Uppgiftslag.FAKTUM, row.pk), "skal": "Fel namn."}
    with pytest.raises(MotiveringSaknas):
        perform(world.actor("kansli"), Act.RATTA_UPPGIFT, d.pk, {**named, **about})
    event = ratta(d, Uppgiftslag.FAKTUM, row.pk, **named)
    assert event.rad == ["ORDFORANDE_PRESENTERAR"]


def test_5_an_act_is_not_told_with_a_day_before_what_it_came_after() -> None:
    """M1-3: the order is the same when it is told as when it is corrected, also where no body meets."""
    d = delprojekt_in(Steg.HUVUDMANSBESLUT)
    with pytest.raises(Ogiltigt, match="kan inte vara före 2 mars 2026"):
        do("namndsekreterare", Act.EXPEDIERA, d, dag=FORE)


def test_5_6_a_regions_decision_is_corrected_only_to_what_could_have_been_told() -> None:
    """M5.6-1: organ or befattning, by what right an official decided, and the reason of a no."""
    d = delprojekt_in(Steg.HUVUDMANSBESLUT)
    paper = decide_in(d, "skane")
    cell = paper.beslut.earliest("pk")
    said = {"date": DAG, "niva": "politisk", "organ": paper.organ}
    for change, falt in (
        ({"organ": ""}, "organ"),
        ({"niva": "tjansteperson"}, "grund"),
        ({f"utfall_{cell.pk}": "avslag"}, f"villkor_{cell.pk}"),
    ):
        with pytest.raises(Ogiltigt) as refused:
            ratta(d, Uppgiftslag.REGIONBESLUT, paper.pk, **said | change)
        assert refused.value.falt == falt
    whole = {f"utfall_{cell.pk}": "avslag", f"villkor_{cell.pk}": "Pengar saknas."}
    event = ratta(d, Uppgiftslag.REGIONBESLUT, paper.pk, **said | whole)
    assert "(Bifall → Avslag)" in event.mening
    page = tab(d, "regioner")
    assert "Utfall: Bifall</s>" in page
    assert "av Maja Ek: Fel datum i protokollet." in page
    part = d.deltaganden.latest("pk")
    said = {"status": "deltar_ej", "angelaget": "ja", "sagt_av": part.sagt_av, "sagt_date": part.sagt_date}
    assert "(Deltar → Deltar inte)" in ratta(d, Uppgiftslag.DELTAGANDE, part.pk, **said).mening
    assert "Deltar</s>" in tab(d, "forslag")


def test_5_1_1_a_need_that_carried_the_start_cannot_be_corrected_away() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    rows = list(Deltagande.objects.filter(delprojekt=d).order_by("pk"))
    ratta(d, Uppgiftslag.DELTAGANDE, rows[0].pk, angelaget="nej", status="deltar")
    with pytest.raises(Ogiltigt, match="krävdes"):
        ratta(d, Uppgiftslag.DELTAGANDE, rows[1].pk, angelaget="nej", status="deltar")
    assert Deltagande.objects.filter(delprojekt=d, angelaget=True).count() == 3


def test_namndens_decision_and_a_regions_are_corrected_and_keep_their_order() -> None:
    d = delprojekt_in(Steg.HUVUDMANSBESLUT)
    do("namndsekreterare", Act.EXPEDIERA, d, dag=DAG)
    paper, decision = decide_in(d, "skane"), d.namndbeslut.get()
    said = {"dag": DAG, "punkt": "28", "dnr": "2026-1", "lydelse": decision.lydelse}
    assert "§ 27 → 2 mars 2026 § 28" in ratta(d, Uppgiftslag.NAMNDBESLUT, decision.pk, **said).mening
    with pytest.raises(Ogiltigt, match="Region Skåne beslutade redan"):
        ratta(d, Uppgiftslag.NAMNDBESLUT, decision.pk, **said | {"dag": date(2026, 4, 1)})
    cell = paper.beslut.earliest("pk")
    no = {f"utfall_{cell.pk}": "avslag", f"villkor_{cell.pk}": "Pengar saknas."}
    ratta(d, Uppgiftslag.REGIONBESLUT, paper.pk, date=DAG, paragraf="214", **no)
    assert paper.beslut.get(pk=cell.pk).utfall == "avslag"
    with pytest.raises(Ogiltigt, match="efter nämndens"):
        ratta(d, Uppgiftslag.REGIONBESLUT, paper.pk, date=FORE)


def test_a_correction_needs_a_reason_and_a_change_and_somebody_at_the_kansli() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    row = fact(d, Faktumslag.STARTBESLUT)
    number = number_of(Uppgiftslag.FAKTUM, row.pk)
    for wrong in ({"skal": " ", "nar": (FORE, "")}, {"nar": (row.date, ""), "punkt": "4"}):
        with pytest.raises(Ogiltigt):
            ratta(d, Uppgiftslag.FAKTUM, row.pk, **wrong)
    with pytest.raises(Refused):
        do("region.skane", Act.RATTA_UPPGIFT, d, objekt=number, skal="x", nar=(FORE, ""))


def test_the_page_corrects_every_kind_and_a_row_of_another_delprojekt_is_404() -> None:
    d, other = delprojekt_in(Steg.INFORANDE), delprojekt_in(Steg.UPPDRAG, benamning="Annat")
    client = Client()
    client.force_login(world.person("kansli").konto)
    page = client.get(f"/delprojekt/{d.pk}/uppgifter/").content.decode()
    kinds = {
        Uppgiftslag.FAKTUM: fact(d, Faktumslag.STARTBESLUT).pk,
        Uppgiftslag.NAMNDBESLUT: d.namndbeslut.get().pk,
        Uppgiftslag.REGIONBESLUT: d.namndbeslut.get().handlingar.latest("pk").pk,
        Uppgiftslag.DELTAGANDE: d.deltaganden.latest("pk").pk,
    }
    for slag, pk in kinds.items():
        url = f"/delprojekt/{d.pk}/gor/ratta-uppgift/{number_of(slag, pk)}/"
        assert url in page
        assert client.get(url).status_code == 200
        assert client.get(url.replace(f"/{d.pk}/gor", f"/{other.pk}/gor")).status_code == 404
    assert row_of(49) is None


def test_the_form_corrects_and_says_what_is_wrong() -> None:
    d = delprojekt_in(Steg.UPPDRAG)
    url = f"/delprojekt/{d.pk}/gor/ratta-uppgift/{number_of(Uppgiftslag.FAKTUM, fact(d, Faktumslag.STARTBESLUT).pk)}/"
    client = Client()
    client.force_login(world.person("kansli").konto)
    key = {"nyckel": "7f9c24e8-3b12-4a9f-8f50-6c8e3f0a1b2c", "punkt": "5"}
    assert client.post(url, {**key, "nar": "32 mars", "skal": "Fel punkt."}).status_code == 422
    assert client.post(url, {**key, "nar": "2 mars 2026", "skal": "Fel punkt."}).status_code == 302
    assert fact(d, Faktumslag.STARTBESLUT).arende.punkt == "5"


def test_5_8_the_first_round_follows_the_day_that_namnden_is_corrected_to_have_met() -> None:
    """M5.8-3: the first round's window follows the decision; a day that somebody has set stays."""
    d = delprojekt_in(Steg.HUVUDMANSBESLUT)
    decision = d.namndbeslut.get()
    for slag in (Faktumslag.POLITISK_BEREDNING, Faktumslag.ENIGA, Faktumslag.PRESENTERAD):
        row = fact(d, slag)
        assert row.date == DAG
    said = {"punkt": "27", "dnr": decision.dnr, "lydelse": decision.lydelse}
    event = ratta(d, Uppgiftslag.NAMNDBESLUT, decision.pk, dag=EFTER, **said)
    assert "uppföljningens frist (2 mars 2027 → 5 mars 2027)" in event.mening
    first = decision.uppfoljningar.get()
    assert (first.fran_date, first.frist_date) == (EFTER, date(2027, 3, 5))
    for page in (tab(d, "beslut"), tab(d, "regioner"), tab(d, "", "uppgifter")):  # V-22: the old stands, struck
        assert "Ärende: 2 mars 2026 § 27</s>" in page
        assert "av Maja Ek: Fel datum i protokollet." in page
    do("kansli", Act.ANDRA_UPPFOLJNINGSFRIST, d, frist=date(2027, 1, 20), text="Ledningsgruppen vill ha den då.")
    ratta(d, Uppgiftslag.NAMNDBESLUT, decision.pk, dag=DAG, **said)
    first.refresh_from_db()
    assert (first.fran_date, first.frist_date) == (DAG, date(2027, 1, 20))


def test_5_5_whoever_got_namndens_decision_is_told_when_it_is_undone() -> None:
    """M5.5-4: the mail is on unless it is turned off: the regions have already been told the opposite."""
    d = delprojekt_in(Steg.HUVUDMANSBESLUT)
    client = Client()
    client.force_login(world.person("kansli").konto)
    said = {"nyckel": "7f9c24e8-3b12-4a9f-8f50-6c8e3f0a1b2c", "text": "Fel paragraf.", "granska": "1"}
    page = client.post(f"/delprojekt/{d.pk}/gor/angra/", said).content.decode()
    assert "Mejl som skickas" in page
    assert "Ylva Strand" in page
