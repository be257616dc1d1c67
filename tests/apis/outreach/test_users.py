"""Users: who has an account, and who is on the team."""

import pytest

from tests.factories import LeadFactory, UserFactory

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
