from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_reminders")]

    operations = [
        migrations.RemoveConstraint("preferences", "quiet_hours_have_two_ends"),
        migrations.AddConstraint(
            "preferences",
            models.CheckConstraint(
                condition=models.Q(
                    ("quiet_hours_start__isnull", True),
                    ("quiet_hours_end__isnull", True),
                    models.Q(("quiet_hours_start", models.F("quiet_hours_end")), _negated=True),
                    _connector="OR",
                ),
                name="quiet_hours_have_a_length",
            ),
        ),
    ]
