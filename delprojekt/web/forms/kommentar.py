"""What is written beside a text: a comment, an answer, a proposed change, and what is decided about it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from delprojekt.actions.andring import MEST_ORD
from delprojekt.actions.kommentar import MEST_TECKEN
from delprojekt.documents.ankare import MEST_CITAT
from delprojekt.models import Person
from delprojekt.web.forms.bas import textruta
from delprojekt.web.forms.falt import Datumfalt
from delprojekt.web.post import SIFFROR, number

Lasare = Sequence[tuple[Person, str]]
_MEST = 10**SIFFROR - 1
"""The greatest number that a hidden field of a form may hold."""


def _hidden_number(*, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=required, min_value=0, max_value=_MEST)


class _Tillnagon(forms.Form):
    """Somebody may be asked to see to it, until a day."""

    hos = forms.TypedChoiceField(label="Ska tas om hand av", coerce=int, empty_value=None, required=False)
    senast = Datumfalt(label="Senast", required=False, help_text="Till exempel 12 mars 2027.")

    def __init__(self, *args: Any, lasare: Lasare, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        people = [(one.pk, name) for one, name in lasare]
        field = self.fields["hos"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [("", "Ingen särskild"), *people]

    @property
    def oppen(self) -> bool:
        """Tell whether who is to see to it should be shown at once: it is chosen, or wrong."""
        return self.is_bound and any(self.data.get(name) or self.errors.get(name) for name in ("hos", "senast"))


class KommentarForm(_Tillnagon):
    """A comment: the words it is about (none: the whole section), and what somebody says of them.

    It stands on the page of a section, whose own field is ``text``: here it is ``skrivet``.
    """

    citat = forms.CharField(
        label="Ord som det gäller",
        required=False,
        max_length=MEST_CITAT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Markera i texten eller kopiera hit. Tomt: hela avsnittet.",
    )
    skrivet = textruta(
        "Din kommentar", rows=3, langst=MEST_TECKEN, help_text="Skriv @ och ett namn för att fråga någon."
    )
    fore = forms.CharField(widget=forms.HiddenInput, required=False, strip=False, max_length=80)
    efter = forms.CharField(widget=forms.HiddenInput, required=False, strip=False, max_length=80)
    nr = _hidden_number(required=False)
    plats = _hidden_number(required=False)
    field_order = ("citat", "skrivet", "hos", "senast")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ny_%s", **kwargs)


class SvarForm(_Tillnagon):
    """An answer in a thread, or something else that is done with it (``gor``)."""

    skrivet = textruta("Ditt svar", required=False, langst=MEST_TECKEN)
    gor = forms.CharField(required=False)
    inlagg = _hidden_number(required=False)

    def __init__(self, *args: Any, pk: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"svar{pk}_%s", **kwargs)


class AndringForm(_Tillnagon):
    """Other words in a block, and why."""

    ord = textruta(
        "Så borde det stå",
        required=False,
        rows=6,
        langst=MEST_ORD,
        help_text="Skriv om stycket. Fet stil, fotnoter och hänvisningar följer med. Tomt: stycket stryks.",
    )
    text = textruta("Varför", required=False, rows=2, langst=MEST_TECKEN)
    stycke = _hidden_number()
    version = _hidden_number()
    fore = forms.CharField(widget=forms.HiddenInput, strip=False)
    field_order = ("ord", "text", "hos", "senast")
    hopfallda: ClassVar[dict[str, tuple[str, ...]]] = {"Be någon ta hand om det": ("hos", "senast")}


def decided(data: Any) -> dict[str, Any]:
    """Return what was decided about proposed changes, from what a form sent."""
    return {
        "forslag": [key for key in map(number, data.getlist("forslag")) if key],
        "ja": data.get("val") == "ja",
        "nu": data.get("nu", ""),
        "text": data.get("text", "")[:MEST_TECKEN],
    }
