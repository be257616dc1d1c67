"""Reading remarks."""

from django.db import models
from django.db.models import QuerySet

from onward.domain.outreach.models import Remark
from onward.platform.wire import Param

LEAD = Param("lead_id", models.BigIntegerField())


def of_lead() -> QuerySet[Remark]:
    """Return the remarks on one lead; the statement takes ``lead_id``."""
    return Remark.objects.filter(lead_id=LEAD)
