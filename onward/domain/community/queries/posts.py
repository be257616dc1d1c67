"""Reading posts. :func:`visible_to` alone decides who sees which; every read of posts begins with it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from onward.domain.accounts.choices import Visibility
from onward.domain.community.models import Post, Reaction
from onward.domain.community.queries import groups
from onward.domain.community.queries.visibility import ASKER
from onward.platform.database.literal import Literal
from onward.platform.record import missing
from onward.platform.refusals import Forbidden, Missing
from onward.platform.wire import UID, Param


def visible_to(asker: int | Param) -> Q:
    """Match the posts that somebody may see.

    - their own, wherever those are;
    - whatever is in a group that they are in, public or not: there a post that is not public is for the group;
    - public posts in no group or in a public one.

    So what is in a private group is seen by its members alone, and what is neither public nor in a group by its
    author alone. Posts of a disabled account are nobody's to see.
    """
    shared = _within(asker) | Q(is_public=True) & _in_the_open()
    return Q(author_id=asker) | Q(author__is_active=True) & shared


def _within(asker: int | Param) -> Q:
    return Q(group__in=groups.of(asker))


def _in_the_open() -> Q:
    return Q(group=None) | Q(group__is_public=True)


def visible() -> QuerySet[Post]:
    """Return the posts that who asks may see; the statement takes ``asker_id``.

    Of one group: whether the group is there for them at all is asked before (`groups.require`).
    """
    return Post.objects.filter(visible_to(ASKER))


def feed() -> QuerySet[Post]:
    """Return the public posts that somebody sees; the statement takes ``asker_id``.

    Those in no group, in public groups and in the groups that they are in: a post in a private group is never in the
    feed of anybody but its members, not even in its author's once they have left. What is not public is not in the
    feed at all; its author finds it among their own posts, and members of its group in the feed of the group.
    """
    return Post.objects.filter(visible_to(ASKER), _in_the_open() | _within(ASKER), is_public=True)


def public() -> QuerySet[Post]:
    """Return what everybody may see: public posts in no group or a public one, of people with public profiles."""
    public = Q(author__profile_visibility=Literal(Visibility.PUBLIC.value), author__is_active=True)
    return Post.objects.filter(_in_the_open(), public, is_public=True)


def mine() -> QuerySet[Post]:
    """Return somebody's own posts; the statement takes ``asker_id``."""
    return Post.objects.filter(author_id=ASKER)


def reactions() -> QuerySet[Reaction]:
    """Return the reactions that count: not those of disabled accounts."""
    return Reaction.objects.filter(user__is_active=True)


def reaction() -> QuerySet[Reaction]:
    """Return somebody's reaction to a post; the statement takes ``asker_id`` and ``uid``, the post's."""
    return Reaction.objects.filter(user_id=ASKER, post__uid=UID)


def post(*, asker_id: int, uid: UUID) -> Post:
    """Return a post that somebody may see.

    :raises Missing: when they may not
    """
    found = Post.objects.filter(visible_to(asker_id), uid=uid).first()
    if found is None:
        raise unknown()
    return found


def written(*, by: int, uid: UUID) -> Post:
    """Return a post for its author.

    :raises Missing: when they may not even see it
    :raises Forbidden: when somebody else has written it
    """
    found = post(asker_id=by, uid=uid)
    if found.author_id != by:
        raise Forbidden("Not your post")
    return found


def unknown() -> Missing:
    """Return the refusal of a post that is not there."""
    return missing("post")
