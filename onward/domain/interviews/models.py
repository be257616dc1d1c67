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
    # What its owner calls it; empty where its type says enough.
    name = models.CharField(max_length=100, default="", blank=True)
    # Empty where its owner has not said.
    interview_type = models.CharField(max_length=20, choices=InterviewType, default=InterviewType.PHONE, blank=True)
    # When it begins; where only a day is known, the midnight with which that day begins on the owner's clock.
    scheduled_at = models.DateTimeField()
    # The day on the owner's clock; none where not even a day is known.
    day = models.DateField(null=True, blank=True)
    # Whether a time is known, and not only a day.
    has_time = models.BooleanField(default=True)
    duration_minutes = models.PositiveIntegerField(default=60, null=True, blank=True)
    timezone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    meeting_link = models.URLField(max_length=2000, default="", blank=True)
    meeting_location = models.CharField(max_length=255, default="", blank=True)
    interviewer_names = models.TextField(default="", blank=True)
    interviewer_titles = models.CharField(max_length=500, default="", blank=True)
    status = models.CharField(max_length=20, choices=InterviewStatus, default=InterviewStatus.SCHEDULED)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.PENDING)
    preparation_notes = models.TextField(default="", blank=True)
    post_interview_notes = models.TextField(default="", blank=True)
    # The same questions twice: as lines of text, and as a list. Each API reads the one and writes both.
    questions_asked = models.TextField(default="", blank=True)
    questions = models.JSONField(default=list, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interview_type__in=["", *InterviewType.values]), name="interview_type_is_known"
            ),
            models.CheckConstraint(condition=Q(status__in=InterviewStatus.values), name="interview_status_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="interview_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(has_time=False) | Q(day__isnull=False), name="interview_with_a_time_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "scheduled_at", "id"], name="interview_calendar"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, round {self.round_number}"

    @property
    def title(self) -> str:
        """What to call it: as its owner does, or by its type."""
        return self.name or self.get_interview_type_display() or "Interview"
