"""Reading a résumé: its name, and facts with the lines that they rest on.

It reads no prose. It knows sections by their headings, entries by their dates and skills by the list. A position is
named only where the section is plainly made of "title, employer, dates, lines"; anything else is left for the person
to say, and a warning tells of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.contacts import contacts
from onward.domain.resumes.facts.draft import Draft
from onward.domain.resumes.facts.lines import (
    SENTENCE,
    WORDS,
    Line,
    heading,
    in_sections,
    is_prose,
    occupations,
    read_lines,
)
from onward.domain.resumes.facts.listed import MOST_WORDS, SEPARATOR, is_list, items, unwrapped
from onward.domain.resumes.facts.names import CONTACT, certain_name
from onward.domain.resumes.facts.own import TAIL, is_own, is_unmade, own_mentions
from onward.domain.resumes.facts.positions import read_positions
from onward.domain.resumes.facts.words import pattern

# What is read of a text: ten pages, or twenty of short lines.
MOST_CHARACTERS, MOST_LINES = 30_000, 1_000
MOST_FACTS = 400
LONGEST_QUOTE = 400
LONG = "The résumé is long; only a part of it was read."
# What stands before something that is said of a name, and may take it back.
_SAID_OF = re.compile(r"[:(=]|\s[-–—]\s")
_UNDONE = pattern(WORDS, "undone")
_AFTER_DEGREE = re.compile(rf"\s*(?:[,;|•·(–—]|\s-\s|\s{{2}}|{pattern(WORDS, 'after a degree').pattern}).*$", re.I)
_KINDS = {"languages": FactKind.LANGUAGE, "credentials": FactKind.CREDENTIAL}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a résumé says.

    :ivar name: empty when it is not certain
    :ivar unsure: lines by the skills that they may speak of
    """

    text: str
    name: str
    facts: list[Draft]
    unsure: dict[str, str]
    warnings: list[str]


def read(text: str, *, owner: str = "") -> Reading:
    """Read a résumé; the same text always gives the same. Takes time in proportion to the text.

    :param owner: how the person calls themselves, which makes that name certain where the résumé has it
    """
    text, was_cut = beginning(text)
    lines, run_together = in_sections(read_lines(text))
    name = certain_name(lines, owner)
    warnings = []
    if run_together:
        warnings.append(
            "The columns of the résumé run into each other, so no line of it is quoted. Paste it as plain text instead."
        )
    if not name:
        warnings.append("No certain name was found in the résumé: sign the letter yourself.")
    positions = [] if run_together else list(read_positions([one for one in lines if one.section == "experience"]))
    unclear = sum(not position.details for position in positions)
    if unclear:
        warnings.append(
            f"Not plainly title, employer and dates, and therefore not named: {unclear} of {len(positions)} positions."
        )
    elif not positions:
        warnings.append("No position was found that is plainly title, employer and dates, so none is named.")
    held, unsure = _skills(lines, {position.details["title"] for position in positions if position.details})
    facts = [
        *contacts(lines, name),
        *_summary(lines),
        *positions,
        *_studies(lines),
        *_credentials(lines),
        *held,
        *_languages(lines),
    ]
    # Last, because there may be more of them than are kept.
    facts += [] if run_together else _achievements(lines)
    unique = {(fact.kind, fact.text): fact for fact in facts if len(fact.text) <= LONGEST_QUOTE}
    was_cut = was_cut or len(unique) > MOST_FACTS or any(len(fact.text) > LONGEST_QUOTE for fact in facts)
    return Reading(
        text=text,
        name=name,
        facts=list(unique.values())[:MOST_FACTS],
        unsure=unsure,
        warnings=[*([LONG] if was_cut else []), *warnings],
    )


def beginning(text: str) -> tuple[str, bool]:
    """Return as much of a text as is read, and whether that is less than all."""
    lines = text[:MOST_CHARACTERS].splitlines()[:MOST_LINES]
    return "\n".join(lines), len(text) > MOST_CHARACTERS or len(text.splitlines()) > MOST_LINES


# What else there is


def _summary(lines: list[Line]) -> Iterator[Draft]:
    said = [line.text for line in lines if line.section == "summary"]
    if said:
        yield Draft(kind=FactKind.SUMMARY, text=" ".join(said)[:LONGEST_QUOTE].strip(), lines=said)


def _achievements(lines: list[Line]) -> Iterator[Draft]:
    """List the lines that say what was done, whole and as they are."""
    headed = any(line.section for line in lines)
    marks = list(dict.fromkeys(line.bullet for line in lines if line.bullet and line.section == "experience"))
    for line in lines:
        if line.section == "experience" and (
            (len(marks) > 1 and line.bullet == marks[0]) or (marks and not line.bullet)
        ):
            # With bullets in bullets, the outer ones are headers; with any, so is what has none.
            continue
        if line.section not in {"experience", "achievements"} and (headed or not (line.bullet or is_prose(line.text))):
            continue
        if not line.is_content or line.broken or CONTACT.search(line.text[:1000]) or line.text.endswith((":", ",")):
            continue
        whole = line.bullet or not line.text.endswith((".", "!", "?"))
        for sentence in [line.text] if whole else SENTENCE.split(line.text):
            if (
                len(sentence.split()) > 2
                and len(sentence) <= LONGEST_QUOTE
                and is_own(sentence)
                and not _is_list(sentence)
            ):
                yield Draft(kind=FactKind.ACHIEVEMENT, text=sentence, lines=[line.text])


