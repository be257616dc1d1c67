"""Registration, sign-in and sign-out: section 1 of the tracker's document and the notes on it."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from onward.domain.accounts.models import User
from onward.platform.tokens.models import Session
from tests.client import Api
from tests.factories import PASSWORD, UserFactory

AUTH = "/tracker/api/v1/auth"
JOHN = {
    "email": "user@example.com",
    "username": "johndoe",
    "password": "SecurePass123!",
    "password_confirm": "SecurePass123!",
    "first_name": "John",
    "last_name": "Doe",
}
PROFILE_KEYS = [
    "id",
    "email",
    "username",
    "first_name",
    "last_name",
    "phone",
    "linkedin_url",
    "portfolio_url",
    "github_url",
    "desired_role",
    "desired_salary_min",
    "desired_salary_max",
    "preferred_work_type",
    "timezone",
    "is_email_verified",
    "created_at",
    "updated_at",
]


def log_in(client, email, password=PASSWORD):
    return client.post(f"{AUTH}/login/", {"email": email, "password": password})


def test_registering_answers_as_documented(anonymous):
    answer = anonymous.post(f"{AUTH}/register/", JOHN)

    assert answer.status_code == 201
    body = answer.json()
    assert list(body) == ["user", "tokens", "message"]
    assert list(body["user"]) == PROFILE_KEYS
    user = User.objects.get()
    expected = {
        "id": user.pk,
        "email": "user@example.com",
        "username": "johndoe",
        "first_name": "John",
        "last_name": "Doe",
        "phone": "",
        "linkedin_url": "",
        "portfolio_url": "",
        "github_url": "",
        "desired_role": "",
        "desired_salary_min": None,
        "desired_salary_max": None,
        "preferred_work_type": "any",
        "timezone": "UTC",
        "is_email_verified": False,
    }
    assert {name: body["user"][name] for name in expected} == expected
    assert body["user"]["created_at"] == body["user"]["updated_at"]
    assert body["user"]["created_at"].endswith("Z")
    assert list(body["tokens"]) == ["refresh", "access"]
    assert body["message"] == "Registration successful. Please check your email to verify your account."


def test_registering_signs_in_and_nobody_has_to_verify_first(anonymous):
    tokens = anonymous.post(f"{AUTH}/register/", JOHN).json()["tokens"]

    anonymous.bear(tokens["access"])

    assert anonymous.get(f"{AUTH}/profile/").json()["username"] == "johndoe"


@pytest.fixture
def served_hashers(settings):
    settings.PASSWORD_HASHERS = settings.SERVED_HASHERS


def test_a_password_is_kept_as_argon2id(anonymous, served_hashers):
    anonymous.post(f"{AUTH}/register/", JOHN)

    assert User.objects.get().password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_registering_needs_an_email_a_username_and_the_password_twice(anonymous):
    answer = anonymous.post(f"{AUTH}/register/", {})

    assert answer.status_code == 400
    assert answer.json() == {
        name: ["This field is required."] for name in ("email", "username", "password", "password_confirm")
    }


def test_names_may_be_left_out(anonymous):
    needed = {name: JOHN[name] for name in ("email", "username", "password", "password_confirm")}

    assert anonymous.post(f"{AUTH}/register/", needed).status_code == 201


@pytest.mark.parametrize(
    "password",
    ["Sh0rt!!", "password123", "8203475610", "johndoe1", "user@example.com", "JohnJohn", "DoeDoeDoe"],
)
def test_a_weak_password_is_refused_by_name(anonymous, password):
    john = {**JOHN, "first_name": "JohnJohn", "last_name": "DoeDoeDoe"}

    answer = anonymous.post(f"{AUTH}/register/", {**john, "password": password, "password_confirm": password})

    assert answer.status_code == 400
    assert list(answer.json()) == ["password"]
    assert not User.objects.exists()


def test_two_different_passwords_are_refused_by_name(anonymous):
    answer = anonymous.post(f"{AUTH}/register/", {**JOHN, "password_confirm": "SecurePass124!"})

    assert answer.status_code == 400
    assert answer.json() == {"password_confirm": ["The two passwords do not match."]}


@pytest.mark.parametrize("email", ["", "x", "a@b", "@example.com", "a b@example.com", "a@example.com\nb", "a@-x.com"])
def test_what_is_no_email_is_refused_by_name(anonymous, email):
    answer = anonymous.post(f"{AUTH}/register/", {**JOHN, "email": email})

    assert answer.status_code == 400
    assert list(answer.json()) == ["email"]


@pytest.mark.parametrize("username", ["", " ", "john doe", "john/doe", "<b>", "x" * 151, "\u200b"])
def test_what_is_no_username_is_refused_by_name(anonymous, username):
    answer = anonymous.post(f"{AUTH}/register/", {**JOHN, "username": username})

    assert answer.status_code == 400
    assert list(answer.json()) == ["username"]


def test_everything_that_is_wrong_is_named_at_once(anonymous):
    answer = anonymous.post(
        f"{AUTH}/register/", {**JOHN, "email": "x", "username": "a b", "password": "1", "password_confirm": "1"}
    )

    assert sorted(answer.json()) == ["email", "password", "username"]


def test_an_email_is_taken_whatever_its_case(anonymous, ada):
    answer = anonymous.post(f"{AUTH}/register/", {**JOHN, "email": "ADA@Example.org"})

    assert answer.status_code == 400
    assert answer.json() == {"email": ["An account with this email already exists."]}


@pytest.mark.parametrize(
    ("first", "second"), [("ada", "ADA"), ("åsa", "ÅSA"), ("ＡＤＡ", "ada"), ("straße", "STRASSE")]
)
def test_a_username_is_taken_whatever_its_case_and_width(anonymous, first, second):
    UserFactory(username=first, email="first@example.org")

    answer = anonymous.post(f"{AUTH}/register/", {**JOHN, "username": second})

    assert answer.status_code == 400
    assert answer.json() == {"username": ["A user with that username already exists."]}


def test_nobody_can_make_themselves_staff(anonymous):
    anonymous.post(
        f"{AUTH}/register/",
        {**JOHN, "is_staff": True, "is_superuser": True, "id": 7, "is_email_verified": True, "is_active": False},
    )

    user = User.objects.get()
    assert not user.is_staff
    assert not user.is_superuser
    assert not user.is_email_verified
    assert user.is_active


def test_logging_in_answers_as_documented(anonymous, ada):
    answer = log_in(anonymous, "ada@example.org")

    assert answer.status_code == 200
    assert list(answer.json()) == ["refresh", "access"]


def test_logging_in_asks_not_how_an_email_is_typed(anonymous, ada):
    assert log_in(anonymous, " ADA@example.ORG ").status_code == 200


def test_logging_in_notes_when_and_from_where(anonymous, ada):
    anonymous.post(
        f"{AUTH}/login/", {"email": ada.email, "password": PASSWORD}, headers={"user-agent": "Firefox on a phone"}
    )

    session = Session.objects.get()
    assert (session.api, session.address, session.user_agent) == ("tracker", "127.0.0.1", "Firefox on a phone")
    ada.refresh_from_db()
    assert ada.last_login == session.created_at


def test_an_unknown_address_a_wrong_password_and_a_disabled_account_look_the_same(anonymous, ada, ben):
    User.objects.filter(pk=ben.pk).update(is_active=False)

    answers = [
        log_in(anonymous, "nobody@example.org"),
        log_in(anonymous, ada.email, "not her password"),
        log_in(anonymous, ben.email),
    ]

    for answer in answers:
        assert answer.status_code == 401
        assert answer.json() == {"detail": "No active account found with the given credentials"}
    assert len({frozenset(set(answer.headers) - {"X-Request-ID"}) for answer in answers}) == 1


def test_an_unknown_address_costs_one_hash_and_the_same_queries_as_a_wrong_password(
    anonymous, ada, ben, queries, monkeypatch
):
    User.objects.filter(pk=ben.pk).update(password="!unusable")
    hashed = []
    for name in ("encode", "verify"):
        original = getattr(Argon2PasswordHasher, name)

        def counted(self, *args, original=original):
            hashed.append(args)
            return original(self, *args)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    costs = []
    for email in ("nobody@example.org", ada.email, ben.email):
        hashed.clear()
        with queries() as asked:
            log_in(anonymous, email, "not the password")
        costs.append((len(hashed), len(asked)))

    assert costs == [(1, 1), (1, 1), (1, 1)]


def test_registering_a_known_address_costs_a_hash_too(anonymous, ada, monkeypatch):
    hashed = []
    original = Argon2PasswordHasher.encode

    def counted(self, *args):
        hashed.append(args)
        return original(self, *args)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted)

    anonymous.post(f"{AUTH}/register/", {**JOHN, "email": ada.email})

    assert len(hashed) == 1


def test_refreshing_gives_a_new_pair(anonymous, ada):
    pair = log_in(anonymous, ada.email).json()

    answer = anonymous.post(f"{AUTH}/token/refresh/", {"refresh": pair["refresh"]})

    assert answer.status_code == 200
    assert list(answer.json()) == ["access", "refresh"]
    assert answer.json()["refresh"] != pair["refresh"]
    anonymous.bear(answer.json()["access"])
    assert anonymous.get(f"{AUTH}/profile/").status_code == 200


def test_refreshing_with_what_is_no_refresh_token_is_refused(anonymous, as_ada):
    for token in ("x", "eyJ.eyJ.x", as_ada.access):
        answer = anonymous.post(f"{AUTH}/token/refresh/", {"refresh": token})
        assert answer.status_code == 401
        assert answer.json() == {"detail": "Token is invalid or expired", "code": "token_not_valid"}


def test_logging_out_voids_both_tokens(as_ada):
    answer = as_ada.post(f"{AUTH}/logout/", {"refresh": as_ada.refresh})

    assert answer.status_code == 200
    assert answer.json() == {"message": "Logout successful."}
    assert as_ada.get(f"{AUTH}/profile/").status_code == 401
    assert as_ada.post(f"{AUTH}/token/refresh/", {"refresh": as_ada.refresh}).status_code == 401


def test_logging_out_without_a_refresh_token_ends_the_session_at_hand(as_ada):
    assert as_ada.post(f"{AUTH}/logout/").status_code == 200

    assert as_ada.post(f"{AUTH}/token/refresh/", {"refresh": as_ada.refresh}).status_code == 401


def test_logging_out_with_the_refresh_token_of_another_device_ends_that_one_too(ada, signed_in):
    phone, laptop = signed_in(ada), signed_in(ada)

    phone.post(f"{AUTH}/logout/", {"refresh": laptop.refresh})

    assert phone.get(f"{AUTH}/profile/").status_code == 401
    assert laptop.get(f"{AUTH}/profile/").status_code == 401


def test_logging_out_with_somebody_elses_refresh_token_ends_nothing(as_ada, as_ben):
    for token in (as_ben.refresh, "x", as_ada.access):
        answer = as_ada.post(f"{AUTH}/logout/", {"refresh": token})
        assert answer.status_code == 400
        assert answer.json() == {"error": "Invalid refresh token."}

    assert as_ada.get(f"{AUTH}/profile/").status_code == 200
    assert as_ben.get(f"{AUTH}/profile/").status_code == 200


def test_logging_out_needs_a_token(anonymous):
    answer = anonymous.post(f"{AUTH}/logout/", {"refresh": "x"})

    assert answer.status_code == 401
    assert answer.json() == {"detail": "Authentication credentials were not provided."}
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_both_slashes_and_the_bare_path_work(ada):
    for path in ("/tracker/api/v1/auth/login", "/api/v1/auth/login/", "/api/v1/auth/login"):
        assert Api().post(path, {"email": ada.email, "password": PASSWORD}).status_code == 200


def test_a_password_hashed_by_weaker_figures_is_hashed_anew_when_it_is_next_given(anonymous, ada, served_hashers):
    weak = Argon2PasswordHasher()
    weak.time_cost, weak.memory_cost, weak.parallelism = 1, 512, 1
    User.objects.filter(pk=ada.pk).update(password=weak.encode(PASSWORD, weak.salt()))

    assert log_in(anonymous, ada.email).status_code == 200

    ada.refresh_from_db()
    assert ada.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert log_in(anonymous, ada.email).status_code == 200
