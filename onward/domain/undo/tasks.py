"""What is done to very many, and the clean-up."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from onward.domain.undo import services
from onward.platform.jobs import job, periodic
from onward.platform.jobs.registry import HEAVY


@job(max_attempts=3, queue=HEAVY)
def go_on(*, undo_id: int, pks: list[int], do: str, given: dict[str, Any], zone: str) -> int:
    """Do the same to the next ones of many. :param zone: their owner's"""
    at = timezone.now().astimezone(ZoneInfo(zone))
    return services.go_on(undo_id=undo_id, pks=pks, do=do, given=given, at=at)


@periodic(daily="03:55")
@job(max_attempts=3)
def forget() -> int:
    """Forget what cannot be taken back any more."""
    return services.forget_old(at=timezone.now())
