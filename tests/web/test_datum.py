"""Days in forms: what has happened cannot lie ahead."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from delprojekt.process.klocka import idag
from delprojekt.process.steg import Steg
from delprojekt.web.forms.falt import Datumfalt, Handedag
from tests.walked import Walked


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


@pytest.mark.parametrize("typed", ["1850-01-01", "12 mars 2999"])
def test_a_year_that_must_be_mistyped_is_asked_about_in_a_plan_too(typed: str) -> None:
    with pytest.raises(ValidationError, match="Kontrollera årtalet"):
        Datumfalt(label="Svar senast").clean(typed)


@pytest.mark.django_db
def test_an_advice_about_a_day_stands_beside_the_field_when_the_form_comes_back(walked: Walked) -> None:
    """M5.8-3 (R): the deadline is later than twelve months after nämndens approval; so also beside another fault."""
    url = f"/delprojekt/{walked[Steg.INFORANDE]}/gor/andra-uppfoljningsfrist/"
    page = walked.client("kansli").get(url).content.decode()
    key = re.search(r'name="nyckel" value="([^"]+)"', page)
    assert key
    assert "falt__rad" not in page
    late = {"nyckel": key[1], "frist": "2031-01-01"}
    for rest in ({"text": "Statistiken kommer då.", "andra": "1"}, {"text": ""}):
        page = walked.client("kansli").post(url, late | rest).content.decode()
        beside = page.partition('id="id_frist_rad"')[2].partition("</div>")[0]
        assert "Råd som inte följs" in beside
        assert "tolv månader" in beside
        assert re.search(r'aria-describedby="id_frist_helptext id_frist_rad"', page)
        assert page.count('data-rad="ja"') == 1
    page = walked.client("kansli").post(url, late | {"frist": "2026-12-01", "text": "", "andra": "1"}).content.decode()
    assert "falt__rad" not in page
