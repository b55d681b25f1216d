"""What a form has shown of what is stored: nothing that was saved meanwhile is overwritten unseen (interface.md).

A form carries a fingerprint of every stored value that it showed. What it only proposes is a callable (today's date,
the next number) and stands outside, and so does what is hidden. ``Sedd`` is the form that does so: the forms of acts
and the forms outside them build on it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from delprojekt.process.datum import skriv
from delprojekt.process.klocka import nu
from delprojekt.process.tal import skriv_tal
from delprojekt.web.forms.falt import Planfalt

TECKEN = 10
_EPOK = datetime(1970, 1, 1, tzinfo=UTC)
_MIKROSEKUND = timedelta(microseconds=1)
_SIFFROR = 17
"""So many digits a moment has at most: far longer than the portal will stand."""


@dataclass(frozen=True)
class Skillnad:
    """A field that somebody else has changed: what stands there now, and what was typed."""

    namn: str
    etikett: str
    nu: str
    skrev: str


class Sedd(forms.Form):
    """A form that says what has been changed since it was shown. Its ``__init__`` ends with ``shown``."""

    krock: Any = None
    """What the page shows of a clash, when there is one."""

    def shown(self, **of: Any) -> None:
        """Mark what is shown. In: what the form is made of beside what was sent, so that it can be made anew."""
        self._of = of
        self.fields["sett"] = forms.CharField(required=False, widget=forms.HiddenInput)
        if not self.is_bound:
            self.fields["sett"].initial = fingerprint(self)

    def full_clean(self) -> None:
        """Clean it; the mark is the form's own and no answer."""
        super().full_clean()
        getattr(self, "cleaned_data", {}).pop("sett", None)

    @property
    def sett(self) -> str:
        """Return the fingerprint of what was shown when the form was filled in; empty if nothing was."""
        return str(self.data.get(self.add_prefix("sett"), ""))

    def clash(self) -> list[Skillnad]:
        """Return what somebody else has changed since the form was shown; what it is made of says what is stored now.

        What has been told of once is seen: the form then carries a new fingerprint, and can be sent again as it is.
        """
        if not self.sett:
            return []
        now = type(self)(**self._of)
        found = differences(self, now, self.sett)
        if found:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("sett")] = now.fields["sett"].initial  # type: ignore[index]
        return found

    def take_theirs(self, names: list[str]) -> None:
        """Put what is stored now into some of the fields; what was typed in the others is kept."""
        self.data = overwrite(self.data, type(self)(**self._of), names)


def fingerprint(form: forms.Form) -> str:
    """Return when the form is shown and a mark for each stored value in it."""
    marks = (f"{name}={mark}" for name, mark in _marks(form).items())
    return " ".join([str((nu() - _EPOK) // _MIKROSEKUND), *marks])


def shown_at(sett: str) -> datetime | None:
    """Return when the form with a fingerprint was shown; None for what is no fingerprint."""
    count = sett.partition(" ")[0]
    return _EPOK + int(count) * _MIKROSEKUND if count.isdecimal() and len(count) <= _SIFFROR else None


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
            mixed.pop(now.add_prefix(name), None)
        else:
            sent = [str(v) for v in value] if isinstance(value, list) else [_as_sent(value)]
            mixed.setlist(now.add_prefix(name), sent)
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
    name = form.add_prefix(name)
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
        return _picked(field, value)
    try:
        value = field.to_python(value)
    except ValidationError:
        return _lines(value)
    if isinstance(field, forms.MultipleChoiceField):
        order = [str(key) for key, _ in field.choices]
        value = sorted(value, key=lambda key: (order.index(key) if key in order else len(order), key))
    return _lines(in_words(field, value))


def _picked(field: forms.ModelChoiceField, value: Any) -> str:
    """Return the rows that are picked as the form calls them; one that cannot be picked any more is said to be gone."""
    keys = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    rows: Any = field.queryset
    found = {row.pk: field.label_from_instance(row) for row in rows.filter(pk__in=filter(str.isdecimal, keys))}
    gone = ["(går inte längre att välja)"] * (len(keys) > len(found))
    return "\n".join([*(found[pk] for pk in sorted(found)), *gone])


def _lines(value: Any) -> str:
    return "\n".join(str(value).split("\r\n")).strip()


def checked(field: forms.Field, value: Any) -> str:
    """Return one answer as the check of the answers shows it: a choice that was left as it stood is an answer too.

    A choice that only asks somebody to choose is none.
    """
    found = in_words(field, value)
    if found or not isinstance(field, forms.ChoiceField) or isinstance(field, _MANGA_ELLER_RADER):
        return found
    empty = next((str(label) for key, label in field.choices if key == ""), "")  # type: ignore[union-attr,misc]
    return "" if empty.startswith("Välj") else empty


_MANGA_ELLER_RADER = (forms.MultipleChoiceField, forms.ModelChoiceField)


def in_words(field: forms.Field, value: Any) -> str:
    """Return one answer as a person would read it."""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, date):
        return skriv(value)
    if isinstance(value, Decimal):
        return skriv_tal(value)
    if isinstance(field, Planfalt) and isinstance(value, tuple):
        day, words_ = value
        return words_ or skriv(day)
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField) or value in (None, ""):
        return ", ".join(str(v) for v in value) if hasattr(value, "__iter__") and value else str(value or "")
    if isinstance(field, forms.MultipleChoiceField | forms.TypedChoiceField | forms.ChoiceField):
        labels = {str(k): str(v) for k, v in field.choices}  # type: ignore[union-attr,misc]
        values = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(v), str(v)) for v in values)
    if isinstance(value, list):
        return "\n".join(str(v) for v in value)
    return str(value)
