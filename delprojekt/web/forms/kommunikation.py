"""Forms of the kommunikationsplan (§6.6)."""

from typing import Any

from django import forms

from delprojekt.models import Insatsskede, Insatstyp
from delprojekt.queries.beredning import get_activity
from delprojekt.web.forms.bas import ActForm
from delprojekt.web.forms.falt import Datumfalt


class InsatsForm(ActForm):
    """A new activity (M6.6-2, M6.6-3)."""

    skede = forms.ChoiceField(label="Skede", choices=Insatsskede.choices, widget=forms.RadioSelect)
    typ = forms.ChoiceField(label="Typ", choices=Insatstyp.choices, widget=forms.RadioSelect)
    vad = forms.CharField(
        label="Vad",
        max_length=200,
        help_text="Till exempel ”Intervju med ordföranden”. Skrivs ut i slutrapporten när den är klar.",
    )
    malgrupp = forms.CharField(label="Målgrupp", max_length=150, required=False)
    kanal = forms.CharField(label="Kanal", max_length=100, required=False)
    nar = forms.CharField(
        label="När", max_length=40, required=False, help_text="Ett datum eller ungefär, till exempel ”maj 2026”."
    )
    ansvarig = forms.CharField(label="Ansvarig", max_length=120, required=False)


class AndraInsatsForm(InsatsForm):
    """An activity that is changed, done, or not to be."""

    klar = Datumfalt(label="Klar den", required=False)
    stryk = forms.BooleanField(label="Insatsen blir inte av. Stryk den ur planen.", required=False)

    def room(self) -> None:
        """Show the activity."""
        row = get_activity(self.rum.actor, self.rum.delprojekt, self.rum.objekt or 0)
        for name in ("skede", "typ", "vad", "malgrupp", "kanal", "nar", "ansvarig"):
            self.fields[name].initial = getattr(row, name)
        self.fields["klar"].initial = row.klar_date

    def underlag(self) -> dict[str, Any]:
        """Name the activity."""
        return {**super().underlag(), "objekt": self.rum.objekt}
