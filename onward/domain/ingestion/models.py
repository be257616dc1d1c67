from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onward.domain.ingestion.choices import OPEN_RUNS, Mode, Origin, ReadingState, RunState
from onward.platform.record import Record


class Source(Record):
    """Somebody else's server that postings are read from: one board, one feed or one page."""

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=30)
    # In the place of the kind's public address; of a career page, the page.
    base_url = models.CharField(max_length=2000, default="", blank=True)
    board = models.CharField(max_length=255, default="", blank=True)
    # Whose board it is, where its postings do not say.
    company = models.CharField(max_length=255, default="", blank=True)
    # Requests a day; none: as its kind has it.
    daily_limit = models.PositiveIntegerField(null=True, blank=True)
    is_enabled = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ADMIN)
    # Since when the operator's file, or this program, names it no longer.
    left_at = models.DateTimeField(null=True, blank=True)
    # Of the last reading that came to its end.
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_found = models.PositiveIntegerField(default=0)
    last_new = models.PositiveIntegerField(default=0)
    # Readings in a row that have failed, why the last one did, and until when it is left alone for it.
    failures = models.PositiveIntegerField(default=0)
    last_failure_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, default="", blank=True)
    resting_until = models.DateTimeField(null=True, blank=True)
    # What tells its server which answers were taken in, by address.
    etags = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="source_origin_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Counts(models.Model):
    """What came of reading. Found are those saved, those that were known already, and those that were rejected."""

    found = models.PositiveIntegerField(default=0)
    saved = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    # Of those that were kept: what became a lead, and what did not.
    leads = models.PositiveIntegerField(default=0)
    filtered = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Run(Record, Counts):
    """One time that sources are read, because somebody or the schedule asked for it."""

    mode = models.CharField(max_length=10, choices=Mode, default=Mode.DEFAULT)
    # Whether its postings become leads; all are kept either way.
    makes_leads = models.BooleanField(default=True)
    # Which of them do: types of internship, places, and the least score. Empty lists filter nothing.
    internship_types = models.JSONField(default=list, blank=True)
    locations = models.JSONField(default=list, blank=True)
    threshold = models.PositiveSmallIntegerField(default=0)
    # Nobody: the schedule or the command line.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_is_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="run_mode_is_known"),
            models.CheckConstraint(condition=Q(threshold__lte=100), name="run_threshold_is_100_at_most"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=OPEN_RUNS), name="run_open"),
        ]

    def __str__(self) -> str:
        return f"Run {self.pk}"


class Reading(Counts):
    """A source in a run."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.CASCADE, related_name="readings", db_index=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="readings", db_index=False)
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.QUEUED)
    # The job that reads it, and how often it was begun: who began before the last one may write no more.
    job_id = models.BigIntegerField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    # How many are usually found there; 0: not known.
    expected = models.PositiveIntegerField(default=0)
    # Whether its source answered that nothing has changed.
    is_unchanged = models.BooleanField(default=False)
    # Why it failed or was skipped.
    error = models.CharField(max_length=500, default="", blank=True)
    # Why postings were rejected, and how many for it.
    reasons = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReadingState.values), name="reading_state_is_known"),
            models.UniqueConstraint(fields=["run", "source"], name="reading_is_one_of_a_run"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(state=ReadingState.RUNNING), name="reading_is_one_at_a_time"
            ),
        ]
        indexes = [
            # The last ones of a source, and the first that waits.
            models.Index(fields=["source", "state", "id"], name="reading_of_source"),
            models.Index(fields=["id"], condition=Q(state__in=["queued", "running"]), name="reading_open"),
        ]

    def __str__(self) -> str:
        return f"Reading {self.pk}"


class Sighting(models.Model):
    """A posting at a source."""

    id = models.BigAutoField(primary_key=True)
    posting = models.ForeignKey("board.Posting", models.CASCADE, related_name="sightings")
    source = models.ForeignKey(Source, models.PROTECT, related_name="sightings", db_index=False)
    # By what its source tells it from others.
    external_id = models.CharField(max_length=255)
    url = models.CharField(max_length=2000, default="", blank=True)
    # Digests of the address, less what tells visitors apart, and of all that the source says.
    url_key = models.CharField(max_length=32, default="", blank=True)
    content_key = models.CharField(max_length=32, default="", blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    # Whether the posting says what this source says of it; of several sources the first one does.
    is_telling = models.BooleanField(default=True)
    # The last reading that saw it: in that one it is counted already.
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="+", db_index=False)
    # Readings in a row that should have seen it and did not: one may be a mistake, after two it is gone.
    missed = models.PositiveSmallIntegerField(default=0)
    # When its own page was last asked whether it is still there.
    page_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="sighting_is_one_of_a_source"),
        ]
        indexes = [
            models.Index(fields=["url_key", "posting"], condition=~Q(url_key=""), name="sighting_url"),
            models.Index(fields=["source", "missed", "id"], name="sighting_missed"),
        ]

    def __str__(self) -> str:
        return f"{self.external_id}"


class Host(models.Model):
    """A server that sources are asked at, as all processes see it."""

    # Scheme, host and port.
    origin = models.CharField(max_length=300, unique=True)
    # Nobody asks it before then; in seconds since 1970.
    free_from = models.FloatField(default=0)

    def __str__(self) -> str:
        return self.origin


class Turn(models.Model):
    """A reading that waits for its turn at a host, or has it."""

    host = models.ForeignKey(Host, models.CASCADE, related_name="turns", db_index=False)
    # Of those that wait, the lowest comes first.
    place = models.BigIntegerField()
    has_come = models.BooleanField(default=False)
    # Renewed while somebody waits for it or uses it.
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["host", "place", "id"], name="turn_in_order")]

    def __str__(self) -> str:
        return f"Turn {self.pk}"
