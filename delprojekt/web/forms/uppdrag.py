"""Forms of uppdrag, of the plan for follow-up, and of proposals."""

from django.core.exceptions import ValidationError

from delprojekt.process.datum import parse_partial
from delprojekt.queries.formular import uppdrag_rows
from delprojekt.web.forms.bas import ActForm
from delprojekt.web.forms.falt import Rader


class UppdragForm(ActForm):
    """Points, competences, milestones: one per line (M5.1.3-3, M4.3-2)."""

    punkter = Rader(
        label="Specifika uppdragspunkter", required=False, help_text="En punkt per rad. Portalen numrerar dem."
    )
    kompetens_ska = Rader(label="Kompetenser som ska finnas i gruppen", required=False, help_text="En per rad.")
    kompetens_bor = Rader(label="Kompetenser som bör finnas i gruppen", required=False, help_text="En per rad.")
    milstolpar = Rader(
        label="Tidplan",
        required=False,
        help_text=(
            "En milstolpe per rad: vad, kolon, när. Till exempel ”Slutrapport: våren 2027”, ”Nuläge: HT 2026”, "
            "”Ledningsgrupp: kv 3 2027”, ”Startmöte: v. 47 2026” eller ”Nämnd: 4 juni 2027”."
        ),
    )

    def room(self) -> None:
        """Show what is written."""
        if self.rum.omgang:
            self.initial |= uppdrag_rows(self.rum.actor, self.rum.omgang)

    def clean_milstolpar(self) -> list[tuple[str, str]]:
        """Split each line into what and when; a time that cannot be understood is refused with an example."""
        pairs = []
        for line in self.cleaned_data["milstolpar"]:
            what, _, when = line.rpartition(":")
            if not what.strip() or parse_partial(when.strip()) is None:
                raise ValidationError(
                    f"”{line}” går inte att tolka. Skriv vad, kolon, när: till exempel ”Slutrapport: våren 2027”, "
                    "”Nuläge: HT 2026”, ”Nämnd: oktober 2026”, ”Delrapport: kv 3 2026” eller ”Startmöte: v. 47 2026”."
                )
            pairs.append((what.strip(), when.strip()))
        return pairs
