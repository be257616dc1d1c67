"""Posts, and what people think of them. Who sees which is decided in the domain's `queries.posts`."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.bodies import sent, takes
from onward.apis.offers.lenses import REACTION
from onward.apis.offers.lists import MOST_OF_OTHERS, Limit, Skip
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.posts import (
    PostChanges,
    PostIn,
    PostResponse,
    ReactionIn,
    ReactionResponse,
    in_the_record,
)
from onward.domain.community.queries import groups
from onward.domain.community.queries import posts as queries
from onward.domain.community.services import posts
from onward.platform.wire import EMPTY_IS_NULL, Listing, Reading

router = Router(tags=["Posts"])

ORDER = ("-created_at",)
FEED = Listing(PostResponse, queries.feed, order=ORDER)
GROUP_FEED = Listing(PostResponse, queries.group_feed, order=ORDER)
MINE = Listing(PostResponse, queries.mine, order=ORDER)
READING = Reading(PostResponse, queries.one)
OWN_REACTION = Reading(ReactionResponse, queries.reaction)


def _document(request: Request, uid: UUID) -> str:
    document = READING.one(asker_id=request.auth.user_id, uid=uid)
    if document is None:
        raise queries.unknown()
    return document


@router.post("posts", response={HTTPStatus.CREATED: PostResponse}, summary="Write a post")
def create(request: Request, body: PostIn) -> HttpResponse:
    """Write a post, in a group that one is in or in none."""
    user_id = request.auth.user_id
    fields = in_the_record(body.model_dump(exclude_unset=True, exclude={"group_id"}))
    group = groups.group(asker_id=user_id, uid=body.group_id) if body.group_id else None
    post = posts.share(author_id=user_id, group=group, at=local_time(request), **fields)
    return answer(_document(request, post.uid), HTTPStatus.CREATED)


@router.get("posts/feed", response=list[PostResponse], summary="Read the feed")
def feed(
    request: Request,
    group_id: Annotated[UUID | None, EMPTY_IS_NULL] = None,
    skip: Skip = 0,
    limit: Limit = 50,
) -> HttpResponse:
    """Read the public posts that one may see, or what is in one group; the latest first."""
    asker_id, limit = request.auth.user_id, min(limit, MOST_OF_OTHERS)
    if group_id is None:
        return answer(FEED.slice(limit=limit, offset=skip, asker_id=asker_id))
    groups.require(asker_id=asker_id, uid=group_id)
    return answer(GROUP_FEED.slice(limit=limit, offset=skip, asker_id=asker_id, group_uid=group_id))


@router.get("posts/mine", response=list[PostResponse], summary="List one's posts")
def list_mine(request: Request, skip: Skip = 0, limit: Limit = 50) -> HttpResponse:
    """List what one wrote oneself, the latest first."""
    return answer(MINE.slice(limit=limit, offset=skip, asker_id=request.auth.user_id))


@router.put("posts/{post_id}", response=PostResponse, summary="Update a post", openapi_extra=takes(PostChanges))
def update(request: Request, post_id: UUID) -> HttpResponse:
    """Change a post that one wrote; what is absent stays as it is."""
    post = queries.written(by=request.auth.user_id, uid=post_id)
    changes = sent(request, PostChanges, shown=_document(request, post_id))
    posts.update(post=post, at=local_time(request), **in_the_record(changes))
    return answer(_document(request, post_id))


@router.delete("posts/{post_id}", response=Done, summary="Delete a post")
def delete(request: Request, post_id: UUID) -> HttpResponse:
    """Delete a post that one wrote."""
    posts.delete(post=queries.written(by=request.auth.user_id, uid=post_id))
    return JsonResponse({"detail": "Post deleted"})


@router.post("posts/{post_id}/react", response={HTTPStatus.CREATED: ReactionResponse}, summary="React to a post")
def react(request: Request, post_id: UUID, body: ReactionIn) -> HttpResponse:
    """Say what one thinks of a post, in place of what one said before."""
    user_id = request.auth.user_id
    post = queries.post(asker_id=user_id, uid=post_id)
    posts.react(post=post, user_id=user_id, reaction=REACTION.read(body.reaction), at=local_time(request))
    return answer(OWN_REACTION.required(asker_id=user_id, uid=post_id), HTTPStatus.CREATED)


@router.delete("posts/{post_id}/react", response=Done, summary="Take a reaction back")
def withdraw(request: Request, post_id: UUID) -> HttpResponse:
    """Take back what one said of a post."""
    posts.withdraw(post_uid=post_id, user_id=request.auth.user_id)
    return JsonResponse({"detail": "Reaction removed"})
