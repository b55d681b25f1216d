"""visa_process: the method in exactly the shape that was agreed, without a database."""

import json
import re

import pytest
from django.core.management import call_command

from delprojekt.process.act import Act
from delprojekt.process.beskriv import as_data, as_mermaid, as_text, describe
from delprojekt.process.krav import Krav
from delprojekt.process.policy import POLICY, Scope
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg

ACT_KEYS = ["kod", "etikett", "fran", "till", "roller", "scope", "kraver", "rad", "meddelar", "paragraf"]


def printed(capsys: pytest.CaptureFixture[str], *flags: str) -> str:
    call_command("visa_process", *flags)
    return capsys.readouterr().out


def test_the_json_has_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(printed(capsys, "--json"))
    assert list(data) == ["steg", "acts"]
    assert [list(steg) for steg in data["steg"]] == [["kod", "etikett"]] * len(Steg)
    assert [list(act) for act in data["acts"]] == [ACT_KEYS] * len(Act)
    for act in data["acts"]:
        for krav in (*act["kraver"], *act["rad"]):
            assert list(krav) == ["kod", "mening", "krav_id"]


def test_every_kod_is_the_name_of_its_enum() -> None:
    data = as_data()
    assert [steg["kod"] for steg in data["steg"]] == [steg.name for steg in Steg]
    assert [act["kod"] for act in data["acts"]] == [act.name for act in Act]
    for act in data["acts"]:
        rule = POLICY[Act[act["kod"]]]
        assert {Steg[kod] for kod in act["fran"]} == rule.where
        assert act["till"] == (rule.to.name if rule.to else None)
        assert {Roll[kod] for kod in act["roller"]} == rule.who
        assert Scope[act["scope"]] is rule.scope
        assert tuple(Krav[k["kod"]] for k in act["kraver"]) == rule.requires
        assert tuple(Krav[k["kod"]] for k in act["rad"]) == rule.advises
        assert {Roll[kod] for kod in act["meddelar"]} == rule.tells
        assert act["paragraf"] == rule.section


def test_an_act_that_stays_has_null_as_till() -> None:
    stays = {act["kod"] for act in as_data()["acts"] if act["till"] is None}
    assert {"LAMNA_STALLNING", "ANGRA", "PAUSA"} <= stays
    assert "BESLUTA_START" not in stays


def test_the_json_is_in_swedish_letters(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "--json")
    assert "Åtgärdsförslag" in text
    assert "\\u00" not in text


def test_the_diagram_has_a_line_for_every_move(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "--mermaid")
    assert text.startswith("stateDiagram-v2")
    arrows = set(re.findall(r"^ +(\w+) --> (\w+) :", text, re.MULTILINE))
    assert arrows == {(s.name, rule.to.name) for rule in POLICY.values() if rule.to for s in rule.where}
    assert as_mermaid().strip() == text.strip()


def test_the_text_names_every_act_and_every_requirement(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys)
    for act, rule in POLICY.items():
        if rule.where:
            assert str(act.label) in text
        for krav in (*rule.requires, *rule.advises):
            assert f"{krav.mening} [{krav.krav_id}]" in text
    assert as_text().strip() == text.strip()


def test_what_can_be_done_in_every_step_is_said_once() -> None:
    """The page was 275 kB long: what may be done at any time stood in each of nineteen steps."""
    parts = {part["kod"]: [act["etikett"] for act in part["acts"]] for part in describe()}
    said = [label for labels in parts.values() for label in labels]
    for act in (Act.RATTA_UPPGIFT, Act.ANGRA, Act.ANGE_DIARIENUMMER):
        assert act.label in parts["nar-som-helst"]
        assert said.count(act.label) == 1
    assert said.count(Act.PAUSA.label) == 1
    assert Act.PAUSA.label in parts["hela-arbetet"]
    where = {act["etikett"]: act["i_stegen"] for part in describe() for act in part["acts"]}
    assert where[Act.RATTA_UPPGIFT.label] == "Alla steg"
    assert where[Act.ANGRA.label] == "Alla steg utom Förslag och Historiskt"
    assert where[Act.KOPPLA_CHEFSAMRAD.label].startswith("Beredning, Uppdrag, Nuläge, ")
    assert where[Act.BORJA_BEREDNING.label] == ""


def test_users_read_no_codes() -> None:
    for part in describe():
        for act in part["acts"]:
            words = [act["etikett"], act["till_etikett"], *act["roller"], *act["meddelar"]]
            assert not [word for word in words if "_" in word or word.isupper()]


def test_it_asks_no_database(capsys: pytest.CaptureFixture[str]) -> None:
    """pytest-django refuses every query in a test that has not asked for the database."""
    for flag in ([], ["--json"], ["--mermaid"]):
        assert printed(capsys, *flag)
