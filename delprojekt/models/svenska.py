"""Swedish order and search, as the database's own functions (made by ``sfbv/migrations/0001_svenska.py``)."""

from django.db.models import CharField, Func, TextField


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
