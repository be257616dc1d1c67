"""The desk's team: `cleo` is a member, `dora` an admin; `ada` and `ben` are outside of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from onward.domain.accounts.models import User
from onward.domain.ingestion.services import sources
from tests.client import Api
from tests.domain.ingestion import servers
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


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Sources on this machine, and no others: ``local.add("greenhouse", posts(3))``."""
    monkeypatch.setattr(sources, "BUILTIN", ())
    with servers.sources() as served:
        yield served
