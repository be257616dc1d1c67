"""What members write, as the campus document shows it and as they send it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Left
from django.db.models.lookups import GreaterThan
from pydantic import AfterValidator, Field

from onward.apis.campus.schemas.people import PersonOut
from onward.domain.writing.choices import EntryKind, EntryStatus, Verdict
from onward.domain.writing.models import Bookmark, Like, ReadPosition, Visit
from onward.domain.writing.queries import entries
from onward.domain.writing.queries.entries import ASKER
from onward.domain.writing.services.entries import tags_of
from onward.platform.database.literal import Literal
from onward.platform.lens import Unset
from onward.platform.wire import EMPTY_IS_NULL, Body, Choice, Count, CountOf, From, Id, Param, Text, Wire, empty_is
from onward.platform.wire.fields import Path

MOST_TAGS, LONGEST_TAG = 10, 50
# Characters.
LONGEST_TEXT, LONGEST_COMMENT, LONGEST_NOTE = 100_000, 20_000, 2_000

DAY = Param("day", models.DateField())
Title = Annotated[str, Text(255, shortest=1)]
Content = Annotated[str, Text(LONGEST_TEXT, shortest=1)]
# Of a blog.
STATUSES = (EntryStatus.PUBLISHED, EntryStatus.DRAFT)
StatusWord = Annotated[str, Choice(STATUSES)]


def is_liked(at: Path) -> Exists:
    """Return whether who asks likes an entry."""
    return Exists(Like.objects.filter(entry_id=OuterRef(at("pk")), user_id=ASKER))


def _deleted(at: Path) -> Combinable:
    gone = Q(**{at("author__isnull"): True, at("content"): Literal("")})
    return ExpressionWrapper(gone, output_field=models.BooleanField())


def count_in(kind: EntryKind) -> Callable[[Path], Combinable]:
    """Return what counts the entries of a kind in a forum, a thread or a video that everybody may see."""

    def source(at: Path) -> Combinable:
        kept = Subquery(entries.kept(kind, in_=OuterRef(at("pk"))), output_field=models.BigIntegerField())
        return Coalesce(kept, Literal(0), output_field=models.BigIntegerField())

    return source


# Whether its author has left, with what it said.
IsDeleted = Annotated[bool, From(_deleted)]
LIKE_COUNT = Count(entries.likes, by="entry_id")


# Blogs


class BlogOut(Wire):
    """A blog. `reader_count` counts who has read it, each once."""

    id: int
    title: str
    content: str
    content_html: str
    author_id: int | None
    author: Annotated[PersonOut | None, From("author")]
    status: StatusWord
    tags: list[str]
    reader_count: Annotated[int, Count(entries.readers, by="entry_id")]
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None


def counts(at: Path) -> Combinable:
    """Return whether it counts that who asks has opened an entry now: for the first time on the `DAY`."""
    read = Visit.objects.filter(entry_id=OuterRef(at("pk")), user_id=ASKER, last_on__gte=DAY)
    others = ~Q(**{at("author_id"): ASKER}) & Q(GreaterThan(ASKER, Literal(0)))
    return ExpressionWrapper(entries.seen(at=at("")) & others & ~Q(Exists(read)), output_field=models.BooleanField())


class BlogRead(Wire):
    """A blog that is being read, and whether that counts: as somebody's first reading of the day."""

    counts: Annotated[bool, From(counts)]
    blog: Annotated[BlogOut, From("")]


def parted(document: str, name: str = "blog") -> tuple[bool, str]:
    """Return both parts of a `BlogRead`, the blog as JSON. :param name: of the second part, where it is another"""
    counts, _, rest = document.partition(f',"{name}":')
    return counts.endswith("true"), rest.removesuffix("}")


Tags = Annotated[
    list[Annotated[str, Text(LONGEST_TAG, shortest=1)]],
    Field(max_length=MOST_TAGS),
    AfterValidator(tags_of),
    empty_is([]),
]


class BlogIn(Body):
    """What a client says of a blog."""

    title: Title
    content: Content
    status: Annotated[StatusWord, empty_is(EntryStatus.PUBLISHED.value)] = EntryStatus.PUBLISHED.value
    tags: Tags = Field(default_factory=list)


class BlogChanges(BlogIn, partial=True):
    """What a client changes about a blog. What is absent, or as it was shown, stays."""


# Forums


def _last_post_in(at: Path) -> Subquery:
    posts = entries.standing_posts().filter(forum_id=OuterRef(at("pk")), parent__removed_at=None)
    return Subquery(posts.order_by("-pk").values("created_at")[:1])


class ForumOut(Wire):
    """A forum."""

    id: int
    title: str
    description: str
    thread_count: Annotated[int, From(count_in(EntryKind.THREAD))]
    last_post_at: Annotated[datetime | None, From(_last_post_in)]
    created_at: datetime
    updated_at: datetime


class ForumIn(Body):
    """What a client says of a forum."""

    title: Title
    description: Annotated[str, Text(LONGEST_TEXT)] = ""


class ForumChanges(ForumIn, partial=True):
    """What a client changes about a forum."""


def _last_post(at: Path) -> Subquery:
    posts = entries.standing_posts().filter(parent_id=OuterRef(at("pk")))
    return Subquery(posts.order_by("-pk").values("created_at")[:1])


def _unread(at: Path) -> Any:
    """Return others' posts after the last one that who asks has read."""
    read = ReadPosition.objects.filter(entry_id=OuterRef(OuterRef(at("pk"))), user_id=ASKER)
    return entries.others_posts().filter(
        parent_id=OuterRef(at("pk")), pk__gt=Coalesce(Subquery(read.values("post_number")[:1]), Literal(0))
    )


