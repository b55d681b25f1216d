"""Forms of the regions' decisions and their documents (§5.6)."""

from typing import Any

from django import forms
from django.urls import reverse

from delprojekt.models import (
    KRAVER_TEXT,
    Beslutsgrund,
    Beslutsniva,
    Granskning,
    Granskningspunkt,
    Overklagan,
    Rekommendation,
    Utfall,
)
from delprojekt.process.datum import skriv
from delprojekt.queries.formular import get_decision, recommendations
from delprojekt.web.forms.bas import ActForm, region_field, textruta
from delprojekt.web.forms.falt import Datumfalt, Handedag, Handlingsfalt, Paragraffalt, behovs


class HuvudmansbeslutForm(ActForm):
    """A region's decision: level, body, date, §, outcome per recommendation, and the document (M5.6-1, M5.6-2)."""

    niva = forms.ChoiceField(label="Vem beslutade?", choices=Beslutsniva.choices, widget=forms.RadioSelect)
    organ_namn = forms.CharField(
        label="Organ eller befattning",
        max_length=150,
        help_text="Till exempel regionstyrelsen eller hälso- och sjukvårdsdirektören.",
    )
    grundslag = forms.ChoiceField(
        label="Vad bygger tjänstepersonens beslut på?",
        choices=[("", "Beslutat på politisk nivå"), *Beslutsgrund.choices],
        required=False,
    )
    grund = behovs(
        forms.CharField(
            label="Vilken delegation, eller vilket tidigare beslut?",
            max_length=200,
            required=False,
            help_text="Vid verkställighet: datum och § för beslutet som verkställs.",
        ),
        "vid beslut på tjänstemannanivå",
    )
    dag = Datumfalt(label="Beslutsdatum")
    paragraf = Paragraffalt(label="Paragraf", required=False)
    dnr = forms.CharField(label="Regionens diarienummer", max_length=60, required=False)
    aterrapport = Datumfalt(label="Återrapporteras i regionen senast", required=False)
    lydelse = textruta("Beslutets lydelse", required=False, rows=4)
    justerat = Datumfalt(label="Justerat den", required=False)
    anslaget = Datumfalt(label="Anslaget den", required=False)
    fil = Handlingsfalt(
        label="Protokollsutdrag eller undertecknat beslut",
        required=False,
        help_text="Du kan lämna beslutet nu och skicka handlingen senare.",
    )

    def room(self) -> None:
        """Add the region first and the recommendations before the document."""
        self.fields["region"] = region_field(self.rum)
        if self.rum.lage.forslag.omfordelning or self.rum.lage.forslag.koncentrering:
            self.fields["niva"].help_text = (
                "Delprojektet flyttar verksamhet. Sådana beslut får inte delegeras (kommunallagen 6 kap. 38 §). "
                "Beslutar en tjänsteperson ändå skriver du varför."
            )
        self.rekommendationer = recommendations(self.rum.actor, self.rum.delprojekt)
        for rek in self.rekommendationer:
            outcome = forms.ChoiceField(
                label=f"{rek.nummer}. {rek.text}",
                choices=[("", "Inte beslutat än"), *Utfall.choices],
                required=len(self.rekommendationer) == 1,
            )
            self.fields[f"utfall_{rek.pk}"] = behovs(outcome, "för minst en punkt")
            self.fields[f"villkor_{rek.pk}"] = forms.CharField(
                label=f"Villkor eller skäl för punkt {rek.nummer}", max_length=500, required=False
            )
        cells = [name for rek in self.rekommendationer for name in (f"utfall_{rek.pk}", f"villkor_{rek.pk}")]
        who = ("region", "niva", "organ_namn", "grundslag", "grund", "dag", "paragraf", "dnr")
        self.order_fields([*who, *cells, "aterrapport", "lydelse", "justerat", "anslaget", "fil"])

    def cells(self) -> dict[int, tuple[str, str]]:
        """Return outcome and condition for each recommendation that was answered and is directed to the region."""
        region = self.cleaned_data.get("region")
        asked = [rek for rek in self.rekommendationer if region in {r.slug for r in rek.mottagare.all()}]
        answers = {rek.pk: (self.cleaned_data.get(f"utfall_{rek.pk}") or "", self._condition(rek)) for rek in asked}
        return {pk: (outcome, text) for pk, (outcome, text) in answers.items() if outcome}

    def _condition(self, rek: Rekommendation) -> str:
        return (self.cleaned_data.get(f"villkor_{rek.pk}") or "").strip()

    def clean(self) -> dict[str, Any]:
        """At least one outcome; a condition is told; an official says by what delegation."""
        cleaned = super().clean() or {}
        cells = self.cells()
        if not cells and self.rekommendationer:
            self.add_error(f"utfall_{self.rekommendationer[0].pk}", "Välj utfall för minst en rekommendation.")
        for pk, (outcome, text) in cells.items():
            if outcome in KRAVER_TEXT and not text:
                self.add_error(f"villkor_{pk}", "Skriv villkoret, vad som inte bifalls, eller skälet.")
        if cleaned.get("niva") == Beslutsniva.TJANSTEPERSON and not cleaned.get("grund"):
            self.add_error("grund", "Skriv vilken delegation beslutet bygger på, eller att det är verkställighet.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Give the outcomes by recommendation."""
        return {**super().underlag(), "utfall": self.cells()}


class BeslutsradForm(ActForm):
    """A form about one decision of a region; the region is the decision's."""

    def room(self) -> None:
        """Find the decision."""
        self.beslutet = get_decision(self.rum.actor, self.rum.delprojekt, self.rum.objekt or 0)

    @property
    def om(self) -> list[dict[str, Any]]:
        """Return what the page says of the decision, so that nobody has to remember it."""
        row = self.beslutet
        if row is None:
            return []
        day = f"{skriv(row.date)}{f' § {row.paragraf}' if row.paragraf else ''}"
        points = "; ".join(f"{c.rekommendation.nummer} {c.get_utfall_display().lower()}" for c in row.beslut.all())
        pairs = (("Region", row.region), ("Beslutat av", row.organ), ("Datum", day), ("Utfall per punkt", points))
        named = [{"etikett": label, "varde": str(value), "url": ""} for label, value in pairs]
        if not row.fil:
            return named
        address = reverse("handling", args=[self.rum.delprojekt.pk, row.pk])
        return [*named, {"etikett": "Handling", "varde": row.filnamn, "url": address}]

    def underlag(self) -> dict[str, Any]:
        """Name the decision and its region."""
        region = self.beslutet.region.slug if self.beslutet else None
        return {**super().underlag(), "objekt": self.rum.objekt, "region": region}


class SkickaHandlingForm(BeslutsradForm):
    """The paper of a decision that was told before, or the right one after a wrong one."""

    fil = Handlingsfalt(
        label="Protokollsutdrag eller undertecknat beslut",
        help_text="En fil räcker för alla punkter i beslutet.",
    )


class NamndanmalanForm(BeslutsradForm):
    """When and where a decision by an official was reported to the region's nämnd."""

    organ_namn = forms.CharField(label="Nämnd eller styrelse", max_length=150)
    dag = Handedag(label="Anmält den")
    paragraf = Paragraffalt(label="Paragraf", required=False)


class OverklagandeForm(BeslutsradForm):
    """An appeal, and what became of it."""

    val = forms.ChoiceField(label="Vad har hänt?", choices=Overklagan.choices, widget=forms.RadioSelect)
    dag = Handedag(label="Datum")
    text = textruta("Kommentar", required=False, rows=3)

    def room(self) -> None:
        """Offer only what can come next: first the appeal, then what the court said."""
        super().room()
        appealed = bool(self.beslutet and self.beslutet.overklagan)
        offered = [one for one in Overklagan if appealed == (one is not Overklagan.PROVAS)]
        self.fields["val"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]


class GranskaForm(BeslutsradForm):
    """What kansliet found in the document: the checklist of E7, and the verdict (M5.6-2)."""

    stammer = forms.MultipleChoiceField(
        label="Kryssa i det som stämmer",
        choices=Granskningspunkt.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    granskning = forms.ChoiceField(
        label="Resultat",
        choices=[(Granskning.GODKAND.value, "Handlingen stämmer"), (Granskning.FEL.value, "Fel handling")],
        widget=forms.RadioSelect,
    )
    text = textruta("Vad är fel?", required=False, rows=3, help_text="Regionen får det du skriver.")

    def clean(self) -> dict[str, Any]:
        """A yes has every point ticked; a no says why."""
        cleaned = super().clean() or {}
        verdict, points = cleaned.get("granskning"), set(cleaned.get("stammer") or [])
        if verdict == Granskning.GODKAND and points != set(Granskningspunkt.values):
            self.add_error("stammer", "Kryssa i att varje punkt stämmer. Stämmer någon inte är det fel handling.")
        if verdict == Granskning.FEL and not cleaned.get("text"):
            self.add_error("text", "Skriv vad som är fel, så att regionen kan rätta det.")
        return cleaned
