"""Section 6 of the campus document: attempts at quizzes, handed in at once or saved first."""

import pytest
from django.utils import timezone

from onward.domain.learning.models import Attempt
from onward.platform.events.models import EventRecord
from tests.apis.campus.attempts.asking import begin, hand_in, limit, path_of
from tests.apis.campus.errors import error
from tests.factories import EnrolmentFactory, QuestionFactory

pytestmark = pytest.mark.django_db

FIELDS = (
    "id quiz_id user_id user number started_at deadline submitted_at score max_score percentage passed review questions"
).split()
ROW = FIELDS[:-2]


# All at once


def test_an_attempt_is_handed_in_all_at_once_and_marked(as_ada, ada, quiz, text, number, several):
    answers = [
        {"question_id": text.pk, "answer": " RIVER "},
        {"question_id": number.pk, "answer": 41.5},
        {"question_id": several.pk, "answer": ["a"]},
    ]
    made = hand_in(as_ada, quiz, answers)

    assert list(made) == FIELDS
    said = {"number": 1, "score": 4.5, "max_score": 6, "percentage": 75, "passed": True, "user_id": ada.pk}
    assert {name: made[name] for name in said} == said
    assert made["submitted_at"] == made["started_at"]
    assert [one["answer"] for one in made["questions"]] == ["RIVER", 41.5, ["a"]]
    assert as_ada.get(path_of(quiz, "attempts", made["id"])).json() == made
    [row] = as_ada.get(path_of(quiz, "attempts")).json()["results"]
    assert row == {name: made[name] for name in ROW}
    shown = as_ada.get(path_of(quiz)).json()
    assert (shown["attempts_made"], shown["grade"], shown["passed"]) == (1, 75, True)


def test_answers_may_come_by_question(as_ada, quiz, text, number):
    made = hand_in(as_ada, quiz, {str(text.pk): "stream", str(number.pk): 43})

    assert (made["score"], made["percentage"], made["passed"]) == (1, 33.33, False)


def test_what_is_left_out_or_null_has_no_points(as_ada, quiz, text, number, several):
    made = hand_in(as_ada, quiz, [{"question_id": text.pk, "answer": None}, {"question_id": number.pk}])

    assert (made["score"], made["max_score"], made["percentage"], made["passed"]) == (0, 6, 0, False)


