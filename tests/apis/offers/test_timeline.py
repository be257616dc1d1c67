"""The timeline, as the offers document promises it."""

from uuid import uuid4

import pytest

from onward.domain.activity.models import Activity
from tests.apis.offers.test_analytics import API, PATH, apply
from tests.factories import (
    ApplicationFactory,
    ReminderFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


# --- The timeline


def lines(client, query=""):
    answered = client.get(f"{PATH}/activity{query}")
    assert answered.status_code == 200
    return answered.json()


def test_a_line_has_every_field(as_ada, ada):
    application = apply(as_ada)

    (line,) = lines(as_ada)

    row = Activity.objects.get(action="application_created")
    assert line == {
        "id": str(row.uid),
        "user_id": str(ada.uid),
        "application_id": application,
        "action": "Application Created",
        "description": "Created: Acme — Engineer",
        "metadata": {},
        "created_at": row.created_at.isoformat().replace("+00:00", "Z"),
    }


def test_the_latest_line_comes_first_and_the_application_may_be_asked_for(as_ada):
    first, second = apply(as_ada), apply(as_ada, company_name="Globex")
    as_ada.post(f"{API}/applications/{first}/reflection", {})

    assert [line["action"] for line in lines(as_ada)] == [
        "Reflection Added",
        "Application Created",
        "Application Created",
    ]
    assert [line["application_id"] for line in lines(as_ada, f"?application_id={first}")] == [first, first]
    assert [line["description"] for line in lines(as_ada, f"?application_id={second}")] == [
        "Created: Globex — Engineer"
    ]
    assert len(lines(as_ada, "?application_id=")) == 3


def test_a_move_is_told_in_the_words_of_this_document(as_ada):
    application = apply(as_ada, status="Saved")
    as_ada.put(f"{API}/applications/{application}", {"status": "Applied"})

    line = next(line for line in lines(as_ada) if line["action"] == "Status Changed")

    assert line["description"] == "Status: Saved → Applied"
    assert line["metadata"] == {"old_status": "Saved", "new_status": "Applied"}


def test_a_move_that_followed_by_itself_says_so(as_ada):
    application = apply(as_ada, status="Applied")
    as_ada.post(f"{API}/applications/{application}/stages", {"stage_name": "Call"})

    (line,) = [line for line in lines(as_ada) if line["action"] == "Status Changed"]

    assert line["description"] == "Status: Applied → Interviewing"
    assert line["metadata"] == {"old_status": "Applied", "new_status": "Interviewing", "auto": True}


def test_moves_that_look_the_same_here_are_left_out(as_ada, ada):
    application = ApplicationFactory(owner=ada, status="applied")
    for status in ("ghosted", "screening", "interviewing", "offer"):
        as_ada.patch(f"/tracker/api/v1/applications/{application.pk}/status/", {"status": status})

    assert [line["description"] for line in lines(as_ada) if line["action"] == "Status Changed"] == [
        "Status: Interviewing → Offer",
        # From ghosted to screening, in the tracker's words.
        "Status: Applied → Interviewing",
    ]


def test_every_action_of_the_document_is_told(as_ada, ada):
    application = apply(as_ada, status="Applied")
    tag = TagFactory(owner=ada).uid
    as_ada.put(f"{API}/applications/{application}", {"location": "Berlin"})
    as_ada.post(f"{API}/applications/{application}/stages", {"stage_name": "Call"})
    as_ada.post(f"{API}/applications/{application}/outcome", {})
    as_ada.post(f"{API}/applications/{application}/reflection", {})
    as_ada.post(f"{API}/contacts/", {"name": "Jo", "application_id": application})
    as_ada.post(f"{API}/documents/", {"name": "Letter", "application_id": application})
    as_ada.post(f"{API}/reminders/", {"title": "Call", "remind_at": "2027-03-15T09:00", "application_id": application})
    as_ada.post(f"{API}/reminders/{ReminderFactory(owner=ada).uid}/complete")
    as_ada.post(f"{API}/tags/application/{application}/assign/{tag}")

    assert {line["action"] for line in lines(as_ada)} == {
        "Application Created",
        "Application Updated",
        "Status Changed",
        "Stage Added",
        "Offer Added",
        "Reflection Added",
        "Contact Added",
        "Document Added",
        "Reminder Created",
        "Reminder Completed",
        "Tag Assigned",
    }
    others = [line["metadata"] for line in lines(as_ada) if line["action"] != "Status Changed"]
    assert others == [{}] * len(others)


def test_a_saved_job_and_what_comes_of_it_are_told_as_applications(as_ada):
    job = as_ada.post(f"{API}/saved-jobs/", {"company_name": "Acme", "role_title": "Engineer"}).json()["id"]
    application = as_ada.post(f"{API}/saved-jobs/{job}/convert").json()["id"]

    assert [
        (line["action"], line["description"], line["metadata"], line["application_id"]) for line in lines(as_ada)
    ] == [
        ("Application Created", "Created: Acme — Engineer", {"source": "saved_job", "saved_job_id": job}, application),
        ("Application Created", "Created: Acme — Engineer", {"source": "saved_job", "saved_job_id": job}, None),
    ]


def test_what_this_document_has_no_word_for_is_left_out(as_ada, ada):
    application = ApplicationFactory(owner=ada)
    as_ada.post(f"/tracker/api/v1/applications/{application.pk}/notes/", {"content": "They rang."})
    as_ada.delete(f"{API}/applications/{apply(as_ada)}")

    assert Activity.objects.filter(action="note_added").exists()
    assert Activity.objects.filter(action="application_deleted").exists()
    assert lines(as_ada) == []


def test_the_timeline_is_read_fifty_lines_at_a_time(as_ada):
    for number in range(52):
        apply(as_ada, company_name=f"Company {number:02}")

    assert len(lines(as_ada)) == 50
    assert len(lines(as_ada, "?limit=100")) == 52
    assert [line["description"] for line in lines(as_ada, "?skip=50")] == [
        "Created: Company 01 — Engineer",
        "Created: Company 00 — Engineer",
    ]
    assert lines(as_ada, "?limit=0") == []


def test_the_timeline_of_anothers_application_is_theirs(as_ada, as_ben):
    answered = as_ada.get(f"{PATH}/activity?application_id={apply(as_ben)}")

    assert (answered.status_code, answered.json()) == (403, {"detail": "Not your application"})
    assert lines(as_ada) == []


def test_an_application_that_is_not_there_has_no_timeline(as_ada):
    answered = as_ada.get(f"{PATH}/activity?application_id={uuid4()}")

    assert (answered.status_code, answered.json()) == (404, {"detail": "Application not found"})


def test_an_application_to_which_nothing_has_happened_has_an_empty_one(as_ada, ada):
    assert lines(as_ada, f"?application_id={ApplicationFactory(owner=ada).uid}") == []


@pytest.mark.parametrize(
    ("query", "field"), [("application_id=7", "application_id"), ("skip=-1", "skip"), ("limit=x", "limit")]
)
def test_what_cannot_be_asked_for_is_named(query, field, as_ada):
    answered = as_ada.get(f"{PATH}/activity?{query}")

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["query", field]


@pytest.mark.parametrize("size", [1, 20])
def test_the_timeline_is_one_statement_beside_the_token(size, as_ada, queries):
    for _ in range(size):
        application = apply(as_ada)
    for query in ("", f"?application_id={application}"):
        lines(as_ada, query)

        with queries() as asked:
            lines(as_ada, query)

        assert len(asked) == 2
