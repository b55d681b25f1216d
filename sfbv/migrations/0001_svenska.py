"""Swedish order and search as functions of the database. Indexes use them, so they come before every table."""

from typing import ClassVar

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

ORDNING = r"""
CREATE OR REPLACE FUNCTION sv_ordning(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN translate(lower(t), 'åäöæøéèêëüáàíìóòúñç', '{|}|}eeeeyaaiioounc') COLLATE "C";
"""
SOK = r"""
CREATE OR REPLACE FUNCTION sv_sok(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN translate(lower(t), E'\t\n\r\u00a0\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212/-', repeat(' ', 14));
"""
SOK_FLERA = r"""
CREATE OR REPLACE FUNCTION sv_sok(t text, fler text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN sv_sok(t || ' ' || array_to_string(fler, ' '));
"""


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []
    run_before: ClassVar = [("delprojekt", "__first__")]

    operations: ClassVar = [
        TrigramExtension(),
        migrations.RunSQL(ORDNING, "DROP FUNCTION IF EXISTS sv_ordning(text)"),
        migrations.RunSQL(SOK, "DROP FUNCTION IF EXISTS sv_sok(text)"),
        migrations.RunSQL(SOK_FLERA, "DROP FUNCTION IF EXISTS sv_sok(text, text[])"),
    ]
