"""Jobs that somebody waits for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.platform.jobs import answers, job, run_due
from onward.platform.jobs.models import Job, State
from onward.platform.jobs.registry import HEAVY
from onward.platform.refusals import Invalid, Throttled

pytestmark = pytest.mark.django_db


class Odd(Exception):
    """Not a refusal, and an answer all the same."""

    def __init__(self, word, *, level):
        super().__init__(word)
        self.level = level


def odd():
    raise Odd("odd", level=3)


def refusal():
    raise Invalid("No.", code="no", fields={"word": ["Bad."]})


WORK = {"fine": lambda: {"word": "fine", "number": 7}, "nothing": lambda: None, "odd": odd, "refusal": refusal}


@job(queue=HEAVY, max_attempts=1, name="test.answer")
def answer(*, what: str) -> None:
    """Answer, or break."""
    answers.give(WORK[what], told=(Invalid, Odd))


def ask(what):
    return answers.ask("test.answer", account=1, seconds=60, at=timezone.now(), what=what)


@pytest.mark.parametrize("what", ["fine", "nothing"])
def test_what_a_job_returns_is_what_is_taken(what):
    asked = ask(what)
    assert answers.ended([asked]) == set()
    run_due()

    assert answers.ended([asked, 10**9]) == {asked, 10**9}
    assert answers.take(asked) == WORK[what]()


def test_a_refusal_is_an_answer_with_all_that_it_says():
    asked = ask("refusal")
    run_due()

    with pytest.raises(Invalid) as told:
        answers.take(asked)
    assert (told.value.message, told.value.code, told.value.fields) == ("No.", "no", {"word": ["Bad."]})
    assert Job.objects.get(pk=asked).state == State.DONE


def test_only_our_own_exceptions_are_made_again(monkeypatch):
    asked = ask("odd")
    run_due()
    with pytest.raises(answers.Failed):
        answers.take(asked)

    monkeypatch.setattr(answers, "OURS", ("onward.", "tests."))
    asked = ask("odd")
    run_due()
    with pytest.raises(Odd) as told:
        answers.take(asked)
    assert (told.value.args, told.value.level) == (("odd",), 3)


def test_a_job_that_breaks_has_no_answer():
    asked = ask("no such work")
    run_due()

    with pytest.raises(answers.Failed):
        answers.take(asked)
    assert Job.objects.get(pk=asked).state == State.DEAD


def test_one_that_is_not_there_in_time_is_given_up_and_says_when_to_come_again():
    asked = ask("fine")

    with pytest.raises(Throttled) as told:
        answers.take(asked)
    assert told.value.wait == answers.SOON
    assert Job.objects.get(pk=asked).state == State.CANCELLED
    assert run_due() == 0


@pytest.mark.parametrize("what", ["fine", "refusal", "no such work"])
def test_nothing_of_what_was_asked_and_answered_is_left_once_it_is_taken(what):
    asked = ask(what)
    run_due()
    try:
        answers.take(asked)
    except Exception:
        assert what != "fine"

    row = Job.objects.get(pk=asked)
    assert (row.payload, row.answer) == ({}, None)


def test_nor_when_nobody_takes_it():
    asked = ask("fine")
    run_due()
    late = timezone.now() + timedelta(seconds=60) + answers.UNTAKEN

    assert answers.forget_untaken(at=late - timedelta(seconds=9)) == 0
    assert answers.forget_untaken(at=late + timedelta(seconds=9)) == 1
    assert answers.forget_untaken(at=late + timedelta(seconds=9)) == 0
    assert Job.objects.get(pk=asked).answer is None
