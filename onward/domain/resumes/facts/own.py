"""What is plainly a statement of the person's own. Of anything else nobody can tell whose it is, or if it holds."""

import re
from collections.abc import Sequence

from onward.domain.resumes.facts.lines import HEADINGS, SENTENCE, WORDS, heading, is_prose, occupations
from onward.domain.resumes.facts.skills import Mention, words
from onward.domain.resumes.facts.words import by_word, lists, pattern

# How far behind a name is read what may take it back, in characters.
FARTHEST = 80
UNMADE = pattern(WORDS, "unmade")
_SPEAKERS = re.compile(rf"{pattern(WORDS, 'speakers').pattern}\s?", re.I)
_OTHERS, _AGENTS = pattern(WORDS, "other clauses", 0), pattern(WORDS, "agents", 0)
_SUBJECTS = frozenset(lists(WORDS)["subjects"]) | frozenset(lists(WORDS)["others"])
_INTENTION = re.compile(r"\S+\s(?:to|zu)\s[a-zà-ÿ]+")
_CAPITAL = re.compile(r"\b[^\W\d_a-zà-ÿ][a-zà-ÿ’']+")
_QUOTED = re.compile(r"[\"“”„«»?]")
_OPENS = re.compile(r"\s*[:(=]|\s+[-–—]\s|\s*[|·]")
_ENDS = re.compile(r"\s*(?:[,;/|•·&)]|\.?$|(?:and|und|et|y|or|oder)\s)")
TAIL = re.compile(rf"(?:{pattern(WORDS, 'shown').pattern}|[\s,;/+&.–—-])++", re.I)
_LABEL = re.compile(r"[^:,;]{2,40}(?=:)")
_JOINED = re.compile(r"\s*(?:[,/&+]|and|und|et|y|or|oder)\s*", re.I)
_WORD = re.compile(r"[^\W\d_]+")


def is_own(sentence: str) -> bool:
    """Return whether a sentence says what the person did and nothing more: no other subject, no second clause."""
    text = sentence.strip()
    speaker = _SPEAKERS.match(text)
    text = text[speaker.end() :] if speaker else text
    first = _WORD.match(text)
    if UNMADE.search(text) or _QUOTED.search(text) or (not speaker and _INTENTION.match(text)):
        return False
    if first and not speaker and (first[0].lower() in _SUBJECTS or occupations(first[0].removesuffix("s"))):
        return False
    plain = _CAPITAL.sub(lambda word: word[0].lower(), text)
    return not (_OTHERS.search(plain) or _AGENTS.search(text))


def is_unmade(text: str, mentions: Sequence[Mention]) -> bool:
    """Return whether something besides the names of skills (machine learning) says that it is not so, or not yet."""
    bare = list(text)
    for mention in mentions:
        bare[mention.start : mention.end] = " " * (mention.end - mention.start)
    return UNMADE.search("".join(bare)) is not None


def own_mentions(text: str, mentions: Sequence[Mention], *, listed: bool) -> set[int]:
    """Return the places in a line of the mentions that show a skill of the person's.

    :param listed: whether the line stands in a section of skills, languages or credentials
    """
    entries = listed and not is_prose(text)
    if entries or not is_prose(text):
        label = _LABEL.match(text)
        if is_unmade(text, mentions) or (label and not is_label(label[0])):
            return set()
    found: set[int] = set()
    left = list(mentions)[::-1]
    at = 0
    for sentence in SENTENCE.split(text):
        at = text.index(sentence, at)
        inside = []
        while left and left[-1].start < at + len(sentence):
            inside.append(left.pop())
        if entries or is_own(sentence):
            found |= _left_alone(text, inside, entry=entries or (bool(inside) and inside[0].start == at))
        at += len(sentence)
    return found


def _left_alone(text: str, mentions: list[Mention], *, entry: bool) -> set[int]:
    """Return the places of the names that nothing takes back; `none` does so for both in `Python, Java: none`."""
    found: set[int] = set()
    holds, after = True, len(text)
    for mention in reversed(mentions):
        joined = _JOINED.fullmatch(text[mention.end : min(after, mention.end + FARTHEST)]) is not None
        holds = (holds or not joined) and _is_left_alone(text, mention, after, entry=entry)
        found |= {mention.start} if holds else set()
        after = mention.start
    return found


def _is_left_alone(text: str, mention: Mention, after: int, *, entry: bool) -> bool:
    """Return whether nothing behind a name takes it back: a level, years, a version or another name may stand there.

    :param after: where the next name begins
    """
    rest = text[mention.end : mention.end + FARTHEST]
    following = _WORD.match(rest.lstrip())
    if not entry and following and occupations(following[0]):
        # Somebody else may be the developer.
        return False
    opened = _OPENS.match(rest)
    if _ENDS.match(rest) and not opened:
        return True
    if not opened and not entry:
        return True
    start = mention.end + (opened.end() if opened else 0)
    behind = text[start : min(after, start + FARTHEST)]
    end = next((n for n, sign in enumerate(behind) if sign in (")" if opened and "(" in opened[0] else ",;|•·")), None)
    return TAIL.fullmatch(behind[:end].strip(" (") or " ") is not None


def is_label(label: str) -> bool:
    """Return whether the words before a colon name a kind of skills, and not what they are to the person."""
    known = words() | {word for name in by_word(HEADINGS) for word in name.split()}
    own = set(label.lower().replace("&", " ").replace("/", " ").split())
    return bool(heading(label)) or (
        all(word in known or word.removesuffix("s") in known for word in own) and not own & {"to", "planned"}
    )
