"""The cast and the tools of every test.

`ada` and `ben` are members, `cleo` is on the placement team, `root` is an admin; `as_ada` is a client signed in as her.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from onward.domain.accounts.models import User
from tests import databases
from tests.client import Api
from tests.factories import UserFactory

# Thousands of tests are made and kept: the collector would walk them over and over while they are (5 s of 15).
gc.disable()

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}

# The same examples on every run, so that a red run says something about the change; a number in
# ONWARD_TEST_EXAMPLES looks for new ones instead. Fewer say whether a server's database takes them as a file does.
hypothesis.register_profile(
    "suite",
    max_examples=int(os.environ.get("ONWARD_TEST_EXAMPLES") or (50 if connection.vendor == "sqlite" else 10)),
    derandomize="ONWARD_TEST_EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-stores",
        action="store_true",
        help="run only the tests that a database or Redis can make a difference to",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if "redis_url" in names:
            item.add_marker("redis")
        if "browser" in item.path.parts:
            item.add_marker("browser")
        needs_store = bool(item.get_closest_marker("django_db") or names & {*DATABASE_FIXTURES, "redis_url"})
        if item.get_closest_marker("once"):
            needs_store = False
        (left if config.getoption("--only-stores") and not needs_store else kept).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the database of this process, from a copy that is migrated already."""
    with django_db_blocker.unblock():
        databases.make()
    TransactionTestCase._fixture_teardown = lambda _: databases.put_back()
    yield
    with django_db_blocker.unblock():
        databases.remove()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput") and connection.vendor == "postgresql":
        databases.remove_shared()


def client(user: User) -> Api:
    """Sign somebody in and give the client that bears their token."""
    from onward.platform import tokens  # at first use: the architecture tests need no platform

    opened = tokens.open_session(
        user=user,
        api="tracker",
        address="127.0.0.1",
        user_agent="tests",
        awaits_second_factor=False,
        at=timezone.now(),
    )
    return Api(user, opened.access, opened.refresh)


@pytest.fixture
def ada(db: None) -> User:
    """A member."""
    return UserFactory(username="ada", email="ada@example.org", first_name="Ada", last_name="Ahmed")


@pytest.fixture
def ben(db: None) -> User:
    """Another member, who must never see what is Ada's."""
    return UserFactory(username="ben", email="ben@example.org", first_name="Ben", last_name="Braun")


@pytest.fixture
def cleo(db: None) -> User:
    """Somebody on the placement team; in the tracker a member like any other."""
    return UserFactory(username="cleo", email="cleo@example.org", first_name="Cleo", last_name="Costa")


@pytest.fixture
def root(db: None) -> User:
    """An admin."""
    return UserFactory(username="root", email="root@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def as_ada(ada: User) -> Api:
    """A client signed in as Ada."""
    return client(ada)


@pytest.fixture
def as_ben(ben: User) -> Api:
    """A client signed in as Ben."""
    return client(ben)


@pytest.fixture
def as_cleo(cleo: User) -> Api:
    """A client signed in as Cleo."""
    return client(cleo)


@pytest.fixture
def as_root(root: User) -> Api:
    """A client signed in as the admin."""
    return client(root)


@pytest.fixture
def signed_in() -> Callable[[User], Api]:
    """Sign anybody in: ``signed_in(UserFactory())``."""
    return client


@pytest.fixture
def anonymous(db: None) -> Api:
    """A client of nobody."""
    return Api()


@pytest.fixture(autouse=True)
def _own_media() -> Iterator[None]:
    """Remove the files that a test has stored, where it keeps those of all tests."""
    kept = settings.MEDIA_ROOT
    yield
    shutil.rmtree(kept, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Forget what earlier tests counted: a rolled back test gives its ids to the next one."""
    from onward.platform import throttle

    throttle.reset()


@pytest.fixture
def throttled(settings: Any) -> Any:
    """Turn the throttle on; gives the settings, so that a test can choose the limits.

    ``throttled.THROTTLE_USER = (3, 60)`` allows three requests a minute.
    """
    settings.THROTTLE = True
    return settings


@pytest.fixture
def redis_url() -> str:
    """The Redis to test with; tests that ask for it are skipped where none answers."""
    # From the environment: a test's own fixtures may have changed the setting by now.
    url = os.environ.get("ONWARD_REDIS_URL") or os.environ.get("ONWARD_TEST_REDIS_URL", "")
    if not url:
        pytest.skip("no Redis: set ONWARD_TEST_REDIS_URL")
    return url


@pytest.fixture
def queries(db: None) -> Callable[[], AbstractContextManager[CaptureQueriesContext]]:
    """Count what is asked of the database, prepared statements included.

    ``with queries() as asked: …`` and then ``assert len(asked) == 2``.
    """
    return lambda: CaptureQueriesContext(connection)


@pytest.fixture
def together(transactional_db: None) -> Callable[..., list[Any]]:
    """Run a function in many threads at the same moment and give what each returned or raised.

    ``together(30, lambda number: as_ada.post(…))``. Rows made before are committed, so that every thread sees them.
    """

    def run(count: int, function: Callable[[int], Any]) -> list[Any]:
        barrier = Barrier(count)

        def one(number: int) -> Any:
            try:
                barrier.wait(timeout=20)
                return function(number)
            except Exception as problem:
                return problem
            finally:
                connection.close()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    return run
