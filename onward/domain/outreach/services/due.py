"""Telling of follow-ups that are due: who is told of what is decided here, and by what mail or notice elsewhere."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from onward.domain.outreach.models import FollowUp, Lead
from onward.domain.outreach.queries.due import due, untold


@transaction.atomic
def take_due(*, zones: Sequence[str], day: date, planned_before: datetime, most: int, at: datetime) -> list[FollowUp]:
    """Note of follow-ups that those who must do them are told, each once whoever asks, and return them.

    :param zones: the clocks on which the day has come
    :param planned_before: who plans one after that, for a day that has begun, knows of it
    :param most: how many
    :returns: with their postings and whose they are to do (`queries.due`)
    """
    rows = untold(by=day, zones=zones).filter(planned_at__lt=planned_before)
    found = dict(rows.order_by("pk").values_list("pk", "lead_id")[:most])
    # Leads before what hangs on them, as everybody locks them who changes or removes both.
    list(Lead.objects.select_for_update(no_key=True).filter(pk__in=found.values()).order_by("pk").values_list("pk"))
    ours = due(by=day).select_for_update(of=("self",), no_key=True).filter(pk__in=found, told_at__isnull=True)
    taken = list(ours.select_related("lead__posting").order_by("pk"))
    FollowUp.objects.filter(pk__in=[followup.pk for followup in taken]).update(told_at=at)
    return taken
