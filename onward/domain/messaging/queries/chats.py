"""Reading chats. A chat is there for who takes part in it and for nobody else: every read begins with :func:`mine`."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import Exact

from onward.domain.accounts.models import User
from onward.domain.messaging.models import Chat, Message, MessageVersion, Participant, Update
from onward.platform.database.literal import Literal
from onward.platform.record import missing
from onward.platform.refusals import Missing
from onward.platform.search.among import Among, AmongRows
from onward.platform.wire import KEY, Param

ASKER = Param("asker_id", models.BigIntegerField())
CHAT = Param("chat_id", models.BigIntegerField())
# Only messages, or updates, with a number above the one and below the other.
SINCE = Param("since_id", models.BigIntegerField())
BEFORE = Param("before_id", models.BigIntegerField())
# How many rows are wanted.
MOST = Param("most", models.BigIntegerField())
NUMBERS = Param("numbers", models.TextField())
EARLIER = Param("earlier", models.TextField())
# The most that a page has, and one more.
LONGEST_PAGE = 101
# Updates are counted up to here.
MOST_COUNTED = 1_000

ARCHIVED = Q(archived_at__isnull=False)


def mine() -> QuerySet[Participant]:
    """Return how who asks takes part in each of their chats; the statement takes ``asker_id``."""
    return Participant.objects.filter(user_id=ASKER, hidden_at=None, chat__ended_at=None)


def mine_in_chat() -> QuerySet[Participant]:
    """Return how who asks takes part in one chat; the statement takes ``chat_id``, too."""
    return mine().filter(chat_id=CHAT)


def mine_with_names() -> QuerySet[Participant]:
    """Return :func:`mine` with `names`: the names of all who take part, to search in."""
    return mine().annotate(names=Names("chat_id"))


def active_with_names() -> QuerySet[Participant]:
    """Return those of :func:`mine_with_names` that are not archived."""
    return mine_with_names().exclude(ARCHIVED)


def visible_messages() -> QuerySet[Message]:
    """Return messages that are there for who takes part, the latest first."""
    return Message.objects.filter(removed_at=None).order_by("-pk")


def last_messages() -> QuerySet[Message]:
    """Return messages, the latest first, for a statement about how somebody takes part: those that they may read."""
    return visible_messages().filter(pk__gt=OuterRef("since_id"))


def before_flagged() -> QuerySet[Message]:
    """Return what was said before a flagged message, the latest first, for a statement about flags that are open."""
    is_open = Q(Exact(OuterRef("verdict"), Literal("")))
    return visible_messages().filter(is_open, pk__lt=OuterRef("about__message_id"))


def messages_before() -> QuerySet[Message]:
    """Return those of :func:`last_messages` with numbers below ``before_id``."""
    return last_messages().filter(pk__lt=BEFORE)


def messages_since() -> QuerySet[Message]:
    """Return those of :func:`last_messages` with numbers above ``since_id``, in their order."""
    # One bound: of two, a database may begin at the lower one and read all that lies between.
    return visible_messages().filter(pk__gt=Greatest(SINCE, OuterRef("since_id"))).order_by("pk")


def messages_found() -> QuerySet[Message]:
    """Return messages that ``numbers`` names, a JSON list, the latest first; those that :func:`last_messages` has."""
    # By their places, which no index has: the numbers are what they are found by.
    return visible_messages().filter(Among(F("pk"), NUMBERS), place__gt=OuterRef("since_place"))


def messages_found_before() -> QuerySet[Message]:
    """Return the first of those that ``earlier`` names, in the same way: no more than a page ever has."""
    within = {"chat_id": OuterRef(OuterRef("chat_id")), "place__gt": OuterRef(OuterRef("since_place"))}
    # Their numbers first: SQLite reads all of a row, with what belongs to it, before it puts rows in order.
    first = visible_messages().filter(Among(F("pk"), EARLIER), **within).values("pk")[:LONGEST_PAGE]
    return visible_messages().filter(AmongRows(F("pk"), Subquery(first)))


def messages() -> QuerySet[Message]:
    """Return the messages of a chat that who asks may read; the statement takes ``asker_id`` and ``chat_id``."""
    # Asked once for the statement, and nothing where they take no part.
    since = Subquery(mine_in_chat().values("since_id"))
    return Message.objects.filter(chat_id=CHAT, removed_at=None, pk__gt=since)


def updates_since() -> QuerySet[Update]:
    """Return what has changed after ``since_id``, in the order in which it was committed.

    For a statement about how somebody takes part: without what concerns another alone, and what was before they came.
    """
    theirs = Q(is_private=False) | Q(user_id=OuterRef("user_id"))
    seen = Q(message_id=None) | Q(message_id__gt=OuterRef("since_id"))
    return Update.objects.filter(theirs, seen, pk__gt=Greatest(SINCE, OuterRef("since_update_id"))).order_by("pk")


def update_count(at: Any) -> Subquery:
    """Return how many of :func:`updates_since` there are, up to `MOST_COUNTED`. :param at: as `message_count` has it"""
    return counted(updates_since().filter(chat_id=OuterRef(at("chat_id"))).values("pk")[:MOST_COUNTED])


def people() -> QuerySet[Participant]:
    """Return who takes part, in the order in which they came."""
    return Participant.objects.order_by("pk")


def versions() -> QuerySet[MessageVersion]:
    """Return what the message that the statement's ``pk`` names said before, the latest first."""
    return MessageVersion.objects.filter(message_id=KEY).order_by("-pk")


