"""What is wrong in a field, as the person reads it."""

from django.forms import BoundField, ChoiceField, Field

_TOMT = Field.default_error_messages["required"]


def faults(field: BoundField) -> list[str]:
    """Return what is wrong in a field, each once; one that is empty, without words of its own, says what to fill in."""
    return list(dict.fromkeys(_empty(field) if text == str(_TOMT) else str(text) for text in field.errors))


def _empty(field: BoundField) -> str:
    label = str(field.label)
    word = "Svara på" if label.endswith("?") else "Välj" if isinstance(field.field, ChoiceField) else "Fyll i"
    return f"{word} ”{label}”."
