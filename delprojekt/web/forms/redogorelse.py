"""Forms of the accessibility statement: writing it, and saying what does not work."""

from typing import Any

from django import forms

from delprojekt.models import Forenlighet, Redogorelse
from delprojekt.process.klocka import idag
from delprojekt.web.forms.bas import textruta
from delprojekt.web.forms.falt import Datumfalt
from delprojekt.web.forms.sett import Sedd


class RedogorelseForm(Sedd):
    """What the law asks for (conventions.md §6.1); the feedback form and the day of change come by themselves."""

    aktor = forms.CharField(label="Vem som står bakom portalen", max_length=200)
    tjanst = forms.CharField(label="Tjänstens namn", max_length=100)
    forenlighet = forms.ChoiceField(
        label="Hur tillgänglig är portalen?", choices=Forenlighet.choices, widget=forms.RadioSelect
    )
    brister = textruta("Brister och skälen till dem", required=False, help_text="En brist på varje rad.", rows=8)
    oskaligt = textruta("Oskäligt betungande anpassning (12 §), med motivering", rows=3)
    omfattas_inte = textruta("Innehåll som inte omfattas av lagen (9 §)", rows=3)
    metod = textruta("Hur portalen har prövats", rows=4)
    bedomd_date = Datumfalt(label="Senaste bedömningen gjordes")
    tillsyn_namn = forms.CharField(label="Tillsynsmyndighet", max_length=120)
    tillsyn_url = forms.URLField(label="Adress för anmälan", max_length=300, assume_scheme="https")

    def __init__(self, *args: Any, nu: Redogorelse, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        for name, field in self.fields.items():
            field.initial = getattr(nu, name)
        self.shown(nu=nu)

    def clean(self) -> dict[str, Any]:
        """Check what hangs together: a fault must be named unless there is none, and no assessment lies ahead."""
        data = super().clean() or {}
        if data.get("forenlighet") in {Forenlighet.DELVIS, Forenlighet.INTE} and not data.get("brister"):
            self.add_error("brister", "Skriv vilka brister som finns, en på varje rad.")
        if data.get("bedomd_date") and data["bedomd_date"] > idag():
            self.add_error("bedomd_date", "Bedömningen kan inte ha gjorts efter i dag.")
        return data


class SynpunktForm(forms.Form):
    """What does not work, where, and maybe where to answer."""

    use_required_attribute = False
    vad = forms.CharField(
        label="Vad fungerar inte, eller vad behöver du i en annan form?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    sida = forms.CharField(label="På vilken sida?", max_length=300, required=False)
    svara_till = forms.EmailField(
        label="Din e-postadress", required=False, help_text="Om du vill ha svar. Används bara för det."
    )
