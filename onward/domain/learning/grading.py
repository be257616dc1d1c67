"""Marking answers. Pure: it knows neither the database nor the clock.

Points are added up exactly, and rounded to two places once, where they are shown and kept.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from onward.domain.learning.choices import QuestionKind

Answer = Any
PLACES = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """What an attempt is worth.

    :ivar marks: points by the question's id
    :ivar percentage: of the points that could be had, 0 to 100
    """

    marks: dict[str, float]
    score: float
    percentage: float
    passed: bool


def kind_of(*, options: Sequence[Any], correct: Any) -> QuestionKind | None:
    """Return what kind of question has these options and this right answer; None: there is no such question.

    With options it is a choice, multiple where a list is right; without, a number or a text, where a list holds
    several of which each is right.
    """
    if options:
        several = correct if isinstance(correct, list) else [correct]
        if not several or not all(_holds(options, one) for one in several):
            return None
        return QuestionKind.MULTIPLE if isinstance(correct, list) else QuestionKind.SINGLE
    several = correct if isinstance(correct, list) else [correct]
    for kind, fits in ((QuestionKind.NUMBER, is_number), (QuestionKind.TEXT, _is_words)):
        if several and all(fits(one) for one in several):
            return kind
    return None


def fits(kind: QuestionKind, answer: Answer) -> bool:
    """Return whether an answer is of the type that a kind of question takes; none at all always is."""
    if answer is None:
        return True
    match kind:
        case QuestionKind.NUMBER:
            return is_number(answer)
        case QuestionKind.TEXT:
            return isinstance(answer, str)
        case QuestionKind.SINGLE:
            return _is_option(answer)
        case QuestionKind.MULTIPLE:
            return isinstance(answer, list) and all(_is_option(one) for one in answer)


def points_for(question: Mapping[str, Any], key: Mapping[str, Any], answer: Answer) -> Fraction:
    """Return the points that an answer is worth, between 0 and those of the question.

    :param question: ``kind``, ``options`` and ``points``
    :param key: ``correct_answer`` and ``tolerance``
    :param answer: of the type that the question takes; None is worth nothing
    """
    if answer is None or not fits(question["kind"], answer):
        return Fraction(0)
    correct = key["correct_answer"]
    points = exact(question["points"])
    if question["kind"] == QuestionKind.MULTIPLE:
        return points * _share(right=_distinct(correct), chosen=_distinct(answer))
    accepted = correct if isinstance(correct, list) else [correct]
    match question["kind"]:
        case QuestionKind.NUMBER:
            tolerance = exact(key["tolerance"])
            is_right = any(abs(exact(answer) - exact(one)) <= tolerance for one in accepted)
        case QuestionKind.TEXT:
            is_right = plain(answer) in {plain(one) for one in accepted}
        case _:
            is_right = _holds(accepted, answer)
    return points if is_right else Fraction(0)


def mark(
    questions: Sequence[Mapping[str, Any]],
    keys: Mapping[str, Mapping[str, Any]],
    answers: Mapping[str, Answer],
    *,
    pass_mark: float,
) -> Marked:
    """Mark an attempt.

    :param questions: as they were asked
    :param keys: what is right, by the question's id
    :param answers: by the question's id; what is left out is worth nothing
    :param pass_mark: a percentage
    """
    exactly = {str(one["id"]): points_for(one, keys[str(one["id"])], answers.get(str(one["id"]))) for one in questions}
    total, most = sum(exactly.values(), Fraction(0)), points_of(questions)
    # Where there is nothing to be had, everybody has all of it.
    percentage = rounded(total / most * 100) if most else 100.0
    return Marked(
        marks={pk: rounded(points) for pk, points in exactly.items()},
        score=min(rounded(total), rounded(most)),
        percentage=percentage,
        passed=percentage >= pass_mark,
    )


def points_of(questions: Sequence[Mapping[str, Any]]) -> Fraction:
    """Return how many points can be had."""
    return sum((exact(one["points"]) for one in questions), Fraction(0))


def exact(number: float) -> Fraction:
    """Return a number as it is written: 0.1 is a tenth."""
    return Fraction(Decimal(repr(number)))


def rounded(number: Fraction) -> float:
    """Return a number with two places."""
    return float(round(number, PLACES))


def plain(text: str) -> str:
    """Return a text as it is compared: without case, in one form of Unicode, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def is_number(value: Any) -> bool:
    """Return whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(plain(value))


def _is_option(value: Any) -> bool:
    return isinstance(value, str) or is_number(value)


def _option(value: Any) -> tuple[str, Any]:
    # The number 1 and the text "1" are two options, 1 and 1.0 one.
    return ("text", value.strip()) if isinstance(value, str) else ("number", value)


def _distinct(values: Sequence[Any]) -> set[tuple[str, Any]]:
    return {_option(value) for value in values}


def _holds(options: Sequence[Any], value: Any) -> bool:
    return _is_option(value) and _option(value) in _distinct(options)


def _share(*, right: set[tuple[str, Any]], chosen: set[tuple[str, Any]]) -> Fraction:
    """Return how much of a multiple choice is right: what was chosen rightly less what was wrongly, never below 0."""
    return max(Fraction(0), Fraction(len(right & chosen) - len(chosen - right), len(right)))
