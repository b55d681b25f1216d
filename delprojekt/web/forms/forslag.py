"""Forms of förslag and beredning."""

from functools import partial
from typing import Any

from django import forms

from delprojekt.models import Deltagandestatus, Kriterium, Malsattning, Ursprung
from delprojekt.process.fragor.forslag import star_fast
from delprojekt.queries.formular import kansli_people, next_number
from delprojekt.web.forms.bas import ActForm, FactForm, region_field, textruta
from delprojekt.web.forms.falt import Handedag, behovs

BEHOVS = "för att skicka in"


class ForslagForm(forms.Form):
    """Somebody's idea (M5.1-1). Only the title is asked for to save a draft."""

    benamning = forms.CharField(label="Titel", max_length=200)
    ursprung = behovs(
        forms.ChoiceField(
            label="Varifrån kommer förslaget?", choices=[("", "Välj"), *Ursprung.choices], required=False
        ),
        BEHOVS,
    )
    ursprung_text = forms.CharField(
        label="Mer om var det kommer ifrån",
        max_length=200,
        required=False,
        help_text="Till exempel vilket chefsamråd eller vilken grupp.",
    )
    problem = behovs(textruta("Vilket problem ska lösas?", required=False), BEHOVS)
    syfte = textruta("Syfte", required=False, help_text="Vad ska delprojektet leda till?")
    mal = textruta("Mål", required=False, help_text="Hur märks det att det lyckats?")
    forvantat_utfall = textruta("Förväntat utfall", required=False)
    effekter = behovs(
        textruta(
            "Positiva effekter av samverkan",
            required=False,
            help_text="Vad vinner regionerna på att göra det tillsammans?",
        ),
        "före samarbetsgruppen",
    )
    malsattningar = forms.MultipleChoiceField(
        label="Målsättning", choices=Malsattning.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    kriterier = forms.MultipleChoiceField(
        label="Området rör", choices=Kriterium.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    omfordelning = forms.BooleanField(
        label="Verksamhet kan komma att flyttas mellan regioner (omfördelning)", required=False
    )
    koncentrering = forms.BooleanField(
        label="Verksamhet kan komma att samlas på färre ställen (koncentrering)", required=False
    )
    patientflode = textruta(
        "Förväntat patientflöde mellan regionerna",
        required=False,
        rows=3,
        help_text="Om verksamhet flyttas: vilka patienter får vård var?",
    )
    beror_barn = forms.BooleanField(label="Förslaget berör barn", required=False)
    barnets_basta = textruta(
        "Barnets bästa", required=False, rows=3, help_text="Om förslaget berör barn: hur beaktas barnets bästa?"
    )


class RedigeraForslagForm(ForslagForm, ActForm):
    """The same fields, filled in with what stands there."""

    def room(self) -> None:
        """Show what is written; what stands fast is not left empty: it is asked for (T02, T04)."""
        forslag = self.rum.delprojekt.forslag
        for name in self.fields:
            if hasattr(forslag, name):
                self.fields[name].initial = getattr(forslag, name)
        self.fields["benamning"].initial = self.rum.delprojekt.benamning
        held = (self.fields[name] for name in star_fast(self.rum.lage))
        for field in (one for one in held if not one.required):
            field.required = True
            field.error_messages["required"] = "Förslaget har skickats in. Det här kan ändras men inte tömmas."
            field.help_text = "" if field.help_text == BEHOVS else field.help_text

    @property
    def reviewed(self) -> bool:
        """It is saved at once: why something that has come in is changed is asked for in the form itself."""
        return False


class KontaktpersonForm(ActForm):
    """Whom at the kansli."""

    person = forms.ModelChoiceField(label="Kontaktperson på kansliet", queryset=None, empty_label="Välj person")

    def room(self) -> None:
        """Offer the people of the kansli."""
        self.fields["person"].queryset = kansli_people(self.rum.actor)  # type: ignore[attr-defined]

    def underlag(self) -> dict[str, Any]:
        """Give the person's key."""
        return {"person": self.cleaned_data["person"].pk}


class BehovForm(ActForm):
    """What one region says (M5.1.1-1)."""

    angelaget = forms.TypedChoiceField(
        label="Är området angeläget för regionen?",
        choices=[("ja", "Ja"), ("nej", "Nej")],
        coerce=lambda v: v == "ja",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    status = forms.ChoiceField(
        label="Regionens deltagande",
        choices=Deltagandestatus.svar(),
        initial=Deltagandestatus.DELTAR,
        widget=forms.RadioSelect,
    )
    sagt_av = forms.CharField(label="Vem i regionen har sagt det?", max_length=120)
    sagt_roll = forms.CharField(
        label="Personens roll", max_length=120, required=False, help_text="Till exempel verksamhetschef."
    )
    dag = Handedag(label="När")
    text = textruta("Kommentar", required=False, rows=3)
    field_order = ("region", "angelaget", "status", "sagt_av", "sagt_roll", "dag", "text")

    def room(self) -> None:
        """Offer the regions that the actor speaks for."""
        self.fields["region"] = region_field(self.rum)
        self.order_fields(self.field_order)


class StartForm(FactForm):
    """Ledningsgruppens decision on start; the number is proposed."""

    def room(self) -> None:
        """Add the number, unless the delprojekt has one."""
        super().room()
        if self.rum.delprojekt.nummer is None:
            suggested = partial(next_number, self.rum.actor, self.rum.delprojekt)
            self.fields["nummer"] = forms.IntegerField(
                label="Delprojektets nummer", min_value=1, max_value=9999, initial=suggested
            )


class AngraForm(ActForm):
    """Why the step is undone."""

    text = textruta("Varför", help_text="Det du skriver syns i händelserna. Inget tas bort.")
