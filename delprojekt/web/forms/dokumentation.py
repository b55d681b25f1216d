"""Forms of the group's own notes: meetings, what is to be done, mail, choices, support (§4, §5, §6)."""

from typing import Any

from django import forms
from django.db.models import Model

from delprojekt.models import Attgora, Gruppmote, Stodomrade, Vagvalsslag
from delprojekt.process.klocka import idag
from delprojekt.queries.arbete import callable_to, writing_people
from delprojekt.queries.namn import shown_names
from delprojekt.web.forms.bas import ActForm, textruta
from delprojekt.web.forms.falt import Datumfalt, Handedag
from delprojekt.web.forms.flera import Raderform
from delprojekt.web.forms.rader import RadForm, any_region

TOMMA = 2
"""So many empty rows stand below what is known."""


class GruppmoteForm(Raderform, RadForm):
    """A meeting of the group: who came, the notes, and what somebody is to do (M5-3). The notes may come later."""

    date = Datumfalt(
        label="Mötets datum", initial=idag, help_text="Också ett kommande möte. Till exempel 12 mars 2026."
    )
    deltog = forms.TypedMultipleChoiceField(
        label="Vilka var med?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    narvarande = textruta("Fler som var med", required=False, rows=2)
    text = textruta(
        "Minnesanteckningar",
        required=False,
        rows=10,
        help_text="Vad ni kom fram till. Portalen påminner om de saknas tio dagar efter mötet.",
    )
    stryk_etikett = "Stryk mötet, det blev inte av"
    forsta = "vad"
    lagg_till = "Lägg till en rad att göra"

    def offer(self) -> None:
        """Offer the members, and a few rows of what is to be done."""
        actor, d = self.rum.actor, self.rum.delprojekt
        people = writing_people(actor, d)
        names = dict(zip((p.pk for p in people), shown_names(actor, d, people), strict=True))
        field: Any = self.fields["deltog"]
        field.choices = list(names.items())
        if choices := callable_to(actor, self.rum.omgang, self.rum.objekt):
            self.fields["kallade"] = forms.TypedMultipleChoiceField(
                label="Adjungerade som är med på mötet",
                choices=choices,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Ett kommande möte får de mejl om. De läser mötets minnesanteckningar, inte andra mötens.",
            )
        self.fields["antal"].required = False  # a meeting with nothing to do is a meeting
        self.antal_rader = self.count(0, TOMMA)
        for n in range(1, self.antal_rader + 1):
            self._add_row(n, names)

    def written(self, row: Model) -> dict[str, Any]:
        """Show who came; those who have left the group since are kept."""
        if not isinstance(row, Gruppmote):
            return {}
        came = list(row.deltog.all())
        field: Any = self.fields["deltog"]
        left = [person for person in came if person.pk not in dict(field.choices)]
        names = shown_names(self.rum.actor, self.rum.delprojekt, left)
        field.choices = [*field.choices, *((p.pk, name) for p, name in zip(left, names, strict=True))]
        known = {**super().written(row), "deltog": [person.pk for person in came]}
        return {**known, "kallade": [str(one.pk) for one in row.kallade.all()]} if "kallade" in known else known

    def _add_row(self, n: int, names: dict[int, str]) -> None:
        told = "Den som får något att göra får ett mejl. Lämna raden tom om det inte är något." if n == 1 else ""
        self.fields[f"vad_{n}"] = forms.CharField(label=f"Att göra {n}", max_length=200, required=False, help_text=told)
        self.fields[f"vem_{n}"] = forms.TypedChoiceField(
            label=f"Att göra {n}: vem",
            coerce=int,
            empty_value=None,
            choices=[("", "Ingen vald"), *names.items()],
            required=False,
        )
        self.fields[f"senast_{n}"] = Datumfalt(label=f"Att göra {n}: senast", required=False)

    def clean(self) -> dict[str, Any]:
        """Who and when are about something; notes are of what has been."""
        cleaned = super().clean() or {}
        day = cleaned.get("date")
        if day and day > idag() and cleaned.get("text"):
            self.add_error("text", "Mötet har inte varit än. Skriv minnesanteckningarna när det har hållits.")
        for n in range(1, self.antal_rader + 1):
            if not cleaned.get(f"vad_{n}") and (cleaned.get(f"vem_{n}") or cleaned.get(f"senast_{n}")):
                self.add_error(f"vad_{n}", f"Skriv vad som ska göras på rad {n}, eller töm raden.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Gather the rows."""
        filled = super().underlag()
        rows = [tuple(filled.pop(f"{name}_{n}") for name in ("vad", "vem", "senast"))
                for n in range(1, self.antal_rader + 1)]  # fmt: skip
        filled.pop("antal", None)
        return {**filled, "att_gora": [row for row in rows if row[0]]}


class AttgoraForm(RadForm):
    """Something to be done: done, changed, or given to somebody else."""

    vad = forms.CharField(label="Vad", max_length=200)
    person = forms.TypedChoiceField(label="Vem", coerce=int, empty_value=None, required=False)
    senast_date = Datumfalt(label="Senast", required=False)
    klar_date = Handedag(label="Klart den", required=False, initial=None)
    stryk_etikett = "Stryk, det ska inte göras"

    def offer(self) -> None:
        """Offer the members."""
        actor, d = self.rum.actor, self.rum.delprojekt
        people = writing_people(actor, d)
        field: Any = self.fields["person"]
        field.choices = [("", "Ingen vald"), *zip((p.pk for p in people), shown_names(actor, d, people), strict=True)]

    def written(self, row: Model) -> dict[str, Any]:
        """Show who it is given to, also somebody who has left the group."""
        if not isinstance(row, Attgora):
            return {}
        field: Any = self.fields["person"]
        if row.person and row.person_id not in dict(field.choices):
            field.choices = [
                *field.choices,
                (row.person_id, *shown_names(self.rum.actor, self.rum.delprojekt, [row.person])),
            ]
        return {**super().written(row), "person": row.person_id}


class MejlForm(ActForm):
    """A letter to everybody in the group."""

    amne = forms.CharField(label="Ämne", max_length=120)
    text = textruta(
        "Text",
        rows=8,
        help_text="Alla i gruppen och kontaktpersonen får mejlet. Skriv inget om enskilda patienter.",
    )

    def room(self) -> None:
        """Say who in the group gets nothing, as the portal has no address of theirs."""
        people = [one for one in writing_people(self.rum.actor, self.rum.delprojekt) if not one.epost]
        if people:
            names = ", ".join(shown_names(self.rum.actor, self.rum.delprojekt, people))
            self.fields["text"].help_text += f" Utan e-postadress i portalen, och får det inte: {names}."


class VagvalForm(RadForm):
    """A line of the group's log (M5-4, M5-5): one field and one button, so that it is written on the way home.

    The rest is folded away, and can be filled in later.
    """

    text = textruta(
        "Vad valde ni, eller vad har samarbetet gett?",
        rows=3,
        help_text="En mening räcker. Skrivs ut i kapitel 11 i slutrapporten.",
    )
    varfor = textruta("Varför?", required=False, rows=2)
    alternativ = textruta("Vad valde ni bort?", required=False, rows=2)
    slag = forms.ChoiceField(
        label="Vad är det?",
        choices=Vagvalsslag.choices,
        initial=Vagvalsslag.VAGVAL,
        widget=forms.RadioSelect,
        help_text="Ett mjukt resultat är till exempel nya kontaktvägar eller ett bättre samarbetsklimat.",
    )
    date = Handedag(label="Datum")
    stryk_etikett = "Stryk anteckningen"
    forvalda = ("slag", "date")

    def offer(self) -> None:
        """Fold away all but the sentence, when it is a new one."""
        if self.rum.objekt is None:
            self.hopfallda = {"Varför, mjukt resultat eller annat datum": ("varfor", "alternativ", "slag", "date")}


class StodbegaranForm(RadForm):
    """What the group asks for, and what came of it (M6.1-2, M6.2-1). Contact persons at the kansli can guide."""

    omrade = forms.ChoiceField(
        label="Vad gäller det?", choices=Stodomrade.choices, initial=Stodomrade.DATA, widget=forms.RadioSelect
    )
    vad = textruta(
        "Vad behöver ni?",
        rows=3,
        help_text="Till exempel vilka uppgifter, för vilken period. Det ni får skrivs ut i kapitel 11 i slutrapporten.",
    )
    mottagare = forms.CharField(
        label="Till vem",
        max_length=150,
        help_text=(
            "Till exempel regionens ekonomi- och uppföljningsenhet, ett kvalitetsregister, SCB, Socialstyrelsen, "
            "DARC eller kansliet. Din kontaktperson kan vägleda. Skrivs ut i slutrapporten: ange enheten, inte någons "
            "namn."
        ),
    )
    begard_date = Handedag(label="Begärt den")
    utlovad_date = Datumfalt(label="Utlovat till", required=False)
    mottagen_date = Handedag(label="Mottaget den", required=False, initial=None)
    svar = textruta("Svar", required=False, rows=3)
    stryk_etikett = "Stryk begäran"
    field_order = ("omrade", "vad", "mottagare", "region", "begard_date", "utlovad_date", "mottagen_date", "svar")

    def offer(self) -> None:
        """Offer the regions that take part."""
        self.fields["region"] = any_region(self.rum, "Inte från en viss region")
        self.order_fields(self.field_order)

    def written(self, row: Model) -> dict[str, Any]:
        """Show the region by its slug."""
        region = getattr(row, "region", None)
        return {**super().written(row), "region": region.slug if region else ""}

    def clean(self) -> dict[str, Any]:
        """What has come was asked for first."""
        cleaned = super().clean() or {}
        asked, came = cleaned.get("begard_date"), cleaned.get("mottagen_date")
        if asked and came and came < asked:
            self.add_error("mottagen_date", "Det kan inte ha kommit före den dag då ni bad om det.")
        return cleaned
