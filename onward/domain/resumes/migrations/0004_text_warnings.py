from django.db import migrations, models


def read_anew(apps, schema_editor):
    """Forget what the reader before this one has read: it took for text what nobody sees, and more."""
    apps.get_model("resumes", "ResumeText").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("resumes", "0003_offers"),
    ]

    operations = [
        migrations.AddField(
            model_name="resumetext",
            name="warnings",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(read_anew, migrations.RunPython.noop),
    ]
