"""Form fields of the house: Swedish dates, one thing per line, safe files."""

import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import filetype
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from delprojekt.process.datum import parse_day
from delprojekt.process.tal import parse_tal, skriv_tal

MB = 1024 * 1024
TILLATNA = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "image/png": "bild",
    "image/jpeg": "bild",
    "image/tiff": "bild",
}


class Datumfalt(forms.DateField):
    """A day written as "12 mars 2026", "2026-03-12" or "20260312"; never month first."""

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


class Paragraffalt(forms.CharField):
    """A § or a point as people write it: "§ 27", "27 §" and "27" are the same (conventions.md §6.5)."""

    def to_python(self, value: Any) -> str:
        """Return it without the sign, which the portal writes itself."""
        return " ".join(str(super().to_python(value) or "").replace("§", " ").split())


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
    """A received document: PDF, Word or a scanned picture, of limited size. What it claims to be is not believed."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file, or raise ValidationError saying what is wrong and what to do."""
        upload = super().clean(data, initial)
        if upload:
            check_file(upload)
        return upload


def check_file(upload: UploadedFile) -> None:
    """Look inside a file. Raises ValidationError when it is empty, too large, of another kind, or holds macros."""
    if (upload.size or 0) > settings.UPPLADDNING_MAX_MB * MB:
        limit = settings.UPPLADDNING_MAX_MB
        raise ValidationError(f"Filen är större än {limit} MB. Skicka bara protokollsutdraget, inte hela protokollet.")
    upload.seek(0)
    kind = filetype.guess(upload.read(8192))
    upload.seek(0)
    if kind is None or kind.mime not in TILLATNA:
        raise ValidationError("Filen går inte att läsa som PDF, Word eller bild. Spara om den som PDF och försök igen.")
    if TILLATNA[kind.mime] == "Word":
        _check_word(upload)
    upload.seek(0)


def _check_word(upload: UploadedFile) -> None:
    try:
        with zipfile.ZipFile(upload) as archive:
            names = [item.filename.lower() for item in archive.infolist()]
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise ValidationError("Word-filen är skadad. Spara om den som PDF och försök igen.") from error
    if any(name.endswith("vbaproject.bin") for name in names):
        raise ValidationError("Word-filen innehåller makron. Spara den som PDF och försök igen.")
    if unpacked > 10 * settings.UPPLADDNING_MAX_MB * MB:
        raise ValidationError("Word-filen är för stor när den packas upp. Spara den som PDF och försök igen.")


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
