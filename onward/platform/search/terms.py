"""Terms: the words of a text as an index holds them, the same for what is searched in and for what is asked.

A term is a word without its ending (Snowball's English stemmer), or such a word behind a prefix that says where it
stands or what it means (`in_field`). No term holds a space or a quotation mark.
"""

import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from onward.platform.words import words

# Longer "words" are keys and encoded files.
LONGEST = 40
# What stands in every text and tells none from another. "IT" and "US" are names, too, so they are not among them.
EMPTY = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "of", "on", "or", "our", "that"),
        *("the", "their", "this", "to", "we", "will", "with", "you", "your"),
    )
)
# ".NET" would be the word "net"; "example.net" is no word of its own.
_DOTNET = re.compile(r"(?<![^\W_])\.net\b", re.I)
# Scripts that put no space between words are cut into pairs of letters.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]{2,}")
# A stemmer keeps the word that it is at in itself, so each thread has its own.
_own = threading.local()


def _english() -> Any:
    try:
        return _own.english
    except AttributeError:
        # It brings thirty languages along: three megabytes that a process without searches does without.
        import snowballstemmer

        _own.english = snowballstemmer.stemmer("english")
        return _own.english


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its ending: `engineers`, `engineering` and `engineer` are one."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    stemmed: str = _english().stemWord(word)
    return stemmed


def split(text: str) -> list[str]:
    """Return the words of a text in their order, folded and with their endings; C++, C# and .NET are words."""
    said = words(_DOTNET.sub(" dotnet", text))
    if text.isascii():
        return [word for word in said if len(word) <= LONGEST]
    found: list[str] = []
    for word in said:
        if _UNSPACED.search(word):
            found += (word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) <= LONGEST:
            found.append(word)
    return found


def terms(text: str) -> list[str]:
    """Return the terms of a text in their order, without the words that stand everywhere."""
    return [stem(word) for word in split(text) if word not in EMPTY]


def in_field(field: str, values: Iterable[str]) -> list[str]:
    """Return terms that say where something stands: `t:engin` for a word of a title, `mode:remote` for a value."""
    return [f"{field}:{value}" for value in values]


def name_term(name: str) -> str:
    """Return the words of a name as one: `machine_learning`. Nothing where it has none."""
    return "_".join(split(name))[:80]
