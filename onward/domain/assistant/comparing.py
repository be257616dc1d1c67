"""Comparing a résumé with a posting: what is shown, what is missing, and what cannot be told."""

import re
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path

from onward.domain.assistant.posting import Posting, Requirement
from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.draft import Draft
from onward.domain.resumes.facts.reader import Reading
from onward.domain.resumes.facts.words import lists

MUST, WISH = 3, 1
FEWEST = 2
MOST_ADVICE = 5
_WORD = re.compile(r"[^\W\d_]{3,}")
_LISTS = lists(Path(__file__).with_name("words.tsv"))
_COMMON = frozenset(_LISTS["common"])
_LANGUAGES = {name: frozenset(_LISTS[name]) for name in ("English", "German", "French", "Spanish")}
_ANY_FIELD = frozenset(skills.stem(word) for word in _LISTS["any field"])


@dataclass(frozen=True, slots=True)
class Hit:
    """A requirement that is met. :ivar skill: the one that meets it :ivar line: where the résumé shows it"""

    requirement: Requirement
    skill: str
    line: str


@dataclass(slots=True)
class Fit:
    """How a résumé and a posting fit. :ivar apart: what cannot be told, as sentences"""

    hits: list[Hit] = field(default_factory=list)
    gaps: list[Requirement] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)


def compare(resume: Reading, posting: Posting) -> Fit:
    """Hold each requirement against what the résumé surely shows; what it may show is neither met nor missing."""
    shown = skills_shown(resume)
    broader: dict[str, str] = {}
    for name in shown:
        for kind in skills.with_broader([name]):
            broader.setdefault(kind, name)
    places: dict[str, set[int]] = {}
    for number, line in enumerate(resume.text.splitlines()):
        for stem in _stems(line):
            places.setdefault(stem, set()).add(number)
    fit = Fit()
    for requirement in posting.requirements:
        direct = next((name for name in requirement.any_of if name in shown), None)
        skill = direct or next((broader[name] for name in requirement.any_of if name in broader), None)
        maybe = next((name for name in requirement.any_of if _may_be_shown(name, resume, shown.keys(), places)), None)
        if skill is not None and _is_other_field(requirement, shown[skill]):
            fit.apart.append(f"Not counted: whether “{shown[skill]}” is what “{requirement.sentence}” asks for.")
        elif skill is not None:
            fit.hits.append(Hit(requirement, skill, shown[skill]))
        elif maybe is not None:
            line = resume.unsure.get(maybe, "")
            where = f" from “{line}”" if line else ""
            fit.apart.append(f"Not counted: whether you have {requirement.called} cannot be told{where}.")
        elif not requirement.certain or not _can_be_missing(requirement, resume, shown):
            fit.apart.append(f"Not counted: whether you have {requirement.called}, “{requirement.sentence}”.")
        else:
            fit.gaps.append(requirement)
    fit.apart += [
        f"Not counted: {name}, in “{sentence}”." for name, sentence in posting.unsure.items() if name not in shown
    ]
    return fit


def _can_be_missing(requirement: Requirement, resume: Reading, shown: dict[str, str]) -> bool:
    """Return whether it says anything that a résumé does not name something.

    Degrees have more names than the list. And what are not names of things has names in other languages.
    """
    group = skills.group(requirement.any_of[0])
    if group == "degrees":
        return any(skills.group(name) == "degrees" for name in shown)
    language = written_in(resume.text)
    return language not in requirement.any_of and (group not in {"fields", "credentials"} or language == "English")


def written_in(text: str) -> str:
    """Return the name of the language in which a text seems to be written, of the four that are read."""
    words = text.lower().split()
    return max(_LANGUAGES, key=lambda name: sum(word in _LANGUAGES[name] for word in words))


def surely_written_in(text: str) -> str:
    """Return the language of a text where enough of its words are that language's; empty where nobody can tell."""
    words = text.lower().split()
    language = written_in(text)
    hits = sum(word in _LANGUAGES[language] for word in words)
    return language if hits >= 3 and hits * 20 >= len(words) else ""


def _is_other_field(requirement: Requirement, line: str) -> bool:
    """Return whether a degree is asked for in a field that the line of one skills_shown does not name."""
    if skills.group(requirement.any_of[0]) != "degrees":
        return False
    named = [mention for mention in skills.find(requirement.sentence) if mention.skill.group == "degrees"]
    field = re.match(r"(?:degree)?\s*(?:in|of|en)\b(.*)", requirement.sentence[named[-1].end :].strip(), re.I)
    subjects = _stems(field[1]) - _ANY_FIELD if field else set()
    return bool(subjects) and not subjects & _stems(line)


def skills_shown(resume: Reading) -> dict[str, str]:
    """Return the lines that show each skill, language, credential and degree."""
    found: dict[str, str] = {}
    for fact in resume.facts:
        if fact.kind in {FactKind.SKILL, FactKind.LANGUAGE, FactKind.CREDENTIAL}:
            named = (
                [fact.text] if skills.group(fact.text) else [m.skill.name for m in skills.find(fact.text, listed=True)]
            )
            for name in named:
                found.setdefault(name, fact.lines[0])
        elif fact.kind is FactKind.STUDY and fact.details.get("degree"):
            found.setdefault(fact.details["degree"], fact.lines[0])
    return found


