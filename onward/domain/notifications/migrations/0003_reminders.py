import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_held_and_whole_quiet_hours"),
        ("reminders", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "notification",
            "reminder",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to="reminders.reminder",
            ),
        ),
        migrations.AddField("notification", "remind_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "notification",
            models.UniqueConstraint(
                fields=["reminder", "remind_at"],
                condition=models.Q(("reminder__isnull", False)),
                name="reminder_is_due_once",
            ),
        ),
    ]
