"""Registration and sign-in as the offers document has them."""

import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest

from onward.domain.accounts import codes
from onward.domain.accounts.models import SecondFactor, User
from onward.domain.accounts.services import second_factor
from onward.platform.events.models import EventRecord
from onward.platform.jobs.models import Job
from onward.platform.tokens.models import Session
from onward.platform.tokens.signing import read_access
from tests.client import Api
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

AUTH = "/offers/api/v1/auth"
ME = "/offers/api/v1/users/me"
GRACE = {"email": "user@example.com", "username": "grace", "password": "six123"}
USER_KEYS = [
    "id",
    "email",
    "username",
    "display_name",
    "bio",
    "is_profile_public",
    "profile_visibility",
    "timezone",
    "streak_days",
    "last_active_date",
    "created_at",
    "updated_at",
]
WRONG = {"detail": "Incorrect email or password"}


def register(client, **changes):
    return client.post(f"{AUTH}/register", {**GRACE, **changes})


def log_in(client, email="ada@example.org", password=PASSWORD, **more):
    return client.post(f"{AUTH}/login", {"email": email, "password": password, **more})


def problem(answered):
    """Where the first problem is, and of which kind."""
    assert answered.status_code == 422, answered.content
    first = answered.json()["detail"][0]
    assert set(first) == {"loc", "msg", "type"}
    return first["loc"]


def code(secret, *, steps=0):
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


@pytest.fixture
def guarded(ada):
    """Ada's second factor, switched on; gives the secret and the backup codes."""
    made = second_factor.set_up(user_id=ada.pk, at=datetime.now(UTC))
    second_factor.confirm(user_id=ada.pk, code=code(made.secret), at=datetime.now(UTC))
    # As if some minutes had passed since.
    SecondFactor.objects.update(last_step=0)
    return made


# Registering


def test_registering_answers_as_documented(anonymous):
    answered = register(anonymous)

    assert answered.status_code == 201
    body = answered.json()
    assert list(body) == ["access_token", "token_type", "user"]
    assert body["token_type"] == "bearer"
    assert list(body["user"]) == USER_KEYS
    user = User.objects.get()
    moment = user.created_at.isoformat().replace("+00:00", "Z")
    assert {**body["user"], "streak_days": 0, "last_active_date": None} == {
        "id": str(user.uid),
        "email": "user@example.com",
        "username": "grace",
        "display_name": "grace",
        "bio": None,
        "is_profile_public": False,
        "profile_visibility": "private",
        "timezone": "UTC",
        "streak_days": 0,
        "last_active_date": None,
        "created_at": moment,
        "updated_at": moment,
    }


def test_registering_signs_in_for_seven_days(anonymous):
    before = datetime.now(UTC).replace(microsecond=0)
    token = register(anonymous).json()["access_token"]
    anonymous.bear(token)

    assert anonymous.get(ME).json()["username"] == "grace"
    claims = read_access(token, at=datetime.now(UTC))
    signed_in = datetime.fromtimestamp(claims.expires, UTC) - timedelta(days=7)
    assert before <= signed_in <= datetime.now(UTC)
    session = Session.objects.get()
    assert (session.api, session.awaits_second_factor) == ("offers", False)


def test_a_token_dies_with_its_session(anonymous):
    anonymous.bear(register(anonymous).json()["access_token"])
    Session.objects.update(ended_at=datetime.now(UTC))

    answered = anonymous.get(ME)

    assert (answered.status_code, answered.json()) == (401, {"detail": "Not authenticated"})


def test_the_first_day_of_a_streak_is_the_day_of_registration(anonymous):
    user = register(anonymous).json()["user"]

    assert (user["streak_days"], user["last_active_date"]) == (1, datetime.now(UTC).date().isoformat())


def test_registering_and_signing_in_are_told_and_a_mail_is_on_its_way(anonymous):
    register(anonymous)

    user = User.objects.get()
    assert list(EventRecord.objects.order_by("id").values_list("name", "owner_id")) == [
        ("account.registered", user.pk),
        ("account.signed_in", user.pk),
    ]
    assert Job.objects.filter(kind__contains="welcome").count() == 1


@pytest.mark.parametrize("given", [{}, {"display_name": None}, {"display_name": ""}, {"display_name": "  "}])
def test_a_display_name_is_the_username_by_default(anonymous, given):
    assert register(anonymous, **given).json()["user"]["display_name"] == "grace"


def test_a_display_name_is_what_was_given(anonymous):
    assert register(anonymous, display_name=" Cleo Ünal ").json()["user"]["display_name"] == "Cleo Ünal"


