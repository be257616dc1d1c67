from django.db import migrations

from onward.platform.search.migrating import MakeIndex


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("writing", "0001_initial"),
    ]

    operations = [MakeIndex("writing_terms")]
