from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.assistant.choices import OPEN, Kind, TaskStatus, Template, Tone
from onward.domain.assistant.providers.models import CachedAnswer, Call, Standing  # noqa: F401 (this app's too)
from onward.platform.record import Record


class Generation(Record):
    """Something that was written for somebody, as it was written. Only the person's own marks change."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="generations", db_index=False)
    application = models.ForeignKey(
        "applications.Application", models.SET_NULL, null=True, blank=True, related_name="generations"
    )
    # The job that it is about, where it is about one that the person tracks.
    saved_job = models.ForeignKey(
        "applications.SavedJob", models.SET_NULL, null=True, blank=True, related_name="generations"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    # Of what is written in one, as far as it was noted down; what an email is for.
    tone = models.CharField(max_length=20, choices=Tone, default="", db_default="", blank=True)
    template = models.CharField(max_length=20, choices=Template, default="", db_default="", blank=True)
    company_name = models.CharField(max_length=255, default="", blank=True)
    job_title = models.CharField(max_length=255, default="", blank=True)
    # The letter or the questions; a match as JSON, as `analysis` has it.
    content = models.TextField()
    analysis = models.JSONField(null=True, blank=True)
    # The facts of the résumé that a letter rests on, and the claims for which there is none.
    sources = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    model = models.CharField(max_length=100)
    tokens = models.PositiveIntegerField(default=0)
    is_favorite = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="generation_kind_is_known"),
            models.CheckConstraint(condition=Q(tone__in=["", *Tone.values]), name="generation_tone_is_known"),
            models.CheckConstraint(
                condition=Q(template__in=["", *Template.values]), name="generation_template_is_known"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5), name="generation_rating_is_1_to_5"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="generation_history"),
            models.Index(
                fields=["owner", "-created_at", "-id"], condition=Q(is_favorite=True), name="generation_favorites"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class Task(Record):
    """Something that is to be written later. A job runs it; this row says what became of it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assistant_tasks", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=10, choices=TaskStatus, default=TaskStatus.PENDING)
    # What was asked for, as a person remembers it.
    shown = models.JSONField(default=dict)
    # All that the writer needs, résumé and posting with it; emptied when the task has come to an end.
    # Of one that failed, what it was for stays.
    request = models.JSONField(default=dict)
    result = models.JSONField(null=True, blank=True)
    error = models.TextField(default="", blank=True)
    # Tells one run from the next: only the last one to begin may write down how it ended.
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="assistant_task_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=TaskStatus.values), name="assistant_task_status_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, ended_at__isnull=True) | (~Q(status__in=OPEN) & Q(ended_at__isnull=False)),
                name="assistant_task_ends_once",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="assistant_task_list"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it has not come to an end."""
        return self.status in OPEN

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
