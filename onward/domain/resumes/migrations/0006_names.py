from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("resumes", "0005_facts")]

    operations = [
        migrations.AlterModelOptions("resume", {"verbose_name": "résumé"}),
        migrations.AlterModelOptions(
            "resumetext", {"verbose_name": "text of a résumé", "verbose_name_plural": "texts of résumés"}
        ),
    ]
