"""What older rows say of what has got a place of its own: drafts (T01), and the att-sats of a recommendation (§5.5)."""

from django.db import migrations
from django.db.models import Exists, Max, OuterRef


def mark_drafts(apps, schema_editor):
    """Set the mark on every förslag that is still a draft; what continues another was decided, and is none (T43)."""
    alias = schema_editor.connection.alias
    handelser = apps.get_model("delprojekt", "Handelse").objects.using(alias).filter(delprojekt=OuterRef("pk"))
    rows = apps.get_model("delprojekt", "Delprojekt").objects.using(alias)
    rows = rows.filter(Exists(handelser.filter(act="skapa-forslag")), steg__in=["projektforslag", "atertaget"], foralder=None)
    rows.exclude(Exists(handelser.filter(act="skicka-in-forslag"))).update(utkast=True)


def find_clauses(apps, schema_editor):
    """Say which att-sats each recommendation was made of, where it is certain: one by one the latest version's."""
    alias = schema_editor.connection.alias
    rows, clauses = (apps.get_model("delprojekt", name).objects.using(alias) for name in ("Rekommendation", "Attsats"))
    for decision in apps.get_model("delprojekt", "Namndbeslut").objects.using(alias).select_related("besok"):
        made = list(rows.filter(namndbeslut=decision).order_by("nummer"))
        written = clauses.filter(
            beslutsforslag__delprojekt=decision.delprojekt_id, beslutsforslag__besok__nummer__lte=decision.besok.nummer
        )
        version = written.aggregate(last=Max("beslutsforslag__version"))["last"]
        agreed = list(written.filter(beslutsforslag__version=version).order_by("nummer"))
        if [(row.nummer, row.text) for row in made] == [(row.nummer, row.text) for row in agreed]:
            for row, clause in zip(made, agreed, strict=True):
                rows.filter(pk=row.pk, attsats=None).update(attsats=clause)


class Migration(migrations.Migration):
    dependencies = [("delprojekt", "0003_skrivbordet")]
    operations = [
        migrations.RunPython(mark_drafts, migrations.RunPython.noop),
        migrations.RunPython(find_clauses, migrations.RunPython.noop),
    ]
