"""How a résumé could be cut to a posting: by its own lines and the posting's own words, each quoted.

It writes no line anew. What is to be moved up, what the posting calls otherwise and what no line shows is told; the
person decides what of it is true of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from onward.domain.assistant import comparing
from onward.domain.assistant.choices import Tone
from onward.domain.assistant.comparing import Fit, Hit
from onward.domain.assistant.letters import called
from onward.domain.assistant.posting import Posting
from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.draft import Draft
from onward.domain.resumes.facts.reader import Reading

MOVE_UP, YOURS, MISSING = "Move up", "Words of the posting that are yours", "Missing"
MOST_LINES, MOST_WORDS, MOST_MISSING = 5, 8, 12


@dataclass(frozen=True, slots=True)
class Frame:
    """How a tone opens and closes. It says nothing of anybody."""

    opening: str
    close: str


FRAMES = {
    Tone.PROFESSIONAL: Frame(
        "How your résumé could be arranged for {job}.",
        "Change only what stays true. Everything else can stay as it is.",
    ),
    Tone.FORMAL: Frame(
        "The following concerns the arrangement of your résumé for {job}.",
        "Please adopt only what is true; no other change is required.",
    ),
    Tone.ENTHUSIASTIC: Frame(
        "Let's get your résumé ready for {job}!", "Take what is true, leave the rest, and off it goes!"
    ),
    Tone.CONVERSATIONAL: Frame(
        "Here's what I'd do with your résumé for {job}.", "Only use what's true. The rest is fine as it is."
    ),
    Tone.CONFIDENT: Frame("Do this with your résumé for {job}.", "Say what is true, say it first, and leave it there."),
    Tone.CREATIVE: Frame(
        "Your résumé, and the posting for {job}: what the one could learn from the other.",
        "Nothing here needs inventing. What is true is enough to play with.",
    ),
}
NOT_SHOWN = " No line of yours shows it; add one only if it is true."
_EMPTY = {
    MOVE_UP: "No line of your résumé could be quoted, so the order can stay as it is.",
    YOURS: "No word of the posting could be found in your résumé for certain.",
    MISSING: "Nothing that the posting asks for, and that can be compared, is missing.",
}
_WITHOUT = {
    MOVE_UP: "There is no résumé to compare with yet.",
    YOURS: "Without a résumé no word can be called yours.",
    MISSING: "The posting names nothing that can be looked for in a résumé.",
}


def compose(
    *, resume: Reading, asked: Posting, fit: Fit, company: str, job: str, tone: str
) -> tuple[str, list[dict[str, str]]]:
    """Write the advice.

    :return: the text, and for each thing that is said of the person the line that it rests on
    """
    frame = FRAMES[Tone(tone)]
    sources: list[dict[str, str]] = []
    lines = comparing.chosen(resume, asked, fit, most=MOST_LINES)
    empty, tail = (_EMPTY, NOT_SHOWN) if resume.text.strip() else (_WITHOUT, "")
    parts = {
        MOVE_UP: [*_moved_up(lines, asked, sources)],
        YOURS: [*_yours(fit, sources)],
        MISSING: [f"{said}{tail}" for said in _missing(fit)],
    }
    paragraphs = [frame.opening.format(job=called(company, job))]
    paragraphs += ["\n".join([title, *(said or [empty[title]])]) for title, said in parts.items()]
    return "\n\n".join([*paragraphs, frame.close]), sources


def _moved_up(lines: list[Draft], asked: Posting, sources: list[dict[str, str]]) -> Iterator[str]:
    for line in lines:
        sources.append({"claim": line.text, "fact": line.lines[0]})
        words = comparing.shared_words(line.text, asked)[:MOST_WORDS]
        yield f"• {line.text}" + (f"\n  Words that the posting has, too: {', '.join(words)}." if words else "")


def _yours(fit: Fit, sources: list[dict[str, str]]) -> Iterator[str]:
    """Name what the posting asks for and a line surely shows, as the posting writes it and as the line does."""
    told: set[str] = set()
    for hit in fit.hits:
        theirs, own = _written(hit.requirement.sentence, hit) or hit.requirement.called, _written(hit.line, hit)
        if theirs.lower() in told:
            continue
        told.add(theirs.lower())
        sources.append({"claim": theirs, "fact": hit.line, "asked": hit.requirement.sentence})
        if own is None or own.lower() == theirs.lower():
            yield f"• {theirs}: your line “{hit.line}” shows it."
        else:
            yield f"• {theirs}: your line “{hit.line}” calls it {own}. If both mean the same, use the posting's word."


def _written(text: str, hit: Hit) -> str | None:
    """Return how a text writes the skill that meets a requirement, if it does."""
    names = {hit.skill, *hit.requirement.any_of}
    return next((text[m.start : m.end] for m in skills.find(text, listed=True) if m.skill.name in names), None)


def _missing(fit: Fit) -> Iterator[str]:
    for gap in sorted(fit.gaps, key=lambda gap: gap.wish)[:MOST_MISSING]:
        wished = "wishes for" if gap.wish else "asks for"
        yield f"• {gap.called}: the posting {wished} it (“{gap.sentence}”)."
