"""A förslag that was begun in the portal and not sent in is its author's draft (T01), also from before the mark."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def mark_drafts(apps, schema_editor):
    """Set the mark on every förslag that is still a draft; what continues another was decided, and is none (T43)."""
    alias = schema_editor.connection.alias
    handelser = apps.get_model("delprojekt", "Handelse").objects.using(alias).filter(delprojekt=OuterRef("pk"))
    rows = apps.get_model("delprojekt", "Delprojekt").objects.using(alias)
    rows = rows.filter(Exists(handelser.filter(act="skapa-forslag")), steg__in=["projektforslag", "atertaget"], foralder=None)
    rows.exclude(Exists(handelser.filter(act="skicka-in-forslag"))).update(utkast=True)


class Migration(migrations.Migration):
    dependencies = [("delprojekt", "0003_skrivbordet")]
    operations = [migrations.RunPython(mark_drafts, migrations.RunPython.noop)]