def people_of(chat_ids: Collection[int]) -> dict[int, list[Participant]]:
    """Return who takes part in each of these chats and has not deleted it."""
    found: dict[int, list[Participant]] = {}
    for one in Participant.objects.filter(chat_id__in=chat_ids, hidden_at=None, chat__ended_at=None).order_by("pk"):
        found.setdefault(one.chat_id, []).append(one)
    return found


def missed_updates(*, user_id: int, since: int, until: int, most: int) -> list[Update] | None:
    """Return what has changed in somebody's chats after a number and up to another, in its order, `most` at most.

    None where some of it is forgotten.
    """
    mine = Participant.objects.filter(user_id=user_id, hidden_at=None, chat__ended_at=None)
    if mine.filter(chat__forgotten_update_id__gt=since, since_update_id__lte=since).exists():
        return None
    rows = Update.objects.filter(Q(is_private=False) | Q(user_id=user_id), chat_id__in=mine.values("chat_id"))
    return list(rows.filter(pk__gt=since, pk__lte=until).order_by("pk")[:most])


def updates_among() -> QuerySet[Update]:
    """Return updates by their numbers; the statement takes ``numbers``, a JSON list."""
    return Update.objects.filter(Among(F("pk"), NUMBERS)).order_by("pk")


def taking_part(*, chat_id: int, user_id: int) -> Participant:
    """Return how somebody takes part in a chat, with the chat.

    :raises Missing: when they do not, or there is none
    """
    rows = Participant.objects.filter(chat_id=chat_id, user_id=user_id, hidden_at=None, chat__ended_at=None)
    found = rows.select_related("chat").first()
    if found is None:
        raise missing("chat")
    return found


def message(*, pk: int, chat_id: int, user_id: int) -> Message:
    """Return a message that somebody may read.

    :raises Missing: when there is none, or they may not
    """
    mine = Participant.objects.filter(chat_id=chat_id, user_id=user_id, hidden_at=None, chat__ended_at=None)
    since = Subquery(mine.values("since_id"))
    found = Message.objects.filter(pk=pk, chat_id=chat_id, removed_at=None, pk__gt=since).first()
    if found is None:
        taking_part(chat_id=chat_id, user_id=user_id)
        raise missing("message")
    return found


def readable_message(*, pk: int, user_id: int) -> Message:
    """Return a message, in whichever chat, that somebody may read.

    :raises Missing: when there is none, or they may not
    """
    chat_id = Message.objects.filter(pk=pk).values_list("chat_id", flat=True).first()
    if chat_id is None:
        raise missing("message")
    try:
        return message(pk=pk, chat_id=chat_id, user_id=user_id)
    except Missing:
        raise missing("message") from None


def of_two(*, one_id: int, other_id: int) -> Chat | None:
    """Return the chat of two people, if they have one."""
    return Chat.objects.filter(low_id=min(one_id, other_id), high_id=max(one_id, other_id)).first()


def known_people(ids: set[int]) -> set[int]:
    """Return those of these accounts that there are."""
    return set(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))


def key_of_chat() -> QuerySet[Participant]:
    """Return how who asks takes part in the chat that the statement's ``pk`` names."""
    return mine().filter(chat_id=KEY)


class _OfChat(Func):
    """Something made of all who take part in a chat; its argument is the chat's number."""

    arity = 1
    postgresql = sqlite = ""

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.postgresql, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.sqlite, **context)