def test_the_tracker_names_people_by_their_names_and_else_by_their_usernames(anonymous):
    register_path = "/tracker/api/v1/auth/register/"
    known = {"password": PASSWORD, "password_confirm": PASSWORD}
    anonymous.post(
        register_path,
        {**known, "email": "a@example.org", "username": "a", "first_name": "Ada", "last_name": "Ahmed"},
    )
    anonymous.post(register_path, {**known, "email": "b@example.org", "username": "b", "last_name": "Braun"})
    anonymous.post(register_path, {**known, "email": "c@example.org", "username": "c"})

    assert list(User.objects.order_by("username").values_list("display_name", flat=True)) == ["Ada Ahmed", "Braun", "c"]


def test_a_long_name_is_a_display_name_as_far_as_it_fits(anonymous):
    names = {"first_name": "a" * 80, "last_name": "b" * 80}
    john = {"email": "a@example.org", "username": "a", "password": PASSWORD, "password_confirm": PASSWORD, **names}

    assert anonymous.post("/tracker/api/v1/auth/register/", john).status_code == 201
    assert User.objects.get().display_name == "a" * 80 + " " + "b" * 19


def test_an_unknown_field_is_passed_over(anonymous):
    assert register(anonymous, turnstileToken="0.abc").status_code == 201


@pytest.mark.parametrize("name", ["email", "username", "password"])
def test_nobody_registers_without(anonymous, name):
    answered = anonymous.post(f"{AUTH}/register", {key: value for key, value in GRACE.items() if key != name})

    assert problem(answered) == ["body", name]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("email", ""),
        ("email", "nobody"),
        ("email", "a@b"),
        ("email", None),
        ("email", 7),
        # An address of 255 characters, and one of 256.
        ("email", "a@" + ".".join(["b" * 49] * 5) + ".org"),
        ("email", "a@" + ".".join(["b" * 49] * 5) + ".orgs"),
        ("username", "ab"),
        ("username", "  ab  "),
        ("username", "a" * 51),
        ("username", "a\nb c"),
        ("username", "a\u202eb c"),
        ("username", "a\x00bc"),
        ("password", "five5"),
        ("password", "a" * 129),
        ("password", None),
        ("password", "six\x00123"),
        ("display_name", "a" * 101),
        ("display_name", ["a"]),
    ],
)
def test_what_does_not_validate_is_named(anonymous, name, value):
    assert problem(register(anonymous, **{name: value})) == ["body", name]
    assert not User.objects.exists()


@pytest.mark.parametrize("username", ["abc", "a" * 50, "Ada & co", "Zoë K!", "汉字名", "two words"])
def test_a_username_is_any_text_that_can_be_printed(anonymous, username):
    answered = register(anonymous, username=username)

    assert answered.status_code == 201, answered.content
    assert answered.json()["user"]["username"] == username


@pytest.mark.parametrize("password", ["123456", "a" * 128, "grace1", "      "])
def test_a_password_needs_a_length_and_nothing_else(anonymous, password):
    assert register(anonymous, password=password).status_code == 201
    assert log_in(anonymous, GRACE["email"], password).status_code == 200


def test_the_tracker_goes_on_asking_for_better_ones(anonymous):
    john = {"email": "a@example.org", "username": "two words", "password": "123456", "password_confirm": "123456"}

    answered = anonymous.post("/tracker/api/v1/auth/register/", john)

    assert answered.status_code == 400
    assert set(answered.json()) == {"username", "password"}


def test_somebody_whose_username_the_tracker_would_not_take_keeps_it_there(anonymous):
    anonymous.bear(register(anonymous, username="Ada & co").json()["access_token"])
    profile = "/tracker/api/v1/auth/profile/"

    shown = anonymous.get(profile).json()
    kept = anonymous.put(profile, {**shown, "first_name": "Ada"})

    assert (kept.status_code, kept.json()["username"]) == (200, "Ada & co")
    assert anonymous.patch(profile, {"username": "Ada & sons"}).status_code == 400


@pytest.mark.parametrize("email", ["user@example.com", "User@EXAMPLE.com"])
def test_a_taken_email_is_refused(anonymous, email):
    register(anonymous)

    answered = register(anonymous, email=email, username="another")

    assert (answered.status_code, answered.json()) == (400, {"detail": "Email already taken"})


@pytest.mark.parametrize("username", ["grace", "GRACE"])
def test_a_taken_username_is_refused(anonymous, username):
    register(anonymous)

    answered = register(anonymous, email="another@example.com", username=username)

    assert (answered.status_code, answered.json()) == (400, {"detail": "Username already taken"})


