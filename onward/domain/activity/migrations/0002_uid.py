import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


def fill(apps, schema_editor):
    """Give every line a uid of its own."""
    Activity = apps.get_model("activity", "Activity")
    if schema_editor.connection.vendor == "postgresql":
        # There are many lines, and the database can think of uids itself.
        Activity.objects.update(uid=RandomUUID())
        return
    rows = []
    for line in Activity.objects.only("pk").iterator(chunk_size=2000):
        line.uid = uuid.uuid4()
        rows.append(line)
        if len(rows) == 2000:
            Activity.objects.bulk_update(rows, ["uid"])
            rows = []
    Activity.objects.bulk_update(rows, ["uid"])


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]

    operations = [
        migrations.AddField(model_name="activity", name="uid", field=models.UUIDField(editable=False, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="activity",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
