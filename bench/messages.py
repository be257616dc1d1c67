"""How reads of chats grow with all that is written: a thousand messages and a million, in a database of their own.

Run as ``python -m bench.messages [MESSAGES…]`` with Onward's settings. Half of all messages are in one group, the other
half in chats of 20, of which who asks has twenty and others have the rest; one of a hundred was deleted, and every
message has its row of updates. Two people of the group ask: one has read all of it but the last dozen, the other has
read and written nothing. Requests go through the whole stack in this process, so the times hold no network and no
second process.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django

SIZES = (1_000, 1_000_000)
# What is made first, and then copied by the database: the group, chats of who asks, and others' chats.
BLOCK, IN_GROUP, OF_CHAT = 1_000, 500, 20
GROUP, MINE, ALL = 1, 20, 26
PEOPLE = 50
ASKED, WARMING = 200, 30
# Copies that one statement makes: no statement may take long.
AT_ONCE = 20
WORDS = (
    "bread water oven rise dough flour salt yeast crust crumb knead shape proof score steam slice warm cold night "
    "morning starter rye wheat spelt seed butter honey scale bowl towel"
)
CHATS = "/campus/api/chats/"
IN = CHATS + "{chat}/"
READS: dict[str, tuple[str, bool]] = {
    "chats of 20": (CHATS, True),
    "chats of 20, the group unread": (CHATS, False),
    "the group": (IN, True),
    "the group, unread": (IN, False),
    "messages of the group": (IN + "messages/", True),
    "messages before one": (IN + "messages/?before_id={early}", True),
    "messages after one of the last": (IN + "messages/?since_id={late}", True),
    "messages after the first": (IN + "messages/?since_id=1", True),
    "messages of a chat of 20": (CHATS + "{small}/messages/", True),
    "updates after one of the last": (IN + "updates/?since_id={late}", True),
    "updates after the first": (IN + "updates/?since_id=1", True),
    "a word of one message": (IN + "messages/?search=note{rare}", True),
    "two words of one in a hundred": (IN + "messages/?search=reservation+tuesday", True),
    "a word of every tenth message": (IN + "messages/?search={word}", True),
}


def block(people: list[Any]) -> None:
    """Write the first messages, under numbers that copies can count on."""
    from onward.domain.messaging.models import Chat, Message, Participant, Update

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
            [*pick.sample(WORDS.split(), 3), f"note{pk}", *(["reservation", "tuesday"] if pk % 100 == 1 else [])]
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


def copy(first: int, last: int) -> None:
    """Have the database copy the first messages. :param first: the number of the first copy, from 1; and of the last"""
    from django.db import connection

    from onward.domain.messaging.models import Chat, Message, Participant, Update

    chat = f"CASE chat_id WHEN {GROUP} THEN {GROUP} ELSE chat_id + n * {ALL} END"
    pk = f"id + n * {BLOCK}"
    note = f"note' || CAST({pk} AS varchar(20))"
    told: dict[Any, dict[str, str]] = {
        Chat: {
            "id": f"id + n * {ALL}",
            "uid": "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))",
        },
        Participant: {
            "id": f"id + n * {PEOPLE + 2 * ALL + 2}",
            "chat_id": chat,
            "user_id": "CASE user_id WHEN 1 THEN 3 ELSE user_id END",
        },
        Message: {
            "id": pk,
            "chat_id": chat,
            "place": f"CASE chat_id WHEN {GROUP} THEN place + n * {IN_GROUP} ELSE place END",
            "content": f"replace(content, 'note' || CAST(id AS varchar(20)), '{note})",
        },
        Update: {"id": pk, "chat_id": chat, "message_id": f"message_id + n * {BLOCK}"},
    }
    of_first = {
        Chat: f"id BETWEEN 2 AND {ALL}",
        Participant: f"chat_id BETWEEN 2 AND {ALL}",
        Message: f"id <= {BLOCK}",
        Update: f"id <= {BLOCK}",
    }
    with connection.cursor() as cursor:
        for model, values in told.items():
            columns = [field.column for field in model._meta.concrete_fields]
            for begin in range(first, last + 1, AT_ONCE):
                end = min(last, begin + AT_ONCE - 1)
                cursor.execute(
                    f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
                    f"WITH RECURSIVE copies(n) AS (SELECT {begin} UNION ALL SELECT n + 1 FROM copies WHERE n < {end}) "
                    f"SELECT {', '.join(values.get(column, column) for column in columns)} "
                    f"FROM {model._meta.db_table}, copies WHERE {of_first[model]}"
                )


def settle(people: list[Any], copies: int) -> None:
    """Say in the group's row and in those who ask what has been written, and index it."""
    from django.db import connection

    from onward.domain.messaging.models import Chat, Participant
    from onward.domain.messaging.services.index import catch_up

    Chat.objects.filter(pk=GROUP).update(last_place=copies * IN_GROUP, last_update_id=copies * BLOCK)
    # The last of the group have odd numbers.
    Participant.objects.filter(chat_id=GROUP, user=people[0]).update(read_id=copies * BLOCK - 25)
    begun = time.monotonic()
    print(f"indexed {catch_up():,} messages in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def measure(clients: dict[bool, Any], copies: int) -> dict[str, dict[str, float]]:
    """Ask everything; return by name the median and the 95th of a hundred, in ms, and the statements of a request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for name, (path, has_read) in READS.items():
        pick = random.Random(2)

        def ask(path: str = path, client: Any = clients[has_read], pick: random.Random = pick) -> Any:
            number = pick.randrange(0, BLOCK, 2)
            return client.get(
                path.format(
                    chat=GROUP,
                    small=2 + number // 2 % (MINE - 1),
                    early=pick.randrange(copies) * BLOCK + 500,
                    late=copies * BLOCK - 61,
                    rare=pick.randrange(copies) * BLOCK + number + 1,
                    word=pick.choice(WORDS.split()),
                )
            )

        taken = _times(ask)
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        found[name] = {
            "median": round(statistics.median(taken), 2),
            "p95": round(statistics.quantiles(taken, n=20)[-1], 2),
            "statements": len(queries),
            "bytes": len(answer.content),
        }
        print(f"{copies * BLOCK:,} {name}: {found[name]}", file=sys.stderr, flush=True)
    return found


def _times(ask: Callable[[], Any]) -> list[float]:
    taken = []
    for number in range(WARMING + ASKED):
        begun = time.perf_counter()
        answer = ask()
        if number >= WARMING:
            taken.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, answer.content[:300]
    return taken


def main() -> None:
    """Make the tables in a database of their own, measure at each size, and drop it; prints JSON."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_databases, teardown_databases

    from onward.domain.accounts.models import User
    from onward.platform import tokens

    sizes = [int(given) for given in sys.argv[1:]] or list(SIZES)
    made = setup_databases(verbosity=0, interactive=False)
    try:
        people = User.objects.bulk_create(
            User(pk=n + 1, email=f"p{n}@example.org", username=f"p{n}", username_key=f"p{n}", password="!")
            for n in range(PEOPLE)
        )
        block(people)
        clients = {}
        for one, has_read in ((people[0], True), (people[1], False)):
            opened = tokens.open_session(
                user=one, api="campus", address="127.0.0.1", user_agent="bench", awaits_second_factor=False,
                at=datetime.now(UTC),
            )  # fmt: skip
            clients[has_read] = Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {opened.access}"})
        there, results = 1, {}
        for size in sizes:
            copies = max(1, size // BLOCK)
            if copies > there:
                copy(there, copies - 1)
                there = copies
            settle(people, there)
            results[str(there * BLOCK)] = measure(clients, there)
        least, most = results[str(min(map(int, results)))], results[str(max(map(int, results)))]
        grown = {name: round(most[name]["p95"] / least[name]["p95"], 2) for name in READS}
        print(json.dumps({"database": connection.vendor, "messages": results, "p95 grows": grown}, indent=2))
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
