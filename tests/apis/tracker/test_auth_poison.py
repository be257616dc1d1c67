"""Whatever is sent, accounts answer with a 4xx that says why, or store it and can show it again."""

import itertools
import json

import pytest
from django.db import transaction

from onward.platform import throttle
from tests.apis.tracker.test_auth import AUTH, JOHN
from tests.apis.tracker.test_two_factor import TFA

STRINGS = [
    *("\x00", "a\x00b", "\ud800", "\udfff\ud800", "", " ", "\t\r\n", "\u200b", "\u202eabc", "\ufeffx", "\uffff"),
    *("A\u0300", "𝔘𝔫𝔦", "🧑🏽‍🚀", "%00", "%", "_", "\\", "'", '"', "' OR 1=1 --", "{{7*7}}", "${7*7}"),
    *("<script>alert(1)</script>", "javascript:alert(1)", "../../../etc/passwd", "=cmd|' /C calc'!A0", "+1", "-1"),
    *("@SUM(A1)", "\t=1", "\r=1", "＝1", "[", "(", "*", "(?:a+)+$", "x" * 100_001, "İ" * 254, "é" * 150),
]
NUMBERS = [0, -1, 1, 2**31 - 1, 2**31, -(2**31) - 1, 2**63 - 1, 2**63, -(2**63), 1e308, 1.5, 10**50]
OTHERS = [None, True, [], {}, [[[[[[]]]]]], {"a": {"b": 1}}]
POISON = [*STRINGS, *NUMBERS, *OTHERS]
RAW = ["1e999", "-1e999", "NaN", "Infinity", "00", "0x10", '"\\ud800"']
DOCUMENTS = ["null", "[]", '"x"', "1", "{", '{"a":1,"a":2}', '{"a":[[[[[[[[[[]]]]]]]]]]}', "[" * 100_000, "\xff"]

PUBLIC = {
    "auth/register": JOHN,
    "auth/login": {"email": "ada@example.org", "password": "x"},
    "auth/token/refresh": {"refresh": "x"},
    "auth/verify-email": {"token": "x"},
    "auth/resend-verification": {"email": "ada@example.org"},
    "auth/password-reset": {"email": "ada@example.org"},
    "auth/password-reset/confirm": {
        "token": "x",
        "new_password": "SecurePass123!",
        "new_password_confirm": "SecurePass123!",
    },
}
SIGNED_IN = {
    "auth/logout": {"refresh": "x"},
    "2fa/setup": {},
    "2fa/confirm": {"code": "123456"},
    "2fa/verify": {"code": "123456"},
    "2fa/disable": {"code": "123456", "password": "x"},
    "2fa/backup-codes/regenerate": {"code": "123456"},
}
PROFILE = (
    *("username", "first_name", "last_name", "phone", "linkedin_url", "portfolio_url", "github_url", "desired_role"),
    *("desired_salary_min", "desired_salary_max", "preferred_work_type"),
)


def refused_or_fine(answer, field=None):
    assert answer.status_code < 500, answer.content
    body = json.loads(answer.content)
    if answer.status_code == 400:
        assert isinstance(body, dict)
        named = {field, f"{field}_confirm", "error", "detail", "non_field_errors"}
        assert field is None or body.keys() & named, body


@pytest.mark.parametrize(
    ("path", "field"), [(path, field) for path, body in {**PUBLIC, **SIGNED_IN}.items() for field in body]
)
def test_no_value_of_any_field_breaks_anything(anonymous, as_ada, path, field):
    client = as_ada if path in SIGNED_IN else anonymous
    body = {**PUBLIC, **SIGNED_IN}[path]
    for value in POISON:
        # Each value meets the same rows: what one of them has made is gone before the next.
        with transaction.atomic():
            answer = client.post(f"/tracker/api/v1/{path}/", {**body, field: value})
            transaction.set_rollback(True)
        refused_or_fine(answer, field)
        # Guesses are limited elsewhere; here every value is to be looked at.
        throttle.reset()


@pytest.mark.parametrize("field", ["old_password", "new_password"])
def test_no_value_in_a_change_of_password_breaks_anything(as_ada, field):
    for value in POISON:
        answer = as_ada.put(f"{AUTH}/change-password/", {"old_password": "x", "new_password": "y", field: value})
        refused_or_fine(answer)
        throttle.reset()


@pytest.mark.parametrize("raw", RAW)
def test_what_is_no_json_number_is_refused(as_ada, raw):
    for field in ("desired_salary_min", "first_name"):
        answer = as_ada.patch(f"{AUTH}/profile/", f'{{"{field}": {raw}}}')
        refused_or_fine(answer)
        assert answer.status_code == 400


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_no_object_is_refused(anonymous, as_ada, document):
    for path in PUBLIC:
        answer = anonymous.post(f"/tracker/api/v1/{path}/", document)
        refused_or_fine(answer)
        assert answer.status_code == 400
    assert as_ada.patch(f"{AUTH}/profile/", document).status_code < 500
    assert as_ada.get(f"{AUTH}/profile/").status_code == 200


def test_a_body_that_is_not_json_is_refused(anonymous, db):
    for path, kind in itertools.product(PUBLIC, ("text/plain", "application/x-www-form-urlencoded", "")):
        answer = anonymous.post(f"/tracker/api/v1/{path}/", json.dumps(PUBLIC[path]), content_type=kind)
        assert answer.status_code == 415


def test_a_second_factor_outlives_poison(as_ada):
    for value in POISON:
        refused_or_fine(as_ada.post(f"{TFA}/confirm/", {"code": value}), "code")
        throttle.reset()
    assert as_ada.get(f"{TFA}/status/").status_code == 200
