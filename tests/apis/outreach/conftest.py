"""The desk's team: `cleo` is a member, `dora` an admin; `ada` and `ben` are outside of it."""

import pytest

from onward.domain.accounts.models import User
from tests.client import Api
from tests.factories import RoleFactory, UserFactory


@pytest.fixture
def cleo(cleo: User) -> User:
    """A member of the desk."""
    RoleFactory(user=cleo)
    return cleo


@pytest.fixture
def dora(db: None) -> User:
    """An admin of the desk, and of nothing else."""
    dora = UserFactory(username="dora", email="dora@example.org", first_name="Dora", last_name="Dimou")
    RoleFactory(user=dora, role="admin")
    return dora


@pytest.fixture
def as_dora(dora: User, signed_in: object) -> Api:
    """A client signed in as the desk's admin."""
    client: Api = signed_in(dora)  # type: ignore[operator]
    return client
