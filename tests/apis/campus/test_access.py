"""Who may do what on campus: the table, tried on every operation (see `tests.apis.campus.table`)."""

import re

import pytest
from django.apps import apps
from django.db import transaction

from tests.apis.campus.errors import error
from tests.apis.campus.table import OPERATIONS
from tests.apis.routes import operations
from tests.databases import with_rows

pytestmark = [pytest.mark.django_db]

CODES = {400: "validation_error", 401: "not_authenticated", 403: "forbidden", 404: "not_found", 409: "conflict"}


def called(operation):
    return f"{operation.method} {operation.path.removeprefix('/campus')}"


def test_the_table_names_every_operation_and_no_other():
    assert {called(one) for one in operations("campus")} == OPERATIONS.keys()


def places(path):
    """Return the parameters of a path, each with what stands before it."""
    return re.findall(r"([\w-]+)/{(\w+)}", path)


def whole(name, ids, elsewhere=()):
    """Return method and path of an operation. :param elsewhere: the parameters that name another row of their kind"""
    method, path = name.split(" ")
    for before, place in places(path):
        pair = ids.get(f"{before}/{place}") or ids[place]
        path = path.replace(f"{{{place}}}", str(pair.elsewhere if place in elsewhere else pair.here))
    return method, f"/campus{path}"


def undone(as_somebody, method, path, body, headers=()):
    said = dict(headers)
    kind = said.pop("Content-Type", "application/json")
    with transaction.atomic():
        sent = () if method == "GET" else (_json(body), kind)
        answered = as_somebody.generic(method, path, *sent, headers=said)
        transaction.set_rollback(True)
    return answered


def _json(body):
    import json

    return json.dumps(body)


def tables():
    """All rows there are, to see whether anything changes."""
    models = [model for model in apps.get_models() if model._meta.app_label not in {"tokens", "sessions"}]
    filled = with_rows(model._meta.db_table for model in models)
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in models
        if model._meta.db_table in filled
    }


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_of_the_cast_is_answered_as_the_table_says(clients, ids, name):
    row = OPERATIONS[name]
    before = tables()

    for who, status in row.statuses().items():
        answered = undone(clients[who], *whole(name, ids), row.sent(ids), row.headers)
        assert answered.status_code == status, (who, answered.content)
        if status >= 400:
            # No field is named to whom may not do it at all.
            error(answered, status, CODES[status], *answered.json()["error"].get("fields", {}))
            assert status == 400 or "fields" not in answered.json()["error"], who
    assert tables() == before


# What is named by a word is there under any parent, or can be made there.
SEVERAL = [name for name in OPERATIONS if len(places(name)) > 1 and places(name)[-1][1] != "lang"]


@pytest.mark.parametrize("name", SEVERAL)
def test_what_is_not_under_this_parent_is_not_found(clients, ids, name):
    before = tables()
    *parents, _ = places(name)

    for _, parent in parents:
        for who in ("owner", "admin"):
            row = OPERATIONS[name]
            answered = undone(clients[who], *whole(name, ids, elsewhere=(parent,)), row.sent(ids), row.headers)
            assert answered.status_code in {403, 404}, (parent, who, answered.content)
            assert answered.status_code == 404 or parent == "user_id"
    assert tables() == before


@pytest.mark.parametrize("name", [name for name in OPERATIONS if places(name)])
def test_an_id_that_names_nothing_is_not_found(clients, ids, name):
    _, last = places(name)[-1]
    for key in ("x", "0", "-1", "9" * 31, "99999999"):
        method, path = name.split(" ")
        path = path.replace(f"{{{last}}}", key)
        _, path = whole(f"{method} {path}", ids)
        row = OPERATIONS[name]
        answered = undone(clients["admin"], method, path, row.sent(ids), row.headers)
        assert answered.status_code == 404, (key, answered.content)


@pytest.mark.parametrize("name", [name for name, row in OPERATIONS.items() if row.foreign])
def test_a_body_that_names_what_is_anothers_changes_nothing(clients, ids, name):
    before = tables()

    for foreign in OPERATIONS[name].foreign:
        for who in ("owner", "admin"):
            method, path = whole(name, ids)
            answered = clients[who].generic(method, path, _json(foreign(ids)), "application/json")
            assert answered.status_code in {400, 403, 404}, (who, foreign(ids), answered.content)
    assert tables() == before
