"""Forms of beredning: contacts, the underlag, linked bodies, the queue, and new förslag out of old ones."""

from typing import Any

from django import forms

from delprojekt.models import Beslutsriktning, Organ
from delprojekt.process.fakta import Organslag
from delprojekt.process.klocka import idag
from delprojekt.queries.beredning import bodies, get_contact, links
from delprojekt.web.forms.bas import ActForm, FactForm, Rum, textruta
from delprojekt.web.forms.falt import Handedag, Paragraffalt, behovs

_BEREDER = (Organslag.CHEFSAMRAD, Organslag.RPO, Organslag.RSG, Organslag.AVTALSGRUPP)


def _grouped(organ: list[Organ]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return bodies as choices in groups, one per kind."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in organ:
        groups.setdefault(str(one.get_slag_display()), []).append((one.slug, one.namn))
    return list(groups.items())


class BeredningskontaktForm(ActForm):
    """Who was asked what, and the answer if it has come (M5.1.2-1)."""

    instans_organ = forms.ChoiceField(label="Instans", required=False)
    instans = forms.CharField(
        label="Annan instans", max_length=150, required=False, help_text="Om den inte finns i listan."
    )
    fraga = textruta("Vad ni frågar om", rows=3)
    dag = Handedag(label="Frågan ställd")
    svar = textruta("Svar", required=False, rows=3, help_text="Lämna tomt om svaret inte har kommit än.")
    besvarad = Handedag(label="Svaret kom", required=False, initial=None)

    def room(self) -> None:
        """Offer the bodies."""
        known = _grouped(bodies(self.rum.actor, *_BEREDER))
        self.fields["instans_organ"].choices = [("", "Välj i listan"), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One body is named, in one way."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("instans_organ")) == bool(cleaned.get("instans")):
            self.add_error("instans_organ", "Välj en instans i listan, eller skriv vilken. Inte båda.")
        return cleaned


class SvarForm(ActForm):
    """The answer of one contact; the question is shown beside it."""

    svar = textruta("Svar")
    besvarad = Handedag(label="Svaret kom")

    def room(self) -> None:
        """Say who was asked what; show an answer that is to be corrected."""
        contact = get_contact(self.rum.actor, self.rum.delprojekt, self.rum.objekt or 0)
        self.fields["svar"].label = f"Vad {contact.namn} svarade"
        self.fields["svar"].help_text = f"Frågan var: {contact.fraga}"
        self.fields["svar"].initial = contact.svar
        self.fields["besvarad"].initial = contact.besvarad_date or idag

    def underlag(self) -> dict[str, Any]:
        """Name the contact."""
        return {**super().underlag(), "objekt": self.rum.objekt}


class UnderlagForm(ActForm):
    """What kansliet adds for ledningsgruppen (M5.1.2-2)."""

    resursbehov = textruta(
        "Resursbehov", required=False, help_text="Till exempel processtöd, tid för ordföranden, data eller ekonomi."
    )
    forslag_till_beslut = forms.ChoiceField(
        label="Förslag till beslut",
        choices=[("", "Inte bestämt än"), *Beslutsriktning.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    storre = forms.BooleanField(label="Det är ett större delprojekt", required=False)
    paverkar_priser = forms.BooleanField(
        label="Priser eller ersättningar mellan regionerna påverkas",
        required=False,
        help_text="Då ska avtalsgruppen tillfrågas.",
    )
    rpo = forms.MultipleChoiceField(
        label="Programområden som berörs", required=False, widget=forms.CheckboxSelectMultiple
    )
    rsg = forms.MultipleChoiceField(
        label="Samverkansgrupper som berörs", required=False, widget=forms.CheckboxSelectMultiple
    )

    def room(self) -> None:
        """Show what is written and linked."""
        forslag = self.rum.delprojekt.forslag
        for name in ("resursbehov", "forslag_till_beslut", "storre", "paverkar_priser"):
            self.fields[name].initial = getattr(forslag, name)
        linked = links(self.rum.actor, self.rum.delprojekt, Organslag.RPO, Organslag.RSG)
        for name, slag in (("rpo", Organslag.RPO), ("rsg", Organslag.RSG)):
            offered = bodies(self.rum.actor, slag)
            self.fields[name].choices = [(one.slug, one.namn) for one in offered]  # type: ignore[attr-defined]
            self.fields[name].initial = [row.organ.slug for row in linked if row.organ and row.organ.slag == slag]

    def underlag(self) -> dict[str, Any]:
        """Give the linked bodies as one list."""
        filled = super().underlag()
        return {**filled, "organ_berorda": [*filled.pop("rpo"), *filled.pop("rsg")]}


class ChefsamradForm(ActForm):
    """Which chefsamråd, or that there is none, and who has said so (M5-7)."""

    chefsamrad = forms.MultipleChoiceField(
        label="Chefsamråd som berörs", required=False, widget=forms.CheckboxSelectMultiple
    )
    saknas = forms.BooleanField(label="Chefsamråd saknas för området", required=False)
    sagt_av = behovs(forms.CharField(label="Vem har sagt det?", max_length=120, required=False), "om chefsamråd saknas")
    dag = Handedag(label="När")

    def room(self) -> None:
        """Show what is linked."""
        offered = bodies(self.rum.actor, Organslag.CHEFSAMRAD)
        self.fields["chefsamrad"].choices = [(one.slug, one.namn) for one in offered]  # type: ignore[attr-defined]
        linked = links(self.rum.actor, self.rum.delprojekt, Organslag.CHEFSAMRAD)
        self.fields["chefsamrad"].initial = [row.organ.slug for row in linked if row.organ]
        missing = next((row for row in linked if row.organ is None), None)
        self.fields["saknas"].initial = missing is not None
        self.fields["sagt_av"].initial = missing.sagt_av if missing else ""


def _place_field(rum: Rum) -> forms.IntegerField:
    return forms.IntegerField(
        label="Plats i kön",
        min_value=1,
        max_value=99,
        required=False,
        initial=rum.delprojekt.forslag.ko_plats,
        help_text="1 tas upp först. Lämna tomt om förslaget inte har någon plats.",
    )


class AvvaktaForm(FactForm):
    """Ledningsgruppens decision to wait, with the place in the queue (M5.1-4)."""

    def room(self) -> None:
        """Say what happens without a date, and add the place."""
        super().room()
        self.fields["till"].help_text = "Utan datum påminns ledningsgruppen om sex månader."
        self.fields["ko_plats"] = _place_field(self.rum)


class KoplatsForm(ActForm):
    """The place in the queue."""

    def room(self) -> None:
        """Show the place it has."""
        self.fields["ko_plats"] = _place_field(self.rum)


class NyttForslagForm(ActForm):
    """A new förslag that builds on this one; its text is copied and can then be changed."""

    benamning = forms.CharField(
        label="Titel", max_length=200, help_text="Texten i det här förslaget följer med. Du kan ändra den sedan."
    )

    def room(self) -> None:
        """Propose the same title."""
        self.fields["benamning"].initial = self.rum.delprojekt.benamning


class FortsattningForm(ActForm):
    """A new delprojekt that continues this one, after a decision (T43, E6)."""

    organ = forms.ChoiceField(
        label="Vem beslutade om fortsättningen?",
        choices=[(one.value, one.label) for one in (Organslag.NAMND, Organslag.LEDNINGSGRUPP)],
        widget=forms.RadioSelect,
    )
    dag = Handedag(label="Mötets datum")
    punkt = Paragraffalt(label="Punkt eller paragraf", required=False)
    benamning = forms.CharField(label="Det nya delprojektets titel", max_length=200)
    text = textruta("Vad ska det nya delprojektet göra?", help_text="Syfte, mål och övrig text följer med härifrån.")
    egen_del = forms.BooleanField(label="Det blir en del av samma nummer, till exempel 26:II", required=False)
    samordnar = forms.ChoiceField(label="Chefsamråd som samordnar", required=False)

    def room(self) -> None:
        """Offer the chefsamråd."""
        known = [(one.slug, one.namn) for one in bodies(self.rum.actor, Organslag.CHEFSAMRAD)]
        self.fields["samordnar"].choices = [("", "Inget"), *known]  # type: ignore[attr-defined]
