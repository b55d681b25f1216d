"""The components of forms: a field, all fields, what is wrong, and the answers to check. Loaded with komponenter."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    PasswordInput,
    RadioSelect,
    Select,
    Textarea,
)

from delprojekt.templatetags.fel import faults

register = template.Library()

Item = Mapping[str, Any]


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "val"
    if isinstance(widget, CheckboxInput):
        return "kryss"
    if field.use_fieldset:
        return "grupp"
    return "lista" if isinstance(widget, Select) else "text"


def _left_empty(field: BoundField) -> str:
    """Return what the label says of a field that may be left empty: also when it is needed after all."""
    needed = getattr(field.field, "behovs", "")
    return f"behövs {needed}" if needed else "valfritt"


@register.inclusion_tag("components/falt.html")
def falt(field: BoundField, hjalp: str = "", rader: int = 0) -> dict[str, Any]:
    """One form field: label, help, error beside the field, "valfritt" when it may be left empty, or when it is needed.

    Advice that what was filled in goes against (``rad_vid`` of the form) stands there too, and the field is marked.
    A field that ends a sentence (``borjan``) shows the whole sentence under it.
    """
    attrs: dict[str, Any] = {"class": "ds-input", "placeholder": False}  # a label that vanishes is no label
    advice = getattr(field.form, "rad_vid", {}).get(field.name, ())
    if advice:
        attrs["aria-describedby"] = " ".join(filter(None, (field.aria_describedby, f"{field.auto_id}_rad")))
    if rader and isinstance(field.field.widget, Textarea):
        attrs["rows"] = rader
    kind = _kind(field)
    return {
        "field": field,
        "sort": kind,
        "flera": isinstance(field.field.widget, CheckboxSelectMultiple),
        "widget": "" if kind == "val" else field.as_widget(attrs=attrs),
        "hjalp": hjalp or field.help_text,
        "fel": faults(field),
        "rad": advice,
        "valfritt": _left_empty(field) if not field.field.required and kind != "kryss" else "",
        "borjan": getattr(field.field, "borjan", ""),
        "sagt": str(field.value() or "").strip().rstrip(".,;"),
    }


@register.inclusion_tag("components/formularfalt.html")
def formularfalt(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones included.

    A form may have ``hopfallda``: headings with the names of fields that few need. They are folded away, and open
    when something is filled in or wrong there.
    """
    folded = getattr(form, "hopfallda", {})
    away, known = {name for names in folded.values() for name in names}, getattr(form, "forvalda", ("dag",))
    parts = [(title, [form[name] for name in names if name in form.fields]) for title, names in folded.items()]
    return {
        "form": form,
        "falt": [field for field in form.visible_fields() if field.name not in away],
        "hopfallda": [
            {
                "rubrik": title,
                "falt": fields,
                "oppen": any(f.errors or (f.name not in known and f.value()) for f in fields),
            }
            for title, fields in parts
            if fields
        ],
    }


@register.inclusion_tag("components/felsummering.html")
def felsummering(form: BaseForm | None = None, fel: Sequence[Item] = ()) -> dict[str, Any]:
    """The errors of a form on top of the page, each linked to its field. Nothing when there are none.

    What was typed is said to be kept, unless the form asks for a password, which never is.
    """
    items = list(fel)
    if form is not None and form.is_bound:
        items += [{"text": text, "url": ""} for text in form.non_field_errors()]
        items += [
            {"text": text, "url": f"#{field.auto_id}", "etikett": "" if f"”{field.label}”" in text else field.label}
            for field in form
            for text in faults(field)
        ]
    secret = form is not None and any(isinstance(f.widget, PasswordInput) for f in form.fields.values())
    return {"fel": items, "behalls": not secret}


@register.inclusion_tag("components/sammanfattning.html")
def sammanfattning(rader: Sequence[Item], rubrik: str = "", *, okant: bool = False) -> dict[str, Any]:
    """ "Kontrollera dina svar": question, answer and a link to change it."""
    return {"rader": rader, "rubrik": rubrik, "okant": okant}
