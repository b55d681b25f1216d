"""Forms of the working group (§4, §5.1.4)."""

from typing import Any, ClassVar

from django import forms

from delprojekt.models import Adjungeringsomrade, Deltagandestatus, Finansiering, Nominering, Nomineringsvag
from delprojekt.process.datum import skriv
from delprojekt.process.grupp import SVAR, Chefssvar, Nomineringsstatus
from delprojekt.process.roller import Roll
from delprojekt.queries.delar import report_sections
from delprojekt.queries.grupp import Namnrad, appointable, board, get_nominee
from delprojekt.web.forms.bas import ActForm, FactForm, region_field, textruta
from delprojekt.web.forms.falt import Datumfalt, Handedag, Rader, behovs

NOMINERBARA = (
    Roll.ORDFORANDE,
    Roll.LEDAMOT,
    Roll.PATIENTFORETRADARE,
    Roll.PROCESSLEDARE,
    Roll.ADJUNGERAD,
)
_NYA = (Nomineringsstatus.FORESLAGEN, Nomineringsstatus.TILLFRAGAD, Nomineringsstatus.TACKAT_JA)


class Nomineradfalt(ActForm):
    """What is asked of everybody who is put forward, whether new or already on the board."""

    status = forms.ChoiceField(label="Personens svar", choices=[], widget=forms.RadioSelect)
    kommentar = textruta("Kommentar till svaret", required=False, rows=2)
    profession = forms.CharField(
        label="Profession", max_length=60, required=False, help_text="Till exempel läkare eller sjuksköterska."
    )
    disciplin = forms.CharField(
        label="Disciplin eller område", max_length=80, required=False, help_text="Till exempel internmedicin."
    )
    ar_chef = forms.BooleanField(
        label="Personen är chef",
        required=False,
        help_text="En chef i gruppen vet hur vården styrs och vem som beslutar.",
    )
    chef_namn = forms.CharField(label="Närmsta chef", max_length=120, required=False)
    chef_ja = forms.BooleanField(label="Personen har stämt av med sin närmsta chef", required=False)
    avsatt_tid = forms.CharField(
        label="Avsatt tid", max_length=80, required=False, help_text="Till exempel 10 % i tolv månader."
    )
    legitimitet = textruta(
        "Legitimitet inom området",
        required=False,
        rows=2,
    )
    ledarerfarenhet = textruta("Erfarenhet av att leda större projekt", required=False, rows=2)
    finansiering = forms.ChoiceField(
        label="Finansiering", choices=[("", "Inte angiven"), *Finansiering.choices], required=False
    )
    finansiering_skal = behovs(
        textruta("Varför solidarisk finansiering?", required=False, rows=2, help_text="Används bara i undantagsfall."),
        "vid solidarisk finansiering",
    )
    omrade = behovs(
        forms.ChoiceField(
            label="Område",
            choices=[("", "Inte adjungerad"), *Adjungeringsomrade.choices],
            required=False,
            help_text="Rymmer uppdraget flera frågor om HR eller juridik är det lämpligt att adjungera någon.",
        ),
        "för den som adjungeras",
    )
    moten = behovs(
        Rader(
            label="Möten",
            required=False,
            help_text="Ett per rad, till exempel ”Mötena om ekonomi”.",
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        "för den som adjungeras utan sista dag",
    )
    avsnitt = forms.MultipleChoiceField(
        label="Avsnitt i rapporten", required=False, widget=forms.CheckboxSelectMultiple
    )
    till_date = behovs(Datumfalt(label="Adjungerad till och med", required=False), "för den som adjungeras utan möten")
    svarsval: ClassVar[tuple[Nomineringsstatus, ...]] = _NYA
    per_roll: ClassVar[dict[Roll, tuple[str, ...]]] = {
        Roll.ORDFORANDE: ("legitimitet", "ledarerfarenhet"),
        Roll.PROCESSLEDARE: ("finansiering", "finansiering_skal"),
        Roll.ADJUNGERAD: ("omrade", "moten", "avsnitt", "till_date"),
    }

    def room(self) -> None:
        """Offer the competences that the uppdrag asks for, and the sections of the template."""
        self.fields["status"].choices = [(s.value, s.label) for s in self.svarsval]  # type: ignore[attr-defined]
        omgang = self.rum.omgang
        self.fields["avsnitt"].choices = (  # type: ignore[attr-defined]
            [(m.nyckel, f"{m.nummer} {m.rubrik}") for m in report_sections(self.rum.actor, omgang)] if omgang else []
        )
        competences = omgang.kompetenskrav.filter(struken_at=None).order_by("pk") if omgang else ()
        if competences:
            self.fields["kompetenser"] = forms.TypedMultipleChoiceField(
                label="Kompetenser som personen täcker",
                choices=[(k.pk, str(k)) for k in competences],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to the role: why the joint account pays, what an adjungerad is expert on."""
        cleaned = super().clean() or {}
        if cleaned.get("finansiering") == Finansiering.SOLIDARISK and not cleaned.get("finansiering_skal"):
            self.add_error("finansiering_skal", "Skriv varför processtödet behöver solidarisk finansiering.")
        if self.som_roll() == Roll.ADJUNGERAD and not cleaned.get("omrade"):
            self.add_error("omrade", "Välj vad personen är sakkunnig i.")
        if self.som_roll() == Roll.ADJUNGERAD and not (cleaned.get("moten") or cleaned.get("till_date")):
            when = "till_date" if "till_date" not in self.errors else None
            self.add_error(when, "Skriv till och med vilken dag personen är adjungerad, eller vilka möten det gäller.")
        return cleaned

    def silent(self) -> set[str]:
        """Leave out what is asked only of other roles."""
        return {
            n for role, names in self.per_roll.items() if role != self.som_roll() for n in names if n in self.fields
        }

    def som_roll(self) -> str:
        """Return the role that the person is put forward for: the one that was chosen."""
        return str(self.cleaned_data.get("roll", ""))


class NomineraForm(Nomineradfalt):
    """Somebody new for the group."""

    fornamn = forms.CharField(label="Förnamn", max_length=60)
    efternamn = forms.CharField(label="Efternamn", max_length=60)
    epost = behovs(forms.EmailField(label="E-post", required=False), "för att logga in")
    befattning = forms.CharField(label="Befattning", max_length=100, required=False)
    roll = forms.ChoiceField(label="Roll i gruppen", choices=[(r.value, r.label) for r in NOMINERBARA])
    vag = forms.ChoiceField(
        label="Hur kom namnet in?", choices=[("", "Från mig"), *Nomineringsvag.choices], required=False
    )
    nominerad_av = forms.CharField(
        label="Nominerad av", max_length=120, required=False, help_text="Lämna tomt om det är du."
    )
    direkt_skal = behovs(textruta("Varför direkt tillsättning?", required=False, rows=2), "vid direkt tillsättning")
    dag = Handedag(label="Nominerad den")
    hopfallda: ClassVar[dict[str, tuple[str, ...]]] = {
        **{f"Bara för {roll.label.lower()}": names for roll, names in Nomineradfalt.per_roll.items()},
        "Varifrån namnet kommer": ("vag", "nominerad_av", "direkt_skal", "dag"),
    }
    field_order = ("fornamn", "efternamn", "epost", "roll", "region", "status", "kommentar", "befattning", "profession")
    sist = ("vag", "nominerad_av", "direkt_skal", "dag")

    def room(self) -> None:
        """Offer the regions; the name comes first, where it came from last."""
        super().room()
        self.fields["status"].initial = Nomineringsstatus.FORESLAGEN
        self.fields["roll"].initial = Roll.LEDAMOT if self.rum.lage.grupp.ordforande else Roll.ORDFORANDE
        self.fields["region"] = region_field(self.rum)
        self.fields["region"].required = False
        middle = [name for name in self.fields if name not in {*self.field_order, *self.sist}]
        self.order_fields((*self.field_order, *middle, *self.sist))

    def clean(self) -> dict[str, Any]:
        """Ask for the region of everybody who represents one (V-11), and why somebody comes in directly (M4-5)."""
        cleaned = super().clean()
        outside = {Roll.PATIENTFORETRADARE, Roll.ADJUNGERAD, Roll.PROCESSLEDARE}
        if cleaned.get("roll") not in outside and not cleaned.get("region"):
            self.add_error("region", "Välj vilken region personen kommer från.")
        if cleaned.get("vag") == Nomineringsvag.DIREKT and not cleaned.get("direkt_skal"):
            self.add_error("direkt_skal", "Skriv varför personen föreslås utan att vara nominerad.")
        return cleaned


class AndraNomineringForm(Nomineradfalt):
    """The same about somebody who is on the board already, filled in."""

    svarsval: ClassVar[tuple[Nomineringsstatus, ...]] = SVAR

    def room(self) -> None:
        """Show what is known; one who is appointed keeps that status, and one who left may be asked again."""
        self.rad = get_nominee(self.rum.actor, self.rum.delprojekt, self.rum.omgang, self.rum.objekt)
        super().room()
        if self.rad is None:
            return
        row = self.rad.rad
        for name in (n for roll, names in self.per_roll.items() if roll != row.roll for n in names):
            del self.fields[name]
        if row.status not in SVAR:
            self.fields["status"].choices = [(row.status, row.get_status_display()), *self._again(row.status)]  # type: ignore[attr-defined]
        self.initial |= {name: getattr(row, name) for name in self.fields if hasattr(row, name)}
        if not self.rad.oppen:
            del self.fields["profession"]
        self.initial |= {"profession": self.rad.profession, "kompetenser": list(self.rad.kompetenser)}

    @staticmethod
    def _again(status: str) -> list[tuple[str, str]]:
        return [(s.value, str(s.label)) for s in SVAR] if status == Nomineringsstatus.ENTLEDIGAD else []

    def som_roll(self) -> str:
        """Return the role on the row."""
        return self.rad.rad.roll if self.rad else ""

    @property
    def om(self) -> list[dict[str, Any]]:
        """Return whom the page is about."""
        return [{"etikett": "Person", "varde": who(self.rad), "url": ""}] if self.rad else []

    def underlag(self) -> dict[str, Any]:
        """Name the row."""
        return {**super().underlag(), "objekt": self.rum.objekt}


def who(line: Namnrad) -> str:
    """Return one line about a nominee, as a choice says it: name, role, region, profession, what the manager says."""
    row = line.rad
    parts = [str(row.get_roll_display()).lower()]
    parts += [str(row.region)] if row.region else []
    parts += [line.profession] if line.profession else []
    parts += ["reserv"] if row.status == Nomineringsstatus.RESERV else []
    parts += [_manager_says(row)] if row.chef_fragas and not row.chef_ja else []
    return f"{line.namn} – {', '.join(parts)}"


def _manager_says(row: Nominering) -> str:
    """Return what is known where the manager has not said yes: a no is told by its day (M4.3-4)."""
    if row.chef_svar != Chefssvar.NEJ:
        return "har inte stämt av med chefen"
    return f"chefen har sagt nej{f' {skriv(row.chef_svar_date)}' if row.chef_svar_date else ''}"


class OrdforandeForm(FactForm):
    """Which of those who can be chair; asked when there are several, or when somebody already is."""

    egen_sida: ClassVar[bool] = True

    def room(self) -> None:
        """Offer those who said yes, and the members when the chair is to be replaced."""
        super().room()
        keys = [k.nyckel for k in self.rum.lage.grupp.ordforandekandidater]
        lines = [n for n in board(self.rum.actor, self.rum.delprojekt, self.rum.omgang) if n.rad.pk in keys]
        if len(lines) > 1 or self.rum.lage.grupp.ordforande:
            self.fields["nominering"] = forms.TypedChoiceField(
                label="Ordförande",
                choices=[(line.rad.pk, who(line)) for line in lines],
                coerce=int,
                widget=forms.RadioSelect,
            )
        if self.rum.lage.grupp.ordforande:
            self.fields["stannar"] = forms.BooleanField(
                label="Den tidigare ordföranden är kvar som ledamot", required=False
            )
        self.order_fields(("nominering", "stannar"))


def _is_given(row: Nominering) -> bool:
    """Tell whether somebody is ticked beforehand: has said yes, and the manager has not said no."""
    return row.status == Nomineringsstatus.TACKAT_JA and (not row.chef_fragas or row.chef_svar != Chefssvar.NEJ)


class UtseForm(FactForm):
    """Who is appointed, person by person (M5.1.4-1)."""

    egen_sida: ClassVar[bool] = True

    def room(self) -> None:
        """Offer those who said yes, ticked unless their manager has said no, and the reserves."""
        super().room()
        lines = appointable(self.rum.actor, self.rum.delprojekt, self.rum.omgang)
        self.fields["utses"] = forms.TypedMultipleChoiceField(
            label="De här utses",
            choices=[(line.rad.pk, who(line)) for line in lines],
            initial=[line.rad.pk for line in lines if _is_given(line.rad)],
            coerce=int,
            required=bool(lines),
            widget=forms.CheckboxSelectMultiple,
            help_text="Den som inte kryssas för är kvar bland de nominerade. Den som utses får ett välkomstmejl"
            " med en länk för att välja lösenord.",
        )
        self.order_fields(("utses", "dag", "punkt"))


class EntledigaForm(FactForm):
    """Why somebody leaves, and at which meeting it was said."""

    egen_sida: ClassVar[bool] = True

    def room(self) -> None:
        """Find out whom it is about."""
        super().room()
        self.rad = get_nominee(self.rum.actor, self.rum.delprojekt, self.rum.omgang, self.rum.objekt)

    @property
    def om(self) -> list[dict[str, Any]]:
        """Return whom the page is about."""
        return [{"etikett": "Person", "varde": who(self.rad), "url": ""}] if self.rad else []

    def underlag(self) -> dict[str, Any]:
        """Name the row."""
        return {**super().underlag(), "objekt": self.rum.objekt}


class DeltagandeForm(FactForm):
    """Which region, and how it takes part from now on (E9)."""

    egen_sida: ClassVar[bool] = True

    def room(self) -> None:
        """Offer every region of the sjukvårdsregion, with how it takes part today."""
        super().room()
        lage = self.rum.lage
        words = dict.fromkeys(lage.deltar, "deltar") | dict.fromkeys(lage.deltagande_okant, "uppgift saknas")
        self.fields["region"] = forms.ChoiceField(
            label="Region",
            choices=[
                ("", "Välj region"),
                *((slug, f"{name} ({words.get(slug, 'deltar inte')})") for slug, name in lage.regionnamn.items()),
            ],
        )
        self.fields["val"] = forms.ChoiceField(
            label="Från och med nu",
            choices=Deltagandestatus.svar(),
            widget=forms.RadioSelect,
            help_text="När arbetsgruppen redan är utsedd utses regionens nominerade som har tackat ja samtidigt.",
        )
        self.order_fields(("region", "val", "text", "dag", "punkt"))
