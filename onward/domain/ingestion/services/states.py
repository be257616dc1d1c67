"""Writing whether openings can be applied for, and announcing what has changed."""

from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.ingestion.events import StatesChanged
from onward.platform.events import publish_all


def change_states(postings: QuerySet[Posting], to: PostingState, *, reason: str = "", at: datetime) -> list[int]:
    """Let these postings be in a state, but for those that are, and those that a person has closed.

    :returns: the ids of those that were in another one
    """
    before: dict[PostingState, list[int]] = defaultdict(list)
    for pk, state, written in postings.exclude(state=to).order_by("pk").values_list("pk", "state", "written"):
        if "state" not in written:
            before[PostingState(state)].append(pk)
    changed = sorted(pk for ids in before.values() for pk in ids)
    if changed:
        now = {"state": to, "state_reason": reason, "state_changed_at": at, "updated_at": at}
        Posting.objects.filter(pk__in=changed).update(**now)
        publish_all(
            [
                StatesChanged(owner_id=None, at=at, posting_ids=tuple(ids), before=state, after=to, reason=reason)
                for state, ids in before.items()
            ]
        )
    return changed
