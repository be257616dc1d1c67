from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from onward.domain.applications.choices import JobType, Priority, Source, Status, WorkType
from onward.platform.record import Record


class Application(Record):
    """One person's pursuit of one job."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications", db_index=False)
    company = models.ForeignKey("companies.Company", models.CASCADE, related_name="applications")
    job_title = models.CharField(max_length=255)
    job_url = models.URLField(max_length=2000, default="", blank=True)
    job_description = models.TextField(default="", blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.APPLIED)
    # Empty where its owner has not said.
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.MEDIUM, blank=True)
    job_type = models.CharField(max_length=20, choices=JobType, default="", blank=True)
    work_type = models.CharField(max_length=10, choices=WorkType, default="", blank=True)
    location = models.CharField(max_length=255, default="", blank=True)
    salary_min = models.PositiveIntegerField(null=True, blank=True)
    salary_max = models.PositiveIntegerField(null=True, blank=True)
    # ISO 4217.
    salary_currency = models.CharField(max_length=3, default="USD")
    # Empty where its owner has not said.
    source = models.CharField(max_length=20, choices=Source, default=Source.LINKEDIN, blank=True)
    referrer_name = models.CharField(max_length=255, default="", blank=True)
    cover_letter = models.TextField(default="", blank=True)
    resume = models.ForeignKey("resumes.Resume", models.SET_NULL, null=True, blank=True, related_name="applications")
    # The posting that it is an answer to, where that is on this server.
    posting = models.ForeignKey(
        "board.Posting", models.SET_NULL, null=True, blank=True, editable=False, related_name="applications"
    )
    applied_date = models.DateField(null=True, blank=True)
    # The last day on which one can apply.
    deadline = models.DateField(null=True, blank=True)
    response_date = models.DateField(null=True, blank=True)
    # The company has answered, on a day that nobody has written down.
    has_undated_response = models.BooleanField(default=False, db_default=False)
    next_action = models.CharField(max_length=255, default="", blank=True)
    next_action_date = models.DateField(null=True, blank=True)
    # When the first interview was and on what day the offer came, where somebody has written that down by itself.
    interview_date = models.DateTimeField(null=True, blank=True)
    offer_date = models.DateField(null=True, blank=True)
    # What the interviews were about, all together: {"questions": […], "skill_areas": […], "notes": "…"}.
    interview_feedback = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="application_status_is_known"),
            models.CheckConstraint(
                condition=Q(priority__in=["", *Priority.values]), name="application_priority_is_known"
            ),
            models.CheckConstraint(
                condition=Q(job_type__in=["", *JobType.values]), name="application_job_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(work_type__in=["", *WorkType.values]), name="application_work_type_is_known"
            ),
            models.CheckConstraint(condition=Q(source__in=["", *Source.values]), name="application_source_is_known"),
            models.CheckConstraint(
                condition=Q(salary_min__isnull=True) | Q(salary_max__isnull=True) | Q(salary_min__lte=F("salary_max")),
                name="application_salary_range_is_ordered",
            ),
            models.CheckConstraint(
                condition=Q(has_undated_response=False) | Q(response_date__isnull=True),
                name="application_response_is_dated_or_not",
            ),
            models.UniqueConstraint(
                fields=["owner", "posting"],
                condition=Q(posting__isnull=False),
                name="application_is_one_for_its_posting",
            ),
        ]
        indexes = [
            # The board and the default list read one owner's applications, the latest touched first.
            models.Index(fields=["owner", "-updated_at", "-id"], name="application_board"),
            models.Index(fields=["owner", "status"], name="application_status"),
            # The journal lists them by when they were written down, the latest first.
            models.Index(fields=["owner", "-created_at", "-id"], name="application_latest"),
        ]

    def __str__(self) -> str:
        return self.job_title


class StatusChange(models.Model):
    """A move of an application from one status to another. Every figure asks this history.

    A move that never happened is taken back: it is then a `TakenBackMove` and in no figure.
    """

    id = models.BigAutoField(primary_key=True)
    application = models.ForeignKey(Application, models.CASCADE, related_name="status_changes")
    # Empty for the first status, with which the application came into the record.
    before = models.CharField(max_length=20, choices=Status, default="", blank=True)
    after = models.CharField(max_length=20, choices=Status)
    # When it happened, which may be days before somebody wrote it down (`recorded_at`).
    changed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    # What the application said before the move changed it, by its columns, and what it said then: [before, then].
    displaced = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(after__in=Status.values), name="status_change_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.before or 'new'} to {self.after}"


class TakenBackMove(models.Model):
    """A move that never happened: kept for the story of its application, and for being put back."""

    # The number that it had among the moves.
    id = models.BigIntegerField(primary_key=True)
    application = models.ForeignKey(Application, models.CASCADE, related_name="taken_back_moves")
    before = models.CharField(max_length=20, choices=Status, default="", blank=True)
    after = models.CharField(max_length=20, choices=Status)
    changed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)
    displaced = models.JSONField(default=dict, blank=True, editable=False)
    taken_back_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.before or 'new'} to {self.after}, taken back"
