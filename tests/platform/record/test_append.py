from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from onward.domain.accounts.models import User
from onward.domain.activity.models import Activity
from onward.domain.applications.choices import Source, Status
from onward.domain.applications.models import Application
from onward.domain.companies.models import Company
from onward.platform.events.models import EventRecord
from onward.platform.record.append import append, append_all
from onward.platform.tokens.models import Session
from tests.factories import CompanyFactory

AT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


def test_appends_the_row_that_saving_an_instance_would_write(ada):
    company = CompanyFactory(owner=ada)
    values = {
        "owner_id": ada.pk,
        "company_id": company.pk,
        "job_title": "Ingénieure 🛠",
        "status": Status.SCREENING,
        "salary_min": 50_000,
        "salary_max": 2_000_000_000,
        "applied_date": date(2026, 3, 2),
        "created_at": AT,
        "updated_at": AT.astimezone(timezone(timedelta(hours=5, minutes=30))),
    }

    appended = Application.objects.filter(pk=append(Application, uid=uuid4(), **values)).values().get()
    saved = Application.objects.filter(pk=Application.objects.create(uid=uuid4(), **values).pk).values().get()

    apart = {"id", "uid"}
    assert {k: v for k, v in appended.items() if k not in apart} == {k: v for k, v in saved.items() if k not in apart}


@pytest.mark.parametrize("number", [0, 1, 123])
def test_appends_many_rows_with_few_statements_in_their_order(ada, queries, number):
    rows = [
        {"owner_id": ada.pk, "action": "x", "description": f"line {n}", "metadata": {"n": n}} for n in range(number)
    ]

    with queries() as asked:
        keys = append_all(Activity, rows)

    made = Activity.objects.in_bulk(keys)
    assert [(made[key].description, made[key].metadata) for key in keys] == [
        (f"line {n}", {"n": n}) for n in range(number)
    ]
    assert len({activity.uid for activity in made.values()}) == number
    assert len(asked) == {0: 0, 1: 1, 123: 4}[number]


def test_stores_the_same_bytes_that_saving_an_instance_would(ada):
    values = {"owner_id": ada.pk, "action": "x", "metadata": {"ä": [1, None, True]}, "created_at": AT}
    text = "CAST({} AS text)"
    columns = ", ".join(text.format(name) for name in ("owner_id", "action", "metadata", "created_at"))

    pair = [append(Activity, **values), Activity.objects.create(**values).pk]

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM activity_activity WHERE id IN (%s, %s)", pair)
        first, second = cursor.fetchall()
    assert first == second


def test_fills_in_what_was_not_given_with_the_defaults_of_the_fields(ada):
    company = CompanyFactory(owner=ada)

    row = Application.objects.get(pk=append(Application, owner_id=ada.pk, company_id=company.pk, job_title="Chemist"))

    assert (row.status, row.source, row.location) == (Status.APPLIED, Source.LINKEDIN, "")
    assert row.applied_date is None
    assert isinstance(row.uid, UUID)
    assert row.created_at.tzinfo is not None


def test_gives_the_key_that_a_model_makes_itself(ada):
    key = append(Session, user_id=ada.pk, api="tracker", address="::1", expires_at=AT)

    assert Session.objects.get(pk=key).address == "::1"


def test_stores_decimals_and_nothing(ada):
    row = Company.objects.get(
        pk=append(Company, owner_id=ada.pk, name="Acme", name_key="acme", glassdoor_rating="4.5", size="")
    )

    assert str(row.glassdoor_rating) == "4.5"


def test_refuses_a_name_that_is_no_column(ada):
    with pytest.raises(TypeError, match="owner"):
        append(EventRecord, owner=ada, name="x", happened_at=AT)


def test_refuses_an_instant_without_a_zone(ada):
    with pytest.raises(ValueError, match="zone"):
        append(EventRecord, owner_id=ada.pk, name="x", happened_at=AT.replace(tzinfo=None))


def test_refuses_to_leave_out_what_has_no_default(ada):
    with pytest.raises(TypeError, match="email"):
        append(User, username="x", password="", desired_salary_min=None)


def test_says_what_the_database_says_in_djangos_words_and_breaks_the_transaction(ada):
    CompanyFactory(owner=ada, name="Acme")
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            append(Company, owner_id=ada.pk, name="ACME", name_key="acme")
        with pytest.raises(TransactionManagementError):
            Company.objects.count()
        transaction.set_rollback(True)


def test_goes_on_after_a_savepoint_that_caught_the_clash(ada):
    CompanyFactory(owner=ada, name="Acme")

    with pytest.raises(IntegrityError), transaction.atomic():
        append(Company, owner_id=ada.pk, name="ACME", name_key="acme")

    append(Company, owner_id=ada.pk, name="Other", name_key="other")
    assert Company.objects.count() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite stores any length and NUL")
def test_refuses_text_that_does_not_fit(ada):
    with pytest.raises(DataError), transaction.atomic():
        append(EventRecord, owner_id=ada.pk, name="x" * 101, happened_at=AT)


def test_is_counted_among_the_queries(ada, queries):
    with queries() as asked:
        append(EventRecord, owner_id=ada.pk, name="x", happened_at=AT)

    assert len(asked) == 1
    assert "events_eventrecord" in asked[0]["sql"]


def test_is_undone_with_its_transaction(ada):
    with transaction.atomic():
        append(EventRecord, owner_id=ada.pk, name="x", happened_at=AT)
        transaction.set_rollback(True)

    assert not EventRecord.objects.exists()
