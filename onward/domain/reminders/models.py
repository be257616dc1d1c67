from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.reminders.choices import ReminderType
from onward.platform.record import Record


class Reminder(Record):
    """Something to be reminded of at a time."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", db_index=False)
    application = models.ForeignKey(
        "applications.Application", models.CASCADE, null=True, blank=True, related_name="reminders"
    )
    title = models.CharField(max_length=255)
    description = models.TextField(default="", blank=True)
    remind_at = models.DateTimeField()
    reminder_type = models.CharField(max_length=20, choices=ReminderType, default=ReminderType.GENERAL)
    # When it was done; until then it is open.
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reminder_type__in=ReminderType.values), name="reminder_type_is_known"),
        ]
        indexes = [
            models.Index(fields=["owner", "remind_at", "id"], name="reminder_list"),
            models.Index(fields=["owner", "remind_at"], condition=Q(completed_at__isnull=True), name="reminder_open"),
        ]

    def __str__(self) -> str:
        return self.title
