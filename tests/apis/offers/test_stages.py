"""Stages, as the offers document promises them; each is an interview in the tracker."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from onward.domain.applications.models import Application
from onward.domain.interviews.models import Interview
from onward.domain.webhooks.models import Delivery
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, EndpointFactory, InterviewFactory

pytestmark = pytest.mark.django_db

APPLICATIONS = "/offers/api/v1/applications/"
INTERVIEWS = "/tracker/api/v1/interviews/"
WHOLE = {
    "stage_name": "Talk with Cleo",
    "stage_type": "Panel",
    "stage_date": "2026-03-15",
    "result": "Passed",
    "duration_minutes": 45,
    "interviewer_names": "Cleo, Ben",
    "prep_notes": "Read about them",
    "questions_asked": ["Why us?", "Tell me\nabout you"],
    "notes": "Went well",
}


@pytest.fixture
def application(ada):
    return ApplicationFactory(owner=ada, company__owner=ada, status="applied")


@pytest.fixture
def path(application):
    return f"{APPLICATIONS}{application.uid}/stages"


def test_adds_a_stage_with_a_name_alone(as_ada, application, path):
    answered = as_ada.post(path, {"stage_name": "Recruiter Call"})

    stage = answered.json()
    assert (answered.status_code, stage) == (
        201,
        {
            "id": stage["id"],
            "application_id": str(application.uid),
            "stage_name": "Recruiter Call",
            "stage_type": None,
            "stage_date": timezone.now().date().isoformat(),
            "result": "Pending",
            "duration_minutes": None,
            "interviewer_names": None,
            "prep_notes": None,
            "questions_asked": [],
            "notes": None,
            "created_at": stage["created_at"],
            "updated_at": stage["updated_at"],
        },
    )


def test_keeps_every_field(as_ada, application, path):
    stage = as_ada.post(path, WHOLE).json()

    assert {name: stage[name] for name in WHOLE} == WHOLE
    assert as_ada.get(f"{APPLICATIONS}{application.uid}").json()["stages"] == [stage]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("applied", "interviewing"),
        ("ghosted", "interviewing"),
        ("wishlist", "wishlist"),
        ("screening", "screening"),
        ("offer", "offer"),
        ("rejected", "rejected"),
    ],
)
def test_moves_an_applied_application_to_interviewing(as_ada, application, path, before, after):
    Application.objects.update(status=before)

    as_ada.post(path, {"stage_name": "Call"})

    assert Application.objects.get().status == after


def test_stages_stand_in_the_order_of_their_days(as_ada, application, path):
    for name, day in (("b", "2026-03-02"), ("c", "2026-03-02"), ("a", "2026-03-01")):
        as_ada.post(path, {"stage_name": name, "stage_date": day})

    stages = as_ada.get(f"{APPLICATIONS}{application.uid}").json()["stages"]
    assert [stage["stage_name"] for stage in stages] == ["a", "b", "c"]


def test_a_day_stays_a_day_and_begins_at_the_owners_midnight_in_the_tracker(as_ada, ada, application, path):
    ada.timezone = "America/New_York"
    ada.save()
    as_ada.post(path, {"stage_name": "Call", "stage_date": "2026-03-15"})
    interview = as_ada.get(INTERVIEWS).json()["results"][0]
    assert interview["scheduled_at"] == "2026-03-15T04:00:00Z"

    whole = as_ada.get(f"{INTERVIEWS}{interview['id']}/").json()
    as_ada.put(f"{INTERVIEWS}{interview['id']}/", {**whole, "meeting_location": "Room 1"})

    row = Interview.objects.get()
    assert (row.has_time, row.day, row.meeting_location) == (False, date(2026, 3, 15), "Room 1")


def test_a_time_from_the_tracker_is_a_time(as_ada, application, path):
    stage = as_ada.post(path, {"stage_name": "Call", "stage_date": "2026-03-15"}).json()
    interview = Interview.objects.get()

    as_ada.patch(f"{INTERVIEWS}{interview.pk}/", {"scheduled_at": "2026-03-16T10:00:00Z"})

    interview.refresh_from_db()
    assert interview.has_time
    shown = as_ada.put(f"{path}/{stage['id']}", {}).json()
    assert shown["stage_date"] == "2026-03-16"


def test_another_day_keeps_the_time_of_an_interview_that_has_one(as_ada, ada, application, path):
    interview = InterviewFactory(
        application=application, scheduled_at=datetime(2026, 3, 16, 10, tzinfo=UTC), day=date(2026, 3, 16)
    )

    as_ada.put(f"{path}/{interview.uid}", {"stage_date": "2026-03-20"})

    interview.refresh_from_db()
    assert (interview.scheduled_at, interview.has_time) == (datetime(2026, 3, 20, 10, tzinfo=UTC), True)


def test_a_cleared_day_is_no_day(as_ada, path):
    stage = as_ada.post(path, {"stage_name": "Call", "stage_date": "2026-03-15"}).json()

    assert as_ada.put(f"{path}/{stage['id']}", {"stage_date": None}).json()["stage_date"] is None


def test_an_interview_of_the_tracker_is_a_stage_called_by_its_type(as_ada, application):
    as_ada.post(
        INTERVIEWS, {"application": application.pk, "scheduled_at": "2026-03-16T10:00:00Z", "interview_type": "hr"}
    )

    (stage,) = as_ada.get(f"{APPLICATIONS}{application.uid}").json()["stages"]
    assert (stage["stage_name"], stage["stage_type"], stage["duration_minutes"]) == ("Final Round", "Final Round", 60)


@pytest.mark.parametrize(
    ("kind", "there"),
    [("Recruiter Call", "phone"), ("Take-Home", "coding"), ("Panel", "other"), (None, "other"), ("Onsite", "onsite")],
)
def test_the_tracker_shows_a_type_in_its_own_words_and_leaves_it_alone(as_ada, path, kind, there):
    as_ada.post(path, {"stage_name": "Call", "stage_type": kind})
    interview = Interview.objects.get()
    shown = as_ada.get(f"{INTERVIEWS}{interview.pk}/").json()
    assert (shown["interview_type"], shown["duration_minutes"]) == (there, 60)

    as_ada.put(f"{INTERVIEWS}{interview.pk}/", shown)

    changed = Interview.objects.get()
    assert (changed.interview_type, changed.duration_minutes) == (interview.interview_type, None)


def test_questions_are_a_list_here_and_lines_there(as_ada, path):
    stage = as_ada.post(path, {"stage_name": "Call", "questions_asked": ["Why us?", "", "Tell me\nmore"]}).json()
    interview = Interview.objects.get()

    assert stage["questions_asked"] == ["Why us?", "Tell me\nmore"]
    assert interview.questions_asked == "Why us?\nTell me\nmore"
    as_ada.patch(f"{INTERVIEWS}{interview.pk}/", {"questions_asked": "Why us?\nTell me\nmore"})
    assert as_ada.put(f"{path}/{stage['id']}", {}).json()["questions_asked"] == ["Why us?", "Tell me\nmore"]
    as_ada.patch(f"{INTERVIEWS}{interview.pk}/", {"questions_asked": "One\n\n  Two  "})
    assert as_ada.put(f"{path}/{stage['id']}", {}).json()["questions_asked"] == ["One", "Two"]


def test_a_result_is_what_the_tracker_says_in_two_words(as_ada, path):
    stage = as_ada.post(path, {"stage_name": "Call", "result": "Failed"}).json()
    interview = Interview.objects.get()
    assert (interview.status, interview.outcome) == ("completed", "failed")

    as_ada.patch(f"{INTERVIEWS}{interview.pk}/", {"status": "no_show"})
    assert as_ada.put(f"{path}/{stage['id']}", {"result": "Failed"}).json()["result"] == "Failed"
    interview.refresh_from_db()
    assert (interview.status, interview.outcome) == ("no_show", "failed")

    as_ada.put(f"{path}/{stage['id']}", {"result": "Cancelled"})
    interview.refresh_from_db()
    assert interview.status == "cancelled"


def test_changes_every_field_and_null_clears_what_may_be_empty(as_ada, path):
    stage = as_ada.post(path, {"stage_name": "Call"}).json()

    changed = as_ada.put(f"{path}/{stage['id']}", WHOLE).json()
    assert {name: changed[name] for name in WHOLE} == WHOLE

    cleared = as_ada.put(f"{path}/{stage['id']}", dict.fromkeys(WHOLE)).json()
    assert {name: cleared[name] for name in WHOLE} == {
        **dict.fromkeys(WHOLE),
        "stage_name": "Talk with Cleo",
        "result": "Passed",
    }


def test_nothing_different_changes_nothing(as_ada, path):
    stage = as_ada.post(path, WHOLE).json()

    assert as_ada.put(f"{path}/{stage['id']}", stage).json() == stage


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"stage_name": ""}, "stage_name"),
        ({"stage_name": "x" * 101}, "stage_name"),
        ({"stage_type": "Lunch"}, "stage_type"),
        ({"stage_date": "soon"}, "stage_date"),
        ({"result": "Maybe"}, "result"),
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"duration_minutes": 2**31}, "duration_minutes"),
        ({"questions_asked": "Why?"}, "questions_asked"),
    ],
)
def test_names_the_field_that_does_not_validate(as_ada, path, sent, field):
    stage = as_ada.post(path, {"stage_name": "Call"}).json()

    for answered in (as_ada.post(path, {"stage_name": "x", **sent}), as_ada.put(f"{path}/{stage['id']}", sent)):
        assert (answered.status_code, answered.json()["detail"][0]["loc"]) == (422, ["body", field])
    assert Interview.objects.count() == 1


def test_deletes(as_ada, path):
    stage = as_ada.post(path, {"stage_name": "Call"}).json()

    answered = as_ada.delete(f"{path}/{stage['id']}")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Stage deleted"})
    assert as_ada.delete(f"{path}/{stage['id']}").json() == {"detail": "Stage not found"}


def test_tells_what_is_anothers_from_what_is_not_there(as_ada, as_ben, ada, application, path):
    stage = as_ada.post(path, {"stage_name": "Call"}).json()["id"]
    other = ApplicationFactory(owner=ada, company__owner=ada)

    for address, status, said in (
        (f"{path}/{uuid4()}", 404, "Stage not found"),
        (f"{APPLICATIONS}{other.uid}/stages/{stage}", 404, "Stage not found"),
        (f"{APPLICATIONS}{uuid4()}/stages/{stage}", 404, "Application not found"),
    ):
        assert (as_ada.put(address, {}).status_code, as_ada.delete(address).json()) == (status, {"detail": said})
    for answered in (
        as_ben.post(path, {"stage_name": "x"}),
        as_ben.put(f"{path}/{stage}", {}),
        as_ben.delete(f"{path}/{stage}"),
    ):
        assert (answered.status_code, answered.json()) == (403, {"detail": "Not your application"})


def test_twenty_stages_at_once_are_one_move(as_ada, ada, together):
    application = ApplicationFactory(owner=ada, company__owner=ada, status="applied")
    path = f"{APPLICATIONS}{application.uid}/stages"

    answers = together(12, lambda number: as_ada.post(path, {"stage_name": str(number)}))

    assert [answered.status_code for answered in answers] == [201] * 12
    assert application.status_changes.count() == 1


def test_rounds_count_up_and_the_move_follows_the_stage(as_ada, application, path):
    for name in ("Call", "Lunch"):
        as_ada.post(path, {"stage_name": name, "result": ""})

    assert list(Interview.objects.order_by("pk").values_list("name", "round_number")) == [("Call", 1), ("Lunch", 2)]
    lines = as_ada.get("/offers/api/v1/analytics/activity").json()
    assert [line["action"] for line in lines] == ["Stage Added", "Status Changed", "Stage Added"]
    assert "Lunch, round 2" in lines[0]["description"]


def test_a_stage_of_today_is_to_come_until_the_day_is_over(as_ada, path):
    as_ada.post(path, {"stage_name": "Call"})

    (interview,) = as_ada.get(f"{INTERVIEWS}upcoming/").json()
    assert interview["is_upcoming"]
    assert as_ada.get("/tracker/api/v1/analytics/dashboard/").json()["interviews_scheduled"] == 1


def test_a_stage_of_yesterday_is_over(as_ada, path):
    as_ada.post(path, {"stage_name": "Call", "stage_date": (timezone.now().date() - timedelta(days=1)).isoformat()})

    assert as_ada.get(f"{INTERVIEWS}upcoming/").json() == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"questions_asked": ["a", "b"]}, ["questions_asked"]),
        ({"questions_asked": ["a\nb"]}, {"questions_asked": ["a", "b"]}, ["questions_asked"]),
        ({}, {"stage_date": "2026-03-15"}, ["scheduled_at"]),
        ({}, {"stage_date": None}, ["scheduled_at"]),
        ({}, {"notes": "x", "prep_notes": "y"}, ["post_interview_notes", "preparation_notes"]),
    ],
)
def test_what_changed_is_told_by_the_name_that_everybody_knows(as_ada, path, before, after, told):
    stage = as_ada.post(path, {"stage_name": "Call", **before}).json()

    as_ada.put(f"{path}/{stage['id']}", after)

    assert EventRecord.objects.get(name="interview.updated").payload["changed"] == told


def test_programs_hear_nothing_of_what_their_document_has_no_field_for(as_ada, ada, path):
    EndpointFactory(owner=ada)
    stage = as_ada.post(path, {"stage_name": "Call"}).json()
    Delivery.objects.all().delete()

    as_ada.put(f"{path}/{stage['id']}", {"stage_name": "Lunch"})
    assert not Delivery.objects.exists()

    as_ada.put(f"{path}/{stage['id']}", {"stage_name": "Dinner", "notes": "x"})
    assert '"changed":["post_interview_notes"]' in Delivery.objects.get().body.replace(", ", ",").replace(": ", ":")
