"""Chats and messages: they are there for who takes part, and for no admin."""

from tests.apis.campus.table import Cast, Pair, Row
from tests.factories import ChatFactory, ChatMessageFactory, UserFactory

CHATS = "/api/chats/"
CHAT = CHATS + "{chat_id}/"
MESSAGES = CHAT + "messages/"
MESSAGE = MESSAGES + "{message_id}/"
SAID = {"content": "Along the river"}


def _people(ids):
    return {"participants": [ids["person_id"].here, ids["person_id"].elsewhere]}


def _strangers(ids):
    return {"participants": [ids["person_id"].here, 99999999]}


def _reads(ids):
    return {"message_id": ids["message_id"].here}


OPERATIONS = {
    #                           nobody member owner instr. moder. team admin
    f"GET {CHATS}":         Row("401    200    200   200    200    200  200"),
    f"POST {CHATS}":        Row("401    201    201   201    201    201  201", _people, (_strangers,)),
    f"POST {CHATS}socket-token/": Row("401 200 200   200    200    200  200"),
    f"GET {CHAT}":          Row("401    404    200   404    404    404  404"),
    f"PUT {CHAT}":          Row("401    404    200   404    404    404  404", _people, (_strangers,)),
    f"DELETE {CHAT}":       Row("401    404    204   404    404    404  404"),
    f"POST {CHAT}archive/": Row("401    404    200   404    404    404  404"),
    f"POST {CHAT}read/":    Row("401    404    200   404    404    404  404", _reads,
                                (lambda ids: {"message_id": ids["message_id"].elsewhere},)),
    f"GET {CHAT}updates/":  Row("401    404    200   404    404    404  404"),
    f"GET {MESSAGES}":      Row("401    404    200   404    404    404  404"),
    f"POST {MESSAGES}":     Row("401    404    201   404    404    404  404", SAID,
                                (lambda ids: {**SAID, "reply_to_id": ids["message_id"].elsewhere},)),
    f"GET {MESSAGE}":       Row("401    404    200   404    404    404  404"),
    f"PUT {MESSAGE}":       Row("401    404    200   404    404    404  404", SAID),
    f"DELETE {MESSAGE}":    Row("401    404    204   404    404    404  404"),
    f"GET {MESSAGE}history/": Row("401  404    200   404    404    404  404"),
    f"POST {MESSAGE}react/": Row("401   404    200   404    404    404  404", {"emoji": "👍"}),
    f"DELETE {MESSAGE}react/": Row("401 404    200   404    404    404  404"),
}  # fmt: skip


def make(cast: Cast) -> dict[str, Pair]:
    someone = UserFactory()
    chat = ChatFactory(people=[cast.owner, cast.another, someone])
    elsewhere = ChatFactory(people=[cast.another, someone])
    messages = [
        ChatMessageFactory(chat=chat, sender=cast.owner),
        ChatMessageFactory(chat=elsewhere, sender=cast.another),
    ]
    return {
        "chat_id": Pair(chat.pk, elsewhere.pk),
        "message_id": Pair(*(message.pk for message in messages)),
        "person_id": Pair(cast.another.pk, someone.pk),
    }
