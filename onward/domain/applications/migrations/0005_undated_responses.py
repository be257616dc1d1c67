from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0004_answers_of_any_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="has_undated_response",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=Q(has_undated_response=False) | Q(response_date__isnull=True),
                name="application_response_is_dated_or_not",
            ),
        ),
    ]
