"""Section 1 of the campus document: accounts, sign-in and one's own account."""

import pyotp
import pytest

from onward.domain.accounts.models import User
from onward.domain.accounts.services import second_factor
from tests.apis.campus.errors import error
from tests.client import Api
from tests.conftest import client
from tests.factories import PASSWORD, RoleFactory, UserFactory
from tests.mailbox import delivered, token_in
from tests.poison import POISON

pytestmark = pytest.mark.django_db

AUTH = "/campus/api/auth"
USER = f"{AUTH}/user/"
ANOTHER = "another river at dawn 8"
EVE = {"username": "Eve", "email": "Eve@Example.org", "password": PASSWORD}


def log_in(as_nobody, **said):
    return as_nobody.post(f"{AUTH}/login/", {"password": PASSWORD, **said})


def test_registering_signs_in_and_says_who_it_is(anonymous):
    answered = anonymous.post(f"{AUTH}/register/", EVE)

    said = answered.json()
    assert (answered.status_code, said.keys()) == (201, {"user", "access", "refresh"})
    user = User.objects.get()
    assert said["user"] == {
        "id": user.pk,
        "username": "Eve",
        "email": "eve@example.org",
        "first_name": "",
        "last_name": "",
        "is_email_verified": False,
        "roles": [],
        "is_admin": False,
    }
    assert Api(access=said["access"]).get(USER).json() == said["user"]
    assert [mail.to for mail in delivered()] == [["eve@example.org"]]


@pytest.mark.parametrize("missing", EVE)
def test_registering_needs_all_three(anonymous, missing):
    given = {name: value for name, value in EVE.items() if name != missing}

    error(anonymous.post(f"{AUTH}/register/", given), 400, "validation_error", missing)
    error(
        anonymous.post(f"{AUTH}/register/", {**EVE, missing: " "[: missing != "password"]}),
        400,
        "validation_error",
        missing,
    )
    assert not User.objects.exists()


def test_what_is_taken_in_any_case_is_refused_by_its_name(anonymous, ada):
    taken = {**EVE, "username": "ADA", "email": "Ada@Example.org"}

    error(anonymous.post(f"{AUTH}/register/", taken), 400, "validation_error", "username", "email")


def test_a_password_that_is_easily_guessed_is_refused(anonymous):
    error(anonymous.post(f"{AUTH}/register/", {**EVE, "password": "password1"}), 400, "validation_error", "password")


def test_registers_once_of_thirty_at_the_same_moment(together):
    answers = together(
        30, lambda number: Api().post(f"{AUTH}/register/", {**EVE, "email": f"eve{number % 2}@x.example"})
    )

    assert sorted(one.status_code for one in answers) == [201] + [400] * 29
    assert User.objects.count() == 1


def test_signs_in_by_name_or_by_address_in_any_case(anonymous, ada):
    answers = [log_in(anonymous, username="ADA"), log_in(anonymous, email="Ada@Example.org")]
    answers.append(log_in(anonymous, username="ada@example.org"))

    assert [one.status_code for one in answers] == [200, 200, 200]
    assert [one.json()["user"]["id"] for one in answers] == [ada.pk] * 3
    assert answers[0].json().keys() == {"access", "refresh", "user"}


def test_who_looks_like_anothers_address_comes_in_as_themselves_only(anonymous, ada):
    mallory = UserFactory(username="ada@example.org", email="mallory@example.org", password=ANOTHER)

    refused = anonymous.post(f"{AUTH}/login/", {"username": "ada@example.org", "password": ANOTHER})

    error(refused, 401, "not_authenticated")
    assert log_in(anonymous, username="ada@example.org").json()["user"]["id"] == ada.pk
    own = anonymous.post(f"{AUTH}/login/", {"email": "mallory@example.org", "password": ANOTHER})
    assert own.json()["user"]["id"] == mallory.pk


