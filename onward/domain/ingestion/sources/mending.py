"""Making JSON of what is nearly JSON: numbers that are none, raw line breaks, comments, commas too many.

The parser must see nothing else: a number of thousands of digits, for one, makes it read memory that is not its own.
"""

import json
import re
from collections.abc import Iterator
from itertools import chain

# Characters that one string may have.
LONGEST = 16 * 1024 * 1024

# Without digits and exponents that take a computer's memory.
_NUMBER = r"-?(?:0|[1-9][0-9]{0,300}+)(?:\.[0-9]{1,300}+)?(?:[eE][+-]?[0-9]{1,4}+)?"
_WORD = rf"(?:true|false|null|{_NUMBER})"
_HALF = r"u[dD][89abAB][0-9a-fA-F]{2}"
_OTHER_HALF = r"u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPED = rf'(?:["\\/bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{{4}}|{_HALF}\\{_OTHER_HALF})'
_STRING = rf'"(?:[^"\\\x00-\x1f]++|\\{_ESCAPED})*+"'
# As much as there is of what needs no mending. What touches the end may go on in the next piece.
_GOOD = re.compile(rf"(?:[\s{{}}\[:]++|\](?!\]>|\]?\Z)|,(?=\s*+[^\s}}\]])|{_STRING}|{_WORD}(?=[\s,}}\]]))++")
# One thing that may need it.
_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+")|(?P<open>"|/\*(?!.*?\*/))'
    # What hides a script's text from old browsers, in a remark of its own or not; a remark without any JSON in it.
    r"|(?P<comment>(?://[ \t]*+)?(?:<!--[^{\[>]*?-->|<!--|-->|<!\[CDATA\[|(?:<!)?\]\]>)|/\*.*?\*/|//[^\n]*)"
    r"|(?P<comma>,\s*+)|[\s{}\[\]:]|(?P<word>[^\s{}\[\]:,\"]++)",
    re.DOTALL,
)
_NONE = {"NaN", "Infinity", "-Infinity", "undefined", "None"}
_CONTROL = re.compile(r"[\x00-\x1f]")
_ESCAPE = re.compile(rf"(?P<good>\\{_ESCAPED})|(?P<half>\\u[dD][0-9a-fA-F]{{3}})|\\")
_WHOLE_WORD = re.compile(_WORD)


class TooLong(ValueError):
    """A string without an end."""


def mended(pieces: Iterator[str]) -> Iterator[str]:
    """Return the same document with what no parser takes replaced: by null, by text, or by nothing.

    A document that is JSON comes out as it is, and one that is cut comes out cut.

    :raises TooLong: when a string has no end
    """
    rest = ""
    waiting: list[str] = []
    size = 0
    for piece in chain(pieces, (None,)):
        if piece is not None:
            waiting.append(piece)
            size += len(piece)
            if size < len(rest):
                # A long string is looked at again when as much more of it has come.
                continue
        text = "".join((rest, *waiting))
        waiting, size = [], 0
        made: list[str] = []
        at = 0
        while at < len(text):
            if good := _GOOD.match(text, at):
                made.append(good[0])
                at = good.end()
                continue
            token = _TOKEN.match(text, at)
            if token is None or (piece is not None and _may_go_on(token, text)):
                break
            made.append(_mend(token, text))
            at = token.end()
        rest = text[at:]
        if len(rest) > LONGEST:
            raise TooLong
        if made:
            yield "".join(made)
    yield rest


def _may_go_on(token: re.Match[str], text: str) -> bool:
    """Return whether the next piece may show that something else is meant."""
    return token.lastgroup == "open" or token.end() == len(text) or len(text) - token.start() < len("<![CDATA[")


def _mend(token: re.Match[str], text: str) -> str:
    value = token[0]
    match token.lastgroup:
        case "string":
            value = _ESCAPE.sub(_escaped, value)
            return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
        case "comment":
            return " "
        case "comma":
            return "" if text[token.end() : token.end() + 1] in ("}", "]") else value
        case "word" if value in _NONE:
            return "null"
        case "word" if not _WHOLE_WORD.fullmatch(value):
            return json.dumps(value)
        case _:
            return value


def _escaped(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "good":
            return found[0]
        case "half":
            return r"\ufffd"
        case _:
            return r"\\"
