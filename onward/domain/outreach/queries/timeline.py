"""Reading what has happened to leads and employers."""

from django.db import models
from django.db.models import QuerySet

from onward.domain.outreach.models import LeadActivity
from onward.platform.wire import Param

LEAD = Param("lead_id", models.BigIntegerField())
EMPLOYER = Param("employer_id", models.BigIntegerField())


def of_lead() -> QuerySet[LeadActivity]:
    """Return what has happened to one lead; the statement takes ``lead_id``."""
    return LeadActivity.objects.filter(lead_id=LEAD)


def of_employer() -> QuerySet[LeadActivity]:
    """Return what has happened to one employer and to its leads; the statement takes ``employer_id``."""
    return LeadActivity.objects.filter(employer_id=EMPLOYER)
