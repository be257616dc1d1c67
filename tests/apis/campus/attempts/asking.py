"""What tests of attempts ask for."""

from datetime import timedelta

from django.db.models import F

from onward.domain.learning.models import Attempt
from onward.platform.jobs.models import Job


def path_of(quiz, *more):
    return "/".join([f"/campus/api/quizzes/{quiz.pk}", *map(str, more), ""])


def begin(api, quiz):
    answered = api.post(path_of(quiz, "start"))
    assert answered.status_code == 201, answered.content
    return answered.json()


def hand_in(api, quiz, answers):
    answered = api.post(path_of(quiz, "attempt"), {"answers": answers})
    assert answered.status_code == 201, answered.content
    return answered.json()


def wait(seconds):
    """Let time pass for what is running: its times, and those of its job, are as long ago as if it had."""
    back = timedelta(seconds=seconds)
    Attempt.objects.update(started_at=F("started_at") - back, deadline=F("deadline") - back)
    Job.objects.update(run_at=F("run_at") - back)


def limit(quiz, **fields):
    for name, value in fields.items():
        setattr(quiz, name, value)
    quiz.save()