class PeopleIds(_OfChat):
    """The accounts that take part, as a JSON list in the order in which they came."""

    output_field = models.JSONField()
    postgresql = (
        "(SELECT coalesce(array_to_json(array_agg(p.user_id ORDER BY p.id)), '[]') "
        "FROM messaging_participant p WHERE p.chat_id = %(expressions)s)"
    )
    sqlite = (
        # Under a name of its own: the argument is a column of the same table outside.
        "(SELECT json_group_array(p.user_id) FROM (SELECT q.user_id FROM messaging_participant q "
        "WHERE q.chat_id = %(expressions)s ORDER BY q.id) p)"
    )


class Names(_OfChat):
    """The names of all who take part, a line each."""

    output_field = models.TextField()
    postgresql = (
        "(SELECT coalesce(string_agg(u.username || ' ' || coalesce(u.display_name, ''), chr(10)), '') "
        "FROM messaging_participant p JOIN accounts_user u ON u.id = p.user_id WHERE p.chat_id = %(expressions)s)"
    )
    sqlite = (
        "(SELECT coalesce(group_concat(u.username || ' ' || coalesce(u.display_name, ''), char(10)), '') "
        "FROM messaging_participant p JOIN accounts_user u ON u.id = p.user_id WHERE p.chat_id = %(expressions)s)"
    )


class Reactions(_OfChat):
    """Who takes a message how, as a JSON list of ``{emoji, count, user_ids}``; its argument is the message's number."""

    output_field = models.JSONField()
    postgresql = (
        "(SELECT coalesce(array_to_json(array_agg(g)), '[]') FROM ("
        "SELECT r.emoji, count(*) AS count, array_agg(r.user_id ORDER BY r.id) AS user_ids FROM messaging_reaction r "
        "WHERE r.message_id = %(expressions)s GROUP BY r.emoji ORDER BY min(r.id)) g)"
    )
    sqlite = (
        "(SELECT '[' || coalesce(group_concat(g.document, ','), '') || ']' FROM ("
        "SELECT json_object('emoji', r.emoji, 'count', count(*), 'user_ids', json_group_array(r.user_id)) AS document "
        "FROM (SELECT q.id, q.emoji, q.user_id FROM messaging_reaction q "
        "WHERE q.message_id = %(expressions)s ORDER BY q.id) r "
        "GROUP BY r.emoji ORDER BY min(r.id)) g)"
    )


def message_count(at: Any) -> Any:
    """Return how many messages somebody may read, without counting them. :param at: the path to how they take part

    Places have no gaps: as many were sent as lie between the last one and the one before they came. What was deleted
    of those is counted, and taken off.
    """
    return _standing(at, F(at("since_place")), OuterRef(at("since_id")))


def message_count_since(at: Any) -> Any:
    """Return how many of :func:`messages_since` there are, in the same way."""
    since = Greatest(SINCE, OuterRef(at("since_id")))
    of_chat = Message.objects.filter(chat_id=OuterRef(at("chat_id")), pk__lte=since).order_by("-pk")
    # Two, because there is an index of each.
    last = (of_chat.filter(removed_at__isnull=is_there) for is_there in (True, False))
    return _standing(at, Greatest(*(_place(rows) for rows in last)), since)


def unread_count(at: Any) -> Any:
    """Return how many of others' messages came after the last one that somebody has read, in the same way."""
    read = OuterRef(at("read_id"))
    own = Message.objects.filter(
        chat_id=OuterRef(at("chat_id")), sender_id=OuterRef(at("user_id")), removed_at=None, pk__gt=read
    )
    return _standing(at, _place(Message.objects.filter(pk=read)), read) - counted(own)


def _standing(at: Any, place: Any, number: Any) -> Any:
    """Return how many messages of a chat were sent after a place and a number, less those that were deleted."""
    removed = Message.objects.filter(chat_id=OuterRef(at("chat_id")), removed_at__isnull=False, pk__gt=number)
    return F(at("chat__last_place")) - place - counted(removed)


def _place(rows: QuerySet[Message]) -> Coalesce:
    """Return the place of the first of these messages, 0 where there is none."""
    return Coalesce(Subquery(rows.values("place")[:1]), Literal(0))


class _Counted(Subquery):
    """How many rows a subquery has, which may be sliced."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.BigIntegerField()


def counted(rows: QuerySet[Any]) -> Subquery:
    """Return how many rows there are, as an expression."""
    return _Counted(rows.values("pk"))
