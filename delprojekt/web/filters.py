"""Filters of the list. django-filter has no Swedish catalogue, so the labels stand here."""

import re
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from delprojekt.models import AllmanHandling, Delprojekt, Organ, Person, Region
from delprojekt.process.handling import Handlingstyp
from delprojekt.process.roller import Roll
from delprojekt.process.steg import Steg
from delprojekt.queries import person as register
from delprojekt.queries.delprojekt import regions, visible_to
from delprojekt.queries.handling import has_number, of_authority, years


class DelprojektFilter(django_filters.FilterSet):
    """By word, step and region that is waited for."""

    q = django_filters.CharFilter(label="Sök", method="search")
    steg = django_filters.ChoiceFilter(label="Steg", choices=Steg.choices, empty_label="Alla")
    vantar = django_filters.ModelChoiceFilter(
        label="Väntar på region",
        field_name="vantar__region",
        to_field_name="slug",
        queryset=lambda request: regions(request.actor),
        empty_label="Alla",
        distinct=True,
    )

    class Meta:
        model = Delprojekt
        fields = ("q", "steg", "vantar")

    def search(self, queryset: QuerySet[Delprojekt], name: str, value: str) -> QuerySet[Delprojekt]:
        """Match number and words of the title."""
        words = Q(benamning__icontains=value.strip())
        if value.strip().isdigit():
            words |= Q(nummer=int(value.strip()[:6]))
        return queryset.filter(words)


class HandlingFilter(django_filters.FilterSet):
    """By word or number, year, kind, authority and delprojekt."""

    q = django_filters.CharFilter(label="Sök", method="search")
    ar = django_filters.ChoiceFilter(label="År", choices=(), empty_label="Alla")
    typ = django_filters.ChoiceFilter(label="Typ", choices=Handlingstyp.choices, empty_label="Alla")
    myndighet = django_filters.ModelChoiceFilter(
        label="Myndighet",
        to_field_name="slug",
        queryset=lambda request: regions(request.actor),
        empty_label="Alla",
        method="by_authority",
    )
    delprojekt = django_filters.ModelChoiceFilter(
        label="Delprojekt",
        queryset=lambda request: visible_to(request.actor).order_by("-nummer", "pk"),
        empty_label="Alla",
    )

    class Meta:
        model = AllmanHandling
        fields = ("q", "ar", "typ", "myndighet", "delprojekt")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["ar"].extra["choices"] = [(str(year), str(year)) for year in years(self.request.actor)]

    def search(self, queryset: QuerySet[AllmanHandling], name: str, value: str) -> QuerySet[AllmanHandling]:
        """Match the register's number, words of the description, the other party and any diarienummer."""
        text = value.strip()
        found = Q(beskrivning__icontains=text) | Q(motpart__icontains=text)
        found |= Q(delprojekt__benamning__icontains=text) | Q(has_number(self.request.actor, text))
        if number := _NUMMER.fullmatch(text):
            found |= Q(ar=int(number[1]), lopnummer=int(number[2]))
        return queryset.filter(found)

    def by_authority(self, queryset: QuerySet[AllmanHandling], name: str, value: Region) -> QuerySet[AllmanHandling]:
        """Match what came from, went to, or is in the diarium of an authority."""
        return queryset.filter(of_authority(self.request.actor, value))


_NUMMER = re.compile(r"[Hh]?\s?(\d{4}):(\d{1,9})")


class PersonFilter(django_filters.FilterSet):
    """By word, role, region, body, and whether some role is held now."""

    q = django_filters.CharFilter(label="Sök", method="search")
    roll = django_filters.ChoiceFilter(label="Roll", method="by_role", empty_label="Alla")
    region = django_filters.ModelChoiceFilter(
        label="Region",
        to_field_name="slug",
        queryset=lambda request: regions(request.actor),
        method="by_region",
        empty_label="Alla",
    )
    organ = django_filters.ModelChoiceFilter(
        label="Organ",
        to_field_name="slug",
        queryset=lambda request: register.organs(request.actor),
        method="by_organ",
        empty_label="Alla",
    )
    aktiv = django_filters.ChoiceFilter(
        label="Har en roll nu", choices=[("ja", "Ja"), ("nej", "Nej")], method="by_active", empty_label="Alla"
    )

    class Meta:
        model = Person
        fields = ("q", "roll", "region", "organ", "aktiv")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["roll"].extra["choices"] = [(r.value, r.label) for r in Roll if r is not Roll.INLOGGAD]

    def search(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Match every word."""
        return register.matching(self.request.actor, queryset, value)

    def by_role(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Match who holds a role now."""
        return register.holding(self.request.actor, queryset, roll=value)

    def by_region(self, queryset: QuerySet[Person], name: str, value: Region) -> QuerySet[Person]:
        """Match who works in a region or holds a role for it."""
        return register.from_region(self.request.actor, queryset, value)

    def by_organ(self, queryset: QuerySet[Person], name: str, value: Organ) -> QuerySet[Person]:
        """Match who holds a role in a body now."""
        return register.holding(self.request.actor, queryset, organ=value)

    def by_active(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Match who holds some role now, or none."""
        return register.active(self.request.actor, queryset, wanted=value == "ja")
