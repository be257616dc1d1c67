"""Section 8 of the campus document: videos, as far as they are told of by an address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.video.models import Video
from onward.domain.video.services import videos
from onward.domain.writing.models import Entry, Like, Mention, Version, Visit
from onward.domain.writing.services import entries
from tests import poison
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import CommentFactory, RoleFactory, UserFactory, VideoFactory

pytestmark = pytest.mark.django_db

VIDEOS = "/campus/api/videos/"
FLAGS = "/campus/api/flags/"
ADDRESS = "https://videos.example.org/1"
FIELDS = (
    "id title url stream_url description description_html uploaded_by_id uploaded_by visibility duration poster_url "
    "captions view_count like_count liked comment_count created_at updated_at edited_at"
).split()


@pytest.fixture
def as_moderator(db):
    user = UserFactory()
    RoleFactory(user=user, area="campus", role="moderator")
    return client(user)


def add(api, **said):
    answered = api.post(VIDEOS, {"title": "A lecture", "url": ADDRESS, **said})
    assert answered.status_code == 201, answered.content
    return answered.json()


def titles(answered):
    assert answered.status_code == 200, answered.content
    return [row["title"] for row in answered.json()["results"]]


def test_a_video_is_what_was_said_of_it_and_members_see_it(as_ada, ada, as_ben):
    made = add(as_ada, title=" A lecture ", description="About *rivers*")

    assert list(made) == FIELDS
    assert made["uploaded_by_id"] == ada.pk
    assert made["uploaded_by"] == {"id": ada.pk, "username": "ada", "display_name": ada.display_name or "ada"}
    assert (made["title"], made["url"], made["stream_url"]) == ("A lecture", ADDRESS, ADDRESS)
    assert (made["description"], made["description_html"]) == ("About *rivers*", "<p>About <em>rivers</em></p>\n")
    assert (made["visibility"], made["duration"], made["poster_url"], made["captions"]) == ("all", None, None, [])
    assert (made["view_count"], made["like_count"], made["liked"], made["comment_count"]) == (0, 0, False, 0)
    assert as_ben.get(VIDEOS).json()["results"] == [made]
    assert as_ben.get(f"{VIDEOS}{made['id']}/").json() == {**made, "view_count": 1}


def test_a_description_may_be_left_out(as_ada):
    assert add(as_ada)["description"] == ""
    assert add(as_ada, description=None)["description"] == ""


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"url": ""}, "url"),
        ({"url": None}, "url"),
        ({"url": 7}, "url"),
        ({"url": "ftp://videos.example.org/1"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "//videos.example.org/1"}, "url"),
        ({"url": " //videos.example.org/1"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "https://" + "x" * 2000 + ".example.org"}, "url"),
        ({"description": "x" * 100_001}, "description"),
        ({"description": 7}, "description"),
        ({"visibility": "secret"}, "visibility"),
        ({"visibility": "draft"}, "visibility"),
    ],
)
def test_a_wrong_value_is_named(as_ada, said, field):
    error(as_ada.post(VIDEOS, {"title": "A lecture", "url": ADDRESS, **said}), 400, "validation_error", field)
    assert not Entry.objects.exists()
    assert not Video.objects.exists()


def test_title_and_address_are_needed_and_what_is_not_a_clients_is_passed_over(as_ada, ada, ben):
    error(as_ada.post(VIDEOS, {"url": ADDRESS}), 400, "validation_error", "title")
    error(as_ada.post(VIDEOS, {"title": "A lecture"}), 400, "validation_error", "url")
    made = add(as_ada, id=7, uploaded_by_id=ben.pk, duration=9, view_count=9, captions=["x"], colour="blue")

    assert (made["uploaded_by_id"], made["duration"], made["view_count"], made["captions"]) == (ada.pk, None, 0, [])


def test_what_is_shown_can_be_put_back_and_changes_nothing(as_ada):
    shown = add(as_ada, description="x")

    assert as_ada.put(f"{VIDEOS}{shown['id']}/", shown).json() == shown
    assert not Version.objects.exists()


def test_a_change_keeps_what_is_absent_and_what_was_said_before(as_ada, as_ben):
    shown = add(as_ada, description="Before")
    path = f"{VIDEOS}{shown['id']}/"

    changed = as_ada.put(path, {"title": "Another", "url": "https://videos.example.org/2"}).json()

    assert (changed["title"], changed["url"], changed["description"]) == (
        "Another",
        "https://videos.example.org/2",
        "Before",
    )
    assert changed["updated_at"] > shown["updated_at"]
    [version] = as_ada.get(f"{path}history/").json()["results"]
    assert (version["title"], version["content"]) == ("A lecture", "Before")
    error(as_ben.get(f"{path}history/"), 403, "forbidden")
    error(as_ada.put(path, {"description": "x"}), 400, "validation_error", "title")
    error(as_ada.put(path, {"title": "x", "url": "nowhere"}), 400, "validation_error", "url")


def test_a_new_address_alone_is_a_change(as_ada):
    shown = add(as_ada)

    changed = as_ada.put(f"{VIDEOS}{shown['id']}/", {"title": "A lecture", "url": "https://v.example.org/2"}).json()

    assert changed["url"] == "https://v.example.org/2"
    assert changed["updated_at"] > shown["updated_at"]


# Who sees what


def test_an_unlisted_video_is_there_for_who_knows_of_it_and_a_private_one_for_nobody_else(as_ada, as_ben, as_root):
    ids = {word: add(as_ada, title=word, visibility=word)["id"] for word in ("all", "unlisted", "private")}

    assert titles(as_ben.get(VIDEOS)) == titles(as_root.get(VIDEOS)) == ["all"]
    assert titles(as_ada.get(VIDEOS)) == ["private", "unlisted", "all"]
    assert titles(as_ada.get(f"{VIDEOS}?visibility=private")) == ["private"]
    assert titles(as_ben.get(f"{VIDEOS}?visibility=unlisted")) == []
    seen = {word: as_ben.get(f"{VIDEOS}{pk}/").status_code for word, pk in ids.items()}
    assert seen == {"all": 200, "unlisted": 200, "private": 404}
    assert as_root.get(f"{VIDEOS}{ids['private']}/").status_code == 200


def test_a_private_video_has_nothing_for_others(as_ada, as_ben, ada):
    video = VideoFactory(author=ada, status="draft")
    comment = CommentFactory(parent=video, author=ada)
    path = f"{VIDEOS}{video.pk}/"

    for method, below in [
        ("get", ""),
        ("put", ""),
        ("delete", ""),
        ("get", "history/"),
        ("post", "like/"),
        ("delete", "like/"),
        ("get", "comments/"),
        ("post", "comments/"),
        ("get", f"comments/{comment.pk}/"),
        ("post", f"comments/{comment.pk}/like/"),
    ]:
        body = {"title": "x", "content": "x"} if method in ("put", "post") else {}
        error(getattr(as_ben, method)(f"{path}{below}", body), 404, "not_found")
    for entry in (video, comment):
        error(as_ben.post(FLAGS, {"entry_id": entry.pk, "reason": "x"}), 404, "not_found")
    assert not Like.objects.exists()
    assert as_ada.get(f"{path}comments/").json()["count"] == 1


def test_nobody_is_told_of_what_they_may_not_see(as_ada, ada, ben):
    private = add(as_ada, description="For @ben", visibility="private")["id"]
    comment = as_ada.post(f"{VIDEOS}{private}/comments/", {"content": "Do you see this, @ben?"}).json()["id"]
    as_ada.put(f"{VIDEOS}{private}/comments/{comment}/", {"content": "And this, @ben?"})
    assert not Mention.objects.exists()

    as_ada.put(f"{VIDEOS}{private}/", {"title": "A lecture", "visibility": "all"})

    assert list(Mention.objects.values_list("user_id", "entry_id")) == [(ben.pk, private)]


def test_a_video_that_was_made_private_is_gone_for_others_at_once(as_ada, as_ben):
    shown = add(as_ada)
    path = f"{VIDEOS}{shown['id']}/"
    assert as_ben.get(path).status_code == 200

    assert as_ada.put(path, {**shown, "visibility": "private"}).json()["visibility"] == "private"

    error(as_ben.get(path), 404, "not_found")
    assert titles(as_ben.get(VIDEOS)) == []


def test_three_flags_hide_a_video_and_a_moderator_restores_what_was_removed(as_ada, as_ben, as_moderator, ada):
    video = VideoFactory(author=ada)
    path = f"{VIDEOS}{video.pk}/"
    for _ in range(3):
        client(UserFactory()).post(FLAGS, {"entry_id": video.pk, "reason": "spam"})
    error(as_ben.get(path), 404, "not_found")
    assert as_ada.get(path).status_code == as_moderator.get(path).status_code == 200

    assert as_moderator.delete(path).status_code == 204
    error(as_ada.get(path), 404, "not_found")
    assert as_moderator.post(f"{FLAGS}restore/", {"entry_id": video.pk}).status_code == 200

    assert as_ben.get(path).status_code == 200


def test_what_was_removed_goes_after_thirty_days_with_all_that_is_below(as_ada, ada):
    video = VideoFactory(author=ada)
    CommentFactory(parent=video)
    as_ada.delete(f"{VIDEOS}{video.pk}/")

    entries.forget_removed(at=timezone.now() + timedelta(days=31))

    assert not Entry.objects.exists()
    assert not Video.objects.exists()


# Views and likes


def test_each_member_is_one_view_and_the_author_is_none(as_ada, as_ben, as_cleo):
    path = f"{VIDEOS}{add(as_ada)['id']}/"

    counts = [api.get(path).json()["view_count"] for api in (as_ada, as_ben, as_ben, as_cleo, as_ada)]

    assert counts == [0, 1, 1, 2, 2]


def test_an_unlisted_video_has_viewers_too(as_ada, as_ben):
    assert as_ben.get(f"{VIDEOS}{add(as_ada, visibility='unlisted')['id']}/").json()["view_count"] == 1


def test_a_like_is_one_and_can_be_taken_back(as_ada, as_ben):
    path = f"{VIDEOS}{add(as_ada)['id']}/"

    for _ in range(2):
        assert as_ben.post(f"{path}like/").json() == {"like_count": 1, "liked": True}
    assert (as_ben.get(path).json()["liked"], as_ada.get(path).json()["liked"]) == (True, False)
    for _ in range(2):
        assert as_ben.delete(f"{path}like/").json() == {"like_count": 0, "liked": False}


def test_thirty_views_and_likes_at_once_count_once(together, ada, ben):
    video = VideoFactory(author=ada)
    apis = [client(ben) for _ in range(30)]

    together(30, lambda number: apis[number].get(f"{VIDEOS}{video.pk}/").status_code)
    answers = together(30, lambda number: apis[number].post(f"{VIDEOS}{video.pk}/like/").json()["like_count"])

    assert answers == [1] * 30
    assert Visit.objects.count() == Like.objects.count() == 1


# Lists, and what may break


def test_a_list_is_searched_filtered_and_ordered(as_ada, as_ben, ben):
    add(as_ada, title="Rivers", description="of Europe")
    add(as_ben, title="Lakes", description="of Finland")

    assert titles(as_ada.get(f"{VIDEOS}?search=EUROPE")) == ["Rivers"]
    assert titles(as_ada.get(f"{VIDEOS}?uploaded_by={ben.pk}")) == ["Lakes"]
    assert titles(as_ada.get(f"{VIDEOS}?ordering=title")) == ["Lakes", "Rivers"]
    assert titles(as_ada.get(f"{VIDEOS}?page_size=1&page=2")) == ["Rivers"]
    error(as_ada.get(f"{VIDEOS}?page=3&page_size=1"), 404, "not_found")


@pytest.mark.parametrize("size", [1, 25])
def test_a_list_takes_two_queries_however_long_it_is(as_ada, ada, queries, size):
    VideoFactory.create_batch(size, author=ada)
    as_ada.get(VIDEOS)

    with queries() as asked:
        assert as_ada.get(VIDEOS).json()["count"] == size

    assert len(asked) == 2


def test_a_video_takes_two_queries(as_ada, ada, queries):
    path = f"{VIDEOS}{VideoFactory(author=ada).pk}/"
    as_ada.get(path)

    with queries() as asked:
        assert as_ada.get(path).status_code == 200

    assert len(asked) == 2


def test_thirty_changes_at_once_are_thirty_versions_and_one_address(together, ada):
    video, at = VideoFactory(author=ada), timezone.now()

    answers = together(
        30,
        lambda number: videos.update(
            entry=Entry.objects.get(pk=video.pk),
            by_id=ada.pk,
            at=at,
            title=f"No. {number}",
            address=f"https://v/{number}",
        ),
    )

    assert answers == [None] * 30
    assert Version.objects.count() == 30
    video.refresh_from_db()
    assert video.video.address == f"https://v/{video.title.removeprefix('No. ')}"


@pytest.mark.parametrize("field", ["title", "url", "description", "visibility", "upload"])
def test_no_value_makes_an_error_of_ours(as_ada, field):
    path = f"{VIDEOS}{add(as_ada)['id']}/"
    for value in poison.values():
        said = {"title": "A", "url": ADDRESS, field: value}
        assert as_ada.post(VIDEOS, said).status_code in (201, 400, 404), (field, value)
        assert as_ada.put(path, said).status_code in (200, 400), (field, value)
        for name in ("search", "uploaded_by", "visibility", "ordering", "page"):
            if isinstance(value, str) and value.isprintable() and field == "title":
                assert as_ada.get(VIDEOS, {name: value}).status_code in (200, 400, 404)
