"""The personal link of somebody who is nominated, or of their manager: signed when it is sent, never stored."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from delprojekt.models import Delprojekt, Nominering, Person, Svarslank
from delprojekt.process.act import Act
from delprojekt.process.granser import SVARSLANK_KONTAKT_DAGAR
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Roll
from delprojekt.queries.aktor import gallande
from delprojekt.queries.besok import levande_for

NO_LONGER = "Frågan gäller inte längre."
_SIGNER = signing.Signer(salt="delprojekt.svarslank", sep=".")


def link_address(actor: Actor, link: Svarslank) -> str:
    """Return the whole address where the question is answered."""
    return settings.PORTAL_ADRESS + reverse("svarslank", args=[_SIGNER.sign(str(link.pk))])


def read_link(actor: Actor, token: str) -> Svarslank | None:
    """Return the question that a link leads to, open or closed; None when the link is not one of ours."""
    try:
        key = int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return get_link(actor, key)


def get_link(actor: Actor, pk: int) -> Svarslank | None:
    """Return a question by its key, for whoever has opened its link; None when there is none."""
    rows = Svarslank.objects.select_related("nominering__person", "nominering__omgang", "nominering__region", "chef")
    return rows.filter(pk=pk).first()


def delprojekt_of(actor: Actor, link: Svarslank) -> Delprojekt:
    """Return the delprojekt that the question is about."""
    rows = Delprojekt.objects.select_related("sjukvardsregion", "forslag")
    return rows.get(pk=link.nominering.omgang.delprojekt_id)


def act_of(actor: Actor, link: Svarslank) -> Act:
    """Return what the link is answered by: the nominee's answer, or the manager's."""
    return Act.SVARA_SOM_CHEF if link.chef_id else Act.SVARA_PA_NOMINERING


def contact_of(actor: Actor, delprojekt: Delprojekt, link: Svarslank) -> Person | None:
    """Return whom a nominee can ask; nobody when the last day of the question is long past."""
    if idag() > link.till_date + timedelta(days=SVARSLANK_KONTAKT_DAGAR):
        return None
    held = delprojekt.innehav.filter(gallande(), roll=Roll.KONTAKTPERSON).select_related("person").first()
    return held.person if held else None


def why_closed(actor: Actor, link: Svarslank) -> str:
    """Return why the question can not be answered today; empty when it can.

    A question belongs to its uppdragsomgång: when ledningsgruppen has renewed the uppdrag, nobody is asked in the old.
    """
    path = levande_for(delprojekt_of(actor, link))
    return link.stangd(idag()) or ("" if path[-1].omgang == link.nominering.omgang else NO_LONGER)


def nomination_asked(actor: Actor, pk: int | None) -> Nominering | None:
    """Return the nomination that a question is about; only its own nominee is told."""
    link = Svarslank.objects.select_related("nominering").filter(pk=pk or 0, nominering__person=actor.person).first()
    return link.nominering if link else None
