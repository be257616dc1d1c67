"""When quizzes may be attempted, and how often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.learning.models import Attempt
from onward.platform.events.models import EventRecord
from tests.apis.campus.attempts.asking import begin, hand_in, limit, path_of
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import EnrolmentFactory, QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_before_it_opens_and_after_it_closes_there_is_no_attempt(as_ada, quiz, text):
    now = timezone.now()
    for fields in ({"opens_at": now + timedelta(hours=1)}, {"opens_at": None, "closes_at": now - timedelta(hours=1)}):
        limit(quiz, **fields)
        error(as_ada.post(path_of(quiz, "start")), 409, "conflict")
        error(as_ada.post(path_of(quiz, "attempt"), {"answers": {str(text.pk): "river"}}), 409, "conflict")
    assert not Attempt.objects.exists()


def test_there_are_as_many_attempts_as_are_allowed(as_ada, quiz, text):
    limit(quiz, attempts_allowed=2)

    assert [hand_in(as_ada, quiz, {})["number"], begin(as_ada, quiz)["number"]] == [1, 2]
    assert as_ada.post(path_of(quiz, "start")).status_code == 200
    hand_in(as_ada, quiz, {})

    error(as_ada.post(path_of(quiz, "start")), 409, "conflict")
    error(as_ada.post(path_of(quiz, "attempt"), {"answers": {}}), 409, "conflict")
    assert Attempt.objects.count() == 2


@pytest.mark.parametrize(
    ("grading", "grade", "passed"),
    [("highest", 75, True), ("latest", 50, False), ("first", 25, False), ("average", 50, False)],
)
def test_attempts_count_together_as_the_quiz_is_graded(as_ada, as_ben, quiz, grading, grade, passed):
    limit(quiz, grading=grading, pass_mark=60)
    questions = QuestionFactory.create_batch(4, quiz=quiz)

    for right in (1, 3, 2):
        hand_in(as_ada, quiz, {str(one.pk): "river" for one in questions[:right]})
    begin(as_ada, quiz)

    shown = as_ada.get(path_of(quiz)).json()
    assert (shown["grade"], shown["passed"], shown["attempts_made"]) == (grade, passed, 4)
    others = as_ben.get(path_of(quiz)).json()
    assert (others["grade"], others["passed"], others["attempts_made"]) == (None, None, 0)


@pytest.mark.parametrize("how", ["start", "attempt"])
def test_of_thirty_at_once_no_more_are_made_than_are_allowed(together, ada, quiz, text, how):
    limit(quiz, attempts_allowed=3)
    apis = [client(ada) for _ in range(30)]
    said = {"answers": {str(text.pk): "river"}}

    answers = together(30, lambda number: apis[number].post(path_of(quiz, how), said if how == "attempt" else ""))

    statuses = sorted(answered.status_code for answered in answers)
    if how == "start":
        assert statuses == [*[200] * 29, 201]
        assert Attempt.objects.get().submitted_at is None
    else:
        assert statuses == [*[201] * 3, *[409] * 27]
        assert sorted(Attempt.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_of_thirty_who_hand_in_one_attempt_at_once_one_does(together, ada, quiz, text):
    limit(quiz, attempts_allowed=1)
    apis = [client(ada) for _ in range(30)]
    begin(apis[0], quiz)

    answers = together(30, lambda number: apis[number].post(path_of(quiz, "attempt"), {"answers": {str(text.pk): "x"}}))

    assert sorted(answered.status_code for answered in answers) == [201, *[409] * 29]
    assert EventRecord.objects.filter(name="learning.attempt_submitted").count() == 1


def test_saving_at_once_loses_no_answer(together, ada, quiz):
    questions = QuestionFactory.create_batch(30, quiz=quiz)
    apis = [client(ada) for _ in range(30)]
    begin(apis[0], quiz)

    together(
        30, lambda number: apis[number].put(path_of(quiz, "attempt"), {"answers": {str(questions[number].pk): "river"}})
    )

    assert hand_in(apis[0], quiz, {})["score"] == 30


def test_starting_while_the_quiz_is_changed_leaves_attempts_and_quiz_in_agreement(
    together, course, teacher, quiz, text
):
    people = UserFactory.create_batch(20)
    for person in people:
        EnrolmentFactory(course=course, user=person)
    apis, as_teacher = [client(person) for person in people], client(teacher)
    said = {"title": "x", "course_id": course.pk}

    def act(turn):
        if turn < 20:
            return apis[turn].post(path_of(quiz, "start")).status_code
        return as_teacher.put(path_of(quiz), {**said, "time_limit": 1000 + turn}).status_code

    assert set(together(24, act)) == {200, 201}

    quiz.refresh_from_db()
    for attempt in Attempt.objects.all():
        assert attempt.deadline == attempt.started_at + timedelta(seconds=quiz.time_limit)
