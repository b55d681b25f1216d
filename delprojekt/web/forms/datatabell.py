"""The form of a table of data: the cells as they were copied, what each column holds, and how it is shown."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from delprojekt.documents.diagram import guess, hinder
from delprojekt.documents.diagramtext import suggest
from delprojekt.documents.tabelldata import MEST_DECIMALER, Olasbar, guess_columns, read_cells, to_data, to_text
from delprojekt.documents.tabellfil import MAX_MB
from delprojekt.models import Datatabell
from delprojekt.process.datatabell import Data, Diagramval, Kolumn, Kolumnslag, Visning
from delprojekt.web.forms.bas import textruta

INGEN = "ingen"
RUTAN = "Kopiera cellerna i Excel, rubrikraden också, och klistra in dem här. Siffror läses som 1 234,5 och 12 %."


class TabellForm(forms.Form):
    """A table of data. The fields of the columns and the diagram come when there are cells to tell them from.

    ``tabell`` and ``val`` are what was filled in, when the form is valid. Nothing is asked for by ``krav=False``: the
    form is then only shown again with what came.
    """

    klistrat = textruta("Tabellen", rows=8, help_text=RUTAN)
    fil = forms.FileField(
        label="Eller välj en fil",
        required=False,
        help_text=f"Excel (.xlsx) eller CSV, högst {MAX_MB} MB. Det första synliga bladet som har något läses.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )
    rubrik = forms.CharField(
        label="Tabellrubrik",
        max_length=300,
        help_text="Säg vad tabellen visar, för vem och när. Numret sätts av portalen.",
        error_messages={"required": "Skriv en rubrik, så att tabellen går att förstå och hänvisa till."},
    )
    kalla = forms.CharField(label="Källa", max_length=500, required=False, help_text="Register, uttag och datum.")
    lasanvisning = textruta(
        "Läsanvisning", required=False, rows=2, help_text="En mening om hur tabellen eller diagrammet ska läsas."
    )
    i_bilaga = forms.BooleanField(
        label="Till faktabilaga",
        required=False,
        help_text="Tabellen flyttas sist i rapporten och en hänvisning blir kvar i texten. Ett diagram står kvar.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    rubriker = forms.CharField(widget=forms.HiddenInput, required=False)
    gissat = forms.CharField(widget=forms.HiddenInput, required=False)
    alt_forslag = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kolumner: Sequence[Kolumn] = (), krav: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.kolumner, self.krav = list(kolumner), krav
        self.tabell: Data | None = None
        self.val = Diagramval()
        self.laser = True
        if kolumner:
            self._add_columns()
            self._add_diagram()

    def _add_columns(self) -> None:
        for at, one in enumerate(self.kolumner):
            kind = forms.ChoiceField(choices=Kolumnslag.choices, label=f"{one.namn}: innehåll")
            unit = forms.CharField(max_length=20, required=False, label=f"{one.namn}: enhet")
            many = forms.TypedChoiceField(
                choices=[(n, str(n)) for n in range(MEST_DECIMALER + 1)], coerce=int, label=f"{one.namn}: decimaler"
            )
            for name, field in (("slag", kind), ("enhet", unit), ("decimaler", many)):
                field.widget.attrs |= {"class": "ds-input", "aria-label": field.label}
                self.fields[f"kol{at}_{name}"] = field

    def _add_diagram(self) -> None:
        named = [(str(at), one.namn) for at, one in enumerate(self.kolumner)]
        self.fields["visning"] = forms.ChoiceField(label="Visa som", choices=Visning.choices)
        self.fields["langs"] = forms.TypedChoiceField(label="Längs axeln", choices=named, coerce=int)
        self.fields["serier"] = forms.TypedMultipleChoiceField(
            label="Kolumner med tal", choices=named, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["grupp"] = forms.ChoiceField(
            label="Dela upp efter",
            choices=[(INGEN, "Ingen, varje kolumn är en serie"), *named],
            help_text="Till exempel region, när varje rad är en region och ett år.",
        )
        self.fields["alt"] = textruta(
            "Beskrivning för den som inte ser diagrammet",
            required=False,
            rows=4,
            help_text="Förslaget kommer ur siffrorna.",
        )

    @property
    def kolumnfalt(self) -> Iterator[tuple[Kolumn, Any, Any, Any]]:
        """Yield each column with its fields."""
        for at, one in enumerate(self.kolumner):
            yield one, self[f"kol{at}_slag"], self[f"kol{at}_enhet"], self[f"kol{at}_decimaler"]

    def clean(self) -> dict[str, Any]:
        """Read the cells by what was chosen for the columns, and suggest a description of the diagram."""
        given = super().clean() or {}
        if not self.krav:
            for name in ("rubrik", "klistrat"):
                self.errors.pop(name, None)
        if self.errors.keys() - {"rubrik"} or not self.kolumner or not self.laser:
            return given
        chosen = [
            Kolumn(one.namn, Kolumnslag(given[f"kol{at}_slag"]), given[f"kol{at}_enhet"], given[f"kol{at}_decimaler"])
            for at, one in enumerate(self.kolumner)
        ]
        try:
            self.tabell = to_data(
                read_cells(str(self.data.get("klistrat", ""))), chosen
            )  # an empty corner is a cell too
        except Olasbar as error:
            self.add_error("klistrat", str(error))
            return given
        parted = None if given["grupp"] == INGEN else int(given["grupp"])
        self.val = Diagramval(Visning(given["visning"]), given["langs"], tuple(given["serier"]), parted)
        against = hinder(self.tabell, self.val) if self.val.visning is not Visning.TABELL else ""
        if against:
            self.add_error("visning", against)
        else:
            self._describe(given, self.tabell)
        return given

    def _describe(self, given: dict[str, Any], data: Data) -> None:
        """Let the description be the one that the data suggest, unless somebody has written another."""
        fresh = suggest(data, self.val, given.get("rubrik", ""))
        if given["alt"].strip() in {"", given["alt_forslag"].strip()}:
            given["alt"] = fresh
        if isinstance(self.data, QueryDict):
            self.data["alt"], self.data["alt_forslag"] = given["alt"], fresh


def filled(post: QueryDict, text: str, *, krav: bool) -> TabellForm:
    """Return the form with what was sent. Where the headings are other than before, everything about the columns and
    the diagram is guessed anew. In: the post, the cells as text. Raises Olasbar when they are no table."""
    cells = read_cells(text)
    heads = "\t".join(cells[0])
    post = post.copy()
    post["klistrat"] = text
    columns = guess_columns(cells)
    if post.get("rubriker", "") != heads:
        _put(post, columns, guess(to_data(cells, columns)))
        post["rubriker"] = heads
    _read_anew(post, columns)
    return TabellForm(post, kolumner=columns, krav=krav)


def unread(post: QueryDict) -> TabellForm:
    """Return the form with what was sent, when its cells are no table: all that was filled in is kept as it was."""
    names = [name for name in post.get("rubriker", "").split("\t") if post.get("rubriker")]
    form = TabellForm(post, kolumner=[Kolumn(name or f"Kolumn {at}") for at, name in enumerate(names, 1)], krav=False)
    form.laser = False
    return form


def _read_anew(post: QueryDict, columns: Sequence[Kolumn]) -> None:
    """Let a column whose figures are in another unit than before, or have other decimals, say so. Else what somebody
    has chosen stands."""
    before = post.get("gissat", "").split("\t")
    for at, (one, then) in enumerate(zip(columns, before, strict=False)):
        if one.slag is Kolumnslag.TAL and then and then != _signature(one):
            post[f"kol{at}_enhet"], post[f"kol{at}_decimaler"] = one.enhet, str(one.decimaler)
    post["gissat"] = "\t".join(map(_signature, columns))


def _signature(one: Kolumn) -> str:
    return f"{one.enhet}/{one.decimaler}" if one.slag is Kolumnslag.TAL else ""


def _put(post: QueryDict, columns: Sequence[Kolumn], val: Diagramval) -> None:
    for name, value in _values(columns, val).items():
        post.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])


def _values(columns: Sequence[Kolumn], val: Diagramval) -> dict[str, Any]:
    """Return what the fields of columns and diagram hold."""
    found: dict[str, Any] = {}
    for at, one in enumerate(columns):
        found |= {f"kol{at}_slag": one.slag, f"kol{at}_enhet": one.enhet, f"kol{at}_decimaler": one.decimaler}
    grupp = INGEN if val.grupp is None else val.grupp
    return found | {"visning": val.visning, "langs": val.langs, "serier": list(val.serier), "grupp": grupp}


def opened(row: Datatabell) -> TabellForm:
    """Return the form of a table as it stands."""
    data, val = row.data, row.val
    stored = {name: getattr(row, name) for name in ("rubrik", "kalla", "lasanvisning", "i_bilaga", "version", "alt")}
    text = to_text(data)
    about = {"klistrat": text, "rubriker": "\t".join(one.namn for one in data.kolumner)}
    about["gissat"] = "\t".join(map(_signature, guess_columns(read_cells(text))))
    about["alt_forslag"] = suggest(data, val, row.rubrik)
    form = TabellForm(initial=stored | about | _values(data.kolumner, val), kolumner=data.kolumner)
    form.tabell, form.val = data, val
    return form
