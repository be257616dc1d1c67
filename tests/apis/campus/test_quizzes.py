"""Section 6 of the campus document: quizzes and their questions."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from onward.domain.learning.models import Question, Quiz
from tests import poison
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import CourseFactory, EnrolmentFactory, QuestionFactory, QuizFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

QUIZZES = "/campus/api/quizzes/"
FIELDS = (
    "id title description course_id course question_count opens_at closes_at time_limit attempts_allowed pass_mark "
    "grading review required shuffle attempts_made grade passed created_at updated_at"
).split()
KNOWN = "id quiz_id content kind options points created_at updated_at".split()
SECRET = ["correct_answer", "tolerance", "explanation"]


@pytest.fixture
def teacher(db):
    user = UserFactory(username="teacher")
    RoleFactory(user=user, area="campus", role="instructor")
    return user


@pytest.fixture
def as_teacher(teacher):
    return client(teacher)


@pytest.fixture
def course(teacher, ada):
    made = CourseFactory(instructor=teacher, title="Walking")
    EnrolmentFactory(course=made, user=ada)
    return made


@pytest.fixture
def quiz(course):
    return QuizFactory(course=course)


def path_of(quiz, *more):
    return "/".join([f"{QUIZZES}{quiz.pk}", *map(str, more), ""])


def make(api, course, **said):
    answered = api.post(QUIZZES, {"title": "Walks", "course_id": course.pk, **said})
    assert answered.status_code == 201, answered.content
    return answered.json()


def ask(api, quiz, **said):
    answered = api.post(path_of(quiz, "questions"), {"content": "What runs?", "correct_answer": "river", **said})
    assert answered.status_code == 201, answered.content
    return answered.json()


# Quizzes


def test_a_quiz_is_open_untimed_and_unlimited_unless_something_else_is_said(as_teacher, as_ada, course):
    made = make(as_teacher, course, title=" Walks ")

    assert list(made) == FIELDS
    assert made["course"] == {"id": course.pk, "title": "Walking"}
    usual = {
        "title": "Walks",
        "description": "",
        "course_id": course.pk,
        "question_count": 0,
        "opens_at": None,
        "closes_at": None,
        "time_limit": None,
        "attempts_allowed": None,
        "pass_mark": 50,
        "grading": "highest",
        "review": "score",
        "required": False,
        "shuffle": False,
        "attempts_made": 0,
        "grade": None,
        "passed": None,
    }
    assert {name: made[name] for name in usual} == usual
    assert as_ada.get(f"{QUIZZES}{made['id']}/").json() == made
    assert as_ada.get(QUIZZES).json()["results"] == [made]


def test_all_that_may_be_said_of_a_quiz_is_kept(as_teacher, course):
    said = {
        "description": "Along the river",
        "opens_at": "2026-03-02T09:00:00Z",
        "closes_at": "2199-01-01T00:00:00Z",
        "time_limit": 600,
        "attempts_allowed": 2,
        "pass_mark": 66.5,
        "grading": "average",
        "review": "answers",
        "required": True,
        "shuffle": True,
    }
    made = make(as_teacher, course, **said)

    assert {name: made[name] for name in said} == said


def test_the_course_may_be_named_as_it_is_shown(as_teacher, course):
    for shown in ({"id": course.pk, "title": "Walking"}, course.pk):
        made = as_teacher.post(QUIZZES, {"title": "Walks", "course": shown})
        assert (made.status_code, made.json()["course_id"]) == (201, course.pk)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"description": "x" * 100_001}, "description"),
        ({"course_id": 10**9}, "course_id"),
        ({"course_id": "Walking"}, "course_id"),
        ({"opens_at": "tomorrow"}, "opens_at"),
        ({"opens_at": "2026-03-02T09:00:00Z", "closes_at": "2026-03-02T09:00:00Z"}, "closes_at"),
        ({"time_limit": 0}, "time_limit"),
        ({"time_limit": -1}, "time_limit"),
        ({"time_limit": 1.5}, "time_limit"),
        ({"time_limit": True}, "time_limit"),
        ({"attempts_allowed": 0}, "attempts_allowed"),
        ({"pass_mark": 101}, "pass_mark"),
        ({"pass_mark": -1}, "pass_mark"),
        ({"pass_mark": True}, "pass_mark"),
        ({"grading": "best"}, "grading"),
        ({"review": "everything"}, "review"),
        ({"required": "perhaps"}, "required"),
    ],
)
def test_a_wrong_value_of_a_quiz_is_named(as_teacher, course, said, field):
    answered = as_teacher.post(QUIZZES, {"title": "Walks", "course_id": course.pk, **said})

    error(answered, 400, "validation_error", field)
    assert not Quiz.objects.exists()


def test_title_and_course_are_needed_and_what_is_not_a_clients_is_passed_over(as_teacher, course):
    error(as_teacher.post(QUIZZES, {}), 400, "validation_error", "title", "course_id")

    made = make(as_teacher, course, id=7, question_count=9, grade=100, passed=True, attempts_made=3, unknown=1)

    assert (made["question_count"], made["grade"], made["passed"], made["attempts_made"]) == (0, None, None, 0)


def test_what_is_shown_can_be_put_back_and_changes_nothing(as_teacher, course):
    made = make(as_teacher, course, closes_at="2199-01-01T00:00:00Z", time_limit=60, pass_mark=33.3)

    assert as_teacher.put(f"{QUIZZES}{made['id']}/", made).json() == made


def test_a_change_leaves_what_is_absent_and_null_takes_a_limit_away(as_teacher, course):
    made = make(as_teacher, course, time_limit=60, attempts_allowed=1, description="x")
    path = f"{QUIZZES}{made['id']}/"

    changed = as_teacher.put(path, {"title": "Hikes", "course_id": course.pk, "time_limit": None}).json()

    assert (changed["title"], changed["time_limit"], changed["attempts_allowed"]) == ("Hikes", None, 1)
    assert changed["description"] == "x"
    error(as_teacher.put(path, {"title": "Hikes"}), 400, "validation_error", "course_id")


def test_a_quiz_stays_in_its_course(as_teacher, teacher, quiz):
    other = CourseFactory(instructor=teacher)

    refused = as_teacher.put(path_of(quiz), {"title": "Walks", "course_id": other.pk})

    error(refused, 400, "validation_error", "course_id")
    quiz.refresh_from_db()
    assert quiz.course_id != other.pk


def test_a_quiz_is_made_for_ones_own_course_only(as_teacher, as_ada, as_root, course):
    foreign, draft = CourseFactory(), CourseFactory(status="draft")

    error(as_teacher.post(QUIZZES, {"title": "x", "course_id": foreign.pk}), 403, "forbidden")
    error(as_teacher.post(QUIZZES, {"title": "x", "course_id": draft.pk}), 400, "validation_error", "course_id")
    error(as_ada.post(QUIZZES, {"title": "x", "course_id": course.pk}), 403, "forbidden")
    assert as_root.post(QUIZZES, {"title": "x", "course_id": draft.pk}).status_code == 201


def test_a_deleted_quiz_is_gone_with_its_questions(as_teacher, as_ada, quiz):
    QuestionFactory(quiz=quiz)

    assert as_teacher.delete(path_of(quiz)).status_code == 204

    error(as_ada.get(path_of(quiz)), 404, "not_found")
    assert not Question.objects.exists()


def test_quizzes_are_found_by_course_words_and_order(as_ada, course, quiz):
    other = QuizFactory(title="Ärchery", description="bows and arrows")

    def found(**asked):
        return [row["title"] for row in as_ada.get(QUIZZES, asked).json()["results"]]

    assert found() == [other.title, quiz.title]
    assert found(course_id=course.pk) == [quiz.title]
    assert found(search="archery BOWS") == [other.title]
    assert found(ordering="title")[0] == quiz.title
    assert found(course_id="") == found()
    error(as_ada.get(QUIZZES, {"course_id": "x"}), 400, "validation_error", "course_id")


def test_quizzes_of_a_draft_are_there_for_who_teaches_it_alone(as_ada, as_teacher, as_root, course, quiz):
    QuestionFactory(quiz=quiz)
    course.status = "draft"
    course.save()

    assert as_ada.get(QUIZZES).json()["count"] == 0
    for path in (path_of(quiz), path_of(quiz, "questions"), path_of(quiz, "attempts")):
        error(as_ada.get(path), 404, "not_found")
        assert as_teacher.get(path).status_code == as_root.get(path).status_code == 200
    error(as_ada.post(path_of(quiz, "start")), 404, "not_found")


def test_quizzes_of_an_archived_course_are_there_for_who_takes_part(as_ada, as_ben, course, quiz):
    course.status = "archived"
    course.save()

    assert as_ada.get(path_of(quiz)).status_code == 200
    error(as_ben.get(path_of(quiz)), 404, "not_found")


# Questions


def test_a_question_shows_what_is_right_to_who_teaches_and_to_nobody_else(as_teacher, as_root, as_ada, quiz):
    made = ask(as_teacher, quiz, content=" What runs? ", explanation="It does.")

    assert list(made) == [*KNOWN, *SECRET]
    assert (made["content"], made["kind"], made["options"], made["points"]) == ("What runs?", "text", [], 1)
    assert (made["correct_answer"], made["explanation"], made["tolerance"]) == ("river", "It does.", 0)
    seen = {name: made[name] for name in KNOWN}
    for path, shown in (
        (path_of(quiz, "questions", made["id"]), lambda found: found),
        (path_of(quiz, "questions"), lambda found: found["results"][0]),
    ):
        assert shown(as_teacher.get(path).json()) == shown(as_root.get(path).json()) == made
        assert shown(as_ada.get(path).json()) == seen


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"correct_answer": "river"}, "text"),
        ({"correct_answer": ["river", "stream"]}, "text"),
        ({"correct_answer": 42, "tolerance": 0.5}, "number"),
        ({"correct_answer": [1.5, 2]}, "number"),
        ({"options": ["a", "b"], "correct_answer": "a"}, "single"),
        ({"options": [1, 2, "3"], "correct_answer": 2}, "single"),
        ({"options": ["a", "b"], "correct_answer": ["a"]}, "multiple"),
        ({"options": ["a", "b", "c"], "correct_answer": ["a", "c"], "points": 2.5}, "multiple"),
    ],
)
def test_what_is_sent_of_a_question_says_its_kind(as_teacher, quiz, said, kind):
    made = ask(as_teacher, quiz, **said)

    assert made["kind"] == kind
    assert {name: made[name] for name in said} == said
    path = path_of(quiz, "questions", made["id"])
    assert as_teacher.put(path, made).json() == made


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"content": " "}, "content"),
        ({"correct_answer": None}, "correct_answer"),
        ({"correct_answer": ""}, "correct_answer"),
        ({"correct_answer": []}, "correct_answer"),
        ({"correct_answer": True}, "correct_answer"),
        ({"correct_answer": {"a": 1}}, "correct_answer"),
        ({"correct_answer": ["river", 7]}, "correct_answer"),
        ({"correct_answer": [["river"]]}, "correct_answer"),
        ({"correct_answer": "x" * 1001}, "correct_answer"),
        ({"correct_answer": 1e16}, "correct_answer"),
        ({"options": ["a", "b"]}, "correct_answer"),
        ({"options": ["a", "b"], "correct_answer": ["a", "c"]}, "correct_answer"),
        ({"options": ["1", "2"], "correct_answer": 1}, "correct_answer"),
        ({"options": ["a", "a "], "correct_answer": "a"}, "options"),
        ({"options": "ab", "correct_answer": "a"}, "options"),
        ({"options": ["a", None], "correct_answer": "a"}, "options"),
        ({"options": ["a", " "], "correct_answer": "a"}, "options"),
        ({"options": [f"{n}" for n in range(51)], "correct_answer": "1"}, "options"),
        ({"points": -1}, "points"),
        ({"points": 1001}, "points"),
        ({"points": True}, "points"),
        ({"tolerance": -0.1}, "tolerance"),
        ({"explanation": "x" * 20_001}, "explanation"),
    ],
)
def test_a_wrong_value_of_a_question_is_named(as_teacher, quiz, said, field):
    answered = as_teacher.post(path_of(quiz, "questions"), {"content": "x", "correct_answer": "river", **said})

    error(answered, 400, "validation_error", field)
    assert not Question.objects.exists()


def test_content_and_the_right_answer_are_needed(as_teacher, quiz):
    path = path_of(quiz, "questions")
    error(as_teacher.post(path, {}), 400, "validation_error", "content", "correct_answer")
    made = ask(as_teacher, quiz)
    error(as_teacher.put(f"{path}{made['id']}/", {"content": "x"}), 400, "validation_error", "correct_answer")


def test_a_change_of_options_goes_with_the_right_answer_or_is_refused(as_teacher, quiz):
    made = ask(as_teacher, quiz, options=["a", "b"], correct_answer="a")
    path = path_of(quiz, "questions", made["id"])

    refused = as_teacher.put(path, {"content": "x", "correct_answer": "a", "options": ["b", "c"]})
    error(refused, 400, "validation_error", "correct_answer")
    assert as_teacher.get(path).json() == made
    changed = as_teacher.put(path, {"content": "x", "correct_answer": "a", "options": []}).json()
    assert (changed["kind"], changed["options"]) == ("text", [])


def test_questions_stand_in_their_order_and_are_searched_by_what_they_ask(as_teacher, as_ada, quiz):
    for content in ("First river", "Second", "Third"):
        ask(as_teacher, quiz, content=content, explanation="nothing to find")
    path = path_of(quiz, "questions")

    def found(**asked):
        return [row["content"] for row in as_ada.get(path, asked).json()["results"]]

    assert (
        found() == found(ordering="-correct_answer") == found(correct_answer="x") == ["First river", "Second", "Third"]
    )
    assert found(search="river") == ["First river"]
    assert found(search="nothing") == []


def test_a_deleted_question_is_gone(as_teacher, quiz):
    made = ask(as_teacher, quiz)
    path = path_of(quiz, "questions", made["id"])

    assert as_teacher.delete(path).status_code == 204

    error(as_teacher.get(path), 404, "not_found")
    error(as_teacher.delete(path), 404, "not_found")
    assert as_teacher.get(path_of(quiz)).json()["question_count"] == 0


def test_who_does_not_take_part_reads_no_question(as_ben, course, quiz, ben):
    question = QuestionFactory(quiz=quiz)
    for path in (path_of(quiz, "questions"), path_of(quiz, "questions", question.pk)):
        error(as_ben.get(path), 403, "forbidden")
    EnrolmentFactory(course=course, user=ben, left_at=timezone.now())
    error(as_ben.get(path_of(quiz, "questions")), 403, "forbidden")


@pytest.mark.parametrize("what", ["opens_at", "time_limit"])
def test_questions_of_a_timed_or_unopened_quiz_wait(as_ada, as_teacher, quiz, what):
    question = QuestionFactory(quiz=quiz)
    setattr(quiz, what, {"opens_at": timezone.now() + timedelta(hours=1), "time_limit": 60}[what])
    quiz.save()

    for path in (path_of(quiz, "questions"), path_of(quiz, "questions", question.pk)):
        error(as_ada.get(path), 409, "conflict")
        assert as_teacher.get(path).status_code == 200


def test_options_of_a_shuffled_quiz_do_not_come_as_they_were_written(as_ada, as_teacher, quiz):
    quiz.shuffle = True
    quiz.save()
    ask(as_teacher, quiz, options=["right", "Left", "ahead"], correct_answer="right")

    assert as_ada.get(path_of(quiz, "questions")).json()["results"][0]["options"] == ["ahead", "Left", "right"]
    assert as_teacher.get(path_of(quiz, "questions")).json()["results"][0]["options"] == ["right", "Left", "ahead"]


def test_thirty_questions_at_once_are_thirty(together, teacher, quiz):
    apis = [client(teacher) for _ in range(30)]

    answers = together(30, lambda number: ask(apis[number], quiz, content=f"Question {number}"))

    assert len({made["id"] for made in answers}) == 30
    assert apis[0].get(path_of(quiz)).json()["question_count"] == 30


# Statements, and what may break


@pytest.mark.parametrize("size", [1, 12])
def test_lists_and_details_take_two_queries_however_long_they_are(as_ada, as_teacher, course, queries, size):
    for quiz in QuizFactory.create_batch(size, course=course):
        first, *_ = QuestionFactory.create_batch(size, quiz=quiz)
    for api in (as_ada, as_teacher):
        for path in (QUIZZES, path_of(quiz), path_of(quiz, "questions"), path_of(quiz, "questions", first.pk)):
            api.get(path)
            with queries() as asked:
                assert api.get(path).status_code == 200
            assert len(asked) == 2, path


@pytest.mark.parametrize(
    "field",
    "title description course_id opens_at closes_at time_limit attempts_allowed pass_mark grading review required "
    "shuffle".split(),
)
def test_no_value_of_a_quiz_makes_an_error_of_ours(as_teacher, course, quiz, field):
    for value in poison.values():
        said = {"title": "A", "course_id": course.pk, field: value}
        for method, path in (("POST", QUIZZES), ("PUT", path_of(quiz))):
            answered = as_teacher.generic(method, path, _json(said), "application/json")
            assert answered.status_code in (200, 201, 400, 403), (field, value, answered.content)


@pytest.mark.parametrize("field", ["content", "correct_answer", "options", "points", "tolerance", "explanation"])
def test_no_value_of_a_question_makes_an_error_of_ours(as_teacher, quiz, field):
    path = path_of(quiz, "questions")
    question = QuestionFactory(quiz=quiz)
    for value in poison.values():
        for sent in (value, [value], [value, "b"]):
            said = {"content": "A", "correct_answer": "b", field: sent}
            for method, place in (("POST", path), ("PUT", f"{path}{question.pk}/")):
                answered = as_teacher.generic(method, place, _json(said), "application/json")
                assert answered.status_code in (200, 201, 400), (field, sent, answered.content)


@pytest.mark.parametrize(
    "name", "course course_id instructor status passed user user_id format search ordering page page_size".split()
)
def test_no_value_in_an_address_makes_an_error_of_ours(as_teacher, quiz, name):
    question = QuestionFactory(quiz=quiz)
    places = (QUIZZES, path_of(quiz), path_of(quiz, "questions"), path_of(quiz, "attempts"))
    for value in poison.values():
        text = quote(str(value).encode("utf-8", "surrogatepass"))
        for path in places:
            answered = as_teacher.get(f"{path}?{name}={text}")
            assert answered.status_code in (200, 400, 404), (path, value, answered.content)
    assert Question.objects.get() == question


def test_no_value_in_place_of_an_id_makes_an_error_of_ours(as_teacher, quiz):
    for value in poison.values():
        text = quote(str(value).encode("utf-8", "surrogatepass"))
        for path in (f"{QUIZZES}{text}/", path_of(quiz, "questions", text), path_of(quiz, "attempts", text)):
            assert as_teacher.get(path).status_code in (200, 400, 404), path


def _json(said):
    import json

    return json.dumps(said)
