"""Forms of the register of people: one for each act that is done there."""

from typing import Any, ClassVar

from django import forms

from delprojekt.models import Delprojekt, Innehav, Person
from delprojekt.process.forvaltning import PORTALROLLER, Adminact
from delprojekt.process.klocka import idag
from delprojekt.process.roller import Actor, Roll
from delprojekt.process.steg import Steg
from delprojekt.queries.delprojekt import regions
from delprojekt.queries.person import contact_for, load, organs, people, replaceable
from delprojekt.web.forms.falt import Datumfalt, Telefonfalt, behovs
from delprojekt.web.forms.sett import Sedd


class Personform(Sedd):
    """A form about somebody. ``room`` fills in what depends on who asks and about whom."""

    bekrafta: ClassVar[bool] = False
    """Whether what will happen is shown once more before it is done."""

    def __init__(self, *args: Any, actor: Actor, person: Person | None = None, **kwargs: Any) -> None:
        self.actor, self.person = actor, person
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.room()
        self.shown(actor=actor, person=person)

    def room(self) -> None:
        """Fill in choices and what is known."""


class UppgifterForm(Personform):
    """What is known of somebody."""

    fornamn = forms.CharField(label="Förnamn", max_length=60)
    efternamn = forms.CharField(label="Efternamn", max_length=60)
    epost = behovs(forms.EmailField(label="E-post", required=False), "för konto och mejl")
    telefon = Telefonfalt(label="Telefon", max_length=30, required=False)
    befattning = forms.CharField(label="Befattning och arbetsplats", max_length=100, required=False)
    profession = forms.CharField(label="Profession", max_length=60, required=False)
    region = forms.ModelChoiceField(
        label="Region",
        queryset=None,
        required=False,
        empty_label="Ingen region",
        help_text="Tom för kansliet, universitet, kommuner och patientföreträdare.",
    )
    skyddade_uppgifter = forms.BooleanField(
        label="Skyddade uppgifter",
        required=False,
        help_text="Kontaktuppgifter, profession och region visas då bara för personen själv och administratören.",
    )

    def room(self) -> None:
        """Offer the regions; show what is known."""
        self.fields["region"].queryset = regions(self.actor)  # type: ignore[attr-defined]
        if self.person is not None:
            for name, field in self.fields.items():
                field.initial = getattr(self.person, name)


class EgnaUppgifterForm(Personform):
    """What somebody keeps up to date about themselves."""

    telefon = Telefonfalt(label="Telefon", max_length=30, required=False)
    befattning = forms.CharField(label="Befattning och arbetsplats", max_length=100, required=False)
    profession = forms.CharField(label="Profession", max_length=60, required=False)
    epost = forms.EmailField(
        label="E-post",
        help_text="Du loggar in med adressen. Skriver du en ny får administratören ett mejl och ändrar den åt dig.",
    )

    def room(self) -> None:
        """Show what is known."""
        for name, field in self.fields.items():
            field.initial = getattr(self.person, name)


class RollForm(Personform):
    """A role in the portal."""

    roll = forms.ChoiceField(label="Roll", choices=[("", "Välj roll"), *((r.value, r.label) for r in PORTALROLLER)])
    region = forms.ModelChoiceField(
        label="För vilken region?",
        queryset=None,
        required=False,
        empty_label="Ingen särskild",
        help_text="Behövs för samarbetsgruppen, ledningsgruppen och regionens kontakt.",
    )
    organ = forms.ModelChoiceField(
        label="I vilket organ?",
        queryset=None,
        required=False,
        empty_label="Inget särskilt",
        help_text="Till exempel vilket chefsamråd.",
    )
    fran = Datumfalt(label="Från och med", initial=idag)
    till = Datumfalt(label="Till och med", required=False, help_text="Lämna tomt om rollen gäller tills vidare.")
    beslut = forms.CharField(label="Beslutat av", max_length=200, help_text="Till exempel ”Region Skåne 2026-11-02”.")

    def room(self) -> None:
        """Offer regions and bodies."""
        self.fields["region"].queryset = regions(self.actor)  # type: ignore[attr-defined]
        self.fields["organ"].queryset = organs(self.actor)  # type: ignore[attr-defined]


