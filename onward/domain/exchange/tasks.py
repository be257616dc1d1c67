"""Imports that were asked for, and the clean-up after them."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from onward.domain.exchange import services
from onward.platform.jobs import job, periodic
from onward.platform.jobs.registry import HEAVY


@job(max_attempts=3, queue=HEAVY)
def carry_out(*, import_id: int, zone: str) -> int:
    """Carry an import out. :param zone: its owner's, who says what day it is"""
    return services.carry_out(import_id=import_id, at=timezone.now().astimezone(ZoneInfo(zone)))


@periodic(daily="03:40")
@job(max_attempts=3)
def forget_imports() -> int:
    """Remove the files of old imports."""
    return services.forget_old(at=timezone.now())
