"""Registration, sign-in and one's own account as the copilot document has them."""

import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.db import transaction

from onward.domain.accounts.models import Identity, SecondFactor, User
from onward.domain.accounts.providers import GOOGLE_ISSUER
from onward.domain.accounts.services import second_factor
from onward.platform.tokens.signing import read_access
from tests import poison
from tests.client import Api
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

AUTH = "/copilot/api/v1/auth"
ME = f"{AUTH}/me"
GRACE = {"username": "grace", "email": "Grace@Example.com", "password": "six1234"}
NOTHING_SAID = {
    "skills": [],
    "preferred_locations": [],
    "experience_level": None,
    "daily_application_goal": 10,
    "is_admin": False,
    "prefer_remote_jobs": False,
    "oauth_provider": None,
    "oauth_id": None,
    "profile_picture_url": None,
    "desired_title": None,
    "desired_salary_min": None,
    "desired_salary_max": None,
    "excluded_companies": [],
}


def register(client, **changes):
    return client.post(f"{AUTH}/register", {**GRACE, "password": "a quiet river", **changes})


def log_in(client, **said):
    return client.post(f"{AUTH}/login", {"password": PASSWORD, **said})


def wrong_fields(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"] for problem in answered.json()["detail"]]


def test_registering_signs_in_for_a_day_and_says_who_it_is(anonymous):
    answered = register(anonymous)

    said = answered.json()
    assert (answered.status_code, list(said)) == (201, ["access_token", "token_type", "user"])
    user = User.objects.get()
    moment = user.created_at.isoformat().replace("+00:00", "Z")
    assert said["token_type"] == "bearer"
    assert said["user"] == {
        "id": user.pk,
        "username": "grace",
        "email": "grace@example.com",
        **NOTHING_SAID,
        "timezone": "UTC",
        "created_at": moment,
        "updated_at": moment,
    }
    expires = datetime.fromtimestamp(read_access(said["access_token"], at=datetime.now(UTC)).expires, UTC)
    assert timedelta(hours=23, minutes=59) < expires - datetime.now(UTC) <= timedelta(hours=24)
    assert Api(access=said["access_token"]).get(ME).json() == said["user"]


def test_a_name_or_an_address_is_given_once(anonymous, ada):
    taken = [register(anonymous, email="ADA@example.org"), register(anonymous, username="Ada")]

    assert [(one.status_code, one.json()["detail"]) for one in taken] == [
        (400, "Email already registered"),
        (400, "Username already registered"),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "ab"),
        ("username", "x" * 51),
        ("username", "grace@home"),
        ("username", None),
        ("email", "nowhere"),
        ("password", "1234567"),
        ("password", 12345678),
    ],
)
def test_what_cannot_be_registered_is_named(anonymous, field, value):
    assert wrong_fields(register(anonymous, **{field: value})) == [["body", field]]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "said", [{"username": "ADA"}, {"username": " ada "}, {"email": "Ada@example.org"}, {"username": "ada@example.org"}]
)
def test_people_sign_in_by_their_username_or_their_address(anonymous, ada, said):
    answered = log_in(anonymous, **said)

    assert (answered.status_code, answered.json()["user"]["id"]) == (200, ada.pk)


def test_what_holds_an_at_sign_is_nobodys_username(anonymous, ada, ben):
    User.objects.filter(pk=ben.pk).update(username=ada.email, username_key=ada.email)
    ben.set_password("bens own password")
    ben.save(update_fields=["password"])

    assert log_in(anonymous, username=ada.email, password="bens own password").status_code == 401
    assert log_in(anonymous, username=ada.email).json()["user"]["id"] == ada.pk


@pytest.mark.parametrize(
    "said", [{"username": "ada"}, {"email": "ada@example.org"}, {"username": "nobody"}, {"email": "nobody@example.org"}]
)
def test_an_unknown_name_is_refused_as_a_wrong_password_is(anonymous, ada, said):
    answered = log_in(anonymous, **said, password="another river")

    assert (answered.status_code, answered["WWW-Authenticate"]) == (401, "Bearer")
    assert answered.json() == {"detail": "Incorrect username, email or password"}


