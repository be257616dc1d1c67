"""Interview questions: from what a posting asks for, from its duties, and from what is asked in the occupation."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path

from onward.domain.assistant.posting import Posting
from onward.domain.resumes.facts.lines import occupations

ANYBODY = "-"
_SENTENCE = (
    "The posting says: “{sentence}”. Which piece of your own work comes closest, and what was your part in it?",
    "The posting says: “{sentence}”. How would you show in your first month that you can?",
    "The posting says: “{sentence}”. What did you find hardest about that, and what helped?",
)
_DUTY = (
    "The work includes this: “{sentence}”. How would you begin?",
    "The work includes this: “{sentence}”. What tends to go wrong with it, and how do you prevent that?",
    "The work includes this: “{sentence}”. Tell us about a time when you did this or something close to it.",
)


@cache
def _bank() -> dict[str, list[str]]:
    """Read the list of questions: by the name of a skill, or by a field of work in brackets."""
    found: dict[str, list[str]] = {}
    for row in Path(__file__).with_name("questions.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            about, question = row.split("\t")
            found.setdefault(about, []).append(question)
    return found


def ask(posting: Posting, *, job: str, count: int) -> str:
    """Return so many questions, numbered, those first that only this posting's interviewers would ask."""
    by_turns = [_of_requirements(posting), _of_duties(posting), iter(_of_occupation(job))]
    own = list(dict.fromkeys(_in_turn(by_turns)))
    questions = list(islice(dict.fromkeys(chain(own, _bank()[f"[{ANYBODY}]"])), count))
    return "\n".join(f"{number}. {question}" for number, question in enumerate(questions, 1))


def _in_turn(rows: list[Iterator[str]]) -> Iterator[str]:
    while rows:
        for row in list(rows):
            question = next(row, None)
            if question is None:
                rows.remove(row)
            else:
                yield question


def _of_requirements(posting: Posting) -> Iterator[str]:
    asked: Counter[str] = Counter()
    quoted = 0
    covered = {requirement.sentence for requirement in posting.requirements}
    for requirement in sorted(posting.requirements, key=lambda requirement: requirement.wish):
        bank = [question for name in requirement.any_of for question in _bank().get(name, ())]
        if bank:
            yield bank[asked[requirement.any_of[0]] % len(bank)]
            asked[requirement.any_of[0]] += 1
        else:
            yield _SENTENCE[quoted % len(_SENTENCE)].format(sentence=_short(requirement.sentence))
            quoted += 1
    for sentence in posting.asked:
        if sentence not in covered:
            yield _SENTENCE[quoted % len(_SENTENCE)].format(sentence=_short(sentence))
            quoted += 1


def _of_duties(posting: Posting) -> Iterator[str]:
    for at, duty in enumerate(posting.duties):
        yield _DUTY[at % len(_DUTY)].format(sentence=_short(duty))


def _of_occupation(job: str) -> list[str]:
    fields = [field for field in occupations(job) if field != ANYBODY]
    return [question for field in dict.fromkeys(fields) for question in _bank().get(f"[{field}]", ())]


def _short(sentence: str) -> str:
    """Return a sentence that can be read aloud: a long one up to where its words end."""
    sentence = sentence.strip(" .;")
    return sentence if len(sentence) <= 160 else sentence[:160].rsplit(" ", 1)[0] + " …"
