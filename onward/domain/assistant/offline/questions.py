"""Interview questions out of what a posting demands.

Technical ones come from its must-haves, situational ones from its duties; behavioural questions and those about the
company, the role and growth take their place between them.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

from onward.domain.assistant.offline import names, postings, skills, words
from onward.domain.assistant.offline.postings import Kind, Posting

FEWEST, MOST = 1, 40
# How often each type comes in ten questions.
ROUND = ("technical", "behavioural", "situational", "technical", "role", "situational", "technical", "behavioural", "technical", "growth")  # fmt: skip
LONGEST_DUTY = 150

_ABOUT_SKILL = {
    "craft": (
        "Tell us about the most demanding thing you have done with {skill}. What made it hard?",
        "Which mistake with {skill} have you made that you would warn a colleague about?",
        "How do you judge whether work done with {skill} is good? Take an example of your own.",
        "When would you advise against {skill}, and what would you use instead?",
    ),
    "practice": (
        "Take us through a recent situation in which {skill} was central to your work. What did you do, and how did it end?",
        "What do people who are new to {skill} get wrong, and how would you show them?",
        "How do you know that you are doing well at {skill}? Which sign do you look for?",
        "Which part of {skill} do you find hardest, and how do you deal with it?",
    ),
    "credential": (
        "This position asks for: {skill}. What does it allow you to do, and how do you keep it current?",
        "Tell us about a moment at work when {skill} made a difference to how you acted.",
    ),
    "language": (
        "The position calls for {skill}. In which situations at work have you used it, and how far does it carry you?",
    ),
}
_BEHAVIOURAL = (
    "Tell us about a time when you disagreed with a decision that affected your work as {a_job}. What did you do?",
    "Describe a piece of work that failed. What was your part in it, and what do you do differently now?",
    "Tell us about a colleague who was hard to work with. How did you get to a result together?",
    "When did you last have to do several urgent things at once? How did you choose, and what did you leave?",
    "Describe feedback that was hard to hear. What did you change?",
    "Tell us about something you improved without being asked. How did you win others over?",
    "When did you have to tell somebody bad news at work? How did you go about it?",
    "Describe a decision you made without enough information. How do you see it now?",
)
_BEHAVIOURAL_ON = {
    "Communication": "Tell us about a time when something you explained was misunderstood. How did you notice, and what did you do?",
    "Leadership": "Describe a time when you led people who did not report to you. What did you ask of them, and did it work?",
    "Mentoring": "Tell us about somebody you helped to grow. What did you do, and how did you know when to step back?",
    "People management": "Tell us about a difficult conversation with somebody who reported to you. How did you prepare for it?",
    "Teamwork": "Describe a team success that would not have happened without you, and one that would not have happened without somebody else.",
    "Cross-functional collaboration": "Tell us about work with another department whose aims were not yours. How did you find common ground?",
    "Problem solving": "Describe a problem that others had given up on. How did you approach it?",
    "Attention to detail": "Tell us about an error that you found before it did harm, and about one that you did not.",
    "Time management": "Tell us about a deadline that you could not meet. When did you say so, and to whom?",
    "Conflict resolution": "Describe a conflict between two people that you helped to settle. What did you say first?",
    "Adaptability": "Tell us about a change at work that you thought was wrong. How did you handle it?",
    "Working under pressure": "Describe your most hectic week at work. What did you do to keep the quality up?",
    "Presentation skills": "Tell us about a presentation that did not go as planned. What did you do in the moment?",
    "Customer focus": "Tell us about a time when what a customer asked for was not what the customer needed.",
    "Interpersonal skills": "Tell us about a working relationship that began badly and became good. What turned it?",
    "Facilitation": "Describe a workshop or meeting you led in which one person dominated. What did you do?",
    "Staff training": "How did you last train somebody, and how did you find out whether it had worked?",
}
_ON_DUTY = {
    "base": (
        "In this position you would {duty}. How would you go about it in your first three months?",
        "Imagine you have to {duty}, and half of the usual time for it. What do you do first, and what do you leave?",
        "Tell us about a time when you had to {duty}, or something close to it. What would you do differently today?",
        "Suppose you have to {duty}, and the people you depend on do not answer. How do you proceed?",
        "What tends to go wrong when people {duty}, and how would you prevent it here?",
    ),
    "doing": (
        "This position includes {duty}. How would you go about it in your first three months?",
        "What makes {duty} hard in practice, and how have you dealt with it?",
        "Imagine that {duty} has slipped for months before you arrive. Where do you begin?",
    ),
    "thing": (
        "The posting names this as part of the work: “{duty}”. How would you approach it in your first three months?",
        "The posting says: “{duty}”. Which experience of yours comes closest, and what did you learn from it?",
    ),
}
_SITUATIONAL = (
    "On your third day as {a_job} you find that an agreed deadline cannot be met. What do you do?",
    "You are asked to do something as {a_job} that you think is wrong, and there is little time. How do you respond?",
    "A colleague asks you to skip a step that takes long and rarely finds anything. What do you say?",
    "You inherit work that nobody has written anything down about. How do you find your way in?",
    "Two people you answer to give you contradicting priorities. How do you solve it?",
    "You notice an error of your own after the work has been handed over. What happens next?",
)
_ROLE = (
    "Why {company}, and why this position rather than a similar one elsewhere?",
    "From what you have read, what do you think will be hardest about being {a_job} at {company}?",
    "What would you want to have achieved at {company} after your first year, and how would we see it?",
    "What do you need to know about {company} to decide whether this position is right for you?",
    "How would you explain to a friend what {a_job} at {company} does?",
    "What would the people you would work with at {company} notice about you first?",
)
_ROLE_ON_YEARS = "The posting asks for {years} of experience. Which of your years count most towards it, and why?"
_ROLE_ON_SENIORITY = {
    "lead": "How do you divide your time between leading others and doing the work yourself, and what tips the balance?",
    "senior": "What should people be able to expect of a senior colleague that they cannot expect of others?",
    "junior": "Which kind of help do you want in your first months, and how do you ask for it?",
}
_GROWTH = (
    "What have you taught yourself in the last year, and how did you go about it?",
    "Which part of this position would be new to you, and how would you close the gap?",
    "Where would you like this position to take you in three years?",
    "Whose work in your field do you learn from, and what have you adopted?",
    "What have you changed your mind about in your profession?",
)
_GROWTH_ON = (
    "The posting would welcome {skill}. How much of it have you met so far, and how would you learn the rest?",
    "{Skill} is mentioned as a plus. How would you decide whether it is worth learning first?",
)
_LEAD = re.compile(
    r"^(?:(?:in this role,? )?(?:you(?:'ll| will)(?: also)?(?: be)?|you are going to|we expect you to|as (?:a|an|our) [^,]{3,60}, you(?:'ll| will))\s+)",
    re.I,
)


@cache
def bank() -> dict[str, tuple[str, ...]]:
    """Read the questions about particular skills; once per process."""
    found: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name("questions.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, question = line.split("\t")
            found[name] = (*found.get(name, ()), question)
    return found


def ask(posting: Posting, *, company: str, count: int) -> list[str]:
    """Give `count` questions, none twice, as mixed as an interview is."""
    count = max(FEWEST, min(count, MOST))
    called = {
        "company": names.company(company) or "this organisation",
        "a_job": _a_job(posting.title),
        "years": f"{words.spelled(posting.years)} {'year' if posting.years == 1 else 'years'}",
    }
    seed = hashlib.sha256(
        "\x1f".join([*(line for _, line in posting.lines), *called.values()]).encode("utf-8", "replace")
    ).digest()
    sources = {
        "technical": _technical(posting, seed),
        "behavioural": _behavioural(posting, seed, called),
        "situational": _situational(posting, seed, called),
        "role": _role(posting, seed, called),
        "growth": _growth(posting, seed),
    }
    asked: dict[str, None] = {}
    turn = 0
    while len(asked) < count and sources:
        kind = ROUND[turn % len(ROUND)]
        turn += 1
        # A type that has run dry passes its turn on to the one with most left in this posting.
        for instead in (kind, "situational", "technical", "behavioural", "role", "growth"):
            question = next((q for q in sources.get(instead, iter(())) if q not in asked), None)
            if question is not None:
                asked[question] = None
                break
            sources.pop(instead, None)
    return list(asked)


def _a_job(title: str) -> str:
    return f"{words.article(title)} {title}" if title else "the person in this position"


def _order(seed: bytes, slot: str, variants: Sequence[str]) -> list[str]:
    return sorted(variants, key=lambda variant: hashlib.sha256(seed + slot.encode() + variant.encode()).digest())


def _technical(posting: Posting, seed: bytes) -> Iterator[str]:
    wanted = [name for name in posting.skills(Kind.MUST, Kind.DUTY, Kind.NICE) if not skills.soft(name)]
    known = bank()
    # A question made for the skill first; a general one about it only in a second pass.
    general = [_about(name, place, seed) for place, name in enumerate(wanted)]
    made = [
        _order(seed, name, known[name])[0] if name in known else general[place] for place, name in enumerate(wanted)
    ]
    yield from made
    yield from general
    for name in wanted:
        yield from known.get(name, ())


def _about(name: str, place: int, seed: bytes) -> str:
    area = skills.area(name)
    kinds = {
        "credentials": "credential",
        "languages": "language",
        "software": "craft",
        "data": "craft",
        "design": "craft",
        "engineering": "craft",
    }
    written = skills.in_prose(name)
    kind = kinds.get(area, "practice")
    # `Deep learning` is done, `Figma` is worked with.
    if kind == "craft" and written[0].islower():
        kind = "practice"
    variants = _order(seed, kind, _ABOUT_SKILL[kind])
    return variants[place % len(variants)].format(skill=written)


def _behavioural(posting: Posting, seed: bytes, called: dict[str, str]) -> Iterator[str]:
    wanted = posting.skills(Kind.MUST, Kind.DUTY, Kind.NICE)
    yield from (_BEHAVIOURAL_ON[name] for name in wanted if name in _BEHAVIOURAL_ON)
    yield from (question.format(**called) for question in _order(seed, "behavioural", _BEHAVIOURAL))


def _situational(posting: Posting, seed: bytes, called: dict[str, str]) -> Iterator[str]:
    place = dict.fromkeys(_ON_DUTY, 0)
    for line in posting.of(Kind.DUTY):
        form, duty = _duty(line)
        if duty:
            variants = _order(seed, form, _ON_DUTY[form])
            yield variants[place[form] % len(variants)].format(duty=duty)
            place[form] += 1
    yield from (question.format(**called) for question in _order(seed, "situational", _SITUATIONAL))


def _duty(line: str) -> tuple[str, str]:
    """Give a duty as it follows `you would`, or as something that is done, or in its own words."""
    if len(line) > LONGEST_DUTY or len(line.split()) < 3 or postings.to_the_reader(line):
        return "", ""
    bare = _LEAD.sub("", line).strip(" .;:!,")
    bare = re.sub(r"^(?:be )?responsible for ", "", bare, flags=re.I)
    bare = bare.replace("{", "(").replace("}", ")")
    first = bare.split()[0].lower().strip(",")
    if first in postings.VERBS:
        return "base", _turned(bare[:1].lower() + bare[1:])
    if first.endswith("ing") and len(first) > 5:
        return "doing", _turned(bare[:1].lower() + bare[1:])
    return "thing", line.strip(" .;")


def _turned(duty: str) -> str:
    return re.sub(r"\b(?:our)\b", "the company's", duty)


def _role(posting: Posting, seed: bytes, called: dict[str, str]) -> Iterator[str]:
    ordered = [question.format(**called) for question in _order(seed, "role", _ROLE)]
    own = [_ROLE_ON_SENIORITY[posting.seniority]] if posting.seniority in _ROLE_ON_SENIORITY else []
    own += [_ROLE_ON_YEARS.format(**called)] if posting.years > 1 else []
    for pair in zip_longest(ordered, own):
        yield from (question for question in pair if question)


def _growth(posting: Posting, seed: bytes) -> Iterator[str]:
    nice = [
        name for name in posting.skills(Kind.NICE) if not skills.soft(name) and name not in posting.skills(Kind.MUST)
    ]
    for place, name in enumerate(nice[: len(_GROWTH_ON)]):
        written = skills.in_prose(name)
        yield _GROWTH_ON[place].format(skill=written, Skill=written[:1].upper() + written[1:])
    yield from _order(seed, "growth", _GROWTH)
