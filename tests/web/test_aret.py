"""The lists of the annual report: what nämnden was given in a year, and what was started."""

import re
from typing import Any

import pytest

from delprojekt.models import Delprojekt, Faktumrad, Namndbeslut
from delprojekt.process.act import Act
from delprojekt.process.fakta import Faktumslag, Organslag
from delprojekt.process.steg import Steg
from delprojekt.queries.aret import of_year
from tests.walked import Walked
from tests.world import actor, do

pytestmark = pytest.mark.django_db


def at(walked: Walked, steg: Steg) -> Delprojekt:
    return Delprojekt.objects.get(pk=walked[steg])


def part(client: Any, year: int, name: str) -> list[str]:
    """Return the delprojekt of one of the lists on the page."""
    page = client.get(f"/delprojekt/aret/{year}/").content.decode()
    return re.findall(r'href="/delprojekt/(\d+)/"', page.split(f'id="{name}"')[1].split("<h2")[0])


# V-17 «slutrapporter om benign gynekologisk kirurgi, MRT under jourtid … delgivits nämnden»
def test_the_slutrapporter_that_namnden_was_given_stand_under_their_year(walked: Walked) -> None:
    """V-17: what was sent back, or recalled, is none; and each year has its own."""
    d = at(walked, Steg.HUVUDMANSBESLUT)
    year = Namndbeslut.objects.get(delprojekt=d, aterkallat_at=None).arende.mote.date.year
    kansli = walked.client("kansli")
    assert str(d.pk) in part(kansli, year, "slutrapporter")
    assert str(walked[Steg.NAMND]) not in part(kansli, year, "slutrapporter")
    assert part(kansli, year - 1, "slutrapporter") == []
    do("kansli", Act.ANGRA, d, text="Fel delprojekt.")
    assert str(d.pk) not in part(kansli, year, "slutrapporter")


# V-18 «uppföljningsrapporter redovisats för ablationer (del 1), axelkirurgi och onkologisk vård»
def test_the_follow_ups_that_namnden_was_told_of_stand_under_their_year(walked: Walked) -> None:
    """V-18: told to nämnden, not only to the bodies before it."""
    d = at(walked, Steg.AVSLUTAT)
    told = Faktumrad.objects.filter(delprojekt=d, slag=Faktumslag.REDOVISAD, ersatt_av=None)
    day = told.get(arende__mote__organ__slag=Organslag.NAMND).date
    found = [row.delprojekt.pk for row in of_year(actor("kansli"), day.year).uppfoljningar]
    assert told.count() > 1
    assert found.count(d.pk) == 1
    assert walked[Steg.INFORANDE] not in found


# V-19 «Ett nytt delprojekt startade under 2021»
def test_what_was_started_stands_under_its_year_and_no_other_year_is_to_come(walked: Walked) -> None:
    """V-19."""
    d = at(walked, Steg.NULAGE)
    year = Faktumrad.objects.get(delprojekt=d, slag=Faktumslag.STARTBESLUT, ersatt_av=None).date.year
    outside = walked.client("utomstaende")
    assert str(d.pk) in part(outside, year, "startade")
    assert str(walked[Steg.BEREDNING]) not in part(outside, year, "startade")
    assert outside.get("/delprojekt/aret/").status_code == 200
    assert outside.get("/delprojekt/aret/2999/").status_code == 404
