"""Beginning chats, changing who takes part, leaving them."""

import math
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from onward.domain.messaging.choices import UpdateKind
from onward.domain.messaging.models import Chat, Message, Participant
from onward.domain.messaging.queries import chats as queries
from onward.domain.messaging.services.holding import Held, hold, note, note_privately
from onward.domain.writing.services import newcomers
from onward.platform.record import missing
from onward.platform.refusals import Forbidden, Invalid, Throttled

# Who may take part in one chat, and how many a newcomer may begin.
MOST_PEOPLE = 250
MOST_OF_NEWCOMER = 5


def begin(*, by_id: int, people: Collection[int], at: datetime, title: str = "") -> tuple[int, bool]:
    """Begin a chat, or open the one that two people have.

    :param people: with or without who begins it
    :returns: its number, and whether it is new
    :raises Invalid: naming ``participants``, when there are none but oneself, too many, or unknown ones
    :raises Throttled: when a newcomer has begun enough for a day
    """
    everybody = _checked(by_id, people)
    if len(everybody) == 2:
        (other_id,) = everybody - {by_id}
        found = queries.of_two(one_id=by_id, other_id=other_id)
        if found is not None and _opened(found.pk, by_id):
            return found.pk, False
    with transaction.atomic():
        _check_newcomer(by_id, at)
        if len(everybody) > 2:
            return _made(by_id, everybody, title, at), True
        low, high = sorted(everybody)
        row = Chat(created_by_id=by_id, title=title, low_id=low, high_id=high, active_at=at, created_at=at)
        # Of many at once one is made; the others wait for it here, and find it then.
        Chat.objects.bulk_create([row], ignore_conflicts=True)
        chat = Chat.objects.select_for_update(no_key=True).get(low_id=low, high_id=high)
        if not Participant.objects.filter(chat=chat).exists():
            _join(chat, [by_id, *(everybody - {by_id})], at)
            note(chat.pk, UpdateKind.PEOPLE, by_id=by_id, at=at)
            return chat.pk, True
    _opened(chat.pk, by_id)
    return chat.pk, False


def _opened(chat_id: int, user_id: int) -> bool:
    """Bring a chat back to somebody who has deleted it; returns whether they take part in it."""
    mine = Participant.objects.filter(chat_id=chat_id, user_id=user_id)
    return bool(mine.exclude(hidden_at=None).update(hidden_at=None)) or mine.exists()


def _checked(by_id: int, people: Collection[int]) -> set[int]:
    everybody = {by_id, *people}
    problem = ""
    if everybody == {by_id}:
        problem = "Name somebody beside yourself."
    elif len(everybody) > MOST_PEOPLE:
        problem = f"At most {MOST_PEOPLE} people take part in a chat."
    elif unknown := sorted(everybody - queries.known_people(everybody)):
        problem = f"There is no such user: {unknown[0]}."
    if problem:
        raise Invalid(fields={"participants": [problem]})
    return everybody


def _check_newcomer(user_id: int, at: datetime) -> None:
    joined_at = newcomers.joined_at(user_id, at)
    if joined_at is None:
        return
    if Chat.objects.filter(created_by_id=user_id, created_at__gt=at - newcomers.NEW).count() >= MOST_OF_NEWCOMER:
        raise Throttled(max(1, math.ceil((joined_at + newcomers.NEW - at).total_seconds())))


def _made(by_id: int, everybody: set[int], title: str, at: datetime) -> int:
    chat = Chat.objects.create(created_by_id=by_id, title=title, active_at=at, created_at=at, updated_at=at)
    _join(chat, [by_id, *sorted(everybody - {by_id})], at)
    note(chat.pk, UpdateKind.PEOPLE, by_id=by_id, at=at)
    return chat.pk


def _join(chat: Chat, people: Collection[int], at: datetime) -> None:
    last = Message.objects.filter(chat=chat).order_by("-pk").values_list("pk", flat=True).first() or 0
    Participant.objects.bulk_create(
        Participant(
            chat=chat,
            user_id=user_id,
            joined_at=at,
            since_id=last,
            since_place=chat.last_place,
            since_update_id=chat.last_update_id,
            read_id=last,
        )
        for user_id in people
    )


