"""Marking answers: what each kind of question is worth."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onward.domain.learning.choices import QuestionKind
from onward.domain.learning.grading import fits, kind_of, mark, points_for

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    lambda text: text.strip() == text
)
OPTIONS = st.lists(NAMES, min_size=2, max_size=6, unique=True)
POINTS = st.floats(0, 1000).map(lambda points: round(points, 2))
NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))


@st.composite
def choices(draw):
    """A multiple choice: its options, those that are right, and those that somebody chose."""
    options = draw(OPTIONS)
    right = draw(st.lists(st.sampled_from(options), min_size=1, unique=True))
    return options, right, draw(st.lists(st.sampled_from(options), unique=True))


def worth(kind, correct, answer, *, points=1.0, options=(), tolerance=0.0):
    asked = {"kind": kind, "options": list(options), "points": points}
    return float(points_for(asked, {"correct_answer": correct, "tolerance": tolerance}, answer))


@pytest.mark.parametrize(
    ("options", "correct", "kind"),
    [
        ([], "Paris", "text"),
        ([], ["Paris", "Lutetia"], "text"),
        ([], 42, "number"),
        ([], [1, 2.5], "number"),
        (["a", "b"], "a", "single"),
        ([1, 2], 2, "single"),
        (["a", "b"], ["a"], "multiple"),
        (["a", "b"], ["a", "b"], "multiple"),
        (["a", "b"], "c", None),
        (["a", "b"], ["a", "c"], None),
        (["1", "2"], 1, None),
        (["a", "b"], [], None),
        ([], [], None),
        ([], ["Paris", 42], None),
        ([], True, None),
        ([], None, None),
        ([], "  ", None),
        ([], {"a": 1}, None),
    ],
)
def test_what_is_sent_says_the_kind(options, correct, kind):
    assert kind_of(options=options, correct=correct) == kind


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("text", ["", "Paris", "42"], [42, 4.2, True, [], ["Paris"], {}]),
        ("number", [42, -1.5, 0], ["42", True, [], {}]),
        ("single", ["a", 1], [["a"], True, {}]),
        ("multiple", [[], ["a"], ["a", 1]], ["a", 1, True, [True], [["a"]], {}]),
    ],
)
def test_each_kind_takes_its_own_type_and_nothing_at_all(kind, right, wrong):
    assert all(fits(QuestionKind(kind), answer) for answer in [*right, None])
    assert not any(fits(QuestionKind(kind), answer) for answer in wrong)


@pytest.mark.parametrize("answer", ["river", " RIVER ", "ｒｉｖｅｒ", "River\n"])
def test_text_is_compared_without_case_white_space_and_width(answer):
    assert worth("text", ["stream", "River"], answer) == 1


@pytest.mark.parametrize(("correct", "answer"), [("straße", "STRASSE"), ("two  words", "Two words"), ("é", "e\u0301")])
def test_text_is_compared_in_one_form(correct, answer):
    assert worth("text", correct, answer) == 1


@pytest.mark.parametrize(
    ("correct", "tolerance", "answer", "points"),
    [
        (1.0, 0.1, 1.1, 1),
        (1.0, 0.1, 0.9, 1),
        (1.0, 0.1, 1.11, 0),
        (0.3, 0, 0.1 + 0.2, 0),
        (10**15, 0, 10**15, 1),
        ([1, 2], 0, 2.0, 1),
        ([1, 2], 0.25, 2.25, 1),
    ],
)
def test_a_number_is_right_as_far_as_its_tolerance_and_no_further(correct, tolerance, answer, points):
    assert worth("number", correct, answer, tolerance=tolerance) == points


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        (["a", "b"], 3),
        (["a"], 1.5),
        (["a", "b", "c"], 1.5),
        (["a", "c"], 0),
        (["c", "d"], 0),
        ([], 0),
        (["a", "a"], 1.5),
    ],
)
def test_a_multiple_choice_is_what_is_right_less_what_is_wrong(chosen, points):
    assert worth("multiple", ["a", "b"], chosen, options="abcd", points=3) == points


@given(choices(), POINTS)
def test_points_are_never_below_nothing_nor_above_the_questions(made, points):
    options, right, chosen = made
    assert 0 <= worth("multiple", right, chosen, options=options, points=points) <= points


@given(choices(), POINTS)
def test_what_is_right_and_nothing_else_has_all_points(made, points):
    options, right, chosen = made
    assert worth("multiple", right, right, options=options, points=points) == points
    if points:
        has_all = worth("multiple", right, chosen, options=options, points=points) == points
        assert has_all == (set(chosen) == set(right))


@given(choices(), st.data())
def test_neither_order_nor_doubles_make_a_difference(made, data):
    options, right, chosen = made
    mixed = data.draw(st.permutations([*chosen, *chosen]))
    assert worth("multiple", right, mixed, options=options) == worth("multiple", right, chosen, options=options)


@given(choices())
def test_one_more_that_is_wrong_never_helps_and_one_more_that_is_right_never_harms(made):
    options, right, chosen = made
    before = worth("multiple", right, chosen, options=options)
    for option in set(options) - set(chosen):
        after = worth("multiple", right, [*chosen, option], options=options)
        assert after >= before if option in right else after <= before


@given(OPTIONS, st.data())
def test_choosing_everything_is_worth_no_more_than_a_guess_would_be(options, data):
    right = data.draw(st.lists(st.sampled_from(options), min_size=1, unique=True))
    assume(2 * len(right) <= len(options))
    assert worth("multiple", right, options, options=options) == 0


@given(NUMBERS, NUMBERS, st.floats(0, 1000).map(lambda number: round(number, 3)))
def test_a_number_is_as_right_from_one_side_as_from_the_other(one, other, tolerance):
    assert worth("number", one, other, tolerance=tolerance) == worth("number", other, one, tolerance=tolerance)


@given(st.lists(st.tuples(POINTS, st.booleans()), max_size=8), st.floats(0, 100))
def test_an_attempt_is_the_sum_of_its_marks(made, pass_mark):
    questions = [
        {"id": pk, "kind": "text", "options": [], "points": points} for pk, (points, _) in enumerate(made, start=1)
    ]
    keys = {str(one["id"]): {"correct_answer": "river", "tolerance": 0} for one in questions}
    answers = {str(pk): "River" if is_right else "sea" for pk, (_, is_right) in enumerate(made, start=1)}

    marked = mark(questions, keys, answers, pass_mark=pass_mark)

    right = sum(points for points, is_right in made if is_right)
    most = sum(points for points, _ in made)
    assert marked.score == pytest.approx(right, abs=0.01)
    assert marked.percentage == pytest.approx(100 * right / most if most else 100, abs=0.01)
    assert 0 <= marked.percentage <= 100
    assert marked.passed == (marked.percentage >= pass_mark)
    assert sum(marked.marks.values()) == pytest.approx(marked.score, abs=0.01)


def test_a_third_is_rounded_once_and_three_of_them_are_the_whole():
    questions = [{"id": pk, "kind": "multiple", "options": ["a", "b", "c", "d"], "points": 1.0} for pk in range(1, 4)]
    keys = {str(pk): {"correct_answer": ["a", "b", "c"], "tolerance": 0} for pk in range(1, 4)}

    marked = mark(questions, keys, {str(pk): ["a"] for pk in range(1, 4)}, pass_mark=33.34)

    assert (marked.marks["1"], marked.score, marked.percentage, marked.passed) == (0.33, 1.0, 33.33, False)


def test_what_is_left_out_or_null_is_worth_nothing():
    questions = [{"id": pk, "kind": "text", "options": [], "points": 2} for pk in (1, 2, 3)]
    keys = {str(pk): {"correct_answer": "river", "tolerance": 0} for pk in (1, 2, 3)}

    marked = mark(questions, keys, {"1": "river", "2": None}, pass_mark=50)

    assert marked.marks == {"1": 2.0, "2": 0.0, "3": 0.0}
    assert (marked.score, marked.percentage, marked.passed) == (2.0, 33.33, False)
