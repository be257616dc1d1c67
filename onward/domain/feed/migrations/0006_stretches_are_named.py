from django.db import migrations

from onward.platform.search.migrating import NameStretches


class Migration(migrations.Migration):
    dependencies = [
        ("feed", "0005_terms_lie_apart"),
    ]

    operations = [NameStretches("feed_terms", stretch=50)]
