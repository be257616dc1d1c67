"""Users: who has an account, and who is on the team."""

import pytest

from onward.platform.jobs.models import Job
from tests.client import Api
from tests.factories import PASSWORD, LeadFactory, UserFactory

pytestmark = pytest.mark.django_db

USERS = "/outreach/users"


def test_get_users_lists_all_accounts_and_says_who_is_on_the_team(as_dora, dora, cleo, ada, root, queries):
    as_dora.get(USERS)
    with queries() as asked:
        said = as_dora.get(USERS).json()

    assert len(asked) == 2
    assert [(row["email"], row["name"], row["role"]) for row in said["results"]] == [
        ("ada@example.org", "Ada Ahmed", None),
        ("cleo@example.org", "Cleo Costa", "member"),
        ("dora@example.org", "Dora Dimou", "admin"),
        ("root@example.org", "root", "admin"),
    ]


def test_filters_users_by_role_and_searches_names_and_addresses(as_dora, dora, cleo, ada, root):
    UserFactory(username="åke", email="ake@sweden.example")

    def found(**asked):
        return [row["username"] for row in as_dora.get(USERS, asked).json()["results"]]

    assert found(role="member") == ["cleo"]
    assert found(role="admin") == ["dora", "root"]
    assert found(search="COSTA") == ["cleo"]
    assert found(search="sweden") == ["åke"]
    assert found(search="Åke") == ["åke"]
    assert found(ordering="-email")[0] == "root"
    assert as_dora.get(USERS, {"role": "instructor"}).status_code == 422


def test_get_user_load_counts_the_open_internships_of_somebody(as_cleo, cleo, dora):
    for status in ("new", "new", "meeting", "converted", "declined", "dormant"):
        LeadFactory(assigned_to=dora, status=status)
    LeadFactory(assigned_to=cleo)

    assert as_cleo.get(f"{USERS}/{dora.pk}/load").json() == {
        "active_load": 3,
        "by_status": {"new": 2, "researching": 0, "contacted": 0, "replied": 0, "meeting": 1},
    }
    assert as_cleo.get(f"{USERS}/999999/load").status_code == 404


def test_post_user_makes_an_account_on_the_team(as_dora, dora, anonymous):
    answered = as_dora.post(
        USERS, {"email": "Eve@Example.org", "name": "Eve  van Dyke", "role": "member", "password": PASSWORD}
    )

    assert answered.status_code == 201
    told = ("email", "username", "name", "first_name", "last_name", "role", "is_active")
    assert [answered.json()[name] for name in told] == [
        *("eve@example.org", "eve", "Eve van Dyke", "Eve van", "Dyke", "member", True)
    ]
    entered = anonymous.post("/outreach/auth/login", {"email": "eve@example.org", "password": PASSWORD})
    assert entered.json()["user"]["role"] == "member"


def test_whoever_gets_no_password_is_invited_by_mail(as_dora, dora):
    answered = as_dora.post(
        USERS, {"email": "eve@example.org", "first_name": "Eve", "last_name": "Ek", "role": "admin", "username": "eva"}
    )

    assert (answered.status_code, answered.json()["name"], answered.json()["username"]) == (201, "Eve Ek", "eva")
    assert Job.objects.filter(kind="accounts.invite").count() == 1


def test_an_address_or_name_that_somebody_has_is_a_conflict(as_dora, dora, ada):
    body = {"email": "ADA@example.org", "name": "Ada", "role": "member", "password": PASSWORD}

    assert as_dora.post(USERS, body).status_code == 409
    taken = as_dora.post(USERS, {**body, "email": "other@example.org", "username": "Ada"})
    assert taken.status_code == 409
    assert "username" in taken.json()["detail"].lower()


def test_refuses_what_an_account_cannot_be_by_the_name_of_the_field(as_dora, dora):
    least = {"email": "eve@example.org", "name": "Eve", "role": "member"}
    for wrong, name in (
        ({"email": "nowhere"}, "email"),
        ({"name": ""}, "name"),
        ({"role": "instructor"}, "role"),
        ({"role": None}, "role"),
        ({"password": "short"}, "password"),
        ({"name": "x" * 151}, "name"),
    ):
        answered = as_dora.post(USERS, {**least, **wrong})
        assert answered.status_code == 422, (wrong, answered.content)
        assert answered.json()["detail"][0]["loc"] == ["body", name]


def test_patch_user_changes_role_and_name_of_an_account_that_the_desk_made(as_dora, dora):
    made = as_dora.post(USERS, {"email": "eve@example.org", "name": "Eve Ek", "role": "member"}).json()

    answered = as_dora.patch(f"{USERS}/{made['id']}", {"role": "admin", "name": "Eva Berg"})

    said = answered.json()
    assert (said["role"], said["name"], said["last_name"]) == ("admin", "Eva Berg", "Berg")
    assert as_dora.patch(f"{USERS}/{made['id']}", said).json() == said
    assert as_dora.patch(f"{USERS}/{made['id']}", {"role": None}).json()["role"] is None
    assert as_dora.patch(f"{USERS}/999999", {"role": None}).status_code == 404


def test_patch_user_takes_people_from_elsewhere_onto_the_team_and_changes_nothing_else_of_them(as_dora, dora, ada):
    assert as_dora.patch(f"{USERS}/{ada.pk}", {"role": "member"}).json()["role"] == "member"
    assert as_dora.patch(f"{USERS}/{ada.pk}", {"email": "mine@example.org"}).status_code == 403
    assert as_dora.patch(f"{USERS}/{ada.pk}", {"is_active": False}).status_code == 403
    assert as_dora.patch(f"{USERS}/{dora.pk}", {"role": "member"}).status_code == 409


def test_whoever_is_switched_off_is_signed_out(as_dora, dora, anonymous):
    made = as_dora.post(
        USERS, {"email": "eve@example.org", "name": "Eve", "role": "member", "password": PASSWORD}
    ).json()
    login = {"email": "eve@example.org", "password": PASSWORD}
    eve = Api(access=anonymous.post("/outreach/auth/login", login).json()["access_token"])
    assert eve.get("/outreach/internships").status_code == 200

    assert as_dora.patch(f"{USERS}/{made['id']}", {"is_active": False}).json()["is_active"] is False

    assert eve.get("/outreach/internships").status_code == 401
    assert anonymous.post("/outreach/auth/login", login).status_code == 401


def test_whoever_leaves_gives_up_their_open_internships_and_keeps_what_is_over(as_dora, dora):
    made = as_dora.post(USERS, {"email": "eve@example.org", "name": "Eve", "role": "member"}).json()
    for status in ("new", "meeting", "converted"):
        LeadFactory(assigned_to_id=made["id"], status=status)

    as_dora.patch(f"{USERS}/{made['id']}", {"is_active": False})

    left = as_dora.get("/outreach/internships", {"assigned_to": "none"}).json()["results"]
    kept = as_dora.get("/outreach/internships", {"assigned_to": made["id"]}).json()["results"]
    assert ({one["status"] for one in left}, {one["status"] for one in kept}) == ({"new", "meeting"}, {"converted"})
