"""The demo's passwords are known to everybody: a server with its accounts is not opened to others."""

import socket

import pytest

from onward.config.serving import web
from tests.factories import UserFactory


class Ended(Exception):
    """What the process would have said before it ended."""


@pytest.fixture
def ending(monkeypatch):
    def end(sentence: str, code: int) -> None:
        raise Ended(sentence)

    monkeypatch.setattr(web, "_end", end)


@pytest.fixture
def listening():
    with socket.socket() as here, socket.socket() as everywhere:
        here.bind(("127.0.0.1", 0))
        everywhere.bind(("0.0.0.0", 0))
        yield here, everywhere


def test_serves_the_demo_to_this_machine_alone(db, ending, listening):
    here, everywhere = listening
    UserFactory(email="demo@onward.local")

    web._check_accounts(here)
    with pytest.raises(Ended, match="demo accounts"):
        web._check_accounts(everywhere)


def test_serves_everybody_when_there_is_no_demo(db, ending, listening):
    UserFactory()
    UserFactory(email="old@onward.local", is_active=False)

    for listener in listening:
        web._check_accounts(listener)
