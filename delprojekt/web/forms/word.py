"""Forms for Word files: which sections to take out, a file to hand in, and where each part of it belongs."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from delprojekt.actions.avsnitt import Textval
from delprojekt.actions.wordfil import MAX_MB, Val
from delprojekt.documents.wordintag import INTE, OVAN
from delprojekt.models import Mallavsnitt, Wordfil
from delprojekt.web.post import number

Choices = list[tuple[str, str]]


class UttagForm(forms.Form):
    """The sections to take out."""

    avsnitt = forms.MultipleChoiceField(
        label="Avsnitt",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa i minst ett avsnitt."},
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["avsnitt"]).choices = choices


class InlamningForm(forms.Form):
    """A Word file."""

    fil = forms.FileField(
        label="Word-filen",
        help_text=f"Ett Word-dokument (.docx), högst {MAX_MB} MB. Spårade ändringar räknas som godkända.",
        error_messages={
            "required": "Välj Word-filen.",
            "missing": "Välj Word-filen.",
            "empty": "Filen är tom. Kontrollera att du valde rätt fil och försök igen.",
        },
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


class PlaceringForm(forms.Form):
    """Where each part of a file belongs, and what happens where there is text already."""

    ersatter = forms.TypedChoiceField(
        label="Om avsnittet redan har text",
        choices=[("nej", "Lägg den nya texten efter den som står"), ("ja", "Ersätt den som står")],
        coerce=lambda said: said == "ja",
        widget=forms.RadioSelect,
        help_text="Gäller text som inte har hämtats ur portalen. Det som stod finns kvar bland avsnittets versioner.",
    )

    def __init__(self, *args: Any, row: Wordfil, targets: Sequence[Mallavsnitt], **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        sections = [(one.nyckel, str(one)) for one in targets]
        self.delar = list(row.innehall["delar"])
        for at, part in enumerate(self.delar):
            above = [(OVAN, "Hör till delen ovanför")] if at else []
            self.fields[f"del_{at}"] = forms.ChoiceField(
                label=part["rubrik"] or "Det som står före första rubriken",
                choices=[(INTE, "Ta inte in"), *above, ("Avsnitt", sections)],
                initial=row.placering.get(str(at), INTE),
                required=False,
                widget=forms.Select(attrs={"class": "ds-input"}),
            )
        self.fields["ersatter"].initial = "ja" if row.ersatter else "nej"

    @property
    def placering(self) -> dict[str, str]:
        """Return the choice for each part, by its number."""
        return {str(at): self.cleaned_data[f"del_{at}"] for at in range(len(self.delar))}


class IntagForm(forms.Form):
    """Which sections are taken in, and what was chosen where both had changed the same paragraph."""

    ta = forms.MultipleChoiceField(
        label="Avsnitt",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa i minst ett avsnitt att ta in."},
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["ta"]).choices = choices
        if self.is_bound:  # who has chosen between two texts wants the section taken in
            data = cast(QueryDict, self.data).copy()
            chosen = [key for key, _ in choices if data.get(f"val-{key}") in set(Textval)]
            data.setlist("ta", list(dict.fromkeys([*data.getlist("ta"), *chosen])))
            self.data = data

    def valda(self) -> dict[str, Val]:
        """Return what was chosen, by section."""
        return {key: self._val(key) for key in self.cleaned_data["ta"]}

    def _val(self, key: str) -> Val:
        said, seen = self.data.get(f"val-{key}", ""), self.data.get(f"sett-{key}", "")
        return Val(Textval(said) if said in set(Textval) else None, number(seen))
