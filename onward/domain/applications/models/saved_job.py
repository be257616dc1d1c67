from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onward.domain.applications.choices import JobType, Priority, SavedJobStatus, WorkType
from onward.platform.record import Record


class SavedJob(Record):
    """A posting that somebody has put aside, to apply for later or never."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_jobs", db_index=False)
    # As the posting has it: no company of the record yet.
    company_name = models.CharField(max_length=255)
    company_website = models.URLField(max_length=500, default="", blank=True)
    job_title = models.CharField(max_length=255, default="", blank=True)
    job_url = models.URLField(max_length=2000, default="", blank=True)
    location = models.CharField(max_length=255, default="", blank=True)
    description = models.TextField(default="", db_default="", blank=True)
    requirements = models.TextField(default="", db_default="", blank=True)
    responsibilities = models.TextField(default="", db_default="", blank=True)
    tech_stack = models.JSONField(default=list, blank=True)
    # What must be sent with an application: a text or a list of texts, as the person writes it.
    documents_required = models.JSONField(null=True, blank=True)
    job_type = models.CharField(max_length=20, choices=JobType, default="", blank=True)
    work_type = models.CharField(max_length=10, choices=WorkType, default="", blank=True)
    salary_min = models.PositiveIntegerField(null=True, blank=True)
    salary_max = models.PositiveIntegerField(null=True, blank=True)
    # ISO 4217.
    salary_currency = models.CharField(max_length=3, default="USD")
    priority = models.CharField(max_length=10, choices=Priority, default=Priority.MEDIUM)
    # Where it was found, in the person's own words.
    source = models.CharField(max_length=255, default="", blank=True)
    notes = models.TextField(default="", blank=True)
    # The last day on which one can apply.
    deadline = models.DateField(null=True, blank=True)
    # From 1 to 5.
    excitement = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=SavedJobStatus, default=SavedJobStatus.ACTIVE)
    # Where it stands with the person, while there is one, is that application's to say.
    application = models.OneToOneField(
        "applications.Application", models.SET_NULL, null=True, blank=True, related_name="saved_job"
    )
    # The application came of a move of the job, and nobody has written it down by itself: whoever does, adopts it.
    is_adoptable = models.BooleanField(default=False, db_default=False, editable=False)
    # The posting that was put aside, where that is on this server.
    posting = models.ForeignKey(
        "board.Posting", models.SET_NULL, null=True, blank=True, editable=False, related_name="saved_jobs"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(job_type__in=["", *JobType.values]), name="saved_job_job_type_is_known"),
            models.CheckConstraint(
                condition=Q(work_type__in=["", *WorkType.values]), name="saved_job_work_type_is_known"
            ),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="saved_job_priority_is_known"),
            models.CheckConstraint(condition=Q(status__in=SavedJobStatus.values), name="saved_job_status_is_known"),
            models.CheckConstraint(
                condition=Q(excitement__isnull=True) | Q(excitement__gte=1, excitement__lte=5),
                name="saved_job_excitement_is_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(salary_min__isnull=True) | Q(salary_max__isnull=True) | Q(salary_min__lte=F("salary_max")),
                name="saved_job_salary_range_is_ordered",
            ),
            models.UniqueConstraint(fields=["owner", "posting"], name="saved_job_is_one_of_its_posting"),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="saved_job_list"),
        ]

    def __str__(self) -> str:
        return f"{self.company_name} {self.job_title}".strip()
