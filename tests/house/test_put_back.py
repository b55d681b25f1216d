"""What a test with transactions of its own leaves behind is put back before the next (tests/databas.py)."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from delprojekt.models import Organ, Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", ["the first", "the next"])
def test_the_next_test_finds_the_reference_data_as_they_were_and_nothing_else(turn: str) -> None:
    assert not Person.objects.exists()
    assert Organ.objects.count() > 5
    assert not Organ.objects.filter(namn="Ändrat").exists()
    assert Permission.objects.exists()
    with connection.cursor() as cursor:  # the history, which nobody may take a row from
        cursor.execute("SELECT count(*) FROM delprojekt_personevent")
        assert cursor.fetchone() == (0,)
    Person.objects.create(fornamn="Maja", efternamn="Ek", epost="maja.ek@exempel.se")
    Organ.objects.update(namn="Ändrat")
