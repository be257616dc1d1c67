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
    HOUSE,
    LEGAL,
    SENTENCE,
    WORDS,
    Line,
    in_sections,
    is_prose,
    occupations,
    read_lines,
)
from onward.domain.resumes.facts.names import CONTACT, certain_name, is_place, places
from onward.domain.resumes.facts.own import UNMADE, is_own, own_mentions
from onward.domain.resumes.facts.words import lists, pattern

# What is read of a text: ten pages, or twenty of short lines.
MOST_CHARACTERS, MOST_LINES = 30_000, 1_000
MOST_FACTS = 400
LONGEST_QUOTE, LONGEST_NAME = 400, 80

_SEPARATOR = re.compile(r"\s+[|•·–—@-]\s+|\s{2,}|\s*[|•·]\s*|\s(?:at|bei|chez)\s|,\s+")
_AROUND = " ,:()|•·-–—"
_UNDONE = pattern(WORDS, "undone")
_NO_EMPLOYER = pattern(WORDS, "no employers")
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
    if was_cut:
        warnings.append("The résumé is long; only its beginning was read.")
    if run_together:
        warnings.append(
            "The columns of the résumé run into each other, so no line of it is quoted. Paste it as plain text instead."
        )
    if not name:
        warnings.append("No certain name was found in the résumé: sign the letter yourself.")
    positions = [] if run_together else list(_positions([line for line in lines if line.section == "experience"]))
    unclear = sum(not position.details for position in positions)
    if unclear:
        warnings.append(
            f"Not plainly title, employer and dates, and therefore not named: {unclear} of {len(positions)} positions."
        )
    elif not positions:
        warnings.append("No position was found that is plainly title, employer and dates, so none is named.")
    facts = [*contacts(lines, name), *_summary(lines), *positions]
    facts += [*([] if run_together else _achievements(lines)), *_studies(lines), *_credentials(lines)]
    held, unsure = _skills(lines, {position.details["title"] for position in positions if position.details})
    unique = {(fact.kind, fact.text): fact for fact in [*facts, *held] if len(fact.text) <= LONGEST_QUOTE}
    return Reading(text=text, name=name, facts=list(unique.values())[:MOST_FACTS], unsure=unsure, warnings=warnings)


def beginning(text: str) -> tuple[str, bool]:
    """Return as much of a text as is read, and whether that is less than all."""
    lines = text[:MOST_CHARACTERS].splitlines()[:MOST_LINES]
    return "\n".join(lines), len(text) > MOST_CHARACTERS or len(text.splitlines()) > MOST_LINES


# Positions


def _positions(lines: list[Line]) -> Iterator[Draft]:
    bulleted = any(line.bullet for line in lines)
    blocks = _blocks(lines, bulleted=bulleted)
    # A heading's lines belong to it only where every entry begins with its own header and has one span of time.
    plain = (
        bool(blocks) and bool(blocks[0][0]) and all(sum(len(line.dates) for line in head) == 1 for head, _ in blocks)
    )
    marks = {line.bullet for line in lines if line.bullet}
    shapes = [_shape(head) if plain else None for head, _ in blocks]
    whole = all(shapes)
    same = whole and len({shape[2] for shape in shapes if shape}) == 1 and len(marks) < 2
    for (head, content), shape in zip(blocks, shapes, strict=True):
        if not head or not any(line.dates for line in head):
            continue
        details = {}
        # Without bullets, what looks like a line of one position may be the title of the next.
        if shape and (same or (shape[3] and (whole or (bulleted and LEGAL.search(shape[1]))))):
            title, employer, _, _ = shape
            span = next(line.dates[0] for line in head if line.dates)
            details = {"title": title, "employer": employer, "begins": span.begins, "ends": span.ends}
        text = f"{details['title']}, {details['employer']}" if details else " · ".join(line.text for line in head)
        yield Draft(
            kind=FactKind.POSITION,
            text=text,
            lines=[line.text for line in [*head, *content]],
            details=details,
            guess={} if details else _guess(head),
        )


def _blocks(lines: list[Line], *, bulleted: bool) -> list[tuple[list[Line], list[Line]]]:
    blocks: list[tuple[list[Line], list[Line]]] = []
    dated = [line for line in lines if line.dates]
    alone = len(dated) > 1 and len(dated) == len(lines)
    for line in lines:
        if line.is_content and not alone and (line.bullet or not bulleted):
            if not blocks:
                blocks.append(([], []))
            blocks[-1][1].append(line)
        elif not blocks or blocks[-1][1] or alone:
            blocks.append(([line], []))
        else:
            blocks[-1][0].append(line)
    return blocks


