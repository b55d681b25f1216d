"""Forms of åtgärdsförslag, their costs, the group's word, who writes, korrektur and delrapport (§5.4–5.4.2)."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Model

from delprojekt.models import Atgardsforslag, Kostnadsbas, Kostnadsslag, Risk
from delprojekt.process.fakta import Organslag
from delprojekt.queries import arbete, delrapport
from delprojekt.queries.namn import shown_names
from delprojekt.web.forms.bas import ActForm, FactForm, textruta
from delprojekt.web.forms.falt import SLUTRAPPORTEN, Datumfalt, behovs
from delprojekt.web.forms.flera import Raderform
from delprojekt.web.forms.rader import RadForm

KORREKTUR = (
    ("språk", "Språket är klart och begripligt för den som inte är fackkunnig"),
    ("rubriker", "Kapitel och rubriker är tydliga"),
    ("tabeller", "Tabeller har rubrik, källa och går att läsa"),
    ("diagram", "Diagram och bilder har rubrik, källa och går att läsa"),
    ("förkortningar", "Fackord och förkortningar är förklarade"),
    ("referenser", "Referenserna är få och fullständiga"),
)
"""What the communicator goes through (M5.4.1-7, M5.4.1-8)."""
TOMMA, MAX_RADER = 2, 30


class AtgardsforslagForm(RadForm):
    """One proposal with the fields of §5.4."""

    rubrik = forms.CharField(label="Förslag", max_length=200, help_text="En mening som säger vad som ska göras.")
    text = textruta("Vad", required=False, help_text="Beskriv förslaget så att den som inte varit med förstår.")
    vem = forms.CharField(label="Vem", max_length=200, required=False, help_text="Vem som ska göra det.")
    nar = forms.CharField(label="När", max_length=100, required=False, help_text="Till exempel senast våren 2027.")
    rimlighet = textruta("Rimlighet", required=False, rows=2)
    genomforbarhet = textruta("Genomförbarhet", required=False, rows=2)
    narliggande = textruta(
        "Närliggande områden", required=False, rows=2, help_text="Vilka andra områden påverkas, och hur?"
    )
    undantrangning = forms.ChoiceField(
        label="Risk för undanträngning", choices=[("", "Inte bedömd"), *Risk.choices], required=False
    )
    undantrangning_text = textruta("Vad kan trängas undan?", required=False, rows=2)
    kraver_medel = forms.BooleanField(
        label="Förslaget kräver medel", required=False, help_text="Då skriver ni en grov kalkyl, med stöd av en ekonom."
    )
    diskuterat_date = behovs(Datumfalt(label="Diskuterat med chefer och chefsamråd den", required=False), SLUTRAPPORTEN)
    diskuterat_med = forms.CharField(
        label="Vilka chefer och chefsamråd",
        max_length=200,
        required=False,
        help_text="Skriv ”chefsamråd saknas” om det inte finns något.",
    )
    stryk_etikett = "Stryk förslaget ur rapporten"

    def offer(self) -> None:
        """Offer conclusions to build on and points to answer, when there are any."""
        conclusions = arbete.conclusion_rows(self.rum.actor, self.rum.omgang) if self.rum.omgang else []
        points = arbete.points(self.rum.actor, self.rum.omgang)
        self._ticks("slutsatser", "Bygger på slutsatserna", [(row.pk, str(row)) for row in conclusions])
        self._ticks("punkter", "Svarar på uppdragspunkterna", [(p.pk, f"{p.nummer}. {p.text}") for p in points])

    def _ticks(self, name: str, label: str, choices: list[tuple[int, str]]) -> None:
        if choices:
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=label, choices=choices, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
            )

    def clean(self) -> dict[str, Any]:
        """A discussion has both a date and a name (M5.4-6)."""
        cleaned = super().clean() or {}
        if cleaned.get("diskuterat_date") and not cleaned.get("diskuterat_med"):
            self.add_error("diskuterat_med", "Skriv vilka ni diskuterade med, eller att chefsamråd saknas.")
        return cleaned


class AndraAtgardsforslagForm(AtgardsforslagForm):
    """The same, filled in; it can also be moved, or struck."""

    def offer(self) -> None:
        """Offer every place in the report too."""
        super().offer()
        count = self.rum.lage.rapport.atgardsforslag
        self.fields["plats"] = forms.TypedChoiceField(
            label="Plats i rapporten", choices=[(n, n) for n in range(1, count + 1)], coerce=int, required=False
        )

    def written(self, row: Model) -> dict[str, Any]:
        """Show its ties and its place."""
        if not isinstance(row, Atgardsforslag):
            return {}
        ties = {
            "slutsatser": list(row.slutsatser.values_list("pk", flat=True)),
            "punkter": list(row.punkter.values_list("pk", flat=True)),
        }
        return {**super().written(row), **ties, "plats": row.nummer}


class KalkylForm(Raderform):
    """The rough costing: a row per region and kind of cost; rows without an amount are left out (M5.4-5)."""

    kostnadsbas = forms.ChoiceField(
        label="Kostnaderna är räknade som",
        choices=Kostnadsbas.choices,
        initial=Kostnadsbas.SJALVKOSTNAD,
        help_text="Mellan regionerna används som regel självkostnad.",
    )
    ekonom = forms.CharField(
        label="Ekonom som har stöttat", max_length=120, required=False, help_text="Kontaktpersonen kan förmedla stöd."
    )
    kalkyl_text = textruta("Kommentar", required=False, rows=2)
    flest = MAX_RADER
    forsta = "region"
    lagg_till = "Lägg till en rad"

    def room(self) -> None:
        """Show the rows that are written, or one per region, and a few empty ones."""
        row = arbete.proposal(self.rum.actor, self.rum.omgang, self.rum.objekt or 0)
        self.forslag = row
        self.initial |= {name: getattr(row, name) for name in ("kostnadsbas", "ekonom", "kalkyl_text")}
        known = [(k.region.slug if k.region else "", k.slag, k.belopp_tkr, k.antagande) for k in row.kalkylrader.all()]
        taking = [slug for slug in self.rum.lage.regionnamn if slug in self.rum.lage.deltar]
        rows = known or [(slug, Kostnadsslag.ARLIG.value, None, "") for slug in taking]
        count = self.count(len(known), len(rows) + TOMMA)
        regions = [("", "Gemensamt"), *((slug, self.rum.lage.regionnamn[slug]) for slug in taking)]
        for n in range(1, count + 1):
            self._add_row(n, rows[n - 1] if n <= len(rows) else ("", Kostnadsslag.ARLIG.value, None, ""), regions)

    def _add_row(self, n: int, row: tuple[str, str, int | None, str], regions: list[tuple[str, str]]) -> None:
        region, kind, tkr, why = row
        self.fields[f"region_{n}"] = forms.ChoiceField(
            label=f"Rad {n}: vem betalar", choices=regions, initial=region, required=False
        )
        self.fields[f"slag_{n}"] = forms.ChoiceField(
            label=f"Rad {n}: kostnad", choices=Kostnadsslag.choices, initial=kind, required=False
        )
        self.fields[f"belopp_{n}"] = forms.IntegerField(
            label=f"Rad {n}: belopp i tkr", min_value=0, max_value=10_000_000, initial=tkr, required=False
        )
        self.fields[f"antagande_{n}"] = forms.CharField(
            label=f"Rad {n}: antagande", max_length=200, initial=why, required=False
        )

    def clean(self) -> dict[str, Any]:
        """What is assumed is assumed of an amount: without one it would not be stored."""
        cleaned = super().clean() or {}
        for n in range(1, self.antal_rader + 1):
            told = cleaned.get(f"antagande_{n}") and f"belopp_{n}" not in self.errors
            if told and cleaned.get(f"belopp_{n}") is None:
                self.add_error(f"belopp_{n}", f"Skriv beloppet på rad {n}, eller ta bort antagandet.")
        return cleaned

    def _rows(self) -> Iterator[tuple[str, str, int, str]]:
        given = self.cleaned_data
        for n in range(1, self.antal_rader + 1):
            if given.get(f"belopp_{n}") is not None:
                kind = given.get(f"slag_{n}") or Kostnadsslag.ARLIG.value
                yield given.get(f"region_{n}", ""), kind, given[f"belopp_{n}"], given.get(f"antagande_{n}", "")

    def silent(self) -> set[str]:
        """Leave out rows without an amount."""
        empty = [n for n in range(1, self.antal_rader + 1) if self.cleaned_data.get(f"belopp_{n}") is None]
        return {f"{part}_{n}" for n in empty for part in ("region", "slag", "belopp", "antagande")}

    def underlag(self) -> dict[str, Any]:
        """Give the rows that have an amount."""
        kept = {name: self.cleaned_data[name] for name in ("kostnadsbas", "ekonom", "kalkyl_text")}
        return {**kept, "rader": list(self._rows()), "objekt": self.rum.objekt}


class StallSigBakomForm(FactForm):
    """The group's word on each proposal, and what somebody disagrees with (M5.4-1)."""

    def room(self) -> None:
        """Ask about each proposal."""
        super().room()
        self.forslag = arbete.proposal_rows(self.rum.actor, self.rum.omgang)
        for row in self.forslag:
            self.fields[f"bakom_{row.pk}"] = forms.BooleanField(
                label=f"Gruppen står bakom förslag {row.nummer}: {row.rubrik}", required=False, initial=True
            )
            dissent = textruta(f"Avvikande mening om förslag {row.nummer}", required=False, rows=2)
            dissent.initial = row.avvikande
            self.fields[f"avvikande_{row.pk}"] = dissent

    def underlag(self) -> dict[str, Any]:
        """Give the keys of the proposals that the group stands behind, and dissent by key."""
        filled = {k: v for k, v in super().underlag().items() if not k.startswith(("bakom_", "avvikande_"))}
        given = self.cleaned_data
        dissent = {row.pk: given[f"avvikande_{row.pk}"] for row in self.forslag if given.get(f"avvikande_{row.pk}")}
        return {**filled, "bakom": [r.pk for r in self.forslag if given.get(f"bakom_{r.pk}")], "avvikande": dissent}


