import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('writing', '0006_counts'),
    ]

    operations = [
        migrations.RenameModel(old_name='BlogRead', new_name='Visit'),
        migrations.AlterField(
            model_name='visit',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='writing.entry'),
        ),
        migrations.RemoveConstraint(model_name='visit', name='blog_read_is_one'),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('entry', 'user'), name='visit_is_one'),
        ),
    ]
