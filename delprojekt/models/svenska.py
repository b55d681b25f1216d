"""Swedish order and search, as the database's own functions (made by ``sfbv/migrations/0001_svenska.py``)."""

from django.db.models import CharField, Func, Q, TextField


class SvOrdning(Func):
    """A sort key that puts å ä ö after z, in this order (conventions.md §6.5)."""

    function = "sv_ordning"
    output_field = CharField()


class SokText(Func):
    """A text as it is searched: small letters, every dash and blank a space; å ä ö are letters of their own.

    With a second argument, a list of texts, these are added to it.
    """

    function = "sv_sok"
    output_field = TextField()


def any_of(**wanted: list[str]) -> Q:
    """Return the filter that one of the values answers to: ``any_of(sok__contains=["chefsamråd", "chefssamråd"])``."""
    found = Q()
    for lookup, values in wanted.items():
        for value in values:
            found |= Q(**{lookup: value})
    return found
