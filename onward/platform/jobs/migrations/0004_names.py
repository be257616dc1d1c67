from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_keys")]

    operations = [migrations.AlterModelOptions("tally", {"verbose_name_plural": "tallies"})]
