"""Forms of nuläge and analys: facts, coverage, what is left out, conclusions (§5.1.3, §5.2–5.3)."""

from typing import Any

from django import forms
from django.db.models import Model

from delprojekt.models import Datakalla
from delprojekt.process.mall import ANALYS_PREFIX, NULAGE_PREFIX, UPPDRAGETS_DELAR
from delprojekt.process.policy.avgor import sections_for
from delprojekt.queries.arbete import (
    coverage,
    headings,
    left_out,
    points,
    section_choices,
    written_choices,
)
from delprojekt.web.forms.bas import ActForm, textruta
from delprojekt.web.forms.falt import Datumfalt, Talfalt
from delprojekt.web.forms.rader import RadForm, any_region, section_field


class FaktauppgiftForm(RadForm):
    """A claim with its figure and source (M5.2-3)."""

    pastaende = forms.CharField(label="Påstående", max_length=200, help_text="Till exempel ”Distansmöten under året”.")
    varde = Talfalt(label="Värde", required=False, help_text="Bara talet, till exempel 1 480 eller 61,5.")
    enhet = forms.CharField(
        label="Enhet", max_length=30, required=False, help_text="Till exempel antal, % eller dagar."
    )
    avser = forms.CharField(
        label="Avser bara",
        max_length=100,
        required=False,
        help_text="Om siffran gäller en del av regionen, till exempel södra Halland.",
    )
    kalla = forms.ChoiceField(
        label="Källa",
        choices=[("", "Ingen källa än"), *Datakalla.choices],
        required=False,
        help_text="Lägg aldrig in uppgifter om enskilda patienter.",
    )
    kalla_text = forms.CharField(label="Vilket register eller system", max_length=150, required=False)
    period = forms.CharField(
        label="Period", max_length=40, required=False, help_text="Till exempel 2024 eller HT 2025."
    )
    uttag_date = Datumfalt(label="Uttagsdatum", required=False)
    stryk_etikett = "Stryk faktauppgiften"
    field_order = ("avsnitt", "pastaende", "varde", "enhet", "region")

    def offer(self) -> None:
        """Offer the sections of nuläget and the regions that take part."""
        self.fields["avsnitt"] = section_field(self.rum, NULAGE_PREFIX, "Avsnitt i nuläget")
        self.fields["region"] = any_region(self.rum, "Hela sjukvårdsregionen")
        self.order_fields(self.field_order)

    def written(self, row: Model) -> dict[str, Any]:
        """Show the region by its slug."""
        region = getattr(row, "region", None)
        return {**super().written(row), "region": region.slug if region else ""}

    def clean(self) -> dict[str, Any]:
        """Another source has a name."""
        cleaned = super().clean() or {}
        if cleaned.get("kalla") == Datakalla.ANNAN and not cleaned.get("kalla_text"):
            self.add_error("kalla_text", "Skriv vilken källa det är.")
        return cleaned


class TackningForm(ActForm):
    """Which regions are in each section of nuläget (M5.2-2): one question per section that has text."""

    def room(self) -> None:
        """Ask about each section of nuläget; regions with a fact of their own are in it already."""
        regions = [(slug, name) for slug, name in self.rum.lage.regionnamn.items() if slug in self.rum.lage.deltar]
        mine = sections_for(self.rum.actor, self.rum.act, self.rum.lage)
        every = coverage(self.rum.actor, self.rum.omgang, dict(regions))
        for row in (row for row in every if mine is None or row.nyckel in mine):
            known = f" Faktauppgifter finns redan för {', '.join(row.fakta)}." if row.fakta else ""
            self.fields[f"tackning_{row.nyckel}"] = forms.MultipleChoiceField(
                label=row.rubrik,
                choices=regions,
                initial=row.angivna,
                required=False,
                help_text=f"Kryssa i de regioner som texten beskriver.{known}",
                widget=forms.CheckboxSelectMultiple,
            )

    def underlag(self) -> dict[str, Any]:
        """Give the regions by section."""
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith("tackning_")}
        return {"tackning": {name.removeprefix("tackning_"): value for name, value in given.items()}}


