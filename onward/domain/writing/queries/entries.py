"""Reading entries. :func:`visible` alone decides who sees which; every read of entries begins with it."""

from typing import Any

from django.db import models
from django.db.models import Exists, Func, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact

from onward.domain.writing.choices import SEEN, EntryKind, EntryStatus
from onward.domain.writing.models import Entry, EntryCount, Like, Version, Visit
from onward.platform.database.literal import Literal
from onward.platform.record import missing
from onward.platform.wire import KEY, Param

ASKER = Param("asker_id", models.BigIntegerField())
# Whether who asks sees what waits for a moderator, and what others have not published.
SEES_HIDDEN = Param("sees_hidden", models.BooleanField())
SEES_DRAFTS = Param("sees_drafts", models.BooleanField())
FORUM = Param("forum_id", models.BigIntegerField())
PARENT = Param("parent_id", models.BigIntegerField())

# Numbers that add up.
Numbers = list[QuerySet[Any, int]]
HIDDEN = Q(hidden_at__isnull=False)
PUBLISHED = Q(status=Literal(EntryStatus.PUBLISHED.value))


def of_kind(kind: EntryKind) -> Q:
    """Match entries of one kind, in the words of the indexes that hold them."""
    return Q(kind=Literal(kind.value))


def visible(*, at: str = "") -> Q:
    """Match what who asks may see; a statement takes ``asker_id``, ``sees_hidden`` and ``sees_drafts``.

    - nothing that was removed;
    - what is hidden until a moderator decides is there for moderators and for its author;
    - a draft, as a private video is one, is there for its author and for admins.

    :param at: the path from the rows at hand to the entry, with ``__`` behind it
    """
    mine = Q(**{f"{at}author_id": ASKER})
    shown = Q(**{f"{at}hidden_at__isnull": True}) | mine | Q(Exact(SEES_HIDDEN, True))
    known = seen(at=at) | mine | Q(Exact(SEES_DRAFTS, True))
    return Q(**{f"{at}removed_at__isnull": True}) & shown & known


def seen(*, at: str = "") -> Q:
    """Match what others may see, where they know of it. :param at: as `visible` takes it"""
    matches = Q()
    for status in SEEN:
        matches |= Q(**{f"{at}status": Literal(status.value)})
    return matches


def standing() -> Q:
    """Match what everybody may see: published, neither removed nor hidden."""
    return PUBLISHED & Q(removed_at__isnull=True, hidden_at__isnull=True)


def kept(kind: EntryKind, *, in_: Param | OuterRef | None = None) -> QuerySet[EntryCount, int]:
    """Return how many entries of a kind everybody may see, as a queryset of that number; of none, where it is 0.

    :param in_: of threads their forum, of posts their thread, of comments their video
    """
    place: Any = Literal(0) if in_ is None else in_
    rows = EntryCount.objects.filter(of_kind(kind), place_id=place)
    return rows.values_list("count", flat=True)


def number(rows: QuerySet[Entry]) -> QuerySet[Entry, int]:
    """Return how many rows there are, as a queryset of that number."""
    counted = rows.order_by().annotate(n=Func(template="COUNT(*)", output_field=models.BigIntegerField()))
    return counted.values_list("n", flat=True)


def blogs() -> QuerySet[Entry]:
    """Return the blogs that who asks may see, drafts among them."""
    return Entry.objects.filter(of_kind(EntryKind.BLOG), visible())


def published_blogs() -> QuerySet[Entry]:
    """Return the published blogs that who asks may see."""
    return blogs().filter(PUBLISHED)


def blog_count() -> Numbers:
    """Return how many :func:`published_blogs` there are."""
    return [kept(EntryKind.BLOG), number(published_blogs().filter(HIDDEN))]


def drafts() -> QuerySet[Entry]:
    """Return the drafts that who asks may see: their own, and all for an admin."""
    return blogs().filter(status=Literal(EntryStatus.DRAFT.value))


def threads() -> QuerySet[Entry]:
    """Return the threads of a forum; the statement takes ``forum_id``, too."""
    return Entry.objects.filter(of_kind(EntryKind.THREAD), visible(), forum_id=FORUM)


