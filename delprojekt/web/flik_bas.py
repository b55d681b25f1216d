"""What the tabs share: whether something can be done, and where."""

from typing import Any

from django.urls import reverse

from delprojekt.documents.bildspel import BILDSPEL
from delprojekt.models import Dokumentslag, Dokumentversion, Format
from delprojekt.process.act import Act
from delprojekt.process.granser import UNDERLAG_SIDOR
from delprojekt.process.policy.avgor import decide
from delprojekt.process.roller import Actor
from delprojekt.queries import delar
from delprojekt.queries.besok import counts
from delprojekt.queries.delprojekt import Delprojektsida
from delprojekt.queries.dokument import may_read_version
from delprojekt.web.lankar import act_url

Item = dict[str, Any]


def can(actor: Actor, page: Delprojektsida, act: Act) -> bool:
    """Tell whether the actor may do an act now."""
    return decide(actor, act, page.lage).allowed


def link(actor: Actor, page: Delprojektsida, act: Act, pk: int | None = None) -> str:
    """Return where an act is done, if the actor may do it now; else an empty string."""
    return act_url(page.delprojekt, act, pk) if can(actor, page, act) else ""


def buttons(actor: Actor, page: Delprojektsida, *acts: Act, pk: int | None = None) -> list[Item]:
    """Return the acts that the actor may do now, as buttons; ``pk``: the row that they are about."""
    return [{"etikett": str(a.label), "url": act_url(page.delprojekt, a, pk)} for a in acts if can(actor, page, a)]


def documents(actor: Actor, page: Delprojektsida, *wanted: Dokumentslag) -> dict[Dokumentslag, Item]:
    """Return what a tab shows of some kinds of documents: their versions, and how to see or order them. One query.

    The underlag for start belongs to no uppdragsomgång: see ``underlag``.
    """
    omgang = page.path[-1].omgang
    found = delar.documents(actor, page.delprojekt, omgang) if omgang else []
    return {slag: _kind(actor, page, slag, [d for d in found if d.slag == slag]) for slag in wanted}


def formats_of(slag: Dokumentslag) -> list[Format]:
    """Return the formats that a kind of document can be had in: what is presented to somebody as slides too."""
    return [one for one in Format if one is not Format.BILDSPEL or slag.value in BILDSPEL]


def underlag(actor: Actor, page: Delprojektsida) -> Item:
    """Return the same of the underlag for start. One query."""
    return _kind(actor, page, Dokumentslag.UNDERLAG, delar.documents(actor, page.delprojekt, None))


def _kind(actor: Actor, page: Delprojektsida, slag: Dokumentslag, versions: list[Dokumentversion]) -> Item:
    pk = page.delprojekt.pk
    decided = next((d for d in versions if counts(d, page.path)), None)
    reads = may_read_version(actor, page.delprojekt, slag, decided, page.path)
    return {
        "slag": slag,
        "forhandsvisa": reverse("dokument", args=[pk, slag]) if reads else "",
        "bestall": [{"format": f, "url": reverse("bestall", args=[pk, slag, f])} for f in formats_of(slag)]
        if reads
        else [],
        "versioner": [
            _version(d, opens=may_read_version(actor, page.delprojekt, slag, d, page.path)) for d in versions
        ],
    }


def _version(document: Dokumentversion, *, opens: bool) -> Item:
    return {
        "version": document.version,
        "namn": f"{document.get_slag_display()} {document.version}",
        "status": "Återkallad" if document.aterkallad_at else document.status_text,
        "ton": "nej" if document.aterkallad_at else ("klar" if document.faststalld else "vantar"),
        "aterkallad": document.aterkallad_at is not None,
        "datum": document.skapad_at,
        "url": reverse("jobb", args=[document.pdf]) if document.pdf and opens else "",
        "sidor": document.sidor,
        "for_lang": document.slag == Dokumentslag.UNDERLAG and (document.sidor or 0) > UNDERLAG_SIDOR,
    }
