"""Two-factor authentication: section 9 of the tracker's document and the notes on it."""

import base64
import re
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from django.utils import timezone

from onward.domain.accounts.models import BackupCode, SecondFactor
from onward.platform.events.models import EventRecord
from onward.platform.tokens.models import Session
from tests.apis.tracker.test_auth import AUTH, log_in
from tests.client import Api
from tests.factories import PASSWORD
from tests.mailbox import delivered

TFA = "/tracker/api/v1/2fa"
OFF = {"enabled": False, "verified": False, "verified_at": None, "last_used_at": None, "backup_codes_remaining": 0}


def code(secret, *, steps=0):
    """The app's code, this many half minutes from now."""
    return pyotp.TOTP(secret).at(int(timezone.now().timestamp()) + 30 * steps)


def wrong(secret):
    """Six digits that are no code of this minute."""
    near = {code(secret, steps=step) for step in range(-3, 4)}
    return next(digits for digits in (f"{n:06d}" for n in range(10)) if digits not in near)


def forget_used_codes():
    """Let the code of this half minute be good again, as if some minutes had passed."""
    SecondFactor.objects.update(last_step=0)


@pytest.fixture
def guarded(as_ada):
    """Ada's client, her second factor on; gives what the set-up showed her."""
    shown = as_ada.post(f"{TFA}/setup/").json()
    assert as_ada.post(f"{TFA}/confirm/", {"code": code(shown["secret"])}).status_code == 200
    forget_used_codes()
    return shown


@pytest.fixture
def pending(ada, guarded):
    """A client that has given the password and owes the code."""
    answer = log_in(Api(), ada.email).json()
    return Api(ada, answer["access"], answer["refresh"])


def test_the_status_without_a_second_factor_is_as_documented(as_ada):
    answer = as_ada.get(f"{TFA}/status/")

    assert answer.status_code == 200
    assert answer.json() == OFF
    assert list(answer.json()) == list(OFF)


