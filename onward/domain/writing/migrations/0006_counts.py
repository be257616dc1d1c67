from django.db import migrations, models

from onward.domain.writing.counting import KeepCounts


class Migration(migrations.Migration):

    dependencies = [
        ('writing', '0005_stretches_are_named'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('blog', 'Blog'), ('thread', 'Thread'), ('post', 'Post'), ('video', 'Video'), ('comment', 'Comment')], max_length=10)),
                ('place_id', models.BigIntegerField()),
                ('count', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'place_id'), name='entry_count_is_one')],
            },
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('hidden_at__isnull', False), ('removed_at__isnull', True)), fields=['kind', 'forum', 'parent'], name='entry_hidden'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('hidden_at__isnull', True), ('kind', 'post'), ('removed_at__isnull', True), ('status', 'published')), fields=['parent', 'id', 'author', 'kind', 'status', 'hidden_at', 'removed_at'], name='entry_unread'),
        ),
        KeepCounts(),
    ]
