"""The start kit of a working group (§5.1.3, §6.1–6.6): the uppdrag, the days counted back from nämnden, whom to ask."""

from datetime import timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse

from delprojekt.models import Delprojekt, Dokumentslag, Stodomrade
from delprojekt.process.act import Act
from delprojekt.process.bakatplan import BAKAT, count_back
from delprojekt.process.datum import parse_day
from delprojekt.process.klocka import idag
from delprojekt.process.policy.avgor import decide
from delprojekt.process.steg import Steg
from delprojekt.process.synlighet import Noun, ser
from delprojekt.queries import startpaket
from delprojekt.queries.delprojekt import get_visible, read_step
from delprojekt.queries.rollsida import milestones
from delprojekt.web.lankar import act_url
from delprojekt.web.middleware import ActorRequest

STOD: tuple[tuple[Stodomrade, str, str], ...] = (
    (
        Stodomrade.DATA,
        "Regionernas ekonomi- och uppföljningsenheter hjälper till att ta fram data. För statistisk bearbetning finns"
        " avtal med DARC i Region Skåne. Andra källor är kvalitetsregister, SCB och Socialstyrelsens register.",
        "6.1",
    ),
    (
        Stodomrade.EKONOMI,
        "Ekonomistöd finns i varje region, till exempel för kostnader för en behandling. Kansliets ekonomer nås genom"
        " kontaktpersonen.",
        "6.2",
    ),
    (
        Stodomrade.HR,
        "Fråga regionens egen HR-enhet. Har ni många HR-frågor kan ni adjungera någon för dem.",
        "6.3",
    ),
    (
        Stodomrade.JURIDIK,
        "Region Skånes jurister hjälper till. Har ni många juridiska frågor kan ni adjungera någon för dem.",
        "6.4",
    ),
    (
        Stodomrade.SYSTEMKUNSKAP,
        "En chef i gruppen, som ledamot eller adjungerad, vet hur vården styrs och vem som beslutar. Kontaktpersonen"
        " kan ofta svara.",
        "6.5",
    ),
    (
        Stodomrade.KOMMUNIKATION,
        "Kommunikatören är med tidigt och tar fram en kommunikationsplan, och korrekturläser slutrapporten.",
        "6.6",
    ),
)
"""Who helps with what, as the method says it."""


def read(request: ActorRequest, pk: int) -> dict[str, Any]:
    """Return the page. In: ``?namnd=``, another day than the one that is known. Raises Http404 for those who do not
    read the uppdrag, and before there is one."""
    actor = request.actor
    try:
        delprojekt = get_visible(actor, pk)
    except Delprojekt.DoesNotExist as error:
        raise Http404 from error
    lage, omgang = read_step(actor, delprojekt)
    if omgang is None or not ser(actor, Noun.UPPDRAG, pk, Steg(delprojekt.steg)):
        raise Http404
    asked = request.GET.get("namnd", "")
    day = parse_day(asked) if asked else None
    day = day or startpaket.namnd_day(actor, omgang, idag() + timedelta(days=BAKAT[0].dagar))
    return {
        "delprojekt": delprojekt,
        "punkter": startpaket.points(actor, omgang),
        "uppdraget": reverse("dokument", args=[pk, Dokumentslag.UPPDRAG]),
        "milstolpar": milestones(actor, omgang.pk),
        "namnd": day,
        "olaslig": bool(asked) and parse_day(asked) is None,
        "namnd_skrivet": asked or (day.isoformat() if day else ""),
        "plan": count_back(day) if day else [],
        "kontakter": startpaket.contacts(actor, delprojekt),
        "stod": [{"omrade": str(area.label), "text": text, "paragraf": section} for area, text, section in STOD],
        "begar_stod": act_url(pk, Act.BEGAR_STOD) if decide(actor, Act.BEGAR_STOD, lage).allowed else "",
        "skriv": reverse("skriv", args=[pk]) if decide(actor, Act.SKRIV_RAPPORT, lage).allowed else "",
    }
