"""Making JSON of what is nearly JSON: numbers that are none, raw line breaks, comments, commas too many."""

import json
import re
from collections.abc import Iterator
from itertools import chain

# Characters that one string may have.
LONGEST = 16 * 1024 * 1024

# A string; a quotation mark whose partner has not come yet; what wraps a script's text, and comments; a comma with the
# space after it; other signs and space; a word or number.
_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+")|(?P<open>")'
    r"|(?P<comment><!--|-->|<!\[CDATA\[|\]\]>|/\*.*?\*/|//[^\n]*)"
    r"|(?P<comma>,\s*+)|[\s{}\[\]:]|(?P<word>[^\s{}\[\]:,\"]++)",
    re.DOTALL,
)
# Without exponents that take a computer's memory.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,4})?")
_NONE = {"NaN", "Infinity", "-Infinity", "undefined", "None"}
_CONTROL = re.compile(r"[\x00-\x1f]")
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')


class TooLong(ValueError):
    """A string without an end."""


def mended(pieces: Iterator[str]) -> Iterator[str]:
    """Return the same document with what no parser takes replaced: by null, by text, or by nothing.

    A document that is JSON comes out as it is, and one that is cut comes out cut.

    :raises TooLong: when a string has no end
    """
    rest = ""
    for piece in chain(pieces, (None,)):
        text = rest + (piece or "")
        done, made = 0, []
        for token in _TOKEN.finditer(text):
            # What touches the end may go on in the next piece.
            if piece is not None and (token.end() == len(text) or token.lastgroup == "open"):
                break
            made.append(_mend(token, text))
            done = token.end()
        rest = text[done:]
        if len(rest) > LONGEST:
            raise TooLong
        if made:
            yield "".join(made)
    yield rest


def _mend(token: re.Match[str], text: str) -> str:
    value = token[0]
    match token.lastgroup:
        case "string":
            value = _ESCAPE.sub(lambda found: found[0] if found[1] else r"\\", value)
            return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
        case "comment":
            return " "
        case "comma":
            return "" if text[token.end() : token.end() + 1] in ("}", "]") else value
        case "word" if value in _NONE:
            return "null"
        case "word" if value not in ("true", "false", "null") and not _NUMBER.fullmatch(value):
            return json.dumps(value)
        case _:
            return value
