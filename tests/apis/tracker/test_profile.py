"""The profile and the password: section 2 of the tracker's document and the notes on it."""

import pytest

from onward.domain.accounts.models import User
from tests.apis.tracker.test_auth import AUTH, PROFILE_KEYS, log_in
from tests.factories import PASSWORD
from tests.mailbox import delivered

NEW = "NewSecurePass123!"
DOCUMENTED = {
    "email": "user@example.com",
    "username": "johndoe",
    "first_name": "John",
    "last_name": "Doe",
    "phone": "+1234567890",
    "linkedin_url": "https://linkedin.com/in/johndoe",
    "portfolio_url": "https://johndoe.dev",
    "github_url": "https://github.com/johndoe",
    "desired_role": "Full Stack Developer",
    "desired_salary_min": 80000,
    "desired_salary_max": 120000,
    "preferred_work_type": "remote",
    "is_email_verified": True,
}


def test_the_profile_has_the_documented_fields_in_their_order(as_ada):
    answer = as_ada.get(f"{AUTH}/profile/")

    assert answer.status_code == 200
    assert list(answer.json()) == PROFILE_KEYS
    assert answer.json()["email"] == "ada@example.org"


def test_reading_the_profile_asks_the_database_twice(as_ada, queries):
    as_ada.get(f"{AUTH}/profile/")

    with queries() as asked:
        as_ada.get(f"{AUTH}/profile/")

    assert len(asked) == 2


@pytest.mark.parametrize("method", ["put", "patch"])
def test_the_documented_body_is_stored(as_ada, method):
    answer = getattr(as_ada, method)(f"{AUTH}/profile/", {**DOCUMENTED, "id": 99, "created_at": "2020-01-01T00:00:00Z"})

    assert answer.status_code == 200
    body = answer.json()
    expected = {**DOCUMENTED, "email": "ada@example.org", "id": as_ada.user.pk}
    assert {name: body[name] for name in expected} == expected
    assert body["created_at"] != "2020-01-01T00:00:00Z"
    assert body["updated_at"] > body["created_at"]
    assert as_ada.get(f"{AUTH}/profile/").json() == body


def test_patch_leaves_what_is_not_given(as_ada):
    as_ada.put(f"{AUTH}/profile/", DOCUMENTED)

    as_ada.patch(f"{AUTH}/profile/", {"desired_role": "Staff Engineer"})

    body = as_ada.get(f"{AUTH}/profile/").json()
    assert body["desired_role"] == "Staff Engineer"
    assert body["phone"] == "+1234567890"
    assert body["username"] == "johndoe"


def test_put_needs_the_username_and_leaves_what_may_be_left_out(as_ada):
    as_ada.put(f"{AUTH}/profile/", DOCUMENTED)

    assert as_ada.put(f"{AUTH}/profile/", {"first_name": "A"}).json() == {"username": ["This field is required."]}
    assert as_ada.put(f"{AUTH}/profile/", {"username": "ada2"}).json()["phone"] == "+1234567890"


def test_empty_text_clears_and_null_clears_a_salary(as_ada):
    as_ada.put(f"{AUTH}/profile/", DOCUMENTED)

    body = as_ada.patch(
        f"{AUTH}/profile/", {"phone": "", "github_url": "", "desired_salary_min": None, "desired_salary_max": None}
    ).json()

    assert (body["phone"], body["github_url"]) == ("", "")
    assert (body["desired_salary_min"], body["desired_salary_max"]) == (None, None)


@pytest.mark.parametrize("field", ["username", "phone", "first_name", "linkedin_url", "preferred_work_type"])
def test_null_is_no_text(as_ada, field):
    answer = as_ada.patch(f"{AUTH}/profile/", {field: None})

    assert answer.status_code == 400
    assert answer.json() == {field: ["This field may not be null."]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("linkedin_url", "javascript:alert(1)"),
        ("portfolio_url", "ftp://example.org/x"),
        ("github_url", "not a url"),
        ("github_url", "https://" + "x" * 500 + ".org"),
        ("phone", "1" * 31),
        ("desired_role", "x" * 201),
        ("desired_salary_min", -1),
        ("desired_salary_max", 2147483648),
        ("desired_salary_min", "lots"),
        ("preferred_work_type", "moon"),
        ("username", ""),
        ("username", "two words"),
    ],
)
def test_what_cannot_be_accepted_is_named_and_nothing_is_saved(as_ada, field, value):
    answer = as_ada.patch(f"{AUTH}/profile/", {"first_name": "Changed", field: value})

    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert as_ada.get(f"{AUTH}/profile/").json()["first_name"] == "Ada"


