"""Asking a nominee or the nearest manager, and their answers (§4.3)."""

from typing import Any

from django import forms

from delprojekt.process.datum import skriv
from delprojekt.process.granser import NOMINERINGSSVAR_DAGAR, plus_dagar
from delprojekt.process.grupp import LANKSVAR, Chefssvar, Nomineringsstatus
from delprojekt.process.klocka import idag
from delprojekt.queries.grupp import get_nominee
from delprojekt.queries.svarslank import nomination_asked
from delprojekt.web.forms.bas import ActForm, textruta
from delprojekt.web.forms.falt import Datumfalt
from delprojekt.web.forms.grupp import who

_S = Nomineringsstatus
_SVAR = {_S.TACKAT_JA: "Ja, jag vill vara med", _S.RESERV: "Jag kan vara reserv", _S.TACKAT_NEJ: "Nej tack"}

LASES = "Läses av kansliet, ledningsgruppen, arbetsgruppens ordförande och din regions samarbetsgrupp."
"""Those who read the nominations (process/synlighet.py), in words for somebody who is not in the portal."""


LASES_OM_CHEF = LASES.replace("din regions", "regionens")
"""The same, to the nominee's manager."""


class TillfragaForm(ActForm):
    """The day and the message of the question; the rest of the mail is the portal's."""

    till = Datumfalt(
        label="Svar senast", help_text="Personen får ett mejl med en personlig länk, och behöver inget konto."
    )
    text = textruta("Meddelande", required=False, help_text="Till exempel hur mycket tid uppdraget tar.")

    def room(self) -> None:
        """Show whom it is about, and propose a day."""
        self.fields["till"].initial = lambda: plus_dagar(idag(), NOMINERINGSSVAR_DAGAR)
        self.rad = get_nominee(self.rum.actor, self.rum.delprojekt, self.rum.omgang, self.rum.objekt)

    @property
    def om(self) -> list[dict[str, Any]]:
        """Return whom the page is about."""
        return [{"etikett": "Person", "varde": who(self.rad), "url": ""}] if self.rad else []

    def clean_till(self) -> Any:
        """The day has not passed."""
        if self.cleaned_data["till"] < idag():
            raise forms.ValidationError(f"Välj en dag från och med i dag, {skriv(idag())}.")
        return self.cleaned_data["till"]

    def underlag(self) -> dict[str, Any]:
        """Name the row."""
        return {**super().underlag(), "objekt": self.rum.objekt}


class TillfragaChefForm(TillfragaForm):
    """Who the nearest manager is, the day and the message (M4.3-4)."""

    fornamn = forms.CharField(label="Chefens förnamn", max_length=60)
    efternamn = forms.CharField(label="Chefens efternamn", max_length=60)
    epost = forms.EmailField(label="Chefens e-post")
    field_order = ("fornamn", "efternamn", "epost", "till", "text")

    def room(self) -> None:
        """Fill in the manager's name as far as it is known."""
        super().room()
        first, _, last = self.rad.rad.chef_namn.partition(" ") if self.rad else ("", "", "")
        self.initial |= {"fornamn": first, "efternamn": last}
        self.fields["till"].help_text = "Chefen får ett mejl med en personlig länk, och behöver inget konto."
        self.fields["text"].help_text = "Vem som är nominerad, till vad och hur mycket tid det tar står redan i mejlet."
        self.order_fields(self.field_order)


class ChefssvarForm(ActForm):
    """Yes or no, and who says so (M4.3-4)."""

    svar = forms.ChoiceField(
        label="Ditt svar",
        choices=[(Chefssvar.JA.value, "Ja, jag godkänner"), (Chefssvar.NEJ.value, "Nej, det går inte")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad du svarar."},
    )
    chef_namn = forms.CharField(label="Ditt namn", max_length=120)
    kommentar = textruta("Något du vill säga om ditt svar", required=False, rows=3, help_text=LASES_OM_CHEF)

    def room(self) -> None:
        """Fill in the name of the one who was asked."""
        self.fields["chef_namn"].initial = self.rum.actor.namn

    def underlag(self) -> dict[str, Any]:
        """Name the question."""
        return {**super().underlag(), "objekt": self.rum.objekt}


class NomineringssvarForm(ActForm):
    """Yes, reserve or no; and what the group's rules ask of somebody who says yes (M4.1-2, M4.3-4)."""

    svar = forms.ChoiceField(
        label="Ditt svar",
        choices=[(status.value, _SVAR[status]) for status in LANKSVAR],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad du svarar."},
    )
    chef_ja = forms.BooleanField(label="Jag har stämt av med min närmsta chef", required=False)
    chef_namn = forms.CharField(label="Närmsta chef", max_length=120, required=False)
    avsatt_tid = forms.CharField(
        label="Tid jag kan avsätta", max_length=80, required=False, help_text="Till exempel 10 % i tolv månader."
    )
    kommentar = textruta("Något du vill säga om ditt svar", required=False, rows=3, help_text=LASES)

    def room(self) -> None:
        """A patient representative is not asked of a manager."""
        asked = nomination_asked(self.rum.actor, self.rum.objekt)
        if asked and not asked.chef_fragas:
            for name in ("chef_ja", "chef_namn", "avsatt_tid"):
                del self.fields[name]

    def underlag(self) -> dict[str, Any]:
        """Name the question."""
        return {**super().underlag(), "objekt": self.rum.objekt}
