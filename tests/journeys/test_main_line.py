"""A whole life, through the actions."""

import pytest

from delprojekt.models import Handelse, Stegbesok, Utskick
from delprojekt.process.steg import HUVUDLINJE, Steg
from tests.world import delprojekt_in, everybody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cast() -> None:
    everybody()


def test_a_delprojekt_goes_through_all_eleven_steps_to_avslutat() -> None:
    done = delprojekt_in(Steg.AVSLUTAT)
    assert done.steg == Steg.AVSLUTAT
    visited = list(Stegbesok.objects.filter(delprojekt=done).order_by("nummer").values_list("steg", flat=True))
    assert visited == [*HUVUDLINJE, Steg.AVSLUTAT]


def test_every_move_leaves_an_event_in_words_and_mail_in_the_outbox() -> None:
    done = delprojekt_in(Steg.AVSLUTAT)
    moves = Handelse.objects.filter(delprojekt=done).exclude(till_steg="")
    assert moves.count() == len(HUVUDLINJE)
    assert all(event.mening for event in moves)
    assert Utskick.objects.filter(handelse__delprojekt=done, sent_at=None).exists()
