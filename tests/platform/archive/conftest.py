from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from onward.platform.archive import making

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def silent(stage: str, done: int, total: int) -> None:
    pass


@pytest.fixture
def backed_up(tmp_path):
    """Make an archive; gives its path."""

    def make(name: str = "onward.tar", *, secret_key: str = "", progress=silent) -> Path:
        making.back_up(tmp_path / name, secret_key=secret_key, at=AT, progress=progress)
        return tmp_path / name

    return make


@pytest.fixture
def another_server(tmp_path, settings, transactional_db):
    """Let the test go on, in a block, on a server of its own on which there is nothing: ``with another_server(): …``."""

    @contextmanager
    def server() -> Iterator[None]:
        before, media, folder = connection.settings_dict["NAME"], settings.MEDIA_ROOT, settings.DATA_DIR
        name = str(tmp_path / "another.sqlite3") if connection.vendor == "sqlite" else f"{before}_another"
        settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "another", tmp_path
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            settings.MEDIA_ROOT, settings.DATA_DIR = media, folder
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET statement_timeout = 0")
                    cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
                connection.close()

    return server
