"""Forms of the settings: what the regions share, and what one region asks for."""

from typing import Any

from django import forms

from delprojekt.models import Region, Sjukvardsregion
from delprojekt.web.forms.sett import Sedd


class GemensammaForm(Sedd):
    """What the regions have agreed on."""

    beslutsformel = forms.CharField(
        label="Orden i en rekommendation",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Skrivs ut av portalen i beslutsförslaget. Saknas orden i nämndens beslut frågar portalen varför.",
    )
    min_regioner = forms.IntegerField(
        label="Minsta antal regioner med behov",
        min_value=1,
        help_text="Så många regioner ska se frågan som angelägen för att ett delprojekt ska kunna starta.",
    )
    har_politisk_styrgrupp = forms.BooleanField(
        label="Det finns en politisk styrgrupp som bereder före nämnden", required=False
    )
    avstar_blockerar = forms.BooleanField(
        label="En region som avstår räknas som inte enig",
        required=False,
        help_text="Då går beslutsförslaget inte vidare förrän alla är eniga.",
    )
    svarstid_synpunkter_dagar = forms.IntegerField(
        label="Dagar för regionens synpunkter på slutrapporten", min_value=1, max_value=365
    )
    svarstid_beslut_dagar = forms.IntegerField(
        label="Dagar till påminnelse om regionens beslut",
        min_value=1,
        max_value=730,
        help_text="Räknas från den dag rekommendationen skickades. En passerad dag stoppar inget.",
    )

    def __init__(self, *args: Any, root: Sjukvardsregion, **kwargs: Any) -> None:
        self.root = root
        super().__init__(*args, use_required_attribute=False, **kwargs)
        for name, field in self.fields.items():
            field.initial = getattr(root, name)
        self.shown(root=root)

    def clean_min_regioner(self) -> int:
        """Return the number, at most as many as there are regions. Raises ValidationError."""
        wanted: int = self.cleaned_data["min_regioner"]
        there_are = self.root.regioner.count()
        if wanted > there_are:
            raise forms.ValidationError(f"Det finns {there_are} regioner. Skriv högst {there_are}.")
        return wanted


class RegionForm(Sedd):
    """What one region asks for in the delprojekt it takes part in."""

    barnets_basta = forms.BooleanField(
        label="Barnets bästa ska beskrivas när förslaget berör barn",
        required=False,
        help_text="Gäller underlaget och beslutsförslaget.",
    )
    patientsynpunkter = forms.BooleanField(label="Patientsynpunkter ska också finnas i uppföljningen", required=False)

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        self.region = region
        super().__init__(*args, prefix=region.slug, use_required_attribute=False, **kwargs)
        for name, field in self.fields.items():
            field.initial = getattr(region, name)
        self.shown(region=region)
