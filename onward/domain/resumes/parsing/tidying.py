"""Text in the form in which people write it."""

import re

from onward.domain.resumes.parsing.bounds import LONGEST_TEXT, UNKNOWN, Unreadable, Words

LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# Bullets of the Symbol and Wingdings fonts, which have places for private use.
BULLETS = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF076: "•", 0x25AA: "•", 0x25CF: "•", 0x25A0: "•"}
HYPHENS = {0x2010: "-", 0x2011: "-"}
# Soft hyphens that are not drawn; joiners that nobody sees.
INVISIBLE = {0xFFFE: "", 0x00AD: "", 0x200B: "", 0xFEFF: "", 0x2060: "", 0x00A0: " "}

# More signs than these, for each letter, make a text that nobody could use.
MOST_UNKNOWN = 0.3


def tidied(words: Words) -> Words:
    """Bring text into the form in which people write it: plain letters, one kind of bullet, no gaps.

    :raises Unreadable: when nothing is left
    """
    # A carriage return alone is no line's end in any of these formats: some fonts call their space so.
    text = words.text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", " ")
    text = text.translate(LIGATURES | BULLETS | HYPHENS | INVISIBLE)
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff]", "", text)
    # A sign that stands alone is a picture or a bullet.
    text = re.sub(rf"(?<!\S){UNKNOWN}(?!\S)", "", text)
    # An item can be one twice: by its style, and by itself.
    text = re.sub(r"•(?:[ \t]*•)+", "•", text)
    # What is set apart in a line stays apart.
    lines = [
        re.sub(r" *\t[ \t]*", "\t", re.sub(r"[ \u2000-\u200a\u202f\u3000]+", " ", line)).strip()
        for line in text.split("\n")
    ]
    text = re.sub(r"\n{3,}", "\n\n", _undivided("\n".join(lines))).strip()
    if text.count(UNKNOWN) > MOST_UNKNOWN * sum(map(str.isalpha, text)):
        raise Unreadable("unmapped")
    if not re.search(r"\w{2}", text):
        raise Unreadable("empty")
    cut = {"cut"} if len(text) > LONGEST_TEXT else set()
    return Words(text[:LONGEST_TEXT], words.warnings | cut)


def _undivided(text: str) -> str:
    """Take words together that were divided at the end of a line.

    Whether the hyphen is the word's own nobody can tell from the line: it goes only where the document has the whole
    word elsewhere, and no such word with a hyphen.
    """
    # A word begins where no letter stands before it: otherwise each letter of a long one would be tried.
    divided = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-\n([^\W\d_]+)")
    if not divided.search(text):
        return text
    whole = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", divided.sub(" ", text).casefold()))

    def join(found: re.Match[str]) -> str:
        first, second = found.groups()
        if not second[0].islower():
            return found[0]
        closed, open_ = (first + second).casefold(), f"{first}-{second}".casefold()
        return first + second if closed in whole and open_ not in whole else f"{first}-{second}"

    return divided.sub(join, text)