def test_a_username_with_an_at_is_ones_own_address_or_none(anonymous, as_ada, ada):
    for name in (ada.email, "nobody@example.org", "eve@"):
        refused = anonymous.post(f"{AUTH}/register/", {**EVE, "username": name})
        error(refused, 400, "validation_error", "username")
        error(as_ada.put(USER, {"username": name.replace("ada", "ben")}), 400, "validation_error", "username")

    made = anonymous.post(f"{AUTH}/register/", {**EVE, "username": "eve@example.org"})

    assert (made.status_code, made.json()["user"]["username"]) == (201, "eve@example.org")
    assert log_in(anonymous, username="eve@example.org").json()["user"] == made.json()["user"]


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(anonymous, ada):
    wrong = error(log_in(anonymous, username="ada", password="no"), 401, "not_authenticated")
    unknown = error(log_in(anonymous, username="nobody"), 401, "not_authenticated")

    assert wrong == unknown


def test_signing_in_without_saying_who_is_refused(anonymous):
    error(log_in(anonymous), 400, "validation_error", "non_field_errors")
    error(anonymous.post(f"{AUTH}/login/", {"username": "ada"}), 400, "validation_error", "password")


def test_a_second_factor_comes_along_with_the_password(anonymous, ada):
    setup = second_factor.set_up(user_id=ada.pk, at=ada.created_at)
    code = pyotp.TOTP(setup.secret).now()
    second_factor.confirm(user_id=ada.pk, code=code, at=pyotp_now())

    error(log_in(anonymous, username="ada"), 401, "second_factor_required")
    error(log_in(anonymous, username="ada", otp_code="000000"), 401, "not_authenticated")
    assert log_in(anonymous, username="ada", otp_code=setup.backup_codes[0]).status_code == 200


def pyotp_now():
    from django.utils import timezone

    return timezone.now()


def test_refreshing_gives_a_new_pair_and_voids_the_old_one(as_ada, anonymous):
    renewed = anonymous.post(f"{AUTH}/refresh/", {"refresh": as_ada.refresh})

    assert (renewed.status_code, renewed.json().keys()) == (200, {"access", "refresh"})
    assert Api(access=renewed.json()["access"]).get(USER).status_code == 200
    error(anonymous.post(f"{AUTH}/refresh/", {"refresh": "x.y.z"}), 401, "not_authenticated")
    error(anonymous.post(f"{AUTH}/refresh/"), 400, "validation_error", "refresh")


def test_logging_out_ends_the_session_of_the_refresh_token_alone(ada):
    here, there = client(ada), client(ada)

    left = here.post(f"{AUTH}/logout/", {"refresh": there.refresh})

    assert left.status_code == 200
    assert (here.get(USER).status_code, there.get(USER).status_code) == (200, 401)
    error(here.post(f"{AUTH}/logout/"), 400, "validation_error", "refresh")


def test_nobody_logs_another_out(as_ada, as_ben):
    error(as_ada.post(f"{AUTH}/logout/", {"refresh": as_ben.refresh}), 400, "validation_error")

    assert as_ben.get(USER).status_code == 200


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ([("campus", "instructor")], ["instructor"]),
        ([("campus", "moderator"), ("outreach", "member")], ["moderator", "team"]),
        ([], []),
    ],
)
def test_an_account_says_what_its_owner_is(as_ada, ada, roles, shown):
    for area, role in roles:
        RoleFactory(user=ada, area=area, role=role)

    assert as_ada.get(USER).json()["roles"] == shown


def test_an_admin_is_told_so(as_root):
    assert as_root.get(USER).json()["is_admin"] is True


def test_what_is_shown_can_be_put_back_and_changes_nothing(as_ada, ada):
    shown = as_ada.get(USER).json()
    before = User.objects.filter(pk=ada.pk).values().get()

    assert as_ada.put(USER, shown).json() == shown
    assert User.objects.filter(pk=ada.pk).values().get() == before


def test_names_change_and_what_is_absent_stays(as_ada, ada):
    changed = as_ada.put(USER, {"first_name": "  Augusta ", "id": 7, "roles": ["moderator"], "is_admin": True})

    assert changed.status_code == 200
    assert changed.json() == as_ada.get(USER).json()
    ada.refresh_from_db()
    assert (ada.first_name, ada.last_name, ada.is_staff, ada.roles.count()) == ("Augusta", "Ahmed", False, 0)


