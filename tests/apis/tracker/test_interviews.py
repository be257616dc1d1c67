"""Section 5 of the tracker's document: interviews."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from onward.domain.interviews.models import Interview
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, CompanyFactory, InterviewFactory

PATH = "/tracker/api/v1/interviews/"


@pytest.fixture
def application(ada):
    return ApplicationFactory(
        owner=ada, company=CompanyFactory(owner=ada, name="Google"), job_title="Senior Software Engineer"
    )


def documented(application):
    return {
        "application": application.pk,
        "round_number": 1,
        "interview_type": "phone",
        "scheduled_at": "2126-01-20T14:00:00Z",
        "duration_minutes": 45,
        "timezone": "America/Los_Angeles",
        "meeting_link": "https://meet.google.com/abc-defg-hij",
        "meeting_location": "",
        "interviewer_names": "Jane Smith, Bob Johnson",
        "interviewer_titles": "Engineering Manager, Senior Engineer",
        "status": "scheduled",
        "preparation_notes": "Review system design concepts",
    }


def ids(answer):
    found = answer.json()
    return [row["id"] for row in (found if isinstance(found, list) else found["results"])]


def test_creates_the_documented_interview_and_shows_it_in_full(as_ada, application):
    answer = as_ada.post(PATH, documented(application))

    assert answer.status_code == 201
    made = answer.json()
    assert (
        list(made)
        == (
            "id application company_name job_title round_number interview_type scheduled_at duration_minutes timezone "
            "meeting_link meeting_location interviewer_names interviewer_titles status outcome preparation_notes "
            "post_interview_notes questions_asked is_upcoming created_at updated_at"
        ).split()
    )
    assert made == made | documented(application)
    assert (made["company_name"], made["job_title"]) == ("Google", "Senior Software Engineer")
    assert (made["outcome"], made["post_interview_notes"], made["questions_asked"]) == ("pending", "", "")
    assert made["is_upcoming"] is True
    assert as_ada.get(f"{PATH}{made['id']}/").json() == made


def test_needs_an_application_and_a_time_and_has_a_default_for_the_rest(as_ada, application):
    made = as_ada.post(PATH, {"application": application.pk, "scheduled_at": "2026-01-20T14:00:00Z"}).json()

    assert (made["round_number"], made["interview_type"], made["duration_minutes"]) == (1, "phone", 60)
    assert (made["timezone"], made["status"], made["outcome"]) == ("UTC", "scheduled", "pending")
    assert made["is_upcoming"] is False
    assert as_ada.post(PATH, {}).json() == {
        "application": ["This field is required."],
        "scheduled_at": ["This field is required."],
    }


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2026-07-20T14:00:00Z", "2026-07-20T14:00:00Z"),
        ("2026-07-20T14:00:00+02:00", "2026-07-20T12:00:00Z"),
        ("2026-07-20T14:00:00.5Z", "2026-07-20T14:00:00.500000Z"),
        # A time without a zone is one in the interview's own.
        ("2026-07-20T14:00:00", "2026-07-20T21:00:00Z"),
        ("2026-07-20T14:00", "2026-07-20T21:00:00Z"),
    ],
)
def test_keeps_a_time_as_an_instant(as_ada, application, sent, shown):
    made = as_ada.post(PATH, documented(application) | {"scheduled_at": sent}).json()

    assert made["scheduled_at"] == shown
    assert as_ada.get(f"{PATH}{made['id']}/").json()["scheduled_at"] == shown


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("application", "abc"),
        ("application", None),
        ("round_number", 0),
        ("round_number", 2147483648),
        ("interview_type", "seance"),
        ("scheduled_at", "tomorrow"),
        ("scheduled_at", ""),
        ("scheduled_at", None),
        ("scheduled_at", 0),
        ("scheduled_at", "0001-01-01T00:00:00+14:00"),
        ("scheduled_at", "9999-12-31T23:59:59-14:00"),
        ("scheduled_at", "2026-06-31T00:00:00Z"),
        ("duration_minutes", 0),
        ("duration_minutes", -5),
        ("duration_minutes", "long"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("meeting_link", "javascript:alert(1)"),
        ("meeting_location", "x" * 256),
        ("status", "perhaps"),
        ("outcome", "perhaps"),
        ("questions_asked", "a\x00b"),
    ],
)
def test_names_the_field_that_is_wrong(as_ada, application, field, value):
    answer = as_ada.post(PATH, documented(application) | {field: value})

    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert Interview.objects.count() == 0
    assert as_ada.get(PATH).status_code == 200


def test_refuses_an_application_that_is_not_ones_own(as_ada, ben):
    theirs = ApplicationFactory(owner=ben)

    answer = as_ada.post(PATH, documented(theirs))

    assert answer.status_code == 400
    assert answer.json() == {"application": ["Application not found."]}


def test_lists_interviews_by_their_time_with_the_documented_fields(as_ada, application):
    later = InterviewFactory(application=application, scheduled_at=datetime(2126, 2, 1, tzinfo=UTC))
    sooner = InterviewFactory(application=application, scheduled_at=datetime(2126, 1, 1, tzinfo=UTC))

    answer = as_ada.get(PATH)

    assert ids(answer) == [sooner.pk, later.pk]
    assert (
        list(answer.json()["results"][0])
        == (
            "id company_name job_title round_number interview_type scheduled_at duration_minutes status outcome is_upcoming"
        ).split()
    )


def test_filters_searches_and_orders(as_ada, ada, application):
    first = InterviewFactory(application=application, round_number=2, status="completed", outcome="passed")
    second = InterviewFactory(
        application=ApplicationFactory(owner=ada, job_title="Designer"),
        interview_type="onsite",
        interviewer_names="Élodie",
    )

    assert ids(as_ada.get(PATH, {"status": "completed"})) == [first.pk]
    assert ids(as_ada.get(PATH, {"outcome": "pending"})) == [second.pk]
    assert ids(as_ada.get(PATH, {"interview_type": "onsite"})) == [second.pk]
    assert ids(as_ada.get(PATH, {"application": application.pk})) == [first.pk]
    assert ids(as_ada.get(PATH, {"search": "google senior"})) == [first.pk]
    assert ids(as_ada.get(PATH, {"search": "ÉLODIE"})) == [second.pk]
    assert ids(as_ada.get(PATH, {"ordering": "round_number"})) == [second.pk, first.pk]
    assert ids(as_ada.get(PATH, {"ordering": "-round_number"})) == [first.pk, second.pk]
    assert ids(as_ada.get(PATH, {"ordering": "-created_at"})) == [second.pk, first.pk]
    for name in ("status", "outcome", "interview_type", "application"):
        refused = as_ada.get(PATH, {name: "nonsense"})
        assert refused.status_code == 400
        assert list(refused.json()) == [name]


def test_is_upcoming_when_scheduled_and_still_to_come(as_ada, application):
    now = timezone.now()
    soon = InterviewFactory(application=application, scheduled_at=now + timedelta(minutes=5))
    later = InterviewFactory(application=application, scheduled_at=now + timedelta(days=5))
    InterviewFactory(application=application, scheduled_at=now + timedelta(days=1), status="cancelled")
    InterviewFactory(application=application, scheduled_at=now - timedelta(minutes=1))

    answer = as_ada.get(f"{PATH}upcoming/")

    assert isinstance(answer.json(), list)
    assert ids(answer) == [soon.pk, later.pk]
    assert {row["is_upcoming"] for row in answer.json()} == {True}
    upcoming = {row["id"] for row in as_ada.get(PATH).json()["results"] if row["is_upcoming"]}
    assert upcoming == {soon.pk, later.pk}


def test_knows_todays_interviews_by_the_clock_of_the_person_who_asks(as_ada, ada, application):
    zone = ZoneInfo("Pacific/Kiritimati")
    ada.timezone = zone.key
    ada.save()
    midnight = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    InterviewFactory(application=application, scheduled_at=midnight - timedelta(minutes=1))
    first = InterviewFactory(application=application, scheduled_at=midnight)
    last = InterviewFactory(application=application, scheduled_at=midnight + timedelta(hours=23, minutes=59))
    InterviewFactory(application=application, scheduled_at=midnight + timedelta(days=1))

    answer = as_ada.get(f"{PATH}today/")

    assert isinstance(answer.json(), list)
    assert ids(answer) == [first.pk, last.pk]


def test_changes_what_is_sent_and_leaves_what_is_absent(as_ada, application):
    made = as_ada.post(PATH, documented(application)).json()

    changed = as_ada.patch(f"{PATH}{made['id']}/", {"meeting_location": "Room 5"}).json()

    assert changed | {"updated_at": made["updated_at"]} == made | {"meeting_location": "Room 5"}
    assert as_ada.put(f"{PATH}{made['id']}/", {"meeting_location": "x"}).status_code == 400
    assert as_ada.put(f"{PATH}{made['id']}/", changed).json() == changed


def test_says_how_an_interview_went(as_ada, application):
    made = as_ada.post(PATH, documented(application)).json()

    answer = as_ada.patch(
        f"{PATH}{made['id']}/outcome/",
        {"status": "completed", "outcome": "passed", "post_interview_notes": "Went well", "round_number": 9},
    )

    assert answer.status_code == 200
    assert answer.json() | {"updated_at": ""} == made | {
        "status": "completed",
        "outcome": "passed",
        "post_interview_notes": "Went well",
        "is_upcoming": False,
        "updated_at": "",
    }
    only_one = as_ada.patch(f"{PATH}{made['id']}/outcome/", {"outcome": "failed"}).json()
    assert (only_one["status"], only_one["outcome"], only_one["post_interview_notes"]) == (
        "completed",
        "failed",
        "Went well",
    )
    assert list(as_ada.patch(f"{PATH}{made['id']}/outcome/", {"outcome": "great"}).json()) == ["outcome"]


def test_announces_an_end_as_such(as_ada, application):
    made = as_ada.post(PATH, documented(application)).json()
    as_ada.patch(f"{PATH}{made['id']}/", {"meeting_location": "Room 5"})
    as_ada.patch(f"{PATH}{made['id']}/outcome/", {"status": "completed"})
    as_ada.patch(f"{PATH}{made['id']}/", {"status": "cancelled"})
    as_ada.delete(f"{PATH}{made['id']}/")

    assert list(EventRecord.objects.order_by("pk").values_list("name", flat=True)) == [
        "interview.created",
        "interview.updated",
        "interview.completed",
        "interview.cancelled",
        "interview.deleted",
    ]


@pytest.mark.parametrize(
    ("method", "rest"), [("get", ""), ("put", ""), ("patch", ""), ("delete", ""), ("patch", "outcome/")]
)
def test_does_not_know_the_interview_of_somebody_else(as_ben, ben, application, method, rest):
    interview = InterviewFactory(application=application)
    body = documented(ApplicationFactory(owner=ben)) | {"outcome": "failed"}

    for pk in (interview.pk, 10**9, 2**80, "abc"):
        answer = getattr(as_ben, method)(f"{PATH}{pk}/{rest}", {} if method == "get" else body)
        assert answer.status_code == 404
        assert answer.json() == {"detail": "Not found."}
    interview.refresh_from_db()
    assert (interview.outcome, interview.application) == ("pending", application)


def test_refuses_to_move_an_interview_to_somebody_elses_application(as_ada, ben, application):
    interview = InterviewFactory(application=application)

    answer = as_ada.patch(f"{PATH}{interview.pk}/", {"application": ApplicationFactory(owner=ben).pk})

    assert answer.status_code == 400
    assert answer.json() == {"application": ["Application not found."]}


def test_reads_lists_and_an_interview_with_two_queries_each(as_ada, application, queries):
    interview = InterviewFactory(application=application)
    for path in (PATH, f"{PATH}upcoming/", f"{PATH}today/", f"{PATH}{interview.pk}/"):
        as_ada.get(path)
        with queries() as asked:
            as_ada.get(path)
        assert len(asked) == 2
