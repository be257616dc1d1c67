"""How a search compares text: a person who types plain letters finds what is written with others."""

import re
import unicodedata

# Accents that stand behind their letter, as composition takes them apart.
ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """Return text without regard to case, accents, width and composition; ``ß`` is ``ss``.

    Two names that are the same to a unique rule are so to a search; a search finds more. The databases do the same to
    what they search in (`Fold`).
    """
    if text.isascii():
        return text.lower()
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
