"""What a database consists of, as sentences that two databases can be compared by."""

from typing import Any

COLUMNS = """
SELECT format('%s.%s %s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
"""
COLLATIONS = """
SELECT format('%s.%s is sorted as %s', attrelid::regclass, attname, attcollation::regcollation)
FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0 AND attcollation <> 0
    AND NOT attisdropped
"""
CONSTRAINTS = """
SELECT format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = """
SELECT pg_get_triggerdef(oid) || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
"""
FUNCTIONS = """
SELECT pg_get_functiondef(p.oid) FROM pg_proc p
WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
"""
EXTENSIONS = "SELECT extname FROM pg_extension"
SEQUENCES = "SELECT format('%s %s %s', sequencename, data_type, increment_by) FROM pg_sequences"
RIGHTS = """
SELECT format('%s %s', relname, privilege) FROM pg_class
JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
    ON has_table_privilege('sfbv_app', oid, privilege)
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""
OWNERS = """
SELECT format('%s is owned by %s', relname, relowner::regrole) FROM pg_class WHERE relnamespace = 'public'::regnamespace
"""
MIGRATIONS = "SELECT format('%s %s is done', app, name) FROM django_migrations"
ASKED = (
    COLUMNS,
    COLLATIONS,
    CONSTRAINTS,
    INDEXES,
    TRIGGERS,
    FUNCTIONS,
    EXTENSIONS,
    SEQUENCES,
    RIGHTS,
    OWNERS,
    MIGRATIONS,
)


def catalogue(cursor: Any) -> set[str]:
    """Every column, constraint, index, trigger, function, sequence, right and owner, and the migrations that are done.

    Not the order of the columns: what a migration adds comes last, and nothing asks for it. Nor the numbers of the rows
    of ``auth_group_permissions``: Django's own migrations make them larger than its own models say."""
    found: set[str] = set()
    for question in ASKED:
        cursor.execute(question)
        answers = {word for (word,) in cursor.fetchall()}
        assert answers, question
        found |= answers
    return {
        line for line in found if not line.startswith(("auth_group_permissions.id ", "auth_group_permissions_id_seq "))
    }
