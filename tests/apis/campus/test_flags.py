"""Flags: what members think should not be there, and what moderators decide."""

import pytest

from onward.domain.writing.models import Entry, Flag, Mention
from tests import poison
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import EntryFactory, RoleFactory, ThreadFactory, ThreadPostFactory, UserFactory

pytestmark = pytest.mark.django_db

FLAGS = "/campus/api/flags/"
BLOGS = "/campus/api/blogs/"


@pytest.fixture
def as_moderator(db):
    user = UserFactory()
    RoleFactory(user=user, area="campus", role="moderator")
    return client(user)


@pytest.fixture
def blog(ada):
    return EntryFactory(author=ada, title="A walk")


def flag(api, entry, **said):
    return api.post(FLAGS, {"entry_id": entry.pk, "reason": "spam", **said})


def flagged(entry, times=3):
    return [flag(client(UserFactory()), entry).json()["id"] for _ in range(times)]


def test_a_flag_says_why_and_is_one(as_ben, blog):
    made = flag(as_ben, blog, note="Thrice")

    assert made.status_code == 201
    assert {name: made.json()[name] for name in ("entry_id", "reason", "note")} == {
        "entry_id": blog.pk,
        "reason": "spam",
        "note": "Thrice",
    }
    error(flag(as_ben, blog), 409, "conflict")
    assert Flag.objects.count() == 1


def test_ones_own_and_what_is_not_there_cannot_be_flagged(as_ada, as_ben, ada, blog):
    error(flag(as_ada, blog), 400, "validation_error", "entry_id")
    for entry in (EntryFactory(author=ada, status="draft"), Entry(pk=99999999)):
        error(flag(as_ben, entry), 404, "not_found")
    error(as_ben.post(FLAGS, {"entry_id": blog.pk}), 400, "validation_error", "reason")
    error(as_ben.post(FLAGS, {"reason": "spam"}), 400, "validation_error", "entry_id")
    assert not Flag.objects.exists()


def test_three_flags_hide_an_entry_until_a_moderator_decides(as_ada, as_ben, as_moderator, blog):
    path = f"{BLOGS}{blog.pk}/"
    numbers = flagged(blog, 2)
    assert as_ben.get(path).status_code == 200

    numbers += flagged(blog, 1)

    error(as_ben.get(path), 404, "not_found")
    assert as_ben.get(BLOGS).json()["count"] == 0
    # Who has written it and who decides still see it.
    assert as_ada.get(path).status_code == as_moderator.get(path).status_code == 200
    waiting = as_moderator.get(f"{FLAGS}?resolved=false").json()["results"]
    assert [row["id"] for row in waiting] == numbers
    assert waiting[0]["entry"]["title"] == "A walk"
    assert waiting[0]["entry"]["hidden_at"] is not None

    decided = as_moderator.post(f"{FLAGS}{numbers[0]}/resolve/", {"action": "keep"}).json()

    assert (decided["action"], decided["entry"]["hidden_at"]) == ("keep", None)
    assert as_ben.get(path).status_code == 200
    assert as_moderator.get(f"{FLAGS}?resolved=false").json()["count"] == 0
    error(as_moderator.post(f"{FLAGS}{numbers[1]}/resolve/", {"action": "keep"}), 409, "conflict")
    # The flags that were decided about do not count any more.
    flagged(blog, 2)
    assert as_ben.get(path).status_code == 200


def test_what_a_moderator_removes_is_gone_and_can_be_restored(as_ben, as_moderator, blog):
    number, *_ = flagged(blog)

    decided = as_moderator.post(f"{FLAGS}{number}/resolve/", {"action": "remove"}).json()

    assert decided["entry"]["removed_at"] is not None
    error(as_moderator.get(f"{BLOGS}{blog.pk}/"), 404, "not_found")
    for _ in range(2):
        assert as_moderator.post(f"{FLAGS}restore/", {"entry_id": blog.pk}).status_code == 200
    assert as_ben.get(f"{BLOGS}{blog.pk}/").status_code == 200


def test_a_hidden_post_is_neither_counted_nor_unread(as_ada, ada, ben):
    thread = ThreadFactory(author=ada)
    post = ThreadPostFactory(parent=thread, author=ben)
    path = f"/campus/api/forums/{thread.forum_id}/threads/{thread.pk}/"
    assert (as_ada.get(path).json()["post_count"], as_ada.get(path).json()["unread_count"]) == (1, 1)

    flagged(post)

    found = as_ada.get(path).json()
    assert (found["post_count"], found["unread_count"], found["last_post_at"]) == (0, 0, None)
    assert as_ada.get(f"{path}posts/").json()["count"] == 0


def test_nobody_is_told_of_a_name_in_what_is_hidden_or_stands_below_it(as_ada, ada, ben):
    thread = ThreadFactory(author=ada)
    post = ThreadPostFactory(parent=thread, author=ada)
    path = f"/campus/api/forums/{thread.forum_id}/threads/{thread.pk}/"
    flagged(thread)

    as_ada.put(path, {"title": "x", "content": f"Look, @{ben.username}"})
    as_ada.put(f"{path}posts/{post.pk}/", {"content": f"Look, @{ben.username}"})
    as_ada.post(f"{path}posts/", {"content": f"Look, @{ben.username}"})

    assert not Mention.objects.exists()


def test_thirty_flags_of_one_person_at_once_are_one_and_of_thirty_hide_once(together, ada, ben):
    blog, other = EntryFactory(author=ada), EntryFactory(author=ada)
    apis, crowd = [client(ben) for _ in range(30)], [client(UserFactory()) for _ in range(30)]

    answers = together(30, lambda number: flag(apis[number], blog).status_code)
    assert sorted(answers) == [201] + [409] * 29
    together(30, lambda number: flag(crowd[number], other).status_code)

    assert Flag.objects.filter(entry=blog).count() == 1
    other.refresh_from_db()
    assert other.hidden_at is not None


@pytest.mark.parametrize("field", ["entry_id", "reason", "note", "action"])
def test_no_value_makes_an_error_of_ours(as_ben, as_moderator, blog, field):
    number = flag(client(UserFactory()), blog).json()["id"]
    for value in poison.values():
        said = {"entry_id": blog.pk, "reason": "x", "action": "keep", field: value}
        for api, path in (
            (as_ben, FLAGS),
            (as_moderator, f"{FLAGS}restore/"),
            (as_moderator, f"{FLAGS}{number}/resolve/"),
        ):
            assert api.post(path, said).status_code in (200, 201, 400, 404, 409), (field, value)