def test_setting_up_shows_what_is_documented(as_ada):
    answer = as_ada.post(f"{TFA}/setup/")

    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == ["secret", "qr_code", "backup_codes", "otpauth_url", "message"]
    assert re.fullmatch(r"[A-Z2-7]{32}", body["secret"])
    kind, _, picture = body["qr_code"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(picture, validate=True).startswith(b"\x89PNG\r\n")
    assert len(set(body["backup_codes"])) == 10
    assert all(re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", each) for each in body["backup_codes"])
    assert body["message"] == "Scan the QR code with your authenticator app, then confirm with a code."
    url = urlsplit(body["otpauth_url"])
    assert (url.scheme, url.netloc, unquote(url.path)) == ("otpauth", "totp", "/Onward:ada@example.org")
    assert parse_qs(url.query) == {"secret": [body["secret"]], "issuer": ["Onward"]}


def test_backup_codes_are_kept_hashed(as_ada):
    shown = as_ada.post(f"{TFA}/setup/").json()["backup_codes"]

    kept = " ".join(BackupCode.objects.values_list("digest", flat=True))
    for each in shown:
        assert each not in kept
        assert each.replace("-", "") not in kept


def test_what_is_set_up_and_not_confirmed_guards_nothing(as_ada, ada, anonymous):
    as_ada.post(f"{TFA}/setup/")

    assert as_ada.get(f"{TFA}/status/").json() == OFF
    assert "requires_2fa" not in log_in(anonymous, ada.email).json()


def test_setting_up_again_before_confirming_replaces_the_secret(as_ada):
    first = as_ada.post(f"{TFA}/setup/").json()
    second = as_ada.post(f"{TFA}/setup/").json()

    assert as_ada.post(f"{TFA}/confirm/", {"code": code(first["secret"])}).status_code == 400
    assert as_ada.post(f"{TFA}/confirm/", {"code": code(second["secret"])}).status_code == 200
    assert BackupCode.objects.count() == 10


def test_setting_up_when_it_is_on_is_refused(as_ada, guarded):
    answer = as_ada.post(f"{TFA}/setup/")

    assert answer.status_code == 400
    assert answer.json() == {"error": "2FA is already enabled for your account."}
    assert SecondFactor.objects.get().secret == guarded["secret"]


def test_confirming_answers_as_documented_and_keeps_the_session(as_ada):
    shown = as_ada.post(f"{TFA}/setup/").json()

    answer = as_ada.post(f"{TFA}/confirm/", {"code": code(shown["secret"])})

    assert answer.status_code == 200
    assert answer.json() == {"message": "2FA has been enabled for your account.", "enabled": True}
    assert as_ada.get(f"{AUTH}/profile/").status_code == 200
    status = as_ada.get(f"{TFA}/status/").json()
    assert (status["enabled"], status["verified"], status["backup_codes_remaining"]) == (True, True, 10)
    assert status["verified_at"].endswith("Z")
    assert status["last_used_at"] is None


def test_confirming_with_a_wrong_code_switches_nothing_on(as_ada):
    shown = as_ada.post(f"{TFA}/setup/").json()

    for bad in (wrong(shown["secret"]), shown["backup_codes"][0], "12345", "abcdef", "１２３４５６"):
        answer = as_ada.post(f"{TFA}/confirm/", {"code": bad})
        assert answer.status_code == 400
        assert answer.json() == {"error": "Invalid verification code."}
    assert as_ada.get(f"{TFA}/status/").json() == OFF


def test_confirming_what_was_not_set_up_is_refused(as_ada):
    answer = as_ada.post(f"{TFA}/confirm/", {"code": "123456"})

    assert answer.status_code == 400
    assert answer.json() == {"error": "2FA has not been set up. Set it up first."}


def test_the_code_that_confirmed_opens_nothing_again(as_ada):
    secret = as_ada.post(f"{TFA}/setup/").json()["secret"]
    used = code(secret)
    as_ada.post(f"{TFA}/confirm/", {"code": used})

    assert as_ada.post(f"{TFA}/verify/", {"code": used}).status_code == 401


def test_signing_in_says_that_a_code_is_needed(guarded, ada, anonymous):
    answer = log_in(anonymous, ada.email)

    assert answer.status_code == 200
    assert list(answer.json()) == ["refresh", "access", "requires_2fa"]
    assert answer.json()["requires_2fa"] is True


def test_tokens_that_owe_a_code_open_nothing_but_verification_and_logout(pending):
    refused = [
        pending.get(f"{AUTH}/profile/"),
        pending.patch(f"{AUTH}/profile/", {"first_name": "x"}),
        pending.put(f"{AUTH}/change-password/", {"old_password": PASSWORD, "new_password": "NewSecurePass123!"}),
        pending.get(f"{TFA}/status/"),
        pending.post(f"{TFA}/setup/"),
        pending.post(f"{TFA}/confirm/", {"code": "123456"}),
        pending.post(f"{TFA}/disable/", {"code": "123456", "password": PASSWORD}),
        pending.post(f"{TFA}/backup-codes/regenerate/", {"code": "123456"}),
    ]

    assert {answer.status_code for answer in refused} == {403}
    renewed = pending.post(f"{AUTH}/token/refresh/", {"refresh": pending.refresh})
    assert renewed.status_code in {401, 403}
    assert pending.post(f"{AUTH}/logout/", {"refresh": pending.refresh}).status_code == 200
    assert pending.post(f"{TFA}/verify/", {"code": "123456"}).status_code == 401


def test_verifying_makes_the_same_tokens_open_everything(pending, guarded):
    answer = pending.post(f"{TFA}/verify/", {"code": code(guarded["secret"])})

    assert answer.status_code == 200
    assert answer.json() == {"verified": True, "method": "totp"}
    assert pending.get(f"{AUTH}/profile/").status_code == 200
    assert pending.get(f"{TFA}/status/").json()["last_used_at"].endswith("Z")
    assert pending.post(f"{AUTH}/token/refresh/", {"refresh": pending.refresh}).status_code == 200


def test_verifying_opens_the_session_at_hand_only(pending, guarded, ada):
    other = log_in(Api(), ada.email).json()

    pending.post(f"{TFA}/verify/", {"code": code(guarded["secret"])})

    assert Api(ada, other["access"]).get(f"{AUTH}/profile/").status_code == 403


def test_verifying_with_a_backup_code_warns(pending, guarded):
    answer = pending.post(f"{TFA}/verify/", {"code": guarded["backup_codes"][3]})

    assert answer.status_code == 200
    assert answer.json() == {
        "verified": True,
        "method": "backup_code",
        "warning": "Backup code used. Consider regenerating your backup codes.",
    }
    assert pending.get(f"{TFA}/status/").json()["backup_codes_remaining"] == 9


@pytest.mark.parametrize("typed", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c.replace('-', ' ')} "])
def test_case_and_dash_of_a_backup_code_do_not_matter(pending, guarded, typed):
    assert pending.post(f"{TFA}/verify/", {"code": typed(guarded["backup_codes"][0])}).status_code == 200


def test_a_backup_code_is_good_once_however_it_is_typed(as_ada, guarded):
    first = guarded["backup_codes"][0]
    as_ada.post(f"{TFA}/verify/", {"code": first})

    for again in (first, first.lower(), first.replace("-", "")):
        assert as_ada.post(f"{TFA}/verify/", {"code": again}).status_code == 401


def test_backup_codes_are_useless_before_the_second_factor_is_confirmed(as_ada):
    shown = as_ada.post(f"{TFA}/setup/").json()["backup_codes"]

    answer = as_ada.post(f"{TFA}/verify/", {"code": shown[0]})

    assert answer.status_code == 400
    assert answer.json() == {"error": "2FA is not enabled for your account."}
    assert not BackupCode.objects.exclude(used_at=None).exists()


def test_backup_codes_of_somebody_else_open_nothing(as_ben, guarded):
    secret = as_ben.post(f"{TFA}/setup/").json()["secret"]
    as_ben.post(f"{TFA}/confirm/", {"code": code(secret)})

    assert as_ben.post(f"{TFA}/verify/", {"code": guarded["backup_codes"][0]}).status_code == 401


@pytest.fixture
def still(monkeypatch):
    """A clock that stands still: the server judges by the half minute that the code is of."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_one_step_either_side_is_taken(still, as_ada, guarded, steps):
    assert as_ada.post(f"{TFA}/verify/", {"code": code(guarded["secret"], steps=steps)}).status_code == 200


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_further_away_is_not_taken(as_ada, guarded, steps):
    answer = as_ada.post(f"{TFA}/verify/", {"code": code(guarded["secret"], steps=steps)})

    assert answer.status_code == 401
    assert answer.json() == {"error": "Invalid verification code.", "verified": False}


def test_a_code_is_good_once(pending, guarded, ada):
    used = code(guarded["secret"])
    pending.post(f"{TFA}/verify/", {"code": used})
    thief = Api(ada, log_in(Api(), ada.email).json()["access"])

    assert thief.post(f"{TFA}/verify/", {"code": used}).status_code == 401
    assert thief.get(f"{AUTH}/profile/").status_code == 403


def test_a_code_from_before_the_last_one_is_not_taken(still, as_ada, guarded):
    as_ada.post(f"{TFA}/verify/", {"code": code(guarded["secret"], steps=1)})

    assert as_ada.post(f"{TFA}/verify/", {"code": code(guarded["secret"])}).status_code == 401


def test_disabling_needs_the_password_and_a_code(as_ada, guarded):
    right = code(guarded["secret"])

    no_password = as_ada.post(f"{TFA}/disable/", {"code": right, "password": "not hers"})
    no_code = as_ada.post(f"{TFA}/disable/", {"code": wrong(guarded["secret"]), "password": PASSWORD})
    neither = as_ada.post(f"{TFA}/disable/", {})

    assert (no_password.status_code, no_password.json()) == (400, {"error": "Invalid password."})
    assert (no_code.status_code, no_code.json()) == (400, {"error": "Invalid verification code."})
    assert neither.json() == {"code": ["This field is required."], "password": ["This field is required."]}
    assert as_ada.get(f"{TFA}/status/").json()["enabled"] is True

    answer = as_ada.post(f"{TFA}/disable/", {"code": right, "password": PASSWORD})

    assert answer.status_code == 200
    assert answer.json() == {"message": "2FA has been disabled for your account.", "enabled": False}
    assert as_ada.get(f"{TFA}/status/").json() == OFF
    assert not BackupCode.objects.exists()


def test_disabling_takes_a_backup_code_when_the_phone_is_lost(as_ada, guarded, ada, anonymous):
    answer = as_ada.post(f"{TFA}/disable/", {"code": guarded["backup_codes"][0], "password": PASSWORD})

    assert answer.status_code == 200
    assert "requires_2fa" not in log_in(anonymous, ada.email).json()


def test_regenerating_replaces_every_backup_code(as_ada, guarded):
    answer = as_ada.post(f"{TFA}/backup-codes/regenerate/", {"code": code(guarded["secret"])})

    assert answer.status_code == 200
    assert list(answer.json()) == ["backup_codes", "message"]
    assert answer.json()["message"] == "Backup codes regenerated. Save these securely."
    new = answer.json()["backup_codes"]
    assert len(set(new)) == 10
    assert not set(new) & set(guarded["backup_codes"])
    assert as_ada.post(f"{TFA}/verify/", {"code": guarded["backup_codes"][0]}).status_code == 401
    assert as_ada.post(f"{TFA}/verify/", {"code": new[0]}).status_code == 200


def test_regenerating_needs_a_code(as_ada, guarded):
    answer = as_ada.post(f"{TFA}/backup-codes/regenerate/", {"code": wrong(guarded["secret"])})

    assert answer.status_code == 400
    assert answer.json() == {"error": "Invalid verification code."}
    assert BackupCode.objects.count() == 10


def test_a_code_is_good_for_one_act(as_ada, guarded):
    used = code(guarded["secret"])
    as_ada.post(f"{TFA}/verify/", {"code": used})

    assert as_ada.post(f"{TFA}/backup-codes/regenerate/", {"code": used}).status_code == 400
    assert as_ada.post(f"{TFA}/disable/", {"code": used, "password": PASSWORD}).status_code == 400


def test_what_needs_a_second_factor_is_refused_without_one(as_ada):
    for path, body in (
        ("disable", {"code": "123456", "password": PASSWORD}),
        ("backup-codes/regenerate", {"code": "1"}),
    ):
        answer = as_ada.post(f"{TFA}/{path}/", body)
        assert answer.status_code == 400
        assert answer.json() == {"error": "2FA is not enabled for your account."}


def test_a_new_password_does_not_switch_the_second_factor_off(as_ada, guarded, ada, anonymous):
    as_ada.put(f"{AUTH}/change-password/", {"old_password": PASSWORD, "new_password": "NewSecurePass123!"})

    assert log_in(anonymous, ada.email, "NewSecurePass123!").json()["requires_2fa"] is True


def test_guessing_codes_is_limited_and_shuts_nobody_out_of_an_open_session(as_ada, pending, guarded):
    guesses = [pending.post(f"{TFA}/verify/", {"code": wrong(guarded["secret"])}) for _ in range(25)]

    assert [answer.status_code for answer in guesses] == [401] * 20 + [429] * 5
    assert guesses[-1]["Retry-After"].isdigit()
    assert re.fullmatch(r"Request was throttled\. Expected available in \d+ seconds\.", guesses[-1].json()["detail"])
    # Not even the right code helps now, and the owner's session goes on.
    assert pending.post(f"{TFA}/verify/", {"code": code(guarded["secret"])}).status_code == 429
    assert as_ada.get(f"{AUTH}/profile/").status_code == 200
    assert as_ada.get(f"{TFA}/status/").status_code == 200


def test_codes_that_were_good_once_count_as_no_guess(as_ada, pending, guarded):
    used, backup = code(guarded["secret"]), guarded["backup_codes"][0]
    as_ada.post(f"{TFA}/verify/", {"code": used})
    as_ada.post(f"{TFA}/verify/", {"code": backup})

    replays = [pending.post(f"{TFA}/verify/", {"code": each}) for each in [used, backup] * 13]

    assert {answer.status_code for answer in replays} == {401}
    assert pending.post(f"{TFA}/verify/", {"code": guarded["backup_codes"][1]}).status_code == 200


def test_the_owner_is_told_when_it_is_switched_on_and_off(as_ada, guarded):
    as_ada.post(f"{TFA}/disable/", {"code": code(guarded["secret"]), "password": PASSWORD})

    assert [(message.to, message.subject) for message in delivered()] == [
        (["ada@example.org"], "Two-factor authentication is on"),
        (["ada@example.org"], "Two-factor authentication is off"),
    ]


def test_neither_events_nor_mails_tell_a_secret(as_ada, guarded):
    as_ada.post(f"{TFA}/verify/", {"code": guarded["backup_codes"][0]})
    as_ada.post(f"{TFA}/disable/", {"code": guarded["backup_codes"][1], "password": PASSWORD})

    told = " ".join(str(payload) for payload in EventRecord.objects.values_list("payload", flat=True))
    told += " ".join(f"{message.subject} {message.body} {message.alternatives[0][0]}" for message in delivered())
    for secret in (guarded["secret"], *guarded["backup_codes"], PASSWORD):
        assert secret not in told


def test_a_session_that_owes_a_code_does_not_wait_for_ever(pending, guarded):
    Session.objects.filter(awaits_second_factor=True).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert pending.post(f"{TFA}/verify/", {"code": code(guarded["secret"])}).status_code == 401


def test_every_endpoint_needs_a_token(anonymous):
    assert anonymous.get(f"{TFA}/status/").status_code == 401
    for path in ("setup", "confirm", "verify", "disable", "backup-codes/regenerate"):
        assert anonymous.post(f"{TFA}/{path}/", {"code": "123456", "password": "x"}).status_code == 401


def test_a_code_that_comes_as_a_number_has_its_leading_zeros_again(as_ada, monkeypatch):
    heard = []
    monkeypatch.setattr(
        "onward.domain.accounts.services.second_factor.confirm", lambda **given: heard.append(given["code"])
    )

    for sent in (123456, 12345, 0, "012345"):
        as_ada.post(f"{TFA}/confirm/", {"code": sent})

    assert heard == ["123456", "012345", "000000", "012345"]
    for sent in (1234567, -1, 1.5, True):
        assert as_ada.post(f"{TFA}/confirm/", {"code": sent}).status_code == 400
