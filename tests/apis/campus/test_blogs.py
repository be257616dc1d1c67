"""Section 3 of the campus document: blogs."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from onward.domain.writing.models import Entry, Version, Visit
from onward.domain.writing.services import entries, marks
from tests import poison
from tests.apis.campus.errors import error
from tests.client import Api
from tests.conftest import client
from tests.factories import EntryFactory, RoleFactory, UserFactory
from tests.platform.test_markdown import live, payloads

pytestmark = pytest.mark.django_db

BLOGS = "/campus/api/blogs/"
FLAGS = "/campus/api/flags/"
FIELDS = (
    "id title content content_html author_id author status tags reader_count created_at updated_at edited_at".split()
)


@pytest.fixture
def as_moderator(db):
    user = UserFactory()
    RoleFactory(user=user, area="campus", role="moderator")
    return client(user)


@pytest.fixture
def anybody():
    return Api()


def write(api, **said):
    answered = api.post(BLOGS, {"title": "A walk", "content": "Along the *river*", **said})
    assert answered.status_code == 201, answered.content
    return answered.json()


def titles(answered):
    assert answered.status_code == 200, answered.content
    return [row["title"] for row in answered.json()["results"]]


def test_a_blog_is_what_was_written_and_everybody_reads_it(as_ada, ada, anybody):
    made = write(as_ada, title=" A walk ", tags=["Walks", "river", "WALKS"])

    assert list(made) == FIELDS
    assert made["author"] == {"id": ada.pk, "username": ada.username, "display_name": ada.display_name or ada.username}
    assert (made["title"], made["content"]) == ("A walk", "Along the *river*")
    assert made["content_html"] == "<p>Along the <em>river</em></p>\n"
    assert (made["status"], made["tags"], made["reader_count"], made["edited_at"]) == (
        "published",
        ["Walks", "river"],
        0,
        None,
    )
    assert anybody.get(f"{BLOGS}{made['id']}/").json() == made
    assert anybody.get(BLOGS).json()["results"] == [made]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": None}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"content": ""}, "content"),
        ({"content": "x" * 100_001}, "content"),
        ({"content": 7}, "content"),
        ({"status": "secret"}, "status"),
        ({"tags": [str(number) for number in range(11)]}, "tags"),
        ({"tags": ["x" * 51]}, "tags"),
        ({"tags": "walks"}, "tags"),
    ],
)
def test_a_wrong_value_is_named(as_ada, said, field):
    answered = as_ada.post(BLOGS, {"title": "A walk", "content": "x", **said})

    error(answered, 400, "validation_error", field)
    assert not Entry.objects.exists()


def test_title_and_content_are_needed_and_what_is_not_a_clients_is_passed_over(as_ada, ada, ben):
    error(as_ada.post(BLOGS, {}), 400, "validation_error", "title", "content")

    made = write(as_ada, id=7, author_id=ben.pk, reader_count=9, is_pinned=True, popularity=9, kind="thread")

    assert (made["author_id"], made["reader_count"]) == (ada.pk, 0)
    assert Entry.objects.get(pk=made["id"]).kind == "blog"


def test_what_is_shown_can_be_put_back_and_changes_nothing(as_ada):
    made = write(as_ada, tags=["river"])

    assert as_ada.put(f"{BLOGS}{made['id']}/", made).json() == made
    assert not Version.objects.exists()


def test_a_change_keeps_what_was_said_before_for_author_and_moderators(as_ada, as_ben, as_moderator, ada):
    made = write(as_ada, tags=["river"])
    path = f"{BLOGS}{made['id']}/"

    changed = as_ada.put(path, {"title": "A walk", "content": "Along the sea"}).json()

    assert (changed["content"], changed["content_html"], changed["tags"]) == (
        "Along the sea",
        "<p>Along the sea</p>\n",
        ["river"],
    )
    assert changed["edited_at"] is not None
    [before] = as_ada.get(f"{path}history/").json()["results"]
    assert (before["title"], before["content"], before["replaced_by_id"]) == ("A walk", "Along the *river*", ada.pk)
    assert as_moderator.get(f"{path}history/").json()["results"] == [before]
    error(as_ben.get(f"{path}history/"), 403, "forbidden")
    error(as_ada.put(path, {"title": "A walk"}), 400, "validation_error", "content")


def test_a_draft_is_its_authors_and_the_admins(as_ada, as_ben, as_moderator, anybody):
    made = write(as_ada, status="draft")
    path = f"{BLOGS}{made['id']}/"
    admin = client(UserFactory(is_staff=True))

    for api in (as_ben, as_moderator, anybody):
        error(api.get(path), 404, "not_found")
    error(as_ben.put(path, {"title": "x", "content": "x"}), 404, "not_found")
    for api in (as_ada, admin):
        assert api.get(path).json() == made
        assert titles(api.get(f"{BLOGS}?status=draft")) == ["A walk"]
    for api in (as_ben, anybody):
        assert titles(api.get(f"{BLOGS}?status=draft")) == []
    assert titles(as_ada.get(BLOGS)) == []
    as_ada.put(path, {**made, "status": "published"})
    assert titles(anybody.get(BLOGS)) == ["A walk"]


def test_blogs_are_found_by_author_tag_status_and_words(as_ada, as_ben, ada):
    write(as_ada, title="One", tags=["River"])
    write(as_ada, title="Two", content="About the SEA")
    write(as_ben, title="Three", tags=["river", "sea"])

    assert titles(as_ada.get(BLOGS)) == ["Three", "Two", "One"]
    assert titles(as_ada.get(f"{BLOGS}?author={ada.pk}")) == ["Two", "One"]
    assert titles(as_ada.get(f"{BLOGS}?tag=RIVER")) == ["Three", "One"]
    assert titles(as_ada.get(f"{BLOGS}?status=published&tag=sea")) == ["Three"]
    assert titles(as_ada.get(f"{BLOGS}?search=sea")) == ["Two"]
    assert titles(as_ada.get(f"{BLOGS}?ordering=title&page_size=2")) == ["One", "Three"]
    assert titles(as_ada.get(f"{BLOGS}?colour=blue")) == ["Three", "Two", "One"]
    error(as_ada.get(f"{BLOGS}?page=2"), 404, "not_found")
    error(as_ada.get(f"{BLOGS}?status=secret"), 400, "validation_error", "status")


def test_a_deleted_blog_is_gone_until_a_moderator_restores_it(as_ada, as_ben, as_moderator):
    path = f"{BLOGS}{write(as_ada)['id']}/"
    assert as_ada.delete(path).status_code == 204

    for api in (as_ada, as_ben, as_moderator):
        error(api.get(path), 404, "not_found")
    error(as_ada.delete(path), 404, "not_found")
    assert titles(as_ada.get(BLOGS)) == []
    entry_id = Entry.objects.get().pk
    restored = as_moderator.post(f"{FLAGS}restore/", {"entry_id": entry_id}).json()
    assert (restored["id"], restored["removed_at"]) == (entry_id, None)
    assert as_ben.get(path).status_code == 200


def test_after_thirty_days_what_was_removed_is_gone_for_good(ada, as_moderator):
    now = timezone.now()
    old, young = (EntryFactory(author=ada, removed_at=now - timedelta(days=days)) for days in (31, 29))

    error(as_moderator.post(f"{FLAGS}restore/", {"entry_id": old.pk}), 404, "not_found")
    assert entries.forget_removed(at=now) == 1

    assert list(Entry.objects.values_list("pk", flat=True)) == [young.pk]


# What is popular


def test_a_members_first_reading_of_a_day_counts_and_reading_again_writes_nothing(as_ada, as_ben, anybody, queries):
    path = f"{BLOGS}{write(as_ada)['id']}/"
    assert as_ada.get(path).json()["reader_count"] == 0
    assert anybody.get(path).json()["reader_count"] == 0
    assert as_ben.get(path).json()["reader_count"] == 1
    before = Entry.objects.get().popularity

    with queries() as asked:
        assert as_ben.get(path).json()["reader_count"] == 1

    assert len(asked) == 2
    assert all(one["sql"].startswith("SELECT") for one in asked)
    assert Entry.objects.get().popularity == before


def test_reading_on_another_day_counts_again_for_what_is_popular(ada, ben):
    blog, now = EntryFactory(author=ada), timezone.now()

    for days in (0, 0, 1):
        marks.note_visit(entry_id=blog.pk, user_id=ben.pk, at=now + timedelta(days=days))

    assert Visit.objects.count() == 1
    blog.refresh_from_db()
    once = EntryFactory(author=ada)
    marks.note_visit(entry_id=once.pk, user_id=ben.pk, at=now + timedelta(days=1))
    once.refresh_from_db()
    assert blog.popularity > once.popularity > 0


def test_popular_is_what_many_have_read_lately(ada, as_ada):
    now = timezone.now()
    old, young, unread = (EntryFactory(author=ada, title=title) for title in ("old", "young", "unread"))
    for _ in range(3):
        marks.note_visit(entry_id=old.pk, user_id=UserFactory().pk, at=now - timedelta(days=28))
    marks.note_visit(entry_id=young.pk, user_id=UserFactory().pk, at=now)
    EntryFactory(author=ada, status="draft", title="draft", popularity=10_000)

    # Three readers four weeks ago weigh three quarters of one now.
    assert titles(as_ada.get(f"{BLOGS}popular/")) == ["young", "old", unread.title]
    marks.note_visit(entry_id=old.pk, user_id=UserFactory().pk, at=now - timedelta(days=14))
    assert titles(as_ada.get(f"{BLOGS}popular/")) == ["old", "young", "unread"]


def test_thirty_readings_at_once_count_once(together, ada, ben):
    blog, at = EntryFactory(author=ada), timezone.now()

    together(30, lambda number: marks.note_visit(entry_id=blog.pk, user_id=ben.pk, at=at))

    assert Visit.objects.count() == 1
    blog.refresh_from_db()
    other = EntryFactory(author=ada)
    marks.note_visit(entry_id=other.pk, user_id=ben.pk, at=at)
    other.refresh_from_db()
    assert blog.popularity == other.popularity


# The feed, and what may break


def test_the_feed_has_what_everybody_may_read(as_ada, anybody):
    write(as_ada, title="<b>A & B</b>", tags=["río"], content="*x* <script>")
    write(as_ada, title="Draft", status="draft")

    answered = anybody.get(f"{BLOGS}feed/")

    assert answered["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    [found] = ElementTree.fromstring(answered.content).findall(f"{atom}entry")
    assert found.find(f"{atom}title").text == "<b>A & B</b>"
    assert found.find(f"{atom}content").text == "<p><em>x</em> &lt;script&gt;</p>\n"
    assert found.find(f"{atom}category").get("term") == "río"


@pytest.mark.parametrize("size", [1, 25])
def test_a_list_takes_two_queries_however_long_it_is(as_ada, ada, queries, size):
    EntryFactory.create_batch(size, author=ada)
    as_ada.get(BLOGS)

    with queries() as asked:
        assert as_ada.get(BLOGS).json()["count"] == size

    assert len(asked) == 2


def test_no_markup_is_alive_in_any_field(as_ada):
    for payload in payloads():
        answered = as_ada.post(BLOGS, {"title": payload[:255], "content": payload, "tags": [payload[:50]]})
        if answered.status_code == 201:
            assert answered["Content-Type"] == "application/json"
            assert not list(live(answered.json()["content_html"]))
    feed = as_ada.get(f"{BLOGS}feed/").content
    for content in ElementTree.fromstring(feed).iter("{http://www.w3.org/2005/Atom}content"):
        assert not list(live(content.text))


@pytest.mark.parametrize("field", ["title", "content", "status", "tags"])
def test_no_value_makes_an_error_of_ours(as_ada, field):
    for value in poison.values():
        answered = as_ada.post(BLOGS, {"title": "A", "content": "B", field: value})
        assert answered.status_code in (201, 400), (field, value, answered.content)
        for name in ("search", "tag", "author", "ordering", "page"):
            if isinstance(value, str) and value.isprintable() and field == "title":
                assert as_ada.get(BLOGS, {name: value}).status_code in (200, 400, 404)
    assert as_ada.get(f"{BLOGS}feed/").status_code == 200