def test_signing_in_without_a_name_or_a_password_says_what_is_missing(anonymous):
    assert wrong_fields(anonymous.post(f"{AUTH}/login", {"password": PASSWORD})) == [["body"]]
    assert wrong_fields(anonymous.post(f"{AUTH}/login", {"username": "ada"})) == [["body", "password"]]


def test_guesses_at_a_name_and_at_its_address_are_counted_together(anonymous, ada):
    for number in range(20):
        said = {"username": "ada"} if number % 2 else {"email": ada.email}
        assert log_in(anonymous, **said, password="another river").status_code == 401

    assert log_in(anonymous, username="ada").status_code == 429


def test_sign_ins_are_counted_by_the_name_that_is_tried(anonymous, ada, ben, throttled):
    throttled.THROTTLE_ANON = (1, 60)

    assert log_in(anonymous, username="ada").status_code == 200
    assert log_in(anonymous, username="ada").status_code == 429
    assert log_in(anonymous, username="ben").status_code == 200


def test_a_second_factor_is_asked_for(anonymous, ada):
    made = second_factor.set_up(user_id=ada.pk, at=datetime.now(UTC))
    second_factor.confirm(user_id=ada.pk, code=pyotp.TOTP(made.secret).now(), at=datetime.now(UTC))
    SecondFactor.objects.update(last_step=0)

    refused = [log_in(anonymous, username="ada"), log_in(anonymous, username="ada", otp_code="000000")]
    opened = log_in(anonymous, username="ada", otp_code=pyotp.TOTP(made.secret).at(int(time.time())))

    assert [(one.status_code, one.json()["detail"]) for one in refused] == [
        (401, "Two-factor authentication is on for this account: otp_code is needed"),
        (401, "Incorrect otp_code"),
    ]
    assert opened.status_code == 200


def test_logging_out_ends_the_session(anonymous, ada):
    client = Api(access=log_in(anonymous, username="ada").json()["access_token"])

    assert client.post(f"{AUTH}/logout").json() == {"message": "Logged out"}
    assert client.get(ME).status_code == 401


def test_nobody_is_told_so_with_what_is_asked_of_them(anonymous):
    for client in (anonymous, Api(access="x.y.z")):
        answered = client.get(ME)
        assert (answered.status_code, answered.json()) == (401, {"detail": "Not authenticated"})
        assert answered["WWW-Authenticate"] == "Bearer"


def test_admins_are_the_servers_staff(as_root, as_ada):
    assert as_root.get(ME).json()["is_admin"] is True
    assert as_ada.get(ME).json()["is_admin"] is False


def test_an_account_says_where_else_its_owner_comes_in_from(as_ada, ada):
    Identity.objects.create(user=ada, issuer=GOOGLE_ISSUER, subject="1084", email=ada.email)
    Identity.objects.create(user=ada, issuer="https://id.example.org", subject="ada", email=ada.email)

    shown = as_ada.get(ME).json()

    assert (shown["oauth_provider"], shown["oauth_id"]) == ("google", "1084")


# Changing oneself

CHANGES = {
    "username": "ada.l",
    "skills": ["Python", "SQL"],
    "preferred_locations": ["Berlin", "Remote"],
    "experience_level": "senior",
    "daily_application_goal": 3,
    "prefer_remote_jobs": True,
    "profile_picture_url": "https://example.org/ada.png",
    "desired_title": "Data engineer",
    "desired_salary_min": 60000,
    "desired_salary_max": 80000,
    "excluded_companies": ["Initech"],
    "timezone": "Europe/Berlin",
}


def test_what_an_account_says_is_changed_and_shown_everywhere(as_ada, ada):
    answered = as_ada.patch(ME, CHANGES)

    assert answered.status_code == 200
    assert {name: answered.json()[name] for name in CHANGES} == CHANGES
    shown = as_ada.get("/tracker/api/v1/auth/profile/").json()
    assert [shown["desired_role"], shown["desired_salary_max"], shown["preferred_work_type"]] == [
        "Data engineer",
        80000,
        "remote",
    ]


