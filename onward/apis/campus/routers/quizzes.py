"""Section 6 of the campus document: quizzes, their questions, and attempts at them."""

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.bodies import refers_to, sent
from onward.apis.campus.access import instructors
from onward.apis.campus.learning import check_manages, seen, sight
from onward.apis.campus.quizzes import ATTEMPTS, MANAGED, QUESTIONS, QUIZZES, attempt_out, sheet
from onward.apis.campus.schemas.quizzes import (
    AnswersIn,
    AttemptIn,
    AttemptOut,
    QuestionIn,
    QuestionKeyOut,
    QuestionOut,
    QuizIn,
)
from onward.apis.paging import Paged, described
from onward.apis.resource import Verb
from onward.domain.learning.models import Course
from onward.domain.learning.queries import attempts as found
from onward.domain.learning.queries import quizzes as queries
from onward.domain.learning.queries.courses import manages
from onward.domain.learning.services import attempts, quizzes
from onward.platform.refusals import Invalid, Missing
from onward.platform.wire import Id

router = Router(tags=["Quizzes"])

LISTS_QUESTIONS: Verb = {**QUESTIONS.lists, "response": Paged[QuestionKeyOut | QuestionOut]}
READS_QUESTION: Verb = {"response": QuestionKeyOut | QuestionOut}
STARTS: Verb = {"response": {HTTPStatus.OK: AttemptOut, HTTPStatus.CREATED: AttemptOut}}
HANDS_IN: Verb = {"response": {HTTPStatus.CREATED: AttemptOut}}
LISTS_ATTEMPTS: Verb = {
    **ATTEMPTS.lists,
    "openapi_extra": {
        "parameters": [
            *ATTEMPTS.lists["openapi_extra"]["parameters"],
            *described(format=("`csv` for a spreadsheet", {"type": "string", "enum": ["json", "csv"]}))["parameters"],
        ]
    },
}
ADDS_QUESTION: Verb = {**MANAGED.creates, "openapi_extra": refers_to(QuestionIn)}


@router.get("", **QUIZZES.lists, summary="List all quizzes")
def list_quizzes(request: Request) -> HttpResponse:
    """List the quizzes of the courses that one sees, the latest first."""
    return QUIZZES.page(request)


@router.post("", **QUIZZES.creates, auth=instructors, summary="Create a new quiz")
def create(request: Request, body: QuizIn) -> HttpResponse:
    """Make a quiz for a course that one teaches."""
    fields = QUIZZES.fields(request, body)
    of = _course(request, fields.pop("course_id"))
    made = quizzes.create(course=of, by_id=request.auth.user_id, at=request.now, **fields)
    return QUIZZES.made(request, made)


@router.get("{quiz_id}/", **QUIZZES.reads, summary="Retrieve a specific quiz")
def get_quiz(request: Request, quiz_id: Id) -> HttpResponse:
    """Read what a quiz is about, when and how often it may be attempted, and one's own grade."""
    return QUIZZES.show(request, quiz_id)


@router.put("{quiz_id}/", **QUIZZES.replaces, summary="Update a specific quiz")
def update(request: Request, quiz_id: Id) -> HttpResponse:
    """Change a quiz; for who teaches the course. Times that are changed count for attempts that are running, too."""
    quiz = queries.managed_quiz(pk=quiz_id, sight=sight(request))
    changes = QUIZZES.given(request, quiz)
    if changes.pop("course_id", quiz.course_id) != quiz.course_id:
        raise Invalid(fields={"course_id": ["A quiz stays in its course."]})
    quizzes.update(quiz=quiz, by_id=request.auth.user_id, at=request.now, **changes)
    return QUIZZES.show(request, quiz_id)


@router.delete("{quiz_id}/", **QUIZZES.deletes, summary="Delete a specific quiz")
def delete(request: Request, quiz_id: Id) -> HttpResponse:
    """Delete a quiz with its questions and all attempts, for good; for who teaches the course."""
    quiz = queries.managed_quiz(pk=quiz_id, sight=sight(request))
    quizzes.delete(quiz=quiz, by_id=request.auth.user_id, at=request.now)
    return QUIZZES.gone()


# Questions


@router.get("{quiz_id}/questions/", **LISTS_QUESTIONS, summary="List all questions in a quiz")
def list_questions(request: Request, quiz_id: Id) -> HttpResponse:
    """List the questions of a quiz in their order: with what is right for who teaches the course, without for others.

    Those of a quiz that is not open yet are 409, and those of a timed one until one has started.
    """
    return QUESTIONS.page(request, empty=lambda: _check_reads(request, quiz_id), quiz_id=quiz_id)


@router.post("{quiz_id}/questions/", **ADDS_QUESTION, summary="Create a new question in a quiz")
def add_question(request: Request, quiz_id: Id) -> HttpResponse:
    """Add a question at the end; for who teaches the course. Attempts that have begun do not have it."""
    quiz = queries.managed_quiz(pk=quiz_id, sight=sight(request))
    said = sent(request, QuestionIn, whole=QuestionIn)
    made = quizzes.add_question(quiz=quiz, by_id=request.auth.user_id, at=request.now, **said)
    return MANAGED.made(request, made, quiz_id=quiz_id)


