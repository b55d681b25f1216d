"""Forms of the shared template: one section, and a new one."""

from typing import Any

from django import forms

from delprojekt.models import Mallavsnitt, Mallversion
from delprojekt.process.mall import TAR_EMOT, egen_rubrik
from delprojekt.web.forms.bas import textruta
from delprojekt.web.forms.sett import Sedd

_HJALP = "Visas bredvid texten för den som skriver avsnittet. Hela meningar."


class MallavsnittForm(Sedd):
    """Heading and guidance of a section; the heading of an analysis is its nuläge's."""

    rubrik = forms.CharField(label="Rubrik", max_length=150)
    vagledning = textruta("Vägledning", rows=6, help_text=_HJALP)

    def __init__(self, *args: Any, rad: Mallavsnitt, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.initial |= {"rubrik": rad.rubrik, "vagledning": rad.vagledning}
        if not egen_rubrik(rad.nyckel):
            del self.fields["rubrik"]
        self.shown(rad=rad)


class NyttAvsnittForm(Sedd):
    """A section that kansliet adds to the draft."""

    under = forms.ChoiceField(label="Kapitel")
    rubrik = forms.CharField(label="Rubrik", max_length=150)
    vagledning = textruta("Vägledning", rows=4, help_text=f"{_HJALP} Ett avsnitt i nuläget får ett i analysen också.")

    def __init__(self, *args: Any, version: Mallversion, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        rows = version.avsnitt.filter(nyckel__in=TAR_EMOT).order_by("ordning")
        self.fields["under"].choices = [(row.nyckel, str(row)) for row in rows]  # type: ignore[attr-defined]
        self.shown(version=version)
