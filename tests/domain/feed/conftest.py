import pytest

from tests.factories import LeadFactory


@pytest.fixture
def make_lead():
    return lambda posting: LeadFactory(posting=posting)
