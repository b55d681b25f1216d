"""Filters of the list, the board and the timeline. django-filter has no Swedish catalogue, so the labels stand here."""

import re
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxInput

from delprojekt.models import AllmanHandling, Delprojekt, Malsattning, Organ, Person, Region, Utskick
from delprojekt.models.svenska import any_of
from delprojekt.process.handling import Handlingstyp
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import INNEHAS, Roll, sags_lika
from delprojekt.process.sokord import spellings
from delprojekt.process.steg import Steg
from delprojekt.queries import person as register
from delprojekt.queries import urval
from delprojekt.queries import utkorg as outbox
from delprojekt.queries.delprojekt import bodies, regions, visible_to
from delprojekt.queries.formular import kansli_people
from delprojekt.queries.handling import has_number, of_authority, years

_OWNERS = {rule.owner_in(steg) for rule in POLICY.values() for steg in rule.where}
_SAID = {sags_lika(roll)[0] for roll in _OWNERS}
HOS = [(roll.value, roll.hos[:1].upper() + roll.hos[1:]) for roll in Roll if roll in _SAID]
Rows = QuerySet[Delprojekt]


class DelprojektFilter(django_filters.FilterSet):
    """By word, step, region, goal, contact person, body, year, whose turn it is, overdue, paused."""

    q = django_filters.CharFilter(label="Sök", method="search")
    steg = django_filters.ChoiceFilter(label="Steg", choices=Steg.choices, empty_label="Alla")
    hos = django_filters.ChoiceFilter(label="Ligger hos", choices=HOS, empty_label="Alla", method="lies_with")
    deltar = django_filters.ChoiceFilter(label="Region som deltar", empty_label="Alla", method="with_region")
    vantar = django_filters.ChoiceFilter(label="Väntar på region", empty_label="Alla", method="waits_for")
    mal = django_filters.ChoiceFilter(
        label="Målsättning", choices=Malsattning.choices, empty_label="Alla", method="with_goal"
    )
    kontaktperson = django_filters.ModelChoiceFilter(
        label="Kontaktperson",
        queryset=lambda request: kansli_people(request.actor),
        empty_label="Alla",
        method="kept_by",
    )
    organ = django_filters.ModelChoiceFilter(
        label="Organ",
        to_field_name="slug",
        queryset=lambda request: bodies(request.actor),
        empty_label="Alla",
        method="treated_by",
    )
    startar = django_filters.NumberFilter(label="Startår", method="started", min_value=1990, max_value=2100)
    forsenat = django_filters.BooleanFilter(label="Bara försenade", method="overdue", widget=CheckboxInput)
    pausat = django_filters.BooleanFilter(label="Bara pausade", method="paused", widget=CheckboxInput)

    class Meta:
        model = Delprojekt
        fields: ClassVar = ["q", "steg"]

    MAIN = ("q", "steg", "deltar", "hos")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(region.slug, region.kortnamn) for region in regions(self.request.actor)]
        for name in ("deltar", "vantar"):
            self.filters[name].extra["choices"] = known

    def search(self, rows: Rows, name: str, value: str) -> Rows:
        """Match number, title and other names."""
        return urval.search(self.request.actor, rows, value)

    def lies_with(self, rows: Rows, name: str, value: str) -> Rows:
        """Match whose turn it is."""
        return urval.waiting_for(self.request.actor, rows, roll__in=sags_lika(Roll(value)))

    def with_region(self, rows: Rows, name: str, value: str) -> Rows:
        """Match a region that takes part."""
        return urval.taking_part(self.request.actor, rows, value)

    def waits_for(self, rows: Rows, name: str, value: str) -> Rows:
        """Match a region that is waited for."""
        return urval.waiting_for(self.request.actor, rows, region__slug=value)

    def with_goal(self, rows: Rows, name: str, value: str) -> Rows:
        """Match a goal of the förslag."""
        return rows.filter(forslag__malsattningar__contains=[value])

    def kept_by(self, rows: Rows, name: str, value: Any) -> Rows:
        """Match the contact person."""
        return urval.kept_by(self.request.actor, rows, value)

    def treated_by(self, rows: Rows, name: str, value: Any) -> Rows:
        """Match a body that has treated it."""
        return urval.treated_by(self.request.actor, rows, value.slug)

    def started(self, rows: Rows, name: str, value: Any) -> Rows:
        """Match the year of the decision to start."""
        return urval.started_in(self.request.actor, rows, int(value))

    def overdue(self, rows: Rows, name: str, value: bool) -> Rows:
        """Keep only what is overdue."""
        return urval.overdue(self.request.actor, rows) if value else rows

    def paused(self, rows: Rows, name: str, value: bool) -> Rows:
        """Keep only what is paused."""
        return rows.filter(pausat=True) if value else rows


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
        self.filters["roll"].extra["choices"] = [(r.value, r.label) for r in INNEHAS]

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
        ways = spellings(text.lower())
        found = any_of(beskrivning__icontains=ways, motpart__icontains=ways)
        found |= any_of(delprojekt__benamning__icontains=ways) | Q(has_number(self.request.actor, text))
        if number := _NUMMER.fullmatch(text):
            found |= Q(ar=int(number[1]), lopnummer=int(number[2]))
        return queryset.filter(found)

    def by_authority(self, queryset: QuerySet[AllmanHandling], name: str, value: Region) -> QuerySet[AllmanHandling]:
        """Match what came from, went to, or is in the diarium of an authority."""
        return queryset.filter(of_authority(self.request.actor, value))


_NUMMER = re.compile(r"[Hh]?\s?(\d{4}):(\d{1,9})")


class UtkorgFilter(django_filters.FilterSet):
    """By receiver or subject, and whether it has been sent."""

    q = django_filters.CharFilter(label="Mottagare eller ämne", method="search")
    lage = django_filters.ChoiceFilter(
        label="Visa", choices=[("skickat", "Skickat"), ("vantar", "Väntar")], empty_label="Alla", method="by_state"
    )

    class Meta:
        model = Utskick
        fields: ClassVar = ["q", "lage"]

    def search(self, queryset: QuerySet[Utskick], name: str, value: str) -> QuerySet[Utskick]:
        """Match every word."""
        return outbox.matching(self.request.actor, queryset, value)

    def by_state(self, queryset: QuerySet[Utskick], name: str, value: str) -> QuerySet[Utskick]:
        """Match what has been sent, or has not."""
        return queryset.filter(sent_at__isnull=value == "vantar")
