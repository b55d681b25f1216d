"""What may be told of the time before the portal, as fields: one set, used when it is moved in and when completed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from delprojekt.models import Region, Utfall
from delprojekt.process.efterhand import NAMNDENS, Uppgift, field_key, kinds_by_step, out_of_order
from delprojekt.process.fakta import FAKTA, VALFRITT, Faktumslag, Organslag
from delprojekt.process.klocka import idag
from delprojekt.process.steg import Steg, way_to
from delprojekt.queries.efterhand import INGET_KANT, Kantsedan
from delprojekt.queries.person import people_named
from delprojekt.web.forms.bas import textruta
from delprojekt.web.forms.falt import Handlingsfalt, Paragraffalt, Planfalt, Rader

SAKNAS = ("", "Uppgift saknas")


class Kantdatum(Planfalt):
    """A day that has been, or as much of it as is known. Cleans as a plan does, but never to a day ahead."""

    default_error_messages = {"invalid": "Skriv så mycket du vet: 12 mars 2019, mars 2019, våren 2019 eller 2019."}  # noqa: RUF012

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, help_text="")

    def clean(self, value: Any) -> Any:
        """Return (day, words), or None when it is not known."""
        known = super().clean(value)
        if known is None:
            return None
        last, words = known
        if (not words and last > idag()) or last.year > idag().year:
            raise ValidationError("Datumet har inte varit än.")
        return min(last, idag()), words


class Flerafiler(forms.FileInput):
    """A choice of many files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return all that were chosen."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []


class Filerfalt(Handlingsfalt):
    """Many files at once, each checked; the sentence says which one is wrong."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Flerafiler(attrs={"multiple": True}), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files."""
        wrong, fine = [], []
        for upload in data or []:
            try:
                fine.append(super().clean(upload, initial))
            except ValidationError as error:
                wrong.append(f"{upload.name}: {' '.join(error.messages)}")
        if wrong:
            raise ValidationError(wrong)
        return fine


def few_lines(label: str, help_text: str) -> Rader:
    """Return a field for one thing per line that shows a few lines."""
    return Rader(label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3}))


