"""Counts of lists: as many as there are rows for who asks, whatever was written, hidden, removed and put back."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from onward.domain.accounts.models import User
from onward.domain.writing.counting import KeepCounts
from onward.domain.writing.index import NAME, VERSION, WATCHED
from onward.domain.writing.leaving import leave
from onward.domain.writing.models import Entry, EntryCount, Forum
from onward.domain.writing.queries.entries import standing
from onward.domain.writing.services import entries
from onward.platform.search.watching import watch
from tests.conftest import client
from tests.factories import (
    CommentFactory,
    EntryFactory,
    ForumFactory,
    RoleFactory,
    ThreadFactory,
    ThreadPostFactory,
    UserFactory,
    VideoFactory,
)

pytestmark = pytest.mark.django_db

CAMPUS = "/campus/api/"
KINDS = ("blog", "thread", "post", "video", "comment")


def moderator():
    user = UserFactory()
    RoleFactory(user=user, area="campus", role="moderator")
    return user


def address(entry):
    """Return the list that an entry is in."""
    return {
        "blog": f"{CAMPUS}blogs/",
        "thread": f"{CAMPUS}forums/{entry.forum_id}/threads/",
        "post": f"{CAMPUS}forums/{entry.forum_id}/threads/{entry.parent_id}/posts/",
        "video": f"{CAMPUS}videos/",
        "comment": f"{CAMPUS}videos/{entry.parent_id}/comments/",
    }[entry.kind]


def is_right(api, path):
    """See that a list says how many rows there are, by asking for all of them. Return the number; None without list."""
    answered = api.get(path, {"page_size": 100})
    if answered.status_code == 404:
        return None
    found = answered.json()
    assert found["count"] == len(found["results"]), path
    return found["count"]


def kept():
    return {(row.kind, row.place_id): row.count for row in EntryCount.objects.exclude(count=0)}


def counted():
    """Count what everybody may see, where it stands."""
    found = Entry.objects.filter(standing()).values_list("kind", "parent_id", "forum_id").annotate(n=Count("pk"))
    return {(kind, parent or forum or 0): n for kind, parent, forum, n in found.order_by()}


class Campus(RuleBasedStateMachine):
    """Anything that happens to what members write."""

    def __init__(self):
        super().__init__()
        self.opened = transaction.atomic()
        self.opened.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.opened.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.people = [*UserFactory.create_batch(2), moderator(), UserFactory(is_staff=True)]
        self.forums = ForumFactory.create_batch(2)

    def api(self, number):
        return client(self.people[number])

    def entry(self, data):
        found = list(Entry.objects.order_by("pk"))
        return data.draw(st.sampled_from(found)) if found else None

    def path(self, entry):
        return f"{address(entry)}{entry.pk}/"

    @rule(data=st.data(), number=st.integers(0, 3), kind=st.sampled_from(KINDS))
    def write(self, data, number, kind):
        said = {"title": "A title", "content": "Some words"}
        parents = Entry.objects.filter(kind={"post": "thread", "comment": "video"}.get(kind)).order_by("pk")
        if kind in ("post", "comment"):
            if not parents:
                return
            parent = data.draw(st.sampled_from(list(parents)))
            path = address(Entry(kind=kind, parent_id=parent.pk, forum_id=parent.forum_id))
        elif kind == "thread":
            forums = list(Forum.objects.order_by("pk"))
            if not forums:
                return
            path = address(Entry(kind=kind, forum=data.draw(st.sampled_from(forums))))
        else:
            path = address(Entry(kind=kind))
            said |= {"url": "https://videos.example.org/1"}
        assert self.api(number).post(path, said).status_code in (201, 404)

    @rule(data=st.data(), number=st.integers(0, 3), status=st.sampled_from(["published", "draft"]))
    def publish(self, data, number, status):
        entry = self.entry(data)
        if entry is not None and entry.kind in ("blog", "video"):
            visibility = {"published": "all", "draft": data.draw(st.sampled_from(["private", "unlisted"]))}[status]
            said = {"title": "Another title", "content": "Words", "status": status, "visibility": visibility}
            assert self.api(number).put(self.path(entry), said).status_code in (200, 403, 404, 409)

    @rule(data=st.data(), number=st.integers(0, 3))
    def remove(self, data, number):
        entry = self.entry(data)
        if entry is not None:
            assert self.api(number).delete(self.path(entry)).status_code in (204, 403, 404)

    @rule(data=st.data())
    def restore(self, data):
        entry = self.entry(data)
        if entry is not None:
            answered = self.api(2).post(f"{CAMPUS}flags/restore/", {"entry_id": entry.pk})
            assert answered.status_code in (200, 404)

    @rule(data=st.data(), times=st.integers(1, 3))
    def flag(self, data, times):
        entry = self.entry(data)
        for _ in range(times if entry else 0):
            said = {"entry_id": entry.pk, "reason": "spam"}
            assert client(UserFactory()).post(f"{CAMPUS}flags/", said).status_code in (201, 404)

    @rule(data=st.data(), action=st.sampled_from(["keep", "remove"]))
    def resolve(self, data, action):
        waiting = self.api(2).get(f"{CAMPUS}flags/", {"resolved": "false"}).json()["results"]
        if waiting:
            number = data.draw(st.sampled_from(waiting))["id"]
            self.api(2).post(f"{CAMPUS}flags/{number}/resolve/", {"action": action})

    @rule(number=st.integers(0, 1))
    def leave(self, number):
        gone, self.people[number] = self.people[number], UserFactory()
        leave(user_id=gone.pk, at=timezone.now())
        User.objects.filter(pk=gone.pk).delete()

    @rule()
    def a_month_goes_by(self):
        entries.forget_removed(at=timezone.now() + timedelta(days=31))

    @rule(data=st.data())
    def delete_a_forum(self, data):
        forum = data.draw(st.sampled_from(self.forums))
        assert self.api(3).delete(f"{CAMPUS}forums/{forum.pk}/").status_code in (204, 404)

    @invariant()
    def every_count_is_what_it_counts(self):
        if not hasattr(self, "people"):
            return
        assert kept() == counted()
        paths = {address(entry) for entry in Entry.objects.all()}
        for number in range(4):
            api = self.api(number)
            for path in sorted(paths):
                is_right(api, path)
        for forum in self.api(0).get(f"{CAMPUS}forums/").json()["results"]:
            assert forum["thread_count"] == Entry.objects.filter(standing(), kind="thread", forum=forum["id"]).count()


def test_counts_are_right_whatever_happens(db):
    run_state_machine_as_test(
        Campus,
        settings=settings(
            max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_count_is_of_what_one_sees_oneself(as_ada, ada, as_ben):
    thread = ThreadFactory()
    ThreadPostFactory.create_batch(2, parent=thread)
    post = ThreadPostFactory(parent=thread, author=ada, hidden_at=timezone.now())
    path = address(post)

    assert [is_right(api, path) for api in (as_ada, as_ben, client(moderator()))] == [3, 2, 3]
    # Hidden: for its author and moderators, and so is what stands below it.
    Entry.objects.filter(pk=thread.pk).update(hidden_at=timezone.now())
    assert [is_right(api, path) for api in (as_ada, as_ben, client(moderator()))] == [None, None, 3]
    # Under another forum it is not there.
    assert is_right(client(moderator()), path.replace(f"/{thread.forum_id}/", f"/{ForumFactory().pk}/")) is None


def test_videos_that_only_their_author_sees_are_in_the_authors_count(as_ada, ada, as_ben, root):
    for status in ("published", "unlisted", "draft"):
        VideoFactory(author=ada, status=status)
        VideoFactory(author=ada, status=status, hidden_at=timezone.now())
        VideoFactory(author=ada, status=status, removed_at=timezone.now())

    path = f"{CAMPUS}videos/"
    assert [is_right(api, path) for api in (as_ada, as_ben, client(moderator()), client(root))] == [6, 1, 2, 2]


@pytest.mark.parametrize("make", [EntryFactory, ThreadFactory, ThreadPostFactory, VideoFactory, CommentFactory])
def test_no_list_looks_at_each_row_to_count_them(as_ada, make):
    entry = make()
    path = address(entry)
    as_ada.get(path)

    # As if there were many more than there are.
    EntryCount.objects.filter(kind=entry.kind).update(count=20_000)

    assert as_ada.get(path).json()["count"] == 20_000
    assert as_ada.get(path, {"search": "a"}).json()["count"] < 20_000


def test_thirty_who_write_remove_and_restore_at_once_leave_counts_that_are_right(together):
    forum, people = ForumFactory(), UserFactory.create_batch(30)
    apis, judges = [client(one) for one in people], [client(moderator()) for _ in range(30)]
    thread = ThreadFactory(forum=forum)
    threads = f"{CAMPUS}forums/{forum.pk}/threads/"
    posts = f"{threads}{thread.pk}/posts/"
    old = [ThreadFactory(forum=forum, author=one) for one in people]

    def one(number):
        made = [apis[number].post(path, {"title": "x", "content": "x"}) for path in (threads, posts)]
        gone = apis[number].delete(f"{threads}{old[number].pk}/")
        back = judges[number].post(f"{CAMPUS}flags/restore/", {"entry_id": old[number].pk})
        last = apis[number].delete(f"{posts}{made[1].json()['id']}/")
        return [answered.status_code for answered in (*made, gone, back, last)]

    assert together(30, one) == [[201, 201, 204, 200, 204]] * 30
    assert kept() == counted()
    assert is_right(apis[0], threads) == 61
    assert is_right(apis[0], posts) == 0


def test_who_leaves_and_whose_forum_is_deleted_wait_for_nobody_in_a_circle(together):
    """Each has begun threads in both forums, in another order."""
    watch(NAME, WATCHED, version=VERSION)
    first, second = ForumFactory.create_batch(2)
    people = UserFactory.create_batch(28)
    for number, one in enumerate(people):
        for forum in (first, second) if number % 2 else (second, first):
            ThreadPostFactory(parent=ThreadFactory(forum=forum, author=one), author=one)
    admin = client(UserFactory(is_staff=True))

    def one(number):
        if number < 28:
            leave(user_id=people[number].pk, at=timezone.now())
            return 204
        return admin.delete(f"{CAMPUS}forums/{(first, second)[number - 28].pk}/").status_code

    assert together(30, one) == [204] * 30
    assert kept() == counted() == {}


def test_what_was_there_before_counts_were_kept_is_counted():
    ThreadPostFactory.create_batch(2, parent=ThreadFactory())
    ThreadPostFactory(removed_at=timezone.now())
    CommentFactory()
    EntryFactory(status="draft")
    EntryFactory()
    right = counted()
    EntryCount.objects.all().delete()

    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        KeepCounts().database_forwards("writing", editor, None, None)

    assert kept() == right
