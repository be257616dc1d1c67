"""Lines about postings that somebody has saved: closed, open again, or told anew by their source."""

from collections.abc import Collection
from datetime import datetime

from onward.domain.applications.models import SavedJob
from onward.domain.notifications.choices import CareerNoticeType
from onward.domain.notifications.services import career, notices

CLOSED, REOPENED, REPOSTED = "closed", "reopened", "reposted"
_TITLES = {CLOSED: "Closed", REOPENED: "Open again", REPOSTED: "Posted again"}


def tell(*, posting_ids: Collection[int], change: str, at: datetime) -> int:
    """Tell everybody who has saved these postings what became of them, in the caller's transaction."""
    saved = SavedJob.objects.filter(posting_id__in=posting_ids).order_by("owner_id", "pk")
    rows = saved.values_list("pk", "owner_id", "company_name", "job_title", "posting_id")
    return career.tell(
        [
            notices.notice(
                owner_id=owner_id,
                type_=CareerNoticeType.JOB_STATUS_CHANGE,
                title=f"{_TITLES[change]}: {company}, {title}" if title else f"{_TITLES[change]}: {company}",
                data={"job_id": pk, "posting_id": posting_id, "change": change},
                at=at,
            )
            for pk, owner_id, company, title, posting_id in rows
        ]
    )
