from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.matching.choices import OPEN, TaskStatus
from onward.platform.record import Record


class Ranking(Record):
    """What suits somebody, compared more closely than a request has time for. A job makes it; this row says how far."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rankings", db_index=False)
    status = models.CharField(max_length=10, choices=TaskStatus, default=TaskStatus.PENDING)
    # How many openings are wanted.
    most = models.PositiveSmallIntegerField(default=20)
    # 0 to 100.
    progress = models.PositiveSmallIntegerField(default=0)
    # The openings, as they were when they were compared, the model that compared them, and warnings.
    result = models.JSONField(null=True, blank=True)
    error = models.TextField(default="", blank=True)
    # Tells one attempt from the next: only the last one to begin may write down how it ended.
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=TaskStatus.values), name="ranking_status_is_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="ranking_progress_is_100_at_most"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, ended_at__isnull=True) | (~Q(status__in=OPEN) & Q(ended_at__isnull=False)),
                name="ranking_ends_once",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at", "-id"], name="ranking_list")]

    def __str__(self) -> str:
        return f"Ranking {self.pk}"
