"""Days in forms: what has happened cannot lie ahead."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from delprojekt.process.klocka import idag
from delprojekt.web.forms.falt import Datumfalt, Handedag


def test_a_day_ahead_is_refused_where_something_has_happened() -> None:
    ahead = idag() + timedelta(days=1)
    with pytest.raises(ValidationError, match="framåt i tiden"):
        Handedag(label="När").clean(ahead.isoformat())
    assert Handedag(label="När").clean(idag().isoformat()) == idag()
    assert Datumfalt(label="Svar senast").clean(ahead.isoformat()) == ahead


@pytest.mark.parametrize("typed", ["1850-01-01", "31 december 1989", "0202-10-03"])
def test_a_day_long_ago_is_a_slip_of_the_finger_where_something_has_happened(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"Kontrollera årtalet|Skriv datumet"):
        Handedag(label="När").clean(typed)
    assert Handedag(label="När").clean("1990-01-01").year == 1990
