"""Section 9 of the campus document: comments on videos."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request
from onward.apis.campus.resource import Resource
from onward.apis.campus.schemas.videos import CommentChanges, CommentIn, CommentOut, CommentText
from onward.apis.campus.schemas.writing import LikeOut
from onward.apis.campus.videos import video_of
from onward.apis.campus.writing import READS_HISTORY, changed, history, liked, removed, sight, unliked
from onward.domain.writing.choices import EntryKind
from onward.domain.writing.models import Entry
from onward.domain.writing.queries import entries as queries
from onward.domain.writing.services import entries
from onward.platform.wire import Id

router = Router(tags=["Video comments"])

COMMENTS = Resource(
    queries.comments,
    row=CommentOut,
    body=CommentText,
    changes=CommentChanges,
    search=("content",),
    orders=("created_at",),
    order="-created_at",
    counts=queries.comment_count,
    values=sight,
    called="comment",
)


@router.get("{video_id}/comments/", **COMMENTS.lists, summary="List all comments on a video")
def list_comments(request: Request, video_id: Id) -> HttpResponse:
    """List the comments on a video, the latest first."""
    return COMMENTS.page(request, empty=lambda: video_of(request, video_id), parent_id=video_id)


@router.post("{video_id}/comments/", **COMMENTS.creates, summary="Post a new comment on a video")
def create(request: Request, video_id: Id, body: CommentIn) -> HttpResponse:
    """Write a comment on a video."""
    made = entries.write_below(
        kind=EntryKind.COMMENT,
        parent=video_of(request, video_id),
        author_id=request.auth.user_id,
        at=request.now,
        **COMMENTS.fields(request, body),
    )
    return COMMENTS.made(request, made, parent_id=video_id)


@router.get("{video_id}/comments/{comment_id}/", **COMMENTS.reads, summary="Retrieve a specific comment")
def get_comment(request: Request, video_id: Id, comment_id: Id) -> HttpResponse:
    """Read a comment."""
    return COMMENTS.show(request, comment_id, parent_id=video_id)


@router.put("{video_id}/comments/{comment_id}/", **COMMENTS.replaces, summary="Update a specific comment")
def update(request: Request, video_id: Id, comment_id: Id) -> HttpResponse:
    """Change a comment; what it said before is kept in its history."""
    return changed(request, COMMENTS, _comment(request, video_id, comment_id), parent_id=video_id)


@router.delete("{video_id}/comments/{comment_id}/", **COMMENTS.deletes, summary="Delete a specific comment")
def delete(request: Request, video_id: Id, comment_id: Id) -> HttpResponse:
    """Remove a comment; for thirty days a moderator can restore it."""
    return removed(request, _comment(request, video_id, comment_id))


@router.get("{video_id}/comments/{comment_id}/history/", **READS_HISTORY, summary="See what a comment said before")
def comment_history(request: Request, video_id: Id, comment_id: Id) -> HttpResponse:
    """List what a comment said before it was changed, the latest first; for its author and moderators."""
    return history(request, _comment(request, video_id, comment_id))


@router.post("{video_id}/comments/{comment_id}/like/", response=LikeOut, summary="Like a specific comment")
def like(request: Request, video_id: Id, comment_id: Id) -> HttpResponse:
    """Like a comment."""
    return liked(request, _comment(request, video_id, comment_id))


@router.delete("{video_id}/comments/{comment_id}/like/", response=LikeOut, summary="Take back a like of a comment")
def unlike(request: Request, video_id: Id, comment_id: Id) -> HttpResponse:
    """Like a comment no longer."""
    return unliked(request, _comment(request, video_id, comment_id))


def _comment(request: Request, video_id: int, pk: int) -> Entry:
    return queries.entry(EntryKind.COMMENT, pk=pk, sight=sight(request), parent_id=video_id)
