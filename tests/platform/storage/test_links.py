from datetime import UTC, datetime, timedelta

import pytest

from onward.platform import storage

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EXPIRES = int((NOON + storage.LIFETIME).timestamp())
KEY = "resumes/user_1/0123.pdf"


def is_good(key=KEY, expires=str(EXPIRES), signature="", at=NOON) -> bool:
    return storage.is_good(key, expires=expires, signature=signature or storage.sign(KEY, expires=EXPIRES), at=at)


def test_a_link_is_good_for_an_hour():
    assert is_good()
    assert is_good(at=NOON + timedelta(minutes=59, seconds=59))
    assert not is_good(at=NOON + timedelta(hours=1))


def test_a_link_opens_one_file_only():
    assert not is_good(key="resumes/user_2/4567.pdf")


def test_a_link_cannot_be_made_to_last_longer():
    assert not is_good(expires=str(EXPIRES + 1))


@pytest.mark.parametrize(
    "expires",
    ["", "0", "-1", "abc", "1e9", "9" * 400, "١٢٣", f"0{EXPIRES}", f" {EXPIRES}", f"{EXPIRES}\n", "\x00", "%00"],
)
def test_a_link_with_a_strange_expiry_is_not_good(expires):
    assert not is_good(expires=expires)


@pytest.mark.parametrize("signature", ["0", "ä" * 64, "\x00", "\ud800", "a" * 100_000])
def test_a_link_with_a_strange_signature_is_not_good(signature):
    assert not is_good(signature=signature)


def test_a_signature_of_another_server_is_not_good(settings):
    signature = storage.sign(KEY, expires=EXPIRES)
    settings.SECRET_KEY = "another key, which is just as long as the first"

    assert not is_good(signature=signature)
