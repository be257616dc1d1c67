from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0006_tags_in_any_case"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("owner", "name_key"), name="tag_is_one_for_its_owner"),
        ),
    ]
