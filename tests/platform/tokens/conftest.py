from datetime import UTC, datetime

import pytest

from onward.platform import tokens


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def opened(ada, now):
    """A session of Ada's, as its client holds it."""
    return open_for(ada, at=now)


def open_for(user, *, at, api="tracker", awaits_second_factor=False, address="203.0.113.7", user_agent="tests"):
    return tokens.open_session(
        user=user, api=api, address=address, user_agent=user_agent, awaits_second_factor=awaits_second_factor, at=at
    )
