"""Stored text in pages: only through the allow-list."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from delprojekt.documents.text import sanitise
from delprojekt.documents.versioner import compare_html
from delprojekt.process.roller import Roll

register = template.Library()


@register.filter
def ren(html: str) -> SafeString:
    """Return stored HTML once more sanitised, as safe markup."""
    return mark_safe(sanitise(html))


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
