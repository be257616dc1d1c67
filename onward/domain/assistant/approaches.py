"""What a placement team writes to an employer, put together without a provider.

Each sentence rests on the posting, on the employer's name, on who writes or on the last message that was sent; the
frames around them claim nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

LONGEST_COMPANY, LONGEST_TITLE, LONGEST_PLACE, LONGEST_NAME = 60, 100, 40, 60
MOST_SKILLS = 4
# Signs of a LinkedIn message and words of an email; a follow-up is an email.
LONGEST_LINKEDIN, LONGEST_EMAIL = 300, 180
LONGEST_SUBJECT = 150

NOTHING_SENT = "No message about this is marked as sent, so the text refers to none."


class Form(StrEnum):
    """What kind of text it is, and so how long."""

    EMAIL = "email"
    LINKEDIN = "linkedin"
    FOLLOWUP = "followup"


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A message that was sent. :ivar sent_on: the day on the sender's clock"""

    subject: str
    text: str
    sent_on: date


@dataclass(frozen=True, kw_only=True)
class Approach:
    """What is known when an employer is written to.

    :ivar job_title: empty where it is not about one posting
    :ivar posting: the posting's own text
    :ivar skills: as the posting names them
    :ivar contact: the name of whoever is written to, where it is known
    :ivar writer: the name to sign with
    :ivar earlier: the last message that was sent
    """

    form: Form
    tone: str
    company: str
    job_title: str = ""
    place: str = ""
    posting: str = ""
    skills: tuple[str, ...] = ()
    contact: str = ""
    writer: str = ""
    earlier: Earlier | None = None

    @property
    def material(self) -> str:
        """Everything that a text may rest on."""
        earlier = self.earlier
        said = [] if earlier is None else [earlier.subject, earlier.text, day(earlier.sent_on)]
        known = (self.company, self.job_title, self.place, self.posting, *self.skills, self.contact, self.writer)
        return "\n".join([*known, *said])


@dataclass(frozen=True, kw_only=True)
class Message:
    """A text to an employer.

    :ivar subject: empty for a LinkedIn message
    :ivar sources: what each claim rests on, as far as the writer knows
    :ivar warnings: what nothing that is known bears out, and what is missing
    :ivar model: who wrote it
    """

    text: str
    subject: str
    sources: list[dict[str, Any]]
    warnings: list[str]
    model: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Frame:
    """How a tone greets, asks and closes. It says nothing of anybody."""

    greeting: str
    opening: str
    wish: str
    request: str
    close: str
    short: str


# The same in every tone, so that what is said is.
ABOUT = "It is about your posting {job}."
ABOUT_COMPANY = "It is about internships at {company}."
NAMES = "It names {skills}."
AGAIN = "On {day} I wrote to you about this{subject}."
FRAMES = {
    "professional": Frame(
        "Dear {whom},",
        "I am writing on behalf of our placement team.",
        "We would like to publish {it} on our board, where our students apply.",
        "May we? If so, please tell me the closing day and how many places there are.",
        "Kind regards,",
        "May we publish {it} on our board, where our students apply? Kind regards",
    ),
    "formal": Frame(
        "Dear {whom},",
        "I have the honour of writing to you on behalf of our placement team.",
        "We should like to publish {it} on our board, on which our students apply.",
        "We kindly ask for your consent, and to be told the closing day and how many places there are.",
        "Yours faithfully,",
        "May we ask for your consent to publish {it} on our students' board? Yours faithfully",
    ),
    "friendly": Frame(
        "Hello {whom},",
        "I am from our placement team, and happy to get in touch.",
        "We would love to show {it} on our board, where our students apply.",
        "Would that be all right? Then just tell me the closing day and how many places there are.",
        "Best wishes,",
        "Would you let us show {it} on our board, where our students apply? Best wishes",
    ),
    "enthusiastic": Frame(
        "Hello {whom}!",
        "I am writing for our placement team, and I am glad to have found you!",
        "We would be delighted to publish {it} on our board, where our students apply!",
        "May we? Just tell me the closing day and how many places there are, and we begin!",
        "With best wishes,",
        "We would be delighted to publish {it} on our students' board. May we? Best wishes",
    ),
    "conversational": Frame(
        "Hi {whom},",
        "I'm writing for our placement team.",
        "We'd like to put {it} on our board, where our students apply.",
        "Is that okay with you? If it is, let me know the closing day and how many places there are.",
        "Thanks,",
        "Is it okay if we put {it} on our board, where our students apply? Thanks",
    ),
}