def _shape(head: list[Line]) -> tuple[str, str, str, bool] | None:
    """Return title and employer of a header that holds these two and nothing that could be either.

    :return: both, how the header is built, and whether the employer is plain from its own words
    """
    if any(line.broken or line.bullet for line in head):
        return None
    rows = [cells for line in head if (cells := _cells(_without_dates(line)))]
    parts = [part for cells in rows for part in cells]
    titles = [part for part in parts if occupations(part) and not LEGAL.search(part) and not HOUSE.search(part)]
    if len(parts) != 2 or len(titles) != 1:
        return None
    title, employer = titles[0], parts[parts[0] == titles[0]]
    long = max(len(title), len(employer)) > LONGEST_NAME
    if long or is_prose(employer) or ":" in title + employer or _NO_EMPLOYER.search(employer) or _hides_place(employer):
        return None
    how = f"{parts[0] == title} {[len(cells) for cells in rows]}"
    return title, employer, how, bool(LEGAL.search(employer) or HOUSE.search(employer))


def _guess(head: list[Line]) -> dict[str, str]:
    """Return what a header that is not plain seems to say: the first part that names work, and the first other."""
    span = next(span for line in head for span in line.dates)
    parts = [part for line in head for part in _cells(_without_dates(line)) if part and len(part) <= LONGEST_NAME]
    title = next((part for part in parts if occupations(part)), "")
    employer = next((part for part in parts if part != title and not is_place(part)), "")
    guess = {"title": title, "employer": employer, "begins": span.begins, "ends": span.ends}
    return {name: said for name, said in guess.items() if said or name == "ends"}


def _without_dates(line: Line) -> str:
    text = line.text
    for span in reversed(line.dates):
        text = f"{text[: span.start]}  {text[span.end :]}"
    return text


def _cells(text: str) -> list[str]:
    """Take a header apart, without the places at its end; where a town may be within, one cell too many is returned."""
    legal = LEGAL.search(text)
    after = re.split(r"[,|]", text[legal.end() :].removeprefix(".")) if legal else []
    if legal and all(is_place(part) for part in after if part.strip(_AROUND)):
        # Whatever follows a legal form is no part of the name.
        text = re.sub(r",\s+(?=\S+$)", " ", f"{text[: legal.end()]}{'.' * (text[legal.end() :][:1] == '.')}")
    parts = [part.strip(_AROUND) for part in _SEPARATOR.split(text) if part.strip(_AROUND)]
    left = list(parts)
    while len(left) > 1 and is_place(left[-1]):
        left.pop()
    regions = len(parts) - len(left)
    if regions == 1 and len(left) == 2 and f"{left[1]}, {parts[2]}" in text and not occupations(" ".join(left)):
        left.pop()
    if len(left) == 1 and is_place(left[0]):
        return []
    # `Schuster Logistics Pune, Maharashtra, India`
    return [*left, ""] if regions > 1 and len(left) == 1 and " " in left[0] and not HOUSE.search(left[0]) else left


def _hides_place(text: str) -> bool:
    """Return whether a name ends with what may be a place: `Northern Bank Toronto`, but not `University of Bath`."""
    words = text.lower().split()
    last = next((n for n in (2, 1) if len(words) > n and " ".join(words[-n:]) in places()), 0)
    return bool(last) and words[-last - 1] not in lists(WORDS)["before a place"]


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
    for line in lines:
        plain = line.section == "credentials" and line.bullet and not line.broken and len(line.text) < 120
        named = skills.find(line.text, listed=True) if plain else []
        if plain and len(own_mentions(line.text, named, listed=True)) == len(named):
            yield Draft(kind=FactKind.CREDENTIAL, text=line.text, lines=[line.text])


def _skills(lines: Iterable[Line], titles: set[str]) -> tuple[list[Draft], dict[str, str]]:
    """Find the skills that the lines show, and lines by the skills that they may show.

    :param titles: what the person is or was, surely; other headers hold names, which show nothing
    """
    held: dict[str, Draft] = {}
    unsure: dict[str, str] = {}
    headed = any(line.section for line in lines)
    for line in lines:
        wished = bool(UNMADE.search(line.text[:2000]))
        listed = line.section in {"skills", "languages"} and not wished and not is_prose(line.text)
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
        own = own_mentions(line.text, mentions, listed=line.section in {"skills", "languages", "credentials"})
        for mention in mentions:
            name, group = mention.skill.name, mention.skill.group
            titled = any(line.text[mention.start : mention.end] in title for title in titles if title in line.text)
            if mention.sure and ((shows and mention.start in own) or titled) and group != "degrees":
                kind = _KINDS.get(group, FactKind.SKILL)
                held.setdefault(name, Draft(kind=kind, text=name, lines=[line.text[:LONGEST_QUOTE]]))
            else:
                unsure.setdefault(name, line.text[:LONGEST_QUOTE])
    return list(held.values()), {name: line for name, line in unsure.items() if name not in held}
