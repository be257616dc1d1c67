"""Reading leads."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from onward.domain.ingestion.models import Sighting
from onward.domain.outreach.choices import ENDED, LeadStatus
from onward.domain.outreach.models import FollowUp, Lead
from onward.platform.refusals import Missing
from onward.platform.wire import KEY, Param, Statement

# How long nobody may do anything about a lead that is somebody's work, with nothing planned, until it is stale.
STALE_AFTER = timedelta(days=14)
STALE_BEFORE = Param("stale_before", models.DateTimeField())
# These are somebody's work.
OPEN = tuple(status for status in LeadStatus if status not in ENDED)


def when_stale(at: datetime) -> datetime:
    """Return before when a lead must have been touched last to be stale."""
    return at - STALE_AFTER


def leads(*, stale_before: Any = STALE_BEFORE) -> QuerySet[Lead]:
    """Return all leads, each with its ``source``, the day of its ``next_followup`` and whether it is ``stale``.

    Of several sources it is the one in whose words the posting is kept; of none it is null.

    :param stale_before: where it is not a statement that takes it
    """
    planned = FollowUp.objects.filter(lead_id=OuterRef("pk"), completed_at__isnull=True)
    is_stale = Q(status__in=OPEN) & Q(touched_at__lt=stale_before) & ~Exists(planned)
    seen = Sighting.objects.filter(posting_id=OuterRef("posting_id"))
    return Lead.objects.annotate(
        source=Subquery(seen.order_by("-is_telling", "pk").values("source__name")[:1]),
        next_followup=Subquery(planned.order_by("due_date").values("due_date")[:1]),
        stale=Case(When(is_stale, then=True), default=False, output_field=models.BooleanField()),
    )


def seen_at(source: Any) -> Exists:
    """Match leads whose posting is or was at a source. :param source: its name"""
    return Exists(Sighting.objects.filter(posting_id=OuterRef("posting_id"), source__name=source))


def seen_anywhere() -> Exists:
    """Match leads whose posting a source has told of; the others were made by hand."""
    return Exists(Sighting.objects.filter(posting_id=OuterRef("posting_id")))


def lead(*, pk: int) -> Lead:
    """Return a lead with its posting.

    :raises Missing: when there is none of that number
    """
    found = Lead.objects.select_related("posting").filter(pk=pk).first()
    if found is None:
        raise Missing()
    return found


_ANY = Statement(lambda: Lead.objects.filter(pk=KEY).values_list("pk"))


def require(*, pk: int) -> None:
    """Make sure that there is a lead of a number.

    :raises Missing: when there is none
    """
    if _ANY.first(pk=pk) is None:
        raise Missing()


def called(pk: int) -> str:
    """Return what people call a lead: its company and title."""
    row = Lead.objects.filter(pk=pk).values_list("posting__company_name", "posting__title").first()
    return ", ".join(row or ())


def told_apart(keys: Collection[int]) -> tuple[list[int], list[int]]:
    """Return those of some numbers that leads have, and the others; each once and in their order."""
    known = set(Lead.objects.filter(pk__in=keys).values_list("pk", flat=True))
    each = dict.fromkeys(keys)
    return [key for key in each if key in known], [key for key in each if key not in known]


_LOAD = Statement(
    lambda: (
        Lead.objects.filter(assigned_to_id=KEY, status__in=OPEN)
        .values("status")
        .annotate(count=models.Count("pk"))
        .order_by()
        .values_list("status", "count")
    )
)


def load(*, user_id: int) -> dict[str, int]:
    """Return how many open leads are somebody's, by status."""
    counted = dict(_LOAD.rows(pk=user_id))
    return {status.value: counted.get(status.value, 0) for status in OPEN}
