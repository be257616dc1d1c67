"""The codes of a second factor: from an authenticator app, or from the list that is kept for a rainy day."""

import base64
import io
import re
import secrets
from datetime import datetime

import pyotp
from django.utils.crypto import salted_hmac

ISSUER = "Onward"
STEP = 30
# A phone's clock may be half a minute off, and a code takes some seconds to type.
TOLERANCE = 1
HOW_MANY_BACKUP_CODES = 10
# Without I, L, O, 0 and 1, which are mistaken for each other on paper.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_secret() -> str:
    """Make the secret that an authenticator shares with us: 160 bits, 32 letters."""
    return pyotp.random_base32(32)


def otpauth_url(*, secret: str, email: str) -> str:
    """Return what an authenticator app is told, by picture or by link."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture(text: str) -> str:
    """Draw text as a QR code and give it as a ``data:`` URL of a PNG."""
    # Four megabytes, for what a process may never be asked.
    import qrcode
    from qrcode.image.pure import PyPNGImage

    code = qrcode.QRCode(border=2, box_size=6, image_factory=PyPNGImage)
    code.add_data(text)
    file = io.BytesIO()
    code.make_image().save(file)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def matching_steps(*, secret: str, code: str, at: datetime) -> list[int]:
    """Return the time steps whose code this is, the earliest first; mostly none or one."""
    code = _tidy(code)
    if not re.fullmatch(r"[0-9]{6}", code):
        return []
    now = int(at.timestamp()) // STEP
    hotp = pyotp.HOTP(secret)
    return [step for step in range(now - TOLERANCE, now + TOLERANCE + 1) if secrets.compare_digest(hotp.at(step), code)]


def new_backup_codes() -> list[str]:
    """Make ten codes of the shape ``XXXX-XXXX``, each one of 8 · 10¹¹."""
    codes: set[str] = set()
    while len(codes) < HOW_MANY_BACKUP_CODES:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
        codes.add(f"{letters[:4]}-{letters[4:]}")
    return sorted(codes)


def digest(*, user_id: int, code: str) -> str:
    """Return what is kept of a backup code.

    A keyed hash and not argon2: a code has to be found by one indexed conditional UPDATE, which is what makes it good
    once however many try at the same moment, and a slow salted hash would have to be tried on all ten rows first.
    Slowness would also win little. The codes are random, so there is no dictionary to try, and without the server's
    key the digests say nothing at all.
    """
    return salted_hmac("onward.accounts.backup_code", f"{user_id}:{_tidy(code)}", algorithm="sha256").hexdigest()


def _tidy(code: str) -> str:
    """Bring a code into the one shape that is compared: case, spaces and dashes do not matter."""
    return re.sub(r"[\s-]", "", code).upper()
