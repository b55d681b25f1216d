"""The text of a section, and where it was written from."""

from typing import Any

from django import forms

from delprojekt.actions.avsnitt import Sparning, Textval
from delprojekt.documents.plain import from_written, is_plain, to_plain
from delprojekt.models import Versionsslag

HJALP = "Tom rad ger nytt stycke. ”- ” först på raden ger punkt, ”1. ” numrerad punkt, ”### ” rubrik."


def shown(html: str) -> str:
    """Return a section's text as a plain textarea holds it: plain text, or HTML where that says more."""
    return to_plain(html) if is_plain(html) else html


class Skrivruta(forms.Textarea):
    """The textarea that the editor takes over. Its HTML is in ``data-html``."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show the plain text where it is enough."""
        html = from_written(value or "")
        context = super().get_context(name, shown(html), attrs)
        context["widget"]["attrs"] |= {"data-redigerare": "", "data-html": html, "rows": 22}
        return context


class Skrivfalt(forms.CharField):
    """Running text: what comes out is sanitised HTML."""

    def clean(self, value: Any) -> str:
        """Return sanitised HTML for HTML or plain text."""
        return from_written(super().clean(value))


class AvsnittForm(forms.Form):
    """A save of a section: the text, the version it was written from, and what was chosen if two texts met."""

    text = Skrivfalt(label="Text", required=False, strip=False, widget=Skrivruta, help_text=HJALP)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    klient = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    lopnr = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    sett = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def how(self, slag: Versionsslag) -> Sparning:
        """Return how the text comes, for the action."""
        given = self.cleaned_data
        bas = self.data.get("bas")
        written_from = None if bas is None else from_written(bas)
        said = self.data.get("val")
        return Sparning(
            version=given["version"],
            slag=slag,
            klient=given["klient"],
            lopnr=given["lopnr"] or 0,
            bas=written_from,
            val=Textval(said) if said in set(Textval) else None,
            sett=given["sett"] or 0,
        )

    @property
    def html(self) -> str:
        """Return the text of the form, sanitised."""
        return str(self.cleaned_data["text"])
