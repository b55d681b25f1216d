"""Forms of ledningsgrupp and nämnd."""

from collections.abc import Iterator
from typing import Any

from django import forms

from delprojekt.models import Behandling, Beslutsforslag, Stallningsval
from delprojekt.process.fakta import Organslag
from delprojekt.queries.formular import current_proposals, first_clauses, latest_beslutsforslag
from delprojekt.web.forms.bas import ActForm, FactForm, region_field, textruta
from delprojekt.web.forms.falt import Datumfalt, Handedag, Meningsfalt, Paragraffalt, behovs
from delprojekt.web.forms.flera import Raderform
from delprojekt.web.forms.sett import Skillnad

TOMMA = 2
MAX_SATSER = 20


SJUKVARDSREGIONAL = "sjukvardsregional"
"""The choice beside the regions: kansliet carries it out (M5.7-2)."""


class PresenteraForm(FactForm):
    """Who presents the slutrapport: usually the group's chair (M5.4.3-1)."""

    def room(self) -> None:
        """Propose the chair."""
        super().room()
        self.fields["part"].initial = self.rum.lage.grupp.ordforande_namn


class BeslutsforslagForm(Raderform):
    """The clauses: what follows "… rekommenderar regionerna att". Empty ones are left out.

    Every åtgärdsförslag is taken up as it is, taken up changed, or struck with a reason (M5.4.3-2).
    """

    flest = MAX_SATSER
    forsta = "text"
    lagg_till = "Lägg till en att-sats"

    def room(self) -> None:
        """Show the latest version, or a row for each of the group's proposals, and a few empty rows.

        A proposal is a heading, and seldom goes on from "att": it stands beside the field, where the clause is written.
        """
        self.forslag = current_proposals(self.rum.actor, self.rum.omgang)
        latest = latest_beslutsforslag(self.rum.actor, self.rum.delprojekt)
        known = self._known(latest)
        for n in range(1, self.count(len(known), max(len(known) + TOMMA, 3)) + 1):
            self._add_row(n, known[n - 1] if n <= len(known) else {})
        struck = {row.atgardsforslag_id: row.skal for row in latest.strukna.all()} if latest else {}
        for row in self.forslag:
            self.fields[f"skal_{row.pk}"] = behovs(
                textruta(f"Stryks förslag {row.nummer}, {row.rubrik}? Skriv varför", required=False, rows=2),
                "om förslaget inte finns i någon att-sats",
            )
            self.fields[f"skal_{row.pk}"].initial = struck.get(row.pk, "")
        if self.rum.lage.forslag.beror_barn:
            self.fields["barnets_basta"] = textruta(
                "Hur har barnets bästa beaktats?",
                required=False,
                help_text="Delprojektet berör barn. Texten följer med beslutsförslaget.",
            )
            self.fields["barnets_basta"].initial = latest.barnets_basta if latest else ""

    def _known(self, latest: Beslutsforslag | None) -> list[dict[str, Any]]:
        if latest is None:
            return first_clauses(self.rum.actor, self.rum.omgang) if self.rum.omgang else []
        return [
            {
                "text": s.text,
                "atgardsforslag": s.atgardsforslag_id,
                "behandling": s.behandling if s.behandling == Behandling.ANDRAT else Behandling.ANTAGET.value,
                "mottagare": [r.slug for r in s.mottagare.all()] + ([SJUKVARDSREGIONAL] if s.sjukvardsregional else []),
            }
            for s in latest.attsatser.all()
        ]

    def _add_row(self, n: int, row: dict[str, Any]) -> None:
        source = next((one for one in self.forslag if one.pk == row.get("atgardsforslag")), None)
        said = f"Förslaget: {source.rubrik}" if source else ""
        clause = Meningsfalt(f"{self.rum.lage.formel} ", label=f"Att-sats {n}", required=False, help_text=said)
        self.fields[f"text_{n}"] = behovs(clause, "för att spara") if n == 1 else clause
        self.fields[f"text_{n}"].initial = row.get("text", "")
        self.fields[f"fran_{n}"] = forms.ChoiceField(
            label=f"Att-sats {n} kommer från",
            choices=[("", "Nytt, finns inte i rapporten"), *((str(f.pk), str(f)) for f in self.forslag)],
            required=False,
            initial=str(row.get("atgardsforslag") or ""),
        )
        self.fields[f"behandling_{n}"] = forms.ChoiceField(
            label=f"Är förslaget ändrat i att-sats {n}?",
            choices=[(Behandling.ANTAGET.value, "Nej, antaget"), (Behandling.ANDRAT.value, "Ja, ändrat")],
            required=False,
            initial=row.get("behandling", Behandling.ANTAGET.value),
        )
        addressees = forms.MultipleChoiceField(
            label=f"Att-sats {n} riktas till",
            choices=[*self.rum.lage.regionnamn.items(), (SJUKVARDSREGIONAL, "Sjukvårdsregional nivå (kansliet)")],
            required=False,
            initial=row.get("mottagare", sorted(self.rum.lage.deltar)),
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields[f"mottagare_{n}"] = behovs(addressees, "om att-satsen är skriven")

    def _rows(self) -> Iterator[tuple[int, str]]:
        for n in range(1, self.antal_rader + 1):
            if text := (self.cleaned_data.get(f"text_{n}") or "").strip():
                yield n, text

    def silent(self) -> set[str]:
        """Leave out empty clauses, and the reasons to strike what is taken up."""
        written = list(self._rows())
        empty = set(range(1, self.antal_rader + 1)) - {n for n, _ in written}
        taken = {self.cleaned_data.get(f"fran_{n}") for n, _ in written}
        parts = ("text", "fran", "behandling", "mottagare")
        kept = {f"skal_{row.pk}" for row in self.forslag if str(row.pk) in taken}
        unread = {f"behandling_{n}" for n, _ in written if not self.cleaned_data.get(f"fran_{n}")}
        return {f"{part}_{n}" for n in empty for part in parts} | kept | unread

    def clean(self) -> dict[str, Any]:
        """At least one clause; each with somebody it is directed to, and no addressee without a clause (M5.5-4)."""
        cleaned = super().clean() or {}
        rows = list(self._rows())
        for n in set(range(1, self.antal_rader + 1)).difference(n for n, _ in rows):
            chosen = set(cleaned.get(f"mottagare_{n}") or ())
            if chosen and chosen != set(self.fields[f"mottagare_{n}"].initial):
                self.add_error(f"text_{n}", f"Skriv att-sats {n}, eller ta bort kryssen för vem den riktas till.")
        if not rows:
            self.add_error("text_1", "Skriv minst en att-sats.")
        for n, _ in rows:
            if not cleaned.get(f"mottagare_{n}"):
                self.add_error(f"mottagare_{n}", f"Välj vem att-sats {n} riktas till.")
        return cleaned

    def _clause(self, n: int, text: str) -> dict[str, Any]:
        chosen = self.cleaned_data[f"mottagare_{n}"]
        source = self.cleaned_data.get(f"fran_{n}")
        return {
            "text": text.rstrip(".,;"),
            "mottagare": [slug for slug in chosen if slug != SJUKVARDSREGIONAL],
            "sjukvardsregional": SJUKVARDSREGIONAL in chosen,
            "atgardsforslag": int(source) if source else None,
            "behandling": self.cleaned_data.get(f"behandling_{n}") or Behandling.ANTAGET.value,
        }

    def underlag(self) -> dict[str, Any]:
        """Give the clauses in order, and what is struck with why."""
        why = {row.pk: (self.cleaned_data.get(f"skal_{row.pk}") or "").strip() for row in self.forslag}
        return {
            "attsatser": [self._clause(n, text) for n, text in self._rows()],
            "strukna": {pk: text for pk, text in why.items() if text},
            "barnets_basta": self.cleaned_data.get("barnets_basta", ""),
        }


class StallningForm(ActForm):
    """A region's stance on the version that is shown; another version in between is refused (M5.4.3-3)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    val = forms.ChoiceField(label="Regionens ställning", choices=Stallningsval.choices, widget=forms.RadioSelect)
    skal = behovs(textruta("Vad vill regionen ändra?", required=False, rows=3), "om regionen inte är enig")
    field_order = ("version", "region", "val", "skal")

    def room(self) -> None:
        """Bind the form to the version that is shown now."""
        self.fields["version"].initial = self.rum.lage.beslut.version
        self.beslutsforslag = latest_beslutsforslag(self.rum.actor, self.rum.delprojekt)
        self.fields["region"] = region_field(self.rum)
        self.order_fields(self.field_order)
        self._said_before()

    def _said_before(self) -> None:
        """Show what the own region has said of this version, so that two who answer for it see each other's word."""
        regions = {slug for slug, _ in self.rum.regioner()}
        if len(regions) > 1 or self.beslutsforslag is None:
            return
        counts = regions & set(self.rum.lage.beslut.stallningar)  # those of this time in ledningsgruppen
        for one in self.beslutsforslag.stallningar.all():
            if one.region.slug in counts:
                self.fields["val"].initial, self.fields["skal"].initial = one.val, one.skal

    def clash(self) -> list[Skillnad]:
        """Say what the own region has said meanwhile; that there is another version has a sentence of its own."""
        same = self.data.get("version") == str(self.rum.lage.beslut.version)
        return super().clash() if same else []

    def clean(self) -> dict[str, Any]:
        """A region that is not agreed says what it wants to change."""
        cleaned = super().clean() or {}
        if cleaned.get("val") == Stallningsval.EJ_ENIG and not cleaned.get("skal"):
            self.add_error("skal", "Skriv vad regionen vill ändra.")
        return cleaned


class RekommenderaForm(ActForm):
    """What nämnden minuted, verbatim; the text is proposed from the agreed clauses."""

    dag = Handedag(label="Nämndens sammanträde")
    punkt = Paragraffalt(label="Paragraf", max_length=20)
    dnr = forms.CharField(label="Diarienummer", max_length=60, required=False)
    foredragande = forms.CharField(label="Föredragande", max_length=200, required=False)
    lydelse = textruta("Beslutets lydelse enligt protokollet", rows=8)
    justerat = Datumfalt(label="Justerat den", required=False)
    anslaget = Datumfalt(label="Anslaget uppsatt den", required=False)
    anslag_ned = Datumfalt(label="Anslaget nedtaget den", required=False)

    @property
    def formel(self) -> str:
        """Return the sjukvårdsregion's formula."""
        return self.rum.delprojekt.sjukvardsregion.beslutsformel

    def room(self) -> None:
        """Propose the text, and the chair as the one who presents (M5.5-2)."""
        self.fields["foredragande"].initial = self.rum.lage.grupp.ordforande_namn
        latest = latest_beslutsforslag(self.rum.actor, self.rum.delprojekt)
        clauses = sorted(latest.attsatser.all(), key=lambda s: s.nummer) if latest else []
        lines = [f"{c.nummer}. {c.text}" for c in clauses]
        self.fields["lydelse"].initial = "\n".join(
            ["Södra regionvårdsnämnden godkänner slutrapporten.", f"{self.formel}", *lines]
        )

    def underlag(self) -> dict[str, Any]:
        """Name the body."""
        return {**super().underlag(), "organ": Organslag.NAMND.value}
