"""Section 4 of the campus document: forums, their threads, and posts in them."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request
from onward.apis.campus.access import admins, is_moderator
from onward.apis.campus.resource import Resource
from onward.apis.campus.schemas.writing import (
    BookmarkOut,
    ForumChanges,
    ForumIn,
    ForumOut,
    FoundOut,
    LikeOut,
    PostChanges,
    PostIn,
    PostOut,
    PostText,
    ReadIn,
    ThreadChanges,
    ThreadIn,
    ThreadOut,
)
from onward.apis.campus.searching import Found
from onward.apis.campus.writing import (
    READS_HISTORY,
    bookmark,
    changed,
    check_may_change,
    history,
    liked,
    removed,
    sight,
    unliked,
)
from onward.domain.writing.choices import EntryKind
from onward.domain.writing.models import Entry
from onward.domain.writing.queries import entries as queries
from onward.domain.writing.queries import forums as found
from onward.domain.writing.queries import search as searching
from onward.domain.writing.services import entries, forums, marks
from onward.platform.wire import Id

router = Router(tags=["Forums"])

FORUMS = Resource(
    found.forums,
    row=ForumOut,
    body=ForumIn,
    changes=ForumChanges,
    search=("title", "description"),
    orders=("created_at", "title"),
    order="-created_at",
)
THREADS = Resource(
    queries.threads,
    row=ThreadOut,
    body=ThreadIn,
    changes=ThreadChanges,
    search=("title", "content"),
    orders=("created_at", "title"),
    order=("-is_pinned", "-created_at"),
    counts=queries.thread_count,
    values=sight,
    called="thread",
)
BOOKMARKED = Resource(
    queries.bookmarked,
    row=ThreadOut,
    search=("title", "content"),
    order="-bookmarks__created_at",
    values=sight,
    called="thread",
)
POSTS = Resource(
    queries.posts,
    row=PostOut,
    body=PostIn,
    changes=PostChanges,
    search=("content",),
    order="pk",
    counts=queries.post_count,
    values=sight,
    called="post",
)
FOUND = Resource(
    searching.found, row=FoundOut, search=("title", "content"), order="-pk", paging=Found(usual=20, most=100)
)
# A moderator's alone.
HELD = ("is_pinned", "is_locked")


@router.get("", **FORUMS.lists, summary="List all forums")
def list_forums(request: Request) -> HttpResponse:
    """List forums, the latest first."""
    return FORUMS.page(request)


@router.post("", **FORUMS.creates, auth=admins, summary="Create a new forum")
def create_forum(request: Request, body: ForumIn) -> HttpResponse:
    """Make a forum; for admins."""
    return FORUMS.made(request, forums.create(at=request.now, **FORUMS.fields(request, body)))


@router.get("bookmarks/", **BOOKMARKED.lists, summary="List one's bookmarked threads")
def list_bookmarks(request: Request) -> HttpResponse:
    """List the threads that one has bookmarked, the latest bookmark first."""
    return BOOKMARKED.page(request)


@router.get("search/", **FOUND.lists, summary="Search threads and posts")
def search(request: Request) -> HttpResponse:
    """Find threads and posts that have every word of `search`, with any ending, the newest 1,000; the latest first."""
    return FOUND.page(request)


@router.get("{forum_id}/", **FORUMS.reads, summary="Retrieve a specific forum")
def get_forum(request: Request, forum_id: Id) -> HttpResponse:
    """Read what a forum is about."""
    return FORUMS.show(request, forum_id)


@router.put("{forum_id}/", **FORUMS.replaces, auth=admins, summary="Update a specific forum")
def update_forum(request: Request, forum_id: Id) -> HttpResponse:
    """Change a forum; for admins."""
    forum = found.forum(pk=forum_id)
    forums.update(forum=forum, at=request.now, **FORUMS.given(request, forum))
    return FORUMS.show(request, forum_id)


@router.delete("{forum_id}/", **FORUMS.deletes, auth=admins, summary="Delete a specific forum")
def delete_forum(request: Request, forum_id: Id) -> HttpResponse:
    """Delete a forum with all its threads, for good; for admins."""
    forums.delete(forum=found.forum(pk=forum_id))
    return FORUMS.gone()


# Threads


@router.get("{forum_id}/threads/", **THREADS.lists, summary="List all threads in a forum")
def list_threads(request: Request, forum_id: Id) -> HttpResponse:
    """List the threads of a forum: pinned ones first, then the latest."""
    return _page(request, THREADS, forum_id)


@router.post("{forum_id}/threads/", **THREADS.creates, summary="Create a new thread in a forum")
def create_thread(request: Request, forum_id: Id, body: ThreadIn) -> HttpResponse:
    """Begin a thread."""
    fields = _without_held(request, THREADS.fields(request, body))
    made = entries.write(
        kind=EntryKind.THREAD, author_id=request.auth.user_id, forum_id=forum_id, at=request.now, **fields
    )
    return THREADS.made(request, made, forum_id=forum_id)


@router.get("{forum_id}/threads/{thread_id}/", **THREADS.reads, summary="Retrieve a specific thread")
def get_thread(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """Read how a thread begins, and what of it one has not read."""
    return THREADS.show(request, thread_id, forum_id=forum_id)


@router.put("{forum_id}/threads/{thread_id}/", **THREADS.replaces, summary="Update a specific thread")
def update_thread(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """Change a thread; moderators also pin and lock it. In a locked thread nobody writes posts."""
    thread = _thread(request, forum_id, thread_id)
    check_may_change(request, thread, moderators=True)
    changes = _without_held(request, THREADS.given(request, thread, forum_id=forum_id))
    entries.update(entry=thread, by_id=request.auth.user_id, at=request.now, **changes)
    return THREADS.show(request, thread_id, forum_id=forum_id)


@router.delete("{forum_id}/threads/{thread_id}/", **THREADS.deletes, summary="Delete a specific thread")
def delete_thread(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """Remove a thread with its posts; for thirty days a moderator can restore it."""
    return removed(request, _thread(request, forum_id, thread_id))


@router.get("{forum_id}/threads/{thread_id}/history/", **READS_HISTORY, summary="See what a thread said before")
def thread_history(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """List what a thread said before it was changed, the latest first; for its author and moderators."""
    return history(request, _thread(request, forum_id, thread_id))


@router.post("{forum_id}/threads/{thread_id}/like/", response=LikeOut, summary="Like a specific thread")
def like_thread(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """Like a thread."""
    return liked(request, _thread(request, forum_id, thread_id))


@router.delete("{forum_id}/threads/{thread_id}/like/", response=LikeOut, summary="Take back a like of a thread")
def unlike_thread(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """Like a thread no longer."""
    return unliked(request, _thread(request, forum_id, thread_id))


@router.post("{forum_id}/threads/{thread_id}/bookmark/", response=BookmarkOut, summary="Bookmark a thread")
def bookmark_thread(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """Bookmark a thread; nobody else is told."""
    thread = _thread(request, forum_id, thread_id)
    marks.bookmark(entry=thread, user_id=request.auth.user_id, at=request.now)
    return bookmark(request, thread)


@router.delete("{forum_id}/threads/{thread_id}/bookmark/", response=BookmarkOut, summary="Take back a bookmark")
def forget_bookmark(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """Take back a bookmark."""
    thread = _thread(request, forum_id, thread_id)
    marks.forget_bookmark(entry=thread, user_id=request.auth.user_id)
    return bookmark(request, thread)


@router.post("{forum_id}/threads/{thread_id}/read/", response=ThreadOut, summary="Say how far one has read a thread")
def read_thread(request: Request, forum_id: Id, thread_id: Id, body: ReadIn) -> HttpResponse:
    """Note up to which post one has read a thread; it only moves forward."""
    thread = _thread(request, forum_id, thread_id)
    post = _post(request, forum_id, thread_id, body.post_id)
    marks.read_up_to(thread=thread, post_id=post.pk, user_id=request.auth.user_id)
    return THREADS.show(request, thread_id, forum_id=forum_id)


# Posts


@router.get("{forum_id}/threads/{thread_id}/posts/", **POSTS.lists, summary="List all posts in a thread")
def list_posts(request: Request, forum_id: Id, thread_id: Id) -> HttpResponse:
    """List the posts of a thread in their order."""
    return _page(request, POSTS, forum_id, thread_id)


@router.post("{forum_id}/threads/{thread_id}/posts/", **POSTS.creates, summary="Create a new post in a thread")
def create_post(request: Request, forum_id: Id, thread_id: Id, body: PostIn) -> HttpResponse:
    """Write a post; in a locked thread it is 409."""
    thread = _thread(request, forum_id, thread_id)
    made = entries.write_below(
        kind=EntryKind.POST,
        parent=thread,
        author_id=request.auth.user_id,
        content=body.content,
        reply_to_id=body.reply_to_id,
        at=request.now,
    )
    return POSTS.made(request, made, forum_id=forum_id, parent_id=thread_id)


@router.get("{forum_id}/threads/{thread_id}/posts/{post_id}/", **POSTS.reads, summary="Retrieve a specific post")
def get_post(request: Request, forum_id: Id, thread_id: Id, post_id: Id) -> HttpResponse:
    """Read a post."""
    return POSTS.show(request, post_id, forum_id=forum_id, parent_id=thread_id)


@router.put(
    "{forum_id}/threads/{thread_id}/posts/{post_id}/",
    **POSTS.changed_by(PostText),
    summary="Update a specific post",
)
def update_post(request: Request, forum_id: Id, thread_id: Id, post_id: Id) -> HttpResponse:
    """Change a post; what it said before is kept in its history."""
    post = _post(request, forum_id, thread_id, post_id)
    return changed(request, POSTS, post, forum_id=forum_id, parent_id=thread_id)


@router.delete("{forum_id}/threads/{thread_id}/posts/{post_id}/", **POSTS.deletes, summary="Delete a specific post")
def delete_post(request: Request, forum_id: Id, thread_id: Id, post_id: Id) -> HttpResponse:
    """Remove a post; for thirty days a moderator can restore it."""
    return removed(request, _post(request, forum_id, thread_id, post_id))


@router.get(
    "{forum_id}/threads/{thread_id}/posts/{post_id}/history/", **READS_HISTORY, summary="See what a post said before"
)
def post_history(request: Request, forum_id: Id, thread_id: Id, post_id: Id) -> HttpResponse:
    """List what a post said before it was changed, the latest first; for its author and moderators."""
    return history(request, _post(request, forum_id, thread_id, post_id))


@router.post("{forum_id}/threads/{thread_id}/posts/{post_id}/like/", response=LikeOut, summary="Like a specific post")
def like_post(request: Request, forum_id: Id, thread_id: Id, post_id: Id) -> HttpResponse:
    """Like a post."""
    return liked(request, _post(request, forum_id, thread_id, post_id))


@router.delete(
    "{forum_id}/threads/{thread_id}/posts/{post_id}/like/", response=LikeOut, summary="Take back a like of a post"
)
def unlike_post(request: Request, forum_id: Id, thread_id: Id, post_id: Id) -> HttpResponse:
    """Like a post no longer."""
    return unliked(request, _post(request, forum_id, thread_id, post_id))


def _page(request: Request, things: Resource, forum_id: int, thread_id: int | None = None) -> HttpResponse:
    """Return a page of what stands under a forum or a thread; where nothing does, the parent must at least be there."""
    under = {} if thread_id is None else {"parent_id": thread_id}

    def check_parent() -> None:
        if thread_id is None:
            found.forum(pk=forum_id)
        else:
            _thread(request, forum_id, thread_id)

    return things.page(request, empty=check_parent, forum_id=forum_id, **under)


def _thread(request: Request, forum_id: int, pk: int) -> Entry:
    return queries.entry(EntryKind.THREAD, pk=pk, sight=sight(request), forum_id=forum_id)


def _post(request: Request, forum_id: int, thread_id: int, pk: int) -> Entry:
    return queries.entry(EntryKind.POST, pk=pk, sight=sight(request), forum_id=forum_id, parent_id=thread_id)


def _without_held(request: Request, fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only moderators change, where somebody else has sent it."""
    if is_moderator(request.auth):
        return fields
    return {name: value for name, value in fields.items() if name not in HELD}
