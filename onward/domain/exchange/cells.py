"""Text in a cell that a spreadsheet must not run.

A spreadsheet takes a cell that begins with one of ``= + - @`` for a formula; some do with a full-width or small form of
these, and behind signs that nobody sees. A leading apostrophe makes it text again. The mark is taken off on import, and
nothing else is: what went out comes back.
"""

import unicodedata

# What is not there to a person's eye: control and format characters, separators, marks on a letter that is missing.
INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
# Letters by their category, and blank all the same: fillers of Hangul, and a pattern of Braille without dots.
BLANK = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}
SIGNS = set("=+-@")


def neutralise(text: str) -> str:
    """Mark a cell that a spreadsheet would take for a formula; leave every other as it is."""
    return f"'{text}" if _is_live(text) else text


def restore(text: str) -> str:
    """Return what `neutralise` was given."""
    return text[1:] if text.startswith("'") and _is_live(text[1:]) else text


def _is_live(text: str) -> bool:
    """Return whether the first sign that can be seen begins a formula, in any of its widths and heights.

    Apostrophes are passed over, so that a cell that looks marked already is marked once more, and loses only that mark
    on its way in.
    """
    if text.lstrip("'")[:1] in {"\t", "\r", "\n"}:
        return True
    for sign in text:
        if sign != "'" and sign not in BLANK and unicodedata.category(sign) not in INVISIBLE:
            return unicodedata.normalize("NFKC", sign)[0] in SIGNS
    return False