class SkribenterForm(ActForm):
    """Who writes each chapter and section, and who answers for the whole (M5.4.1-3, M5.4.1-4)."""

    def room(self) -> None:
        """Ask about each chapter (the chair writes what nobody else does), and about its sections if they differ."""
        found = arbete.writing_people(self.rum.actor, self.rum.delprojekt)
        names = shown_names(self.rum.actor, self.rum.delprojekt, found)
        people = [(row.pk, name) for row, name in zip(found, names, strict=True)]
        writing = arbete.writing(self.rum.actor, self.rum.delprojekt, self.rum.omgang)
        chosen, whole = writing.kapitel, writing.helhetsansvarig
        first = people[0][0] if people else None
        for row in arbete.to_be_written(self.rum.actor, self.rum.omgang):
            other = None if row.foralder else first
            initial = chosen[row.nyckel].pk if row.nyckel in chosen else other
            nobody = "Som kapitlet" if row.foralder else "Ingen vald"
            self.fields[f"kapitel_{row.nyckel}"] = self._person(str(row), people, initial, nobody)
        self.fields["helhetsansvarig"] = self._person("Helhetsansvarig", people, whole.pk if whole else None)
        self.fields[
            "helhetsansvarig"
        ].help_text = "Behövs om ni är flera som skriver. Den personen eller ordföranden lämnar in rapporten."

    def _person(
        self, label: str, people: list[tuple[int, str]], initial: int | None, nobody: str = "Ingen vald"
    ) -> forms.TypedChoiceField:
        return forms.TypedChoiceField(
            label=label,
            choices=[("", nobody), *people],
            coerce=int,
            empty_value=None,
            initial=initial,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Several writers have one who answers for the whole; who is left as only writer needs none."""
        cleaned = super().clean() or {}
        several = {pk for name, pk in cleaned.items() if name.startswith("kapitel_") and pk}
        if len(several) > 1 and not cleaned.get("helhetsansvarig"):
            self.add_error("helhetsansvarig", "Välj vem av er som har helhetsansvaret.")
        return cleaned

    def underlag(self) -> dict[str, Any]:
        """Give persons by chapter."""
        given = {name: pk for name, pk in self.cleaned_data.items() if name.startswith("kapitel_")}
        chapters = {name.removeprefix("kapitel_"): pk for name, pk in given.items()}
        return {"skribenter": chapters, "helhetsansvarig": self.cleaned_data["helhetsansvarig"]}


class KorrekturForm(FactForm):
    """What the communicator has gone through and signs, with a note on each point (M5.4.1-7, M5.4.1-8)."""

    def room(self) -> None:
        """Add the checklist, and a note for each of its points."""
        super().room()
        self.fields["granskat"] = forms.MultipleChoiceField(
            label="Genomgånget",
            choices=KORREKTUR,
            widget=forms.CheckboxSelectMultiple,
            help_text="Det du inte kryssar i visas för gruppen som något att se över.",
        )
        for n, (key, _) in enumerate(KORREKTUR):
            self.fields[f"om_{n}"] = forms.CharField(label=f"Om {key}", required=False, max_length=500)
        self.order_fields(["dag", "granskat"])
        self.hopfallda = {"Skriv något om en punkt": [f"om_{n}" for n in range(len(KORREKTUR))]}

    def underlag(self) -> dict[str, Any]:
        """Store the ticks as words, what is left for the group to look over, and what is said of each point."""
        filled = super().underlag()
        done = filled.pop("granskat")
        notes = [(key, filled.pop(f"om_{n}")) for n, (key, _) in enumerate(KORREKTUR)]
        left = [key for key, _ in KORREKTUR if key not in done]
        rest = f". Att se över: {', '.join(left)}" if left else ""
        said = [filled.get("text", ""), *(f"{key.capitalize()}: {note}" for key, note in notes if note)]
        text = "\n".join(one for one in said if one)
        return {**filled, "text": text, "part": f"Genomgånget: {', '.join(done)}{rest}"}


class DelrapportForm(FactForm):
    """Which sections the delrapport takes (M5-12, M5.4.2-1)."""

    def room(self) -> None:
        """Offer the sections that have text."""
        super().room()
        choices = arbete.written_choices(self.rum.actor, self.rum.omgang)
        self.fields["avsnitt"] = forms.MultipleChoiceField(
            label="Avsnitt som ingår",
            choices=choices,
            initial=[key for key, _ in choices],
            widget=forms.CheckboxSelectMultiple,
            help_text="Sammanfattningen följer med om den är skriven. Samarbetsgruppen är första instans.",
        )


class RedovisaDelrapportForm(FactForm):
    """Which delrapport was told, where (T21)."""

    def room(self) -> None:
        """Offer those that are handed in, the latest first, and the next body on its way (M5.4.2-1)."""
        super().room()
        found = delrapport.of_round(self.rum.actor, self.rum.omgang) if self.rum.omgang else []
        if found:
            latest, names = found[0], dict.fromkeys(row.galler for row in found)
            self.fields["part"] = forms.ChoiceField(
                label=self.fields["part"].label, choices=[(name, name) for name in names], initial=latest.galler
            )
            next_body = Organslag.LEDNINGSGRUPP if latest.samarbetsgrupp else Organslag.SAMARBETSGRUPP
            self.fields["organ"].initial = next_body.value
            self.fields["part"].initial = latest.galler
