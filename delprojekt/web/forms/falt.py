"""Form fields of the house: Swedish dates, one thing per line, safe files."""

import logging
import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from delprojekt.actions.filer import as_file
from delprojekt.documents.granska.forald import granska
from delprojekt.documents.granska.utslag import MB, Filfel
from delprojekt.process.datum import parse_day, parse_partial, skriv
from delprojekt.process.klocka import idag
from delprojekt.process.tal import parse_tal, skriv_tal

logger = logging.getLogger(__name__)
F = TypeVar("F", bound=forms.Field)

FORSTA_DAG = date(1990, 1, 1)
"""Nothing in the portal is older: a day before it is a slip of the finger (startår in the list begins here too)."""
SISTA_DAG = date(2100, 12, 31)
"""No plan reaches further (startår in the list ends here too)."""


def behovs(field: F, nar: str) -> F:
    """Mark a field that may be left empty for now, or by others. In: when it is needed: "för att skicka in", "vid nej".

    Out: the field. Its label says so, instead of "valfritt".
    """
    field.behovs = nar  # type: ignore[attr-defined]
    return field


SLUTRAPPORTEN = "för att lämna slutrapporten"


class Datumfalt(forms.DateField):
    """A day written as "12 mars 2026", "2026-03-12" or "20260312"; never month first.

    A day that is older than anything in the portal, or further off than any plan, is a slip of the finger.
    """

    default_error_messages = {"invalid": "Skriv datumet som 12 mars 2026 eller 2026-03-12."}  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}))
        kwargs.setdefault("help_text", "Till exempel 12 mars 2026 eller 2026-03-12.")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """Return the day, or raise ValidationError with an example of how to write it."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        day = parse_day(str(value))
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day

    def validate(self, value: date | None) -> None:
        """Refuse a year that must be mistyped. Raises ValidationError."""
        super().validate(value)
        if value and not FORSTA_DAG <= value <= SISTA_DAG:
            raise ValidationError(f"Det står {skriv(value)}. Kontrollera årtalet.", code="artal")


class Handedag(Datumfalt):
    """The day when something happened: today is proposed; a day ahead is refused (nothing made up)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", idag)
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        """Refuse what has not happened yet. Raises ValidationError."""
        super().validate(value)
        if value and value > idag():
            raise ValidationError("Datumet ligger framåt i tiden. Anteckna det när det har hänt.", code="framtid")


class Planfalt(forms.CharField):
    """A day in a plan, or as much of it as is known: "12 mars 2027", "HT 2027", "våren 2027", "v. 12 2027", "2027".

    Cleans to the last day of the span and the words (empty for a day), or None when left empty.
    """

    default_error_messages = {"invalid": "Skriv så mycket du vet: 12 mars 2027, mars 2027, HT 2027 eller 2027."}  # noqa: RUF012

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("help_text", "Till exempel 12 mars 2027, HT 2027 eller våren 2027.")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Return (day, words), or raise ValidationError with examples."""
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return None
        day = parse_day(text)
        last = day or parse_partial(text)
        if last is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return last, "" if day else text


class Telefonfalt(forms.CharField):
    """A telephone number, as it is written: figures, and what people put between them."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def clean(self, value: Any) -> str:
        """Return it with single spaces, or raise ValidationError with an example."""
        text = " ".join(str(super().clean(value)).split())
        if text and not _TELEFON.fullmatch(text):
            raise ValidationError("Skriv numret med siffror, till exempel 070-123 45 67.", code="invalid")
        return text


_TELEFON = re.compile(r"\+?(?:[\s()./-]*\d){5,15}")


class Textfalt(forms.CharField):
    """A longer text. A browser sends its line breaks in another form than they are stored in: the text is the same."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the text with plain line breaks."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class Meningsfalt(Textfalt):
    """The end of a sentence that begins with ``borjan``; the whole sentence is read under the field."""

    def __init__(self, borjan: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        self.borjan = borjan
        super().__init__(**kwargs)


class Paragraffalt(forms.CharField):
    """A § or a point as people write it: "§ 27", "27 §" and "27" are the same (conventions.md §6.5)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return it without the sign, which the portal writes itself. Raises ValidationError if it has no number."""
        text = " ".join(str(super().to_python(value) or "").replace("§", " ").split())
        if text and not any(sign.isdigit() for sign in text):
            raise ValidationError("Skriv numret, till exempel 27 eller 27 a.", code="invalid")
        return text


class Rader(forms.CharField):
    """A text area with one thing per line. Cleans to a list of lines; leading numbers and dashes are taken off."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Return the lines with something in them."""
        text = super().clean(value)
        lines = (line.strip().lstrip("-•*").strip() for line in text.splitlines())
        return [_without_number(line) for line in lines if line]


def _without_number(line: str) -> str:
    head, _, rest = line.partition(" ")
    return rest.strip() if rest and head.rstrip(".)").isdigit() and head[-1] in ".)" else line


class Handlingsfalt(forms.FileField):
    """A received document: PDF, Word, OpenDocument or a scanned picture. What it claims to be is not believed.

    The help says what is taken and how large it may be; ``help_text`` comes after that.
    """

    def __init__(self, **kwargs: Any) -> None:
        limit = f"PDF, Word, OpenDocument eller bild, högst {settings.UPPLADDNING_MAX_MB} MB."
        kwargs["help_text"] = f"{limit} {kwargs.get('help_text', '')}".strip()
        super().__init__(allow_empty_file=True, **kwargs)  # an empty file is turned away by the check, with a reason

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file, or raise ValidationError saying what is wrong and what to do."""
        upload = super().clean(data, initial)
        if upload:
            check_file(upload)
        return upload


def check_file(upload: UploadedFile) -> None:
    """Look inside a file, in a process of its own. Raises ValidationError with the reason when it is turned away.

    A file that is turned away has its reason in ``upload.avvisning``, so that it can be noted that it came in.
    """
    fel = _fault(upload)
    if fel is None:
        return
    upload.avvisning = fel  # type: ignore[attr-defined]
    raise ValidationError(reason(fel), code="avvisad")


def reason(fel: Filfel) -> str:
    """Return why a file is turned away and what to do, as the person reads it."""
    return fel.value.format(mb=settings.UPPLADDNING_MAX_MB)


def _fault(upload: UploadedFile) -> Filfel | None:
    if not upload.size:
        return Filfel.TOM
    if upload.size > settings.UPPLADDNING_MAX_MB * MB:
        return Filfel.FOR_STOR
    try:
        with as_file(upload) as path:
            return granska(path).fel
    except OSError as error:
        logger.exception("En fil kunde inte granskas.")
        raise ValidationError("Portalen kan inte ta emot filer just nu. Försök igen om en stund.") from error


class Talfalt(forms.CharField):
    """A number as Swedes write it: "1 480", "61,5". Cleans to a Decimal, or None when left empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a number as it is written."""
        return skriv_tal(value) if isinstance(value, Decimal | int) else value

    def clean(self, value: Any) -> Any:
        """Return the number, or raise ValidationError with an example."""
        text = super().clean(value)
        if not text:
            return None
        number = parse_tal(text)
        if number is None:
            raise ValidationError("Skriv ett tal, till exempel 1 480 eller 61,5.", code="invalid")
        return number
