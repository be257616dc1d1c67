"""`onward migrate` has all the time that it needs, and nobody else has."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import pre_migrate

pytestmark = pytest.mark.django_db

LIMITED = ["15s", "5s", "30s"]


def limits():
    found = []
    with connection.cursor() as cursor:
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SHOW {name}")
            found.append(cursor.fetchone()[0])
    return found


@pytest.fixture
def migrated():
    """Call a function in the middle of every migration."""
    called = []

    def during(function):
        def receive(**given):
            if given["app_config"].label == "activity":
                function()

        called.append(receive)
        pre_migrate.connect(receive, weak=False)

    yield during
    for receive in called:
        pre_migrate.disconnect(receive)


def test_it_runs(migrated):
    seen = []
    migrated(lambda: seen.append(connection.vendor))

    call_command("migrate", verbosity=0)

    assert seen == [connection.vendor]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite limits no statement")
def test_nothing_in_it_is_ended_for_taking_long(migrated):
    seen = []
    migrated(lambda: seen.append(limits()))
    assert limits() == LIMITED

    call_command("migrate", verbosity=0)

    assert seen == [["0", "0", "0"]]
    assert limits() == LIMITED


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite limits no statement")
def test_the_limits_are_back_where_it_breaks_off(migrated):
    migrated(lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("migrate", verbosity=0)

    assert limits() == LIMITED
