"""What the reader hands on."""

from dataclasses import dataclass, field

from onward.domain.resumes.choices import FactKind

# Of a title, an employer or a degree, in characters.
LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A fact as it was read.

    :ivar lines: what it rests on
    :ivar details: of a position, a study and a contact, what is plain; of others, how it is ``written`` where otherwise
    :ivar guess: what these and others are taken to be where they are not, for the person to confirm
    """

    kind: FactKind
    text: str
    lines: list[str]
    details: dict[str, str] = field(default_factory=dict)
    guess: dict[str, str] = field(default_factory=dict)
