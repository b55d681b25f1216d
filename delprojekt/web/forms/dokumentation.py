"""Forms of the group's own notes: meetings, choices, support (§5, §6)."""

from typing import Any

from django import forms
from django.db.models import Model

from delprojekt.models import Stodomrade, Vagvalsslag
from delprojekt.process.klocka import idag
from delprojekt.queries.arbete import callable_to
from delprojekt.web.forms.bas import textruta
from delprojekt.web.forms.falt import Datumfalt, Handedag, behovs
from delprojekt.web.forms.rader import RadForm, any_region


class GruppmoteForm(RadForm):
    """A meeting of the group (M5-3). The notes may be written later."""

    date = Datumfalt(
        label="Mötets datum", initial=idag, help_text="Också ett kommande möte. Till exempel 12 mars 2026."
    )
    narvarande = textruta("Närvarande", required=False, rows=2)
    text = textruta(
        "Minnesanteckningar",
        required=False,
        rows=10,
        help_text="Vad ni kom fram till, vem som gör vad. Portalen påminner om de saknas tio dagar efter mötet.",
    )
    stryk_etikett = "Stryk mötet, det blev inte av"

    def offer(self) -> None:
        """Offer who is adjungerad, if somebody is."""
        if choices := callable_to(self.rum.actor, self.rum.omgang, self.rum.objekt):
            self.fields["kallade"] = forms.TypedMultipleChoiceField(
                label="Adjungerade som är med på mötet",
                choices=choices,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Ett kommande möte får de mejl om. De läser mötets minnesanteckningar, inte andra mötens.",
            )

    def written(self, row: Model) -> dict[str, Any]:
        """Show who is called by their keys."""
        known = super().written(row)
        return {**known, "kallade": [str(one.pk) for one in known["kallade"].all()]} if "kallade" in known else known

    def clean(self) -> dict[str, Any]:
        """Notes are of what has been."""
        cleaned = super().clean() or {}
        day = cleaned.get("date")
        if day and day > idag() and cleaned.get("text"):
            self.add_error("text", "Mötet har inte varit än. Skriv minnesanteckningarna när det har hållits.")
        return cleaned


class VagvalForm(RadForm):
    """A line of the group's log (M5-4, M5-5): short, so that it can be written on the way home."""

    slag = forms.ChoiceField(
        label="Vad är det?", choices=Vagvalsslag.choices, initial=Vagvalsslag.VAGVAL, widget=forms.RadioSelect
    )
    date = Handedag(label="Datum")
    text = textruta(
        "Vad valde ni, eller vad har samarbetet gett?",
        rows=2,
        help_text="Skrivs ut i kapitel 11 i slutrapporten. Ett mjukt resultat är till exempel nya kontaktvägar.",
    )
    alternativ = textruta("Vad valde ni bort?", required=False, rows=2)
    varfor = behovs(textruta("Varför?", required=False, rows=2), "för ett vägval")
    stryk_etikett = "Stryk anteckningen"

    def clean(self) -> dict[str, Any]:
        """A choice says why."""
        cleaned = super().clean() or {}
        if cleaned.get("slag") == Vagvalsslag.VAGVAL and not cleaned.get("varfor") and not cleaned.get("stryk"):
            self.add_error("varfor", "Skriv varför ni valde så.")
        return cleaned


class StodbegaranForm(RadForm):
    """What the group asks for, and what came of it (M6.1-2, M6.2-1). Contact persons at the kansli can guide."""

    omrade = forms.ChoiceField(
        label="Vad gäller det?", choices=Stodomrade.choices, initial=Stodomrade.DATA, widget=forms.RadioSelect
    )
    vad = textruta("Vad behöver ni?", rows=3, help_text="Till exempel vilka uppgifter, för vilken period.")
    mottagare = forms.CharField(
        label="Till vem",
        max_length=150,
        help_text=(
            "Till exempel regionens ekonomi- och uppföljningsenhet, ett kvalitetsregister, SCB, Socialstyrelsen, "
            "DARC eller kansliet. Din kontaktperson kan vägleda."
        ),
    )
    begard_date = Handedag(label="Begärt den")
    utlovad_date = Datumfalt(label="Utlovat till", required=False)
    mottagen_date = Handedag(label="Mottaget den", required=False, initial=None)
    svar = textruta("Svar", required=False, rows=3)
    stryk_etikett = "Stryk begäran"
    field_order = ("omrade", "vad", "mottagare", "region", "begard_date", "utlovad_date", "mottagen_date", "svar")

    def offer(self) -> None:
        """Offer the regions that take part."""
        self.fields["region"] = any_region(self.rum, "Inte från en viss region")
        self.order_fields(self.field_order)

    def written(self, row: Model) -> dict[str, Any]:
        """Show the region by its slug."""
        region = getattr(row, "region", None)
        return {**super().written(row), "region": region.slug if region else ""}

    def clean(self) -> dict[str, Any]:
        """What has come was asked for first."""
        cleaned = super().clean() or {}
        asked, came = cleaned.get("begard_date"), cleaned.get("mottagen_date")
        if asked and came and came < asked:
            self.add_error("mottagen_date", "Det kan inte ha kommit före den dag då ni bad om det.")
        return cleaned
