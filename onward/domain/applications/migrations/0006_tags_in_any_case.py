import unicodedata

from django.db import migrations, models


def name_key(name):
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def fill(apps, schema_editor):
    """Give every tag its key, and make one of those that had only another case: the one that was there first."""
    Tag = apps.get_model("applications", "Tag")
    Tagging = apps.get_model("applications", "Tagging")
    first = {}
    for tag in Tag.objects.order_by("pk").only("pk", "owner_id", "name").iterator(1000):
        key = name_key(tag.name)
        kept = first.setdefault((tag.owner_id, key), tag.pk)
        if kept == tag.pk:
            Tag.objects.filter(pk=tag.pk).update(name_key=key)
            continue
        there = Tagging.objects.filter(tag_id=kept).values("application_id")
        Tagging.objects.filter(tag_id=tag.pk).exclude(application_id__in=there).update(tag_id=kept)
        Tagging.objects.filter(tag_id=tag.pk).delete()
        Tag.objects.filter(pk=tag.pk).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0005_undated_responses"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="tag", name="tag_is_one_for_its_owner"),
        migrations.AddField(
            model_name="tag",
            name="name_key",
            field=models.CharField(default="", editable=False, max_length=1000),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
