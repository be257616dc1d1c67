"""Thirty at the same moment: exactly one succeeds, and nobody meets an error of ours."""

from collections import Counter

import pytest

from onward.domain.accounts.models import BackupCode, Link, User
from onward.platform.events.models import EventRecord
from onward.platform.tokens.models import Session
from tests.apis.tracker.test_auth import AUTH, JOHN, log_in
from tests.apis.tracker.test_auth_links import NEW, reset, reset_link, verification
from tests.apis.tracker.test_two_factor import TFA, code, forget_used_codes
from tests.client import Api
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 30


def statuses(answers):
    for answer in answers:
        assert not isinstance(answer, Exception), answer
    return Counter(answer.status_code for answer in answers)


def test_one_email_becomes_one_account(together):
    answers = together(
        CROWD,
        lambda number: Api().post(
            f"{AUTH}/register/",
            {**JOHN, "email": "User@Example.com" if number % 2 else "user@example.com", "username": f"user{number}"},
        ),
    )

    assert statuses(answers) == {201: 1, 400: CROWD - 1}
    assert all(list(answer.json()) == ["email"] for answer in answers if answer.status_code == 400)
    assert User.objects.count() == Session.objects.count() == 1
    assert EventRecord.objects.filter(name="account.registered").count() == 1


def test_one_username_becomes_one_account(together):
    answers = together(
        CROWD,
        lambda number: Api().post(
            f"{AUTH}/register/",
            {**JOHN, "email": f"user{number}@example.com", "username": "Johndoe" if number % 2 else "johnDOE"},
        ),
    )

    assert statuses(answers) == {201: 1, 400: CROWD - 1}
    assert all(list(answer.json()) == ["username"] for answer in answers if answer.status_code == 400)


def test_a_username_is_changed_to_by_one(together):
    from tests.conftest import client

    people = [client(UserFactory(username=f"person{number}")) for number in range(10)]

    answers = together(10, lambda number: people[number].patch(f"{AUTH}/profile/", {"username": "wanted"}))

    assert statuses(answers) == {200: 1, 400: 9}


def test_a_verification_link_is_good_once(together):
    user = UserFactory(is_email_verified=False)
    token = verification(Api(), user)

    answers = together(CROWD, lambda number: Api().post(f"{AUTH}/verify-email/", {"token": token}))

    assert statuses(answers) == {200: 1, 400: CROWD - 1}
    assert EventRecord.objects.filter(name="account.email_verified").count() == 1


def test_a_reset_link_is_good_once(together):
    user = UserFactory()
    token = reset_link(Api(), user)

    answers = together(CROWD, lambda number: reset(Api(), token, f"{NEW}{number}"))

    assert statuses(answers) == {200: 1, 400: CROWD - 1}
    winner = next(number for number, answer in enumerate(answers) if answer.status_code == 200)
    assert log_in(Api(), user.email, f"{NEW}{winner}").status_code == 200


def test_of_several_reset_links_one_is_good(together):
    user = UserFactory()
    links = [reset_link(Api(), user) for _ in range(5)]

    answers = together(CROWD, lambda number: reset(Api(), links[number % 5], f"{NEW}{number}"))

    assert statuses(answers) == {200: 1, 400: CROWD - 1}
    assert not Link.objects.filter(used_at=None).exists()


def test_a_password_is_changed_by_one_who_knows_the_old_one(together):
    from tests.conftest import client

    me = client(UserFactory())

    answers = together(
        10,
        lambda number: Api(access=me.access).put(
            f"{AUTH}/change-password/", {"old_password": PASSWORD, "new_password": f"{NEW}{number}"}
        ),
    )

    assert statuses(answers) == {200: 1, 400: 9}


def test_whoever_knew_the_old_password_has_no_session_after_a_reset(together):
    user = UserFactory()
    token = reset_link(Api(), user)

    answers = together(CROWD, lambda number: reset(Api(), token) if number == 0 else log_in(Api(), user.email))

    assert answers[0].status_code == 200
    opened = [answer.json()["access"] for answer in answers[1:] if answer.status_code == 200]
    assert {Api(access=access).get(f"{AUTH}/profile/").status_code for access in opened} <= {401}


@pytest.fixture
def guarded():
    from tests.conftest import client

    user = UserFactory()
    me = client(user)
    shown = me.post(f"{TFA}/setup/").json()
    assert me.post(f"{TFA}/confirm/", {"code": code(shown["secret"])}).status_code == 200
    forget_used_codes()
    return user, shown


def test_a_code_opens_one_session(together, guarded):
    user, shown = guarded
    pending = [log_in(Api(), user.email).json()["access"] for _ in range(CROWD)]
    now = code(shown["secret"])

    answers = together(CROWD, lambda number: Api(access=pending[number]).post(f"{TFA}/verify/", {"code": now}))

    assert statuses(answers) == {200: 1, 401: CROWD - 1}
    assert Session.objects.filter(awaits_second_factor=True).count() == CROWD - 1


def test_a_backup_code_opens_one_session(together, guarded):
    user, shown = guarded
    pending = [log_in(Api(), user.email).json()["access"] for _ in range(CROWD)]
    backup = shown["backup_codes"][0]

    answers = together(CROWD, lambda number: Api(access=pending[number]).post(f"{TFA}/verify/", {"code": backup}))

    assert statuses(answers) == {200: 1, 401: CROWD - 1}
    assert BackupCode.objects.exclude(used_at=None).count() == 1


def test_a_second_factor_is_confirmed_once(together):
    from tests.conftest import client

    me = client(UserFactory())
    secret = me.post(f"{TFA}/setup/").json()["secret"]
    now = code(secret)

    answers = together(CROWD, lambda number: Api(access=me.access).post(f"{TFA}/confirm/", {"code": now}))

    assert statuses(answers) == {200: 1, 400: CROWD - 1}
    assert EventRecord.objects.filter(name="account.second_factor_enabled").count() == 1


def test_setting_up_at_once_leaves_one_secret_and_ten_codes(together):
    from tests.conftest import client

    me = client(UserFactory())

    answers = together(10, lambda number: Api(access=me.access).post(f"{TFA}/setup/"))

    assert statuses(answers) == {200: 10}
    assert BackupCode.objects.count() == 10


def test_guessing_in_parallel_gets_hardly_further(together):
    user = UserFactory()

    rounds = [together(CROWD, lambda number: log_in(Api(), user.email, f"guess {number}")) for _ in range(4)]

    wrong = sum(statuses(answers)[401] for answers in rounds)
    assert 20 <= wrong < 20 + CROWD
    assert statuses(rounds[-1]) == {429: CROWD}
