"""What a résumé says, piece by piece.

Every fact keeps the line that it comes from, so that whoever uses it can name it.
"""

from dataclasses import dataclass

from onward.domain.assistant.offline.resumes.dates import Month
from onward.domain.assistant.offline.words import Degree


@dataclass(frozen=True, slots=True)
class Bullet:
    """One thing that somebody did in a position."""

    line: str
    skills: tuple[str, ...]
    has_figure: bool


@dataclass(frozen=True, slots=True)
class Position:
    """One stretch of work. What the résumé does not say, or does not say clearly, is empty.

    :param header: the lines that name title, employer and dates
    :param unclear: names of the header of which it is not clear what they are
    :param end: the month after its last
    :param written: the dates as the résumé has them
    """

    title: str
    employer: str
    header: tuple[str, ...]
    unclear: tuple[str, ...]
    start: Month
    end: Month
    current: bool
    written: str
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """One degree or course, with its line."""

    line: str
    degree: Degree | None
    name: str
    subject: str
    school: str
    finished: bool


@dataclass(frozen=True, slots=True)
class Resume:
    """What was understood of a résumé.

    :param skills: canonical names with the lines that hold them
    :param years: years of work, as stated where that can be, or from the union of all dates
    :param years_facts: the lines that the years rest on
    :param stated_years: the years that the person claims in words and the dates do not exceed, with the line, or 0
    :param impossible: lines whose dates end before they begin, or lie in the future
    :param held: the skills and what they imply
    :param places: employers and schools, in lower case
    """

    name: str
    title: str
    title_fact: str
    email: str
    summary: tuple[str, ...]
    positions: tuple[Position, ...]
    studies: tuple[Study, ...]
    credentials: tuple[str, ...]
    skills: dict[str, tuple[str, ...]]
    years: float
    years_facts: tuple[str, ...]
    stated_years: tuple[int, str]
    impossible: tuple[str, ...]
    lines: tuple[str, ...]
    text: str
    held: frozenset[str]
    places: frozenset[str]

    @property
    def bullets(self) -> list[tuple[Position, Bullet]]:
        """List everything done, with its position, as the résumé has it."""
        return [(position, bullet) for position in self.positions for bullet in position.bullets]

    @property
    def degree(self) -> Degree | None:
        """Give the highest degree that has been finished."""
        return max((study.degree for study in self.studies if study.degree and study.finished), default=None)
