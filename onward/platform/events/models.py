from django.conf import settings
from django.db import models
from django.utils import timezone


class EventRecord(models.Model):
    """Something that happened, kept for good: written in the transaction of the change that it tells of."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    payload = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "event"
        indexes = [
            # One account's events in the order in which they happened.
            models.Index(fields=["owner", "id"], name="event_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
