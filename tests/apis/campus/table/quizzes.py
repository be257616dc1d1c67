"""Quizzes, their questions, and attempts at them."""

from django.utils import timezone

from onward.domain.learning.services import attempts
from tests.apis.campus.table import Cast, Pair, Row
from tests.factories import CourseFactory, EnrolmentFactory, QuestionFactory, QuizFactory

QUIZ = "/api/quizzes/{quiz_id}/"
QUESTIONS = QUIZ + "questions/"
QUESTION = QUESTIONS + "{question_id}/"
ATTEMPTS = QUIZ + "attempts/"
ASKED = {"content": "What runs along the walk?", "correct_answer": "river"}


def _quiz(ids):
    return {"title": "Walks", "course_id": ids["course_of_quiz"].here}


def _of_no_course(ids):
    return {"title": "Walks", "course_id": 10**12}


def _moved(ids):
    return {"title": "Walks", "course_id": ids["course_of_quiz"].elsewhere}


def _answers(ids):
    return {"answers": [{"question_id": ids["question_id"].here, "answer": "river"}]}


def _of_another_quiz(ids):
    return {"answers": [{"question_id": ids["question_id"].elsewhere, "answer": "river"}]}


OPERATIONS = {
    #                                    nobody member owner instr. moder. team admin
    "GET /api/quizzes/":             Row("401    200    200   200    200    200  200"),
    "POST /api/quizzes/":            Row("401    403    403   201    403    403  201", _quiz, (_of_no_course,)),
    f"GET {QUIZ}":                   Row("401    200    200   200    200    200  200"),
    f"PUT {QUIZ}":                   Row("401    403    403   200    403    403  200", _quiz, (_of_no_course, _moved)),
    f"DELETE {QUIZ}":                Row("401    403    403   204    403    403  204"),
    f"GET {QUESTIONS}":              Row("401    403    200   200    403    403  200"),
    f"POST {QUESTIONS}":             Row("401    403    403   201    403    403  201", ASKED),
    f"GET {QUESTION}":               Row("401    403    200   200    403    403  200"),
    f"PUT {QUESTION}":               Row("401    403    403   200    403    403  200", ASKED),
    f"DELETE {QUESTION}":            Row("401    403    403   204    403    403  204"),
    f"POST {QUIZ}start/":            Row("401    403    200   403    403    403  403"),
    f"PUT {QUIZ}attempt/":           Row("401    403    200   403    403    403  403", _answers, (_of_another_quiz,)),
    f"POST {QUIZ}attempt/":          Row("401    403    201   403    403    403  403", _answers, (_of_another_quiz,)),
    f"GET {ATTEMPTS}":               Row("401    200    200   200    200    200  200"),
    f"GET {ATTEMPTS}{{attempt_id}}/": Row("401   404    200   200    404    404  200"),
}  # fmt: skip


def make(cast: Cast) -> dict[str, Pair]:
    here, elsewhere = (CourseFactory(instructor=one) for one in (cast.instructor, cast.another))
    for course in (here, elsewhere):
        EnrolmentFactory(course=course, user=cast.owner)
    questions = [QuestionFactory(quiz=QuizFactory(course=course)) for course in (here, elsewhere)]
    begun = [attempts.start(quiz=one.quiz, user_id=cast.owner.pk, at=timezone.now())[0] for one in questions]
    return {
        "course_of_quiz": Pair(here.pk, elsewhere.pk),
        "quiz_id": Pair(*(question.quiz_id for question in questions)),
        "question_id": Pair(*(question.pk for question in questions)),
        "attempt_id": Pair(*(attempt.pk for attempt in begun)),
    }
