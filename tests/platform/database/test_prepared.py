"""Statements that PostgreSQL plans once."""

import pytest
from django.db import connection, models, transaction
from django.db.utils import OperationalError, ProgrammingError

from onward.domain.accounts.models import User
from onward.platform.database.postgresql import prepared
from onward.platform.record.append import append
from onward.platform.wire import Param, Statement

NAMES = Statement(
    lambda: User.objects.filter(pk=Param("pk", models.BigIntegerField())).values_list("username", "is_active")
)


@pytest.fixture(autouse=True)
def _postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own")


def ask(sql, *parameters):
    return connection.run_directly(sql, parameters)


def test_keeps_no_more_plans_than_it_may(ada):
    for number in range(prepared.MOST + 30):
        assert ask(f"SELECT %s::int + {number}", 1) == [(1 + number,)]

    assert len(connection.prepared) == prepared.MOST
    held = ask("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE %s", "onward_%")
    assert held[0][0] <= prepared.MOST
    assert ask("SELECT %s::int + 0", 1) == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_plans_again_what_somebody_has_thrown_away(ada):
    assert NAMES.rows(pk=ada.pk) == [("ada", True)]
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    assert NAMES.rows(pk=ada.pk) == [("ada", True)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("inside", [False, True])
def test_plans_again_when_a_table_has_changed_under_the_plan(ada, inside):
    sql = "SELECT * FROM changing"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE changing (a int)")
    try:
        assert ask(sql) == []
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE changing ADD COLUMN b int")
            cursor.execute("INSERT INTO changing VALUES (1, 2)")
        if inside:
            with transaction.atomic():
                assert ask(sql) == [(1, 2)]
        else:
            assert ask(sql) == [(1, 2)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE changing")


@pytest.mark.django_db(transaction=True)
def test_belongs_to_the_transaction_around_it(ada):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append(User, email="x@example.org", username="x", username_key="x", password="")
        assert User.objects.filter(username="x").exists()
        raise ZeroDivisionError

    assert not User.objects.filter(username="x").exists()


def test_says_what_is_wrong_as_django_does(ada):
    with pytest.raises(ProgrammingError), transaction.atomic():
        ask("SELECT nonsense FROM nowhere")
    with pytest.raises(TypeError, match="no way to send a object"):
        ask("SELECT %s", object())


@pytest.mark.django_db(transaction=True)
def test_a_cut_connection_is_an_operational_error_and_the_next_one_works(ada):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (mine,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [mine])
    other.close()

    with pytest.raises(OperationalError):
        NAMES.rows(pk=ada.pk)
    connection.close()
    assert NAMES.rows(pk=ada.pk) == [("ada", True)]
