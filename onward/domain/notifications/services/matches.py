"""Lines about new postings that suit somebody: each once, and ten a day at most."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from onward.domain.accounts.models import User
from onward.domain.matching import recommending
from onward.domain.matching.recommending import Recommendation
from onward.domain.matching.score import GOOD
from onward.domain.notifications import clock
from onward.domain.notifications.choices import CareerNoticeType
from onward.domain.notifications.events import JobMatched
from onward.domain.notifications.models import Notice
from onward.domain.notifications.queries import notice_wishes
from onward.domain.notifications.services import career, notices
from onward.domain.notifications.wishes import NoticeWishes
from onward.domain.resumes.models import Fact
from onward.platform.events import publish_all
from onward.platform.jobs import progress

A_DAY = 10
# What was found longer ago is no news; and what could not be told at its time is told until then.
NEW = timedelta(days=1)
BATCH = 200
_KEY = "match:"


def tell_due(*, at: datetime) -> int:
    """Tell everybody of the postings of the last day that suit them; returns how many lines that made."""
    everybody = list(people().order_by("pk").values_list("pk", "timezone"))
    told = 0
    for start in range(0, len(everybody), BATCH):
        progress(100 * start // len(everybody))
        part = dict(everybody[start : start + BATCH])
        wishes = notice_wishes(part.keys())
        for owner_id, zone in part.items():
            if wishes[owner_id].wants(CareerNoticeType.NEW_JOB_MATCH):
                told += _tell(owner_id, zone, at, wishes[owner_id])
    return told


def people() -> Any:
    """Return those of whom something is known that an opening can suit."""
    facts = Fact.objects.filter(resume__owner=OuterRef("pk"), resume__is_default=True, refused_at=None)
    return User.objects.filter(Q(Exists(facts)) | ~Q(skills=[]) | ~Q(desired_role=""), is_active=True)


def _tell(owner_id: int, zone: str, at: datetime, wishes: NoticeWishes) -> int:
    now = at.astimezone(clock.zone(zone))
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    lines = Notice.objects.filter(owner_id=owner_id, type=CareerNoticeType.NEW_JOB_MATCH, key__startswith=_KEY)
    left = A_DAY - lines.filter(created_at__gte=midnight).aggregate(n=Count("pk"))["n"]
    if left <= 0:
        return 0
    found = [one for one in recommending.new(owner_id=owner_id, at=now, since=at - NEW) if one.measured.score >= GOOD]
    known = set(lines.filter(key__in=[_key(one) for one in found]).values_list("key", flat=True))
    return _write(owner_id, [one for one in found if _key(one) not in known][:left], at, wishes)


@transaction.atomic
def _write(owner_id: int, found: Sequence[Recommendation], at: datetime, wishes: NoticeWishes) -> int:
    told = career.tell(list(_lines(owner_id, found, at)))
    # Of two who tell the same at once, one has: that one pushes it.
    if told and told == len(found) and wishes.push_enabled:
        publish_all([_matched(owner_id, one, at) for one in found])
    return told


def _matched(owner_id: int, one: Recommendation, at: datetime) -> JobMatched:
    listed = one.listed
    said = {name: getattr(listed, name) for name in ("posting_id", "company", "title", "location", "url")}
    return JobMatched(owner_id=owner_id, at=at, job=said, match_score=one.measured.score)


def _key(one: Recommendation) -> str:
    return f"{_KEY}{one.listed.pk}"


def _lines(owner_id: int, found: Iterable[Recommendation], at: datetime) -> Iterable[dict[str, Any]]:
    for one in found:
        told = one.packed()
        yield notices.notice(
            owner_id=owner_id,
            type_=CareerNoticeType.NEW_JOB_MATCH,
            title=f"New match: {told['company']}, {told['title']}",
            message="\n".join(told["reasons"]),
            data={"posting_id": told["pk"], "match_score": told["match_score"]},
            key=_key(one),
            at=at,
        )
