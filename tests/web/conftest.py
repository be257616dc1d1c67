import pytest

from tests.web.browsers import Browser, signed_in


@pytest.fixture
def browser(db):
    return Browser()


@pytest.fixture
def adas(ada):
    return signed_in(ada)
