"""Filters of the list. django-filter has no Swedish catalogue, so the labels stand here."""

import django_filters
from django.db.models import Q, QuerySet

from delprojekt.models import Delprojekt
from delprojekt.process.steg import Steg
from delprojekt.queries.delprojekt import regions


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
        words = Q(benamning__icontains=value.strip()) | Q(alias__icontains=value.strip())
        if value.strip().isdigit():
            words |= Q(nummer=int(value.strip()[:6]))
        return queryset.filter(words)
