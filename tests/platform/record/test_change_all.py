import random
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DataError, connection, transaction
from django.db.transaction import TransactionManagementError

from onward.domain.activity.models import Activity
from onward.domain.applications.models import Application
from onward.domain.companies.models import Company
from onward.platform.record import append_all, change_all
from tests.factories import ApplicationFactory, CompanyFactory

AT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


@pytest.mark.parametrize(("number", "statements"), [(0, 0), (1, 1), (623, 5)])
def test_changes_each_row_to_its_own_values_with_few_statements(ada, queries, number, statements):
    keys = append_all(Activity, [{"owner_id": ada.pk, "action": "x", "description": f"{n}"} for n in range(number + 1)])
    rows = [
        {"id": key, "description": f"line {n}", "metadata": {"n": [n]}, "application_id": None, "created_at": AT}
        for n, key in enumerate(keys[:number])
    ]
    random.Random(5).shuffle(rows)

    with queries() as asked:
        change_all(Activity, ("description", "metadata", "application_id", "created_at"), rows)

    made = Activity.objects.in_bulk(keys)
    assert [(made[key].description, made[key].metadata) for key in keys[:number]] == [
        (f"line {n}", {"n": [n]}) for n in range(number)
    ]
    assert {made[key].created_at for key in keys[:number]} <= {AT}
    assert (made[keys[-1]].description, made[keys[-1]].metadata) == (f"{number}", {})
    assert len(asked) == statements


def test_stores_the_same_bytes_that_saving_an_instance_would(ada):
    values = {
        "job_title": "Ingénieure 🛠",
        "salary_min": 2_000_000_000,
        "applied_date": date(2026, 3, 2),
        "updated_at": AT,
        "job_url": "",
    }
    saved, changed = ApplicationFactory(owner=ada), ApplicationFactory(owner=ada)
    Application.objects.filter(pk=saved.pk).update(**values)

    change_all(Application, list(values), [{"id": changed.pk, **values}])

    columns = ", ".join(f"CAST({name} AS text)" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM applications_application WHERE id IN (%s, %s)", [saved.pk, changed.pk])
        first, second = cursor.fetchall()
    assert first == second


def test_sets_decimals_and_nothing(ada):
    one, other = CompanyFactory(owner=ada), CompanyFactory(owner=ada, glassdoor_rating="3.5")

    change_all(
        Company,
        ["glassdoor_rating"],
        [{"id": one.pk, "glassdoor_rating": Decimal("4.5")}, {"id": other.pk, "glassdoor_rating": None}],
    )

    assert [Company.objects.get(pk=company.pk).glassdoor_rating for company in (one, other)] == [Decimal("4.5"), None]


def test_refuses_what_is_too_long_instead_of_cutting_it(ada):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no lengths")
    company = CompanyFactory(owner=ada)

    with transaction.atomic():
        with pytest.raises(DataError):
            change_all(Company, ["size"], [{"id": company.pk, "size": "x" * 300}])
        with pytest.raises(TransactionManagementError):
            Company.objects.count()
        transaction.set_rollback(True)
