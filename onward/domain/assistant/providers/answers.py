"""Making of a provider's text what was asked for, or saying what is wrong with it."""

import json
import re
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from onward.domain.assistant.approaches import LONGEST_EMAIL, LONGEST_LINKEDIN, Form
from onward.domain.assistant.providers.faults import Unusable
from onward.domain.assistant.providers.router import Malformed

M = TypeVar("M", bound=BaseModel)

# Characters. A letter shorter than this says nothing, nor does a shorter text than that; longer ones nobody reads.
SHORTEST, SHORTEST_TEXT, LONGEST = 200, 60, 20_000
MOST_ITEMS, LONGEST_ITEM = 40, 500

# Control characters, and what only makes text look like another (marks that turn its direction).
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_FENCE = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)
_NUMBERED = re.compile(r"^\s*(?:\*\*)?\d{1,2}[.)]\s+\S", re.MULTILINE)


def clean(text: str) -> str:
    """Leave out what no text holds and no database takes."""
    text = text.replace("\r\n", "\n").encode("utf-8", "ignore").decode()
    return _UNSEEN.sub("", text).strip()


def letter(text: str, *, shortest: int = SHORTEST) -> str:
    """Read a letter.

    :raises Unusable: when it is none
    """
    text = clean(text)
    if not shortest <= len(text) <= LONGEST:
        raise Unusable(f"a letter of {len(text)} characters")
    return text


def text(said: str) -> str:
    """Read an email, or advice.

    :raises Unusable: when it is none
    """
    return letter(said, shortest=SHORTEST_TEXT)


def blanks(text: str, *, material: str) -> list[str]:
    """List what is left to be filled in: ``[Your Name]``. :param material: may have words in brackets itself"""
    return [blank for blank in dict.fromkeys(_PLACEHOLDER.findall(text)) if blank not in material]


def questions(text: str, *, count: int) -> str:
    """Read a numbered list of questions.

    :raises Unusable: when it has far fewer than were asked for
    """
    text = clean(text)
    found = len(_NUMBERED.findall(text))
    if found < (count + 1) // 2 or len(text) > LONGEST:
        raise Unusable(f"{found} questions of {count} in {len(text)} characters")
    return text


def _score(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(min(max(value, 0), 100))
    return value


def _text(value: object) -> object:
    return clean(value)[:LONGEST] if isinstance(value, str) else value


def items(value: object) -> object:
    """Clean a list of texts, and cut it where it is too long."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return value
    return [text for item in value if (text := clean(item)[:LONGEST_ITEM])][:MOST_ITEMS]


Score = Annotated[int, BeforeValidator(_score), Field(strict=True)]
Items = Annotated[list[str], BeforeValidator(items), Field(strict=True)]


class Parts(BaseModel):
    """The scores that a match is made of."""

    model_config = ConfigDict(extra="ignore")

    qualifications: Score
    responsibilities: Score
    keywords: Score
    title: Score


class Comparison(BaseModel):
    """What is asked for when a résumé is compared with a posting."""

    model_config = ConfigDict(extra="ignore")

    match_score: Score
    matching_skills: Items
    missing_skills: Items
    recommendations: Items
    summary: Annotated[str, BeforeValidator(_text), Field(strict=True, min_length=1)]
    parts: Parts | None = None


def comparison(text: str) -> Comparison:
    """Read a comparison.

    :raises Malformed: when it is none; it is worth asking again
    """
    return read_object(text, Comparison)


class Drafted(BaseModel):
    """What is asked for when an employer is written to."""

    model_config = ConfigDict(extra="ignore")

    subject: Annotated[str, BeforeValidator(_text), Field(strict=True)] = ""
    message: Annotated[str, BeforeValidator(_text), Field(strict=True, min_length=1)]


def _short(value: object) -> object:
    return clean(value)[:LONGEST_ITEM] if isinstance(value, str) else value


Short = Annotated[str, BeforeValidator(_short), Field(strict=True)]
Day = Annotated[str, Field(strict=True, pattern=r"^(?:(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?)?$")]


class Position(BaseModel):
    """A position of a résumé, as a provider has read it."""

    model_config = ConfigDict(extra="ignore")

    title: Short = ""
    employer: Short = ""
    place: Short = ""
    begins: Day = ""
    ends: Day = ""


class Study(BaseModel):
    """A study of a résumé, as a provider has read it."""

    model_config = ConfigDict(extra="ignore")

    degree: Short = ""
    school: Short = ""
    begins: Day = ""
    ends: Day = ""


class ResumeFacts(BaseModel):
    """What is asked for when a résumé is read."""

    model_config = ConfigDict(extra="ignore")

    name: Short = ""
    email: Short = ""
    phone: Short = ""
    location: Short = ""
    links: Items = []
    positions: Annotated[list[Position], Field(max_length=MOST_ITEMS)] = []
    studies: Annotated[list[Study], Field(max_length=MOST_ITEMS)] = []
    skills: Annotated[list[Short], Field(max_length=200)] = []


def resume_facts(text: str) -> ResumeFacts:
    """Read what a provider has read of a résumé.

    :raises Malformed: when it is not what was asked for; it is worth asking again
    """
    return read_object(text, ResumeFacts)


# Somebody else would have to fill it in: [Your Name], {{company}}.
_PLACEHOLDER = re.compile(r"\[[^\W\d][^][\n]*\]|\{\{?[^\W\d][^{}\n]*\}")


def drafted(text: str, *, form: Form, material: str) -> Drafted:
    """Read a message to an employer.

    :param material: what it rests on, which may have words in brackets
    :raises Malformed: when it is none, too long, or to be filled in; it is worth asking again
    """
    found = read_object(text, Drafted)
    for blank in blanks(f"{found.subject}\n{found.message}", material=material):
        raise Malformed(f"the placeholder {blank[:LONGEST]}", text=text[:LONGEST])
    if form is Form.LINKEDIN and len(found.message) > LONGEST_LINKEDIN:
        raise Malformed(f"a LinkedIn message of {len(found.message)} characters", text=text[:LONGEST])
    if form is not Form.LINKEDIN and len(found.message.split()) > LONGEST_EMAIL:
        raise Malformed(f"a message of {len(found.message.split())} words", text=text[:LONGEST])
    return found


def read_object(text: str, kind: type[M]) -> M:
    """Read a JSON object, alone or in a fence of Markdown.

    :raises Malformed: when it is none, or another than was asked for; it is worth asking again
    """
    bare = text.strip()
    fenced = _FENCE.fullmatch(bare)
    try:
        given = json.loads(fenced[1] if fenced else bare, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Malformed("it is not a JSON object", text=bare[:LONGEST]) from None
    try:
        return kind.model_validate(given)
    except ValidationError as problem:
        places = {".".join(str(part) for part in found["loc"]) for found in problem.errors(include_input=False)}
        wrong = ", ".join(sorted(places - {""})) or "the whole"
        raise Malformed(f"wrong or missing: {wrong}", text=bare[:LONGEST]) from None


def _no_number(word: str) -> Any:
    raise ValueError(word)