@transaction.atomic
def update(
    *, chat_id: int, by_id: int, at: datetime, title: str | None = None, people: Collection[int] | None = None
) -> None:
    """Change a chat's title and who takes part, by who has begun it. Who comes sees what is said from then on.

    :raises Forbidden: when somebody else has begun it
    :raises Invalid: naming ``participants``, when they cannot be so
    """
    everybody = None if people is None else _checked(by_id, people)
    held = _held_by_maker(chat_id, by_id)
    if title is not None and Chat.objects.filter(pk=chat_id).exclude(title=title).update(title=title, updated_at=at):
        note(chat_id, UpdateKind.CHAT, by_id=by_id, at=at)
    if everybody is None:
        return
    now = set(Participant.objects.filter(chat_id=chat_id).values_list("user_id", flat=True))
    if everybody == now:
        return
    if held.is_of_two:
        raise Invalid(fields={"participants": ["A chat of two stays one. Begin another for a group."]})
    gone = tuple(sorted(now - everybody))
    Participant.objects.filter(chat_id=chat_id, user_id__in=gone).delete()
    _join(Chat.objects.get(pk=chat_id), sorted(everybody - now), at)
    note(chat_id, UpdateKind.PEOPLE, by_id=by_id, at=at, gone_ids=gone)


def _held_by_maker(chat_id: int, user_id: int) -> Held:
    held = hold(chat_id=chat_id, user_id=user_id)
    if held.created_by_id != user_id:
        raise Forbidden("Only who has begun a chat may change it.")
    return held


@transaction.atomic
def delete(*, chat_id: int, by_id: int, at: datetime) -> None:
    """End a group for all, by who has begun it; leave it, by anybody else; a chat of two is gone for who deletes it."""
    held = hold(chat_id=chat_id, user_id=by_id)
    if held.is_of_two:
        Participant.objects.filter(pk=held.participant_id).update(hidden_at=at)
    elif held.created_by_id == by_id:
        _end(chat_id, by_id, at)
    else:
        Participant.objects.filter(pk=held.participant_id).delete()
        note(chat_id, UpdateKind.PEOPLE, by_id=by_id, at=at, gone_ids=(by_id,))
        if not Participant.objects.filter(chat_id=chat_id).exists():
            _end(chat_id, by_id, at)


def _end(chat_id: int, by_id: int, at: datetime) -> None:
    people = tuple(Participant.objects.filter(chat_id=chat_id).order_by("pk").values_list("user_id", flat=True))
    Chat.objects.filter(pk=chat_id).update(ended_at=at)
    note(chat_id, UpdateKind.END, by_id=by_id, at=at, gone_ids=people)


def archive(*, chat_id: int, user_id: int, is_archived: bool, at: datetime) -> None:
    """Put a chat off somebody's list, or back on it; nobody else notices.

    :raises Missing: when they take no part in it
    """
    mine = Participant.objects.filter(chat_id=chat_id, user_id=user_id, hidden_at=None, chat__ended_at=None)
    if not mine.exists():
        raise missing("chat")
    mine.filter(archived_at__isnull=is_archived).update(archived_at=at if is_archived else None)


@transaction.atomic
def read_up_to(*, chat_id: int, message_id: int, user_id: int, at: datetime) -> None:
    """Note up to which message somebody has read a chat. It only moves forward.

    :raises Missing: when they take no part in it, or there is no such message for them
    """
    held = hold(chat_id=chat_id, user_id=user_id)
    there = Message.objects.filter(pk=message_id, chat_id=chat_id, removed_at=None, pk__gt=held.since_id).exists()
    if not there:
        raise missing("message")
    if message_id <= held.read_id:
        return
    number = note_privately(chat_id, UpdateKind.READ, by_id=user_id, at=at, message_id=message_id)
    Participant.objects.filter(pk=held.participant_id).update(read_id=message_id, own_update_id=number)