def test_what_is_left_out_stays_and_null_clears_what_may_be_empty(as_ada):
    as_ada.patch(ME, CHANGES)

    cleared = dict.fromkeys(("experience_level", "profile_picture_url", "desired_title", "desired_salary_min"))
    answered = as_ada.patch(ME, cleared).json()

    assert {name: answered[name] for name in CHANGES} == {**CHANGES, **cleared}


def test_what_comes_back_as_it_was_shown_changes_nothing(as_ada, ada):
    User.objects.filter(pk=ada.pk).update(preferred_work_type="hybrid", username="a@b", username_key="a@b")
    shown = as_ada.get(ME).json()

    assert as_ada.patch(ME, shown).json() == shown
    ada.refresh_from_db()
    assert (ada.preferred_work_type, ada.username) == ("hybrid", "a@b")


def test_a_name_in_a_list_stands_there_once(as_ada):
    answered = as_ada.patch(ME, {"skills": ["Python", " python ", "SQL"], "excluded_companies": []})

    assert answered.json()["skills"] == ["Python", "SQL"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("skills", "Python"),
        ("skills", [1]),
        ("skills", [""]),
        ("skills", None),
        ("excluded_companies", ["x"] * 201),
        ("experience_level", "guru"),
        ("daily_application_goal", -1),
        ("daily_application_goal", True),
        ("prefer_remote_jobs", None),
        ("desired_salary_min", 2**31),
        ("profile_picture_url", "javascript:alert(1)"),
        ("username", None),
        ("timezone", "Mars/Olympus"),
    ],
)
def test_a_change_that_cannot_be_is_named_and_nothing_changes(as_ada, field, value):
    before = as_ada.get(ME).json()

    answered = as_ada.patch(ME, {"desired_title": "Baker", field: value})

    assert [loc[:2] for loc in wrong_fields(answered)] == [["body", field]]
    assert as_ada.get(ME).json() == before


def test_a_username_that_somebody_has_is_refused(as_ada, ben):
    answered = as_ada.patch(ME, {"username": "Ben"})

    assert wrong_fields(answered) == [["body", "username"]]


def test_no_value_makes_it_stumble(as_ada, anonymous):
    for value in poison.values():
        for field in CHANGES:
            for sent in (value, [value]):
                assert as_ada.patch(ME, {field: sent}).status_code in {200, 400, 422}, (field, sent)
        for field in ("username", "email"):
            answered = anonymous.post(f"{AUTH}/login", {"password": "a quiet river", field: value})
            assert answered.status_code in {400, 401, 422, 429}, (field, value)
        for field in ("code", "otp_code"):
            answered = anonymous.post(f"{AUTH}/oauth/token", {"code": "x", field: value})
            assert answered.status_code in {400, 422}, (field, value)
        if isinstance(value, str):
            said = {"return_to": value.encode("utf-8", "replace").decode()}
            assert anonymous.get(f"{AUTH}/oauth/google/login", said).status_code in {422, 503}, value
    assert as_ada.get(ME).status_code == 200


def test_no_account_comes_of_what_cannot_be_kept(anonymous):
    for value in poison.values():
        for field in GRACE:
            with transaction.atomic():
                answered = register(anonymous, **{field: value})
                assert answered.status_code in {201, 400, 422}, (field, value)
                transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"desired_salary_min": 5, "desired_salary_max": 3}, "desired_salary_min"),
        ({"desired_salary_max": 3}, "desired_salary_max"),
        ({"desired_salary_min": "50000"}, "desired_salary_min"),
        ({"daily_application_goal": "3"}, "daily_application_goal"),
    ],
)
def test_numbers_that_cannot_be_are_named_and_nothing_is_changed(as_ada, body, field):
    as_ada.patch(ME, {"desired_salary_min": 4})

    assert wrong_fields(as_ada.patch(ME, {"skills": ["Rust"], **body})) == [["body", field]]
    said = as_ada.get(ME).json()
    assert (said["desired_salary_min"], said["desired_salary_max"], said["skills"]) == (4, None, [])
