from django.db import models
from django.db.models import Q
from django.utils import timezone


class State(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Job(models.Model):
    """A piece of work to do later. The row is the truth: it is created in the transaction that asks for the work."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=100)
    queue = models.CharField(max_length=20, default="default")
    payload = models.JSONField(default=dict)
    # What it works on, where no other of its kind is made while it waits.
    key = models.CharField(max_length=100, default="", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    run_at = models.DateTimeField(default=timezone.now)
    # Of a periodic job: the moment that it stands for. Two schedulers cannot make the same one twice.
    occurrence = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    # Who runs it and until when that is believed; a worker that died lets the lease run out.
    lease_holder = models.CharField(max_length=64, default="", blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    # Percent, as the job itself says.
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=200, default="", blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When a worker was last told of it by a message, where messages are used.
    announced_at = models.DateTimeField(null=True, blank=True)
    # Of the last attempt.
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state_is_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_percent"),
            models.UniqueConstraint(
                fields=["kind", "occurrence"], condition=Q(occurrence__isnull=False), name="job_occurs_once"
            ),
        ]
        indexes = [
            models.Index(fields=["run_at", "id"], condition=Q(state="waiting"), name="job_due"),
            models.Index(fields=["kind", "key"], condition=Q(state="waiting", key__gt=""), name="job_waiting_key"),
            models.Index(fields=["leased_until"], condition=Q(state="running"), name="job_leased"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Tally(models.Model):
    """What became of the jobs whose rows have been swept: with it, the numbers of jobs only ever grow."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State)
    jobs = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["kind", "state"], name="job_tally_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
