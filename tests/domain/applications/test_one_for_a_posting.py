"""The migration that leaves a posting to one application of a person's, on rows that were there before it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from onward.domain.applications.models import Application
from tests.factories import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db

migration = import_module("onward.domain.applications.migrations.0012_one_for_its_posting")


@pytest.fixture
def constraint(db):
    """The constraint, which is not there until the test puts it back."""
    (found,) = [one for one in Application._meta.constraints if one.name == "application_is_one_for_its_posting"]
    with connection.cursor() as cursor:
        cursor.execute(str(found.remove_sql(Application, connection.schema_editor())))
    return found


def test_of_several_applications_to_a_posting_the_first_keeps_it(constraint, ada, ben):
    one, other = PostingFactory(), PostingFactory()
    first, second, third = (ApplicationFactory(owner=ada, posting=one) for _ in range(3))
    elsewhere, theirs = ApplicationFactory(owner=ada, posting=other), ApplicationFactory(owner=ben, posting=one)
    without = [ApplicationFactory(owner=ada, posting=None) for _ in range(2)]

    migration.untie(apps, None)
    with connection.cursor() as cursor:
        # PostgreSQL makes no index while foreign keys of the same transaction wait to be looked at.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "SELECT 1")
        cursor.execute(str(constraint.create_sql(Application, connection.schema_editor())))

    tied = dict(Application.objects.values_list("pk", "posting_id"))
    assert tied == {
        first.pk: one.pk,
        second.pk: None,
        third.pk: None,
        elsewhere.pk: other.pk,
        theirs.pk: one.pk,
        **{row.pk: None for row in without},
    }