def _is_list(text: str) -> bool:
    named = sum(mention.end - mention.start for mention in skills.find(text))
    return (named * 2 > len(text) and bool(re.search(r"[,:;|]", text))) or text.count(",") > 7


def _studies(lines: list[Line]) -> Iterator[Draft]:
    for line in (line for line in lines if line.section == "education"):
        degree = next(
            (m for m in skills.find(line.text[:LONGEST_QUOTE]) if m.skill.group == "degrees" and m.sure), None
        )
        if degree is not None:
            ends = line.dates[0].start if line.dates and line.dates[0].start > degree.end else None
            text = _AFTER_DEGREE.sub("", line.text[degree.start : ends]).strip(" ,:")
            done = not _UNDONE.search(line.text) and all(span.ends for span in line.dates)
            yield Draft(
                kind=FactKind.STUDY, text=text, lines=[line.text], details={"degree": degree.skill.name} if done else {}
            )


def _credentials(lines: list[Line]) -> Iterator[Draft]:
    """List the lines under their heading, whole and as they are."""
    for line in lines:
        plain = line.section == "credentials" and not line.broken and len(line.text) < 120
        named = skills.find(line.text, listed=True) if plain else []
        says = line.bullet or (_is_entry(line.text) and not is_prose(line.text))
        bare = not _SAID_OF.search(line.text) and not is_unmade(line.text, named)
        if plain and says and (bare or len(own_mentions(line.text, named, listed=True)) == len(named)):
            yield Draft(kind=FactKind.CREDENTIAL, text=line.text, lines=[line.text])


def _languages(lines: list[Line]) -> Iterator[Draft]:
    """List the entries under their heading: by their usual names where they have one, and as they are."""
    for line in lines:
        if line.section != "languages" or line.broken:
            continue
        label, _, rest = line.text.partition(":")
        for part in SEPARATOR.split(rest if rest and heading(label) == "languages" else line.text):
            entry = part.strip(" .")
            named = [m for m in skills.find(entry, listed=True) if m.skill.group == "languages"]
            if not _is_entry(entry) or is_unmade(entry, named):
                continue
            if len(named) == 1 and own_mentions(entry, named, listed=True):
                name = named[0].skill.name
                yield Draft(
                    kind=FactKind.LANGUAGE,
                    text=name,
                    lines=[line.text[:LONGEST_QUOTE]],
                    details={"written": entry} if entry != name else {},
                )
            elif not named and len(entry.split()) <= MOST_WORDS:
                yield Draft(kind=FactKind.LANGUAGE, text=entry, lines=[line.text[:LONGEST_QUOTE]])


def _is_entry(text: str) -> bool:
    """Return whether a text has a word that is no level, year or the like, and so may be a name."""
    return bool(re.search(r"[^\W\d_]{2}", text)) and not TAIL.fullmatch(text)


def _is_trade(text: str, skill: str) -> bool:
    """Return whether the words that name a skill say who does it, as no name of the list does."""
    if text.lower() in {name.lower() for name in skills.written(skill)}:
        return False
    words = [word.lower().removesuffix("s") for word in text.split()]
    return any(map(occupations, words)) or words[-1].endswith(("er", "or"))


def _skills(lines: Iterable[Line], titles: set[str]) -> tuple[list[Draft], dict[str, str]]:
    """Find the skills that the lines show, and lines by the skills that they may show.

    :param titles: what the person is or was, surely; other headers hold names, which show nothing
    """
    held: dict[str, Draft] = {}
    unsure: dict[str, str] = {}
    headed = any(line.section for line in lines)
    for line in unwrapped(list(lines)):
        text = line.text[:2000]
        wished = is_unmade(text, skills.find(text, listed=True))
        prose = is_prose(line.text) and not (line.section == "skills" and is_list(line.text))
        listed = line.section in {"skills", "languages"} and not wished and not prose
        shows = (
            not wished
            and not CONTACT.search(line.text[:1000])
            and line.section not in {"other", "summary", "education", "contact"}
        )
        if line.section == "experience" or (headed and not line.section):
            shows = shows and line.is_content
        elif not headed:
            shows = shows and not line.dates
        mentions = skills.find(line.text, listed=listed)
        if listed and line.section == "skills":
            # What stands in a list of skills by itself is one, by whatever name, and shows no part of its name.
            others = items(line, mentions)
            mentions = [m for m in mentions if not any(start <= m.start < end for start, end in others)]
            for start, end in others:
                name = line.text[start:end]
                held.setdefault(name, Draft(kind=FactKind.SKILL, text=name, lines=[line.text[:LONGEST_QUOTE]]))
        own = own_mentions(line.text, mentions, listed=line.section in {"skills", "languages", "credentials"})
        for mention in mentions:
            name, group = mention.skill.name, mention.skill.group
            titled = any(line.text[mention.start : mention.end] in title for title in titles if title in line.text)
            written = line.text[mention.start : mention.end]
            # `Managed claims handlers` names others, and what these do is only implied.
            somebody = not (listed or titled) and group != "credentials" and _is_trade(written, name)
            if mention.sure and not somebody and ((shows and mention.start in own) or titled) and group != "degrees":
                kind = _KINDS.get(group, FactKind.SKILL)
                as_written = {"written": written} if written != name else {}
                held.setdefault(
                    name, Draft(kind=kind, text=name, lines=[line.text[:LONGEST_QUOTE]], details=as_written)
                )
            else:
                unsure.setdefault(name, line.text[:LONGEST_QUOTE])
    return list(held.values()), {name: line for name, line in unsure.items() if name not in held}
