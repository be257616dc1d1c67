"""Putting an email to an employer together: what it is for in two sentences, and lines of the résumé, quoted whole."""

from dataclasses import dataclass

from onward.domain.assistant.choices import Template, Tone
from onward.domain.assistant.letters import FRAMES as LETTERS
from onward.domain.assistant.letters import called, quoted, signature
from onward.domain.resumes.facts.draft import Draft
from onward.domain.resumes.facts.reader import Reading

MOST_LINES = 2
# After a conversation nobody repeats their résumé.
QUOTES = frozenset({Template.FOLLOW_UP, Template.INQUIRY})


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said and what is asked. It says nothing of anybody."""

    opening: str
    request: str


SUBJECTS = {
    Template.FOLLOW_UP: "My application for {job}",
    Template.THANK_YOU: "Thank you: {job}",
    Template.INQUIRY: "A question about {job}",
}
FRAMES = {
    (Template.FOLLOW_UP, Tone.PROFESSIONAL): Frame(
        "I am writing about my application for {job}.",
        "Could you please tell me how it stands, and whether you need anything else from me?",
    ),
    (Template.FOLLOW_UP, Tone.FORMAL): Frame(
        "I refer to my application for {job}.",
        "I should be grateful to be told how it stands, and whether anything else is required of me.",
    ),
    (Template.FOLLOW_UP, Tone.ENTHUSIASTIC): Frame(
        "I am writing about my application for {job}!",
        "How does it stand? And is there anything else that I can send you?",
    ),
    (Template.FOLLOW_UP, Tone.CONVERSATIONAL): Frame(
        "I'm just checking in about my application for {job}.",
        "Do you know yet how it stands? And do you need anything else from me?",
    ),
    (Template.FOLLOW_UP, Tone.CONFIDENT): Frame(
        "You have my application for {job}.",
        "Please let me know how it stands and when we can talk.",
    ),
    (Template.FOLLOW_UP, Tone.CREATIVE): Frame(
        "Somewhere in your post lies my application for {job}.",
        "Where in the pile is it by now, and does it lack a page?",
    ),
    (Template.THANK_YOU, Tone.PROFESSIONAL): Frame(
        "Thank you for the conversation about {job}.",
        "If you need anything else from me, please let me know.",
    ),
    (Template.THANK_YOU, Tone.FORMAL): Frame(
        "I should like to thank you for the conversation about {job}.",
        "Should anything else be required of me, I kindly ask you to let me know.",
    ),
    (Template.THANK_YOU, Tone.ENTHUSIASTIC): Frame(
        "Thank you so much for the conversation about {job}!",
        "If there is anything else that you need, just let me know!",
    ),
    (Template.THANK_YOU, Tone.CONVERSATIONAL): Frame(
        "Thanks for talking with me about {job}.",
        "If there's anything else you need, just let me know.",
    ),
    (Template.THANK_YOU, Tone.CONFIDENT): Frame(
        "Thank you for your time and our conversation about {job}.",
        "Let me know what the next step is, and when.",
    ),
    (Template.THANK_YOU, Tone.CREATIVE): Frame(
        "Two words are left to say after our conversation about {job}: thank you.",
        "If a question has come up since, it will find me at this address.",
    ),
    (Template.INQUIRY, Tone.PROFESSIONAL): Frame(
        "I am writing to ask about {job}.",
        "Is it still open? If so, please tell me what an application should contain and by when you need it.",
    ),
    (Template.INQUIRY, Tone.FORMAL): Frame(
        "I am writing to enquire about {job}.",
        "I should be grateful to be told whether it is still open, what an application should contain, and by when.",
    ),
    (Template.INQUIRY, Tone.ENTHUSIASTIC): Frame(
        "I have come across {job}!",
        "Is it still open? Then do tell me what you would like to see in an application, and by when!",
    ),
    (Template.INQUIRY, Tone.CONVERSATIONAL): Frame(
        "I've got a quick question about {job}.",
        "Is it still open? And what would you like to see in an application, and by when?",
    ),
    (Template.INQUIRY, Tone.CONFIDENT): Frame(
        "I have one question about {job}.",
        "Is it still open? Tell me what you need and by when, and you will have my application.",
    ),
    (Template.INQUIRY, Tone.CREATIVE): Frame(
        "Every application begins with a question; mine is about {job}.",
        "Is the door still open, and what should I bring when I knock?",
    ),
}


def compose(
    *, resume: Reading, lines: list[Draft], company: str, job: str, tone: str, template: str
) -> tuple[str, list[dict[str, str]]]:
    """Write the email, its subject in the first line.

    :param lines: what to quote
    :return: the text, and for each claim in it the line that it rests on
    """
    letter, frame = LETTERS[Tone(tone)], FRAMES[Template(template), Tone(tone)]
    sources: list[dict[str, str]] = []
    about = called(company, job)
    paragraphs = [
        f"Subject: {SUBJECTS[Template(template)].format(job=about)}",
        " ".join(letter.greeting.format(company=company).split()),
        frame.opening.format(job=about),
    ]
    if lines:
        paragraphs.append("\n".join(quoted(resume, lines, letter.lines, sources)))
    sources += signature(resume)
    paragraphs += [frame.request, f"{letter.farewell}\n{resume.name}".strip()]
    return "\n\n".join(paragraphs), sources
