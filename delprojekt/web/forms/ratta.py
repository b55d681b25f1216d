"""The form of a correction: what stands there now, to be changed, and why."""

from typing import Any

from django import forms

from delprojekt.models import Beslutshandling, Deltagande, Deltagandestatus, Faktumrad, Filslag, Inlagdfil, Namndbeslut
from delprojekt.models.huvudmansbeslut import Beslutsgrund, Beslutsniva, Utfall
from delprojekt.process.fakta import FAKTA, VALFRITT, Faktumslag
from delprojekt.queries.uppgift import get_row
from delprojekt.web.forms.bas import ActForm, textruta
from delprojekt.web.forms.efterhand import SAKNAS, Kantdatum
from delprojekt.web.forms.falt import Datumfalt, Paragraffalt

_JA_NEJ = [("", "Inte svarat"), ("ja", "Ja"), ("nej", "Nej")]


def _line(label: str, value: str, longest: int, *, kept: bool = False) -> forms.CharField:
    """Return a line of text; one that is ``kept`` cannot be emptied, what was never known may stay unknown."""
    return forms.CharField(label=label, required=kept and bool(value), max_length=longest, initial=value)


def _point(label: str, value: str, *, kept: bool = False) -> Paragraffalt:
    return Paragraffalt(label=label, required=kept and bool(value), initial=value)


def _needed(label: str) -> bool:
    return bool(label) and not label.endswith(VALFRITT)


class RattaForm(ActForm):
    """A correction of one row; the fields are those of its kind."""

    def room(self) -> None:
        """Add the fields with what stands there now."""
        found = get_row(self.rum.actor, self.rum.delprojekt, self.rum.objekt)
        match found[1] if found else None:
            case Faktumrad() as row:
                self._fact(row)
            case Namndbeslut() as row:
                self._namndbeslut(row)
            case Beslutshandling() as row:
                self._region(row)
            case Deltagande() as row:
                self._deltagande(row)
            case Inlagdfil() as row:
                self.fields["slag"] = forms.ChoiceField(label="Slag", choices=Filslag.choices, initial=row.slag)
                self.fields["nar"] = Kantdatum("Datum")
                self.fields["nar"].initial = row.datum_text or row.date
        self.fields["skal"] = textruta("Varför uppgiften rättas", rows=2)

    def _fact(self, row: Faktumrad) -> None:
        spec = FAKTA[Faktumslag(row.slag)]
        self.fields["nar"] = Kantdatum(f"{row.get_slag_display()}: datum")
        self.fields["nar"].required = True
        self.fields["nar"].initial = row.datum_text or row.date.isoformat()
        if spec.organ:
            self.fields["punkt"] = _point("Punkt eller paragraf", row.arende.punkt if row.arende else "")
        if spec.val:
            self.fields["val"] = forms.ChoiceField(
                label=spec.val_etikett,
                choices=[*([] if row.val else [SAKNAS]), *spec.val.choices],
                required=bool(row.val),
                initial=row.val,
            )
        if spec.part:
            part = spec.part.removesuffix(VALFRITT)
            self.fields["part"] = _line(part, row.part, 200, kept=_needed(spec.part))
        if spec.text or row.text:
            kept = _needed(spec.text) and bool(row.text)
            self.fields["text"] = textruta(spec.text.removesuffix(VALFRITT) or "Text", required=kept)
            self.fields["text"].initial = row.text

    def _namndbeslut(self, row: Namndbeslut) -> None:
        self.fields["dag"] = Datumfalt(
            label="Nämndens sammanträde",
            required=row.dag is not None,
            initial=row.dag or "",
            help_text="Det som redan är fastställt eller expedierat ändras inte.",
        )
        self.fields["punkt"] = _point("Paragraf", row.punkt, kept=bool(row.punkt))
        self.fields["dnr"] = _line("Diarienummer", row.dnr, 60)
        self.fields["justerat_date"] = Datumfalt(label="Justerat", required=False, initial=row.justerat_date)
        self.fields["lydelse"] = textruta("Ordagrant ur protokollet", required=bool(row.lydelse), rows=8)
        self.fields["lydelse"].initial = row.lydelse

    def _region(self, row: Beslutshandling) -> None:
        self.fields["date"] = Datumfalt(
            label=f"{row.region}s beslut: datum", required=row.dag is not None, initial=row.dag or ""
        )
        self.fields["niva"] = forms.ChoiceField(label="Nivå", choices=Beslutsniva.choices, initial=row.niva)
        self.fields["organ"] = _line("Organ eller befattning", row.organ, 150, kept=True)
        self.fields["grundslag"] = forms.ChoiceField(
            label="Vad bygger tjänstepersonens beslut på?",
            choices=[("", "Beslutat på politisk nivå"), *Beslutsgrund.choices],
            required=False,
            initial=row.grundslag,
        )
        self.fields["grund"] = _line("Vilken delegation, eller vilket tidigare beslut?", row.grund, 200)
        self.fields["paragraf"] = _point("Paragraf", row.paragraf)
        self.fields["dnr"] = _line("Diarienummer", row.dnr, 60)
        for cell in row.beslut.select_related("rekommendation").order_by("rekommendation__nummer"):
            self.fields[f"utfall_{cell.pk}"] = forms.ChoiceField(
                label=f"Utfall: {cell.rekommendation}", choices=Utfall.choices, initial=cell.utfall
            )
            label = f"Villkor eller skäl för punkt {cell.rekommendation.nummer}"
            self.fields[f"villkor_{cell.pk}"] = _line(label, cell.villkor, 500)

    def _deltagande(self, row: Deltagande) -> None:
        said = {True: "ja", False: "nej"}.get(row.angelaget, "") if row.angelaget is not None else ""
        known = Deltagandestatus.choices if row.status == Deltagandestatus.OKANT else Deltagandestatus.svar()
        self.fields["status"] = forms.ChoiceField(label=f"{row.region}", choices=known, initial=row.status)
        self.fields["angelaget"] = forms.ChoiceField(
            label="Området är angeläget", choices=_JA_NEJ, required=False, initial=said
        )
        self.fields["sagt_av"] = _line("Vem som sagt det", row.sagt_av, 120, kept=True)
        self.fields["sagt_date"] = Datumfalt(label="Datum", required=False, initial=row.sagt_date)
        self.fields["kommentar"] = textruta("Kommentar", required=False, rows=2)
        self.fields["kommentar"].initial = row.kommentar

    def underlag(self) -> dict[str, Any]:
        """Add which row it is."""
        return {**super().underlag(), "objekt": self.rum.objekt}
