"""Forms for reading in a list: the file, and which of its delprojekt are wanted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from delprojekt.process.inlasning import MEST_BYTE, MEST_RADER, Lista


class ListaForm(forms.Form):
    """A list as a CSV file."""

    fil = forms.FileField(
        label="Listan",
        help_text=f"CSV med semikolon eller komma, i UTF-8 eller Windows-1252. Högst 2 MB och {MEST_RADER} rader.",
        error_messages={
            "required": "Välj filen med listan.",
            "empty": "Filen är tom.",
            "missing": "Välj filen med listan.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def clean_fil(self) -> Any:
        """Return the file, unless it is too large to be a list."""
        upload = self.cleaned_data["fil"]
        if upload.size > MEST_BYTE:
            raise ValidationError("Filen är större än 2 MB. Dela listan i flera filer.")
        return upload


class ValForm(forms.Form):
    """Which of the delprojekt of a list are to be moved in; known by their first line.

    What has come in since the page was shown may still be chosen: then nothing is done with it.
    """

    val = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": "Välj minst ett delprojekt att lägga in."},
        widget=forms.CheckboxSelectMultiple,
        label="Delprojekt",
    )

    def __init__(self, *args: Any, lista: Lista, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        choices = [(post.rad, post.benamning) for post in lista.poster]
        self.fields["val"].choices = choices  # type: ignore[attr-defined]
        self.fields["val"].error_messages["invalid_choice"] = "Listan har ändrats sedan du såg den. Gå igenom den igen."
