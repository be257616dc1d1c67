"""What routers of what members write have in common: who sees what, and lists of what an entry said before."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from onward.apis.base import Request, answer
from onward.apis.campus.access import is_admin, is_moderator
from onward.apis.campus.resource import Resource
from onward.apis.campus.schemas.writing import BookmarkOut, LikeOut, VersionOut
from onward.domain.writing.models import Entry
from onward.domain.writing.queries import entries as queries
from onward.domain.writing.services import entries, marks
from onward.platform.refusals import Forbidden
from onward.platform.wire import KEY, Reading

LIKES = Reading(LikeOut, lambda: Entry.objects.filter(pk=KEY))
BOOKMARKS = Reading(BookmarkOut, lambda: Entry.objects.filter(pk=KEY))
HISTORY = Resource(queries.history, row=VersionOut, order="-pk", called="version")
READS_HISTORY = HISTORY.lists


def sight(request: Request) -> dict[str, Any]:
    """Return who asks, and what they see of what others do not."""
    actor = request.auth
    return {"asker_id": actor.user_id, "sees_hidden": is_moderator(actor), "sees_drafts": is_admin(actor)}


def check_may_change(request: Request, entry: Entry, *, moderators: bool) -> None:
    """Check that somebody may change or delete an entry: its author, an admin, and a moderator where they may.

    :raises Forbidden: when they may not
    """
    actor = request.auth
    if entry.author_id != actor.user_id and not is_admin(actor) and not (moderators and is_moderator(actor)):
        raise Forbidden()


def history(request: Request, entry: Entry) -> HttpResponse:
    """Show what an entry said before, to its author and to moderators.

    :raises Forbidden: when it is not for them
    """
    check_may_change(request, entry, moderators=True)
    return HISTORY.page(request, pk=entry.pk)


def changed(request: Request, things: Resource, entry: Entry, *, moderators: bool = True, **where: Any) -> HttpResponse:
    """Change an entry and show it. :param where: what it stands under, as the statement of such things takes it

    :raises Forbidden: when they may not
    """
    check_may_change(request, entry, moderators=moderators)
    changes = things.given(request, entry, **where)
    entries.update(entry=entry, by_id=request.auth.user_id, at=request.now, **changes)
    return things.show(request, entry.pk, **where)


def removed(request: Request, entry: Entry) -> HttpResponse:
    """Remove an entry.

    :raises Forbidden: when they may not
    """
    check_may_change(request, entry, moderators=True)
    entries.remove(entry=entry, by_id=request.auth.user_id, at=request.now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def liked(request: Request, entry: Entry) -> HttpResponse:
    """Like an entry."""
    marks.like(entry=entry, user_id=request.auth.user_id, at=request.now)
    return _likes(request, entry)


def unliked(request: Request, entry: Entry) -> HttpResponse:
    """Like an entry no longer."""
    marks.unlike(entry=entry, user_id=request.auth.user_id)
    return _likes(request, entry)


def _likes(request: Request, entry: Entry) -> HttpResponse:
    """Show how many like an entry, and whether who asks does."""
    return answer(LIKES.required(pk=entry.pk, asker_id=request.auth.user_id))


def bookmark(request: Request, entry: Entry) -> HttpResponse:
    """Show whether who asks has bookmarked a thread."""
    return answer(BOOKMARKS.required(pk=entry.pk, asker_id=request.auth.user_id))
