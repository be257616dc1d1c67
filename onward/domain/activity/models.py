import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Activity(models.Model):
    """A line of somebody's timeline, written by reaction in the transaction of what it tells of."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="activities", db_index=False)
    application = models.ForeignKey(
        "applications.Application", models.CASCADE, null=True, blank=True, related_name="activities"
    )
    action = models.CharField(max_length=50)
    description = models.TextField(default="", blank=True)
    metadata = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="activity_timeline"),
        ]

    def __str__(self) -> str:
        return self.description or self.action
