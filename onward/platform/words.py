"""The words of a text, as names and titles are compared: without regard to case, accents and punctuation."""

import re
import unicodedata

from onward.platform.search import folded

# Letters that no normal form takes apart, though people type them plain.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
# Zero-width signs, hyphens that are not shown and signs that turn the direction of text.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_APOSTROPHES = re.compile("['`´ʹʻʼ‘’′]")
# "S.p.A." and "U.S." are one word each, "Node.js" is two.
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
# Vowel signs are no letters to `\w`: in the scripts of South and Southeast Asia, Hebrew and Arabic they are taken in
# by their blocks. "C++" and "C#" are other words than "C".
_MARKS = "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u109f\u1700-\u17ff\u3099\u309a"
_WORD = re.compile(rf"[\w{_MARKS}]+(?:\+\+|\+(?!\w)|#(?!\w))?")


def plain(text: str) -> str:
    """Return text in plain small letters: `folded`, composed, without signs that nobody sees."""
    small = folded(text)
    return small if small.isascii() else unicodedata.normalize("NFC", _UNSEEN.sub("", small).translate(_PLAIN))


def words(text: str) -> list[str]:
    """Return the words of a text, folded; ``&`` is ``and``. Never raises, and folding words again changes nothing."""
    said = _APOSTROPHES.sub("", plain(text))
    if "." in said:
        said = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", said)
    return _WORD.findall(said.replace("_", " ").replace("&", " and "))
