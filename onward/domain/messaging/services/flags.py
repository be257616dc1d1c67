"""Flagging messages, and deciding about that."""

from datetime import datetime

from django.db import transaction

from onward.domain.messaging.events import MessageFlagged
from onward.domain.messaging.models import Chat, Message, MessageFlag
from onward.domain.messaging.services.holding import hold
from onward.domain.messaging.services.messages import removed
from onward.domain.writing.choices import Verdict
from onward.domain.writing.models import Flag
from onward.platform.events import publish
from onward.platform.record import clash, locked, missing
from onward.platform.refusals import Conflict, Invalid


def flag(*, message: Message, user_id: int, reason: str, at: datetime, note: str = "") -> Flag:
    """Flag a message of a chat in which somebody takes part, so that moderators read it.

    :raises Invalid: naming ``message_id``, when it is their own
    :raises Conflict: when they have flagged it already
    :raises Missing: when they take no part any more, or it was deleted
    """
    if message.sender_id == user_id:
        raise Invalid(fields={"message_id": ["This is your own: change it, or delete it."]})
    refusal = Conflict("You have flagged this already.", code="flagged")
    with (
        clash(constraint="message_flag_is_one", column="messaging_messageflag.message_id", refusal=refusal),
        transaction.atomic(),
    ):
        hold(chat_id=message.chat_id, user_id=user_id)
        if not Message.objects.filter(pk=message.pk, removed_at=None).exists():
            raise missing("message")
        made = Flag.objects.create(user_id=user_id, reason=reason, note=note, created_at=at)
        MessageFlag.objects.create(flag=made, message_id=message.pk, user_id=user_id)
        publish(MessageFlagged(owner_id=user_id, at=at, message_id=message.pk))
    return made


@transaction.atomic
def resolve(*, flag: Flag, verdict: Verdict, by_id: int, at: datetime) -> None:
    """Decide about a message, and so about all its open flags: keep it, or remove it.

    :raises Conflict: when it has been decided already
    """
    message = Message.objects.get(flags__flag=flag)
    locked(Chat(pk=message.chat_id))
    resolved = Flag.objects.filter(about__message_id=message.pk, verdict="")
    if not resolved.filter(pk=flag.pk).exists():
        raise Conflict("This flag is resolved already.", code="resolved")
    resolved.update(verdict=verdict, resolved_at=at, resolved_by_id=by_id)
    if verdict is Verdict.REMOVE and Message.objects.filter(pk=message.pk, removed_at=None).exists():
        removed(pk=message.pk, chat_id=message.chat_id, by_id=by_id, at=at)
