"""Making plain, bounded values of what sources send. Nothing here fails; what is of no use becomes nothing."""

import html
import re
import unicodedata
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

LINE = 255
ADDRESS = 2000
MOST_WORDS = 50
LONGEST_WORD = 100
YEARS = range(1990, 2101)

# Control characters, halves of surrogate pairs, and what has no width or turns the direction of text around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ufdd0-\ufdef\ufffe\uffff]+"
)
_UNSEEN_ASCII = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_MARKUP = re.compile(r"</?(?:a|b|br|div|em|font|h[1-6]|i|p|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_WHOLE = re.compile(r"-?[0-9]{1,40}")


class Unfit(Exception):
    """What no posting can be made of. :ivar reason: a short sentence that names the field"""

    def __init__(self, reason: str, external_id: str = "") -> None:
        self.reason = reason
        self.external_id = external_id
        super().__init__(reason)


def seen(text: str) -> str:
    """Return a text without what nobody sees, in its composed form."""
    if text.isascii():
        # Looked up sign by sign, and only where one may be unseen: a regular expression takes several times as long.
        return text if text.isprintable() else text.translate(_UNSEEN_ASCII)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def line(value: Any, most: int = LINE) -> str:
    """Return a value as one line of plain text; empty when it is neither text nor a number."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    # Far more than is kept, and far less than would take long.
    text = str(value)[: 20 * most]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    text = " ".join(seen(text).split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def identifier(value: Any, name: str = "id") -> str:
    """Return what identifies a posting on its board.

    :param name: what the source calls it
    :raises Unfit: when the value can identify nothing
    """
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value() and abs(value) < 2**63:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unfit(f"{name}: must be text or a whole number.")
    text = str(value).strip()
    if not text or not text.isprintable() or _UNSEEN.search(text):
        raise Unfit(f"{name}: must be text that can be read, and not empty.")
    return text if len(text) <= LINE else digest(text)


def digest(*parts: str) -> str:
    """Return what identifies a posting that has no id of its own."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def title(value: Any, external_id: str, name: str = "title") -> str:
    """Return a posting's title.

    :raises Unfit: when there is none
    """
    text = line(value) if isinstance(value, str) else ""
    if not any(character.isalnum() for character in text):
        raise Unfit(f"{name}: must hold text.", external_id)
    return text


def link(value: Any, base: str = "") -> str:
    """Return a web address, in the form in which it is asked for; empty when it is none that people can open.

    :param base: where it was found, for addresses that are not whole
    """
    if not isinstance(value, str) or not (text := value.strip()) or len(text) > 2 * ADDRESS:
        return ""
    try:
        whole: str = (
            text if _SAFE.fullmatch(text) else safe_url_string(urljoin(base, seen(text)) if base else seen(text))
        )
        parts = urlsplit(whole)
        usable = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc) and parts.port != 0
    except ValueError:
        return ""
    return whole if usable and len(whole) <= ADDRESS else ""


# What needs no quoting, as most addresses do not: to quote takes ten times as long.
_SAFE = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?(?:/[A-Za-z0-9/_.~-]*)?(?:\?[A-Za-z0-9/_.~=&-]*)?"
)
# Without a user's name and password.
_HOST = re.compile(r"(?:[\w.-]*[\w-]\.?|\[[0-9a-fA-F:.]+\])(?::[0-9]+)?")


def words(values: Any) -> tuple[str, ...]:
    """Return tags or skills, each once."""
    found: dict[str, str] = {}
    for value in values if isinstance(values, list | tuple) else [values]:
        text = line(value, LONGEST_WORD)
        if text and len(found) < MOST_WORDS:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())


def instant(value: Any) -> datetime | None:
    """Return a moment: seconds or milliseconds since 1970, or text as in ISO 8601 or in mails.

    Text that names no zone is taken for UTC.
    """
    found: datetime | None = None
    if isinstance(value, str):
        found = _instant_of_text(value.strip()[:64])
    elif isinstance(value, int | Decimal | float) and not isinstance(value, bool):
        found = _instant_of_number(value)
    return found if found is not None and found.year in YEARS else None


def _instant_of_number(value: int | Decimal | float) -> datetime | None:
    # In seconds, this is the year 5138.
    with suppress(ValueError, OverflowError, ArithmeticError, OSError):
        return datetime.fromtimestamp(float(value / 1000 if value > 10**11 else value), UTC)
    return None


def _instant_of_text(text: str) -> datetime | None:
    if _WHOLE.fullmatch(text) and len(text) > 8:
        return _instant_of_number(int(text))
    found: datetime | None = None
    with suppress(ValueError):
        found = datetime.fromisoformat(text.removesuffix(" UTC"))
    if found is None:
        with suppress(ValueError, TypeError, IndexError):
            found = parsedate_to_datetime(text)
    if found is None:
        return None
    with suppress(OverflowError):
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def day(value: Any) -> date | None:
    """Return a day, as the source's own clock shows it."""
    if isinstance(value, str):
        with suppress(ValueError):
            found = datetime.fromisoformat(value.strip()[:64].removesuffix(" UTC")).date()
            return found if found.year in YEARS else None
    moment = instant(value)
    return moment.date() if moment else None
