from django.db import migrations

# The days of all briefs (see `keys`) are counted anew.
COUNT_ANEW = """
    INSERT INTO search_stale ("index", row_id) SELECT DISTINCT 'market_1', key >> 47 FROM feed_brief
"""


class Migration(migrations.Migration):
    """Blocks have other sizes: those that are there are counted anew."""

    dependencies = [
        ('feed', '0003_market_blocks_by_type'),
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM search_stale WHERE \"index\" IN ('market', 'market_long')", migrations.RunSQL.noop),
        migrations.RunSQL('DELETE FROM feed_marketblock', migrations.RunSQL.noop),
        migrations.RunSQL(COUNT_ANEW, migrations.RunSQL.noop),
    ]
