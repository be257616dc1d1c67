"""Text in a cell that a spreadsheet must not run.

A spreadsheet takes a cell that begins with one of ``= + - @`` (or its full-width form) for a formula. A leading
apostrophe makes it text again. The mark is taken off on import, and nothing else is: what went out comes back.
"""

import re

# Spaces and invisible characters in front do not stop every spreadsheet from seeing the formula. Apostrophes are
# allowed in front so that a cell that looks marked already is marked once more, and loses only that mark on its way in.
_LIVE = re.compile(r"[\s'\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠]|'*[\t\r\n]")


def neutralise(text: str) -> str:
    """Mark a cell that a spreadsheet would take for a formula; leave every other as it is."""
    return f"'{text}" if _LIVE.match(text) else text


def restore(text: str) -> str:
    """Give what `neutralise` was given."""
    return text[1:] if text.startswith("'") and _LIVE.match(text, 1) else text
