"""Chats: half of all messages are in one group, the other half in chats of 20.

Of these, who asks has twenty and others have the rest; one message of a hundred was deleted, and each has its row of
updates. Two people of the group ask: one has read all of it but the last dozen, the other has read and written nothing.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.growth.copies import Copied, copy, other_note, people

API = "campus"
SIZES = (1_000, 1_000_000)
# What is made first, and then copied: the group, chats of who asks, and others' chats.
BLOCK, IN_GROUP, OF_CHAT = 1_000, 500, 20
GROUP, MINE, ALL = 1, 20, 26
PEOPLE = 50
# Who has read nearly all of the group, and who has read nothing.
READ, UNREAD = 1, 2
WORDS = (
    "bread water oven rise dough flour salt yeast crust crumb knead shape proof score steam slice warm cold night "
    "morning starter rye wheat spelt seed butter honey scale bowl towel"
)
CHATS = "/campus/api/chats/"
IN = CHATS + "{chat}/"
# What is asked, and the number of who asks.
READS = {
    "chats of 20": (CHATS, READ),
    "chats of 20, the group unread": (CHATS, UNREAD),
    "the group": (IN, READ),
    "the group, unread": (IN, UNREAD),
    "messages of the group": (IN + "messages/", READ),
    "messages before one": (IN + "messages/?before_id={early}", READ),
    "messages after one of the last": (IN + "messages/?since_id={late}", READ),
    "messages after the first": (IN + "messages/?since_id=1", READ),
    "messages of a chat of 20": (CHATS + "{small}/messages/", READ),
    "updates after one of the last": (IN + "updates/?since_id={late}", READ),
    "updates after the first": (IN + "updates/?since_id=1", READ),
    "a word of one message": (IN + "messages/?search=note{rare}", READ),
    "two words of one in fifty": (IN + "messages/?search=reservation+tuesday", READ),
    "a word of every tenth message": (IN + "messages/?search={word}", READ),
}


def fill(size: int) -> None:
    """Write as many messages, and what goes with them."""
    from onward.domain.messaging.models import Chat, Message, Participant, Update
    from onward.domain.messaging.services.index import catch_up

    copies = size // BLOCK
    # Each copy's chats have three people of their own: nobody has more chats for there being more messages.
    _block(people(PEOPLE + 3 * copies))
    chat = f"CASE chat_id WHEN {GROUP} THEN {GROUP} ELSE chat_id + n * {ALL} END"
    key = f"id + n * {BLOCK}"
    message = {
        "id": key,
        "chat_id": chat,
        "place": f"CASE chat_id WHEN {GROUP} THEN place + n * {IN_GROUP} ELSE place END",
        "content": other_note(key),
    }
    participant = {
        "id": f"id + n * {PEOPLE + 2 * ALL + 2}",
        "chat_id": chat,
        "user_id": f"{PEOPLE} + 3 * n - CASE WHEN user_id IN (1, 3) THEN 2 ELSE user_id % 2 END",
    }
    tables = [
        Copied(Chat, f"id BETWEEN 2 AND {ALL}", {"id": f"id + n * {ALL}"}),
        Copied(Participant, f"chat_id BETWEEN 2 AND {ALL}", participant),
        Copied(Message, f"id <= {BLOCK}", message),
        Copied(Update, f"id <= {BLOCK}", {"id": key, "chat_id": chat, "message_id": f"message_id + n * {BLOCK}"}),
    ]
    copy(tables, copies)
    Chat.objects.filter(pk=GROUP).update(last_place=copies * IN_GROUP, last_update_id=copies * BLOCK)
    # The last of the group have odd numbers.
    Participant.objects.filter(chat_id=GROUP, user_id=READ).update(read_id=copies * BLOCK - 25)
    catch_up()


def values(pick: random.Random, size: int) -> dict[str, Any]:
    """Return the numbers of a chat and of messages drawn at random, and a word."""
    number = pick.randrange(0, BLOCK, 2)
    # Of a size that asks no more of the generator than another: the same are drawn of both.
    early, rare = (int(pick.random() * (size // BLOCK)) for _ in range(2))
    return {
        "chat": GROUP,
        "small": 2 + number // 2 % (MINE - 1),
        "early": early * BLOCK + 500,
        "late": size - 61,
        "rare": rare * BLOCK + number + 1,
        "word": pick.choice(WORDS.split()),
    }


def _block(all_people: list[Any]) -> None:
    """Write the first messages, under numbers that copies can count on."""
    from onward.domain.messaging.models import Chat, Message, Participant, Update

    people = all_people[:PEOPLE]
    at = datetime.now(UTC).replace(microsecond=0)
    pick = random.Random(1)
    begun = {"created_by": people[0], "created_at": at, "active_at": at}
    Chat.objects.bulk_create(
        Chat(pk=pk, last_place=IN_GROUP if pk == GROUP else OF_CHAT, **begun) for pk in range(1, ALL + 1)
    )
    Participant.objects.bulk_create(Participant(pk=n + 1, chat_id=GROUP, user=one) for n, one in enumerate(people))
    for chat in range(2, ALL + 1):
        two = [people[0] if chat <= MINE else people[2], people[3 + chat % 40]]
        Participant.objects.bulk_create(
            Participant(pk=PEOPLE + 2 * chat + n, chat_id=chat, user=one) for n, one in enumerate(two)
        )
    places = dict.fromkeys(range(1, ALL + 1), 0)
    # Who reads nothing writes nothing.
    writers = [people[0], *people[2:]]
    messages = []
    for pk in range(1, BLOCK + 1):
        chat = GROUP if pk % 2 else 2 + pk // 2 % (ALL - 1)
        places[chat] += 1
        said = " ".join(
            [*pick.sample(WORDS.split(), 3), f"note{pk}", *(["reservation", "tuesday"] if pk % 50 == 1 else [])]
        )
        messages.append(
            Message(
                pk=pk,
                chat_id=chat,
                sender=pick.choice(writers),
                content=said,
                place=places[chat],
                created_at=at - timedelta(seconds=BLOCK - pk),
                removed_at=at if pk % 100 == 3 else None,
            )
        )
    Message.objects.bulk_create(messages)
    Update.objects.bulk_create(
        Update(pk=one.pk, chat_id=one.chat_id, kind="message", user_id=one.sender_id, message_id=one.pk, created_at=at)
        for one in messages
    )
