"""Forms of the plan for follow-up: how, when, by whom, one parameter at a time, and the first meeting (§5, §5.8)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model

from delprojekt.models import Frekvens, Geografi, Malsattning, Uppdelning, Uppfoljningsparameter
from delprojekt.process.matning import Riktning
from delprojekt.process.tal import parse_med_enhet
from delprojekt.queries.formular import current_proposals, plan_rows
from delprojekt.web.forms.bas import ActForm, FactForm, textruta
from delprojekt.web.forms.falt import SLUTRAPPORTEN, Rader, Talfalt, behovs
from delprojekt.web.forms.rader import RadForm

NIVAER = 4
FORSLAG_NIVAER = ("Röd", "Gul", "Grön")


class UppfoljningsplanForm(ActForm):
    """How, when and by whom (M5.8-1)."""

    hur = behovs(textruta("Hur ska uppföljningen ske?", required=False), SLUTRAPPORTEN)
    nar = behovs(
        forms.CharField(
            label="När?", max_length=100, required=False, help_text="Inom tolv månader efter nämndens godkännande."
        ),
        SLUTRAPPORTEN,
    )
    vem = behovs(forms.CharField(label="Vem?", max_length=200, required=False), SLUTRAPPORTEN)

    def room(self) -> None:
        """Show what is written."""
        if self.rum.omgang:
            self.initial |= plan_rows(self.rum.actor, self.rum.omgang)


class StartmoteForm(FactForm):
    """The first meeting: what was said of follow-up, and the parameters by name, rough as they are (M5-13)."""

    def room(self) -> None:
        """Add the list of parameters."""
        super().room()
        self.fields["parametrar"] = Rader(
            label="Parametrar som kan vara relevanta",
            required=False,
            help_text="En per rad. Det räcker med namnet, resten fyller ni i senare.",
        )


class ParameterForm(RadForm):
    """One parameter with its values and levels (M5.8-2, I-1–I-3, I-5, I-16). Only the name is needed to begin with."""

    namn = forms.CharField(label="Parameter", max_length=200, help_text="Vad som mäts, till exempel ”Möten per månad”.")
    definition = textruta("Definition", required=False, rows=2, help_text="Vad som räknas och vad som inte räknas.")
    taljare = forms.CharField(label="Täljare", max_length=200, required=False, help_text="Om det är en andel.")
    namnare = forms.CharField(label="Nämnare", max_length=200, required=False)
    matmetod = forms.CharField(label="Mätmetod", max_length=200, required=False)
    kalla = forms.CharField(label="Källa", max_length=200, required=False, help_text="Register, system eller enkät.")
    bibliotek = forms.CharField(
        label="Indikatorbibliotek",
        max_length=100,
        required=False,
        help_text="Om indikatorn redan finns i ett bibliotek.",
    )
    bibliotek_nr = forms.CharField(label="Nummer i biblioteket", max_length=30, required=False)
    enhet = forms.CharField(
        label="Enhet", max_length=30, required=False, help_text="Till exempel %, antal eller dagar."
    )
    utgangsvarde = forms.CharField(
        label="Utgångsvärde", max_length=100, required=False, help_text="Ett tal, till exempel 61 %, eller i ord."
    )
    malvarde = forms.CharField(label="Mål", max_length=100, required=False, help_text="Ett tal, till exempel 90 %.")
    riktning = forms.ChoiceField(
        label="Vilket håll är bättre?", choices=Riktning.choices, initial=Riktning.HOGRE, widget=forms.RadioSelect
    )
    frekvens = forms.ChoiceField(label="Hur ofta?", choices=[("", "Inte valt"), *Frekvens.choices], required=False)
    geografi = forms.ChoiceField(label="Gäller för", choices=[("", "Inte valt"), *Geografi.choices], required=False)
    uppdelning = forms.MultipleChoiceField(
        label="Delas upp efter", choices=Uppdelning.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    malsattning = forms.ChoiceField(
        label="Hör till målet", choices=[("", "Inget särskilt"), *Malsattning.choices], required=False
    )
    stryk_etikett = "Stryk parametern"

    def offer(self) -> None:
        """Offer the proposals to follow up, if there are any; add the levels: a word and a limit each, worst first."""
        self._offer_proposals()
        for n in range(1, NIVAER + 1):
            word = FORSLAG_NIVAER[n - 1] if n <= len(FORSLAG_NIVAER) else ""
            self.fields[f"niva_{n}"] = forms.CharField(
                label=f"Målnivå {n}" + (" (sämst)" if n == 1 else ""),
                max_length=30,
                required=False,
                help_text=f"Ett ord, till exempel {word}." if word else "Ett ord.",
            )
            self.fields[f"grans_{n}"] = Talfalt(
                label=f"Målnivå {n}, gräns", required=False, help_text="Från vilket värde nivån gäller."
            )

    def _offer_proposals(self) -> None:
        found = current_proposals(self.rum.actor, self.rum.omgang)
        if found:
            self.fields["forslag"] = forms.TypedMultipleChoiceField(
                label="Följer upp åtgärdsförslagen",
                choices=[(row.pk, str(row)) for row in found],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def written(self, row: Model) -> dict[str, Any]:
        """Show numbers with their unit, the levels in order, and the proposals that are followed up."""
        found = super().written(row)
        if isinstance(row, Uppfoljningsparameter) and "forslag" in self.fields:
            found["forslag"] = list(row.forslag.values_list("pk", flat=True))
        if isinstance(row, Uppfoljningsparameter):
            found |= {"utgangsvarde": row.utgangsvarde_i_ord, "malvarde": row.malvarde_i_ord}
            found |= {f"niva_{n}": name for n, name in enumerate(row.nivaer, 1)}
            found |= {f"grans_{n}": limit for n, limit in enumerate(row.granser, 1)}
        return found

    def clean(self) -> dict[str, Any]:
        """Levels are whole, in order, and have a direction; a share has both its parts."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("taljare")) != bool(cleaned.get("namnare")):
            self.add_error("namnare" if cleaned.get("taljare") else "taljare", "Ange både täljare och nämnare.")
        for n in range(1, NIVAER + 1):
            if bool(cleaned.get(f"niva_{n}")) != (cleaned.get(f"grans_{n}") is not None) and not self.errors:
                self.add_error(f"niva_{n}", "En målnivå har både ett ord och en gräns.")
        limits = [limit for _, limit in self._levels(cleaned)]
        if limits != sorted(set(limits), reverse=cleaned.get("riktning") == Riktning.LAGRE):
            self.add_error("grans_1", "Skriv nivåerna i ordning, den sämsta först.")
        return cleaned

    def _levels(self, cleaned: dict[str, Any]) -> list[tuple[str, Decimal]]:
        pairs = ((cleaned.get(f"niva_{n}"), cleaned.get(f"grans_{n}")) for n in range(1, NIVAER + 1))
        return [(name, limit) for name, limit in pairs if name and limit is not None]

    def underlag(self) -> dict[str, Any]:
        """Give numbers as numbers; what is not a number is kept in words."""
        skipped = ("niva_", "grans_", "utgangsvarde", "malvarde", "nyckel")
        filled = {k: v for k, v in super().underlag().items() if not k.startswith(skipped)}
        levels = self._levels(self.cleaned_data)
        filled |= {"nivaer": [name for name, _ in levels], "granser": [limit for _, limit in levels]}
        for name in ("utgangsvarde", "malvarde"):
            text = self.cleaned_data[name].strip()
            number, unit = parse_med_enhet(text)
            fits = number is not None and (not unit or not filled["enhet"] or unit == filled["enhet"])
            filled |= {name: number if fits else None, f"{name}_text": "" if fits else text}
            filled["enhet"] = filled["enhet"] or (unit if fits else "")
        return filled
