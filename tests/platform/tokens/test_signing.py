import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import jwt
import pytest

from onward.platform.tokens import signing
from onward.platform.tokens.signing import BadToken

NOW = datetime(2026, 11, 20, 12, 0, 0, 500_000, tzinfo=UTC)
HOUR = timedelta(hours=1)
SESSION = UUID("11111111-1111-4111-8111-111111111111")
TOKEN = UUID("22222222-2222-4222-8222-222222222222")


def make(kind="access", *, at=NOW, lifetime=HOUR):
    return signing.sign(kind, user_id=12, session_id=SESSION, token_id=TOKEN, at=at, lifetime=lifetime)


def key(settings):
    return signing._key(settings.SECRET_KEY).key


def claims(**changes):
    stamp = int(NOW.timestamp())
    given = {
        "iss": "onward",
        "sub": "12",
        "sid": SESSION.hex,
        "typ": "access",
        "jti": TOKEN.hex,
        "iat": stamp,
        "exp": stamp + 3600,
    }
    return {name: value for name, value in {**given, **changes}.items() if value is not None}


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def by_hand(header, secret, digest=hashlib.sha256):
    text = f"{part(header)}.{part(claims())}"
    signature = hmac.new(secret, text.encode(), digest).digest()
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def refused(token):
    with pytest.raises(BadToken) as refusal:
        signing.read_access(token, at=NOW)
    assert refusal.value.code == "token_not_valid"


def test_a_token_says_whose_it_is_which_session_and_until_when():
    read = signing.read_access(make(), at=NOW)
    assert (read.user_id, read.session_id, read.token_id) == (12, SESSION, TOKEN)
    assert read.expires == int(NOW.timestamp()) + 3600


def test_the_same_values_give_the_same_token():
    assert make("refresh") == make("refresh")


def test_a_token_is_good_to_the_last_second_and_not_beyond():
    token = make()
    signing.read_access(token, at=NOW.replace(microsecond=0) + HOUR - timedelta(seconds=1))
    with pytest.raises(BadToken):
        signing.read_access(token, at=NOW.replace(microsecond=0) + HOUR)


def test_a_token_that_was_good_expires_all_the_same():
    token = make()
    signing.read_access(token, at=NOW)
    with pytest.raises(BadToken):
        signing.read_access(token, at=NOW + HOUR)


def test_a_refresh_token_opens_nothing():
    refused(make("refresh"))


def test_an_access_token_refreshes_nothing():
    with pytest.raises(BadToken):
        signing.read_refresh(make(), at=NOW)


def test_the_algorithm_none_is_refused():
    body = f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims())}"
    refused(f"{body}.")
    refused(f"{body}.{make().rpartition('.')[2]}")
    refused(jwt.encode(claims(), None, "none"))


@pytest.mark.parametrize("algorithm", ["nOnE", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "", "hs256"])
def test_another_algorithm_is_refused_although_the_key_is_right(settings, algorithm):
    refused(by_hand({"alg": algorithm, "typ": "JWT"}, key(settings)))


def test_a_header_without_an_algorithm_is_refused(settings):
    refused(by_hand({"typ": "JWT"}, key(settings)))


def test_a_token_of_another_algorithm_made_properly_is_refused(settings):
    refused(by_hand({"alg": "HS512", "typ": "JWT"}, key(settings), hashlib.sha512))


@pytest.mark.parametrize("wrong", [b"", b"\0" * 32, b"secret", b"onward"])
def test_a_wrong_key_is_refused(wrong):
    refused(by_hand({"alg": "HS256", "typ": "JWT"}, wrong))


def test_the_servers_secret_itself_signs_no_token(settings):
    refused(by_hand({"alg": "HS256", "typ": "JWT"}, settings.SECRET_KEY.encode()))


def test_a_key_that_a_token_brings_along_is_not_believed():
    brought = {"kty": "oct", "k": base64.urlsafe_b64encode(b"k" * 32).decode().rstrip("=")}
    for extra in ({"jwk": brought}, {"jku": "https://example.org/keys"}, {"kid": "../../dev/null"}, {"x5u": "a"}):
        refused(by_hand({"alg": "HS256", "typ": "JWT", **extra}, b"k" * 32))


def test_a_critical_header_that_is_not_understood_is_refused(settings):
    refused(by_hand({"alg": "HS256", "typ": "JWT", "crit": ["b64"], "b64": False}, key(settings)))


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "somebody else"},
        {"iss": None},
        {"iss": ["onward"]},
        {"typ": "refresh"},
        {"typ": None},
        {"typ": ["access"]},
        {"sub": None},
        {"sub": "nobody"},
        {"sid": None},
        {"sid": "12"},
        {"sid": 12},
        {"jti": None},
        {"jti": "x"},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": 0},
        {"exp": []},
        {"exp": 10**30},
        {"exp": float("1e300")},
        {"sub": "0"},
        {"sub": "-12"},
        {"sub": "12 "},
        {"sub": "١٢"},
        {"sub": "9" * 30},
        {"sub": "9" * 5000},
    ],
    ids=str,
)
def test_claims_that_are_not_ours_are_refused_even_with_our_signature(settings, changes):
    refused(jwt.encode(claims(**changes), key(settings), "HS256") if changes != {"iss": ["onward"]} else "a.b.c")


def test_a_changed_claim_is_refused():
    header, _, signature = make().split(".")
    refused(f"{header}.{part(claims(sub='13'))}.{signature}")


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "...",
        "nonsense",
        "a.b.c",
        "eyJhbGciOiJIUzI1NiJ9..",
        "é.é.é",
        "\0",
        "\ud800",
        "=" * 300,
        "." * 1000,
        "[" * 1000,
        base64.urlsafe_b64encode(b"[" * 600).decode() + ".e30.x",
        base64.urlsafe_b64encode(b'{"alg":' + b"9" * 500).decode() + ".e30.x",
    ],
    ids=repr,
)
def test_garbage_is_refused(token):
    refused(token)


def test_any_single_changed_character_is_refused():
    token = make()
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        refused(token[:place] + other + token[place + 1 :])


def test_what_stands_around_a_token_is_refused():
    for token in (f" {make()}", f"{make()} ", f"{make()}\n", f"{make()}.", f"{make()}.{make()}", f"{make()}="):
        refused(token)


def test_a_huge_token_is_refused_before_any_work(settings, monkeypatch):
    token = jwt.encode(claims(pad="x" * 30_000), key(settings), "HS256")
    monkeypatch.setattr(signing, "_verify", None)
    monkeypatch.setattr(signing, "_verify_once", None)
    refused(token)


def test_a_token_dies_with_the_key_that_signed_it(settings):
    token = make()
    signing.read_access(token, at=NOW)
    settings.SECRET_KEY = "another key, long enough to be one"
    refused(token)


def test_a_good_token_is_verified_once(settings, monkeypatch):
    token = signing.sign("access", user_id=1, session_id=uuid4(), token_id=uuid4(), at=NOW, lifetime=HOUR)
    signing.read_access(token, at=NOW)
    monkeypatch.setattr(signing.jwt, "decode", None)
    assert signing.read_access(token, at=NOW).user_id == 1
