import uuid

import django.contrib.auth.validators
from django.db import migrations, models

from onward.platform.record import name_key


def fill(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    for user in User.objects.only("pk", "username").iterator():
        User.objects.filter(pk=user.pk).update(username_key=name_key(user.username))
    Link = apps.get_model("accounts", "Link")
    for pk in Link.objects.values_list("pk", flat=True).iterator():
        Link.objects.filter(pk=pk).update(request=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="user", name="username_is_one_whatever_its_case"),
        migrations.AlterField(
            model_name="user",
            name="username",
            field=models.CharField(
                max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()]
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="username_key",
            field=models.CharField(default="", editable=False, max_length=1000),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="link",
            name="request",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="link",
            name="sent_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="link",
            name="request",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(fields=("username_key",), name="username_is_one_whatever_its_case"),
        ),
    ]
