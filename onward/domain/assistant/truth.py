"""Checking a provider's text against what it was written from: what is named or counted there and not here.

It marks and changes nothing. It reads names by their capitals, so it may ask about a harmless one.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from onward.domain.assistant.comparing import skills_shown, written_in
from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.reader import Reading
from onward.domain.resumes.facts.words import lists, pattern

MOST = 50
_NUMBER = re.compile(r"\d[\d.,’']*")
_WORDS = Path(__file__).with_name("words.tsv")
_COUNTS = {word: str(number) for number, word in enumerate(lists(_WORDS)["numbers"], 2)}
_COUNTED = pattern(_WORDS, "numbers")
# A name: words that begin with a capital, with the small ones that join them.
_NAME = re.compile(r"(?:[^\W\d_a-z][\w&'’.-]*)(?:\s(?:(?:of|for|de|la|du|von|der|and|&)\s)?[^\W\d_a-z][\w&'’.-]*)*")
_SENTENCES = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[^\W_]+")
_FIRST_PERSON, _SECOND_PERSON = pattern(_WORDS, "first person", 0), pattern(_WORDS, "second person")
_FRAME, _OPENERS = frozenset(lists(_WORDS)["frame"]), frozenset(lists(_WORDS)["openers"])


def unsupported(text: str, resume: Reading, *, given: str = "", posting: str = "") -> list[str]:
    """List the names, numbers, employers and skills of a text that the résumé does not have.

    :param given: what the person has said beside it, such as the company's name and the job's title
    :param posting: its names are the employer's; they may stand in a sentence that does not speak of the writer alone
    """
    own = _words(f"{resume.text}\n{resume.name}\n{given}")
    theirs = own | _words(posting)
    shown = skills.with_broader(skills_shown(resume).keys() | resume.unsure.keys())
    # In German every noun has a capital.
    several = written_in(text) == "German"
    found: dict[str, None] = {}
    for sentence in _SENTENCES.split(text):
        claims = bool(_FIRST_PERSON.search(sentence)) and not _SECOND_PERSON.search(sentence)
        for kind, words in _of_sentence(sentence, own if claims else theirs, shown, several=several):
            found[f"{kind} not in the résumé: {words}"] = None
    return list(found)[:MOST]


def unfounded(text: str, *, material: str) -> list[str]:
    """List the names, numbers and skills of a text that the material for it does not have."""
    known = _words(material)
    shown = skills.with_broader({mention.skill.name for mention in skills.find(material, listed=True)})
    several = written_in(text) == "German"
    found: dict[str, None] = {}
    for sentence in _SENTENCES.split(text):
        for kind, words in _of_sentence(sentence, known, shown, several=several):
            found[f"{kind} not in what is known: {words}"] = None
    return list(found)[:MOST]


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)} | {found.strip(".,’'") for found in _NUMBER.findall(text)}


def _of_sentence(
    sentence: str, known: set[str], shown: set[str], *, several: bool
) -> Iterator[tuple[Literal["Name", "Number", "Skill"], str]]:
    """List what a sentence names or counts that is not known."""
    covered = ""
    for mention in skills.find(sentence):
        if mention.sure and mention.skill.group != "people" and mention.skill.name not in shown:
            covered += sentence[mention.start : mention.end].lower() + " "
            yield "Skill", sentence[mention.start : mention.end]
    for number in _NUMBER.findall(sentence):
        plain = number.strip(".,’'")
        if plain not in known and not set(_WORD.findall(plain)) <= known:
            yield "Number", plain
    for count in _COUNTED.findall(sentence):
        if count.lower() not in known and _COUNTS[count.lower()] not in known:
            yield "Number", count
    for name in _names(sentence, several=several):
        words = [word for word in _WORD.findall(name) if word.lower() not in _FRAME]
        strange = [word for word in words if word.lower() not in known and len(word) > 1 and not word.isdigit()]
        if strange and not all(word.lower() in covered for word in strange):
            yield "Name", name


def _names(sentence: str, *, several: bool) -> Iterator[str]:
    """List what is written like a name; the first word of a sentence has its capital for another reason.

    :param several: whether only what has several words counts
    """
    for found in _NAME.finditer(sentence):
        words = found[0].strip(" .,'’-").split()
        while words and (words[0].lower() in _OPENERS or (len(words) == 1 and not found.start())):
            words.pop(0)
        while words and words[-1].lower() in _OPENERS:
            words.pop()
        if len(words) > several:
            yield " ".join(words)
