"""Posts, and what people think of them. Who sees which is decided in the domain's `queries.posts`."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer, local_time
from onward.apis.filters import ByUuid
from onward.apis.offers.lenses import REACTION
from onward.apis.offers.resource import Shared, done
from onward.apis.offers.schemas.done import Done
from onward.apis.offers.schemas.posts import PostChanges, PostIn, PostResponse, ReactionIn, ReactionResponse
from onward.domain.community.queries import groups
from onward.domain.community.queries import posts as queries
from onward.domain.community.services import posts
from onward.platform.wire import Reading

router = Router(tags=["Posts"])

POSTS = Shared(queries.visible, row=PostResponse, body=PostIn, changes=PostChanges)
FEED = Shared(queries.feed, row=PostResponse, order="-created_at")
GROUP_FEED = Shared(queries.visible, row=PostResponse, filters={"group_id": ByUuid("group__uid")}, order="-created_at")
MINE = Shared(queries.mine, row=PostResponse, order="-created_at")
OWN_REACTION = Reading(ReactionResponse, queries.reaction)


@router.post("posts", **POSTS.creates, summary="Write a post")
def create(request: Request, body: PostIn) -> HttpResponse:
    """Write a post, in a group that one is in or in none."""
    fields = POSTS.fields(request, body)
    return POSTS.made(request, posts.share(author_id=request.auth.user_id, at=local_time(request), **fields))


@router.get("posts/feed", **GROUP_FEED.lists, summary="Read the feed")
def feed(request: Request) -> HttpResponse:
    """Read the public posts that one may see, or what is in one group; the latest first."""
    group_uid = GROUP_FEED.asked(request)["group_id"]
    if group_uid is None:
        return FEED.page(request)
    groups.require(asker_id=request.auth.user_id, uid=group_uid)
    return GROUP_FEED.page(request)


@router.get("posts/mine", **MINE.lists, summary="List one's posts")
def list_mine(request: Request) -> HttpResponse:
    """List what one wrote oneself, the latest first."""
    return MINE.page(request)


@router.put("posts/{post_id}", **POSTS.changes, summary="Update a post")
def update(request: Request, post_id: UUID) -> HttpResponse:
    """Change a post that one wrote; what is absent stays as it is."""
    post = queries.written(by=request.auth.user_id, uid=post_id)
    posts.update(post=post, at=local_time(request), **POSTS.given(request, post))
    return POSTS.show(request, post_id)


@router.delete("posts/{post_id}", **POSTS.deletes, summary="Delete a post")
def delete(request: Request, post_id: UUID) -> HttpResponse:
    """Delete a post that one wrote."""
    posts.delete(post=queries.written(by=request.auth.user_id, uid=post_id), at=request.now)
    return POSTS.gone()


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
    return done("Reaction removed")
