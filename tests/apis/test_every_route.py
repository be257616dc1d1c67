"""What holds at every operation of every API, tried at each of them."""

import json
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from tests.apis.routes import Operation, World, every, everything_of, send, wrong
from tests.conftest import client
from tests.factories import UserFactory
from tests.poison import POISON

pytestmark = pytest.mark.django_db

# What ends the session or answers with an attachment, a link or a code that is new each time, is tried by its own tests.
ENDS = ("/auth/", "/2fa/", "/users/me")
# Takes a form with a file, which is looked at first.
FORMS = ("/upload/resumes/{resume_id}",)
# Needs a provider elsewhere, and writes down who has been sent there.
ELSEWHERE = "/auth/oauth/"
# Is made anew each time, and kept.
TOKEN = "/socket-token"
# Written by a model or sent elsewhere: their own tests say what they do.
COSTLY = ("/generate/", "/analyze/", "/test/", "/ai/outreach/generate", "/content/generate")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once: what a test does to it is taken back after the test, and all of it in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(UserFactory(is_staff=True))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def ada(world):
    return world.owner


@pytest.fixture(scope="module")
def as_ada(ada):
    return client(ada)


@pytest.fixture(scope="module")
def as_ben(world):
    return client(UserFactory())


def undone(client, operation, path, body=None):
    """Ask, and take back whatever it changed."""
    with transaction.atomic():
        answered = send(client, operation, path, body)
        transaction.set_rollback(True)
    return answered


def named(operation: Operation, answered) -> set[str]:
    """Return the fields that a refusal names."""
    said = answered.json()
    if operation.api in {"copilot", "offers", "outreach"}:
        return {str(problem["loc"][1]) for problem in said["detail"] if len(problem["loc"]) > 1}
    return set(said["error"].get("fields", ())) if operation.api == "campus" else set(said)


def ids(operations):
    return [pytest.param(one, id=str(one)) for one in operations]


@pytest.mark.once
@pytest.mark.parametrize("operation", ids(one for one in every() if not any(part in one.path for part in ENDS)))
def test_works_alike_with_and_without_its_last_slash(as_ada, world, operation):
    path, body = world.path(operation).rstrip("/"), world.body(operation) if operation.body else None

    bare, slashed = (undone(as_ada, operation, one, body) for one in (path, f"{path}/"))

    assert bare.status_code == slashed.status_code < 500
    assert bare.status_code not in {301, 302, 307, 308}


@pytest.mark.parametrize("operation", ids(one for one in every(having="id") if one.method == "GET"))
def test_what_is_ones_own_is_there(as_ada, world, operation):
    # The file of a résumé, and the picture of a video, that were made without one are not.
    expected = 404 if operation.path.rstrip("/").endswith(("/file", "/poster")) else 200

    assert send(as_ada, operation, world.path(operation)).status_code == expected


@pytest.mark.parametrize("operation", ids(one for one in every(having="id") if not one.path.endswith(FORMS)))
def test_an_id_that_names_nothing_is_not_found(as_ada, world, operation):
    body = world.body(operation) if operation.body else None

    for key in ("x", "0", "99999999999999999999", "%00", "00000000-0000-0000-0000-000000000000"):
        answered = send(as_ada, operation, world.path(operation, instead=key), body)
        assert answered.status_code == 404, (key, answered.content)


@pytest.mark.once
@pytest.mark.parametrize("operation", ids(one for one in every(having="id") if not one.path.endswith(FORMS)))
def test_an_id_has_one_spelling(as_ada, world, operation):
    body = world.body(operation) if operation.body else None
    before, after = world.path(operation, instead="*").split("*")
    key = world.path(operation).removeprefix(before).removesuffix(after)

    for spelling in (f"+{key}", f"0{key}", f"%20{key}", f"{key}.0") if key.isdigit() else ():
        answered = undone(as_ada, operation, f"{before}{spelling}{after}", body)
        assert answered.status_code == 404, (spelling, answered.content)


@contextmanager
def nothing_written():
    """Have the database refuse every write."""
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = on" if is_sqlite else "SET TRANSACTION READ ONLY")
        try:
            yield
        finally:
            if is_sqlite:
                cursor.execute("PRAGMA query_only = off")
            # On PostgreSQL it ends with the savepoint.
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    "operation",
    ids(one for one in every() if one.method == "GET" and not any(part in one.path for part in (ELSEWHERE, TOKEN))),
)
def test_a_read_goes_on_where_nothing_can_be_written(as_ada, world, operation):
    with nothing_written():
        answered = send(as_ada, operation, world.path(operation))
        if answered.streaming:
            b"".join(answered.streaming_content)

    assert answered.status_code in {200, 404}


