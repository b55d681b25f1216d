"""Forms with as many rows as somebody wants: a button adds one, and what is typed stays. Works without JavaScript."""

from typing import ClassVar, Self

from django import forms
from django.forms.utils import ErrorDict

from delprojekt.web.forms.bas import ActForm
from delprojekt.web.forms.sett import overwrite


class Raderform(ActForm):
    """Rows that are numbered from one. ``antal``: how many are shown; ``forsta``: the field that a row begins with."""

    antal = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    flest: ClassVar[int] = 20
    forsta: ClassVar[str] = ""
    lagg_till: ClassVar[str] = ""

    def count(self, known: int, shown: int) -> int:
        """Return how many rows to show: as many as were sent, but never fewer than are stored (``known``)."""
        sent = str(self.data.get("antal", "")) if self.is_bound else ""
        wanted = max(int(sent), known, 1) if sent.isdecimal() and len(sent) < 4 else shown
        self.antal_rader = min(wanted, self.flest)
        self.fields["antal"].initial = self.antal_rader
        return self.antal_rader

    @property
    def fler(self) -> str:
        """Return what the button that adds a row says; empty when there are as many rows as there can be."""
        return self.lagg_till if self.antal_rader < self.flest else ""

    def one_more(self) -> Self:
        """Return the form with what was sent and one row more, in which one goes on. Nothing is checked yet."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["antal"] = str(min(self.antal_rader + 1, self.flest))
        grown = type(self)(data, rum=self.rum)
        new = [name for name in grown.fields if name not in self.fields]
        grown.data = overwrite(data, grown, new)
        if new:
            grown.fields[f"{self.forsta}_{grown.antal_rader}"].widget.attrs["autofocus"] = True
        grown._errors = ErrorDict()
        return grown
