"""The copilot document, row by row: what each of its operations promises is done and seen here through HTTP.

The rows are the document's, one a line (`promises/contract.tsv`). A row without a promise fails, and so does a promise that
is no row's. What an operation does in every case is told by the tests beside this one, by subject.
"""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.apis.copilot.promises import PROMISES, Documented, accounts, matters, records
from tests.apis.copilot.test_oauth import provider, server

pytestmark = pytest.mark.django_db

__all__ = ["accounts", "matters", "provider", "records", "server"]
CONTRACT = Path(__file__).with_name("promises") / "contract.tsv"
ROWS = [tuple(row.split("\t")) for row in CONTRACT.read_text("utf-8").splitlines()]


@pytest.fixture
def cast(as_ada, as_ben, as_root, anonymous, ada, settings, request):
    clients = {"ada": as_ada, "ben": as_ben, "root": as_root, "nobody": anonymous}
    return SimpleNamespace(
        **{name: Documented(client) for name, client in clients.items()}, settings=settings, request=request, owner=ada
    )


def test_every_row_has_a_promise_and_no_promise_is_without_a_row():
    assert set(PROMISES) == {" ".join(row) for row in ROWS}


@pytest.mark.parametrize("row", [" ".join(row) for row in ROWS])
def test_a_row_does_what_the_document_says(row, cast):
    PROMISES[row](cast)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row[0] in {"GET", "POST", "PATCH", "DELETE"} and "/auth/" not in row[1]]
)
def test_what_is_somebodys_asks_who_it_is(row, cast):
    method, path = row
    if path == "/health":
        return
    path = path.replace("{job_id}", "1").replace("{application_id}", "1").replace("{upload_id}", "1")

    answered = getattr(cast.nobody, method.lower())(path)

    assert (answered.status_code, answered["WWW-Authenticate"]) == (401, "Bearer"), row
    assert set(answered.json()) == {"detail"}
