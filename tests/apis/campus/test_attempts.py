"""Section 6 of the campus document: attempts at quizzes."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from onward.domain.learning.models import Attempt, Question
from onward.domain.learning.services import attempts as services
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from onward.platform.jobs.models import Job
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import CourseFactory, EnrolmentFactory, QuestionFactory, QuizFactory, UserFactory
from tests.poison import POISON

pytestmark = pytest.mark.django_db

FIELDS = (
    "id quiz_id user_id user number started_at deadline submitted_at score max_score percentage passed review questions"
).split()
ROW = FIELDS[:-2]


@pytest.fixture
def teacher(db):
    return UserFactory(username="teacher", first_name="=Tina", last_name="Tutor")


@pytest.fixture
def as_teacher(teacher):
    return client(teacher)


@pytest.fixture
def course(teacher, ada):
    made = CourseFactory(instructor=teacher)
    EnrolmentFactory(course=made, user=ada)
    return made


@pytest.fixture
def quiz(course):
    return QuizFactory(course=course)


@pytest.fixture
def text(quiz):
    return QuestionFactory(quiz=quiz, content="What runs?", correct_answer=["river", "stream"], explanation="It does.")


@pytest.fixture
def number(quiz):
    return QuestionFactory(quiz=quiz, kind="number", correct_answer=42, tolerance=0.5, points=2)


@pytest.fixture
def several(quiz):
    return QuestionFactory(
        quiz=quiz, kind="multiple", options=["a", "b", "c"], correct_answer=["a", "b"], points=3, content="Which?"
    )


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


# When, and how often


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


# The server's clock


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
    for values in POISON.values():
        for value in values if isinstance(values, list) else [values]:
            pks = [str(one.pk) for one in (text, number, several)]
            for answers in (value, {pks[0]: value}, {pks[1]: value}, {pks[2]: [value]}, [{"question_id": value}]):
                begin(as_ada, quiz)
                for method in ("PUT", "POST"):
                    body = json.dumps({"answers": answers})
                    answered = as_ada.generic(method, path_of(quiz, "attempt"), body, "application/json")
                    assert answered.status_code in (200, 201, 400), (answers, answered.content)
                if Attempt.objects.filter(submitted_at=None).exists():
                    hand_in(as_ada, quiz, {})
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


def test_a_lesson_has_a_quiz_of_its_own_course(as_teacher, course, quiz):
    path = f"/campus/api/courses/{course.pk}/lessons/"
    made = as_teacher.post(path, {"title": "Rivers", "quiz_id": quiz.pk}).json()
    assert made["quiz_id"] == quiz.pk
    assert as_teacher.put(f"{path}{made['id']}/", made).json() == made

    for method in (as_teacher.post, lambda _, said: as_teacher.put(f"{path}{made['id']}/", said)):
        error(method(path, {"title": "x", "quiz_id": QuizFactory().pk}), 400, "validation_error", "quiz_id")
    assert as_teacher.delete(path_of(quiz)).status_code == 204
    assert as_teacher.get(f"{path}{made['id']}/").json()["quiz_id"] is None