def test_of_two_taken_names_the_email_is_told(anonymous):
    register(anonymous)

    assert register(anonymous).json() == {"detail": "Email already taken"}


def test_a_body_that_is_no_object_is_refused(anonymous):
    for body in ("[]", '"a"', "{", ""):
        assert anonymous.post(f"{AUTH}/register", body).status_code == 422
        assert anonymous.post(f"{AUTH}/login", body).status_code == 422


# Signing in


def test_signing_in_answers_as_documented(anonymous, ada):
    answered = log_in(anonymous)

    assert answered.status_code == 200
    body = answered.json()
    assert list(body) == ["access_token", "token_type", "user"]
    assert body["token_type"] == "bearer"
    assert list(body["user"]) == USER_KEYS
    assert body["user"]["id"] == str(ada.uid)
    anonymous.bear(body["access_token"])
    assert anonymous.get(ME).json() == body["user"]


def test_an_address_is_the_same_in_any_case(anonymous, ada):
    assert log_in(anonymous, " ADA@example.org").status_code == 200


def test_somebody_from_the_tracker_signs_in_and_the_token_opens_both(anonymous, ada):
    anonymous.bear(log_in(anonymous).json()["access_token"])

    assert anonymous.get("/tracker/api/v1/auth/profile/").json()["email"] == ada.email


def test_nobody_has_to_verify_first(anonymous):
    UserFactory(email="new@example.org", is_email_verified=False)

    assert log_in(anonymous, "new@example.org").status_code == 200


def test_signing_in_is_told_and_keeps_a_streak(anonymous, ada):
    user = log_in(anonymous).json()["user"]

    told = EventRecord.objects.get(name="account.signed_in")
    assert (told.owner_id, told.payload) == (ada.pk, {"session_id": str(Session.objects.get().pk)})
    assert user["streak_days"] == 1


def test_a_sign_in_counts_for_the_day_of_the_persons_clock(anonymous, ada):
    # Kiritimati is a day ahead of Niue at every hour, and between ten and eleven o'clock UTC two.
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        UserFactory(username=zone.rpartition("/")[2].lower(), timezone=zone)

    east, west = (
        date.fromisoformat(log_in(anonymous, f"{name}@example.org").json()["user"]["last_active_date"])
        for name in ("kiritimati", "niue")
    )

    assert east - west in (timedelta(days=1), timedelta(days=2))


def test_every_way_of_not_fitting_is_refused_alike(anonymous, ada):
    UserFactory(email="off@example.org", is_active=False)

    answers = [
        log_in(anonymous, password="a wrong password"),
        log_in(anonymous, "nobody@example.org"),
        log_in(anonymous, "no address"),
        log_in(anonymous, "off@example.org"),
    ]

    assert [(answered.status_code, answered.json()) for answered in answers] == [(401, WRONG)] * 4
    assert {answered["WWW-Authenticate"] for answered in answers} == {"Bearer"}
    assert not Session.objects.exists()


def test_a_wrong_password_that_is_too_short_does_not_validate(anonymous, ada):
    for email in ("ada@example.org", "nobody@example.org"):
        assert problem(log_in(anonymous, email, "seven77")) == ["body", "password"]
        assert log_in(anonymous, email, "eight888").status_code == 401


def test_a_right_password_that_is_too_short_opens(anonymous):
    register(anonymous)

    assert log_in(anonymous, GRACE["email"], GRACE["password"]).status_code == 200


def test_a_short_guess_is_a_guess(anonymous, ada):
    answers = Counter(log_in(anonymous, password=f"no{number}").status_code for number in range(22))

    assert answers == {422: 20, 429: 2}
    assert log_in(anonymous).status_code == 429


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("email", None),
        ("email", 7),
        ("email", ""),
        ("email", "a\x00@example.org"),
        ("password", None),
        ("password", ""),
        ("password", "a" * 2000),
        ("password", {}),
        ("otp_code", {}),
        ("otp_code", "1" * 33),
    ],
)
def test_what_does_not_validate_at_sign_in_is_named(anonymous, ada, name, value):
    body = {"email": ada.email, "password": PASSWORD, name: value}

    assert problem(anonymous.post(f"{AUTH}/login", body)) == ["body", name]


@pytest.mark.parametrize("name", ["email", "password"])
def test_nobody_signs_in_without(anonymous, ada, name):
    body = {"email": ada.email, "password": PASSWORD}
    del body[name]

    assert problem(anonymous.post(f"{AUTH}/login", body)) == ["body", name]


