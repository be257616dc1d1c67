"""Section 8 of the tracker's document: which mails somebody wants, and which they got."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from onward.domain.notifications.choices import NotificationStatus, NotificationType
from onward.domain.notifications.models import Notification, Preferences
from onward.domain.notifications.queries import wishes_of
from tests.apis.tracker.test_auth_poison import DOCUMENTS
from tests.factories import ApplicationFactory, CompanyFactory

PREFERENCES = "/tracker/api/v1/notifications/preferences/"
HISTORY = "/tracker/api/v1/notifications/history/"
INTERVIEWS = "/tracker/api/v1/interviews/"
DEFAULTS = {
    "interview_reminders": True,
    "interview_reminder_hours": 24,
    "application_updates": True,
    "weekly_summary": True,
    "quiet_hours_start": None,
    "quiet_hours_end": None,
}
DOCUMENTED = DEFAULTS | {"quiet_hours_start": "22:00:00", "quiet_hours_end": "08:00:00"}


def note(owner, **fields):
    return Notification.objects.create(
        owner=owner,
        **{
            "notification_type": "interview_reminder",
            "subject": "Interview Tomorrow: Google - Senior Software Engineer",
            "due_at": timezone.now(),
            **fields,
        },
    )


@pytest.fixture
def application(ada):
    return ApplicationFactory(
        owner=ada, company=CompanyFactory(owner=ada, name="Google"), job_title="Senior Software Engineer"
    )


def test_a_new_account_gets_every_mail_and_has_no_quiet_hours(as_ada):
    answer = as_ada.get(PREFERENCES)

    assert answer.status_code == 200
    assert answer.json() == DEFAULTS
    assert list(answer.json()) == list(DEFAULTS)


@pytest.mark.parametrize("method", ["put", "patch"])
def test_the_documented_preferences_are_kept(as_ada, method):
    answer = getattr(as_ada, method)(PREFERENCES, DOCUMENTED)

    assert (answer.status_code, answer.json()) == (200, DOCUMENTED)
    assert as_ada.get(PREFERENCES).json() == DOCUMENTED


@pytest.mark.parametrize("method", ["put", "patch"])
def test_what_is_absent_stays_as_it_is(as_ada, method):
    as_ada.put(PREFERENCES, DOCUMENTED | {"interview_reminder_hours": 2})

    answer = getattr(as_ada, method)(PREFERENCES, {"weekly_summary": False})

    assert answer.json() == DOCUMENTED | {"interview_reminder_hours": 2, "weekly_summary": False}
    assert as_ada.patch(PREFERENCES).json() == answer.json()


def test_quiet_hours_are_taken_in_minutes_and_taken_away_by_null(as_ada):
    set_ = as_ada.patch(PREFERENCES, {"quiet_hours_start": "22:30", "quiet_hours_end": "07:00:00.25"}).json()
    taken = as_ada.patch(PREFERENCES, {"quiet_hours_start": None, "quiet_hours_end": None}).json()

    assert (set_["quiet_hours_start"], set_["quiet_hours_end"]) == ("22:30:00", "07:00:00")
    assert taken == DEFAULTS


@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize(("start", "end"), [("22:00", "22:00"), ("22:00:00", "22:00:00.9"), ("00:00", "00:00")])
def test_quiet_hours_have_two_ends_that_differ(as_ada, method, start, end):
    sent = {"weekly_summary": False, "quiet_hours_start": start, "quiet_hours_end": end}
    answer = getattr(as_ada, method)(PREFERENCES, sent)

    assert (answer.status_code, list(answer.json())) == (400, ["quiet_hours_end"])
    assert as_ada.get(PREFERENCES).json() == DEFAULTS


def test_quiet_hours_are_given_one_end_at_a_time_and_count_once_both_are_there(as_ada, ada):
    midnight = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)

    assert as_ada.patch(PREFERENCES, {"quiet_hours_end": "07:00"}).json() == DEFAULTS | {"quiet_hours_end": "07:00:00"}
    assert wishes_of(owner_id=ada.pk).after_quiet_hours(midnight) == midnight
    assert as_ada.patch(PREFERENCES, {"quiet_hours_start": "22:00"}).status_code == 200
    assert wishes_of(owner_id=ada.pk).after_quiet_hours(midnight) == midnight.replace(hour=7)
    assert as_ada.patch(PREFERENCES, {"quiet_hours_start": "07:00"}).status_code == 400
    assert as_ada.patch(PREFERENCES, {"quiet_hours_end": None}).json()["quiet_hours_start"] == "22:00:00"
    assert wishes_of(owner_id=ada.pk).after_quiet_hours(midnight) == midnight


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("interview_reminders", "perhaps"),
        ("quiet_hours_start", "25:00:00"),
        ("quiet_hours_start", "22:00:60"),
        ("quiet_hours_start", "22:00:00Z"),
        ("quiet_hours_start", "22:00:00+02:00"),
        ("quiet_hours_start", "10 pm"),
        ("quiet_hours_start", "２２:00"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(as_ada, field, value):
    for method in (as_ada.put, as_ada.patch):
        answer = method(PREFERENCES, DEFAULTS | {field: value})

        assert answer.status_code == 400
        assert list(answer.json()) == [field]
        assert "Value error" not in answer.json()[field][0]
    assert as_ada.get(PREFERENCES).json() == DEFAULTS


def test_no_document_breaks_anything(as_ada):
    for document in DOCUMENTS:
        answer = as_ada.put(PREFERENCES, document)
        assert answer.status_code in {200, 400}, (document[:20], answer.content)
        json.loads(answer.content)


def test_nothing_else_can_be_written(as_ada, ada, ben):
    as_ada.put(PREFERENCES, {"owner": ben.pk, "id": 77, "created_at": "2020-01-01T00:00:00Z", "weekly_summary": False})

    row = Preferences.objects.get()
    assert (row.owner_id, row.pk == 77, row.created_at.year == 2020) == (ada.pk, False, False)


def test_each_has_their_own(as_ada, as_ben):
    as_ada.put(PREFERENCES, DOCUMENTED)

    assert as_ben.get(PREFERENCES).json() == DEFAULTS


def test_of_thirty_first_changes_all_succeed_and_one_row_is_made(as_ada, together):
    answers = together(30, lambda number: as_ada.patch(PREFERENCES, {"interview_reminder_hours": number + 1}))

    assert [a.status_code for a in answers] == [200] * 30
    assert Preferences.objects.count() == 1
    assert 1 <= as_ada.get(PREFERENCES).json()["interview_reminder_hours"] <= 30


def test_the_history_shows_exactly_what_is_documented(as_ada, ada):
    row = note(
        ada,
        status="sent",
        sent_at=datetime(2026, 1, 15, 10, tzinfo=UTC),
        created_at=datetime(2026, 1, 15, 10, tzinfo=UTC),
        error="kept for staff",
    )
    shown = {
        "id": row.pk,
        "notification_type": "interview_reminder",
        "notification_type_display": "Interview Reminder",
        "subject": "Interview Tomorrow: Google - Senior Software Engineer",
        "status": "sent",
        "status_display": "Sent",
        "sent_at": "2026-01-15T10:00:00Z",
        "created_at": "2026-01-15T10:00:00Z",
    }

    assert as_ada.get(HISTORY).json() == {"count": 1, "next": None, "previous": None, "results": [shown]}
    assert as_ada.get(f"{HISTORY}{row.pk}/").json() == shown
    assert list(as_ada.get(f"{HISTORY}{row.pk}/").json()) == list(shown)


def test_every_type_and_status_is_shown_with_its_label(as_ada, ada):
    for kind in NotificationType:
        row = note(ada, notification_type=kind)
        assert as_ada.get(f"{HISTORY}{row.pk}/").json()["notification_type_display"] == kind.label
    for status in NotificationStatus:
        row = note(ada, status=status)
        shown = as_ada.get(f"{HISTORY}{row.pk}/").json()
        assert (shown["status_display"], shown["sent_at"]) == (status.label, None)


def test_the_history_is_filtered_by_type_paged_and_begins_with_the_latest(as_ada, ada):
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [note(ada, created_at=begin + timedelta(days=number % 11)) for number in range(23)]
    other = note(ada, notification_type="weekly_summary")
    order = [row.pk for row in sorted(rows, key=lambda row: (row.created_at, row.pk), reverse=True)]

    first = as_ada.get(HISTORY, {"notification_type": "interview_reminder"}).json()
    second = as_ada.get(first["next"].removeprefix("http://testserver")).json()

    assert first["count"] == 23
    assert [row["id"] for row in first["results"] + second["results"]] == order
    assert as_ada.get(HISTORY).json()["results"][0]["id"] == other.pk
    assert len(as_ada.get(HISTORY, {"page_size": 5}).json()["results"]) == 5
    assert as_ada.get(HISTORY, {"page": 9}).status_code == 404


@pytest.mark.parametrize("word", ["telegram", "%", "Interview Reminder", "' OR 1=1 --", "\x00"])
def test_an_unknown_type_is_refused_by_name(as_ada, word):
    answer = as_ada.get(HISTORY, {"notification_type": word})

    assert answer.status_code == 400
    assert list(answer.json()) == ["notification_type"]


def test_a_stranger_sees_nothing(as_ada, as_ben, ada, anonymous):
    row = note(ada)

    assert as_ben.get(HISTORY).json()["count"] == 0
    assert as_ben.get(f"{HISTORY}{row.pk}/").status_code == 404
    for path in (PREFERENCES, HISTORY, f"{HISTORY}{row.pk}/"):
        assert anonymous.get(path).status_code == 401
    for pk in (0, -1, 2**63, "abc", "1.5"):
        assert as_ada.get(f"{HISTORY}{pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_history_cannot_be_written(as_ada, ada, method):
    row = note(ada)

    assert getattr(as_ada, method)(HISTORY).status_code == 405
    assert getattr(as_ada, method)(f"{HISTORY}{row.pk}/").status_code == 405
    assert Notification.objects.count() == 1


def test_paths_answer_with_and_without_the_last_slash_and_under_the_bare_path(as_ada, ada):
    row = note(ada)
    for path in (PREFERENCES, HISTORY, f"{HISTORY}{row.pk}/"):
        assert as_ada.get(path.rstrip("/")).status_code == 200
        assert as_ada.get(path.removeprefix("/tracker")).status_code == 200


def test_reads_take_two_queries_however_many_rows_there_are(as_ada, ada, queries):
    for _ in range(25):
        row = note(ada)
    for path in (PREFERENCES, HISTORY, f"{HISTORY}{row.pk}/"):
        as_ada.get(path)
        with queries() as asked:
            as_ada.get(path)
        assert len(asked) == 2, path


def test_a_planned_reminder_stands_in_the_history_at_once(as_ada, application):
    tomorrow = timezone.now() + timedelta(hours=26)

    as_ada.post(INTERVIEWS, {"application": application.pk, "scheduled_at": tomorrow.isoformat()})

    (shown,) = as_ada.get(HISTORY).json()["results"]
    assert (shown["notification_type"], shown["status"], shown["sent_at"]) == ("interview_reminder", "pending", None)
    assert shown["subject"] == "Interview Tomorrow: Google - Senior Software Engineer"


def test_a_move_that_nobody_wishes_to_be_told_of_asks_for_mail_and_feed_and_writes_nothing(
    as_ada, ada, application, queries
):
    Preferences.objects.create(owner=ada, application_updates=False)
    path = f"/tracker/api/v1/applications/{application.pk}/status/"
    for status in ("screening", "interviewing"):
        as_ada.patch(path, {"status": status})

    with queries() as asked:
        as_ada.patch(path, {"status": "offer"})

    told = [q["sql"] for q in asked.captured_queries if "notifications_" in q["sql"]]
    assert [sql.partition(" ")[0] for sql in told] == ["SELECT", "SELECT"]
    assert Notification.objects.count() == 0


def test_a_reminder_that_moves_in_time_keeps_its_number(as_ada, application):
    soon = (timezone.now() + timedelta(days=9)).isoformat()
    later = (timezone.now() + timedelta(days=10)).isoformat()
    interview = as_ada.post(INTERVIEWS, {"application": application.pk, "scheduled_at": soon}).json()
    (row,) = as_ada.get(HISTORY).json()["results"]

    as_ada.patch(PREFERENCES, {"interview_reminder_hours": 2})
    as_ada.patch(f"{INTERVIEWS}{interview['id']}/", {"scheduled_at": later})

    assert as_ada.get(f"{HISTORY}{row['id']}/").json() == as_ada.get(HISTORY).json()["results"][0]
    assert as_ada.get(HISTORY).json()["count"] == 1
