"""What every form of an act has: its room, its own key, and how it becomes an underlag."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms

from delprojekt.models import Delprojekt, Uppdragsomgang
from delprojekt.process.act import Act
from delprojekt.process.fakta import FAKTA, VALFRITT, Faktumslag, Faktumspec, Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.lage import Lage
from delprojekt.process.policy import POLICY
from delprojekt.process.policy.avgor import organ_for, regions_for, sentence
from delprojekt.process.roller import Actor
from delprojekt.queries.mote import agenda_item
from delprojekt.web.forms.falt import Datumfalt, Paragraffalt, Textfalt
from delprojekt.web.forms.sett import Sedd, checked


@dataclass(frozen=True)
class Rum:
    """Where a form stands: who fills it in, for which act, of which delprojekt, about which row."""

    actor: Actor
    act: Act
    lage: Lage
    delprojekt: Delprojekt
    omgang: Uppdragsomgang | None = None
    objekt: int | None = None
    fran: str = ""  # the section, or another page at the desk, that the writer came from
    avsnitt: str = ""  # the section that it is about, to begin with

    def regioner(self) -> list[tuple[str, str]]:
        """Return the regions that the actor may do the act for, as choices."""
        allowed = regions_for(self.actor, self.act, self.lage)
        return [(slug, name) for slug, name in self.lage.regionnamn.items() if slug in allowed]


class ActForm(Sedd):
    """A form of an act. Subclasses declare fields; ``room`` lets them fill in choices and what is known."""

    own_text: ClassVar[bool] = False
    egen_sida: ClassVar[bool] = True
    """Asks for more than what stands in the record of a meeting: day, point and text."""
    hopfallda: Mapping[str, Collection[str]] = {}
    """Headings with the names of fields that few need: they are folded away."""
    forvalda: Collection[str] = ("dag",)
    """Fields that are filled in from the beginning: what they say opens nothing that is folded away."""
    nyckel = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rum: Rum, **kwargs: Any) -> None:
        self.rum = rum
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["nyckel"].initial = uuid.uuid4
        self.room()
        self.shown(rum=rum)

    def room(self) -> None:
        """Fill in what depends on where the form stands."""

    def underlag(self) -> dict[str, Any]:
        """Return what was filled in, as the rules and the action want it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "nyckel"}

    @property
    def asks(self) -> bool:
        """Tell whether there is anything to fill in."""
        return bool(self.visible_fields())

    @property
    def reviewed(self) -> bool:
        """Tell whether the answers are checked on a page of their own.

        A browser keeps no file between pages: a form with a file is done at once, and says itself what mail goes out.
        """
        return POLICY[self.rum.act].reviewed and not self.is_multipart()

    @property
    def forlorad_fil(self) -> bool:
        """Tell whether a file that was chosen must be chosen again, and nothing else says so: a browser keeps none."""
        return self.is_bound and self.is_multipart() and not any(self.has_error(name) for name in self.files)

    @cached_property
    def rad_vid(self) -> dict[str, list[str]]:
        """Return the advice that what was filled in goes against, by the field that it is about: it stands there too.

        Only what could be used is asked about: a field that is wrong, or empty, says so itself.
        """
        found: dict[str, list[str]] = {}
        filled = self._usable() if self.is_bound else {}
        for krav in POLICY[self.rum.act].advises if filled else ():
            names = [name for name in krav.value.falt(self.rum.lage, filled) if self.cleaned_data.get(name)]
            for name in names if not krav.ar_uppfyllt(self.rum.lage, filled) else ():
                found.setdefault(name, []).append(sentence(krav, self.rum.lage))
        return found

    def _usable(self) -> dict[str, Any]:
        if self.is_valid():
            return self.underlag()
        try:
            return self.underlag()
        except KeyError:  # it is made of a field that is wrong
            return dict(self.cleaned_data)

    def silent(self) -> set[str]:
        """Return the fields that say nothing as the form is filled in: of an empty row, of another role."""
        return set()

    def answers(self) -> list[dict[str, str]]:
        """Return the answers in words, to be checked; what was left empty is gathered in one line at the end.

        Left out is what says nothing, and what is empty and folded away.
        """
        silent, away = self.silent(), {name for names in self.hopfallda.values() for name in names}
        said = [
            (f, checked(f.field, self.cleaned_data.get(f.name))) for f in self.visible_fields() if f.name not in silent
        ]
        rows = [{"etikett": str(f.label), "varde": words} for f, words in said if words]
        empty = [str(f.label) for f, words in said if not words and f.name not in away]
        return [*rows, _unanswered(empty)] if empty else rows


