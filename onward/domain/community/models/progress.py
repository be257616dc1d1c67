import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Milestone(models.Model):
    """Something that can be reached. The rows come with the migrations."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What the program calls it: "first_application".
    key = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField(default="", blank=True)
    # What earns it, for people and clients to read; what awards it is `services.progress`.
    criteria = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name


class Award(models.Model):
    """Somebody has reached a milestone; they keep it."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="awards", db_index=False)
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="awards")
    reached_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "milestone"], name="award_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} of {self.user_id}"


class Progress(models.Model):
    """How far somebody has come: their streak of days, and how often they have done what earns milestones.

    Counts of actions, not of rows: what is deleted was done all the same. Every action writes this row, so that the
    actions of one person count one after the other.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="progress")
    # Days in a row up to `last_active_on`, which is a day on the person's own clock.
    streak_days = models.PositiveIntegerField(default=0)
    last_active_on = models.DateField(null=True, blank=True)
    # The end of the day after it on that clock: from then on the streak is broken.
    streak_until = models.DateTimeField(null=True, blank=True)
    last_active_at = models.DateTimeField(null=True, blank=True)
    applications = models.PositiveIntegerField(default=0)
    reflections = models.PositiveIntegerField(default=0)
    follows = models.PositiveIntegerField(default=0)
    groups = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    offers = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "progress"
        indexes = [
            models.Index(fields=["-last_active_at"], name="progress_latest"),
        ]

    def __str__(self) -> str:
        return f"progress of {self.user_id}"
