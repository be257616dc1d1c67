import pytest

from tests.conftest import client
from tests.factories import CourseFactory, EnrolmentFactory, QuestionFactory, QuizFactory, UserFactory


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
