"""Searching threads and posts by their words."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from onward.apis.campus.searching import LONGEST, snippet
from onward.domain.writing.index import NAME, VERSION, WATCHED
from onward.domain.writing.models import Entry
from onward.domain.writing.services.index import catch_up
from onward.platform.jobs.models import Job
from onward.platform.markdown import text_of
from onward.platform.search.watching import watch
from tests import poison
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import EntryFactory, RoleFactory, ThreadFactory, ThreadPostFactory, UserFactory
from tests.platform.test_markdown import live, payloads

pytestmark = pytest.mark.django_db

SEARCH = "/campus/api/forums/search/"


@pytest.fixture(autouse=True)
def _watched(db):
    watch(NAME, WATCHED, version=VERSION)


def found(api, words, **asked):
    answered = api.get(SEARCH, {"search": words, **asked})
    assert answered.status_code == 200, answered.content
    return answered.json()


def ids(api, words):
    return [row["id"] for row in found(api, words)["results"]]


def test_threads_and_posts_are_found_by_every_word_with_any_ending_the_latest_first(as_ada, ben):
    thread = ThreadFactory(title="Where to walk", content="I *like* rivers", author=ben)
    post = ThreadPostFactory(parent=thread, author=ben, content="**Walking** along the river")
    ThreadFactory(title="Where to run", content="Nowhere")
    catch_up()

    both = found(as_ada, "river walks")

    assert (both["count"], both["next"], both["previous"]) == (2, None, None)
    assert [row["id"] for row in both["results"]] == [post.pk, thread.pk]
    assert both["results"][0] == {
        "id": post.pk,
        "kind": "post",
        "forum_id": thread.forum_id,
        "thread_id": thread.pk,
        "title": "Where to walk",
        "snippet": "Walking along the river",
        "author_id": ben.pk,
        "author": both["results"][1]["author"],
        "created_at": both["results"][0]["created_at"],
    }
    assert both["results"][1]["thread_id"] == thread.pk
    assert ids(as_ada, "RÍVER nowhere") == []
    # It is not the words of the thread that a post is found by.
    assert ids(as_ada, "where walk") == [thread.pk]


def test_what_has_just_been_written_is_found_before_the_index_knows_it(as_ada):
    thread = ThreadFactory(title="Rivers", content="x")

    assert ids(as_ada, "river") == [thread.pk]
    catch_up()
    assert ids(as_ada, "river") == [thread.pk]


@pytest.mark.parametrize("known", [True, False], ids=["indexed", "just written"])
def test_what_is_removed_hidden_or_a_draft_is_never_found(ada, as_ada, known):
    moderator, author, admin = UserFactory(), ada, UserFactory(is_staff=True)
    RoleFactory(user=moderator, area="campus", role="moderator")
    now = timezone.now()
    thread = ThreadFactory(title="River", content="x", author=author)
    gone, hidden = (ThreadPostFactory(parent=thread, content="river", author=author) for _ in range(2))
    lost, closed = (ThreadFactory(title="River", content="x", author=author) for _ in range(2))
    for one in (lost, closed):
        ThreadPostFactory(parent=one, content="river", author=author)
    EntryFactory(title="River", content="river", author=author, status="draft")
    EntryFactory(title="River", content="river", author=author)
    if known:
        catch_up()
    Entry.objects.filter(pk__in=[gone.pk, lost.pk]).update(removed_at=now)
    Entry.objects.filter(pk__in=[hidden.pk, closed.pk]).update(hidden_at=now)

    for api in (as_ada, client(moderator), client(admin)):
        assert ids(api, "river") == [thread.pk]
    catch_up()
    assert ids(as_ada, "river") == [thread.pk]
    # A moderator has decided.
    Entry.objects.update(removed_at=None, hidden_at=None)
    catch_up()
    assert len(ids(as_ada, "river")) == 7


def test_what_is_changed_is_found_as_it_is_now(as_ada, ada):
    thread = ThreadFactory(title="Rivers", content="x", author=ada)
    catch_up()
    Job.objects.all().delete()

    as_ada.put(f"/campus/api/forums/{thread.forum_id}/threads/{thread.pk}/", {"title": "Lakes", "content": "x"})

    assert Job.objects.filter(kind="writing.index").count() == 1
    assert catch_up() == 1
    assert (ids(as_ada, "river"), ids(as_ada, "lake")) == ([], [thread.pk])
    Entry.objects.filter(pk=thread.pk).delete()
    catch_up()
    assert ids(as_ada, "lake") == []


def test_who_writes_asks_for_the_index_to_be_brought_up_to_date_once(as_ada):
    thread = ThreadFactory()
    path = f"/campus/api/forums/{thread.forum_id}/threads/{thread.pk}/posts/"
    for _ in range(3):
        assert as_ada.post(path, {"content": "A river"}).status_code == 201

    assert Job.objects.filter(kind="writing.index").count() == 1


def test_reading_and_liking_make_nothing_stale(as_ada):
    thread = ThreadFactory()
    catch_up()
    Entry.objects.filter(pk=thread.pk).update(popularity=3, updated_at=timezone.now() + timedelta(days=1))

    assert catch_up() == 0


def test_pages_have_what_was_found_and_no_page_beyond(as_ada):
    ThreadFactory.create_batch(5, title="River")
    catch_up()

    first = found(as_ada, "river", page_size=2)
    last = found(as_ada, "river", page_size=2, page=3)

    assert (first["count"], len(first["results"]), len(last["results"]), last["next"]) == (5, 2, 1, None)
    assert "search=river" in first["next"]
    error(as_ada.get(SEARCH, {"search": "river", "page": 4, "page_size": 2}), 404, "not_found")


@pytest.mark.parametrize("words", ["", "  ", "the", "?!", "'", "\\", "' & !", '"'])
def test_where_nothing_is_looked_for_nothing_is_found(as_ada, words):
    ThreadFactory(content="the")
    catch_up()

    assert found(as_ada, words)["count"] == 0


@pytest.mark.parametrize("size", [1, 12])
def test_a_search_takes_as_many_statements_however_much_is_found(as_ada, queries, size):
    ThreadPostFactory.create_batch(size, content="river")
    as_ada.get(SEARCH, {"search": "river"})
    with queries() as asked:
        assert found(as_ada, "river")["count"] == size
    # Who asks, the index and what it does not know yet, the rows.
    assert len(asked) == 3
    catch_up()
    with queries() as asked:
        assert found(as_ada, "river")["count"] == size
    assert len(asked) == 3


def test_no_value_makes_an_error_of_ours(as_ada):
    ThreadFactory()
    catch_up()
    for name in ("search", "page", "page_size", "ordering"):
        for value in poison.values():
            answered = as_ada.get(f"{SEARCH}?{name}={quote(str(value).encode('utf-8', 'surrogatepass'))}")
            assert answered.status_code in (200, 400, 404), (name, value, answered.content)


# Pieces of texts


def test_a_piece_shows_the_word_that_was_found_and_is_no_longer_than_it_may_be(as_ada):
    words = " ".join(f"word{number}" for number in range(400))
    ThreadFactory(content=f"{words} riverside walks {words}")
    catch_up()

    shown = found(as_ada, "walking")["results"][0]["snippet"]

    assert "riverside walks word0" in shown
    assert (shown[0], shown[-1]) == ("…", "…")
    assert LONGEST - 40 < len(shown) <= LONGEST + 2


def test_no_markup_is_alive_in_a_piece(as_ada):
    # PostgreSQL keeps no NUL, and no API lets one in.
    made = [ThreadFactory(content=f"river {payload}"[:100_000].replace("\0", "")) for payload in payloads()]
    catch_up()
    for page in range(1, 1 + -(-len(made) // 100)):
        for row in found(as_ada, "river", page=page, page_size=100)["results"]:
            assert not list(live(row["snippet"])), row["snippet"]
            assert "<" not in row["snippet"]


@pytest.mark.parametrize(
    ("rendered", "text"),
    [
        ("<p>A <em>small</em><br>\nwalk</p>", "A small walk"),
        ('<p><a href="https://a.example/?a&amp;b" rel="x" title="a>b">go</a> on</p>', "go on"),
        ("<p>&lt;b&gt; &amp; &quot;</p>", '<b> & "'),
        ("<p>a</p><p>b</p>", "a b"),
        ("<p>a &am", "a"),
        ('<p>a <a href="b>c', "a"),
        ("<p>a <", "a"),
    ],
)
def test_of_html_its_words_are_left(rendered, text):
    assert text_of(rendered) == text


@pytest.mark.parametrize(
    ("text", "words", "piece"),
    [
        ("a < b & c", ["b"], "a &lt; b &amp; c"),
        ("", ["b"], ""),
        ("株" * 500 + "東京" + "株" * 500, ["東京"], "東京"),
        ("x" * 5000, ["x"], "x"),
    ],
)
def test_a_piece_is_cut_where_there_are_no_spaces(text, words, piece):
    shown = snippet(text, words)

    assert piece in shown
    assert len(shown) <= LONGEST + 20