@pytest.mark.parametrize(
    "answers",
    [
        None,
        "river",
        7,
        [["x"]],
        ["x"],
        [{"answer": "river"}],
        [{"question_id": 10**9, "answer": "river"}],
        [{"question_id": "x", "answer": "river"}],
        [{"question_id": True, "answer": "river"}],
        [{"question_id": None, "answer": "river"}],
        {"x": "river"},
        {"-1": "river"},
        {"0": "river"},
        lambda pk: [{"question_id": pk, "answer": "river"}, {"question_id": pk, "answer": "river"}],
        lambda pk: [{"question_id": pk, "answer": "river"}, {"question_id": str(pk), "answer": "sea"}],
        lambda pk: {f"0{pk}": "river"},
        lambda pk: {str(pk): 7},
        lambda pk: {str(pk): True},
        lambda pk: {str(pk): ["river"]},
        lambda pk: {str(pk): {"answer": "river"}},
        lambda pk: {str(pk): "x" * 20_001},
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_nothing_is_kept(as_ada, quiz, text, answers):
    said = answers(text.pk) if callable(answers) else answers

    error(as_ada.post(path_of(quiz, "attempt"), {"answers": said}), 400, "validation_error", "answers")
    assert not Attempt.objects.exists()
    begin(as_ada, quiz)
    if answers is not None:
        error(as_ada.post(path_of(quiz, "attempt"), {"answers": said}), 400, "validation_error", "answers")
    error(as_ada.put(path_of(quiz, "attempt"), {"answers": said}), 400, "validation_error", "answers")
    assert Attempt.objects.get().answers == {}


@pytest.mark.parametrize("said", [{}, {"answer": "river"}, {"answers": None}])
def test_without_answers_and_without_an_attempt_that_runs_there_is_nothing_to_hand_in(as_ada, quiz, text, said):
    error(as_ada.post(path_of(quiz, "attempt"), said), 400, "validation_error", "answers")
    assert not Attempt.objects.exists()


def test_who_does_not_take_part_makes_no_attempt(as_ben, as_teacher, as_root, course, quiz, text, ben):
    for api in (as_ben, as_teacher, as_root):
        error(api.post(path_of(quiz, "attempt"), {"answers": {}}), 403, "forbidden")
        error(api.post(path_of(quiz, "start")), 403, "forbidden")
        error(api.put(path_of(quiz, "attempt"), {"answers": {}}), 403, "forbidden")
    EnrolmentFactory(course=course, user=ben, left_at=timezone.now())
    error(as_ben.post(path_of(quiz, "start")), 403, "forbidden")
    assert not Attempt.objects.exists()


def test_a_quiz_without_questions_cannot_be_attempted(as_ada, quiz):
    error(as_ada.post(path_of(quiz, "start")), 409, "conflict")
    error(as_ada.post(path_of(quiz, "attempt"), {"answers": []}), 409, "conflict")
    assert not Attempt.objects.exists()


# Starting, saving, handing in


def test_a_start_shows_the_questions_and_is_repeated_harmlessly(as_ada, quiz, text, several):
    begun = begin(as_ada, quiz)

    assert list(begun) == FIELDS
    assert (begun["number"], begun["deadline"], begun["submitted_at"], begun["score"]) == (1, None, None, None)
    first, second = begun["questions"]
    assert first == {
        "id": text.pk,
        "content": "What runs?",
        "kind": "text",
        "options": [],
        "points": 1,
        "answer": None,
        "mark": None,
        "correct_answer": None,
        "explanation": "",
    }
    assert second["options"] == ["a", "b", "c"]
    again = as_ada.post(path_of(quiz, "start"))
    assert (again.status_code, again.json()) == (200, begun)
    assert EventRecord.objects.filter(name="learning.attempt_started").count() == 1


def test_gaps_are_filled_from_what_was_saved(as_ada, quiz, text, number, several):
    begin(as_ada, quiz)
    path = path_of(quiz, "attempt")
    as_ada.put(path, {"answers": {str(text.pk): "sea", str(number.pk): 42}})
    saved = as_ada.put(path, {"answers": [{"question_id": text.pk, "answer": "river"}]})
    assert (saved.status_code, [one["answer"] for one in saved.json()["questions"]]) == (200, ["river", 42, None])
    assert saved.json()["score"] is None

    made = hand_in(as_ada, quiz, {str(several.pk): ["a", "b"]})

    assert (made["score"], [one["answer"] for one in made["questions"]]) == (6, ["river", 42, ["a", "b"]])


def test_null_takes_back_what_was_saved(as_ada, quiz, text, number):
    begin(as_ada, quiz)
    path = path_of(quiz, "attempt")
    as_ada.put(path, {"answers": {str(text.pk): "river", str(number.pk): 42}})
    as_ada.put(path, {"answers": {str(text.pk): None}})

    assert hand_in(as_ada, quiz, {str(number.pk): None})["score"] == 0


def test_a_body_without_answers_hands_in_what_was_saved(as_ada, quiz, text):
    begin(as_ada, quiz)
    as_ada.put(path_of(quiz, "attempt"), {"answers": {str(text.pk): "river"}})

    made = as_ada.post(path_of(quiz, "attempt"))

    assert (made.status_code, made.json()["score"], made.json()["number"]) == (201, 1, 1)
    assert Attempt.objects.count() == 1


def test_nothing_is_saved_without_an_attempt_that_runs(as_ada, quiz, text):
    error(as_ada.put(path_of(quiz, "attempt"), {"answers": {str(text.pk): "river"}}), 409, "conflict")
    hand_in(as_ada, quiz, {})
    error(as_ada.put(path_of(quiz, "attempt"), {"answers": {str(text.pk): "river"}}), 409, "conflict")
    error(as_ada.put(path_of(quiz, "attempt"), {}), 400, "validation_error", "answers")


def test_editing_the_quiz_rewrites_no_attempt(as_ada, as_teacher, quiz, text, several):
    begun = begin(as_ada, quiz)
    changed = {"content": "What flies?", "correct_answer": "bird", "points": 50}
    assert as_teacher.put(path_of(quiz, "questions", text.pk), changed).status_code == 200
    assert as_teacher.delete(path_of(quiz, "questions", several.pk)).status_code == 204
    QuestionFactory(quiz=quiz, content="Which came later?")

    made = hand_in(as_ada, quiz, {str(text.pk): "river", str(several.pk): ["a", "b"]})

    assert [one["content"] for one in made["questions"]] == [one["content"] for one in begun["questions"]]
    assert (made["score"], made["max_score"]) == (4, 4)
    later = begin(as_ada, quiz)
    assert [one["content"] for one in later["questions"]] == ["What flies?", "Which came later?"]
    assert as_ada.get(path_of(quiz, "attempts", made["id"])).json() == made


def test_a_shuffled_quiz_has_an_order_of_its_own_for_each_attempt(as_ada, quiz, course):
    limit(quiz, shuffle=True)
    options = [f"option {number}" for number in range(8)]
    for number in range(8):
        QuestionFactory(quiz=quiz, content=f"{number}", kind="single", options=options, correct_answer=options[0])
    orders = set()

    for _ in range(4):
        begun = begin(as_ada, quiz)
        assert sorted(one["content"] for one in begun["questions"]) == [str(number) for number in range(8)]
        assert all(sorted(one["options"]) == options for one in begun["questions"])
        orders.add(tuple((one["content"], *one["options"]) for one in begun["questions"]))
        assert as_ada.post(path_of(quiz, "start")).json() == begun
        hand_in(as_ada, quiz, {})

    # Two of 8!⁹ orders are not the same by chance.
    assert len(orders) == 4