def test_a_minimum_above_the_maximum_is_refused_also_one_at_a_time(as_ada):
    both = as_ada.patch(f"{AUTH}/profile/", {"desired_salary_min": 2, "desired_salary_max": 1})
    as_ada.patch(f"{AUTH}/profile/", {"desired_salary_max": 100})
    one = as_ada.patch(f"{AUTH}/profile/", {"desired_salary_min": 101})

    for answer in (both, one):
        assert answer.status_code == 400
        assert list(answer.json()) == ["non_field_errors"]


def test_a_username_that_somebody_has_is_refused_whatever_its_case(as_ada, ben):
    answer = as_ada.patch(f"{AUTH}/profile/", {"username": "BEN"})

    assert answer.status_code == 400
    assert answer.json() == {"username": ["A user with that username already exists."]}


def test_ones_own_username_may_change_its_case(as_ada):
    assert as_ada.patch(f"{AUTH}/profile/", {"username": "Ada"}).json()["username"] == "Ada"


def test_nobody_promotes_themselves_or_changes_their_email(as_ada):
    as_ada.patch(
        f"{AUTH}/profile/",
        {"is_staff": True, "is_superuser": True, "email": "x@example.org", "is_email_verified": False, "password": "x"},
    )

    user = User.objects.get(pk=as_ada.user.pk)
    assert (user.is_staff, user.is_superuser, user.email) == (False, False, "ada@example.org")
    assert user.is_email_verified
    assert user.password == as_ada.user.password


@pytest.mark.parametrize("method", ["put", "patch"])
def test_changing_the_password_answers_as_documented(as_ada, anonymous, method):
    answer = getattr(as_ada, method)(f"{AUTH}/change-password/", {"old_password": PASSWORD, "new_password": NEW})

    assert answer.status_code == 200
    assert answer.json() == {"message": "Password updated successfully."}
    assert log_in(anonymous, "ada@example.org").status_code == 401
    assert log_in(anonymous, "ada@example.org", NEW).status_code == 200


def test_a_changed_password_ends_every_other_session(ada, signed_in):
    here, there = signed_in(ada), signed_in(ada)

    here.put(f"{AUTH}/change-password/", {"old_password": PASSWORD, "new_password": NEW})

    assert here.get(f"{AUTH}/profile/").status_code == 200
    assert here.post(f"{AUTH}/token/refresh/", {"refresh": here.refresh}).status_code == 200
    assert there.get(f"{AUTH}/profile/").status_code == 401
    assert there.post(f"{AUTH}/token/refresh/", {"refresh": there.refresh}).status_code == 401


def test_a_wrong_old_password_is_named(as_ada):
    answer = as_ada.put(f"{AUTH}/change-password/", {"old_password": "wrong", "new_password": NEW})

    assert answer.status_code == 400
    assert answer.json() == {"old_password": ["Wrong password."]}


@pytest.mark.parametrize("weak", ["short", "password123", "8203475610", "ada@example.org"])
def test_a_weak_new_password_is_named(as_ada, weak):
    answer = as_ada.put(f"{AUTH}/change-password/", {"old_password": PASSWORD, "new_password": weak})

    assert answer.status_code == 400
    assert list(answer.json()) == ["new_password"]


def test_the_owner_is_told_of_a_changed_password(as_ada):
    as_ada.put(f"{AUTH}/change-password/", {"old_password": PASSWORD, "new_password": NEW})

    (message,) = delivered()
    assert message.to == ["ada@example.org"]
    assert message.subject == "Your password was changed"


def test_the_profile_needs_a_token(anonymous):
    for method in ("get", "put", "patch"):
        assert getattr(anonymous, method)(f"{AUTH}/profile/").status_code == 401
    assert anonymous.put(f"{AUTH}/change-password/").status_code == 401


def test_a_time_zone_is_set_by_its_name_and_said_in_both_apis(as_ada):
    assert as_ada.patch(f"{AUTH}/profile/", {"timezone": "Asia/Tokyo"}).json()["timezone"] == "Asia/Tokyo"
    assert as_ada.get("/offers/api/v1/users/me").json()["timezone"] == "Asia/Tokyo"
    assert as_ada.put("/offers/api/v1/users/me", {"timezone": "Europe/Berlin"}).json()["timezone"] == "Europe/Berlin"

    refused = as_ada.patch(f"{AUTH}/profile/", {"timezone": "Moon/Tranquility"})

    assert (refused.status_code, list(refused.json())) == (400, ["timezone"])
    assert as_ada.get(f"{AUTH}/profile/").json()["timezone"] == "Europe/Berlin"


def test_a_new_account_takes_the_zone_that_the_server_is_set_to(anonymous, settings):
    settings.NEW_ACCOUNT_TIME_ZONE = "Europe/Berlin"
    new = {"email": "new@example.org", "username": "new", "password": NEW, "password_confirm": NEW}

    assert anonymous.post(f"{AUTH}/register/", new).json()["user"]["timezone"] == "Europe/Berlin"
