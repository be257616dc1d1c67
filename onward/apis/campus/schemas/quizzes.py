"""Quizzes, their questions and attempts at them, as the campus document shows them and as clients send them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from django.db import models
from django.db.models import Case, F, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThanOrEqual
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from onward.apis.campus.schemas.people import PersonOut, Reference, reference
from onward.domain.learning.choices import Grading, QuestionKind, Review
from onward.domain.learning.grading import is_number
from onward.domain.learning.queries import quizzes as queries
from onward.domain.learning.queries.courses import ASKER, manageable
from onward.platform.wire import (
    EMPTY_IS_NULL,
    Body,
    Choice,
    Count,
    From,
    Instant,
    Text,
    Whole,
    Wire,
    empty_is,
)
from onward.platform.wire.encoders import Document, EncodedJSON, EncodedNumber, EncodedText
from onward.platform.wire.fields import Path

# Characters; the last one of an option or a text that is right.
LONGEST_TEXT, LONGEST_EXPLANATION, LONGEST_ANSWER, LONGEST_OPTION = 100_000, 20_000, 20_000, 1_000
MOST_OPTIONS, MOST_CHOSEN, MOST_ANSWERS = 50, 100, 1_000
LARGEST = 1e15
# Seconds: four weeks.
LONGEST_TIME = 28 * 24 * 3600
MOST_ATTEMPTS = 1_000
MOST_POINTS = 1_000
PASS_MARK = 50.0

GradingWord = Annotated[str, Choice(Grading)]
ReviewWord = Annotated[str, Choice(Review)]
KindWord = Annotated[str, Choice(QuestionKind)]


# Quizzes


def _passed(at: Path) -> Combinable:
    return Case(
        When(GreaterThanOrEqual(_grade(at), F(at("pass_mark"))), then=True),
        When(models.Exists(_handed_in(at)), then=False),
        output_field=models.BooleanField(),
    )


def _grade(at: Path) -> Combinable:
    return queries.grade(ASKER, quiz=at(""))


def _handed_in(at: Path) -> Any:
    return queries.handed_in(ASKER).filter(quiz_id=models.OuterRef(at("pk")))


class CourseOfQuiz(Wire):
    """The course that a quiz belongs to."""

    id: int
    title: str


class QuizOut(Wire):
    """A quiz.

    `time_limit` is in seconds, `pass_mark` a percentage; null is no limit. `attempts_made`, `grade` (a percentage, by
    the quiz's `grading`) and `passed` are those of whoever asks; the last two are null until they have handed in.
    """

    id: int
    title: str
    description: str
    course_id: int
    course: Annotated[CourseOfQuiz, From("course")]
    question_count: Annotated[int, Count(queries.all_questions, by="quiz_id")]
    opens_at: datetime | None
    closes_at: datetime | None
    time_limit: int | None
    attempts_allowed: int | None
    pass_mark: float
    grading: GradingWord
    review: ReviewWord
    required: bool
    shuffle: bool
    attempts_made: Annotated[int, Count(queries.own_attempts, by="quiz_id")]
    grade: Annotated[float | None, From(_grade)]
    passed: Annotated[bool | None, From(_passed)]
    created_at: datetime
    updated_at: datetime


def _no_flag(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("float_type", "A valid number is required.")
    return value


def _in_utc(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False), BeforeValidator(_no_flag)]
Points = Annotated[float, Field(ge=0, le=MOST_POINTS, allow_inf_nan=False), BeforeValidator(_no_flag)]
Tolerance = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False), BeforeValidator(_no_flag)]
Seconds = Annotated[int, Whole(1, LONGEST_TIME)]
Attempts = Annotated[int, Whole(1, MOST_ATTEMPTS)]
Moment = Annotated[Annotated[Instant, AfterValidator(_in_utc)] | None, EMPTY_IS_NULL]


class QuizIn(Body):
    """What a client says of a quiz. Times are ISO 8601, UTC where none is said; `time_limit` is in seconds."""

    title: Annotated[str, Text(255, shortest=1)]
    course_id: Reference = reference("course")
    description: Annotated[str, Text(LONGEST_TEXT)] = ""
    opens_at: Moment = None
    closes_at: Moment = None
    time_limit: Annotated[Seconds | None, EMPTY_IS_NULL] = None
    attempts_allowed: Annotated[Attempts | None, EMPTY_IS_NULL] = None
    pass_mark: Annotated[Percent, empty_is(PASS_MARK)] = PASS_MARK
    grading: Annotated[GradingWord, empty_is(Grading.HIGHEST.value)] = Grading.HIGHEST.value
    review: Annotated[ReviewWord, empty_is(Review.SCORE.value)] = Review.SCORE.value
    required: Annotated[bool, empty_is(usual=False)] = False
    shuffle: Annotated[bool, empty_is(usual=False)] = False


class QuizChanges(QuizIn, partial=True):
    """What a client changes about a quiz, which stays in its course. What is absent, or as it was shown, stays."""


# Questions


def _key(at: Path) -> Combinable:
    """Return what is right, to who manages the quiz: to nobody else does it leave the database."""
    key = Document(
        ("correct_answer", EncodedJSON(F(at("correct_answer")))),
        ("tolerance", EncodedNumber(F(at("tolerance")))),
        ("explanation", EncodedText(F(at("explanation")))),
    )
    return Case(When(manageable(at=f"{at('quiz')}__course__"), then=key), output_field=models.JSONField())


class QuestionOut(Wire):
    """A question, as those who may answer it see it."""

    id: int
    quiz_id: int
    content: str
    kind: KindWord
    options: list[Any]
    points: float
    created_at: datetime
    updated_at: datetime


class QuestionRow(QuestionOut):
    """A question as it is read, before it is shown (`shown`)."""

    key: Annotated[dict[str, Any] | None, From(_key)]
    shuffled: Annotated[bool, From("quiz__shuffle")]


class QuestionKeyOut(QuestionOut):
    """A question, as who manages the quiz sees it."""

    correct_answer: Any
    tolerance: float
    explanation: str


def shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of `QuestionRow`, as the database gives them, as `QuestionKeyOut` or `QuestionOut`.

    Where each attempt has an order of its own, options come in an order that says nothing of how they were written.
    """
    found = []
    for row in rows:
        key, is_shuffled = row.pop("key"), row.pop("shuffled")
        if key is None and is_shuffled:
            row["options"] = sorted(row["options"], key=lambda option: (str(option).casefold(), str(option)))
        found.append(row if key is None else {**row, **key})
    return found


def _value(value: Any, longest: int) -> Any:
    """Return a text without the white space around it, or a number.

    :raises PydanticCustomError: when it is neither
    """
    if isinstance(value, str):
        value = value.strip()
        if len(value) > longest:
            raise PydanticCustomError("text_too_long", f"A text may have {longest} characters.")
        return value
    if not is_number(value):
        raise PydanticCustomError("wrong_type", "This must be a text or a number.")
    if not -LARGEST <= value <= LARGEST:
        raise PydanticCustomError("too_large", "The number is too large.")
    return value


def _option(value: Any) -> Any:
    found = _value(value, LONGEST_OPTION)
    if found == "":
        raise PydanticCustomError("blank", "This may not be blank.")
    return found


def _options(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MOST_OPTIONS:
        raise PydanticCustomError("list", f"This must be a list of at most {MOST_OPTIONS} options.")
    options = [_option(one) for one in value]
    if any(options.index(one) != number for number, one in enumerate(options)):
        raise PydanticCustomError("doubled", "Each option may be there once.")
    return options


def _correct(value: Any) -> Any:
    if not isinstance(value, list):
        return _option(value)
    if not 0 < len(value) <= MOST_OPTIONS:
        raise PydanticCustomError("list", f"This must be a list of 1 to {MOST_OPTIONS} answers.")
    return [_option(one) for one in value]


_ONE = [{"type": "string"}, {"type": "number"}]
_SCHEMA_OF_ANSWER = {"anyOf": [*_ONE, {"type": "array", "items": {"anyOf": _ONE}}]}


class QuestionIn(Body):
    """What a client says of a question.

    What is sent says its kind: with `options` it is a single choice, or multiple where `correct_answer` is a list;
    without, a number or a text, where a list holds several that are right. `tolerance` is how far a number may be off.
    """

    content: Annotated[str, Text(LONGEST_TEXT, shortest=1)]
    correct_answer: Annotated[Any, BeforeValidator(_correct), WithJsonSchema(_SCHEMA_OF_ANSWER)]
    options: Annotated[
        list[Any], BeforeValidator(_options), WithJsonSchema({"type": "array", "items": {"anyOf": _ONE}})
    ] = Field(default_factory=list)
    points: Annotated[Points, empty_is(1.0)] = 1.0
    tolerance: Annotated[Tolerance, empty_is(0.0)] = 0.0
    explanation: Annotated[str, Text(LONGEST_EXPLANATION)] = ""


class QuestionChanges(QuestionIn, partial=True):
    """What a client changes about a question. What is absent, or as it was shown, stays."""


# Attempts


class AttemptRow(Wire):
    """An attempt in a list. It is running until `submitted_at` says when it was handed in."""

    id: int
    quiz_id: int
    user_id: int
    user: Annotated[PersonOut, From("user")]
    number: int
    started_at: datetime
    deadline: datetime | None
    submitted_at: datetime | None
    score: float | None
    max_score: float
    percentage: float | None
    passed: bool | None


class AskedOut(Wire):
    """A question as it was asked, and what was answered.

    `mark` is null where it is not shown; `correct_answer` and `explanation` are there only where they are shown.
    """

    id: int
    content: str
    kind: KindWord
    options: list[Any]
    points: float
    answer: Any
    mark: float | None
    correct_answer: Any = None
    explanation: str = ""


class AttemptOut(AttemptRow):
    """An attempt. `review` says what is shown of it: `score`, `marks` or `answers`."""

    review: ReviewWord
    questions: list[AskedOut]


def _doubled() -> PydanticCustomError:
    return PydanticCustomError("doubled", "A question is answered more than once.")


def _pairs(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    if not isinstance(value, list):
        raise PydanticCustomError("answers", "This must be a list of answers, or an object of them by question.")
    pairs = []
    for one in value:
        if not isinstance(one, dict) or "question_id" not in one:
            raise PydanticCustomError("answers", "Each answer must have a question_id.")
        pairs.append((one["question_id"], one.get("answer")))
    return pairs


def _number_of(question: Any) -> str:
    text = str(question) if not isinstance(question, bool) and isinstance(question, int | str) else ""
    if not (text.isascii() and text.isdigit() and text == str(int(text or 0)) and len(text) < 20):
        raise PydanticCustomError("unknown", "There is no such question.")
    return text


def _answered(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, list):
        if len(value) > MOST_CHOSEN:
            raise PydanticCustomError("list", f"An answer may choose {MOST_CHOSEN} options.")
        return [_value(one, LONGEST_ANSWER) for one in value]
    return _value(value, LONGEST_ANSWER)


def _by_question(value: Any) -> Mapping[str, Any]:
    """Return answers by their questions' ids, however they were sent."""
    pairs = _pairs(value)
    if len(pairs) > MOST_ANSWERS:
        raise PydanticCustomError("list", f"At most {MOST_ANSWERS} answers may be sent at once.")
    found: dict[str, Any] = {}
    for question, answer in pairs:
        number = _number_of(question)
        if number in found:
            raise _doubled()
        found[number] = _answered(answer)
    return found


_SCHEMA_OF_ANSWERS = {
    "anyOf": [
        {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["question_id"],
                "properties": {"question_id": {"type": "integer"}, "answer": _SCHEMA_OF_ANSWER},
            },
        },
        {"type": "object", "additionalProperties": _SCHEMA_OF_ANSWER},
    ]
}
Answers = Annotated[dict[str, Any], BeforeValidator(_by_question), WithJsonSchema(_SCHEMA_OF_ANSWERS)]


class AnswersIn(Body):
    """Answers to be saved: a list of `{question_id, answer}`, or an object of answers by question."""

    answers: Answers


class AttemptIn(Body):
    """Answers to be handed in, over what was saved. Without any, what was saved is handed in."""

    answers: Answers | None = None
