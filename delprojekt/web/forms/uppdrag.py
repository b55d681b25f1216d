"""Forms of uppdrag and arbetsgrupp."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from delprojekt.process.datum import parse_partial
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Roll
from delprojekt.queries.formular import nominated, uppdrag_rows
from delprojekt.web.forms.bas import ActForm, FactForm, region_field
from delprojekt.web.forms.falt import Datumfalt, Rader

NOMINERBARA = (
    Roll.ORDFORANDE,
    Roll.LEDAMOT,
    Roll.PATIENTFORETRADARE,
    Roll.PROCESSLEDARE,
    Roll.ADJUNGERAD,
)


class UppdragForm(ActForm):
    """Points, competences, milestones: one per line (M5.1.3-3, M4.3-2)."""

    punkter = Rader(
        label="Specifika uppdragspunkter", required=False, help_text="En punkt per rad. Portalen numrerar dem."
    )
    kompetens_ska = Rader(label="Kompetenser som ska finnas i gruppen", required=False, help_text="En per rad.")
    kompetens_bor = Rader(label="Kompetenser som bör finnas i gruppen", required=False, help_text="En per rad.")
    milstolpar = Rader(
        label="Tidplan",
        required=False,
        help_text=(
            "En milstolpe per rad: vad, kolon, när. Till exempel ”Slutrapport: våren 2027”, ”Nuläge: HT 2026”, "
            "”Ledningsgrupp: kv 3 2027”, ”Startmöte: v. 47 2026” eller ”Nämnd: 4 juni 2027”."
        ),
    )

    def room(self) -> None:
        """Show what is written."""
        if self.rum.omgang:
            self.initial |= uppdrag_rows(self.rum.actor, self.rum.omgang)

    def clean_milstolpar(self) -> list[tuple[str, str]]:
        """Split each line into what and when; a time that cannot be understood is refused with an example."""
        pairs = []
        for line in self.cleaned_data["milstolpar"]:
            what, _, when = line.rpartition(":")
            if not what.strip() or parse_partial(when.strip()) is None:
                raise ValidationError(
                    f"”{line}” går inte att tolka. Skriv vad, kolon, när: till exempel ”Slutrapport: våren 2027”, "
                    "”Nuläge: HT 2026”, ”Nämnd: oktober 2026”, ”Delrapport: kv 3 2026” eller ”Startmöte: v. 47 2026”."
                )
            pairs.append((what.strip(), when.strip()))
        return pairs

    def answers(self) -> list[dict[str, str]]:
        """Show the milestones as they were written."""
        self.cleaned_data = {
            **self.cleaned_data,
            "milstolpar": [f"{a}: {b}" for a, b in self.cleaned_data["milstolpar"]],
        }
        return super().answers()


class NomineraForm(ActForm):
    """Somebody for the group (§4)."""

    fornamn = forms.CharField(label="Förnamn", max_length=60)
    efternamn = forms.CharField(label="Efternamn", max_length=60)
    epost = forms.EmailField(label="E-post", required=False, help_text="Behövs för att personen ska kunna logga in.")
    befattning = forms.CharField(label="Befattning", max_length=100, required=False)
    profession = forms.CharField(
        label="Profession", max_length=60, required=False, help_text="Till exempel läkare eller sjuksköterska."
    )
    roll = forms.ChoiceField(label="Roll i gruppen", choices=[(r.value, r.label) for r in NOMINERBARA])
    avsatt_tid = forms.CharField(
        label="Avsatt tid", max_length=80, required=False, help_text="Till exempel 10 % i tolv månader."
    )
    chef_namn = forms.CharField(label="Närmsta chef", max_length=120, required=False)
    chef_ja = forms.BooleanField(label="Personen har stämt av med sin närmsta chef", required=False)
    dag = Datumfalt(label="Nominerad den", initial=idag)

    def room(self) -> None:
        """Offer the regions and the competences that the uppdrag asks for."""
        self.fields["region"] = region_field(self.rum)
        self.fields["region"].required = False
        competences = self.rum.omgang.kompetenskrav.filter(struken_at=None).order_by("pk") if self.rum.omgang else ()
        if competences:
            self.fields["kompetenser"] = forms.TypedMultipleChoiceField(
                label="Kompetenser som personen täcker",
                choices=[(k.pk, str(k)) for k in competences],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the region of everybody who represents one (V-11)."""
        cleaned = super().clean() or {}
        outside = {Roll.PATIENTFORETRADARE, Roll.ADJUNGERAD, Roll.PROCESSLEDARE}
        if cleaned.get("roll") not in outside and not cleaned.get("region"):
            self.add_error("region", "Välj vilken region personen kommer från.")
        return cleaned


class OrdforandeForm(FactForm):
    """Which of the nominated chairs; asked only when there are several."""

    def room(self) -> None:
        """Offer the nominated chairs."""
        super().room()
        chairs = list(nominated(self.rum.actor, self.rum.omgang, Roll.ORDFORANDE))
        if len(chairs) > 1:
            self.fields["nominering"] = forms.TypedChoiceField(
                label="Ordförande",
                choices=[(row.pk, str(row.person)) for row in chairs],
                coerce=int,
                widget=forms.RadioSelect,
            )
