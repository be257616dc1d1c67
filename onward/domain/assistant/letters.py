"""Putting a letter together: a plain frame around lines of the résumé, quoted whole."""

import re
from dataclasses import dataclass

from onward.domain.assistant.choices import Tone
from onward.domain.assistant.comparing import Fit
from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.draft import Draft
from onward.domain.resumes.facts.lines import occupations
from onward.domain.resumes.facts.reader import Reading

MOST_LINES = 5
MOST_SKILLS = 8
# Words. A letter that would have fewer says besides what anybody may say of an application.
SHORTEST = 40


@dataclass(frozen=True, slots=True)
class Frame:
    """How a tone greets, opens, leads over and closes. It says nothing of anybody."""

    greeting: str
    opening: str
    lines: str
    skills: str
    more: str
    close: str
    farewell: str


# The same in every tone, so that what is said of the person is.
POSITION = "As {title} at {employer}:"
FRAMES = {
    Tone.PROFESSIONAL: Frame(
        "Dear {company} Hiring Team,",
        "I am applying for {job}.",
        "From my résumé:",
        "Your posting and my résumé both name {skills}.",
        "If you need further documents or have questions about this application, please let me know; I will answer as "
        "soon as I can.",
        "Thank you for your time and consideration.",
        "Sincerely,",
    ),
    Tone.FORMAL: Frame(
        "Dear Sir or Madam,",
        "I hereby submit my application for {job}.",
        "I refer to the following lines of my résumé:",
        "Both your posting and my résumé name {skills}.",
        "Should you require further documents or have questions concerning this application, I kindly ask you to let "
        "me know, and shall answer promptly.",
        "Thank you for considering this application.",
        "Yours faithfully,",
    ),
    Tone.ENTHUSIASTIC: Frame(
        "Hello {company} Team,",
        "Here is my application for {job}!",
        "Straight from my résumé:",
        "And both your posting and my résumé name {skills}!",
        "Do you need further documents, or have questions about this application? Just let me know, and I will answer "
        "as soon as I can!",
        "Thank you for reading!",
        "Best regards,",
    ),
    Tone.CONVERSATIONAL: Frame(
        "Hi {company} Team,",
        "This is my application for {job}.",
        "Here's what my résumé says:",
        "Your posting and my résumé both name {skills}.",
        "If you need any other documents or have questions about this application, just let me know and I'll get back "
        "to you as soon as I can.",
        "Thanks for reading.",
        "Best wishes,",
    ),
    Tone.CONFIDENT: Frame(
        "Dear {company} Hiring Team,",
        "Please take this as my application for {job}.",
        "My résumé says:",
        "Your posting asks for {skills}, and my résumé names the same.",
        "Tell me which further documents you need and what you would like to know about this application; you will "
        "have my answer as soon as I can give it.",
        "Let me know when we can talk.",
        "Kind regards,",
    ),
    Tone.CREATIVE: Frame(
        "To the {company} Team behind this posting,",
        "One envelope, one application: {job}.",
        "Out of my résumé, word for word:",
        "Lay your posting over my résumé, and these words meet: {skills}.",
        "Is a page missing, or is there a question between the lines of this application? Tell me, and I will fill it "
        "in as soon as I can.",
        "Thank you for reading down to this line.",
        "With best wishes,",
    ),
}

# Where more than a name begins, in what is given as one.
# A dot behind one or two letters ends no sentence: `St. Jude`, `Sr. Engineer`.
_MORE = re.compile(
    r"(?<=[^\W\d_]{3})\.\s|(?<=[\d)])\.\s|[!?;:]\s|[\r\n]|"
    r",?\s(?:where|which|who|because|and I|I|my|that|as I|for whom)\s",
    re.I,
)


def name(given: str, *, longest: int) -> str:
    """Return what is a name of what was given as one: whatever else stands there would be said in the person's name."""
    cut = _MORE.split(f"{given.strip()} ", maxsplit=1)[0]
    return cut.strip(" ,.;:–—-!?")[:longest].rstrip()


