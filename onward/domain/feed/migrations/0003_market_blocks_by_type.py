from django.db import migrations


class Migration(migrations.Migration):
    """What was counted otherwise is counted anew: the index has another version, too."""

    dependencies = [
        ('feed', '0002_market_blocks_as_text'),
    ]

    operations = [
        migrations.RunSQL('DELETE FROM feed_marketblock', migrations.RunSQL.noop),
    ]
