"""Forms of uppdrag, of the plan for follow-up, and of proposals."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from delprojekt.process.datum import parse_partial
from delprojekt.queries.formular import plan_rows, uppdrag_rows
from delprojekt.web.forms.bas import ActForm, textruta
from delprojekt.web.forms.falt import Datumfalt, Rader


class UppdragForm(ActForm):
    """Points, competences, milestones: one per line (M5.1.3-3, M4.3-2)."""

    punkter = Rader(
        label="Specifika uppdragspunkter", required=False, help_text="En punkt per rad. Portalen numrerar dem."
    )
    kompetens_ska = Rader(label="Kompetenser som ska finnas i gruppen", required=False, help_text="En per rad.")
    kompetens_bor = Rader(label="Kompetenser som bör finnas i gruppen", required=False, help_text="En per rad.")
    milstolpar = Rader(
        label="Tidplan", required=False, help_text="En milstolpe per rad, till exempel ”Slutrapport: våren 2026”."
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
                raise ValidationError(f"”{line}” går inte att tolka. Skriv till exempel ”Slutrapport: våren 2026”.")
            pairs.append((what.strip(), when.strip()))
        return pairs

    def answers(self) -> list[dict[str, str]]:
        """Show the milestones as they were written."""
        self.cleaned_data = {
            **self.cleaned_data,
            "milstolpar": [f"{a}: {b}" for a, b in self.cleaned_data["milstolpar"]],
        }
        return super().answers()


class UppfoljningsplanForm(ActForm):
    """How, when and by whom (M5.8-1), and the parameters by name (M5.8-2)."""

    hur = textruta("Hur ska uppföljningen ske?", required=False)
    nar = forms.CharField(
        label="När?", max_length=100, required=False, help_text="Inom tolv månader efter nämndens godkännande."
    )
    vem = forms.CharField(label="Vem?", max_length=200, required=False)
    parametrar = Rader(label="Uppföljningsparametrar", required=False, help_text="En per rad.")

    def room(self) -> None:
        """Show what is written."""
        if self.rum.omgang:
            self.initial |= plan_rows(self.rum.actor, self.rum.omgang)


class AtgardsforslagForm(ActForm):
    """One proposal with the fields of §5.4."""

    rubrik = forms.CharField(label="Förslag", max_length=200, help_text="En mening som säger vad som ska göras.")
    text = textruta("Vad, vem och när", required=False)
    rimlighet = textruta("Rimlighet", required=False, rows=2)
    genomforbarhet = textruta("Genomförbarhet", required=False, rows=2)
    narliggande = textruta("Närliggande områden", required=False, rows=2)
    undantrangning = forms.ChoiceField(
        label="Risk för undanträngning",
        choices=[("", "Inte bedömd"), ("lag", "Låg"), ("medel", "Medel"), ("hog", "Hög")],
        required=False,
    )
    undantrangning_text = textruta("Vad kan trängas undan?", required=False, rows=2)
    kraver_medel = forms.BooleanField(label="Förslaget kräver medel", required=False)
    kalkyl_tkr = forms.IntegerField(label="Grov kalkyl, tkr per år", required=False, min_value=0, max_value=10_000_000)
    kalkyl_text = textruta("Antaganden i kalkylen", required=False, rows=2)
    diskuterat_date = Datumfalt(label="Diskuterat med chefer och chefsamråd den", required=False)
    diskuterat_med = forms.CharField(
        label="Vilka chefer och chefsamråd",
        max_length=200,
        required=False,
        help_text="Skriv ”chefsamråd saknas” om det inte finns något.",
    )

    def clean(self) -> dict[str, Any]:
        """A discussion has both a date and a name (M5.4-6)."""
        cleaned = super().clean() or {}
        if cleaned.get("diskuterat_date") and not cleaned.get("diskuterat_med"):
            self.add_error("diskuterat_med", "Skriv vilka ni diskuterade med, eller att chefsamråd saknas.")
        return cleaned


class AndraAtgardsforslagForm(AtgardsforslagForm):
    """The same, filled in; it can also be struck."""

    stryk = forms.BooleanField(label="Stryk förslaget ur rapporten", required=False)

    def room(self) -> None:
        """Show what is written."""
        rows = self.rum.omgang.atgardsforslag.filter(pk=self.rum.objekt) if self.rum.omgang else ()
        for row in rows:
            self.initial |= {name: getattr(row, name) for name in self.fields if hasattr(row, name)}

    def underlag(self) -> dict[str, Any]:
        """Name the row."""
        return {**super().underlag(), "objekt": self.rum.objekt}
