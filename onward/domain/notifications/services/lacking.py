"""Lines about what postings ask for that somebody lacks: on Mondays, where that has changed since the last."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onward.domain.matching.gaps import Demand, Gap, gap
from onward.domain.notifications import clock
from onward.domain.notifications.choices import CareerNoticeType
from onward.domain.notifications.models import Notice
from onward.domain.notifications.queries import notice_wishes
from onward.domain.notifications.services import career, notices
from onward.domain.notifications.services.matches import BATCH, people
from onward.platform.jobs import progress

# Skills that are named.
NAMED = 5


def tell_due(*, at: datetime) -> int:
    """Tell everybody whose Monday morning has come what they lack that opens more; returns how many lines that made."""
    everybody = list(people().order_by("pk").values_list("pk", "timezone"))
    told = 0
    for start in range(0, len(everybody), BATCH):
        progress(100 * start // len(everybody))
        part = dict(everybody[start : start + BATCH])
        wishes = notice_wishes(part.keys())
        for owner_id, zone in part.items():
            now = at.astimezone(clock.zone(zone))
            is_morning = now.weekday() == 0 and now.time() >= clock.SUMMARY_AT
            if is_morning and wishes[owner_id].wants(CareerNoticeType.SKILL_GAP_REPORT):
                told += _tell(owner_id, now)
    return told


def _tell(owner_id: int, at: datetime) -> int:
    """Tell somebody what they lack. :param at: now, on their clock"""
    key = f"gap:{at.date()}"
    before = Notice.objects.filter(owner_id=owner_id, type=CareerNoticeType.SKILL_GAP_REPORT)
    last = before.order_by("-pk").values_list("key", "data").first()
    if last is not None and last[0] == key:
        return 0
    found = gap(owner_id=owner_id, at=at)
    named = [demand for demand in found.missing if demand.opens][:NAMED]
    if not named or (last is not None and {one["skill"] for one in last[1]["skills"]} == {one.skill for one in named}):
        return 0
    return career.tell([_line(owner_id, found, named, key, at)])


def _line(owner_id: int, found: Gap, named: Sequence[Demand], key: str, at: datetime) -> dict[str, Any]:
    first = named[0]
    more = f"{first.opens} more {'opening' if first.opens == 1 else 'openings'} would suit you"
    return notices.notice(
        owner_id=owner_id,
        type_=CareerNoticeType.SKILL_GAP_REPORT,
        title=f"With {first.skill}, {more}",
        message="\n".join(f"{one.skill}: named by {one.count} of {found.openings}, opens {one.opens}" for one in named),
        data={
            "skills": [{"skill": one.skill, "count": one.count, "opens": one.opens} for one in named],
            "openings": found.openings,
            "skill_coverage_percentage": found.coverage,
        },
        key=key,
        at=at,
    )
