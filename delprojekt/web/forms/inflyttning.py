"""Forms for what began before the portal: it is moved in, and it is completed."""

from itertools import groupby
from typing import Any

from django import forms

from delprojekt.process.steg import FORE_START, SLUT, Steg
from delprojekt.queries.delprojekt import regions
from delprojekt.queries.efterhand import known_since, told_already
from delprojekt.queries.formular import kansli_people
from delprojekt.web.forms.bas import ActForm
from delprojekt.web.forms.efterhand import (
    KONTROLLERA,
    ORDNINGEN,
    SAMMA_NAMN,
    check_order,
    check_past,
    check_people,
    file_field,
    past_fields,
    past_underlag,
    people_fields,
    region_boxes,
)
from delprojekt.web.forms.falt import Rader


def _about(name: str) -> str:
    """Return what a field is about: the date, the point and the text of one fact stand together."""
    return name.rpartition("_")[0] or name


class InflyttningForm(forms.Form):
    """Everything that is known of a delprojekt that began before the portal. Only title and step are needed."""

    benamning = forms.CharField(label="Benämning", max_length=200)
    nummer = forms.IntegerField(label="Nummer", required=False, min_value=1, max_value=99999)
    delnummer = forms.CharField(label="Del", required=False, max_length=5, help_text="Till exempel II i 26:II.")
    alias = Rader(
        label="Andra namn",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ett per rad. De hittas när någon söker.",
    )
    kontaktperson = forms.ModelChoiceField(
        label="Kontaktperson på kansliet", queryset=None, required=False, empty_label="Uppgift saknas"
    )

    def __init__(self, *args: Any, steg: Steg, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.steg, self.regions, self.actor = steg, list(regions(actor)), actor
        self.fields["regioner"] = region_boxes(self.regions)
        self.order_fields(("benamning", "nummer", "delnummer", "alias", "regioner"))
        self.fields["kontaktperson"].queryset = kansli_people(actor)  # type: ignore[attr-defined]
        base = list(self.fields)
        self.groups = {"Om delprojektet": base}
        if steg in FORE_START:
            del self.fields["nummer"], self.fields["delnummer"]
            self.groups["Om delprojektet"] = [name for name in base if name in self.fields]
        elif steg not in SLUT:
            self.groups["Arbetsgruppen"] = people_fields(self, self.regions)
        self.groups |= past_fields(self, steg, self.regions, set())
        self.fields["filer"] = file_field()
        self.groups["Filer"] = ["filer"]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Return the fields under their headings, what is about one thing in a row; open is what is filled in or wrong.

        The first heading is always open: it is never folded away.
        """
        return [
            {
                "rubrik": heading,
                "grupper": [[self[n] for n in group] for _, group in groupby(names, key=_about)],
                "fast": number == 0,
                "oppen": any(n in self.errors or self[n].value() for n in names),
            }
            for number, (heading, names) in enumerate(self.groups.items())
        ]

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        super().clean()
        check_past(self)
        if check_people(self, self.actor):
            self.groups["Arbetsgruppen"] = [*self.groups["Arbetsgruppen"], SAMMA_NAMN]
        if check_order(self, self.steg, self.regions):
            self.groups[KONTROLLERA] = [ORDNINGEN]
        return self.cleaned_data

    def underlag(self) -> dict[str, Any]:
        """Return what was filled in, as ``move_in`` wants it."""
        own = ("benamning", "nummer", "delnummer", "alias", "regioner", "kontaktperson")
        named = {name: self.cleaned_data.get(name) for name in own}
        return {"steg": self.steg, **named, **past_underlag(self, self.steg, self.regions)}


class KompletteraForm(ActForm):
    """What is still unknown of a delprojekt that was moved in. Empty fields stay unknown."""

    def room(self) -> None:
        """Add the fields of what has not been told."""
        known = told_already(self.rum.actor, self.rum.delprojekt)
        self.steg, self.regions = Steg(self.rum.delprojekt.steg), list(regions(self.rum.actor))
        self.hopfallda = past_fields(self, self.steg, self.regions, known)
        if "regioner" not in known:
            self.fields["regioner"] = region_boxes(self.regions)
            self.hopfallda = {"Om delprojektet": ["regioner"], **self.hopfallda}
        if self.steg not in FORE_START:
            self.hopfallda["Arbetsgruppen"] = people_fields(self, self.regions)
        self.fields["filer"] = file_field()

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        super().clean()
        check_past(self)
        check_people(self, self.rum.actor)
        check_order(self, self.steg, self.regions, known_since(self.rum.actor, self.rum.delprojekt))
        return self.cleaned_data

    def underlag(self) -> dict[str, Any]:
        """Return what was filled in, as ``write_past`` wants it."""
        return past_underlag(self, self.steg, self.regions)
