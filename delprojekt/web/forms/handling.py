"""Forms of the register of allmänna handlingar: a diarienummer, and a correction."""

from typing import Any

from django import forms

from delprojekt.models import AllmanHandling
from delprojekt.process.handling import NAMNDENS, Handlingstyp, Hantering
from delprojekt.process.policy.avgor import for_all
from delprojekt.queries.handling import get_handling
from delprojekt.queries.hanteringsplan import read_plan, rule_of
from delprojekt.web.forms.bas import ActForm, textruta
from delprojekt.web.forms.falt import Datumfalt


class DiarienummerForm(ActForm):
    """An authority's own number of a handling."""

    region = forms.ChoiceField(label="Myndighet", required=False)
    dnr = forms.CharField(
        label="Diarienummer",
        max_length=60,
        help_text="Skriv det som det står i myndighetens diarium. Ett tidigare nummer finns kvar som tidigare.",
    )

    def room(self) -> None:
        """Offer the authorities that the person may speak for."""
        rum = self.rum
        own = [("", NAMNDENS)] if for_all(rum.actor, rum.act, rum.lage) else []
        self.fields["region"].choices = [*own, *rum.regioner()]  # type: ignore[attr-defined]

    def underlag(self) -> dict[str, Any]:
        """Name the handling."""
        return {**super().underlag(), "objekt": self.rum.objekt}


class RattaForm(ActForm):
    """A correction: what stands now is filled in, and the reason is asked for."""

    typ = forms.ChoiceField(label="Typ", choices=Handlingstyp.choices, widget=forms.RadioSelect)
    date = Datumfalt(label="Datum")
    motpart = forms.CharField(label="Från eller till", max_length=300)
    beskrivning = forms.CharField(
        label="Kort beskrivning", max_length=300, help_text="Skriv inget som kan omfattas av sekretess."
    )
    sekretess = forms.CharField(
        label="Sekretess",
        max_length=200,
        required=False,
        help_text="Till exempel paragraf och vad det gäller. Bara kansliet och nämndens sekreterare ser texten.",
    )
    hantering = forms.ChoiceField(label="Bevara eller gallra", choices=Hantering.choices, widget=forms.RadioSelect)
    hantering_text = forms.CharField(
        label="Gallringsfrist eller plan",
        max_length=200,
        required=False,
        help_text="Bara om något eget är beslutat för just den här handlingen, till exempel vilken punkt i"
        " dokumenthanteringsplanen. Tomt: handlingen följer planen.",
    )
    skal = textruta("Varför rättas registreringen?", rows=2)

    def room(self) -> None:
        """Show what stands now."""
        row = self._row()
        for name in self.fields:
            if name not in {"skal", "nyckel"}:
                self.fields[name].initial = getattr(row, name)
        if rule := rule_of(self.rum.actor, row, read_plan(self.rum.actor)):
            self.fields["hantering"].initial = rule.hantering

    def _row(self) -> AllmanHandling:
        return get_handling(self.rum.actor, self.rum.objekt or 0)

    def underlag(self) -> dict[str, Any]:
        """Name the handling."""
        return {**super().underlag(), "objekt": self.rum.objekt}