def thread_count() -> Numbers:
    """Return how many :func:`threads` there are."""
    return [kept(EntryKind.THREAD, in_=FORUM), number(threads().filter(HIDDEN))]


def posts() -> QuerySet[Entry]:
    """Return the posts of a thread of a forum; the statement takes ``forum_id`` and ``parent_id``, too."""
    return Entry.objects.filter(
        of_kind(EntryKind.POST), visible(), visible(at="parent__"), forum_id=FORUM, parent_id=PARENT
    )


def post_count() -> Numbers:
    """Return how many :func:`posts` there are: none, where there is no such thread for who asks."""
    thread = threads().filter(pk=PARENT)
    return [kept(EntryKind.POST, in_=PARENT).filter(Exists(thread)), number(posts().filter(HIDDEN))]


def bookmarked() -> QuerySet[Entry]:
    """Return the threads that who asks has bookmarked."""
    return Entry.objects.filter(of_kind(EntryKind.THREAD), visible(), bookmarks__user_id=ASKER)


def others_posts() -> QuerySet[Entry]:
    """Return the posts that count as unread until they are read: what everybody may see and others have written."""
    return Entry.objects.filter(of_kind(EntryKind.POST), standing()).exclude(author_id=ASKER)


def standing_posts() -> QuerySet[Entry]:
    """Return the posts that everybody may see."""
    return Entry.objects.filter(of_kind(EntryKind.POST), standing())


def comments() -> QuerySet[Entry]:
    """Return the comments on a video; the statement takes ``parent_id``, too."""
    return Entry.objects.filter(of_kind(EntryKind.COMMENT), visible(), visible(at="parent__"), parent_id=PARENT)


def comment_count() -> Numbers:
    """Return how many :func:`comments` there are: none, where there is no such video for who asks."""
    video = Entry.objects.filter(of_kind(EntryKind.VIDEO), visible(), pk=PARENT)
    return [kept(EntryKind.COMMENT, in_=PARENT).filter(Exists(video)), number(comments().filter(HIDDEN))]


def likes() -> QuerySet[Like]:
    """Return all likes."""
    return Like.objects.all()


def readers() -> QuerySet[Visit]:
    """Return who has read which blog, or opened which video."""
    return Visit.objects.all()


def history() -> QuerySet[Version]:
    """Return what an entry said before, the latest first; the statement takes ``pk``, the entry's."""
    return Version.objects.filter(entry_id=KEY).order_by("-pk")


def entry(kind: EntryKind, *, pk: int, sight: dict[str, Any], called: str = "", **where: Any) -> Entry:
    """Return an entry that somebody may see.

    :param sight: who asks and what they see: ``asker_id``, ``sees_hidden``, ``sees_drafts``
    :param where: what it stands under: ``forum_id``, ``parent_id``
    :raises Missing: when there is none, or they may not see it
    """
    rows = Entry.objects.filter(seen_by(sight), pk=pk, kind=kind, **where)
    if "parent_id" in where:
        rows = rows.filter(seen_by(sight, at="parent__"))
    found = rows.first()
    if found is None:
        raise missing(called or kind.label.lower())
    return found


def any_entry(*, pk: int, sight: dict[str, Any]) -> Entry:
    """Return an entry of any kind that somebody may see, with all that it stands under.

    :raises Missing: when there is none, or they may not see it
    """
    below = Q(parent=None) | seen_by(sight, at="parent__")
    found = Entry.objects.filter(seen_by(sight), below, pk=pk).first()
    if found is None:
        raise missing("entry")
    return found


def seen_by(sight: dict[str, Any], *, at: str = "") -> Q:
    """Match what :func:`visible` does, for somebody in particular."""
    found = Q(**{f"{at}removed_at__isnull": True})
    mine = Q(**{f"{at}author_id": sight["asker_id"]})
    if not sight["sees_hidden"]:
        found &= Q(**{f"{at}hidden_at__isnull": True}) | mine
    if not sight["sees_drafts"]:
        found &= Q(**{f"{at}status__in": SEEN}) | mine
    return found


def author_of(entry_id: int) -> int | None:
    """Return who has written an entry, if their account is there."""
    return Entry.objects.filter(pk=entry_id).values_list("author_id", flat=True).first()
