"""Forms of the introduction and of what stands in its way (§5.7)."""

from collections.abc import Iterable
from typing import Any

from django import forms

from delprojekt.models import Hinderlage, Hinderslag, Inforandelage, Inforandestatus, Rekommendation
from delprojekt.queries.formular import get_hinder, introduction, introductions, recommendations
from delprojekt.web.forms.bas import ActForm, region_field, textruta
from delprojekt.web.forms.falt import Handedag, Planfalt, behovs

DELAR = ("lage", "ansvarig", "planerat", "kommentar")
"""What is asked of each recommendation."""


class _Lagesform(ActForm):
    """State, who is responsible, planned day and comment for each recommendation."""

    def add_states(self, rows: Iterable[Rekommendation], known: dict[int, Inforandestatus]) -> None:
        """Add the fields of every recommendation, with what was last said."""
        self.rekommendationer = list(rows)
        for rek in self.rekommendationer:
            said = known.get(rek.pk)
            state = forms.ChoiceField(
                label=f"{rek.nummer}. {rek.text}",
                choices=[("", "Ingen uppgift"), *Inforandelage.choices],
                required=False,
                initial=said.lage if said else "",
            )
            self.fields[f"lage_{rek.pk}"] = behovs(state, "för minst en punkt")
            self.fields[f"ansvarig_{rek.pk}"] = forms.CharField(
                label=f"Ansvarig för punkt {rek.nummer}",
                max_length=150,
                required=False,
                initial=said.ansvarig if said else "",
            )
            self.fields[f"planerat_{rek.pk}"] = Planfalt(
                label=f"Punkt {rek.nummer} planeras vara införd",
                required=False,
                initial=said.planerat if said else "",
            )
            self.fields[f"kommentar_{rek.pk}"] = forms.CharField(
                label=f"Kommentar till punkt {rek.nummer}",
                max_length=500,
                required=False,
                initial=said.kommentar if said else "",
            )

    def asked(self) -> list[Rekommendation]:
        """Return the recommendations that are directed to the one who reports."""
        return self.rekommendationer

    def clean(self) -> dict[str, Any]:
        """At least one answer; nothing that was filled in is left aside."""
        cleaned = super().clean() or {}
        states, asked = self._states(), {rek.pk for rek in self.asked()}
        if not states and self.rekommendationer:
            self.add_error(f"lage_{self.rekommendationer[0].pk}", "Ange läget för minst en rekommendation.")
        for rek in self.rekommendationer:
            for part in () if rek.pk in states or "region" in self.errors else DELAR:
                if cleaned.get(f"{part}_{rek.pk}"):
                    self.add_error(f"{part}_{rek.pk}", self._unsaid(rek, rek.pk in asked))
        return cleaned

    def _unsaid(self, rek: Rekommendation, asked: bool) -> str:
        """Return why what was filled in of a recommendation could not be stored."""
        if asked:
            return f"Ange läget för punkt {rek.nummer}, eller ta bort det här."
        region = self.rum.lage.regionnamn.get(str(self.cleaned_data.get("region")), "den nivån")
        return f"Punkt {rek.nummer} riktas inte till {region}. Ta bort svaret, eller välj en annan region."

    def _states(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        pairs = {r.pk: (data.get(f"lage_{r.pk}") or "", data.get(f"kommentar_{r.pk}") or "") for r in self.asked()}
        return {pk: pair for pk, pair in pairs.items() if pair[0]}

    def silent(self) -> set[str]:
        """Leave out what belongs to a recommendation whose state is not given."""
        unsaid = {row.pk for row in self.rekommendationer} - set(self._states())
        return {f"{part}_{pk}" for pk in unsaid for part in DELAR if not self.cleaned_data.get(f"{part}_{pk}")}

    def underlag(self) -> dict[str, Any]:
        """Give the states by recommendation."""
        states = self._states()
        return {
            "region": self.cleaned_data.get("region"),
            "lagen": states,
            "ansvariga": {pk: self.cleaned_data.get(f"ansvarig_{pk}") or "" for pk in states},
            "planerade": {pk: self.cleaned_data.get(f"planerat_{pk}") for pk in states},
        }


class InforandeForm(_Lagesform):
    """How far a region has come with each recommendation."""

    def room(self) -> None:
        """Ask about every recommendation; with one possible region, what it last said is filled in.

        Who reports for several regions is told beside each recommendation what they have said.
        """
        self.fields["region"] = region_field(self.rum)
        choices = self.rum.regioner()
        one = choices[0][0] if len(choices) == 1 else None
        known = introduction(self.rum.actor, self.rum.delprojekt, one) if one else {}
        rows = recommendations(self.rum.actor, self.rum.delprojekt)
        mine = [r for r in rows if one is None or one in {m.slug for m in r.mottagare.all()}]
        self.add_states(mine, known)
        for pk, said in introductions(self.rum.actor, self.rum.delprojekt).items() if one is None else ():
            if f"lage_{pk}" in self.fields:
                self.fields[f"lage_{pk}"].help_text = f"Senast rapporterat – {said}"

    def asked(self) -> list[Rekommendation]:
        """Leave out what is not directed to the region."""
        region = self.cleaned_data.get("region")
        return [rek for rek in self.rekommendationer if region in {r.slug for r in rek.mottagare.all()}]


class KanslietsInforandeForm(_Lagesform):
    """How far kansliet has come on the sjukvårdsregional level (M5.7-2)."""

    def room(self) -> None:
        """Ask only about what is directed to that level."""
        rows = recommendations(self.rum.actor, self.rum.delprojekt)
        known = introduction(self.rum.actor, self.rum.delprojekt, None)
        self.add_states([rek for rek in rows if rek.sjukvardsregional], known)


class AnmalHinderForm(ActForm):
    """What stands in the way, of which recommendation and where."""

    slag = forms.ChoiceField(
        label="Vad är det?",
        choices=Hinderslag.choices,
        initial=Hinderslag.HINDER,
        widget=forms.RadioSelect,
        help_text="En tvist tas upp i chefsamrådet först.",
    )
    text = textruta("Vad hindrar?", rows=3)
    dag = Handedag(label="Anmält den")

    def room(self) -> None:
        """Offer regions and recommendations."""
        self.fields["region"] = region_field(self.rum)
        rows = recommendations(self.rum.actor, self.rum.delprojekt)
        self.fields["rekommendation"] = forms.TypedChoiceField(
            label="Rekommendation", choices=[("", "Välj rekommendation"), *((r.pk, str(r)) for r in rows)], coerce=int
        )
        self.order_fields(["region", "rekommendation", "slag", "text", "dag"])


class HinderForm(ActForm):
    """Lifting a hinder: the day, and what is asked of the body."""

    dag = Handedag(label="Datum")
    text = textruta("Vad ni vill att de tar ställning till", required=False, rows=3)

    def room(self) -> None:
        """Find the hinder."""
        self.hinder = get_hinder(self.rum.actor, self.rum.delprojekt, self.rum.objekt or 0)

    @property
    def om(self) -> list[dict[str, Any]]:
        """Return what the page says of the hinder."""
        if self.hinder is None:
            return []
        pairs = (
            ("Region", self.hinder.region),
            ("Rekommendation", self.hinder.rekommendation),
            ("Hinder", self.hinder.text),
            ("Läge", self.hinder.get_lage_display()),
        )
        return [{"etikett": label, "varde": str(value), "url": ""} for label, value in pairs]

    def underlag(self) -> dict[str, Any]:
        """Name the hinder and its region."""
        region = self.hinder.region.slug if self.hinder else None
        return {**super().underlag(), "objekt": self.rum.objekt, "region": region}


class AvslutaHinderForm(HinderForm):
    """A hinder is solved, or it remains and why."""

    val = forms.ChoiceField(
        label="Hur blev det?",
        choices=[(one.value, one.label) for one in (Hinderlage.LOST, Hinderlage.KVARSTAR)],
        widget=forms.RadioSelect,
    )
    text = textruta("Hur det löstes, eller varför det kvarstår", rows=3)
    field_order = ("val", "text", "dag")
