from django.db import migrations, models

import onward.domain.accounts.models
import onward.platform.record.zones


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_shown_people")]

    operations = [
        migrations.AlterField(
            "user",
            "timezone",
            models.CharField(
                default=onward.domain.accounts.models.zone_of_the_server,
                max_length=64,
                validators=[onward.platform.record.zones.known_zone],
            ),
        ),
    ]
