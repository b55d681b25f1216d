"""Forms of the follow-up (§5.8)."""

from typing import Any

from django import forms

from delprojekt.models import Forfragningssvar, Person, Uppfoljningsform, Uppfoljningsparameter
from delprojekt.process.act import Act
from delprojekt.process.datum import skriv
from delprojekt.process.granser import UPPFOLJARSVAR_DAGAR, UPPFOLJNING_SIDOR, plus_dagar
from delprojekt.process.klocka import idag
from delprojekt.process.policy import POLICY, deadline
from delprojekt.queries.formular import can_be_asked, current_round, get_request, parameters
from delprojekt.queries.namn import shown_names
from delprojekt.web.forms.bas import ActForm, textruta
from delprojekt.web.forms.falt import Datumfalt, Handedag, behovs


class Personval(forms.ModelChoiceField):
    """A choice of person, by the names that the actor may see, that says who has been in the group."""

    grupp: frozenset[int] = frozenset()
    namn: dict[int, str] = {}  # noqa: RUF012  (set on each form's own field)

    def label_from_instance(self, obj: Person) -> str:
        """Return the name, and that the person has been in the group."""
        name = self.namn.get(obj.pk, str(obj))
        return f"{name}, arbetsgruppen" if obj.pk in self.grupp else name


class UppfoljareForm(ActForm):
    """Whom to ask: usually the former chair, else somebody else of the group (M5.8-4, M5.8-5)."""

    person = Personval(
        label="Vem frågar du?", queryset=None, empty_label="Välj person", help_text="Personen får ett mejl med frågan."
    )
    dag = Handedag(label="Tillfrågad den")
    svara_senast = Datumfalt(
        label="Svar senast", initial=lambda: plus_dagar(idag(), UPPFOLJARSVAR_DAGAR), required=False
    )

    def room(self) -> None:
        """Offer the group's people first; propose the chair as long as the chair has not said no."""
        group = self.rum.lage.grupp
        self.fields["person"].grupp = group.personer  # type: ignore[attr-defined]
        people = can_be_asked(self.rum.actor, group.personer)
        names = shown_names(self.rum.actor, self.rum.delprojekt, people)
        self.fields["person"].namn = dict(zip((one.pk for one in people), names, strict=True))  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        if group.ordforande_person not in self.rum.lage.uppfoljning.tackat_nej:
            self.fields["person"].initial = group.ordforande_person

    def underlag(self) -> dict[str, Any]:
        """Give the person's key."""
        return {**super().underlag(), "person": self.cleaned_data["person"].pk}


