"""Filters of the list, the board and the timeline. django-filter has no Swedish catalogue, so the labels stand here."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxInput

from delprojekt.models import Delprojekt, Malsattning
from delprojekt.process.policy import POLICY
from delprojekt.process.roller import Roll, sags_lika
from delprojekt.process.steg import Steg
from delprojekt.queries import urval
from delprojekt.queries.delprojekt import bodies, regions
from delprojekt.queries.formular import kansli_people

_OWNERS = {rule.owner for rule in POLICY.values()}
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
