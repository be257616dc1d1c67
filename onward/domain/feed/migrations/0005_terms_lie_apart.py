from django.db import migrations

from onward.platform.search.migrating import PutApart


class Migration(migrations.Migration):

    dependencies = [
        ('feed', '0004_market_blocks_of_four_sizes'),
    ]

    operations = [
        PutApart('feed_terms'),
    ]
