"""How reads of forums grow with all that is written: a thousand posts and a million, in a database of their own.

Run as ``python -m bench.posts [POSTS…]`` with Onward's settings. Half of all posts are in one forum, the other half in
forums of 20 threads; a thread has 25 posts, but for one, which grows: of a thousand it has 25, of a million 25,000. For
each thousand posts there are 20 blogs. Requests go through the whole stack in this process, so the times hold no
network and no second process; each asks for a thread drawn at random.
"""

import json
import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django

SIZES = (1_000, 1_000_000)
# What is made first, and then copied by the database: two forums, the first of which the copies share.
THREADS, POSTS, BLOGS = 40, 25, 20
BLOCK = THREADS * POSTS
PEOPLE = 200
ASKED, WARMING = 300, 30
# The thread that grows, of the forum that the copies do not share.
GROWS = 2
# Copies that one statement makes: no statement may take long.
AT_ONCE = 20
SAID = "Has somebody tried this with less water, and for how long did you leave it to rise? " * 4
THREAD = "/campus/api/forums/{forum}/threads/{thread}/"
READS = {
    "posts of 20": THREAD + "posts/",
    "their second page": THREAD + "posts/?page=2",
    "one post": THREAD + "posts/{post}/",
    "one thread": THREAD,
    "posts of 20 in the thread that grows": f"/campus/api/forums/2/threads/{GROWS}/posts/",
    "the thread that grows": f"/campus/api/forums/2/threads/{GROWS}/",
    "threads of 20 in a small forum": "/campus/api/forums/{small}/threads/",
    "threads of 20 in the forum with half of all": "/campus/api/forums/1/threads/",
    "two forums": "/campus/api/forums/?page_size=2",
    "the forum with half of all": "/campus/api/forums/1/",
    "bookmarks": "/campus/api/forums/bookmarks/",
    "blogs of 20": "/campus/api/blogs/",
    "popular blogs": "/campus/api/blogs/popular/",
}
SHIFT = THREADS + BLOCK + BLOGS


def block(people: list[Any]) -> None:
    """Write the first posts, under numbers that copies can count on: threads from 1, posts after them."""
    from onward.domain.writing.models import Bookmark, Entry, Forum, Like, ReadPosition

    at = datetime.now(UTC).replace(microsecond=0)
    pick = random.Random(1)
    Forum.objects.bulk_create(Forum(pk=pk, title=f"Forum {pk}", created_at=at) for pk in (1, 2))

    def entry(pk: int, thread: int | None, **values: Any) -> Entry:
        return Entry(
            pk=pk, author=pick.choice(people), forum_id=thread and 2 - thread % 2,
            content=SAID, content_html=f"<p>{SAID}</p>\n",
            created_at=at - timedelta(minutes=SHIFT - pk), **values,
        )  # fmt: skip

    Entry.objects.bulk_create(
        entry(thread, thread, kind="thread", title=f"Question {thread}") for thread in range(1, THREADS + 1)
    )
    Entry.objects.bulk_create(
        entry(THREADS + 1 + n, n // POSTS + 1, kind="post", parent_id=n // POSTS + 1) for n in range(BLOCK)
    )
    Entry.objects.bulk_create(
        entry(pk, None, kind="blog", title=f"Blog {pk}", popularity=pk) for pk in range(SHIFT - BLOGS + 1, SHIFT + 1)
    )
    Like.objects.bulk_create(
        Like(pk=2 * pk + n, entry_id=pk, user=one)
        for pk in range(1, SHIFT + 1)
        for n, one in enumerate(pick.sample(people, 2))
    )
    for thread in range(1, THREADS, 4):
        Bookmark.objects.create(entry_id=thread, user=people[0])
        ReadPosition.objects.create(entry_id=thread, user=people[0], post_number=THREADS + thread * POSTS - 5)


def copy(first: int, last: int) -> None:
    """Have the database copy the first posts. :param first: the number of the first copy, from 1; and of the last"""
    from django.db import connection

    from onward.domain.writing.models import Entry, Forum, Like

    uid = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    told: dict[Any, dict[str, str]] = {
        Forum: {"id": "id + n", "uid": uid},
        Entry: {
            "id": f"id + n * {SHIFT}",
            "uid": uid,
            "parent_id": f"CASE parent_id WHEN {GROWS} THEN {GROWS} ELSE parent_id + n * {SHIFT} END",
            "forum_id": f"CASE WHEN parent_id = {GROWS} OR forum_id = 1 THEN forum_id ELSE forum_id + n END",
        },
        Like: {"id": f"id + n * {2 * SHIFT + 2}", "entry_id": f"entry_id + n * {SHIFT}"},
    }
    of_first = {Forum: "id = 2", Entry: f"id <= {SHIFT}", Like: f"entry_id <= {SHIFT}"}
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


def measure(client: Any, copies: int) -> dict[str, dict[str, float]]:
    """Ask everything; return by name the median and the 95th of a hundred, in ms, and the statements of a request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for name, path in READS.items():
        pick = random.Random(2)
        taken = []
        for number in range(WARMING + ASKED):
            thread = pick.choice([number for number in range(1, THREADS + 1) if number != GROWS])
            of = pick.randrange(copies)
            where = {
                "small": 2 + of,
                "forum": 1 if thread % 2 else 2 + of,
                "thread": thread + of * SHIFT,
                "post": THREADS + (thread - 1) * POSTS + 7 + of * SHIFT,
            }
            begun = time.perf_counter()
            answer = client.get(path.format(**where))
            if number >= WARMING:
                taken.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, (path, where, answer.content[:300])
        with CaptureQueriesContext(connection) as queries:
            client.get(path.format(**where))
        found[name] = {
            "median": round(statistics.median(taken), 2),
            "p95": round(statistics.quantiles(taken, n=20)[-1], 2),
            "statements": len(queries),
        }
    return found


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
            User(email=f"p{n}@example.org", username=f"p{n}", username_key=f"p{n}", password="!") for n in range(PEOPLE)
        )
        block(people)
        opened = tokens.open_session(
            user=people[0], api="campus", address="127.0.0.1", user_agent="bench", awaits_second_factor=False,
            at=datetime.now(UTC),
        )  # fmt: skip
        client = Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {opened.access}"})
        there, results = 1, {}
        for size in sizes:
            copies = max(1, size // BLOCK)
            if copies > there:
                copy(there, copies - 1)
                there = copies
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
            results[str(there * BLOCK)] = measure(client, there)
        least, most = results[str(min(map(int, results)))], results[str(max(map(int, results)))]
        grown = {name: round(most[name]["p95"] / least[name]["p95"], 2) for name in READS}
        print(json.dumps({"database": connection.vendor, "posts": results, "p95 grows": grown}, indent=2))
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
