"""Who may do what: the table, tried on every operation."""

import json

import pytest
from django.apps import apps
from django.db import transaction

from tests.apis.routes import World, operations, send
from tests.conftest import client
from tests.databases import with_rows
from tests.factories import LeadFactory, RoleFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ANYBODY, MEMBERS, ADMINS = "anybody", "members", "admins"
# Of those who are signed in; nobody else may do anything but sign in.
ACCESS = {
    "POST /auth/login": ANYBODY,
    "POST /auth/logout": ANYBODY,
    "GET /users": ADMINS,
    "POST /users": ADMINS,
    "PATCH /users/{user_id}": ADMINS,
    "GET /users/{user_id}/load": MEMBERS,
    "GET /companies": MEMBERS,
    "POST /companies": MEMBERS,
    "GET /companies/{company_id}": MEMBERS,
    "PATCH /companies/{company_id}": MEMBERS,
    "GET /companies/{company_id}/activity": MEMBERS,
    "GET /internships": MEMBERS,
    "POST /internships": MEMBERS,
    "GET /internships/{internship_id}": MEMBERS,
    "PATCH /internships/{internship_id}": MEMBERS,
    "DELETE /internships/{internship_id}": ADMINS,
    "PATCH /internships/{internship_id}/status": MEMBERS,
    "POST /internships/{internship_id}/convert": MEMBERS,
    "GET /internships/{internship_id}/remarks": MEMBERS,
    "POST /internships/{internship_id}/remarks": MEMBERS,
    "GET /internships/{internship_id}/followups": MEMBERS,
    "POST /internships/{internship_id}/followups": MEMBERS,
    "GET /internships/{internship_id}/activity": MEMBERS,
    "POST /internships/bulk/assign": MEMBERS,
    "POST /internships/bulk/status": MEMBERS,
    "POST /internships/bulk/export": MEMBERS,
    "POST /internships/bulk/outreach": MEMBERS,
    "GET /internships/bulk/outreach/{task_id}": MEMBERS,
    "POST /internships/bulk/outreach/{task_id}/cancel": MEMBERS,
    "POST /fetch/run": MEMBERS,
    "GET /fetch/status/{session_id}": MEMBERS,
    "POST /fetch/cancel/{session_id}": MEMBERS,
    "GET /fetch/sources": MEMBERS,
    "PATCH /fetch/sources/{source_id}": ADMINS,
    "PATCH /followups/{followup_id}": MEMBERS,
    "PATCH /followups/{followup_id}/complete": MEMBERS,
    "POST /followups/calendar": MEMBERS,
    "DELETE /followups/calendar": MEMBERS,
    "GET /notifications": MEMBERS,
    "PATCH /notifications/{notification_id}/read": MEMBERS,
    "GET /analytics/dashboard": MEMBERS,
    "GET /analytics/fetch-summary": MEMBERS,
    "POST /ai/outreach/generate": MEMBERS,
    "POST /ai/outreach/save": MEMBERS,
    "PATCH /ai/outreach/messages/{message_id}/sent": MEMBERS,
}


def called(operation):
    return f"{operation.method} {operation.path.removeprefix('/outreach')}"


OPERATIONS = [pytest.param(one, id=called(one)) for one in operations("outreach")]
CLOSED = [pytest.param(one, id=called(one)) for one in operations("outreach") if ACCESS.get(called(one)) != ANYBODY]


def test_the_table_names_every_operation_and_no_other():
    assert {called(one) for one in operations("outreach")} == ACCESS.keys()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, and taken back in the end; its owner is an admin of the desk."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(UserFactory())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def as_dora(world):
    return client(world.owner)


@pytest.fixture(scope="module")
def cleo(world):
    return RoleFactory(user=UserFactory()).user


@pytest.fixture(scope="module")
def as_cleo(cleo):
    return client(cleo)


@pytest.fixture(scope="module")
def ada(world):
    return UserFactory()


@pytest.fixture(scope="module")
def as_ada(ada):
    return client(ada)


