"""Reading follow-ups."""

from typing import Any

from django.db import models
from django.db.models import ExpressionWrapper, Q, QuerySet

from onward.domain.outreach.models import FollowUp
from onward.platform.refusals import Missing
from onward.platform.wire import From, Param

LEAD = Param("lead_id", models.BigIntegerField())
COMPLETED = Q(completed_at__isnull=False)


def _is_completed(at: Any) -> Any:
    return ExpressionWrapper(Q(**{at("completed_at__isnull"): False}), output_field=models.BooleanField())


IS_COMPLETED = From(_is_completed)


def followups() -> QuerySet[FollowUp]:
    """Return every follow-up."""
    return FollowUp.objects.all()


def of_lead() -> QuerySet[FollowUp]:
    """Return the follow-ups of one lead; the statement takes ``lead_id``."""
    return FollowUp.objects.filter(lead_id=LEAD)


def followup(*, pk: int) -> FollowUp:
    """Return a follow-up with its lead.

    :raises Missing: when there is none of that number
    """
    found = FollowUp.objects.select_related("lead").filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found
