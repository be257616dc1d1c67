"""The pages of the interviews."""

from datetime import datetime

import pytest

from onward.domain.applications.choices import Status
from onward.domain.interviews.models import Interview
from tests.factories import ApplicationFactory, InterviewFactory
from tests.poison import POISON


def text(answer):
    return answer.content.decode()


def test_an_interview_is_added_on_ones_own_clock_and_moves_what_was_merely_applied_for(adas, ada):
    ada.timezone = "Europe/Berlin"
    ada.save()
    made = ApplicationFactory(owner=ada, status=Status.APPLIED)
    address = f"/app/applications/{made.pk}/interviews/new/"
    adas.open(address)

    answer = adas.send(address, interview_type="technical", day="2026-07-01", time="14:00", duration_minutes="45")

    assert answer.headers["Location"] == f"/app/applications/{made.pk}/"
    interview = Interview.objects.get(application=made)
    assert interview.scheduled_at == datetime.fromisoformat("2026-07-01T12:00:00+00:00")
    made.refresh_from_db()
    assert made.status == Status.INTERVIEWING
    assert "Technical" in text(adas.get(f"/app/applications/{made.pk}/"))


def test_an_interview_may_have_a_day_and_no_time(adas, ada):
    made = ApplicationFactory(owner=ada)

    adas.send(f"/app/applications/{made.pk}/interviews/new/", interview_type="phone", day="2026-07-01")

    interview = Interview.objects.get(application=made)
    assert (interview.has_time, str(interview.day)) == (False, "2026-07-01")


def test_how_it_went_is_written_down_and_the_time_stays(adas, ada):
    interview = InterviewFactory(
        owner=ada,
        application=ApplicationFactory(owner=ada),
        scheduled_at=datetime.fromisoformat("2026-07-01T12:00:00+00:00"),
        has_time=True,
        day=datetime(2026, 7, 1).date(),  # noqa: DTZ001 - a day
    )
    page = text(adas.open(f"/app/interviews/{interview.pk}/"))
    assert 'value="2026-07-01"' in page
    assert 'value="12:00"' in page

    adas.send(
        f"/app/interviews/{interview.pk}/",
        interview_type="phone",
        day="2026-07-01",
        time="12:00",
        status="completed",
        outcome="passed",
        post_interview_notes="Good questions.",
    )

    interview.refresh_from_db()
    assert (interview.status, interview.outcome, interview.scheduled_at.hour) == ("completed", "passed", 12)
    assert "Good questions." in text(adas.get(f"/app/applications/{interview.application_id}/"))


def test_an_interview_is_removed(adas, ada):
    interview = InterviewFactory(owner=ada, application=ApplicationFactory(owner=ada))

    assert adas.send(f"/app/interviews/{interview.pk}/delete/").status_code == 302

    assert not Interview.objects.exists()


def test_what_is_anothers_does_not_exist(adas, ben):
    theirs = InterviewFactory(owner=ben, application=ApplicationFactory(owner=ben))

    for address in (f"interviews/{theirs.pk}/", f"applications/{theirs.application_id}/interviews/new/"):
        assert adas.get(f"/app/{address}").status_code == 404
        assert adas.send(f"/app/{address}", interview_type="phone", day="2026-07-01").status_code == 404
    assert adas.send(f"/app/interviews/{theirs.pk}/delete/").status_code == 404
    assert Interview.objects.count() == 1


@pytest.mark.parametrize("value", POISON, ids=lambda value: ascii(str(value))[:30])
def test_nothing_that_is_typed_breaks_a_page(adas, ada, value):
    made = ApplicationFactory(owner=ada)
    names = ("day", "time", "duration_minutes", "meeting_link", "meeting_location", "interviewer_names")
    given = {**dict.fromkeys(names, str(value)), "preparation_notes": str(value), "interview_type": str(value)}

    answers = [
        adas.send(f"/app/applications/{made.pk}/interviews/new/", **given),
        adas.send(
            f"/app/applications/{made.pk}/interviews/new/",
            interview_type="phone",
            day="2026-07-01",
            interviewer_names=str(value),
            preparation_notes=str(value),
        ),
    ]

    assert all(answer.status_code < 500 for answer in answers)
