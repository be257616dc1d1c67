"""The articles that come with the program. Those that staff have written or changed stay as they are."""

from django.db import migrations

from onward.domain.help.articles import texts


def write(apps, schema_editor):
    article = apps.get_model("help", "Article")
    there = set(article.objects.values_list("slug", flat=True))
    article.objects.bulk_create(article(**text._asdict()) for text in texts() if text.slug not in there)


class Migration(migrations.Migration):
    dependencies = [("help", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
