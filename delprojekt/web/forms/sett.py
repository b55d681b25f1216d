"""What a form has shown of what is stored: nothing that was saved meanwhile is overwritten unseen (interface.md).

A form carries a fingerprint of every stored value that it showed. What it only proposes is a callable (today's date,
the next number) and stands outside, and so does what is hidden.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from delprojekt.process.klocka import nu

TECKEN = 10


@dataclass(frozen=True)
class Skillnad:
    """A field that somebody else has changed: what stands there now, and what was typed."""

    namn: str
    etikett: str
    nu: str
    skrev: str


def fingerprint(form: forms.Form) -> str:
    """Return when the form is shown and a mark for each stored value in it."""
    marks = (f"{name}={mark}" for name, mark in _marks(form).items())
    return " ".join([str(int(nu().timestamp())), *marks])


def shown_at(sett: str) -> datetime | None:
    """Return when the form with a fingerprint was shown; None for what is no fingerprint."""
    seconds = sett.partition(" ")[0]
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() and len(seconds) <= TECKEN else None


def differences(form: forms.Form, now: forms.Form, sett: str) -> list[Skillnad]:
    """Return the fields in which saving the form would overwrite something that its writer has not seen.

    In: the form that was sent, the same form as it is shown now, and the fingerprint of the one that was filled in.
    Where both have written the same there is nothing to choose between.
    """
    seen = dict(pair.split("=", 1) for pair in sett.split(" ")[1:] if "=" in pair)
    marks = _marks(now)
    changed = [name for name in {**now.fields, **seen} if marks.get(name) != seen.get(name)]
    rows = [_difference(form, now, name) for name in changed if name in form.fields]
    gone = [
        Skillnad(name, "Finns inte kvar i formuläret", "", typed)
        for name in changed
        if name not in form.fields and (typed := "\n".join(_sent(form, name)))
    ]
    return [row for row in rows if row.nu != row.skrev] + gone


def overwrite(data: Any, now: forms.Form, names: Iterable[str]) -> Any:
    """Return what was sent with the stored values in some fields. In: a QueryDict, and the form as it is shown now."""
    mixed = data.copy()
    for name in (name for name in names if name in now.fields):
        value = now.fields[name].prepare_value(_stored(now, name))
        if value in (None, "", False):
            mixed.pop(name, None)
        else:
            mixed.setlist(name, [str(v) for v in value] if isinstance(value, list) else [_as_sent(value)])
    return mixed


def _as_sent(value: Any) -> str:
    return "on" if value is True else str(value)


def _stored(form: forms.Form, name: str) -> Any:
    initial = form.initial.get(name, form.fields[name].initial)
    return None if callable(initial) else initial


def _marks(form: forms.Form) -> Mapping[str, str]:
    said = {field.name: words(field.field, _stored(form, field.name)) for field in form.visible_fields()}
    return {name: hashlib.sha256(text.encode()).hexdigest()[:TECKEN] for name, text in said.items() if text}


def _difference(form: forms.Form, now: forms.Form, name: str) -> Skillnad:
    stands = words(now.fields[name], _stored(now, name)) if name in now.fields else ""
    field = form.fields[name]
    return Skillnad(name, str(field.label or ""), stands, words(field, form[name].data))


def _sent(form: forms.Form, name: str) -> list[str]:
    data: Any = form.data
    return data.getlist(name) if hasattr(data, "getlist") else [str(data[name])] if name in data else []


def typed_words(form: type[forms.Form], data: Any) -> list[dict[str, str]]:
    """Return what was typed in a form that can no longer be made, in words: what it always asks, then other texts."""
    fields: Mapping[str, forms.Field] = getattr(form, "base_fields", {})
    shown = [(n, f) for n, f in fields.items() if n in data and not isinstance(f.widget, forms.HiddenInput)]
    said = [(str(f.label or ""), words(f, f.widget.value_from_datadict(data, {}, n))) for n, f in shown]  # type: ignore[arg-type]
    said += [("Du skrev", str(v)) for n, v in data.items() if n not in {*fields, "sett"} and " " in v]
    return [{"etikett": label, "varde": text} for label, text in said if text]


def words(field: forms.Field, value: Any) -> str:
    """Return a value, stored or just sent, as a person would read it: the same value in the same words."""
    value = field.prepare_value(value)
    if value in (None, "", [], ()) and not isinstance(field, forms.BooleanField):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    try:
        value = field.to_python(value)
    except ValidationError:
        return _lines(value)
    if isinstance(field, forms.MultipleChoiceField):
        order = [str(key) for key, _ in field.choices]
        value = sorted(value, key=lambda key: (order.index(key) if key in order else len(order), key))
    return _lines(in_words(field, value))


def _lines(value: Any) -> str:
    return "\n".join(str(value).split("\r\n")).strip()


def in_words(field: forms.Field, value: Any) -> str:
    """Return one answer as a person would read it."""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField) or value in (None, ""):
        return ", ".join(str(v) for v in value) if hasattr(value, "__iter__") and value else str(value or "")
    if isinstance(field, forms.MultipleChoiceField | forms.TypedChoiceField | forms.ChoiceField):
        labels = {str(k): str(v) for k, v in field.choices}  # type: ignore[union-attr,misc]
        values = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(v), str(v)) for v in values)
    if isinstance(value, list):
        return "\n".join(str(v) for v in value)
    return str(value)
