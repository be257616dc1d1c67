"""A small campus to learn on, for the demo: a course completed, with its quiz and certificate, and one that goes on."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from onward.demo.story import Step
from onward.domain.accounts.choices import Area, RoleName
from onward.domain.accounts.models import User
from onward.domain.accounts.services import roles
from onward.domain.learning.models import Course, Lesson, Quiz
from onward.domain.learning.services import attempts, courses, enrolments, lessons, quizzes


class Asked(NamedTuple):
    """A question of a quiz. :ivar said: what the demo user answers"""

    content: str
    options: tuple[str, ...]
    right: Any
    said: Any


class Told(NamedTuple):
    """A course. :ivar done: how many of its lessons the demo user is done with; :ivar quiz: what its quiz asks"""

    title: str
    description: str
    lessons: tuple[tuple[str, str], ...]
    done: int
    quiz: tuple[Asked, ...] = ()


COURSES = (
    Told(
        "Interviews, calmly",
        "What is asked, why, and how to answer from what you have done.",
        (
            ("What they want to know", "Can you do it, will you do it, and will it be **pleasant** to work with you?"),
            ("A story in four parts", "1. the situation\n2. the task\n3. what *you* did\n4. what came of it"),
            ("Questions of your own", "Ask what a good first half year looks like. Listen to who answers."),
        ),
        3,
        (
            Asked(
                "What does a story tell last?",
                ("The task", "What came of it", "The situation"),
                *2 * ("What came of it",),
            ),
            Asked(
                "Which of these are questions of your own?",
                ("What is a good first half year?", "What have I done so far?", "Who answers me here?"),
                ["What is a good first half year?", "Who answers me here?"],
                ["What is a good first half year?"],
            ),
            Asked("How many parts has a story?", (), *2 * (4,)),
        ),
    ),
    Told(
        "SQL for analysts",
        "From the first `SELECT` to window functions, with tables that fit on a page.",
        (
            ("Reading a table", "```sql\nSELECT title, company FROM postings WHERE closed_at IS NULL;\n```"),
            ("Putting tables together", "An inner join keeps what *both* sides know; a left join keeps the left side."),
            ("Counting", "`GROUP BY` says what one row of the answer is about."),
            ("Windows", "`SUM(…) OVER (ORDER BY …)` counts on and keeps every row."),
        ),
        2,
    ),
)


def steps(*, teacher: User, demo: User, member: User, at: datetime) -> list[Step]:
    """Return how courses are made and taken part in, and when."""
    found: list[Step] = []
    for number, told in enumerate(COURSES):
        begun = at - timedelta(days=28 - 7 * number)
        term = Term(teacher, (demo, member), told, begun)
        found += [(begun, term.teach), (begun + timedelta(days=1), term.take_part)]
        days = [begun + timedelta(days=2 + day) for day in range(told.done)]
        found += [(day, partial(term.learn, lesson, day)) for lesson, day in enumerate(days)]
        if told.done == len(told.lessons):
            found += [(days[-1] + timedelta(minutes=30), term.hand_in), (days[-1] + timedelta(hours=1), term.complete)]
    return found


class Term:
    """One course on its way, with who takes part in it: the first of them learns."""

    def __init__(self, teacher: User, students: tuple[User, ...], told: Told, begun: datetime) -> None:
        self.teacher = teacher
        self.students = students
        self.told = told
        self.begun = begun
        self.course: Course
        self.lessons: list[Lesson] = []
        self.quiz: Quiz

    def teach(self) -> None:
        """Let the course be made, with its lessons."""
        roles.grant(user=self.teacher, area=Area.CAMPUS, role=RoleName.INSTRUCTOR, by_id=None, at=self.begun)
        self.course = courses.create(
            instructor_id=self.teacher.pk, title=self.told.title, description=self.told.description, at=self.begun
        )
        for title, content in self.told.lessons:
            lesson = lessons.add(course=self.course, title=title, content=content, by_id=self.teacher.pk, at=self.begun)
            self.lessons.append(lesson)
        if self.told.quiz:
            self._ask()

    def _ask(self) -> None:
        title, by_id = f"{self.told.title}: what you remember", self.teacher.pk
        self.quiz = quizzes.create(course=self.course, title=title, required=True, by_id=by_id, at=self.begun)
        for asked in self.told.quiz:
            quizzes.add_question(
                quiz=self.quiz,
                content=asked.content,
                options=asked.options,
                correct_answer=asked.right,
                by_id=by_id,
                at=self.begun,
            )

    def take_part(self) -> None:
        """Let the students enrol."""
        for student in self.students:
            at = self.begun + timedelta(days=1)
            enrolments.enrol(course=self.course, user_id=student.pk, by_id=student.pk, at=at)

    def learn(self, number: int, at: datetime) -> None:
        """Let the first student be done with a lesson."""
        lesson = self.lessons[number]
        lessons.mark_done(course=self.course, lesson=lesson, user_id=self.students[0].pk, at=at)

    def hand_in(self) -> None:
        """Let the first student answer the quiz."""
        at = self.begun + timedelta(days=1 + self.told.done, minutes=30)
        numbers = self.quiz.questions.order_by("pk").values_list("pk", flat=True)
        answers = {str(number): asked.said for number, asked in zip(numbers, self.told.quiz, strict=True)}
        attempts.hand_in(quiz=self.quiz, user_id=self.students[0].pk, answers=answers, at=at)

    def complete(self) -> None:
        """Let the first student complete the course."""
        at = self.begun + timedelta(days=1 + self.told.done, hours=1)
        enrolments.complete(course=self.course, user_id=self.students[0].pk, at=at)
