"""Forums and blogs: half of all posts are in one forum, the other half in forums of 20 threads.

A thread has 25 posts, but for one, which grows: of a thousand posts it has 25, of a million 25,000. For each thousand
posts there are 20 blogs. What is asked for is drawn at random from all of it.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.growth.copies import Copied, copy, other_note, people

API = "campus"
SIZES = (1_000, 1_000_000)
# What is made first, and then copied: two forums, the first of which the copies share.
THREADS, POSTS, BLOGS = 40, 25, 20
BLOCK = THREADS * POSTS
PEOPLE = 200
# The thread that grows, of the forum that the copies do not share.
GROWS = 2
SAID = "Has somebody tried this with less water, and for how long did you leave it to rise? " * 4
THREAD = "/campus/api/forums/{forum}/threads/{thread}/"
# What is asked, and the number of who asks.
READS = {
    "posts of 20": (THREAD + "posts/", 1),
    "their second page": (THREAD + "posts/?page=2", 1),
    "one post": (THREAD + "posts/{post}/", 1),
    "one thread": (THREAD, 1),
    "posts of 20 in the thread that grows": (f"/campus/api/forums/2/threads/{GROWS}/posts/", 1),
    "the thread that grows": (f"/campus/api/forums/2/threads/{GROWS}/", 1),
    "threads of 20 in a small forum": ("/campus/api/forums/{small}/threads/", 1),
    "threads of 20 in the forum with half of all": ("/campus/api/forums/1/threads/", 1),
    "two forums": ("/campus/api/forums/?page_size=2", 1),
    "the forum with half of all": ("/campus/api/forums/1/", 1),
    "bookmarks": ("/campus/api/forums/bookmarks/", 1),
    "blogs of 20": ("/campus/api/blogs/", 1),
    "popular blogs": ("/campus/api/blogs/popular/", 1),
    "search: a word of one post": ("/campus/api/forums/search/?search=note{post}", 1),
    "search: words of all posts": ("/campus/api/forums/search/?search=less+water", 1),
}
SHIFT = THREADS + BLOCK + BLOGS


def fill(size: int) -> None:
    """Write as many posts, and what goes with them."""
    from onward.domain.writing.models import Entry, Forum, Like
    from onward.domain.writing.services.index import catch_up

    _block(people(PEOPLE))
    parent = f"CASE parent_id WHEN {GROWS} THEN {GROWS} ELSE parent_id + n * {SHIFT} END"
    forum = f"CASE WHEN parent_id = {GROWS} OR forum_id = 1 THEN forum_id ELSE forum_id + n END"
    key = f"id + n * {SHIFT}"
    entry = {"id": key, "parent_id": parent, "forum_id": forum, "content": other_note(key)}
    tables = [
        Copied(Forum, "id = 2", {"id": "id + n"}),
        Copied(Entry, f"id <= {SHIFT}", entry),
        Copied(
            Like, f"entry_id <= {SHIFT}", {"id": f"id + n * {2 * SHIFT + 2}", "entry_id": f"entry_id + n * {SHIFT}"}
        ),
    ]
    copy(tables, size // BLOCK)
    catch_up()


def values(pick: random.Random, size: int) -> dict[str, int]:
    """Return the numbers of a thread and a post drawn at random, and of where they stand."""
    thread = pick.choice([number for number in range(1, THREADS + 1) if number != GROWS])
    of = pick.randrange(size // BLOCK)
    return {
        "small": 2 + of,
        "forum": 1 if thread % 2 else 2 + of,
        "thread": thread + of * SHIFT,
        "post": THREADS + (thread - 1) * POSTS + 7 + of * SHIFT,
    }


def _block(people: list[Any]) -> None:
    """Write the first posts, under numbers that copies can count on: threads from 1, posts after them."""
    from onward.domain.writing.models import Bookmark, Entry, Forum, Like, ReadPosition

    at = datetime.now(UTC).replace(microsecond=0)
    pick = random.Random(1)
    Forum.objects.bulk_create(Forum(pk=pk, title=f"Forum {pk}", created_at=at) for pk in (1, 2))

    def entry(pk: int, thread: int | None, **values: Any) -> Entry:
        return Entry(
            pk=pk, author=pick.choice(people), forum_id=thread and 2 - thread % 2,
            content=f"{SAID}note{pk}", content_html=f"<p>{SAID}</p>\n",
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