NAMNS = 8
"""So many unanswered questions are named; of more it is enough to know that there are more."""


def _unanswered(labels: list[str]) -> dict[str, str]:
    if len(labels) > NAMNS:
        return {"etikett": "Inget mer besvarat", "varde": f"{len(labels)} frågor lämnades tomma."}
    return {"etikett": "Inte besvarat", "varde": " · ".join(labels)}


def textruta(label: str, *, required: bool = True, help_text: str = "", rows: int = 4) -> forms.CharField:
    """Return a text area."""
    widget = forms.Textarea(attrs={"rows": rows})
    return Textfalt(label=label, required=required, help_text=help_text, widget=widget)


def region_field(rum: Rum) -> forms.ChoiceField:
    """Return the choice of region; with one possible region it is already chosen."""
    choices = rum.regioner()
    if len(choices) == 1:
        return forms.ChoiceField(label="Region", choices=choices, initial=choices[0][0])
    return forms.ChoiceField(label="Region", choices=[("", "Välj region"), *choices])


class FactForm(ActForm):
    """The form of an act that registers a fact, made from the fact's own description."""

    egen_sida: ClassVar[bool] = False

    def room(self) -> None:
        """Add the fields that the kind of fact asks for."""
        slag = POLICY[self.rum.act].fact
        if slag is not None:
            self.add_fact(slag, FAKTA[slag])
            self._propose_meeting(FAKTA[slag])

    def add_fact(self, slag: Faktumslag, spec: Faktumspec) -> None:
        """Add the fields of one kind of fact; of the bodies it can happen in, those that the actor registers for."""
        bodies = self.organ()
        if len(bodies) > 1:
            self.fields["organ"] = forms.ChoiceField(
                label="Var", choices=[(o.value, o.label) for o in bodies], widget=forms.RadioSelect
            )
        if spec.organ or spec.dag:
            self.fields["dag"] = Datumfalt(label=spec.dag or _meeting(bodies), initial=idag)
        if spec.organ:
            label = "Paragraf" if spec.organ == (Organslag.NAMND,) else "Punkt på dagordningen"
            self.fields["punkt"] = Paragraffalt(label=label, required=False, max_length=20)
        if spec.region:
            self.fields["region"] = region_field(self.rum)
            self.fields["region"].required = POLICY[self.rum.act].scope.name == "EGEN_REGION"
        if spec.val:
            self.fields["val"] = forms.ChoiceField(
                label=spec.val_etikett, choices=spec.val.choices, widget=forms.RadioSelect
            )
        self._add_words(spec)

    def organ(self) -> tuple[Organslag, ...]:
        """Return the bodies whose meeting it can be."""
        return organ_for(self.rum.actor, self.rum.act, self.rum.lage)

    def _propose_meeting(self, spec: Faktumspec) -> None:
        """Fill in the meeting of ledningsgruppen that the delprojekt is announced to, and its point there.

        A meeting that it is up at for something else gives only its day: each matter has a point of its own.
        """
        if spec.organ != (Organslag.LEDNINGSGRUPP,) or spec.framtid or self.is_bound:
            return
        item = agenda_item(self.rum.actor, self.rum.delprojekt)
        if item:
            self.fields["dag"].initial, self.fields["punkt"].initial = item

    def _add_words(self, spec: Faktumspec) -> None:
        if spec.part:
            self.fields["part"] = forms.CharField(
                label=spec.part.removesuffix(VALFRITT), max_length=200, required=not spec.part.endswith(VALFRITT)
            )
        if spec.text:
            self.fields["text"] = textruta(spec.text.removesuffix(VALFRITT), required=not spec.text.endswith(VALFRITT))
        if spec.till:
            self.fields["till"] = Datumfalt(
                label=spec.till.removesuffix(VALFRITT), required=not spec.till.endswith(VALFRITT)
            )

    def underlag(self) -> dict[str, Any]:
        """Add the body when there is only one it can be."""
        filled, organ = super().underlag(), self.organ()
        return {"organ": organ[0].value, **filled} if len(organ) == 1 else filled


def _meeting(organ: tuple[Organslag, ...]) -> str:
    if len(organ) > 1:
        return "Mötets datum"
    name = str(organ[0].label)
    return f"{name}s sammanträde" if organ[0] is Organslag.NAMND else f"{name}s möte"
