"""Who sees attempts, and what follows from them."""

import csv
import io
import json

import pytest
from django.db import transaction

from onward.domain.learning.models import Question
from tests import poison
from tests.apis.campus.attempts.asking import begin, hand_in, limit, path_of
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import EnrolmentFactory, LessonFactory, QuestionFactory, QuizFactory, UserFactory

pytestmark = pytest.mark.django_db


# Who sees them


def test_members_see_their_own_attempts_and_who_teaches_all(
    as_ada, as_ben, as_teacher, as_root, ben, course, quiz, text
):
    EnrolmentFactory(course=course, user=ben)
    mine, theirs = hand_in(as_ada, quiz, {}), hand_in(as_ben, quiz, {str(text.pk): "river"})

    def seen(api, **asked):
        return [row["id"] for row in api.get(path_of(quiz, "attempts"), asked).json()["results"]]

    assert seen(as_ada) == seen(as_ada, format="csv") == [mine["id"]]
    assert seen(as_ada, user_id=ben.pk) == []
    assert seen(as_teacher) == seen(as_root) == [theirs["id"], mine["id"]]
    assert seen(as_teacher, user_id=ben.pk) == [theirs["id"]]
    assert seen(as_teacher, ordering="percentage") == [mine["id"], theirs["id"]]
    error(as_ada.get(path_of(quiz, "attempts", theirs["id"])), 404, "not_found")
    shown = as_teacher.get(path_of(quiz, "attempts", mine["id"])).json()
    assert (shown["review"], shown["questions"][0]["correct_answer"]) == ("answers", ["river", "stream"])


def test_who_teaches_takes_all_attempts_along_as_a_sheet_without_formulas(as_ada, as_teacher, ada, quiz, text):
    ada.first_name = "=1+1"
    ada.save()
    hand_in(as_ada, quiz, {str(text.pk): "river"})
    begin(as_ada, quiz)

    answered = as_teacher.get(path_of(quiz, "attempts"), {"format": "csv"})

    assert answered["Content-Type"].startswith("text/csv")
    first, second = csv.DictReader(io.StringIO(answered.content.decode()))
    assert first["name"] == "'=1+1 Ahmed"
    assert (first["number"], first["score"], first["max_score"], first["percentage"]) == ("1", "1", "1", "100")
    assert (first["passed"], second["passed"], second["submitted_at"]) == ("yes", "", "")


@pytest.mark.parametrize("size", [1, 12])
def test_lists_and_details_take_two_queries_however_long_they_are(as_ada, as_teacher, quiz, queries, size):
    QuestionFactory.create_batch(size, quiz=quiz)
    limit(quiz, review="answers", attempts_allowed=size)
    for _ in range(size):
        made = hand_in(as_ada, quiz, {})
    for api in (as_ada, as_teacher):
        for path in (path_of(quiz, "attempts"), path_of(quiz, "attempts", made["id"])):
            api.get(path)
            with queries() as asked:
                assert api.get(path).status_code == 200
            assert len(asked) == 2, path


def test_an_empty_list_asks_for_its_quiz_too(as_ada, quiz, queries):
    as_ada.get(path_of(quiz, "attempts"))
    with queries() as asked:
        assert as_ada.get(path_of(quiz, "attempts")).json()["count"] == 0
    assert len(asked) == 3


def test_no_answer_makes_an_error_of_ours(as_ada, quiz, text, number, several):
    for value in poison.values():
        pks = [str(one.pk) for one in (text, number, several)]
        for answers in (value, {pks[0]: value}, {pks[1]: value}, {pks[2]: [value]}, [{"question_id": value}]):
            with transaction.atomic():
                begin(as_ada, quiz)
                for method in ("PUT", "POST"):
                    body = json.dumps({"answers": answers})
                    answered = as_ada.generic(method, path_of(quiz, "attempt"), body, "application/json")
                    assert answered.status_code in (200, 201, 400), (answers, answered.content)
                transaction.set_rollback(True)
    assert Question.objects.count() == 3


# Completing a course, and lessons


def test_a_course_is_not_completed_before_its_required_quizzes_are_passed(as_ada, course, quiz, text):
    limit(quiz, required=True, title="Rivers", grading="latest")
    QuestionFactory(quiz=QuizFactory(course=course, title="Not required"))
    path = f"/campus/api/courses/{course.pk}/completion/"

    refused = error(as_ada.post(path), 409, "conflict", "quizzes")
    assert refused["fields"] == {"quizzes": ["Rivers"]}
    hand_in(as_ada, quiz, {str(text.pk): "river"})
    hand_in(as_ada, quiz, {str(text.pk): "sea"})
    error(as_ada.post(path), 409, "conflict", "quizzes")
    hand_in(as_ada, quiz, {str(text.pk): "river"})

    assert as_ada.post(path).status_code == 200


@pytest.mark.parametrize(("grading", "shares"), [("highest", (0, 33, 66, 66)), ("latest", (0, 33, 66, 33))])
def test_progress_counts_lessons_and_required_quizzes_that_are_passed(as_ada, ada, course, quiz, text, grading, shares):
    limit(quiz, required=True, grading=grading)
    QuestionFactory(quiz=QuizFactory(course=course, required=True))
    other = QuestionFactory(quiz=QuizFactory(course=course))
    lesson = LessonFactory(course=course)
    path = f"/campus/api/users/{ada.pk}/courses/{course.pk}/"

    def progress():
        return as_ada.get(path).json()["progress"]

    found = [progress()]
    as_ada.post(f"/campus/api/courses/{course.pk}/lessons/{lesson.pk}/done/")
    hand_in(as_ada, other.quiz, {str(other.pk): "river"})
    found.append(progress())
    for answer in ("river", "sea"):
        hand_in(as_ada, quiz, {str(text.pk): answer})
        found.append(progress())

    assert tuple(found) == shares
    # Another's attempts, and those at quizzes of other courses, are not one's own.
    EnrolmentFactory(course=course, user=(ben := UserFactory()))
    assert client(ben).get(f"/campus/api/users/{ben.pk}/courses/{course.pk}/").json()["progress"] == 0


def test_a_lesson_has_a_quiz_of_its_own_course(as_teacher, course, quiz):
    path = f"/campus/api/courses/{course.pk}/lessons/"
    made = as_teacher.post(path, {"title": "Rivers", "quiz_id": quiz.pk}).json()
    assert made["quiz_id"] == quiz.pk
    assert as_teacher.put(f"{path}{made['id']}/", made).json() == made

    for method in (as_teacher.post, lambda _, said: as_teacher.put(f"{path}{made['id']}/", said)):
        error(method(path, {"title": "x", "quiz_id": QuizFactory().pk}), 400, "validation_error", "quiz_id")
    assert as_teacher.delete(path_of(quiz)).status_code == 204
    assert as_teacher.get(f"{path}{made['id']}/").json()["quiz_id"] is None
