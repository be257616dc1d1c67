"""What the database writes as JSON is, letter by letter, what Pydantic would write."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.accounts.models import User
from onward.domain.activity.models import Activity
from onward.domain.applications.models import Application, Note
from onward.domain.companies.models import Company
from onward.platform.wire import From, Many, Param, Reading, Wire
from tests.factories import ApplicationFactory, CompanyFactory, NoteFactory

# What a database can keep as text: everything but NUL and lone surrogates.
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=50)
instants = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
decimals = st.decimals(-(10**8), 10**8, places=2)
documents = st.dictionaries(
    texts,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)
KEY = Param("pk", models.BigIntegerField())


def given_as(name: str, field: Any) -> From:
    return From(lambda at: Param(name, field))


class Values(Wire):
    """One field of each type, each given as a parameter."""

    text: Annotated[str, given_as("text", models.TextField())]
    integer: Annotated[int, given_as("integer", models.BigIntegerField())]
    yes: Annotated[bool, given_as("yes", models.BooleanField())]
    instant: Annotated[datetime, given_as("instant", models.DateTimeField())]
    day: Annotated[date, given_as("day", models.DateField())]
    clock: Annotated[time, given_as("clock", models.TimeField())]
    uuid: Annotated[UUID, given_as("uuid", models.UUIDField())]
    decimal: Annotated[Decimal, given_as("decimal", models.DecimalField(max_digits=12, decimal_places=2))]


VALUES = Reading(Values, lambda: User.objects.filter(pk=KEY))


@given(
    st.builds(
        Values,
        text=texts,
        integer=st.integers(-(2**63), 2**63 - 1),
        yes=st.booleans(),
        instant=instants,
        day=st.dates(date(1900, 1, 1), date(2200, 12, 31)),
        clock=st.times(),
        uuid=st.uuids(),
        decimal=decimals,
    )
)
def test_writes_every_type_as_pydantic_does(ada, values):
    written = VALUES.one(pk=ada.pk, **dict(values))

    # PostgreSQL spells some control characters another way; once read, they are the same.
    assert json.loads(written) == json.loads(values.model_dump_json())
    if values.text.isprintable():
        assert written == values.model_dump_json()


class Columns(Wire):
    """Columns of the record."""

    id: int
    uid: UUID
    is_active: bool
    desired_salary_min: int | None
    created_at: datetime
    last_login: datetime | None


COLUMNS = Reading(Columns, lambda: User.objects.filter(pk=KEY))


@given(
    active=st.booleans(),
    salary=st.none() | st.integers(0, 2**31 - 1),
    created=instants,
    login=st.none() | instants,
    uid=st.uuids(),
)
def test_writes_columns_as_pydantic_does(ada, active, salary, created, login, uid):
    User.objects.filter(pk=ada.pk).update(
        is_active=active, desired_salary_min=salary, created_at=created, last_login=login, uid=uid
    )

    assert COLUMNS.one(pk=ada.pk) == Columns.model_validate(User.objects.get(pk=ada.pk)).model_dump_json()


class Rated(Wire):
    """A decimal that may be missing."""

    glassdoor_rating: Decimal | None


RATED = Reading(Rated, lambda: Company.objects.filter(pk=KEY))


@given(st.none() | st.decimals(0, 5, places=1))
def test_writes_a_decimal_with_the_places_of_its_column(ada, rating):
    company = CompanyFactory(owner=ada, glassdoor_rating=rating)

    assert RATED.one(pk=company.pk) == Rated(glassdoor_rating=rating).model_dump_json()
    company.delete()


class Line(Wire):
    """A JSON document of the record."""

    metadata: dict[str, Any]


LINE = Reading(Line, lambda: Activity.objects.filter(pk=KEY))


@given(documents)
def test_writes_a_json_document_that_reads_as_the_same(ada, metadata):
    line = Activity.objects.create(owner=ada, action="x", metadata=metadata)

    assert json.loads(LINE.one(pk=line.pk)) == {"metadata": metadata}


class Heading(Wire):
    """The title of an application."""

    job_title: str


class Remark(Wire):
    """A note with its application, and with one that may be missing."""

    content: str
    application: Heading


class Pursuit(Wire):
    """An application with its notes, and with a résumé that may be missing."""

    class Version(Wire):
        version_name: str

    job_title: str
    notes: Annotated[
        list[Remark],
        Many(lambda: Note.objects.order_by("pk"), by="application_id"),
    ]
    resume: Annotated[Version | None, From("resume")]


PURSUIT = Reading(Pursuit, lambda: Application.objects.filter(pk=KEY))


def test_nests_rows_and_lists_of_rows(ada):
    application = ApplicationFactory(owner=ada, job_title="Chef")
    for content in ("one", "two"):
        NoteFactory(application=application, content=content)

    expected = Pursuit(
        job_title="Chef",
        notes=[Remark(content=content, application=Heading(job_title="Chef")) for content in ("one", "two")],
        resume=None,
    )
    assert PURSUIT.one(pk=application.pk) == expected.model_dump_json()


def test_gives_nothing_for_a_row_that_is_not_there(db):
    assert (
        VALUES.one(
            pk=0,
            text="",
            integer=0,
            yes=True,
            instant=datetime.now(UTC),
            day=date(2026, 1, 1),
            clock=time(),
            uuid=UUID(int=0),
            decimal=Decimal(0),
        )
        is None
    )
    assert PURSUIT.all(pk=0) == "[]"
