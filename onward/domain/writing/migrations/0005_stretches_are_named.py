from django.db import migrations

from onward.platform.search.migrating import NameStretches


class Migration(migrations.Migration):
    dependencies = [
        ("writing", "0004_flags_of_messages"),
    ]

    operations = [NameStretches("writing_terms", stretch=16)]
