from django.db import models
from django.db.models import Q

from onward.domain.applications.choices import OutcomeStatus
from onward.platform.record import Record


class Outcome(Record):
    """What came of an application: the offer with its terms. An application has one at most."""

    application = models.OneToOneField("applications.Application", models.CASCADE, related_name="outcome")
    # Empty where nobody has said.
    status = models.CharField(max_length=20, choices=OutcomeStatus, default=OutcomeStatus.OFFER, blank=True)
    # A year's base salary.
    salary = models.PositiveIntegerField(null=True, blank=True)
    # ISO 4217.
    salary_currency = models.CharField(max_length=3, default="USD")
    bonus = models.TextField(default="", blank=True)
    equity = models.TextField(default="", blank=True)
    benefits = models.TextField(default="", blank=True)
    start_date = models.DateField(null=True, blank=True)
    # Until when the offer can be accepted.
    deadline = models.DateField(null=True, blank=True)
    negotiation_notes = models.TextField(default="", blank=True)
    notes = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["", *OutcomeStatus.values]), name="outcome_status_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_status_display() or "outcome"
