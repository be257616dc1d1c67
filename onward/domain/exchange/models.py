from django.conf import settings
from django.db import models
from django.db.models import Q

from onward.domain.exchange.choices import DateOrder, ImportState
from onward.platform.record import Record


class Import(Record):
    """A file of applications that somebody brings in: what they say of it, how far it is, and what came of it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports", db_index=False)
    file_name = models.CharField(max_length=255)
    # The key of the file in the private storage; empty when it is no longer kept.
    file_key = models.CharField(max_length=255, default="", blank=True)
    # What its owner says of its columns: the field, by the header.
    columns = models.JSONField(default=dict, blank=True)
    date_order = models.CharField(max_length=12, choices=DateOrder, default="", blank=True)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.PLANNED)
    # Why it failed, as a sentence.
    problem = models.TextField(default="", blank=True)
    added = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    # Rows that were not added: {"row", "sheet", "fate", "reason", "remarks"}.
    problems = models.JSONField(default=list, blank=True)
    # The applications that it made, by their ids; those that were taken back are no longer among them.
    made = models.JSONField(default=list, blank=True)
    # When it was carried out: what is newer than this was done by its owner.
    ran_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_is_known"),
            models.CheckConstraint(condition=Q(date_order__in=["", *DateOrder.values]), name="import_order_is_known"),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="import_list")]

    def __str__(self) -> str:
        return self.file_name
