"""Forms of ledningsgrupp, nämnd, regions and follow-up."""

from collections.abc import Iterator
from typing import Any

from django import forms

from delprojekt.models import Beslutsniva, Granskning, Inforandelage, Rekommendation, Stallningsval, Utfall
from delprojekt.process.fakta import Organslag
from delprojekt.process.klocka import idag
from delprojekt.queries.formular import (
    first_clauses,
    group_people,
    introduction,
    latest_beslutsforslag,
    recommendations,
)
from delprojekt.web.forms.bas import ActForm, region_field, textruta
from delprojekt.web.forms.falt import Datumfalt, Handlingsfalt, Paragraffalt

TOMMA = 2
MAX_SATSER = 20


class BeslutsforslagForm(ActForm):
    """The clauses: what follows "… rekommenderar regionerna att". Empty ones are left out."""

    antal = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_SATSER)

    def room(self) -> None:
        """Show the latest version, or the group's proposals as a first draft, and a few empty rows."""
        regions = list(self.rum.lage.regionnamn.items())
        known = self._known()
        count = min(max(len(known) + TOMMA, 3), MAX_SATSER)
        if self.is_bound and str(self.data.get("antal", "")).isdigit():
            count = min(max(int(self.data["antal"]), 1), MAX_SATSER)
        self.fields["antal"].initial = count
        for n in range(1, count + 1):
            row = known[n - 1] if n <= len(known) else {}
            self._add_row(n, row, regions)

    def _known(self) -> list[dict[str, Any]]:
        latest = latest_beslutsforslag(self.rum.actor, self.rum.delprojekt)
        if latest is None:
            return first_clauses(self.rum.actor, self.rum.omgang) if self.rum.omgang else []
        rows = sorted(latest.attsatser.all(), key=lambda s: s.nummer)
        return [
            {"text": s.text, "atgardsforslag": s.atgardsforslag_id, "mottagare": [r.slug for r in s.mottagare.all()]}
            for s in rows
        ]

    def _add_row(self, n: int, row: dict[str, Any], regions: list[tuple[str, str]]) -> None:
        self.fields[f"text_{n}"] = textruta(f"Att-sats {n}", required=False, rows=2)
        self.fields[f"text_{n}"].initial = row.get("text", "")
        self.fields[f"mottagare_{n}"] = forms.MultipleChoiceField(
            label=f"Att-sats {n} riktas till",
            choices=regions,
            required=False,
            initial=row.get("mottagare", sorted(self.rum.lage.deltar)),
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields[f"fran_{n}"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=row.get("atgardsforslag")
        )

    def _rows(self) -> Iterator[tuple[int, str]]:
        for n in range(1, (self.cleaned_data.get("antal") or 0) + 1):
            if text := (self.cleaned_data.get(f"text_{n}") or "").strip():
                yield n, text

    def clean(self) -> dict[str, Any]:
        """At least one clause; each with somebody it is directed to (M5.5-4)."""
        cleaned = super().clean() or {}
        rows = list(self._rows())
        if not rows:
            self.add_error("text_1", "Skriv minst en att-sats.")
        for n, _ in rows:
            if not cleaned.get(f"mottagare_{n}"):
                self.add_error(f"mottagare_{n}", f"Välj vem att-sats {n} riktas till.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Give the clauses in order."""
        own = (
            {row["atgardsforslag"] for row in first_clauses(self.rum.actor, self.rum.omgang)}
            if self.rum.omgang
            else set()
        )
        return {
            "attsatser": [
                {
                    "text": text.rstrip(".,;"),
                    "mottagare": self.cleaned_data[f"mottagare_{n}"],
                    "atgardsforslag": fran if (fran := self.cleaned_data.get(f"fran_{n}")) in own else None,
                }
                for n, text in self._rows()
            ]
        }


class StallningForm(ActForm):
    """A region's stance on the version that is shown; another version in between is refused (M5.4.3-3)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    val = forms.ChoiceField(label="Regionens ställning", choices=Stallningsval.choices, widget=forms.RadioSelect)
    skal = textruta("Vad vill regionen ändra?", required=False, rows=3, help_text="Behövs om regionen inte är enig.")
    field_order = ("version", "region", "val", "skal")

    def room(self) -> None:
        """Bind the form to the version that is shown now."""
        self.fields["version"].initial = self.rum.lage.beslut.version
        self.beslutsforslag = latest_beslutsforslag(self.rum.actor, self.rum.delprojekt)
        self.fields["region"] = region_field(self.rum)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A region that is not agreed says what it wants to change."""
        cleaned = super().clean() or {}
        if cleaned.get("val") == Stallningsval.EJ_ENIG and not cleaned.get("skal"):
            self.add_error("skal", "Skriv vad regionen vill ändra.")
        return cleaned


class RekommenderaForm(ActForm):
    """What nämnden minuted, verbatim; the text is proposed from the agreed clauses."""

    dag = Datumfalt(label="Nämndens sammanträde", initial=idag)
    punkt = Paragraffalt(label="Paragraf", max_length=20)
    dnr = forms.CharField(label="Diarienummer", max_length=60, required=False)
    lydelse = textruta("Beslutets lydelse enligt protokollet", rows=8)
    justerat = Datumfalt(label="Justerat den", required=False)
    anslaget = Datumfalt(label="Anslaget den", required=False)

    @property
    def formel(self) -> str:
        """Return the sjukvårdsregion's formula."""
        return self.rum.delprojekt.sjukvardsregion.beslutsformel

    def room(self) -> None:
        """Propose the text."""
        latest = latest_beslutsforslag(self.rum.actor, self.rum.delprojekt)
        clauses = sorted(latest.attsatser.all(), key=lambda s: s.nummer) if latest else []
        lines = [f"{c.nummer}. {c.text}" for c in clauses]
        self.fields["lydelse"].initial = "\n".join(
            ["Södra regionvårdsnämnden godkänner slutrapporten.", f"{self.formel}", *lines]
        )

    def underlag(self) -> dict[str, Any]:
        """Name the body."""
        return {**super().underlag(), "organ": Organslag.NAMND.value}


class HuvudmansbeslutForm(ActForm):
    """A region's decision: level, body, date, §, outcome per recommendation, and the document (M5.6-1, M5.6-2)."""

    niva = forms.ChoiceField(label="Vem beslutade?", choices=Beslutsniva.choices, widget=forms.RadioSelect)
    organ_namn = forms.CharField(
        label="Organ eller befattning",
        max_length=150,
        help_text="Till exempel regionstyrelsen eller hälso- och sjukvårdsdirektören.",
    )
    grund = forms.CharField(
        label="Delegationsgrund", max_length=200, required=False, help_text="Bara vid beslut på tjänstemannanivå."
    )
    dag = Datumfalt(label="Beslutsdatum")
    paragraf = Paragraffalt(label="Paragraf", max_length=20, required=False)
    dnr = forms.CharField(label="Regionens diarienummer", max_length=60, required=False)
    fil = Handlingsfalt(
        label="Protokollsutdrag eller undertecknat beslut",
        required=False,
        help_text="PDF, Word eller bild, högst 20 MB. Du kan lämna beslutet nu och skicka handlingen senare.",
    )

    def room(self) -> None:
        """Add the region first and the recommendations before the document."""
        self.fields["region"] = region_field(self.rum)
        self.rekommendationer = recommendations(self.rum.actor, self.rum.delprojekt)
        for rek in self.rekommendationer:
            self.fields[f"utfall_{rek.pk}"] = forms.ChoiceField(
                label=f"{rek.nummer}. {rek.text}", choices=[("", "Inte beslutat än"), *Utfall.choices], required=False
            )
            self.fields[f"villkor_{rek.pk}"] = forms.CharField(
                label=f"Villkor eller skäl för punkt {rek.nummer}", max_length=500, required=False
            )
        cells = [name for rek in self.rekommendationer for name in (f"utfall_{rek.pk}", f"villkor_{rek.pk}")]
        self.order_fields(["region", "niva", "organ_namn", "grund", "dag", "paragraf", "dnr", *cells, "fil"])

    def cells(self) -> dict[int, tuple[str, str]]:
        """Return outcome and condition for each recommendation that was answered and is directed to the region."""
        region = self.cleaned_data.get("region")
        asked = [rek for rek in self.rekommendationer if region in {r.slug for r in rek.mottagare.all()}]
        answers = {rek.pk: (self.cleaned_data.get(f"utfall_{rek.pk}") or "", self._condition(rek)) for rek in asked}
        return {pk: (outcome, text) for pk, (outcome, text) in answers.items() if outcome}

    def _condition(self, rek: Rekommendation) -> str:
        return (self.cleaned_data.get(f"villkor_{rek.pk}") or "").strip()

    def clean(self) -> dict[str, Any]:
        """At least one outcome; a condition is told; an official says by what delegation."""
        cleaned = super().clean() or {}
        cells = self.cells()
        if not cells and self.rekommendationer:
            self.add_error(f"utfall_{self.rekommendationer[0].pk}", "Välj utfall för minst en rekommendation.")
        for pk, (outcome, text) in cells.items():
            if outcome == Utfall.DELVIS and not text:
                self.add_error(f"villkor_{pk}", "Skriv vilket villkor regionen ställer.")
        if cleaned.get("niva") == Beslutsniva.TJANSTEPERSON and not cleaned.get("grund"):
            self.add_error("grund", "Skriv vilken delegation beslutet bygger på, eller att det är verkställighet.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Give the outcomes by recommendation."""
        return {**super().underlag(), "utfall": self.cells()}


class GranskaForm(ActForm):
    """What kansliet found in the document (M5.6-2)."""

    granskning = forms.ChoiceField(
        label="Resultat",
        choices=[(Granskning.GODKAND.value, "Handlingen stämmer"), (Granskning.FEL.value, "Fel handling")],
        widget=forms.RadioSelect,
        help_text="Läs organ, sammanträdesdatum, paragraf, beslutets lydelse och justering.",
    )
    text = textruta("Vad är fel?", required=False, rows=3, help_text="Regionen får det du skriver.")

    def underlag(self) -> dict[str, Any]:
        """Name the document."""
        return {**super().underlag(), "objekt": self.rum.objekt}


class InforandeForm(ActForm):
    """How far a region has come with each recommendation."""

    def room(self) -> None:
        """One state and one hindrance per recommendation."""
        self.fields["region"] = region_field(self.rum)
        choices = self.rum.regioner()
        known = introduction(self.rum.actor, self.rum.delprojekt, choices[0][0]) if len(choices) == 1 else {}
        self.rekommendationer = recommendations(self.rum.actor, self.rum.delprojekt)
        for rek in self.rekommendationer:
            said = known.get(rek.pk)
            self.fields[f"lage_{rek.pk}"] = forms.ChoiceField(
                label=f"{rek.nummer}. {rek.text}",
                choices=[("", "Ingen uppgift"), *Inforandelage.choices],
                required=False,
                initial=said.lage if said else "",
            )
            self.fields[f"hinder_{rek.pk}"] = forms.CharField(
                label=f"Hinder för punkt {rek.nummer}",
                max_length=500,
                required=False,
                initial=said.hinder if said else "",
            )

    def states(self) -> dict[int, tuple[str, str]]:
        """Return state and hindrance for each recommendation that was answered and is directed to the region."""
        region = self.cleaned_data.get("region")
        asked = [rek.pk for rek in self.rekommendationer if region in {r.slug for r in rek.mottagare.all()}]
        found = {
            pk: (self.cleaned_data.get(f"lage_{pk}") or "", self.cleaned_data.get(f"hinder_{pk}") or "") for pk in asked
        }
        return {pk: pair for pk, pair in found.items() if pair[0]}

    def clean(self) -> dict[str, Any]:
        """At least one answer."""
        cleaned = super().clean() or {}
        if not self.states() and self.rekommendationer:
            self.add_error(f"lage_{self.rekommendationer[0].pk}", "Ange läget för minst en rekommendation.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Give the states by recommendation."""
        return {"region": self.cleaned_data["region"], "lagen": self.states()}


class UppfoljareForm(ActForm):
    """Who makes the follow-up: usually the former chair (M5.8-4, M5.8-5)."""

    person = forms.ModelChoiceField(label="Vem gör uppföljningen?", queryset=None, empty_label="Välj person")

    def room(self) -> None:
        """Offer the group's people."""
        self.fields["person"].queryset = group_people(self.rum.actor, self.rum.delprojekt)  # type: ignore[attr-defined]

    def underlag(self) -> dict[str, Any]:
        """Give the person's key."""
        return {"person": self.cleaned_data["person"].pk}
