"""What came out of a meeting with ledningsgruppen: its day, and one short form for each delprojekt."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from delprojekt.process.act import Act
from delprojekt.process.fakta import Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.mote import KORTA_UTFALL
from delprojekt.web.forms import form_for
from delprojekt.web.forms.bas import ActForm, Rum, textruta
from delprojekt.web.forms.falt import Datumfalt, Paragraffalt, behovs


class MoteForm(forms.Form):
    """The day of the meeting."""

    dag = Datumfalt(label="Mötets datum")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)

    def clean_dag(self) -> date:
        """Take a meeting that has been held. Raises ValidationError for one that is to come."""
        day: date = self.cleaned_data["dag"]
        if day > idag():
            raise ValidationError("Mötet har inte varit än. Registrera utfallet när det har hållits.")
        return day


class UtfallForm(forms.Form):
    """What came out for one delprojekt; nothing chosen means that nothing is registered for it."""

    nyckel = forms.UUIDField(widget=forms.HiddenInput)
    utfall = forms.TypedChoiceField(label="Utfall", required=False, coerce=Act, empty_value=None)
    punkt = Paragraffalt(label="Punkt", required=False, max_length=20)
    text = behovs(
        textruta("Motivering eller vad ledningsgruppen sade", required=False, rows=2),
        "bland annat vid avslag, att avvakta och återremiss",
    )
    motivering = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, val: tuple[Act, ...], **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["nyckel"].initial = uuid.uuid4
        # a row that was sent twice has gone on to another step: the rules, not the list, say what becomes of it
        sent = str(self.data.get(self.add_prefix("utfall"), ""))
        more = [act for act in Act if act.value == sent and short(act) and act not in val]
        choices = [("", "Inget utfall"), *((act.value, act.label) for act in (*val, *more))]
        self.fields["utfall"].choices = choices  # type: ignore[attr-defined]


def short(act: Act) -> bool:
    """Tell whether an outcome can be registered among others: day, point and text are enough."""
    return act in KORTA_UTFALL and not form_for(act).egen_sida


def filled_in(room: Rum, day: date, row: dict[str, Any]) -> ActForm:
    """Return the act's own form, filled in from the meeting; what else it asks for is what it proposes itself."""
    own = form_for(room.act)
    blank = own(rum=room)
    proposed = {name: blank.get_initial_for_field(field, name) for name, field in blank.fields.items()}
    said = {
        "dag": day,
        "organ": Organslag.LEDNINGSGRUPP.value,
        **{name: row[name] for name in ("punkt", "text", "nyckel")},
    }
    return own(proposed | said, rum=room)