def compose(
    *, resume: Reading, fit: Fit, lines: list[Draft], company: str, job: str, tone: str
) -> tuple[str, list[dict[str, str]]]:
    """Write the letter.

    :param lines: what to quote
    :return: the text, and for each claim in it the line that it rests on
    """
    frame = FRAMES[Tone(tone)]
    sources: list[dict[str, str]] = []
    paragraphs = [
        " ".join(frame.greeting.format(company=company).split()),
        frame.opening.format(job=called(company, job)),
    ]
    if lines:
        paragraphs.append("\n".join(quoted(resume, lines, frame.lines, sources)))
    both = _named_by_both(fit)
    if both:
        sources += [{"claim": written, "fact": line} for written, line in both.items()]
        paragraphs.append(frame.skills.format(skills=_listing(list(both))))
    sources += signature(resume)
    end = f"{frame.close}\n\n{frame.farewell}\n{resume.name}".strip()
    if len(" ".join([*paragraphs, end]).split()) < SHORTEST:
        paragraphs.append(frame.more)
    return "\n\n".join([*paragraphs, end]), sources


def signature(resume: Reading) -> list[dict[str, str]]:
    """Return what the name below a letter rests on; nothing where it is not signed."""
    name = resume.name
    rows = (row.strip() for row in resume.text.splitlines() if name.lower() in " ".join(row.split()).lower())
    return [{"claim": name, "fact": next(rows, name)}] if name and resume.text else []


def _named_by_both(fit: Fit) -> dict[str, str]:
    """Return the skills that both write alike, by the lines of the résumé; what only its kind shows is not named."""
    found: dict[str, str] = {}
    for hit in fit.hits:
        for mention in skills.find(hit.line, listed=True):
            written = hit.line[mention.start : mention.end]
            plain = mention.skill.name == hit.skill and mention.skill.group != "degrees" and not occupations(written)
            if plain and written.lower() in hit.requirement.sentence.lower():
                found.setdefault(written, hit.line)
    return dict(list(found.items())[:MOST_SKILLS])


def called(company: str, job: str) -> str:
    """Return what a position is called where it stands in a sentence."""
    if job:
        return f"the position of {job} at {company}" if company else f"the position of {job}"
    return f"the advertised position at {company}" if company else "the position that you have advertised"


def quoted(resume: Reading, lines: list[Draft], lead: str, sources: list[dict[str, str]]) -> list[str]:
    """Quote lines under the position that they belong to, where that is plain.

    :param lead: what stands above them
    :param sources: what they rest on is added to it
    """
    positions = [
        fact
        for fact in resume.facts
        if fact.kind is FactKind.POSITION and fact.details.get("title") and fact.details.get("employer")
    ]
    said, under = [lead], None
    loose = [(None, line) for line in lines if _position(line, positions) is None]
    placed = [(position, line) for line in lines if (position := _position(line, positions)) is not None]
    for position, line in [*loose, *placed]:
        if position is not None and position is not under:
            header = POSITION.format(**position.details)
            said += ["", header]
            sources.append({"claim": header, "fact": " · ".join(position.lines[: _header(position, lines)])})
            under = position
        said.append(f"• {line.text}")
        sources.append({"claim": line.text, "fact": line.lines[0]})
    return said


def _position(line: Draft, positions: list[Draft]) -> Draft | None:
    """Return the one position among whose lines a line stands; none where there are several."""
    found = [position for position in positions if line.lines[0] in position.lines]
    return found[0] if len(found) == 1 else None


def _header(position: Draft, lines: list[Draft]) -> int:
    """Count the lines of a position that say what it was: those with its title or employer, and those between."""
    said = [position.details["title"], position.details["employer"]]
    return max((at + 1 for at, row in enumerate(position.lines[:6]) if any(part in row for part in said)), default=1)


def _listing(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
