"""Stored text in pages: only through the allow-list."""

from collections.abc import Sequence
from zlib import crc32

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from delprojekt.documents.andring import som_stycke as as_paragraph
from delprojekt.documents.ankare import Plats, markera, med_marken, ord_i, utan_tecken
from delprojekt.documents.bilder import diagrams
from delprojekt.documents.fit import Numbering, fit
from delprojekt.documents.insatt import dress, in_words_only
from delprojekt.documents.text import sanitise
from delprojekt.documents.versioner import compare_html
from delprojekt.process.roller import Roll

register = template.Library()


@register.filter
def ren(html: str) -> SafeString:
    """Return stored HTML below a heading of level 3, once more sanitised, its footnotes after it, as safe markup.

    Tables and figures have no numbers here: those are the whole document's.
    """
    numbering = Numbering(numbered=False, prefix=f"{crc32(html.encode()):x}-")
    text = dress(fit(in_words_only(html), level=3, numbering=numbering), diagrams(html))
    notes = [mark_safe(note) for note in numbering.notes]  # out of ``fit``
    context = {"notes": notes, "level": 4, "prefix": numbering.prefix}
    return mark_safe(text + (render_to_string("dokument/_fotnoter.html", context) if notes else ""))


@register.filter
def som_stycke(block: str) -> str:
    """Return one block of stored HTML as it can stand alone: an item of a list and a cell as a paragraph."""
    return as_paragraph(block)


@register.simple_tag
def markt(html: str, platser: Sequence[tuple[int, Plats]]) -> SafeString:
    """Return stored HTML as ``ren`` does, with the places of comments marked."""
    clean = utan_tecken(html)
    return mark_safe(med_marken(ren(markera(clean, ord_i(clean), platser))))


@register.filter
def rollnamn(roll: str) -> str:
    """Return the label of a role."""
    return str(Roll(roll).label)


@register.filter
def i_gruppen(roll: str) -> str:
    """Return a role as it is said of somebody in the group: ``ledamot i arbetsgruppen``."""
    return Roll(roll).i_gruppen


@register.simple_tag
def skillnad(fore: str, efter: str) -> SafeString:
    """Return two stored texts as one, with what was taken away and what was added marked, word by word."""
    return mark_safe(compare_html(sanitise(fore), sanitise(efter)))
