"""What must be written when a step goes back is read by those who have to act on it."""

import pytest

from delprojekt.models import Delprojekt, Handelse
from delprojekt.process.act import Act
from delprojekt.process.steg import Steg
from tests.walked import Walked
from tests.world import DAG, do

pytestmark = pytest.mark.django_db


def test_why_a_report_came_back_is_read_on_the_page_in_the_log_and_in_the_mail(walked: Walked) -> None:
    d = Delprojekt.objects.get(pk=walked[Steg.ATGARDSFORSLAG])
    do("samarbetsgrupp.skane", Act.RETURNERA_SLUTRAPPORT, d, dag=DAG, text="Kostnadstak saknas.")
    event = Handelse.objects.filter(delprojekt=d, act=Act.RETURNERA_SLUTRAPPORT).latest("pk")
    assert event.mening.endswith("Vad som ska ändras eller kompletteras: Kostnadstak saknas.")
    assert all("Kostnadstak saknas." in mail.text for mail in event.utskick.all())
    assert "Kostnadstak saknas." in walked.client("ordforande").get(d.get_absolute_url()).content.decode()