class _UtanAvsnittForm(ActForm):
    """A section and why it is left out. Without a reason it is taken in again."""

    text = textruta("Varför", required=False, help_text="Lämna tomt för att ta med avsnittet igen.")
    field_order = ("avsnitt", "text")
    etikett = "Avsnitt"

    def room(self) -> None:
        """Offer the sections; say which are left out now."""
        out = left_out(self.rum.actor, self.rum.omgang)
        choices = [(key, f"{name} (utelämnat)" if key in out else name) for key, name in self.sections()]
        at_hand = self.rum.avsnitt if self.rum.avsnitt in dict(choices) else ""
        shown = [("", "Välj avsnitt"), *choices]
        self.fields["avsnitt"] = forms.ChoiceField(label=self.etikett, choices=shown, initial=at_hand)
        self.order_fields(self.field_order)

    def sections(self) -> list[tuple[str, str]]:
        """Return what can be left out."""
        return section_choices(self.rum.actor, self.rum.omgang, NULAGE_PREFIX)

    def clean(self) -> dict[str, Any]:
        """A reason is needed to leave out what is not left out already."""
        cleaned = super().clean() or {}
        out = left_out(self.rum.actor, self.rum.omgang)
        if cleaned.get("avsnitt") and cleaned["avsnitt"] not in out and not cleaned.get("text"):
            self.add_error("text", "Skriv varför, nästa instans läser det.")
        return cleaned


class UtelamnaForm(_UtanAvsnittForm):
    """Leave out a section of nuläget with its analysis (M5.2-4)."""

    etikett = "Avsnitt i nuläget"


class EjTillampligtForm(_UtanAvsnittForm):
    """One of the six parts of the uppdrag that does not apply (M5.1.3-3)."""

    etikett = "Del av uppdraget"

    def sections(self) -> list[tuple[str, str]]:
        """Return the six parts."""
        return list(UPPDRAGETS_DELAR.items())


class SlutsatsForm(RadForm):
    """A conclusion of an analys section (M5.3-2)."""

    text = textruta("Slutsats", rows=3, help_text="En mening om orsak och samband. Åtgärdsförslagen hänvisar hit.")
    stryk_etikett = "Stryk slutsatsen"
    field_order = ("avsnitt", "text")

    def offer(self) -> None:
        """Offer the sections of the analysis."""
        self.fields["avsnitt"] = section_field(self.rum, ANALYS_PREFIX, "Avsnitt i analysen")
        self.order_fields(self.field_order)


class PlaceraSlutsatserForm(ActForm):
    """Where the analysis (M5.3-3) and the conclusions (M5.3-6) are printed."""

    efter_avsnitt = forms.TypedChoiceField(
        label="Analysen står",
        choices=[("nej", "I ett eget kapitel"), ("ja", "Direkt efter varje avsnitt i nuläget")],
        coerce=lambda value: value == "ja",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    samlade = forms.TypedChoiceField(
        label="Slutsatserna står",
        choices=[("nej", "Efter varje avsnitt i analysen"), ("ja", "Samlade i slutet av analysen")],
        coerce=lambda value: value == "ja",
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def room(self) -> None:
        """Show what is chosen."""
        if self.rum.omgang:
            self.initial["samlade"] = "ja" if self.rum.omgang.slutsatser_samlade else "nej"
            self.initial["efter_avsnitt"] = "ja" if self.rum.omgang.analys_efter_avsnitt else "nej"


class UppdragspunkterForm(ActForm):
    """Where each point of the uppdrag is answered: one question per point; blocks nothing."""

    def room(self) -> None:
        """Ask about each point; sections with text can be chosen."""
        sections = written_choices(self.rum.actor, self.rum.omgang)
        found = points(self.rum.actor, self.rum.omgang)
        more = {key for row in found for key in row.besvarad_i} - {key for key, _ in sections}  # chosen without a text
        names = headings(self.rum.actor, self.rum.omgang, more) if self.rum.omgang and more else {}
        for row in found:
            proposals = ", ".join(str(n) for n in row.forslag)
            self.fields[f"punkt_{row.pk}"] = forms.MultipleChoiceField(
                label=f"{row.nummer}. {row.text}",
                choices=[*sections, *((key, names.get(key, key)) for key in row.besvarad_i if key in more)],
                initial=row.besvarad_i,
                required=False,
                help_text=f"Besvaras redan av åtgärdsförslag {proposals}." if proposals else "I vilka avsnitt?",
                widget=forms.CheckboxSelectMultiple,
            )

    def underlag(self) -> dict[str, Any]:
        """Give the sections by the point's key."""
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith("punkt_")}
        return {"besvarad_i": {int(name.removeprefix("punkt_")): value for name, value in given.items()}}
