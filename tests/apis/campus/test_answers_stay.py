"""No answer of any API tells somebody who takes part what is right before they may know it."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from onward.domain.learning.models import Attempt, Question, Quiz
from tests.apis.campus.table import OPERATIONS, Cast, make
from tests.apis.campus.test_access import whole
from tests.apis.routes import every
from tests.client import Api
from tests.conftest import client
from tests.factories import EnrolmentFactory, QuestionFactory, QuizFactory

pytestmark = pytest.mark.django_db

KEY, EXPLANATION = "qzxkeyqzx", "qzxexplanationqzx"
OTHERS = ("nobody", "member", "owner", "moderator", "team")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The rows of the access table, with secrets in every question and attempt; taken back in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = Cast()
        ids = make(cast)
        Question.objects.update(correct_answer=[KEY], explanation=EXPLANATION)
        for attempt in Attempt.objects.all():
            attempt.keys = {
                pk: {"correct_answer": [KEY], "tolerance": 0, "explanation": EXPLANATION} for pk in attempt.keys
            }
            attempt.save()
        yield cast, ids
        transaction.set_rollback(True)


def said(answered):
    content = b"".join(answered.streaming_content) if answered.streaming else answered.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def tells(answered):
    text = said(answered)
    return KEY in text or EXPLANATION in text


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_operation_tells_who_does_not_teach(world, name):
    cast, ids = world
    method, path = whole(name, ids)
    body = json.dumps(OPERATIONS[name].sent(ids))

    for who in OTHERS:
        api = Api() if who == "nobody" else client(cast[who])
        for query in ("", "?search=qzx&ordering=-correct_answer&correct_answer=qzx&format=csv"):
            sent = () if method == "GET" else (body, "application/json")
            with transaction.atomic():
                answered = api.generic(method, f"{path}{query}", *sent)
                assert not tells(answered), (who, path, query)
                transaction.set_rollback(True)


def test_what_is_looked_for_does_not_tell_by_what_is_found(world):
    cast, ids = world
    path = f"/campus/api/quizzes/{ids['quiz_id'].here}/questions/"

    assert client(cast.owner).get(path, {"search": KEY}).json()["count"] == 0
    assert client(cast.owner).get(path, {"search": EXPLANATION}).json()["count"] == 0


def test_who_teaches_is_told(world):
    cast, ids = world
    assert tells(client(cast.instructor).get(f"/campus/api/quizzes/{ids['quiz_id'].here}/questions/"))


@pytest.mark.parametrize("one", [one for one in every() if one.method == "GET" and not one.has_id], ids=str)
def test_no_list_or_export_of_the_other_apis_tells(world, one):
    cast, _ = world
    assert not tells(client(cast.owner).get(one.path))


# What a review shows, and when


def quiz_of(user, **fields):
    quiz = QuizFactory(**fields)
    EnrolmentFactory(course=quiz.course, user=user)
    return QuestionFactory(quiz=quiz, correct_answer=KEY, explanation=EXPLANATION)


def attempted(api, question):
    path = f"/campus/api/quizzes/{question.quiz_id}/"
    made = api.post(f"{path}attempt/", {"answers": {str(question.pk): "sea"}}).json()
    return api.get(f"{path}attempts/{made['id']}/")


@pytest.mark.parametrize(("review", "mark"), [("score", None), ("marks", 0), ("answers", 0)])
def test_a_review_shows_the_score_the_marks_or_more_but_no_answer_while_it_can_be_used(as_ada, ada, review, mark):
    answered = attempted(as_ada, quiz_of(ada, review=review))

    assert not tells(answered)
    [asked] = answered.json()["questions"]
    assert (asked["mark"], asked["correct_answer"], answered.json()["score"]) == (mark, None, 0)


@pytest.mark.parametrize("review", ["score", "marks"])
def test_no_answer_is_shown_ever_where_the_review_holds_none(as_ada, ada, review):
    question = quiz_of(ada, review=review, attempts_allowed=1)

    assert not tells(attempted(as_ada, question))


def test_right_answers_are_shown_after_the_last_attempt_where_a_quiz_never_closes(as_ada, ada):
    question = quiz_of(ada, review="answers", attempts_allowed=2)

    assert not tells(attempted(as_ada, question))
    [asked] = attempted(as_ada, question).json()["questions"]
    assert (asked["correct_answer"], asked["explanation"]) == (KEY, EXPLANATION)


def test_allowing_fewer_attempts_shows_no_right_answer_to_who_is_at_another_one(as_ada, ada):
    question = quiz_of(ada, review="answers", attempts_allowed=2)
    earlier = attempted(as_ada, question).json()["id"]
    path = f"/campus/api/quizzes/{question.quiz_id}"
    as_ada.post(f"{path}/start/")
    Quiz.objects.update(attempts_allowed=1)

    assert not tells(as_ada.get(f"{path}/attempts/{earlier}/"))
    as_ada.post(f"{path}/attempt/", {})

    assert tells(as_ada.get(f"{path}/attempts/{earlier}/"))


def test_right_answers_are_shown_when_the_quiz_is_closed_and_not_before(as_ada, ada):
    now = timezone.now()
    question = quiz_of(ada, review="answers", attempts_allowed=1, closes_at=now + timedelta(hours=1))
    answered = attempted(as_ada, question)
    assert not tells(answered)

    question.quiz.closes_at = now - timedelta(seconds=1)
    question.quiz.save()

    assert tells(as_ada.get(f"/campus/api/quizzes/{question.quiz_id}/attempts/{answered.json()['id']}/"))


def test_the_archive_of_an_account_holds_attempts_without_what_is_right(as_ada, ada):
    attempted(as_ada, quiz_of(ada, review="score"))

    archive = as_ada.get("/tracker/api/v1/exports/full-report/")

    assert archive.status_code == 200
    text = said(archive)
    assert "sea" in text
    assert KEY not in text
    assert EXPLANATION not in text
    assert '"marks"' not in text
