from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from onward.domain.board.choices import InternshipType, JobType, Period, PostingState, WorkType
from onward.platform.record import Record


class Posting(Record):
    """An opening that was found or entered: a job or an internship."""

    employer = models.ForeignKey(
        "companies.Employer", models.PROTECT, null=True, blank=True, related_name="postings", db_index=False
    )
    # As the posting writes it.
    company_name = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    # Plain text, and the same in clean HTML where it came with any.
    description = models.TextField(default="", blank=True)
    description_html = models.TextField(default="", blank=True)
    is_internship = models.BooleanField(default=False)
    internship_type = models.CharField(max_length=20, choices=InternshipType, default="", blank=True)
    job_type = models.CharField(max_length=20, choices=JobType, default="", blank=True)
    # In one line, and by place: a list of {"text", "city", "region", "country"}.
    location = models.TextField(default="", blank=True)
    places = models.JSONField(default=list, blank=True)
    work_mode = models.CharField(max_length=10, choices=WorkType, default="", blank=True)
    pay_min = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    # ISO 4217.
    pay_currency = models.CharField(max_length=3, default="", blank=True)
    pay_period = models.CharField(max_length=10, choices=Period, default="", blank=True)
    # What it pays, in somebody's own words.
    stipend = models.CharField(max_length=255, default="", blank=True)
    skills = models.JSONField(default=list, blank=True)
    department = models.CharField(max_length=255, default="", blank=True)
    level = models.CharField(max_length=100, default="", blank=True)
    language = models.CharField(max_length=35, default="", blank=True)
    url = models.URLField(max_length=2000, default="", blank=True)
    apply_url = models.URLField(max_length=2000, default="", blank=True)
    posted_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    # The moment on that day, where a person has said one; else the day is over at midnight in UTC.
    closes_at = models.DateTimeField(null=True, blank=True)
    # Who may apply: any of {"graduation_years", "programmes", "min_gpa", "work_authorisation"} (see `eligibility`).
    eligibility = models.JSONField(default=dict, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=PostingState, default=PostingState.LIVE)
    # Why it is uncertain or closed.
    state_reason = models.CharField(max_length=200, default="", blank=True)
    state_changed_at = models.DateTimeField(default=timezone.now)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    # Since when it is on this server's own board; from then on no reading changes what it says.
    published_at = models.DateTimeField(null=True, blank=True)
    # Since when it is gone from there, where people took it off for good; applications to it stay.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The names of the fields that a person wrote; no reading changes these.
    written = models.JSONField(default=list, blank=True, editable=False)
    # How much of what the desk looks for it has, 0 to 100, and what each part has added.
    score = models.PositiveSmallIntegerField(default=0)
    score_parts = models.JSONField(default=dict, blank=True)
    # What is compared to tell whether two are the same: company, title and place after normalising.
    company_key = models.CharField(max_length=255, default="", editable=False)
    title_key = models.CharField(max_length=255, default="", editable=False)
    place_key = models.CharField(max_length=255, default="", editable=False)
    # Numbers for the words of company and title: one that may be the same has one of them, too.
    heads = models.BigIntegerField(null=True, editable=False)
    tails = models.BigIntegerField(null=True, editable=False)
    # One that it may be the same as: nobody can tell, so both stay.
    resembles = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="resembled_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PostingState.values), name="posting_state_is_known"),
            models.CheckConstraint(
                condition=Q(internship_type__in=["", *InternshipType.values]), name="posting_internship_type_is_known"
            ),
            models.CheckConstraint(condition=Q(job_type__in=["", *JobType.values]), name="posting_job_type_is_known"),
            models.CheckConstraint(
                condition=Q(work_mode__in=["", *WorkType.values]), name="posting_work_mode_is_known"
            ),
            models.CheckConstraint(
                condition=Q(pay_period__in=["", *Period.values]), name="posting_pay_period_is_known"
            ),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True) | Q(pay_max__isnull=True) | Q(pay_min__lte=F("pay_max")),
                name="posting_pay_is_ordered",
            ),
            models.CheckConstraint(condition=Q(score__lte=100), name="posting_score_is_100_at_most"),
        ]
        indexes = [
            # An employer's postings, the latest first.
            models.Index(fields=["employer", "-first_seen_at", "-id"], name="posting_of_employer"),
            # A batch looks for the same posting at other sources.
            models.Index(fields=["heads"], name="posting_heads"),
            models.Index(fields=["tails"], name="posting_tails"),
            models.Index(
                fields=["-published_at", "-id"], condition=Q(published_at__isnull=False), name="posting_board"
            ),
            # Whose closing day has passed.
            models.Index(
                fields=["closes_on"], condition=Q(closes_on__isnull=False) & ~Q(state="closed"), name="posting_closing"
            ),
        ]

    def __str__(self) -> str:
        return self.title
