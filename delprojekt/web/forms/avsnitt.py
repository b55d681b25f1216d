"""The text of a section, and where it was written from."""

from collections.abc import Iterable
from typing import cast

from django import forms

from delprojekt.actions.avsnitt import Sparning, Textval
from delprojekt.documents.plain import from_written
from delprojekt.models import Faktauppgift, Versionsslag
from delprojekt.queries.skrivbord import Bordsrad
from delprojekt.web.forms.redigerare import Avsnittsfalt


class AvsnittForm(forms.Form):
    """A save of a section: the text, the version it was written from, and what was chosen if two texts met."""

    text = Avsnittsfalt()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    klient = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    lopnr = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    sett = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def how(self, slag: Versionsslag) -> Sparning:
        """Return how the text comes, for the action."""
        given = self.cleaned_data
        bas = self.data.get("bas")
        written_from = None if bas is None else from_written(bas)
        said = self.data.get("val")
        return Sparning(
            version=given["version"],
            slag=slag,
            klient=given["klient"],
            lopnr=given["lopnr"] or 0,
            bas=written_from,
            val=Textval(said) if said in set(Textval) else None,
            sett=given["sett"] or 0,
        )

    def place(self, pk: int, row: Bordsrad, rows: Iterable[Bordsrad], facts: Iterable[Faktauppgift] = ()) -> None:
        """Tell the editor where it stands: the section, the others of the document with their texts, and the facts."""
        others = [(one.rad.mall, one.rad.avsnitt) for one in rows if one.nyckel != row.nyckel]
        said = [(mall.nyckel, mall.nummer, mall.rubrik, saved.html if saved else "") for mall, saved in others]
        cast(Avsnittsfalt, self.fields["text"]).place(pk, row.nyckel, said, facts)

    @property
    def html(self) -> str:
        """Return the text of the form, sanitised."""
        return str(self.cleaned_data["text"])
