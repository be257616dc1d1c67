"""What a file may be called, and what its size is called."""

import re
import unicodedata

LONGEST = 255
# They join letters and emoji; other invisible characters only disguise a name.
JOINERS = {"\u200c", "\u200d"}


def safe_file_name(name: str, *, suffix: str) -> str:
    """Keep what can be kept of a client's file name: no folders, nothing invisible, the suffix that the content has.

    :param suffix: with its dot; a name with another one gets it added, so that a PDF is never saved as a page
    """
    base = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    stem = "".join(filter(_is_visible, base)).rstrip(" .")
    if stem.lower().endswith(suffix):
        stem, suffix = stem[: -len(suffix)], stem[-len(suffix) :]
    return (stem.strip(" .")[: LONGEST - len(suffix)].rstrip(" .") or "resume") + suffix


def _is_visible(letter: str) -> bool:
    return letter == " " or letter in JOINERS or unicodedata.category(letter)[0] not in {"C", "Z"}


def size_in_words(size: int) -> str:
    """Write a number of bytes for people: ``122.1 KB``."""
    if size < 1024:
        return f"{size} B"
    kilobytes = round(size / 1024, 1)
    return f"{kilobytes:.1f} KB" if kilobytes < 1024 else f"{size / 1024 / 1024:.1f} MB"
