import pytest

from tests.conftest import client
from tests.factories import CourseFactory, RoleFactory, UserFactory


@pytest.fixture
def instructor(db):
    user = UserFactory(first_name="Ines", last_name="Ito")
    RoleFactory(user=user, area="campus", role="instructor")
    return user


@pytest.fixture
def as_instructor(instructor):
    return client(instructor)


@pytest.fixture
def course(instructor):
    return CourseFactory(instructor=instructor, title="Bread")


@pytest.fixture
def path(course):
    return f"/campus/api/courses/{course.pk}/"
