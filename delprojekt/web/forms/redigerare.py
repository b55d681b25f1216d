"""The field that running text is written in: a textarea that the editor (``static/js/editor/``) takes over."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.forms import BaseForm
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from delprojekt.documents.hanvisning import fact_targets, targets
from delprojekt.documents.plain import from_html, from_written, is_plain, to_plain
from delprojekt.documents.text import MAX_TECKEN
from delprojekt.models import Faktauppgift

FOR_LANG = (
    "Texten är för lång för ett avsnitt: {har} miljoner tecken, och {far} får plats. Den ligger kvar här nedanför."
    " Dela upp den på flera avsnitt."
)
_PICTURE = re.compile(r'src="(/media/[^"]+)"')
HJALP = "Tom rad ger nytt stycke. ”- ” först på raden ger punkt, ”1. ” numrerad punkt, ”### ” rubrik."
RIK = "Avsnittet har sådant som bara syns i redigeraren, till exempel en tabell. Utan skript ändrar du det i HTML."


RIKT = "{}-rikt"
"""The name of the hidden field that tells that a field shows HTML."""


def shown(html: str) -> str:
    """Return a section's text as a plain textarea holds it: plain text, or HTML where that says more."""
    return to_plain(html) if is_plain(html) else html


class Redigerare(forms.Textarea):
    """A textarea with running text.

    Its value is HTML. Without scripts it shows the plain text, as long as that holds everything; the HTML is then in
    ``data-html``, where the editor takes it. What is sent back is either of them (``from_written``); a hidden field
    tells that HTML was shown, whatever somebody writes before it.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 22, "data-redigerare": "", "data-max": MAX_TECKEN, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show the plain text where it is enough."""
        html = from_written(value or "")
        context = super().get_context(name, shown(html), attrs)
        context["widget"]["attrs"]["data-html"] = html
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the field, and tell when it shows HTML."""
        drawn = super().render(name, value, attrs, renderer)
        if is_plain(from_written(value or "")):
            return drawn
        return drawn + format_html('<input type="hidden" name="{}" value="ja">', RIKT.format(name))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the text; as HTML where HTML was shown. Too long a text is left for the field to refuse."""
        text = super().value_from_datadict(data, files, name)
        return from_html(text) if text and RIKT.format(name) in data and len(text) <= MAX_TECKEN else text


class Avsnittsfalt(forms.CharField):
    """Running text: in and out is HTML, and what comes out is sanitised."""

    widget = Redigerare

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Text", "required": False, "strip": False, "help_text": HJALP, **kwargs})

    def place(
        self,
        pk: int,
        nyckel: str,
        others: Iterable[tuple[str, str, str, str]],
        facts: Iterable[Faktauppgift] = (),
    ) -> None:
        """Tell the editor where pictures are sent, what else there is to refer to, and which pictures are ours.

        In: the delprojekt, the section, key, number, heading and text of the other sections of the document, and the
        facts that can be cited.
        """
        sections = list(others)
        pictures = sorted({found for *_, html in sections for found in _PICTURE.findall(html)})
        self.widget.attrs["data-bildadress"] = reverse("lagg_in_bild", args=[pk, nyckel])
        self.widget.attrs["data-mal"] = json.dumps(targets(sections) + fact_targets(facts), ensure_ascii=False)
        self.widget.attrs["data-bilder"] = json.dumps(pictures)

    def get_bound_field(self, form: BaseForm, field_name: str) -> BoundField:
        """Say how the text is written without scripts; the editor hides it."""
        bound = super().get_bound_field(form, field_name)
        if not is_plain(from_written(bound.value() or "")):
            bound.help_text = RIK
        return bound

    def clean(self, value: Any) -> str:
        """Return sanitised HTML. Raises ValidationError when the text is too long; it stays in the form."""
        text = super().clean(value)
        if len(text) > MAX_TECKEN:
            millions = f"{len(text) / 1e6:.1f}".replace(".", ",")
            raise forms.ValidationError(FOR_LANG.format(har=millions, far=MAX_TECKEN // 1_000_000))
        return from_written(text)
