from django.db import migrations

from onward.platform.search.migrating import NameStretches


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_search"),
    ]

    operations = [NameStretches("messaging_terms", stretch=16)]
