"""Whoever leaves takes their words out of chats; what others have said there stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from onward.domain.messaging.choices import UpdateKind
from onward.domain.messaging.index import MESSAGES
from onward.domain.messaging.models import Chat, Message, MessageVersion, Participant
from onward.domain.messaging.services.holding import note
from onward.domain.messaging.services.index import catch_up


def leave(*, user_id: int, at: datetime) -> None:
    """Empty what somebody has said, and take them out of their chats; a chat that nobody is left in goes whole.

    A group that they have begun is from then on whose who has been in it longest.
    """
    theirs = Q(created_by_id=user_id) | Q(
        pk__in=Participant.objects.filter(user_id=user_id)
        .values("chat_id")
        .union(Message.objects.filter(sender_id=user_id).values("chat_id"))
    )
    for pk in list(Chat.objects.filter(theirs).order_by("pk").values_list("pk", flat=True)):
        _leave_chat(pk, user_id, at)
    catch_up()
    MESSAGES.forget()


@transaction.atomic
def _leave_chat(chat_id: int, user_id: int, at: datetime) -> None:
    chat = Chat.objects.select_for_update(of=("self",)).filter(pk=chat_id).first()
    if chat is None:
        return
    others = Participant.objects.filter(chat_id=chat_id).exclude(user_id=user_id).order_by("pk")
    heir_id = others.values_list("user_id", flat=True).first()
    if heir_id is None:
        chat.delete()
        return
    said = Message.objects.filter(chat_id=chat_id, sender_id=user_id)
    MessageVersion.objects.filter(message__in=said).delete()
    said.update(sender=None, content="", edited_at=None)
    Participant.objects.filter(chat_id=chat_id, user_id=user_id).delete()
    if chat.created_by_id == user_id:
        Chat.objects.filter(pk=chat_id).update(created_by_id=heir_id)
    note(chat_id, UpdateKind.PEOPLE, by_id=user_id, at=at, gone_ids=(user_id,))