def test_another_address_counts_at_once_and_both_are_told(as_ada, ada, anonymous):
    changed = as_ada.put(USER, {"email": "New@Example.org"})

    assert (changed.json()["email"], changed.json()["is_email_verified"]) == ("new@example.org", False)
    assert log_in(anonymous, email="new@example.org").status_code == 200
    error(log_in(anonymous, email="ada@example.org"), 401, "not_authenticated")
    sent = {mail.to[0]: mail.subject for mail in delivered()}
    assert sent == {
        "new@example.org": "Verify your email address",
        "ada@example.org": "Your account has another email address",
    }


def test_a_taken_or_broken_address_leaves_everything_as_it_was(as_ada, ada, ben):
    for email in ("BEN@example.org", "no address", ""):
        error(as_ada.put(USER, {"first_name": "X", "email": email}), 400, "validation_error", "email")
    error(as_ada.put(USER, {"first_name": "X", "username": "Ben"}), 400, "validation_error", "username")

    ada.refresh_from_db()
    assert (ada.first_name, ada.email, ada.username, ada.is_email_verified) == ("Ada", "ada@example.org", "ada", True)


def test_another_password_needs_the_one_until_now(as_ada, ada, anonymous):
    for said in ({}, {"current_password": "no"}):
        refused = as_ada.put(USER, {"password": ANOTHER, "first_name": "X", **said})
        error(refused, 400, "validation_error", "current_password")
    error(as_ada.put(USER, {"password": "short", "current_password": PASSWORD}), 400, "validation_error", "password")
    assert log_in(anonymous, username="ada").status_code == 200

    elsewhere = client(ada)
    assert as_ada.put(USER, {"password": ANOTHER, "current_password": PASSWORD}).status_code == 200
    assert (as_ada.get(USER).status_code, elsewhere.get(USER).status_code) == (200, 401)
    error(log_in(anonymous, username="ada"), 401, "not_authenticated")
    assert log_in(anonymous, username="ada", password=ANOTHER).status_code == 200


def test_a_password_that_is_refused_changes_nothing_beside_it(as_ada, ada, ben):
    said = {"password": ANOTHER, "current_password": PASSWORD, "email": "ben@example.org"}

    error(as_ada.put(USER, said), 400, "validation_error", "email")

    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


@pytest.mark.parametrize("name", ["new_password", "password"])
def test_a_password_is_reset_by_a_mailed_link(anonymous, ada, as_ada, name):
    asked = [anonymous.post(f"{AUTH}/password-reset/", {"email": email}) for email in (ada.email, "no@example.org")]
    assert [one.status_code for one in asked] == [200, 200]
    assert asked[0].json() == asked[1].json()
    (mail,) = delivered()
    token = token_in(mail)

    weak = anonymous.post(f"{AUTH}/password-reset/confirm/", {"token": token, name: "password1"})
    error(weak, 400, "validation_error", "new_password")
    chosen = anonymous.post(f"{AUTH}/password-reset/confirm/", {"token": token, name: ANOTHER})
    again = anonymous.post(f"{AUTH}/password-reset/confirm/", {"token": token, name: ANOTHER})

    assert chosen.status_code == 200
    error(again, 400, "validation_error")
    assert as_ada.get(USER).status_code == 401
    assert log_in(anonymous, username="ada", password=ANOTHER).status_code == 200


ENDPOINTS = ("register", "login", "refresh", "password-reset", "password-reset/confirm")


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_no_value_makes_an_open_endpoint_stumble(anonymous, endpoint):
    whole = {**EVE, "token": "x", "new_password": ANOTHER, "refresh": "x"}
    for name in whole:
        for value in (*POISON["strings"], None, 7, [], {}, True):
            answered = anonymous.post(f"{AUTH}/{endpoint}/", {**whole, "username": "u", name: value})
            assert answered.status_code < 500, (name, value)
    for document in POISON["documents"]:
        assert anonymous.post(f"{AUTH}/{endpoint}/", document.encode()).status_code in {400, 401, 200, 201}, document


def test_no_value_makes_ones_own_account_stumble(as_ada):
    for name in ("username", "email", "first_name", "last_name", "password", "current_password"):
        for value in (*POISON["strings"], None, 7, [], {}, True):
            assert as_ada.put(USER, {name: value}).status_code < 500, (name, value)
            assert as_ada.get(USER).status_code == 200
