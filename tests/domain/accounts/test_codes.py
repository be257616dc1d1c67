import struct
import zlib
from base64 import b64decode
from datetime import UTC, datetime

import pyotp
import pytest

from onward.domain.accounts import codes

AT = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)
STEP = int(AT.timestamp()) // 30
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_a_secret_is_32_letters_of_base32_and_never_the_same():
    secrets = {codes.new_secret() for _ in range(50)}

    assert len(secrets) == 50
    assert all(len(secret) == 32 and set(secret) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for secret in secrets)


@pytest.mark.parametrize("away", [-1, 0, 1])
def test_a_code_belongs_to_its_step(away):
    code = pyotp.TOTP(SECRET).at(int(AT.timestamp()) + 30 * away)

    assert codes.matching_steps(secret=SECRET, code=code, at=AT) == [STEP + away]


@pytest.mark.parametrize("away", [-2, 2])
def test_a_code_of_two_steps_away_belongs_to_none(away):
    code = pyotp.TOTP(SECRET).at(int(AT.timestamp()) + 30 * away)

    assert codes.matching_steps(secret=SECRET, code=code, at=AT) == []


def test_spaces_in_a_code_do_not_matter():
    code = pyotp.TOTP(SECRET).at(AT)

    assert codes.matching_steps(secret=SECRET, code=f" {code[:3]} {code[3:]} ", at=AT) == [STEP]


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "٠١٢٣٤٥", "12345\n", "+12345"])
def test_what_is_not_six_digits_is_no_code(code):
    assert codes.matching_steps(secret=SECRET, code=code, at=AT) == []


def test_backup_codes_are_ten_different_ones_without_letters_that_look_alike():
    made = codes.new_backup_codes()

    assert len(set(made)) == 10
    assert not set("".join(made)) & set("ILO01")


def test_a_digest_is_of_one_person_and_of_this_servers_key(settings):
    mine = codes.digest(user_id=1, code="ABCD-2345")

    assert mine == codes.digest(user_id=1, code="abcd2345")
    assert mine != codes.digest(user_id=2, code="ABCD-2345")
    settings.SECRET_KEY = "another key, of sufficient length too"
    assert mine != codes.digest(user_id=1, code="ABCD-2345")


def test_a_picture_is_a_png_that_is_whole():
    kind, _, data = codes.picture("otpauth://totp/Onward:ada@example.org?secret=x").partition(",")

    assert kind == "data:image/png;base64"
    picture = b64decode(data, validate=True)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    place, seen = 8, []
    while place < len(picture):
        length, name = struct.unpack(">I4s", picture[place : place + 8])
        body = picture[place + 8 : place + 8 + length]
        (check,) = struct.unpack(">I", picture[place + 8 + length : place + 12 + length])
        assert zlib.crc32(name + body) == check
        seen.append(name)
        place += 12 + length
    assert (seen[0], seen[-1]) == (b"IHDR", b"IEND")
