from django.db import migrations

from onward.platform.search.migrating import MakeIndex


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("messaging", "0001_initial"),
    ]

    operations = [MakeIndex("messaging_terms")]