class ForfragningssvarForm(ActForm):
    """Yes or no to making the follow-up."""

    svar = forms.ChoiceField(label="Svar", choices=Forfragningssvar.choices, widget=forms.RadioSelect)
    skal = behovs(textruta("Varför?", required=False, rows=3), "om svaret är nej")
    dag = Handedag(label="Svarade den")

    @property
    def om(self) -> list[dict[str, str]]:
        """Return who is asked, and when."""
        row = get_request(self.rum.actor, self.rum.delprojekt, self.rum.objekt or 0)
        days = (("Den", row.fragad_date), ("Svar senast", row.svara_senast_date)) if row else ()
        own = row is not None and row.person_id == self.rum.actor.person
        name = "Du" if own else shown_names(self.rum.actor, self.rum.delprojekt, [row.person])[0] if row else ""
        pairs = (("Tillfrågad", name), *((label, skriv(day)) for label, day in days if day)) if row else ()
        return [{"etikett": label, "varde": str(value), "url": ""} for label, value in pairs]

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        cleaned = super().clean() or {}
        if cleaned.get("svar") == Forfragningssvar.NEJ and not cleaned.get("skal"):
            self.add_error("skal", "Skriv varför, så att nästa kan tillfrågas.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Name the request."""
        return {**super().underlag(), "objekt": self.rum.objekt}


class FristForm(ActForm):
    """A new last day for the follow-up, and why."""

    frist = Datumfalt(label="Ny frist")
    text = textruta("Varför ändras fristen?", rows=3)

    def room(self) -> None:
        """Show the day as it is."""
        due, _ = deadline(POLICY[Act.LAMNA_UPPFOLJNINGSRAPPORT], self.rum.lage, idag())
        self.fields["frist"].initial = due


class MatvardenForm(ActForm):
    """Measured values of the plan's parameters for one region, or all together, and one period."""

    region = forms.ChoiceField(label="Gäller", required=False)
    period = forms.CharField(label="Period", max_length=60, help_text="Till exempel februari 2027 eller helåret 2026.")
    kalla = forms.CharField(label="Källa", max_length=200, required=False)

    def room(self) -> None:
        """One value, and one level where the parameter has levels, for each parameter."""
        concerned = [(s, name) for s, name in self.rum.lage.regionnamn.items() if s in self.rum.lage.berorda]
        self.fields["region"].choices = [("", "Hela sjukvårdsregionen"), *concerned]  # type: ignore[attr-defined]
        self.parametrar = parameters(self.rum.actor, self.rum.omgang)
        for one in self.parametrar:
            self.fields[f"varde_{one.pk}"] = forms.DecimalField(
                label=one.namn, required=False, max_digits=14, decimal_places=4, localize=True
            )
            if one.nivaer:
                self.fields[f"niva_{one.pk}"] = forms.ChoiceField(
                    label=f"Nivå för {one.namn}",
                    choices=[("", _unchosen(one)), *((level, level) for level in one.nivaer)],
                    required=False,
                    help_text=_FOLJER_GRANSERNA if one.granser else "",
                )

    def _values(self) -> dict[int, tuple[Any, str]]:
        data = self.cleaned_data
        pairs = {one.pk: (data.get(f"varde_{one.pk}"), data.get(f"niva_{one.pk}") or "") for one in self.parametrar}
        return {pk: pair for pk, pair in pairs.items() if pair[0] is not None}

    def clean(self) -> dict[str, Any]:
        """At least one value."""
        cleaned = super().clean() or {}
        if self.parametrar and not self._values() and not self.errors:
            self.add_error(f"varde_{self.parametrar[0].pk}", "Fyll i minst ett värde.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Give the values by parameter."""
        given = {name: self.cleaned_data.get(name) for name in ("region", "period", "kalla")}
        return {**given, "varden": self._values()}


def _unchosen(one: Uppfoljningsparameter) -> str:
    return "Enligt gränserna" if one.granser else "Inte bedömd"


_FOLJER_GRANSERNA = "Utan val räknas nivån ut från parameterns gränser, när värdet gäller hela sjukvårdsregionen."


class SammanstallForm(ActForm):
    """What was done, what it gave, what patients say, and how many answered."""

    insats = textruta("Insats: vad har gjorts?", required=False)
    effekt = textruta("Effekt: vad har det gett?", required=False)
    patientsynpunkter = textruta("Vad säger patienter och närstående?", required=False)
    enkat_fragade = forms.IntegerField(label="Fick enkäten", required=False, min_value=0)
    enkat_svar = forms.IntegerField(label="Svarade på enkäten", required=False, min_value=0)
    chefer_fragade = forms.IntegerField(label="Tillfrågade chefer", required=False, min_value=0)
    chefer_svar = forms.IntegerField(label="Chefer som svarat", required=False, min_value=0)
    form = forms.ChoiceField(label="Rapportens form", choices=Uppfoljningsform.choices, widget=forms.RadioSelect)
    sidor = forms.IntegerField(
        label="Antal sidor",
        required=False,
        min_value=1,
        max_value=999,
        help_text="Rapporten bör vara cirka {}–{} sidor.".format(*UPPFOLJNING_SIDOR),
    )

    def room(self) -> None:
        """Show what is filled in."""
        current = current_round(self.rum.actor, self.rum.delprojekt)
        for name in (name for name in self.fields if name != "nyckel"):
            self.fields[name].initial = getattr(current, name, None)
        self.fields["form"].initial = getattr(current, "form", Uppfoljningsform.SEPARAT)

    def clean(self) -> dict[str, Any]:
        """No more answers than were asked."""
        cleaned = super().clean() or {}
        for kind in ("enkat", "chefer"):
            asked, answered = cleaned.get(f"{kind}_fragade"), cleaned.get(f"{kind}_svar")
            if answered is not None and answered > (asked or 0):
                self.add_error(f"{kind}_svar", "Fler har svarat än som fick frågan. Kontrollera talen.")
        return cleaned
