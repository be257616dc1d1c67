import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from onward.platform.record import Record

INDIGO = "#6366f1"


class Tag(Record):
    """A label of somebody's own, with a colour."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tags", db_index=False)
    name = models.CharField(max_length=50)
    # The name without regard to case and spacing (see `name_key`): what makes it unique.
    name_key = models.CharField(max_length=1000, editable=False)
    # As in CSS: "#6366f1".
    color = models.CharField(max_length=7, default=INDIGO)
    applications: "models.ManyToManyField[models.Model, Tagging]" = models.ManyToManyField(
        "applications.Application", through="Tagging", related_name="tags"
    )

    class Meta:
        constraints = [
            # Its index is what a person's list of tags, by name, is read from.
            models.UniqueConstraint(fields=["owner", "name_key"], name="tag_is_one_for_its_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A tag on an application."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="taggings", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "tag"], name="tag_is_on_an_application_once"),
        ]

    def __str__(self) -> str:
        return f"tag {self.tag_id} on {self.application_id}"
