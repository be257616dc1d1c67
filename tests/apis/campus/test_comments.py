"""Section 9 of the campus document: comments on videos."""

import pytest
from django.utils import timezone

from onward.domain.accounts import tasks
from onward.domain.accounts.services import leaving
from onward.domain.notifications.models import Notice
from onward.domain.writing.models import Entry, Like, Mention
from tests import poison
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import CommentFactory, RoleFactory, UserFactory, VideoFactory

pytestmark = pytest.mark.django_db

FIELDS = (
    "id video_id creator_id creator content content_html reply_to_id like_count liked is_deleted created_at updated_at "
    "edited_at"
).split()


@pytest.fixture
def as_moderator(db):
    user = UserFactory()
    RoleFactory(user=user, area="campus", role="moderator")
    return client(user)


@pytest.fixture
def video(ada):
    return VideoFactory(author=ada)


@pytest.fixture
def path(video):
    return f"/campus/api/videos/{video.pk}/comments/"


def comment(api, path, content="Thank *you*", **said):
    answered = api.post(path, {"content": content, **said})
    assert answered.status_code == 201, answered.content
    return answered.json()


def test_a_comment_is_what_was_written_and_is_counted(as_ada, as_ben, ben, video, path):
    made = comment(as_ben, path)

    assert list(made) == FIELDS
    assert (made["video_id"], made["creator_id"], made["creator"]["username"]) == (video.pk, ben.pk, "ben")
    assert (made["content"], made["content_html"]) == ("Thank *you*", "<p>Thank <em>you</em></p>\n")
    assert as_ada.get(f"{path}{made['id']}/").json() == made
    assert as_ada.get(f"/campus/api/videos/{video.pk}/").json()["comment_count"] == 1


def test_a_comment_whose_author_has_left_says_so_and_nothing_else(as_ada, ben, path):
    made = comment(client(ben), path)
    comment(as_ada, path, "Gladly", reply_to_id=made["id"])
    assert made["is_deleted"] is False

    leaving.close(user_id=ben.pk, at=timezone.now())
    tasks.erase(user_id=ben.pk)

    answer, left = as_ada.get(path).json()["results"]
    assert (answer["content"], answer["is_deleted"]) == ("Gladly", False)
    assert (left["id"], left["creator_id"], left["creator"]) == (made["id"], None, None)
    assert (left["content"], left["content_html"], left["is_deleted"]) == ("", "", True)


def test_comments_come_the_latest_first_and_are_searched(as_ben, path):
    for content in ("one", "two", "three"):
        comment(as_ben, path, content)

    def found(query=""):
        return [row["content"] for row in as_ben.get(f"{path}{query}").json()["results"]]

    assert found() == ["three", "two", "one"]
    assert found("?search=TW") == ["two"]
    assert found("?ordering=created_at&page_size=2") == ["one", "two"]


@pytest.mark.parametrize("content", ["", "  ", None, 7, "x" * 20_001, ["x"]])
def test_a_comment_says_something_and_not_too_much(as_ben, path, content):
    error(as_ben.post(path, {"content": content}), 400, "validation_error", "content")
    error(as_ben.post(path), 400, "validation_error", "content")
    assert not Entry.objects.filter(kind="comment").exists()


def test_the_author_and_moderators_change_and_delete_a_comment(as_ada, as_ben, as_moderator, path):
    made = comment(as_ben, path, "Before")
    one = f"{path}{made['id']}/"

    # Whose video it is makes no difference.
    for method in ("put", "delete"):
        error(getattr(as_ada, method)(one, {"content": "x"}), 403, "forbidden")
    assert as_ben.put(one, {**made, "content": "After"}).json()["content"] == "After"
    assert as_moderator.put(one, {"content": "Later"}).json()["edited_at"] is not None
    assert [row["content"] for row in as_ben.get(f"{one}history/").json()["results"]] == ["After", "Before"]
    assert as_moderator.delete(one).status_code == 204
    error(as_ben.get(one), 404, "not_found")
    assert as_ben.get(path).json()["count"] == 0


def test_an_answer_names_a_comment_on_the_same_video_and_its_author_is_told(as_ada, as_ben, ben, path):
    first = comment(as_ben, path)

    answer = comment(as_ada, path, "And thank you, @ben", reply_to_id=first["id"])

    assert answer["reply_to_id"] == first["id"]
    assert Mention.objects.get().user_id == ben.pk
    assert set(Notice.objects.filter(owner=ben).values_list("type", flat=True)) == {"mention", "reply"}
    elsewhere = CommentFactory()
    refused = error(
        as_ada.post(path, {"content": "x", "reply_to_id": elsewhere.pk}), 400, "validation_error", "reply_to_id"
    )
    assert "comment" in refused["fields"]["reply_to_id"][0]


def test_thirty_likes_at_once_are_one(together, ada, ben):
    made = CommentFactory(author=ada)
    path, apis = f"/campus/api/videos/{made.parent_id}/comments/{made.pk}/like/", [client(ben) for _ in range(30)]

    answers = together(30, lambda number: apis[number].post(path).json())

    assert answers == [{"like_count": 1, "liked": True}] * 30
    assert Like.objects.count() == 1
    assert apis[0].delete(path).json() == {"like_count": 0, "liked": False}


def test_thirty_comments_at_once_are_thirty_and_none_comes_after_the_video_is_gone(together, ada):
    video, apis = VideoFactory(author=ada), [client(UserFactory()) for _ in range(30)]
    path = f"/campus/api/videos/{video.pk}/"

    def act(number):
        if number == 7:
            return client(ada).delete(path).status_code
        return apis[number].post(f"{path}comments/", {"content": str(number)}).status_code

    answers = together(30, act)

    assert answers[7] == 204
    assert {*answers} <= {201, 204, 404}
    # One may be there and its video gone before it can be shown.
    assert answers.count(201) <= Entry.objects.filter(kind="comment").count() <= 29
    error(client(ada).post(f"{path}comments/", {"content": "x"}), 404, "not_found")


def test_comments_take_two_queries(as_ada, ada, queries):
    path = f"/campus/api/videos/{VideoFactory(author=ada).pk}/comments/"
    CommentFactory.create_batch(25, parent_id=int(path.split("/")[4]), parent=None)
    as_ada.get(path)

    with queries() as asked:
        assert as_ada.get(path).json()["count"] == 25

    assert len(asked) == 2


@pytest.mark.parametrize("field", ["content", "reply_to_id"])
def test_no_value_makes_an_error_of_ours(as_ben, path, field):
    one = f"{path}{comment(as_ben, path)['id']}/"
    for value in poison.values():
        said = {"content": "x", field: value}
        assert as_ben.post(path, said).status_code in (201, 400), (field, value)
        assert as_ben.put(one, said).status_code in (200, 400), (field, value)