def _may_be_shown(name: str, resume: Reading, shown: Set[str], places: dict[str, set[int]]) -> bool:
    """Return whether any line may speak of a skill: by a name that could be one, or by all the words of a name of it.

    :param places: the numbers of the lines by their words' stems
    """
    if any(name in skills.with_broader([other]) for other in resume.unsure) or not shown.isdisjoint(skills.near(name)):
        return True
    stems = [_stems(written) for written in skills.written(name) if written == name or " " in written]
    return any(words and set.intersection(*(places.get(word, set()) for word in words)) for words in stems)


def _stems(text: str) -> set[str]:
    return {skills.stem(word) for word in _WORD.findall(text) if word.lower() not in _COMMON}


def chosen(resume: Reading, posting: Posting, fit: Fit, *, most: int) -> list[Draft]:
    """Choose the lines that speak most to a posting, in the résumé's order: by words that few of its lines share."""
    lines = [fact for fact in resume.facts if fact.kind is FactKind.ACHIEVEMENT]
    sentences = [*posting.asked, *posting.duties]
    wanted = set[str]().union(*(_stems(sentence) for sentence in sentences))
    counts: dict[str, int] = {}
    words = [_stems(fact.text) for fact in lines]
    for own in words:
        for word in own:
            counts[word] = counts.get(word, 0) + 1
    met = {hit.skill for hit in fit.hits}
    scores = []
    for at, (fact, own) in enumerate(zip(lines, words, strict=True)):
        shared = sum(1 / counts[word] for word in own & wanted)
        named = {mention.skill.name for mention in skills.find(fact.text) if mention.sure}
        score = shared / max(4, len(own)) ** 0.5 + len(named & met)
        scores.append((-score, at))
    best = [at for score, at in sorted(scores)[:most] if score]
    # Where none shares a word with the posting, the first ones say at least what the person has put first.
    return [lines[at] for at in sorted(best or range(min(len(lines), FEWEST)))]


def shared_words(line: str, posting: Posting) -> list[str]:
    """Return the words of a posting's requirements and duties that a line has, too, as the posting writes them."""
    own = _stems(line)
    found: dict[str, str] = {}
    for sentence in [*posting.asked, *posting.duties]:
        for word in _WORD.findall(sentence):
            if word.lower() not in _COMMON and skills.stem(word) in own:
                found.setdefault(skills.stem(word), word)
    return list(found.values())


def score(resume: Reading, posting: Posting, fit: Fit) -> tuple[int, dict[str, int]]:
    """Return 0 to 100, and the parts that it is the mean of: what the posting gives no measure for is left out."""
    parts: dict[str, int] = {}
    weights = [(WISH if hit.requirement.wish else MUST, 1) for hit in fit.hits]
    weights += [(WISH if gap.wish else MUST, 0) for gap in fit.gaps]
    if weights:
        parts["qualifications"] = round(100 * sum(w * met for w, met in weights) / sum(w for w, _ in weights))
    duties = [words for duty in posting.duties if (words := _stems(duty))]
    if duties:
        own = set[str]().union(*(_stems(fact.text) for fact in resume.facts if fact.kind is FactKind.ACHIEVEMENT))
        own |= set[str]().union(*(_stems(line) for line in skills_shown(resume).values()))
        parts["responsibilities"] = round(100 * sum(len(words & own) / len(words) for words in duties) / len(duties))
    shares = {"qualifications": 3, "responsibilities": 1}
    total = sum(shares[name] for name in parts)
    return round(sum(shares[name] * value for name, value in parts.items()) / total) if total else 0, parts


def evidence(fit: Fit) -> list[dict[str, str]]:
    """Return for each hit its line, and for each gap the posting's sentence."""
    hits = [{"claim": hit.skill, "fact": hit.line, "asked": hit.requirement.sentence} for hit in fit.hits]
    return hits + [{"missing": gap.called, "asked": gap.sentence} for gap in fit.gaps]


def summary(fit: Fit) -> str:
    """Return the score and its parts."""
    count = len(fit.hits) + len(fit.gaps)
    if not count:
        return "The posting names no requirement that can be compared."
    said = f"{len(fit.hits)} of the {count} requirements that can be compared are shown by a line of the résumé."
    missing = [gap.called for gap in fit.gaps if not gap.wish]
    if missing:
        said += f" Not found: {', '.join(missing)}."
    if fit.apart:
        said += f" {len(fit.apart)} could not be told and do not count; the warnings name them."
    return said


def recommendations(fit: Fit) -> list[str]:
    """Return which lines to put forward, and which sentences of the posting no line answers."""
    by_line: dict[str, list[str]] = {}
    for hit in fit.hits:
        by_line.setdefault(hit.line, []).append(hit.skill)
    lines = sorted(by_line.items(), key=lambda item: -len(item[1]))[:MOST_ADVICE]
    said = [f"Put forward “{line}”: it shows {', '.join(dict.fromkeys(names))}." for line, names in lines]
    gaps = sorted(fit.gaps, key=lambda gap: gap.wish)[:MOST_ADVICE]
    said += [
        f"{gap.called}: the posting says “{gap.sentence}”, and no line of the résumé shows it. Add one if you have it."
        for gap in gaps
    ]
    return said