def tables():
    """All rows of the desk and of accounts, to see whether anything changes."""
    names = ("accounts", "board", "companies", "ingestion", "notifications", "outreach", "jobs")
    models = [model for name in names for model in apps.get_app_config(name).get_models()]
    filled = with_rows(model._meta.db_table for model in models)
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in models
        if model._meta.db_table in filled
    }


def undone(client, operation, path, body):
    with transaction.atomic():
        answered = send(client, operation, path, body)
        transaction.set_rollback(True)
    return answered


@pytest.mark.parametrize("operation", CLOSED)
def test_whoever_is_not_on_the_team_may_do_nothing_and_learns_nothing(anonymous, as_ada, world, operation):
    before = tables()
    body = world.body(operation) if operation.body else None
    nonsense = {name: {"an": "object"} for name in (operation.body or {}).get("properties", {})}
    nowhere = world.path(operation, instead="999999")

    for path in {world.path(operation), nowhere}:
        for asked in (body, nonsense, b"{"):
            assert send(anonymous, operation, path, asked).status_code == 401
            answered = send(as_ada, operation, path, asked)
            assert answered.status_code == 403
            assert answered.json() == {"detail": "You are not on the placement team."}
    assert tables() == before


@pytest.mark.parametrize("operation", CLOSED)
def test_members_and_admins_may_do_what_the_table_says(as_cleo, as_dora, cleo, world, operation):
    body = world.body(operation) if operation.body else None
    may = ACCESS[called(operation)]

    of_member, of_admin = (undone(client, operation, world.path(operation), body) for client in (as_cleo, as_dora))

    if may == ADMINS:
        assert of_member.status_code == 403
        assert of_member.json() == {"detail": "Only an admin of the placement team may do this."}
        assert undone(as_cleo, operation, world.path(operation, instead="x"), b"{").status_code == 403
    # What is one's own is one's own, of admins too.
    elif "notification_id" in operation.path:
        assert of_member.status_code == 404
    else:
        assert of_member.status_code < 300
    assert of_admin.status_code not in {401, 403}


@pytest.mark.parametrize("operation", CLOSED)
def test_whoever_leaves_the_team_may_do_nothing_from_that_moment(signed_in, ada, world, operation):
    role = RoleFactory(user=ada, role="admin")
    was_in = signed_in(ada)
    role.delete()

    assert undone(was_in, operation, world.path(operation), b"{").status_code == 403


def test_ids_of_others_in_a_body_are_refused_by_the_name_of_the_field(as_dora, dora, ada, world):
    lead, elsewhere = world.desk["internships"], LeadFactory()
    followup = world.desk["followups"]
    before = tables()

    for method, path, body, name in (
        ("PATCH", f"/internships/{lead.pk}", {"assigned_to": ada.pk}, "assigned_to"),
        ("PATCH", f"/internships/{lead.pk}", {"assigned_to": 999999}, "assigned_to"),
        ("POST", "/internships", {"title": "x", "company": "y", "assigned_to": ada.pk}, "assigned_to"),
        ("POST", "/internships", {"title": "x", "company_id": 999999}, "company_id"),
        ("POST", f"/internships/{lead.pk}/followups", {"due_date": "2026-03-02", "assigned_to": ada.pk}, "assigned_to"),
        ("PATCH", f"/followups/{followup.pk}", {"assigned_to": ada.pk}, "assigned_to"),
        ("POST", "/internships/bulk/assign", {"internship_ids": [lead.pk], "user_id": ada.pk}, "user_id"),
        ("POST", "/ai/outreach/save", {"internship_id": 999999, "message": "x"}, "internship_id"),
        (
            "POST",
            "/ai/outreach/save",
            {"internship_id": lead.pk, "company_id": elsewhere.posting.employer_id, "message": "x"},
            "company_id",
        ),
        ("POST", "/ai/outreach/generate", {"company_id": 999999}, "company_id"),
    ):
        answered = as_dora.generic(method, f"/outreach{path}", json.dumps(body), "application/json")
        assert (answered.status_code, answered.json()["detail"][0]["loc"]) == (422, ["body", name]), path
    assert tables() == before