@router.get("{quiz_id}/questions/{question_id}/", **READS_QUESTION, summary="Retrieve a specific question")
def get_question(request: Request, quiz_id: Id, question_id: Id) -> HttpResponse:
    """Read a question: with what is right for who teaches the course, without for others."""
    try:
        return QUESTIONS.show(request, question_id, quiz_id=quiz_id)
    except Missing:
        _check_reads(request, quiz_id)
        raise


@router.put("{quiz_id}/questions/{question_id}/", **MANAGED.replaces, summary="Update a specific question")
def update_question(request: Request, quiz_id: Id, question_id: Id) -> HttpResponse:
    """Change a question; for who teaches the course. Attempts keep it as it was asked."""
    question = queries.managed_question(pk=question_id, quiz_id=quiz_id, sight=sight(request))
    changes = MANAGED.given(request, question, quiz_id=quiz_id)
    quizzes.update_question(question=question, by_id=request.auth.user_id, at=request.now, **changes)
    return MANAGED.show(request, question_id, quiz_id=quiz_id)


@router.delete("{quiz_id}/questions/{question_id}/", **MANAGED.deletes, summary="Delete a specific question")
def delete_question(request: Request, quiz_id: Id, question_id: Id) -> HttpResponse:
    """Delete a question; for who teaches the course. Attempts keep it as it was asked."""
    question = queries.managed_question(pk=question_id, quiz_id=quiz_id, sight=sight(request))
    quizzes.delete_question(question=question, by_id=request.auth.user_id, at=request.now)
    return MANAGED.gone()


# Attempts


@router.post("{quiz_id}/start/", **STARTS, summary="Start an attempt at a quiz")
def start(request: Request, quiz_id: Id) -> HttpResponse:
    """Start an attempt, which shows its questions, or go on with the one that is running (200)."""
    quiz = queries.quiz_in_sight(pk=quiz_id, sight=sight(request))
    attempt, is_new = attempts.start(quiz=quiz, user_id=request.auth.user_id, at=request.now)
    return _attempt(request, quiz_id, attempt.pk, HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@router.put("{quiz_id}/attempt/", response=AttemptOut, summary="Save answers of the attempt that is running")
def save(request: Request, quiz_id: Id, body: AnswersIn) -> HttpResponse:
    """Save answers. What is left out stays as it was saved; null takes an answer back."""
    quiz = queries.quiz_in_sight(pk=quiz_id, sight=sight(request))
    saved = attempts.save_answers(quiz=quiz, user_id=request.auth.user_id, answers=body.answers, at=request.now)
    return _attempt(request, quiz_id, saved.pk)


@router.post("{quiz_id}/attempt/", **HANDS_IN, summary="Attempt a specific quiz")
def hand_in(request: Request, quiz_id: Id, body: AttemptIn) -> HttpResponse:
    """Hand in the attempt that is running, what is left out as it was saved; without one all answers at once."""
    quiz = queries.quiz_in_sight(pk=quiz_id, sight=sight(request))
    made = attempts.hand_in(quiz=quiz, user_id=request.auth.user_id, answers=body.answers, at=request.now)
    return _attempt(request, quiz_id, made.pk, HTTPStatus.CREATED)


@router.get("{quiz_id}/attempts/", **LISTS_ATTEMPTS, summary="List attempts at a quiz")
def list_attempts(request: Request, quiz_id: Id) -> HttpResponse:
    """List one's own attempts, the latest first; for who teaches the course all, with `format=csv` as a whole sheet."""
    sees = sight(request)
    if request.GET.get("format") == "csv":
        quiz = queries.quiz_in_sight(pk=quiz_id, sight=sees)
        if manages(quiz.course, sight=sees):
            return sheet(found.to_export(quiz_id=quiz_id))
    return ATTEMPTS.page(request, empty=lambda: queries.quiz_in_sight(pk=quiz_id, sight=sees), quiz_id=quiz_id)


@router.get("{quiz_id}/attempts/{attempt_id}/", response=AttemptOut, summary="Retrieve an attempt at a quiz")
def get_attempt(request: Request, quiz_id: Id, attempt_id: Id) -> HttpResponse:
    """Read an attempt: the questions as they were asked, what was answered, and as much of its marks as one may see."""
    return _attempt(request, quiz_id, attempt_id)


def _attempt(request: Request, quiz_id: int, pk: int, status: int = HTTPStatus.OK) -> HttpResponse:
    sees = sight(request)
    attempt, may_go_on = found.attempt(pk=pk, quiz_id=quiz_id, sight=sees)
    if attempts.is_due(attempt, request.now):
        # Its time is up, and no job has come to it yet.
        attempts.hand_in_at_deadline(attempt_id=pk, at=request.now)
        attempt, may_go_on = found.attempt(pk=pk, quiz_id=quiz_id, sight=sees)
    review = found.review_of(attempt, may_go_on=may_go_on, sight=sees, at=request.now)
    return answer(attempt_out(attempt, review).model_dump_json(), status)


def _course(request: Request, pk: int) -> Course:
    """Return the course that a quiz is made for.

    :raises Invalid: naming ``course_id``, when there is none that they see
    :raises Forbidden: when another teaches it
    """
    try:
        of = seen(request, pk)
    except Missing:
        raise Invalid(fields={"course_id": ["There is no such course."]}) from None
    check_manages(request, of)
    return of


def _check_reads(request: Request, quiz_id: int) -> None:
    queries.check_reads_questions(quiz_id=quiz_id, sight=sight(request), at=request.now)