class Personrader(Rader):
    """One person per line: ``Karin Lind; karin.lind@exempel.se; kronoberg``. E-mail and region may be left out."""

    def __init__(self, regions: Iterable[Region], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.regions = list(regions)

    def clean(self, value: Any) -> Any:
        """Return the people; a line that cannot be read is named by its number."""
        slugs = {word.casefold(): r.slug for r in self.regions for word in (r.slug, r.kortnamn, r.namn)}
        return [self._person(number, line, slugs) for number, line in enumerate(super().clean(value), 1)]

    def _person(self, number: int, line: str, slugs: Mapping[str, str]) -> dict[str, str]:
        name, email, region = ([part.strip() for part in line.split(";")] + ["", ""])[:3]
        if len(name.split()) < 2 or (email and "@" not in email) or (region and region.casefold() not in slugs):
            raise ValidationError(f"Rad {number}: skriv förnamn och efternamn; e-post; region. Du skrev ”{line}”.")
        first, last = name.rsplit(" ", 1)
        return {"fornamn": first, "efternamn": last, "epost": email, "region": slugs.get(region.casefold(), "")}


def _organ(slag: Faktumslag) -> list[Organslag | None]:
    organ = FAKTA[slag].organ
    return list(organ) if len(organ) > 1 else [organ[0] if organ else None]


def _regions(slag: Faktumslag, regions: Iterable[Region]) -> list[Region | None]:
    return list(regions) if slag is Faktumslag.REGIONSYNPUNKT else [None]


def past_fields(form: forms.Form, steg: Steg, regions: list[Region], known: set[str]) -> dict[str, list[str]]:
    """Add the fields of everything that may be told of a delprojekt in a step. Out: their names under each heading."""
    groups: dict[str, list[str]] = {}
    for step, kinds in kinds_by_step(steg).items():
        names: list[str] = []
        for slag in kinds:
            if slag.value not in known:
                names += _fact_fields(form, slag, regions)
        groups[str(step.label)] = names
    way = set(way_to(steg)) if steg is not Steg.HISTORISKT else set(Steg)
    if Steg.LEDNINGSGRUPP in way and "attsatser" not in known:
        form.fields["attsatser"] = few_lines("Beslutsförslagets att-satser", _EN_PER_RAD)
        groups[str(Steg.LEDNINGSGRUPP.label)].append("attsatser")
    if way & {Steg.HUVUDMANSBESLUT}:
        groups.setdefault(str(Steg.NAMND.label), []).extend(_namnd_fields(form, known))
    if way & {Steg.HUVUDMANSBESLUT}:
        told = [name for r in regions if f"beslut-{r.slug}" not in known for name in _region_fields(form, r)]
        groups.setdefault(str(Steg.HUVUDMANSBESLUT.label), []).extend(told)
    return {heading: names for heading, names in groups.items() if names}


_EN_PER_RAD = "En per rad, ordagrant."


def _fact_fields(form: forms.Form, slag: Faktumslag, regions: list[Region]) -> list[str]:
    spec, names = FAKTA[slag], []
    for organ in _organ(slag):
        for region in _regions(slag, regions):
            key = field_key(slag, organ if len(spec.organ) > 1 else None, region.slug if region else "")
            where = (organ.label.lower() if organ and len(spec.organ) > 1 else "") or (
                region.kortnamn if region else ""
            )
            head = f"{slag.label}{f', {where}' if where else ''}"
            asked: dict[str, forms.Field] = {f"{key}_nar": Kantdatum(f"{head}: datum")}
            if organ:
                word = "paragraf" if organ is Organslag.NAMND else "punkt"
                asked[f"{key}_punkt"] = forms.CharField(label=f"{head}: {word}", required=False, max_length=20)
            if spec.val:
                asked[f"{key}_val"] = forms.ChoiceField(
                    label=f"{head}: {spec.val_etikett.lower()}", choices=[SAKNAS, *spec.val.choices], required=False
                )
            if spec.part:
                label = f"{head}: {spec.part.removesuffix(VALFRITT).lower()}"
                asked[f"{key}_part"] = forms.CharField(label=label, required=False, max_length=200)
            if spec.text:
                asked[f"{key}_text"] = textruta(f"{head}: text", required=False, rows=2)
            form.fields.update(asked)
            names += asked
    return names


def _namnd_fields(form: forms.Form, known: set[str]) -> list[str]:
    asked: dict[str, forms.Field] = {
        "namnd_nar": Kantdatum("Nämndens beslut: sammanträde"),
        "namnd_punkt": Paragraffalt(label="Nämndens beslut: paragraf", required=False),
        "namnd_dnr": forms.CharField(label="Nämndens beslut: diarienummer", required=False, max_length=60),
        "namnd_lydelse": textruta("Nämndens beslut: ordagrant ur protokollet", required=False),
    }
    asked = {} if "namndbeslut" in known else asked
    if "rekommendationer" not in known:
        asked["rekommendationer"] = few_lines("Rekommendationerna", _EN_PER_RAD)
    form.fields.update(asked)
    return list(asked)


def _region_fields(form: forms.Form, region: Region) -> list[str]:
    head, key = f"{region.namn}s beslut", f"beslut_{region.slug}"
    asked: dict[str, forms.Field] = {
        f"{key}_nar": Kantdatum(f"{head}: datum"),
        f"{key}_utfall": forms.ChoiceField(label=f"{head}: utfall", choices=[SAKNAS, *Utfall.choices], required=False),
        f"{key}_organ": forms.CharField(label=f"{head}: organ", required=False, max_length=150),
        f"{key}_paragraf": Paragraffalt(label=f"{head}: paragraf", required=False),
        f"{key}_fil": Handlingsfalt(label=f"{head}: protokollsutdrag", required=False),
    }
    form.fields.update(asked)
    return list(asked)


def file_field() -> Filerfalt:
    """Return the field for files in bulk."""
    return Filerfalt(
        label="Filer",
        help_text="Välj flera på en gång. Slag och datum läses ur filens namn, till exempel "
        "”2019-10-03 Protokollsutdrag.pdf”, och kan rättas efteråt.",
    )


def past_underlag(form: forms.Form, steg: Steg, regions: list[Region]) -> dict[str, Any]:
    """Return what was filled in of the past, as ``write_past`` wants it. Fields left empty stay unknown."""
    clean = form.cleaned_data
    told: dict[str, Any] = {"fakta": list(_facts(clean, steg, regions)), "attsatser": clean.get("attsatser") or []}
    decided = {name: clean.get(f"namnd_{name}") for name in ("punkt", "dnr", "lydelse")}
    decided |= {"rekommendationer": clean.get("rekommendationer") or [], **_when(clean.get("namnd_nar"))}
    if any(decided.values()):
        told["namndbeslut"] = decided
    told["regionbeslut"] = [
        {
            "region": r.slug,
            **_when(clean.get(f"beslut_{r.slug}_nar")),
            **{n: clean.get(f"beslut_{r.slug}_{n}") for n in ("utfall", "organ", "paragraf", "fil")},
        }
        for r in regions
        if clean.get(f"beslut_{r.slug}_utfall")
    ]
    return {**told, **{n: clean.get(n) or [] for n in ("filer", "ordforande", "ledamoter", "regioner")}}


def _when(known: tuple[date, str] | None) -> dict[str, Any]:
    """Return a day as far as it is known: the day, and the words when it is only known in part."""
    day, words = known or (None, "")
    return {"dag": day, "datum_text": words}


def _facts(clean: Mapping[str, Any], steg: Steg, regions: list[Region]) -> Iterable[Uppgift]:
    for kinds in kinds_by_step(steg).values():
        for slag in kinds:
            for organ in _organ(slag):
                for region in _regions(slag, regions):
                    slug = region.slug if region else ""
                    key = field_key(slag, organ if len(FAKTA[slag].organ) > 1 else None, slug)
                    if when := clean.get(f"{key}_nar"):
                        words = {n: str(clean.get(f"{key}_{n}") or "") for n in ("punkt", "val", "part", "text")}
                        yield Uppgift(slag, *when, organ=organ, region=slug, **words)


_ORD = frozenset({"punkt", "val", "part", "text"})


def check_past(form: forms.Form) -> None:
    """Say beside the field what cannot stand alone: words without a date, a decision without an outcome."""
    for name, value in list(form.cleaned_data.items()):
        key, _, part = name.rpartition("_")
        decision = key == "namnd" or key.startswith("beslut_")  # what it says counts, also when nobody knows the day
        undated = not decision and f"{key}_nar" in form.fields and f"{key}_nar" not in form.errors
        if value and part in _ORD and undated and not form.cleaned_data.get(f"{key}_nar"):
            form.add_error(f"{key}_nar", "Skriv åtminstone vilket år det var.")
        outcome = f"{key}_utfall"
        if value and key.startswith("beslut_") and not form.cleaned_data.get(outcome) and outcome not in form.errors:
            form.add_error(outcome, "Välj vad regionen beslutade.")


SAMMA_NAMN = "samma_namn"


def check_people(form: forms.Form, actor: Any) -> bool:
    """Ask whether somebody told without e-mail is the one with the same name who is here. Out: whether it asks."""
    told = [(n, one) for n in ("ordforande", "ledamoter") for one in form.cleaned_data.get(n) or []]
    nameless = [(n, f"{one['fornamn']} {one['efternamn']}") for n, one in told if not one["epost"]]
    known = people_named(actor, [name for _, name in nameless])
    same = [(n, name) for n, name in nameless if name.casefold() in known]
    if not same:
        return False
    form.fields[SAMMA_NAMN] = forms.BooleanField(label="De är andra personer med samma namn", required=False)
    if not form.data.get(SAMMA_NAMN):
        for n, name in same:
            form.add_error(n, f"{name} finns redan: {', '.join(known[name.casefold()])}. Skriv e-postadressen.")
        form.add_error(
            SAMMA_NAMN, "Någon har samma namn. Skriv e-postadressen om det är samma person, annars kryssa i."
        )
    return True


ORDNINGEN = "ordningen"
KONTROLLERA = "Kontrollera dagarna"


def check_order(form: forms.Form, steg: Steg, where: list[Region], known: Kantsedan = INGET_KANT) -> bool:
    """Warn of days in another order than the method's until somebody says that they are right. Out: whether it asks.

    In: also what was told before; only an order that something new makes wrong is asked about.
    """
    told = past_underlag(form, steg, where)
    decided = told.get("namndbeslut") or {}
    dag, ungefar = (decided.get("dag"), bool(decided.get("datum_text"))) if decided.get("dag") else known.namnd
    new = {str(one.slag.label) for one in told["fakta"]} | ({NAMNDENS} if decided.get("dag") else set())
    found = out_of_order(steg, [*known.fakta, *told["fakta"]], dag, ungefar=ungefar)
    wrong = [pair for pair in found if new.intersection(pair)]
    if not wrong:
        return False
    form.fields[ORDNINGEN] = forms.BooleanField(label="Dagarna stämmer ändå", required=False)
    if not form.data.get(ORDNINGEN):
        said = "; ".join(f"”{then}” är före ”{first}”" for first, then in wrong)
        form.add_error(ORDNINGEN, f"Kontrollera dagarna: {said}. Kryssa i om de stämmer ändå.")
    return True


def region_boxes(where: Iterable[Region]) -> forms.MultipleChoiceField:
    """Return the boxes for the regions that take part. None is ticked beforehand: what is not known is not guessed."""
    return forms.MultipleChoiceField(
        label="Regioner som deltar",
        choices=[(r.slug, r.namn) for r in where],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Lämna alla tomma om uppgift saknas.",
    )


def people_fields(form: forms.Form, where: list[Region]) -> list[str]:
    """Add chair and members."""
    how = "Förnamn Efternamn; e-post; region. E-post och region kan utelämnas."
    form.fields["ordforande"] = Personrader(where, label="Ordförande", help_text=how)
    form.fields["ordforande"].widget = forms.TextInput()
    form.fields["ledamoter"] = Personrader(where, label="Ledamöter", help_text=f"En per rad: {how}")
    form.fields["ledamoter"].widget = forms.Textarea(attrs={"rows": 3})
    return ["ordforande", "ledamoter"]
