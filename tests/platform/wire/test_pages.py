"""A page far behind is cut from the same list as the first, and no row is shaped that is not on it."""

import json
from typing import Annotated

import pytest
from django.db import connection, models
from django.db.models import Func, Q

from onward.domain.companies.models import Company
from onward.platform.wire import From, Listing, Param, Wire
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db


class Counted(Func):
    """A value whose making can be seen."""

    function = "shaped"
    output_field = models.IntegerField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="nextval('shaped')", **context)


class Row(Wire):
    id: int
    name: str
    number: Annotated[int, From(lambda at: Counted())]


OWNER = Param("owner_id", models.BigIntegerField())


def listing():
    return Listing(
        Row,
        lambda: Company.objects.filter(owner=OWNER),
        filters={"industry": lambda word: Q(industry=word)},
        values={"industry": models.TextField()},
        search=["name"],
        orders={"name": "name", "rating": "glassdoor_rating", "created": "created_at"},
    )


@pytest.fixture
def made():
    """Say how many rows have been shaped since it was asked last."""
    if connection.vendor == "sqlite":
        calls = []
        connection.connection.create_function("shaped", 0, lambda: calls.append(1) or len(calls))

        def count():
            found = len(calls)
            calls.clear()
            return found

        return count

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY SEQUENCE shaped")

    def count():
        with connection.cursor() as cursor:
            cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM shaped")
            (found,) = cursor.fetchone()
            cursor.execute("ALTER SEQUENCE shaped RESTART")
        return found

    return count


@pytest.fixture
def companies(ada, ben):
    CompanyFactory.create_batch(5, owner=ben)
    return [
        CompanyFactory(
            owner=ada,
            name=f"{'Acme' if number % 2 else 'Bolt'} {number}",
            industry=str(number % 3),
            glassdoor_rating=number % 5 or None,
        )
        for number in range(30)
    ]


def rows(cut):
    return [(row["id"], row["name"]) for row in json.loads(cut)]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"order": "name"},
        {"order": "-created"},
        {"order": "-rating"},
        {"search": "acme"},
        {"search": "bolt 2", "order": "-name", "filters": {"industry": "2"}},
    ],
)
def test_pages_put_together_are_the_list(companies, ada, made, asked):
    everything = rows(listing().slice(limit=100, offset=0, owner_id=ada.pk, **asked))
    pages = listing()

    slices = [rows(pages.slice(limit=4, offset=offset, owner_id=ada.pk, **asked)) for offset in range(0, 40, 4)]
    counted = [pages.page(limit=4, offset=offset, owner_id=ada.pk, **asked) for offset in range(0, 40, 4)]

    assert everything
    assert [row for cut in slices for row in cut] == everything
    assert [row for page in counted for row in rows(page.rows)] == everything
    assert {page.total for page in counted} == {len(everything)}


@pytest.mark.parametrize(("offset", "shown"), [(0, 4), (4, 4), (20, 4), (28, 2), (30, 0)])
def test_no_row_is_shaped_that_is_skipped(companies, ada, made, offset, shown):
    made()

    assert len(rows(listing().slice(limit=4, offset=offset, owner_id=ada.pk))) == shown

    assert made() == shown
