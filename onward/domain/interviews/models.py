from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome
from onward.platform.record import Record
from onward.platform.record.zones import known_zone


class Interview(Record):
    """One conversation on the way to an offer."""

    # The application's owner, kept here too: "my next interviews" is asked often and across applications.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interviews", db_index=False)
    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="interviews")
    round_number = models.PositiveIntegerField(default=1)
    interview_type = models.CharField(max_length=20, choices=InterviewType, default=InterviewType.PHONE)
    scheduled_at = models.DateTimeField()
    duration_minutes = models.PositiveIntegerField(default=60)
    timezone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    meeting_link = models.URLField(max_length=2000, default="", blank=True)
    meeting_location = models.CharField(max_length=255, default="", blank=True)
    interviewer_names = models.CharField(max_length=500, default="", blank=True)
    interviewer_titles = models.CharField(max_length=500, default="", blank=True)
    status = models.CharField(max_length=20, choices=InterviewStatus, default=InterviewStatus.SCHEDULED)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.PENDING)
    preparation_notes = models.TextField(default="", blank=True)
    post_interview_notes = models.TextField(default="", blank=True)
    questions_asked = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interview_type__in=InterviewType.values), name="interview_type_is_known"
            ),
            models.CheckConstraint(condition=Q(status__in=InterviewStatus.values), name="interview_status_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="interview_outcome_is_known"),
        ]
        indexes = [
            models.Index(fields=["owner", "scheduled_at", "id"], name="interview_calendar"),
        ]

    def __str__(self) -> str:
        return f"{self.get_interview_type_display()}, round {self.round_number}"