# As many unread posts are counted, and no more.
MOST_UNREAD = 1_000


def _unread_count(at: Path) -> Subquery:
    return CountOf(_unread(at).order_by().values("pk")[:MOST_UNREAD])


def _first_unread(at: Path) -> Subquery:
    return Subquery(_unread(at).order_by("pk").values("pk")[:1])


def _bookmarked(at: Path) -> Exists:
    return Exists(Bookmark.objects.filter(entry_id=OuterRef(at("pk")), user_id=ASKER))


class ThreadOut(Wire):
    """A thread. Unread are others' posts after the last one that was read (`…/read/`), of which 1,000 are counted."""

    id: int
    title: str
    content: str
    content_html: str
    forum_id: int
    author_id: int | None
    author: Annotated[PersonOut | None, From("author")]
    post_count: Annotated[int, From(count_in(EntryKind.POST))]
    last_post_at: Annotated[datetime | None, From(_last_post)]
    is_pinned: bool
    is_locked: bool
    unread_count: Annotated[int, From(_unread_count)]
    first_unread_post_id: Annotated[int | None, From(_first_unread)]
    bookmarked: Annotated[bool, From(_bookmarked)]
    like_count: Annotated[int, LIKE_COUNT]
    liked: Annotated[bool, From(is_liked)]
    is_deleted: IsDeleted
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None


class ThreadIn(Body):
    """What a client says of a thread. Pinning and locking is for moderators; from others it is passed over."""

    title: Title
    content: Content
    is_pinned: Annotated[bool, empty_is(usual=False)] = False
    is_locked: Annotated[bool, empty_is(usual=False)] = False


class ThreadChanges(ThreadIn, partial=True):
    """What a client changes about a thread."""


class PostOut(Wire):
    """A post in a thread."""

    id: int
    content: str
    content_html: str
    thread_id: Annotated[int, From("parent_id")]
    author_id: int | None
    author: Annotated[PersonOut | None, From("author")]
    reply_to_id: int | None
    like_count: Annotated[int, LIKE_COUNT]
    liked: Annotated[bool, From(is_liked)]
    is_deleted: IsDeleted
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None


class PostIn(Body):
    """What a client says of a post."""

    content: Content
    reply_to_id: Annotated[Id | None, EMPTY_IS_NULL] = None


class PostText(Body):
    """What a post says; whom it answers stays."""

    content: Content


class PostChanges(PostText, partial=True):
    """What a client changes about a post."""


# Of the HTML of an entry that was found, of which a piece is shown.
READ_OF_FOUND = 20_000


def _rendered(at: Path) -> Combinable:
    return Left(at("content_html"), Literal(READ_OF_FOUND), output_field=models.TextField())


class FoundOut(Wire):
    """A thread or post that a search has found. `title` is the thread's; `snippet` is text, escaped for HTML."""

    id: int
    kind: Annotated[str, Choice(EntryKind)]
    forum_id: int
    thread_id: Annotated[int, From(lambda at: Coalesce(at("parent_id"), at("pk")))]
    title: Annotated[str, From(lambda at: Coalesce(at("parent__title"), at("title")))]
    snippet: Annotated[str, From(_rendered)]
    author_id: int | None
    author: Annotated[PersonOut | None, From("author")]
    created_at: datetime


# What is done with them


class LikeOut(Wire):
    """Whether who asks likes it, and how many do."""

    like_count: Annotated[int, LIKE_COUNT]
    liked: Annotated[bool, From(is_liked)]


class BookmarkOut(Wire):
    """Whether who asks has bookmarked it."""

    bookmarked: Annotated[bool, From(_bookmarked)]


class ReadIn(Body):
    """Up to which post a thread was read."""

    post_id: Id


class VersionOut(Wire):
    """What an entry said before it was changed, and who has changed it when."""

    id: int
    title: str
    content: str
    replaced_by_id: int | None
    replaced_by: Annotated[PersonOut | None, From("replaced_by")]
    replaced_at: datetime


# Flags

VERDICT = Unset(stored="", shown=None)


class FlagIn(Body):
    """Why an entry, or a message of a chat, should not be there."""

    entry_id: Annotated[Id | None, EMPTY_IS_NULL] = None
    message_id: Annotated[Id | None, EMPTY_IS_NULL] = None
    reason: Annotated[str, Text(100, shortest=1)]
    note: Annotated[str, Text(LONGEST_NOTE)] = ""


class FlaggedOut(Wire):
    """What was flagged."""

    id: int
    kind: Annotated[str, Choice(EntryKind)]
    title: str
    content: str
    author_id: int | None
    forum_id: int | None
    parent_id: int | None
    hidden_at: datetime | None
    removed_at: datetime | None


class FlagOut(Wire):
    """A flag, as whoever has set it reads it."""

    id: int
    entry_id: int | None
    message_id: Annotated[int | None, From("about__message_id")]
    reason: str
    note: str
    created_at: datetime


class ResolveIn(Body):
    """What a moderator decides."""

    action: Annotated[str, Choice(Verdict)]


class RestoreIn(Body):
    """What is put back."""

    entry_id: Id


class RestoredOut(Wire):
    """What was put back."""

    id: int
    kind: Annotated[str, Choice(EntryKind)]
    title: str
    content: str
    author_id: int | None
    removed_at: datetime | None
    hidden_at: datetime | None