# The second factor


@pytest.mark.parametrize("given", [{}, {"otp_code": None}, {"otp_code": ""}, {"otp_code": "  "}])
def test_a_second_factor_asks_for_its_code_and_gives_nothing_before(anonymous, guarded, given):
    answered = log_in(anonymous, **given)

    assert answered.status_code == 401
    assert set(answered.json()) == {"detail"}
    assert "otp_code" in answered.json()["detail"]
    assert not Session.objects.exists()
    assert not EventRecord.objects.filter(name="account.signed_in").exists()


def test_whoever_does_not_know_the_password_learns_nothing_of_a_second_factor(anonymous, guarded):
    assert log_in(anonymous, password="a wrong password").json() == WRONG
    assert log_in(anonymous, password="a wrong password", otp_code=code(guarded.secret)).json() == WRONG


def test_the_code_comes_with_the_password(anonymous, guarded):
    answered = log_in(anonymous, otp_code=code(guarded.secret))

    assert answered.status_code == 200
    anonymous.bear(answered.json()["access_token"])
    assert anonymous.get(ME).status_code == 200
    assert EventRecord.objects.filter(name="account.signed_in").count() == 1


def test_a_backup_code_opens_once(anonymous, guarded):
    backup = guarded.backup_codes[0]

    assert log_in(anonymous, otp_code=backup.lower()).status_code == 200
    assert log_in(anonymous, otp_code=backup).status_code == 401
    assert EventRecord.objects.get(name="account.backup_code_used").payload == {"remaining": 9}


def test_a_code_opens_once(anonymous, guarded):
    digits = code(guarded.secret)

    assert log_in(anonymous, otp_code=digits).status_code == 200
    assert log_in(anonymous, otp_code=digits).status_code == 401
    assert Session.objects.count() == 1


@pytest.mark.parametrize("given", ["000", "wrong", "ABCD-EFGH"])
def test_a_wrong_code_opens_nothing(anonymous, guarded, given):
    answered = log_in(anonymous, otp_code=given)

    assert (answered.status_code, answered.json()) == (401, {"detail": "Incorrect otp_code"})
    assert not Session.objects.exists()


def test_guessing_codes_is_limited(anonymous, guarded):
    answers = Counter(log_in(anonymous, otp_code="wrong").status_code for _ in range(22))

    assert answers == {401: 20, 429: 2}
    assert log_in(anonymous, otp_code=code(guarded.secret)).status_code == 429


def test_a_code_where_none_is_needed_is_passed_over(anonymous, ada):
    SecondFactor.objects.create(user=ada, secret=codes.new_secret())

    assert log_in(anonymous, otp_code="123456").status_code == 200


def test_in_the_tracker_somebody_has_signed_in_when_the_code_was_given(anonymous, ada, guarded):
    tracker = "/tracker/api/v1"
    anonymous.bear(
        anonymous.post(f"{tracker}/auth/login/", {"email": ada.email, "password": PASSWORD}).json()["access"]
    )
    signed_in = EventRecord.objects.filter(name="account.signed_in", owner=ada)
    assert not signed_in.exists()

    assert anonymous.post(f"{tracker}/2fa/verify/", {"code": code(guarded.secret)}).status_code == 200
    assert anonymous.post(f"{tracker}/2fa/verify/", {"code": guarded.backup_codes[0]}).status_code == 200

    assert signed_in.count() == 1


# Many at once


def answers_of(answers):
    for answered in answers:
        assert not isinstance(answered, Exception), answered
    return Counter((answered.status_code, answered.json().get("detail")) for answered in answers)


def test_of_many_who_want_one_email_one_gets_it(together):
    answers = together(12, lambda number: register(Api(), username=f"grace{number}"))

    assert answers_of(answers) == {(201, None): 1, (400, "Email already taken"): 11}
    assert User.objects.count() == Session.objects.count() == 1


def test_of_many_who_want_one_username_one_gets_it(together):
    answers = together(12, lambda number: register(Api(), email=f"user{number}@example.com"))

    assert answers_of(answers) == {(201, None): 1, (400, "Username already taken"): 11}


def test_of_many_who_bring_one_code_one_comes_in(together, ada, guarded):
    digits = code(guarded.secret)

    answers = together(8, lambda number: log_in(Api(), otp_code=digits))

    assert answers_of(answers) == {(200, None): 1, (401, "Incorrect otp_code"): 7}
    assert Session.objects.count() == 1
