"""Forms send an empty text where nothing was said: it means null, and null means the usual, or leaves things alone."""

import pytest

from tests.factories import (
    ApplicationFactory,
    DocumentFactory,
    GroupFactory,
    InterviewFactory,
    PostFactory,
    ReminderFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db

API = "/offers/api/v1"


@pytest.mark.parametrize("nothing", [None, "", " "])
@pytest.mark.parametrize(
    ("path", "body", "usual"),
    [
        ("documents/", {"name": "x"}, {"doc_type": "Other"}),
        ("reminders/", {"title": "x", "remind_at": "2027-01-01T09:00"}, {"reminder_type": "General"}),
        ("contacts/", {"name": "x"}, {"contact_type": "Other"}),
        ("tags/", {"name": "x"}, {"color": "#6366f1"}),
        ("saved-jobs/", {"company_name": "x"}, {"priority": "Medium", "salary_currency": "USD"}),
        ("social/groups", {"name": "x"}, {"is_public": True}),
        ("social/posts", {"content": "x"}, {"post_type": "Update", "is_public": True}),
        ("applications/{application}/stages", {"stage_name": "x"}, {"result": "Pending"}),
        ("applications/{application}/outcome", {}, {"salary_currency": "USD"}),
    ],
)
def test_of_something_new_the_usual_is_taken(as_ada, ada, path, body, usual, nothing):
    application = ApplicationFactory(owner=ada, company__owner=ada)
    body = {**body, "application_id": str(application.uid)} if path in {"documents/", "contacts/"} else body

    answered = as_ada.post(
        f"{API}/{path.format(application=application.uid)}", {**body, **dict.fromkeys(usual, nothing)}
    )

    assert answered.status_code == 201, answered.content
    assert {name: answered.json()[name] for name in usual} == usual


@pytest.mark.parametrize("nothing", [None, "", " "])
def test_of_what_is_there_it_stays_as_it_is(as_ada, ada, nothing):
    application = ApplicationFactory(owner=ada, company__owner=ada)
    document = DocumentFactory(application=application, doc_type="portfolio")
    reminder = ReminderFactory(owner=ada, reminder_type="deadline")
    tag = TagFactory(owner=ada, color="#ff0000")
    group = GroupFactory(creator=ada, is_public=False)
    post = PostFactory(author=ada, is_public=False)
    stage = InterviewFactory(application=application, owner=ada, outcome="passed", status="completed")

    for path, kept in (
        (f"documents/{document.uid}", {"doc_type": "Portfolio"}),
        (f"reminders/{reminder.uid}", {"reminder_type": "Deadline", "is_completed": False}),
        (f"tags/{tag.uid}", {"color": "#ff0000"}),
        (f"social/groups/{group.uid}", {"is_public": False}),
        (f"social/posts/{post.uid}", {"is_public": False}),
        (f"applications/{application.uid}/stages/{stage.uid}", {"result": "Passed"}),
        ("users/me", {"profile_visibility": "private", "is_profile_public": False}),
    ):
        answered = as_ada.put(f"{API}/{path}", dict.fromkeys(kept, nothing))
        assert answered.status_code == 200, (path, answered.content)
        assert {name: answered.json()[name] for name in kept} == kept
