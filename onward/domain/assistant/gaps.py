"""What a provider has read of a résumé and the reader has not: only what the résumé says, in its own letters."""

import re
from collections.abc import Iterator, Sequence

from onward.domain.assistant.providers.answers import ResumeFacts
from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts import skills
from onward.domain.resumes.facts.dates import spans
from onward.domain.resumes.facts.draft import LONGEST_NAME, Draft
from onward.domain.resumes.models import Fact
from onward.platform.record import name_key


def guess(said: ResumeFacts, fact: Fact) -> dict[str, str]:
    """Return what a position that the reader was not sure of is, if its own lines bear it out; or nothing."""
    text = " ".join(fact.lines)
    dates = {(span.begins, span.ends) for line in fact.lines for span in spans(line)}
    for one in said.positions if fact.kind == FactKind.POSITION else ():
        named = [name for name in (one.title, one.employer) if 0 < len(name) <= LONGEST_NAME and _says(text, name)]
        if len(named) == 2 and (one.begins, one.ends) in dates:
            place = {"place": one.place} if one.place and _says(text, one.place) else {}
            return {"title": one.title, "employer": one.employer, **place, "begins": one.begins, "ends": one.ends}
    return {}


def drafts(said: ResumeFacts, text: str, known: Sequence[Fact]) -> Iterator[Draft]:
    """List what the reader has not found and the text holds, each with the line that it rests on.

    :param known: the facts that there are
    """
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    types = {fact.details.get("type") for fact in known if fact.kind == FactKind.CONTACT}
    for kind in ("name", "email", "phone", "location"):
        told = getattr(said, kind)
        if kind not in types and (line := _line(lines, told)):
            yield Draft(kind=FactKind.CONTACT, text=told, lines=[line], details={"type": kind})
    names = {name_key(fact.text) for fact in known if fact.kind in {FactKind.SKILL, FactKind.LANGUAGE}}
    for told in said.skills:
        name, line = _usual(told), _line(lines, told)
        if line and 1 < len(told) <= LONGEST_NAME and name_key(name) not in names:
            names.add(name_key(name))
            yield Draft(kind=FactKind.SKILL, text=name, lines=[line])
    studied = [line for fact in known if fact.kind == FactKind.STUDY for line in fact.lines]
    for study in said.studies:
        line = _line(lines, study.degree)
        if line and not any(_says(one, study.degree) for one in studied):
            parts = {"school": study.school if _line(lines, study.school) else ""}
            parts |= {name: day for name, day in (("begins", study.begins), ("ends", study.ends)) if day[:4] in text}
            yield Draft(
                kind=FactKind.STUDY, text=study.degree, lines=[line], guess={k: v for k, v in parts.items() if v}
            )


def _usual(name: str) -> str:
    """Return the usual name of a skill that is one and nothing more."""
    found = skills.find(name, listed=True)
    whole = len(found) == 1 and found[0].end - found[0].start == len(name) and found[0].skill.group != "degrees"
    return found[0].skill.name if whole else name


def _line(lines: Sequence[str], told: str) -> str:
    return next((line for line in lines if told.strip() and _says(line, told)), "")


def _says(text: str, told: str) -> bool:
    words = r"\s+".join(map(re.escape, told.split()))
    return re.search(rf"(?<!\w){words}(?!\w)", text, re.I) is not None
