"""What a connection to PostgreSQL is given once it stands."""

import pytest
from django.db import connection, connections

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="PostgreSQL's own"),
]


def said(wrapper, *names):
    with wrapper.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'current_setting({name!r})' for name in names)}")
        return list(cursor.fetchone())


@pytest.fixture
def another():
    """Open a second connection with more in its address."""
    opened = []

    def open_it(**options):
        given = {**connection.settings_dict, "OPTIONS": {**connection.settings_dict["OPTIONS"], **options}}
        opened.append(type(connections["default"])(given, "default"))
        return opened[-1]

    yield open_it
    for wrapper in opened:
        wrapper.close()


def test_nothing_is_asked_for_at_the_start_that_a_pooler_refuses():
    # PgBouncer ends a connection that brings any other parameter of the server's.
    assert {"options", "session"}.isdisjoint(connections["default"].get_connection_params())


def test_each_connection_has_its_limits_and_its_way_of_planning(another):
    named = ("statement_timeout", "lock_timeout", "plan_cache_mode", "jit", "random_page_cost")

    assert said(another(), *named) == ["15s", "5s", "force_generic_plan", "off", "1.1"]


def test_what_the_operators_address_says_wins(another):
    wrapper = another(options="-c statement_timeout=60s")

    assert said(wrapper, "statement_timeout", "lock_timeout") == ["1min", "5s"]