class AvslutaForm(Personform):
    """The last day of a role."""

    sista = Datumfalt(label="Sista dagen", initial=idag)
    skal = forms.CharField(label="Varför", max_length=200, required=False)


class Innehavsval(forms.ModelMultipleChoiceField):
    """Roles to tick, in words."""

    def label_from_instance(self, obj: Innehav) -> str:  # type: ignore[override]
        """Return the role and what it is held for."""
        where = obj.delprojekt or obj.organ or obj.region
        return f"{Roll(obj.roll).label}, {where}" if where else str(Roll(obj.roll).label)


class ErsattareForm(Personform):
    """Somebody who acts in another's place for a while."""

    ersattare = forms.ModelChoiceField(
        label="Ersättare", queryset=None, empty_label="Välj person", help_text="Den som ska ersätta behöver ett konto."
    )
    innehav = Innehavsval(
        label="I vilka roller?",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kontaktpersonens ersättare ska arbeta på kansliet. Ta annars bort krysset för kontaktperson.",
    )
    fran = Datumfalt(label="Från och med", initial=idag)
    till = Datumfalt(label="Till och med", help_text="En ersättare har alltid en sista dag.")
    beslut = forms.CharField(label="Beslutat av", max_length=200)

    def room(self) -> None:
        """Offer the roles that are held now, all ticked, and everybody else who can log in."""
        if self.person is None:
            return
        held = replaceable(self.actor, self.person)
        self.fields["innehav"].queryset = held  # type: ignore[attr-defined]
        self.fields["innehav"].initial = held
        others = people(self.actor).filter(konto__is_active=True).exclude(pk=self.person.pk)
        self.fields["ersattare"].queryset = others  # type: ignore[attr-defined]


class LamnaOverForm(Personform):
    """To whom, and which delprojekt."""

    bekrafta = True
    till = forms.ChoiceField(label="Ny kontaktperson")
    delprojekt = forms.MultipleChoiceField(
        label="Vilka delprojekt?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Ta bort krysset för dem som stannar, till exempel vid kortare sjukskrivning.",
    )
    tyst = forms.BooleanField(label="Skicka inget mejl", required=False)

    def room(self) -> None:
        """Offer the kansli with how much each has already, and the delprojekt, all ticked."""
        if self.person is None:
            return
        others = [(who, count) for who, count in load(self.actor) if who.pk != self.person.pk]
        names = [(str(who.pk), f"{who} ({count} pågående delprojekt)") for who, count in reversed(others)]
        self.fields["till"].choices = [("", "Välj person"), *names]  # type: ignore[attr-defined]
        held = contact_for(self.actor, self.person)
        self.fields["delprojekt"].choices = [(str(d.pk), _with_step(d)) for d in held]  # type: ignore[attr-defined]
        self.fields["delprojekt"].initial = [str(d.pk) for d in held]


def _with_step(delprojekt: Delprojekt) -> str:
    return f"{delprojekt} ({Steg(delprojekt.steg).label})"


class SkalForm(Personform):
    """Why, in a few words."""

    skal = forms.CharField(label="Varför", max_length=200, required=False)


class BaraBekraftaForm(Personform):
    """Nothing to fill in."""


FORMS: dict[Adminact, type[Personform]] = {
    Adminact.REGISTRERA_PERSON: UppgifterForm,
    Adminact.ANDRA_PERSON: UppgifterForm,
    Adminact.GE_ROLL: RollForm,
    Adminact.AVSLUTA_ROLL: AvslutaForm,
    Adminact.UTSE_ERSATTARE: ErsattareForm,
    Adminact.LAMNA_OVER: LamnaOverForm,
    Adminact.OPPNA_KONTO: BaraBekraftaForm,
    Adminact.STANG_KONTO: SkalForm,
    Adminact.SKICKA_LOSENORDSLANK: BaraBekraftaForm,
    Adminact.ATERSTALL_TVAFAKTOR: BaraBekraftaForm,
}
"""Which form each act about a person has."""
