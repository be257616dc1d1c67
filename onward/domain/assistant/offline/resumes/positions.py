"""The positions of a résumé: where each begins and ends, and what was done in it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onward.domain.assistant.offline import occupations, text, words
from onward.domain.assistant.offline.resumes import dates, education, headers
from onward.domain.assistant.offline.resumes.dates import Span
from onward.domain.assistant.offline.resumes.facts import Bullet, Position
from onward.domain.assistant.offline.resumes.headers import Named, Piece
from onward.domain.assistant.offline.resumes.sections import Lines

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
# `Acme Corp` and under it `5 years 2 months`: the positions that follow are all there.
_TENURE = re.compile(r"(?:(?P<years>\d{1,2}) (?:years?|yrs?))?\s?(?:(?P<months>\d{1,2}) (?:months?|mos?))?", re.I)
_NO_WORK = re.compile(
    r"\b(?:career break|sabbatical|(?:parental|maternity|paternity|family) leave|gap year|unemployed|unemployment|job seeking|jobseeking|"
    r"travel(?:l?ing)? (?:the world|in|through|around)|elternzeit|arbeitssuchend|"
    r"volunteer(?:s|ed|ing)?|voluntary (?:work|role|service)|ehrenamt\w*|bénévol\w*|scout leader|(?:full[- ]time |family |unpaid )?care?r for (?:my|a|an|elderly|family|his|her)\b|family carer|"
    r"caring for (?:my|a|an|elderly|family)|caregiver for (?:my|a|an)|homemaker|housewife|wehrdienst|zivildienst|gymnasium|realschule|grundschule|hauptschule)\b",
    re.I,
)
# To be trained is no year of work yet.
_TRAINING = re.compile(
    r"\b(?:trainee(?:ship)?|apprentice(?:ship)?|interns?|internship|praktikum|praktikant\w*|azubi|auszubildende\w*|ausbildung|student|pupil|work experience|shadowing)\b",
    re.I,
)

Skills = Callable[[str], Iterable[str]]


# What somebody is or has wherever they work: no doing of one position.
_ABOUT_PERSON = re.compile(
    r"^(?:i )?(?:(?:also )?(?:speaks?|fluent|native|bilingual|conversational|languages?\b|mother tongue)|(?:holds?|holding|has|have|having|owns?|possess\w*|with)\b.{0,40}\b(?:licen[cs]e|driving|permit|visa|car|passport|"
    r"certificates?|clearance|citizenship)|(?:clean |full |valid )?(?:uk |eu )?driv(?:ing|er'?s?)\b.{0,12}\blicen[cs]e|lives?\b|living in|resid(?:es|ing|ent)|based in|born|married|single\b|available|availability|"
    r"references?\b|salary|notice period|willing to|able to|eligible|right to work|work permit|nationality|hobbies|interests|enjoys?\b|likes?\b|loves?\b|non-?smoker|age\b|date of birth)",
    re.I,
)


@dataclass(slots=True)
class _Block:
    """A header, by the numbers of its lines."""

    first: int
    last: int
    dated: int
    span: Span
    pieces: list[Piece]
    kind: str


def read(lines: Lines, *, today: date, skills: Skills) -> tuple[list[Position], list[str]]:
    """Read positions, and the lines whose dates cannot be.

    :param skills: tells the skills that a bullet says the person has
    """
    rows = [line for _, line in lines]
    kinds = [section for section, _ in lines]
    blocks = _blocks(rows, kinds, today)
    told = [headers.named(block.pieces) for block in blocks]
    known = [named for named in told if named.order]
    positions, impossible = [], []
    for place, (block, named) in enumerate(zip(blocks, told, strict=True)):
        header = tuple(line for line in rows[block.first : block.last + 1] if line)
        if block.kind == "projects" or any(education.is_study(line) or _NO_WORK.search(line) for line in header):
            continue
        if not block.span.possible:
            impossible.append(" ".join(" ".join(header).split()))
            continue
        if not (named.title and named.employer):
            named = headers.by_the_others(block.pieces, known) or _within(rows, blocks[: place + 1], named)
        until = blocks[place + 1].first if place + 1 < len(blocks) else len(rows)
        body = list(_body(rows[block.last + 1 : until], kinds[block.last + 1 : until], block.kind))
        span = block.span
        positions.append(
            Position(
                named.title,
                named.employer,
                header,
                _unclear(block.pieces, named),
                span.start,
                span.end,
                span.current,
                span.written,
                tuple(_bullets(body, skills)),
            )
        )
    return positions, impossible


def _unclear(pieces: list[Piece], named: Named) -> tuple[str, ...]:
    return tuple(piece.text for piece in pieces if headers.unshouted(piece.text) not in {named.title, named.employer})


def _blocks(rows: list[str], kinds: list[str], today: date) -> list[_Block]:
    spans = {at: found for at, line in enumerate(rows) if (found := _begins(line, kinds[at], today))}
    # What stands in another section, above all the name at the top, is no part of a position's header.
    bounds = {at: next((back + 1 for back in range(at, -1, -1) if kinds[back] != kinds[at]), 0) for at in spans}
    # The first line of all is the name, also where nothing else stands between it and the first position.
    top = next((at for at, line in enumerate(rows) if line), 0)
    if kinds and kinds[top] == "head":
        bounds = {at: max(bound, top + 1) if at > top else bound for at, bound in bounds.items()}
    blocks: list[_Block] = []
    for at, span in spans.items():
        bound = max(bounds[at], blocks[-1].last + 1 if blocks else 0)
        first, last = _header(rows, at, set(spans), bound)
        blocks.append(_Block(first, last, at, span, _pieces(rows, first, last, at), kinds[at]))
    return blocks


def _begins(line: str, kind: str, today: date) -> Span | None:
    if line.startswith(text.BULLET) or len(line) >= 160 or education.is_study(line):
        return None
    found = dates.span(line, today)
    if found is None and kind == "experience" and len(line) < 90 and not line.endswith("."):
        # `Intern, Acme, Summer 2022`: a date that stands alone begins a position only beside a title.
        alone = dates.alone(line, today)
        found = alone if alone and any(piece.title > 1 for piece in headers.pieces(line)) else None
    told = len(dates.without(line, "").split())
    # A sentence tells of work, and names no position.
    if found is None or told > 16 or (told > 8 and line.endswith(".")):
        return None
    return found


def _header(rows: list[str], at: int, starts: set[int], bound: int) -> tuple[int, int]:
    """Find the lines around a date that name the position."""
    first = last = at
    if headers.complete(headers.pieces(rows[at])):
        return first, last
    above = 0
    while first > bound and above < 2 and at - first < 4 and _names(rows[first - 1]) and first - 1 not in starts:
        if not _may_name(rows[first - 1]):
            break
        first -= 1
        # A town is no name, and does not stand for one.
        above += bool(headers.pieces(rows[first]))
        if headers.complete(_pieces(rows, first, last, at)):
            return first, last
    bare = not headers.pieces(rows[at])
    while last + 1 < len(rows) and last - at < (2 if bare and first == at else 1):
        after = rows[last + 1]
        if not _names(after) or not _may_name(after) or last + 1 in starts or _next_begins(rows, last + 1, starts):
            break
        if first < at and last + 2 in starts:
            # It stands above the next date, as the title of this one stands above its own.
            break
        told = headers.named(_pieces(rows, first, last, at))
        # Under a header that lacks nothing, or lacks something else, a line is part of what was done.
        if (told.title and told.employer) or (first < at and not any(piece.told for piece in headers.pieces(after))):
            break
        last += 1
    return first, last


def _may_name(line: str) -> bool:
    """Tell whether a line holds names and nothing else: titles, employers, towns."""
    return all(piece.told or headers.reads_like_a_name(piece.text) for piece in headers.pieces(line))


def _next_begins(rows: list[str], at: int, starts: set[int]) -> bool:
    """Tell whether a line rather belongs to the date that follows it, after a blank line before."""
    return bool(at and not rows[at - 1] and at + 1 in starts)


def _pieces(rows: list[str], first: int, last: int, at: int) -> list[Piece]:
    return [piece for place in range(first, last + 1) for piece in headers.pieces(rows[place], place - at)]


def _names(line: str) -> bool:
    """Tell whether a line may be a name in a header."""
    return (
        bool(line)
        and not line.startswith(text.BULLET)
        and len(line) <= 90
        and (not line.endswith((".", ";", ":")) or headers.ends_legally(line))
        and (line[:1].isupper() or line[:1].isdigit())
        and not _EMAIL.search(line)
        and len(line.split()) <= 12
        and not education.is_study(line)
    )


def _within(rows: list[str], blocks: list[_Block], named: Named) -> Named:
    """Give a title the employer under whose name it stands with others: a name, and under it how long in all."""
    if named.employer or not named.title:
        return named
    own = blocks[-1]
    for at in range(own.first, 0, -1):
        found = _TENURE.fullmatch(rows[at]) if rows[at] else None
        if found and rows[at - 1]:
            months = 12 * int(found["years"] or 0) + int(found["months"] or 0)
            under = [block.span for block in blocks if block.dated > at]
            # What is longer than all the time there was somewhere else.
            if max(span.end for span in under) - min(span.start for span in under) <= months + 2:
                return Named(named.title, headers.unshouted(rows[at - 1]), (), "", ())
            break
    return named


def _body(rows: list[str], kinds: list[str], kind: str) -> Iterator[str]:
    """Give the lines that belong to a position: up to another section, or to what looks like one without dates."""
    marked = False
    for line, section in zip(rows, kinds, strict=True):
        if section != kind or (marked and _names(line)) or (line and _is_a_header(line)):
            return
        if marked and line and not line.startswith(text.BULLET) and _ABOUT_PERSON.search(line):
            return
        marked = marked or line.startswith(text.BULLET)
        if line:
            yield line


def _is_a_header(line: str) -> bool:
    """Tell whether a line names another position, one without dates."""
    return _names(line) and headers.complete(headers.pieces(line))


def _bullets(body: list[str], skills: Skills) -> Iterator[Bullet]:
    marked = any(line.startswith(text.BULLET) for line in body)
    for line in body:
        if marked and not line.startswith(text.BULLET):
            continue
        for sentence in [text.item(line)] if marked else text.sentences(line):
            if _ABOUT_PERSON.search(sentence):
                continue
            if 3 <= len(sentence.split()) <= 60:
                bare = _YEAR.sub("", sentence)
                yield Bullet(sentence, tuple(dict.fromkeys(skills(sentence))), bool(_FIGURE.search(bare)))


def years(positions: tuple[Position, ...]) -> tuple[float, tuple[str, ...]]:
    """Count the years of the union of all positions of work, with the lines that they rest on."""
    months, reached = 0, 0
    counted = [position for position in positions if not any(_TRAINING.search(line) for line in position.header)]
    for start, end in sorted((position.start, position.end) for position in counted):
        months += max(0, end - max(start, reached))
        reached = max(reached, end)
    return round(months / 12, 1), tuple(" ".join(position.header) for position in counted)


_NUMBER_OF_YEARS = re.compile(
    r"\b(?:experience|background|career|worked|working|practice|practising|practicing|teaching|professional)\b", re.I
)
# Years that are wished for, missing, not reached, or somebody else's.
_NOT_OWN_YEARS = re.compile(
    r"\b(?:combined|collective|company|firm|team|our|their|his|her|who|less than|fewer than|under|almost|nearly|up to|over the next|next|no|not|never|gain|goal|within|"
    r"in business|hobby|hobbyist|amateur|private(?:ly)?|seeking|looking for|wanted|requires?|required|asks?|old|ago|customer|volunteer\w*|clients? with|customers? with|candidates? with|people with)\b",
    re.I,
)
_ABOUT = r"(?:(?:over|more than|well over|at least|about|around|approximately|some|roughly|a total of|with|the past|the last|past)\s+)*"
# What stands before the number where the writer is plainly the one who is spoken of.
_BARE_STATEMENT = re.compile(rf"(?:(?:total |professional |work )*(?:experience|years)\s?:\s?)?{_ABOUT}", re.I)
_BARE_EXPERIENCE = re.compile(
    r"['’]?\s+(?:of\s+)?(?:(?:professional|work|working|relevant|practical|industry|commercial|clinical|teaching|progressive|proven|solid|extensive|hands-on|full-time)[\s,]+)*experience\b",
    re.I,
)
_I_HAVE = re.compile(
    rf"I(?:'ve|\s+(?:now\s+|also\s+)?(?:have|bring|offer|possess|look back on|gained|worked|am|work))\s+(?:gained |accumulated |collected )?"
    rf"(?:(?:(?:been|worked|working|taught|practised|practiced|\w+ing)\b[^,;:]{{0,60}}?\s)?for\s+)?{_ABOUT}",
    re.I,
)
_I_AM = re.compile(rf"I(?:'m|\s+am)\s+(?:an?\s+)?(?P<title>.{{3,60}}?)[\s,(–—-]+{_ABOUT}", re.I)
_TITLED = re.compile(rf"(?:an?\s+)?(?P<title>.{{3,60}}?)[\s,:;(|–—-]+{_ABOUT}", re.I)
# Somebody else is spoken of, who has something to do with the writer.
_OF_ANOTHER = re.compile(
    r"\b(?:an?|the|my|our|your|his|her|their|by|to|from|under|alongside|has|have|had|is|was|were|son|daughter|wife|husband|father|mother|brother|sister|friend|colleague|partner of|mentor)\b",
    re.I,
)
# What the dates may be short of: somebody's first position was hardly ever in January.
MARGIN = 12


def stated_years(lines: Lines, positions: Iterable[Position], *, today: date) -> tuple[int, str]:
    """Give the years that the writer plainly claims in words, with the line.

    What was done in a position states none, and no more can be claimed than have passed since the first position.
    """
    first = min((position.start for position in positions), default=None)
    longest = 50 * 12 if first is None else today.year * 12 + today.month - first + MARGIN
    found = [(0, "")]
    for section, line in lines:
        if section in {"projects", "aside", "education", "other", "credentials"} or (
            section == "experience" and (first is not None or line.startswith(text.BULLET))
        ):
            continue
        for sentence in text.sentences(text.item(line)) if len(line) < 600 else ():
            for count, start, end in words.years(sentence):
                near = sentence[max(0, start - 40) : end + 60]
                if (
                    count * 12 <= longest
                    and count <= 50
                    and _NUMBER_OF_YEARS.search(near)
                    and not _NOT_OWN_YEARS.search(near)
                    and _is_of_the_writer(sentence[:start], sentence[end:])
                ):
                    found.append((count, text.item(line)))
    return max(found)


def _is_of_the_writer(before: str, after: str) -> bool:
    """Tell whether years are the writer's: `Nurse with twelve years …`, `I bring …`, `12 years of experience`."""
    if _BARE_STATEMENT.fullmatch(before):
        return bool(_BARE_EXPERIENCE.match(after))
    if _I_HAVE.fullmatch(before):
        return True
    titled = _I_AM.fullmatch(before) or (not before.startswith(("I ", "I'")) and _TITLED.fullmatch(before))
    if not titled:
        return False
    return occupations.names_one(titled["title"]) and not _OF_ANOTHER.search(titled["title"])


def latest(positions: Iterable[Position]) -> Position | None:
    """Give the position that goes on, or ended last."""
    return max(positions, key=lambda position: (position.current, position.end, position.start), default=None)


def title_of(line: str) -> bool:
    """Tell whether a line is a title, as stands under a name."""
    return any(piece.title > 1 for piece in headers.pieces(line)) and occupations.names_one(line)
