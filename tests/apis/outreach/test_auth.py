"""Signing in to the outreach desk, and out of it."""

import pytest

from tests.client import Api
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

LOGIN = "/outreach/auth/login"


def test_signing_in_gives_a_token_for_a_day_and_says_who_it_is(anonymous, dora):
    answered = anonymous.post(LOGIN, {"email": "Dora@Example.org", "password": PASSWORD})

    said = answered.json()
    assert (answered.status_code, said["token_type"], said["expires_in"]) == (200, "bearer", 24 * 3600)
    known = {name: said["user"][name] for name in ("id", "email", "name", "role")}
    assert known == {"id": dora.pk, "email": "dora@example.org", "name": "Dora Dimou", "role": "admin"}


def test_whoever_is_not_on_the_team_signs_in_and_has_no_role(anonymous, ada):
    assert anonymous.post(LOGIN, {"email": ada.email, "password": PASSWORD}).json()["user"]["role"] is None


def test_superusers_are_admins_of_the_desk(anonymous, root):
    assert anonymous.post(LOGIN, {"email": root.email, "password": PASSWORD}).json()["user"]["role"] == "admin"


def test_a_wrong_password_and_an_unknown_address_are_refused_alike(anonymous, cleo):
    refused = [
        anonymous.post(LOGIN, {"email": email, "password": "another river"})
        for email in (cleo.email, "nobody@example.org")
    ]

    assert [(one.status_code, one.json()) for one in refused] == [(401, {"detail": "Incorrect email or password"})] * 2


def test_logging_out_ends_the_session(anonymous, cleo):
    token = anonymous.post(LOGIN, {"email": cleo.email, "password": PASSWORD}).json()["access_token"]
    client = Api(access=token)

    assert client.post("/outreach/auth/logout").status_code == 200
    assert client.post("/outreach/auth/logout").status_code == 401


@pytest.mark.once
def test_the_document_and_its_page_are_open_under_both_addresses(anonymous):
    for prefix in ("/outreach", ""):
        assert f"{prefix}/auth/login" in anonymous.get(f"{prefix}/openapi.json").json()["paths"]
        assert f"{prefix}/openapi.json" in anonymous.get(f"{prefix}/docs").content.decode()


def test_the_bare_paths_are_the_desks(anonymous, cleo):
    assert anonymous.post("/auth/login", {"email": cleo.email, "password": PASSWORD}).status_code == 200
