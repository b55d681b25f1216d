"""Rows of many tables in one query: each table becomes a column that holds its rows."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.db.models.functions import JSONObject


def rows(queryset: QuerySet[Any], **columns: Any) -> ArraySubquery:
    """Return a column with the rows of another table, each a dict of the named columns.

    In: the rows (bound with OuterRef, ordered if the order matters) and name=column. Dates come out as ISO text.
    """
    return ArraySubquery(queryset.values(rad=JSONObject(**columns)))


def values(queryset: QuerySet[Any], column: str) -> ArraySubquery:
    """Return a column with the values of one column of another table."""
    return ArraySubquery(queryset.values(column))


def among(column: str, keys: QuerySet[Any]) -> Func:
    """Return the condition that a column is one of some keys, which are gathered once and asked row by row.

    Where an index holds all that is asked of the rows this is faster than the join that ``__in`` becomes.
    """
    gathered = ArraySubquery(keys.order_by().values("pk"))
    return Func(F(column), gathered, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


def living(model: type[Model], **of: Any) -> QuerySet[Any]:
    """Return the rows of a model that are not struck. Not ordered."""
    return model._default_manager.filter(**of, struken_at=None)