def compose(approach: Approach, *, model: str) -> Message:
    """Write the message; the same for the same input. It has no placeholders: what is not known is left out."""
    frame = FRAMES[approach.tone]
    sources: list[dict[str, Any]] = []
    warnings = [NOTHING_SENT] if approach.form is Form.FOLLOWUP and approach.earlier is None else []
    if approach.form is Form.LINKEDIN:
        text, subject = _short(approach, frame, sources), ""
    else:
        text, subject = "\n\n".join(_paragraphs(approach, frame, sources)), _subject(approach)
    return Message(text=text, subject=subject, sources=sources, warnings=warnings, model=model, tokens=0)


def day(value: date) -> str:
    """Write a day so that nobody takes the month for the day."""
    return f"{value.day} {value:%B %Y}"


def _paragraphs(approach: Approach, frame: Frame, sources: list[dict[str, Any]]) -> Iterator[str]:
    yield frame.greeting.format(whom=_whom(approach, sources))
    said = [frame.opening, _about(approach, sources)]
    if approach.skills and approach.form is Form.EMAIL:
        said.append(NAMES.format(skills=_skills(approach, sources)))
    if approach.form is Form.FOLLOWUP and approach.earlier is not None:
        said.append(_again(approach.earlier, sources))
    yield " ".join(said)
    yield f"{frame.wish} {frame.request}".format(it=_it(approach))
    yield f"{frame.close}\n{_cut(approach.writer, LONGEST_NAME)}".rstrip()


def _short(approach: Approach, frame: Frame, sources: list[dict[str, Any]]) -> str:
    """Write what fits into a LinkedIn message: first the place is left out, then the title cut."""
    whom, writer = _whom(approach, sources), _cut(approach.writer, LONGEST_NAME)
    short = frame.short.format(it=_it(approach))

    def text(about: str) -> str:
        return " ".join([frame.greeting.format(whom=whom), about, f"{short}{', ' * bool(writer)}{writer}"])

    full = _about(approach, sources)
    if len(text(full)) <= LONGEST_LINKEDIN:
        return text(full)
    empty = len(text(ABOUT.format(job="“”")))
    return text(ABOUT.format(job=f"“{_cut(approach.job_title, LONGEST_LINKEDIN - empty)}”"))


def _it(approach: Approach) -> str:
    return "it" if approach.job_title else "them"


def _whom(approach: Approach, sources: list[dict[str, Any]]) -> str:
    if approach.contact:
        whom = _cut(approach.contact, LONGEST_NAME)
        sources.append({"claim": whom, "fact": f"Contact: {approach.contact}"})
        return whom
    whom = _cut(approach.company, LONGEST_COMPANY)
    sources.append({"claim": whom, "fact": f"Company: {approach.company}"})
    return f"{whom} team"


def _about(approach: Approach, sources: list[dict[str, Any]]) -> str:
    if not approach.job_title:
        return ABOUT_COMPANY.format(company=_cut(approach.company, LONGEST_COMPANY))
    job = f"“{_cut(approach.job_title, LONGEST_TITLE)}”"
    sources.append({"claim": job, "fact": f"Title of the posting: {approach.job_title}"})
    if approach.place:
        place = _cut(approach.place, LONGEST_PLACE)
        sources.append({"claim": place, "fact": f"Place of the posting: {approach.place}"})
        job = f"{job} ({place})"
    return ABOUT.format(job=job)


def _skills(approach: Approach, sources: list[dict[str, Any]]) -> str:
    named = [_cut(skill, LONGEST_NAME) for skill in approach.skills[:MOST_SKILLS]]
    sources += [{"claim": skill, "fact": f"Skill of the posting: {skill}"} for skill in named]
    *others, last = named
    return f"{', '.join(others)} and {last}" if others else last


def _again(earlier: Earlier, sources: list[dict[str, Any]]) -> str:
    subject = f" (“{_cut(earlier.subject, LONGEST_TITLE)}”)" if earlier.subject else ""
    claim = AGAIN.format(day=day(earlier.sent_on), subject=subject)
    sources.append({"claim": claim, "fact": f"Message sent on {earlier.sent_on.isoformat()}: {earlier.subject}"})
    return claim


def _subject(approach: Approach) -> str:
    earlier = approach.earlier
    if approach.form is Form.FOLLOWUP and earlier is not None and earlier.subject:
        subject = earlier.subject
        return _cut(subject if subject.lower().startswith("re:") else f"Re: {subject}", LONGEST_SUBJECT)
    about = approach.job_title or f"Internships at {approach.company}"
    return _cut(f"{about}: may we publish it?" if approach.job_title else about, LONGEST_SUBJECT)


def _cut(text: str, longest: int) -> str:
    """Return a text in one line, cut between words where it is too long."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: max(longest - 1, 0)].rsplit(" ", 1)[0] if " " in text[:longest] else text[: max(longest - 1, 0)]
    return f"{cut.rstrip(' ,;:-')}…"
