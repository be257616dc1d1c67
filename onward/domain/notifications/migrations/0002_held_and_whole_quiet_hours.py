from django.db import migrations, models
from django.db.models import F, Q


def drop_halves(apps, schema_editor):
    """Take away quiet hours that had one end or no length: they have never counted."""
    rows = apps.get_model("notifications", "Preferences").objects
    rows.filter(
        Q(quiet_hours_start__isnull=True) | Q(quiet_hours_end__isnull=True) | Q(quiet_hours_start=F("quiet_hours_end"))
    ).update(quiet_hours_start=None, quiet_hours_end=None)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AddField("notification", "held_since", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            "notification",
            models.Index(
                fields=["held_since"], condition=models.Q(("held_since__isnull", False)), name="notification_held"
            ),
        ),
        migrations.RunPython(drop_halves, migrations.RunPython.noop),
        migrations.AddConstraint(
            "preferences",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quiet_hours_end__isnull", True), ("quiet_hours_start__isnull", True)),
                    models.Q(
                        ("quiet_hours_end__isnull", False),
                        ("quiet_hours_start__isnull", False),
                        models.Q(("quiet_hours_start", models.F("quiet_hours_end")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="quiet_hours_have_two_ends",
            ),
        ),
    ]
