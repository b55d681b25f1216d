"""Forms of the group's rows: the same form adds a row and changes it; changing it can also strike it."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from delprojekt.process.policy.avgor import sections_for
from delprojekt.queries.arbete import get_row, section_choices
from delprojekt.web.forms.bas import ActForm, Rum


class RadForm(ActForm):
    """A form about one row. Without a row it adds one; with one it shows what stands there, and can strike it."""

    stryk_etikett: ClassVar[str] = "Stryk raden"

    def room(self) -> None:
        """Offer choices; show what is written."""
        self.offer()
        if self.rum.objekt is not None:
            row = get_row(self.rum.actor, self.rum.act, self.rum.omgang, self.rum.objekt)
            self.initial |= self.written(row)
            self.fields["stryk"] = forms.BooleanField(
                label=self.stryk_etikett, required=False, help_text="Raden finns kvar i historiken men visas inte."
            )

    def offer(self) -> None:
        """Fill in the choices that depend on the delprojekt."""

    def written(self, row: Model) -> dict[str, Any]:
        """Return what stands in the row, by field."""
        return {name: getattr(row, name) for name in self.fields if hasattr(row, name)}

    def underlag(self) -> dict[str, Any]:
        """Name the row."""
        filled = super().underlag()
        return filled if self.rum.objekt is None else {**filled, "objekt": self.rum.objekt}


def section_field(rum: Rum, prefix: str, label: str = "Avsnitt") -> forms.ChoiceField:
    """Return the choice of a section whose key begins so, among those that the actor may do the act in."""
    mine = sections_for(rum.actor, rum.act, rum.lage)
    found = section_choices(rum.actor, rum.omgang, prefix)
    choices = [(key, name) for key, name in found if mine is None or key in mine]
    at_hand = rum.avsnitt if rum.avsnitt in dict(choices) else ""
    return forms.ChoiceField(label=label, choices=[("", "Välj avsnitt"), *choices], initial=at_hand)


def any_region(rum: Rum, empty: str) -> forms.ChoiceField:
    """Return the choice of one of the delprojekt's regions, or none of them: ``empty`` says what that means."""
    taking = [(slug, name) for slug, name in rum.lage.regionnamn.items() if slug in rum.lage.deltar]
    return forms.ChoiceField(label="Region", choices=[("", empty), *taking], required=False)
