"""Open postings, and searches of them that somebody keeps. "Jobs & Market Data" in the document."""

import json
from http import HTTPStatus

from django.http import HttpResponse
from ninja import Query, Router

from onward.apis.base import Request, answer, local_time
from onward.apis.copilot.postings import part, wanted_of
from onward.apis.copilot.schemas.feed import Asked, FeedOut, OpeningOut, OpeningTold
from onward.domain.feed import services
from onward.domain.feed.choices import Order
from onward.domain.feed.queries import dismissed_ids
from onward.domain.feed.queries.openings import about, opening, opening_with_its_text
from onward.platform.wire import Id, Reading

router = Router(tags=["Feed"])

_OPENING = Reading(OpeningTold, opening_with_its_text)


@router.get("", response=FeedOut, summary="Find open postings")
def feed(request: Request, asked: Query[Asked]) -> HttpResponse:
    """Find open postings by words and filters; ``next_cursor`` leads on. What one has dismissed is left out."""
    found = part(
        wanted_of(asked),
        order=Order(asked.sort),
        cursor=asked.cursor,
        limit=asked.limit,
        owner_id=request.auth.user_id,
        without=dismissed_ids(request.auth.user_id),
        today=local_time(request).date(),
    )
    return answer(json.dumps(found, ensure_ascii=False))


@router.get("/{posting_id}", response=OpeningOut, summary="Read an open posting")
def read(request: Request, posting_id: Id) -> HttpResponse:
    """Read one open posting, also one that was dismissed."""
    return answer(json.dumps(_shown(request, posting_id), ensure_ascii=False))


@router.post("/{posting_id}/dismiss", response=OpeningOut, summary="Dismiss a posting")
def dismiss(request: Request, posting_id: Id) -> HttpResponse:
    """See a posting no more, in the feed and in recommendations. Repeating it is harmless."""
    services.dismiss(owner_id=request.auth.user_id, posting=opening(pk=posting_id), at=request.now)
    return answer(json.dumps(_shown(request, posting_id), ensure_ascii=False))


@router.delete("/{posting_id}/dismiss", response={HTTPStatus.NO_CONTENT: None}, summary="Take a dismissal back")
def take_back(request: Request, posting_id: Id) -> HttpResponse:
    """See a posting again."""
    services.take_back(owner_id=request.auth.user_id, posting=opening(pk=posting_id))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _shown(request: Request, posting_id: int) -> dict[str, object]:
    opening(pk=posting_id)
    row = json.loads(_OPENING.required(pk=posting_id))
    owner_id = request.auth.user_id
    told = about(owner_id=owner_id, companies={row["id"]: row["company"]})[row["id"]]
    return {**row, **told, "is_dismissed": row["id"] in dismissed_ids(owner_id)}
