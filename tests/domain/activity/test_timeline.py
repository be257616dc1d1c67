"""What people do stands in their timeline as soon as it is done."""

from datetime import UTC, datetime

import pytest

from onward.domain.activity import queries as activity
from onward.domain.applications.choices import NoteType, Status
from onward.domain.applications.events import (
    ApplicationCreated,
    ApplicationDeleted,
    ApplicationUpdated,
    NoteAdded,
    StatusChanged,
)
from onward.domain.companies.events import CompanyCreated
from onward.domain.interviews.events import (
    InterviewCancelled,
    InterviewCompleted,
    InterviewScheduled,
    InterviewUpdated,
)
from onward.domain.resumes.events import ResumeAdded
from onward.platform.events import publish
from tests.factories import ApplicationFactory

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
JOB = {"company_name": "Acme", "job_title": "Engineer"}
ROUND = {
    "title": "Phone Screen",
    **JOB,
    "interview_id": 8,
    "interview_type": "phone",
    "round_number": 2,
    "scheduled_at": LATER,
}
ABOUT = {"interview_id": 8}


@pytest.mark.parametrize(
    ("event", "fields", "action", "description", "metadata"),
    [
        (ApplicationCreated, {**JOB, "status": Status.APPLIED}, "application_created", "Created: Acme — Engineer", {}),
        (
            ApplicationUpdated,
            {**JOB, "changed": ["salary_min", "location"]},
            "application_updated",
            "Updated: Acme — Engineer",
            {"fields": ["location", "salary_min"]},
        ),
        (
            StatusChanged,
            {**JOB, "before": Status.APPLIED, "after": Status.INTERVIEWING},
            "status_changed",
            "Status: Applied → Interviewing",
            {"old_status": "applied", "new_status": "interviewing"},
        ),
        (
            NoteAdded,
            {**JOB, "note_id": 5, "note_type": NoteType.FEEDBACK},
            "note_added",
            "Note: Acme — Engineer",
            {"note_id": 5, "note_type": "feedback"},
        ),
        (
            InterviewScheduled,
            ROUND,
            "interview_scheduled",
            "Interview: Phone Screen, round 2 (Acme — Engineer)",
            {**ABOUT, "scheduled_at": "2026-03-09T14:00:00Z"},
        ),
        (
            InterviewUpdated,
            {**ROUND, "changed": ["scheduled_at"]},
            "interview_updated",
            "Interview updated: Phone Screen, round 2 (Acme — Engineer)",
            {**ABOUT, "fields": ["scheduled_at"]},
        ),
        (
            InterviewCompleted,
            {**ROUND, "outcome": "passed"},
            "interview_completed",
            "Interview passed: Phone Screen, round 2 (Acme — Engineer)",
            {**ABOUT, "outcome": "passed"},
        ),
        (
            InterviewCompleted,
            {**ROUND, "outcome": "pending"},
            "interview_completed",
            "Interview completed: Phone Screen, round 2 (Acme — Engineer)",
            {**ABOUT, "outcome": "pending"},
        ),
        (
            InterviewCancelled,
            ROUND,
            "interview_cancelled",
            "Interview cancelled: Phone Screen, round 2 (Acme — Engineer)",
            ABOUT,
        ),
    ],
)
def test_a_change_of_an_application_is_a_line_about_it(ada, event, fields, action, description, metadata):
    application = ApplicationFactory(owner=ada)

    publish(event(owner_id=ada.pk, at=AT, application_id=application.pk, **fields))

    (line,) = activity.timeline(owner_id=ada.pk)
    assert (line.action, line.description, line.metadata) == (action, description, metadata)
    assert (line.application_id, line.created_at) == (application.pk, AT)


def test_a_deleted_application_is_named_by_a_line_that_outlives_it(ada):
    publish(ApplicationDeleted(owner_id=ada.pk, at=AT, application_id=7, **JOB))

    (line,) = activity.timeline(owner_id=ada.pk)
    assert (line.description, line.application_id, line.metadata) == (
        "Deleted: Acme — Engineer",
        None,
        {"application_id": 7},
    )


def test_a_new_company_and_a_new_resume_are_lines_too(ada):
    publish(CompanyCreated(owner_id=ada.pk, at=AT, company_id=3, company_name="Acme"))
    publish(ResumeAdded(owner_id=ada.pk, at=LATER, resume_id=4, version_name="Backend 2026"))

    lines = [(line.description, line.metadata) for line in activity.timeline(owner_id=ada.pk)]
    assert lines == [("Résumé: Backend 2026", {"resume_id": 4}), ("Company: Acme", {"company_id": 3})]


def test_a_timeline_holds_nobody_elses_lines(ada, ben):
    publish(CompanyCreated(owner_id=ada.pk, at=AT, company_id=3, company_name="Acme"))

    assert list(activity.timeline(owner_id=ben.pk)) == []


def test_a_line_costs_one_statement(ada, queries):
    application = ApplicationFactory(owner=ada)

    with queries() as asked:
        publish(
            StatusChanged(owner_id=ada.pk, at=AT, application_id=application.pk, before="applied", after="offer", **JOB)
        )

    assert len([query for query in asked.captured_queries if "activity_" in query["sql"]]) == 1
