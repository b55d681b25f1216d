"""What is wrong in a field, as the person reads it."""

from django.forms import BoundField, ChoiceField, Field

_TOMT = Field.default_error_messages["required"]


def faults(field: BoundField) -> list[str]:
    """Return what is wrong in a field; one that is empty and has no sentence of its own says what to fill in."""
    return [_empty(field) if text == str(_TOMT) else text for text in field.errors]


def _empty(field: BoundField) -> str:
    label = str(field.label)
    word = "Svara på" if label.endswith("?") else "Välj" if isinstance(field.field, ChoiceField) else "Fyll i"
    return f"{word} ”{label}”."
