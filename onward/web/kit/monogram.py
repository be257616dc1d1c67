"""A company without a picture: two letters in a hue of its name."""

import hashlib

# Classes `hue-0` … in parts.css.
HUES = 8


def hue(name: str) -> int:
    """Return the number of a name's hue: the same name has the same one everywhere."""
    return hashlib.blake2b(name.casefold().encode(), digest_size=2).digest()[0] % HUES


def initials(name: str) -> str:
    """Return the first letters of a name's first two words; of one word, its first letter."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "·"
