"""How delprojekt are counted is said in one place, and only what is known is counted (M1-4, process.md §2.1)."""

import pytest
from django.core.management import call_command
from django.test import Client

from delprojekt.process.steg import HUVUDLINJE, PAGAENDE, Steg
from delprojekt.queries.ko import standing
from tests import world
from tests.inflyttat import moved_in

pytestmark = pytest.mark.django_db


def test_m1_4_pagaende_is_from_uppdrag_to_namnd() -> None:
    assert set(HUVUDLINJE[2:8]) == PAGAENDE


def test_m1_4_kansliet_and_ledningsgruppen_read_the_same_number_of_pagaende() -> None:
    for steg in (Steg.PROJEKTFORSLAG, Steg.BEREDNING, Steg.UPPDRAG, Steg.NAMND, Steg.INFORANDE):
        moved_in(steg, benamning=steg.label)
    client = Client()
    client.force_login(world.person("kansli").konto)

    assert "<p>2 pågår," in client.get("/kansliet/").content.decode()
    assert "2 pågår," in client.get("/infor-ledningsgruppen/").content.decode()


def test_m1_4_of_what_is_historiskt_only_what_is_known_is_slutrapporterat() -> None:
    """Five have nämndens decision, four were delgivna, one was followed up; of Kärlkirurgi only its group is known."""
    call_command("ladda_delprojekt", verbosity=0)
    assert standing(world.actor("kansli")).slutrapporterade == 10
