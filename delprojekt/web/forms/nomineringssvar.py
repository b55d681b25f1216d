"""Asking the regions for nominations, reminding them, and a region that puts nobody forward (M4-4)."""

from typing import Any

from django import forms

from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.klocka import idag
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.regel import deadline
from delprojekt.queries.nomineringssvar import wanted
from delprojekt.web.forms.bas import ActForm, FactForm, Rum, region_field, textruta
from delprojekt.web.forms.falt import Datumfalt


def _regions(choices: list[tuple[str, str]], ticked: frozenset[str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Regioner som tillfrågas",
        choices=choices,
        initial=[slug for slug, _ in choices if slug in ticked],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en region."},
    )


def _sought(rum: Rum) -> list[dict[str, Any]]:
    """Return what the group still lacks, as the page says it above the form and the mail to the regions."""
    found = wanted(rum.actor, rum.omgang) if rum.omgang else []
    return [{"etikett": "Vi söker", "varde": ", ".join(found), "url": ""}] if found else []


class BeOmNomineringarForm(FactForm):
    """Which regions are asked, until when and with which words: the same for all, but for those that get their own."""

    egen_sida = True

    def room(self) -> None:
        """Offer every region; those that take part and are not asked yet are ticked."""
        super().room()
        lage, asked = self.rum.lage, self.rum.lage.grupp.svar_senast
        self.fields["regioner"] = _regions(
            [(slug, f"{name}{self._known(slug)}") for slug, name in lage.regionnamn.items()],
            lage.deltar - asked.keys(),
        )
        if asked:
            self.fields["regioner"].help_text = "En region som tillfrågas igen svarar på nytt. De andra berörs inte."
        self.fields["text"].help_text = "Det vi söker står redan i mejlet."
        self.fields["part"].help_text = "Till exempel professionsförening, patientorganisation eller RPO."
        self.order_fields(("regioner", "till", "text", "part"))
        self.hopfallda = {"Egen sista dag eller eget meddelande för en region": self._add_own()}

    def _known(self, slug: str) -> str:
        lage = self.rum.lage
        if last := lage.grupp.svar_senast.get(slug):
            said = "har inte svarat" if slug in lage.grupp.har_inte_svarat else "har svarat"
            return f" (tillfrågad till {skriv(last)}, {said})"
        return "" if slug in lage.deltar else " (deltar inte)"

    def _add_own(self) -> tuple[str, ...]:
        names = []
        for slug, name in self.rum.lage.regionnamn.items():
            self.fields[f"till_{slug}"] = Datumfalt(label=f"{name}: egen sista dag", required=False)
            self.fields[f"text_{slug}"] = textruta(f"{name}: eget meddelande", required=False, rows=2)
            names += [f"till_{slug}", f"text_{slug}"]
        self.fields[names[1]].help_text = "Det som lämnas tomt blir som för de andra."
        return tuple(names)

    @property
    def om(self) -> list[dict[str, Any]]:
        """Return what is sought."""
        return _sought(self.rum)

    def clean(self) -> dict[str, Any]:
        """No region gets a day that has passed, and none that is not asked gets one of its own."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = cleaned.get("regioner") or []
        for name in ("till", *(f"till_{slug}" for slug in self.rum.lage.regionnamn)):
            if cleaned.get(name) and cleaned[name] < idag():
                self.add_error(name, f"Välj en dag från och med i dag, {skriv(idag())}.")
        for slug in self.rum.lage.regionnamn:
            own = next((name for name in (f"till_{slug}", f"text_{slug}") if cleaned.get(name)), None)
            if own and chosen and slug not in chosen:
                self.add_error(own, "Kryssa för regionen ovan, eller töm fältet.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Gather what is the regions' own."""
        filled = super().underlag()
        slugs = self.rum.lage.regionnamn
        own = {part: {s: v for s in slugs if (v := filled.pop(f"{part}_{s}", None))} for part in ("till", "text")}
        return {**filled, **{f"{part}_per_region": values for part, values in own.items()}}


class PaminnForm(ActForm):
    """Which of the regions that have not answered are reminded, and whether they get more time."""

    till = Datumfalt(label="Ny sista dag", required=False, help_text="Lämna tomt om den gamla dagen gäller.")
    text = textruta(
        "Nytt meddelande",
        required=False,
        help_text="Lämna tomt om det förra ska stå kvar. Det vi söker står redan i mejlet.",
    )

    def room(self) -> None:
        """Offer the regions that have not answered, all ticked."""
        lage = self.rum.lage
        silent = lage.grupp.har_inte_svarat
        choices = [
            (slug, f"{name} (svar senast {skriv(deadline(POLICY[Act.NOMINERA], lage, idag(), slug)[0])})")
            for slug, name in lage.regionnamn.items()
            if slug in silent
        ]
        self.fields["regioner"] = _regions(choices, silent)
        self.fields["regioner"].label = "Regioner som påminns"
        self.order_fields(("regioner", "till", "text"))

    @property
    def om(self) -> list[dict[str, Any]]:
        """Return what is sought."""
        return _sought(self.rum)

    def clean_till(self) -> Any:
        """The day has not passed."""
        if self.cleaned_data["till"] and self.cleaned_data["till"] < idag():
            raise forms.ValidationError(f"Välj en dag från och med i dag, {skriv(idag())}.")
        return self.cleaned_data["till"]


class AvstaForm(ActForm):
    """A region that puts nobody forward says why."""

    text = textruta("Varför nomineras ingen?", rows=3)
    field_order = ("region", "text")

    def room(self) -> None:
        """Offer the regions that the actor speaks for."""
        self.fields["region"] = region_field(self.rum)
        self.order_fields(self.field_order)
