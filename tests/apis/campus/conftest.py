import pytest
from django.db import transaction

from tests.apis.campus.table import CAST, Cast, make
from tests.client import Api
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


# The cast of the access table, and the rows that it is about.


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    """Made once, and taken back in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def ids(cast):
    return make(cast)


@pytest.fixture(scope="module")
def clients(cast):
    return {name: Api() if name == "nobody" else client(cast[name]) for name in CAST}