# What is public: articles, and open postings.
PUBLIC = ("/help-articles/", "/jobs/feed/")
# People, groups and posts are there to be seen, and to be followed, joined and liked.
FOR_ALL = ("{user_id}", "/groups/{group_id}", "/members", "/join", "/react")


@pytest.mark.parametrize("operation", ids(one for one in every(having="id") if not one.path.endswith(FORMS)))
def test_nobody_reaches_what_is_somebody_elses(as_ben, ada, world, operation):
    before = everything_of(ada)
    body = world.body(operation) if operation.body else None

    answered = send(as_ben, operation, world.path(operation), body)

    is_for_all = operation.api == "offers" and operation.method in {"GET", "POST"} and operation.path.endswith(FOR_ALL)
    if operation.api == "campus":
        # What other members may do is in its table.
        is_for_all = operation.row.statuses()["member"] < 400
    if not is_for_all and not any(part in operation.path for part in PUBLIC):
        assert answered.status_code in {403, 404}, answered.content
    assert everything_of(ada) == before


@pytest.mark.once
@pytest.mark.parametrize(
    "operation", ids(one for one in every(having="body") if not any(p in one.path for p in (*ENDS[:2], "/test/")))
)
def test_what_its_document_does_not_allow_is_refused_by_the_name_of_the_field(as_ada, ada, world, operation):
    before = everything_of(ada)
    path, least = world.path(operation), world.body(operation)

    for name, schema in operation.body["properties"].items():
        # Elsewhere null may say nothing.
        nothing = [None] if operation.api == "tracker" and "type" in schema and not schema.get("nullable") else []
        for value in (*wrong(schema), *nothing):
            if name == "resume_version_id" and value == "neither":
                # It names no résumé, as one that is not there.
                continue
            answered = undone(as_ada, operation, path, {**least, name: value})
            assert answered.status_code in {400, 422}, (name, value, answered.content)
            assert name in named(operation, answered), (name, value, answered.content)
    for name in operation.body.get("required", ()):
        answered = undone(as_ada, operation, path, {n: value for n, value in least.items() if n != name})
        assert name in named(operation, answered)
    assert everything_of(ada) == before


NASTY = [
    "\0",
    "\ud800",
    "\u200b",
    "",
    2**63,
    -(2**31) - 1,
    1e308,
    "9999-12-31T23:59:59-14:00",
    None,
    True,
    [[[]]],
    {"a": 1},
]
ALL = [value for kind in ("strings", "integers", "dates", "datetimes", "uuids") for value in POISON[kind]]


def poisoned():
    """Give each field the nastiest values, and all of them to the first of its kind."""
    seen = set()
    for operation in every(having="body"):
        if any(part in operation.path for part in ("/auth/", *COSTLY)):
            continue
        fields = {}
        for name, schema in operation.body["properties"].items():
            kind = (operation.api, schema.get("type"), schema.get("format"), "enum" in schema)
            fields[name] = NASTY if kind in seen else [*NASTY, *ALL]
            seen.add(kind)
        yield pytest.param(operation, fields, id=str(operation))


@pytest.mark.parametrize(("operation", "fields"), list(poisoned()))
def test_no_value_makes_it_stumble(as_ada, world, operation, fields):
    path, least = world.path(operation), world.body(operation)
    lists = [one.path for one in every() if one.method == "GET" and not one.has_id and one.api == operation.api]
    shows = [one for one in lists if one.rstrip("/") == operation.path.split("{")[0].rstrip("/")]

    for name, values in fields.items():
        with transaction.atomic():
            for value in values:
                assert send(as_ada, operation, path, {**least, name: value}).status_code < 500, (name, value)
            for number in POISON["raw_json_numbers"]:
                document = json.dumps({**least, name: "NUMBER"}).replace('"NUMBER"', number).encode()
                assert send(as_ada, operation, path, document).status_code < 500, (name, number)
            for shown in shows:
                assert as_ada.get(shown).status_code == 200, name
            transaction.set_rollback(True)
    for document in POISON["documents"]:
        assert undone(as_ada, operation, path, document.encode()).status_code < 500, document


@pytest.mark.parametrize(
    "operation", ids(one for one in every() if one.method == "GET" and not one.has_id and ELSEWHERE not in one.path)
)
def test_nothing_in_an_address_makes_it_stumble(as_ada, ada, world, operation):
    lists = ("page", "page_size", "limit", "skip", "search", "ordering", "status", "q", "application_id", "weeks")
    lists += ("query", "location", "job_type", "min_salary", "tech_stack", "sort_by", "date_from", "date_to")

    for name in lists:
        for value in (*POISON["query"].get(name, ()), "x", "-1", "0", "9" * 30, "\0", "\ud800", "'"):
            answered = as_ada.get(operation.path, {name: value.encode("utf-8", "replace").decode()})
            assert answered.status_code < 500, (name, value)
