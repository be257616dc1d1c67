"""Help articles and feedback as the copilot document has them."""

import pytest
from django.test import Client

from onward.domain.help.articles import texts
from onward.domain.help.models import Article, Feedback
from onward.platform.events.models import EventRecord
from onward.platform.markdown import html_of
from tests import poison

pytestmark = pytest.mark.django_db

HELP, FEEDBACK = "/copilot/api/v1/help-articles", "/copilot/api/v1/feedback"
ROW = ["id", "title", "slug", "excerpt", "category", "tags", "view_count", "helpful_votes"]
SAID = {"type": "bug_report", "title": "The board", "description": "A card jumps back to where it was."}


@pytest.fixture
def article(db):
    return Article.objects.create(
        slug="quiet-walks",
        title="Quiet walks",
        excerpt="Where to walk.",
        category="Walks",
        tags=["walk"],
        content="# Walks\n\nBy the **river** <script>alert(1)</script> [on](javascript:alert(1))\n",
    )


@pytest.fixture
def inbox(root):
    browser = Client()
    browser.force_login(root)
    return browser


# Articles


def test_the_articles_that_come_with_the_program_are_there_and_can_be_shown(as_ada):
    listed = as_ada.get(HELP)

    there = {one["slug"] for one in listed.json()}
    assert len(texts()) >= 12
    assert {text.slug for text in texts()} <= there
    assert listed["X-Total-Count"] == str(len(there))
    for text in texts():
        html = html_of(text.content)
        assert html.startswith("<p>")
        assert len(text.content.split()) > 100
        # Nothing of the Markdown is left standing.
        assert "**" not in html
        assert "| " not in html


def test_an_article_is_found_by_the_words_in_it(as_ada, article):
    found = as_ada.get(HELP, {"q": "RIVER walks"}).json()

    assert [list(one) for one in found] == [ROW]
    assert found[0] | {"id": 0} == {
        "id": 0,
        "title": "Quiet walks",
        "slug": "quiet-walks",
        "excerpt": "Where to walk.",
        "category": "Walks",
        "tags": ["walk"],
        "view_count": 0,
        "helpful_votes": 0,
    }
    assert as_ada.get(HELP, {"q": "river of no article"}).json() == []
    assert [one["slug"] for one in as_ada.get(HELP, {"category": "walks"}).json()] == ["quiet-walks"]


def test_an_article_is_read_as_markdown_and_as_html_without_scripts(as_ada, article):
    said = as_ada.get(f"{HELP}/quiet-walks").json()

    assert said["content"] == article.content
    assert "<strong>river</strong>" in said["content_html"]
    assert "<script" not in said["content_html"]
    assert "href" not in said["content_html"]


def test_reading_counts_as_a_view(as_ada, article):
    assert [as_ada.get(f"{HELP}/quiet-walks").json()["view_count"] for _ in range(2)] == [1, 2]


def test_somebody_is_helped_once(as_ada, as_ben, article):
    votes = [client.post(f"{HELP}/quiet-walks/helpful").json()["helpful_votes"] for client in (as_ada, as_ada, as_ben)]
    left = [as_ada.delete(f"{HELP}/quiet-walks/helpful").json()["helpful_votes"] for _ in range(2)]

    assert (votes, left) == ([1, 1, 2], [1, 1])


def test_what_is_not_published_is_not_there(as_ada, article):
    Article.objects.filter(pk=article.pk).update(is_published=False)

    assert as_ada.get(HELP, {"q": "quiet walks"}).json() == []
    for slug in ("quiet-walks", "nothing", "%00", "x" * 300):
        assert as_ada.get(f"{HELP}/{slug}").status_code == 404


def test_staff_write_articles(inbox, as_ada):
    form = {"title": "New", "slug": "new", "category": "Walks", "tags": '["a", "a"]', "excerpt": "x", "content": "*x*"}

    assert inbox.post("/admin/help/article/add/", form | {"is_published": "on"}).status_code == 302
    said = as_ada.get(f"{HELP}/new").json()
    assert (said["tags"], said["content_html"]) == (["a"], "<p><em>x</em></p>\n")


# Feedback


def test_feedback_is_kept_and_shown_to_who_gave_it(as_ada, as_ben, ada):
    answered = as_ada.post(FEEDBACK, {**SAID, "page_url": "/app/board", "metadata": {"width": 1280}})

    said = answered.json()
    assert answered.status_code == 201
    assert {name: said[name] for name in SAID} == SAID
    assert (said["page_url"], said["metadata"], said["screenshot_url"], said["answer"]) == (
        "/app/board",
        {"width": 1280},
        None,
        None,
    )
    assert as_ada.get(FEEDBACK).json() == [said]
    assert as_ben.get(FEEDBACK).json() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "praise"),
        ("type", None),
        ("title", "    x    "),
        ("title", "x" * 256),
        ("description", "too short"),
        ("description", "x" * 5001),
        ("screenshot_url", "javascript:alert(1)"),
        ("metadata", ["x"]),
        ("metadata", {"x": "x" * 20_001}),
    ],
)
def test_feedback_that_cannot_be_kept_is_named(as_ada, field, value):
    answered = as_ada.post(FEEDBACK, {**SAID, field: value})

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["body", field]
    assert not Feedback.objects.exists()


def test_staff_answer_in_the_inbox_and_each_wording_is_announced_once(inbox, as_ada, ada):
    given = as_ada.post(FEEDBACK, SAID).json()
    page = f"/admin/help/feedback/{given['id']}/change/"
    assert "The board" in inbox.get("/admin/help/feedback/").content.decode()

    for text in ("Thank you.", "Thank you.", "It is mended."):
        assert inbox.post(page, {"answer": text}).status_code == 302
    inbox.post(page, {"answer": " "})

    said = as_ada.get(FEEDBACK).json()[0]
    assert (said["answer"], said["answered_at"] is not None) == ("It is mended.", True)
    told = EventRecord.objects.filter(name="feedback.answered", owner=ada)
    assert [event.payload["answer"] for event in told.order_by("pk")] == ["Thank you.", "It is mended."]
    feed = as_ada.get("/copilot/api/v1/notifications").json()["notifications"]
    assert [(line["title"], line["message"], line["data"]) for line in feed] == [
        ("Answer to your feedback: The board", answer, {"feedback_id": given["id"]})
        for answer in ("It is mended.", "Thank you.")
    ]


def test_no_value_makes_it_stumble(as_ada, article):
    for value in poison.values():
        for field in ("type", "title", "description", "screenshot_url", "page_url", "metadata"):
            assert as_ada.post(FEEDBACK, {**SAID, field: value}).status_code in {201, 400, 422}, (field, value)
        if isinstance(value, str):
            said = value.encode("utf-8", "replace").decode()
            for name in ("q", "category", "skip", "limit"):
                assert as_ada.get(HELP, {name: said}).status_code in {200, 422}, (name, value)
    assert as_ada.get(FEEDBACK).status_code == 200
