"""Attempts that end at a time, which is the server's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.learning.models import Attempt
from onward.domain.learning.services import attempts as services
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from onward.platform.jobs.models import Job
from tests.apis.campus.attempts.asking import begin, hand_in, limit, path_of, wait
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import QuestionFactory

pytestmark = pytest.mark.django_db


def test_a_timed_quiz_is_started_first(as_ada, quiz, text):
    limit(quiz, time_limit=60)
    said = {"answers": {str(text.pk): "river"}}

    error(as_ada.post(path_of(quiz, "attempt"), said), 409, "conflict")
    begun = begin(as_ada, quiz)

    attempt = Attempt.objects.get()
    assert attempt.deadline == attempt.started_at + timedelta(seconds=60)
    assert begun["deadline"] is not None
    assert as_ada.post(path_of(quiz, "attempt"), said).json()["score"] == 1


def test_an_attempt_ends_when_the_quiz_closes(as_ada, quiz, text):
    closes_at = timezone.now() + timedelta(seconds=30)
    limit(quiz, time_limit=60, closes_at=closes_at)

    begin(as_ada, quiz)

    assert Attempt.objects.get().deadline == closes_at


def test_at_the_deadline_a_job_hands_in_what_is_saved(as_ada, quiz, text, number):
    limit(quiz, time_limit=60)
    begin(as_ada, quiz)
    as_ada.put(path_of(quiz, "attempt"), {"answers": {str(text.pk): "river"}})
    wait(59)
    run_due()
    assert Attempt.objects.get().submitted_at is None

    wait(2)
    run_due()

    attempt = Attempt.objects.get()
    assert attempt.submitted_at == attempt.deadline
    assert (attempt.score, attempt.percentage, attempt.passed) == (1, 33.33, False)
    assert as_ada.get(path_of(quiz)).json()["grade"] == 33.33


def test_what_a_server_that_was_down_has_missed_is_handed_in_when_it_is_up_again(as_ada, quiz, text):
    limit(quiz, time_limit=60)
    begin(as_ada, quiz)
    wait(24 * 3600)
    # The job itself is lost, too: the one that comes each minute finds what is due.
    Job.objects.all().delete()

    assert services.hand_in_due(at=timezone.now()) == 1

    attempt = Attempt.objects.get()
    assert attempt.submitted_at == attempt.deadline
    assert services.hand_in_due(at=timezone.now()) == 0


def test_the_job_that_comes_each_minute_is_planned():
    from onward.platform.jobs.registry import find

    assert find("learning.hand_in_due").schedule is not None


@pytest.mark.parametrize("how", ["save", "hand in", "read", "start"])
def test_after_the_deadline_nothing_counts_that_was_not_saved(as_ada, quiz, text, how):
    limit(quiz, time_limit=60, attempts_allowed=1)
    pk = begin(as_ada, quiz)["id"]
    as_ada.put(path_of(quiz, "attempt"), {"answers": {str(text.pk): "sea"}})
    wait(60)
    said = {"answers": {str(text.pk): "river"}}

    match how:
        case "save":
            error(as_ada.put(path_of(quiz, "attempt"), said), 409, "conflict")
        case "hand in":
            error(as_ada.post(path_of(quiz, "attempt"), said), 409, "conflict")
        case "read":
            assert as_ada.get(path_of(quiz, "attempts", pk)).json()["score"] == 0
        case "start":
            error(as_ada.post(path_of(quiz, "start")), 409, "conflict")

    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.submitted_at) == (0, attempt.deadline)
    assert attempt.answers == {str(text.pk): "sea"}


@pytest.mark.parametrize("comes_first", ["job", "late answer"])
def test_who_is_late_is_told_so_whether_they_or_the_job_came_first(as_ada, quiz, text, comes_first):
    limit(quiz, time_limit=60)
    begin(as_ada, quiz)
    said = {"answers": {str(text.pk): "river"}}
    wait(61)
    if comes_first == "job":
        run_due()

    answers = [as_ada.put(path_of(quiz, "attempt"), said), as_ada.post(path_of(quiz, "attempt"), said)]

    assert [one.status_code for one in answers] == [409, 409]
    assert {one.json()["error"]["description"] for one in answers} == {
        "The time is up. What you had saved is handed in."
    }


def test_a_job_that_runs_twice_or_for_an_attempt_that_is_gone_does_nothing(as_ada, quiz, text):
    limit(quiz, time_limit=60)
    pk = begin(as_ada, quiz)["id"]
    hand_in(as_ada, quiz, {str(text.pk): "river"})
    wait(60)

    assert not services.hand_in_at_deadline(attempt_id=pk, at=timezone.now())
    assert not services.hand_in_at_deadline(attempt_id=10**9, at=timezone.now())
    assert Attempt.objects.get().score == 1


def test_what_runs_is_handed_in_for_who_has_left_the_course_meanwhile(as_ada, ada, course, quiz, text):
    limit(quiz, time_limit=60)
    begin(as_ada, quiz)
    course.enrolments.update(left_at=timezone.now())
    wait(60)

    run_due()

    assert Attempt.objects.get().score == 0


def test_more_time_counts_for_attempts_that_are_running(as_ada, as_teacher, course, quiz, text):
    limit(quiz, time_limit=60)
    begin(as_ada, quiz)
    said = {"title": "Walks", "course_id": course.pk, "time_limit": 120}
    assert as_teacher.put(path_of(quiz), said).status_code == 200
    wait(61)
    run_due()
    assert Attempt.objects.get().submitted_at is None

    assert hand_in(as_ada, quiz, {str(text.pk): "river"})["score"] == 1


def test_a_closing_time_that_comes_sooner_ends_attempts_then(as_ada, as_teacher, course, quiz, text):
    begin(as_ada, quiz)
    closes_at = timezone.now() + timedelta(seconds=5)
    said = {"title": "Walks", "course_id": course.pk, "closes_at": closes_at.isoformat()}
    assert as_teacher.put(path_of(quiz), said).status_code == 200
    wait(6)

    run_due()

    assert Attempt.objects.get().submitted_at is not None


def test_thirty_who_look_after_one_deadline_at_once_hand_in_once(together, ada, quiz, text):
    limit(quiz, time_limit=60)
    begin(client(ada), quiz)
    wait(60)
    pk, now = Attempt.objects.get().pk, timezone.now()

    done = together(30, lambda number: services.hand_in_at_deadline(attempt_id=pk, at=now))

    assert sorted(done) == [*[False] * 29, True]
    assert EventRecord.objects.filter(name="learning.attempt_submitted").count() == 1


def test_questions_of_a_timed_quiz_are_read_while_an_attempt_runs_and_only_as_many(as_ada, quiz, text):
    limit(quiz, time_limit=60)
    begin(as_ada, quiz)
    later = QuestionFactory(quiz=quiz)

    read = as_ada.get(path_of(quiz, "questions")).json()["results"]
    assert [one["id"] for one in read] == [text.pk]
    error(as_ada.get(path_of(quiz, "questions", later.pk)), 404, "not_found")
    hand_in(as_ada, quiz, {})
    error(as_ada.get(path_of(quiz, "questions")), 409, "conflict")
