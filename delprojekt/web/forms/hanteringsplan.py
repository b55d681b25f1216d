"""The rule for one kind of handling."""

from typing import Any

from django import forms

from delprojekt.models import Hanteringsregel
from delprojekt.process.handling import Hantering
from delprojekt.web.forms.bas import textruta
from delprojekt.web.forms.sett import Sedd


class HanteringsregelForm(Sedd):
    """Kept, weeded after a time, or not decided; and why."""

    hantering = forms.ChoiceField(label="Bevara eller gallra", choices=Hantering.choices, widget=forms.RadioSelect)
    gallras_efter_ar = forms.IntegerField(
        label="Gallras efter, antal år",
        min_value=1,
        max_value=200,
        required=False,
        help_text="Räknas från registreringen. Lämna tomt om handlingen bevaras.",
    )
    beslut = forms.CharField(
        label="Arkivmyndighetens beslut",
        max_length=200,
        required=False,
        help_text="Behövs för att gallra. Till exempel ”Arkivnämnden 2026-03-12 § 14”.",
    )
    skal = textruta("Varför ändras planen?", rows=2)

    def __init__(self, *args: Any, nu: Hanteringsregel | None, forval: str, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.initial["hantering"] = nu.hantering if nu else forval
        if nu:
            self.initial |= {"gallras_efter_ar": nu.gallras_efter_ar, "beslut": nu.beslut}
        self.shown(nu=nu, forval=forval)
