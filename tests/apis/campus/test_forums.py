"""Section 4 of the campus document: forums, threads, and posts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.notifications.models import Notice
from onward.domain.writing.leaving import leave
from onward.domain.writing.models import Bookmark, Entry, Like, ReadPosition, Version
from tests import poison
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import ForumFactory, RoleFactory, ThreadFactory, ThreadPostFactory, UserFactory
from tests.platform.test_markdown import live, payloads

pytestmark = pytest.mark.django_db

FORUMS = "/campus/api/forums/"
THREAD = (
    "id title content content_html forum_id author_id author post_count last_post_at is_pinned is_locked unread_count "
    "first_unread_post_id bookmarked like_count liked is_deleted created_at updated_at edited_at".split()
)
POST = (
    "id content content_html thread_id author_id author reply_to_id like_count liked is_deleted "
    "created_at updated_at edited_at".split()
)


@pytest.fixture
def moderator(db):
    user = UserFactory()
    RoleFactory(user=user, area="campus", role="moderator")
    return user


@pytest.fixture
def forum(db):
    return ForumFactory()


@pytest.fixture
def threads(forum):
    return f"{FORUMS}{forum.pk}/threads/"


def made(answered):
    assert answered.status_code == 201, answered.content
    return answered.json()


def begin(api, threads, **said):
    return made(api.post(threads, {"title": "Where to walk", "content": "I *walk*", **said}))


def reply(api, thread, **said):
    return made(api.post(posts_of(thread), {"content": "Along the river", **said}))


def posts_of(thread):
    return f"{FORUMS}{thread['forum_id']}/threads/{thread['id']}/posts/"


def shown(api, thread):
    return api.get(f"{FORUMS}{thread['forum_id']}/threads/{thread['id']}/").json()


# Forums


def test_admins_make_forums_and_members_read_them(as_ada, root):
    admin = client(root)

    forum = made(admin.post(FORUMS, {"title": "Walks"}))

    assert list(forum) == ["id", "title", "description", "thread_count", "last_post_at", "created_at", "updated_at"]
    assert (forum["description"], forum["thread_count"], forum["last_post_at"]) == ("", 0, None)
    assert as_ada.get(f"{FORUMS}{forum['id']}/").json() == forum
    assert as_ada.get(FORUMS).json()["results"] == [forum]
    changed = admin.put(f"{FORUMS}{forum['id']}/", {"title": "Long walks", "description": "By foot"}).json()
    assert (changed["title"], changed["description"]) == ("Long walks", "By foot")
    assert admin.put(f"{FORUMS}{forum['id']}/", changed).json() == changed
    assert admin.delete(f"{FORUMS}{forum['id']}/").status_code == 204
    error(as_ada.get(f"{FORUMS}{forum['id']}/"), 404, "not_found")


def test_a_forum_counts_what_can_be_read(as_ada, forum, threads):
    thread = begin(as_ada, threads)
    gone = begin(as_ada, threads)
    post = reply(as_ada, thread)
    reply(as_ada, gone)
    as_ada.delete(f"{threads}{gone['id']}/")

    found = as_ada.get(f"{FORUMS}{forum.pk}/").json()

    assert (found["thread_count"], found["last_post_at"]) == (1, post["created_at"])


# Threads and posts


def test_a_thread_is_what_was_written(as_ada, as_ben, ada, forum, threads):
    thread = begin(as_ada, threads)

    assert list(thread) == THREAD
    assert (thread["forum_id"], thread["author_id"], thread["content_html"]) == (
        forum.pk,
        ada.pk,
        "<p>I <em>walk</em></p>\n",
    )
    assert (thread["post_count"], thread["unread_count"], thread["first_unread_post_id"]) == (0, 0, None)
    assert shown(as_ben, thread) == thread
    assert as_ada.put(f"{threads}{thread['id']}/", thread).json() == thread
    assert as_ben.get(threads).json()["results"] == [thread]


def test_posts_are_listed_in_their_order_and_say_what_they_answer(as_ada, as_ben, ada, threads):
    thread = begin(as_ada, threads)
    first = reply(as_ben, thread)
    second = reply(as_ada, thread, content="**No**", reply_to_id=first["id"])

    assert list(second) == POST
    assert (second["thread_id"], second["reply_to_id"], second["content_html"]) == (
        thread["id"],
        first["id"],
        "<p><strong>No</strong></p>\n",
    )
    assert as_ada.get(posts_of(thread)).json()["results"] == [first, second]
    assert as_ben.get(f"{posts_of(thread)}{second['id']}/").json() == second
    found = shown(as_ada, thread)
    assert (found["post_count"], found["last_post_at"]) == (2, second["created_at"])


def test_a_post_answers_one_beside_it_and_no_other(as_ada, threads):
    thread, other = begin(as_ada, threads), begin(as_ada, threads)
    elsewhere = reply(as_ada, other)["id"]

    for pk in (elsewhere, 99999999):
        error(
            as_ada.post(posts_of(thread), {"content": "x", "reply_to_id": pk}), 400, "validation_error", "reply_to_id"
        )


def test_a_change_keeps_what_a_post_said_before(as_ada, as_ben, moderator, threads):
    thread = begin(as_ada, threads)
    path = f"{posts_of(thread)}{reply(as_ada, thread)['id']}/"

    changed = as_ada.put(path, {"content": "Along the sea"}).json()

    assert (changed["content"], changed["content_html"]) == ("Along the sea", "<p>Along the sea</p>\n")
    assert as_ada.put(path, changed).json() == changed
    assert [before["content"] for before in client(moderator).get(f"{path}history/").json()["results"]] == [
        "Along the river"
    ]
    error(as_ben.get(f"{path}history/"), 403, "forbidden")
    error(as_ada.put(path, {}), 400, "validation_error", "content")
    assert Version.objects.count() == 1


def test_moderators_pin_and_lock_and_from_others_that_is_passed_over(as_ada, as_ben, moderator, threads):
    first, second = begin(as_ada, threads, title="First"), begin(as_ada, threads, title="Second", is_pinned=True)
    path = f"{threads}{first['id']}/"
    assert not second["is_pinned"]
    assert not as_ada.put(path, {**first, "is_pinned": True, "is_locked": True}).json()["is_locked"]

    held = client(moderator).put(path, {**first, "is_pinned": True, "is_locked": True}).json()

    assert (held["is_pinned"], held["is_locked"], held["edited_at"]) == (True, True, None)
    assert [row["title"] for row in as_ben.get(threads).json()["results"]] == ["First", "Second"]
    error(as_ben.post(posts_of(first), {"content": "x"}), 409, "conflict")
    # What the author puts back changes neither.
    assert as_ada.put(path, {**held, "is_locked": False}).json()["is_locked"]


def test_what_stands_under_another_parent_is_not_there(as_ada, threads):
    thread, other = begin(as_ada, threads), begin(as_ada, threads)
    post = reply(as_ada, thread)
    elsewhere = ForumFactory()

    for path in (
        f"{FORUMS}{elsewhere.pk}/threads/{thread['id']}/",
        f"{FORUMS}{elsewhere.pk}/threads/{thread['id']}/posts/",
        f"{posts_of(other)}{post['id']}/",
        f"{FORUMS}99999999/threads/",
        f"{threads}99999999/posts/",
    ):
        error(as_ada.get(path), 404, "not_found")
    error(as_ada.post(f"{FORUMS}99999999/threads/", {"title": "x", "content": "x"}), 404, "not_found")
    error(as_ada.post(f"{threads}99999999/posts/", {"content": "x"}), 404, "not_found")


def test_a_deleted_thread_takes_its_posts_along_and_brings_them_back(as_ada, as_ben, moderator, threads):
    thread = begin(as_ada, threads)
    post = reply(as_ben, thread)
    assert as_ada.delete(f"{threads}{thread['id']}/").status_code == 204

    error(as_ben.get(f"{posts_of(thread)}{post['id']}/"), 404, "not_found")
    error(as_ben.get(posts_of(thread)), 404, "not_found")
    error(as_ben.post(posts_of(thread), {"content": "x"}), 404, "not_found")
    client(moderator).post("/campus/api/flags/restore/", {"entry_id": thread["id"]})
    assert as_ben.get(posts_of(thread)).json()["results"] == [post]


# Unread


def test_unread_are_others_posts_after_the_last_that_was_read(as_ada, as_ben, threads):
    thread = begin(as_ada, threads)
    first, own, last = reply(as_ben, thread), reply(as_ada, thread), reply(as_ben, thread)
    path = f"{threads}{thread['id']}/read/"
    assert (shown(as_ada, thread)["unread_count"], shown(as_ada, thread)["first_unread_post_id"]) == (2, first["id"])
    assert shown(as_ben, thread)["unread_count"] == 1

    read = as_ada.post(path, {"post_id": first["id"]}).json()
    assert (read["unread_count"], read["first_unread_post_id"]) == (1, last["id"])
    assert as_ada.post(path, {"post_id": last["id"]}).json()["unread_count"] == 0
    # It only moves forward.
    assert as_ada.post(path, {"post_id": own["id"]}).json()["unread_count"] == 0


def test_a_deleted_post_leaves_no_thread_unread(as_ada, as_ben, threads):
    thread = begin(as_ada, threads)
    post = reply(as_ben, thread)
    assert shown(as_ada, thread)["unread_count"] == 1

    as_ben.delete(f"{posts_of(thread)}{post['id']}/")

    found = shown(as_ada, thread)
    assert (found["unread_count"], found["first_unread_post_id"], found["post_count"]) == (0, None, 0)


def test_what_was_read_stays_read_where_that_post_is_deleted(as_ada, as_ben, threads):
    thread = begin(as_ada, threads)
    first, second = reply(as_ben, thread), reply(as_ben, thread)
    as_ada.post(f"{threads}{thread['id']}/read/", {"post_id": second["id"]})
    as_ben.delete(f"{posts_of(thread)}{second['id']}/")

    assert shown(as_ada, thread)["unread_count"] == 0
    error(as_ada.post(f"{threads}{thread['id']}/read/", {"post_id": second["id"]}), 404, "not_found")
    assert as_ada.post(f"{threads}{thread['id']}/read/", {"post_id": first["id"]}).json()["unread_count"] == 0


def test_nobody_puts_words_into_what_its_author_has_left_empty(moderator, as_ben, threads, ada, as_ada):
    as_moderator = client(moderator)
    thread = begin(as_ada, threads)
    post = reply(as_ada, thread)
    reply(as_ben, thread)
    leave(user_id=ada.pk, at=timezone.now())
    before = list(Entry.objects.order_by("pk").values())

    for path in (f"{threads}{thread['id']}/", f"{posts_of(thread)}{post['id']}/"):
        error(as_moderator.put(path, {"title": thread["title"], "content": "Words"}), 409, "conflict")

    assert list(Entry.objects.order_by("pk").values()) == before
    assert not Version.objects.exists()
    # It can be looked after all the same.
    kept = as_moderator.put(f"{threads}{thread['id']}/", {"title": "Moved", "content": "", "is_locked": True})
    assert kept.status_code == 200
    assert (kept.json()["title"], kept.json()["is_locked"], kept.json()["is_deleted"]) == ("Moved", True, True)


# Likes and bookmarks


def test_a_like_counts_once_and_is_taken_back(as_ada, as_ben, threads):
    thread = begin(as_ada, threads)
    for path in (f"{threads}{thread['id']}/like/", f"{posts_of(thread)}{reply(as_ada, thread)['id']}/like/"):
        for _ in range(2):
            answered = as_ben.post(path)
            assert (answered.status_code, answered.json()) == (200, {"like_count": 1, "liked": True})
        assert as_ada.post(path).json() == {"like_count": 2, "liked": True}
        for _ in range(2):
            assert as_ben.delete(path).json() == {"like_count": 1, "liked": False}
    assert (shown(as_ada, thread)["like_count"], shown(as_ada, thread)["liked"]) == (1, True)


def test_bookmarks_are_private_and_listed_the_latest_first(as_ada, as_ben, threads):
    first, second = begin(as_ada, threads, title="First"), begin(as_ada, threads, title="Second")
    as_ben.post(f"{threads}{first['id']}/bookmark/")
    as_ada.post(f"{threads}{second['id']}/bookmark/")
    for _ in range(2):
        assert as_ada.post(f"{threads}{first['id']}/bookmark/").json() == {"bookmarked": True}

    listed = as_ada.get(f"{FORUMS}bookmarks/").json()

    assert [row["title"] for row in listed["results"]] == ["First", "Second"]
    assert listed["count"] == 2
    assert shown(as_ben, second)["bookmarked"] is False
    assert as_ada.delete(f"{threads}{first['id']}/bookmark/").json() == {"bookmarked": False}
    assert [row["title"] for row in as_ada.get(f"{FORUMS}bookmarks/").json()["results"]] == ["Second"]


def test_thirty_at_once_leave_one_like_one_bookmark_and_a_count_that_is_right(together, ada, ben):
    thread = ThreadFactory(author=ada)
    path = f"{FORUMS}{thread.forum_id}/threads/{thread.pk}/"
    apis = [client(ben) for _ in range(30)]

    for what in ("like", "bookmark"):
        answers = together(30, lambda number, what=what: apis[number].post(f"{path}{what}/"))
        assert {answered.status_code for answered in answers} == {200}

    assert (Like.objects.count(), Bookmark.objects.count()) == (1, 1)
    assert apis[0].get(path).json()["like_count"] == 1


def test_thirty_who_read_at_once_stay_at_the_last_post(together, ada, ben):
    thread = ThreadFactory(author=ada)
    posts = ThreadPostFactory.create_batch(30, parent=thread, author=ada)
    path = f"{FORUMS}{thread.forum_id}/threads/{thread.pk}/read/"
    apis = [client(ben) for _ in range(30)]

    together(30, lambda number: apis[number].post(path, {"post_id": posts[number].pk}))

    assert ReadPosition.objects.get().post_number == posts[-1].pk


# Who is told


def told(user):
    return list(Notice.objects.filter(owner=user).order_by("pk").values_list("type", "title"))


def test_who_is_named_is_told_once_however_often_the_text_is_changed(as_ada, ada, ben, cleo, threads):
    thread = begin(
        as_ada, threads, content=f"@{ben.username.upper()}, @{ada.username} and me@{cleo.username} @nobody-there"
    )
    path = f"{threads}{thread['id']}/"
    [(kind, title)] = told(ben)
    assert (kind, title.endswith(" has named you")) == ("mention", True)

    as_ada.put(path, {"title": "x", "content": f"@{ben.username} again, and @{cleo.username}."})
    as_ada.put(path, {"title": "x", "content": "nobody"})
    as_ada.put(path, {"title": "x", "content": f"@{ben.username} @{cleo.username}"})

    assert (len(told(ben)), len(told(cleo)), told(ada)) == (1, 1, [])


def test_ten_names_of_a_text_are_told(as_ada, threads):
    crowd = UserFactory.create_batch(12)

    begin(as_ada, threads, content=" ".join(f"@{one.username}" for one in crowd))

    assert Notice.objects.filter(type="mention").count() == 10


def test_who_is_answered_is_told_and_who_answers_themselves_is_not(as_ada, as_ben, ada, threads):
    thread = begin(as_ada, threads)
    post = reply(as_ada, thread)

    reply(as_ben, thread, reply_to_id=post["id"])
    reply(as_ada, thread, reply_to_id=post["id"])

    assert [kind for kind, _ in told(ada)] == ["reply"]


def test_nobody_is_told_who_does_not_wish_to_be(as_ada, as_ben, ben, threads):
    as_ben.patch("/copilot/api/v1/notifications/settings", {"categories": {"mention": False}})

    begin(as_ada, threads, content=f"@{ben.username}")

    assert told(ben) == []


def test_a_draft_names_people_when_it_is_published(as_ada, ben):
    blogs = "/campus/api/blogs/"
    draft = made(as_ada.post(blogs, {"title": "x", "content": f"@{ben.username}", "status": "draft"}))
    assert told(ben) == []

    as_ada.put(f"{blogs}{draft['id']}/", {**draft, "status": "published"})

    assert len(told(ben)) == 1


# Newcomers


@pytest.mark.parametrize(("kind", "most"), [("threads", 3), ("posts", 10)])
def test_in_its_first_day_an_account_writes_so_much(ada, as_ada, throttled, threads, kind, most):
    thread = ThreadFactory()
    path = threads if kind == "threads" else posts_of({"forum_id": thread.forum_id, "id": thread.pk})
    said = {"title": "x", "content": "x"}
    for _ in range(most):
        made(as_ada.post(path, said))

    refused = as_ada.post(path, said)

    error(refused, 429, "throttled")
    assert 0 < int(refused["Retry-After"]) <= 86400
    ada.created_at = timezone.now() - timedelta(hours=25)
    ada.save()
    made(as_ada.post(path, said))


def test_in_its_first_day_an_account_writes_two_links_in_a_text(ada, as_ada, throttled, threads):
    links = "https://a.example [b](https://b.example) ![c](https://c.example)"

    error(as_ada.post(threads, {"title": "x", "content": links}), 400, "validation_error", "content")
    thread = begin(as_ada, threads, content="https://a.example https://b.example")
    path = f"{threads}{thread['id']}/"
    error(as_ada.put(path, {"title": "x", "content": links}), 400, "validation_error", "content")
    throttled.THROTTLE = False
    assert as_ada.put(path, {"title": "x", "content": links}).status_code == 200


def test_thirty_threads_of_a_newcomer_at_once_are_three(together, ada, throttled):
    forum = ForumFactory()
    apis = [client(ada) for _ in range(30)]
    throttled.THROTTLE_OF_API = {}

    together(30, lambda number: apis[number].post(f"{FORUMS}{forum.pk}/threads/", {"title": "x", "content": "x"}))

    assert Entry.objects.filter(kind="thread").count() == 3


# Statements, and what may break


@pytest.mark.parametrize("size", [1, 12])
def test_lists_take_two_queries_however_long_they_are(as_ada, queries, forum, threads, size):
    first, *_ = ThreadFactory.create_batch(size, forum=forum)
    ThreadPostFactory.create_batch(size, parent=first)
    for path in (FORUMS, threads, f"{threads}{first.pk}/posts/", f"{threads}{first.pk}/", f"{FORUMS}bookmarks/"):
        as_ada.get(path)
        with queries() as asked:
            assert as_ada.get(path).status_code == 200
        assert len(asked) == 2, path


def test_an_empty_list_asks_for_its_parent_too(as_ada, queries, forum, threads):
    empty = ThreadFactory(forum=forum)
    other = ForumFactory()
    for path in (f"{threads}{empty.pk}/posts/", f"{FORUMS}{other.pk}/threads/"):
        as_ada.get(path)
        with queries() as asked:
            assert as_ada.get(path).json()["count"] == 0
        assert len(asked) == 3


def test_no_markup_is_alive_in_any_field(as_ada, threads):
    thread = begin(as_ada, threads)
    for payload in payloads():
        for path, said in ((threads, {"title": payload[:255]}), (posts_of(thread), {})):
            answered = as_ada.post(path, {"content": payload, **said})
            assert answered.status_code in (201, 400)
            if answered.status_code == 201:
                assert not list(live(answered.json()["content_html"]))


@pytest.mark.parametrize("field", ["title", "content", "is_pinned", "reply_to_id", "post_id"])
def test_no_value_makes_an_error_of_ours(as_ada, threads, field):
    thread = begin(as_ada, threads)
    reply(as_ada, thread)
    for value in poison.values():
        said = {"title": "A", "content": "B", field: value}
        for path in (threads, posts_of(thread), f"{threads}{thread['id']}/read/"):
            answered = as_ada.post(path, said)
            assert answered.status_code in (200, 201, 400, 404), (field, value, answered.content)
