"""What is wrong in a field, as the person reads it: what to write, in the portal's own Swedish, once for all forms."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField, Field
from django.utils.functional import Promise

from delprojekt.process.tal import skriv_tal

INGET_VAL = "Det du valde går inte längre att välja. Välj något annat."
SAGS: Mapping[str, str] = {
    "min_value": "Skriv {limit_value} eller mer.",
    "max_value": "Skriv högst {limit_value}.",
    "min_length": "Skriv minst {limit_value} tecken.",
    "max_length": "Skriv högst {limit_value} tecken. Nu är det {show_value}.",
    "invalid_choice": INGET_VAL,
    "invalid_list": INGET_VAL,
    "invalid_pk_value": INGET_VAL,
    "null_characters_not_allowed": "Texten har ett osynligt tecken som inte kan sparas. Skriv in den på nytt.",
}
"""What a field says by the code of its fault, where Django has only words of its own."""
SA_SKRIVS: tuple[tuple[type[Field], str], ...] = (
    (forms.IntegerField, "Skriv ett heltal med siffror, till exempel 12."),
    (forms.EmailField, "Skriv hela e-postadressen, till exempel namn@exempel.se."),
    (forms.URLField, "Skriv hela webbadressen, till exempel https://exempel.se."),
)
"""How a field is written, when what was typed is nothing of the kind."""


def faults(field: BoundField) -> list[str]:
    """Return what is wrong in a field, each once. Where only Django has words for it, it is said what to write instead.

    What the portal says itself is a plain text; Django's words wait to be translated, and are known by that.
    """
    return list(dict.fromkeys(_ours(field, error) for error in field.form.errors.as_data().get(field.name, [])))


def _ours(field: BoundField, error: ValidationError) -> str:
    said = "".join(error.messages)
    if not isinstance(error.message, Promise):
        return said
    if error.code == "required":
        return _empty(field)
    if error.code == "invalid":
        return next((words for kind, words in SA_SKRIVS if isinstance(field.field, kind)), said)
    return SAGS[error.code].format(**_in_words(error.params or {})) if error.code in SAGS else said


def _in_words(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return numbers as Swedes write them: ``10 000``."""
    return {name: skriv_tal(value) if isinstance(value, int) else value for name, value in params.items()}


def _empty(field: BoundField) -> str:
    label = str(field.label)
    word = "Svara på" if label.endswith("?") else "Välj" if isinstance(field.field, forms.ChoiceField) else "Fyll i"
    return f"{word} ”{label}”."
