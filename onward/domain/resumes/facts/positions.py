"""Positions: what is plainly title, employer and dates, and what the rest seems to be.

Entries are told apart by their dates. What stands before the first one's stands before each; what is missing then of
title and employer stands behind it.
"""

import re
from collections import Counter
from collections.abc import Iterator

from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts.draft import LONGEST_NAME, Draft
from onward.domain.resumes.facts.lines import HOUSE, LEGAL, WORDS, Line, is_prose, occupations
from onward.domain.resumes.facts.names import is_place, places
from onward.domain.resumes.facts.words import lists, pattern

_SEPARATOR = re.compile(r"\s+[|•·–—@-]\s+|\s{2,}|\s*[|•·]\s*|\s(?:at|bei|chez)\s|,\s+")
_AROUND = " ,:()[]|•·-–—"
_NO_EMPLOYER = pattern(WORDS, "no employers")
# More lines than these before the first dates belong to no header.
MOST_BEFORE = 3


def read_positions(lines: list[Line]) -> Iterator[Draft]:
    """List the positions of a section of them: by name where they are plain, with a guess where they are not."""
    plain = {id(line): draft for draft, dated in _plain(lines) for line in dated}
    entries = list(_entries(lines))
    order = Counter(
        place for head, _ in entries for place, cell in enumerate(_named(head)) if _is_title(cell) and occupations(cell)
    )
    usual = order.most_common(1)[0][0] if order else 0
    seen = set[int]()
    if not entries:
        yield from _undated(lines)
    for head, content in entries:
        found = next((plain[id(line)] for line in head if id(line) in plain), None)
        if found is None:
            yield Draft(
                kind=FactKind.POSITION,
                text=" · ".join(line.text for line in head),
                lines=[line.text for line in [*head, *content]],
                guess=_guess(head, usual),
            )
        elif id(found) not in seen:
            seen.add(id(found))
            yield found


def _undated(lines: list[Line]) -> Iterator[Draft]:
    """List the entries of a section in which nothing is dated: headers that have a word for what people are."""
    heads = [at for at, line in enumerate(lines) if not line.is_content and occupations(line.text)]
    for at, end in zip(heads, [*heads[1:], len(lines)], strict=False):
        yield Draft(
            kind=FactKind.POSITION,
            text=lines[at].text,
            lines=[line.text for line in lines[at:end]],
            guess=_guess(lines[at : at + 1], 0),
        )


def _entries(lines: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Take a section apart at its dates: the header of each entry, and what stands below it."""
    dated = [place for place, line in enumerate(lines) if line.dates]
    before = dated[0] if dated else 0
    if before > MOST_BEFORE or any(line.bullet for line in lines[:before]):
        before = 0
    starts: list[int] = []
    for number, place in enumerate(dated):
        start = max(place - before, dated[number - 1] + 1 if number else 0)
        bullets = [at for at in range(start, place) if lines[at].bullet]
        starts.append(bullets[-1] + 1 if bullets else start)
    for start, place, end in zip(starts, dated, [*starts[1:], len(lines)], strict=False):
        last = place + 1
        while last < end and len(_named(lines[start:last])) < 2 and not lines[last].is_content:
            last += 1
        if last < end and is_place(lines[last].text):
            last += 1
        yield lines[start:last], lines[last:end]


def _named(head: list[Line]) -> list[str]:
    """List the parts of a header that name something other than a place."""
    named: list[str] = []
    for line in head:
        for part in _SEPARATOR.split(_without_dates(line)):
            bare = part.strip(_AROUND)
            if named and LEGAL.fullmatch(bare.rstrip(".")):
                named[-1] += f", {bare}"
            elif bare and not is_place(bare):
                named.append(bare)
    return named


def _is_title(cell: str) -> bool:
    return not LEGAL.search(cell) and not HOUSE.search(cell)


def _guess(head: list[Line], usual: int) -> dict[str, str]:
    """Return what a header seems to say.

    :param usual: which of the parts of a header is the title in most entries of the section
    """
    span = next((span for line in head for span in line.dates), None)
    cells = [cell for cell in _named(head) if len(cell) <= LONGEST_NAME]
    at_work = [place for place, cell in enumerate(cells) if _is_title(cell) and occupations(cell)]
    if not at_work and not all(map(_is_title, cells)):
        # No word tells the title, and the employer tells itself.
        at_work = [place for place, cell in enumerate(cells) if _is_title(cell)]
    title = at_work[0] if len(at_work) == 1 else min(usual, max(len(cells) - 1, 0))
    others = [cell for place, cell in enumerate(cells) if place != title]
    employer = next((cell for cell in others if not _is_title(cell)), others[0] if others else "")
    every = [part.strip(_AROUND) for line in head for part in _SEPARATOR.split(_without_dates(line))]
    place = next((part for part in every if part and is_place(part)), "")
    guess = {"title": cells[title] if cells else "", "employer": employer, "place": place}
    guess |= {"begins": span.begins} if span else {}
    return {name: said for name, said in guess.items() if said} | ({"ends": span.ends} if span else {})


def _plain(lines: list[Line]) -> Iterator[tuple[Draft, list[Line]]]:
    """List the positions that are plain, each with the lines of its dates."""
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
        # Without bullets, what looks like a line of one position may be the title of the next.
        if shape and (same or (shape[3] and (whole or (bulleted and LEGAL.search(shape[1]))))):
            title, employer, _, _ = shape
            dated = [line for line in head if line.dates]
            span = dated[0].dates[0]
            yield (
                Draft(
                    kind=FactKind.POSITION,
                    text=f"{title}, {employer}",
                    lines=[line.text for line in [*head, *content]],
                    details={"title": title, "employer": employer, "begins": span.begins, "ends": span.ends},
                ),
                dated,
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
